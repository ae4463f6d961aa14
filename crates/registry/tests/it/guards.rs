//! Bytes that are no study: refused with one sentence, never with a crash.

use trialway_registry::{MAX_DEPTH, MAX_RECORD_BYTES, RegistryError, parse_studies, parse_study};

fn check(bytes: &[u8], expected: &str) {
    let error = parse_study(bytes).unwrap_err();
    let sentence = error.to_string();
    assert_eq!(sentence, expected);
    assert!(!sentence.contains('\n') && !sentence.ends_with('.'));
}

#[test]
fn what_is_no_study_is_named() {
    let give = "give a ClinicalTrials.gov API v2 study, an object with `protocolSection`";
    for (record, found, help) in [
        (r#"{"a": 1, "b": 2}"#, "an object with `a`, `b` and no `protocolSection`", give),
        ("{}", "an empty object", give),
        (r#"{"protocolSection": []}"#, "an object whose `protocolSection` is not an object", give),
        (
            r#"{"resourceType": "Patient"}"#,
            "a FHIR resource of type `Patient`",
            "give a ClinicalTrials.gov study here, and a FHIR record as the patient",
        ),
        ("[1, 2]", "a list of 2 items", "give one study, or ingest the file as one of many studies"),
        (r#"{"studies": []}"#, "a page of 0 studies", "give one study, or ingest the file as one of many studies"),
        (r#"{"FullStudy": {}}"#, "a record of the registry's first JSON API", "fetch the study again from API v2"),
        (
            "{\"protocolSection\": {}}\n{\"protocolSection\": {}}",
            "a file of several records, one a line",
            "give one of them, or ingest the file",
        ),
        (
            "<html><body/></html>",
            "an XML document with the root element `html`",
            "give a ClinicalTrials.gov `clinical_study` document, or the study as API v2 JSON",
        ),
    ] {
        check(record.as_bytes(), &format!("the record is not a study: it is {found}; {help}"));
    }
}

#[test]
fn broken_records_say_where_and_how_to_mend() {
    check(
        b"{\"protocolSection\": {\n  \"a\": }",
        "the JSON is broken at line 2, column 8: expected value; fetch the record again, or mend it there",
    );
    check(b" \n\t", "the record is empty; give a ClinicalTrials.gov study as JSON or XML");
    check(b"", "the record is empty; give a ClinicalTrials.gov study as JSON or XML");
    check(
        b"Inclusion Criteria",
        "the record starts with `I`, which is neither JSON (`{`) nor XML (`<`); give a ClinicalTrials.gov study as JSON or XML",
    );
}

#[test]
fn bytes_that_are_not_text_are_counted() {
    let sentence = |byte| format!("byte {byte} is not valid UTF-8; convert the file to UTF-8, or fetch it again");
    check(b"{\"a\": \"\xff\"}", &sentence(7));
    check(b"<clinical_study>\xe9t\xe9</clinical_study>", &sentence(16));
    check(b"\xff\xfe<\0", &sentence(0));
    // A character cut off by the end of the file.
    check(b"{\"a\": \"\xe2\x89", &sentence(7));
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_record() {
    assert!(parse_study("\u{feff}{\"protocolSection\": {}}".as_bytes()).is_ok());
    assert!(parse_study("\u{feff}<clinical_study/>".as_bytes()).is_ok());
}

#[test]
fn no_nesting_overflows_the_stack() {
    let n_levels = 200_000;
    let in_a_study = |inside: &str| format!("{{\"protocolSection\": {{\"a\": {inside}");
    for record in [
        "[".repeat(n_levels),
        "{\"a\":".repeat(n_levels),
        in_a_study(&"[".repeat(n_levels)),
        in_a_study(&"{\"a\":".repeat(n_levels)),
        "<clinical_study>".to_owned() + &"<a>".repeat(n_levels),
        "<clinical_study><textblock>".to_owned() + &"<a>".repeat(n_levels),
        "<clinical_study><clinical_results>".to_owned() + &"<a>".repeat(n_levels),
    ] {
        match parse_study(record.as_bytes()) {
            Err(error @ RegistryError::TooDeep { limit: MAX_DEPTH, .. }) => {
                assert!(
                    error.to_string().starts_with("the record is nested deeper than 128 levels at line 1, column ")
                );
            }
            other => panic!("{other:?}"),
        }
        assert!(parse_studies(record.as_bytes()).iter().all(|record| record.study.is_err()));
    }
}

#[test]
fn a_nesting_that_closes_is_refused_too() {
    let n_levels = MAX_DEPTH + 1;
    let json = "[".repeat(n_levels) + &"]".repeat(n_levels);
    assert!(matches!(parse_study(json.as_bytes()), Err(RegistryError::TooDeep { .. })));
    let xml = format!("<clinical_study>{}{}</clinical_study>", "<a>".repeat(n_levels), "</a>".repeat(n_levels));
    assert!(matches!(parse_study(xml.as_bytes()), Err(RegistryError::TooDeep { .. })));
}

#[test]
fn a_record_above_the_limit_is_not_read() {
    let record = vec![b' '; MAX_RECORD_BYTES + 1];
    check(
        &record,
        "the record has 67108865 bytes and at most 67108864 are read; split the file into one study a line, or one file a study",
    );
    assert_eq!(parse_study(&record[1..]), Err(RegistryError::Empty));
}

#[test]
fn findings_without_end_are_counted_and_not_listed() {
    let numbers = "7,".repeat(4_999);
    let json = format!(
        r#"{{"protocolSection": {{"identificationModule": {{"nctId": "NCT00000001"}},
        "eligibilityModule": {{"eligibilityCriteria": "Adults"}}, "conditionsModule": {{"conditions": [{numbers}7]}}}}}}"#
    );
    let names: String = (0..5_000).map(|number| format!("&e{number};")).collect();
    let xml = format!(
        "<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info><eligibility><criteria><textblock>{names}\
         </textblock></criteria></eligibility></clinical_study>"
    );
    for (record, path) in [(json, "protocolSection"), (xml, "clinical_study")] {
        let findings = parse_study(record.as_bytes()).unwrap().findings;
        assert_eq!(findings.len(), 1_001);
        let last = findings.last().unwrap();
        assert_eq!((last.code.0, last.path.as_deref()), ("REG013", Some(path)));
        assert_eq!(last.message, "4000 more findings are not listed");
    }
}
