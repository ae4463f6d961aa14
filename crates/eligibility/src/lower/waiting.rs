//! Parts that wait for a judgement or a consent, or speak of other research.

use super::clause::{Group, is_one_of};
use super::parts::{extent, topic};
use super::statement::turned;
use super::{Context, therapy, unit};
use crate::expr::{Atom, Expr, Firmness, ParticipationTest, Presence, Sense, Test};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use trialway_terminology::Domain;

/// Words that say no more than that research goes on.
const OF_RESEARCH: [&str; 50] = [
    "study",
    "studies",
    "trial",
    "trials",
    "research",
    "clinical",
    "interventional",
    "investigational",
    "investigation",
    "experimental",
    "medical",
    "drug",
    "drugs",
    "medication",
    "medicinal",
    "product",
    "device",
    "devices",
    "therapy",
    "treatment",
    "treatments",
    "therapeutic",
    "protocol",
    "currently",
    "current",
    "concurrent",
    "concurrently",
    "simultaneous",
    "simultaneously",
    "concomitant",
    "concomitantly",
    "already",
    "active",
    "actively",
    "same",
    "time",
    "during",
    "period",
    "course",
    "participation",
    "participating",
    "participate",
    "enrolled",
    "enrollment",
    "subject",
    "duration",
    "entire",
    "whole",
    "ongoing",
    "while",
];

/// A part that waits for a judgement or a consent, or speaks of other research: these absorb the words around them.
pub(super) fn waiting(context: &mut Context<'_>, flat: &[Piece], groups: &[Group]) -> Option<Expr> {
    let mut out: Vec<Expr> = Vec::new();
    let mut keys: Vec<(&str, bool)> = Vec::new();
    let mut negated = false;
    let mut conditions: Vec<Expr> = Vec::new();
    let has_other = flat.iter().any(|piece| match &piece.kind {
        PieceKind::Comparison(_) | PieceKind::Grade(_) | PieceKind::Phrase(Class::Result | Class::Response, _) => true,
        PieceKind::Mention(concepts) => concepts
            .iter()
            .any(|id| matches!(id.domain(), Some(Domain::Condition | Domain::State | Domain::Observation))),
        _ => false,
    });
    for piece in flat {
        match piece.kind {
            PieceKind::Phrase(Class::Negation, _)
                if context.sense == Sense::Excluding && unit::forbids(context, piece) => {}
            PieceKind::Phrase(Class::Negation, _) => negated = true,
            PieceKind::And | PieceKind::Or | PieceKind::Comma => negated = false,
            PieceKind::Phrase(Class::Judgement, value) if !keys.contains(&(value, negated)) => {
                keys.push((value, negated));
                let atom = Atom {
                    test: Test::Judgement(topic(value)),
                    span: context.span(&piece.range),
                    firmness: Firmness::Certain,
                };
                let turned = turned(context, value, &piece.range);
                out.push(if turned { Expr::not(Expr::Atom(atom)) } else { Expr::Atom(atom) });
            }
            PieceKind::Phrase(Class::Consent, value) if !keys.contains(&(value, negated)) => {
                keys.push((value, negated));
                let atom = Atom {
                    test: Test::Consent(topic(value)),
                    span: context.span(&piece.range),
                    firmness: Firmness::Certain,
                };
                let turned = turned(context, value, &piece.range);
                out.push(if turned { Expr::not(Expr::Atom(atom)) } else { Expr::Atom(atom) });
            }
            // "consent to participation in any study": in this one.
            PieceKind::Phrase(Class::Participation, "") if !keys.is_empty() => {}
            PieceKind::Phrase(Class::Participation, _) => {
                let bracketed = groups.iter().flat_map(|group| &group.pieces);
                let window = flat.iter().chain(bracketed).find_map(|piece| match &piece.kind {
                    PieceKind::Window(window) => super::atom::window(context, window),
                    _ => None,
                });
                let window = window.or_else(|| context.inherited.window.clone());
                let text = context.text.get(piece.range.clone()).unwrap_or_default();
                let whole = context.text.get(extent(flat)).unwrap_or_default();
                // "participation in another study" is that of today, where no word says that it is over.
                let over = whole.split(|c: char| !c.is_alphanumeric()).any(|word| {
                    is_one_of(
                        word,
                        &[
                            "prior",
                            "previous",
                            "previously",
                            "past",
                            "participated",
                            "took",
                            "taken",
                            "ever",
                            "history",
                            "been",
                        ],
                    )
                });
                let now = window.is_none() && !over;
                let presence = if now || text.to_ascii_lowercase().starts_with("participating") {
                    Presence::Current
                } else {
                    Presence::Ever
                };
                let test = Test::Participation(ParticipationTest { window, presence });
                let atom = Atom { test, span: context.span(&extent(flat)), firmness: Firmness::Certain };
                conditions.push(if negated { Expr::not(Expr::Atom(atom)) } else { Expr::Atom(atom) });
            }
            _ => {}
        }
    }
    if !conditions.is_empty() {
        // "… in any trial with lixisenatide": which research is meant is not read.
        let named =
            flat.iter().chain(groups.iter().flat_map(|group| &group.pieces)).filter(|piece| match &piece.kind {
                PieceKind::Mention(concepts) => concepts.iter().any(|id| id.domain() != Some(Domain::Observation)),
                _ => false,
            });
        let which: Vec<Expr> = named.map(|piece| context.unread(&piece.range)).collect();
        conditions.extend(which);
        let more = |piece: &&Piece| match piece.kind {
            PieceKind::Word => {
                let word = context.text.get(piece.range.clone()).unwrap_or_default();
                !is_one_of(word, &OF_RESEARCH) && !word.bytes().all(|byte| byte.is_ascii_digit())
            }
            PieceKind::Comparison(_) | PieceKind::Phrase(Class::Hazard | Class::Narrowing, _) => true,
            _ => false,
        };
        let more: Vec<Expr> = flat.iter().filter(more).map(|piece| context.unread(&piece.range)).collect();
        conditions.extend(more);
        return Some(Expr::all(conditions));
    }
    if out.is_empty() {
        return None;
    }
    let waits = match context.sense {
        Sense::Required => Expr::all(out),
        Sense::Excluding => Expr::any(out),
    };
    if !has_other {
        return Some(waits);
    }
    let named = flat.iter().any(|piece| {
        matches!(
            piece.kind,
            PieceKind::Mention(_) | PieceKind::Grade(_) | PieceKind::Phrase(Class::Result | Class::Response, _)
        )
    });
    let of_health = keys.iter().all(|(key, _)| *key == "health");
    if !named && !of_health {
        // "children aged 8 years and older give assent": the number says of whom, and nobody else is asked for it.
        return Some(Expr::all(vec![waits, context.unread(&extent(flat))]));
    }
    // The rest of the part still says something of its own ("negative pregnancy test …, agree to …").
    let rest: Vec<Piece> = flat
        .iter()
        .filter(|piece| {
            !matches!(
                piece.kind,
                PieceKind::Phrase(Class::Judgement | Class::Consent | Class::Alternative, _) | PieceKind::If
            )
        })
        .cloned()
        .collect();
    let (rest, kept, treated) = therapy::take(context, rest, groups.to_vec());
    let other = unit::lower_units(context, &rest, &kept, &mut Vec::new());
    let other = match (treated, other) {
        (Some(treated), Some(base)) => Some(Expr::all(vec![base, treated])),
        (treated, base) => treated.or(base),
    };
    // "postmenopausal or using effective contraception": either is enough; beside more than that it is not said what belongs together.
    let joined = |kind: PieceKind| flat.iter().any(|piece| piece.kind == kind);
    let (or, and) = (joined(PieceKind::Or), joined(PieceKind::And) || joined(PieceKind::Comma));
    // "an infection or any condition that would compromise taking part": what is judged is another ground.
    let judged = flat.iter().position(|piece| matches!(piece.kind, PieceKind::Phrase(Class::Judgement, _)));
    let last_named = |until: usize| {
        flat.get(..until).unwrap_or_default().iter().rposition(|piece| matches!(piece.kind, PieceKind::Mention(_)))
    };
    let apart = judged
        .and_then(|at| Some(last_named(at)?..at))
        .is_some_and(|between| flat.get(between).unwrap_or_default().iter().any(|piece| piece.kind == PieceKind::Or));
    let custody = keys.iter().all(|(key, _)| *key == "custody") && (or || and);
    match (other, context.sense) {
        (Some(other), Sense::Excluding) if apart || custody => Some(Expr::any(vec![other, waits])),
        (Some(other), Sense::Required) if or && !and && groups.is_empty() => Some(Expr::any(vec![other, waits])),
        (Some(other), Sense::Required) => Some(Expr::all(vec![other, waits])),
        // An exclusion that an investigator must also judge: both are needed for it to rule out.
        (Some(other), Sense::Excluding) => Some(Expr::all(vec![other, waits])),
        (None, _) => Some(waits),
    }
}
