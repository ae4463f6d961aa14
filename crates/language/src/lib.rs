//! Criteria in plain words: what the engine took a criterion to say, so that a reader can catch it out.
//!
//! ```text
//! CriterionLogic -> reading (sentences) + what was not read, as it stands in the text
//! Study, StudyLogic -> draft (a page's sentences, each with its sources, checked) in the templates of one language
//! Said, reason -> finding, left_out: a finding, or why something of a patient's record was not used, in a language
//! ```
//!
//! Deterministic: the same logic gives the same words. Nothing is said that is not in the logic, and every part that was not
//! read is shown as it was written.

mod change;
pub mod draft;
mod finding;
pub mod foreign;
mod language;
mod name;
mod reading;
mod words;

pub use change::change;
pub use draft::{Draft, Sentence, Source, draft};
pub use finding::{finding, left_out, point, slug};
pub use foreign::Piece;
pub use language::Language;
pub use name::unit_words;
pub use reading::{Reading, named_in, read, read_in, topic_words};
pub use words::Words;
