//! Registry records to studies: the only place that knows how ClinicalTrials.gov writes a study down.
//!
//! ```text
//!            { ...  -> json: API v2 object --\
//! bytes -> form                               field readers -> Parsed<Study> { value, findings }
//!            < ...  -> xml: clinical_study --/
//! ```
//!
//! A record that is no study is an error ([`RegistryError`]); a field that is odd is a finding with its path, and the rest of
//! the record is read. The eligibility text is handed on exactly as received, after decoding.
//!
//! Nothing outside the bytes is ever read: no document type, no external entity, no address in a record is followed.
//!
//! Reading order: [`parse_study`] (one record), [`parse_studies`] (a file of many), [`error`], [`codes`] (every finding
//! explained).

pub mod codes;
pub mod error;
mod field;
mod form;
mod json;
mod many;
mod xml;

pub use error::RegistryError;
pub use form::{MAX_DEPTH, MAX_RECORD_BYTES, parse_study};
pub use json::parse_study_json;
pub use many::{Record, parse_studies};
pub use xml::parse_study_xml;
