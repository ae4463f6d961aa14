//! Of what a limit, a result or a name beside another one is said.

use super::Context;
use super::unit::Unit;
use std::ops::Range;
use trialway_terminology::{ConceptId, Domain};

/// Whose limit or result it is: of several names in one unit the nearest before it, else the first; none where the first name only
/// follows in words of its own ("aged 18 to 65 with HbA1c above 7 %").
pub(super) fn owner<'a>(text: &str, unit: &'a Unit, limit: &Range<usize>) -> Option<&'a Range<usize>> {
    let places = || unit.subjects.iter().map(|(_, range)| range);
    if let Some(nearest) = places().filter(|range| range.end <= limit.start).max_by_key(|range| range.end) {
        return Some(nearest);
    }
    let first = places().min_by_key(|range| range.start)?;
    let gap = text.get(limit.end..first.start).unwrap_or_default();
    let parts = |word: &str| ["with", "who", "whose", "having"].iter().any(|known| word.eq_ignore_ascii_case(known));
    (!gap.split(|c: char| !c.is_alphanumeric()).any(parts)).then_some(first)
}

/// Whether a limit or a result is of the name at a place.
pub(super) fn is_of(text: &str, unit: &Unit, place: &Range<usize>, limit: &Range<usize>) -> bool {
    owner(text, unit, limit).is_some_and(|range| range == place)
}

/// "lung cancer surgery": the disease before an operation or another treatment says what it is for; nobody is asked for both.
pub(super) fn for_what(context: &Context<'_>, unit: &mut Unit) {
    let is = |(id, _): &(ConceptId, Range<usize>), domain: Domain| id.domain() == Some(domain);
    let mut treatments: Vec<usize> = Vec::new();
    for subject in &unit.subjects {
        if is(subject, Domain::Procedure) {
            treatments.push(subject.1.start);
        }
    }
    if treatments.is_empty() || treatments.len() == unit.subjects.len() {
        return;
    }
    treatments.sort_unstable();
    let treated = |subject: &(ConceptId, Range<usize>)| {
        let end = subject.1.end;
        let next = treatments.get(treatments.partition_point(|start| *start <= end));
        is(subject, Domain::Condition)
            && next.is_some_and(|start| context.text.get(end..*start).is_some_and(|gap| gap.trim().is_empty()))
    };
    let (said, kept): (Vec<_>, Vec<_>) = unit.subjects.iter().cloned().partition(treated);
    if !said.is_empty() && kept.iter().all(|subject| is(subject, Domain::Procedure)) {
        unit.subjects = kept;
        unit.narrowing.extend(said.into_iter().map(|(_, range)| range));
    }
}
