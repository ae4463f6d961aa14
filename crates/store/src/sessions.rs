//! Sessions, challenges to passkeys, wrong codes, and how long all of these are kept.

use crate::accounts::{Account, account};
use crate::audit::{Deed, add};
use crate::{Store, StoreError};
use sqlx::Row;
use trialway_accounts::lockout::{FORGOTTEN_AFTER, next_try};
use trialway_accounts::session::{CHALLENGE_SECONDS, IDLE_SECONDS, LONGEST_SECONDS, is_alive};

/// Most challenges that wait for an answer; beyond it, the oldest goes.
const MOST_CHALLENGES: i64 = 10_000;
/// A session's last use is noted at most so often, in seconds.
const NOTED_EVERY: i64 = 60;

/// A session that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of its secret.
    pub hash: String,
    /// Whose.
    pub account: Account,
    /// Since when, in seconds since 1970.
    pub began_at: i64,
}

impl Store {
    /// Begins a session; the one that the browser had before ends, whosever it was.
    pub async fn begin_session(
        &self,
        hash: &str,
        account_id: &str,
        before: Option<&str>,
        way: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(before) = before {
            sqlx::query("DELETE FROM session WHERE hash = $1").bind(before).execute(&mut *transaction).await?;
        }
        sqlx::query("INSERT INTO session (hash, account_id, began_at, seen_at) VALUES ($1, $2, $3, $3)")
            .bind(hash)
            .bind(account_id)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        add(&mut transaction, Deed { actor: account_id, action: "signed in", object: way, now }).await?;
        Ok(transaction.commit().await?)
    }

    /// The session of a hash, where it is good; its use is noted.
    pub async fn session(&self, hash: &str, now: i64) -> Result<Option<Session>, StoreError> {
        let row = sqlx::query(
            "SELECT a.id, a.sign_in_name, a.name, a.roles, a.made_at, a.closed_at, LENGTH(a.code_secret) > 0, \
             s.began_at, s.seen_at FROM session s JOIN account a ON a.id = s.account_id \
             WHERE s.hash = $1 AND a.closed_at IS NULL",
        )
        .bind(hash)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (began_at, seen_at): (i64, i64) = (row.try_get(7)?, row.try_get(8)?);
        if !is_alive(began_at, seen_at, now) {
            sqlx::query("DELETE FROM session WHERE hash = $1").bind(hash).execute(&self.pool).await?;
            return Ok(None);
        }
        if now >= seen_at + NOTED_EVERY {
            sqlx::query("UPDATE session SET seen_at = $2 WHERE hash = $1")
                .bind(hash)
                .bind(now)
                .execute(&self.pool)
                .await?;
        }
        Ok(Some(Session { hash: hash.to_owned(), account: account(&row)?, began_at }))
    }

    /// How many sessions of an account are kept.
    pub async fn n_sessions(&self, account_id: &str, now: i64) -> Result<i64, StoreError> {
        let (n,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM session WHERE account_id = $1 AND began_at > $2 AND seen_at > $3")
                .bind(account_id)
                .bind(now - LONGEST_SECONDS)
                .bind(now - IDLE_SECONDS)
                .fetch_one(&self.pool)
                .await?;
        Ok(n)
    }

    /// Ends one session, or every session of the account.
    pub async fn end_sessions(&self, session: &Session, everywhere: bool, now: i64) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let (sql, which, action) = if everywhere {
            ("DELETE FROM session WHERE account_id = $1", &session.account.id, "signed out everywhere")
        } else {
            ("DELETE FROM session WHERE hash = $1", &session.hash, "signed out")
        };
        sqlx::query(sql).bind(which).execute(&mut *transaction).await?;
        add(&mut transaction, Deed { actor: &session.account.id, action, object: "", now }).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps that a passkey was asked.
    pub async fn put_challenge(&self, hash: &str, purpose: &str, now: i64) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM challenge WHERE expires_at <= $1").bind(now).execute(&mut *transaction).await?;
        sqlx::query(
            "DELETE FROM challenge WHERE hash IN \
             (SELECT hash FROM challenge ORDER BY expires_at DESC LIMIT 1000 OFFSET $1)",
        )
        .bind(MOST_CHALLENGES)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("INSERT INTO challenge (hash, purpose, expires_at) VALUES ($1, $2, $3)")
            .bind(hash)
            .bind(purpose)
            .bind(now + CHALLENGE_SECONDS)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Uses a challenge up; false where it was not asked for this purpose, was answered, or has ended.
    pub async fn take_challenge(&self, hash: &str, purpose: &str, now: i64) -> Result<bool, StoreError> {
        let sql = "DELETE FROM challenge WHERE hash = $1 AND purpose = $2 AND expires_at > $3";
        let done = sqlx::query(sql).bind(hash).bind(purpose).bind(now).execute(&self.pool).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Whether a code may be tried now. It counts as wrong until [`Self::forgive`]: many at once are many.
    ///
    /// **Errors**: none of its own; `Err` within is when the next one may be tried, in seconds since 1970.
    pub async fn try_code(&self, subject: &str, now: i64) -> Result<Result<(), i64>, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let found: Option<(i64, i64)> = sqlx::query_as("SELECT n_wrong, last_at FROM wrong_code WHERE subject = $1")
            .bind(subject)
            .fetch_optional(&mut *transaction)
            .await?;
        let (n_wrong, last) = found.filter(|(_, last)| now < last + FORGOTTEN_AFTER).unwrap_or((0, 0));
        let next = next_try(n_wrong, last);
        if now < next {
            return Ok(Err(next));
        }
        sqlx::query(
            "INSERT INTO wrong_code (subject, n_wrong, last_at) VALUES ($1, $2, $3) \
             ON CONFLICT (subject) DO UPDATE SET n_wrong = excluded.n_wrong, last_at = excluded.last_at",
        )
        .bind(subject)
        .bind(n_wrong + 1)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// Forgets the wrong codes of a name, after a right one.
    pub async fn forgive(&self, subject: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM wrong_code WHERE subject = $1").bind(subject).execute(&self.pool).await?;
        Ok(())
    }

    /// Deletes what has had its time: ended sessions, challenges, invitations and forgotten wrong codes at once, the names of
    /// closed accounts and reports of readers after so many days. How many of each.
    pub async fn sweep_team(&self, now: i64, closed_days: i64, report_days: i64) -> Result<[u64; 6], StoreError> {
        let day = 24 * 60 * 60;
        let gone = async |sql: &'static str, first: i64, second: i64| -> Result<u64, StoreError> {
            Ok(sqlx::query(sql).bind(first).bind(second).execute(&self.pool).await?.rows_affected())
        };
        let reports = {
            let before = trialway_accounts::audit::moment(now - report_days * day);
            sqlx::query("DELETE FROM reading_report WHERE reported_at < $1")
                .bind(before)
                .execute(&self.pool)
                .await?
                .rows_affected()
        };
        Ok([
            gone(
                "DELETE FROM session WHERE began_at <= $1 OR seen_at <= $2",
                now - LONGEST_SECONDS,
                now - IDLE_SECONDS,
            )
            .await?,
            gone("DELETE FROM challenge WHERE expires_at <= $1 OR expires_at <= $2", now, now).await?,
            gone("DELETE FROM invitation WHERE expires_at <= $1 OR used_at <= $2", now, now - day).await?,
            gone(
                "DELETE FROM wrong_code WHERE last_at <= $1 OR last_at <= $2",
                now - FORGOTTEN_AFTER,
                now - FORGOTTEN_AFTER,
            )
            .await?,
            gone(
                "UPDATE account SET name = 'A former member', sign_in_name = 'closed-' || id \
                 WHERE closed_at <= $1 AND closed_at <= $2 AND sign_in_name NOT LIKE 'closed-%'",
                now - closed_days * day,
                now - closed_days * day,
            )
            .await?,
            reports,
        ])
    }
}
