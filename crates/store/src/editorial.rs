//! What editors decided: where the review of a page stands, which readings of criteria they corrected, what a model drafted.
//!
//! Lines are only added, so that who decided what, and when, stays. What is stale is seen by comparing hashes with those of the
//! current record; nothing has to be told that a record changed.

use crate::{Store, StoreError};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use trialway_study::NctId;

/// Longest words of an editor that are kept, in characters.
pub const LONGEST_NOTE: usize = 2_000;

/// A step of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewStep {
    /// Of which study.
    pub nct_id: NctId,
    /// Where the page stands from now on; the words of `trialway_editorial::Stage`.
    pub stage: String,
    /// The version of the record that was looked at, from 1.
    pub version: i64,
    /// The hash of that version.
    pub content_hash: String,
    /// The hash of the drafted sentences that were looked at.
    pub draft_hash: String,
    /// Who did it.
    pub reviewer: String,
    /// When, RFC 3339.
    pub reviewed_at: String,
    /// The answers to the checklist, one letter each; empty where none were asked for.
    pub checklist: String,
    /// What the reviewer says of it; may be empty.
    pub note: String,
}

/// What an editor says of how a criterion is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingCorrection {
    /// In which study.
    pub nct_id: NctId,
    /// The hash of the criterion's own words.
    pub text_hash: String,
    /// The criterion's own words.
    pub written: String,
    /// The words of `trialway_editorial::Finding`.
    pub verdict: String,
    /// The reading that was looked at.
    pub reading: String,
    /// Who says it.
    pub author: String,
    /// When, RFC 3339.
    pub corrected_at: String,
    /// Why, and what the criterion means where the reading is wrong.
    pub reason: String,
}

/// Sentences that a model drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelDraft {
    /// About which study.
    pub nct_id: NctId,
    /// From which version of its record.
    pub content_hash: String,
    /// The model's name.
    pub model: String,
    /// When, RFC 3339.
    pub drafted_at: String,
    /// The sentences as JSON.
    pub sentences: String,
}

const STEP: &str =
    "nct_id, stage, version, content_hash, draft_hash, reviewer, reviewed_at, checklist, note FROM review";
const CORRECTION: &str =
    "nct_id, text_hash, written, verdict, reading, author, corrected_at, reason FROM reading_correction";

fn cut(text: &str) -> String {
    text.trim().chars().take(LONGEST_NOTE).collect()
}

fn id_of(row: &SqliteRow) -> Result<Option<NctId>, StoreError> {
    Ok(NctId::parse(row.try_get(0)?))
}

fn step(row: &SqliteRow) -> Result<Option<ReviewStep>, StoreError> {
    let Some(nct_id) = id_of(row)? else { return Ok(None) };
    Ok(Some(ReviewStep {
        nct_id,
        stage: row.try_get(1)?,
        version: row.try_get(2)?,
        content_hash: row.try_get(3)?,
        draft_hash: row.try_get(4)?,
        reviewer: row.try_get(5)?,
        reviewed_at: row.try_get(6)?,
        checklist: row.try_get(7)?,
        note: row.try_get(8)?,
    }))
}

fn correction(row: &SqliteRow) -> Result<Option<ReadingCorrection>, StoreError> {
    let Some(nct_id) = id_of(row)? else { return Ok(None) };
    Ok(Some(ReadingCorrection {
        nct_id,
        text_hash: row.try_get(1)?,
        written: row.try_get(2)?,
        verdict: row.try_get(3)?,
        reading: row.try_get(4)?,
        author: row.try_get(5)?,
        corrected_at: row.try_get(6)?,
        reason: row.try_get(7)?,
    }))
}

fn all<T>(rows: &[SqliteRow], of: impl Fn(&SqliteRow) -> Result<Option<T>, StoreError>) -> Result<Vec<T>, StoreError> {
    rows.iter().filter_map(|row| of(row).transpose()).collect()
}

impl Store {
    /// Keeps a step of a review.
    pub async fn put_review(&self, step: &ReviewStep) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO review (nct_id, stage, version, content_hash, draft_hash, reviewer, reviewed_at, checklist, note) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(step.nct_id.to_string())
        .bind(&step.stage)
        .bind(step.version)
        .bind(&step.content_hash)
        .bind(&step.draft_hash)
        .bind(cut(&step.reviewer))
        .bind(&step.reviewed_at)
        .bind(&step.checklist)
        .bind(cut(&step.note))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The steps of a study's review, the last one first.
    pub async fn reviews_of(&self, nct_id: NctId) -> Result<Vec<ReviewStep>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {STEP} WHERE nct_id = $1 ORDER BY id DESC"));
        all(&sqlx::query(sql).bind(nct_id.to_string()).fetch_all(&self.pool).await?, step)
    }

    /// The last step of every study that was ever reviewed, the latest first, each with the hash of its current record.
    pub async fn reviews(&self) -> Result<Vec<(ReviewStep, String)>, StoreError> {
        let rows = sqlx::query(
            "SELECT r.nct_id, r.stage, r.version, r.content_hash, r.draft_hash, r.reviewer, r.reviewed_at, r.checklist, \
             r.note, s.content_hash FROM review r JOIN study s ON s.nct_id = r.nct_id \
             WHERE r.id = (SELECT MAX(id) FROM review WHERE nct_id = r.nct_id) ORDER BY r.id DESC",
        )
        .fetch_all(&self.pool)
        .await?;
        all(&rows, |row| match step(row)? {
            Some(step) => Ok(Some((step, row.try_get(9)?))),
            None => Ok(None),
        })
    }

    /// Keeps what an editor says of a reading.
    pub async fn put_correction(&self, correction: &ReadingCorrection) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO reading_correction (nct_id, text_hash, written, verdict, reading, author, corrected_at, reason) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(correction.nct_id.to_string())
        .bind(&correction.text_hash)
        .bind(&correction.written)
        .bind(&correction.verdict)
        .bind(&correction.reading)
        .bind(cut(&correction.author))
        .bind(&correction.corrected_at)
        .bind(cut(&correction.reason))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// What editors said of a study's readings, the first one first.
    pub async fn corrections_of(&self, nct_id: NctId) -> Result<Vec<ReadingCorrection>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {CORRECTION} WHERE nct_id = $1 ORDER BY id"));
        all(&sqlx::query(sql).bind(nct_id.to_string()).fetch_all(&self.pool).await?, correction)
    }

    /// What editors said of the readings of all studies, the first one first.
    pub async fn corrections(&self) -> Result<Vec<ReadingCorrection>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {CORRECTION} ORDER BY id"));
        all(&sqlx::query(sql).fetch_all(&self.pool).await?, correction)
    }

    /// Keeps what a model drafted, in the place of what it drafted before.
    pub async fn put_model_draft(&self, draft: &ModelDraft) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO model_draft (nct_id, content_hash, model, drafted_at, sentences) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (nct_id) DO UPDATE SET content_hash = excluded.content_hash, model = excluded.model, \
             drafted_at = excluded.drafted_at, sentences = excluded.sentences",
        )
        .bind(draft.nct_id.to_string())
        .bind(&draft.content_hash)
        .bind(&draft.model)
        .bind(&draft.drafted_at)
        .bind(&draft.sentences)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets what a model drafted.
    pub async fn drop_model_draft(&self, nct_id: NctId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM model_draft WHERE nct_id = $1").bind(nct_id.to_string()).execute(&self.pool).await?;
        Ok(())
    }

    /// What a model drafted from this version of a study's record.
    ///
    /// **Unknown**: `None` where there is nothing, or it was drafted from another version.
    pub async fn model_draft(&self, nct_id: NctId, content_hash: &str) -> Result<Option<ModelDraft>, StoreError> {
        let row = sqlx::query(
            "SELECT nct_id, content_hash, model, drafted_at, sentences FROM model_draft \
             WHERE nct_id = $1 AND content_hash = $2",
        )
        .bind(nct_id.to_string())
        .bind(content_hash)
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| {
            Ok(ModelDraft {
                nct_id,
                content_hash: row.try_get(1)?,
                model: row.try_get(2)?,
                drafted_at: row.try_get(3)?,
                sentences: row.try_get(4)?,
            })
        })
        .transpose()
    }
}
