//! The messages of the pages: what templates and code ask for is there, and every language has the same with the same arguments.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn here(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

/// Every message of a language with the arguments that it uses.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut paths = Vec::new();
    files(&here("locales").join(language), &mut paths);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(language == "en" || text.starts_with("# Needs a translator's review.\n"), "{}", path.display());
        let mut id = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.starts_with([' ', '*', '['])) {
                id = name.to_owned();
                assert!(out.insert(id.clone(), BTreeSet::new()).is_none(), "{language}: `{id}` twice");
            }
            for (at, _) in line.match_indices('$') {
                let name = line[at + 1..].chars().take_while(|c| c.is_alphanumeric()).collect();
                out.get_mut(&id).unwrap().insert(name);
            }
        }
    }
    out
}

#[test]
fn every_language_has_the_same_messages_with_the_same_arguments() {
    let english = messages("en");
    assert!(english.len() > 400);
    for language in ["es", "zh"] {
        let other = messages(language);
        let ids = |all: &BTreeMap<String, BTreeSet<String>>| all.keys().cloned().collect::<BTreeSet<_>>();
        let differ: Vec<String> = ids(&english).symmetric_difference(&ids(&other)).cloned().collect();
        assert!(differ.is_empty(), "{language}: {differ:?}");
        for (id, arguments) in &english {
            // `n` may only choose a plural, which a language need not have.
            let without_n =
                |all: &BTreeSet<String>| all.iter().filter(|name| *name != "n").cloned().collect::<Vec<_>>();
            assert_eq!(without_n(arguments), without_n(&other[id]), "{language}: {id}");
            assert!(other[id].is_subset(arguments), "{language}: {id}");
        }
    }
}

#[test]
fn what_is_asked_for_is_there() {
    let english = messages("en");
    let mut paths = Vec::new();
    files(&here("src"), &mut paths);
    files(&here("templates"), &mut paths);
    let mut n = 0;
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        for ask in ["say(", "say_with(", "linked(", "with_english(", "count(tongue, "] {
            for (at, _) in text.match_indices(ask) {
                let rest = text[at + ask.len()..].trim_start();
                let Some(id) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
                n += 1;
                assert!(english.contains_key(id), "{}: `{id}` is in no message", path.display());
            }
        }
    }
    assert!(n > 300, "{n}");
}

/// Words that are the same in every language.
const NAMES: [&str; 1] = ["Trialway"];

#[test]
fn templates_hold_no_words_of_their_own() {
    let mut paths = Vec::new();
    files(&here("templates"), &mut paths);
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut text = std::fs::read_to_string(&path).unwrap();
        for (open, close) in [("{{", "}}"), ("{%", "%}")] {
            while let Some(from) = text.find(open) {
                let to = from + text[from..].find(close).unwrap() + 2;
                text.replace_range(from..to, "·");
            }
        }
        for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
            for (at, _) in text.match_indices(attribute) {
                let value = text[at + attribute.len()..].split('"').next().unwrap();
                assert!(!value.contains(char::is_alphabetic), "{name}: {attribute}{value}");
            }
        }
        while let Some(from) = text.find('<') {
            let to = from + text[from..].find('>').unwrap() + 1;
            text.replace_range(from..to, " ");
        }
        let left: Vec<&str> =
            text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty() && !NAMES.contains(word)).collect();
        assert!(left.is_empty(), "{name}: {left:?}");
    }
}
