//! OMOP CDM 5.4 tables (CSV) to [`Facts`], each with its table and row as provenance.
//!
//! ```text
//! person, condition_occurrence, … -> table (rows by column) -> rows -> Fact -> Facts of each person
//! CONCEPT.csv                     -> vocabulary (concept id to system, code and name) --/
//! ```
//!
//! A concept id is a number of OMOP's own: what it means is in CONCEPT.csv. Without that file a row is known by its source value
//! alone, and the report says so. Names and addresses of people are in no table that is read.
//!
//! **Source**: OHDSI, OMOP Common Data Model 5.4.

pub mod codes;
mod error;
mod rows;
mod table;
mod vocabulary;

pub use error::OmopError;

use rows::Rows;
use std::collections::BTreeMap;
use table::Table;
use trialway_diagnostics::Parsed;
use trialway_patient::{Facts, ImportReport};
use trialway_terminology::Layered;
use vocabulary::Vocabulary;

/// The tables that are read, by their names without ending; only `person` is needed.
pub const TABLES: [&str; 10] = [
    "person",
    "death",
    "condition_occurrence",
    "drug_exposure",
    "measurement",
    "observation",
    "procedure_occurrence",
    "visit_occurrence",
    "device_exposure",
    "concept",
];

/// What an import gives of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The person's facts; `patient` is the person id.
    pub facts: Facts,
    /// What was used and what was not, by table.
    pub report: ImportReport,
}

/// Reads tables, given as name and bytes (CSV with a header; comma, tab or semicolon).
///
/// **Shape**: one entry per row of `person`, by person id as a number where it is one. The order of tables and rows does not matter.
/// **Unknown**: what a row does not say stays unknown; rows that cannot be used are in the report.
/// **Errors**: [`OmopError`], for a table that cannot be read at all.
pub fn import(tables: &[(&str, &[u8])], terminology: &Layered<'_>) -> Result<Parsed<Vec<Person>>, OmopError> {
    let mut read: BTreeMap<&str, Table> = BTreeMap::new();
    for (name, bytes) in tables {
        if let Some(known) = TABLES.iter().find(|known| known.eq_ignore_ascii_case(name)) {
            read.insert(known, Table::parse(known, bytes)?);
        }
    }
    let vocabulary = read.get("concept").map(Vocabulary::of).transpose()?.unwrap_or_default();
    let people = read.get("person").ok_or(OmopError::NoPerson)?;
    let mut rows = Rows::new(&vocabulary, terminology);
    rows.people(people)?;
    if let Some(table) = read.get("death") {
        rows.deaths(table)?;
    }
    type Reader<'a> = fn(&mut Rows<'a>, &Table) -> Result<(), OmopError>;
    let readers: [(&str, Reader<'_>); 7] = [
        ("condition_occurrence", Rows::conditions),
        ("drug_exposure", Rows::drugs),
        ("measurement", Rows::measurements),
        ("observation", Rows::observations),
        ("procedure_occurrence", Rows::procedures),
        ("visit_occurrence", Rows::visits),
        ("device_exposure", Rows::devices),
    ];
    for (name, reader) in readers {
        if let Some(table) = read.get(name) {
            reader(&mut rows, table)?;
        }
    }
    Ok(rows.finish())
}
