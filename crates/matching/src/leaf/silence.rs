//! What a record does not mention: absent by assumption under the chart policy, where nothing of it names it after all.

use super::event::{answers_one_question, is_generic};
use super::{show, time};
use crate::evaluate::Case;
use crate::evidence::Evidence;
use crate::need::{Ask, Named, Need};
use crate::outcome::{Cause, Outcome, Weak};
use crate::screening::Policy;
use trialway_eligibility::expr::{EventRole, EventTest, Presence, Qualifier, WindowKind};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Certainty, Fact, FactKind};
use trialway_terminology::{ConceptId, wording};

/// What is not mentioned: absent by assumption under the chart policy, else unknown.
pub(super) fn absent(test: &EventTest, case: &Case<'_>, evidence: Vec<Evidence>) -> Outcome {
    let near = test
        .concept
        .as_ref()
        .filter(|_| test.silence_is_absence && case.options.policy == Policy::Chart)
        .and_then(ConceptId::written_words)
        .and_then(|words| near(words, case));
    let mut out = match case.options.policy {
        Policy::Chart if near.is_some() => {
            let (entry, words) = near.unwrap_or_else(|| (Named::Written(String::new()), Named::Written(String::new())));
            Outcome::open(Cause::MissingData, Need::two(Ask::SameAs, entry, words))
        }
        Policy::Chart if test.silence_is_absence || test.rules_out && none_of_kind(test, case) => {
            match mentioned(test, case) {
                Some(fact) => {
                    let need = test.concept.as_ref().map_or_else(
                        || Need::from(Ask::MedicineAllergy),
                        |id| Need::two(Ask::SameAs, Named::entry(fact), show::question(id, case)),
                    );
                    return Outcome::open(Cause::MissingData, need).with(show::evidence(fact, case));
                }
                None => assumed(test),
            }
        }
        _ => {
            let concept = test.concept.as_ref();
            let need = concept.map_or_else(
                || Need::from(Ask::MedicineAllergy),
                |id| Need::about(Ask::IsOrWas, show::question(id, case)),
            );
            Outcome::open(Cause::MissingData, need)
        }
    };
    if test.qualifiers.iter().any(|q| matches!(q, Qualifier::ConfirmedBy(_))) && !evidence.is_empty() {
        out.assumed = true;
    }
    out.evidence = evidence;
    out
}

/// An entry of the record that shares a telling word with what is named by its words alone: it may be the same thing under
/// another name, so that its absence is not assumed.
fn near(words: &str, case: &Case<'_>) -> Option<(Named, Named)> {
    case.facts
        .facts
        .iter()
        .filter(|fact| {
            // The title of a study is no entry of a disease.
            !matches!(fact.kind, FactKind::Derived | FactKind::Consent | FactKind::Participation)
                && time::exists(fact, case.options.as_of)
        })
        .find(|fact| {
            let (label, notes) = case.labels(fact);
            wording::touches(label, words) || wording::touches(notes, words) && !only_denied(fact, words)
        })
        .map(|fact| (Named::entry(fact), Named::Written(words.to_owned())))
}

/// Whether the notes of a fact name something only in sentences that deny ("no ideation with intent").
fn only_denied(fact: &Fact, words: &str) -> bool {
    const DENYING: [&str; 6] = ["no ", "not ", "never ", "without ", "denies ", "denied "];
    fact.notes
        .iter()
        .flat_map(|note| note.split(['.', ';']))
        .filter(|sentence| wording::touches(&wording::comparable(sentence), words))
        .all(|sentence| {
            let lower = sentence.trim().to_ascii_lowercase();
            DENYING.iter().any(|denial| lower.starts_with(denial))
        })
}

/// Whether the record has no entry at all, in the time asked about, of the kind that something belongs to: then it has none of a
/// class either, whatever the class comprises.
fn none_of_kind(test: &EventTest, case: &Case<'_>) -> bool {
    let kinds: &[FactKind] = match test.role {
        EventRole::Drug => &[FactKind::Medication, FactKind::Immunization],
        EventRole::Procedure => &[FactKind::Procedure],
        _ => return false,
    };
    !case.facts.facts.iter().filter(|fact| kinds.contains(&fact.kind)).any(|fact| {
        time::exists(fact, case.options.as_of)
            && match (&test.window, test.presence) {
                (Some(window), _) => time::within(fact, window, case.options.as_of) != Truth::False,
                (None, Presence::Current) => time::ongoing(fact, case.options.as_of) != Truth::False,
                _ => true,
            }
    })
}

/// Absent by assumption; one that names no certain thing decides less (see [`crate::outcome::Weak`]).
fn assumed(test: &EventTest) -> Outcome {
    const SYMPTOMS: [&str; 4] = ["condition:pain", "condition:symptom", "condition:disease", "condition:disorder"];
    let mut out = Outcome::assumed_absent();
    out.weak = match &test.concept {
        Some(id) if id.written_words().is_some() => Weak::Invented,
        Some(id) if SYMPTOMS.contains(&id.as_str()) && test.qualifiers.iter().all(|q| *q == Qualifier::Active) => {
            Weak::Symptom
        }
        _ => Weak::No,
    };
    out
}

/// An entry of another kind, or a remark in one, that names what is asked for without denying it: its absence is not assumed.
fn mentioned<'a>(test: &EventTest, case: &Case<'a>) -> Option<&'a Fact> {
    let wanted = test.concept.as_ref().filter(|id| id.written_words().is_none() && !is_generic(id))?;
    let is = |id: &ConceptId| {
        case.terminology.is_a(id, wanted) && !test.other_than.iter().any(|other| case.terminology.is_a(id, other))
    };
    case.facts.facts.iter().find(|fact| {
        let of_it = fact.concepts.iter().any(is);
        // An allergy to a medicine is no use of it; what an entry is of itself was looked at before.
        let speaks = match fact.kind {
            FactKind::Condition | FactKind::Report | FactKind::Procedure | FactKind::Medication => true,
            FactKind::Observation
            | FactKind::Immunization
            | FactKind::Allergy
            | FactKind::Participation
            | FactKind::Consent
            | FactKind::Derived => false,
        };
        let named = fact.findings.iter().filter(|finding| is(&finding.concept));
        let (mut affirmed, mut denied) = (false, false);
        for finding in named {
            affirmed |= !finding.negated && !finding.hypothetical;
            denied |= finding.negated;
        }
        let caused = test.role == EventRole::Condition && fact.causes.iter().any(is);
        speaks
            && !of_it
            && (affirmed && !denied || caused)
            && fact.certainty == Certainty::Stated
            && !answers_one_question(fact)
            && time::exists(fact, case.options.as_of)
            && in_time(test, fact, case)
    })
}

/// Whether a remark is of an entry that lies in the time asked about.
fn in_time(test: &EventTest, fact: &Fact, case: &Case<'_>) -> bool {
    match (&test.window, test.presence) {
        (Some(window), _) if window.kind == WindowKind::WithinPast => {
            time::within(fact, window, case.options.as_of) != Truth::False
        }
        (None, Presence::Current) => {
            fact.kind == FactKind::Report || time::ongoing(fact, case.options.as_of) != Truth::False
        }
        _ => true,
    }
}
