//! Accounts of the study team: members, studies, ways to sign in. Invitations are in `invitations`, sessions in `sessions`.
//!
//! Whatever changes an account writes its entry of the audit log in the same transaction.

use crate::audit::{Deed, add};
use crate::{Store, StoreError};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use trialway_accounts::{Role, Roles};

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id: random, and the same for ever.
    pub id: String,
    /// What is typed to sign in with a code.
    pub sign_in_name: String,
    /// The name that pages show.
    pub name: String,
    /// What the member may do.
    pub roles: Roles,
    /// Since when, in seconds since 1970.
    pub made_at: i64,
    /// Closed when; none for one in use.
    pub closed_at: Option<i64>,
    /// Whether an app for codes was set up.
    pub has_code: bool,
}

/// What decides a sign-in by codes.
#[derive(Clone, PartialEq, Eq)]
pub struct Codes {
    /// Whose.
    pub account_id: String,
    /// The app's secret; empty where there is none. It is sealed where it is kept.
    pub secret: Vec<u8>,
    /// The last step that was used.
    pub step: i64,
    /// The salt of the codes on paper.
    pub salt: Vec<u8>,
    /// Their hashes.
    pub recovery: Vec<String>,
}

/// A passkey as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPasskey {
    /// Its id, in web base 64.
    pub id: String,
    /// Whose.
    pub account_id: String,
    /// Its COSE key.
    pub public_key: Vec<u8>,
    /// How often it was used, where it counts.
    pub counter: i64,
    /// Since when.
    pub made_at: i64,
    /// Last used.
    pub used_at: i64,
}

/// Why an account is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountChange {
    /// It was changed.
    Done,
    /// There is no such account, or it is closed.
    NoSuch,
    /// Nobody else could invite and close accounts any more.
    LastAdministrator,
    /// Nobody could sign in with this account any more.
    LastWay,
}

const ACCOUNT: &str = "id, sign_in_name, name, roles, made_at, closed_at, LENGTH(code_secret) > 0 FROM account";
const PASSKEY: &str = "id, account_id, public_key, counter, made_at, used_at FROM passkey";

pub(crate) fn account(row: &SqliteRow) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.try_get(0)?,
        sign_in_name: row.try_get(1)?,
        name: row.try_get(2)?,
        roles: Roles::parse(row.try_get(3)?),
        made_at: row.try_get(4)?,
        closed_at: row.try_get(5)?,
        has_code: row.try_get(6)?,
    })
}

fn passkey(row: &SqliteRow) -> Result<KeptPasskey, StoreError> {
    Ok(KeptPasskey {
        id: row.try_get(0)?,
        account_id: row.try_get(1)?,
        public_key: row.try_get(2)?,
        counter: row.try_get(3)?,
        made_at: row.try_get(4)?,
        used_at: row.try_get(5)?,
    })
}

impl Store {
    /// All accounts, those in use first.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {ACCOUNT} ORDER BY closed_at IS NOT NULL, name, id"));
        sqlx::query(sql).fetch_all(&self.pool).await?.iter().map(account).collect()
    }

    /// An account by its id.
    pub async fn account(&self, id: &str) -> Result<Option<Account>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {ACCOUNT} WHERE id = $1"));
        sqlx::query(sql).bind(id).fetch_optional(&self.pool).await?.as_ref().map(account).transpose()
    }

    /// Closes an account and ends its sessions. The name stays where it stands; ways to sign in are taken away.
    pub async fn close_account(&self, id: &str, by: &str, now: i64) -> Result<AccountChange, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(refused) = last_administrator(&mut transaction, id, &Roles::default()).await? {
            return Ok(refused);
        }
        let sql = "UPDATE account SET closed_at = $2, code_secret = x'', recovery_salt = x'' WHERE id = $1";
        sqlx::query(sql).bind(id).bind(now).execute(&mut *transaction).await?;
        for sql in [
            "DELETE FROM session WHERE account_id = $1",
            "DELETE FROM passkey WHERE account_id = $1",
            "DELETE FROM recovery_code WHERE account_id = $1",
            "DELETE FROM account_study WHERE account_id = $1",
        ] {
            sqlx::query(sql).bind(id).execute(&mut *transaction).await?;
        }
        add(&mut transaction, Deed { actor: by, action: "account closed", object: id, now }).await?;
        transaction.commit().await?;
        Ok(AccountChange::Done)
    }

    /// Gives an account other roles.
    pub async fn set_roles(&self, id: &str, roles: &Roles, by: &str, now: i64) -> Result<AccountChange, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(refused) = last_administrator(&mut transaction, id, roles).await? {
            return Ok(refused);
        }
        sqlx::query("UPDATE account SET roles = $2 WHERE id = $1")
            .bind(id)
            .bind(roles.to_string())
            .execute(&mut *transaction)
            .await?;
        let object = format!("{id}:{}", roles.to_string().replace(' ', "."));
        add(&mut transaction, Deed { actor: by, action: "roles changed", object: &object, now }).await?;
        transaction.commit().await?;
        Ok(AccountChange::Done)
    }

    /// The studies whose enquiries an account answers, in order.
    pub async fn studies_of(&self, id: &str) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT nct_id FROM account_study WHERE account_id = $1 ORDER BY nct_id")
                .bind(id)
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Assigns studies to an account in the place of those before.
    pub async fn set_studies(&self, id: &str, studies: &[String], by: &str, now: i64) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM account_study WHERE account_id = $1").bind(id).execute(&mut *transaction).await?;
        for study in studies {
            sqlx::query("INSERT OR IGNORE INTO account_study (account_id, nct_id) VALUES ($1, $2)")
                .bind(id)
                .bind(study)
                .execute(&mut *transaction)
                .await?;
        }
        add(&mut transaction, Deed { actor: by, action: "studies assigned", object: id, now }).await?;
        Ok(transaction.commit().await?)
    }

    /// What decides a sign-in by codes under a name; none where nobody has the name.
    pub async fn codes_of(&self, sign_in_name: &str) -> Result<Option<Codes>, StoreError> {
        let row = sqlx::query(
            "SELECT id, code_secret, code_step, recovery_salt FROM account WHERE sign_in_name = $1 AND closed_at IS NULL",
        )
        .bind(sign_in_name)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let account_id: String = row.try_get(0)?;
        let recovery: Vec<(String,)> = sqlx::query_as("SELECT hash FROM recovery_code WHERE account_id = $1")
            .bind(&account_id)
            .fetch_all(&self.pool)
            .await?;
        Ok(Some(Codes {
            secret: self.opened(row.try_get(1)?, &account_id)?,
            account_id,
            step: row.try_get(2)?,
            salt: row.try_get(3)?,
            recovery: recovery.into_iter().map(|(hash,)| hash).collect(),
        }))
    }

    /// Marks a code's step as used; false where it, or a later one, was used meanwhile.
    pub async fn use_code(&self, id: &str, step: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE account SET code_step = $2 WHERE id = $1 AND code_step < $2 AND closed_at IS NULL";
        Ok(sqlx::query(sql).bind(id).bind(step).execute(&self.pool).await?.rows_affected() == 1)
    }

    /// Uses up a code on paper; false where it was used meanwhile.
    pub async fn use_recovery(&self, id: &str, hash: &str, now: i64) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let sql = "DELETE FROM recovery_code WHERE account_id = $1 AND hash = $2";
        let n = sqlx::query(sql).bind(id).bind(hash).execute(&mut *transaction).await?.rows_affected();
        if n == 1 {
            add(&mut transaction, Deed { actor: id, action: "code on paper used", object: "", now }).await?;
        }
        transaction.commit().await?;
        Ok(n == 1)
    }

    /// Sets up an app for codes and codes on paper, in the place of those before.
    pub async fn set_codes(&self, codes: &Codes, now: i64) -> Result<(), StoreError> {
        let sealed = self.sealed(&codes.secret, &codes.account_id)?;
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        put_codes(&mut transaction, codes, &sealed).await?;
        add(&mut transaction, Deed { actor: &codes.account_id, action: "codes set up", object: "", now }).await?;
        Ok(transaction.commit().await?)
    }

    /// A passkey by its id.
    pub async fn passkey(&self, id: &str) -> Result<Option<KeptPasskey>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {PASSKEY} WHERE id = $1"));
        sqlx::query(sql).bind(id).fetch_optional(&self.pool).await?.as_ref().map(passkey).transpose()
    }

    /// The passkeys of an account, the first one first.
    pub async fn passkeys_of(&self, account_id: &str) -> Result<Vec<KeptPasskey>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("SELECT {PASSKEY} WHERE account_id = $1 ORDER BY made_at, id"));
        sqlx::query(sql).bind(account_id).fetch_all(&self.pool).await?.iter().map(passkey).collect()
    }

    /// Adds a passkey; false where its id is known already.
    pub async fn add_passkey(&self, passkey: &KeptPasskey) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let is_new = put_passkey(&mut transaction, passkey).await?;
        if is_new {
            let (actor, now) = (passkey.account_id.as_str(), passkey.made_at);
            add(&mut transaction, Deed { actor, action: "passkey added", object: "", now }).await?;
        }
        transaction.commit().await?;
        Ok(is_new)
    }

    /// Notes a use of a passkey; false where it was used further meanwhile.
    pub async fn used_passkey(&self, id: &str, counter: i64, now: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE passkey SET counter = $2, used_at = $3 WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))";
        Ok(sqlx::query(sql).bind(id).bind(counter).bind(now).execute(&self.pool).await?.rows_affected() == 1)
    }

    /// Takes a passkey away, unless nobody could sign in any more.
    pub async fn remove_passkey(&self, account_id: &str, id: &str, now: i64) -> Result<AccountChange, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let (n_ways,): (i64,) = sqlx::query_as(
            "SELECT (SELECT COUNT(*) FROM passkey WHERE account_id = $1) + \
             (SELECT COUNT(*) FROM account WHERE id = $1 AND LENGTH(code_secret) > 0)",
        )
        .bind(account_id)
        .fetch_one(&mut *transaction)
        .await?;
        if n_ways < 2 {
            return Ok(AccountChange::LastWay);
        }
        let sql = "DELETE FROM passkey WHERE account_id = $1 AND id = $2";
        let n = sqlx::query(sql).bind(account_id).bind(id).execute(&mut *transaction).await?.rows_affected();
        if n == 0 {
            return Ok(AccountChange::NoSuch);
        }
        add(&mut transaction, Deed { actor: account_id, action: "passkey removed", object: "", now }).await?;
        transaction.commit().await?;
        Ok(AccountChange::Done)
    }
}

/// Puts a passkey; false where its id is known already.
pub(crate) async fn put_passkey(
    connection: &mut sqlx::SqliteConnection,
    passkey: &KeptPasskey,
) -> Result<bool, StoreError> {
    let n = sqlx::query(
        "INSERT INTO passkey (id, account_id, public_key, counter, made_at, used_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(&passkey.id)
    .bind(&passkey.account_id)
    .bind(&passkey.public_key)
    .bind(passkey.counter)
    .bind(passkey.made_at)
    .bind(passkey.used_at)
    .execute(connection)
    .await?
    .rows_affected();
    Ok(n == 1)
}

/// Puts the means of signing in by codes, the app's secret sealed, in the place of those before.
pub(crate) async fn put_codes(
    connection: &mut sqlx::SqliteConnection,
    codes: &Codes,
    sealed: &[u8],
) -> Result<(), StoreError> {
    sqlx::query("UPDATE account SET code_secret = $2, code_step = $3, recovery_salt = $4 WHERE id = $1")
        .bind(&codes.account_id)
        .bind(sealed)
        .bind(codes.step)
        .bind(&codes.salt)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM recovery_code WHERE account_id = $1")
        .bind(&codes.account_id)
        .execute(&mut *connection)
        .await?;
    for hash in &codes.recovery {
        sqlx::query("INSERT OR IGNORE INTO recovery_code (account_id, hash) VALUES ($1, $2)")
            .bind(&codes.account_id)
            .bind(hash)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Why an account may not be given these roles; none where it may.
async fn last_administrator(
    connection: &mut sqlx::SqliteConnection,
    id: &str,
    roles: &Roles,
) -> Result<Option<AccountChange>, StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT id, roles FROM account WHERE closed_at IS NULL").fetch_all(connection).await?;
    if !rows.iter().any(|(one, _)| one == id) {
        return Ok(Some(AccountChange::NoSuch));
    }
    let others = rows.iter().any(|(one, words)| one != id && Roles::parse(words).has(Role::Administrator));
    let is_one = rows.iter().any(|(one, words)| one == id && Roles::parse(words).has(Role::Administrator));
    Ok((is_one && !others && !roles.has(Role::Administrator)).then_some(AccountChange::LastAdministrator))
}
