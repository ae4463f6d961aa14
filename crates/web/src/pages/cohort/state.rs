//! A worklist as it travels: in the page's own form, and in the file that a coordinator keeps. The server keeps nothing. It is in parts,
//! so that whoever opens it reads it in their own language.

use super::wire::{WireEvidence, WireNeed};
use crate::pages::matching::why_unusable;
use serde::{Deserialize, Serialize};
use trialway_cohort::{Loosened, Mark, Override, RecordVersion, Row, Versions};
use trialway_eligibility::expr::Comparator;
use trialway_fhir::FhirError;
use trialway_matching::{Cause, Effect, Verdict, verdict_of};

/// The one version of the form that is written and read.
const FORM: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Wire {
    trialway_worklist: u32,
    trial: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record_changed: Option<String>,
    record_hash: String,
    engine: String,
    terminology: String,
    as_of: String,
    policy: String,
    refused: Vec<Refused>,
    rows: Vec<WireRow>,
}

/// What every version of the form says.
#[derive(Deserialize)]
struct Version {
    trialway_worklist: u32,
}

#[derive(Serialize, Deserialize)]
struct WireRow {
    patient: String,
    #[serde(default)]
    assumed: bool,
    #[serde(default)]
    done: bool,
    pivotal: Vec<String>,
    marks: Vec<WireMark>,
    #[serde(default)]
    loosened: Vec<(usize, String, String)>,
}

#[derive(Serialize, Deserialize)]
struct WireMark {
    effect: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    assumed: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<WireEvidence>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    needs: Vec<WireNeed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    overridden: Option<(String, String)>,
}

/// A worklist.
#[derive(Clone, Debug, Default)]
pub struct Worklist {
    pub versions: Versions,
    pub rows: Vec<Row>,
    /// Whether each row has been dealt with.
    pub done: Vec<bool>,
    /// Files that were not used, and why.
    pub refused: Vec<Refused>,
}

/// A record that was not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The file's name.
    pub file: String,
    /// Which line of it, from 1; none where it is the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The message that says why.
    pub why: String,
    /// Its numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<(String, usize)>,
}

impl Refused {
    /// A record that could not be read.
    pub fn new(file: String, line: Option<usize>, error: &FhirError) -> Self {
        let (why, numbers) = why_unusable(error);
        let numbers = numbers.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        Self { file, line, why: why.to_owned(), numbers }
    }

    /// Whether it says why in one of the messages about records, and nothing else.
    fn is_ours(&self) -> bool {
        self.why == "match-empty" || self.why.starts_with("match-record-")
    }
}

const EFFECTS: [Effect; 3] = [Effect::Pass, Effect::Fail, Effect::Open];
const CAUSES: [Cause; 4] = [Cause::MissingData, Cause::NotUnderstood, Cause::Judgement, Cause::Consent];
const COMPARATORS: [Comparator; 5] =
    [Comparator::AtLeast, Comparator::MoreThan, Comparator::AtMost, Comparator::LessThan, Comparator::Equal];

pub fn effect(word: &str) -> Option<Effect> {
    EFFECTS.into_iter().find(|effect| effect.as_str() == word)
}

/// The worklist as text.
pub fn write(list: &Worklist) -> String {
    let Versions { trial, record, engine, terminology, as_of, policy } = list.versions.clone();
    let rows = list.rows.iter().zip(list.done.iter().chain(std::iter::repeat(&false)));
    let wire = Wire {
        trialway_worklist: FORM,
        trial,
        record_changed: record.changed,
        record_hash: record.hash,
        engine,
        terminology,
        as_of,
        policy,
        refused: list.refused.clone(),
        rows: rows.map(|(row, done)| wire_row(row, *done)).collect(),
    };
    serde_json::to_string(&wire).unwrap_or_default()
}

fn wire_row(row: &Row, done: bool) -> WireRow {
    let mark = |mark: &Mark| WireMark {
        effect: mark.effect.as_str().to_owned(),
        why: mark.reason.map(|reason| reason.as_str().to_owned()),
        assumed: mark.assumed,
        evidence: mark.evidence.iter().map(WireEvidence::from).collect(),
        needs: mark.needs.iter().map(WireNeed::from).collect(),
        overridden: mark.overridden.as_ref().map(|put| (put.was.as_str().to_owned(), put.reason.clone())),
    };
    let loosened = |one: &Loosened| (one.limit, one.comparator.as_str().to_owned(), one.value.to_string());
    WireRow {
        patient: row.patient.clone(),
        assumed: row.verdict_assumed,
        done,
        pivotal: row.pivotal.iter().map(ToString::to_string).collect(),
        marks: row.marks.iter().map(mark).collect(),
        loosened: row.loosened.iter().map(loosened).collect(),
    }
}

/// The worklist in a text, for a study with so many criteria; verdicts are made anew from its marks.
///
/// **Errors**: the message that says why it is none.
pub fn read(text: &str) -> Result<Worklist, &'static str> {
    let version: Version = serde_json::from_str(text).map_err(|_| "cohort-no-list")?;
    if version.trialway_worklist != FORM {
        return Err("cohort-other-version");
    }
    let wire: Wire = serde_json::from_str(text).map_err(|_| "cohort-broken")?;
    let mut out = Worklist {
        versions: Versions {
            trial: wire.trial,
            record: RecordVersion { changed: wire.record_changed, hash: wire.record_hash },
            engine: wire.engine,
            terminology: wire.terminology,
            as_of: wire.as_of,
            policy: wire.policy,
        },
        refused: wire.refused,
        ..Worklist::default()
    };
    if !out.refused.iter().all(Refused::is_ours) {
        return Err("cohort-broken");
    }
    for row in wire.rows {
        out.done.push(row.done);
        out.rows.push(read_row(row).ok_or("cohort-broken")?);
    }
    Ok(out)
}

fn read_row(row: WireRow) -> Option<Row> {
    let cause = |word: &str| CAUSES.into_iter().find(|cause| cause.as_str() == word);
    let mark = |mark: WireMark| {
        let found = effect(&mark.effect)?;
        let overridden = match mark.overridden {
            Some((was, reason)) => Some(Override { was: effect(&was)?, reason }),
            None => None,
        };
        let reason = (found == Effect::Open).then(|| mark.why.as_deref().and_then(cause).unwrap_or(Cause::MissingData));
        Some(Mark {
            effect: found,
            reason,
            assumed: mark.assumed,
            evidence: mark.evidence.into_iter().map(WireEvidence::read).collect::<Option<_>>()?,
            needs: mark.needs.into_iter().map(WireNeed::read).collect::<Option<_>>()?,
            overridden,
        })
    };
    let marks: Vec<Mark> = row.marks.into_iter().map(mark).collect::<Option<_>>()?;
    let loosened = row.loosened.into_iter().map(|(limit, word, digits)| {
        let comparator = COMPARATORS.into_iter().find(|known| known.as_str() == word)?;
        Some(Loosened { limit, comparator, value: digits.parse().ok()? })
    });
    Some(Row {
        patient: row.patient,
        verdict: Verdict::NeedsInformation,
        verdict_assumed: row.assumed,
        pivotal: row.pivotal.iter().map(|id| trialway_criteria::CriterionId::new(id)).collect(),
        loosened: loosened.collect::<Option<_>>()?,
        marks,
    })
}

/// Puts the verdict of its marks into every row; false where the rows are not of a study with so many criteria.
pub fn settle(list: &mut Worklist, n_items: usize, has_criteria: bool) -> bool {
    list.done.resize(list.rows.len(), false);
    for row in &mut list.rows {
        if row.marks.len() != n_items {
            return false;
        }
        row.verdict = verdict_of(row.marks.iter().map(|mark| (mark.effect, mark.reason)), has_criteria);
    }
    true
}
