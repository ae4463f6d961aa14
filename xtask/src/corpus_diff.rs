//! What a change of the reader changes: readings and verdicts of the corpus, at a base commit and in the working tree.

use crate::steps::run;
use crate::tidy::root;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The day for which the corpus is screened.
const AS_OF: &str = "2026-06-15";

/// Builds both, compares, and prints a page of Markdown.
pub fn run_verb(base: Option<&str>) -> bool {
    let base = base.unwrap_or("HEAD~1");
    let target = root().join(std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned()));
    let tree = target.join("corpus-diff");
    let tree_name = tree.display().to_string();
    let _ = Command::new("git").args(["worktree", "remove", "--force", &tree_name]).current_dir(root()).output();
    if !run("the base", "git", &["worktree", "add", "--detach", &tree_name, base]) {
        println!("`{base}` is no commit that can be checked out; give one, as in `cargo xtask corpus-diff main~3`");
        return false;
    }
    let base_target = target.join("corpus-diff-target");
    let manifest = tree.join("Cargo.toml").display().to_string();
    let built = run(
        "build of the base",
        "cargo",
        &[
            "build",
            "--package",
            "trialway-cli",
            "--manifest-path",
            &manifest,
            "--target-dir",
            &base_target.display().to_string(),
        ],
    ) && run("build", "cargo", &["build", "--package", "trialway-cli"]);
    if built {
        compare(&base_target.join("debug/trialway"), &target.join("debug/trialway"), base);
    }
    let _ = Command::new("git").args(["worktree", "remove", "--force", &tree_name]).current_dir(root()).output();
    built
}

fn compare(before: &Path, after: &Path, base: &str) {
    println!("\n# What the reader says otherwise than at {base}\n");
    let (mut n_readings, mut n_effects) = (0, 0);
    for study in files("corpus/registry") {
        let name = study.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let read = |binary: &Path| {
            let mut out = BTreeMap::new();
            if let Some(document) = json(binary, &["criteria", &study.display().to_string(), "--format", "json"]) {
                readings(document.get("criteria"), &mut out);
            }
            out
        };
        n_readings += changes(&format!("Readings of {name}"), &read(before), &read(after));
    }
    for patient in files("corpus/patients") {
        for study in files("corpus/registry") {
            let (patient_file, study_file) = (patient.display().to_string(), study.display().to_string());
            let held = |binary: &Path| {
                let arguments = [
                    "screen",
                    "--trial",
                    &study_file,
                    "--patient",
                    &patient_file,
                    "--as-of",
                    AS_OF,
                    "--format",
                    "json",
                ];
                let mut out = BTreeMap::new();
                if let Some(document) = json(binary, &arguments) {
                    out.insert("verdict".to_owned(), document.get("verdict").map(Value::to_string).unwrap_or_default());
                    effects(document.get("criteria"), &mut out);
                }
                out
            };
            let title =
                |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            n_effects +=
                changes(&format!("Effects of {} in {}", title(&patient), title(&study)), &held(before), &held(after));
        }
    }
    println!("{n_readings} readings and {n_effects} effects or verdicts differ.");
}

fn files(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return Vec::new() };
    let mut out: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    out.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    out.sort();
    out
}

fn json(binary: &Path, arguments: &[&str]) -> Option<Value> {
    let output = Command::new(binary).args(arguments).output().ok()?;
    serde_json::from_slice(&output.stdout).ok()
}

/// The logic of every criterion, without spans, which move with any word.
fn readings(nodes: Option<&Value>, out: &mut BTreeMap<String, String>) {
    fn plain(value: &Value) -> Value {
        match value {
            Value::Object(map) => Value::Object(
                map.iter().filter(|(key, _)| *key != "span").map(|(key, value)| (key.clone(), plain(value))).collect(),
            ),
            Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
            other => other.clone(),
        }
    }
    for node in nodes.and_then(Value::as_array).into_iter().flatten() {
        let id = node.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        out.insert(id, node.get("logic").map(|logic| plain(logic).to_string()).unwrap_or_default());
        readings(node.get("children"), out);
    }
}

fn effects(nodes: Option<&Value>, out: &mut BTreeMap<String, String>) {
    for node in nodes.and_then(Value::as_array).into_iter().flatten() {
        let id = node.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        out.insert(id, node.get("effect").map(Value::to_string).unwrap_or_default());
        effects(node.get("children"), out);
    }
}

fn changes(heading: &str, before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> usize {
    let ids: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let moved: Vec<&String> = ids.into_iter().filter(|id| before.get(*id) != after.get(*id)).collect();
    if moved.is_empty() {
        return 0;
    }
    println!("## {heading}\n\n| | before | now |\n| --- | --- | --- |");
    let shown = |map: &BTreeMap<String, String>, id: &String| {
        map.get(id).map_or_else(|| "not there".to_owned(), |text| format!("`{}`", text.replace('|', "/")))
    };
    for id in &moved {
        println!("| {id} | {} | {} |", shown(before, id), shown(after, id));
    }
    println!();
    moved.len()
}
