//! Records in breadth, as the program reads and screens them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trialway")).args(arguments).output().unwrap()
}

fn file(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, content).unwrap();
    path
}

fn result(id: &str, code: &str, value: &str, unit: &str, day: &str) -> Value {
    json!({"resource": {"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": day,
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "valueQuantity": {"value": value.parse::<f64>().unwrap(), "unit": unit}}})
}

/// A man of 50 with a creatinine and what belongs to it.
fn man(more: Vec<Value>) -> String {
    let mut entries = vec![
        json!({"resource": {"resourceType": "Patient", "id": "man", "gender": "male", "birthDate": "1976-01-01"}}),
    ];
    entries.extend(more);
    json!({"resourceType": "Bundle", "entry": entries}).to_string()
}

fn screen(name: &str, criterion: &str, record: &str) -> Value {
    let trial = file(&format!("{name}.txt"), &format!("Inclusion Criteria:\n\n* {criterion}\n"));
    let patient = file(&format!("{name}.json"), record);
    let output = run(&[
        "screen",
        "--trial",
        trial.to_str().unwrap(),
        "--patient",
        patient.to_str().unwrap(),
        "--as-of",
        "2026-06-15",
        "--format",
        "json",
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["criteria"][0].clone()
}

#[test]
fn what_is_calculated_answers_only_criteria_that_accept_it() {
    let record = man(vec![
        result("creatinine", "2160-0", "1.0", "mg/dL", "2026-06-01"),
        result("weight", "29463-7", "72", "kg", "2026-06-01"),
        result("height", "8302-2", "175", "cm", "2026-06-01"),
        result("qt", "8634-8", "400", "ms", "2026-06-01"),
        result("rate", "8867-4", "75", "/min", "2026-06-01"),
        result("ecog", "89247-1", "1", "", "2026-06-01"),
    ]);
    for (at, (criterion, effect)) in [
        ("eGFR ≥ 60 mL/min/1.73 m2", "pass"),
        ("eGFR ≥ 95 mL/min/1.73 m2", "fail"),
        ("eGFR ≥ 60 mL/min/1.73 m2 (CKD-EPI)", "pass"),
        ("eGFR ≥ 60 mL/min/1.73 m2 using the MDRD equation", "open"),
        ("Creatinine clearance ≥ 60 mL/min (Cockcroft-Gault)", "pass"),
        ("Creatinine clearance ≥ 60 mL/min measured by 24-hour urine collection", "open"),
        ("BMI 18 to 30 kg/m2", "pass"),
        ("Body surface area ≥ 1.5 m2", "pass"),
        ("QTcF < 450 ms", "pass"),
        // 431 by Fridericia, 447 by Bazett.
        ("QTc < 440 ms", "open"),
        ("QTc < 450 ms", "pass"),
        ("QTcB < 440 ms", "fail"),
        ("Karnofsky performance status ≥ 70", "pass"),
        ("Karnofsky performance status ≥ 80", "open"),
    ]
    .into_iter()
    .enumerate()
    {
        let got = screen(&format!("calculated-{at}"), criterion, &record);
        assert_eq!(got["effect"], effect, "{criterion}: {got:#}");
    }
    let got = screen("calculated-evidence", "Creatinine clearance ≥ 60 mL/min", &record);
    let sources: Vec<&str> =
        got["evidence"].as_array().unwrap().iter().map(|evidence| evidence["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["Observation/creatinine", "Observation/weight"]);
    let text = got["evidence"][0]["text"].as_str().unwrap();
    for part in ["calculated from creatinine 1.0 mg/dL", "weight 72.0 kg", "age 50 years", "male", "Cockcroft-Gault"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn who_never_smoked_or_stopped_is_no_smoker() {
    for (at, (status, current, ever)) in [
        ("Never smoker", "pass", "pass"),
        ("Former smoker", "pass", "fail"),
        ("Current every day smoker", "fail", "fail"),
    ]
    .into_iter()
    .enumerate()
    {
        let record = man(vec![
            json!({"resource": {"resourceType": "Observation", "id": "s", "status": "final", "effectiveDateTime": "2026-06-01",
            "code": {"coding": [{"system": "http://loinc.org", "code": "72166-2", "display": "Tobacco smoking status NHIS"}]},
            "valueCodeableConcept": {"text": status}}}),
        ]);
        for (criterion, effect) in [("Current smoker", current), ("History of smoking", ever)] {
            let name = format!("smoker-{at}-{effect}-{}", criterion.len());
            let trial = file(&format!("{name}.txt"), &format!("Exclusion Criteria:\n\n* {criterion}\n"));
            let patient = file(&format!("{name}.json"), &record);
            let output = run(&[
                "screen",
                "--trial",
                trial.to_str().unwrap(),
                "--patient",
                patient.to_str().unwrap(),
                "--as-of",
                "2026-06-15",
                "--format",
                "json",
            ]);
            let got: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(got["criteria"][0]["effect"], effect, "{status}: {criterion} {got:#}");
        }
    }
}

#[test]
fn a_measured_value_that_is_as_new_counts_before_a_calculated_one() {
    let egfr = |value: &str, day: &str| result("egfr", "33914-3", value, "mL/min/{1.73_m2}", day);
    let creatinine = result("creatinine", "2160-0", "1.0", "mg/dL", "2026-06-01");
    for (at, (measured, effect)) in
        [(egfr("50", "2026-06-01"), "fail"), (egfr("50", "2026-06-10"), "fail"), (egfr("50", "2026-05-01"), "pass")]
            .into_iter()
            .enumerate()
    {
        let got =
            screen(&format!("measured-{at}"), "eGFR ≥ 60 mL/min/1.73 m2", &man(vec![measured, creatinine.clone()]));
        assert_eq!(got["effect"], effect, "{got:#}");
    }
}

#[test]
fn a_calculated_value_rests_on_each_of_its_inputs() {
    let all = [
        result("creatinine", "2160-0", "1.0", "mg/dL", "2026-06-01"),
        result("weight", "29463-7", "72", "kg", "2026-06-01"),
    ];
    for without in 0..all.len() {
        let mut some = all.to_vec();
        some.remove(without);
        let got = screen(&format!("input-{without}"), "Creatinine clearance ≥ 60 mL/min", &man(some));
        assert_eq!(got["effect"], "open");
    }
}

#[test]
fn weeks_of_pregnancy_are_those_of_the_day_of_screening() {
    let record = json!({"resourceType": "Bundle", "entry": [
        {"resource": {"resourceType": "Patient", "id": "woman", "gender": "female", "birthDate": "1995-01-01"}},
        {"resource": {"resourceType": "Observation", "id": "due", "status": "final", "effectiveDateTime": "2026-02-01",
            "code": {"coding": [{"system": "http://loinc.org", "code": "11778-8", "display": "Delivery date Estimated"}]},
            "valueDateTime": "2026-09-21"}},
    ]})
    .to_string();
    // 280 days before the date due is 2025-12-15: 182 days, 26 weeks, before the day of screening.
    for (at, (criterion, effect)) in
        [("Gestational age ≥ 26 weeks", "pass"), ("Gestational age < 26 weeks", "fail")].into_iter().enumerate()
    {
        assert_eq!(screen(&format!("weeks-{at}"), criterion, &record)["effect"], effect, "{criterion}");
    }
}

#[test]
fn answers_screen_without_assumptions() {
    let answers = json!({"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", "authored": "2026-06-14", "item": [
        {"linkId": "person:birth_date", "answer": [{"valueDate": "1990-02-03"}]},
        {"linkId": "lab:egfr", "answer": [{"valueQuantity": {"value": 55, "code": "mL/min/{1.73_m2}"}}]},
    ]})
    .to_string();
    assert_eq!(screen("answers-egfr", "eGFR ≥ 60 mL/min/1.73 m2", &answers)["effect"], "fail");
    assert_eq!(screen("answers-age", "Age 18 years or older", &answers)["effect"], "pass");
    assert_eq!(screen("answers-silent", "No asthma", &answers)["effect"], "open");
}

#[test]
fn the_record_is_shown_with_what_was_used_and_what_was_not() {
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/patients/breadth.json");
    let text = String::from_utf8(run(&["patient", record.to_str().unwrap()]).stdout).unwrap();
    for part in [
        "patient demo-breadth: born 1960-04-12, sex male",
        "mother: Breast cancer",
        "by CKD-EPI 2021 from creatinine 1.0 mg/dL",
        "Condition/c-refuted: refuted",
        "Claim/cl: about payment",
        "a document, which is not read",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let output = run(&["patient", record.to_str().unwrap(), "--format", "json"]);
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    let calculated = shown["facts"].as_array().unwrap().iter().find(|fact| fact["kind"] == "calculated").unwrap();
    assert!(!calculated["derivation"]["inputs"].as_array().unwrap().is_empty());
    assert_eq!(shown["family"][0]["relationship"], "mother");
}

#[test]
fn omop_tables_screen_like_a_fhir_record() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/omop");
    let trial = file(
        "omop-trial.txt",
        "Inclusion Criteria:\n\n* eGFR ≥ 60 mL/min/1.73 m2\n* Type 2 diabetes\n\nExclusion Criteria:\n\n* Current use of warfarin\n",
    );
    let output = run(&[
        "screen",
        "--trial",
        trial.to_str().unwrap(),
        "--patient",
        folder.to_str().unwrap(),
        "--as-of",
        "2026-06-15",
        "--format",
        "json",
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let got: Value = serde_json::from_slice(&output.stdout).unwrap();
    let effects: Vec<&str> =
        got["criteria"].as_array().unwrap().iter().map(|criterion| criterion["effect"].as_str().unwrap()).collect();
    assert_eq!(effects, ["pass", "pass", "fail"], "{got:#}");
    assert_eq!(got["patient"], "7");
    let empty = file("omop-empty/nothing.txt", "");
    let output = run(&["patient", empty.parent().unwrap().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no table `person`"));
}
