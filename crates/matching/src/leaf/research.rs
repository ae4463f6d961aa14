//! Taking part in other research: what the record says of it, and what it says of an investigational medicine.

use super::{show, time};
use crate::evaluate::Case;
use crate::need::Ask;
use crate::outcome::{Cause, Outcome};
use crate::screening::Policy;
use trialway_criteria::window::{WindowKind as Written, windows};
use trialway_eligibility::expr::{EventRole, EventTest, ParticipationTest, Presence};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, FactKind, Value};

/// Taking part in other research.
pub(super) fn participation(test: &ParticipationTest, case: &Case<'_>) -> Outcome {
    let mut hits = taking_part(test, case);
    hits.extend(answered(case));
    let found = Outcome::any(hits);
    if found.truth != Truth::False || denied(test, case).is_some() {
        return denied(test, case).filter(|_| found.truth == Truth::False).unwrap_or(found);
    }
    let mut out = match case.options.policy {
        Policy::Chart => Outcome::assumed_absent(),
        Policy::Strict => Outcome::open(Cause::MissingData, Ask::OtherStudy),
    };
    out.evidence = found.evidence;
    out
}

/// Studies that the record says somebody takes, or took part in.
fn taking_part(test: &ParticipationTest, case: &Case<'_>) -> Vec<Outcome> {
    let facts = case
        .facts
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Participation && time::exists(fact, case.options.as_of));
    let own = |fact: &Fact| {
        case.options
            .trial
            .as_ref()
            .is_some_and(|trial| fact.notes.iter().chain([&fact.label]).any(|text| text.contains(trial.as_str())))
    };
    facts
        .filter(|fact| !own(fact))
        .map(|fact| {
            let truth = match (&test.window, test.presence) {
                (Some(window), _) => time::within(fact, window, case.options.as_of),
                (None, Presence::Current) => time::ongoing(fact, case.options.as_of),
                (None, _) => Truth::True,
            };
            let evidence = show::evidence(fact, case);
            if truth == Truth::Unknown {
                Outcome::open(Cause::MissingData, Ask::OtherStudyEnd).with(evidence)
            } else {
                let window = test.window.as_ref();
                let turns_on = window.and_then(|window| time::turns_on(fact, window, case.options.as_of));
                Outcome::by(truth == Truth::True, evidence).until(turns_on)
            }
        })
        .collect()
}

/// An answer about taking part in other studies, and what it says.
fn answer(fact: &Fact) -> Option<bool> {
    const OTHER_MATTERS: [&str; 12] = [
        "willing",
        "willingness",
        "able",
        "agree",
        "agrees",
        "consent",
        "household",
        "family",
        "interest",
        "partner",
        "member",
        "relative",
    ];
    let lower = fact.label.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let takes_part = words.iter().any(|word| word.starts_with("particip") || word.starts_with("enrol"))
        || lower.contains("taking part")
        || lower.contains("took part");
    let studies = words.iter().any(|word| matches!(*word, "study" | "studies" | "trial" | "trials" | "research"));
    let other = ["another", "other", "previous", "prior", "concurrent", "investigational"]
        .iter()
        .any(|word| words.contains(word));
    if fact.kind != FactKind::Observation
        || !(takes_part && studies && other)
        || words.iter().any(|word| OTHER_MATTERS.contains(word))
    {
        return None;
    }
    match fact.value {
        Some(Value::Answer { yes, .. }) => Some(yes),
        _ => None,
    }
}

/// Answers that affirm it: for the time that their question names, else of the day on which they were given.
fn answered(case: &Case<'_>) -> Vec<Outcome> {
    let facts = case.facts.facts.iter().filter(|fact| time::exists(fact, case.options.as_of));
    facts
        .filter(|fact| answer(fact) == Some(true))
        .map(|fact| {
            let lower = fact.label.to_lowercase();
            let past = ["past", "previous", "prior", "last", "history"].iter().any(|word| lower.contains(word));
            let evidence = show::evidence(fact, case);
            if past {
                Outcome::open(Cause::MissingData, Ask::OtherStudyEnd).with(evidence)
            } else {
                Outcome::by(true, evidence)
            }
        })
        .collect()
}

/// An answer that denies it for the time that is asked about.
fn denied(test: &ParticipationTest, case: &Case<'_>) -> Option<Outcome> {
    let mut facts = case.facts.facts.iter().filter(|fact| time::exists(fact, case.options.as_of));
    let fact = facts.find(|fact| answer(fact) == Some(false) && covers(test, fact))?;
    Some(Outcome::by(false, show::evidence(fact, case)))
}

/// Whether the question that was answered is of all the time that is asked about.
fn covers(test: &ParticipationTest, fact: &Fact) -> bool {
    let written = windows(&fact.label);
    let asked = written.iter().find(|window| window.kind == Written::WithinPast).and_then(|window| window.length);
    match (&test.window, asked) {
        (None, _) => test.presence == Presence::Current || asked.is_none(),
        (Some(_), None) => !fact.label.to_lowercase().contains("current"),
        (Some(window), Some(asked)) => {
            super::answer::days(&window.length).zip(super::answer::written_days(&asked)).is_some_and(|(a, b)| a <= b)
        }
    }
}

/// Taking part in a study, where a medicine under investigation is asked for: a study is of one unless its title says that it is
/// of something else.
pub(super) fn agent(test: &EventTest, case: &Case<'_>) -> Vec<Outcome> {
    if !is_of_agents(test) {
        return Vec::new();
    }
    const NO_MEDICINE: [&str; 12] = [
        "registry",
        "observational",
        "survey",
        "questionnaire",
        "biobank",
        "cohort",
        "yoga",
        "exercise",
        "diet",
        "interview",
        "natural history",
        "app ",
    ];
    let asked = ParticipationTest { window: test.window.clone(), presence: test.presence };
    let mut hits = taking_part(&asked, case);
    hits.extend(answered(case));
    let other = |hit: &Outcome| {
        hit.evidence.iter().any(|evidence| {
            let text = evidence.text().to_lowercase();
            NO_MEDICINE.iter().any(|word| text.contains(word))
        })
    };
    hits.into_iter()
        .filter(|hit| hit.truth != Truth::False)
        .map(|hit| {
            let evidence = hit.evidence.clone();
            if other(&hit) {
                let open = Outcome::open(Cause::MissingData, Ask::OtherStudy);
                return evidence.into_iter().fold(open, Outcome::with);
            }
            hit
        })
        .collect()
}

/// Whether a medicine is asked for that is under investigation.
pub(super) fn is_of_agents(test: &EventTest) -> bool {
    let investigational = |text: &str| text.contains("investigational") || text.contains("experimental");
    matches!(test.role, EventRole::Drug)
        && test.concept.as_ref().is_some_and(|id| match id.written_words() {
            Some(words) => investigational(words),
            None => id.as_str() == "class:investigational_drug",
        })
}
