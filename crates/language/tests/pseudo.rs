//! A language that nobody speaks: every letter of every message is a wide one. A plain letter in a sentence is then a word that
//! did not go through the messages, or one of the record.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeSet;
use std::path::PathBuf;
use trialway_language::{Words, draft};
use trialway_terminology::Terminology;

/// A message's text with wide letters; what is between braces is left as it is.
fn wide(text: &str) -> String {
    let mut depth = 0_i32;
    text.chars()
        .map(|c| {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            match c {
                'a'..='z' | 'A'..='Z' if depth == 0 => char::from_u32(c as u32 - 0x21 + 0xff01).unwrap(),
                other => other,
            }
        })
        .collect()
}

/// The English messages in wide letters.
fn pseudo() -> String {
    let english = std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("locales/en.ftl")).unwrap();
    let line = |line: &str| {
        let variant = line.trim_start().trim_start_matches('*');
        if line.starts_with('#') || line.trim().is_empty() || line.trim() == "}" {
            line.to_owned()
        } else if line.starts_with(' ') && variant.starts_with('[') {
            let (key, text) = line.split_once(']').unwrap();
            format!("{key}]{}", wide(text))
        } else {
            let (id, text) = line.split_once(" = ").unwrap();
            if text.ends_with("->") { line.to_owned() } else { format!("{id} = {}", wide(text)) }
        }
    };
    english.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn no_english_is_left_in_a_draft() {
    let words = Words::from_fluent("en-XA", &pseudo());
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../corpus/registry");
    // Words of templates that no name of the vocabulary has.
    let ours: BTreeSet<&str> =
        ["are", "older", "younger", "least", "months", "weeks", "days", "month", "week", "day", "ever", "taken"].into();
    let (mut n, mut n_wide) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let Ok(parsed) = trialway_registry::parse_study(&bytes) else { continue };
        let study = parsed.value;
        let text = study.eligibility.text.as_deref().unwrap_or_default();
        let logic = trialway_eligibility::lower_study(&study, &trialway_criteria::parse(text), Terminology::builtin());
        let made = draft(&study, &logic, &words, Terminology::builtin());
        for sentence in made.sentences().chain(made.withheld.iter().map(|one| &one.sentence)) {
            n += 1;
            n_wide += usize::from(sentence.words.chars().any(|c| ('Ａ'..='ｚ').contains(&c)));
            let source: String =
                sentence.sources.iter().map(|source| source.written.to_lowercase()).collect::<Vec<_>>().join("\n");
            for word in sentence.words.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
                let word = word.to_lowercase();
                let of_record = source.split(|c: char| !c.is_ascii_alphabetic()).any(|known| known == word);
                // Sentences about who may fit hold names of the vocabulary, too.
                let allowed = of_record || sentence.template == "fit" && !ours.contains(word.as_str());
                assert!(allowed, "{}: `{word}` in {} / {source}", sentence.template, sentence.words);
            }
        }
    }
    assert!(n > 300 && n_wide * 100 > n * 98, "{n_wide} of {n}");
}
