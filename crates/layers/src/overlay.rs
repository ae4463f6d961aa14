//! What the codes and names of one record are, as the layers of a store say.

use crate::link_anew;
use std::collections::{BTreeMap, BTreeSet};
use trialway_store::{Store, StoreError};
use trialway_terminology::layers::name_key;
use trialway_terminology::{ConceptId, Overlay, Terminology};

/// Looks up codes (`system:code`) and names.
///
/// **Shape**: costs as much as there are codes and names, whatever the size of the layers.
///
/// **Unknown**: a name that one layer gives to codes that lead apart says nothing.
pub async fn overlay(
    store: &Store,
    codes: &BTreeSet<String>,
    names: &BTreeSet<String>,
    terminology: &Terminology,
) -> Result<Overlay, StoreError> {
    let mut out = Overlay::default();
    if !store.has_layers().await? {
        return Ok(out);
    }
    link_anew(store, terminology).await?;
    let codes: Vec<String> = codes.iter().cloned().collect();
    for (code, concept) in store.concepts_of_codes(&codes).await? {
        out.add_code(&code, ConceptId::new(&concept));
    }
    let keys: BTreeSet<String> = names.iter().filter_map(|name| name_key(name)).collect();
    let mut by_layer: BTreeMap<(String, i64), BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (key, layer, code, concept) in store.concepts_of_names(&keys.into_iter().collect::<Vec<_>>()).await? {
        by_layer.entry((key, layer)).or_default().entry(code).or_default().insert(concept);
    }
    for ((key, _), meanings) in by_layer {
        let sets: BTreeSet<&BTreeSet<String>> = meanings.values().collect();
        if sets.len() == 1 {
            for concept in sets.into_iter().flatten() {
                out.add_name(&key, ConceptId::new(concept));
            }
        }
    }
    Ok(out)
}
