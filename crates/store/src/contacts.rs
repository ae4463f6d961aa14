//! Who of a study centre agreed to get enquiries. Kept apart from registry data: an address that a registry publishes is never here by itself.

use crate::{Store, StoreError};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use trialway_study::NctId;

/// Someone who agreed to get enquiries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolledContact {
    /// Its number.
    pub id: i64,
    /// For which study.
    pub nct_id: NctId,
    /// For which site, by its name and place as pages show them; empty for the whole study.
    pub site: String,
    /// The person or the office.
    pub name: String,
    /// Where mail to them goes.
    pub address: String,
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// Since when, in seconds since 1970.
    pub enrolled_at: i64,
}

const COLUMNS: &str = "id, nct_id, site, name, address, language, enrolled_at FROM enrolled_contact";

fn contact(row: &SqliteRow) -> Result<Option<EnrolledContact>, StoreError> {
    let Some(nct_id) = NctId::parse(row.try_get(1)?) else { return Ok(None) };
    Ok(Some(EnrolledContact {
        id: row.try_get(0)?,
        nct_id,
        site: row.try_get(2)?,
        name: row.try_get(3)?,
        address: row.try_get(4)?,
        language: row.try_get(5)?,
        enrolled_at: row.try_get(6)?,
    }))
}

impl Store {
    /// Enrols a contact (its `id` does not count); the same address for the same site again changes name and language. Its number.
    pub async fn enrol_contact(&self, contact: &EnrolledContact) -> Result<i64, StoreError> {
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO enrolled_contact (nct_id, site, name, address, language, enrolled_at) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (nct_id, site, address) DO UPDATE SET name = excluded.name, language = excluded.language RETURNING id",
        )
        .bind(contact.nct_id.to_string())
        .bind(&contact.site)
        .bind(&contact.name)
        .bind(&contact.address)
        .bind(&contact.language)
        .bind(contact.enrolled_at)
        .fetch_one(&self.pool)
        .await?;
        Ok(id)
    }

    /// Takes a contact out; whether there was one.
    pub async fn remove_contact(&self, id: i64) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM enrolled_contact WHERE id = $1").bind(id).execute(&self.pool).await?;
        Ok(done.rows_affected() > 0)
    }

    /// The contacts of a study, or of all; by study, site and number.
    pub async fn enrolled_contacts(&self, nct_id: Option<NctId>) -> Result<Vec<EnrolledContact>, StoreError> {
        let wanted = nct_id.map(|id| id.to_string()).unwrap_or_default();
        let sql =
            sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} WHERE $1 = '' OR nct_id = $1 ORDER BY nct_id, site, id"));
        let rows = sqlx::query(sql).bind(wanted).fetch_all(&self.pool).await?;
        rows.iter().filter_map(|row| contact(row).transpose()).collect()
    }
}
