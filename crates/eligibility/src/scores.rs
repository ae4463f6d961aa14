//! Scores whose allowed values are listed: `ECOG performance status of 0 or 1`, `Performance status: ECOG 0-2`.
//!
//! Whole numbers in a row are a range; a list with gaps stays as it is.

use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use std::ops::Range;
use trialway_criteria::compare::{Comparison, Form, Op};
use trialway_units::Decimal;

/// Turns lists of whole numbers behind the name of a score into limits.
pub(crate) fn take(text: &str, pieces: &mut Vec<Piece>) {
    let mut at = 0;
    while at < pieces.len() {
        if !pieces.get(at).is_some_and(names_score) {
            at += 1;
            continue;
        }
        let begins = at + 1 + between(text, pieces.get(at + 1..).unwrap_or_default());
        if let Some((n, found)) = listed(text, pieces.get(begins..).unwrap_or_default()) {
            let start = pieces.get(begins).map_or(0, |piece| piece.range.start);
            let end = pieces.get(begins + n - 1).map_or(start, |piece| piece.range.end);
            let limits = limits(found, start..end);
            pieces
                .splice(begins..begins + n, [Piece { kind: PieceKind::Comparison(limits.into()), range: start..end }]);
        }
        at = begins;
    }
}

fn names_score(piece: &Piece) -> bool {
    matches!(&piece.kind, PieceKind::Mention(concepts) if concepts.iter().any(|id| id.as_str().starts_with("score:")))
}

/// How many pieces between a score's name and its values say nothing more.
fn between(text: &str, pieces: &[Piece]) -> usize {
    let mut depth = 0_usize;
    let mut n = 0;
    for piece in pieces.iter().take(12) {
        let plain = match piece.kind {
            PieceKind::Open => {
                depth += 1;
                true
            }
            PieceKind::Close if depth > 0 => {
                depth -= 1;
                true
            }
            PieceKind::Blank | PieceKind::Colon => true,
            PieceKind::Phrase(Class::Filler, _) => true,
            PieceKind::Word => text.get(piece.range.clone()).is_some_and(|word| {
                ["ps", "status", "score", "scores", "scale", "performance", "grade", "index"]
                    .iter()
                    .any(|known| word.eq_ignore_ascii_case(known))
            }),
            _ if depth > 0 => names_score(piece),
            _ => false,
        };
        if !plain {
            break;
        }
        n += 1;
    }
    n
}

/// The values of a list at the start, and how many pieces it has.
fn listed(text: &str, pieces: &[Piece]) -> Option<(usize, Range<i64>)> {
    let number = |piece: &Piece| -> Option<i64> {
        if piece.kind != PieceKind::Word {
            return None;
        }
        text.get(piece.range.clone())?.parse().ok().filter(|n| (0..=100).contains(n))
    };
    let mut values = vec![number(pieces.first()?)?];
    let (mut n, mut ranges) = (1, false);
    loop {
        let rest = pieces.get(n..).unwrap_or_default();
        let joined = rest
            .iter()
            .take_while(|piece| {
                matches!(piece.kind, PieceKind::Comma | PieceKind::Or)
                    || matches!(piece.kind, PieceKind::And)
                    || text.get(piece.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("to"))
            })
            .count();
        let Some(next) = rest.get(joined).and_then(number).filter(|_| joined <= 3) else { break };
        let before = pieces.get(n - 1)?.range.end;
        let gap = text.get(before..rest.get(joined)?.range.start).unwrap_or_default();
        let spans = gap.contains(['-', '–', '~']) || gap.trim().eq_ignore_ascii_case("to");
        if joined == 0 && !spans {
            break;
        }
        ranges |= spans;
        values.push(next);
        n += joined + 1;
    }
    let ends = !pieces.get(n).is_some_and(|piece| matches!(piece.kind, PieceKind::Comparison(_)));
    let (low, high) = (*values.first()?, *values.last()?);
    let ascending = values.windows(2).all(|pair| matches!(pair, [a, b] if b > a));
    let in_a_row = values.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1 || (*b == a + 10 && *a >= 10)));
    ((ascending || values.len() == 1) && (ranges && values.len() == 2 || in_a_row) && ends).then_some((n, low..high))
}

fn limits(values: Range<i64>, range: Range<usize>) -> Vec<Comparison> {
    let limit = |op, value: i64, form| Comparison {
        op,
        value: Decimal::from(value),
        value_range: range.clone(),
        range: range.clone(),
        unit: None,
        unit_range: None,
        relative_to: None,
        doubtful: false,
        titre: false,
        form,
    };
    if values.start == values.end {
        return vec![limit(Op::Eq, values.start, Form::Simple)];
    }
    let mut out = Vec::new();
    if values.start > 0 {
        out.push(limit(Op::Ge, values.start, Form::RangeLow));
    }
    out.push(limit(Op::Le, values.end, Form::RangeHigh));
    out
}
