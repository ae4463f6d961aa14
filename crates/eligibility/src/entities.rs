//! What a criterion's words name.

use crate::logic::Entity;
use trialway_criteria::OwnText;
use trialway_terminology::{Mention, Terminology};

/// The concepts named in a criterion's own words, in text order.
pub(crate) fn entities(own: &OwnText, mentions: &[Mention], terminology: &Terminology) -> Vec<Entity> {
    mentions
        .iter()
        .filter_map(|mention| {
            let concept = terminology.concept(&mention.concept)?;
            Some(Entity {
                domain: concept.domain,
                span: own.source_span(mention.range.clone()),
                concept: Some(mention.concept.clone()),
                negated: mention.negated,
            })
        })
        .collect()
}
