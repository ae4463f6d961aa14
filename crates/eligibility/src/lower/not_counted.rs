//! Kinds of a thing that do not count, and what must be known of them so that they do not.
//!
//! | text | base | kinds |
//! | --- | --- | --- |
//! | `malignancy, except basal cell carcinoma` | malignancy other than that | |
//! | `malignancy, except adequately treated basal cell carcinoma` | malignancy other than that | that, unless `adequately treated` |
//! | `malignancy, except melanoma with no recurrence for 5 years` | malignancy other than that | that, unless `no recurrence for 5 years` |
//!
//! The kinds are taken away entry by entry of a record: somebody with a treated basal cell carcinoma may have had another cancer.
//! Words before the first kind, and behind the last, are said of all of them; words between two of the one that they stand beside.

use super::Context;
use super::own_words::in_words;
use crate::expr::{Atom, EventTest, Expr, InWords, Qualifier, Test};
use crate::lexicon::Class;
use crate::piece::{Piece, PieceKind};
use std::ops::Range;
use trialway_terminology::ConceptId;

/// Words at either end of what stands between two kinds that say nothing of them.
const QUIET: &[&str] = &[
    "note",
    "other",
    "another",
    "only",
    "a",
    "an",
    "the",
    "any",
    "all",
    "of",
    "in",
    "for",
    "to",
    "with",
    "by",
    "and",
    "or",
    "as",
    "such",
    "like",
    "case",
    "cases",
    "patient",
    "patients",
    "subject",
    "subjects",
    "participant",
    "participants",
    "those",
    "who",
    "which",
    "that",
    "have",
    "has",
    "had",
    "having",
    "been",
    "be",
    "is",
    "are",
    "was",
    "were",
    "history",
    "prior",
    "previous",
    "previously",
    "type",
    "types",
    "following",
    "well",
];

/// Places that are the usual ones of a kind, and say nothing of it.
const PLACES: &[&str] = &["skin", "cutaneous", "uterine", "cancer", "cancers"];

/// Beginnings of words that name no other disease where they are found among the words about a kind.
const ABOUT: &[&str] = &[
    "recur",
    "relaps",
    "metasta",
    "surg",
    "resect",
    "excis",
    "therap",
    "treat",
    "radi",
    "chemo",
    "remission",
    "disease",
    "evidence",
    "cure",
    "skin",
    "cancer",
    "curativ",
    "potential",
    "definit",
    "local",
    "resolv",
    "remov",
    "heal",
    "eradicat",
    "sign",
    "symptom",
];

/// A kind that does not count, with the words about it.
struct Kind {
    id: ConceptId,
    about: Vec<InWords>,
}

/// The base without the kinds that an exception names; none where it names none of them, or says more of them than is known how
/// to hold against a record.
pub(super) fn without_kinds(context: &Context<'_>, base: &Expr, exception: &[Piece]) -> Option<Expr> {
    let atom = match base {
        Expr::Atom(atom) => atom,
        Expr::Not(inner) => return without_kinds(context, inner, exception).map(Expr::not),
        // Of a list, the exception narrows what it is a kind of, and leaves the rest alone.
        Expr::Or(args) => {
            let narrowed: Vec<Option<Expr>> = args.iter().map(|arg| without_kinds(context, arg, exception)).collect();
            if narrowed.iter().all(Option::is_none) {
                return None;
            }
            return Some(Expr::any(
                args.iter().zip(narrowed).map(|(arg, narrow)| narrow.unwrap_or_else(|| arg.clone())).collect(),
            ));
        }
        // Words that were not read narrow what is left as well.
        Expr::And(args) => {
            let (first, rest) = args.split_first()?;
            if !rest.iter().all(|arg| matches!(arg, Expr::Unread { .. })) {
                return None;
            }
            let narrowed = without_kinds(context, first, exception)?;
            return Some(Expr::all(std::iter::once(narrowed).chain(rest.iter().cloned()).collect()));
        }
        _ => return None,
    };
    let Test::Event(event) = &atom.test else { return None };
    let of = event.concept.as_ref()?;
    let Some(kinds) = kinds(context, of, exception) else {
        // "unless treated with curative intent and without recurrence for 5 years": no kind is named, so that any is meant.
        let place = exception.first()?.range.start..exception.last()?.range.end;
        let disease = event.role == crate::expr::EventRole::Condition;
        let said =
            about(context, place, false).filter(|said| disease && crate::course::asked(&said.written).is_some())?;
        let mut narrowed = event.clone();
        narrowed.qualifiers.push(Qualifier::Unless(vec![said]));
        return Some(Expr::Atom(Atom { test: Test::Event(narrowed), ..atom.clone() }));
    };
    let of_test = |test: EventTest| Expr::Atom(Atom { test: Test::Event(test), ..atom.clone() });
    let unless = |test: &mut EventTest, about: &[InWords]| {
        if !about.is_empty() {
            test.qualifiers.push(Qualifier::Unless(about.to_vec()));
        }
    };
    let mut all = event.clone();
    for kind in &kinds {
        if kind.id == *of {
            // "or any other cancer that was cured": whatever it is, it does not count then.
            unless(&mut all, &kind.about);
        } else {
            all.other_than.push(kind.id.clone());
        }
    }
    let each = kinds.iter().filter(|kind| kind.id != *of && !kind.about.is_empty()).map(|kind| {
        let mut test = EventTest { concept: Some(kind.id.clone()), ..event.clone() };
        unless(&mut test, &kind.about);
        of_test(test)
    });
    Some(Expr::any(std::iter::once(of_test(all.clone())).chain(each).collect()))
}

/// The kinds that an exception names, each with the words about it.
fn kinds(context: &Context<'_>, of: &ConceptId, exception: &[Piece]) -> Option<Vec<Kind>> {
    let mut kinds: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut depth = 0_usize;
    for piece in exception {
        match &piece.kind {
            PieceKind::Open => depth += 1,
            PieceKind::Close => depth = depth.saturating_sub(1),
            // "carcinoma in situ (e.g. of the breast)": what a bracket gives are examples of what stands before it.
            _ if depth > 0 => {}
            PieceKind::Mention(concepts) => {
                // "no signs of the malignancy": the thing itself, in what is said of it.
                let again = |id: &ConceptId| id == of && stands_behind_of(context, piece);
                let is_kind = |id: &&ConceptId| context.terminology.is_a(id, of) && !again(id);
                match concepts.iter().find(is_kind) {
                    Some(id) => kinds.push((Kind { id: id.clone(), about: Vec::new() }, piece.range.clone())),
                    None if is_about(context, piece) || concepts.iter().any(again) => {}
                    None => return None,
                }
            }
            // Whom it concerns, a limit and a number of its own are not held against a record entry by entry.
            PieceKind::If | PieceKind::Comparison(_) | PieceKind::Count(_) => return None,
            PieceKind::Phrase(Class::Hazard, _) if is_about(context, piece) => {}
            PieceKind::Phrase(
                Class::Hazard | Class::Whom | Class::Permission | Class::Judgement | Class::Consent,
                _,
            ) => {
                return None;
            }
            _ => {}
        }
    }
    let (first, last) = (kinds.first()?.1.clone(), kinds.last()?.1.clone());
    let start = exception.first()?.range.start;
    let end = exception.last()?.range.end.max(last.end);
    let before = about(context, start..first.start, true);
    let behind = about(context, last.end..end, false);
    let mut gaps: Vec<(usize, InWords)> = Vec::new();
    for (at, pair) in kinds.windows(2).enumerate() {
        let [(_, one), (_, next)] = pair else { continue };
        // Pieces stand in the order of the text, so that only those between the two are looked at.
        let from = exception.partition_point(|piece| piece.range.start < one.end);
        let joins: Vec<&Piece> = exception
            .get(from..)?
            .iter()
            .take_while(|piece| piece.range.end <= next.start)
            .filter(|piece| {
                matches!(piece.kind, PieceKind::Or | PieceKind::And | PieceKind::Comma | PieceKind::Semicolon)
            })
            .collect();
        // "treated and resolved": an "and" parts kinds only where nothing else does.
        let parts = |piece: &&&Piece| piece.kind != PieceKind::And;
        let (first, last) = (joins.iter().find(parts), joins.iter().rfind(parts));
        let (Some(open), Some(close)) = (first.or(joins.first()), last.or(joins.last())) else { return None };
        // Words between two joins are of something that was not read.
        if about(context, open.range.end..close.range.start.max(open.range.end), true).is_some() {
            return None;
        }
        gaps.extend(about(context, one.end..open.range.start, false).map(|words| (at, words)));
        gaps.extend(about(context, close.range.end..next.start, true).map(|words| (at + 1, words)));
    }
    let mut out: Vec<Kind> = kinds.into_iter().map(|(kind, _)| kind).collect();
    for (at, words) in gaps {
        out.get_mut(at)?.about.push(words);
    }
    for kind in &mut out {
        kind.about.extend(before.iter().chain(&behind).cloned());
    }
    // "any malignancy except a malignancy": nothing is left of it.
    (!out.iter().any(|kind| kind.id == *of && kind.about.is_empty())).then_some(out)
}

/// Whether a name stands behind "signs of", "recurrence of the" and the like.
fn stands_behind_of(context: &Context<'_>, piece: &Piece) -> bool {
    const SAID_OF: [&str; 4] = ["symptoms", "signs", "recurrence", "evidence"];
    let before = context.text.get(..piece.range.start).unwrap_or_default();
    let mut words = before.split_whitespace().rev().filter(|word| !word.eq_ignore_ascii_case("the"));
    words.next().is_some_and(|of| of.eq_ignore_ascii_case("of"))
        && words.next().is_some_and(|word| SAID_OF.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// Whether a name is part of what is said of a kind ("no recurrence", "after surgery"), not another disease.
fn is_about(context: &Context<'_>, piece: &Piece) -> bool {
    let text = context.text.get(piece.range.clone()).unwrap_or_default().to_ascii_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| ABOUT.iter().any(|start| word.starts_with(start)))
}

/// A stretch without the bracket that it begins or ends with; none where words stand on both sides of one.
fn outside_brackets(context: &Context<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let text = context.text.get(range.clone())?;
    let Some(open) = text.find(['(', '[']) else { return Some(range) };
    // The sign that ends it may stand behind the stretch.
    let close = text.rfind([')', ']']).unwrap_or(text.len().saturating_sub(1));
    if close < open {
        return Some(range);
    }
    let says = |part: Option<&str>| part.is_some_and(|part| part.chars().any(char::is_alphanumeric));
    match (says(text.get(..open)), says(text.get(close + 1..))) {
        (true, true) => Some(range),
        (true, false) => Some(range.start..range.start + open),
        (false, _) => Some(range.start + close + 1..range.end),
    }
}

/// What a stretch of an exception says of the kind beside it; none where it says nothing.
fn about(context: &Context<'_>, range: Range<usize>, before: bool) -> Option<InWords> {
    let range = outside_brackets(context, range)?;
    let text = context.text.get(range.clone())?;
    let words: Vec<(usize, &str)> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let is_quiet = |at: usize, word: &str| {
        let before_situ = words.get(at + 1).is_some_and(|(_, next)| next.eq_ignore_ascii_case("situ"));
        !before_situ && QUIET.iter().chain(PLACES).any(|quiet| word.eq_ignore_ascii_case(quiet))
    };
    let (_, first) = words.iter().enumerate().find(|(at, (_, word))| !is_quiet(*at, word))?;
    let (_, last) = words.iter().enumerate().rfind(|(at, (_, word))| !is_quiet(*at, word))?;
    let (start, end) = (range.start + first.0, range.start + last.0 + last.1.len());
    Some(in_words(context, &(start..end), before))
}
