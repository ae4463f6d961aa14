//! Eligibility text to a lossless criteria tree, and the comparisons, windows and counts in its words.
//!
//! ```text
//! text -> line (marker, indent, wraps) -> section (headings) -> outline (nesting) -> Tree
//! own text of an item -> compare / window / count: where a limit, a time, a number of things stands
//! ```
//!
//! Wording only: the crate knows no codes, no patients and no logic, and can be used alone to mark up a study.
//! Read in this order: [`tree`], `line`, `section`, `outline`, [`compare`], [`window`], [`count`].

pub mod codes;
pub mod compare;
pub mod count;
mod line;
mod numbers;
mod outline;
mod scan;
mod section;
pub mod tree;
pub mod window;

pub use numbers::Numbers;
pub use outline::parse;
pub use scan::may_be_number;
pub use tree::{Criterion, CriterionId, Group, Kind, Leaf, LeafKind, OwnText, Section, Tree};
