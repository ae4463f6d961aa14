//! Several medicines of a class, each for a time.

use super::{show, time};
use crate::evaluate::Case;
use crate::need::{Ask, Need};
use crate::outcome::{Cause, Outcome};
use crate::screening::Policy;
use trialway_eligibility::expr::TherapyTest;
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, FactKind};
use trialway_terminology::ConceptId;

/// Whether enough different medicines were each taken long enough.
pub(super) fn decide(test: &TherapyTest, case: &Case<'_>) -> Outcome {
    let mut counted: Vec<(&ConceptId, &Fact)> = Vec::new();
    let mut uncertain: Vec<&Fact> = Vec::new();
    for fact in case
        .facts
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Medication && time::exists(fact, case.options.as_of))
    {
        let Some(medicine) =
            fact.concepts.iter().find(|id| test.of.iter().any(|class| case.terminology.is_a(id, class)))
        else {
            continue;
        };
        match long_enough(test, fact, case) {
            Truth::True if !counted.iter().any(|(known, _)| *known == medicine) => counted.push((medicine, fact)),
            Truth::Unknown => uncertain.push(fact),
            _ => {}
        }
    }
    let special = |id: &ConceptId| test.including.as_ref().is_none_or(|class| case.terminology.is_a(id, class));
    let enough = counted.len() >= test.n_at_least && counted.iter().any(|(id, _)| special(id));
    if enough {
        let mut out = Outcome::known(Truth::True);
        out.evidence = counted.iter().map(|(_, fact)| show::evidence(fact, case)).collect();
        return out;
    }
    let about = test.of.iter().take(6).map(|id| show::question(id, case)).collect();
    let need = Need { ask: Ask::WhichMedicines, about };
    let evidence: Vec<_> = counted
        .iter()
        .map(|(_, fact)| *fact)
        .chain(uncertain.iter().copied())
        .map(|fact| show::evidence(fact, case))
        .collect();
    let mut out = if !uncertain.is_empty() || case.options.policy == Policy::Strict {
        Outcome::open(Cause::MissingData, need)
    } else {
        Outcome::assumed_absent()
    };
    out.evidence = evidence;
    out
}

/// Whether one medicine was taken for the duration up to `as_of`.
fn long_enough(test: &TherapyTest, fact: &Fact, case: &Case<'_>) -> Truth {
    let as_of = case.options.as_of;
    let Some(least) = &test.at_least else { return Truth::True };
    let Some(start) = fact.period.start else { return Truth::Unknown };
    let last = match fact.period.end {
        Some(end) if end.latest < as_of => end.latest,
        _ if time::ongoing(fact, as_of) == Truth::True || fact.period.end.is_some() => as_of,
        _ => return Truth::Unknown,
    };
    let Some(limit) = time::before(last, least) else { return Truth::Unknown };
    let reached = |day| if least.inclusive { day <= limit } else { day < limit };
    match (reached(start.earliest), reached(start.latest)) {
        (true, true) => Truth::True,
        (false, false) => Truth::False,
        _ => Truth::Unknown,
    }
}
