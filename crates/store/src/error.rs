//! Why the store could not do what was asked.

use thiserror::Error;

/// Why the store could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The data directory cannot be used.
    #[error("the store in {path} cannot be opened ({reason}); check the directory and its permissions")]
    Open {
        /// The data directory.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// A statement failed.
    #[error("the store failed ({0})")]
    Database(#[from] sqlx::Error),
    /// A stored body cannot be unpacked.
    #[error("the stored record of {nct_id} cannot be unpacked; ingest it again")]
    Corrupt {
        /// Whose record.
        nct_id: String,
    },
}
