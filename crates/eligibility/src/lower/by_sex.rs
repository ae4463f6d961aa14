//! "QTcF > 450 ms in men or > 470 ms in women": one thing measured, and a limit for each sex.

use super::clause::Group;
use super::{Context, unit};
use crate::expr::{Atom, Expr, Firmness, Sense, Test, WantedSex};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use std::ops::Range;
use trialway_terminology::Domain;

enum Token<'a> {
    Limit(&'a Piece),
    Sex(WantedSex, Range<usize>),
}

/// Reads a clause that limits one measurement by sex; none where it has another shape.
pub(super) fn clause(context: &mut Context<'_>, flat: &[Piece], groups: &[Group]) -> Option<Expr> {
    let all = flat.iter().chain(groups.iter().flat_map(|group| &group.pieces));
    if all.filter(|piece| matches!(piece.kind, PieceKind::Comparison(_))).count() != 2 {
        return None;
    }
    let mut named: Option<&Piece> = None;
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut window: Option<&Piece> = None;
    let mut groups = groups.iter().peekable();
    for (at, piece) in flat.iter().enumerate() {
        while let Some(group) = groups.next_if(|group| group.after <= at) {
            tokens.extend(bracket(group, named)?);
        }
        match &piece.kind {
            PieceKind::Mention(concepts) => {
                let observed = concepts.iter().all(|id| id.domain() == Some(Domain::Observation));
                match named {
                    None if observed => named = Some(piece),
                    Some(known) if known.kind == piece.kind => {}
                    _ => return None,
                }
            }
            PieceKind::Comparison(_) => tokens.push(Token::Limit(piece)),
            PieceKind::Phrase(Class::ImpliedSex, _) => tokens.push(Token::Sex(sex(piece)?, piece.range.clone())),
            PieceKind::Window(_) if window.is_none() => window = Some(piece),
            PieceKind::Blank
            | PieceKind::Comma
            | PieceKind::Or
            | PieceKind::And
            | PieceKind::Semicolon
            | PieceKind::Colon
            | PieceKind::If
            | PieceKind::Phrase(Class::Filler | Class::Elevated, _) => {}
            _ if says_little(context.text.get(piece.range.clone()).unwrap_or_default()) => {}
            _ => return None,
        }
    }
    for group in groups {
        tokens.extend(bracket(group, named)?);
    }
    let named = named?;
    let pairs = match tokens.as_slice() {
        [Token::Limit(a), Token::Sex(first, x), Token::Limit(b), Token::Sex(second, y)]
        | [Token::Sex(first, x), Token::Limit(a), Token::Sex(second, y), Token::Limit(b)]
            if first != second =>
        {
            [(*a, *first, x.clone()), (*b, *second, y.clone())]
        }
        _ => return None,
    };
    let mut all = Vec::new();
    for (limit, sex, place) in pairs {
        let pieces: Vec<Piece> = [Some(named), Some(limit), window].into_iter().flatten().cloned().collect();
        let then = unit::lower_units(context, &pieces, &[], &mut Vec::new())?;
        let of = Atom { test: Test::Sex(sex), span: context.span(&place), firmness: Firmness::Certain };
        all.push(Expr::Implies { condition: Box::new(Expr::Atom(of)), then: Box::new(then), sense: context.sense });
    }
    Some(if context.sense == Sense::Required { Expr::all(all) } else { Expr::any(all) })
}

/// Whether a word beside the name leaves the limits to say what is asked.
fn says_little(word: &str) -> bool {
    ["for", "interval", "prolonged", "prolongation", "elevated", "corrected", "mean", "average", "abnormal"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

fn sex(piece: &Piece) -> Option<WantedSex> {
    match piece.kind {
        PieceKind::Phrase(Class::ImpliedSex, "male") => Some(WantedSex::Male),
        PieceKind::Phrase(Class::ImpliedSex, "female") => Some(WantedSex::Female),
        _ => None,
    }
}

/// "(males)" says for whom, "(> 450 ms in men)" the limit too; "(QTcF)" behind the name says nothing more.
fn bracket<'a>(group: &'a Group, named: Option<&Piece>) -> Option<Vec<Token<'a>>> {
    let mut out = Vec::new();
    for piece in &group.pieces {
        match &piece.kind {
            PieceKind::Phrase(Class::ImpliedSex, _) => out.push(Token::Sex(sex(piece)?, piece.range.clone())),
            PieceKind::Comparison(_) => out.push(Token::Limit(piece)),
            PieceKind::Mention(concepts)
                if named.is_some() && concepts.iter().all(|id| id.domain() == Some(Domain::Observation)) => {}
            PieceKind::Blank
            | PieceKind::If
            | PieceKind::Comma
            | PieceKind::Or
            | PieceKind::And
            | PieceKind::Semicolon
            | PieceKind::Phrase(Class::Filler, _) => {}
            _ => return None,
        }
    }
    Some(out)
}
