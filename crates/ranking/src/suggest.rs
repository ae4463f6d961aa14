//! What findings together suggest: for ranking only, never a fact about the patient.
//!
//! A story often tells findings without naming a disease. Studies name the disease. The table `data/suggests.tsv` holds common
//! presentations as textbooks of medicine teach them: a disease, and groups of findings of which enough must be said.

use std::ops::Range;
use std::sync::OnceLock;
use trialway_note::{Manner, Note};
use trialway_terminology::words;

struct Suggestion {
    disease: &'static str,
    n_at_least: usize,
    /// Each finding: alternatives, each of normalised words that must stand together.
    findings: Vec<Vec<Vec<String>>>,
}

fn table() -> &'static [Suggestion] {
    static TABLE: OnceLock<Vec<Suggestion>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../data/suggests.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (disease, n, findings) = (cells.next()?, cells.next()?, cells.next()?);
                let phrase = |text: &str| words(text).into_iter().map(|word| word.norm.to_string()).collect();
                Some(Suggestion {
                    disease,
                    n_at_least: n.parse().ok()?,
                    findings: findings.split('|').map(|one| one.split('/').map(phrase).collect()).collect(),
                })
            })
            .collect()
    })
}

/// Stretches of a note that count for nothing.
pub(crate) struct Silent(Vec<Range<usize>>);

impl Silent {
    /// Those that are said in such a manner.
    pub(crate) fn of(note: &Note, is_silent: impl Fn(Manner) -> bool) -> Self {
        let spans = note.said.iter().filter(|said| is_silent(said.manner)).map(|said| said.span.clone());
        let mut spans: Vec<_> = spans.collect();
        spans.sort_by_key(|span| span.start);
        Self(spans)
    }

    /// Whether a word lies in one.
    pub(crate) fn holds(&self, word: &Range<usize>) -> bool {
        let behind = self.0.partition_point(|span| span.start <= word.start);
        behind.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|span| word.end <= span.end)
    }
}

/// The diseases, by their names, that enough findings of a note suggest; those with more findings first.
pub fn suggested(note: &Note, text: &str) -> Vec<&'static str> {
    let silent = Silent::of(note, |manner| matches!(manner, Manner::Absent | Manner::Family));
    let norms: Vec<String> =
        words(text).into_iter().filter(|word| !silent.holds(&word.range)).map(|word| word.norm.to_string()).collect();
    let has = |phrase: &Vec<String>| {
        !phrase.is_empty() && norms.windows(phrase.len()).any(|window| window == phrase.as_slice())
    };
    let mut found: Vec<(usize, &'static str)> = table()
        .iter()
        .filter_map(|suggestion| {
            let n = suggestion.findings.iter().filter(|alternatives| alternatives.iter().any(has)).count();
            (n >= suggestion.n_at_least).then_some((n, suggestion.disease))
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.into_iter().map(|(_, disease)| disease).collect()
}
