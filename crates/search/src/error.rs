//! Why the index could not do what was asked.

use std::io::ErrorKind;
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
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
    /// The disk, or the quota, is full. The store knows what the index lacks.
    #[error(
        "the disk (or the quota) of the data directory is full; make room and run `trialway reindex`, nothing stored is lost"
    )]
    DiskFull,
    /// The directory may not be written.
    #[error("the data directory cannot be written; check its permissions, or name another with --data-dir")]
    ReadOnly,
    /// The index failed.
    #[error("the index failed ({0}); if the disk is full make room, then run `trialway reindex`")]
    Index(tantivy::TantivyError),
}

impl SearchError {
    /// The kind of trouble, where it is the disk's.
    pub(crate) fn of_disk(error: &std::io::Error) -> Option<SearchError> {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Some(SearchError::DiskFull),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Some(SearchError::ReadOnly),
            _ => None,
        }
    }

    /// The same of an error that one of the system's may be behind.
    pub(crate) fn of_chain(error: &TantivyError) -> Option<SearchError> {
        let io = match error {
            TantivyError::IoError(io) => Some(io),
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => Some(io_error),
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })
            | TantivyError::LockFailure(LockError::IoError(io_error), _) => Some(io_error),
            _ => None,
        };
        io.and_then(|io| Self::of_disk(io))
    }
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        SearchError::of_chain(&error).unwrap_or(SearchError::Index(error))
    }
}
