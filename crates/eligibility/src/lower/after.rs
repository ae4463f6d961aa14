//! A time counted from something that happened to the person.
//!
//! | written | read |
//! | --- | --- |
//! | `≤ 92 days postpartum`, `within 7 days of stroke onset` | it happened within so long |
//! | `at least 6 months after kidney transplantation` | it happened, and not within so long |
//! | `at least 4 weeks after major surgery`, `≥ 1 day post hydroxyurea` | not within so long; whether it must have been is open |
//! | `3 to 12 months after stroke` | it happened within the longer time, and not within the shorter one |

use super::parts::extent;
use super::subject::denied;
use super::{Context, unit};
use crate::expr::Expr;
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use std::rc::Rc;
use trialway_criteria::compare::Op;
use trialway_criteria::window::{Calendar, Length, Window, WindowKind};
use trialway_terminology::{ConceptId, Domain};

/// Words between the time and what it is counted from.
const JOINING: [&str; 22] = [
    "after",
    "post",
    "following",
    "since",
    "from",
    "of",
    "the",
    "a",
    "an",
    "their",
    "his",
    "her",
    "its",
    "first",
    "last",
    "most",
    "recent",
    "index",
    "time",
    "date",
    "onset",
    "acute",
];

/// Those that count from what follows; of the others it takes a word behind ("within 7 days of stroke onset").
const COUNTING: [&str; 4] = ["after", "post", "following", "since"];

/// Words behind what it is counted from.
const BEHIND: [&str; 8] = ["onset", "symptom", "symptoms", "event", "date", "at", "enrollment", "screening"];

/// Treatments that many people have had and many have not.
const COMMON: [&str; 3] = ["procedure:surgery", "procedure:major_surgery", "procedure:radiotherapy"];

/// Words for the time since a birth.
const SINCE_BIRTH: [&str; 2] = ["postpartum", "puerperium"];

/// A clause, or one of two alternatives of it, that is nothing but such a time; none where it has another shape.
pub(super) fn clause(context: &mut Context<'_>, flat: &[Piece]) -> Option<Expr> {
    // Most clauses have no time.
    if !flat.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Window(_))) {
        return None;
    }
    if let Some(read) = counted(context, flat) {
        return Some(read);
    }
    let mut ors = flat.iter().enumerate().filter(|(_, piece)| piece.kind == PieceKind::Or);
    let (at, _) = ors.next()?;
    let parted = |piece: &Piece| matches!(piece.kind, PieceKind::Comma | PieceKind::And | PieceKind::Comparison(_));
    let (one, other) = (flat.get(..at)?, flat.get(at + 1..)?);
    if ors.next().is_some() || one.iter().any(parted) || one.iter().any(|p| matches!(p.kind, PieceKind::Window(_))) {
        return None;
    }
    // "breastfeeding or within 6 months postpartum"
    let dated = counted(context, other)?;
    let named = unit::lower_units(context, one, &[], &mut Vec::new())?;
    Some(Expr::any(vec![named, dated]))
}

fn counted(context: &mut Context<'_>, flat: &[Piece]) -> Option<Expr> {
    let quiet = |piece: &&Piece| !matches!(piece.kind, PieceKind::Blank);
    let solid: Vec<&Piece> = flat.iter().filter(quiet).collect();
    let is_time = |piece: &&&Piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Window(_));
    let mut times = solid.iter().filter(is_time);
    let time: &Piece = times.next()?;
    if times.next().is_some() {
        return None;
    }
    let (least, most) = limits(time)?;
    let word = |piece: &Piece| context.text.get(piece.range.clone()).unwrap_or_default().to_ascii_lowercase();
    let each = |piece: &Piece, known: &[&str]| {
        word(piece).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|w| known.contains(&w))
    };
    let mut event: Option<(ConceptId, std::ops::Range<usize>)> = None;
    let (mut counts, mut begins) = (false, false);
    for piece in &solid {
        match &piece.kind {
            PieceKind::Comparison(_) | PieceKind::Window(_) => {}
            PieceKind::Mention(concepts) => {
                let id = concepts.first().filter(|_| piece.range.start >= time.range.end && event.is_none())?;
                if concepts.len() > 1
                    || !matches!(id.domain(), Some(Domain::Condition | Domain::Procedure | Domain::Drug))
                {
                    return None;
                }
                event = Some((id.clone(), piece.range.clone()));
            }
            PieceKind::Word | PieceKind::Phrase(Class::Filler | Class::Narrowing | Class::Anchor, _) => {
                let own = word(piece);
                let ahead = piece.range.end <= time.range.start;
                if event.is_none() && SINCE_BIRTH.contains(&own.replace('-', "").as_str()) && !ahead {
                    event = Some((ConceptId::new("procedure:delivery"), piece.range.clone()));
                    counts = true;
                } else if ahead && matches!(piece.kind, PieceKind::Phrase(Class::Filler, _)) {
                } else if event.is_none() && !ahead && each(piece, &JOINING) {
                    counts |= own.split(' ').any(|w| COUNTING.contains(&w));
                } else if event.is_some() && each(piece, &BEHIND) {
                    begins |= own.split(' ').any(|w| w == "onset");
                } else if !(event.is_some() && matches!(piece.kind, PieceKind::Phrase(Class::Filler, _))) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    // "within 72 hours after": the word is part of the time.
    let own = context.text.get(time.range.clone()).unwrap_or_default().to_ascii_lowercase();
    counts |= COUNTING.iter().any(|known| own.ends_with(known));
    let (id, range) = event.filter(|_| counts || begins)?;
    let washes_out = id.domain() == Some(Domain::Drug) || COMMON.contains(&id.as_str());
    // "take X for at least 3 months after Y": only a wash-out is counted from a medicine.
    if id.domain() == Some(Domain::Drug) && (least.is_none() || most.is_some()) {
        return None;
    }
    let named = Piece { kind: PieceKind::Mention([id].as_slice().into()), range };
    let within = |context: &mut Context<'_>, length: Option<Length>| {
        let window = length.map(|length| {
            let window = Window {
                range: time.range.clone(),
                kind: WindowKind::WithinPast,
                length: Some(length),
                anchor: None,
                anchor_range: None,
            };
            Piece { kind: PieceKind::Window(Rc::new(window)), range: time.range.clone() }
        });
        let ever = Piece { kind: PieceKind::Phrase(Class::History, ""), range: extent(flat) };
        let pieces: Vec<Piece> = [ever, named.clone()].into_iter().chain(window).collect();
        unit::lower_units(context, &pieces, &[], &mut Vec::new())
    };
    let happened = within(context, most)?;
    match least {
        Some(least) => {
            let lately = within(context, Some(least))?;
            // A wash-out of what many have had and many have not: who never had it is not asked to have had it.
            let happened = if washes_out && most.is_none() {
                Expr::any(vec![happened, context.unread(&extent(flat))])
            } else {
                happened
            };
            Some(Expr::all(vec![happened, denied(lately)]))
        }
        None => Some(happened),
    }
}

/// The least and the most time that may have passed.
fn limits(time: &Piece) -> Option<(Option<Length>, Option<Length>)> {
    match &time.kind {
        PieceKind::Window(window) if matches!(window.kind, WindowKind::WithinPast | WindowKind::Future) => {
            Some((None, Some(window.length?)))
        }
        PieceKind::Comparison(comparisons) => {
            let (mut least, mut most) = (None, None);
            for comparison in comparisons.iter() {
                let unit = match comparison.unit.as_ref()?.as_str() {
                    "h" => Calendar::Hours,
                    "d" => Calendar::Days,
                    "wk" => Calendar::Weeks,
                    "mo" => Calendar::Months,
                    "a" => Calendar::Years,
                    _ => return None,
                };
                let length = Length { number: comparison.value, unit };
                let side = match comparison.op {
                    Op::Ge | Op::Gt => &mut least,
                    Op::Le | Op::Lt => &mut most,
                    Op::Eq => return None,
                };
                if side.replace(length).is_some() || comparison.relative_to.is_some() {
                    return None;
                }
            }
            Some((least, most))
        }
        _ => None,
    }
}
