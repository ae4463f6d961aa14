//! Secrets that must be kept as they are, sealed with a key that is not in the database (ADR 0041).
//!
//! The secret of an app for codes makes codes, so a hash would not do. `sealed_with` has a line once a key was given; from then on every
//! such secret is sealed, before none is. One transaction goes from one to the other.

use crate::audit::{Deed, add};
use crate::{Store, StoreError, random};
use trialway_sealing::small::SmallKey;

/// What the store's key is for, so that the same file may serve for something else, too.
const PURPOSE: &str = "secrets in the store 1";
/// The text that tells one key from another, and what it is about.
const KNOWN: (&[u8], &str) = (b"trialway", "the key itself");
/// A checkpoint of the log waits so long for readers, in milliseconds.
const SHORTLY: u32 = 200;

/// Where secrets are: how they are found, and how they are put back.
const PLACES: [(&str, &str); 2] = [
    (
        "SELECT id, code_secret FROM account WHERE LENGTH(code_secret) > 0",
        "UPDATE account SET code_secret = $2 WHERE id = $1",
    ),
    (
        "SELECT hash, code_secret FROM invitation WHERE LENGTH(code_secret) > 0",
        "UPDATE invitation SET code_secret = $2 WHERE hash = $1",
    ),
];

impl Store {
    /// The same store with the key of its secrets, 32 bytes of a file. The first key that is given seals what was kept open before.
    ///
    /// **Errors**: [`StoreError::WrongKey`] where secrets were sealed with another one; nothing is changed then.
    pub async fn keyed(mut self, file_key: &[u8; 32]) -> Result<Self, StoreError> {
        let key = SmallKey::of(file_key, PURPOSE).map_err(|_| StoreError::WrongKey)?;
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let known: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT known FROM sealed_with").fetch_optional(&mut *transaction).await?;
        let is_first = known.is_none();
        match known {
            Some((known,)) => {
                key.open(&known, KNOWN.1).map_err(|_| StoreError::WrongKey)?;
            }
            None => {
                let known = sealed(&key, KNOWN.0, KNOWN.1)?;
                sqlx::query("INSERT INTO sealed_with (one, known) VALUES (1, $1)")
                    .bind(known)
                    .execute(&mut *transaction)
                    .await?;
                for (found, put) in PLACES {
                    let open: Vec<(String, Vec<u8>)> = sqlx::query_as(found).fetch_all(&mut *transaction).await?;
                    for (about, secret) in open {
                        let secret = sealed(&key, &secret, &about)?;
                        sqlx::query(put).bind(about).bind(secret).execute(&mut *transaction).await?;
                    }
                }
            }
        }
        transaction.commit().await?;
        if is_first {
            self.empty_log().await;
        }
        self.key = Some(key);
        Ok(self)
    }

    /// Whether secrets of the store are sealed, so that its key is wanted.
    pub async fn wants_key(&self) -> Result<bool, StoreError> {
        let (n,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM sealed_with").fetch_one(&self.pool).await?;
        Ok(n > 0)
    }

    /// Deletes the secrets of all apps for codes, and forgets the key that they were sealed with. Codes on paper and passkeys stay. How many
    /// members had one.
    pub async fn forget_codes(&self, by: &str, now: i64) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let gone = sqlx::query("UPDATE account SET code_secret = x'' WHERE LENGTH(code_secret) > 0")
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        for sql in ["UPDATE invitation SET code_secret = x'' WHERE LENGTH(code_secret) > 0", "DELETE FROM sealed_with"]
        {
            sqlx::query(sql).execute(&mut *transaction).await?;
        }
        add(&mut transaction, Deed { actor: by, action: "codes forgotten", object: "", now }).await?;
        transaction.commit().await?;
        self.empty_log().await;
        Ok(gone)
    }

    /// A secret as it is kept; nothing stays nothing.
    pub(crate) fn sealed(&self, secret: &[u8], about: &str) -> Result<Vec<u8>, StoreError> {
        if secret.is_empty() {
            return Ok(Vec::new());
        }
        sealed(self.key.as_ref().ok_or(StoreError::NoKey)?, secret, about)
    }

    /// A secret that was kept.
    pub(crate) fn opened(&self, kept: Vec<u8>, about: &str) -> Result<Vec<u8>, StoreError> {
        if kept.is_empty() {
            return Ok(kept);
        }
        self.key.as_ref().ok_or(StoreError::NoKey)?.open(&kept, about).map_err(|_| StoreError::WrongKey)
    }

    /// Works the database's log in and cuts it off, so that what was deleted is not left in it. Where somebody reads meanwhile it stays for
    /// the next time, or until the store is closed.
    pub(crate) async fn empty_log(&self) {
        let Ok(mut connection) = self.pool.acquire().await else { return };
        let usual = crate::BUSY_SECONDS * 1_000;
        for sql in [
            format!("PRAGMA busy_timeout = {SHORTLY}"),
            "PRAGMA wal_checkpoint(TRUNCATE)".to_owned(),
            format!("PRAGMA busy_timeout = {usual}"),
        ] {
            let _ = sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *connection).await;
        }
    }
}

fn sealed(key: &SmallKey, secret: &[u8], about: &str) -> Result<Vec<u8>, StoreError> {
    key.seal(secret, about, random()?).map_err(|_| StoreError::WrongKey)
}
