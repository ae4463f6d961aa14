//! Drafts of an invented record with some of its modules written otherwise.

#![allow(dead_code, reason = "each test binary uses its part")]

use serde_json::{Value, json};
use trialway_eligibility::lower_study;
use trialway_language::{Draft, Words, draft};
use trialway_terminology::Terminology;

/// An invented study of a cream for psoriasis, with some of its modules written otherwise.
fn study(changes: Value) -> Value {
    let mut record = json!({
        "identificationModule": {"nctId": "NCT90000998", "briefTitle": "Halvorine for psoriasis"},
        "statusModule": {"overallStatus": "RECRUITING"},
        "descriptionModule": {"briefSummary": "Halvorine cream is tried in adults with psoriasis."},
        "conditionsModule": {"conditions": ["Psoriasis"]},
        "designModule": {"studyType": "INTERVENTIONAL", "designInfo": {
            "allocation": "RANDOMIZED", "interventionModel": "PARALLEL", "primaryPurpose": "TREATMENT",
            "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]}}},
        "armsInterventionsModule": {
            "armGroups": [
                {"label": "Cream", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Halvorine"]},
                {"label": "Plain cream", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Placebo cream"]}],
            "interventions": [{"type": "DRUG", "name": "Halvorine"}, {"type": "DRUG", "name": "Placebo cream"}]},
        "eligibilityModule": {"minimumAge": "18 Years", "eligibilityCriteria": "Inclusion Criteria:\n\n* Psoriasis for a year\n"}
    });
    change(&mut record, changes);
    json!({ "protocolSection": record })
}

pub fn change(record: &mut Value, changes: Value) {
    match (record, changes) {
        (Value::Object(record), Value::Object(changes)) => {
            for (key, value) in changes {
                change(record.entry(key).or_insert(Value::Null), value);
            }
        }
        (record, other) => *record = other,
    }
}

pub fn drafted_in(changes: Value, words: &Words) -> Draft {
    let bytes = study(changes).to_string().into_bytes();
    let study = trialway_registry::parse_study(&bytes).unwrap().value;
    let tree = trialway_criteria::parse(study.eligibility.text.as_deref().unwrap_or_default());
    draft(&study, &lower_study(&study, &tree, Terminology::builtin()), words, Terminology::builtin())
}

pub fn drafted(changes: Value) -> Draft {
    drafted_in(changes, Words::english())
}

#[track_caller]
pub fn says(draft: &Draft, words: &str) {
    let said: Vec<&str> = draft.sentences().map(|sentence| sentence.words.as_str()).collect();
    assert!(said.iter().any(|sentence| sentence.contains(words)), "`{words}` in {said:#?}");
}

#[track_caller]
pub fn says_not(draft: &Draft, words: &str) {
    let said: Vec<&str> = draft.sentences().map(|sentence| sentence.words.as_str()).collect();
    assert!(!said.iter().any(|sentence| sentence.contains(words)), "`{words}` in {said:#?}");
}

pub fn criteria(text: &str) -> Value {
    json!({ "eligibilityCriteria": text })
}
