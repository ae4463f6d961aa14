//! How much of the stored studies' criteria was read: kept per study, summed up for a page.

use crate::{Store, StoreError};
use sqlx::Row;
use std::collections::HashMap;
use trialway_study::NctId;

/// How many unread phrases are kept of one study.
pub const PHRASES_OF_ONE: usize = 12;
/// How many phrases and studies a summary has at most.
const LONGEST_LIST: usize = 50;
/// Studies with fewer criteria are not compared.
const FEWEST_CRITERIA: i64 = 5;
/// Phrases counted at once while a summary is made; beyond it those seen once are let go.
const MOST_PHRASES: usize = 200_000;

/// What was read of one study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyCoverage {
    /// Which study.
    pub nct_id: String,
    /// Which version of its record.
    pub content_hash: String,
    /// Hash of what was read of it: the criteria and the fields beside them.
    pub criteria_hash: String,
    /// Criteria; wholly computed, partly, waiting for judgement or consent, not read; bytes; bytes not read.
    pub counts: [i64; 7],
    /// What was not read, at most [`PHRASES_OF_ONE`].
    pub phrases: Vec<String>,
}

/// A line of a summary: a study or phrase with its number, of so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLine {
    /// Study or phrase.
    pub name: String,
    /// How many.
    pub n: i64,
    /// Of how many.
    pub of_all: i64,
}

/// What was read of all studies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageSummary {
    /// Studies read.
    pub n_studies: i64,
    /// As in [`StudyCoverage::counts`], summed up.
    pub counts: [i64; 7],
    /// What was not read most often.
    pub phrases: Vec<SummaryLine>,
    /// The studies of which most is computed: computed criteria of all.
    pub best: Vec<SummaryLine>,
    /// The studies of which most is not read: unread criteria of all.
    pub worst: Vec<SummaryLine>,
}

impl Store {
    /// Studies whose current version this reader has not read yet, by id.
    pub async fn to_cover(&self, reader: &str, limit: u32) -> Result<Vec<NctId>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT s.nct_id FROM study s LEFT JOIN study_coverage c ON c.nct_id = s.nct_id \
             WHERE c.nct_id IS NULL OR c.content_hash <> s.content_hash OR c.reader <> $1 ORDER BY s.nct_id LIMIT $2",
        )
        .bind(reader)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().filter_map(|(id,)| NctId::parse(id)).collect())
    }

    /// What this reader read of a study, whichever version of its record that was; none where it read none.
    pub async fn coverage_of(&self, reader: &str, nct_id: NctId) -> Result<Option<StudyCoverage>, StoreError> {
        let row = sqlx::query(
            "SELECT content_hash, criteria_hash, n_criteria, n_computed, n_partly, n_judgement, n_unread, n_bytes, \
             n_unread_bytes, phrases FROM study_coverage WHERE nct_id = $1 AND reader = $2",
        )
        .bind(nct_id.to_string())
        .bind(reader)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut counts = [0; 7];
        for (at, count) in counts.iter_mut().enumerate() {
            *count = row.try_get(at + 2)?;
        }
        let phrases: String = row.try_get(9)?;
        Ok(Some(StudyCoverage {
            nct_id: nct_id.to_string(),
            content_hash: row.try_get(0)?,
            criteria_hash: row.try_get(1)?,
            counts,
            phrases: phrases.lines().map(str::to_owned).collect(),
        }))
    }

    /// Keeps what was read, in one transaction.
    pub async fn put_coverage(&self, reader: &str, all: &[StudyCoverage]) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        for one in all {
            let [n_criteria, n_computed, n_partly, n_judgement, n_unread, n_bytes, n_unread_bytes] = one.counts;
            sqlx::query(
                "INSERT INTO study_coverage VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
                 ON CONFLICT (nct_id) DO UPDATE SET content_hash = $2, reader = $3, n_criteria = $4, n_computed = $5, \
                 n_partly = $6, n_judgement = $7, n_unread = $8, n_bytes = $9, n_unread_bytes = $10, phrases = $11, \
                 criteria_hash = $12",
            )
            .bind(&one.nct_id)
            .bind(&one.content_hash)
            .bind(reader)
            .bind(n_criteria)
            .bind(n_computed)
            .bind(n_partly)
            .bind(n_judgement)
            .bind(n_unread)
            .bind(n_bytes)
            .bind(n_unread_bytes)
            .bind(one.phrases.join("\n"))
            .bind(&one.criteria_hash)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Makes the summary anew from what is kept per study.
    pub async fn summarise_coverage(&self) -> Result<(), StoreError> {
        let totals = sqlx::query(
            "SELECT COUNT(*), COALESCE(SUM(n_criteria), 0), COALESCE(SUM(n_computed), 0), COALESCE(SUM(n_partly), 0), \
             COALESCE(SUM(n_judgement), 0), COALESCE(SUM(n_unread), 0), COALESCE(SUM(n_bytes), 0), \
             COALESCE(SUM(n_unread_bytes), 0) FROM study_coverage",
        )
        .fetch_one(&self.pool)
        .await?;
        let n_studies: i64 = totals.try_get(0)?;
        let mut lines: Vec<(&str, String, i64, i64)> = Vec::new();
        for at in 1..8_usize {
            lines.push(("total", at.to_string(), totals.try_get(at)?, n_studies));
        }
        for (phrase, n) in self.frequent_phrases().await? {
            lines.push(("phrase", phrase, n, n_studies));
        }
        for (kind, column) in [("best", "n_computed"), ("worst", "n_unread")] {
            let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
                "SELECT nct_id, {column}, n_criteria FROM study_coverage WHERE n_criteria >= $1 \
                 ORDER BY CAST({column} AS REAL) / n_criteria DESC, n_criteria DESC, nct_id LIMIT 10"
            )))
            .bind(FEWEST_CRITERIA)
            .fetch_all(&self.pool)
            .await?;
            for row in rows {
                lines.push((kind, row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
            }
        }
        let mut transaction = self.pool.begin().await?;
        sqlx::query("DELETE FROM coverage_summary").execute(&mut *transaction).await?;
        for (place, (kind, name, n, of_all)) in lines.iter().enumerate() {
            sqlx::query("INSERT INTO coverage_summary (kind, place, name, n, of_all) VALUES ($1, $2, $3, $4, $5)")
                .bind(*kind)
                .bind(i64::try_from(place).unwrap_or(i64::MAX))
                .bind(name)
                .bind(n)
                .bind(of_all)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    async fn frequent_phrases(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let mut counts: HashMap<String, i64> = HashMap::new();
        let mut after = String::new();
        loop {
            let rows: Vec<(String, String)> = sqlx::query_as(
                "SELECT nct_id, phrases FROM study_coverage WHERE nct_id > $1 ORDER BY nct_id LIMIT 4096",
            )
            .bind(&after)
            .fetch_all(&self.pool)
            .await?;
            let Some((last, _)) = rows.last() else { break };
            after.clone_from(last);
            for phrase in rows.iter().flat_map(|(_, phrases)| phrases.lines()) {
                *counts.entry(phrase.to_owned()).or_default() += 1;
            }
            if counts.len() > MOST_PHRASES {
                counts.retain(|_, n| *n > 1);
            }
        }
        let mut frequent: Vec<(String, i64)> = counts.into_iter().collect();
        frequent.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        frequent.truncate(LONGEST_LIST);
        Ok(frequent)
    }

    /// The summary as it was made last; all zero before the first.
    pub async fn coverage_summary(&self) -> Result<CoverageSummary, StoreError> {
        let rows: Vec<(String, String, i64, i64)> =
            sqlx::query_as("SELECT kind, name, n, of_all FROM coverage_summary ORDER BY place")
                .fetch_all(&self.pool)
                .await?;
        let mut out = CoverageSummary::default();
        for (kind, name, n, of_all) in rows {
            match kind.as_str() {
                "total" => {
                    out.n_studies = of_all;
                    let place = name.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
                    if let Some(count) = place.and_then(|at| out.counts.get_mut(at)) {
                        *count = n;
                    }
                }
                "phrase" => out.phrases.push(SummaryLine { name, n, of_all }),
                "best" => out.best.push(SummaryLine { name, n, of_all }),
                _ => out.worst.push(SummaryLine { name, n, of_all }),
            }
        }
        Ok(out)
    }
}
