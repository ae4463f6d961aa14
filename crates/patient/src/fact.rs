//! One statement of a record.

use crate::date::{PartialDate, Period};
use rust_decimal::Decimal;
use trialway_terminology::{Coding, ConceptId, Method};

/// A note on an answer that denies something for the present only: whether it was ever so is not said.
pub const ANSWERED_FOR_NOW: &str = "asked of the present";

/// Where a fact is from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provenance {
    /// FHIR resource type, or `note`.
    pub resource: String,
    /// Id of the resource; empty when it has none.
    pub id: String,
    /// Element path within the resource, such as `component[1]`; empty for the resource itself.
    pub path: String,
    /// Bytes of the note, for facts read from free text.
    pub span: Option<(usize, usize)>,
}

impl Provenance {
    /// The reference used in evidence: `Observation/egfr-1`, or `note`.
    pub fn reference(&self) -> String {
        if self.resource == "note" {
            "note".to_owned()
        } else if self.id.is_empty() {
            self.resource.clone()
        } else {
            format!("{}/{}", self.resource, self.id)
        }
    }
}

/// What kind of statement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A diagnosis or problem.
    Condition,
    /// A medicine taken, given, prescribed; a vaccine given (also under [`FactKind::Immunization`]).
    Medication,
    /// Something done.
    Procedure,
    /// A vaccine given.
    Immunization,
    /// Something measured or answered; see [`Value`].
    Observation,
    /// A report with a conclusion in words (pathology, imaging, ECG, genetics); what it names is in `findings`.
    Report,
    /// An allergy or intolerance, or the statement that none is known.
    Allergy,
    /// Taking part in a study.
    Participation,
    /// A consent given; `label` carries what it is for.
    Consent,
    /// Calculated from other facts; see [`Fact::derivation`]. No part of the record itself.
    Derived,
}

/// How a derived fact was calculated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// By which formula.
    pub method: Method,
    /// What it was calculated from, in words: `creatinine 1.1 mg/dL, age 50 years, male`.
    pub from: String,
    /// Where the inputs stand, the one that gives the date first. Birth and sex are not among them.
    pub inputs: Vec<Provenance>,
}

/// How sure the record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Stated as so.
    Stated,
    /// Provisional, differential, suspected, unconfirmed: not a diagnosis, but a suspicion.
    Suspected,
}

/// Whether it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordedStatus {
    /// Going on, as far as the record says.
    Active,
    /// Over: resolved, remission, completed, stopped.
    Ended,
    /// The record does not say.
    Unstated,
}

/// A number that may be only bounded: `"<5"` has `low: None, high: Some((5, false))`.
///
/// **Shape**: each bound with whether it is inclusive; an exact number has both, equal and inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRange {
    /// Lower bound and whether it is included; none when unbounded.
    pub low: Option<(Decimal, bool)>,
    /// Upper bound and whether it is included; none when unbounded.
    pub high: Option<(Decimal, bool)>,
}

impl ValueRange {
    /// The range that is just this number.
    pub fn exact(value: Decimal) -> Self {
        Self { low: Some((value, true)), high: Some((value, true)) }
    }
}

/// The value of something measured or answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, exact or bounded.
    Quantity {
        /// The number.
        number: ValueRange,
        /// Unit as written; empty when none was given.
        unit_written: String,
        /// UCUM unit, when it could be read; `1` when none was given.
        unit: Option<String>,
        /// The value as written, for evidence (`<5`, `10.0`).
        written: String,
    },
    /// A titre, as its denominator: `1:80` is 80.
    Titre {
        /// The denominator, exact or bounded.
        number: ValueRange,
        /// As written.
        written: String,
    },
    /// A test result in words: positive, detected, reactive (`true`); negative, not detected (`false`).
    Detected {
        /// Whether it was detected.
        detected: bool,
        /// As written.
        written: String,
    },
    /// An answer: yes or no.
    Answer {
        /// Whether it was affirmed.
        yes: bool,
        /// As written.
        written: String,
    },
    /// A date (date of delivery, of last period).
    Date(PartialDate),
    /// Words; what they name is in the fact's `findings`.
    Text(String),
    /// A result that the record says it does not have (data-absent reason) or that has no value.
    Absent,
}

/// Something that a text inside a fact names: the conclusion of a report, the words of a value, a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The concept named.
    pub concept: ConceptId,
    /// Whether it is denied there.
    pub negated: bool,
    /// Whether it is only suspected there.
    pub hypothetical: bool,
}

/// One statement of a record.
///
/// **Shape**: `concepts` are those meant by the codes and by the name as a whole, most specific first, without their
/// ancestors; empty when none is known (then `label` is all there is). Records that do not count (entered in error, refuted,
/// not done, orders, family history) never become facts; the import report says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Where it is from.
    pub provenance: Provenance,
    /// What kind of statement.
    pub kind: FactKind,
    /// What it is about.
    pub concepts: Vec<ConceptId>,
    /// Codes as recorded, system shortened where known.
    pub codes: Vec<Coding>,
    /// The name as recorded.
    pub label: String,
    /// Further words of the record that belong to it: conclusion, note, dosage, reason, severity, in the record's order.
    pub notes: Vec<String>,
    /// What `label`, value words, conclusion and notes name, with negation.
    pub findings: Vec<Finding>,
    /// When: onset to abatement, start to end, effective date.
    pub period: Period,
    /// Whether it goes on.
    pub status: RecordedStatus,
    /// How sure.
    pub certainty: Certainty,
    /// Severity in the record's own words, lower case: `severe`, `moderate`, `mild`, `high` (criticality).
    pub severity: Option<String>,
    /// Classes, grades and stages read from its words: scale id (`scale:isn_rps`) and the ordinals named.
    pub grades: Vec<(ConceptId, Vec<u8>)>,
    /// Value, for observations.
    pub value: Option<Value>,
    /// Reference range of this very result, in the unit of the value: low, high.
    pub reference: (Option<Decimal>, Option<Decimal>),
    /// Interpretation flag as recorded, upper case: `H`, `HH`, `L`, `N`, `POS`, `NEG`, `A`.
    pub interpretation: Option<String>,
    /// Concepts named as the cause or reason (reasonCode, "due to", "attributed to").
    pub causes: Vec<ConceptId>,
    /// Formula and inputs of a fact that was calculated; none for what the record says.
    pub derivation: Option<Derivation>,
}
