//! Operations that the vocabulary lacks, by the endings of their names.
//!
//! "Microdiscectomy" is surgery, whether it is known or not; whether it is a major one, its name does not say.

use trialway_patient::{Fact, FactKind};

/// Surgery of any kind.
pub(super) const ANY: &str = "procedure:surgery";

/// Major surgery.
pub(super) const MAJOR: &str = "procedure:major_surgery";

/// Whether a procedure is an operation by its name.
pub(super) fn names_operation(fact: &Fact) -> bool {
    const ENDINGS: [&str; 8] = ["ectomy", "ectomies", "plasty", "ostomy", "orrhaphy", "opexy", "odesis", "laparotomy"];
    const WORDS: [&str; 12] = [
        "surgery",
        "operation",
        "resection",
        "excision",
        "amputation",
        "transplantation",
        "transplant",
        "arthroplasty",
        "craniotomy",
        "thoracotomy",
        "sternotomy",
        "osteotomy",
    ];
    // Of cells, not of an organ; and what is no cut.
    const NO_OPERATION: [&str; 9] =
        ["stem", "marrow", "cell", "fecal", "stool", "planned", "radiosurgery", "gamma", "consultation"];
    if fact.kind != FactKind::Procedure {
        return false;
    }
    let lower = fact.label.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named = words.iter().any(|word| {
        WORDS.contains(word) || ENDINGS.iter().any(|ending| word.len() > ending.len() + 1 && word.ends_with(ending))
    });
    named && !words.iter().any(|word| NO_OPERATION.contains(word))
}
