//! What the words of an entry say of it: its name, notes and severity, clause by clause.
//!
//! | entry | asked | said |
//! | --- | --- | --- |
//! | `asthma, well controlled` | `controlled` | affirmed |
//! | `asthma, not well controlled` | `controlled` | denied |
//! | `suspected to be resistant` | `resistant` | unclear |
//! | `pain in the thigh` | `high` | nothing: words are whole words |

use trialway_patient::Fact;

/// What an entry says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// That it is so.
    Affirmed,
    /// That it is not so.
    Denied,
    /// Both, or not for sure.
    Unclear,
    /// Nothing.
    Nothing,
}

/// Words before another that deny it.
const DENYING: &[&str] = &[
    "no",
    "not",
    "non",
    "never",
    "without",
    "denies",
    "denied",
    "nor",
    "cannot",
    "poorly",
    "inadequately",
    "insufficiently",
    "incompletely",
    "suboptimally",
    "badly",
    "partially",
];

/// Words before another that leave it open.
const DOUBTING: &[&str] = &[
    "possible",
    "possibly",
    "probable",
    "probably",
    "suspected",
    "suspicion",
    "query",
    "rule",
    "if",
    "risk",
    "may",
    "might",
    "could",
    "family",
    "mother",
    "father",
    "formerly",
    "previously",
];

/// The clauses of an entry: of its name, its notes and its severity.
pub(super) fn clauses(fact: &Fact) -> Vec<Vec<String>> {
    let texts = std::iter::once(&fact.label).chain(&fact.notes).chain(&fact.severity);
    texts.flat_map(|text| text.split(['.', ';', ',', '|', ':', '(', ')'])).flat_map(halves).collect()
}

/// The words of a clause, in lower case; what stands behind "but" is another clause.
fn halves(clause: &str) -> Vec<Vec<String>> {
    let lower = clause.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words
        .split(|word| matches!(*word, "but" | "although" | "though" | "however" | "now"))
        .filter(|half| !half.is_empty())
        .map(|half| half.iter().map(|word| (*word).to_owned()).collect())
        .collect()
}

/// What an entry says of any of these phrases, each of whole words; one that ends in `*` stands for all words that begin so.
pub(super) fn said(clauses: &[Vec<String>], phrases: &[&str]) -> Said {
    clauses.iter().fold(Said::Nothing, |so_far, clause| {
        phrases.iter().fold(so_far, |so_far, phrase| both(so_far, in_clause(clause, phrase)))
    })
}

fn both(a: Said, b: Said) -> Said {
    match (a, b) {
        (Said::Nothing, other) | (other, Said::Nothing) => other,
        (a, b) if a == b => a,
        _ => Said::Unclear,
    }
}

fn in_clause(clause: &[String], phrase: &str) -> Said {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let is = |word: &str, wanted: &str| match wanted.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == wanted,
    };
    let at =
        clause.windows(wanted.len()).position(|part| part.iter().zip(&wanted).all(|(word, wanted)| is(word, wanted)));
    let Some(before) = at.and_then(|at| clause.get(..at)) else { return Said::Nothing };
    let doubted = clause.iter().any(|word| DOUBTING.contains(&word.as_str()));
    let n_denials = before.iter().filter(|word| DENYING.contains(&word.as_str())).count();
    match (doubted, n_denials) {
        (true, _) | (_, 2..) => Said::Unclear,
        (false, 1) => Said::Denied,
        (false, _) => Said::Affirmed,
    }
}
