//! Vocabularies beside the built-in one.
//!
//! ```text
//! a user's files  -> import  -> store, one transaction --\
//! a study record  -> learned -> store                     > link -> codes with the built-in concepts that they lead to
//! a record's codes and names -> overlay -> terminology::Overlay
//! ```
//!
//! The formats are read in `trialway_terminology::import`, the rows are kept in `trialway_store::vocabulary`; what joins them is
//! here. Nothing of a patient is kept: codes and names of a record are only looked up.

mod import;
mod learned;
mod link;
mod overlay;

pub use import::{Import, ImportReport, RefusedRow, Source, import};
pub use learned::{about_learned, learned};
pub use link::link_anew;
pub use overlay::overlay;

use trialway_store::StoreError;

/// Why a layer could not be put or asked.
#[derive(Debug, thiserror::Error)]
pub enum LayersError {
    /// A file is not what it should be.
    #[error("{file}: {reason}")]
    File {
        /// Which.
        file: String,
        /// What is wrong, where, and how to mend it.
        reason: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
