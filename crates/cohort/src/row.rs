//! What is kept of one patient.

use crate::loosen::Loosened;
use trialway_criteria::CriterionId;
use trialway_matching::{Cause, CriterionResult, Effect, Evidence, Need, Screening, Verdict, verdict_of};

/// What one criterion comes to for one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it does to eligibility.
    pub effect: Effect,
    /// Why it is open; none otherwise.
    pub reason: Option<Cause>,
    /// Whether it rests on taking something not mentioned as absent.
    pub assumed: bool,
    /// What a failure rests on; kept for failures only.
    pub evidence: Vec<Evidence>,
    /// What to ask or measure; kept for what is open only.
    pub needs: Vec<Need>,
    /// What somebody has put in its place.
    pub overridden: Option<Override>,
}

/// A person's decision about one criterion of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What it came to before.
    pub was: Effect,
    /// Why, in that person's words; never empty.
    pub reason: String,
}

/// One patient held against the study.
///
/// **Shape**: `marks` as the items of the protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// `Patient.id` or the file's name; never a person's name.
    pub patient: String,
    /// The verdict, overrides counted.
    pub verdict: Verdict,
    /// Whether it would differ without assumptions.
    pub verdict_assumed: bool,
    /// The criteria that the verdict turned on, before any override.
    pub pivotal: Vec<CriterionId>,
    /// What each criterion comes to.
    pub marks: Vec<Mark>,
    /// Limits that would admit this patient, where one criterion alone excludes.
    pub loosened: Vec<Loosened>,
}

impl Row {
    pub(crate) fn new(patient: String, screening: Screening) -> Self {
        let results = screening.structured.iter().chain(&screening.criteria);
        Self {
            patient,
            verdict: screening.verdict,
            verdict_assumed: screening.verdict_assumed,
            marks: results.map(mark).collect(),
            pivotal: screening.pivotal,
            loosened: Vec::new(),
        }
    }

    /// The place of the criterion that alone excludes this patient; none where none or several do.
    pub fn only_failure(&self) -> Option<usize> {
        let mut failing = self.marks.iter().enumerate().filter(|(_, mark)| mark.effect == Effect::Fail);
        match (failing.next(), failing.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        }
    }

    /// The verdict if the criterion at this place passed.
    pub fn verdict_without(&self, place: usize, has_criteria: bool) -> Verdict {
        let others = self.marks.iter().enumerate().filter(|(at, _)| *at != place);
        verdict_of(others.map(|(_, mark)| (mark.effect, mark.reason)), has_criteria)
    }

    /// Puts a person's decision in the place of what a criterion came to; the verdict follows. False, and nothing is changed, where
    /// there is no such place, no reason is given, or nothing would change.
    pub fn put(&mut self, place: usize, effect: Effect, reason: &str, has_criteria: bool) -> bool {
        let reason = reason.trim();
        let Some(mark) = self.marks.get_mut(place).filter(|_| !reason.is_empty()) else { return false };
        let was = mark.overridden.as_ref().map_or(mark.effect, |earlier| earlier.was);
        if mark.effect == effect {
            return false;
        }
        mark.effect = effect;
        // Whoever sets a criterion open wants to be told something.
        mark.reason = (effect == Effect::Open).then_some(Cause::MissingData);
        mark.overridden = Some(Override { was, reason: reason.to_owned() });
        self.verdict = verdict_of(self.marks.iter().map(|mark| (mark.effect, mark.reason)), has_criteria);
        self.loosened.clear();
        true
    }
}

fn mark(result: &CriterionResult) -> Mark {
    Mark {
        effect: result.effect,
        reason: result.open_reason,
        assumed: result.assumed,
        evidence: if result.effect == Effect::Fail { result.evidence.clone() } else { Vec::new() },
        needs: if result.effect == Effect::Open { result.needs.clone() } else { Vec::new() },
        overridden: None,
    }
}
