//! What holds for any text as a note; the fuzz target `note` holds it, too.

use jiff::civil::Date;
use trialway_note::{Manner, names, read, statement::statements};
use trialway_terminology::Terminology;

/// Panics where it does not hold.
pub fn holds(text: &str) {
    let as_of = Date::constant(2026, 6, 15);
    let terminology = Terminology::builtin();
    let note = read(text, as_of, terminology);
    assert_eq!(note, read(text, as_of, terminology), "the same twice");
    let mut end = 0;
    for statement in statements(text) {
        assert!(end <= statement.range.start && text.get(statement.range.clone()).is_some(), "{statement:?}");
        end = statement.range.end;
    }
    let quotes = |start: usize, end: usize| text.get(start..end).is_some_and(|words| !words.trim().is_empty());
    if let Some(age) = &note.age {
        assert!(quotes(age.span.start, age.span.end), "{age:?}");
    }
    for said in &note.said {
        assert!(quotes(said.span.start, said.span.end), "{said:?}");
        // What is named is quoted, or stands for a short form that is.
        let written = text.get(said.span.clone()).unwrap_or_default();
        assert!(said.text == written || written.chars().count() <= 60, "{said:?}");
    }
    for fact in &note.facts.facts {
        let (start, end) = fact.provenance.span.expect("a fact of a note has a place");
        assert!(quotes(start, end), "{fact:?}");
        for words in &fact.notes {
            assert!(text.contains(words.as_str()), "{words:?}");
        }
        // What is said of others or planned is never a fact, whatever stands around it.
        let foreign = note.said.iter().any(|said| {
            (said.span.start, said.span.end) == (start, end) && matches!(said.manner, Manner::Family | Manner::Planned)
        });
        assert!(!foreign, "{}", fact.label);
    }
    for name in names(text) {
        assert!(text.contains(&name), "{name}");
    }
}
