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
        let found = compare(&base_target.join("debug/trialway"), &target.join("debug/trialway"));
        print!("{}", markdown(&found, base));
        let page = target.join("corpus-diff.html");
        match fs::write(&page, html(&found, base)) {
            Ok(()) => println!("as a page: {}", page.display()),
            Err(error) => println!("the page {} cannot be written: {error}", page.display()),
        }
    }
    let _ = Command::new("git").args(["worktree", "remove", "--force", &tree_name]).current_dir(root()).output();
    built
}

/// What moved in one study, or for one patient in one study.
struct Section {
    heading: String,
    /// Criterion, its words, before, now.
    rows: Vec<[String; 4]>,
}

/// All that moved.
struct Found {
    readings: Vec<Section>,
    effects: Vec<Section>,
}

fn compare(before: &Path, after: &Path) -> Found {
    let mut found = Found { readings: Vec::new(), effects: Vec::new() };
    let title = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    for study in files("corpus/registry") {
        let mut words = BTreeMap::new();
        let mut read = |binary: &Path| {
            let mut out = BTreeMap::new();
            if let Some(document) = json(binary, &["criteria", &study.display().to_string(), "--format", "json"]) {
                collect(document.get("criteria"), "logic", &mut out);
                collect(document.get("criteria"), "text", &mut words);
            }
            out
        };
        let (was, is) = (read(before), read(after));
        found.readings.extend(changes(title(&study), &was, &is, &words));
        for patient in files("corpus/patients") {
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
                    collect(document.get("criteria"), "effect", &mut out);
                }
                out
            };
            let heading = format!("{} in {}", title(&patient), title(&study));
            found.effects.extend(changes(heading, &held(before), &held(after), &words));
        }
    }
    found
}

fn total(sections: &[Section]) -> usize {
    sections.iter().map(|section| section.rows.len()).sum()
}

fn markdown(found: &Found, base: &str) -> String {
    let mut out = format!("\n# What the reader says otherwise than at {base}\n\n");
    for (kind, sections) in [("Readings of", &found.readings), ("Effects of", &found.effects)] {
        for section in sections {
            out.push_str(&format!("## {kind} {}\n\n| | before | now |\n| --- | --- | --- |\n", section.heading));
            for [id, _, before, now] in &section.rows {
                out.push_str(&format!("| {id} | `{}` | `{}` |\n", before.replace('|', "/"), now.replace('|', "/")));
            }
            out.push('\n');
        }
    }
    out.push_str(&format!(
        "{} readings and {} effects or verdicts differ.\n",
        total(&found.readings),
        total(&found.effects)
    ));
    out
}

const STYLE: &str = ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:1rem auto;max-width:70rem;padding:0 1rem}\
    article{border:1px solid;border-radius:.5rem;margin:1rem 0;padding:.5rem 1rem}.two{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr))}\
    pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}h3{font-size:1rem;margin:.3rem 0}";

/// A page of its own, without script, that a phone can show too.
fn html(found: &Found, base: &str) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>What the reader says otherwise</title><style>{STYLE}</style><h1>What the reader says otherwise than at {}</h1><p>{} readings and {} effects or verdicts differ.</p>",
        escaped(base),
        total(&found.readings),
        total(&found.effects)
    );
    for (kind, sections) in [("Readings of", &found.readings), ("Effects of", &found.effects)] {
        for section in sections {
            out.push_str(&format!("<h2>{kind} {}</h2>", escaped(&section.heading)));
            for [id, words, before, now] in &section.rows {
                out.push_str(&format!(
                    "<article><h3>{}</h3><p>{}</p><div class=\"two\"><div><h3>before</h3><pre>{}</pre></div><div><h3>now</h3><pre>{}</pre></div></div></article>",
                    escaped(id),
                    escaped(words),
                    escaped(before),
                    escaped(now)
                ));
            }
        }
    }
    out.push_str("</html>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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

/// One field of every criterion, by its id; without spans, which move with any word.
fn collect(nodes: Option<&Value>, field: &str, out: &mut BTreeMap<String, String>) {
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
        out.insert(id, node.get(field).map(|value| plain(value).to_string()).unwrap_or_default());
        collect(node.get("children"), field, out);
    }
}

fn changes(
    heading: String,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
    words: &BTreeMap<String, String>,
) -> Option<Section> {
    let ids: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let shown =
        |map: &BTreeMap<String, String>, id: &String| map.get(id).cloned().unwrap_or_else(|| "not there".to_owned());
    let rows: Vec<[String; 4]> = ids
        .into_iter()
        .filter(|id| before.get(*id) != after.get(*id))
        .map(|id| [id.clone(), words.get(id).cloned().unwrap_or_default(), shown(before, id), shown(after, id)])
        .collect();
    (!rows.is_empty()).then_some(Section { heading, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_is_shown_in_both_forms_and_nothing_else() {
        let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let (before, after) = (map(&[("I1", "a < b"), ("I2", "same")]), map(&[("I1", "a <= b"), ("I2", "same")]));
        let section =
            changes("NCT90000001".to_owned(), &before, &after, &map(&[("I1", "A & B")])).into_iter().collect();
        let found = Found { readings: section, effects: Vec::new() };
        assert!(markdown(&found, "main").contains("| I1 | `a < b` | `a <= b` |"));
        let page = html(&found, "main");
        assert!(page.contains("<pre>a &lt; b</pre>") && page.contains("A &amp; B") && !page.contains("same"));
        assert!(page.contains("1 readings and 0 effects"));
    }
}
