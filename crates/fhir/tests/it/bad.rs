//! Records that cannot be used, and elements that cannot: one sentence, one finding.

use trialway_fhir::{FhirError, import};
use trialway_patient::Value;
use trialway_terminology::Terminology;

fn error(bytes: &[u8]) -> FhirError {
    import(bytes, Terminology::builtin()).unwrap_err()
}

#[test]
fn what_is_no_record_of_one_patient_is_named() {
    for (bytes, says) in [
        (&b""[..], "the file is empty"),
        (b"{\"resourceType\":\"Bundle\",\"entry\":[", "line 1, column 34 is not valid JSON"),
        (b"{\"a\":1}", "`resourceType` is missing at the top"),
        (b"{\"resourceType\":\"\xff\"}", "byte 17 is not UTF-8"),
        (b"{\"resourceType\":\"Bundle\",\"entry\":[]}", "the record holds 0 Patient resources"),
    ] {
        let got = error(bytes).to_string();
        assert!(got.contains(says) && !got.contains('\n'), "{got}");
    }
    assert!(matches!(error("[".repeat(200_000).as_bytes()), FhirError::TooDeep { .. }));
    assert!(matches!(error("{\"a\":".repeat(200_000).as_bytes()), FhirError::TooDeep { .. }));
    assert!(matches!(error(&vec![b' '; (64 << 20) + 1]), FhirError::TooLarge { .. }));
}

#[test]
fn an_impossible_date_is_a_finding_and_the_rest_stays() {
    let record =
        br#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p","birthDate":"2025-13"}},
        {"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Hemoglobin"},
         "effectiveDateTime":"2026-02-30","valueQuantity":{"value":101,"unit":"g/L"}}}]}"#;
    let got = import(record, Terminology::builtin()).unwrap();
    let said: Vec<&str> = got.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("`2025-13`") && said[1].contains("`2026-02-30`"), "{said:?}");
    assert_eq!(got.value.facts.birth, None);
    assert_eq!(got.value.facts.facts.len(), 1);
}

#[test]
fn a_unit_that_is_not_known_is_a_finding_and_the_value_stays_as_written() {
    let record = br#"{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Hemoglobin"},
         "valueQuantity":{"value":101,"unit":"florins"}}"#;
    let got = import(record, Terminology::builtin()).unwrap();
    assert!(got.findings.iter().any(|finding| finding.message.contains("`florins`")), "{:?}", got.findings);
    assert!(matches!(
        &got.value.facts.facts[0].value,
        Some(Value::Quantity { unit: None, unit_written, .. }) if unit_written == "florins"
    ));
}
