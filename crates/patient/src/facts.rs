//! All that a record says of one patient.

use crate::date::PartialDate;
use crate::fact::Fact;

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
}
