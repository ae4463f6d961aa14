//! Treatment with several medicines for a time, and how the disease answered.
//!
//! | written | read |
//! | --- | --- |
//! | treatment with two or more immunosuppressants for more than 6 months | at least 2 of the class, each longer than 6 months |
//! | after 12 months of treatment with two … (at least one is a calcineurin inhibitor) | the same, one of them of that class |
//! | … without inducing remission or relapse after remission | no remission, or relapse |

use super::clause::Group;
use super::parts::extent;
use super::{Context, atom};
use crate::expr::{Atom, Expr, Firmness, ResponseTest, Test, TherapyTest, WantedResponse};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use trialway_terminology::{ConceptId, Domain};

type Taken = (Vec<Piece>, Vec<Group>, Option<Expr>);

/// Takes a counted or timed treatment and the responses that belong to it out of a part.
pub(super) fn take(context: &mut Context<'_>, flat: Vec<Piece>, groups: Vec<Group>) -> Taken {
    let Some(begin) = flat.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Therapy, _))) else {
        return (flat, groups, None);
    };
    let duration = flat.iter().find_map(|piece| match &piece.kind {
        PieceKind::Window(window) => atom::duration(window),
        _ => None,
    });
    let count = flat.iter().find_map(|piece| match &piece.kind {
        PieceKind::Count(count) => Some(count.n),
        _ => None,
    });
    let of_text = drugs(flat.get(begin..).unwrap_or_default());
    let named_by_text = flat.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::SelfDefined, _)));
    if (duration.is_none() && count.is_none()) || (of_text.is_empty() && !named_by_text) {
        return (flat, groups, None);
    }
    let (mut of, mut including) = (of_text, None);
    for group in &groups {
        for stretch in group.pieces.split(|piece| piece.kind == PieceKind::Semicolon) {
            let named = drugs(stretch);
            let counted = stretch.iter().any(|piece| matches!(piece.kind, PieceKind::Count(_)));
            if counted && including.is_none() {
                including = named.first().cloned();
            }
            of.extend(named);
        }
    }
    of.sort();
    of.dedup();
    let begin = flat.iter().position(takes_part).unwrap_or(begin);
    let end = flat.iter().rposition(takes_part).map_or(flat.len(), |at| at + 1);
    let end = end
        + flat
            .get(end..)
            .unwrap_or_default()
            .iter()
            .take_while(|piece| match &piece.kind {
                PieceKind::Mention(_) => !drugs(std::slice::from_ref(piece)).is_empty(),
                PieceKind::Phrase(Class::Filler | Class::SelfDefined, _) | PieceKind::Blank => true,
                _ => false,
            })
            .count();
    let taken = flat.get(begin..end).unwrap_or_default();
    let (at_least, at_most) = duration.unwrap_or((None, None));
    let test = TherapyTest { n_at_least: count.unwrap_or(1), of, including, at_least, at_most, window: None };
    let span = context.span(&extent(taken));
    let firmness =
        if taken.iter().any(|piece| piece.kind == PieceKind::Word) { Firmness::Likely } else { Firmness::Certain };
    let mut all = vec![Expr::Atom(Atom { test: Test::Therapy(test), span, firmness })];
    all.extend(taken.iter().filter(|piece| says_more(piece)).map(|piece| context.unread(&piece.range)));
    // "(40 or 80 mg per day)": what a bracket says beside names of medicines.
    let letters = |group: &&Group| !is_letters(context, &group.pieces);
    let beside = groups.iter().filter(|group| group.after > begin).filter(letters).flat_map(|group| &group.pieces);
    const OF_MEDICINES: [&str; 14] = [
        "other",
        "others",
        "both",
        "either",
        "drug",
        "drugs",
        "agent",
        "agents",
        "medicine",
        "medicines",
        "medication",
        "medications",
        "them",
        "these",
    ];
    let more = |piece: &&Piece| {
        let word = context.text.get(piece.range.clone()).unwrap_or_default();
        // "at least one of them": which, not how much.
        let counts = matches!(&piece.kind, PieceKind::Comparison(all) if all.iter().all(|one| one.unit.is_none()))
            && word.bytes().all(|byte| !byte.is_ascii_digit());
        says_more(piece) && !counts && !OF_MEDICINES.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    all.extend(beside.filter(more).map(|piece| context.unread(&piece.range)));
    let responses: Vec<Expr> = taken.iter().filter_map(|piece| response(context, piece)).collect();
    if !responses.is_empty() {
        all.push(Expr::any(responses));
    }
    let mut rest: Vec<Piece> = flat.get(..begin).unwrap_or_default().to_vec();
    while rest.last().is_some_and(|piece| {
        matches!(piece.kind, PieceKind::And | PieceKind::Comma | PieceKind::Blank | PieceKind::Or | PieceKind::If)
    }) {
        rest.pop();
    }
    rest.extend(flat.get(end..).unwrap_or_default().iter().cloned());
    let kept = groups.into_iter().filter(|group| group.after <= begin).collect();
    (rest, kept, Some(Expr::all(all)))
}

/// "(OADs)": only letters for what stands before.
fn is_letters(context: &Context<'_>, pieces: &[Piece]) -> bool {
    let word = context.text.get(extent(pieces)).unwrap_or_default();
    let letters = word.strip_suffix('s').unwrap_or(word);
    (2..=6).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_uppercase())
}

/// What such a test has no place for: it stays unread.
fn says_more(piece: &Piece) -> bool {
    matches!(
        piece.kind,
        PieceKind::Word
            | PieceKind::Comparison(_)
            | PieceKind::Phrase(Class::Narrowing | Class::Severe | Class::Uncontrolled | Class::Hazard, _)
    )
}

fn takes_part(piece: &Piece) -> bool {
    matches!(
        piece.kind,
        PieceKind::Phrase(Class::Therapy | Class::Response | Class::SelfDefined, _)
            | PieceKind::Window(_)
            | PieceKind::Count(_)
    )
}

/// The response that a piece asks for.
pub(super) fn response(context: &Context<'_>, piece: &Piece) -> Option<Expr> {
    let PieceKind::Phrase(Class::Response, value) = piece.kind else { return None };
    let wanted = match value {
        "no_remission" => WantedResponse::NoRemission,
        "no_complete_remission" => WantedResponse::NoCompleteRemission,
        "relapse" => WantedResponse::Relapse,
        _ => WantedResponse::Inadequate,
    };
    let span = context.span(&piece.range);
    Some(Expr::Atom(Atom {
        test: Test::Response(ResponseTest { wanted, of: None }),
        span,
        firmness: Firmness::Certain,
    }))
}

/// The medicines and classes that pieces name.
fn drugs(pieces: &[Piece]) -> Vec<ConceptId> {
    let mut out = Vec::new();
    for piece in pieces {
        if let PieceKind::Mention(concepts) = &piece.kind {
            out.extend(concepts.iter().filter(|id| id.domain() == Some(Domain::Drug)).cloned());
        }
    }
    out
}
