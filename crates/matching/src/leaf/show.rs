//! Facts as evidence: one short line each, never a name of a person.

use crate::evaluate::Case;
use crate::outcome::Evidence;
use trialway_patient::{Calendar, Fact, Period, Value, completed};

/// A fact as evidence.
pub(super) fn evidence(fact: &Fact, case: &Case<'_>) -> Evidence {
    let value = match &fact.value {
        Some(Value::Quantity { written, unit_written, .. }) => {
            format!(" {written} {unit_written}").trim_end().to_owned()
        }
        Some(Value::Titre { written, .. }) if written.contains(':') => format!(" {written}"),
        Some(Value::Titre { written, .. }) => format!(" 1:{written}"),
        Some(Value::Detected { written, .. } | Value::Answer { written, .. }) => format!(": {written}"),
        Some(Value::Text(text)) => format!(": {text}"),
        Some(Value::Date(_)) if fact.derivation.is_some() => String::new(),
        Some(Value::Date(date)) => format!(": {date}"),
        Some(Value::Absent) | None => String::new(),
    };
    let shown = when(&fact.period).map(|when| format!(", {when}")).unwrap_or_default();
    let calculated = fact
        .derivation
        .as_ref()
        .map(|derivation| format!(", calculated from {} ({})", derivation.from, derivation.method.name()))
        .unwrap_or_default();
    Evidence {
        source: fact.provenance.reference(),
        span: fact.provenance.span,
        text: format!("{}{value}{shown}{calculated}", fact.label),
        stale: stale(fact, case),
    }
}

/// The facts that a derived one was calculated from, beside the one that it is cited by, as evidence.
pub(super) fn inputs(fact: &Fact, case: &Case<'_>) -> Vec<Evidence> {
    let Some(derivation) = &fact.derivation else { return Vec::new() };
    let mut out = Vec::new();
    for provenance in derivation.inputs.iter().skip(1) {
        let found = case.facts.facts.iter().find(|other| other.provenance == *provenance && other.derivation.is_none());
        out.extend(found.map(|input| evidence(input, case)));
    }
    out
}

fn when(period: &Period) -> Option<String> {
    match (period.start, period.end) {
        (Some(start), Some(end)) if start == end => Some(start.to_string()),
        (Some(start), Some(end)) => Some(format!("{start} to {end}")),
        (Some(start), None) => Some(format!("since {start}")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    }
}

/// Whether a measurement is older than its kind allows.
fn stale(fact: &Fact, case: &Case<'_>) -> bool {
    let Some(date) = fact.period.end.or(fact.period.start) else { return false };
    let limit =
        fact.concepts.iter().filter_map(|id| case.terminology.concept(id)?.laboratory.as_ref()?.stale_after_days).min();
    limit.is_some_and(|days| completed(date.latest, case.options.as_of, Calendar::Days) > i64::from(days))
}

/// What to ask about a concept, in plain words.
pub(super) fn question(id: &trialway_terminology::ConceptId, case: &Case<'_>) -> String {
    match case.terminology.concept(id) {
        Some(concept) => match &concept.laboratory {
            Some(laboratory) => laboratory.question.clone(),
            None => concept.lay_name.clone(),
        },
        None => id.written_words().unwrap_or(id.as_str()).to_owned(),
    }
}
