//! A patient's record from a file or a folder of tables: its facts, and what of it was used.

use crate::input;
use crate::settings::{DataDir, runtime};
use jiff::civil::Date;
use std::path::Path;
use trialway_diagnostics::Parsed;
use trialway_fhir::Import;
use trialway_shortlist::{Story, story};
use trialway_store::Store;
use trialway_terminology::{Layered, Terminology};

/// Reads a FHIR record, a note in plain text, or a folder of OMOP tables with one person.
///
/// **Shape**: `as_of` is the day to which "two years ago" of a note is counted.
///
/// **Errors**: bad input, with the file, the place in it and the mend.
pub fn read(path: &str, as_of: Date, data_dir: &DataDir) -> anyhow::Result<Parsed<Import>> {
    let mut parsed =
        if Path::new(path).is_dir() { tables(path)? } else { file(path, input::read(path)?, as_of, data_dir)? };
    if parsed.value.facts.patient.is_empty() {
        parsed.value.facts.patient = input::name(path);
    }
    Ok(parsed)
}

/// A FHIR record's bytes, or a note's, with what the vocabularies of the store say of its codes and names.
pub fn file(path: &str, bytes: Vec<u8>, as_of: Date, data_dir: &DataDir) -> anyhow::Result<Parsed<Import>> {
    let terminology = Terminology::builtin();
    let is_note = story::is_note(&bytes).map_err(|error| input::bad(path, error))?;
    with_store(data_dir, async |store| {
        let read = if is_note {
            let text = story::text(&bytes).map_err(|error| input::bad(path, error))?;
            story::note(text, as_of, store, terminology).await.map(|(_, import)| Parsed::clean(import))
        } else {
            story::record(&bytes, store, terminology).await
        };
        read.map_err(|error| input::bad(path, error))
    })
}

/// What a patient's file says, and what it is about.
pub fn story(path: &str, as_of: Date, data_dir: &DataDir) -> anyhow::Result<Story> {
    let bytes = input::read(path)?;
    let mut story = with_store(data_dir, async |store| {
        Story::read(&bytes, as_of, store, Terminology::builtin()).await.map_err(|error| input::bad(path, error))
    })?;
    if story.import.facts.patient.is_empty() {
        story.import.facts.patient = input::name(path);
    }
    Ok(story)
}

/// Does something with the store where there is one: asking must not make a store.
fn with_store<T>(data_dir: &DataDir, what: impl AsyncFnOnce(Option<&Store>) -> anyhow::Result<T>) -> anyhow::Result<T> {
    runtime()?.block_on(async {
        if !data_dir.path.join("trialway.db").exists() {
            return what(None).await;
        }
        let store = Store::open(&data_dir.path).await?;
        let done = what(Some(&store)).await;
        store.close().await;
        done
    })
}

/// A folder of OMOP tables.
fn tables(folder: &str) -> anyhow::Result<Parsed<Import>> {
    let mut tables = Vec::new();
    for name in trialway_omop::TABLES {
        for ending in ["csv", "csv.gz", "CSV"] {
            for name in [name.to_owned(), name.to_uppercase()] {
                let path = Path::new(folder).join(format!("{name}.{ending}"));
                if path.is_file()
                    && !tables.iter().any(|(known, _): &(String, Vec<u8>)| known.eq_ignore_ascii_case(&name))
                {
                    tables.push((name.to_lowercase(), input::read(&path.display().to_string())?));
                }
            }
        }
    }
    let borrowed: Vec<(&str, &[u8])> = tables.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let parsed = trialway_omop::import(&borrowed, &Layered::plain(Terminology::builtin()))
        .map_err(|error| input::bad(folder, error))?;
    let n_people = parsed.value.len();
    let mut people = parsed.value.into_iter();
    match (people.next(), n_people) {
        (Some(person), 1) => {
            let import = Import { facts: person.facts, report: person.report, is_answers: false };
            Ok(Parsed { value: import, findings: parsed.findings })
        }
        _ => Err(input::bad(folder, format!("its tables hold {n_people} people; give those of exactly one"))),
    }
}
