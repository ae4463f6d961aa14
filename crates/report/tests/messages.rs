//! The messages of reports: every language has the same with the same arguments, and English says what the engine says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use trialway_language::Words;
use trialway_matching::{Ask, Named, Need};
use trialway_report::Language;

fn text(language: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{language}.ftl"))).unwrap()
}

/// Every message with the arguments that it uses, but for the one that only chooses a plural.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = text(language);
    assert!(language == "en" || text.starts_with("# Needs a translator's review.\n"));
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.starts_with([' ', '*', '['])) {
            id = name.to_owned();
            assert!(out.insert(id.clone(), BTreeSet::new()).is_none(), "{language}: `{id}` twice");
        }
        for part in line.split('$').skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric()).collect();
            out.get_mut(&id).unwrap().insert(name);
        }
    }
    out
}

#[test]
fn every_language_has_the_same_messages_with_the_same_arguments() {
    let english = messages("en");
    assert!(english.len() > 90);
    for language in ["es", "zh"] {
        assert_eq!(english, messages(language), "{language}");
    }
}

#[test]
fn a_need_is_said_in_english_as_the_engine_says_it() {
    let words = Words::from_fluent("en", &text("en"));
    for ask in Ask::ALL {
        let id = format!("need-{}", ask.as_str());
        let arguments = &messages("en")[&id];
        let about: Vec<Named> = ["first", "second"]
            .into_iter()
            .filter(|name| arguments.contains(*name))
            .map(|name| Named::Written(name.to_owned()))
            .collect();
        let need = Need { ask, about };
        let said = words.say(&id, &[("first", "first"), ("second", "second")]).unwrap();
        assert_eq!(need.to_string(), said, "{id}");
        for language in [Language::Spanish, Language::Chinese] {
            let other = trialway_report::need(language, &need);
            let plain = trialway_language::foreign::plain(&other);
            assert!(need.about.iter().all(|named| plain.contains(named.words())), "{other}");
            assert!(need.ask == Ask::Itself || plain != said, "{other}");
        }
    }
}
