//! Every numeric limit in a criterion's own words, as written.

use crate::logic::{Bound, Side};
use crate::piece::{Piece, PieceKind};
use trialway_criteria::OwnText;
use trialway_criteria::compare::{Comparison, Op, Relative};
use trialway_terminology::{ConceptId, Domain, Terminology};
use trialway_units::{Analyte, Decimal, Unit, convert};

/// The limits of a criterion, in text order; "AST and ALT <= 3" gives one for each.
pub(crate) fn bounds(own: &OwnText, all: &[Piece], terminology: &Terminology) -> Vec<Bound> {
    let mut out = Vec::new();
    for (at, piece) in all.iter().enumerate() {
        let PieceKind::Comparison(comparisons) = &piece.kind else { continue };
        for comparison in comparisons {
            let variables = variables(own, all, at, comparison, terminology);
            if variables.is_empty() {
                out.extend(bound(own, comparison, None, terminology));
            }
            for variable in variables {
                out.extend(bound(own, comparison, Some(variable), terminology));
            }
        }
    }
    // A range is one piece for each end, at the same place.
    out.sort_by_key(|bound: &Bound| bound.span);
    out
}

struct Variable {
    range: std::ops::Range<usize>,
    concept: Option<ConceptId>,
}

/// What a comparison limits: the nearest named measurement before it (or a few joined by and/or), else behind it, else an age.
fn variables(
    own: &OwnText,
    all: &[Piece],
    at: usize,
    comparison: &Comparison,
    terminology: &Terminology,
) -> Vec<Variable> {
    let measured = |piece: &Piece| match &piece.kind {
        PieceKind::Mention(concepts) => {
            concepts.iter().find(|id| terminology.concept(id).is_some_and(|c| c.domain == Domain::Observation)).cloned()
        }
        _ => None,
    };
    let mut found = Vec::new();
    for piece in all.get(..at).unwrap_or_default().iter().rev() {
        if matches!(piece.kind, PieceKind::Semicolon | PieceKind::Stop) {
            break;
        }
        if matches!(piece.kind, PieceKind::Comparison(_)) && !found.is_empty() {
            break;
        }
        if let Some(concept) = measured(piece) {
            found.push(Variable { range: piece.range.clone(), concept: Some(concept) });
        } else if !found.is_empty()
            && !matches!(
                piece.kind,
                PieceKind::And | PieceKind::Or | PieceKind::Comma | PieceKind::Open | PieceKind::Close
            )
        {
            break;
        }
    }
    found.reverse();
    // An abbreviation in brackets names the same thing again.
    found.dedup_by(|later, earlier| later.concept == earlier.concept);
    if found.is_empty() {
        let behind = all.get(at + 1..).unwrap_or_default().iter().take(4);
        found.extend(
            behind
                .filter_map(|piece| {
                    measured(piece).map(|concept| Variable { range: piece.range.clone(), concept: Some(concept) })
                })
                .take(1),
        );
    }
    if found.is_empty() && comparison.unit.as_ref().is_some_and(|unit| matches!(unit.as_str(), "a" | "mo" | "wk" | "d"))
    {
        let lower = own.text().to_ascii_lowercase();
        if let Some(start) = lower.find("age") {
            let end = start + if lower.get(start + 3..).is_some_and(|rest| rest.starts_with('d')) { 4 } else { 3 };
            found.push(Variable { range: start..end, concept: None });
        }
    }
    found
}

fn bound(own: &OwnText, comparison: &Comparison, variable: Option<Variable>, terminology: &Terminology) -> Vec<Bound> {
    let sides: &[(Side, bool)] = match comparison.op {
        Op::Ge => &[(Side::Lower, true)],
        Op::Gt => &[(Side::Lower, false)],
        Op::Le => &[(Side::Upper, true)],
        Op::Lt => &[(Side::Upper, false)],
        Op::Eq => &[(Side::Lower, true), (Side::Upper, true)],
    };
    let concept = variable.as_ref().and_then(|variable| variable.concept.clone());
    let relative_to = comparison.relative_to.map(|relative| match relative {
        Relative::Uln => "ULN",
        Relative::Lln => "LLN",
        Relative::Baseline => "baseline",
    });
    let canonical = if relative_to.is_some() { None } else { canonical(concept.as_ref(), comparison, terminology) };
    sides
        .iter()
        .map(|(side, inclusive)| Bound {
            side: *side,
            inclusive: *inclusive,
            value: comparison.value,
            span: own.source_span(comparison.value_range.clone()),
            variable: variable.as_ref().and_then(|v| own.text().get(v.range.clone())).unwrap_or_default().to_owned(),
            variable_span: variable.as_ref().map(|v| own.source_span(v.range.clone())),
            concept: concept.clone(),
            unit: comparison.unit.clone(),
            relative_to,
            canonical: canonical.clone(),
        })
        .collect()
}

/// The limit in the unit in which the concept's values are compared.
fn canonical(
    concept: Option<&ConceptId>,
    comparison: &Comparison,
    terminology: &Terminology,
) -> Option<(Decimal, Unit)> {
    let laboratory = terminology.concept(concept?)?.laboratory.as_ref()?;
    let to = Unit::new(&laboratory.unit)?;
    let from = comparison.unit.clone().unwrap_or_else(|| to.clone());
    let analyte =
        Analyte { molar_mass: laboratory.molar_mass.as_ref().and_then(|mass| mass.parse().ok()), valence: None };
    convert(comparison.value, &from, &to, Some(&analyte)).ok().map(|value| (value, to))
}
