//! What records list, resolved to concepts: counted by kind, with what is known by words only apart.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

fn records() -> PathBuf {
    let study = |n: u32, conditions: Value, interventions: Value| {
        json!({"protocolSection": {
            "identificationModule": {"nctId": format!("NCT9000000{n}"), "briefTitle": "Invented"},
            "conditionsModule": {"conditions": conditions},
            "armsInterventionsModule": {"interventions": interventions},
        }})
        .to_string()
    };
    let lines = [
        study(
            1,
            json!(["Type 2 Diabetes", "Smoldering Stiff Skin Syndrome"]),
            json!([{"type": "DRUG", "name": "Metformin 500 mg"}, {"type": "DRUG", "name": "QX-9999"}]),
        ),
        study(
            2,
            json!(["Diabetes Mellitus, Type 2", "Stage IIIB Breast Cancer AJCC v8", "Type 2 Diabetes"]),
            json!([{"type": "OTHER", "name": "Questionnaires"}, {"type": "DEVICE", "name": "Usefulness of nothing"}]),
        ),
    ];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("resolve");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("studies.ndjson");
    std::fs::write(&path, lines.join("\n")).unwrap();
    path
}

fn run(arguments: &[&str]) -> String {
    let path = records();
    let output = Command::new(env!("CARGO_BIN_EXE_trialway"))
        .args(["vocabulary", "resolve", path.to_str().unwrap()])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn mentions_and_names_are_counted_by_kind() {
    let report: Value = serde_json::from_str(&run(&["--format", "json", "--unresolved", "9"])).unwrap();
    assert_eq!(report["studies"], 2);
    let kind = |name: &str| report["kinds"].as_array().unwrap().iter().find(|row| row["kind"] == name).unwrap().clone();
    let conditions = kind("condition");
    let of = |row: &Value, keys: [&str; 4]| keys.map(|key| row[key].as_u64().unwrap());
    assert_eq!(of(&conditions, ["mentions", "names", "mentions_resolved", "names_resolved"]), [5, 4, 4, 3]);
    assert_eq!(of(&conditions, ["is", "kind_of", "words", "none"]), [3, 1, 1, 0]);
    assert_eq!(of(&kind("drug"), ["mentions", "mentions_resolved", "is", "none"]), [2, 1, 1, 1]);
    assert_eq!(of(&kind("all"), ["mentions", "mentions_resolved", "words", "none"]), [9, 6, 1, 2]);
    let missing: Vec<&str> =
        report["unresolved"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(missing, ["Smoldering Stiff Skin Syndrome", "Usefulness of nothing", "QX-9999"]);
}

#[test]
fn people_get_a_table_and_a_judge_a_draw() {
    let table = run(&[]);
    assert!(table.lines().any(|line| line.starts_with("condition") && line.contains("4 (80.0%)")), "{table}");
    assert!(table.contains("by words only 1 (counted as not resolved)"), "{table}");
    let drawn = run(&["--draw", "3", "--seed", "5"]);
    assert_eq!(drawn.lines().count(), 4);
    assert_eq!(drawn, run(&["--draw", "3", "--seed", "5"]));
    assert!(drawn.lines().skip(1).all(|line| line.split('\t').count() == 5), "{drawn}");
}
