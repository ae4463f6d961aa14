//! The screening log: one line a patient, as CSV (RFC 4180).
//!
//! A table for programs: its columns and words are the same, and English, whatever the language of the page that it is taken from
//! (ADR 0034).

use crate::protocol::Protocol;
use crate::row::{Mark, Row};
use std::fmt;
use trialway_matching::{Effect, in_english};

/// Which version of a study's record. `Display` says it in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordVersion {
    /// When it was last changed, as the record writes it; none where it does not say.
    pub changed: Option<String>,
    /// The beginning of its hash.
    pub hash: String,
}

/// Digits of a hash that tell versions apart.
const HASH_DIGITS: usize = 12;

impl RecordVersion {
    /// The version of a record that was last changed then and has this hash.
    pub fn new(changed: Option<&str>, hash: &str) -> Self {
        Self { changed: changed.map(str::to_owned), hash: hash.chars().take(HASH_DIGITS).collect() }
    }
}

impl fmt::Display for RecordVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(changed) = &self.changed {
            write!(f, "changed {changed}, ")?;
        }
        write!(f, "sha256 {}", self.hash)
    }
}

/// What a result was made with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The trial's id, or the file's name.
    pub trial: String,
    /// Which version of its record.
    pub record: RecordVersion,
    /// The program and its version.
    pub engine: String,
    /// The vocabulary and its version.
    pub terminology: String,
    /// The day that stood for screening, enrolment and infusion.
    pub as_of: String,
    /// What was taken for granted of what a record does not mention: `chart` or `strict`.
    pub policy: String,
}

/// Writes the lines of one log.
pub struct Log<'a> {
    protocol: &'a Protocol<'a>,
    versions: &'a Versions,
}

const COLUMNS: [&str; 16] = [
    "patient",
    "verdict",
    "verdict_rests_on_assumptions",
    "failing",
    "failing_criteria",
    "evidence",
    "open",
    "open_criteria",
    "to_ask_or_measure",
    "overridden",
    "trial",
    "trial_record",
    "as_of",
    "policy",
    "engine",
    "terminology",
];

impl<'a> Log<'a> {
    /// A log of patients held against this study.
    pub fn new(protocol: &'a Protocol<'a>, versions: &'a Versions) -> Self {
        Self { protocol, versions }
    }

    /// The line of column names.
    pub fn header(&self) -> String {
        line(COLUMNS.map(str::to_owned))
    }

    /// One patient's line.
    ///
    /// **Shape**: several criteria, facts or questions in one cell stand apart by ` | `; a criterion that was overridden is given with
    /// what it was, what it is, and the reason.
    pub fn row(&self, row: &Row) -> String {
        let marked = |effect: Effect| {
            self.protocol.items().iter().zip(&row.marks).filter(move |(_, mark)| mark.effect == effect)
        };
        let ids = |effect| joined(marked(effect).map(|(item, _)| item.id.to_string()));
        let texts = |effect| joined(marked(effect).map(|(item, _)| format!("{}: {}", item.id, short(&item.text))));
        let evidence = joined(marked(Effect::Fail).map(|(item, mark)| format!("{}: {}", item.id, grounds(mark))));
        let mut needs: Vec<String> = Vec::new();
        for need in marked(Effect::Open).flat_map(|(_, mark)| in_english(&mark.needs)) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        let overridden = self.protocol.items().iter().zip(&row.marks).filter_map(|(item, mark)| {
            let put = mark.overridden.as_ref()?;
            Some(format!("{}: {} instead of {}: {}", item.id, mark.effect.as_str(), put.was.as_str(), put.reason))
        });
        line([
            row.patient.clone(),
            row.verdict.as_str().to_owned(),
            if row.verdict_assumed { "yes" } else { "no" }.to_owned(),
            ids(Effect::Fail),
            texts(Effect::Fail),
            evidence,
            ids(Effect::Open),
            texts(Effect::Open),
            joined(needs.into_iter()),
            joined(overridden),
            self.versions.trial.clone(),
            self.versions.record.to_string(),
            self.versions.as_of.clone(),
            self.versions.policy.clone(),
            self.versions.engine.clone(),
            self.versions.terminology.clone(),
        ])
    }
}

/// What a failure rests on, in words.
fn grounds(mark: &Mark) -> String {
    if let Some(put) = &mark.overridden {
        return format!("set by a person: {}", put.reason);
    }
    if mark.evidence.is_empty() {
        return "not mentioned, taken as absent".to_owned();
    }
    let said = mark.evidence.iter().map(|one| format!("{} ({})", one.text(), one.source));
    said.collect::<Vec<_>>().join("; ")
}

/// Characters of a criterion that a cell shows.
const SHOWN: usize = 160;

fn short(text: &str) -> String {
    let mut out: String = text.chars().take(SHOWN).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" | ")
}

fn line(cells: [String; COLUMNS.len()]) -> String {
    let mut out = cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    out.push_str("\r\n");
    out
}

/// A cell. A spreadsheet takes text with certain first characters for a formula; an apostrophe before them keeps it text.
fn quoted(cell: &str) -> String {
    let first = cell.chars().next();
    let guarded =
        if matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r')) { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains([',', '"', '\r', '\n']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_text_whatever_they_hold() {
        for (cell, want) in [
            ("a", "a"),
            ("a, b", "\"a, b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("=1+1", "'=1+1"),
            ("@x,\n", "\"'@x,\n\""),
            ("", ""),
        ] {
            assert_eq!(quoted(cell), want);
        }
    }
}
