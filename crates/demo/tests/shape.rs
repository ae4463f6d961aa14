//! Generated studies: the same for the same seed, readable, and of a registry's shape.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use trialway_demo::{FIRST_ID, study};

#[test]
fn a_study_depends_on_seed_and_number_only() {
    let first: Vec<_> = (0..50).map(|index| study(7, index)).collect();
    let again: Vec<_> = (0..50).rev().map(|index| study(7, index)).rev().collect();
    assert_eq!(first, again);
    assert_ne!(study(7, 3), study(8, 3));
}

#[test]
fn every_record_parses_and_has_criteria() {
    for index in 0..300 {
        let bytes = serde_json::to_vec(&study(1, index)).unwrap();
        let parsed = trialway_registry::parse_study(&bytes).unwrap();
        assert_eq!(parsed.value.doc, format!("NCT{}", FIRST_ID + index));
        let text = parsed.value.eligibility.text.unwrap();
        assert!(!text.contains('{') && !text.contains('}'), "{text}");
        assert!(!trialway_criteria::parse(&text).value.criteria.is_empty(), "{text}");
    }
}

#[test]
fn lengths_follow_the_quantiles() {
    let mut lengths: Vec<usize> = (0..2000)
        .map(|index| {
            study(1, index)["protocolSection"]["eligibilityModule"]["eligibilityCriteria"].as_str().unwrap().len()
        })
        .collect();
    lengths.sort_unstable();
    for (share, wanted) in [(25, 651.0), (50, 1399.0), (75, 2967.0), (90, 5072.0)] {
        let is = lengths[lengths.len() * share / 100] as f64;
        assert!((is / wanted - 1.0).abs() < 0.15, "{share} %: {is} instead of {wanted}");
    }
}
