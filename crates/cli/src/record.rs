//! A patient's record from a file or a folder of tables: its facts, and what of it was used.

use crate::input;
use crate::settings::{DataDir, runtime};
use std::path::Path;
use trialway_diagnostics::Parsed;
use trialway_fhir::Import;
use trialway_store::Store;
use trialway_terminology::{Layered, Overlay, Terminology};

/// Reads a FHIR record, or a folder of OMOP tables with one person.
///
/// **Errors**: bad input, with the file, the place in it and the mend.
pub fn read(path: &str, data_dir: &DataDir) -> anyhow::Result<Parsed<Import>> {
    let mut parsed = if Path::new(path).is_dir() { tables(path)? } else { fhir(path, input::read(path)?, data_dir)? };
    if parsed.value.facts.patient.is_empty() {
        parsed.value.facts.patient = input::name(path);
    }
    Ok(parsed)
}

/// A FHIR record's bytes, with what the vocabularies of the store say of its codes and names.
pub fn fhir(path: &str, bytes: Vec<u8>, data_dir: &DataDir) -> anyhow::Result<Parsed<Import>> {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF)) {
        Some(b'{' | b'[') => {}
        Some(b'<') => return Err(input::bad(path, "is XML; give the record as FHIR R4 JSON")),
        Some(_) => return Err(input::bad(path, "is no FHIR record; give it as FHIR R4 JSON")),
        None => return Err(input::bad(path, "is empty; give a FHIR R4 Bundle with one Patient")),
    }
    let overlay = overlay(path, &bytes, data_dir)?;
    trialway_fhir::import_with(&bytes, &Layered::with(Terminology::builtin(), &overlay))
        .map_err(|error| input::bad(path, error))
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

/// What the record's codes and names are, as the vocabularies of the store say; nothing where there is no store.
fn overlay(path: &str, bytes: &[u8], data_dir: &DataDir) -> anyhow::Result<Overlay> {
    // Asking must not make a store.
    if !data_dir.path.join("trialway.db").exists() {
        return Ok(Overlay::default());
    }
    let named = trialway_fhir::named(bytes).map_err(|error| input::bad(path, error))?;
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        let overlay = trialway_layers::overlay(&store, &named.codes, &named.names, Terminology::builtin()).await?;
        store.close().await;
        Ok(overlay)
    })
}
