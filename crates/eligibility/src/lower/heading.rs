//! Items that only head others: section titles kept as items, and lead-ins whose items stand beside them, not below.
//!
//! | written | read |
//! | --- | --- |
//! | `Performance status`, `Surgery:` as a whole item | asks nothing |
//! | `One of the following:`, then items at the same depth | each of these asks something only if the lead-in says so, which is not known |

use crate::expr::{Expr, Sense};
use crate::logic::CriterionLogic;

/// Titles that registries print between items.
const TITLES: [&str; 60] = [
    "chemistry",
    "hematology",
    "haematology",
    "biochemistry",
    "blood chemistry",
    "serology",
    "laboratory tests",
    "laboratory parameters",
    "organ function",
    "key",
    "none",
    "na",
    "n/a",
    "not applicable",
    "age",
    "sex",
    "gender",
    "other",
    "others",
    "general",
    "performance status",
    "life expectancy",
    "hematopoietic",
    "hematologic",
    "haematological",
    "hematological",
    "hepatic",
    "liver",
    "renal",
    "cardiovascular",
    "cardiac",
    "pulmonary",
    "neurologic",
    "gastrointestinal",
    "immunologic",
    "metabolic",
    "endocrine",
    "laboratory",
    "laboratory values",
    "disease characteristics",
    "patient characteristics",
    "prior concurrent therapy",
    "prior/concurrent therapy",
    "menopausal status",
    "hormone receptor status",
    "not specified",
    "medical history",
    "concomitant medications",
    "demographics",
    "inclusion",
    "exclusion",
    "inclusion criteria",
    "exclusion criteria",
    "general inclusion criteria",
    "general exclusion criteria",
    "medical conditions",
    "bone marrow function",
    "hepatic function",
    "renal function",
    "type of participants",
];

/// Titles that could be a ground of exclusion, but are nothing that is asked for.
const TREATMENTS: [&str; 8] = [
    "surgery",
    "chemotherapy",
    "radiotherapy",
    "biologic therapy",
    "endocrine therapy",
    "hormonal therapy",
    "radiation therapy",
    "immunotherapy",
];

/// How many items behind a lead-in at their own depth it may speak of.
const REACH: usize = 12;

/// Whether an item without sub-items is nothing but a title.
pub(super) fn is_title(text: &str, sense: Sense) -> bool {
    let words = text.trim().trim_end_matches([':', '：', '.', '-']).trim();
    let is_one = |list: &[&str]| list.iter().any(|title| words.eq_ignore_ascii_case(title));
    // "1:", ":": numbers of items whose words stand elsewhere.
    let number = text.trim_end().ends_with(':') && words.len() <= 2 && words.chars().all(|c| c.is_ascii_digit());
    number || is_one(&TITLES) || sense == Sense::Required && is_one(&TREATMENTS)
}

/// Whether a text ends as words do that lead to a list.
pub(super) fn leads(text: &str) -> bool {
    let end = text.trim_end();
    end.ends_with([':', '：']) || ends_with_ignoring_case(end, "of the following")
}

/// "Arm B: …", "Cohorts 1 and 2 only: …", "First 2 enrolled subjects: …": a label that says whom of several the words concern.
pub(super) fn names_group(text: &str) -> bool {
    const GROUPS: [&str; 11] =
        ["arm", "arms", "cohort", "cohorts", "group", "groups", "part", "parts", "phase", "stratum", "first"];
    let Some((label, _)) = text.split_once(':').filter(|(label, _)| label.len() <= 40) else { return false };
    let mut words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let grouped = words.next().is_some_and(|word| GROUPS.iter().any(|known| word.eq_ignore_ascii_case(known)));
    let short = |word: &str| word.len() <= 2 || word.chars().any(|c| c.is_ascii_digit());
    let named = |word: &str| {
        short(word) && !matches!(word.to_ascii_lowercase().as_str(), "of" | "in" | "to" | "is" | "a")
            || word.len() <= 3 && word.chars().all(|c| c.is_ascii_uppercase())
    };
    grouped && words.next().is_some_and(named)
}

/// Whether a text holds words of ASCII letters, whatever their case.
pub(super) fn holds_ignoring_case(text: &str, words: &str) -> bool {
    text.as_bytes().windows(words.len()).any(|here| here.eq_ignore_ascii_case(words.as_bytes()))
}

/// Whether a text ends with words of ASCII letters, whatever their case.
fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    let begins = text.len().checked_sub(end.len());
    begins.and_then(|at| text.get(at..)).is_some_and(|last| last.eq_ignore_ascii_case(end))
}

/// What a lead-in without sub-items says may concern the items behind it: whether it does is not known.
pub(super) fn open_flat_lists(criteria: &mut [CriterionLogic]) {
    let mut open: Option<(usize, trialway_diagnostics::Span, trialway_criteria::Kind)> = None;
    for criterion in criteria.iter_mut() {
        open_flat_lists(&mut criterion.children);
        let text = criterion.own.text();
        if leads(text) {
            let sense = Sense::of(criterion.kind);
            let speaks = criterion.children.is_empty() && turns(text, sense);
            open = speaks.then_some((REACH, criterion.own_span, criterion.kind));
            continue;
        }
        let Some((left, lead, kind)) = &mut open else { continue };
        if *left == 0 || *kind != criterion.kind {
            open = None;
            continue;
        }
        *left -= 1;
        let condition = Box::new(Expr::Unread { span: *lead });
        let then = std::mem::replace(&mut criterion.logic, Expr::And(Vec::new()));
        criterion.logic = Expr::Implies { condition, then: Box::new(then), sense: Sense::of(criterion.kind) };
    }
}

/// Whether a lead-in does anything but head its items: lets one of several be enough, denies, permits, or asks it of some.
pub(super) fn turns(text: &str, sense: Sense) -> bool {
    const ALWAYS: [&str; 14] = [
        "not",
        "no",
        "allowed",
        "permitted",
        "eligible",
        "ineligible",
        "except",
        "unless",
        "if",
        "may",
        "unable",
        "willing",
        "without",
        "exceptions",
    ];
    const OF_WANTED: [&str; 6] = ["one", "either", "or", "excluded", "excluding", "exclusion"];
    let lower = plain(text, sense);
    let every = ["all of the following", "each of the following", "the following criteria"];
    let not =
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "not" | "no" | "except" | "unless"));
    if every.iter().any(|turn| lower.contains(turn)) && !not && sense == Sense::Required {
        return false;
    }
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| ALWAYS.contains(&word) || sense == Sense::Required && OF_WANTED.contains(&word))
}

/// A lead-in in lower case, without the turns that only say which section its items belong to.
fn plain(text: &str, sense: Sense) -> String {
    const EVERYWHERE: [&str; 10] = [
        "not limited to",
        "not confined to",
        "not restricted to",
        "unless otherwise indicated",
        "unless otherwise specified",
        "unless otherwise noted",
        "unless otherwise stated",
        "if all of the following",
        "if the following",
        "one or more",
    ];
    const OF_GROUNDS: [&str; 24] = [
        "will not be included",
        "not be included",
        "were not enrolled",
        "not qualify",
        "will be excluded",
        "who meet any",
        "who meets any",
        "be eligible",
        "will not be eligible",
        "is not eligible",
        "are not eligible",
        "not be eligible",
        "not eligible",
        "ineligible",
        "must not be enrolled",
        "not to be enrolled",
        "may not be enrolled",
        "may not participate",
        "may not have",
        "must not have",
        "will not be enrolled",
        "if any of the following",
        "if one or more of the following",
        "if they",
    ];
    const OF_WANTED: [&str; 3] = ["must be eligible", "will be eligible", "are eligible if they meet"];
    let mut lower = text.to_lowercase();
    let own: &[&str] = if sense == Sense::Excluding { &OF_GROUNDS } else { &OF_WANTED };
    for turn in EVERYWHERE.iter().chain(own) {
        lower = lower.replace(turn, " ");
    }
    lower
}
/// "including but not limited to:", "such as:", "may be:": whether what a lead-in leads to are examples, or only allowed.
pub(super) fn only_illustrates(text: &str) -> bool {
    let lower = text.trim_end_matches([' ', ':', ',', '\n']).to_ascii_lowercase();
    ["but not limited to", "such as", "for example", "e.g.", "e.g", " may be", " can be"]
        .iter()
        .any(|end| lower.ends_with(end))
}
