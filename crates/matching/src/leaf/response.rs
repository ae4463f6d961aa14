//! How a disease answered to treatment, and what a finding is caused by.

use super::{measurement, show, time};
use crate::evaluate::Case;
use crate::need::{Ask, Need};
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
    /// Not complete; whether partial is not said.
    NotComplete,
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
    let last = found.iter().filter_map(|(fact, _)| fact.period.start).map(|start| start.earliest).max();
    if let Some(last) = last {
        found.retain(|(fact, _)| fact.period.start.is_some_and(|start| start.latest >= last));
    }
    let Some((fact, said)) = found.last().copied() else {
        return Outcome::open(Cause::MissingData, Ask::Response);
    };
    if found.iter().any(|(_, other)| *other != said) {
        let open = Outcome::open(Cause::MissingData, Ask::WhichResponse);
        return found.iter().fold(open, |open, (fact, _)| open.with(show::evidence(fact, case)));
    }
    let holds = match (test.wanted, said) {
        (WantedResponse::NoRemission, Said::NoRemission | Said::Inadequate) => Truth::True,
        (WantedResponse::NoRemission, Said::Complete | Said::Partial | Said::Adequate) => Truth::False,
        (WantedResponse::NoRemission, Said::Relapse) => Truth::Unknown,
        (WantedResponse::NoRemission, Said::NotComplete) => Truth::Unknown,
        (
            WantedResponse::NoCompleteRemission,
            Said::NoRemission | Said::Partial | Said::NotComplete | Said::Inadequate,
        ) => Truth::True,
        (WantedResponse::NoCompleteRemission, Said::Complete) => Truth::False,
        (WantedResponse::NoCompleteRemission, _) => Truth::Unknown,
        (WantedResponse::Relapse, Said::Relapse) => Truth::True,
        // Who has no complete remission now may have relapsed from one.
        (WantedResponse::Relapse, Said::NotComplete) => Truth::Unknown,
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
        Truth::Unknown => Outcome::open(Cause::MissingData, Ask::Response).with(evidence),
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
    answer(&value)
}

/// What words in lower case say of an answer to treatment; none where they say nothing sure.
fn answer(value: &str) -> Option<Said> {
    let words: Vec<&str> = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let denied = |at: usize| {
        const DENIALS: [&str; 9] = ["no", "not", "non", "without", "never", "neither", "nor", "absence", "lack"];
        words.get(at.saturating_sub(3)..at).unwrap_or_default().iter().any(|word| DENIALS.contains(word))
    };
    // Whether a word that starts so is there, and whether it is denied.
    let found = |stem: &str| words.iter().position(|word| word.starts_with(stem)).map(denied);
    let answered = found("remission").or_else(|| found("respon"));
    let weak = found("inadequate").or(found("insufficient")).or(found("good")).or(found("adequate"));
    let nonresponse = words.iter().any(|word| word.starts_with("nonrespon") || word.starts_with("unrespon"));
    if nonresponse || (found("complete") == Some(true) && found("partial") == Some(true)) {
        return Some(Said::NoRemission);
    }
    if found("relaps") == Some(false) || found("recur") == Some(false) || found("flare") == Some(false) {
        return Some(Said::Relapse);
    }
    match (answered, found("complete"), found("partial")) {
        (Some(_), Some(true), _) => return Some(Said::NotComplete),
        (Some(_), _, Some(false)) => return Some(Said::Partial),
        (Some(_), _, Some(true)) => return None,
        (Some(false), Some(false), _) => return Some(Said::Complete),
        (Some(true), None, None) if weak.is_none() => return Some(Said::NoRemission),
        (Some(false), None, None) if value.contains("in remission") => return Some(Said::Complete),
        _ => {}
    }
    let bad = ["inadequate", "insufficient", "fail"].iter().find_map(|stem| found(stem));
    let good = ["adequate", "sufficient", "good"].iter().find_map(|stem| found(stem));
    match (bad, good) {
        (Some(false), _) | (None, Some(true)) => Some(Said::Inadequate),
        (None, Some(false)) => Some(Said::Adequate),
        _ => None,
    }
}

/// Whether an abnormal finding has this cause.
pub(super) fn cause(test: &CauseTest, case: &Case<'_>) -> Outcome {
    let facts = || {
        case.facts.facts.iter().filter(|fact| fact.kind != FactKind::Derived && time::exists(fact, case.options.as_of))
    };
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
    Outcome::open(Cause::MissingData, Need::about(Ask::CausedBy, show::question(&test.cause, case)))
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

#[cfg(test)]
mod tests {
    use super::{Said, answer};

    #[test]
    fn denials_turn_what_is_said() {
        for (text, want) in [
            ("complete remission", Some("complete")),
            ("in remission", Some("complete")),
            ("complete renal response", Some("complete")),
            ("partial remission", Some("partial")),
            ("partial response, no complete remission", Some("not complete")),
            ("no complete remission", Some("not complete")),
            ("not in complete remission", Some("not complete")),
            ("no remission", Some("none")),
            ("not in remission", Some("none")),
            ("neither complete nor partial remission", Some("none")),
            ("no response", Some("none")),
            ("non-responder", Some("none")),
            ("relapse", Some("relapse")),
            ("no relapse", None),
            ("inadequate response", Some("inadequate")),
            ("response not adequate", Some("inadequate")),
            ("good response", Some("adequate")),
            ("seen in clinic", None),
        ] {
            let got = answer(text).map(|said| match said {
                Said::Complete => "complete",
                Said::Partial => "partial",
                Said::NotComplete => "not complete",
                Said::NoRemission => "none",
                Said::Relapse => "relapse",
                Said::Inadequate => "inadequate",
                Said::Adequate => "adequate",
            });
            assert_eq!(got, want, "{text}");
        }
    }
}
