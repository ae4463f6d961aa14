//! A patient's record from a file or a folder of tables: its facts, and what of it was used.

use crate::input;
use crate::settings::{DataDir, runtime};
use jiff::civil::Date;
use std::path::Path;
use trialway_diagnostics::Parsed;
use trialway_fhir::{Import, Left};
use trialway_note::Manner;
use trialway_store::Store;
use trialway_terminology::{Layered, Overlay, Terminology};

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

/// A FHIR record's bytes, with what the vocabularies of the store say of its codes and names, or a note's.
pub fn file(path: &str, bytes: Vec<u8>, as_of: Date, data_dir: &DataDir) -> anyhow::Result<Parsed<Import>> {
    if is_note(&bytes, path)? {
        return Ok(note(&text(bytes, path)?, as_of));
    }
    let overlay = overlay(path, &bytes, data_dir)?;
    trialway_fhir::import_with(&bytes, &Layered::with(Terminology::builtin(), &overlay))
        .map_err(|error| input::bad(path, error))
}

/// Whether the bytes are a note: the first that is no space begins neither JSON nor XML.
///
/// **Errors**: XML and empty files, which are neither.
pub fn is_note(bytes: &[u8], path: &str) -> anyhow::Result<bool> {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF)) {
        Some(b'{' | b'[') => Ok(false),
        Some(b'<') => Err(input::bad(path, "is XML; give the record as FHIR R4 JSON")),
        Some(_) => Ok(true),
        None => Err(input::bad(path, "is empty; give a FHIR R4 Bundle with one Patient, or a note")),
    }
}

/// The text of a note.
pub fn text(bytes: Vec<u8>, path: &str) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        input::bad(path, format!("byte {at} is not UTF-8; save the note as UTF-8"))
    })
}

/// A note as a record: its facts, and how many of each kind were read.
fn note(text: &str, as_of: Date) -> Parsed<Import> {
    let note = trialway_note::read(text, as_of, Terminology::builtin());
    // What a note does not mention is never taken for absent, unless asked for: it is read as answers are.
    let mut import = Import { facts: note.facts, is_answers: true, ..Import::default() };
    for fact in &import.facts.facts {
        *import.report.used.entry(format!("{:?}", fact.kind).to_lowercase()).or_default() += 1;
    }
    for said in note.said.iter().filter(|said| matches!(said.manner, Manner::Family | Manner::Planned)) {
        let reason = if said.manner == Manner::Family { "of somebody else" } else { "planned, not so" };
        let reference = format!("bytes {} to {}: {}", said.span.start, said.span.end, said.text);
        import.report.left.push(Left { reference, reason: reason.to_owned() });
    }
    Parsed::clean(import)
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
