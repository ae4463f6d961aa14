//! Criteria in plain words: what the engine took a criterion to say, so that a reader can catch it out.
//!
//! ```text
//! CriterionLogic -> reading (sentences) + what was not read, as it stands in the text
//! ```
//!
//! Deterministic: the same logic gives the same words. Nothing is said that is not in the logic, and every part that was not
//! read is shown as it was written.

mod change;
mod name;
mod reading;

pub use change::change;
pub use name::unit_words;
pub use reading::{Reading, read};
