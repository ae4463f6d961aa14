//! People over rules: where the review of a page stands, and what editors say of how its criteria are read.
//!
//! ```text
//! steps (store) + hashes of now -> standing   (drafted, in review, published, stale)
//! corrections (store) + StudyLogic -> applied (what is wrong or beyond computing is open, with the reason)
//! ```
//!
//! What is kept is the business of `store`, what is shown that of `cli` and `web`.

mod checklist;
mod correction;
mod model;
mod review;

pub use checklist::{Answer, Checklist, ITEMS, Item, Part};
pub use correction::{Correction, Finding, State, apply, by_study, kept, reading, state, text_hash};
pub use model::{ModelBlock, model_block, proposed, written};
pub use review::{Refusal, Stage, Standing, draft_hash, may_become, standing, standing_of};
