//! What people state: judgements of an investigator, consent and agreement.
//!
//! Open unless the record holds an answer about the topic.

use super::{show, time};
use crate::evaluate::Case;
use crate::need::Need;
use crate::outcome::{Cause, Outcome};
use trialway_eligibility::expr::Topic;
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, FactKind, Value};

/// Words of an observation's name that make it an answer about a topic.
const ANSWERED_BY: [(&str, &[&str]); 6] = [
    ("venous_access", &["venous access", "leukapheresis", "apheresis"]),
    ("apheresis", &["leukapheresis", "apheresis", "cell collection"]),
    ("hemodynamic_stability", &["hemodynamic", "haemodynamic"]),
    ("vital_signs", &["vital sign", "hemodynamic"]),
    ("compliance", &["comply", "compliance", "visits"]),
    ("contraception", &["contracepti"]),
];

/// Words of an answer that deny.
const DENYING: [&str; 7] =
    ["contraindicated", "no usable", "unsuitable", "not suitable", "unstable", "does not meet", "not met"];

fn answer<'a>(topic: &Topic, case: &Case<'a>) -> Option<(&'a Fact, bool)> {
    let (_, labels) = ANSWERED_BY.iter().find(|(key, _)| *key == topic.key)?;
    let mut found: Vec<&Fact> = case
        .facts
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Observation && time::exists(fact, case.options.as_of))
        .filter(|fact| labels.iter().any(|word| fact.label.to_ascii_lowercase().contains(word)))
        .filter(|fact| !matches!(fact.value, Some(Value::Absent) | None))
        .collect();
    found.sort_by_key(|fact| fact.period.start.map(|start| start.latest));
    let fact = found.last().copied()?;
    let yes = match &fact.value {
        Some(Value::Answer { yes, .. }) => *yes,
        Some(Value::Detected { detected, .. }) => *detected,
        Some(Value::Text(text)) => {
            let lower = text.to_ascii_lowercase();
            !DENYING.iter().any(|word| lower.contains(word))
        }
        _ => return None,
    };
    Some((fact, yes))
}

/// The topics that ask for a contraindication or instability: an affirmed answer means there is none.
fn asks_for_harm(topic: &Topic) -> bool {
    topic.key == "vital_signs"
}

/// An investigator's statement.
pub(super) fn judgement(topic: &Topic, case: &Case<'_>) -> Outcome {
    match answer(topic, case) {
        Some((fact, yes)) => Outcome::by(yes != asks_for_harm(topic), show::evidence(fact, case)),
        None if topic.key == "hemodynamic_stability" => Outcome::open(Cause::MissingData, Need::topic(topic)),
        None if topic.key == "vital_signs" && case.options.policy == crate::screening::Policy::Chart => {
            Outcome::assumed_absent()
        }
        None if topic.key == "vital_signs" => Outcome::open(Cause::MissingData, Need::topic(topic)),
        None => Outcome::open(Cause::Judgement, Need::topic(topic)),
    }
}

/// A person's agreement.
pub(super) fn consent(topic: &Topic, case: &Case<'_>) -> Outcome {
    if topic.key == "informed_consent" {
        let given = case.facts.facts.iter().find(|fact| {
            fact.kind == FactKind::Consent
                && time::exists(fact, case.options.as_of)
                && time::ongoing(fact, case.options.as_of) == Truth::True
                && for_this_trial(fact, case)
        });
        if let Some(fact) = given {
            return Outcome::by(true, show::evidence(fact, case));
        }
        return Outcome::open(Cause::Consent, Need::topic(topic));
    }
    match answer(topic, case) {
        Some((fact, yes)) => Outcome { truth: Truth::from(yes), ..Outcome::by(yes, show::evidence(fact, case)) },
        None => Outcome::open(Cause::Consent, Need::topic(topic)),
    }
}

/// A consent counts for the trial that it names.
fn for_this_trial(fact: &Fact, case: &Case<'_>) -> bool {
    let texts = || fact.notes.iter().chain([&fact.label]);
    match &case.options.trial {
        Some(trial) => texts().any(|text| text.contains(trial.as_str())),
        None => false,
    }
}
