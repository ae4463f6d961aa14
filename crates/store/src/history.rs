//! The versions of a study, and what changed of late.

use crate::packing::{DELTA, unpack};
use crate::{Form, Recent, Store, StoreError, Stored, Version};
use sqlx::Row;
use trialway_study::NctId;

impl Store {
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

    /// A version of a study and all that came after it, oldest first, as they were received; empty where it is not stored.
    ///
    /// **Shape**: the current version is kept whole, and each one before it as its difference from the next; so they are made
    /// one from another, from the current one back.
    ///
    /// **Errors**: [`StoreError::Corrupt`] where a difference cannot be undone.
    pub async fn records_since(&self, nct_id: NctId, version: i64) -> Result<Vec<Stored>, StoreError> {
        let rows = sqlx::query(
            "SELECT version, content_hash, form, received_at, body, codec FROM study_version \
             WHERE nct_id = $1 AND version >= $2 ORDER BY version DESC",
        )
        .bind(nct_id.to_string())
        .bind(version)
        .fetch_all(&self.pool)
        .await?;
        let mut out: Vec<Stored> = Vec::with_capacity(rows.len());
        for row in rows {
            let (body, codec): (Vec<u8>, String) = (row.try_get(4)?, row.try_get(5)?);
            let newer = (codec == DELTA).then(|| out.last().map(|newer| newer.bytes.as_slice())).flatten();
            let bytes =
                unpack(&codec, &body, newer).ok_or_else(|| StoreError::Corrupt { nct_id: nct_id.to_string() })?;
            out.push(Stored {
                nct_id,
                version: row.try_get(0)?,
                content_hash: row.try_get(1)?,
                form: Form::of(row.try_get::<&str, _>(2)?),
                received_at: row.try_get(3)?,
                bytes,
            });
        }
        out.reverse();
        Ok(out)
    }

    /// Changes of all studies, newest first, beginning before one; additions are changes, too.
    pub async fn recent(&self, before: Option<&Recent>, limit: u32) -> Result<Vec<Recent>, StoreError> {
        let (at, id, version) = match before {
            Some(before) => (before.received_at.clone(), before.nct_id.to_string(), before.version),
            None => ("9999".to_owned(), String::new(), 0),
        };
        let rows: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT nct_id, version, received_at FROM study_version WHERE (received_at, nct_id, version) < ($1, $2, $3) \
             ORDER BY received_at DESC, nct_id DESC, version DESC LIMIT $4",
        )
        .bind(at)
        .bind(id)
        .bind(version)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(id, version, received_at)| Some(Recent { nct_id: NctId::parse(&id)?, version, received_at }))
            .collect())
    }

    /// Since when the registry no longer has a study; none while it has it, as far as is known.
    pub async fn gone_at(&self, nct_id: NctId) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT gone_at FROM study WHERE nct_id = $1")
            .bind(nct_id.to_string())
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(at,)| at).filter(|at| !at.is_empty()))
    }
}
