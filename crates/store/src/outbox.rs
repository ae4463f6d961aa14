//! Mails to send, as they stand. When a mail is tried and given up is decided by `trialway_outbox`; here it is kept.
//!
//! A mail and what it is about are kept in one transaction. Its Message-ID is made with it and never changes, however often it is tried.

use crate::{Store, StoreError};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};

/// A mail to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// What it is for, a word (`copy`, `inbox`, `answer`, `confirm`, `digest`).
    pub purpose: String,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// Where one request ends all such mails (RFC 8058); empty where it is no series.
    pub unsubscribe: String,
    /// When it was made, in seconds since 1970.
    pub made_at: i64,
}

/// A mail that a sender has in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedMail {
    /// Its number.
    pub id: i64,
    /// The mail.
    pub mail: NewMail,
    /// How often it was tried before.
    pub n_tries: u32,
}

/// How a mail stands, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailState {
    /// Its number.
    pub id: i64,
    /// Its Message-ID.
    pub message_id: String,
    /// What it is for.
    pub purpose: String,
    /// The words of `trialway_outbox::State`.
    pub state: String,
    /// How often it was tried.
    pub n_tries: i64,
    /// When it is tried next, in seconds since 1970.
    pub next_try_at: i64,
    /// What the server said last; never what the mail says.
    pub problem: String,
}

/// Puts a mail into the box, within a transaction. `about` is the id that `purpose` is about.
pub(crate) async fn put(
    transaction: &mut Transaction<'_, Sqlite>,
    about: i64,
    mail: &NewMail,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO outbox (message_id, purpose, about, recipient, subject, body, unsubscribe, state, next_try_at, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $8)",
    )
    .bind(&mail.message_id)
    .bind(&mail.purpose)
    .bind(about)
    .bind(&mail.recipient)
    .bind(&mail.subject)
    .bind(&mail.body)
    .bind(&mail.unsubscribe)
    .bind(mail.made_at)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What empties a mail: nothing of whom it went to and what it said is left.
pub(crate) const EMPTIED: &str = "recipient = '', subject = '', body = '', unsubscribe = ''";

fn claimed(row: &SqliteRow) -> Result<ClaimedMail, StoreError> {
    Ok(ClaimedMail {
        id: row.try_get(0)?,
        mail: NewMail {
            message_id: row.try_get(1)?,
            purpose: row.try_get(2)?,
            recipient: row.try_get(3)?,
            subject: row.try_get(4)?,
            body: row.try_get(5)?,
            unsubscribe: row.try_get(6)?,
            made_at: row.try_get(7)?,
        },
        n_tries: u32::try_from(row.try_get::<i64, _>(8)?).unwrap_or(u32::MAX),
    })
}

impl Store {
    /// Makes mails that a sender had in hand wait again; to be called by the only sender, before it begins. How many.
    pub async fn free_mails(&self) -> Result<u64, StoreError> {
        let done =
            sqlx::query("UPDATE outbox SET state = 'waiting' WHERE state = 'claimed'").execute(&self.pool).await?;
        Ok(done.rows_affected())
    }

    /// Takes mails that are due in hand, the oldest first.
    pub async fn claim_mails(&self, now: i64, most: u32) -> Result<Vec<ClaimedMail>, StoreError> {
        let rows = sqlx::query(
            "UPDATE outbox SET state = 'claimed' WHERE id IN \
             (SELECT id FROM outbox WHERE state = 'waiting' AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT $2) \
             RETURNING id, message_id, purpose, recipient, subject, body, unsubscribe, made_at, n_tries",
        )
        .bind(now)
        .bind(i64::from(most))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(claimed).collect()
    }

    /// A mail was taken by the server: its id stays, what it says goes. That holds for one that was dropped while it was on its way, too.
    pub async fn mail_left(&self, id: i64, now: i64) -> Result<(), StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "UPDATE outbox SET state = 'sent', problem = '', done_at = $2, n_tries = n_tries + 1, {EMPTIED} WHERE id = $1"
        ));
        sqlx::query(sql).bind(id).bind(now).execute(&self.pool).await?;
        Ok(())
    }

    /// A mail is given up; `problem` is what the server said. What it says stays, so that it can be tried again once the fault is mended.
    pub async fn mail_is_dead(&self, id: i64, problem: &str, now: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE outbox SET state = 'dead', problem = $2, done_at = $3, n_tries = n_tries + 1 \
             WHERE id = $1 AND state = 'claimed'",
        )
        .bind(id)
        .bind(problem)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Makes every mail that was given up wait again. How many.
    pub async fn revive_mails(&self, now: i64) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "UPDATE outbox SET state = 'waiting', next_try_at = $1, made_at = $1, n_tries = 0, done_at = 0 WHERE state = 'dead'",
        )
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }

    /// A mail is to be tried again.
    pub async fn mail_waits(&self, id: i64, problem: &str, next_try_at: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE outbox SET state = 'waiting', problem = $2, next_try_at = $3, n_tries = n_tries + 1 \
             WHERE id = $1 AND state = 'claimed'",
        )
        .bind(id)
        .bind(problem)
        .bind(next_try_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// How every mail stands, oldest first; of one state only where a word is given.
    pub async fn mail_states(&self, state: &str) -> Result<Vec<MailState>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, message_id, purpose, state, n_tries, next_try_at, problem FROM outbox \
             WHERE $1 = '' OR state = $1 ORDER BY id",
        )
        .bind(state)
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(MailState {
                    id: row.try_get(0)?,
                    message_id: row.try_get(1)?,
                    purpose: row.try_get(2)?,
                    state: row.try_get(3)?,
                    n_tries: row.try_get(4)?,
                    next_try_at: row.try_get(5)?,
                    problem: row.try_get(6)?,
                })
            })
            .collect()
    }
}
