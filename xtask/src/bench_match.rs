//! How long one note takes against a whole registry: `cargo xtask bench-match`.

use crate::steps::run;
use crate::{e2e, tidy};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many invented studies are stored where no number is named.
const STUDIES: &str = "600000";

/// Made-up notes: a child, an adult with cancer, one with many problems, own words.
const NOTES: [&str; 4] = [
    "A 9-year-old girl with class IV lupus nephritis on prednisone and mycophenolate mofetil. Creatinine 0.8 mg/dL. No seizures.",
    "62 yo F with metastatic triple-negative breast cancer, ECOG 1, progressed on paclitaxel. No brain metastases. Hb 10.2 g/dL.",
    "71M with type 2 diabetes, hypertension, CKD stage 3, s/p CABG, admitted for heart failure. Takes metformin, lisinopril and \
     furosemide. Denies chest pain. Family history of stroke.",
    "I am 34 and have had asthma since I was a child. I use an inhaler every day and was in hospital twice last year.",
];

/// Prepares a store, or takes one, and measures; what it wrote is deleted.
///
/// **Shape**: `[--studies N] [--real FILE]... [--store FOLDER] [--runs N] [--binary FILE]`.
pub fn run_verb(arguments: &[String]) -> bool {
    let (mut studies, mut runs, mut real) = (STUDIES.to_owned(), "5".to_owned(), Vec::new());
    let (mut store, mut binary) = (None, None);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let Some(value) = words.next() else {
            println!("`{word}` wants a value; see `cargo xtask help`");
            return false;
        };
        match word.as_str() {
            "--studies" => studies.clone_from(value),
            "--runs" => runs.clone_from(value),
            "--real" => real.push(value.clone()),
            "--store" => store = Some(PathBuf::from(value)),
            "--binary" => binary = Some(value.clone()),
            _ => {
                println!("`{word}` is not known; see `cargo xtask help`");
                return false;
            }
        }
    }
    let binary = match binary {
        Some(binary) => binary,
        None => {
            if !run("release build", "cargo", &["build", "--release", "--package", "trialway-cli"]) {
                return false;
            }
            e2e::binary()
        }
    };
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let folder = tidy::root().join(target).join("bench-match");
    let _ = fs::remove_dir_all(&folder);
    let done = fs::create_dir_all(&folder).map_err(|error| error.to_string()).and_then(|()| {
        let store = match store {
            Some(store) => store,
            None => prepare(&binary, &folder, &studies, &real)?,
        };
        measure(&binary, &folder, &store, &runs)
    });
    let _ = fs::remove_dir_all(&folder);
    if let Err(error) = &done {
        println!("it could not be measured: {error}");
    }
    done.is_ok()
}

/// A store with invented studies and real ones.
fn prepare(binary: &str, folder: &Path, studies: &str, real: &[String]) -> Result<PathBuf, String> {
    let (made, store) = (folder.join("studies.ndjson"), folder.join("store"));
    let (made_file, store_folder) = (made.display().to_string(), store.display().to_string());
    call(binary, &["demo-registry", "--studies", studies, "--seed", "1", "--out", &made_file])?;
    call(binary, &["ingest", "--quiet", &made_file, "--data-dir", &store_folder])?;
    fs::remove_file(&made).map_err(|error| error.to_string())?;
    for file in real {
        call(binary, &["ingest", "--quiet", file, "--data-dir", &store_folder])?;
    }
    Ok(store)
}

fn call(binary: &str, arguments: &[&str]) -> Result<(), String> {
    let done = Command::new(binary).args(arguments).status().map_err(|error| format!("{binary}: {error}"))?;
    if done.success() { Ok(()) } else { Err(format!("`{}` failed", arguments.join(" "))) }
}

/// One process: opens, then every note several times; prints what it says, and its peak memory.
fn measure(binary: &str, folder: &Path, store: &Path, runs: &str) -> Result<(), String> {
    let mut notes = Vec::new();
    for (at, note) in NOTES.iter().enumerate() {
        let file = folder.join(format!("note-{at}.txt"));
        fs::write(&file, note).map_err(|error| error.to_string())?;
        notes.push(file.display().to_string());
    }
    let report = folder.join("time");
    let done = Command::new("/usr/bin/time")
        .args(["-f", "%M %U %S", "-o"])
        .arg(&report)
        .arg(binary)
        .args(["eval", "match", "--runs", runs, "--data-dir"])
        .arg(store)
        .args(&notes)
        .status()
        .map_err(|error| format!("GNU time is needed ({error}); install the package `time`"))?;
    if !done.success() {
        return Err("`eval match` failed".to_owned());
    }
    let told = fs::read_to_string(&report).map_err(|error| error.to_string())?;
    let numbers: Vec<f64> = told.split_whitespace().map(|word| word.parse().unwrap_or(f64::NAN)).collect();
    if let [peak_kb, user, system] = numbers.as_slice() {
        let n = NOTES.len() as f64 * runs.parse().unwrap_or(f64::NAN);
        println!(
            "peak memory {:.0} MB; {:.2} s of processor time a note, all threads",
            peak_kb / 1024.0,
            (user + system) / n
        );
    }
    Ok(())
}
