//! Studies in the order of their fit to a patient's story, and what one criterion means for it.
//!
//! Reading order: [`label`].

pub mod label;

pub use label::{Label, label};
