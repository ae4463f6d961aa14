//! Files of many studies.

use crate::{WHOLE_STUDY, WHOLE_XML};
use trialway_registry::parse_studies;

/// What became of each record: its line, its index, and its number or `refused`.
fn check(file: &str, expected: &[(Option<usize>, &str)]) {
    let records = parse_studies(file.as_bytes());
    let found: Vec<(Option<usize>, String)> = records
        .iter()
        .map(|record| {
            (record.line, record.study.as_ref().map_or("refused".to_owned(), |study| study.value.doc.clone()))
        })
        .collect();
    let found: Vec<(Option<usize>, &str)> = found.iter().map(|(line, name)| (*line, name.as_str())).collect();
    assert_eq!(found, expected, "{file}");
    assert!(records.iter().enumerate().all(|(index, record)| record.index == index));
}

fn study(number: u32) -> String {
    format!(r#"{{"protocolSection": {{"identificationModule": {{"nctId": "NCT{number:08}"}}}}}}"#)
}

#[test]
fn one_record_a_line_is_read_line_by_line() {
    let (one, two) = (study(1), study(2));
    let (first, second) = ("NCT00000001", "NCT00000002");
    check(&format!("{one}\n{two}\n"), &[(Some(1), first), (Some(2), second)]);
    check(&format!("\u{feff}\r\n{one}\r\n\r\n{two}"), &[(Some(2), first), (Some(4), second)]);
    check(&format!("{one}\nnot a study\n{two}"), &[(Some(1), first), (Some(2), "refused"), (Some(3), second)]);
    check(&format!("{}\n{two}", &one[..20]), &[(Some(1), "refused"), (Some(2), second)]);
    check(&format!("{{\"resourceType\": \"Patient\"}}\n{two}"), &[(Some(1), "refused"), (Some(2), second)]);
}

#[test]
fn a_bad_byte_spoils_only_its_own_line() {
    let mut file = study(1).into_bytes();
    file.extend_from_slice(b"\n{\"a\": \"\xff\"}\n");
    file.extend_from_slice(study(2).as_bytes());
    let read: Vec<bool> = parse_studies(&file).iter().map(|record| record.study.is_ok()).collect();
    assert_eq!(read, [true, false, true]);
}

#[test]
fn lists_and_pages_are_read_item_by_item() {
    let (one, two) = (study(1), study(2));
    let expected = [(None, "NCT00000001"), (None, "refused"), (None, "NCT00000002")];
    check(&format!("[{one}, 7, {two}]"), &expected);
    check(&format!("[\n{one},\n7,\n{two}\n]"), &expected);
    check(&format!("{{\"nextPageToken\": \"x\", \"studies\": [{one}, {{}}, {two}]}}"), &expected);
    check("[]", &[]);
    check("{\"studies\": []}", &[]);
}

#[test]
fn one_record_is_a_file_of_one() {
    check(&study(1), &[(None, "NCT00000001")]);
    check(WHOLE_STUDY, &[(None, "NCT00000001")]);
    check(WHOLE_XML, &[(None, "NCT00000001")]);
    check("{", &[(None, "refused")]);
    check("", &[(None, "refused")]);
    check("some text", &[(None, "refused")]);
    check("{\"studies\": 3}", &[(None, "refused")]);
}
