//! The study that `--trial` names: in the store, or in a file; and which version of its record it is.

use crate::ingest::canonical;
use crate::input::{self, Document};
use crate::settings::{DataDir, runtime};
use serde_json::Value;
use trialway_diagnostics::Parsed;
use trialway_store::{Store, content_hash};
use trialway_study::{NctId, Study};

/// A study with where it is from.
pub struct Trial {
    /// The study and what was found in its record.
    pub study: Parsed<Study>,
    /// What it is called: its number, or the file's name.
    pub doc: String,
    /// Which version of the record: when it was last changed, and the beginning of its hash.
    pub record: String,
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
    let changed = study.value.dates.last_update_posted.as_ref().map(|date| format!("changed {}, ", date.written));
    let record = format!("{}sha256 {}", changed.unwrap_or_default(), hash.get(..12).unwrap_or_default());
    Ok(Trial { study, doc, record })
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
