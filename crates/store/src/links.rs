//! Private links and counts of mails: hashes only.

use crate::{Store, StoreError};
use sha2::{Digest, Sha256};
use sqlx::{Sqlite, Transaction};

/// Mails that one address may make leave in a day.
pub const MAILS_OF_ONE: i64 = 5;
/// Mails that all addresses together may make leave in an hour, where nothing else is set.
pub const MAILS_OF_ALL: i64 = 300;

/// The hash under which a secret, or an address, is kept.
pub fn hashed(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps a private link within a transaction.
pub(crate) async fn put(
    transaction: &mut Transaction<'_, Sqlite>,
    secret: &str,
    purpose: &str,
    about: i64,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO private_link (hash, purpose, about, made_at) VALUES ($1, $2, $3, $4)")
        .bind(hashed(secret))
        .bind(purpose)
        .bind(about)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Forgets every private link to something.
pub(crate) async fn drop_of(
    transaction: &mut Transaction<'_, Sqlite>,
    purpose: &str,
    about: i64,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM private_link WHERE purpose = $1 AND about = $2")
        .bind(purpose)
        .bind(about)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Counts one mail that an address makes leave, of `most` in an hour; false, and nothing counted, where a limit is reached.
pub(crate) async fn count(
    transaction: &mut Transaction<'_, Sqlite>,
    address: &str,
    most: i64,
    now: i64,
) -> Result<bool, StoreError> {
    let who = hashed(&address.to_ascii_lowercase());
    let (own,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM mail_count WHERE who = $1 AND counted_at > $2")
        .bind(&who)
        .bind(now - 86_400)
        .fetch_one(&mut **transaction)
        .await?;
    let (all,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM mail_count WHERE counted_at > $1")
        .bind(now - 3_600)
        .fetch_one(&mut **transaction)
        .await?;
    if own >= MAILS_OF_ONE || all >= most {
        return Ok(false);
    }
    sqlx::query("INSERT INTO mail_count (who, counted_at) VALUES ($1, $2)")
        .bind(who)
        .bind(now)
        .execute(&mut **transaction)
        .await?;
    Ok(true)
}

impl Store {
    /// What a private link leads to.
    ///
    /// **Unknown**: `None` for a secret that was never given out for this purpose, or is over.
    pub async fn private_link(&self, secret: &str, purpose: &str) -> Result<Option<i64>, StoreError> {
        // The hash is looked up, not the secret compared: how long that takes says nothing of the secret.
        let row: Option<(i64,)> = sqlx::query_as("SELECT about FROM private_link WHERE hash = $1 AND purpose = $2")
            .bind(hashed(secret))
            .bind(purpose)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|(about,)| about))
    }
}
