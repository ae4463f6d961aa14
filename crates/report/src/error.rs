//! Why a report cannot be made.

use thiserror::Error;

/// Why a report cannot be made.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The page cannot be filled in.
    #[error("the page of the report cannot be made: {0}")]
    Page(#[from] askama::Error),
    /// A font cannot be used.
    #[error("the font {name} cannot be used ({reason}); give a TrueType or OpenType font")]
    Font {
        /// Which.
        name: String,
        /// Why.
        reason: String,
    },
    /// An address does not fit into a code.
    #[error("the address does not fit into a code for phones ({0}); use a shorter one")]
    Code(String),
}
