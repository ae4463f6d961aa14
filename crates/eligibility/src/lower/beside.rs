//! What a bracket beside a unit adds to it: nothing where it names the same thing again, cites or explains; else what it asks.

use super::parts::extent;
use super::subject::{ruling_out, silent};
use super::unit::Unit;
use super::{Context, brackets};
use crate::expr::{Expr, Sense};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use std::ops::Range;
use trialway_terminology::{ConceptId, Domain};

/// What a bracket adds to its unit: nothing when it only names the same thing again or gives examples.
pub(super) fn bracket(context: &mut Context<'_>, unit: &Unit, group: &[Piece]) -> Option<Expr> {
    let solid: Vec<&Piece> = group.iter().filter(|piece| piece.kind != PieceKind::Blank).collect();
    let first = solid.first()?;
    let timed = solid.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Window(_)));
    let begins = context.text.get(first.range.clone()).unwrap_or_default().to_ascii_lowercase();
    let named = solid.iter().any(|piece| matches!(piece.kind, PieceKind::Mention(_)));
    // "(immunotherapy, chemotherapy, …)": what is listed are kinds; what was not read among them leaves them open.
    let listed = solid.iter().filter(|piece| matches!(piece.kind, PieceKind::Mention(_))).count() > 1
        && solid.iter().any(|piece| piece.kind == PieceKind::Comma)
        && unit.subjects.iter().all(|(id, _)| matches!(id.domain(), Some(Domain::Drug | Domain::Procedure)))
        && !unit.subjects.is_empty();
    let kin = |id: &ConceptId| {
        unit.subjects.iter().any(|(of, _)| context.terminology.is_a(id, of) || context.terminology.is_a(of, id))
    };
    // "cerebrovascular disease including transient ischemic attack (TIA)": the example by its other name.
    let again = |piece: &&Piece| match &piece.kind {
        PieceKind::Mention(concepts) => concepts.iter().any(|id| unit.examples.contains(id)),
        _ => false,
    };
    if !unit.examples.is_empty() && solid.iter().all(again) {
        return None;
    }
    let known = solid.iter().all(|piece| match &piece.kind {
        PieceKind::Mention(concepts) => concepts.iter().any(kin),
        kind => *kind != PieceKind::Word,
    });
    if listed && !timed && !known {
        return Some(context.unread(&extent(group)));
    }
    // "(HIV testing is not mandatory)": a remark.
    let remark = context.text.get(extent(group)).unwrap_or_default().to_ascii_lowercase();
    let of_test = ["test", "screening", "biops"].iter().any(|word| remark.contains(word));
    let is_free = ["not mandatory", "not required", "not necessary"].iter().any(|word| remark.contains(word));
    if of_test && is_free && !timed {
        return None;
    }
    // "(neo)adjuvant", "drug(s)"
    if ["neo", "s", "es"].contains(&begins.as_str()) && solid.len() == 1 {
        return None;
    }
    // "(i.e. implanted stimulators)": the same again.
    let again = context.text.get(extent(group)).unwrap_or_default().to_ascii_lowercase();
    if ["i.e", "ie ", "ie,", "that is"].iter().any(|start| again.starts_with(start))
        && !timed
        && !unit.subjects.is_empty()
    {
        return None;
    }
    if !timed && brackets::only_cites(context, group) {
        return None;
    }
    // "(including a stroke within 6 months)", "(based on a lumbar puncture)": which of it narrows is not read.
    if matches!(first.kind, PieceKind::Phrase(Class::Example, _)) && timed && named
        || ["based", "according", "via", "per"].contains(&begins.as_str()) && named
    {
        return Some(context.unread(&extent(group)));
    }
    if matches!(first.kind, PieceKind::Phrase(Class::Example | Class::StandardEnd, _))
        && !solid.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Window(_)))
    {
        return None;
    }
    if solid.iter().any(|piece| matches!(piece.kind, PieceKind::Phrase(Class::StandardEnd, _)))
        && !solid.iter().any(|piece| matches!(piece.kind, PieceKind::Comparison(_) | PieceKind::Window(_)))
    {
        return None;
    }
    let read_first = solid.iter().all(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Filler, _)));
    if read_first {
        return None;
    }
    let only_names = solid.iter().all(|piece| {
        matches!(
            piece.kind,
            PieceKind::Mention(_)
                | PieceKind::Comma
                | PieceKind::And
                | PieceKind::Or
                | PieceKind::Phrase(Class::Filler, _)
        ) || matches!(piece.kind, PieceKind::Word | PieceKind::Phrase(Class::Narrowing, _)) && {
            // "(ES-SCLC)": letters of the words before it.
            let word = context.text.get(piece.range.clone()).unwrap_or_default();
            word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase())
        }
    }) && named;
    let same = |id: &ConceptId| {
        unit.subjects
            .iter()
            .any(|(subject, _)| context.terminology.is_a(id, subject) || context.terminology.is_a(subject, id))
    };
    if only_names {
        let known = solid.iter().all(|piece| match &piece.kind {
            PieceKind::Mention(concepts) => concepts.iter().any(same),
            _ => true,
        });
        if known {
            return None;
        }
    }
    // "ALT (alanine transferase)": words beside something measured name it again.
    if solid.len() <= 4
        && solid.iter().all(|piece| matches!(piece.kind, PieceKind::Word | PieceKind::Phrase(Class::Narrowing, _)))
        && !unit.subjects.is_empty()
        && unit.subjects.iter().all(|(id, _)| id.domain() == Some(Domain::Observation))
    {
        return None;
    }
    // One word that was not read beside something named: an abbreviation of it.
    let abbreviates = |range: &Range<usize>| {
        context
            .text
            .get(range.clone())
            .is_some_and(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()))
    };
    // "(oral)" is none.
    let shortened = |range: &Range<usize>| {
        context
            .text
            .get(range.clone())
            .is_some_and(|word| word.chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric()))
    };
    // "adalimumab (Humira)": a brand.
    let branded = |range: &Range<usize>| {
        unit.subjects.iter().all(|(id, _)| id.domain() == Some(Domain::Drug))
            && context.text.get(range.clone()).is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
    };
    if let [single] = solid.as_slice()
        && single.kind == PieceKind::Word
        && (!unit.subjects.is_empty() && (shortened(&single.range) || branded(&single.range))
            || abbreviates(&single.range))
    {
        return None;
    }
    let outer = context.sense;
    let outside = context.of_grounds;
    context.of_grounds |= outer == Sense::Excluding;
    context.sense = Sense::Required;
    let read = super::clause::lower_clause(context, group);
    context.sense = outer;
    context.of_grounds = outside;
    // "(severe)", "(without metastases)": what says nothing by itself narrows what stands before it.
    let narrows = |piece: &&Piece| {
        !matches!(
            piece.kind,
            PieceKind::Blank
                | PieceKind::Comma
                | PieceKind::Phrase(
                    Class::Filler
                        | Class::Example
                        | Class::Note
                        | Class::Standard
                        | Class::StandardEnd
                        | Class::Permission
                        | Class::WithOrWithout
                        | Class::Confirm
                        | Class::Anchor
                        | Class::Definition
                        | Class::Therapy,
                    _
                )
        )
    };
    let read = match read {
        None if group.iter().any(|piece| narrows(&piece)) && !group.iter().any(silent) => {
            Some(context.unread(&extent(group)))
        }
        read => read,
    };
    // What a bracket names stands for or against taking part as its unit does.
    if outer == Sense::Excluding { read.map(ruling_out) } else { read }
}
