//! `cohort`, and `screen` as a report, as people and other programs call them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn corpus(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(path)
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trialway")).args(arguments).output().unwrap()
}

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn patients() -> [String; 2] {
    ["lupus-nephritis-child", "nephrotic-syndrome-boy"]
        .map(|name| std::fs::read_to_string(corpus(&format!("patients/{name}.json"))).unwrap())
}

fn cohort(patients: &Path, more: &[&str]) -> (Output, Value) {
    let trial = corpus("registry/NCT90000001.json");
    let mut arguments = vec!["cohort", "--trial", trial.to_str().unwrap(), "--patients", patients.to_str().unwrap()];
    arguments.extend(["--as-of", "2026-06-15", "--format", "json"]);
    arguments.extend(more);
    let output = run(&arguments);
    let value = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (output, value)
}

fn screened(patient: &str) -> (String, Value) {
    let trial = corpus("registry/NCT90000001.json");
    let path = folder(&format!("one-{}", patient.len())).join("patient.json");
    std::fs::write(&path, patient).unwrap();
    let output = run(&[
        "screen",
        "--trial",
        trial.to_str().unwrap(),
        "--patient",
        path.to_str().unwrap(),
        "--as-of",
        "2026-06-15",
        "--format",
        "json",
    ]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    (value["patient"].as_str().unwrap().to_owned(), value)
}

#[test]
fn a_folder_and_a_file_of_lines_and_a_bulk_export_are_one_cohort_each() {
    let [child, boy] = patients();
    let files = folder("cohort-files");
    std::fs::create_dir(files.join("more")).unwrap();
    std::fs::write(files.join("a.json"), &child).unwrap();
    std::fs::write(files.join("more/b.json"), &boy).unwrap();
    std::fs::write(files.join("c.json"), "{\"resourceType\": \"Bundle\", ").unwrap();
    std::fs::write(files.join("notes.txt"), "not a record").unwrap();
    let (output, of_files) = cohort(&files, &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(of_files["patients"], 2);
    assert_eq!(of_files["refused"].as_array().unwrap().len(), 1);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("c.json: ") && said.lines().count() == 1, "{said}");
    for (patient, result) in [&child, &boy].iter().zip(of_files["results"].as_array().unwrap()) {
        let (id, want) = screened(patient);
        assert_eq!(
            (&result["patient"], &result["verdict"], &result["pivotal"]),
            (&Value::from(id), &want["verdict"], &want["pivotal"])
        );
    }
    let sum: i64 = of_files["verdicts"].as_object().unwrap().values().map(|n| n.as_i64().unwrap()).sum();
    assert_eq!(sum, 2);
    let mut remaining = 2;
    for stage in of_files["funnel"].as_array().unwrap() {
        remaining -= stage["failed"].as_i64().unwrap();
        assert_eq!(stage["remaining"], remaining);
    }
    assert_eq!(remaining, 2 - of_files["verdicts"]["ineligible"].as_i64().unwrap());

    let lines = folder("cohort-lines").join("all.ndjson");
    let one_line = |text: &str| serde_json::from_str::<Value>(text).unwrap().to_string();
    std::fs::write(&lines, format!("{}\n\nnonsense\n{}\n", one_line(&child), one_line(&boy))).unwrap();
    let (output, of_lines) = cohort(&lines, &[]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 3: "));
    assert_eq!(of_lines["results"], of_files["results"]);

    // The same resources, one file a type, patients mixed.
    let bulk = folder("cohort-bulk");
    let mut by_type: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for text in [&child, &boy] {
        let bundle: Value = serde_json::from_str(text).unwrap();
        for entry in bundle["entry"].as_array().unwrap() {
            let kind = entry["resource"]["resourceType"].as_str().unwrap().to_owned();
            by_type.entry(kind).or_default().push_str(&format!("{}\n", entry["resource"]));
        }
    }
    for (kind, lines) in &by_type {
        std::fs::write(bulk.join(format!("{kind}.ndjson")), lines).unwrap();
    }
    let (output, of_bulk) = cohort(&bulk, &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sorted = |value: &Value| {
        let mut all: Vec<String> = value["results"].as_array().unwrap().iter().map(ToString::to_string).collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&of_bulk), sorted(&of_files));
}

#[test]
fn the_screening_log_has_a_line_a_patient() {
    let [child, boy] = patients();
    let files = folder("cohort-log");
    std::fs::write(files.join("a.json"), child).unwrap();
    std::fs::write(files.join("b.json"), boy).unwrap();
    let log = folder("cohort-log-out").join("log.csv");
    let (output, value) = cohort(&files, &["--csv", log.to_str().unwrap()]);
    assert!(output.status.success());
    let text = std::fs::read_to_string(&log).unwrap();
    assert_eq!(text.matches("\r\n").count(), 3);
    assert!(text.starts_with("patient,verdict,"));
    for result in value["results"].as_array().unwrap() {
        let line = text.lines().find(|line| line.starts_with(result["patient"].as_str().unwrap())).unwrap();
        assert!(line.contains(result["verdict"].as_str().unwrap()) && line.contains("sha256 "), "{line}");
    }
}

#[test]
fn bad_input_is_one_sentence_and_a_cohort_without_a_record_fails() {
    let empty = folder("cohort-empty");
    let (output, _) = cohort(&empty, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("holds no .json or .ndjson file"));
    let (output, _) = cohort(&empty.join("nowhere"), &[]);
    assert_eq!(output.status.code(), Some(2));
    std::fs::write(empty.join("x.json"), "{}").unwrap();
    let (output, value) = cohort(&empty, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!((&value["patients"], value["refused"].as_array().unwrap().len()), (&Value::from(0), 1));
}

#[test]
fn a_screening_is_written_as_a_report() {
    let out = folder("reports");
    for (form, head) in [("html", "<!doctype html>"), ("pdf", "%PDF-")] {
        let path = out.join(format!("report.{form}"));
        let (trial, patient) = (corpus("registry/NCT90000001.json"), corpus("patients/lupus-nephritis-child.json"));
        let output = run(&[
            "screen",
            "--trial",
            trial.to_str().unwrap(),
            "--patient",
            patient.to_str().unwrap(),
            "--as-of",
            "2026-06-15",
            "--format",
            form,
            "--out",
            path.to_str().unwrap(),
        ]);
        assert!(output.status.success() && output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(std::fs::read(&path).unwrap().starts_with(head.as_bytes()));
    }
}
