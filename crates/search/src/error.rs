//! Why the index could not do what was asked.

use thiserror::Error;

/// Why the index could not do what was asked.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The directory cannot be used.
    #[error("the index in {path} cannot be opened ({reason}); delete that directory and it is built anew")]
    Open {
        /// Where.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Another process writes.
    #[error("the index is being written by another process; wait for it to end and try again")]
    Busy,
    /// The index failed.
    #[error("the index failed ({0})")]
    Index(#[from] tantivy::TantivyError),
}
