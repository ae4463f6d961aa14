//! What a comparison limits: the words that name it.

use super::age::{PEOPLE, age};
use super::words::{clause, reach_before, words_in, words_of};
use crate::piece::{Piece, PieceKind};
use trialway_criteria::OwnText;
use trialway_criteria::compare::Comparison;
use trialway_terminology::{ConceptId, Domain, Terminology};

/// What a comparison limits.
#[derive(Clone)]
pub(super) struct Variable {
    /// Its words.
    pub range: std::ops::Range<usize>,
    /// The measurement that they name.
    pub concept: Option<ConceptId>,
}

impl Variable {
    /// Its words, in small letters.
    pub fn written(&self, text: &str) -> String {
        text.get(self.range.clone()).unwrap_or_default().to_lowercase()
    }
}

/// What a comparison limits: a named measurement before it (or a few joined by and/or), an age, the words before it, else
/// those behind it.
pub(super) fn variables(
    own: &OwnText,
    all: &[Piece],
    at: usize,
    comparison: &Comparison,
    terminology: &Terminology,
) -> Vec<Variable> {
    let mut found = named_before(all, at, terminology);
    // A time beside a laboratory value says for how long it has been so, or is an age.
    let lasts = |variable: &Variable| {
        variable
            .concept
            .as_ref()
            .and_then(|id| terminology.concept(id))
            .and_then(|concept| concept.laboratory.as_ref())
            .is_some_and(|laboratory| !TIMES.contains(&laboratory.unit.as_str()))
    };
    if is_time(comparison) {
        found.retain(|variable| !lasts(variable));
    }
    if found.is_empty() {
        found.extend(age(own.text(), comparison));
    }
    if found.is_empty() {
        found.extend(words_before(own.text(), comparison).map(|range| Variable { range, concept: None }));
    }
    if found.is_empty() {
        let behind = all.get(at + 1..).unwrap_or_default().iter().take(4);
        found.extend(
            behind
                .filter_map(|piece| {
                    measured(piece, terminology)
                        .map(|concept| Variable { range: piece.range.clone(), concept: Some(concept) })
                })
                .take(1),
        );
    }
    if found.is_empty() {
        found.extend(words_before_bracket(own.text(), comparison).map(|range| Variable { range, concept: None }));
    }
    if found.is_empty() {
        found.extend(word_behind(own.text(), comparison).map(|range| Variable { range, concept: None }));
    }
    found
}

fn measured(piece: &Piece, terminology: &Terminology) -> Option<ConceptId> {
    match &piece.kind {
        PieceKind::Mention(concepts) => {
            concepts.iter().find(|id| id.domain() == Some(Domain::Observation) && terminology.has(id)).cloned()
        }
        _ => None,
    }
}

fn is_disease(piece: &Piece, terminology: &Terminology) -> bool {
    match &piece.kind {
        PieceKind::Mention(concepts) => {
            concepts.first().is_some_and(|id| id.domain() == Some(Domain::Condition) && terminology.has(id))
        }
        _ => false,
    }
}

/// Units of time.
const TIMES: [&str; 7] = ["a", "mo", "wk", "d", "h", "min", "s"];

/// Whether a limit is a time.
pub(super) fn is_time(comparison: &Comparison) -> bool {
    comparison.unit.as_ref().is_some_and(|unit| TIMES.contains(&unit.as_str()))
}

/// How many pieces before a limit the name of what it limits may stand.
const FURTHEST: usize = 100;

/// The nearest named measurements before a comparison, in its sentence, with no words between that name something else.
fn named_before(all: &[Piece], at: usize, terminology: &Terminology) -> Vec<Variable> {
    let mut found: Vec<Variable> = Vec::new();
    let mut n_words = 0;
    for (index, piece) in all.get(..at).unwrap_or_default().iter().enumerate().rev().take(FURTHEST) {
        if matches!(piece.kind, PieceKind::Semicolon | PieceKind::Stop) {
            break;
        }
        if matches!(piece.kind, PieceKind::Comparison(_)) && !found.is_empty() {
            break;
        }
        if let Some(concept) = measured(piece, terminology) {
            found.push(Variable { range: piece.range.clone(), concept: Some(concept) });
        } else if !found.is_empty()
            && !matches!(
                piece.kind,
                PieceKind::And | PieceKind::Or | PieceKind::Comma | PieceKind::Open | PieceKind::Close
            )
        {
            break;
        } else if at == index + 1 && is_disease(piece, terminology) {
            // What stands beside the limit is what it is about.
            break;
        } else if piece.kind == PieceKind::Word && found.is_empty() {
            // "serum galactomannan > 0.5": the words just before the sign are what is limited.
            n_words += 1;
            if n_words > 1 {
                break;
            }
        }
    }
    found.reverse();
    // An abbreviation in brackets names the same thing again.
    let mut at = 1;
    while at < found.len() {
        if found.get(at).map(|v| &v.concept) == found.get(at - 1).map(|v| &v.concept) {
            let earlier = found.remove(at - 1);
            if let Some(later) = found.get_mut(at - 1) {
                later.range.start = earlier.range.start.min(later.range.start);
            }
        } else {
            at += 1;
        }
    }
    found
}

/// Words that end a name before a comparison.
const NO_NAME: [&str; 62] = [
    "and",
    "or",
    "with",
    "without",
    "have",
    "has",
    "had",
    "having",
    "must",
    "be",
    "been",
    "is",
    "are",
    "was",
    "were",
    "who",
    "whose",
    "that",
    "which",
    "for",
    "in",
    "on",
    "at",
    "to",
    "from",
    "by",
    "a",
    "an",
    "the",
    "if",
    "when",
    "patients",
    "patient",
    "subjects",
    "subject",
    "participants",
    "participant",
    "individuals",
    "men",
    "women",
    "male",
    "female",
    "adults",
    "children",
    "people",
    "persons",
    "known",
    "documented",
    "either",
    "any",
    "all",
    "his",
    "her",
    "their",
    "as",
    "than",
    "not",
    "no",
    "between",
    "defined",
    "least",
    "should",
];

/// Words between a name and its comparison that name nothing.
const LINK: [&str; 16] =
    ["is", "are", "was", "were", "of", "be", "must", "should", "a", "an", "the", "to", "with", "has", "from", "within"];

/// Where the bracket was opened that ends a text, if that is near.
fn opened(text: &str) -> Option<usize> {
    let near = reach_before(text, text.len());
    text.get(near..)?.rfind(['(', '[']).map(|at| near + at)
}

/// The name that stands just before a comparison, in its clause or in the bracket that ends there.
fn words_before(text: &str, comparison: &Comparison) -> Option<std::ops::Range<usize>> {
    let before = text.get(..comparison.range.start)?;
    let mut trimmed = before.trim_end();
    // "clearance [within 30 days] < 30": a bracket that says when names nothing.
    if trimmed.ends_with([')', ']'])
        && let Some(open) = opened(trimmed)
        && words_of(trimmed, open, trimmed.len()).first().and_then(|range| trimmed.get(range.clone())).is_some_and(
            |word| {
                matches!(word.to_lowercase().as_str(), "within" | "at" | "by" | "on" | "before" | "after" | "measured")
            },
        )
    {
        trimmed = trimmed.get(..open)?.trim_end();
    }
    // "Clinical Activity Score (CAS) >= 4"
    if trimmed.ends_with([')', ']']) {
        let open = opened(trimmed)?;
        let inner = words_of(text, open, trimmed.len());
        return match (inner.first(), inner.last()) {
            (Some(first), Some(last)) if inner.len() <= 4 => Some(first.start..last.end),
            _ => None,
        };
    }
    let place = clause(text, &(trimmed.len()..comparison.range.end));
    let from = trimmed
        .get(place.start..)
        .and_then(|part| part.rfind('.'))
        .map(|at| place.start + at)
        .filter(|at| text.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')))
        .map_or(0, |at| at + 1);
    let all = words_of(text, place.start.max(from), trimmed.len());
    let lower = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().to_lowercase();
    let mut run: Vec<std::ops::Range<usize>> = Vec::new();
    let mut of = false;
    for range in all.into_iter().rev() {
        let word = lower(&range);
        if run.is_empty() && (LINK.contains(&word.as_str()) || of && word == "range") {
            of |= word == "of";
            continue;
        }
        let inner_of = word == "of" && !run.is_empty();
        if (NO_NAME.contains(&word.as_str()) && !inner_of) || word.chars().all(|c| c.is_ascii_digit()) || run.len() == 5
        {
            break;
        }
        run.push(range);
    }
    let generic = run.iter().all(|range| GENERIC.contains(&lower(range).as_str()));
    if run.is_empty() || generic {
        let start = run.last().map_or(place.start, |first| first.start);
        // "a score of at least 46 on the anxiety questionnaire"
        if let Some(named) = scale_behind(text, comparison) {
            return Some(named);
        }
        // "exhaled carbon monoxide (CO) level", "Serum TG: > 150"
        let head = text.get(..start)?.trim_end();
        if head.ends_with([')', ']', ':']) {
            let inner = words_of(text, head.len().saturating_sub(40), head.len());
            let mut name: Vec<std::ops::Range<usize>> = Vec::new();
            for range in inner.into_iter().rev() {
                let apart = name.last().is_some_and(|next| {
                    text.get(range.end..next.start).is_some_and(|gap| gap.contains(['\n', ';', '.', ',']))
                });
                if apart || NO_NAME.contains(&lower(&range).as_str()) || name.len() == 3 {
                    break;
                }
                name.push(range);
            }
            if let (Some(last), Some(first)) = (name.first(), name.last()) {
                return Some(first.start..run.first().map_or(last.end, |end| end.end));
            }
        }
    }
    let (last, first) = (run.first()?, run.last()?);
    // "pain at screening of at least 5 on the numeric rating scale"
    let bare = comparison.unit.is_none() && comparison.relative_to.is_none();
    let by_scale = || {
        scale_behind(text, comparison)
            .filter(|range| text.get(range.clone()).is_some_and(|name| is_scored(&name.to_lowercase())))
    };
    if bare
        && (run.len() > 1
            || text.get(place.start..first.start).is_some_and(|lead| lead.contains(char::is_alphanumeric)))
        && !run.iter().any(|range| is_scored(&lower(range)))
        && let Some(named) = by_scale()
    {
        return Some(named);
    }
    Some(first.start..last.end)
}

/// Names of things with points.
pub(super) fn is_scored(name: &str) -> bool {
    ["score", "scale", "index", "age", "rating", "test", "questionnaire", "inventory"]
        .iter()
        .any(|word| name.contains(word))
}

/// Words that name no measure by themselves.
const GENERIC: [&str; 13] = [
    "score",
    "scores",
    "level",
    "levels",
    "ratio",
    "value",
    "values",
    "range",
    "total",
    "baseline",
    "cut-off",
    "concentration",
    "rating",
];

/// The scale that a score is "on" or "in".
fn scale_behind(text: &str, comparison: &Comparison) -> Option<std::ops::Range<usize>> {
    let place = clause(text, &comparison.range);
    let lower = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().to_lowercase();
    let mut rest = words_in(text, comparison.range.end, place.end).skip_while(|range| {
        let word = lower(range);
        // "4/10 on the scale"
        matches!(word.as_str(), "points" | "point" | "or" | "more" | "higher")
            || word.chars().all(|c| c.is_ascii_digit())
    });
    let first = rest.next()?;
    let about_people = rest.clone().next().is_some_and(|range| PEOPLE.contains(&lower(&range).as_str()));
    if !matches!(lower(&first).as_str(), "on" | "in" | "from") || about_people {
        return None;
    }
    let named: Vec<_> = rest
        .skip_while(|range| LINK.contains(&lower(range).as_str()))
        .take_while(|range| !NO_NAME.contains(&lower(range).as_str()) || lower(range) == "of")
        .take(6)
        .collect();
    Some(named.first()?.start..named.last()?.end)
}

/// The name before the bracket that begins with the limit ("excess alcohol (> 2 drinks a day)").
fn words_before_bracket(text: &str, comparison: &Comparison) -> Option<std::ops::Range<usize>> {
    let head = text.get(..comparison.range.start)?.trim_end().strip_suffix(['(', '['])?;
    // "high (> 90%) cure rate"
    let end = clause(text, &comparison.range).end;
    let behind = text.get(end..).and_then(|rest| rest.strip_prefix([')', ']'])).filter(|rest| rest.starts_with(' '));
    if let Some(rest) = behind {
        let from = text.len() - rest.len();
        let named: Vec<_> = words_in(text, from, clause(text, &(from..from)).end)
            .skip_while(|range| text.get(range.clone()) == Some("of"))
            .take_while(|range| !NO_NAME.contains(&text.get(range.clone()).unwrap_or_default().to_lowercase().as_str()))
            .take(3)
            .collect();
        if let (Some(first), Some(last)) = (named.first(), named.last()) {
            return Some(first.start..last.end);
        }
    }
    let near = reach_before(head, head.len());
    let ends = [',', ';', ':', '(', ')', '\n'];
    let from = head.get(near..).and_then(|part| part.rfind(ends)).map_or(near, |at| near + at + 1);
    let mut name: Vec<std::ops::Range<usize>> = Vec::new();
    for range in words_of(head, from, head.len()).into_iter().rev() {
        let word = head.get(range.clone()).unwrap_or_default().to_lowercase();
        if NO_NAME.contains(&word.as_str()) && word != "of" || name.len() == 5 {
            break;
        }
        name.push(range);
    }
    Some(name.last()?.start..name.first()?.end)
}

/// The first name behind a limit ("at least one tooth", "more than 25% lifetime risk").
fn word_behind(text: &str, comparison: &Comparison) -> Option<std::ops::Range<usize>> {
    let place = clause(text, &comparison.range);
    let lower = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().to_lowercase();
    let named: Vec<_> = words_in(text, comparison.range.end, place.end)
        .skip_while(|range| LINK.contains(&lower(range).as_str()))
        .take_while(|range| !NO_NAME.contains(&lower(range).as_str()))
        .take(3)
        .collect();
    Some(named.first()?.start..named.last()?.end)
}
