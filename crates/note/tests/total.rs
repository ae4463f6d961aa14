//! Reading a note is total, and every position lies in the text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

mod property;

use jiff::civil::Date;
use property::holds;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::path::Path;
use std::time::Instant;
use trialway_note::read;
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

#[test]
fn any_text() {
    runner(400)
        .run(&any::<String>(), |text| {
            holds(&text);
            Ok(())
        })
        .unwrap();
}

#[test]
fn pieces_of_notes_in_any_order() {
    let pieces = proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..24);
    runner(600)
        .run(&pieces, |pieces| {
            holds(&pieces.concat());
            Ok(())
        })
        .unwrap();
}

/// The seeds of the fuzz target, and what it once broke on.
#[test]
fn seeds_of_the_fuzz_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/note");
    let mut n = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        holds(&String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap()));
        n += 1;
    }
    assert!(n >= 5);
}

/// Eight times the text takes about eight times as long, whatever the text repeats; a square would be sixty-four.
#[test]
fn time_grows_with_the_text() {
    for piece in [
        "no asthma ",
        "his brother had gout and ",
        "Hb 9.0 g/dL ",
        "fever for 2 days, ",
        "(",
        "a. ",
        "4 days of cough\n",
    ] {
        let fastest = |n: usize| {
            let text = piece.repeat(n);
            let once = || {
                let start = Instant::now();
                read(&text, Date::constant(2026, 6, 15), Terminology::builtin());
                start.elapsed().as_secs_f64()
            };
            once().min(once()).min(once())
        };
        // The first is long enough to hold the longest sentence several times.
        let n = 40_000 / piece.len();
        let (short, long) = (fastest(n), fastest(8 * n));
        assert!(long < 24.0 * short + 0.05, "{piece:?}: {short:.4} s, then {long:.4} s");
    }
}
