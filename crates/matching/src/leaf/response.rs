//! How a disease answered to treatment, and what a finding is caused by.

use super::{measurement, show, time};
use crate::evaluate::Case;
use crate::outcome::{Cause, Outcome};
use crate::screening::Policy;
use trialway_eligibility::expr::{CauseTest, ResponseTest, ResultTest, WantedResponse, WantedResult};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, FactKind};

/// What a record says of an answer to treatment.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    NoRemission,
    Partial,
    Complete,
    Relapse,
    Inadequate,
    Adequate,
}

/// How the disease answered; the latest statement decides.
pub(super) fn decide(test: &ResponseTest, case: &Case<'_>) -> Outcome {
    let mut found: Vec<(&Fact, Said)> = case
        .facts
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Observation && time::exists(fact, case.options.as_of))
        .filter_map(|fact| Some((fact, said(fact)?)))
        .collect();
    let last = found.iter().filter_map(|(fact, _)| fact.period.start).map(|start| start.latest).max();
    if last.is_some() {
        found.retain(|(fact, _)| fact.period.start.map(|start| start.latest) == last);
    }
    let Some((fact, said)) = found.last().copied() else {
        return Outcome::open(Cause::MissingData, "how the disease answered to treatment");
    };
    let holds = match (test.wanted, said) {
        (WantedResponse::NoRemission, Said::NoRemission | Said::Inadequate) => Truth::True,
        (WantedResponse::NoRemission, Said::Complete | Said::Partial | Said::Adequate) => Truth::False,
        (WantedResponse::NoRemission, Said::Relapse) => Truth::Unknown,
        (WantedResponse::NoCompleteRemission, Said::NoRemission | Said::Partial | Said::Inadequate) => Truth::True,
        (WantedResponse::NoCompleteRemission, Said::Complete) => Truth::False,
        (WantedResponse::NoCompleteRemission, _) => Truth::Unknown,
        (WantedResponse::Relapse, Said::Relapse) => Truth::True,
        (WantedResponse::Relapse, _) => Truth::False,
        (WantedResponse::Inadequate, Said::NoRemission | Said::Inadequate) => Truth::True,
        (WantedResponse::Inadequate, Said::Complete | Said::Adequate) => Truth::False,
        (WantedResponse::Inadequate, _) => Truth::Unknown,
        (WantedResponse::Remission, Said::Complete | Said::Partial) => Truth::True,
        (WantedResponse::Remission, Said::NoRemission) => Truth::False,
        (WantedResponse::Remission, _) => Truth::Unknown,
    };
    let evidence = show::evidence(fact, case);
    match holds {
        Truth::Unknown => Outcome::open(Cause::MissingData, "how the disease answered to treatment").with(evidence),
        known => Outcome::by(known == Truth::True, evidence),
    }
}

fn said(fact: &Fact) -> Option<Said> {
    let label = fact.label.to_ascii_lowercase();
    if !(label.contains("response") || label.contains("remission") || label.contains("relapse")) {
        return None;
    }
    let value = match &fact.value {
        Some(trialway_patient::Value::Text(text)) => text.to_ascii_lowercase(),
        _ => return None,
    };
    let says = |list: &[&str]| list.iter().any(|word| value.contains(word));
    if says(&["relaps", "recurrence", "flare"]) {
        Some(Said::Relapse)
    } else if says(&[
        "no remission",
        "neither complete nor partial",
        "no response",
        "non-respon",
        "not in remission",
        "without remission",
    ]) {
        Some(Said::NoRemission)
    } else if says(&["partial"]) {
        Some(Said::Partial)
    } else if says(&["complete remission", "complete response", "complete renal response", "in remission"]) {
        Some(Said::Complete)
    } else if says(&["inadequate", "insufficient", "failure", "failed"]) {
        Some(Said::Inadequate)
    } else if says(&["adequate", "good"]) {
        Some(Said::Adequate)
    } else {
        None
    }
}

/// Whether an abnormal finding has this cause.
pub(super) fn cause(test: &CauseTest, case: &Case<'_>) -> Outcome {
    let facts = || case.facts.facts.iter().filter(|fact| time::exists(fact, case.options.as_of));
    for fact in facts() {
        let of_it = fact.concepts.iter().any(|id| case.terminology.is_a(id, &test.of))
            || fact.kind == FactKind::Condition && explains(fact, test, case);
        let by_it = |id| case.terminology.is_a(id, &test.cause);
        if of_it && fact.causes.iter().any(by_it) {
            return Outcome::by(true, show::evidence(fact, case));
        }
        let names_cause = fact.concepts.iter().any(by_it);
        if names_cause && fact.kind == FactKind::Condition && explains(fact, test, case) {
            return Outcome::by(true, show::evidence(fact, case));
        }
    }
    // Another recorded cause of the same finding, or a normal finding, speaks against it.
    if let Some(fact) = facts()
        .find(|fact| !fact.causes.is_empty() && fact.concepts.iter().any(|id| case.terminology.is_a(id, &test.of)))
    {
        return Outcome::by(false, show::evidence(fact, case));
    }
    let normal =
        measurement::result(&ResultTest { concept: test.of.clone(), wanted: WantedResult::Normal, window: None }, case);
    if normal.truth == Truth::True {
        return normal.not();
    }
    let present = facts().any(|fact| {
        fact.kind == FactKind::Condition && fact.concepts.iter().any(|id| case.terminology.is_a(id, &test.cause))
    });
    let other_cause = facts().find(|fact| {
        fact.kind == FactKind::Condition
            && related(fact, test, case)
            && !fact.causes.is_empty()
            && !fact.causes.iter().any(|id| case.terminology.is_a(id, &test.cause))
    });
    if let Some(fact) = other_cause {
        return Outcome::by(false, show::evidence(fact, case));
    }
    if !present && case.options.policy == Policy::Chart {
        return Outcome::assumed_absent();
    }
    Outcome::open(Cause::MissingData, format!("whether it is caused by: {}", show::question(&test.cause, case)))
}

/// Whether a condition's note says that it explains the finding ("cause of the raised ALT").
fn explains(fact: &Fact, test: &CauseTest, _case: &Case<'_>) -> bool {
    fact.findings.iter().any(|finding| finding.concept == test.of && !finding.negated)
        && fact.notes.iter().any(|note| note.to_ascii_lowercase().contains("cause of"))
}

/// Whether a condition is of the organ that the finding measures.
fn related(fact: &Fact, test: &CauseTest, case: &Case<'_>) -> bool {
    const ORGANS: [(&str, &str); 4] = [
        ("lab:egfr", "condition:kidney_disease"),
        ("lab:creatinine", "condition:kidney_disease"),
        ("lab:alt", "condition:liver_disease"),
        ("lab:ast", "condition:liver_disease"),
    ];
    ORGANS.iter().any(|(of, organ)| {
        *of == test.of.as_str()
            && fact.concepts.iter().any(|id| case.terminology.is_a(id, &trialway_terminology::ConceptId::new(organ)))
    })
}
