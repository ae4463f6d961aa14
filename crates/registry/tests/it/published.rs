//! Records as published, where a folder of them is at hand: all are read, and their text is handed on unchanged.
//!
//! The folder is named by `TRIALWAY_SHARED`, or is `shared` beside the workspace. Nothing of it is in this repository; without
//! it these tests say so and pass.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use trialway_registry::{parse_study, parse_study_json};

fn shared(path: &str) -> Option<PathBuf> {
    let root = match std::env::var_os("TRIALWAY_SHARED") {
        Some(root) => PathBuf::from(root),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    let found = root.join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: {path} is not here; TRIALWAY_SHARED can name the folder that holds it");
    None
}

fn check_lines(path: &str, step: usize) {
    let Some(path) = shared(path) else { return };
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines();
    let mut n_read = 0;
    for (index, line) in lines.enumerate().filter(|(index, _)| index % step == 0) {
        let line = line.unwrap();
        let record: Value = serde_json::from_str(&line).unwrap();
        let parsed = parse_study_json(&record).unwrap_or_else(|error| panic!("record {index}: {error}"));
        let published = record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"].as_str();
        let published = published.filter(|text| !text.trim().is_empty());
        assert_eq!(parsed.value.eligibility.text.as_deref(), published, "record {index}");
        assert!(parsed.value.nct_id.is_some(), "record {index}");
        n_read += 1;
    }
    assert!(n_read > 0);
}

#[test]
fn published_v2_records() {
    check_lines("trials/studies_v2.ndjson.gz", 1);
}

#[test]
fn converted_records() {
    check_lines("trials/studies_converted.ndjson.gz", 20);
}

#[test]
fn single_v2_records() {
    let Some(folder) = shared("registry") else { return };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let parsed = parse_study(&fs::read(&path).unwrap()).unwrap();
            assert_eq!(path.file_stem().unwrap().to_str(), Some(parsed.value.doc.as_str()));
            assert!(parsed.value.eligibility.text.is_some());
        }
    }
}

#[test]
fn legacy_xml_documents() {
    let Some(folder) = shared("trials/legacy_xml") else { return };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let document = fs::read_to_string(&path).unwrap();
        let parsed = parse_study(document.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(path.file_stem().unwrap().to_str(), Some(parsed.value.doc.as_str()));
        assert_eq!(parsed.value.eligibility.text, text_block(&document), "{}", path.display());
    }
}

/// The text block of the criteria, cut out and decoded in the plainest way.
fn text_block(document: &str) -> Option<String> {
    let criteria = document.split_once("<criteria>")?.1.split_once("</criteria>")?.0;
    let written = criteria.split_once("<textblock>")?.1.split_once("</textblock>")?.0;
    let decoded = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#xD;", "\r"), ("&amp;", "&")]
        .iter()
        .fold(written.to_owned(), |text, (reference, character)| text.replace(reference, character));
    Some(decoded).filter(|text| !text.trim().is_empty())
}
