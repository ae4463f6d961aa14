//! Codes of a layer to the built-in concepts that they lead to.

use trialway_store::{LayerWriter, Store, StoreError};
use trialway_terminology::{Domain, Linker, Terminology};

/// Codes and relations of one reading.
const PAGE: u32 = 5_000;

fn domain(word: &str) -> Option<Domain> {
    [Domain::Condition, Domain::Drug, Domain::Procedure, Domain::Observation]
        .into_iter()
        .find(|domain| domain.as_str() == word)
}

/// Makes the links of what a writer has put; how many codes have one.
pub(crate) async fn link(writer: &mut LayerWriter, terminology: &Terminology) -> Result<u64, StoreError> {
    let mut linker = Linker::new(terminology);
    let mut after = String::new();
    loop {
        let page = writer.codes_after(&after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.code);
        for one in &page {
            linker.code(&one.code, domain(&one.domain), &one.name, &one.names);
        }
    }
    let mut after = (String::new(), String::new(), String::new());
    loop {
        let page = writer.relations_after(&after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(last);
        for (code, relation, target) in &page {
            match relation.as_str() {
                "alike" => linker.alike(code, target),
                _ => linker.is_a(code, target),
            }
        }
    }
    let links = linker.links();
    let pairs: Vec<(String, String)> = links
        .iter()
        .flat_map(|(code, concepts)| concepts.iter().map(|concept| (code.clone(), concept.to_string())))
        .collect();
    writer.link(&pairs).await?;
    Ok(links.len() as u64)
}

/// Makes the links anew of every layer that was linked with another built-in vocabulary, or has learned since; which they are.
pub async fn link_anew(store: &Store, terminology: &Terminology) -> Result<Vec<String>, StoreError> {
    if !store.has_layers().await? {
        return Ok(Vec::new());
    }
    let with = terminology.fingerprint();
    let stale = store.layers_not_linked_with(&with).await?;
    for name in &stale {
        if let Some(mut writer) = store.begin_links(name, &with).await? {
            link(&mut writer, terminology).await?;
            writer.commit().await?;
        }
    }
    Ok(stale)
}
