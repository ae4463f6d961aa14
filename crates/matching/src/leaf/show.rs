//! Facts as evidence: one short line each, never a name of a person.

use crate::evaluate::Case;
use crate::evidence::{Entry, Evidence, Says, Shown};
use crate::need::Named;
use trialway_patient::{Calendar, Fact, Value, completed};
use trialway_terminology::ConceptId;

/// A fact as evidence.
pub(super) fn evidence(fact: &Fact, case: &Case<'_>) -> Evidence {
    let says = match &fact.value {
        Some(Value::Quantity { written, unit_written, .. }) => {
            Says::Number(format!("{written} {unit_written}").trim_end().to_owned())
        }
        Some(Value::Titre { written, .. }) if written.contains(':') => Says::Number(written.clone()),
        Some(Value::Titre { written, .. }) => Says::Number(format!("1:{written}")),
        Some(Value::Answer { written, yes }) => Says::Answer(*yes, written.clone()),
        Some(Value::Detected { written, .. }) => Says::Words(written.clone()),
        Some(Value::Text(text)) => Says::Words(text.clone()),
        Some(Value::Date(_)) if fact.derivation.is_some() => Says::Nothing,
        Some(Value::Date(date)) => Says::Words(date.to_string()),
        Some(Value::Absent) | None => Says::Nothing,
    };
    let calculated = fact.derivation.as_ref();
    let entry = Entry {
        name: fact.label.clone(),
        concept: fact.concepts.first().cloned(),
        says,
        period: fact.period,
        calculated: calculated.map(|derivation| (derivation.from.clone(), derivation.method.name().to_owned())),
        gestation_days: None,
    };
    Evidence {
        source: fact.provenance.reference(),
        span: fact.provenance.span,
        shown: Shown::Entry(Box::new(entry)),
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

/// Whether a measurement is older than its kind allows.
fn stale(fact: &Fact, case: &Case<'_>) -> bool {
    let Some(date) = fact.period.end.or(fact.period.start) else { return false };
    let limit =
        fact.concepts.iter().filter_map(|id| case.terminology.concept(id)?.laboratory.as_ref()?.stale_after_days).min();
    limit.is_some_and(|days| completed(date.latest, case.options.as_of, Calendar::Days) > i64::from(days))
}

/// What to ask about a concept, in plain words.
pub(super) fn question(id: &ConceptId, case: &Case<'_>) -> Named {
    let words = match case.terminology.concept(id) {
        Some(concept) => match &concept.laboratory {
            Some(laboratory) => laboratory.question.clone(),
            None => concept.lay_name.clone(),
        },
        None => id.written_words().unwrap_or(id.as_str()).to_owned(),
    };
    Named::Concept { id: id.clone(), words }
}
