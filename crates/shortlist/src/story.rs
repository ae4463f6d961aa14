//! What a person gives, read: a note in plain text, answers, or a record.

use crate::understood::{self, Understood};
use jiff::civil::Date;
use trialway_diagnostics::Parsed;
use trialway_fhir::{FhirError, Import};
use trialway_matching::Policy;
use trialway_note::{Manner, Note};
use trialway_patient::{Facts, Left};
use trialway_ranking::Profile;
use trialway_store::{Store, StoreError};
use trialway_terminology::{Layered, Overlay, Terminology};

/// What was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    Note,
    /// Answers to a questionnaire.
    Answers,
    /// A record.
    Record,
}

/// What a person gives, read.
#[derive(Clone, Debug)]
pub struct Story {
    /// What it is.
    pub kind: Kind,
    /// What it says of the patient; what was left out is in the report.
    pub import: Import,
    /// What it is about.
    pub profile: Profile,
    /// What was taken from it, in words.
    pub understood: Understood,
}

/// Why something cannot be used. Each sentence goes on after its name: "note.txt: is empty".
#[derive(Debug, thiserror::Error)]
pub enum StoryError {
    /// Nothing.
    #[error("is empty; give a FHIR R4 Bundle with one Patient, or a note")]
    Empty,
    /// XML.
    #[error("is XML; give the record as FHIR R4 JSON")]
    Xml,
    /// Not text.
    #[error("byte {0} is not UTF-8; save the note as UTF-8")]
    NotText(usize),
    /// More than a note.
    #[error("is longer than {} kB; give the part that is about the patient now", LONGEST_NOTE_BYTES / 1000)]
    TooLong,
    /// A record that cannot be used.
    #[error(transparent)]
    Record(#[from] FhirError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The longest note that is read.
pub const LONGEST_NOTE_BYTES: usize = 500_000;

/// Whether the bytes are a note: the first that is no space begins neither JSON nor XML.
///
/// **Errors**: XML and what is empty, which are neither.
pub fn is_note(bytes: &[u8]) -> Result<bool, StoryError> {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF)) {
        Some(b'{' | b'[') => Ok(false),
        Some(b'<') => Err(StoryError::Xml),
        Some(_) => Ok(true),
        None => Err(StoryError::Empty),
    }
}

/// The text of a note.
///
/// **Errors**: bytes that are not UTF-8, and more of them than a note has.
pub fn text(bytes: &[u8]) -> Result<&str, StoryError> {
    if bytes.len() > LONGEST_NOTE_BYTES {
        return Err(StoryError::TooLong);
    }
    std::str::from_utf8(bytes).map_err(|error| StoryError::NotText(error.valid_up_to()))
}

impl Story {
    /// Reads what was given, with what the store's layers of vocabulary say of its codes and names.
    ///
    /// **Shape**: `as_of` is the day to which "two years ago" of a note is counted; without a store there are no layers.
    pub async fn read(
        bytes: &[u8],
        as_of: Date,
        store: Option<&Store>,
        terminology: &Terminology,
    ) -> Result<Story, StoryError> {
        if is_note(bytes)? {
            let text = text(bytes)?;
            let (note, import) = note(text, as_of, store, terminology).await?;
            let profile = Profile::of(&note, text, terminology);
            let understood = understood::of_note(&note, text, terminology);
            return Ok(Story { kind: Kind::Note, import, profile, understood });
        }
        let import = record(bytes, store, terminology).await?.value;
        let profile = Profile::of_facts(&import.facts, terminology);
        let understood = understood::of_record(&import.facts, as_of, terminology);
        let kind = if import.is_answers { Kind::Answers } else { Kind::Record };
        Ok(Story { kind, import, profile, understood })
    }

    /// What it says of the patient.
    pub fn facts(&self) -> &Facts {
        &self.import.facts
    }

    /// What to take for granted of what it does not mention: nothing, of a note and of answers.
    pub fn policy(&self) -> Policy {
        if self.kind == Kind::Record { Policy::Chart } else { Policy::Strict }
    }
}

/// A FHIR record, with the store's layers.
pub async fn record(
    bytes: &[u8],
    store: Option<&Store>,
    terminology: &Terminology,
) -> Result<Parsed<Import>, StoryError> {
    let overlay = match store {
        Some(store) => {
            let named = trialway_fhir::named(bytes)?;
            trialway_layers::overlay(store, &named.codes, &named.names, terminology).await?
        }
        None => Overlay::default(),
    };
    Ok(trialway_fhir::import_with(bytes, &Layered::with(terminology, &overlay))?)
}

/// A note, with the store's layers, and the same as a record: its facts, how many of each kind, and what was left out.
pub async fn note(
    text: &str,
    as_of: Date,
    store: Option<&Store>,
    terminology: &Terminology,
) -> Result<(Note, Import), StoryError> {
    let overlay = match store {
        // Stretches of words are looked up only where there is something to find.
        Some(store) if store.has_layers().await? => {
            trialway_layers::overlay(store, &Default::default(), &trialway_note::names(text), terminology).await?
        }
        _ => Overlay::default(),
    };
    let note = trialway_note::read_with(text, as_of, &Layered::with(terminology, &overlay));
    // What a note does not mention is never taken for absent, unless asked for: it is read as answers are.
    let mut import = Import { facts: note.facts.clone(), is_answers: true, ..Import::default() };
    for fact in &import.facts.facts {
        *import.report.used.entry(format!("{:?}", fact.kind).to_lowercase()).or_default() += 1;
    }
    for said in note.said.iter().filter(|said| matches!(said.manner, Manner::Family | Manner::Planned)) {
        let reason = if said.manner == Manner::Family { "of somebody else" } else { "planned, not so" };
        let reference = format!("bytes {} to {}: {}", said.span.start, said.span.end, said.text);
        import.report.left.push(Left { reference, reason: reason.to_owned() });
    }
    Ok((note, import))
}
