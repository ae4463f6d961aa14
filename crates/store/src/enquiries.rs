//! Enquiries to study teams: kept, listed, opened, assigned, answered, closed, taken back.
//!
//! The steps are those of `trialway_enquiry::Stage`; a step that cannot be taken from where the enquiry stands changes nothing and says so.

use crate::outbox::{EMPTIED, NewMail};
use crate::{Store, StoreError, links, outbox};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};
use trialway_study::NctId;

/// What private links to enquiries are for.
pub const LINK: &str = "enquiry";

/// How long what enquiries say is kept, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnquiryTerms {
    /// After it was sent, answered or not.
    pub days: i64,
    /// After it was closed.
    pub closed_days: i64,
}

impl Default for EnquiryTerms {
    fn default() -> Self {
        Self { days: 365, closed_days: 90 }
    }
}

/// Who writes, what, and under which criteria.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEnquiry {
    /// The number that the study team sees; random, not counted up.
    pub number: String,
    /// The secret of the sender's private link; only its hash is kept.
    pub secret: String,
    /// To which study.
    pub nct_id: NctId,
    /// To which site, by its name and place; empty for the whole study.
    pub site: String,
    /// To which enrolled contact.
    pub contact_id: i64,
    /// Hash of the record whose criteria were in force.
    pub record_hash: String,
    /// Version of the engine that read them.
    pub engine: String,
    /// A name to be called by.
    pub called: String,
    /// `email` or `phone`.
    pub reach_kind: String,
    /// The address or the number.
    pub reach: String,
    /// The sender's language, a BCP 47 tag.
    pub language: String,
    /// What they want to know.
    pub message: String,
    /// Answers of a check that they chose to send along.
    pub answers: Vec<EnquiryAnswer>,
    /// Version of the text that they agreed to.
    pub consent_version: String,
    /// Hash of that text as they saw it.
    pub consent_hash: String,
    /// When, in seconds since 1970.
    pub sent_at: i64,
    /// How long it may be kept, as that text says: later changes of the configuration make it shorter, never longer.
    pub terms: EnquiryTerms,
}

/// An answer that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnquiryAnswer {
    /// The criterion's id.
    pub criterion: String,
    /// The criterion's own words in the record in force; empty where the record has none of that id.
    pub written: String,
    /// The answer in words.
    pub words: String,
}

/// Whether an enquiry was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, and its mails wait to leave.
    Now,
    /// The same form was sent before; that one is kept.
    Before,
    /// Too many mails for this address, or of all: nothing was kept.
    TooMany,
}

/// An enquiry on a list: nothing of what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnquiryLine {
    /// Its id in the store.
    pub id: i64,
    /// Its number.
    pub number: String,
    /// To which study.
    pub nct_id: NctId,
    /// To which site; empty for the whole study.
    pub site: String,
    /// To which enrolled contact.
    pub contact_id: i64,
    /// The sender's language.
    pub language: String,
    /// The words of `trialway_enquiry::Stage`.
    pub stage: String,
    /// Who has it in hand; empty where nobody has.
    pub assigned_to: String,
    /// When it was sent, in seconds since 1970; likewise the others, 0 where it did not happen.
    pub sent_at: i64,
    /// When it was first opened.
    pub opened_at: i64,
    /// When it was last answered.
    pub answered_at: i64,
    /// When it was closed.
    pub closed_at: i64,
    /// When it was taken back.
    pub withdrawn_at: i64,
}

/// An enquiry with all that it says; what it says is empty once it was taken back or its time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEnquiry {
    /// Where it stands.
    pub line: EnquiryLine,
    /// Hash of the record whose criteria were in force.
    pub record_hash: String,
    /// Version of the engine that read them.
    pub engine: String,
    /// A name to be called by.
    pub called: String,
    /// `email` or `phone`.
    pub reach_kind: String,
    /// The address or the number.
    pub reach: String,
    /// What they want to know.
    pub message: String,
    /// Answers that went along.
    pub answers: Vec<EnquiryAnswer>,
    /// Version of the text that they agreed to.
    pub consent_version: String,
    /// Hash of that text.
    pub consent_hash: String,
    /// What the study team answered, oldest first.
    pub replies: Vec<EnquiryReply>,
}

/// What a study team answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnquiryReply {
    /// Who.
    pub author: String,
    /// What; empty where the sender was called instead.
    pub message: String,
    /// When, in seconds since 1970.
    pub replied_at: i64,
}

/// Which enquiries are wanted; the default is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnquiryFilter {
    /// Of this study only.
    pub nct_id: Option<NctId>,
    /// At this stage only; the words of `trialway_enquiry::Stage`.
    pub stage: Option<String>,
    /// In this person's hand only.
    pub assigned_to: Option<String>,
}

const LINE: &str = "id, number, nct_id, site, contact_id, language, stage, assigned_to, sent_at, opened_at, answered_at, \
     closed_at, withdrawn_at";

fn line(row: &SqliteRow) -> Result<Option<EnquiryLine>, StoreError> {
    let Some(nct_id) = NctId::parse(row.try_get(2)?) else { return Ok(None) };
    Ok(Some(EnquiryLine {
        id: row.try_get(0)?,
        number: row.try_get(1)?,
        nct_id,
        site: row.try_get(3)?,
        contact_id: row.try_get(4)?,
        language: row.try_get(5)?,
        stage: row.try_get(6)?,
        assigned_to: row.try_get(7)?,
        sent_at: row.try_get(8)?,
        opened_at: row.try_get(9)?,
        answered_at: row.try_get(10)?,
        closed_at: row.try_get(11)?,
        withdrawn_at: row.try_get(12)?,
    }))
}

impl Store {
    /// Keeps an enquiry and the mails that tell of it, all or nothing. A mail to the sender counts against the limits of its address.
    pub async fn put_enquiry(&self, new: &NewEnquiry, mails: &[NewMail]) -> Result<Kept, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let known: Option<(i64,)> = sqlx::query_as("SELECT about FROM private_link WHERE hash = $1")
            .bind(links::hashed(&new.secret))
            .fetch_optional(&mut *transaction)
            .await?;
        if known.is_some() {
            return Ok(Kept::Before);
        }
        // Enquiries by telephone count by their number: a study team is not to be flooded either.
        if !links::count(&mut transaction, &new.reach, self.most_mails, new.sent_at).await? {
            return Ok(Kept::TooMany);
        }
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO enquiry (number, nct_id, site, contact_id, record_hash, engine, called, reach_kind, reach, language, \
             message, consent_version, consent_hash, stage, sent_at, days, closed_days) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'sent', $14, $15, $16) RETURNING id",
        )
        .bind(&new.number)
        .bind(new.nct_id.to_string())
        .bind(&new.site)
        .bind(new.contact_id)
        .bind(&new.record_hash)
        .bind(&new.engine)
        .bind(&new.called)
        .bind(&new.reach_kind)
        .bind(&new.reach)
        .bind(&new.language)
        .bind(&new.message)
        .bind(&new.consent_version)
        .bind(&new.consent_hash)
        .bind(new.sent_at)
        .bind(new.terms.days)
        .bind(new.terms.closed_days)
        .fetch_one(&mut *transaction)
        .await?;
        for (place, answer) in (0i64..).zip(&new.answers) {
            sqlx::query(
                "INSERT INTO enquiry_answer (enquiry_id, place, criterion, written, words) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(id)
            .bind(place)
            .bind(&answer.criterion)
            .bind(&answer.written)
            .bind(&answer.words)
            .execute(&mut *transaction)
            .await?;
        }
        links::put(&mut transaction, &new.secret, LINK, id, new.sent_at).await?;
        for mail in mails {
            outbox::put(&mut transaction, id, mail).await?;
        }
        transaction.commit().await?;
        Ok(Kept::Now)
    }

    /// Enquiries, newest first.
    pub async fn enquiries(&self, filter: &EnquiryFilter) -> Result<Vec<EnquiryLine>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "SELECT {LINE} FROM enquiry WHERE ($1 = '' OR nct_id = $1) AND ($2 = '' OR stage = $2) \
             AND ($3 = '' OR assigned_to = $3) ORDER BY id DESC"
        ));
        let rows = sqlx::query(sql)
            .bind(filter.nct_id.map(|id| id.to_string()).unwrap_or_default())
            .bind(filter.stage.clone().unwrap_or_default())
            .bind(filter.assigned_to.clone().unwrap_or_default())
            .fetch_all(&self.pool)
            .await?;
        rows.iter().filter_map(|row| line(row).transpose()).collect()
    }

    /// An enquiry by its id.
    ///
    /// **Unknown**: `None` where there is none.
    pub async fn enquiry(&self, id: i64) -> Result<Option<StoredEnquiry>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "SELECT {LINE}, record_hash, engine, called, reach_kind, reach, message, consent_version, consent_hash \
             FROM enquiry WHERE id = $1"
        ));
        let Some(row) = sqlx::query(sql).bind(id).fetch_optional(&self.pool).await? else { return Ok(None) };
        let Some(line) = line(&row)? else { return Ok(None) };
        let answers: Vec<(String, String, String)> =
            sqlx::query_as("SELECT criterion, written, words FROM enquiry_answer WHERE enquiry_id = $1 ORDER BY place")
                .bind(id)
                .fetch_all(&self.pool)
                .await?;
        let replies: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT author, message, replied_at FROM enquiry_reply WHERE enquiry_id = $1 ORDER BY id")
                .bind(id)
                .fetch_all(&self.pool)
                .await?;
        Ok(Some(StoredEnquiry {
            line,
            record_hash: row.try_get(13)?,
            engine: row.try_get(14)?,
            called: row.try_get(15)?,
            reach_kind: row.try_get(16)?,
            reach: row.try_get(17)?,
            message: row.try_get(18)?,
            consent_version: row.try_get(19)?,
            consent_hash: row.try_get(20)?,
            answers: answers
                .into_iter()
                .map(|(criterion, written, words)| EnquiryAnswer { criterion, written, words })
                .collect(),
            replies: replies
                .into_iter()
                .map(|(author, message, replied_at)| EnquiryReply { author, message, replied_at })
                .collect(),
        }))
    }

    /// The id of an enquiry by its number.
    ///
    /// **Unknown**: `None` where there is none.
    pub async fn enquiry_numbered(&self, number: &str) -> Result<Option<i64>, StoreError> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT id FROM enquiry WHERE number = $1").bind(number).fetch_optional(&self.pool).await?;
        Ok(row.map(|(id,)| id))
    }

    /// Notes that a member of the study team opened an enquiry; the first time counts. Whether it was the first.
    pub async fn open_enquiry(&self, id: i64, now: i64) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE enquiry SET stage = 'opened', opened_at = $2 WHERE id = $1 AND stage = 'sent'")
            .bind(id)
            .bind(now)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Puts an enquiry into someone's hand; an empty name takes it out of every hand. Whether that could be done.
    pub async fn assign_enquiry(&self, id: i64, to: &str) -> Result<bool, StoreError> {
        let done =
            sqlx::query("UPDATE enquiry SET assigned_to = $2 WHERE id = $1 AND stage NOT IN ('closed', 'withdrawn')")
                .bind(id)
                .bind(to)
                .execute(&self.pool)
                .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Keeps an answer, and the mail that tells the sender of it with a new private link; an empty message says that the sender was called.
    /// Whether that could be done.
    pub async fn reply_to_enquiry(
        &self,
        id: i64,
        reply: &EnquiryReply,
        mail: Option<(&NewMail, &str)>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE enquiry SET stage = 'answered', answered_at = $2, opened_at = CASE opened_at WHEN 0 THEN $2 ELSE opened_at END \
             WHERE id = $1 AND stage NOT IN ('closed', 'withdrawn')",
        )
        .bind(id)
        .bind(reply.replied_at)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("INSERT INTO enquiry_reply (enquiry_id, author, message, replied_at) VALUES ($1, $2, $3, $4)")
            .bind(id)
            .bind(&reply.author)
            .bind(&reply.message)
            .bind(reply.replied_at)
            .execute(&mut *transaction)
            .await?;
        if let Some((mail, secret)) = mail {
            links::put(&mut transaction, secret, LINK, id, reply.replied_at).await?;
            outbox::put(&mut transaction, id, mail).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Closes an enquiry. Whether that could be done.
    pub async fn close_enquiry(&self, id: i64, now: i64) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE enquiry SET stage = 'closed', closed_at = $2 WHERE id = $1 AND stage NOT IN ('closed', 'withdrawn')",
        )
        .bind(id)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Takes an enquiry back: what it said is deleted, mails of it that have not left are dropped. Whether there was one to take back.
    pub async fn withdraw_enquiry(&self, id: i64, now: i64) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE enquiry SET stage = 'withdrawn', withdrawn_at = $2 WHERE id = $1 AND stage <> 'withdrawn'",
        )
        .bind(id)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        empty(&mut transaction, id).await?;
        transaction.commit().await?;
        self.empty_log().await;
        Ok(done.rows_affected() > 0)
    }

    /// Deletes what enquiries said whose time is over, by these terms or by those that their senders were told, whichever end sooner. How many.
    pub(crate) async fn sweep_enquiries(&self, now: i64, terms: EnquiryTerms) -> Result<u64, StoreError> {
        let ids: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM enquiry WHERE called <> '' AND (sent_at + MIN(days, $2) * 86400 <= $1 \
             OR (closed_at > 0 AND closed_at + MIN(closed_days, $3) * 86400 <= $1))",
        )
        .bind(now)
        .bind(terms.days)
        .bind(terms.closed_days)
        .fetch_all(&self.pool)
        .await?;
        for (id,) in &ids {
            let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
            empty(&mut transaction, *id).await?;
            links::drop_of(&mut transaction, LINK, *id).await?;
            transaction.commit().await?;
        }
        Ok(ids.len() as u64)
    }
}

/// Deletes what an enquiry said, within a transaction; its number, stage and times stay.
async fn empty(transaction: &mut Transaction<'_, Sqlite>, id: i64) -> Result<(), StoreError> {
    for sql in [
        "UPDATE enquiry SET called = '', reach_kind = '', reach = '', message = '' WHERE id = $1",
        "DELETE FROM enquiry_answer WHERE enquiry_id = $1",
        "DELETE FROM enquiry_reply WHERE enquiry_id = $1",
    ] {
        sqlx::query(sql).bind(id).execute(&mut **transaction).await?;
    }
    let sql = sqlx::AssertSqlSafe(format!(
        "UPDATE outbox SET state = 'dropped', {EMPTIED} WHERE about = $1 AND purpose IN ('inbox', 'copy', 'answer') \
         AND state IN ('waiting', 'claimed', 'dead')"
    ));
    sqlx::query(sql).bind(id).execute(&mut **transaction).await?;
    Ok(())
}
