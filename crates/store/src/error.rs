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
    /// The disk, or the quota, is full. What was kept before stays.
    #[error(
        "the disk (or the quota) of the data directory is full; make room and run the same again, what was kept so far is whole"
    )]
    DiskFull,
    /// The directory or the file may not be written.
    #[error("the data directory cannot be written; check its permissions, or name another with --data-dir")]
    ReadOnly,
    /// A statement failed.
    #[error("the store failed ({0})")]
    Database(sqlx::Error),
    /// A stored body cannot be unpacked.
    #[error("the stored record of {nct_id} cannot be unpacked; ingest it again")]
    Corrupt {
        /// Whose record.
        nct_id: String,
    },
    /// A backup could not be written or taken back.
    #[error("{path}: {reason}")]
    Backup {
        /// The file.
        path: String,
        /// What is wrong, and how to mend it.
        reason: String,
    },
    /// Secrets are to be read or kept, and no key was given.
    #[error("the secrets of members' apps for codes are sealed, and the key was not given")]
    NoKey,
    /// Secrets were sealed with another key, or were changed.
    #[error("the secrets of members' apps for codes were sealed with another key")]
    WrongKey,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes; nothing secret can be made without them")]
    NoRandom,
    /// A record could not be packed.
    #[error("a record could not be packed ({0})")]
    Packing(#[from] std::io::Error),
}

/// SQLite's code for a full disk.
const FULL: i64 = 13;
/// SQLite's code for a file that may not be written.
const READ_ONLY: i64 = 8;
/// SQLite's code for a file that could not be opened, such as its log in a directory that may not be written.
const CANNOT_OPEN: i64 = 14;
/// SQLite's codes for a write that the system refused (a quota, a limit on the size of files), and for the shared memory of its
/// log that could not be made larger.
const NO_ROOM: [i64; 2] = [778, 4874];

impl StoreError {
    /// The kind of trouble that SQLite names, where it is the disk's.
    pub(crate) fn of_disk(error: &sqlx::Error) -> Option<StoreError> {
        let sqlx::Error::Database(database) = error else { return None };
        // The low byte is the kind, the rest tells more.
        let code: i64 = database.code()?.parse().ok()?;
        match code & 0xff {
            FULL => Some(StoreError::DiskFull),
            _ if NO_ROOM.contains(&code) => Some(StoreError::DiskFull),
            READ_ONLY | CANNOT_OPEN => Some(StoreError::ReadOnly),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::of_disk(&error).unwrap_or(StoreError::Database(error))
    }
}
