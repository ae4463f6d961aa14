//! Whether what is tested is given together with something that the list of interventions leaves out.
//!
//! Titles and labels of groups say so: "Halvorine plus sepridol". A thing that is told alone then says too much of it.

use super::check::has_word;
use super::named::{alike, letters};
use super::texts::norm;
use trialway_study::{Arm, ArmKind, Study};

/// Words that join one thing that is given with another.
const JOINS: [&str; 20] = [
    "plus",
    "combined with",
    "combine with",
    "combining with",
    "in combination with",
    "combination with",
    "together with",
    "along with",
    "concurrent with",
    "followed by",
    "added to",
    "add on to",
    "in addition to",
    "adjunct to",
    "adjuvant to",
    "adjunctive to",
    "with without",
    "with or without",
    "with and without",
    "+",
];

/// Words that join what is given to what was done before, where an operation or the like stands behind them.
const AFTERS: [&str; 3] = ["following", "after", "post"];

/// How a thing that is told goes with another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Company {
    With,
    After,
}

/// Whether a title, or each label of a group, joins what is told to another thing that is not.
pub(super) fn company(study: &Study, what: &str) -> Option<Company> {
    let all = norm(&what.replace('/', " ").replace('+', " + "));
    let titles = [study.brief_title.as_deref(), study.official_title.as_deref()];
    let is_blank = |arm: &&Arm| {
        let is = |kind: ArmKind| arm.kind.as_ref().is_some_and(|own| own.is(kind));
        is(ArmKind::PlaceboComparator) || is(ArmKind::ShamComparator) || is(ArmKind::NoIntervention)
    };
    let labels: Vec<&str> = study.arms.iter().filter(|arm| !is_blank(arm)).map(|arm| arm.label.as_str()).collect();
    let by_title =
        titles.into_iter().flatten().filter_map(|title| either(title, &all)).max_by_key(|one| *one == Company::With);
    let by_labels = labels.iter().map(|label| either(label, &all)).min_by_key(|one| one.is_some()).flatten();
    by_title.or(by_labels)
}

/// How a text joins what is told to another thing, with what it has in brackets or without.
fn either(text: &str, what: &str) -> Option<Company> {
    joined(text, what).or_else(|| joined(&text.replace(['(', ')'], " "), what))
}

/// How a text joins what is told to another thing, without what it has in brackets.
fn joined(text: &str, what: &str) -> Option<Company> {
    let text = norm(&spaced(text));
    let told: Vec<&str> = letters(what).filter(|word| word.chars().count() > 2).collect();
    let is_told = |words: &[&str]| {
        words.iter().any(|word| told.iter().any(|known| known == word || word.len() > 4 && alike(known, word)))
    };
    let sides = |cue: &'static str| {
        let text = text.as_str();
        text.match_indices(cue).filter_map(move |(at, _)| {
            let (before, behind) = (text.get(..at)?, text.get(at + cue.len()..)?);
            let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let whole = is_apart(before.chars().next_back()) && is_apart(behind.chars().next());
            whole.then(|| (side_before(before), side_behind(behind)))
        })
    };
    let is_with = JOINS.iter().filter(|cue| !what.contains(*cue)).any(|cue| {
        sides(cue).any(|(left, right)| {
            let (left, right) = (telling(&left), telling(&right));
            is_told(&left) && !right.is_empty() && !is_told(&right)
                || is_told(&right) && !left.is_empty() && !is_told(&left)
        })
    });
    if is_with {
        return Some(Company::With);
    }
    let is_after = AFTERS.iter().any(|cue| {
        sides(cue).any(|(left, right)| {
            let (left, right) = (telling(&left), telling(&right));
            is_told(&left) && !is_told(&right) && right.iter().any(|word| is_treatment(word))
        })
    });
    is_after.then_some(Company::After)
}

/// A text without what it has in brackets; "A+B" as "a + b", and "ALK+ cancer" as it is.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '/' => out.push(' '),
            '+' if out.ends_with(' ') || rest.peek().is_some_and(|next| *next != ' ') => out.push_str(" + "),
            '+' => {}
            c => out.push(c),
        }
    }
    out
}

/// The words of one side that name a thing.
fn telling(words: &str) -> Vec<&str> {
    const SMALL: [&str; 31] = [
        "standard",
        "care",
        "usual",
        "tau",
        "soc",
        "best",
        "supportive",
        "the",
        "and",
        "with",
        "without",
        "placebo",
        "sham",
        "vehicle",
        "study",
        "trial",
        "phase",
        "safety",
        "efficacy",
        "evaluate",
        "treatment",
        "therapy",
        "group",
        "arm",
        "cohort",
        "dose",
        "combination",
        "combined",
        "low",
        "high",
        "daily",
    ];
    letters(words).filter(|word| word.chars().count() > 2 && !SMALL.contains(word)).collect()
}

/// The last words before a joining word, up to where another part of the sentence begins.
fn side_before(text: &str) -> String {
    let cut = [" of ", " in ", " for ", " versus ", " vs ", " vs. ", " or ", " to ", ":", ";", ",", "(", "\n"]
        .iter()
        .filter_map(|stop| text.rfind(stop).map(|at| at + stop.len()))
        .max()
        .unwrap_or(0);
    let part = text.get(cut..).unwrap_or_default();
    let words: Vec<&str> = part.split_whitespace().collect();
    words.get(words.len().saturating_sub(4)..).unwrap_or_default().join(" ")
}

/// The first words behind a joining word, up to where another part of the sentence begins.
fn side_behind(text: &str) -> String {
    let stops = [" in ", " for ", " as ", " versus ", " vs ", " vs. ", " on ", " to ", ":", ";", ",", ")", "\n"];
    let cut = stops.iter().filter_map(|stop| text.find(stop)).min().unwrap_or(text.len());
    text.get(..cut).unwrap_or_default().split_whitespace().take(4).collect::<Vec<_>>().join(" ")
}

/// Whether a word names something that is done with people.
fn is_treatment(word: &str) -> bool {
    const HEADS: [&str; 14] = [
        "transplant",
        "infus",
        "surg",
        "radio",
        "chemo",
        "immunother",
        "resect",
        "hsct",
        "graft",
        "car",
        "operat",
        "fusion",
        "induction",
        "irradiat",
    ];
    let is_headed = HEADS.iter().any(|head| word.starts_with(head) && (*head != "car" || word == "car"));
    is_headed
        || ["ectomy", "otomy", "plasty", "mab", "nib", "cel"].iter().any(|end| word.ends_with(end))
        || has_word(word, "cart")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_joins_what_is_tested_to_another_thing() {
        for (text, told, want) in [
            ("Halvorine Plus Sepridol for gout", "Halvorine", true),
            ("Sepridol plus Halvorine in gout", "Halvorine", true),
            ("Halvorine Plus Sepridol for gout", "Halvorine and Sepridol", false),
            ("Halvorine in Combination With Sepridol", "Halvorine", true),
            ("Halvorine versus Sepridol plus light", "Halvorine", false),
            ("Halvorine + placebo", "Halvorine", false),
            ("Halvorine with/without Sepridol", "Halvorine", true),
            ("Halvorine for gout", "Halvorine", false),
        ] {
            assert_eq!(joined(text, &norm(told)).is_some(), want, "{text}");
        }
        assert_eq!(joined("Halvorine after Transplantation", "halvorine"), Some(Company::After));
        assert_eq!(joined("Halvorine after a cold", "halvorine"), None);
    }
}
