//! What is named to show something else, or is no more than a part of another name.
//!
//! | written | read |
//! | --- | --- |
//! | `at least one CT scan measurable lesion` | a scan that no record lists is not known to be wanting |
//! | `systemic disease`, `neoplastic disease` | a record that lists no such words is not known to lack it |
//! | `Disability Index for Back Pain`, `pain severity score` | the pain is part of the name of the scale |
//! | `decreased disc height` | not how tall a person is |

use super::Context;
use super::unit::Unit;
use crate::expr::Qualifier;
use std::ops::Range;
use trialway_terminology::{ConceptId, Domain};

/// Whether a record that does not list it leaves open whether it was or is there.
pub(super) fn says_nothing_by_silence(context: &Context<'_>, unit: &Unit, id: &ConceptId, wanted: bool) -> bool {
    let narrowed = || unit.qualifiers.iter().any(|qualifier| matches!(qualifier, Qualifier::InWords(_)));
    // No record calls a disease "systemic disease" where it has a better name for it.
    if id.as_str() == "condition:disease" && narrowed() {
        return true;
    }
    let sampled = id.as_str().ends_with("biopsy") || id.as_str() == "procedure:genetic_test";
    let beside = !unit.unread.is_empty() || unit.subjects.len() > 1 || unit.confirm;
    let looks = shows(context, id) && (!sampled || beside);
    wanted && (looks || is_to_come(context, unit, id))
}

/// "undergoing elective surgery", "surgery under general anesthesia": an operation that is still to come, and which no record lists.
fn is_to_come(context: &Context<'_>, unit: &Unit, id: &ConceptId) -> bool {
    const TO_COME: [&str; 7] = ["undergoing", "undergo", "scheduled", "planned", "elective", "planning", "under"];
    let operation = id.domain() == Some(Domain::Procedure)
        && (id.as_str().contains("anesthesia")
            || context.terminology.id("procedure:surgery").is_some_and(|any| context.terminology.is_a(id, &any)));
    let said = context.text.get(unit.extent()).unwrap_or_default();
    operation
        && said
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| TO_COME.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// "30 mg of morphine equivalents": what another medicine is counted in; whether a name is only that.
pub(super) fn is_a_measure(context: &Context<'_>, id: &ConceptId, range: &Range<usize>) -> bool {
    let named = context.text.get(range.clone()).unwrap_or_default().to_ascii_lowercase();
    if id.domain() == Some(Domain::Drug)
        && ["cigarette", "cigar", "drink", "pack"].iter().any(|word| named.starts_with(word))
    {
        return true;
    }
    let behind = context.text.get(range.end..).unwrap_or_default().trim_start_matches([' ', '-']);
    let word = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    id.domain() == Some(Domain::Drug)
        && ["equivalent", "equivalents", "milligram"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// "within the past year (12 months)": a bracket that says the time before it again.
pub(super) fn says_time_again(context: &Context<'_>, unit: &Unit, group: &[crate::piece::Piece]) -> bool {
    let words = context.text.get(super::parts::extent(group)).unwrap_or_default().to_ascii_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    const TIMES: [&str; 8] = ["day", "days", "week", "weeks", "month", "months", "year", "years"];
    unit.window.is_some()
        && matches!(words.as_slice(), [number, time]
            if number.bytes().all(|byte| byte.is_ascii_digit()) && TIMES.contains(time))
}

/// Whether a procedure is a way to look or to take a sample.
fn shows(context: &Context<'_>, id: &ConceptId) -> bool {
    const LOOKS: [&str; 8] = [
        "procedure:ct_scan",
        "procedure:mri",
        "procedure:endoscopy",
        "procedure:colonoscopy",
        "procedure:bronchoscopy",
        "procedure:electrocardiography",
        "procedure:electroencephalography",
        "procedure:genetic_test",
    ];
    LOOKS.contains(&id.as_str())
        || ["procedure:diagnostic_imaging", "procedure:biopsy", "procedure:physical_examination"]
            .iter()
            .filter_map(|general| context.terminology.id(general))
            .any(|general| context.terminology.is_a(id, &general))
}

/// How many words behind a name may belong to the name of a scale.
const FURTHEST: usize = 4;

/// "Disability Index for Back Pain", "pain severity score", "depression rating scale": the place of a disease that is only part of
/// the name of a scale; whether it is.
pub(super) fn names_scale(context: &Context<'_>, id: &ConceptId, range: &Range<usize>) -> bool {
    const SCALES: [&str; 12] = [
        "index",
        "scale",
        "score",
        "questionnaire",
        "inventory",
        "instrument",
        "survey",
        "checklist",
        "indices",
        "scales",
        "scores",
        "subscale",
    ];
    const BETWEEN: [&str; 14] = [
        "severity",
        "rating",
        "assessment",
        "impact",
        "disability",
        "intensity",
        "symptom",
        "activity",
        "numeric",
        "numerical",
        "visual",
        "analog",
        "analogue",
        "self",
    ];
    if id.domain() != Some(Domain::Condition) {
        return false;
    }
    let is_one = |word: &str, list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
    // A word with a sign at its end ends what belongs together, so that it is none of these.
    let mut before = context.text.get(..range.start).unwrap_or_default().trim_end().rsplit([' ', '-']);
    let led =
        before.next().is_some_and(|of| is_one(of, &["for", "of"])) && before.next().is_some_and(|w| is_one(w, &SCALES));
    let mut behind = context.text.get(range.end..).unwrap_or_default().trim_start().split([' ', '-']).take(FURTHEST);
    led || behind
        .find(|word| !is_one(word, &BETWEEN))
        .is_some_and(|word| is_one(word.trim_end_matches([',', ';', '.', ':', ')', '<', '>', '=', '≥', '≤']), &SCALES))
}

/// "disc height", "crown height": the size of something that is not the person.
pub(super) fn is_of_a_part(context: &Context<'_>, unit: &Unit, id: &ConceptId, range: &Range<usize>) -> bool {
    if !matches!(id.as_str(), "vital:height" | "vital:weight") {
        return false;
    }
    let adjoins = |other: &Range<usize>| {
        other.end <= range.start
            && context.text.get(other.end..range.start).is_some_and(|gap| gap == " ")
            && context.text.get(other.clone()).is_some_and(|word| word.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    const OWN: [&str; 14] = [
        "standing", "sitting", "total", "adult", "current", "actual", "dry", "lean", "baseline", "stable", "minimum",
        "maximum", "patient", "and",
    ];
    unit.unread.iter().any(|other| {
        adjoins(other)
            && context.text.get(other.clone()).is_some_and(|word| !OWN.iter().any(|o| word.eq_ignore_ascii_case(o)))
    })
}

/// Whether what a unit names is not what its words are about: the size of a part of the body, a state that is too slight, a
/// treatment that is only confirmed by a look.
pub(super) fn speaks_of_other(context: &Context<'_>, unit: &Unit) -> bool {
    const TOO_LITTLE: [&str; 6] = ["below", "insufficient", "lack", "lacking", "inadequate", "minimal"];
    let condition = unit.subjects.iter().any(|(id, _)| id.domain() == Some(Domain::Condition));
    let slight = condition
        && unit.comparisons.is_empty()
        && unit.unread.iter().filter_map(|range| context.text.get(range.clone())).any(|words| {
            words
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| TOO_LITTLE.iter().any(|known| word.eq_ignore_ascii_case(known)))
        });
    let of_part = unit.subjects.iter().any(|(id, range)| is_of_a_part(context, unit, id, range));
    // "that was confirmed by MRI": what was confirmed is named elsewhere.
    let only_shown = unit.confirm
        && !unit.subjects.is_empty()
        && unit.subjects.iter().all(|(id, _)| shows(context, id))
        && !unit.unread.is_empty();
    // "treatment-naive", in words that narrow a medicine: who never had it.
    let never = unit.subjects.iter().any(|(id, _)| matches!(id.domain(), Some(Domain::Drug | Domain::Procedure)))
        && unit.narrowing.iter().filter_map(|range| context.text.get(range.clone())).any(|words| {
            words.split([' ', '-']).any(|word| word.eq_ignore_ascii_case("naive") || word.to_lowercase() == "naïve")
        });
    slight || of_part || only_shown || never
}

/// "nephropathy with proteinuria": two diseases that are asked for together.
pub(super) fn go_together(context: &Context<'_>, named: &[(ConceptId, Range<usize>)]) -> bool {
    let [(first, before), (second, behind)] = named else { return false };
    let gap = context.text.get(before.end..behind.start).unwrap_or_default();
    [first, second].iter().all(|id| id.domain() == Some(Domain::Condition)) && gap.trim().eq_ignore_ascii_case("with")
}

/// "at least one weight-related illness", "age-related": a name that with a word behind it makes another one; whether this is such.
pub(super) fn is_compounded(context: &Context<'_>, id: &ConceptId, range: &Range<usize>) -> bool {
    const MAKING: [&str; 8] = ["related", "bearing", "based", "matched", "adjusted", "loss", "lowering", "independent"];
    let Some(behind) = context.text.get(range.end..).and_then(|behind| behind.strip_prefix('-')) else { return false };
    let word = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    id.domain() == Some(Domain::Observation) && MAKING.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// "testosterone < 50 ng/dL": of a medicine and a test that share a name a limit speaks of the test.
pub(super) fn prefer_tests(unit: &mut Unit) {
    if unit.comparisons.is_empty() {
        return;
    }
    let tests: Vec<Range<usize>> = unit
        .subjects
        .iter()
        .filter(|(id, _)| id.domain() == Some(Domain::Observation))
        .map(|(_, range)| range.clone())
        .collect();
    unit.subjects.retain(|(id, range)| id.domain() == Some(Domain::Observation) || !tests.contains(range));
}

/// "stage B or C": a unit of nothing but a letter or a number goes on with the one before it.
pub(super) fn join_letters(context: &Context<'_>, units: &mut Vec<Unit>) {
    for at in (1..units.len()).rev() {
        let short = |unit: &Unit| {
            unit.subjects.is_empty()
                && !unit.has_predicate()
                && unit.groups.is_empty()
                && matches!(unit.unread.as_slice(), [range] if context.text.get(range.clone()).is_some_and(|word| {
                    word.len() <= 2 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
                }))
        };
        let Ok([before, here]) = units.get_disjoint_mut([at - 1, at]) else { continue };
        if here.conn == super::unit::Conn::Or && short(here) && !before.unread.is_empty() {
            before.unread.append(&mut here.unread);
            units.remove(at);
        }
    }
}

/// "omalizumab or dupilumab within 5 half-lives": a time that was not read is that of each medicine of the list.
pub(super) fn share_unread_window(context: &Context<'_>, units: &mut [Unit]) {
    for at in (1..units.len()).rev() {
        let Ok([before, here]) = units.get_disjoint_mut([at - 1, at]) else { continue };
        let unread = here.pieces.iter().filter(|piece| match &piece.kind {
            crate::piece::PieceKind::Window(window) => {
                super::atom::window(context, window).is_none() && super::atom::free_of(context, window).is_none()
            }
            _ => false,
        });
        let times: Vec<Range<usize>> = unread
            .map(|piece| piece.range.clone())
            .chain(here.shared_times.iter().cloned())
            .filter(|range| here.unread.contains(range))
            .collect();
        let drugs = |unit: &Unit| {
            !unit.subjects.is_empty() && unit.subjects.iter().all(|(id, _)| id.domain() == Some(Domain::Drug))
        };
        if drugs(before) && drugs(here) && before.window.is_none() {
            before.unread.extend(times.iter().cloned());
            before.shared_times = times;
        }
    }
}

/// "other diseases, such as X": diseases of the kind that X is.
pub(super) fn take_examples(context: &Context<'_>, units: &mut [Unit]) {
    for unit in units.iter_mut().filter(|unit| !unit.examples.is_empty()) {
        let Some((_, range)) = unit.subjects.iter().find(|(id, _)| id.as_str() == "condition:disease").cloned() else {
            continue;
        };
        let kinds: Vec<ConceptId> = unit
            .examples
            .iter()
            .filter_map(|id| context.terminology.concept(id))
            // The kind that is named first is the nearest one.
            .flat_map(|c| c.is_a.first().cloned())
            .collect();
        if !kinds.is_empty() {
            unit.subjects.retain(|(id, _)| id.as_str() != "condition:disease");
            unit.subjects.extend(kinds.into_iter().map(|id| (id, range.clone())));
            unit.other = false;
            unit.spelled_oddly = true;
        }
    }
}
