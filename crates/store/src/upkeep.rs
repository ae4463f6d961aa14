//! Counts and sizes, backup and restore.

use crate::{Store, StoreError};
use std::path::{Path, PathBuf};

/// The store's file in a data directory.
pub(crate) const FILE: &str = "trialway.db";

/// What is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Studies.
    pub n_studies: i64,
    /// Studies that the registry no longer has.
    pub n_gone: i64,
    /// Versions of studies.
    pub n_versions: i64,
    /// Versions that are kept as differences.
    pub n_differences: i64,
    /// Bytes of all versions as they were received; versions of stores older than this count are not in it.
    pub n_received_bytes: i64,
    /// Bytes that their bodies take.
    pub n_body_bytes: i64,
    /// Studies that the index lacks in their current version.
    pub n_pending: i64,
    /// Reports of wrong readings.
    pub n_reports: i64,
    /// Files whose ingest was cut off.
    pub n_cut_off: i64,
    /// The newest version was received then, RFC 3339; none where there is none.
    pub newest: Option<String>,
}

impl Store {
    /// Counts what is stored.
    pub async fn holdings(&self) -> Result<Holdings, StoreError> {
        let one = async |sql: &'static str| -> Result<i64, StoreError> {
            let (n,): (i64,) = sqlx::query_as(sql).fetch_one(&self.pool).await?;
            Ok(n)
        };
        let (newest,): (Option<String>,) =
            sqlx::query_as("SELECT MAX(received_at) FROM study_version").fetch_one(&self.pool).await?;
        Ok(Holdings {
            n_studies: one("SELECT COUNT(*) FROM study").await?,
            n_gone: one("SELECT COUNT(*) FROM study WHERE gone_at <> ''").await?,
            n_versions: one("SELECT COUNT(*) FROM study_version").await?,
            n_differences: one("SELECT COUNT(*) FROM study_version WHERE codec = 'delta'").await?,
            n_received_bytes: one("SELECT COALESCE(SUM(n_bytes), 0) FROM study_version").await?,
            n_body_bytes: one("SELECT COALESCE(SUM(LENGTH(body)), 0) FROM study_version").await?,
            n_pending: one("SELECT COUNT(*) FROM index_pending").await?,
            n_reports: one("SELECT COUNT(*) FROM reading_report").await?,
            n_cut_off: one("SELECT COUNT(*) FROM ingest_progress").await?,
            newest,
        })
    }

    /// Writes the whole store, as it is at one moment, to a new file; others may read and write meanwhile.
    ///
    /// **Errors**: [`StoreError::Backup`] where the file exists or cannot be written; nothing half written is left.
    pub async fn backup(&self, file: &Path) -> Result<(), StoreError> {
        let failed = |reason: String| StoreError::Backup { path: file.display().to_string(), reason };
        if file.exists() {
            return Err(failed("exists already; a backup is never written over another, name a new file".to_owned()));
        }
        let mut unfinished = file.as_os_str().to_owned();
        unfinished.push(".unfinished");
        let unfinished = Path::new(&unfinished);
        // Of a backup that was cut off before.
        let _ = std::fs::remove_file(unfinished);
        let done = match sqlx::query("VACUUM INTO $1").bind(unfinished.display().to_string()).execute(&self.pool).await
        {
            Ok(_) => std::fs::File::open(unfinished)
                .and_then(|written| written.sync_all())
                .and_then(|()| std::fs::rename(unfinished, file))
                .map_err(|error| failed(format!("cannot be written ({error}); check the directory"))),
            Err(error) => Err(match StoreError::of_disk(&error) {
                Some(StoreError::DiskFull) => failed("the disk is full; make room or name another place".to_owned()),
                _ => failed(format!("cannot be written ({error}); check the directory and its permissions")),
            }),
        };
        if done.is_err() {
            let _ = std::fs::remove_file(unfinished);
        }
        done
    }

    /// Copies a backup beside a data directory's store and checks it; nothing is replaced yet.
    ///
    /// **Errors**: [`StoreError::Backup`] where the file is no whole backup, or where the directory has a store and
    /// `replaces` is not set.
    pub async fn check_backup(file: &Path, directory: &Path, replaces: bool) -> Result<Checked, StoreError> {
        let failed = |reason: String| StoreError::Backup { path: file.display().to_string(), reason };
        if Store::is_in(directory) && !replaces {
            let place = directory.display();
            return Err(failed(format!(
                "is not restored: {place} has a store already; name another --data-dir, or add --replace"
            )));
        }
        std::fs::File::open(file).map_err(|error| failed(format!("cannot be opened ({error})")))?;
        let open = |reason: String| StoreError::Open { path: directory.display().to_string(), reason };
        let beside = directory.join("restoring");
        let _ = std::fs::remove_dir_all(&beside);
        std::fs::create_dir_all(&beside).map_err(|error| open(error.to_string()))?;
        let checked = Checked { file: file.to_owned(), beside, directory: directory.to_owned() };
        checked.check().await?;
        Ok(checked)
    }
}

/// A backup that was copied beside the store and is whole. Dropped, it is taken away again.
#[derive(Debug)]
pub struct Checked {
    file: PathBuf,
    beside: PathBuf,
    directory: PathBuf,
}

impl Checked {
    fn failed(&self, reason: String) -> StoreError {
        StoreError::Backup { path: self.file.display().to_string(), reason }
    }

    async fn check(&self) -> Result<(), StoreError> {
        let no_backup = |reason: String| self.failed(format!("is no backup of a store that can be read ({reason})"));
        std::fs::copy(&self.file, self.beside.join(FILE))
            .map_err(|error| self.failed(format!("cannot be copied ({error})")))?;
        let store = match Store::open(&self.beside).await {
            Ok(store) => store,
            Err(StoreError::Open { reason, .. }) => return Err(no_backup(reason)),
            Err(StoreError::Database(error)) => return Err(no_backup(error.to_string())),
            Err(other) => return Err(other),
        };
        let checked: Result<(String,), sqlx::Error> =
            sqlx::query_as("PRAGMA integrity_check(1)").fetch_one(&store.pool).await;
        store.close().await;
        match checked {
            Ok((said,)) if said == "ok" => Ok(()),
            Ok((said,)) => Err(no_backup(said.split_whitespace().collect::<Vec<_>>().join(" "))),
            Err(error) => Err(no_backup(error.to_string())),
        }
    }

    /// Puts it in the place of the store, in one step. Whoever holds an index over the other store must have taken it away.
    pub async fn put_in_place(self) -> Result<(), StoreError> {
        // The log of the store that goes is worked in, so that it is whole to the last moment, and is not taken for one of the
        // store that comes. A store that cannot be opened is one reason to restore.
        if Store::is_in(&self.directory)
            && let Ok(before) = Store::open(&self.directory).await
        {
            let _ = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&before.pool).await;
            before.close().await;
        }
        for ending in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(self.directory.join(format!("{FILE}{ending}")));
        }
        std::fs::File::open(self.beside.join(FILE))
            .and_then(|copied| copied.sync_all())
            .and_then(|()| std::fs::rename(self.beside.join(FILE), self.directory.join(FILE)))
            .map_err(|error| self.failed(format!("cannot be put in place ({error}); check the data directory")))
    }
}

impl Drop for Checked {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.beside);
    }
}
