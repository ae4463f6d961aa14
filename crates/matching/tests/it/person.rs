//! Where a person lives, what they say of their descent, and a birth that only its date tells of; on examples of our own.

use crate::settling::{first, options, read};
use serde_json::{Value, json};
use trialway_matching::{Effect, screen};
use trialway_patient::Facts;
use trialway_terminology::Terminology;

fn person(patient: Value, resources: Vec<Value>) -> Facts {
    let mut whole = json!({"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1990-09-10"});
    for (name, value) in patient.as_object().unwrap() {
        whole[name] = value.clone();
    }
    let all: Vec<Value> = std::iter::once(whole).chain(resources).map(|one| json!({"resource": one})).collect();
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": all});
    trialway_fhir::import(&serde_json::to_vec(&bundle).unwrap(), Terminology::builtin()).unwrap().value.facts
}

#[test]
fn a_home_in_the_country_that_is_asked_for_settles_it_and_no_other_does() {
    let asked = "Inclusion Criteria:\n\n* Must have primary residence in the United States";
    let home = |addresses: Value| first(asked, &person(json!({"address": addresses}), Vec::new())).effect;
    assert_eq!(home(json!([{"use": "home", "country": "US"}])), Effect::Pass);
    assert_eq!(home(json!([{"use": "home", "country": "United States of America"}])), Effect::Pass);
    // Another country, an old home, two homes, no home: somebody has to be asked.
    assert_eq!(home(json!([{"use": "home", "country": "CA"}])), Effect::Open);
    assert_eq!(home(json!([{"use": "old", "country": "US"}])), Effect::Open);
    assert_eq!(home(json!([{"country": "US"}, {"country": "CA"}])), Effect::Open);
    assert_eq!(home(json!([])), Effect::Open);
    let canada = person(json!({"address": [{"country": "CAN"}]}), Vec::new());
    assert_eq!(first("Inclusion Criteria:\n\n* Resident of Canada", &canada).effect, Effect::Pass);
}

#[test]
fn a_race_is_what_the_person_gave() {
    let race = |text: &str| {
        let given = json!({"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
            "extension": [{"url": "text", "valueString": text}]});
        person(json!({"extension": [given]}), Vec::new())
    };
    let asked = "Inclusion Criteria:\n\n* African American race";
    assert_eq!(first(asked, &race("Black or African American")).effect, Effect::Pass);
    assert_eq!(first(asked, &race("White")).effect, Effect::Open);
}

#[test]
fn the_date_of_a_delivery_is_a_birth() {
    let born = |day: &str, name: &str| {
        let date = json!({"resourceType": "Observation", "id": "d", "status": "final", "code": {"text": name},
            "effectiveDateTime": day, "valueDateTime": day});
        person(json!({}), vec![date])
    };
    let asked = "Inclusion Criteria:\n\n* ≤ 92 days postpartum";
    let effect = |facts: &Facts| screen(&read(asked), facts, &options(), Terminology::builtin()).criteria[0].effect;
    assert_eq!(effect(&born("2026-05-01", "Date of delivery")), Effect::Pass);
    // An older one says nothing of a later one; a date that is only expected is no birth; silence is no denial.
    assert_eq!(effect(&born("2025-05-01", "Date of delivery")), Effect::Open);
    assert_eq!(effect(&born("2026-05-01", "Estimated date of delivery")), Effect::Open);
    assert_eq!(effect(&person(json!({}), Vec::new())), Effect::Open);
}
