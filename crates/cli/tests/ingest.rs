//! Study records into the store: what is kept, what is refused, and what an interruption leaves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn command(store: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialway"));
    command.args(arguments).args(["--data-dir", store.to_str().unwrap()]);
    command
}

fn run(store: &Path, arguments: &[&str]) -> Output {
    command(store, arguments).output().unwrap()
}

fn ingest(store: &Path, paths: &[&Path]) -> Value {
    let mut arguments = vec!["ingest", "--format", "json", "--quiet"];
    arguments.extend(paths.iter().map(|path| path.to_str().unwrap()));
    let output = run(store, &arguments);
    assert!(!output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn counts(report: &Value) -> (u64, u64, u64, usize) {
    let n = |key: &str| report[key].as_u64().unwrap();
    (n("added"), n("changed"), n("unchanged"), report["refused"].as_array().unwrap().len())
}

/// A small record of its own number.
fn record(number: usize, title: &str) -> String {
    serde_json::json!({"protocolSection": {
        "identificationModule": {"nctId": format!("NCT{:08}", 91_000_000 + number), "briefTitle": title},
        "statusModule": {"overallStatus": "RECRUITING"},
        "conditionsModule": {"conditions": ["Gout"]},
        "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Age 18 years or older\n* Gout\n", "sex": "ALL"},
    }})
    .to_string()
}

fn total(store: &Path) -> u64 {
    let output = run(store, &["search", "", "--limit", "0", "--format", "json"]);
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["total"].as_u64().unwrap()
}

#[test]
fn records_of_every_form_are_kept_once() {
    let (store, files) = (folder("forms-store"), folder("forms"));
    std::fs::write(files.join("one.json"), record(1, "one")).unwrap();
    std::fs::write(files.join("lines.ndjson"), format!("{}\n\n{}\n", record(2, "two"), record(3, "three"))).unwrap();
    std::fs::write(files.join("page.json"), format!("{{\"studies\": [{}, {}]}}", record(4, "four"), record(5, "five")))
        .unwrap();
    std::fs::write(files.join("list.json"), format!("[{}]", record(6, "six"))).unwrap();
    std::fs::write(
        files.join("old.xml"),
        "<clinical_study><id_info><nct_id>NCT91000007</nct_id></id_info><brief_title>seven</brief_title></clinical_study>",
    )
    .unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(format!("{}\n{}\n", record(8, "eight"), record(9, "nine")).as_bytes()).unwrap();
    std::fs::write(files.join("more.ndjson.gz"), packed.finish().unwrap()).unwrap();
    let mut archive = zip::ZipWriter::new(std::fs::File::create(files.join("deep.zip")).unwrap());
    archive.start_file("folder/ten.json", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(record(10, "ten").as_bytes()).unwrap();
    archive.finish().unwrap();
    std::fs::write(files.join("readme.txt"), "no record").unwrap();
    let report = ingest(&store, &[&files]);
    assert_eq!(counts(&report), (10, 0, 0, 0), "{report}");
    assert_eq!(report["ignored_files"], 1);
    assert_eq!(counts(&ingest(&store, &[&files])), (0, 0, 10, 0));
    assert_eq!(total(&store), 10);
    // Another layout is no change; another word is.
    let pretty: Value = serde_json::from_str(&record(1, "one")).unwrap();
    std::fs::write(files.join("one.json"), serde_json::to_string_pretty(&pretty).unwrap()).unwrap();
    std::fs::write(files.join("list.json"), format!("[{}]", record(6, "another title"))).unwrap();
    assert_eq!(counts(&ingest(&store, &[&files])), (0, 1, 9, 0));
    assert_eq!(total(&store), 10);
    let found = run(&store, &["search", "another title", "--format", "json"]);
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["hits"][0]["nct_id"], "NCT91000006");
}

#[test]
fn bad_records_are_refused_one_by_one() {
    let (store, files) = (folder("bad-store"), folder("bad"));
    let lines = files.join("lines.ndjson");
    let text = format!(
        "{}\n{{\"protocolSection\": \n{{\"protocolSection\": {{}}}}\n\u{1}\n{}\n",
        record(1, "a"),
        record(2, "b")
    );
    std::fs::write(&lines, text).unwrap();
    let report = ingest(&store, &[&lines]);
    assert_eq!(counts(&report), (2, 0, 0, 3), "{report}");
    for (refused, line) in report["refused"].as_array().unwrap().iter().zip([2, 3, 4]) {
        let (place, reason) = (refused["place"].as_str().unwrap(), refused["reason"].as_str().unwrap());
        assert!(place.ends_with(&format!("lines.ndjson, line {line}")), "{place}");
        assert!(!reason.is_empty() && !reason.contains('\n'), "{reason}");
    }
    // A file that is cut off keeps what came before.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for number in 10..2_000 {
        packed.write_all(format!("{}\n", record(number, "x")).as_bytes()).unwrap();
    }
    let packed = packed.finish().unwrap();
    let cut = files.join("cut.ndjson.gz");
    std::fs::write(&cut, &packed[..packed.len() / 2]).unwrap();
    let report = ingest(&store, &[&cut]);
    assert!(counts(&report).0 > 100, "{report}");
    assert!(report["refused"][0]["reason"].as_str().unwrap().contains("cut off"), "{report}");
}

#[test]
fn when_nothing_is_kept_the_status_says_so() {
    let (store, files) = (folder("none-store"), folder("none"));
    let status = |path: &Path| run(&store, &["ingest", "--quiet", path.to_str().unwrap()]).status.code();
    let bad = files.join("bad.json");
    std::fs::write(&bad, "{\"a\": 1}").unwrap();
    assert_eq!(status(&bad), Some(1));
    assert_eq!(status(&files.join("nowhere.json")), Some(2));
    assert_eq!(status(&folder("empty-folder")), Some(2));
}

#[test]
fn archives_that_mean_harm_are_refused_and_write_nothing() {
    let (store, files) = (folder("zip-store"), folder("zip"));
    let path = files.join("evil.zip");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("../../outside.json", options).unwrap();
    archive.write_all(record(1, "x").as_bytes()).unwrap();
    archive.start_file("bomb.json", options).unwrap();
    archive.write_all(&vec![b' '; 50 << 20]).unwrap();
    archive.start_file("inner.zip", options).unwrap();
    archive.write_all(b"PK").unwrap();
    archive.start_file("good.json", options).unwrap();
    archive.write_all(record(2, "good").as_bytes()).unwrap();
    archive.finish().unwrap();
    let report = ingest(&store, &[&path]);
    assert_eq!(counts(&report), (1, 0, 0, 3), "{report}");
    let reasons = report["refused"].to_string();
    for says in ["leads out of the archive", "made to do harm", "archive in an archive"] {
        assert!(reasons.contains(says), "{reasons}");
    }
    assert!(!files.join("../../outside.json").exists());
    let no_zip = files.join("no.zip");
    std::fs::write(&no_zip, b"hello").unwrap();
    assert_eq!(run(&store, &["ingest", "--quiet", no_zip.to_str().unwrap()]).status.code(), Some(1));
}

#[test]
fn an_ingest_that_is_killed_leaves_nothing_half_done() {
    const N_RECORDS: usize = 6_000;
    let (store, files) = (folder("kill-store"), folder("kill"));
    let path = files.join("many.ndjson");
    let padding = "long ".repeat(60);
    let text: String =
        (0..N_RECORDS).map(|number| record(number, &format!("study {number} {padding}")) + "\n").collect();
    std::fs::write(&path, text).unwrap();
    // A fixed sequence of moments that looks like none: x -> 5 x + 3 modulo 256, in milliseconds.
    let mut moment: u64 = 7;
    let mut n_killed = 0;
    for _ in 0..20 {
        moment = (5 * moment + 3) % 256;
        let mut child = command(&store, &["ingest", "--quiet", path.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(30 + moment));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            n_killed += 1;
        }
        child.wait().unwrap();
        // Whatever is there is whole: the store opens, and each study it names can be read.
        let output = run(&store, &["screen", "--trial", "NCT91000000", "--patient", "-"]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains("no study with this id") || error.contains("is empty"), "{error}");
    }
    assert!(n_killed >= 5, "{n_killed}");
    let report = ingest(&store, &[&path]);
    let (added, changed, unchanged, refused) = counts(&report);
    let resumed = report["resumed"].as_u64().unwrap();
    assert_eq!((changed, refused), (0, 0), "{report}");
    assert_eq!(added + unchanged + resumed, N_RECORDS as u64, "{report}");
    assert_eq!(total(&store), N_RECORDS as u64);
    assert_eq!(counts(&ingest(&store, &[&path])), (0, 0, N_RECORDS as u64, 0));
}
