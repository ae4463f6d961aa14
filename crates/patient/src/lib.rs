//! What a record says of a patient: [`Facts`], each with provenance and as written.
//!
//! A fact is what one element of the record says, not what is true of the person: absence of a fact is unknown, and only an
//! absence policy given by the caller of `matching` turns it into anything else.
//!
//! Reading order: [`date`] (partial dates as intervals), [`fact`] (one statement), [`facts`] (all of them); [`meaning`], [`written`]
//! and [`worded`] are what the adapters share: what codes, words and values mean.

pub mod date;
pub mod fact;
pub mod facts;
pub mod meaning;
mod report;
pub mod worded;
pub mod written;

pub use date::{Calendar, PartialDate, Period, completed, subtract};
pub use fact::{
    ANSWERED_FOR_NOW, Certainty, Derivation, Fact, FactKind, Finding, Provenance, RecordedStatus, Value, ValueRange,
};
pub use facts::{Facts, RecordedSex, Relative};
pub use report::{ImportReport, Left};
