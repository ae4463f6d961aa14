//! What criteria are taken to say, in plain words.

#![allow(dead_code, reason = "each test binary uses its part")]

use trialway_eligibility::lower;
use trialway_language::{Reading, read};
use trialway_terminology::Terminology;

/// The readings of a text's criteria, in their order.
pub fn readings(text: &str) -> Vec<Reading> {
    let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    logic.criteria.iter().map(|criterion| read(&criterion.logic, text, Terminology::builtin())).collect()
}

/// The reading of the one item of a section.
pub fn reading(heading: &str, item: &str) -> Reading {
    let mut all = readings(&format!("{heading}\n\n* {item}\n"));
    assert_eq!(all.len(), 1, "{item}");
    all.remove(0)
}

pub fn inclusion(item: &str) -> Reading {
    reading("Inclusion Criteria:", item)
}

pub fn exclusion(item: &str) -> Reading {
    reading("Exclusion Criteria:", item)
}
