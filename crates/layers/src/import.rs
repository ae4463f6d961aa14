//! A user's files into a layer.

use crate::LayersError;
use crate::link::link;
use std::collections::BTreeMap;
use std::io::BufRead;
use trialway_store::{LayerChange, NewLayer, Store, VocabularyRow};
use trialway_terminology::Terminology;
use trialway_terminology::import::{Permission, Statement, Step, VocabularyFormat, read};
use trialway_terminology::layers::name_key;

/// Rows of one write.
const BATCH: usize = 5_000;

/// Refused rows that are told one by one.
const TOLD: usize = 20;

/// A file to import.
pub struct Source {
    /// What to call it.
    pub name: String,
    /// Its bytes, unpacked.
    pub reader: Box<dyn BufRead>,
}

/// What to import.
pub struct Import {
    /// The files of one release.
    pub sources: Vec<Source>,
    /// Their format.
    pub format: VocabularyFormat,
    /// What the user may use.
    pub permission: Permission,
    /// The release, as it is called.
    pub version: String,
    /// When, RFC 3339.
    pub received_at: String,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// File and line.
    pub place: String,
    /// Why.
    pub reason: String,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Codes added, changed, unchanged, removed.
    pub change: LayerChange,
    /// How many codes lead to built-in concepts.
    pub n_linked: u64,
    /// Rows in order that are not for us, by reason.
    pub passed: BTreeMap<&'static str, u64>,
    /// The first rows that were refused.
    pub refused: Vec<RefusedRow>,
    /// How many were refused in all.
    pub n_refused: u64,
}

/// Puts the files as the layer of their format, all of it or nothing.
///
/// **Errors**: a file of another format, one that breaks off, or files with no code at all; then the store is as it was.
pub async fn import(store: &Store, import: Import, terminology: &Terminology) -> Result<ImportReport, LayersError> {
    let names: Vec<&str> = import.sources.iter().map(|source| source.name.as_str()).collect();
    let about = NewLayer {
        name: import.format.as_str().to_owned(),
        version: import.version,
        licence: import.format.licence().to_owned(),
        source: names.join(", "),
        received_at: import.received_at,
        linked_with: terminology.fingerprint(),
    };
    let mut writer = store.begin_layer(about.clone()).await?;
    let mut report = ImportReport::default();
    let mut n_codes = 0_u64;
    for source in import.sources {
        let mut batch = Vec::with_capacity(BATCH);
        let mut steps = read(import.format, source.reader, import.permission);
        loop {
            // The steps are taken outside the borrow of an await, a batch at a time.
            let is_over = loop {
                match steps.next() {
                    None => break true,
                    Some(Err(error)) => {
                        return Err(LayersError::File { file: source.name, reason: error.to_string() });
                    }
                    Some(Ok(Step::Passed(why))) => *report.passed.entry(why).or_default() += 1,
                    Some(Ok(Step::Refused { line, reason })) => {
                        report.n_refused += 1;
                        if report.refused.len() < TOLD {
                            report.refused.push(RefusedRow { place: format!("{}, line {line}", source.name), reason });
                        }
                    }
                    Some(Ok(Step::Statements(statements))) => {
                        for statement in statements {
                            n_codes += u64::from(matches!(statement, Statement::Code { .. }));
                            rows(statement, &mut batch);
                        }
                        if batch.len() >= BATCH {
                            break false;
                        }
                    }
                }
            };
            writer.put(&std::mem::take(&mut batch)).await?;
            if is_over {
                break;
            }
        }
    }
    if n_codes == 0 {
        let first = report.refused.first().map(|row| format!("; {}: {}", row.place, row.reason)).unwrap_or_default();
        return Err(LayersError::File {
            file: about.source,
            reason: format!(
                "holds no code of a condition, medicine, procedure or measurement; check the file and --format{first}"
            ),
        });
    }
    writer.close_rows().await?;
    report.n_linked = link(&mut writer, terminology).await?;
    report.change = writer.commit().await?;
    Ok(report)
}

fn rows(statement: Statement, out: &mut Vec<VocabularyRow>) {
    match statement {
        Statement::Code { code, domain, name } => {
            let key = name_key(&name).unwrap_or_default();
            out.push(VocabularyRow::Name { code: code.clone(), name: name.clone(), key });
            out.push(VocabularyRow::Code { code, domain: domain.as_str().to_owned(), name });
        }
        Statement::Name { code, name } => {
            let key = name_key(&name).unwrap_or_default();
            out.push(VocabularyRow::Name { code, name, key });
        }
        Statement::IsA { code, parent } => out.push(VocabularyRow::IsA { code, parent }),
        Statement::Alike { code, group } => out.push(VocabularyRow::Alike { code, group }),
    }
}
