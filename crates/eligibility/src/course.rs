//! What a text asks of the course of a disease: that it was treated, has not spread, has not come back.
//!
//! | written | asked |
//! | --- | --- |
//! | `adequately treated`, `curatively resected`, `cured` | treated |
//! | `non-metastatic`, `localized` | not spread |
//! | `no evidence of recurrence in the past 12 weeks` | not come back, for 12 weeks |

use crate::expr::{CalendarUnit, Length};
use rust_decimal::Decimal;

/// What a text asks of the course of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// That it was treated, removed, cured.
    Treated,
    /// That it has not spread.
    NotSpread,
    /// That it has not come back.
    NotBack,
}

/// All that a text asks of the course of something, and for how long it must be over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// All of these.
    pub courses: Vec<Course>,
    /// How long it must be over; none where no time is named.
    pub over_for: Option<Length>,
}

/// Words of which none tells more than that it was treated, has not spread, has not come back.
const TREATED: &[&str] = &[
    "curable",
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
const NOT_SPREAD: &[&str] = &[
    "nonmetastatic",
    "localized",
    "localised",
    "local",
    "superficial",
    "noninvasive",
    "situ",
    "contained",
    "confined",
];
const BACK: &[&str] = &[
    "sign",
    "signs",
    "symptoms",
    "evidence",
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
const BESIDE: &[&str] = &[
    "there",
    "clinical",
    "symptoms",
    "subject",
    "subjects",
    "patient",
    "patients",
    "participant",
    "participants",
    "they",
    "it",
    "malignancy",
    "cancer",
    "tumor",
    "tumour",
    "so",
    "enrollment",
    "screening",
    "therapy",
    "controlled",
    "undergone",
    "underwent",
    "received",
    "completed",
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

/// What words ask of the course of something; none where any of them says something else.
pub fn asked(written: &str) -> Option<Asked> {
    let lower = written.to_lowercase().replace("non-", "non");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let denied = words.iter().any(|word| matches!(*word, "no" | "not" | "without" | "free"));
    let (mut courses, mut number, mut over_for) = (Vec::new(), None, None);
    for word in &words {
        let course = if TREATED.contains(word) {
            Course::Treated
        } else if NOT_SPREAD.contains(word) {
            Course::NotSpread
        } else if BACK.contains(word) && denied {
            Course::NotBack
        } else if let Some(n) = number_of(word) {
            number = Some(n);
            continue;
        } else if let Some(calendar) = calendar(word) {
            over_for = Some(Length { number: number?, unit: calendar, inclusive: true });
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

fn number_of(word: &str) -> Option<Decimal> {
    word.parse().ok().or_else(|| trialway_units::parse_number_word(word))
}

fn calendar(word: &str) -> Option<CalendarUnit> {
    match word {
        "day" | "days" => Some(CalendarUnit::Days),
        "week" | "weeks" => Some(CalendarUnit::Weeks),
        "month" | "months" => Some(CalendarUnit::Months),
        "year" | "years" => Some(CalendarUnit::Years),
        _ => None,
    }
}
