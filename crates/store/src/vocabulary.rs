//! Layers of vocabulary beside the built-in one.
//!
//! ```text
//! import -> begin_layer -> put ... -> (links are made of what was put) -> commit: one transaction, all or nothing
//! ingest -> learn       -> a layer that grows
//! record -> concepts_of_codes, concepts_of_names -> what its codes and names are in the built-in vocabulary
//! ```

use crate::{Store, StoreError};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, Transaction};

/// The layer of what records of studies taught.
pub const LEARNED: &str = "learned";

/// Rows of one statement; a statement takes at most 32,766 values.
const BATCH: usize = 1_000;

/// Values of one look-up.
const LOOKED_UP: usize = 500;

/// One row of a layer.
///
/// **Shape**: `code` is `system:code`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum VocabularyRow {
    /// There is such a code.
    Code {
        /// The code.
        code: String,
        /// What kind of thing it names.
        domain: String,
        /// The name that stands for it.
        name: String,
    },
    /// A name of a code.
    Name {
        /// The code.
        code: String,
        /// The name.
        name: String,
        /// As it is looked up; empty where it is not.
        key: String,
    },
    /// A code is one of a kind of another.
    IsA {
        /// The special one.
        code: String,
        /// The general one.
        parent: String,
    },
    /// A code measures the same as all others of its group.
    Alike {
        /// The code.
        code: String,
        /// The group.
        group: String,
    },
}

/// A layer to put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLayer {
    /// Its name; a layer of this name is replaced.
    pub name: String,
    /// The release that it is.
    pub version: String,
    /// What its terms allow.
    pub licence: String,
    /// The files it is from.
    pub source: String,
    /// When, RFC 3339.
    pub received_at: String,
    /// Which built-in vocabulary its links are made with.
    pub linked_with: String,
}

/// A layer with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What was said of it.
    pub about: NewLayer,
    /// How many codes it has.
    pub n_codes: u64,
    /// How many names, those that stand for codes included.
    pub n_names: u64,
    /// How many codes are of a built-in concept or of its kinds.
    pub n_linked: u64,
}

/// What a layer changed beside what was there of its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LayerChange {
    /// Codes that were not there.
    pub n_added: u64,
    /// Codes with other names, kinds or relations.
    pub n_changed: u64,
    /// Codes that are as they were.
    pub n_unchanged: u64,
    /// Codes that are there no more.
    pub n_removed: u64,
    /// Names and relations left out, because no row says what their code is.
    pub n_without_code: u64,
}

/// A code with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeWithNames {
    /// The code.
    pub code: String,
    /// What kind of thing it names.
    pub domain: String,
    /// The name that stands for it.
    pub name: String,
    /// Its other names.
    pub names: Vec<String>,
}

/// A relation of a layer: code, `is_a` or `alike`, and the other side.
pub type Relation = (String, String, String);

/// A layer that is being put. Dropped without [`LayerWriter::commit`], it leaves everything as it was.
pub struct LayerWriter {
    transaction: Transaction<'static, Sqlite>,
    about: NewLayer,
    id: i64,
    before: Option<i64>,
    n_without_code: u64,
}

impl Store {
    /// Begins a layer; the store's one writer until it is committed or dropped.
    pub async fn begin_layer(&self, about: NewLayer) -> Result<LayerWriter, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let before = layer_id(&mut transaction, &about.name).await?;
        let (last,): (Option<i64>,) =
            sqlx::query_as("SELECT MAX(id) FROM vocabulary_layer").fetch_one(&mut *transaction).await?;
        Ok(LayerWriter { transaction, about, id: last.unwrap_or(0) + 1, before, n_without_code: 0 })
    }

    /// Begins anew the links of a layer that is there; none where it is not.
    pub async fn begin_links(&self, name: &str, linked_with: &str) -> Result<Option<LayerWriter>, StoreError> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let Some(about) = layers(&mut transaction).await?.into_iter().find(|layer| layer.about.name == name) else {
            return Ok(None);
        };
        let id = layer_id(&mut transaction, name).await?.unwrap_or(0);
        sqlx::query("DELETE FROM vocabulary_link WHERE layer = $1").bind(id).execute(&mut *transaction).await?;
        let about = NewLayer { linked_with: linked_with.to_owned(), ..about.about };
        Ok(Some(LayerWriter { transaction, about, id, before: Some(id), n_without_code: 0 }))
    }

    /// Adds to the layer of what records taught; names of codes that are there already are brought up to date.
    ///
    /// **Shape**: whether anything was new. New rows have no links until they are made ([`Store::begin_links`]).
    pub async fn learn(&self, rows: &[VocabularyRow], about: &NewLayer) -> Result<bool, StoreError> {
        if rows.is_empty() {
            return Ok(false);
        }
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let id = match layer_id(&mut transaction, LEARNED).await? {
            Some(id) => id,
            None => {
                let (last,): (Option<i64>,) =
                    sqlx::query_as("SELECT MAX(id) FROM vocabulary_layer").fetch_one(&mut *transaction).await?;
                let id = last.unwrap_or(0) + 1;
                put_layer(&mut transaction, about, id).await?;
                id
            }
        };
        let n_new = put_rows(&mut transaction, id, rows, true).await?;
        if n_new > 0 {
            sqlx::query("UPDATE vocabulary_layer SET linked_with = '', received_at = $2 WHERE id = $1")
                .bind(id)
                .bind(&about.received_at)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(n_new > 0)
    }

    /// The layers with their counts, by name.
    pub async fn layers(&self) -> Result<Vec<Layer>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        layers(&mut connection).await
    }

    /// Whether there is any layer.
    pub async fn has_layers(&self) -> Result<bool, StoreError> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT id FROM vocabulary_layer LIMIT 1").fetch_optional(&self.pool).await?;
        Ok(row.is_some())
    }

    /// Names of the layers whose links were made with another built-in vocabulary.
    pub async fn layers_not_linked_with(&self, linked_with: &str) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM vocabulary_layer WHERE linked_with <> $1 ORDER BY name")
                .bind(linked_with)
                .fetch_all(&self.pool)
                .await?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }

    /// The built-in concepts that codes are, or are kinds of: pairs of code and concept.
    pub async fn concepts_of_codes(&self, codes: &[String]) -> Result<Vec<(String, String)>, StoreError> {
        let mut out = Vec::new();
        for some in codes.chunks(LOOKED_UP) {
            let mut query: QueryBuilder<Sqlite> =
                QueryBuilder::new("SELECT DISTINCT code, concept FROM vocabulary_link WHERE code IN (");
            push_list(&mut query, some);
            query.push(") ORDER BY code, concept");
            out.extend(query.build_query_as::<(String, String)>().fetch_all(&self.pool).await?);
        }
        Ok(out)
    }

    /// The built-in concepts that names mean: the name's key, the layer and code that has it, and a concept.
    pub async fn concepts_of_names(&self, keys: &[String]) -> Result<Vec<(String, i64, String, String)>, StoreError> {
        let mut out = Vec::new();
        for some in keys.chunks(LOOKED_UP) {
            let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
                "SELECT DISTINCT n.name_key, n.layer, n.code, l.concept FROM vocabulary_name n \
                 JOIN vocabulary_link l ON l.layer = n.layer AND l.code = n.code WHERE n.name_key IN (",
            );
            push_list(&mut query, some);
            query.push(") ORDER BY n.name_key, n.layer, n.code, l.concept");
            out.extend(query.build_query_as::<(String, i64, String, String)>().fetch_all(&self.pool).await?);
        }
        Ok(out)
    }
}

fn push_list(query: &mut QueryBuilder<Sqlite>, values: &[String]) {
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value.clone());
    }
}

async fn layer_id(connection: &mut SqliteConnection, name: &str) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT id FROM vocabulary_layer WHERE name = $1").bind(name).fetch_optional(connection).await?;
    Ok(row.map(|(id,)| id))
}

async fn put_layer(connection: &mut SqliteConnection, about: &NewLayer, id: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO vocabulary_layer (name, id, version, licence, source, received_at, linked_with) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO UPDATE SET id = excluded.id, \
         version = excluded.version, licence = excluded.licence, source = excluded.source, \
         received_at = excluded.received_at, linked_with = excluded.linked_with",
    )
    .bind(&about.name)
    .bind(id)
    .bind(&about.version)
    .bind(&about.licence)
    .bind(&about.source)
    .bind(&about.received_at)
    .bind(&about.linked_with)
    .execute(connection)
    .await?;
    Ok(())
}

async fn count(connection: &mut SqliteConnection, sql: &'static str, id: i64) -> Result<u64, StoreError> {
    let (n,): (i64,) = sqlx::query_as(sql).bind(id).fetch_one(connection).await?;
    Ok(u64::try_from(n).unwrap_or(0))
}

async fn layers(connection: &mut SqliteConnection) -> Result<Vec<Layer>, StoreError> {
    type Row = (String, i64, String, String, String, String, String);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT name, id, version, licence, source, received_at, linked_with FROM vocabulary_layer ORDER BY name",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut out = Vec::with_capacity(rows.len());
    for (name, id, version, licence, source, received_at, linked_with) in rows {
        out.push(Layer {
            about: NewLayer { name, version, licence, source, received_at, linked_with },
            n_codes: count(connection, "SELECT COUNT(*) FROM vocabulary_code WHERE layer = $1", id).await?,
            n_names: count(connection, "SELECT COUNT(*) FROM vocabulary_name WHERE layer = $1", id).await?,
            n_linked: count(connection, "SELECT COUNT(DISTINCT code) FROM vocabulary_link WHERE layer = $1", id)
                .await?,
        });
    }
    Ok(out)
}

/// Puts rows of one layer; how many were new.
async fn put_rows(
    connection: &mut SqliteConnection,
    id: i64,
    rows: &[VocabularyRow],
    is_update: bool,
) -> Result<u64, StoreError> {
    let mut n_new = 0;
    for some in rows.chunks(BATCH) {
        let codes: Vec<[&str; 3]> = some
            .iter()
            .filter_map(|row| match row {
                VocabularyRow::Code { code, domain, name } => Some([code.as_str(), domain.as_str(), name.as_str()]),
                _ => None,
            })
            .collect();
        let names: Vec<[&str; 3]> = some
            .iter()
            .filter_map(|row| match row {
                VocabularyRow::Name { code, name, key } => Some([code.as_str(), name.as_str(), key.as_str()]),
                _ => None,
            })
            .collect();
        let relations: Vec<[&str; 3]> = some
            .iter()
            .filter_map(|row| match row {
                VocabularyRow::IsA { code, parent } => Some([code.as_str(), "is_a", parent.as_str()]),
                VocabularyRow::Alike { code, group } => Some([code.as_str(), "alike", group.as_str()]),
                _ => None,
            })
            .collect();
        let on_code = if is_update {
            " ON CONFLICT (layer, code) DO UPDATE SET name = excluded.name WHERE vocabulary_code.name <> excluded.name"
        } else {
            " ON CONFLICT DO NOTHING"
        };
        for (insert, values, conflict) in [
            ("INSERT INTO vocabulary_code (layer, code, domain, name) ", codes, on_code),
            ("INSERT INTO vocabulary_name (layer, code, name, name_key) ", names, " ON CONFLICT DO NOTHING"),
            ("INSERT INTO vocabulary_relation (layer, code, relation, target) ", relations, " ON CONFLICT DO NOTHING"),
        ] {
            if values.is_empty() {
                continue;
            }
            let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(insert);
            query.push_values(values, |mut row, [a, b, c]| {
                row.push_bind(id).push_bind(a.to_owned()).push_bind(b.to_owned()).push_bind(c.to_owned());
            });
            query.push(conflict);
            n_new += query.build().execute(&mut *connection).await?.rows_affected();
        }
    }
    Ok(n_new)
}

impl LayerWriter {
    /// Puts rows; what stands there already is left as it is.
    pub async fn put(&mut self, rows: &[VocabularyRow]) -> Result<(), StoreError> {
        put_rows(&mut self.transaction, self.id, rows, false).await?;
        Ok(())
    }

    /// Leaves out names and relations of codes that no row says anything of. To be called once, after all rows.
    pub async fn close_rows(&mut self) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM vocabulary_name WHERE layer = $1 AND code NOT IN (SELECT code FROM vocabulary_code WHERE layer = $1)",
            "DELETE FROM vocabulary_relation WHERE layer = $1 AND code NOT IN (SELECT code FROM vocabulary_code WHERE layer = $1)",
        ] {
            self.n_without_code +=
                sqlx::query(sql).bind(self.id).execute(&mut *self.transaction).await?.rows_affected();
        }
        Ok(())
    }

    /// Codes with their names, in order, beginning after one.
    pub async fn codes_after(&mut self, after: &str, limit: u32) -> Result<Vec<CodeWithNames>, StoreError> {
        let codes: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT code, domain, name FROM vocabulary_code WHERE layer = $1 AND code > $2 ORDER BY code LIMIT $3",
        )
        .bind(self.id)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.transaction)
        .await?;
        let Some((last, ..)) = codes.last() else { return Ok(Vec::new()) };
        let names: Vec<(String, String)> = sqlx::query_as(
            "SELECT code, name FROM vocabulary_name WHERE layer = $1 AND code > $2 AND code <= $3 ORDER BY code, name",
        )
        .bind(self.id)
        .bind(after)
        .bind(last)
        .fetch_all(&mut *self.transaction)
        .await?;
        let mut names = names.into_iter().peekable();
        let mut out = Vec::with_capacity(codes.len());
        for (code, domain, name) in codes {
            let mut own = Vec::new();
            while let Some((_, other)) = names.next_if(|(of, _)| *of <= code) {
                if other != name {
                    own.push(other);
                }
            }
            out.push(CodeWithNames { code, domain, name, names: own });
        }
        Ok(out)
    }

    /// Relations in order, beginning after one.
    pub async fn relations_after(&mut self, after: &Relation, limit: u32) -> Result<Vec<Relation>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT code, relation, target FROM vocabulary_relation \
             WHERE layer = $1 AND (code, relation, target) > ($2, $3, $4) ORDER BY code, relation, target LIMIT $5",
        )
        .bind(self.id)
        .bind(&after.0)
        .bind(&after.1)
        .bind(&after.2)
        .bind(i64::from(limit))
        .fetch_all(&mut *self.transaction)
        .await?)
    }

    /// Puts links: pairs of code and built-in concept.
    pub async fn link(&mut self, links: &[(String, String)]) -> Result<(), StoreError> {
        for some in links.chunks(BATCH) {
            let mut query: QueryBuilder<Sqlite> =
                QueryBuilder::new("INSERT INTO vocabulary_link (layer, code, concept) ");
            query.push_values(some, |mut row, (code, concept)| {
                row.push_bind(self.id).push_bind(code.clone()).push_bind(concept.clone());
            });
            query.push(" ON CONFLICT DO NOTHING");
            query.build().execute(&mut *self.transaction).await?;
        }
        Ok(())
    }

    /// Makes the layer the one of its name, and says what it changed.
    pub async fn commit(mut self) -> Result<LayerChange, StoreError> {
        let change = self.change().await?;
        if let Some(before) = self.before.filter(|before| *before != self.id) {
            for sql in [
                "DELETE FROM vocabulary_code WHERE layer = $1",
                "DELETE FROM vocabulary_name WHERE layer = $1",
                "DELETE FROM vocabulary_relation WHERE layer = $1",
                "DELETE FROM vocabulary_link WHERE layer = $1",
            ] {
                sqlx::query(sql).bind(before).execute(&mut *self.transaction).await?;
            }
        }
        put_layer(&mut self.transaction, &self.about, self.id).await?;
        self.transaction.commit().await?;
        Ok(change)
    }

    async fn change(&mut self) -> Result<LayerChange, StoreError> {
        const ALL: &str = "SELECT COUNT(*) FROM vocabulary_code WHERE layer = $1";
        let n_codes = count(&mut self.transaction, ALL, self.id).await?;
        let n_without_code = self.n_without_code;
        let Some(before) = self.before else {
            return Ok(LayerChange { n_added: n_codes, n_without_code, ..LayerChange::default() });
        };
        let n_before = count(&mut self.transaction, ALL, before).await?;
        let both: (i64, i64) = sqlx::query_as(
            "WITH kept AS (SELECT code FROM vocabulary_code WHERE layer = $1 INTERSECT SELECT code FROM vocabulary_code WHERE layer = $2), \
             fresh AS (SELECT code, domain AS a, name AS b FROM vocabulary_code WHERE layer = $1 \
               UNION ALL SELECT code, 'name', name FROM vocabulary_name WHERE layer = $1 \
               UNION ALL SELECT code, relation, target FROM vocabulary_relation WHERE layer = $1), \
             old AS (SELECT code, domain AS a, name AS b FROM vocabulary_code WHERE layer = $2 \
               UNION ALL SELECT code, 'name', name FROM vocabulary_name WHERE layer = $2 \
               UNION ALL SELECT code, relation, target FROM vocabulary_relation WHERE layer = $2), \
             other AS (SELECT code FROM (SELECT * FROM fresh EXCEPT SELECT * FROM old) \
               UNION SELECT code FROM (SELECT * FROM old EXCEPT SELECT * FROM fresh)) \
             SELECT (SELECT COUNT(*) FROM kept), (SELECT COUNT(*) FROM kept WHERE code IN (SELECT code FROM other))",
        )
        .bind(self.id)
        .bind(before)
        .fetch_one(&mut *self.transaction)
        .await?;
        let (n_kept, n_changed) = (u64::try_from(both.0).unwrap_or(0), u64::try_from(both.1).unwrap_or(0));
        Ok(LayerChange {
            n_added: n_codes.saturating_sub(n_kept),
            n_changed,
            n_unchanged: n_kept.saturating_sub(n_changed),
            n_removed: n_before.saturating_sub(n_kept),
            n_without_code,
        })
    }
}
