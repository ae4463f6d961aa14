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
        for comparison in comparisons.iter() {
            let variables = variables(own, all, at, comparison, terminology);
            if is_no_measure(own, comparison, variables.first()) {
                continue;
            }
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

/// What a comparison limits: a named measurement before it (or a few joined by and/or), an age, the words before it, else
/// those behind it.
fn variables(
    own: &OwnText,
    all: &[Piece],
    at: usize,
    comparison: &Comparison,
    terminology: &Terminology,
) -> Vec<Variable> {
    let mut found = named_before(all, at, terminology);
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
        found.extend(word_behind(own.text(), comparison).map(|range| Variable { range, concept: None }));
    }
    found
}

fn measured(piece: &Piece, terminology: &Terminology) -> Option<ConceptId> {
    match &piece.kind {
        PieceKind::Mention(concepts) => {
            concepts.iter().find(|id| terminology.concept(id).is_some_and(|c| c.domain == Domain::Observation)).cloned()
        }
        _ => None,
    }
}

/// The nearest named measurements before a comparison, in its sentence, with no words between that name something else.
fn named_before(all: &[Piece], at: usize, terminology: &Terminology) -> Vec<Variable> {
    let mut found: Vec<Variable> = Vec::new();
    let mut n_words = 0;
    for piece in all.get(..at).unwrap_or_default().iter().rev() {
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

/// Words of a text, with their places.
fn words_of(text: &str, from: usize, to: usize) -> Vec<std::ops::Range<usize>> {
    let part = text.get(from..to).unwrap_or_default();
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    let mut open = None;
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let inner = c.is_alphanumeric() || (matches!(c, '-' | '/' | '\'' | '’' | '%') && open.is_some());
        match (open, inner) {
            (None, true) => open = Some(at),
            (Some(start), false) => {
                out.push(from + start..from + at);
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// The word at a place.
fn word<'a>(text: &'a str, range: &std::ops::Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}

/// Whether a word is one of these lower-case ones, in whatever case.
fn is_one_of(word: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a text begins with these lower-case letters, in whatever case.
fn begins_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// Whether a text holds these lower-case letters, in whatever case.
fn holds(text: &str, letters: &str) -> bool {
    text.as_bytes().windows(letters.len()).any(|window| window.eq_ignore_ascii_case(letters.as_bytes()))
}

/// What stands behind some lower-case letters that a text begins with.
fn behind<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.get(start.len()..).filter(|_| begins_with(text, start))
}

/// Where the clause about a comparison begins and ends.
fn clause(text: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let ends = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '~' | '\n');
    let before = text.get(..range.start).unwrap_or_default();
    let start = before
        .rfind(ends)
        .map_or(0, |at| at + before.get(at..).and_then(|b| b.chars().next()).map_or(1, char::len_utf8));
    let after = text.get(range.end..).unwrap_or_default();
    let end = after.find(ends).map_or(text.len(), |at| range.end + at);
    start..end
}

/// The word that makes a limit one of age: `age`, `aged`, `ages`, else `old`, `older`, `younger`, else `years` beside people.
fn age(text: &str, comparison: &Comparison) -> Option<Variable> {
    let in_time = comparison.unit.as_ref().map(|unit| matches!(unit.as_str(), "a" | "mo" | "wk" | "d" | "h"));
    if in_time == Some(false) || comparison.relative_to.is_some() {
        return None;
    }
    let place = clause(text, &comparison.range);
    let all = words_of(text, place.start, place.end);
    let is_one_of = |range: &std::ops::Range<usize>, wanted: &[&str]| is_one_of(word(text, range), wanted);
    let of = |wanted: &[&str]| -> Option<std::ops::Range<usize>> {
        let near = |range: &&std::ops::Range<usize>| {
            if range.start >= comparison.range.start && range.end <= comparison.value_range.start {
                // "older than 14 years"
                0
            } else if range.start < comparison.range.start {
                comparison.range.start - range.start
            } else {
                // What stands behind counts less.
                range.start.saturating_sub(comparison.value_range.end) + 20
            }
        };
        all.iter().filter(|range| is_one_of(range, wanted)).min_by_key(near).cloned()
    };
    // "Age: 18 to 75", "Age (years) >= 18": the label before the sign that ends the clause.
    let label = || {
        let before = text.get(..place.start).unwrap_or_default();
        let trimmed = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let last = words_of(text, trimmed.rfind([';', '.', '\n']).unwrap_or(0), trimmed.len());
        last.into_iter().rev().take(3).find(|range| is_one_of(range, &["age", "aged", "ages"]))
    };
    let speaks = of(&["age", "aged", "ages"]).or_else(label);
    let range = speaks.or_else(|| of(&["old"])).or_else(|| of(&["older", "younger"])).or_else(|| {
        let people = [
            "male",
            "males",
            "female",
            "females",
            "men",
            "women",
            "adult",
            "adults",
            "patients",
            "subjects",
            "participants",
            "volunteers",
            "individuals",
            "children",
            "persons",
            "people",
            "infants",
            "boys",
            "girls",
            "gender",
            "sex",
            "both",
        ];
        const LINKS: [&str; 12] =
            ["between", "from", "to", "and", "or", "of", "who", "are", "is", "must", "be", "healthy"];
        let in_years = comparison.unit.as_ref().is_some_and(|unit| unit.as_str() == "a");
        let only_people = all
            .iter()
            .filter(|range| range.end <= comparison.range.start)
            .all(|range| is_one_of(range, &people) || is_one_of(range, &LINKS));
        (in_years && only_people).then(|| of(&["years", "year", "yrs", "yr", "y"])).flatten()
    })?;
    Some(Variable { range, concept: None })
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
const LINK: [&str; 14] =
    ["is", "are", "was", "were", "of", "be", "must", "should", "a", "an", "the", "to", "with", "has"];

/// The name that stands just before a comparison, in its clause or in the bracket that ends there.
fn words_before(text: &str, comparison: &Comparison) -> Option<std::ops::Range<usize>> {
    let before = text.get(..comparison.range.start)?;
    let trimmed = before.trim_end();
    // "Clinical Activity Score (CAS) >= 4"
    if trimmed.ends_with([')', ']']) {
        let open = trimmed.rfind(['(', '['])?;
        let inner = words_of(text, open, trimmed.len());
        return match (inner.first(), inner.last()) {
            (Some(first), Some(last)) if inner.len() <= 4 => Some(first.start..last.end),
            _ => None,
        };
    }
    let place = clause(text, &comparison.range);
    let from = trimmed
        .rfind(['.'])
        .filter(|at| text.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')))
        .map_or(0, |at| at + 1);
    let all = words_of(text, place.start.max(from), comparison.range.start);
    let is_one_of = |range: &std::ops::Range<usize>, wanted: &[&str]| is_one_of(word(text, range), wanted);
    let mut run: Vec<std::ops::Range<usize>> = Vec::new();
    for range in all.into_iter().rev() {
        if run.is_empty() && is_one_of(&range, &LINK) {
            continue;
        }
        let inner_of = is_one_of(&range, &["of"]) && !run.is_empty();
        let is_number = word(text, &range).bytes().all(|b| b.is_ascii_digit());
        if (is_one_of(&range, &NO_NAME) && !inner_of) || is_number || run.len() == 5 {
            break;
        }
        run.push(range);
    }
    let generic = run.iter().all(|range| is_one_of(range, &GENERIC));
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
                if apart || is_one_of(&range, &NO_NAME) || name.len() == 3 {
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
    Some(first.start..last.end)
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
    let all = words_of(text, comparison.range.end, place.end);
    let is_one_of = |range: &std::ops::Range<usize>, wanted: &[&str]| is_one_of(word(text, range), wanted);
    let mut rest = all.into_iter().skip_while(|range| is_one_of(range, &["points", "point", "or", "more", "higher"]));
    let first = rest.next()?;
    if !is_one_of(&first, &["on", "in", "from"]) {
        return None;
    }
    let named: Vec<_> = rest
        .skip_while(|range| is_one_of(range, &LINK))
        .take_while(|range| !is_one_of(range, &NO_NAME) || is_one_of(range, &["of"]))
        .take(6)
        .collect();
    Some(named.first()?.start..named.last()?.end)
}

/// The first name behind a limit ("at least one tooth", "more than 25% lifetime risk").
fn word_behind(text: &str, comparison: &Comparison) -> Option<std::ops::Range<usize>> {
    let place = clause(text, &comparison.range);
    let all = words_of(text, comparison.range.end, place.end);
    let is_one_of = |range: &std::ops::Range<usize>, wanted: &[&str]| is_one_of(word(text, range), wanted);
    let named: Vec<_> = all
        .into_iter()
        .skip_while(|range| is_one_of(range, &LINK))
        .take_while(|range| !is_one_of(range, &NO_NAME))
        .take(3)
        .collect();
    Some(named.first()?.start..named.last()?.end)
}

/// Whether a comparison in words counts things ("at least 10 teeth", "2 or more medicines"), not a measure of the patient.
fn counts_things(text: &str, comparison: &Comparison) -> bool {
    let in_words = text
        .get(comparison.range.start..comparison.value_range.start)
        .is_some_and(|sign| sign.trim_start().starts_with(|c: char| c.is_alphabetic()));
    let suffixed = text
        .get(comparison.value_range.end..comparison.range.end)
        .is_some_and(|behind| begins_with(behind.trim_start(), "or "));
    if !(in_words || suffixed) || comparison.unit.is_some() || comparison.relative_to.is_some() || comparison.titre {
        return false;
    }
    if comparison.value > Decimal::from(20) || comparison.value.fract() != Decimal::ZERO {
        return false;
    }
    const NO_THING: [&str; 34] = [
        "points",
        "point",
        "score",
        "scores",
        "degrees",
        "percent",
        "and",
        "or",
        "on",
        "in",
        "at",
        "of",
        "for",
        "to",
        "by",
        "with",
        "as",
        "during",
        "before",
        "after",
        "if",
        "when",
        "who",
        "per",
        "out",
        "using",
        "based",
        "according",
        "from",
        "prior",
        "will",
        "are",
        "is",
        "years",
    ];
    let behind = text.get(comparison.range.end..).unwrap_or_default().trim_start();
    let word = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.chars().count() > 2 && !is_one_of(word, &NO_THING)
}

/// What measures no patient: years of the calendar, durations, repetitions, doses, numbers of things.
fn is_no_measure(own: &OwnText, comparison: &Comparison, variable: Option<&Variable>) -> bool {
    let text = own.text();
    let digits = text.get(comparison.value_range.clone()).unwrap_or_default();
    let calendar = comparison.unit.is_none()
        && digits.len() == 4
        && comparison.value >= Decimal::from(1900)
        && comparison.value <= Decimal::from(2100);
    if calendar {
        return true;
    }
    let concept = variable.is_some_and(|variable| variable.concept.is_some());
    let name = variable.and_then(|variable| text.get(variable.range.clone())).unwrap_or_default();
    let rest = text.get(comparison.range.end..).unwrap_or_default().trim_start();
    let speaks_of_age =
        is_one_of(name, &["age", "aged", "ages", "old", "older", "younger", "years", "year", "yrs", "yr", "y"]);
    let timed = comparison
        .unit
        .as_ref()
        .is_some_and(|unit| matches!(unit.as_str(), "a" | "mo" | "wk" | "d" | "h" | "min" | "s"));
    // "160/100": two limits of two measures in one; which is whose is not read.
    let raw = text.get(comparison.value_range.end..).unwrap_or_default().trim_start();
    let paired = raw.strip_prefix('/').is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let of_many = behind(rest, "of ").is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    if paired && !raw.starts_with("/1.73") || of_many || begins_with(rest, "pack") {
        return true;
    }
    // A range beside which nothing is named.
    if name.is_empty() && comparison.form != trialway_criteria::compare::Form::Simple {
        return true;
    }
    if timed {
        const SPANS: [&str; 9] =
            ["expectancy", "survival", "gestation", "prognosis", "cycle", "pregnan", "qt", "doubling", "interval"];
        let around = text.get(clause(text, &comparison.range)).unwrap_or_default();
        return !(speaks_of_age || concept || SPANS.iter().any(|span| holds(around, span)));
    }
    if concept {
        return false;
    }
    if counts_things(text, comparison) && !speaks_of_age {
        return true;
    }
    let spelled = digits.starts_with(|c: char| c.is_alphabetic());
    let repeated = [
        "times",
        "time ",
        "episodes",
        "occasions",
        "visits",
        "drinks",
        "servings",
        "per week",
        "per day",
        "a week",
        "a day",
        "/week",
        "/day",
        "sessions",
        "weeks",
        "days",
        "hours",
    ]
    .iter()
    .any(|word| begins_with(rest, word));
    let counted_alone = name.is_empty() || is_one_of(name, &["n"]);
    let scored = ["score", "scale", "index", "age", "rating"].iter().any(|word| holds(name, word));
    if (spelled && !scored)
        || repeated
        || (counted_alone && comparison.unit.is_none() && comparison.relative_to.is_none())
    {
        return true;
    }
    // A dose: mass a day.
    let mass = comparison.unit.as_ref().is_some_and(|unit| matches!(unit.as_str(), "mg" | "g" | "ug" | "mcg"));
    let dosed = ["dose", "equivalent", "intake", "regimen", "use"].iter().any(|word| holds(name, word));
    mass && (dosed
        || ["daily", "/d", "per day", "a day", "once", "twice", "of "].iter().any(|word| begins_with(rest, word)))
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
