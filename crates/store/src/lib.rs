//! What must outlive a request: studies in versions, what the index still lacks, reports of wrong readings.
//!
//! ```text
//! ingest -> put (one transaction: versions, pending, progress) -> SQLite (WAL, synchronous=FULL)
//! page   -> study(id) -> Stored { bytes as received }          -> registry::parse_study
//! ```
//!
//! One interface, [`Store`]; its SQL is what SQLite and PostgreSQL both speak, so that a second back end is a second pool.
//! Nothing of a patient is kept here but what a person writes to a study team, and addresses of followers, both until their time is over; and
//! notes that a person's own browser sealed, with nothing that opens them ([`kept`]).
//!
//! Reading order: [`studies`], `packing`, [`history`], [`sync`], [`upkeep`], [`reports`], [`editorial`], [`vocabulary`], [`contacts`],
//! [`enquiries`], [`follows`], [`outbox`], [`links`], [`kept`], [`accounts`], `secrets`, [`invitations`], [`sessions`], [`audit`], `error`.

pub mod accounts;
pub mod audit;
pub mod contacts;
mod coverage;
pub mod editorial;
pub mod enquiries;
mod error;
pub mod follows;
pub mod history;
pub mod invitations;
pub mod kept;
pub mod links;
pub mod outbox;
mod packing;
mod random;
pub mod reports;
mod secrets;
pub mod sessions;
pub mod studies;
pub mod sync;
pub mod upkeep;
pub mod vocabulary;

pub use accounts::{Account, AccountChange, Codes, KeptPasskey};
pub use audit::Deed;
pub use contacts::EnrolledContact;
pub use coverage::{CoverageSummary, PHRASES_OF_ONE, StudyCoverage, SummaryLine};
pub use editorial::{ModelDraft, ReadingCorrection, ReviewStep};
pub use enquiries::{
    EnquiryAnswer, EnquiryFilter, EnquiryLine, EnquiryReply, EnquiryTerms, Kept, NewEnquiry, StoredEnquiry,
};
pub use error::StoreError;
pub use follows::{Follow, FollowKind, Follower, LoggedChange, NewFollow, Told};
pub use invitations::{Accepted, FirstWay, Invitation};
pub use kept::{Keeping, Opened, Rewriting, Standing};
pub use outbox::{ClaimedMail, MailState, NewMail};
pub use random::random;
pub use reports::{NewReadingReport, ReadingReport};
pub use sessions::Session;
pub use studies::{Change, Form, NewVersion, Recent, Stored, Version, content_hash, raw_hash};
pub use upkeep::{Checked, Holdings};
pub use vocabulary::{CodeWithNames, LEARNED, Layer, LayerChange, LayerWriter, NewLayer, Relation, VocabularyRow};

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;
use trialway_sealing::small::SmallKey;

/// The store.
///
/// **Shape**: cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pool: SqlitePool,
    /// Mails that people may make leave in an hour, all together.
    pub(crate) most_mails: i64,
    /// What seals secrets of members; none where no key was given.
    pub(crate) key: Option<SmallKey>,
}

/// How long a writer waits for another one.
const BUSY_SECONDS: u64 = 20;

impl Store {
    /// Opens the store of a data directory, making both if need be.
    ///
    /// **Errors**: [`StoreError::Open`] where the directory cannot be made or the file is no store of ours.
    pub async fn open(directory: &Path) -> Result<Self, StoreError> {
        let open = |reason: String| StoreError::Open { path: directory.display().to_string(), reason };
        let trouble = |error: sqlx::Error| StoreError::of_disk(&error).unwrap_or_else(|| open(error.to_string()));
        std::fs::create_dir_all(directory).map_err(|error| match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
            _ => open(error.to_string()),
        })?;
        let options = SqliteConnectOptions::new()
            .filename(directory.join(upkeep::FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What a person gave us must survive a loss of power.
            .synchronous(SqliteSynchronous::Full)
            // What is deleted is overwritten: what somebody took back must not be found in the file.
            .pragma("secure_delete", "on")
            // Most bodies are a few thousand bytes; a page of the usual size would be left half empty.
            .page_size(16_384)
            .busy_timeout(Duration::from_secs(BUSY_SECONDS));
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await.map_err(trouble)?;
        Self::migrated(pool).await.map_err(trouble)
    }

    /// Whether a data directory has a store.
    pub fn is_in(directory: &Path) -> bool {
        directory.join(upkeep::FILE).is_file()
    }

    /// A store that lives in memory and ends with the process, and so does the key of its secrets.
    pub async fn in_memory() -> Result<Self, StoreError> {
        // A second connection would be a second database.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(SqliteConnectOptions::new().in_memory(true))
            .await?;
        Self::migrated(pool).await?.keyed(&random()?).await
    }

    async fn migrated(pool: SqlitePool) -> Result<Self, sqlx::Error> {
        sqlx::migrate!("./migrations").run(&pool).await.map_err(|error| match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error,
            other => sqlx::Error::Migrate(Box::new(other)),
        })?;
        Ok(Self { pool, most_mails: links::MAILS_OF_ALL, key: None })
    }

    /// The same store with another limit of mails that people may make leave in an hour, all together.
    #[must_use]
    pub fn with_most_mails(mut self, most: i64) -> Self {
        self.most_mails = most;
        self
    }

    /// Whether the store answers.
    pub async fn check(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Closes every connection, so that the file is whole.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
