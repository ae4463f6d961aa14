//! Values in words, parts of scales, lengths in inches, durations and parts of life: what an import makes of them.

use serde_json::{Value as Json, json};
use trialway_fhir::import;
use trialway_patient::{Fact, FactKind, Value};
use trialway_terminology::Terminology;

fn facts(resources: &[Json]) -> Vec<Fact> {
    let patient = json!({"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1980-09-10"});
    let all: Vec<Json> = std::iter::once(&patient).chain(resources).map(|one| json!({"resource": one})).collect();
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": all});
    import(bundle.to_string().as_bytes(), Terminology::builtin()).unwrap().value.facts.facts
}

fn said(name: &str, words: &str) -> Json {
    json!({"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": name},
        "effectiveDateTime": "2026-05-25", "valueString": words})
}

#[test]
fn words_are_answers_results_scores_or_words() {
    for (name, words, want) in [
        ("Epilepsy", "Yes, in 2009", "answer true"),
        ("Epilepsy", "Never; sleeps well", "answer false"),
        ("Epilepsy", "None since 2019", "words"),
        ("HBsAg", "Positive (repeated)", "detected true"),
        ("ECOG performance status", "ECOG 2", "number 2"),
        ("Epilepsy", "Grade 2", "words"),
        ("Life expectancy", "More than 6 months", "number >6"),
    ] {
        let all = facts(&[said(name, words)]);
        let got = match &all[0].value {
            Some(Value::Answer { yes, .. }) => format!("answer {yes}"),
            Some(Value::Detected { detected, .. }) => format!("detected {detected}"),
            Some(Value::Quantity { number, .. }) => match (number.low, number.high) {
                (Some((low, _)), Some(_)) => format!("number {low}"),
                (Some((low, false)), None) => format!("number >{low}"),
                other => format!("{other:?}"),
            },
            Some(Value::Text(_)) => "words".to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(got, want, "{name}: {words}");
    }
}

#[test]
fn what_follows_an_answer_is_kept_as_a_remark() {
    let all = facts(&[said("Anticoagulants", "Yes, warfarin")]);
    assert!(all[0].findings.iter().any(|finding| finding.concept.as_str() == "drug:warfarin"), "{all:?}");
}

#[test]
fn an_item_is_not_its_scale_and_a_relative_is_not_the_patient() {
    let is_score =
        |name: &str| facts(&[said(name, "3")])[0].concepts.iter().any(|id| id.as_str().starts_with("score:"));
    assert!(is_score("PHQ-9 total score"));
    assert!(!is_score("PHQ-9 item 9") && !is_score("PHQ-9 question 9"));
    assert!(facts(&[said("Family history of epilepsy", "Yes")]).is_empty());
}

#[test]
fn a_duration_dates_a_disease_but_not_a_treatment() {
    let diseases = |name: &str| {
        facts(&[said(name, "18 months")])
            .into_iter()
            .filter(|fact| fact.kind == FactKind::Condition)
            .collect::<Vec<_>>()
    };
    let found = diseases("Duration of atopic dermatitis");
    let start = found[0].period.start.unwrap();
    assert_eq!((start.earliest.to_string(), start.latest.to_string()), ("2024-10-25".into(), "2024-11-25".into()));
    assert!(diseases("Duration of atopic dermatitis treatment").is_empty());
}

#[test]
fn a_part_of_life_dates_an_onset() {
    let disease =
        json!({"resourceType": "Condition", "id": "c", "code": {"text": "Asthma"}, "onsetString": "since childhood"});
    let start = facts(&[disease])[0].period.start.unwrap();
    assert_eq!((start.earliest.to_string(), start.latest.to_string()), ("1980-09-10".into(), "1998-09-10".into()));
}

#[test]
fn inches_are_a_length() {
    for unit in [json!({"value": 68, "unit": "in", "code": "[in_i]"}), json!({"value": 68, "unit": "inches"})] {
        let mut height = said("Body height", "");
        height.as_object_mut().unwrap().remove("valueString");
        height["valueQuantity"] = unit;
        let all = facts(&[height]);
        let Some(Value::Quantity { unit, .. }) = &all[0].value else { panic!("{all:?}") };
        assert_eq!(unit.as_deref(), Some("[in_i]"));
    }
}
