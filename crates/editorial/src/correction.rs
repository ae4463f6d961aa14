//! What editors say of how a criterion is read.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_store::ReadingCorrection;
use trialway_study::NctId;
use trialway_terminology::Terminology;

/// What an editor found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The reading says what the criterion says.
    Confirmed,
    /// The reading is wrong; the reason says what the criterion means.
    Corrected,
    /// No program can decide this from a record.
    CannotBeComputed,
    /// What was said before no longer holds.
    Withdrawn,
}

impl Finding {
    /// All of them.
    pub const ALL: [Finding; 4] =
        [Finding::Confirmed, Finding::Corrected, Finding::CannotBeComputed, Finding::Withdrawn];

    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Finding::Confirmed => "confirmed",
            Finding::Corrected => "corrected",
            Finding::CannotBeComputed => "cannot_be_computed",
            Finding::Withdrawn => "withdrawn",
        }
    }

    /// What a stored word stands for.
    pub fn of(word: &str) -> Option<Finding> {
        Finding::ALL.into_iter().find(|finding| finding.as_str() == word)
    }
}

/// A correction as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The hash of the criterion's own words: [`text_hash`].
    pub text_hash: String,
    /// What was found.
    pub finding: Finding,
    /// The criterion's own words.
    pub written: String,
    /// The reading that was looked at.
    pub reading: String,
    /// Who found it.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
    /// Why, and what the criterion means where the reading is wrong.
    pub reason: String,
}

/// What an editor said of a criterion as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<'a> {
    /// It is read as the editor confirmed.
    Confirmed(&'a Correction),
    /// An editor confirmed another reading than today's.
    ReadOtherwise(&'a Correction),
    /// Its reading is not used.
    Held(&'a Correction),
}

/// Corrections as they are kept; a line with a word that is not known says nothing.
pub fn kept(rows: &[ReadingCorrection]) -> Vec<Correction> {
    rows.iter().filter_map(one).collect()
}

/// The corrections of every study.
pub fn by_study(rows: &[ReadingCorrection]) -> BTreeMap<NctId, Vec<Correction>> {
    let mut out: BTreeMap<NctId, Vec<Correction>> = BTreeMap::new();
    for row in rows {
        out.entry(row.nct_id).or_default().extend(one(row));
    }
    out
}

fn one(row: &ReadingCorrection) -> Option<Correction> {
    Some(Correction {
        text_hash: row.text_hash.clone(),
        finding: Finding::of(&row.verdict)?,
        written: row.written.clone(),
        reading: row.reading.clone(),
        author: row.author.clone(),
        at: row.corrected_at.clone(),
        reason: row.reason.clone(),
    })
}

/// The hash of a criterion's own words: SHA-256 of the words with single spaces, in hexadecimal digits.
///
/// **Shape**: markers, wraps and escapes are no words, so that the same criterion in another layout is the same.
pub fn text_hash(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Sha256::digest(words.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The last word on a criterion; none where nobody said anything, or it was withdrawn, or the words changed.
///
/// **Shape**: `corrections` in the order in which they were made; `reading` is today's.
pub fn state<'a>(corrections: &'a [Correction], words: &str, reading: &str) -> Option<State<'a>> {
    if corrections.is_empty() {
        return None;
    }
    let hash = text_hash(words);
    let last = corrections.iter().rev().find(|one| one.text_hash == hash)?;
    match last.finding {
        Finding::Confirmed if last.reading == reading => Some(State::Confirmed(last)),
        Finding::Confirmed => Some(State::ReadOtherwise(last)),
        Finding::Corrected | Finding::CannotBeComputed => Some(State::Held(last)),
        Finding::Withdrawn => None,
    }
}

/// Takes the readings out of use that editors found wrong or beyond computing: such a criterion is open, with the reason.
///
/// **Shape**: `text` is the eligibility text of `logic`. How many criteria are held.
pub fn apply(logic: &mut StudyLogic, corrections: &[Correction]) -> usize {
    if corrections.is_empty() {
        return 0;
    }
    logic.criteria.iter_mut().map(|criterion| hold(criterion, corrections)).sum()
}

fn hold(criterion: &mut CriterionLogic, corrections: &[Correction]) -> usize {
    let mut n = 0;
    if let Some(State::Held(held)) = state(corrections, criterion.own.text(), "") {
        let why = match held.finding {
            Finding::CannotBeComputed => "a program cannot decide this point",
            _ => "the automatic reading of this point is wrong and is not used",
        };
        trialway_matching::hold(criterion, &format!("ask the study team: {why} (an editor: {})", held.reason));
        n += 1;
    }
    n + criterion.children.iter_mut().map(|child| hold(child, corrections)).sum::<usize>()
}

/// A criterion's reading in plain words, as it is kept beside a correction.
pub fn reading(criterion: &CriterionLogic, text: &str) -> String {
    trialway_language::read(&criterion.logic, text, Terminology::builtin()).words
}
