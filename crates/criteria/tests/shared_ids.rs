//! The ids of the tree on real records, where the shared data are present.

#![expect(clippy::print_stdout, reason = "a test that has nothing to compare says so")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use trialway_criteria::{Criterion, parse};

fn shared() -> Option<PathBuf> {
    let path = std::env::var_os("TRIALWAY_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    if path.join("cases").is_dir() {
        Some(path)
    } else {
        println!("the shared data are not here: this test has nothing to compare");
        None
    }
}

fn ids(criteria: &[Criterion], out: &mut BTreeSet<String>) {
    for criterion in criteria {
        out.insert(criterion.id.to_string());
        ids(&criterion.children, out);
    }
}

#[test]
fn ids_are_those_of_the_expected_verdicts() {
    let Some(shared) = shared() else { return };
    for case in std::fs::read_dir(shared.join("cases")).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        let expected: serde_json::Value =
            serde_json::from_slice(&std::fs::read(case.path().join("expected.json")).unwrap()).unwrap();
        let trial = expected["trial"].as_str().unwrap();
        let record: serde_json::Value =
            serde_json::from_slice(&std::fs::read(shared.join("registry").join(format!("{trial}.json"))).unwrap())
                .unwrap();
        let text = record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"].as_str().unwrap();
        let mut got = BTreeSet::new();
        ids(&parse(text).value.criteria, &mut got);
        let mut want: BTreeSet<String> = expected["effects"].as_object().unwrap().keys().cloned().collect();
        want.extend(
            expected["ambiguous"].as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)),
        );
        assert_eq!(got, want, "{trial}");
    }
}
