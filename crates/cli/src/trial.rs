//! The study that `--trial` names: in the store, or in a file; and which version of its record it is.

use crate::command::criteria::read_study;
use crate::ingest::canonical;
use crate::input::{self, Document};
use crate::settings::{DataDir, runtime};
use serde_json::Value;
use trialway_cohort::RecordVersion;
use trialway_diagnostics::Parsed;
use trialway_editorial::Correction;
use trialway_eligibility::StudyLogic;
use trialway_store::{Store, content_hash};
use trialway_study::{NctId, Study};

/// A study with where it is from.
pub struct Trial {
    /// The study and what was found in its record.
    pub study: Parsed<Study>,
    /// What it is called: its number, or the file's name.
    pub doc: String,
    /// What editors said of its readings, in the store.
    pub corrections: Vec<Correction>,
    /// Which version of the record.
    pub record: RecordVersion,
}

impl Trial {
    /// Its criteria, read; those that an editor holds are open.
    pub fn logic(&self) -> StudyLogic {
        let mut logic = read_study(&self.study.value);
        trialway_editorial::apply(&mut logic, &self.corrections);
        logic
    }
}

/// What editors said of a study's readings; nothing where there is no store.
pub fn corrections(id: Option<NctId>, data_dir: &DataDir) -> anyhow::Result<Vec<Correction>> {
    let Some(id) = id.filter(|_| Store::is_in(&data_dir.path)) else { return Ok(Vec::new()) };
    let kept = runtime()?.block_on(async { Store::open(&data_dir.path).await?.corrections_of(id).await })?;
    Ok(trialway_editorial::kept(&kept))
}

/// The study of this number, or in this file.
///
/// **Errors**: bad input, where there is none or it cannot be read.
pub fn trial(given: &str, data_dir: &DataDir) -> anyhow::Result<Trial> {
    let bytes = match NctId::parse(given).filter(|_| !std::path::Path::new(given).exists()) {
        Some(id) => stored(given, id, data_dir)?,
        None => input::read(given)?,
    };
    let hash = match serde_json::from_slice::<Value>(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)) {
        Ok(value) => content_hash(&canonical(&value)),
        Err(_) => content_hash(&bytes),
    };
    let study = match input::document_of(given, bytes)? {
        Document::Study(parsed) => *parsed,
        Document::Text(text) => {
            let mut study = Study::default();
            study.eligibility.text = Some(text);
            Parsed::clean(study)
        }
    };
    let doc = if study.value.doc.is_empty() { input::name(given) } else { study.value.doc.clone() };
    let changed = study.value.dates.last_update_posted.as_ref().map(|date| date.written.as_str());
    let record = RecordVersion::new(changed, &hash);
    let corrections = corrections(study.value.nct_id, data_dir)?;
    Ok(Trial { study, doc, corrections, record })
}

fn stored(given: &str, id: NctId, data_dir: &DataDir) -> anyhow::Result<Vec<u8>> {
    let unknown = || {
        let what = format!(
            "no study with this id is stored in {}; ingest it, or give the path of its record",
            data_dir.path.display()
        );
        input::bad(given, what)
    };
    // Asking must not make a store.
    if !data_dir.path.join("trialway.db").exists() {
        return Err(unknown());
    }
    let stored = runtime()?.block_on(async { Store::open(&data_dir.path).await?.study(id).await })?;
    Ok(stored.ok_or_else(unknown)?.bytes)
}
