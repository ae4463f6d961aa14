//! Reading eligibility text is total and loses nothing, whatever the text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeSet;
use trialway_criteria::{Criterion, LeafKind, parse};
use trialway_diagnostics::Span;

/// The same cases on every machine and every day.
fn runner(n_cases: u32) -> TestRunner {
    let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[17; 32]))
}

/// What eligibility text is made of, and what it is sometimes broken by.
const PIECES: [&str; 58] = [
    "Inclusion Criteria:",
    "Exclusion Criteria:",
    "INCLUSION CRITERIA",
    "Key exclusion criteria",
    "\n",
    "\n\n",
    "\r\n",
    "\n    ",
    "\n  * ",
    "\n* ",
    "\n- ",
    "\n1. ",
    "\n2) ",
    "\n(a) ",
    "\n   ii. ",
    "* 1\\. ",
    "\\[",
    "\\>",
    "~",
    " ",
    "\t",
    "Age",
    "≥",
    ">=",
    "<",
    "18",
    "18 years",
    "to",
    "1×109/L",
    "1 x 10^9/L",
    "ALT and AST",
    "≤ 3 x ULN",
    "within 6 months",
    "before screening",
    "except",
    "unless",
    "or",
    "and",
    "no history of",
    "lupus nephritis",
    "(",
    ")",
    "[",
    "]",
    ";",
    ".",
    ",",
    ":",
    "HIV antibody positive",
    "signed informed consent",
    "any of the following",
    "at least two of",
    "Cohort A:",
    "ⅢB～Ⅳ",
    "中文",
    "\u{a0}",
    "\u{200b}",
    "🙂",
];

fn made_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat())
}

fn check_criterion(
    criterion: &Criterion,
    within: Span,
    text: &str,
    ids: &mut BTreeSet<String>,
) -> Result<(), TestCaseError> {
    let inside = |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
    prop_assert!(inside(criterion.span, within), "{} leaves its parent", criterion.id);
    prop_assert!(inside(criterion.own_span, criterion.span), "{}: own words outside", criterion.id);
    prop_assert!(
        text.get(criterion.own_span.start..criterion.own_span.end).is_some(),
        "{}: not on characters",
        criterion.id
    );
    prop_assert!(ids.insert(criterion.id.to_string()), "{} twice", criterion.id);
    // Every byte of the cleaned words leads back into the item.
    let words = criterion.own.text();
    for (at, character) in words.char_indices() {
        let source = criterion.own.source_span(at..at + character.len_utf8());
        prop_assert!(inside(source, criterion.span) && text.get(source.start..source.end).is_some());
    }
    let mut end = criterion.span.start;
    for (index, child) in criterion.children.iter().enumerate() {
        prop_assert_eq!(child.id.to_string(), format!("{}.{}", criterion.id, index + 1));
        prop_assert!(child.span.start >= end, "{} overlaps the one before", child.id);
        end = child.span.end;
        check_criterion(child, criterion.span, text, ids)?;
    }
    Ok(())
}

fn is_lossless(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse(text);
    prop_assert_eq!(&parsed.value, &parse(text).value);
    let mut at = 0;
    let mut named = BTreeSet::new();
    for leaf in &parsed.value.leaves {
        prop_assert_eq!(leaf.span.start, at);
        prop_assert!(text.get(leaf.span.start..leaf.span.end).is_some());
        at = leaf.span.end;
        if let LeafKind::Text(id) = &leaf.kind {
            named.insert(id.to_string());
        }
    }
    prop_assert_eq!(at, text.len());
    let mut ids = BTreeSet::new();
    for criterion in &parsed.value.criteria {
        check_criterion(criterion, Span::new(0, text.len()), text, &mut ids)?;
    }
    prop_assert!(named.is_subset(&ids), "words of no criterion");
    for finding in &parsed.findings {
        if let Some(span) = finding.span {
            prop_assert!(text.get(span.start..span.end).is_some());
        }
        prop_assert!(!finding.message.contains('\n'));
    }
    Ok(())
}

#[test]
fn the_leaves_are_the_text_and_spans_nest() {
    runner(6_000).run(&made_text(), |text| is_lossless(&text)).unwrap();
}

#[test]
fn any_characters_at_all() {
    runner(3_000).run(&"\\PC{0,120}", |text| is_lossless(&text)).unwrap();
    runner(3_000).run(&any::<String>(), |text| is_lossless(&text)).unwrap();
}

#[test]
fn nesting_without_end_is_read_in_linear_space() {
    for opening in ["(", "[", "* ", "1. ", "a) ", "- ", "\n * "] {
        is_lossless(&opening.repeat(20_000)).unwrap();
    }
    let stairs: String = (0..400).map(|depth| format!("\n{}* item", " ".repeat(depth * 2))).collect();
    is_lossless(&stairs).unwrap();
}
