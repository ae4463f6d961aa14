//! From what a person gives - a story, answers, a record - to the list of stored studies that may fit, each place explained.
//!
//! ```text
//! bytes + layers of vocabulary -> story (facts, profile)  -> understood (what was taken from it, with its words)
//! story + what is wanted -> candidates (the index alone)  -> listing (verdicts, order) -> entry (a place in words)
//!                                                                                      -> sheet, csv (to take along)
//! ```
//!
//! `ranking` orders, `matching` decides; here they are joined with the store and the index, for the program and the portal alike.
//! Nothing of what a person gives is kept. Reading order: [`mod@asked`], [`story`], [`understood`], [`mod@candidates`], [`listing`], [`entry`], [`export`].

pub mod asked;
pub mod candidates;
pub mod entry;
pub mod export;
pub mod listing;
pub mod story;
pub mod understood;

pub use asked::{Asked, FACTS, Whose};
pub use candidates::{Joining, Wanted, candidates};
pub use entry::{ADVICE, Above, Door, Entry, Gate, Joinable, Missing};
pub use listing::{Listing, list};
pub use story::{Kind, Story, StoryError, is_note};
pub use understood::{Group, Item, Understood};
