//! Laws of import, on seeded changes of a record.

use crate::RECORD;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use trialway_fhir::import;
use trialway_terminology::Terminology;

/// The same cases on every machine and every day.
fn runner(n_cases: u32) -> TestRunner {
    let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[23; 32]))
}

fn is_total(bytes: &[u8]) -> Result<(), TestCaseError> {
    let first = import(bytes, Terminology::builtin());
    match (&first, &import(bytes, Terminology::builtin())) {
        (Ok(a), Ok(b)) => prop_assert_eq!(&a.value, &b.value),
        (Err(a), Err(b)) => {
            prop_assert_eq!(a, b);
            prop_assert!(!a.to_string().contains('\n'));
        }
        _ => prop_assert!(false, "not the same twice"),
    }
    Ok(())
}

#[test]
fn the_order_of_a_bundle_duplicates_and_unrelated_resources_change_no_fact() {
    let bundle: Value = serde_json::from_str(RECORD).unwrap();
    let want = import(RECORD.as_bytes(), Terminology::builtin()).unwrap().value.facts;
    let entries = bundle["entry"].as_array().unwrap().clone();
    let n = entries.len();
    let change = (
        Just(entries).prop_shuffle(),
        proptest::collection::vec(0..n, 0..5),
        proptest::collection::vec(
            (0..n, proptest::sample::select(&["Slot", "Coverage", "Claim", "Novelty"][..])),
            0..4,
        ),
    );
    runner(300)
        .run(&change, |(mut entries, again, unrelated)| {
            for index in again {
                entries.push(entries[index].clone());
            }
            for (at, kind) in unrelated {
                entries.insert(at, json!({"resource": {"resourceType": kind, "id": "other", "status": "active"}}));
            }
            let bytes = json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string();
            prop_assert_eq!(&import(bytes.as_bytes(), Terminology::builtin()).unwrap().value.facts, &want);
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_value_in_the_place_of_any_other_in_every_kind_of_resource() {
    let bundle: Value = serde_json::from_str(include_str!("../../../../corpus/patients/breadth.json")).unwrap();
    let mut all = Vec::new();
    places(&bundle, "", &mut all);
    let values = [
        json!(null),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("<1:"),
        json!([]),
        json!([{}]),
        json!({"value": "9", "code": "a"}),
    ];
    runner(400)
        .run(&(proptest::sample::select(all), proptest::sample::select(values.to_vec())), |(place, value)| {
            let mut changed = bundle.clone();
            *changed.pointer_mut(&place).unwrap() = value;
            is_total(changed.to_string().as_bytes())
        })
        .unwrap();
}

#[test]
fn the_order_of_every_kind_of_resource_changes_nothing() {
    let bundle: Value = serde_json::from_str(include_str!("../../../../corpus/patients/breadth.json")).unwrap();
    let want = import(bundle.to_string().as_bytes(), Terminology::builtin()).unwrap().value;
    runner(60)
        .run(&Just(bundle["entry"].as_array().unwrap().clone()).prop_shuffle(), |entries| {
            let bytes = json!({"resourceType": "Bundle", "entry": entries}).to_string();
            prop_assert_eq!(&import(bytes.as_bytes(), Terminology::builtin()).unwrap().value, &want);
            Ok(())
        })
        .unwrap();
}

#[test]
fn arbitrary_bytes() {
    runner(600).run(&proptest::collection::vec(any::<u8>(), 0..200), |bytes| is_total(&bytes)).unwrap();
}

#[test]
fn whole_records_with_bytes_changed_dropped_or_repeated() {
    let edits = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6);
    runner(250)
        .run(&edits, |edits| {
            let mut bytes = RECORD.as_bytes().to_vec();
            for (place, byte, kind) in edits {
                let at = place.index(bytes.len());
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    2 => {
                        bytes.drain(at..bytes.len().min(at + usize::from(byte)));
                    }
                    _ => {
                        let copied = bytes[at..bytes.len().min(at + usize::from(byte))].to_vec();
                        bytes.splice(at..at, copied);
                    }
                }
                bytes.push(b' ');
            }
            is_total(&bytes)
        })
        .unwrap();
}

/// Where every value stands, as JSON pointers.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                places(inner, &format!("{at}/{key}"), out);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                places(inner, &format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
    out.push(at.to_owned());
}

#[test]
fn any_value_in_the_place_of_any_other() {
    let bundle: Value = serde_json::from_str(RECORD).unwrap();
    let mut all = Vec::new();
    places(&bundle, "", &mut all);
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("x"),
        json!("2025-13"),
        json!([]),
        json!([[{}]]),
        json!({"a": {}}),
        json!([null, {"coding": 7}]),
    ];
    runner(800)
        .run(&(proptest::sample::select(all), proptest::sample::select(values.to_vec())), |(place, value)| {
            let mut changed = bundle.clone();
            *changed.pointer_mut(&place).unwrap() = value;
            is_total(changed.to_string().as_bytes())
        })
        .unwrap();
}
