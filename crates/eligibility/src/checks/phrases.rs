//! The phrases of `data/lint.tsv`, looked up word by word.

use std::sync::OnceLock;
use trialway_diagnostics::Severity;
use trialway_terminology::{Phrases as Collected, Trie, Word, words};

/// What a phrase is a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A word of another language rendered by the wrong one.
    Mistranslation,
    /// Not the name of what is meant.
    Name,
    /// Nothing that can be measured.
    Vague,
    /// A measured state named without its limit.
    Threshold,
    /// Words that stand for words to come.
    Placeholder,
    /// Begins what is asked of a participant.
    Requirement,
    /// Begins what rules a participant out.
    Ground,
    /// Begins the denial of a ground of exclusion.
    Denial,
    /// Says that somebody may take part.
    Permission,
}

/// One phrase.
#[derive(Debug)]
pub(crate) struct Entry {
    pub sort: Sort,
    pub severity: Severity,
    /// What to write instead; empty where that depends.
    pub suggestion: &'static str,
    /// What is wrong with it.
    pub why: &'static str,
    words: Vec<String>,
}

/// A phrase in a text.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    /// Its words.
    pub words: std::ops::Range<usize>,
    /// What it is.
    pub entry: &'static Entry,
}

struct Phrases {
    trie: Trie,
    entries: Vec<Entry>,
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let (mut collected, mut entries) = (Collected::default(), Vec::new());
        for line in include_str!("../../data/lint.tsv").lines().skip(1) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [sort, severity, forms, suggestion, why, _] = cells.as_slice() else { continue };
            let (Some(sort), Some(severity)) = (sort_of(sort), severity_of(severity)) else { continue };
            for form in forms.split('|') {
                let norms: Vec<String> = words(form).iter().map(|word| word.norm.to_string()).collect();
                collected.add(norms.iter().map(String::as_str), entries.len() as u32);
                entries.push(Entry { sort, severity, suggestion, why, words: norms });
            }
        }
        Phrases { trie: collected.closed(), entries }
    })
}

fn sort_of(word: &str) -> Option<Sort> {
    Some(match word {
        "mistranslation" => Sort::Mistranslation,
        "name" => Sort::Name,
        "vague" => Sort::Vague,
        "threshold" => Sort::Threshold,
        "placeholder" => Sort::Placeholder,
        "requirement" => Sort::Requirement,
        "ground" => Sort::Ground,
        "denial" => Sort::Denial,
        "permission" => Sort::Permission,
        _ => return None,
    })
}

fn severity_of(word: &str) -> Option<Severity> {
    [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.as_str() == word)
}

/// Every phrase among these words, in order.
pub(crate) fn hits(words: &[Word]) -> Vec<Hit> {
    let Phrases { trie, entries } = phrases();
    let mut out = Vec::new();
    for at in 0..words.len() {
        let rest = words.get(at..).unwrap_or_default();
        trie.walk(rest.iter(), |n, values| {
            for entry in values.iter().filter_map(|value| entries.get(value as usize)) {
                if entry.words.iter().zip(rest).all(|(want, word)| word.norm == want.as_str()) {
                    out.push(Hit { words: at..at + n, entry });
                }
            }
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole_and_no_phrase_is_given_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for line in include_str!("../../data/lint.tsv").lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 6, "{line}");
            assert!(sort_of(cells[0]).is_some() && severity_of(cells[1]).is_some(), "{line}");
            assert!(!cells[5].is_empty(), "{line}");
            for form in cells[2].split('|') {
                let norms: Vec<String> = words(form).iter().map(|word| word.norm.to_string()).collect();
                assert!(!norms.is_empty() && seen.insert((cells[0].to_owned(), norms)), "{form}");
            }
        }
    }
}
