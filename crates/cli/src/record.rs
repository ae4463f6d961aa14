//! A patient's record from a file: FHIR, or a note.

use crate::input;
use jiff::civil::Date;
use trialway_diagnostics::Parsed;
use trialway_fhir::{Import, Left};
use trialway_note::{Manner, Note};
use trialway_terminology::Terminology;

/// Whether the bytes are a note: the first that is no space begins neither JSON nor XML.
///
/// **Errors**: XML and empty files, which are neither.
pub fn is_note(bytes: &[u8], file: &str) -> anyhow::Result<bool> {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF)) {
        Some(b'{' | b'[') => Ok(false),
        Some(b'<') => Err(input::bad(file, "is XML; give the record as FHIR R4 JSON")),
        Some(_) => Ok(true),
        None => Err(input::bad(file, "is empty; give a FHIR R4 Bundle with one Patient, or a note")),
    }
}

/// The text of a note.
pub fn text(bytes: Vec<u8>, file: &str) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        input::bad(file, format!("byte {at} is not UTF-8; save the note as UTF-8"))
    })
}

/// A note as a record: its facts, and how many of each kind were read.
pub fn note(text: &str, as_of: Date) -> Parsed<Import> {
    let note = trialway_note::read(text, as_of, Terminology::builtin());
    Parsed::clean(import(note))
}

fn import(note: Note) -> Import {
    let mut import = Import { facts: note.facts, ..Import::default() };
    for fact in &import.facts.facts {
        *import.report.used.entry(format!("{:?}", fact.kind).to_lowercase()).or_default() += 1;
    }
    for said in note.said.iter().filter(|said| matches!(said.manner, Manner::Family | Manner::Planned)) {
        let reason = if said.manner == Manner::Family { "of somebody else" } else { "planned, not so" };
        let reference = format!("bytes {} to {}: {}", said.span.start, said.span.end, said.text);
        import.report.left.push(Left { reference, reason: reason.to_owned() });
    }
    import
}
