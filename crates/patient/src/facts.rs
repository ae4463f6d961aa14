//! All that a record says of one patient.

use crate::date::PartialDate;
use crate::fact::{Fact, Provenance};
use trialway_terminology::ConceptId;

/// Sex as recorded (administrative gender; FHIR `Patient.gender`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordedSex {
    /// `female`
    Female,
    /// `male`
    Male,
    /// `other`: recorded, but neither answers a criterion about sex.
    Other,
}

/// One patient's facts.
///
/// **Shape**: `facts` sorted by provenance, so that the order of a bundle does not matter; duplicates removed.
/// **Unknown**: absent birth date, sex and death are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// `Patient.id`, or the file's name. Never a person's name.
    pub patient: String,
    /// Birth date, possibly partial.
    pub birth: Option<PartialDate>,
    /// Sex as recorded.
    pub sex: Option<RecordedSex>,
    /// Date of death, or a partial date that may be anything when only "deceased" is recorded.
    pub deceased: Option<PartialDate>,
    /// The statements.
    pub facts: Vec<Fact>,
    /// What the record says of relatives, sorted by provenance: never a fact about the patient.
    pub family: Vec<Relative>,
}

/// A condition of a relative.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relative {
    /// Where it is from.
    pub provenance: Provenance,
    /// Who, as recorded: `mother`.
    pub relationship: String,
    /// The condition, as recorded.
    pub label: String,
    /// What it is, most specific first.
    pub concepts: Vec<ConceptId>,
}
