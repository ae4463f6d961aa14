//! Studies, each in the versions that were received.

use crate::packing::{DELTA, Packer, WHOLE, difference, unpack};
use crate::{Store, StoreError};
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, Transaction};
use trialway_study::NctId;

/// Studies that one statement asks for.
const MOST_ASKED: usize = 500;

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

    pub(crate) fn of(word: &str) -> Form {
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

/// A change of some study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Which study.
    pub nct_id: NctId,
    /// The version that it made, from 1.
    pub version: i64,
    /// When it was received, RFC 3339.
    pub received_at: String,
}

/// The hash of a record as it was received, by which the same again is known unread: 128 bits of SHA-256.
pub fn raw_hash(bytes: &[u8]) -> [u8; 16] {
    let digest = Sha256::digest(bytes);
    let mut out = [0; 16];
    for (to, from) in out.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash under which a canonical form is known: SHA-256 in hexadecimal digits.
pub fn content_hash(canonical: &[u8]) -> String {
    hex(&Sha256::digest(canonical))
}

impl Store {
    /// Keeps records, and how many records of their source are done with, in one transaction.
    ///
    /// **Shape**: one change per record, in order. A record that is the study's current version changes nothing.
    pub async fn put(&self, records: &[NewVersion], progress: Option<(&str, u64)>) -> Result<Vec<Change>, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let changes = put_all(&mut transaction, records).await?;
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

    /// The hashes of all current records as they were received, with their studies.
    pub async fn raw_hashes(&self) -> Result<Vec<([u8; 16], NctId)>, StoreError> {
        let mut out = Vec::new();
        let mut after = String::new();
        loop {
            let rows: Vec<(String, String)> = sqlx::query_as(
                "SELECT nct_id, raw_hash FROM study WHERE nct_id > $1 AND gone_at = '' ORDER BY nct_id LIMIT 8192",
            )
            .bind(&after)
            .fetch_all(&self.pool)
            .await?;
            let Some((last, _)) = rows.last() else { return Ok(out) };
            after.clone_from(last);
            out.extend(rows.iter().filter_map(|(id, hash)| Some((of_hex(hash)?, NctId::parse(id)?))));
        }
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
            "SELECT v.version, v.content_hash, v.form, v.received_at, v.body, v.codec FROM study s \
             JOIN study_version v ON v.nct_id = s.nct_id AND v.version = s.version WHERE s.nct_id = $1",
        )
        .bind(nct_id.to_string())
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| stored(nct_id, &row)).transpose()
    }

    /// The current records of some studies, those that are stored, in order of id.
    pub async fn studies(&self, ids: &[NctId]) -> Result<Vec<Stored>, StoreError> {
        let mut out = Vec::with_capacity(ids.len());
        for ids in ids.chunks(MOST_ASKED) {
            let mut query = QueryBuilder::<Sqlite>::new(
                "SELECT v.version, v.content_hash, v.form, v.received_at, v.body, v.codec, s.nct_id FROM study s \
                 JOIN study_version v ON v.nct_id = s.nct_id AND v.version = s.version WHERE s.nct_id IN (",
            );
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(id.to_string());
            }
            query.push(") ORDER BY s.nct_id");
            for row in query.build().fetch_all(&self.pool).await? {
                if let Some(nct_id) = NctId::parse(row.try_get(6)?) {
                    out.push(stored(nct_id, &row)?);
                }
            }
        }
        Ok(out)
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

/// Keeps records within a transaction: the new version whole, the one before it as a difference.
pub(crate) async fn put_all(
    transaction: &mut Transaction<'_, Sqlite>,
    records: &[NewVersion],
) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::with_capacity(records.len());
    let mut packer = Packer::new()?;
    for record in records {
        let id = record.nct_id.to_string();
        let raw = hex(&raw_hash(&record.bytes));
        let known: Option<(i64, String, String, String)> =
            sqlx::query_as("SELECT version, content_hash, raw_hash, gone_at FROM study WHERE nct_id = $1")
                .bind(&id)
                .fetch_optional(&mut **transaction)
                .await?;
        let (change, version) = match &known {
            Some((_, hash, known_raw, gone_at)) if *hash == record.content_hash => {
                if *known_raw != raw || !gone_at.is_empty() {
                    // Another layout of the same, or a study that is back.
                    sqlx::query("UPDATE study SET raw_hash = $2, gone_at = '' WHERE nct_id = $1")
                        .bind(&id)
                        .bind(&raw)
                        .execute(&mut **transaction)
                        .await?;
                }
                changes.push(Change::Unchanged);
                continue;
            }
            Some((version, ..)) => {
                supersede(transaction, record, *version).await?;
                (Change::Changed, version + 1)
            }
            None => (Change::Added, 1),
        };
        changes.push(change);
        sqlx::query(
            "INSERT INTO study_version (nct_id, version, content_hash, form, received_at, body, codec, n_bytes) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&id)
        .bind(version)
        .bind(&record.content_hash)
        .bind(record.form.as_str())
        .bind(&record.received_at)
        .bind(packer.pack(&record.bytes)?)
        .bind(WHOLE)
        .bind(i64::try_from(record.bytes.len()).unwrap_or(i64::MAX))
        .execute(&mut **transaction)
        .await?;
        sqlx::query("INSERT INTO change_log (nct_id, version) VALUES ($1, $2)")
            .bind(&id)
            .bind(version)
            .execute(&mut **transaction)
            .await?;
        sqlx::query(
            "INSERT INTO study (nct_id, version, content_hash, raw_hash, gone_at) VALUES ($1, $2, $3, $4, '') \
             ON CONFLICT (nct_id) DO UPDATE SET version = excluded.version, content_hash = excluded.content_hash, \
             raw_hash = excluded.raw_hash, gone_at = ''",
        )
        .bind(&id)
        .bind(version)
        .bind(&record.content_hash)
        .bind(&raw)
        .execute(&mut **transaction)
        .await?;
        sqlx::query("INSERT INTO index_pending (nct_id) VALUES ($1) ON CONFLICT (nct_id) DO NOTHING")
            .bind(&id)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(changes)
}

/// Turns the version that was current into its difference from the one that comes.
async fn supersede(
    transaction: &mut Transaction<'_, Sqlite>,
    record: &NewVersion,
    version: i64,
) -> Result<(), StoreError> {
    let id = record.nct_id.to_string();
    let (codec, body): (String, Vec<u8>) =
        sqlx::query_as("SELECT codec, body FROM study_version WHERE nct_id = $1 AND version = $2")
            .bind(&id)
            .bind(version)
            .fetch_one(&mut **transaction)
            .await?;
    // What is damaged stays as it is: the new version must not be lost for it.
    let Some(older) = unpack(&codec, &body, None) else { return Ok(()) };
    let delta = difference(&older, &record.bytes)?;
    if delta.len() >= body.len() {
        return Ok(());
    }
    sqlx::query("UPDATE study_version SET body = $3, codec = $4, n_bytes = $5 WHERE nct_id = $1 AND version = $2")
        .bind(&id)
        .bind(version)
        .bind(delta)
        .bind(DELTA)
        .bind(i64::try_from(older.len()).unwrap_or(i64::MAX))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn of_hex(text: &str) -> Option<[u8; 16]> {
    let mut out = [0; 16];
    let digits = text.as_bytes();
    if digits.len() != 32 {
        return None;
    }
    for (to, pair) in out.iter_mut().zip(digits.chunks(2)) {
        *to = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}

fn stored(nct_id: NctId, row: &SqliteRow) -> Result<Stored, StoreError> {
    let body: Vec<u8> = row.try_get(4)?;
    let bytes =
        unpack(row.try_get(5)?, &body, None).ok_or_else(|| StoreError::Corrupt { nct_id: nct_id.to_string() })?;
    Ok(Stored {
        nct_id,
        version: row.try_get(0)?,
        content_hash: row.try_get(1)?,
        form: Form::of(row.try_get::<&str, _>(2)?),
        received_at: row.try_get(3)?,
        bytes,
    })
}
