//! What a criterion's words name.

use crate::logic::Entity;
use trialway_criteria::OwnText;
use trialway_terminology::Terminology;

/// The concepts named in a criterion's own words, in text order.
pub(crate) fn entities(own: &OwnText, terminology: &Terminology) -> Vec<Entity> {
    terminology
        .mentions(own.text())
        .into_iter()
        .filter_map(|mention| {
            let concept = terminology.concept(&mention.concept)?;
            Some(Entity {
                domain: concept.domain,
                span: own.source_span(mention.range),
                concept: Some(mention.concept),
                negated: mention.negated,
            })
        })
        .collect()
}
