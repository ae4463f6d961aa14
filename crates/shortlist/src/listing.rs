//! The list: candidates read, held against the story, and put in order.

use crate::candidates::Wanted;
use crate::story::Story;
use jiff::civil::Date;
use rayon::prelude::*;
use trialway_editorial::Correction;
use trialway_matching::{Options, Verdict};
use trialway_ranking::{Document, Index, Place};
use trialway_search::Found;
use trialway_store::{Store, StoreError};
use trialway_study::NctId;
use trialway_terminology::Terminology;

/// The studies that were looked at, in order.
pub struct Listing {
    /// The places, best first, with what the index shows of each study.
    pub places: Vec<(Place, Found)>,
    /// How many studies were held against the story.
    pub n_looked_at: usize,
    /// How many of them are left out because the story rules them out.
    pub n_left_out: usize,
}

/// A candidate's record, and what editors hold of its criteria.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The study as stored.
    pub bytes: Vec<u8>,
    /// Corrections of readings.
    pub corrections: Vec<Correction>,
}

/// The records of the candidates, in their order; one that the store lacks by now is none.
pub async fn records(store: &Store, candidates: &[Found]) -> Result<Vec<Option<Record>>, StoreError> {
    let mut out = Vec::with_capacity(candidates.len());
    let mut corrections = trialway_editorial::by_study(&store.corrections().await?);
    for found in candidates {
        let stored = match NctId::parse(&found.card.nct_id) {
            Some(id) => store.study(id).await?,
            None => None,
        };
        out.push(stored.map(|stored| Record {
            corrections: corrections.remove(&stored.nct_id).unwrap_or_default(),
            bytes: stored.bytes,
        }));
    }
    Ok(out)
}

/// Reads, screens and orders; work for a processor, not for a runtime's thread.
pub fn list(
    story: &Story,
    candidates: Vec<Found>,
    records: &[Option<Record>],
    as_of: Date,
    wanted: &Wanted,
    terminology: &Terminology,
) -> Listing {
    let read = |record: &Option<Record>| {
        let record = record.as_ref()?;
        let study = trialway_registry::parse_study(&record.bytes).ok()?.value;
        let tree = trialway_criteria::parse(study.eligibility.text.as_deref().unwrap_or_default());
        let mut logic = trialway_eligibility::lower_study(&study, &tree, terminology);
        trialway_editorial::apply(&mut logic, &record.corrections);
        Some(Document::of_study(&study.doc, &study, logic, terminology))
    };
    let documents: Vec<Option<Document>> = records.par_iter().map(read).collect();
    let (documents, candidates): (Vec<Document>, Vec<Found>) =
        documents.into_iter().zip(candidates).filter_map(|(document, found)| Some((document?, found))).unzip();
    let index = Index::new(documents, terminology);
    let options = Options { as_of, policy: story.policy(), trial: None };
    let places = trialway_ranking::list(&index, &story.profile, story.facts(), &options, terminology);
    let n_looked_at = places.len();
    let places: Vec<(Place, Found)> = places
        .into_iter()
        .filter(|place| !wanted.possible_only || place.verdict != Verdict::Ineligible)
        .filter_map(|place| Some((candidates.get(place.document)?.clone(), place)))
        .map(|(found, place)| (place, found))
        .collect();
    let n_left_out = n_looked_at - places.len();
    Listing { places, n_looked_at, n_left_out }
}
