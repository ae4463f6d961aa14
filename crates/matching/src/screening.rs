//! What a screening says.

use crate::evidence::Evidence;
use crate::need::Need;
use crate::outcome::Cause;
use jiff::civil::Date;
use trialway_criteria::{CriterionId, Kind};
use trialway_eligibility::expr::Firmness;

/// What to take for granted of what a record does not mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// A diagnosis, procedure, drug or past participation that is not mentioned is absent, and said to be assumed.
    Chart,
    /// Nothing is assumed.
    Strict,
}

impl Policy {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Policy::Chart => "chart",
            Policy::Strict => "strict",
        }
    }
}

/// What a screening is made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The day that stands for screening, enrolment and infusion.
    pub as_of: Date,
    /// What to take for granted.
    pub policy: Policy,
    /// The trial's NCT id, by which its consent is known.
    pub trial: Option<String>,
}

/// What a criterion does to eligibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Nothing in the way.
    Pass,
    /// Rules out.
    Fail,
    /// Not known.
    Open,
}

impl Effect {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Pass => "pass",
            Effect::Fail => "fail",
            Effect::Open => "open",
        }
    }
}

/// One criterion's result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionResult {
    /// Its id.
    pub id: CriterionId,
    /// Its section.
    pub kind: Kind,
    /// Its own words.
    pub text: String,
    /// What it does to eligibility.
    pub effect: Effect,
    /// Why it is open; none otherwise.
    pub open_reason: Option<Cause>,
    /// Whether it rests on an assumption.
    pub assumed: bool,
    /// Whether it does not concern this patient.
    pub not_applicable: bool,
    /// Whether a sibling settles the parent already.
    pub moot: bool,
    /// The weakest reading that it rests on.
    pub firmness: Firmness,
    /// The facts that it rests on.
    pub evidence: Vec<Evidence>,
    /// What to ask or measure.
    pub needs: Vec<Need>,
    /// The first day on which the lapse of time alone lets it pass (a wash-out ends, an age is reached); none where it does not.
    pub not_before: Option<Date>,
    /// Its sub-criteria.
    pub children: Vec<CriterionResult>,
}

/// The verdict of a screening: advice for people to confirm, never a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// A criterion fails.
    Ineligible,
    /// Data or readings are missing.
    NeedsInformation,
    /// Nothing in the way but judgement and consent.
    PotentiallyEligible,
}

impl Verdict {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Ineligible => "ineligible",
            Verdict::NeedsInformation => "needs_information",
            Verdict::PotentiallyEligible => "potentially_eligible",
        }
    }
}

/// The result of holding one patient against one trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screening {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it would differ without assumptions.
    pub verdict_assumed: bool,
    /// Criteria in document order.
    pub criteria: Vec<CriterionResult>,
    /// The record's own fields.
    pub structured: Vec<CriterionResult>,
    /// The criteria that the verdict turns on.
    pub pivotal: Vec<CriterionId>,
}
