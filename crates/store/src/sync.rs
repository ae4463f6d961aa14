//! How far a copy of a registry has come: kept in the transaction that keeps the records, so that the two never disagree.

use crate::studies::put_all;
use crate::{Change, NewVersion, Store, StoreError};
use sqlx::{QueryBuilder, Sqlite, Transaction};
use trialway_study::NctId;

/// Rows of one statement.
const ROWS: usize = 500;

impl Store {
    /// What is noted about the copy under a name; none where nothing is.
    pub async fn sync_note(&self, name: &str) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT value FROM sync_state WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(value,)| value))
    }

    /// Notes things about the copy, all of them at once; an empty value takes a note away.
    pub async fn set_sync_notes(&self, notes: &[(&str, &str)]) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        set_notes(&mut transaction, notes).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Keeps a page of records, which studies it listed, and how far the copy has come, in one transaction.
    pub async fn put_page(
        &self,
        records: &[NewVersion],
        listed: &[NctId],
        notes: &[(&str, &str)],
    ) -> Result<Vec<Change>, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let changes = put_all(&mut transaction, records).await?;
        for ids in listed.chunks(ROWS) {
            let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO sync_seen (nct_id) ");
            query.push_values(ids, |mut row, id| {
                row.push_bind(id.to_string());
            });
            query.push(" ON CONFLICT (nct_id) DO NOTHING");
            query.build().execute(&mut *transaction).await?;
        }
        set_notes(&mut transaction, notes).await?;
        transaction.commit().await?;
        Ok(changes)
    }

    /// Forgets which studies a full copy has listed.
    pub async fn forget_listed(&self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sync_seen").execute(&self.pool).await?;
        Ok(())
    }

    /// Studies that are stored and not known to be gone, and that the full copy did not list; in order of id.
    pub async fn not_listed(&self) -> Result<Vec<NctId>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT s.nct_id FROM study s LEFT JOIN sync_seen l ON l.nct_id = s.nct_id \
             WHERE l.nct_id IS NULL AND s.gone_at = '' ORDER BY s.nct_id",
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().filter_map(|(id,)| NctId::parse(id)).collect())
    }

    /// How many studies the full copy has listed.
    pub async fn n_listed(&self) -> Result<u64, StoreError> {
        let (n,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM sync_seen").fetch_one(&self.pool).await?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    /// Notes that the registry no longer has a study. Its records stay.
    pub async fn set_gone(&self, nct_id: NctId, at: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE study SET gone_at = $2 WHERE nct_id = $1")
            .bind(nct_id.to_string())
            .bind(at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

async fn set_notes(transaction: &mut Transaction<'_, Sqlite>, notes: &[(&str, &str)]) -> Result<(), StoreError> {
    for (name, value) in notes {
        if value.is_empty() {
            sqlx::query("DELETE FROM sync_state WHERE name = $1").bind(*name).execute(&mut **transaction).await?;
        } else {
            sqlx::query(
                "INSERT INTO sync_state (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )
            .bind(*name)
            .bind(*value)
            .execute(&mut **transaction)
            .await?;
        }
    }
    Ok(())
}
