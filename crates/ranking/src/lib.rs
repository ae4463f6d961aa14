//! Studies in the order of their fit to a patient's story, and what one criterion means for it.
//!
//! ```text
//! Note -> profile (words and concepts, each with how much it matters; suggest: what findings together suggest)
//! Study -> document (words of its parts, concepts, criteria)       -> rank, list
//! Note + criterion -> label
//! ```
//!
//! Pure. Ranking orders and explains; it decides nothing about eligibility, which is `matching`'s.
//!
//! Reading order: [`profile`], [`document`], [`rank`], [`mod@label`].

pub mod document;
pub mod label;
pub mod list;
pub mod profile;
pub mod rank;
pub mod suggest;
mod text;

pub use document::{Document, Part};
pub use label::{Label, label};
pub use list::{Degree, Place, Why, list};
pub use profile::{Profile, Topic};
pub use rank::{Index, Scored};
