//! Spanish and Chinese drafts say what the English ones say: the same sentences, numbers, denials and directions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::PathBuf;
use trialway_language::{Sentence, Words, draft};
use trialway_study::Study;
use trialway_terminology::Terminology;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The messages of a language, each with its text.
fn messages(language: &str) -> BTreeMap<String, String> {
    let path = root().join(format!("crates/language/locales/{language}.ftl"));
    let text = std::fs::read_to_string(path).unwrap();
    assert!(language == "en" || text.starts_with("# Needs a translator's review.\n"));
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let mut id = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, rest)) = line.split_once(" = ").filter(|(name, _)| !name.starts_with([' ', '*'])) {
            id = name.to_owned();
            out.insert(id.clone(), rest.to_owned());
        } else if !line.is_empty() {
            let text = out.get_mut(&id).unwrap();
            text.push('\n');
            text.push_str(line);
        }
    }
    out
}

fn arguments(text: &str) -> BTreeSet<String> {
    text.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect()).collect()
}

#[test]
fn every_template_is_in_every_language_with_the_same_arguments() {
    let english = messages("en");
    for language in ["es", "zh"] {
        let other = messages(language);
        assert_eq!(english.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{language}");
        for (id, text) in &english {
            assert_eq!(arguments(text), arguments(&other[id]), "{language}: {id}");
        }
    }
}

#[test]
fn what_denies_in_english_denies_in_every_language_and_nothing_else_does() {
    let cues: [(&str, &[&str]); 2] = [("es", &["no ", "nunca "]), ("zh", &["不", "没有", "从未"])];
    let english = messages("en");
    let mut n = 0;
    for (language, cues) in cues {
        let other = messages(language);
        for id in english.iter().filter(|(_, text)| text.starts_with("{ $no ->")).map(|(id, _)| id) {
            let (yes, no) = other[id].split_once("[yes] ").unwrap().1.split_once("*[no] ").unwrap();
            let denies = |text: &str| cues.iter().any(|cue| format!(" {text}").contains(cue));
            assert!(denies(yes) && !denies(no), "{language}: {id}");
            n += 1;
        }
    }
    assert!(n > 50);
}

#[test]
fn a_limit_has_the_same_side_in_every_language() {
    let english = messages("en");
    let names = |all: &BTreeMap<String, String>, id: &str, which: &str| {
        let text = all[id].to_lowercase();
        all[which].split(';').any(|cue| text.contains(cue.trim()))
    };
    for language in ["es", "zh"] {
        let other = messages(language);
        let limits =
            english.keys().filter(|id| ["age-", "onset-", "measure-", "result-"].iter().any(|of| id.starts_with(of)));
        for id in limits {
            for which in ["cues-lower", "cues-upper"] {
                assert_eq!(names(&english, id, which), names(&other, id, which), "{language}: {id}, {which}");
            }
        }
    }
}

/// The project's own studies, and the real ones where they are.
fn studies() -> Vec<Study> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(root().join("corpus/registry")).unwrap() {
        out.extend(
            trialway_registry::parse_study(&std::fs::read(entry.unwrap().path()).unwrap()).map(|study| study.value),
        );
    }
    let shared = std::env::var_os("TRIALWAY_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if let Ok(file) = std::fs::File::open(shared.join("trials/studies_v2.ndjson.gz")) {
        let mut lines = String::new();
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut lines).unwrap();
        out.extend(
            lines.lines().filter_map(|line| trialway_registry::parse_study(line.as_bytes()).ok()).map(|s| s.value),
        );
    }
    out
}

/// The numbers in digits, without those inside a name ("CD19", "SLEDAI-2K").
fn numbers(words: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let mut out: Vec<String> = words
        .split(|c: char| !is_part(c))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.'))
        .map(str::to_owned)
        .collect();
    out.sort();
    out
}

/// Which sentence it is, in any language.
fn key(one: &Sentence) -> String {
    let place = one.sources.first().map(|source| (source.path, source.span, source.criterion.clone()));
    format!("{} {} {place:?}", one.template, one.denies)
}

#[test]
fn drafts_say_the_same_in_every_language() {
    let terminology = Terminology::builtin();
    let (mut n, mut n_lost, mut n_withheld, mut n_english) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut differ: Vec<String> = Vec::new();
    for study in studies() {
        let text = study.eligibility.text.as_deref().unwrap_or_default();
        let logic = trialway_eligibility::lower_study(&study, &trialway_criteria::parse(text), terminology);
        let english = draft(&study, &logic, Words::english(), terminology);
        n_english += english.withheld.len();
        let mut by_key: BTreeMap<String, Vec<&Sentence>> = BTreeMap::new();
        for one in english.sentences() {
            by_key.entry(key(one)).or_default().push(one);
        }
        for words in [Words::spanish(), Words::chinese()] {
            let other = draft(&study, &logic, words, terminology);
            n_withheld += other.withheld.len();
            n_lost += english.sentences().count().saturating_sub(other.sentences().count());
            for one in other.sentences() {
                n += 1;
                let Some(twins) = by_key.get(&key(one)) else {
                    differ.push(format!("no twin: {}", one.words));
                    continue;
                };
                if !twins.iter().any(|twin| numbers(&twin.words) == numbers(&one.words)) {
                    differ.push(format!("{} / {}", one.words, twins[0].words));
                }
            }
        }
    }
    println!("{n} sentences, {n_lost} lost, {n_withheld} withheld in two languages, {n_english} in English");
    println!("{}", differ.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
    assert!(n > 600);
    // A name of the vocabulary may have a number in one language alone.
    assert!(differ.len() * 1000 <= n, "{} of {n} differ", differ.len());
    assert!(n_lost * 1000 <= n, "{n_lost} of {n} are lost");
    assert!(n_withheld <= 2 * n_english + n / 1000, "{n_withheld} are withheld, {n_english} in English");
}
