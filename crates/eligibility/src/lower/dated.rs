//! Events that only date a window.

use super::{Context, atom};
use crate::piece::{Piece, PieceKind};

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
    let last = words.find(|word| !is_one(word, &BETWEEN));
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
