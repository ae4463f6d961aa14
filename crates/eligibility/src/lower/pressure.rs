//! "Blood pressure > 160/100 mmHg": two limits under one name.

use super::Context;
use crate::expr::Sense;
use crate::piece::{Piece, PieceKind};
use trialway_criteria::compare::{Comparison, Op};
use trialway_terminology::ConceptId;

/// The same pieces, with the upper and the lower pressure limited each.
///
/// More than a pair is either one being more; less than a pair is both of what is wanted, and either of what rules out.
pub(super) fn parted(context: &Context<'_>, part: Vec<Piece>) -> Vec<Piece> {
    let Some((at, upper, lower, n)) = (0..part.len()).find_map(|at| {
        let (upper, lower, n) = pair(context, part.get(at..)?)?;
        Some((at, upper, lower, n))
    }) else {
        return part;
    };
    let name = |id: &str, like: &Piece| Piece {
        kind: PieceKind::Mention([ConceptId::new(id)].into()),
        range: like.range.clone(),
    };
    let before = part.get(..at).unwrap_or_default();
    let is_pressure = |piece: &Piece| matches!(&piece.kind, PieceKind::Mention(ids) if ids.iter().any(|id| id.as_str() == "vital:blood_pressure"));
    let Some((limit, number)) = part.get(at).zip(part.get(at + 2)) else { return part };
    let named = before.iter().rposition(is_pressure);
    // "(> 160/100 mmHg)": the unit of pressures tells what is meant.
    if named.is_none() && lower.unit.is_none() {
        return part;
    }
    // "uncontrolled hypertension, BP > 160/100" in one breath: the other limit is not one of its own.
    let joint = |piece: &Piece| {
        matches!(
            piece.kind,
            PieceKind::Or
                | PieceKind::And
                | PieceKind::Comma
                | PieceKind::Open
                | PieceKind::Colon
                | PieceKind::Semicolon
                | PieceKind::Stop
        )
    };
    let start = before.iter().rposition(joint).map_or(0, |at| at + 1);
    let names = |piece: &Piece| !is_pressure(piece) && matches!(piece.kind, PieceKind::Mention(_) | PieceKind::Word);
    if before.get(start..).unwrap_or_default().iter().any(names) {
        return part;
    }
    let each = matches!(upper.op, Op::Le | Op::Lt) && context.sense == Sense::Required;
    let joint = if each { PieceKind::And } else { PieceKind::Or };
    let mut out: Vec<Piece> = Vec::with_capacity(part.len() + 2);
    for (nth, piece) in before.iter().enumerate() {
        out.push(if Some(nth) == named { name("vital:systolic", piece) } else { piece.clone() });
    }
    if named.is_none() {
        out.push(name("vital:systolic", limit));
    }
    let end = part.get(at + n - 1).map_or(number.range.end, |last| last.range.end);
    out.push(Piece { kind: PieceKind::Comparison([upper].into()), range: limit.range.clone() });
    out.push(Piece { kind: joint, range: number.range.clone() });
    out.push(name("vital:diastolic", number));
    out.push(Piece { kind: PieceKind::Comparison([lower].into()), range: number.range.start..end });
    out.extend(part.get(at + n..).unwrap_or_default().iter().cloned());
    out
}

/// The two limits that these pieces begin with, and how many pieces they are.
fn pair(context: &Context<'_>, pieces: &[Piece]) -> Option<(Comparison, Comparison, usize)> {
    let [Piece { kind: PieceKind::Comparison(comparisons), .. }, stroke, number, rest @ ..] = pieces else {
        return None;
    };
    let [upper] = comparisons.as_ref() else { return None };
    let word = |piece: &Piece| context.text.get(piece.range.clone()).unwrap_or_default();
    if stroke.kind != PieceKind::Or
        || word(stroke) != "/"
        || number.kind != PieceKind::Word
        || upper.relative_to.is_some()
    {
        return None;
    }
    let value: rust_decimal::Decimal = word(number).parse().ok()?;
    let fits = |value: rust_decimal::Decimal, least: i64, most: i64| value >= least.into() && value <= most.into();
    if !fits(upper.value, 60, 260) || !fits(value, 30, 160) || value >= upper.value {
        return None;
    }
    let unit = |text: &str| trialway_units::parse_unit(text);
    let (of, n) = match rest {
        [one, ..] if word(one).eq_ignore_ascii_case("mmhg") => (unit("mmHg"), 1),
        [one, two, ..] if word(one).eq_ignore_ascii_case("mm") && word(two).eq_ignore_ascii_case("hg") => {
            (unit("mmHg"), 2)
        }
        _ => (None, 0),
    };
    let end = pieces.get(2 + n).map_or(number.range.end, |last| last.range.end);
    let mut first = upper.clone();
    first.unit = first.unit.or_else(|| of.clone());
    let second = Comparison {
        value,
        value_range: number.range.clone(),
        range: number.range.start..end,
        unit: of,
        unit_range: (n > 0).then_some(number.range.end..end),
        ..upper.clone()
    };
    Some((first, second, 3 + n))
}
