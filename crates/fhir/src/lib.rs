//! FHIR R4 records to [`Facts`], with a report of what was used and what was not, and why.
//!
//! ```text
//! bytes -> document (bundle, resource, NDJSON) -> resource/<type> -> Fact      -> Facts
//!                                                               \-> finding, or a line of the import report
//! ```
//!
//! Tolerant: an element that is not understood is a finding, and the rest goes on. Names, addresses and identifiers of
//! people are never read into facts or reports.
//!
//! **Source**: HL7 FHIR R4 (4.0.1).

pub mod codes;
mod document;
mod element;
mod error;
mod home;
mod person;
mod reference;
mod resource;

pub use document::{Named, import, import_with, named};
pub use error::FhirError;
pub use trialway_patient::{ImportReport, Left};

use trialway_patient::Facts;

/// What an import gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The patient's facts.
    pub facts: Facts,
    /// What was used and what was not.
    pub report: ImportReport,
    /// Whether the record is nothing but answers to questions, of which silence says nothing.
    pub is_answers: bool,
}
