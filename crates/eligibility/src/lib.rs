//! Criteria to logic: what is named, compared and dated in each criterion, as an expression that facts can decide.
//!
//! ```text
//! Tree -> piece (mentions, limits, windows, phrases) -> lower (parts, clauses, units) -> Expr per criterion
//!                                                        structured fields           -> Expr per field
//! text, tree, logic -> checks -> findings
//! ```
//!
//! Read in this order: [`truth`], [`expr`], [`logic`], then `lexicon`, `piece`, `lower`; last [`checks`], the linter. No patient is known here.

mod bounds;
pub mod checks;
pub mod codes;
pub mod course;
mod coverage;
mod entities;
mod entity_context;
pub mod expr;
mod lexicon;
pub mod logic;
mod lower;
mod names;
mod piece;
mod research;
mod scores;
mod structured;
pub mod truth;

pub use coverage::unread_stretches;
pub use entity_context::{EntityContext, entity_contexts};
pub use expr::{Atom, Expr, Firmness, Sense, Test};
pub use logic::{Bound, Coverage, CriterionLogic, Entity, Side, StructuredLogic, StudyLogic};
pub use lower::{lower, lower_study};
pub use structured::field_said;
pub use truth::Truth;
