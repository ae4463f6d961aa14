//! Who follows a study or a search by mail. Nothing is sent before it is confirmed from the box itself, and an address is deleted with its last follow.

use crate::outbox::{EMPTIED, NewMail};
use crate::{EnquiryTerms, Kept, Store, StoreError, links, outbox};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};
use trialway_study::NctId;

/// What private links that confirm are for.
pub const CONFIRM_LINK: &str = "confirm";
/// What private links to all that an address follows are for.
pub const LINK: &str = "follower";
/// A follow that nobody confirmed is deleted after this, in seconds.
pub const UNCONFIRMED: i64 = 48 * 3_600;
/// What a follower was told is on their page for so long, in seconds.
const TOLD: i64 = 90 * 86_400;
/// A mail that is done, or given up, is forgotten after this, in seconds.
const DONE: i64 = 30 * 86_400;

/// What can be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowKind {
    /// A study.
    Study,
    /// What a search finds.
    Search,
}

impl FollowKind {
    /// The word that is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Search => "search",
        }
    }
}

/// What someone would like to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFollow {
    /// Where notices go.
    pub address: String,
    /// What kind of thing it is.
    pub kind: FollowKind,
    /// The study's number, or the search's query as addresses have it.
    pub what: String,
    /// The language of the notices, a BCP 47 tag.
    pub language: String,
    /// At most one mail in so many days.
    pub period_days: i64,
    /// The secret of the link that confirms.
    pub secret: String,
    /// When, in seconds since 1970.
    pub made_at: i64,
}

/// Someone who gets notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower {
    /// Its number.
    pub id: i64,
    /// Where notices go.
    pub address: String,
    /// Their language.
    pub language: String,
    /// At most one mail in so many days.
    pub period_days: i64,
    /// When the last one was made, in seconds since 1970; 0 before the first.
    pub mailed_at: i64,
}

/// Something that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// Its number.
    pub id: i64,
    /// What kind of thing it is.
    pub kind: FollowKind,
    /// The study's number, or the search's query.
    pub what: String,
    /// When it was confirmed, in seconds since 1970; 0 where it was not.
    pub confirmed_at: i64,
    /// The last line of the log of changes that was looked at for it.
    pub looked_to: i64,
}

/// A version in the order in which versions were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedChange {
    /// Its place in that order.
    pub id: i64,
    /// Of which study.
    pub nct_id: NctId,
    /// Which version.
    pub version: i64,
}

/// A version that a follower was told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Through which follow.
    pub follow_id: i64,
    /// Of which study.
    pub nct_id: NctId,
    /// Which version.
    pub version: i64,
    /// When, in seconds since 1970.
    pub told_at: i64,
}

fn follower(row: &SqliteRow) -> Result<Follower, StoreError> {
    Ok(Follower {
        id: row.try_get(0)?,
        address: row.try_get(1)?,
        language: row.try_get(2)?,
        period_days: row.try_get(3)?,
        mailed_at: row.try_get(4)?,
    })
}

fn follow(row: &SqliteRow) -> Result<Follow, StoreError> {
    let kind =
        if row.try_get::<&str, _>(1)? == FollowKind::Study.as_str() { FollowKind::Study } else { FollowKind::Search };
    Ok(Follow {
        id: row.try_get(0)?,
        kind,
        what: row.try_get(2)?,
        confirmed_at: row.try_get(3)?,
        looked_to: row.try_get(4)?,
    })
}

impl Store {
    /// Keeps a wish to follow, and the mail that asks the box's owner. What is confirmed already stays as it is and sends no mail.
    pub async fn ask_to_follow(&self, new: &NewFollow, mail: &NewMail) -> Result<Kept, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let (follower_id,): (i64,) = sqlx::query_as(
            "INSERT INTO follower (address, language, period_days) VALUES ($1, $2, $3) \
             ON CONFLICT (address) DO UPDATE SET address = excluded.address RETURNING id",
        )
        .bind(&new.address)
        .bind(&new.language)
        .bind(new.period_days)
        .fetch_one(&mut *transaction)
        .await?;
        let (id, confirmed_at): (i64, i64) = sqlx::query_as(
            "INSERT INTO follow (follower_id, kind, what, language, period_days, made_at) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (follower_id, kind, what) DO UPDATE SET language = excluded.language, \
             period_days = excluded.period_days, made_at = excluded.made_at RETURNING id, confirmed_at",
        )
        .bind(follower_id)
        .bind(new.kind.as_str())
        .bind(&new.what)
        .bind(&new.language)
        .bind(new.period_days)
        .bind(new.made_at)
        .fetch_one(&mut *transaction)
        .await?;
        if confirmed_at > 0 {
            return Ok(Kept::Before);
        }
        if !links::count(&mut transaction, &new.address, self.most_mails, new.made_at).await? {
            return Ok(Kept::TooMany);
        }
        links::put(&mut transaction, &new.secret, CONFIRM_LINK, id, new.made_at).await?;
        outbox::put(&mut transaction, id, mail).await?;
        transaction.commit().await?;
        Ok(Kept::Now)
    }

    /// Confirms a follow from its link's secret; from now on its changes count. The follower, who gets a private link of their own.
    ///
    /// **Unknown**: `None` where the link is over.
    pub async fn confirm_follow(
        &self,
        secret: &str,
        own_secret: &str,
        now: i64,
    ) -> Result<Option<Follower>, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let row: Option<(i64, i64)> = sqlx::query_as(
            "SELECT f.id, f.follower_id FROM private_link l JOIN follow f ON f.id = l.about WHERE l.hash = $1 AND l.purpose = $2 \
             AND l.made_at > $3",
        )
        .bind(links::hashed(secret))
        .bind(CONFIRM_LINK)
        .bind(now - UNCONFIRMED)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some((id, follower_id)) = row else { return Ok(None) };
        sqlx::query(
            "UPDATE follow SET confirmed_at = $2, looked_to = (SELECT COALESCE(MAX(id), 0) FROM change_log) \
             WHERE id = $1 AND confirmed_at = 0",
        )
        .bind(id)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "UPDATE follower SET language = (SELECT language FROM follow WHERE id = $2), \
             period_days = (SELECT period_days FROM follow WHERE id = $2) WHERE id = $1",
        )
        .bind(follower_id)
        .bind(id)
        .execute(&mut *transaction)
        .await?;
        // The link that confirmed stays until it is swept: pressing twice says the same twice.
        links::put(&mut transaction, own_secret, LINK, follower_id, now).await?;
        let row = sqlx::query("SELECT id, address, language, period_days, mailed_at FROM follower WHERE id = $1")
            .bind(follower_id)
            .fetch_one(&mut *transaction)
            .await?;
        let follower = follower(&row)?;
        transaction.commit().await?;
        Ok(Some(follower))
    }

    /// A follower by number.
    ///
    /// **Unknown**: `None` where there is none.
    pub async fn follower(&self, id: i64) -> Result<Option<Follower>, StoreError> {
        let row = sqlx::query("SELECT id, address, language, period_days, mailed_at FROM follower WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(follower).transpose()
    }

    /// What a follower follows and confirmed, oldest first.
    pub async fn follows_of(&self, follower_id: i64) -> Result<Vec<Follow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, kind, what, confirmed_at, looked_to FROM follow WHERE follower_id = $1 AND confirmed_at > 0 ORDER BY id",
        )
        .bind(follower_id)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(follow).collect()
    }

    /// What a follower was told, the latest first.
    pub async fn told(&self, follower_id: i64, most: u32) -> Result<Vec<Told>, StoreError> {
        let rows: Vec<(i64, String, i64, i64)> = sqlx::query_as(
            "SELECT t.follow_id, t.nct_id, t.version, t.told_at FROM follow_told t JOIN follow f ON f.id = t.follow_id \
             WHERE f.follower_id = $1 ORDER BY t.told_at DESC, t.nct_id, t.version DESC LIMIT $2",
        )
        .bind(follower_id)
        .bind(i64::from(most))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(follow_id, id, version, told_at)| {
                Some(Told { follow_id, nct_id: NctId::parse(&id)?, version, told_at })
            })
            .collect())
    }

    /// Followers whose last mail is a period ago or more.
    pub async fn followers_due(&self, now: i64) -> Result<Vec<Follower>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, address, language, period_days, mailed_at FROM follower WHERE mailed_at + period_days * 86400 <= $1 \
             AND EXISTS (SELECT 1 FROM follow WHERE follower_id = follower.id AND confirmed_at > 0) ORDER BY id",
        )
        .bind(now)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(follower).collect()
    }

    /// The last line of the log of changes up to which the index holds everything.
    pub async fn settled_change(&self) -> Result<i64, StoreError> {
        let (last,): (i64,) = sqlx::query_as(
            "SELECT COALESCE((SELECT MIN(last) - 1 FROM (SELECT MAX(l.id) AS last FROM change_log l \
             JOIN index_pending p ON p.nct_id = l.nct_id GROUP BY l.nct_id) AS lines), (SELECT MAX(id) FROM change_log), 0)",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(last)
    }

    /// Changes after a line of the log up to another, in order, at most `most`.
    pub async fn logged_changes(&self, after: i64, to: i64, most: u32) -> Result<Vec<LoggedChange>, StoreError> {
        let rows: Vec<(i64, String, i64)> = sqlx::query_as(
            "SELECT id, nct_id, version FROM change_log WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
        )
        .bind(after)
        .bind(to)
        .bind(i64::from(most))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(id, nct_id, version)| Some(LoggedChange { id, nct_id: NctId::parse(&nct_id)?, version }))
            .collect())
    }

    /// Notes how far was looked for a follower, what they are told, and the mail that says so with its private link: all or nothing.
    pub async fn tell_follower(
        &self,
        follower_id: i64,
        looked: &[(i64, i64)],
        told: &[Told],
        mail: Option<(&NewMail, &str)>,
        now: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let there: Option<(i64,)> = sqlx::query_as("SELECT id FROM follower WHERE id = $1")
            .bind(follower_id)
            .fetch_optional(&mut *transaction)
            .await?;
        if there.is_none() {
            // They left meanwhile.
            return Ok(());
        }
        for (id, looked_to) in looked {
            sqlx::query("UPDATE follow SET looked_to = $2 WHERE id = $1 AND follower_id = $3")
                .bind(id)
                .bind(looked_to)
                .bind(follower_id)
                .execute(&mut *transaction)
                .await?;
        }
        for one in told {
            sqlx::query(
                "INSERT INTO follow_told (follow_id, nct_id, version, told_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            )
            .bind(one.follow_id)
            .bind(one.nct_id.to_string())
            .bind(one.version)
            .bind(one.told_at)
            .execute(&mut *transaction)
            .await?;
        }
        if let Some((mail, secret)) = mail {
            sqlx::query("UPDATE follower SET mailed_at = $2 WHERE id = $1")
                .bind(follower_id)
                .bind(now)
                .execute(&mut *transaction)
                .await?;
            links::put(&mut transaction, secret, LINK, follower_id, now).await?;
            outbox::put(&mut transaction, follower_id, mail).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Ends one follow of a follower; with the last one the address goes. Whether anything is followed still.
    pub async fn unfollow(&self, follower_id: i64, follow_id: i64) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let theirs: Option<(i64,)> = sqlx::query_as("SELECT id FROM follow WHERE id = $1 AND follower_id = $2")
            .bind(follow_id)
            .bind(follower_id)
            .fetch_optional(&mut *transaction)
            .await?;
        if theirs.is_some() {
            forget(&mut transaction, follow_id).await?;
        }
        let (left,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM follow WHERE follower_id = $1 AND confirmed_at > 0")
            .bind(follower_id)
            .fetch_one(&mut *transaction)
            .await?;
        if left == 0 {
            leave(&mut transaction, follower_id).await?;
        }
        transaction.commit().await?;
        Ok(left > 0)
    }

    /// Ends all that a follower follows; their address is deleted, mails to them that have not left are dropped.
    pub async fn unfollow_all(&self, follower_id: i64) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        leave(&mut transaction, follower_id).await?;
        transaction.commit().await?;
        self.empty_log().await;
        Ok(())
    }

    /// Deletes what is kept for contact and whose time is over by `now`, in seconds since 1970: follows that nobody confirmed, what enquiries
    /// said, counts of mails, mails that are done, private links that lead nowhere, old lines of the log of changes. How many enquiries.
    pub async fn sweep_contact(&self, now: i64, terms: EnquiryTerms) -> Result<u64, StoreError> {
        let n_enquiries = self.sweep_enquiries(now, terms).await?;
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let late: Vec<(i64,)> = sqlx::query_as("SELECT id FROM follow WHERE confirmed_at = 0 AND made_at <= $1")
            .bind(now - UNCONFIRMED)
            .fetch_all(&mut *transaction)
            .await?;
        for (id,) in late {
            forget(&mut transaction, id).await?;
        }
        let alone: Vec<(i64,)> =
            sqlx::query_as("SELECT id FROM follower WHERE id NOT IN (SELECT follower_id FROM follow)")
                .fetch_all(&mut *transaction)
                .await?;
        for (id,) in alone {
            leave(&mut transaction, id).await?;
        }
        for (sql, before) in [
            ("DELETE FROM mail_count WHERE counted_at <= $1", now - 86_400),
            (
                "DELETE FROM outbox WHERE state IN ('sent', 'dead', 'dropped') AND MAX(done_at, made_at) <= $1",
                now - DONE,
            ),
            ("DELETE FROM follow_told WHERE told_at <= $1", now - TOLD),
            ("DELETE FROM private_link WHERE purpose = 'confirm' AND made_at <= $1", now - UNCONFIRMED),
        ] {
            sqlx::query(sql).bind(before).execute(&mut *transaction).await?;
        }
        sqlx::query(
            "DELETE FROM change_log WHERE id < (SELECT COALESCE(MIN(looked_to), (SELECT MAX(id) FROM change_log)) FROM follow \
             WHERE confirmed_at > 0)",
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.empty_log().await;
        Ok(n_enquiries)
    }
}

/// Deletes a follow and what hangs on it.
async fn forget(transaction: &mut Transaction<'_, Sqlite>, id: i64) -> Result<(), StoreError> {
    for sql in ["DELETE FROM follow_told WHERE follow_id = $1", "DELETE FROM follow WHERE id = $1"] {
        sqlx::query(sql).bind(id).execute(&mut **transaction).await?;
    }
    links::drop_of(transaction, CONFIRM_LINK, id).await?;
    drop_mails(transaction, id, "confirm").await
}

/// Deletes a follower and all that they follow.
async fn leave(transaction: &mut Transaction<'_, Sqlite>, follower_id: i64) -> Result<(), StoreError> {
    let ids: Vec<(i64,)> = sqlx::query_as("SELECT id FROM follow WHERE follower_id = $1")
        .bind(follower_id)
        .fetch_all(&mut **transaction)
        .await?;
    for (id,) in ids {
        forget(transaction, id).await?;
    }
    sqlx::query("DELETE FROM follower WHERE id = $1").bind(follower_id).execute(&mut **transaction).await?;
    links::drop_of(transaction, LINK, follower_id).await?;
    drop_mails(transaction, follower_id, "digest").await
}

async fn drop_mails(transaction: &mut Transaction<'_, Sqlite>, about: i64, purpose: &str) -> Result<(), StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "UPDATE outbox SET state = 'dropped', {EMPTIED} WHERE about = $1 AND purpose = $2 AND state IN ('waiting', 'claimed', 'dead')"
    ));
    sqlx::query(sql).bind(about).bind(purpose).execute(&mut **transaction).await?;
    Ok(())
}
