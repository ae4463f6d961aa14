//! An invented record, for tests and measurements.

use serde_json::{Value, json};
use trialway_terminology::Terminology;

/// A bundle of this many resources: what the vocabulary has names for, over ten years; and taking part in these studies.
pub fn record(n_resources: usize, studies: &[&str]) -> Vec<u8> {
    let concepts: Vec<_> = Terminology::builtin().concepts().filter(|concept| !concept.codes.is_empty()).collect();
    let mut entries = vec![
        json!({"resource": {"resourceType": "Patient", "id": "invented", "gender": "female", "birthDate": "1961-04-03"}}),
    ];
    for n in 1..n_resources {
        // A prime step visits the vocabulary evenly.
        let concept = concepts.get(n * 7919 % concepts.len()).unwrap();
        let day = format!("{}-{:02}-{:02}", 2016 + n % 10, 1 + n % 12, 1 + n % 28);
        let code = json!({"text": concept.name});
        let subject = json!({"reference": "Patient/invented"});
        let resource: Value = match (&concept.laboratory, concept.id.domain()) {
            (Some(laboratory), _) => {
                json!({"resourceType": "Observation", "id": format!("r{n}"), "status": "final", "code": code,
                "subject": subject, "effectiveDateTime": day,
                "valueQuantity": {"value": n % 90 + 1, "unit": laboratory.unit, "system": "http://unitsofmeasure.org", "code": laboratory.unit}})
            }
            (None, Some(trialway_terminology::Domain::Drug)) => {
                json!({"resourceType": "MedicationStatement", "id": format!("r{n}"),
                "status": "active", "medicationCodeableConcept": code, "subject": subject, "effectiveDateTime": day})
            }
            (None, Some(trialway_terminology::Domain::Procedure)) => {
                json!({"resourceType": "Procedure", "id": format!("r{n}"),
                "status": "completed", "code": code, "subject": subject, "performedDateTime": day})
            }
            _ => {
                json!({"resourceType": "Condition", "id": format!("r{n}"), "code": code, "subject": subject, "onsetDateTime": day})
            }
        };
        entries.push(json!({"resource": resource}));
    }
    for (n, study) in studies.iter().enumerate() {
        entries.push(json!({"resource": {"resourceType": "ResearchSubject", "id": format!("s{n}"), "status": "on-study",
            "study": {"reference": format!("ResearchStudy/{study}"), "display": study}, "individual": {"reference": "Patient/invented"},
            "period": {"start": "2026-05-01"}}}));
    }
    serde_json::to_vec(&json!({"resourceType": "Bundle", "type": "collection", "entry": entries})).unwrap()
}
