//! Invented studies, as ClinicalTrials.gov API v2 records, for figures of scale that anybody can repeat.
//!
//! ```text
//! (seed, index) -> Draw -> study (fields whose quantiles follow real records) -> eligibility text (sentences of our own)
//! ```
//!
//! Nothing of a real record is in them but lengths, counts and shares; those were measured over the records that
//! `cargo xtask demo-quantiles` compares them with.

mod draw;
mod study;
mod text;

pub use study::{FIRST_ID, MOST, study};
