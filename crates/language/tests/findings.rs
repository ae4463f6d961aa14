//! Every finding that the code can report, what it says to do about it, and every reason why something of a record is left out, has words
//! in every language, with the same gaps.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use trialway_diagnostics::Said;
use trialway_eligibility::checks::RULES;
use trialway_language::foreign::{pieces, plain};
use trialway_language::{Language, finding, left_out, slug};

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every message of a language with its text.
fn messages(language: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(crates().join(format!("language/locales/findings/{language}.ftl"))).unwrap();
    assert!(language == "en" || text.starts_with("# Needs a translator's review.\n"));
    let mut out = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (id, words) = line.split_once(" = ").unwrap();
        assert!(out.insert(id.to_owned(), words.to_owned()).is_none(), "{language}: `{id}` twice");
    }
    out
}

fn gaps(text: &str) -> BTreeSet<String> {
    text.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect()).collect()
}

fn sources(folder: &Path, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            out.push(text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned());
        }
    }
}

/// The literals that stand behind some words of the code, blanks between them left out.
fn literals(code: &str, before: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in code.match_indices(before) {
        if let Some(literal) = literal(code[at + before.len()..].trim_start()) {
            out.push(literal);
        }
    }
    out
}

/// The literal that a text begins with.
fn literal(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = text.strip_prefix('"')?.chars();
    loop {
        match letters.next()? {
            '"' => return Some(out),
            '\\' => out.push(letters.next()?),
            c => out.push(c),
        }
    }
}

fn code_of(names: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    names.iter().for_each(|name| sources(&crates().join(name).join("src"), &mut out));
    out
}

#[test]
fn every_language_has_the_same_messages_with_the_same_gaps() {
    let english = messages("en");
    for language in ["es", "zh"] {
        let other = messages(language);
        assert_eq!(english.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{language}");
        for (id, text) in &english {
            assert_eq!(gaps(text), gaps(&other[id]), "{language}: {id}");
        }
    }
}

#[test]
fn every_finding_of_the_code_has_words_in_every_language() {
    let english = messages("en");
    let mut found = BTreeSet::new();
    for code in code_of(&["criteria", "eligibility", "fhir", "registry", "omop"]) {
        found.extend(literals(&code, "Said::new("));
        if !code.contains("Diagnostic") && !code.contains("finding(") && !code.contains("findings") {
            continue;
        }
        for before in ["with_help(", "let message =", "let help ="] {
            found.extend(literals(&code, before));
        }
        // What a finding that says the same every time says, behind its severity or its place.
        for before in ["Severity::Error,", "Severity::Warning,", "Severity::Info,", ")),"] {
            found.extend(literals(&code, before).into_iter().filter(|words| words.split(' ').count() > 2));
        }
    }
    // What refuses a whole document is an error, which pages say by its kind.
    found.retain(|words| !words.starts_with("give one study") && !words.starts_with("give a ClinicalTrials.gov study"));
    assert!(found.len() > 100, "{}", found.len());
    for pattern in found {
        let id = format!("found-{}", slug(&pattern));
        let said = english.get(&id).unwrap_or_else(|| panic!("`{pattern}` is in no message `{id}`"));
        // The English message has the words of the code.
        assert_eq!(said.replace("{ $", "{").replace(" }", "}"), pattern, "{id}");
    }
}

#[test]
fn words_of_ours_in_gaps_have_words_in_every_language() {
    let english = messages("en");
    let phrases = std::fs::read_to_string(crates().join("eligibility/data/lint.tsv")).unwrap();
    let reported = ["mistranslation", "name", "vague", "threshold", "placeholder"];
    let mut ours: BTreeSet<String> = BTreeSet::new();
    for line in phrases.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if reported.contains(&cells[0]) && !cells[4].is_empty() {
            ours.insert(cells[4].to_owned());
        }
    }
    let titles = ["probable-mistranslation", "nonstandard-name", "vague-term", "missing-threshold", "placeholder"];
    ours.extend(RULES.iter().filter(|rule| titles.contains(&rule.name)).map(|rule| rule.title.to_owned()));
    assert!(ours.len() > 20);
    for words in ours {
        assert_eq!(english.get(&format!("ours-{}", slug(&words))), Some(&words));
    }
}

#[test]
fn every_reason_of_the_code_has_words_in_every_language() {
    let mut found = BTreeSet::new();
    for code in code_of(&["fhir", "omop"]) {
        found.extend(literals(&code, "Err("));
        found.extend(literals(&code, "const OF_ANOTHER: &str ="));
        for (at, _) in code.match_indices(".leave(") {
            // The second argument: the last literal behind a comma before the call ends.
            let call = &code[at..code[at..].find(");").map_or(code.len(), |end| at + end)];
            let last = call.rfind(", \"").map_or("", |at| call[at + 1..].trim_start());
            found.extend(literal(last));
        }
    }
    found.retain(|words| words.contains(' ') || words == "refuted");
    assert!(found.len() > 35, "{}", found.len());
    found.extend(["of somebody else", "planned, not so"].map(str::to_owned));
    for reason in found {
        for language in [Language::Spanish, Language::Chinese] {
            let said = left_out(language, &reason);
            assert!(pieces(&said).iter().all(|piece| !piece.is_english), "{language:?}: `{reason}`");
            assert_ne!(plain(&said), reason);
        }
    }
}

#[test]
fn a_finding_that_is_said_has_no_english_but_what_stands_in_its_gaps() {
    let said = Said::new("the text limits the {end} age (`{written}`), the field `{field}` says {none}")
        .ours("end", "youngest")
        .with("written", "Age of 18 or more")
        .with("field", "minimumAge")
        .ours("none", "no lower limit");
    let spanish = finding(Language::Spanish, &said);
    let english: Vec<String> =
        pieces(&spanish).into_iter().filter(|piece| piece.is_english).map(|piece| piece.words).collect();
    assert_eq!(english, ["Age of 18 or more", "minimumAge"]);
}
