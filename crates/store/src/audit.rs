//! The audit log: entries are only added, each bound to the one before (`trialway_accounts::audit`).

use crate::{Store, StoreError};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use trialway_accounts::audit::{Anchor, Broken, Entry, Kept, START, link, moment, object, verify};

/// What an entry says, before it has a number.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// An account's id, or `command line`, `server`, `visitor`.
    pub actor: &'a str,
    /// What was done.
    pub action: &'a str,
    /// To what; signs that could be words of a person are left out.
    pub object: &'a str,
    /// When, in seconds since 1970.
    pub now: i64,
}

const KEPT: &str = "number, at, actor, action, object, previous, hash FROM audit";

fn kept(row: &SqliteRow) -> Result<Kept, StoreError> {
    Ok(Kept {
        entry: Entry {
            number: row.try_get(0)?,
            at: row.try_get(1)?,
            actor: row.try_get(2)?,
            action: row.try_get(3)?,
            object: row.try_get(4)?,
        },
        previous: row.try_get(5)?,
        hash: row.try_get(6)?,
    })
}

/// Adds an entry within a transaction that has begun by writing, so that no two entries follow the same one.
pub(crate) async fn add(connection: &mut SqliteConnection, deed: Deed<'_>) -> Result<(), StoreError> {
    let last: Option<(i64, String)> = sqlx::query_as("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
        .fetch_optional(&mut *connection)
        .await?;
    let (number, previous) = last.map_or_else(|| (1, START.to_owned()), |(number, hash)| (number + 1, hash));
    let entry = Entry {
        number,
        at: moment(deed.now),
        actor: deed.actor.to_owned(),
        action: deed.action.to_owned(),
        object: object(deed.object),
    };
    sqlx::query(
        "INSERT INTO audit (number, at, actor, action, object, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(number)
    .bind(&entry.at)
    .bind(&entry.actor)
    .bind(&entry.action)
    .bind(&entry.object)
    .bind(&previous)
    .bind(link(&previous, &entry))
    .execute(connection)
    .await?;
    Ok(())
}

impl Store {
    /// Adds an entry of its own. Where it stands for something that is done elsewhere, it is added before that is done.
    pub async fn audit(&self, deed: Deed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        add(&mut transaction, deed).await?;
        Ok(transaction.commit().await?)
    }

    /// The latest entries, newest first.
    pub async fn audit_latest(&self, limit: u32) -> Result<Vec<Kept>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {KEPT} ORDER BY number DESC LIMIT $1"));
        sqlx::query(sql).bind(i64::from(limit)).fetch_all(&self.pool).await?.iter().map(kept).collect()
    }

    /// All entries, oldest first.
    pub async fn audit_all(&self) -> Result<Vec<Kept>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {KEPT} ORDER BY number"));
        sqlx::query(sql).fetch_all(&self.pool).await?.iter().map(kept).collect()
    }

    /// Number and hash of the last entry.
    pub async fn audit_anchor(&self) -> Result<Anchor, StoreError> {
        let latest = self.audit_latest(1).await?.pop();
        Ok(latest.map_or_else(Anchor::start, |kept| Anchor { number: kept.entry.number, hash: kept.hash }))
    }

    /// Holds the whole log against its hashes and an anchor.
    pub async fn audit_verify(&self, anchor: Option<&Anchor>) -> Result<Result<Anchor, Broken>, StoreError> {
        Ok(verify(&self.audit_all().await?, anchor))
    }
}
