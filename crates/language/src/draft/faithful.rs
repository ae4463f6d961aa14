//! Whether a criterion's own words bear out what its reading says: exceptions, points in time, whose cells they are.
//!
//! A reading names concepts, and a concept may be wider than the words ("haemophilia A" is read as hemophilia). Where the words say
//! more than a sentence could, nothing is said.

use super::check::has_word;
use super::named::{alike, letters};
use super::texts::norm;
use trialway_eligibility::expr::{Atom, EventRole, EventTest, Expr, Presence, Qualifier, Test};
use trialway_terminology::{ConceptId, Terminology};

/// Words behind which an exception stands.
const EXCEPTIONS: [&str; 13] = [
    "other than",
    "except for",
    "excepting",
    "except",
    "excluding",
    "exclusive of",
    "apart from",
    "exception of",
    "aside from",
    "but not",
    "besides",
    "not including",
    "unless",
];

/// Whether the words have an exception that says no more than these concepts do; or none, and speak of "other" illnesses than the
/// study's own, which then is what does not count.
pub(super) fn exception_holds(own: &str, others: &[ConceptId], terminology: &Terminology) -> bool {
    let text = norm(own);
    let at = EXCEPTIONS.iter().filter_map(|cue| Some((text.find(cue)?, cue.len()))).min_by_key(|(at, _)| *at);
    let Some(behind) = at.and_then(|(at, long)| text.get(at + long..)) else {
        let is_own = others.len() == 1 && !others.iter().any(|id| is_a_whole_class(id, terminology));
        return is_own && ["other", "others", "another"].iter().any(|word| has_word(&text, word));
    };
    let names: Vec<String> = others.iter().flat_map(|id| all_names(id, terminology)).collect();
    let known: Vec<&str> = names.iter().flat_map(|name| letters(name)).collect();
    said_behind(behind).all(|word| known.iter().any(|other| same_word(word, other)))
}

/// The telling words of an exception, as far as it goes.
fn said_behind(behind: &str) -> impl Iterator<Item = &str> {
    const SMALL: [&str; 22] = [
        "of",
        "the",
        "in",
        "an",
        "or",
        "and",
        "for",
        "any",
        "to",
        "with",
        "history",
        "diagnosis",
        "current",
        "known",
        "previous",
        "prior",
        "disease",
        "s",
        "have",
        "has",
        "had",
        "patients",
    ];
    let stops = [
        ".",
        ";",
        ")",
        "\n",
        " within ",
        " in the last",
        " in the past",
        " during ",
        " that ",
        " which ",
        " who ",
        " prior to ",
        " before ",
    ];
    let end = stops.iter().filter_map(|stop| behind.find(stop)).min().unwrap_or(behind.len());
    letters(behind.get(..end).unwrap_or_default()).filter(|word| !SMALL.contains(word))
}

fn all_names(id: &ConceptId, terminology: &Terminology) -> Vec<String> {
    let Some(concept) = terminology.concept(id) else {
        return id.written_words().map(norm).into_iter().collect();
    };
    [&concept.name, &concept.lay_name].into_iter().chain(&concept.synonyms).map(|name| norm(name)).collect()
}

/// Whether two words are one, but for its number and its spelling.
fn same_word(one: &str, other: &str) -> bool {
    let bare = |word: &str| {
        let word = word.replace("ae", "e").replace("our", "or");
        word.strip_suffix("es").or(word.strip_suffix('s')).unwrap_or(&word).trim_end_matches('e').to_owned()
    };
    one == other || one.len() > 3 && bare(one) == bare(other)
}

/// A class that a study's own illness is one of: other illnesses of the class are no less "other".
fn is_a_whole_class(id: &ConceptId, terminology: &Terminology) -> bool {
    const CLASSES: [&str; 11] = [
        "carcinoma",
        "leukemia",
        "lymphoma",
        "sarcoma",
        "malignancy",
        "cancer",
        "neoplasm",
        "tumor",
        "infection",
        "solid tumor",
        "disease",
    ];
    terminology.concept(id).is_some_and(|concept| CLASSES.contains(&concept.name.to_lowercase().as_str()))
}

/// Whether one of two alternatives is said by the other as well: as an alternative it says nothing, so a word that told them
/// apart was lost.
pub(super) fn say_the_same(one: &str, other: &str) -> bool {
    let (one, other) = (name_alone(one), name_alone(other));
    has_word(&one, &other) || has_word(&other, &one)
}

/// Words without what explains them in brackets, in small letters.
fn name_alone(name: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(name.len());
    for c in name.to_lowercase().chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' if out.ends_with(' ') => {}
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Whether what is named at a place is only a point in time there: "before the operation", "following a transplant".
pub(super) fn is_point_in_time(before: &str) -> bool {
    const TIMES: [&str; 10] =
        ["before", "after", "to", "following", "since", "until", "post", "preceding", "during", "at"];
    const BETWEEN: [&str; 12] =
        ["the", "a", "an", "their", "any", "planned", "scheduled", "undergoing", "elective", "start", "of", "time"];
    let text = norm(before);
    let words: Vec<&str> = letters(&text).collect();
    let mut rest = words.iter().rev().skip_while(|word| BETWEEN.contains(word));
    match rest.next() {
        Some(&"to") => rest.next().is_some_and(|word| matches!(*word, "prior" | "up" | "subsequent")),
        Some(word) => TIMES.contains(word),
        None => false,
    }
}

/// Whether a point in time that is not the study's own stands with what is named, in its words or behind them: "radiotherapy
/// before surgery".
pub(super) fn is_told_by_another_event(passage: &str, behind: &str) -> bool {
    const STUDY: [&str; 22] = [
        "study",
        "stud",
        "enrol",
        "screening",
        "baseline",
        "inclusion",
        "randomi",
        "consent",
        "entry",
        "registration",
        "trial",
        "visit",
        "day",
        "first",
        "recruitment",
        "participation",
        "signing",
        "date",
        "this",
        "informed",
        "being",
        "entering",
    ];
    const CUES: [&str; 5] = ["prior to", "before", "after", "following", "post"];
    let near = norm(behind);
    let inside = norm(passage);
    let anchor_of = |text: &str| -> Option<String> {
        let (at, cue) = CUES.iter().filter_map(|cue| Some((find_word(text, cue)?, *cue))).min()?;
        Some(text.get(at + cue.len()..)?.to_owned())
    };
    let starts = CUES.iter().any(|cue| near.trim_start().starts_with(cue) && has_word(&near, cue));
    let behind = if starts { anchor_of(&near) } else { None };
    [behind, anchor_of(&inside)].into_iter().flatten().any(|anchor| {
        let mut words =
            letters(&anchor).filter(|word| !matches!(*word, "the" | "a" | "an" | "their" | "start" | "of" | "to"));
        let first = words.next().unwrap_or_default();
        !first.is_empty()
            && !first.starts_with(|c: char| c.is_ascii_digit())
            && !STUDY.iter().any(|word| first.starts_with(word))
    })
}

fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|behind| behind.chars().next());
        before.is_none_or(|c| !c.is_alphanumeric()) && behind.is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Whether the words speak of a mere suspicion, or leave it to somebody's judgement, and the reading does not.
pub(super) fn loses_doubt(own: &str, logic: &Expr) -> bool {
    const DOUBTS: [&str; 6] = ["suspect", "suspicio", "possibl", "probabl", "presum", "questionabl"];
    const JUDGES: [&str; 5] = ["investigator", "judg", "opinion", "discretion", "deemed"];
    const PHRASES: [&str; 3] = ["in the view of", "considered by", "determined by the"];
    // The name of a score.
    let text = norm(own).replace("investigator's global", "").replace("investigator global", "");
    let begins = |heads: &[&str]| letters(&text).any(|word| heads.iter().any(|head| word.starts_with(head)));
    let mut counts = true;
    logic.for_each_leaf(&mut |leaf| {
        // A sentence has a place for it where nothing else is said.
        let says_it = |event: &EventTest| {
            event.suspicion_counts
                && event.window.is_none()
                && (event.role, event.presence) == (EventRole::Condition, Presence::Current)
        };
        counts &= matches!(leaf, Expr::Atom(Atom { test: Test::Event(event), .. }) if says_it(event));
    });
    begins(&DOUBTS) && !counts || begins(&JUDGES) || PHRASES.iter().any(|words| text.contains(words))
}

/// Whether an example behind a word that narrows the whole is read by itself: "uncontrolled infection, e.g. bacterial". `start` is
/// where the words begin.
pub(super) fn tells_a_narrowed_example(start: usize, own: &str, logic: &Expr) -> bool {
    const CUES: [&str; 9] =
        ["such as", "including", "for example", "e.g", " eg.", " eg ", "like ", "for instance", "(eg"];
    const NARROW: [&str; 17] = [
        "uncontrol",
        "sever",
        "serious",
        "active",
        "significan",
        "unstable",
        "poor",
        "system",
        "major",
        "symptom",
        "advanced",
        "progress",
        "recent",
        "chronic",
        "acute",
        "recurren",
        "persist",
    ];
    let lower = own.to_ascii_lowercase();
    let Some(at) = CUES.iter().filter_map(|cue| lower.find(cue)).min() else { return false };
    let whole = lower.get(..at).unwrap_or_default();
    if !letters(whole).any(|word| NARROW.iter().any(|head| word.starts_with(head))) {
        return false;
    }
    let mut found = false;
    logic.for_each_leaf(&mut |leaf| {
        found |= matches!(leaf, Expr::Atom(atom) if atom.span.start > start + at);
    });
    found
}

/// Whether breastfeeding is read as planned: "pregnant, planning to become pregnant or breastfeeding" plans only the pregnancy.
pub(super) fn plans_to_feed(test: &Test) -> bool {
    matches!(test, Test::Event(event)
        if event.presence == Presence::Planned
            && event.concept.as_ref().is_some_and(|id| id.as_str() == "state:breastfeeding"))
}

/// Whether an expression is of nothing but planned breastfeeding.
pub(super) fn all_plan_to_feed(expr: &Expr) -> bool {
    let (mut any, mut all) = (false, true);
    expr.for_each_leaf(&mut |leaf| {
        any = true;
        all &= matches!(leaf, Expr::Atom(atom) if plans_to_feed(&atom.test) || matches!(atom.test, Test::Sex(_)));
    });
    any && all
}

/// Whether a word that is read as narrowing a name does not stand before it: it is one of several ("addictive or cognitive
/// disorders"), or narrows something else ("surgery at a symptomatic level").
pub(super) fn is_out_of_place(own: &str, word: &str, event: &EventTest, terminology: &Terminology) -> bool {
    let own = own.to_lowercase();
    let word = word.to_lowercase();
    // Nouns of their own, which the word narrows instead of the name.
    const NOUNS: [&str; 7] = ["level", "levels", "history", "degree", "status", "control", "course"];
    let all = event.concept.iter().flat_map(|id| all_names(id, terminology)).collect::<Vec<_>>();
    let names = all.join(" ");
    // What stands behind the last word of a name does not narrow it: "surgery that destabilizes the spine".
    let heads: Vec<&str> = all.iter().filter_map(|name| letters(name).last()).collect();
    let is_behind = |at: usize| {
        let behind = own.get(at + word.len()..).unwrap_or_default();
        !letters(behind).any(|word| heads.iter().any(|head| same_word(head, word) || alike(head, word)))
    };
    // What a clause says of it is no word before it.
    let is_of_clause = |at: usize| {
        let last = own.get(..at).and_then(|before| letters(before).last());
        matches!(last, Some("that" | "which" | "who"))
    };
    let is_behind = |at: usize| is_behind(at) || is_of_clause(at);
    let mut places = own.match_indices(&word).map(|(at, _)| at).peekable();
    if places.peek().is_some() && places.all(is_behind) {
        return true;
    }
    own.match_indices(&word).any(|(at, _)| {
        let behind = own.get(at + word.len()..).unwrap_or_default();
        let mut next = letters(behind).skip_while(|word| is_qualifying(word)).peekable();
        if next.peek().is_some_and(|word| NOUNS.contains(word)) {
            return true;
        }
        // In "full or partial removal" both words narrow one name; in "addictive or cognitive disorders" the second is of the name.
        let is_joined = behind.trim_start().starts_with([',', '/']) || matches!(next.peek(), Some(&"or" | &"and"));
        let other = next.find(|word| !matches!(*word, "or" | "and") && !is_qualifying(word)).unwrap_or_default();
        is_joined && letters(&names).any(|known| same_word(known, other))
    })
}

/// Whether a word may stand between a narrowing word and the name.
fn is_qualifying(word: &str) -> bool {
    ["major", "sever", "serious", "activ", "uncontrol", "moderat", "mild", "refract", "resist", "medical", "clinical"]
        .iter()
        .any(|head| word.starts_with(head))
}

/// Whether the heading of a group names one, and not how items are to be read.
pub(super) fn names_a_group(heading: &str) -> bool {
    let text = norm(heading);
    ![
        "all the following",
        "all of the following",
        "following criteria",
        "all groups",
        "all participants",
        "all patients",
        "are met",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// Whether a name offers an alternative that the words do not have: "drug or alcohol addiction" from "drug abuse".
pub(super) fn names_more_than_words(own: &str, name: &str) -> bool {
    const SAME: [(&str, &str); 2] = [("alcohol", "substance"), ("drug", "substance")];
    let (own, name) = (norm(own), norm(&name_alone(name)));
    if !has_word(&name, "or") && !has_word(&name, "and") || has_word(&name, "such") {
        return false;
    }
    letters(&name).filter(|word| word.len() > 3).any(|word| {
        let is_said = |word: &str| letters(&own).any(|other| same_word(word, other) || alike(word, other));
        !is_said(word) && !SAME.iter().any(|(one, other)| *one == word && is_said(other))
    })
}

/// Whether the words say whose organ or what kind of cell it is about, and no name of the concept does.
pub(super) fn loses_a_kind(passage: &str, id: &ConceptId, terminology: &Terminology) -> bool {
    const KINDS: [&[&str]; 14] = [
        &["hematopoietic", "haematopoietic", "stem", "marrow", "hsct", "sct", "bmt", "blood", "cord", "hct"],
        &["kidney", "renal"],
        &["liver", "hepatic"],
        &["heart", "cardiac"],
        &["lung", "pulmonary"],
        &["cornea", "corneal", "keratoplasty"],
        &["pancreas", "pancreatic", "islet"],
        &["skin"],
        &["bone", "marrow"],
        &["organ", "solid"],
        &["tissue"],
        &["fecal", "faecal", "microbiota"],
        &["hair"],
        &["tendon", "ligament", "cartilage"],
    ];
    let said = norm(passage);
    if !["transplant", "graft"].iter().any(|head| said.contains(head)) {
        return false;
    }
    let names = all_names(id, terminology).join(" ");
    let has = |text: &str, words: &[&str]| letters(text).any(|word| words.contains(&word));
    KINDS.iter().any(|kind| has(&said, kind) && !has(&names, kind))
}

/// A word that says where a medicine works, that the words have and the name does not: "systemic".
pub(super) fn lost_route(passage: &str, name: &str) -> Option<&'static str> {
    const ROUTES: [&str; 10] = [
        "systemic",
        "topical",
        "oral",
        "inhaled",
        "intravenous",
        "intramuscular",
        "subcutaneous",
        "intrathecal",
        "nasal",
        "intravitreal",
    ];
    let (words, name) = (norm(passage), norm(name));
    ROUTES.into_iter().find(|route| has_word(&words, route) && !has_word(&name, route))
}

/// Whose cells or organ it is, where the words say so and the name does not: the message that adds it.
pub(super) fn whose(passage: &str, name: &str) -> Option<&'static str> {
    let (words, name) = (norm(passage), name.to_lowercase());
    let has = |text: &str, heads: &[&str]| heads.iter().any(|head| text.contains(head));
    let donor = has(&words, &["allogen"]) && !has(&name, &["donor", "donante", "供"]);
    let own = has(&words, &["autolog"]) && !has(&name, &["own", "propi", "自"]);
    match (donor, own) {
        (true, false) => Some("with-donor"),
        (false, true) => Some("with-own"),
        _ => None,
    }
}

/// Whether people have it or are given it, and do not take it: cells, radiation, an operation.
pub(super) fn is_had(name: &str) -> bool {
    const HAD: [&str; 13] = [
        "cell",
        "radiat",
        "radioth",
        "surg",
        "transplant",
        "transfus",
        "infusion",
        "dialys",
        "graft",
        "gene therapy",
        "operation",
        "photother",
        "brachyth",
    ];
    let lower = name.to_lowercase();
    HAD.iter().any(|head| {
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(head))
            || head.contains(' ') && lower.contains(head)
    })
}

/// Whether a word that narrows a name stands behind "such as" alone: then it narrows an example and not the whole.
pub(super) fn narrows_an_example(own: &str, qualifier: &Qualifier) -> bool {
    let heads: &[&str] = match qualifier {
        Qualifier::Severity(_) => &["severe", "serious", "moderate", "mild", "grade"],
        Qualifier::Active => &["active"],
        Qualifier::Uncontrolled => &["uncontrolled", "poorly", "unstable"],
        Qualifier::Refractory => &["refractory", "resistant"],
        _ => return false,
    };
    let text = norm(own);
    let cues = ["such as", "including", "for example", "e.g", "like "];
    let Some((whole, examples)) =
        cues.iter().filter_map(|cue| text.find(cue)).min().and_then(|at| text.split_at_checked(at))
    else {
        return false;
    };
    let has = |text: &str| letters(text).any(|word| heads.contains(&word));
    has(examples) && !has(whole)
}

/// Whether a point in time is named by a word that leaves open which one it is.
pub(super) fn is_bare_anchor(anchor: &str) -> bool {
    const BARE: [&str; 11] = [
        "infusion",
        "administration",
        "visit",
        "dose",
        "dose of study",
        "dose of medication",
        "therapy",
        "admission",
        "injection",
        "procedure",
        "starting",
    ];
    BARE.contains(&anchor.trim().to_lowercase().as_str())
}

/// Whether words before a name are a noun that it is the object of ("symptoms of"), and do not narrow it.
pub(super) fn ends_in_noun(words: &str) -> bool {
    const NOUNS: [&str; 22] = [
        "symptom",
        "symptoms",
        "sign",
        "signs",
        "history",
        "diagnosis",
        "presence",
        "evidence",
        "complaint",
        "complaints",
        "episode",
        "episodes",
        "type",
        "types",
        "form",
        "forms",
        "degree",
        "level",
        "use",
        "treatment",
        "therapy",
        "status",
    ];
    letters(&words.to_lowercase()).last().is_some_and(|last| NOUNS.contains(&last))
}

/// A name in the number that the record's own words have it in ("immunosuppressants").
pub(super) fn numbered(name: &str, passage: &str) -> String {
    let (short, explained) = name.split_once(" (").map_or((name, None), |(short, rest)| (short, Some(rest)));
    let last = short.rsplit([' ', '-']).next().unwrap_or_default().to_lowercase();
    let many = format!("{last}s");
    if last.len() < 5 || last.ends_with('s') || !has_word(&passage.to_lowercase(), &many) {
        return name.to_owned();
    }
    match explained {
        Some(explained) => format!("{short}s ({explained}"),
        None => format!("{short}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_says_no_more_than_its_reading() {
        let terminology = Terminology::builtin();
        let check = |own: &str, id: &str| exception_holds(own, &[ConceptId::new(id)], terminology);
        assert!(check("Cancer other than psoriasis", "condition:psoriasis"));
        assert!(!check("Cancer other than scalp psoriasis", "condition:psoriasis"));
        assert!(check("Any other cancer", "condition:psoriasis"));
        assert!(!check("Secondary cancer", "condition:psoriasis"));
    }

    #[test]
    fn points_in_time_are_told_from_what_was_had() {
        assert!(is_point_in_time("within 4 weeks prior to the planned "));
        assert!(is_point_in_time("Bleeding after "));
        assert!(!is_point_in_time("History of "));
        assert!(!is_point_in_time("allergic to "));
        assert!(is_told_by_another_event("Radiotherapy", " prior to surgery"));
        assert!(!is_told_by_another_event("Radiotherapy", " prior to enrollment"));
        assert!(!is_told_by_another_event("Radiotherapy", ", or chemotherapy after it"));
        assert!(is_told_by_another_event("Bleeding after birth", ""));
    }

    #[test]
    fn what_narrows_an_example_does_not_narrow_the_whole() {
        assert!(narrows_an_example("Heart disease, such as refractory angina", &Qualifier::Refractory));
        assert!(!narrows_an_example("Refractory heart disease, such as angina", &Qualifier::Refractory));
        assert!(is_bare_anchor("dose") && !is_bare_anchor("dose of study drug"));
    }

    #[test]
    fn names_that_say_the_same_are_no_alternatives() {
        assert!(say_the_same("hemophilia", "hemophilia"));
        assert!(say_the_same("acute leukemia (blood cancer)", "leukemia (blood cancer)"));
        assert!(!say_the_same("gout", "asthma"));
    }
}
