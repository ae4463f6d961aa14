//! What readers of a page say is wrong with a reading, kept for the study team and for us.

use crate::{Store, StoreError};
use sqlx::Row;
use trialway_study::NctId;

/// Longest message that is kept, in characters.
pub const LONGEST_MESSAGE: usize = 2_000;

/// A report to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReadingReport {
    /// Of which study.
    pub nct_id: NctId,
    /// Of which version of its record.
    pub content_hash: String,
    /// Of which criterion.
    pub criterion_id: String,
    /// What is wrong, in the reader's words; cut at [`LONGEST_MESSAGE`].
    pub message: String,
    /// When, RFC 3339.
    pub reported_at: String,
}

/// A kept report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingReport {
    /// Its number.
    pub id: i64,
    /// Of which study.
    pub nct_id: String,
    /// Of which version of its record.
    pub content_hash: String,
    /// Of which criterion.
    pub criterion_id: String,
    /// What is wrong.
    pub message: String,
    /// When, RFC 3339.
    pub reported_at: String,
}

impl Store {
    /// Keeps a report; its number.
    pub async fn report_reading(&self, report: &NewReadingReport) -> Result<i64, StoreError> {
        let message: String = report.message.chars().take(LONGEST_MESSAGE).collect();
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO reading_report (nct_id, content_hash, criterion_id, message, reported_at) \
             VALUES ($1, $2, $3, $4, $5) RETURNING id",
        )
        .bind(report.nct_id.to_string())
        .bind(&report.content_hash)
        .bind(&report.criterion_id)
        .bind(message)
        .bind(&report.reported_at)
        .fetch_one(&self.pool)
        .await?;
        Ok(id)
    }

    /// The latest reports, newest first.
    pub async fn reading_reports(&self, limit: u32) -> Result<Vec<ReadingReport>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, nct_id, content_hash, criterion_id, message, reported_at FROM reading_report \
             ORDER BY id DESC LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(ReadingReport {
                    id: row.try_get(0)?,
                    nct_id: row.try_get(1)?,
                    content_hash: row.try_get(2)?,
                    criterion_id: row.try_get(3)?,
                    message: row.try_get(4)?,
                    reported_at: row.try_get(5)?,
                })
            })
            .collect()
    }
}
