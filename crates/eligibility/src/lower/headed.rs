//! "Aged 18 to 65 with asthma or COPD": what stands before "with" is asked for beside any of what is listed behind it.
//!
//! ```text
//! head (a limit or a name, no list) + "with" + names joined by "or"  ->  head and (name or name …)
//! ```

use super::clause::Group;
use super::{Context, unit};
use crate::expr::Expr;
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};

/// Reads a clause of that shape; none where it has another.
pub(super) fn clause(
    context: &mut Context<'_>,
    flat: &[Piece],
    groups: &[Group],
    exceptions: &mut Vec<Vec<Piece>>,
) -> Option<Expr> {
    let cut = cut(context, flat)?;
    let (head, list) = flat.split_at_checked(cut)?;
    let before: Vec<Group> = groups.iter().filter(|group| group.after <= cut).cloned().collect();
    let behind: Vec<Group> = groups
        .iter()
        .filter(|group| group.after > cut)
        .map(|group| Group { after: group.after - cut, pieces: group.pieces.clone() })
        .collect();
    let head = context.deeper(|context| unit::lower_units(context, head, &before, exceptions))?;
    let list = context.deeper(|context| unit::lower_units(context, list, &behind, exceptions))?;
    Some(Expr::all(head.into_iter().chain(list).collect()))
}

/// Where the list begins.
fn cut(context: &Context<'_>, flat: &[Piece]) -> Option<usize> {
    // Most clauses have no list.
    let or = flat.iter().position(|piece| piece.kind == PieceKind::Or)?;
    let with = |piece: &Piece| {
        matches!(
            piece.kind,
            PieceKind::Word | PieceKind::Phrase(Class::Filler | Class::History | Class::Narrowing | Class::Whom, _)
        ) && context.text.get(piece.range.clone()).is_some_and(|words| {
            let of = || {
                words.get(words.len().saturating_sub(12)..).is_some_and(|end| end.eq_ignore_ascii_case("diagnosis of"))
            };
            words.split(' ').any(|word| word.eq_ignore_ascii_case("with")) || of()
        })
    };
    let last = flat.iter().rposition(|piece| piece.kind == PieceKind::Or)?;
    // "Men or women aged 40 to 75 with asthma or COPD": both sexes are no list.
    let after_sexes = flat.get(or + 1..)?.iter().position(|piece| piece.kind == PieceKind::Or).map(|at| or + 1 + at);
    let bound = if joins_sexes(flat, or) { after_sexes? } else { or };
    let cut = flat.get(..bound.min(last))?.iter().rposition(with)?;
    let (head, list) = flat.split_at_checked(cut)?;
    (is_head(head) && (is_list(context, list) || is_either(context, head, list))).then_some(cut)
}

/// "HIV with a CD4 count < 350 and/or a detectable viral load": limits and results that are joined by "and/or", behind one disease.
fn is_either(context: &Context<'_>, head: &[Piece], list: &[Piece]) -> bool {
    let named: Vec<&Piece> = head.iter().filter(|piece| matches!(piece.kind, PieceKind::Mention(_))).collect();
    let [one] = named.as_slice() else { return false };
    let disease = matches!(&one.kind, PieceKind::Mention(concepts)
        if concepts.iter().all(|id| id.domain() == Some(trialway_terminology::Domain::Condition)));
    let plain = list.iter().all(|piece| {
        matches!(
            piece.kind,
            PieceKind::Mention(_)
                | PieceKind::Comparison(_)
                | PieceKind::Blank
                | PieceKind::Or
                | PieceKind::And
                | PieceKind::Word
                | PieceKind::Phrase(Class::Filler | Class::Current | Class::Result | Class::Narrowing, _)
        )
    });
    let joints = || list.iter().filter(|piece| matches!(piece.kind, PieceKind::Or | PieceKind::And)).count();
    let and_or = list
        .windows(2)
        .any(|pair| matches!(pair, [one, other] if one.kind == PieceKind::And && other.kind == PieceKind::Or));
    let says = |part: &[Piece]| {
        part.iter().any(|p| matches!(p.kind, PieceKind::Comparison(_) | PieceKind::Phrase(Class::Result, _)))
    };
    let parts = list.split(|piece| matches!(piece.kind, PieceKind::Or | PieceKind::And));
    let with = list.first().and_then(|piece| context.text.get(piece.range.clone()));
    disease
        && plain
        && and_or
        && (2..=3).contains(&joints())
        && with.is_some()
        && parts.filter(|part| !part.is_empty()).all(says)
}

/// Whether a connector stands between a word for men and one for women.
fn joins_sexes(flat: &[Piece], at: usize) -> bool {
    let sex = |piece: Option<&Piece>| piece.is_some_and(|p| matches!(p.kind, PieceKind::Phrase(Class::ImpliedSex, _)));
    at.checked_sub(1).is_some_and(|before| sex(flat.get(before))) && sex(flat.get(at + 1))
}

fn is_head(head: &[Piece]) -> bool {
    let says = |piece: &Piece| matches!(piece.kind, PieceKind::Mention(_) | PieceKind::Comparison(_));
    let plain = |piece: &Piece| match &piece.kind {
        PieceKind::And | PieceKind::Or | PieceKind::Comma | PieceKind::Semicolon | PieceKind::If => false,
        PieceKind::Phrase(class, _) => {
            !matches!(class, Class::Negation | Class::Allergy | Class::Except | Class::Planned | Class::Hazard)
        }
        _ => true,
    };
    head.iter().any(says)
        && head.iter().enumerate().all(|(at, piece)| {
            plain(piece) || matches!(piece.kind, PieceKind::Or | PieceKind::And) && joins_sexes(head, at)
        })
}

/// Names and words that narrow them, joined by "or".
fn is_list(context: &Context<'_>, list: &[Piece]) -> bool {
    let plain = |piece: &Piece| match &piece.kind {
        PieceKind::Mention(_) | PieceKind::Word | PieceKind::Blank | PieceKind::Or | PieceKind::Comma => true,
        PieceKind::Window(_) => true,
        PieceKind::Phrase(class, _) => matches!(
            class,
            Class::Filler
                | Class::Narrowing
                | Class::Severe
                | Class::Active
                | Class::Uncontrolled
                | Class::History
                | Class::Current
                | Class::Refractory
        ),
        _ => false,
    };
    let named = |part: &[Piece]| part.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_)));
    // "with or without", "with x-rays or scans": each alternative is a name.
    list.iter().all(plain)
        && list.split(|piece| piece.kind == PieceKind::Or).all(named)
        && list.first().is_some_and(|first| {
            context.text.get(first.range.end..).is_some_and(|rest| !rest.trim_start().to_lowercase().starts_with("or "))
        })
}
