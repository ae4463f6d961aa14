//! Studies, each in the versions that were received.

use crate::{Store, StoreError};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::io::{Read, Write};
use trialway_study::NctId;

/// The wire form of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// API v2 JSON.
    Json,
    /// Legacy XML.
    Xml,
}

impl Form {
    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Json => "json",
            Form::Xml => "xml",
        }
    }

    fn of(word: &str) -> Form {
        if word == "xml" { Form::Xml } else { Form::Json }
    }
}

/// A record to keep.
///
/// **Shape**: `content_hash` is that of the record's meaning, as [`content_hash`] gives it over a canonical form, so that the
/// same record in another layout is the same version.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// Whose record.
    pub nct_id: NctId,
    /// Hash of its canonical form.
    pub content_hash: String,
    /// Its wire form.
    pub form: Form,
    /// When it was received, RFC 3339.
    pub received_at: String,
    /// As received.
    pub bytes: Vec<u8>,
}

/// What keeping a record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// The study was not there.
    Added,
    /// The study has a new version.
    Changed,
    /// The version was there already.
    Unchanged,
}

/// The current record of a study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Whose record.
    pub nct_id: NctId,
    /// Which version, from 1.
    pub version: i64,
    /// Hash of its canonical form.
    pub content_hash: String,
    /// Its wire form.
    pub form: Form,
    /// When it was received, RFC 3339.
    pub received_at: String,
    /// As received.
    pub bytes: Vec<u8>,
}

/// One version of a study, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which version, from 1.
    pub version: i64,
    /// Hash of its canonical form.
    pub content_hash: String,
    /// When it was received, RFC 3339.
    pub received_at: String,
}

/// The hash under which a canonical form is known: SHA-256 in hexadecimal digits.
pub fn content_hash(canonical: &[u8]) -> String {
    Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Store {
    /// Keeps records, and how many records of their source are done with, in one transaction.
    ///
    /// **Shape**: one change per record, in order. A record that is the study's current version changes nothing.
    pub async fn put(&self, records: &[NewVersion], progress: Option<(&str, u64)>) -> Result<Vec<Change>, StoreError> {
        let mut changes = Vec::with_capacity(records.len());
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for record in records {
            let id = record.nct_id.to_string();
            let known: Option<(i64, String)> =
                sqlx::query_as("SELECT version, content_hash FROM study WHERE nct_id = $1")
                    .bind(&id)
                    .fetch_optional(&mut *transaction)
                    .await?;
            let (change, version) = match known {
                Some((_, hash)) if hash == record.content_hash => (Change::Unchanged, 0),
                Some((version, _)) => (Change::Changed, version + 1),
                None => (Change::Added, 1),
            };
            changes.push(change);
            if change == Change::Unchanged {
                continue;
            }
            sqlx::query(
                "INSERT INTO study_version (nct_id, version, content_hash, form, received_at, body) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&id)
            .bind(version)
            .bind(&record.content_hash)
            .bind(record.form.as_str())
            .bind(&record.received_at)
            .bind(packed(&record.bytes))
            .execute(&mut *transaction)
            .await?;
            sqlx::query(
                "INSERT INTO study (nct_id, version, content_hash) VALUES ($1, $2, $3) \
                 ON CONFLICT (nct_id) DO UPDATE SET version = excluded.version, content_hash = excluded.content_hash",
            )
            .bind(&id)
            .bind(version)
            .bind(&record.content_hash)
            .execute(&mut *transaction)
            .await?;
            sqlx::query("INSERT INTO index_pending (nct_id) VALUES ($1) ON CONFLICT (nct_id) DO NOTHING")
                .bind(&id)
                .execute(&mut *transaction)
                .await?;
        }
        if let Some((source, n_records)) = progress {
            sqlx::query(
                "INSERT INTO ingest_progress (source, n_records) VALUES ($1, $2) \
                 ON CONFLICT (source) DO UPDATE SET n_records = excluded.n_records",
            )
            .bind(source)
            .bind(i64::try_from(n_records).unwrap_or(i64::MAX))
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(changes)
    }

    /// How many records of a source are done with; 0 for a source that was never begun, or was finished.
    pub async fn progress(&self, source: &str) -> Result<u64, StoreError> {
        let n: Option<(i64,)> = sqlx::query_as("SELECT n_records FROM ingest_progress WHERE source = $1")
            .bind(source)
            .fetch_optional(&self.pool)
            .await?;
        Ok(n.map_or(0, |(n,)| u64::try_from(n).unwrap_or(0)))
    }

    /// Forgets a source's progress, when it is finished.
    pub async fn finish(&self, source: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM ingest_progress WHERE source = $1").bind(source).execute(&self.pool).await?;
        Ok(())
    }

    /// A study's current record; none where it is not stored.
    pub async fn study(&self, nct_id: NctId) -> Result<Option<Stored>, StoreError> {
        let row = sqlx::query(
            "SELECT v.version, v.content_hash, v.form, v.received_at, v.body FROM study s \
             JOIN study_version v ON v.nct_id = s.nct_id AND v.version = s.version WHERE s.nct_id = $1",
        )
        .bind(nct_id.to_string())
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| stored(nct_id, &row)).transpose()
    }

    /// The versions of a study, oldest first; empty where it is not stored.
    pub async fn versions(&self, nct_id: NctId) -> Result<Vec<Version>, StoreError> {
        let rows = sqlx::query(
            "SELECT version, content_hash, received_at FROM study_version WHERE nct_id = $1 ORDER BY version",
        )
        .bind(nct_id.to_string())
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Version { version: row.try_get(0)?, content_hash: row.try_get(1)?, received_at: row.try_get(2)? })
            })
            .collect()
    }

    /// How many studies are stored.
    pub async fn count(&self) -> Result<u64, StoreError> {
        let (n,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM study").fetch_one(&self.pool).await?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    /// Ids of stored studies in order, beginning after one.
    pub async fn ids_after(&self, after: Option<NctId>, limit: u32) -> Result<Vec<NctId>, StoreError> {
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT nct_id FROM study WHERE nct_id > $1 ORDER BY nct_id LIMIT $2")
                .bind(after)
                .bind(i64::from(limit))
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.iter().filter_map(|(id,)| NctId::parse(id)).collect())
    }

    /// Studies that the index does not hold in their current version, in order of id.
    pub async fn pending(&self, limit: u32) -> Result<Vec<NctId>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as("SELECT nct_id FROM index_pending ORDER BY nct_id LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().filter_map(|(id,)| NctId::parse(id)).collect())
    }

    /// Says that the index holds these in their current version.
    pub async fn indexed(&self, ids: &[NctId]) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for id in ids {
            sqlx::query("DELETE FROM index_pending WHERE nct_id = $1")
                .bind(id.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Says that the index holds nothing: it was lost, or is of another form.
    pub async fn reindex_all(&self) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO index_pending (nct_id) SELECT nct_id FROM study WHERE true ON CONFLICT (nct_id) DO NOTHING",
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

fn stored(nct_id: NctId, row: &SqliteRow) -> Result<Stored, StoreError> {
    let body: Vec<u8> = row.try_get(4)?;
    let bytes = unpacked(&body).ok_or_else(|| StoreError::Corrupt { nct_id: nct_id.to_string() })?;
    Ok(Stored {
        nct_id,
        version: row.try_get(0)?,
        content_hash: row.try_get(1)?,
        form: Form::of(row.try_get::<&str, _>(2)?),
        received_at: row.try_get(3)?,
        bytes,
    })
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
    // Writing to memory has no way to fail; an empty body would be found out as corrupt.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn unpacked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len() * 4);
    GzDecoder::new(body).read_to_end(&mut out).ok()?;
    Some(out)
}
