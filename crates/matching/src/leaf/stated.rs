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
const ANSWERED_BY: [(&str, &[&str]); 8] = [
    ("venous_access", &["venous access", "leukapheresis", "apheresis"]),
    ("apheresis", &["leukapheresis", "apheresis", "cell collection"]),
    ("hemodynamic_stability", &["hemodynamic", "haemodynamic"]),
    ("vital_signs", &["vital sign", "hemodynamic"]),
    ("compliance", &["comply", "compliance", "visits"]),
    ("contraception", &["contracepti", "birth control"]),
    ("measurable_disease", &["measurable", "evaluable disease", "target lesion"]),
    ("custody", &["prisoner", "incarcerat", "detained"]),
];

/// Words of an answer that deny.
const DENYING: [&str; 15] = [
    "contraindicated",
    "no usable",
    "unsuitable",
    "not suitable",
    "unstable",
    "does not meet",
    "not met",
    "inadequate",
    "not adequate",
    "unable",
    "not able",
    "unwilling",
    "not willing",
    "no measurable",
    "not measurable",
];

/// What somebody says of birth control: whether it is used or agreed to; none where that is not clear.
///
/// **Unknown**: "condoms sometimes", and methods that do not work for sure.
pub(crate) fn contraception(text: &str) -> Option<bool> {
    const REFUSED: [&str; 20] = [
        "none",
        "no contraception",
        "no birth control",
        "not using",
        "does not use",
        "uses no",
        "refuse",
        "declin",
        "does not want",
        "doesn't want",
        "unwilling",
        "not willing",
        "does not agree",
        "not agree",
        "will not",
        "no method",
        "unprotected",
        "never",
        "without",
        "stopped",
    ];
    const DOUBTFUL: [&str; 10] = [
        "sometimes",
        "occasional",
        "irregular",
        "withdrawal",
        "rhythm",
        "calendar",
        "natural",
        "not always",
        "unsure",
        "undecided",
    ];
    const GIVEN: [&str; 34] = [
        "agree",
        "willing",
        "will use",
        "will keep",
        "will continue",
        "commit",
        "uses",
        "using",
        "continues",
        "keep",
        "iud",
        "intrauterine",
        "implant",
        "pill",
        "oral contraceptive",
        "condom",
        "vasectom",
        "steril",
        "tubal",
        "ligation",
        "abstinen",
        "abstain",
        "hysterectom",
        "inject",
        "ring",
        "patch",
        "highly effective",
        "effective method",
        "double barrier",
        "yes",
        "postmenopaus",
        "not of childbearing",
        "not of reproductive",
        "infertil",
    ];
    let lower = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let refused = has(&REFUSED) || lower.split(|c: char| !c.is_alphanumeric()).next() == Some("no");
    // "Condoms until the end; without them never": whoever says both is asked.
    match (refused, has(&DOUBTFUL), has(&GIVEN)) {
        (true, _, false) => Some(false),
        (false, false, true) => Some(true),
        (true, _, true)
            if has(&[
                "refuse",
                "declin",
                "does not want",
                "unwilling",
                "not willing",
                "not agree",
                "no contraception",
                "not using",
            ]) =>
        {
            Some(false)
        }
        _ => None,
    }
}

/// Whether lesions that can be measured are there, in words.
fn measurable(text: &str) -> Option<bool> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let denied =
        words.iter().any(|word| matches!(*word, "no" | "not" | "non" | "none" | "without" | "unclear" | "possible"));
    let named = words.iter().any(|word| matches!(*word, "measurable" | "target" | "evaluable"));
    match (
        lower.contains("no measurable") || lower.contains("not measurable") || lower.contains("no target"),
        named && !denied,
    ) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        // "At least one measurable target lesion, never irradiated": what is denied is something else.
        (false, false) => {
            (named && !words.iter().any(|word| matches!(*word, "no" | "not" | "none" | "unclear"))).then_some(true)
        }
    }
}

fn answer<'a>(topic: &Topic, case: &Case<'a>) -> Option<(&'a Fact, bool)> {
    let (_, labels) = ANSWERED_BY.iter().find(|(key, _)| *key == topic.key)?;
    let mut found: Vec<&Fact> = case
        .facts
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Observation && time::exists(fact, case.options.as_of))
        .filter(|fact| labels.iter().any(|word| fact.label.to_ascii_lowercase().contains(word)))
        .filter(|fact| !of_else(topic, fact))
        .filter(|fact| !matches!(fact.value, Some(Value::Absent) | None))
        .collect();
    found.sort_by_key(|fact| fact.period.start.map(|start| start.latest));
    let fact = found.last().copied()?;
    let yes = match &fact.value {
        Some(Value::Answer { yes, .. }) => *yes,
        Some(Value::Detected { detected, .. }) => *detected,
        Some(Value::Text(text)) if topic.key == "contraception" => contraception(text)?,
        Some(Value::Text(text)) if topic.key == "measurable_disease" => measurable(text)?,
        Some(Value::Text(text)) => {
            let lower = text.to_ascii_lowercase();
            !DENYING.iter().any(|word| lower.contains(word))
        }
        _ => return None,
    };
    Some((fact, yes))
}

/// Whether the name of an answer asks something else of the topic: whether a pregnancy is planned, what somebody was told.
fn of_else(topic: &Topic, fact: &Fact) -> bool {
    let label = fact.label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    match topic.key.as_str() {
        "contraception" => has(&["counsel", "previous", "prior", "history", "past ", "partner's"]),
        "measurable_disease" => has(&["number", "size", "irradiat", "sum of"]),
        _ => false,
    }
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
