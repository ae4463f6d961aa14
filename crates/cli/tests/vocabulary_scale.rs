//! Imports of the size of real releases: every format with a hundred thousand rows, and a process killed in the middle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Rows of a large file.
const N: usize = 100_000;

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

fn import(store: &Path, files: &[PathBuf]) -> Value {
    let mut arguments = vec!["vocabulary", "import", "--json"];
    arguments.extend(files.iter().map(|path| path.to_str().unwrap()));
    let output = command(store, &arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The codes and the release of a layer.
fn layer(store: &Path, name: &str) -> Option<(u64, String)> {
    let output = command(store, &["vocabulary", "list", "--format", "json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let all: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let one = all.into_iter().find(|layer| layer["layer"] == name)?;
    Some((one["codes"].as_u64()?, one["version"].as_str()?.to_owned()))
}

/// The check digit of a LOINC number.
fn check_digit(number: usize) -> usize {
    let digits = number.to_string();
    let sum: usize = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = usize::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

/// Code `n` of a file with three letters and two digits before the point (`A00` to `Z99`), and three behind it.
fn icd_code(n: usize) -> String {
    let category = n / 1000;
    format!("{}{:02}{:03}", char::from(b'A' + (category / 100) as u8 % 26), category % 100, n % 1000)
}

/// Files of one release in a format, each with `n` rows and then one that is broken.
fn files(folder: &Path, format: &str, n: usize) -> Vec<PathBuf> {
    let mut texts: Vec<(&str, String)> = Vec::new();
    let mut text = String::new();
    match format {
        "rxnorm" => {
            let mut relations = String::new();
            for i in 1..=n {
                let (kind, name) = if i % 10 == 0 {
                    ("IN", "metformin".to_owned())
                } else {
                    ("SCD", format!("product of number {i}"))
                };
                writeln!(text, "{i}|ENG|P|L{i}|PF|S{i}|Y|{i}|{i}|{i}||RXNORM|{kind}|{i}|{name}||N|4096|").unwrap();
                let ingredient = i.div_ceil(10) * 10;
                writeln!(relations, "{ingredient}||CUI|RO|{i}||CUI|has_ingredient|{i}||RXNORM|RXNORM||||4096|")
                    .unwrap();
            }
            text.push_str("7|ENG|\n");
            texts.push(("RXNCONSO.RRF", text));
            texts.push(("RXNREL.RRF", relations));
        }
        "loinc" => {
            text.push_str("\"LOINC_NUM\",\"COMPONENT\",\"PROPERTY\",\"TIME_ASPCT\",\"SYSTEM\",\"SCALE_TYP\",\"METHOD_TYP\",\"CLASS\",\"STATUS\",\"CLASSTYPE\",\"SHORTNAME\",\"LONG_COMMON_NAME\"\n");
            for i in 100_000..100_000 + n {
                let check = check_digit(i);
                writeln!(text, "\"{i}-{check}\",\"Analyte {i}\",\"MCnc\",\"Pt\",\"Ser/Plas\",\"Qn\",\"\",\"CHEM\",\"ACTIVE\",\"1\",\"An {i}\",\"Analyte {i} [Mass/volume] in Serum\"").unwrap();
            }
            text.push_str("\"9\",\"short\"\n");
            texts.push(("Loinc.csv", text));
        }
        "snomed-rf2" => {
            text.push_str(
                "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n",
            );
            let mut relations = "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId\n".to_owned();
            for i in 1..=n {
                // Identifiers have six digits at least.
                let (code, above) = (1_000_000 + i, 1_000_000 + i / 2);
                let name = if i == 1 { "Asthma".to_owned() } else { format!("Finding of number {i}") };
                writeln!(text, "{code}01\t20260101\t1\t900000000000207008\t{code}\ten\t900000000000003001\t{name} (disorder)\t900000000000448009").unwrap();
                if i > 1 {
                    writeln!(relations, "{code}02\t20260101\t1\t900000000000207008\t{code}\t{above}\t0\t116680003\t900000000000011006\t900000000000451002").unwrap();
                }
            }
            text.push_str("1\t2026\n");
            texts.push(("sct2_Description_Snapshot-en_INT_20260101.txt", text));
            texts.push(("sct2_Relationship_Snapshot_INT_20260101.txt", relations));
        }
        "omop" => {
            text.push_str("concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason\n");
            for i in 1..=n {
                writeln!(
                    text,
                    "{i}\tFinding of number {i}\tCondition\tSNOMED\tClinical Finding\tS\t{i}\t19700101\t20991231\t"
                )
                .unwrap();
            }
            text.push_str("1\ttoo few\n");
            texts.push(("CONCEPT.csv", text));
        }
        "icd10cm" => {
            for i in 0..n {
                let name = format!("Disease of number {i}");
                writeln!(text, "{:05} {:<7} 1 {name:<60} {name}", i % 100_000, icd_code(i)).unwrap();
            }
            text.push_str("broken\n");
            texts.push(("icd10cm_order_2026.txt", text));
        }
        _ => {
            for i in 0..n {
                let tree = format!("C{:02}.{:03}.{:03}", i / 10_000, i / 100 % 1000, i % 1000);
                writeln!(text, "Disease of number {i};{tree}").unwrap();
            }
            text.push_str("no tree number\n");
            texts.push(("mtrees2026.bin", text));
        }
    }
    texts
        .into_iter()
        .map(|(name, text)| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect()
}

#[test]
fn every_format_is_taken_at_the_size_of_a_release() {
    let folder = folder("vocabulary_scale");
    let store = folder.join("store");
    for format in ["rxnorm", "loinc", "snomed-rf2", "omop", "icd10cm", "mesh"] {
        let files = files(&folder, format, N);
        let report = import(&store, &files);
        assert_eq!(report["vocabulary"], format);
        assert_eq!(report["n_refused"], 1, "{format}: {report}");
        let place = report["refused"][0]["place"].as_str().unwrap();
        assert!(
            place.contains(", line ") && !report["refused"][0]["reason"].as_str().unwrap().contains('\n'),
            "{place}"
        );
        let n = report["added"].as_u64().unwrap();
        assert_eq!(layer(&store, format).map(|layer| layer.0), Some(n), "{format}");
        assert_eq!(n, N as u64, "{format}");
        // Products lead to their ingredient by relation, findings to what lies above them.
        let linked = report["linked"].as_u64().unwrap();
        if matches!(format, "rxnorm" | "snomed-rf2") {
            assert_eq!(linked, n, "{format}");
        }
    }
}

#[test]
fn an_import_killed_in_the_middle_leaves_the_old_layer_or_the_new_one() {
    let folder = folder("vocabulary_killed");
    let store = folder.join("store");
    let small = folder.join("small");
    std::fs::create_dir_all(&small).unwrap();
    import(&store, &files(&small, "omop", 3));
    assert_eq!(layer(&store, "omop").map(|layer| layer.0), Some(3));
    let files = files(&folder, "omop", N);
    let mut n_killed = 0;
    for wait_ms in [60, 200, 500, 900] {
        let mut child = command(&store, &["vocabulary", "import", files[0].to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait_ms));
        let was_running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        n_killed += usize::from(was_running);
        let left = layer(&store, "omop").map(|layer| layer.0);
        assert!(matches!(left, Some(3 | 100_000)), "{left:?}");
    }
    assert!(n_killed > 0, "no import was killed before its end");
    // The next one goes through.
    let report = import(&store, &files);
    assert_eq!(
        report["added"].as_u64().unwrap() + report["unchanged"].as_u64().unwrap() + report["changed"].as_u64().unwrap(),
        N as u64
    );
}
