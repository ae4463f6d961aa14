//! Sealed notes: shares and vaults (ADR 0036). What is here opens nothing.
//!
//! `vault` has the rules; here they are kept across restarts. Every try is counted before it is looked at, and is on the disk by then.

use crate::{Store, StoreError};
use sqlx::Row;
use trialway_vault::terms::{self, MOST_A_MINUTE, MOST_BYTES, MOST_VIEWS};
use trialway_vault::token::is_same;
use trialway_vault::{Hash, Id, Key, Kind, New, tries};

/// What came of a wish to keep something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is kept until then, in seconds of the epoch.
    Kept(i64),
    /// So much is kept, or so much came in this minute, that no more is taken now.
    Full,
}

/// Something opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it is.
    pub kind: Kind,
    /// Nonce, cipher text and tag.
    pub sealed: Vec<u8>,
    /// Which writing it is, from 1.
    pub revision: i64,
    /// In seconds of the epoch.
    pub expires_at: i64,
}

/// How something stands, for whoever owns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What it is.
    pub kind: Kind,
    /// Which writing it is, from 1.
    pub revision: i64,
    /// In seconds of the epoch.
    pub expires_at: i64,
    /// Tries that may still fail.
    pub tries_left: i64,
    /// How often it was opened.
    pub n_views: i64,
    /// When, to the minute, in seconds of the epoch, newest first; at most the last few hundred.
    pub views: Vec<i64>,
}

/// What came of writing a vault again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewriting {
    /// It is written; its revision now, and until when it is kept.
    Written(i64, i64),
    /// Somebody wrote it meanwhile; its revision now.
    Elsewhere(i64),
    /// No such vault, or another's, or ended.
    Closed,
}

/// What stands for something that is not there, so that looking at it takes the same steps.
const NOBODY: Hash = [0; 32];

impl Store {
    /// Keeps something new; it is on the disk when this ends.
    pub async fn keep(&self, id: &Id, new: &New, now: i64) -> Result<Keeping, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let expires_at = terms::expires_at(now, new.days);
        sqlx::query(
            "INSERT INTO kept (id_hash, kind, opens_hash, owns_hash, sealed, revision, created_at, expires_at, tries_left, n_views) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, 0)",
        )
        .bind(id.hash().to_vec())
        .bind(new.kind.as_str())
        .bind(new.opens.to_vec())
        .bind(new.owns.to_vec())
        .bind(&new.sealed)
        .bind(now)
        .bind(expires_at)
        .bind(tries::MOST)
        .execute(&mut *transaction)
        .await?;
        // After the writing, so that nobody else writes between.
        let (n_bytes, n_lately): (i64, i64) = sqlx::query_as(
            "SELECT COALESCE(SUM(LENGTH(sealed)), 0), COALESCE(SUM(CASE WHEN created_at > $1 THEN 1 ELSE 0 END), 0) FROM kept",
        )
        .bind(now.saturating_sub(60))
        .fetch_one(&mut *transaction)
        .await?;
        if n_bytes > MOST_BYTES || n_lately > MOST_A_MINUTE {
            transaction.rollback().await?;
            return Ok(Keeping::Full);
        }
        transaction.commit().await?;
        Ok(Keeping::Kept(expires_at))
    }

    /// Opens something.
    ///
    /// **Unknown**: `None` for what does not exist, has ended, was tried too often, and for a wrong key: nobody can tell these apart.
    pub async fn open_kept(&self, id: &Id, key: &Key, now: i64) -> Result<Option<Opened>, StoreError> {
        let id_hash = id.hash().to_vec();
        // The try is counted, and the count is on the disk, before the key is looked at: guesses at once count one by one.
        let mut transaction = self.pool.begin().await?;
        sqlx::query("UPDATE kept_tries SET n = n + 1 WHERE name = 'all'").execute(&mut *transaction).await?;
        let row = sqlx::query(
            "UPDATE kept SET tries_left = tries_left - 1 WHERE id_hash = $1 AND tries_left > 0 AND expires_at > $2 \
             RETURNING opens_hash, kind, sealed, revision, expires_at, tries_left",
        )
        .bind(&id_hash)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        let wanted: Vec<u8> = match &row {
            Some(row) => row.try_get(0)?,
            None => NOBODY.to_vec(),
        };
        let is_right = is_same(&wanted, &key.hash());
        let Some(row) = row else { return Ok(None) };
        let left: i64 = row.try_get(5)?;
        if !is_right {
            if tries::is_spent(left) {
                sqlx::query("UPDATE kept SET sealed = $1 WHERE id_hash = $2 AND tries_left <= 0")
                    .bind(Vec::new())
                    .bind(&id_hash)
                    .execute(&self.pool)
                    .await?;
            }
            return Ok(None);
        }
        let kind = Kind::of(row.try_get(1)?).unwrap_or(Kind::Share);
        let mut transaction = self.pool.begin().await?;
        // What other tries took meanwhile stays taken.
        let given_back = tries::left_after_right(kind, left).saturating_sub(left);
        sqlx::query("UPDATE kept SET tries_left = MIN(tries_left + $1, $2), n_views = n_views + 1 WHERE id_hash = $3")
            .bind(given_back)
            .bind(tries::MOST)
            .bind(&id_hash)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO kept_view (id_hash, viewed_at) VALUES ($1, $2)")
            .bind(&id_hash)
            .bind(terms::minute(now))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Some(Opened { kind, sealed: row.try_get(2)?, revision: row.try_get(3)?, expires_at: row.try_get(4)? }))
    }

    /// Whether a key owns something that has not ended.
    async fn owned(&self, id: &Id, key: &Key, now: i64) -> Result<Option<sqlx::sqlite::SqliteRow>, StoreError> {
        let row = sqlx::query(
            "SELECT owns_hash, kind, revision, expires_at, tries_left, n_views FROM kept WHERE id_hash = $1 AND expires_at > $2",
        )
        .bind(id.hash().to_vec())
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        let wanted: Vec<u8> = match &row {
            Some(row) => row.try_get(0)?,
            None => NOBODY.to_vec(),
        };
        let is_right = is_same(&wanted, &key.hash());
        Ok(row.filter(|_| is_right))
    }

    /// How something stands.
    ///
    /// **Unknown**: `None` for what does not exist, has ended, or is another's.
    pub async fn kept_standing(&self, id: &Id, owner: &Key, now: i64) -> Result<Option<Standing>, StoreError> {
        let Some(row) = self.owned(id, owner, now).await? else { return Ok(None) };
        let views: Vec<(i64,)> =
            sqlx::query_as("SELECT viewed_at FROM kept_view WHERE id_hash = $1 ORDER BY id DESC LIMIT $2")
                .bind(id.hash().to_vec())
                .bind(MOST_VIEWS)
                .fetch_all(&self.pool)
                .await?;
        Ok(Some(Standing {
            kind: Kind::of(row.try_get(1)?).unwrap_or(Kind::Share),
            revision: row.try_get(2)?,
            expires_at: row.try_get(3)?,
            tries_left: row.try_get(4)?,
            n_views: row.try_get(5)?,
            views: views.into_iter().map(|(at,)| at).collect(),
        }))
    }

    /// Takes something back: nothing of it stays. Whether it was there and the key owns it.
    pub async fn revoke_kept(&self, id: &Id, owner: &Key, now: i64) -> Result<bool, StoreError> {
        if self.owned(id, owner, now).await?.is_none() {
            return Ok(false);
        }
        let mut transaction = self.pool.begin().await?;
        for sql in ["DELETE FROM kept_view WHERE id_hash = $1", "DELETE FROM kept WHERE id_hash = $1"] {
            sqlx::query(sql).bind(id.hash().to_vec()).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        self.empty_log().await;
        Ok(true)
    }

    /// Writes a vault again, where nobody did since `revision`; it is kept anew from now on.
    pub async fn rewrite_kept(
        &self,
        id: &Id,
        owner: &Key,
        sealed: &[u8],
        revision: i64,
        now: i64,
    ) -> Result<Rewriting, StoreError> {
        let Some(row) = self.owned(id, owner, now).await? else { return Ok(Rewriting::Closed) };
        if Kind::of(row.try_get(1)?) != Some(Kind::Vault) {
            return Ok(Rewriting::Closed);
        }
        let expires_at = terms::expires_at(now, terms::VAULT_DAYS);
        let written = sqlx::query(
            "UPDATE kept SET sealed = $1, revision = revision + 1, expires_at = $2, tries_left = $3 WHERE id_hash = $4 AND revision = $5",
        )
        .bind(sealed)
        .bind(expires_at)
        .bind(tries::MOST)
        .bind(id.hash().to_vec())
        .bind(revision)
        .execute(&self.pool)
        .await?;
        if written.rows_affected() == 1 {
            return Ok(Rewriting::Written(revision.saturating_add(1), expires_at));
        }
        Ok(Rewriting::Elsewhere(row.try_get(2)?))
    }

    /// Removes what has ended, with its views; how many.
    pub async fn sweep_kept(&self, now: i64) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("DELETE FROM kept_view WHERE id_hash IN (SELECT id_hash FROM kept WHERE expires_at <= $1)")
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        let gone = sqlx::query("DELETE FROM kept WHERE expires_at <= $1").bind(now).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(gone.rows_affected())
    }
}
