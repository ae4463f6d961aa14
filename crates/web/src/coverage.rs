//! Reading every stored study once, so that the page of what was read has its figures.

use crate::pages::trial;
use rayon::prelude::*;
use sha2::Digest;
use std::collections::BTreeSet;
use trialway_eligibility::{StudyLogic, unread_stretches};
use trialway_store::{PHRASES_OF_ONE, Store, StoreError, Stored, StudyCoverage};
use trialway_study::Study;

/// Studies read between two writes.
const BATCH: u32 = 256;

/// Which reader read: its version and how much vocabulary it has.
pub fn reader() -> String {
    let n = trialway_terminology::Terminology::builtin().concepts().count();
    format!("{} {n}", env!("CARGO_PKG_VERSION"))
}

/// Reads what no reader of this version has read, then sums up.
///
/// **Errors**: those of the store; what was kept before one stays.
pub async fn read_all(store: &Store) -> Result<(), StoreError> {
    let reader = reader();
    let mut changed = false;
    loop {
        let ids = store.to_cover(&reader, BATCH).await?;
        if ids.is_empty() {
            break;
        }
        let mut batch: Vec<Stored> = Vec::with_capacity(ids.len());
        for id in ids {
            batch.extend(store.study(id).await?);
        }
        let mut known: Vec<Option<StudyCoverage>> = Vec::with_capacity(batch.len());
        for stored in &batch {
            known.push(store.coverage_of(&reader, stored.nct_id).await?);
        }
        let read = tokio::task::spawn_blocking(move || {
            batch.par_iter().zip(known).map(|(stored, known)| one(stored, known)).collect::<Vec<_>>()
        })
        .await;
        let Ok(read) = read else { break };
        if read.is_empty() {
            break;
        }
        store.put_coverage(&reader, &read).await?;
        changed = true;
    }
    if changed {
        store.summarise_coverage().await?;
    }
    Ok(())
}

/// What is read of a study; where its criteria are those that were read before, what was read then.
fn one(stored: &Stored, known: Option<StudyCoverage>) -> StudyCoverage {
    let mut out = StudyCoverage {
        nct_id: stored.nct_id.to_string(),
        content_hash: stored.content_hash.clone(),
        ..StudyCoverage::default()
    };
    let Ok(study) = trialway_registry::parse_study(&stored.bytes) else { return out };
    out.criteria_hash = criteria_hash(&study.value);
    if let Some(known) = known.filter(|known| known.criteria_hash == out.criteria_hash) {
        return StudyCoverage { content_hash: out.content_hash, ..known };
    }
    if let Ok(prepared) = trial::prepare(stored, Vec::new()) {
        out.counts = counts(&prepared.logic);
        let text = prepared.study.value.eligibility.text.as_deref().unwrap_or_default();
        let phrases: BTreeSet<String> = unread_stretches(&prepared.logic, text)
            .into_iter()
            .filter_map(|span| text.get(span.start..span.end))
            .map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
            .filter(|words| words.chars().any(char::is_alphabetic) && words.len() < 80)
            .collect();
        out.phrases = phrases.into_iter().take(PHRASES_OF_ONE).collect();
    }
    out
}

/// Hash of all that a reading of the criteria depends on: their text and the fields beside it.
fn criteria_hash(study: &Study) -> String {
    let text = format!("{:?}", study.eligibility);
    let mut out = String::new();
    for byte in sha2::Sha256::digest(text.as_bytes()).iter().take(16) {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

/// The counts of a study as the store keeps them.
pub fn counts(logic: &StudyLogic) -> [i64; 7] {
    let of = &logic.coverage;
    [of.n_criteria, of.n_computed, of.n_partly, of.n_judgement, of.n_unread, of.n_bytes, of.n_unread_bytes]
        .map(|n| i64::try_from(n).unwrap_or(i64::MAX))
}
