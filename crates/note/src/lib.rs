//! A patient's story in plain text - a vignette, a clinic note, a person's own words - to facts with positions.
//!
//! ```text
//! text -> statement (sentences, sections) -> context (denied, doubted, of a relative, over, planned)
//!                                         -> subject (whom it is about), person (age, sex), measure (values), when (how long, how long ago)
//!      -> read -> Note: patient::Facts for screening, and what was named and how for ranking
//! ```
//!
//! Pure and total: any text gives a note. What is not understood gives no fact, and so is unknown. Words of a relative, of a plan
//! or of a doubt never become a fact about the patient. A note is taken to be written on the day it is read for, so that
//! "two weeks ago" has a date.
//!
//! Reading order: [`statement`], [`context`], [`person`], [`read()`].

pub mod context;
mod measure;
mod own_words;
pub mod person;
pub mod read;
pub mod statement;
pub mod subject;
mod when;

pub use context::Manner;
pub use person::Age;
pub use read::{Note, Said, names, read, read_with};
pub use statement::Section;
