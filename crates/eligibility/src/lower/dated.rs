//! Events that only date a window.

use super::{Context, atom};
use crate::piece::{Piece, PieceKind};
use trialway_terminology::Domain;

/// "within 10 days prior to surgery": what is named behind a window only dates it.
pub(super) fn dates(context: &Context<'_>, pieces: &[Piece], at: usize) -> bool {
    const AGAINST: [&str; 9] = ["of", "to", "before", "from", "after", "following", "preceding", "until", "since"];
    const BETWEEN: [&str; 14] = [
        "the",
        "a",
        "an",
        "any",
        "their",
        "his",
        "her",
        "your",
        "scheduled",
        "planned",
        "index",
        "first",
        "last",
        "start",
    ];
    let Some(named) = pieces.get(at) else { return false };
    let Some(window) = pieces.get(..at).unwrap_or_default().iter().rev().find_map(|piece| match &piece.kind {
        // "At least 4 weeks since surgery" asks for the time without it.
        PieceKind::Window(window) if atom::free_of(context, window).is_some() => Some(None),
        PieceKind::Window(_) => Some(Some(piece.range.clone())),
        PieceKind::Mention(_) => Some(None),
        _ => None,
    }) else {
        return false;
    };
    let Some(window) = window else { return false };
    let gap = context.text.get(window.end..named.range.start).unwrap_or_default();
    if gap.contains(['(', ')', ',', ';', ':']) {
        return false;
    }
    let mut words = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
    let is_one = |word: &str, list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
    // "prior to start of study treatment with X": what the study gives.
    const GIVEN: [&str; 7] = ["treatment", "therapy", "dosing", "administration", "infusion", "dose", "drug"];
    if gap.trim().eq_ignore_ascii_case("with") {
        let own = context.text.get(window.clone()).unwrap_or_default();
        return own.split(|c: char| !c.is_alphanumeric()).rfind(|w| !w.is_empty()).is_some_and(|w| is_one(w, &GIVEN));
    }
    // "prior to spinal fusion surgery": words of its own name stand before it.
    const NO_NAME: [&str; 12] = ["and", "or", "with", "in", "for", "who", "at", "by", "on", "is", "are", "as"];
    let procedure = match &named.kind {
        PieceKind::Mention(concepts) => concepts.iter().all(|id| id.domain() == Some(Domain::Procedure)),
        _ => false,
    };
    let mut own_words = if procedure { 3 } else { 0 };
    let last = words.find(|word| {
        let own = own_words > 0 && !is_one(word, &AGAINST) && !is_one(word, &NO_NAME) && !is_one(word, &BETWEEN);
        own_words -= usize::from(own);
        !is_one(word, &BETWEEN) && !own
    });
    match last {
        Some(word) if word.eq_ignore_ascii_case("of") => words.next().is_none(),
        Some(word) => is_one(word, &AGAINST),
        None => {
            let own = context.text.get(window).unwrap_or_default();
            own.split(|c: char| !c.is_alphanumeric())
                .rfind(|word| !word.is_empty())
                .is_some_and(|word| is_one(word, &AGAINST))
        }
    }
}
