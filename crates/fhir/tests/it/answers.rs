//! Answers to questions, by what their `linkId` names.

use serde_json::{Value as Json, json};
use trialway_fhir::{Import, import};
use trialway_patient::{ANSWERED_FOR_NOW, FactKind, RecordedSex, RecordedStatus, Value};
use trialway_terminology::Terminology;

fn answered(items: Json) -> Import {
    let response = json!({"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", "authored": "2026-06-01", "item": items});
    import(response.to_string().as_bytes(), Terminology::builtin()).unwrap().value
}

#[test]
fn a_yes_becomes_what_it_states_and_a_no_what_it_denies() {
    for (link, yes, kind, status, for_now) in [
        ("drug:warfarin", true, FactKind::Medication, RecordedStatus::Active, false),
        ("condition:asthma#now", true, FactKind::Condition, RecordedStatus::Active, false),
        ("condition:asthma#ever", true, FactKind::Condition, RecordedStatus::Unstated, false),
        ("procedure:kidney_transplant", true, FactKind::Procedure, RecordedStatus::Unstated, false),
        ("condition:=ehlers danlos syndrome", true, FactKind::Condition, RecordedStatus::Active, false),
        ("condition:asthma", false, FactKind::Observation, RecordedStatus::Ended, true),
        ("condition:asthma#ever", false, FactKind::Observation, RecordedStatus::Ended, false),
        ("participation:other_study", true, FactKind::Participation, RecordedStatus::Active, false),
    ] {
        let import = answered(json!([{"linkId": link, "text": "Is it so?", "answer": [{"valueBoolean": yes}]}]));
        assert!(import.is_answers);
        let [fact] = import.facts.facts.as_slice() else { panic!("{link}: {:?}", import.facts.facts) };
        assert_eq!((fact.kind, fact.status), (kind, status), "{link}");
        assert_eq!(fact.notes.iter().any(|note| note == ANSWERED_FOR_NOW), for_now, "{link}");
    }
}

#[test]
fn an_answer_to_one_question_of_one_criterion_names_nothing_else() {
    let import =
        answered(json!([{"linkId": "q:00ff", "text": "Is there severe asthma?", "answer": [{"valueBoolean": false}]}]));
    let fact = &import.facts.facts[0];
    assert!(fact.concepts.is_empty() && fact.notes.is_empty() && fact.findings.is_empty(), "{fact:?}");
    assert_eq!(fact.provenance.path, "item[q:00ff]");
}

#[test]
fn numbers_groups_birth_and_sex() {
    let import = answered(json!([
        {"linkId": "person:birth_date", "answer": [{"valueDate": "1990-02-03"}]},
        {"linkId": "person:sex", "answer": [{"valueCoding": {"code": "female"}}]},
        {"linkId": "group", "item": [
            {"linkId": "lab:egfr", "text": "eGFR", "answer": [{"valueQuantity": {"value": 55, "code": "mL/min/{1.73_m2}"}}]},
            {"linkId": "lab:inr", "text": "INR"},
            {"linkId": "condition:asthma", "answer": [{"valueString": "not sure"}]},
        ]},
        {"linkId": "7", "text": "Do you have diabetes?", "answer": [{"valueBoolean": false}]},
        {"linkId": "condition:asthma#2026", "answer": [{"valueBoolean": false}]},
    ]));
    assert_eq!(import.facts.birth.map(|birth| birth.to_string()).as_deref(), Some("1990-02-03"));
    assert_eq!(import.facts.sex, Some(RecordedSex::Female));
    let labels: Vec<&str> = import.facts.facts.iter().map(|fact| fact.label.as_str()).collect();
    assert_eq!(labels, ["Do you have diabetes?", "eGFR"]);
    assert!(matches!(import.facts.facts[0].value, Some(Value::Answer { yes: false, .. })));
    let left: Vec<&str> = import.report.parts.iter().map(|left| left.reason.as_str()).collect();
    assert_eq!(
        left,
        ["denies something for a time that is not read", "was answered as not known", "was not answered"],
        "{:?}",
        import.report.parts
    );
}
