//! Reading a note is total, and every position lies in the text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trialway_note::{Manner, read};
use trialway_terminology::Terminology;

/// The same cases on every machine and every day.
fn runner(n_cases: u32) -> TestRunner {
    let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[23; 32]))
}

/// Pieces of notes, in every disorder.
const PIECES: [&str; 48] = [
    "A 54-year-old man ",
    "33F ",
    "68 yo ",
    "age: ",
    "presents with ",
    "denies ",
    "no ",
    "without ",
    "history of ",
    "family history of ",
    "his brother had ",
    "possible ",
    "scheduled for ",
    "asthma",
    "HTN",
    "s/p CABG",
    "metformin ",
    "breast cancer",
    "pneumonia ",
    "fever up to 39 C ",
    "BP 80/60 ",
    "Hb 9.0 g/dL ",
    "platelets 108 x 109/L",
    "temperature ",
    "103.4 ",
    "for 2 days",
    "two weeks ago",
    "4 months prior ",
    ", ",
    ". ",
    "; ",
    ": ",
    "(",
    ")",
    "\n",
    "PMH:\n- ",
    "Allergies: ",
    "none",
    "Medications:\n",
    "Family history:\n",
    "é",
    "℃",
    "≥ ",
    "99999999999999999999 ",
    "-",
    "/",
    "will provide informed consent",
    "NKDA ",
];

fn holds(text: &str) -> Result<(), TestCaseError> {
    let as_of = Date::new(2026, 6, 15).unwrap();
    let terminology = Terminology::builtin();
    let note = read(text, as_of, terminology);
    prop_assert_eq!(&note, &read(text, as_of, terminology));
    for said in &note.said {
        prop_assert!(text.get(said.span.clone()).is_some_and(|words| !words.is_empty()));
    }
    for fact in &note.facts.facts {
        let (start, end) = fact.provenance.span.unwrap();
        prop_assert!(text.get(start..end).is_some_and(|words| !words.is_empty()));
        // What is said of others or planned is never a fact, whatever stands around it.
        let foreign = note.said.iter().any(|said| {
            (said.span.start, said.span.end) == (start, end) && matches!(said.manner, Manner::Family | Manner::Planned)
        });
        prop_assert!(!foreign, "{}", fact.label);
    }
    Ok(())
}

#[test]
fn any_text() {
    runner(400).run(&any::<String>(), |text| holds(&text)).unwrap();
}

#[test]
fn pieces_of_notes_in_any_order() {
    let pieces = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..24);
    runner(600).run(&pieces, |pieces| holds(&pieces.concat())).unwrap();
}
