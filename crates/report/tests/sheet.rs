//! A study's sheet: the same words as a page and as PDF, and a code that phones can find.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use trialway_report::{Code, Language, StudySheet, html, pdf};

fn sheet() -> StudySheet {
    StudySheet {
        language: Language::English,
        id: "NCT90000001".to_owned(),
        title: "A study of <cells>".to_owned(),
        lead: vec!["This study tests cells.".to_owned()],
        facts: vec![("Ages".to_owned(), "6 to 18 years".to_owned())],
        lists: vec![("Whom to ask".to_owned(), Vec::new()), ("Where".to_owned(), vec!["Lyon".to_owned()])],
        texts: vec![("As published".to_owned(), vec!["I1  Age ≥ 6".to_owned()])],
        address: Some("https://trials.example.org/trials/NCT90000001".to_owned()),
        foot: "NCT90000001, version 1".to_owned(),
    }
}

#[test]
fn a_code_has_its_three_eyes() {
    let code = Code::of("https://trials.example.org/trials/NCT90000001").unwrap();
    let dark = |x: usize, y: usize| code.dark[y * code.width + x];
    assert_eq!(code.dark.len(), code.width * code.width);
    for (left, top) in [(0, 0), (code.width - 7, 0), (0, code.width - 7)] {
        for at in 0..7 {
            assert!(
                dark(left + at, top) && dark(left + at, top + 6) && dark(left, top + at) && dark(left + 6, top + at)
            );
        }
        assert!(!dark(left + 1, top + 1) && dark(left + 3, top + 3));
    }
    assert_eq!(code.path().matches("h1v1h-1z").count(), code.dark.iter().filter(|dark| **dark).count());
    assert!(Code::of(&"x".repeat(5_000)).is_err(), "too long for a code is said");
}

#[test]
fn a_sheet_leaves_out_what_is_empty() {
    let html = html(sheet().sheet().unwrap()).unwrap();
    assert!(
        html.contains("A study of &#60;cells&#62;") && html.contains("<h2>Where</h2>") && html.contains("I1  Age ≥ 6")
    );
    assert!(!html.contains("Whom to ask"));
    assert!(html.contains("https://trials.example.org/trials/NCT90000001"));
    let written = pdf(&sheet().sheet().unwrap(), &[]).unwrap();
    assert!(written.bytes.starts_with(b"%PDF-") && written.missing.is_empty());
    let without = pdf(&StudySheet { address: None, ..sheet() }.sheet().unwrap(), &[]).unwrap();
    assert!(without.bytes.len() < written.bytes.len());
}
