//! Import: total, and deaf to what does not matter.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod answers;
mod bad;
mod breadth;
mod properties;
mod words;

/// A small record with one of each kind that counts.
pub const RECORD: &str = include_str!("../../../../corpus/patients/lupus-nephritis-child.json");
