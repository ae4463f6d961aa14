//! What became of a tumor, say, in the words of a text and those of an entry: treated, not spread, not come back.
//!
//! | words of the text | an entry of which it is true |
//! | --- | --- |
//! | `adequately treated`, `curatively resected`, `cured` | one that is over, or that says that it was excised |
//! | `non-metastatic`, `localized` | one that says so, or that is over and where the record names no spread |
//! | `no evidence of recurrence in the past 12 weeks` | one that is over since then, or that denies a recurrence |
//!
//! **Unknown**: where the entry says neither; that it is not so only where the entry says so itself.

use super::said::{self, Said};
use super::time;
use crate::evaluate::Case;
use crate::screening::Policy;
use trialway_eligibility::truth::Truth;
use trialway_patient::{Calendar, Fact, RecordedStatus, subtract};

/// What a text asks of the course of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    Treated,
    NotSpread,
    NotBack,
}

/// All that a text asks of the course of something, and for how long it must be over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    courses: Vec<Course>,
    over_for: Option<(i64, Calendar)>,
}

/// Words of which none tells more than that it was treated, has not spread, has not come back.
const TREATED: [&str; 24] = [
    "treated",
    "resected",
    "excised",
    "removed",
    "cured",
    "healed",
    "resolved",
    "treatment",
    "therapy",
    "resection",
    "excision",
    "surgery",
    "surgical",
    "surgically",
    "curative",
    "curatively",
    "ablated",
    "eradicated",
    "cure",
    "remission",
    "radical",
    "radically",
    "radiotherapy",
    "managed",
];
const NOT_SPREAD: [&str; 9] =
    ["nonmetastatic", "localized", "localised", "local", "superficial", "noninvasive", "situ", "contained", "confined"];
const BACK: [&str; 9] = [
    "recurrence",
    "recurrences",
    "recurred",
    "recurrent",
    "relapse",
    "relapsed",
    "disease",
    "metastasis",
    "metastases",
];
/// Words beside them that add nothing, or only how well it was done.
const BESIDE: [&str; 66] = [
    "a",
    "an",
    "the",
    "and",
    "or",
    "of",
    "in",
    "on",
    "with",
    "without",
    "no",
    "not",
    "non",
    "by",
    "for",
    "at",
    "to",
    "from",
    "that",
    "which",
    "who",
    "has",
    "have",
    "had",
    "been",
    "is",
    "are",
    "was",
    "were",
    "be",
    "considered",
    "deemed",
    "adequately",
    "appropriately",
    "completely",
    "successfully",
    "effectively",
    "definitively",
    "properly",
    "fully",
    "sufficiently",
    "clinically",
    "potentially",
    "definitive",
    "adequate",
    "complete",
    "successful",
    "intent",
    "evidence",
    "sign",
    "signs",
    "known",
    "active",
    "residual",
    "free",
    "any",
    "since",
    "last",
    "past",
    "previous",
    "least",
    "more",
    "than",
    "over",
    "after",
    "prior",
];

const NUMBERS: [(&str, i64); 10] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
];

/// What words ask of the course of something; none where any of them says something else.
pub(super) fn asked(written: &str) -> Option<Asked> {
    let lower = written.to_lowercase().replace("non-", "non");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let denied = words.iter().any(|word| matches!(*word, "no" | "not" | "without" | "free"));
    let (mut courses, mut number, mut over_for) = (Vec::new(), None, None);
    for word in &words {
        let course = if TREATED.contains(word) {
            Course::Treated
        } else if NOT_SPREAD.contains(word) || *word == "nonmetastatic" {
            Course::NotSpread
        } else if BACK.contains(word) && denied {
            Course::NotBack
        } else if let Some(n) = number_of(word) {
            number = Some(n);
            continue;
        } else if let Some(calendar) = calendar(word) {
            over_for = Some((number?, calendar));
            continue;
        } else if BESIDE.contains(word) {
            continue;
        } else {
            return None;
        };
        if !courses.contains(&course) {
            courses.push(course);
        }
    }
    // "not treated", "treated within 3 months": the other way round.
    let turned = denied && !courses.contains(&Course::NotBack) || words.contains(&"within");
    // A number of something else.
    let counted = number.is_some() && over_for.is_none();
    (!courses.is_empty() && !turned && !counted).then_some(Asked { courses, over_for })
}

fn number_of(word: &str) -> Option<i64> {
    word.parse().ok().or_else(|| NUMBERS.iter().find(|(name, _)| name == &word).map(|(_, n)| *n))
}

fn calendar(word: &str) -> Option<Calendar> {
    match word {
        "day" | "days" => Some(Calendar::Days),
        "week" | "weeks" => Some(Calendar::Weeks),
        "month" | "months" => Some(Calendar::Months),
        "year" | "years" => Some(Calendar::Years),
        _ => None,
    }
}

/// Whether all that is asked is true of an entry.
pub(super) fn holds(asked: &Asked, fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    asked.courses.iter().fold(Truth::True, |truth, course| {
        truth.and(match course {
            Course::Treated => treated(asked, fact, clauses, case),
            Course::NotSpread => not_spread(fact, clauses, case),
            Course::NotBack => not_back(asked, fact, clauses, case),
        })
    })
}

/// Whether an entry is over, for as long as is asked.
fn over(asked: &Asked, fact: &Fact, case: &Case<'_>) -> Truth {
    if fact.status != RecordedStatus::Ended && time::ongoing(fact, case.options.as_of) != Truth::False {
        return Truth::Unknown;
    }
    let Some((number, calendar)) = asked.over_for else { return Truth::True };
    match (fact.period.end, subtract(case.options.as_of, number, calendar)) {
        (Some(end), Some(limit)) if end.latest <= limit => Truth::True,
        (Some(end), Some(limit)) if end.earliest > limit => Truth::False,
        _ => Truth::Unknown,
    }
}

fn treated(asked: &Asked, fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    const DONE: [&str; 9] =
        ["treated", "resected", "excised", "removed", "cured", "ablated", "eradicated", "healed", "in remission"];
    let over = over(asked, fact, case);
    if over == Truth::Unknown && asked.over_for.is_none() && said::said(clauses, &DONE) == Said::Affirmed {
        return Truth::True;
    }
    over
}

fn not_spread(fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    let spread = said::said(clauses, &["metasta*", "spread"]);
    let local =
        said::said(clauses, &["localized", "localised", "nonmetastatic", "in situ", "superficial", "noninvasive"]);
    match (spread, local) {
        (Said::Denied, Said::Nothing | Said::Affirmed) | (Said::Nothing, Said::Affirmed) => Truth::True,
        (Said::Affirmed, Said::Nothing | Said::Denied) => Truth::False,
        // What is over and of which no spread is written down.
        (Said::Nothing, Said::Nothing)
            if fact.status == RecordedStatus::Ended && case.options.policy == Policy::Chart =>
        {
            Truth::True
        }
        _ => Truth::Unknown,
    }
}

fn not_back(asked: &Asked, fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    let back = said::said(clauses, &["recur*", "relapse*", "evidence of disease", "residual disease"]);
    match (back, over(asked, fact, case)) {
        (Said::Affirmed | Said::Unclear, _) => Truth::Unknown,
        (Said::Denied, Truth::True) => Truth::True,
        (Said::Denied, over) if asked.over_for.is_none() => over.or(Truth::True),
        // No recurrence is written down.
        (Said::Nothing, Truth::True) if case.options.policy == Policy::Chart => Truth::True,
        (_, Truth::False) => Truth::False,
        _ => Truth::Unknown,
    }
}
