//! ClinicalTrials.gov API v2 JSON.

mod object;
mod study;
mod value;

pub use study::parse_study_json;
pub(crate) use value::{describe, parse_value};
