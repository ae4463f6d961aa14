//! Links that make an account, once.

use crate::accounts::{Codes, KeptPasskey, put_codes, put_passkey};
use crate::audit::{Deed, add};
use crate::{Store, StoreError};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use trialway_accounts::Roles;
use trialway_accounts::session::INVITATION_SECONDS;

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The hash of its secret.
    pub hash: String,
    /// What the new member may do.
    pub roles: Roles,
    /// The studies that are assigned at once.
    pub studies: Vec<String>,
    /// An account's id, or `command line`.
    pub made_by: String,
    /// When, in seconds since 1970.
    pub made_at: i64,
    /// The guest's name for signing in; empty before it was given.
    pub sign_in_name: String,
    /// The guest's name for pages.
    pub name: String,
    /// The secret that the guest's app for codes was given; empty before. It is sealed where it is kept.
    pub code_secret: Vec<u8>,
}

impl Invitation {
    /// A fresh one.
    pub fn new(hash: String, roles: Roles, studies: Vec<String>, made_by: &str, now: i64) -> Self {
        Self {
            hash,
            roles,
            studies,
            made_by: made_by.to_owned(),
            made_at: now,
            sign_in_name: String::new(),
            name: String::new(),
            code_secret: Vec::new(),
        }
    }

    /// When it ends, in seconds since 1970.
    pub fn expires_at(&self) -> i64 {
        self.made_at.saturating_add(INVITATION_SECONDS)
    }
}

/// How a guest will sign in.
pub enum FirstWay {
    /// By an app for codes, with codes on paper.
    Codes(Codes),
    /// By a passkey.
    Passkey(KeptPasskey),
}

/// What came of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// An account with this id.
    Account(String),
    /// It was used, or has ended.
    NotOpen,
    /// Somebody has the name for signing in already.
    NameTaken,
    /// The passkey belongs to an account already.
    PasskeyTaken,
}

fn invitation(row: &SqliteRow) -> Result<Invitation, StoreError> {
    let studies: String = row.try_get(2)?;
    Ok(Invitation {
        hash: row.try_get(0)?,
        roles: Roles::parse(row.try_get(1)?),
        studies: studies.split_whitespace().map(str::to_owned).collect(),
        made_by: row.try_get(3)?,
        made_at: row.try_get(4)?,
        sign_in_name: row.try_get(5)?,
        name: row.try_get(6)?,
        code_secret: row.try_get(7)?,
    })
}

const OPEN: &str = "SELECT hash, roles, studies, made_by, made_at, sign_in_name, name, code_secret FROM invitation \
                    WHERE used_at IS NULL AND expires_at > $1";

impl Store {
    /// Keeps an invitation.
    pub async fn invite(&self, invitation: &Invitation) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO invitation (hash, roles, studies, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&invitation.hash)
        .bind(invitation.roles.to_string())
        .bind(invitation.studies.join(" "))
        .bind(&invitation.made_by)
        .bind(invitation.made_at)
        .bind(invitation.expires_at())
        .execute(&mut *transaction)
        .await?;
        let object = invitation.roles.to_string().replace(' ', ".");
        let (actor, now) = (invitation.made_by.as_str(), invitation.made_at);
        add(&mut transaction, Deed { actor, action: "invited", object: &object, now }).await?;
        Ok(transaction.commit().await?)
    }

    /// An invitation that is open.
    pub async fn invitation(&self, hash: &str, now: i64) -> Result<Option<Invitation>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("{OPEN} AND hash = $2"));
        let row = sqlx::query(sql).bind(now).bind(hash).fetch_optional(&self.pool).await?;
        let Some(mut open) = row.as_ref().map(invitation).transpose()? else { return Ok(None) };
        open.code_secret = self.opened(open.code_secret, hash)?;
        Ok(Some(open))
    }

    /// The invitations that are open, the latest first; secrets stay sealed.
    pub async fn invitations(&self, now: i64) -> Result<Vec<Invitation>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("{OPEN} ORDER BY made_at DESC, hash"));
        sqlx::query(sql).bind(now).fetch_all(&self.pool).await?.iter().map(invitation).collect()
    }

    /// Keeps what a guest gave before the last step.
    pub async fn prepare_invitation(
        &self,
        hash: &str,
        sign_in_name: &str,
        name: &str,
        code_secret: &[u8],
        now: i64,
    ) -> Result<(), StoreError> {
        let sealed = self.sealed(code_secret, hash)?;
        sqlx::query(
            "UPDATE invitation SET sign_in_name = $2, name = $3, code_secret = $4 \
             WHERE hash = $1 AND used_at IS NULL AND expires_at > $5",
        )
        .bind(hash)
        .bind(sign_in_name)
        .bind(name)
        .bind(sealed)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Whether somebody has a name for signing in.
    pub async fn is_sign_in_name_taken(&self, sign_in_name: &str) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM account WHERE sign_in_name = $1";
        let (n,): (i64,) = sqlx::query_as(sql).bind(sign_in_name).fetch_one(&self.pool).await?;
        Ok(n > 0)
    }

    /// Makes the account that an invitation stands for and uses the invitation up, both or neither.
    pub async fn accept_invitation(
        &self,
        hash: &str,
        account_id: &str,
        way: &FirstWay,
        now: i64,
    ) -> Result<Accepted, StoreError> {
        let sealed = match way {
            FirstWay::Codes(codes) => self.sealed(&codes.secret, &codes.account_id)?,
            FirstWay::Passkey(_) => Vec::new(),
        };
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let sql = sqlx::AssertSqlSafe(format!("{OPEN} AND hash = $2"));
        let row = sqlx::query(sql).bind(now).bind(hash).fetch_optional(&mut *transaction).await?;
        let Some(open) = row.as_ref().map(invitation).transpose()?.filter(|open| !open.sign_in_name.is_empty()) else {
            return Ok(Accepted::NotOpen);
        };
        let n = sqlx::query(
            "INSERT INTO account (id, sign_in_name, name, roles, made_at, closed_at, code_secret, code_step, recovery_salt) \
             VALUES ($1, $2, $3, $4, $5, NULL, x'', 0, x'') ON CONFLICT (sign_in_name) DO NOTHING",
        )
        .bind(account_id)
        .bind(&open.sign_in_name)
        .bind(&open.name)
        .bind(open.roles.to_string())
        .bind(now)
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        if n == 0 {
            return Ok(Accepted::NameTaken);
        }
        match way {
            FirstWay::Codes(codes) => put_codes(&mut transaction, codes, &sealed).await?,
            FirstWay::Passkey(passkey) => {
                if !put_passkey(&mut transaction, passkey).await? {
                    return Ok(Accepted::PasskeyTaken);
                }
            }
        }
        for study in &open.studies {
            sqlx::query("INSERT OR IGNORE INTO account_study (account_id, nct_id) VALUES ($1, $2)")
                .bind(account_id)
                .bind(study)
                .execute(&mut *transaction)
                .await?;
        }
        // What the guest gave has moved to the account.
        sqlx::query(
            "UPDATE invitation SET used_at = $2, sign_in_name = '', name = '', code_secret = x'' WHERE hash = $1",
        )
        .bind(hash)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        add(&mut transaction, Deed { actor: account_id, action: "invitation accepted", object: account_id, now })
            .await?;
        transaction.commit().await?;
        Ok(Accepted::Account(account_id.to_owned()))
    }
}
