//! Criteria in plain words: what the engine took a criterion to say, so that a reader can catch it out.
//!
//! ```text
//! CriterionLogic -> reading (sentences) + what was not read, as it stands in the text
//! Study, StudyLogic -> draft (a page's sentences, each with its sources, checked) in the templates of one language
//! ```
//!
//! Deterministic: the same logic gives the same words. Nothing is said that is not in the logic, and every part that was not
//! read is shown as it was written.

mod change;
pub mod draft;
pub mod foreign;
mod name;
mod reading;
mod words;

pub use change::change;
pub use draft::{Draft, Sentence, Source, draft};
pub use foreign::Piece;
pub use name::unit_words;
pub use reading::{Reading, named_in, read, read_in, topic_words};
pub use words::Words;
