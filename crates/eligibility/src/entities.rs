//! What a criterion's words name.

use crate::logic::Entity;
use crate::piece::{Piece, PieceKind};
use trialway_criteria::OwnText;
use trialway_terminology::{Domain, Mention, Terminology};

/// The things named in a criterion's own words, in text order: those of the vocabulary, and those whose last word says what
/// kind of thing they are. A longer name takes the place of the shorter one inside it.
pub(crate) fn entities(own: &OwnText, mentions: &[Mention], all: &[Piece], terminology: &Terminology) -> Vec<Entity> {
    let written: Vec<(&Piece, Domain)> = all
        .iter()
        .filter_map(|piece| match &piece.kind {
            PieceKind::Mention(concepts) => {
                let concept = concepts.iter().find(|id| id.written_words().is_some())?;
                let domain = concept.domain().filter(|domain| *domain != Domain::State)?;
                Some((piece, domain))
            }
            _ => None,
        })
        .collect();
    let inside = |mention: &Mention| {
        // Pieces follow each other: only the last one that begins before it can hold it.
        let n = written.partition_point(|(piece, _)| piece.range.start <= mention.range.start);
        let last = n.checked_sub(1).and_then(|at| written.get(at));
        last.is_some_and(|(piece, _)| mention.range.end <= piece.range.end)
    };
    let known = mentions.iter().filter(|mention| !inside(mention)).filter_map(|mention| {
        Some(Entity {
            domain: mention.concept.domain().filter(|_| terminology.has(&mention.concept))?,
            span: own.source_span(mention.range.clone()),
            concept: Some(mention.concept.clone()),
            negated: mention.negated,
        })
    });
    let by_name = written.iter().map(|(piece, domain)| Entity {
        domain: *domain,
        span: own.source_span(piece.range.clone()),
        concept: None,
        negated: false,
    });
    let mut out: Vec<Entity> = known.chain(by_name).collect();
    out.sort_by_key(|entity| entity.span);
    out
}
