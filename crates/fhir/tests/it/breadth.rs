//! Every kind of resource that is read: what it becomes, and why others become nothing.

use trialway_fhir::{Import, import};
use trialway_patient::{Certainty, Fact, FactKind, RecordedSex, RecordedStatus, Value};
use trialway_terminology::{ConceptId, Terminology};

const BREADTH: &str = include_str!("../../../../corpus/patients/breadth.json");

fn read(text: &str) -> Import {
    import(text.as_bytes(), Terminology::builtin()).unwrap().value
}

fn one<'a>(import: &'a Import, reference: &str) -> &'a Fact {
    let found: Vec<&Fact> = import
        .facts
        .facts
        .iter()
        .filter(|fact| fact.kind != FactKind::Derived && fact.provenance.reference() == reference)
        .collect();
    assert_eq!(found.len(), 1, "{reference}: {found:?}");
    found[0]
}

fn is(fact: &Fact, concept: &str) -> bool {
    let wanted = ConceptId::new(concept);
    fact.concepts.iter().any(|id| Terminology::builtin().is_a(id, &wanted))
}

fn number(fact: &Fact) -> String {
    match &fact.value {
        Some(Value::Quantity { number, unit, .. }) => {
            let end = |end: &Option<(rust_decimal::Decimal, bool)>| {
                end.map_or("-".to_owned(), |(n, _)| n.normalize().to_string())
            };
            format!("{}..{} {}", end(&number.low), end(&number.high), unit.clone().unwrap_or_default())
        }
        other => format!("{other:?}"),
    }
}

fn period(fact: &Fact) -> (String, String) {
    let shown = |date: Option<trialway_patient::PartialDate>| date.map_or("-".to_owned(), |date| date.to_string());
    (shown(fact.period.start), shown(fact.period.end))
}

#[test]
fn conditions_with_status_certainty_onset_stage_and_histology() {
    let import = read(BREADTH);
    assert_eq!(import.facts.sex, Some(RecordedSex::Male));
    let lung = one(&import, "Condition/c-lung");
    assert_eq!(period(lung).0, "between 2024-04-12 and 2025-04-11");
    assert_eq!(lung.status, RecordedStatus::Active);
    for note in ["TNM clinical stage group: Stage IIIA", "histology: Adenocarcinoma", "site: Right upper lobe"] {
        assert!(lung.notes.iter().any(|known| known == note), "{note}: {:?}", lung.notes);
    }
    assert_eq!(one(&import, "Condition/c-suspected").certainty, Certainty::Suspected);
    let history = one(&import, "Condition/c-history");
    assert_eq!(history.status, RecordedStatus::Ended, "a history is over, whatever its entry says");
    assert_eq!(period(history).0, "between 1960-04-12 and 2024-02-01");
    let newest = one(&import, "Condition/c-version");
    assert_eq!((newest.status, period(newest).1.as_str()), (RecordedStatus::Ended, "2025-12"));
}

#[test]
fn observations_of_every_kind_of_value() {
    let import = read(BREADTH);
    let creatinine = one(&import, "Observation/o-creatinine");
    assert_eq!(creatinine.reference, (Some("0.7".parse().unwrap()), Some("1.3".parse().unwrap())));
    assert_eq!(creatinine.interpretation.as_deref(), Some("N"));
    assert!(is(creatinine, "lab:creatinine"));
    assert!(!is(one(&import, "Observation/o-urine"), "lab:creatinine"), "urine is not blood");
    assert!(!is(one(&import, "Observation/o-globulin"), "lab:albumin"), "a ratio does not measure its parts");
    let a1c = one(&import, "Observation/o-a1c");
    assert!(is(a1c, "lab:hba1c") && !is(a1c, "lab:hemoglobin"));
    assert_eq!(number(one(&import, "Observation/o-troponin")), "-..5 ng/L");
    assert_eq!(number(one(&import, "Observation/o-ratio")), "60..60 mg/g");
    assert!(
        matches!(&one(&import, "Observation/o-titre").value, Some(Value::Titre { written, .. }) if written == "1:160")
    );
    assert_eq!(number(one(&import, "Observation/o-range")), "12..24 mo");
    assert_eq!(number(one(&import, "Observation/o-kps")), "80..80 1");
    // Its focus is a disease of the patient's.
    assert!(matches!(&one(&import, "Observation/o-stage").value, Some(Value::Text(stage)) if stage == "Stage IIIA"));
    assert!(matches!(one(&import, "Observation/o-er").value, Some(Value::Detected { detected: false, .. })));
    let pressure: Vec<&Fact> =
        import.facts.facts.iter().filter(|fact| fact.provenance.reference() == "Observation/o-bp").collect();
    assert_eq!(pressure.len(), 2);
    assert!(is(pressure[0], "vital:systolic") && number(pressure[0]) == "142..142 mm[Hg]");
    assert_eq!(pressure[1].value, Some(Value::Absent));
}

#[test]
fn a_name_that_only_mentions_a_test_is_not_that_test() {
    let import = read(
        r#"{"resourceType":"Observation","id":"v","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"32623-1",
        "display":"Platelet mean volume [Entitic volume] in Blood by Automated count"}]},"valueQuantity":{"value":9,"unit":"fL"}}"#,
    );
    assert!(!is(one(&import, "Observation/v"), "lab:platelets"));
}

#[test]
fn results_inside_a_report_have_its_time_and_their_own_range() {
    let import = read(BREADTH);
    let alt = import.facts.facts.iter().find(|fact| is(fact, "lab:alt")).unwrap();
    assert_eq!(alt.provenance.reference(), "DiagnosticReport/r-panel");
    assert_eq!((period(alt).0.as_str(), alt.reference.1), ("2026-06-03", Some(40.into())));
}

#[test]
fn medicines_by_reference_with_dose_reason_and_period() {
    let import = read(BREADTH);
    let given = one(&import, "MedicationAdministration/ma");
    assert!(is(given, "drug:paclitaxel") && given.notes.contains(&"dose 300 mg".to_owned()), "{given:?}");
    let ordered = one(&import, "MedicationRequest/mr");
    assert!(is(ordered, "drug:warfarin"), "{:?}", ordered.concepts);
    assert_eq!((period(ordered).0.as_str(), ordered.status), ("2026-01-12", RecordedStatus::Active));
    assert!(!ordered.causes.is_empty(), "the reason is that of the condition referred to");
    let supply = one(&import, "MedicationDispense/md");
    assert_eq!((period(supply).1.as_str(), supply.status), ("2026-03-31 or after", RecordedStatus::Unstated));
    assert_eq!(period(one(&import, "MedicationStatement/ms-unknown")).1, "some time");
    let stated = one(&import, "MedicationStatement/ms");
    assert_eq!(period(stated), ("2025-11-01".to_owned(), "-".to_owned()), "what goes on has not ended on its one date");
}

#[test]
fn other_kinds() {
    let import = read(BREADTH);
    assert_eq!(one(&import, "Procedure/p").kind, FactKind::Procedure);
    assert_eq!(one(&import, "Immunization/i").kind, FactKind::Immunization);
    let allergy = one(&import, "AllergyIntolerance/a");
    assert_eq!(allergy.severity.as_deref(), Some("severe, high"));
    assert!(is(one(&import, "Encounter/e-stay"), "procedure:hospitalization"));
    assert!(is(one(&import, "Device/d"), "procedure:pacemaker"));
    let consent = one(&import, "Consent/co");
    assert!(consent.notes.contains(&"NCT90000009".to_owned()));
    assert_eq!(period(consent).1, "2030-01-01");
    assert_eq!(one(&import, "ResearchSubject/rs").status, RecordedStatus::Ended);
    assert_eq!(import.facts.family.len(), 1);
    assert_eq!(
        (import.facts.family[0].relationship.as_str(), import.facts.family[0].label.as_str()),
        ("mother", "Breast cancer")
    );
    assert!(!import.facts.facts.iter().any(|fact| fact.label == "Breast cancer"), "a relative's is not the patient's");
}

#[test]
fn what_is_left_out_says_why() {
    let import = read(BREADTH);
    for (reference, reason) in [
        ("Condition/c-refuted", "refuted"),
        ("Condition/c-other-patient", "about another person or thing than the patient"),
        ("Condition/c-version", "an older version of a resource that is there in a newer one"),
        ("Observation/o-preliminary", "not a final result"),
        ("Observation/o-fetus", "about another person or thing than the patient"),
        ("Observation/o-turned", "it has a modifier extension, which may turn what it says"),
        ("MedicationRequest/mr-plan", "a plan or an order, not an event"),
        ("MedicationStatement/ms-none", "says that there is none"),
        ("Procedure/p-not", "did not take place, or not yet"),
        ("Encounter/e-visit", "a visit, which no criterion asks about"),
        ("ServiceRequest/sr", "a plan or an order, not an event"),
        ("Claim/cl", "about payment; a claim is no proof of what it names"),
    ] {
        let left = import.report.left.iter().find(|left| left.reference == reference);
        assert_eq!(left.map(|left| left.reason.as_str()), Some(reason), "{reference}");
    }
    for reference in [
        "Observation/o-samples.valueSampledData",
        "Observation/o-bp.component[1].value",
        "Condition/c-suspected.onsetString",
        "DiagnosticReport/r-panel.presentedForm",
        "DiagnosticReport/r-panel.result",
    ] {
        assert!(
            import.report.parts.iter().any(|left| left.reference == reference),
            "{reference}: {:?}",
            import.report.parts
        );
    }
    let n_used: usize = import.report.used.values().sum();
    let entries: serde_json::Value = serde_json::from_str(BREADTH).unwrap();
    assert_eq!(
        n_used + import.report.left.len(),
        entries["entry"].as_array().unwrap().len(),
        "every resource is in the report"
    );
}

#[test]
fn what_differs_about_the_person_is_taken_from_none() {
    for (patient, sex) in [
        (r#"{"resourceType":"Patient","id":"p","gender":"male"}"#, Some(RecordedSex::Male)),
        (r#"{"resourceType":"Patient","id":"p","gender":"unknown"}"#, None),
        (
            r#"{"resourceType":"Patient","id":"p","gender":"unknown","extension":[{"url":"x/us-core-birthsex","valueCode":"F"}]}"#,
            Some(RecordedSex::Female),
        ),
        (
            r#"{"resourceType":"Patient","id":"p","gender":"male","extension":[{"url":"x/us-core-birthsex","valueCode":"F"}]}"#,
            None,
        ),
        (
            r#"{"resourceType":"Patient","id":"p","gender":"female","extension":[{"url":"x/patient-genderIdentity","valueCodeableConcept":{"coding":[{"code":"446151000124109"}]}}]}"#,
            None,
        ),
    ] {
        assert_eq!(read(patient).facts.sex, sex, "{patient}");
    }
    let dead = read(r#"{"resourceType":"Patient","id":"p","birthDate":"1950","deceasedBoolean":true}"#);
    assert_eq!(dead.facts.deceased.map(|death| death.to_string()).as_deref(), Some("1950-01-01 or after"));
}

#[test]
fn codes_of_every_system_and_none() {
    for (coding, concept) in [
        (r#"{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"E11.9"}"#, "condition:type_2_diabetes"),
        (r#"{"system":"urn:oid:2.16.840.1.113883.6.90","code":"E11.9"}"#, "condition:type_2_diabetes"),
        (
            r#"{"system":"http://hl7.org/fhir/sid/icd-9-cm","code":"250.00","display":"Type 2 diabetes mellitus"}"#,
            "condition:type_2_diabetes",
        ),
        (
            r#"{"system":"http://snomed.info/sct|http://snomed.info/sct/731000124108","code":"44054006","display":"Type 2 diabetes mellitus"}"#,
            "condition:type_2_diabetes",
        ),
        (
            r#"{"system":"http://hospital.example/codes","code":"DM2","display":"Type 2 diabetes"}"#,
            "condition:type_2_diabetes",
        ),
    ] {
        let text = format!(r#"{{"resourceType":"Condition","id":"c","code":{{"coding":[{coding}]}}}}"#);
        let import = read(&text);
        assert!(is(one(&import, "Condition/c"), concept), "{coding}: {:?}", import.facts.facts);
    }
    let import = read(r#"{"resourceType":"Condition","id":"c","code":{"text":"Type 2 diabetes"}}"#);
    assert!(is(one(&import, "Condition/c"), "condition:type_2_diabetes"));
}

#[test]
fn lines_of_a_bulk_export_are_a_record() {
    let lines = concat!(
        r#"{"resourceType":"Patient","id":"p","gender":"female"}"#,
        "\n",
        r#"{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Hemoglobin"},"subject":{"reference":"Patient/p"},"valueQuantity":{"value":101,"unit":"g/L"}}"#,
        "\n\n",
    );
    assert_eq!(read(lines).facts.facts.len(), 1);
}
