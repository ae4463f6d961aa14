//! Which facts can bear on a question: no other fact changes its truth or its cause. Beside the leaves, as it says what they read.

use super::measurement::CONTROL;
use super::{research, shown, spread, surgery};
use trialway_eligibility::expr::{EventRole, EventTest, Qualifier, Test};
use trialway_terminology::ConceptId;

/// Which facts a leaf reads for a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Bearing {
    /// Any, or birth and sex.
    All,
    /// Those that name one of these, a kind of it, or something of which it is a kind; and then its siblings.
    Of(Vec<ConceptId>),
    /// Those with words of this name; and those that name one of the concepts.
    Words(ConceptId, Vec<ConceptId>),
}

/// The facts that bear on a question.
pub(crate) fn bearing(test: &Test) -> Bearing {
    match test {
        Test::Event(event) => of_event(event),
        Test::Measurement(measurement) => Bearing::Of(vec![measurement.concept.clone()]),
        Test::Result(result) => Bearing::Of(vec![result.concept.clone()]),
        Test::Grade(grade) => Bearing::Of(grade.of.iter().chain([&grade.scale]).cloned().collect()),
        Test::Therapy(therapy) => Bearing::Of(therapy.of.iter().chain(&therapy.including).cloned().collect()),
        Test::Age(_)
        | Test::Sex(_)
        | Test::Childbearing
        | Test::Response(_)
        | Test::Cause(_)
        | Test::Participation(_)
        | Test::Judgement(_)
        | Test::Consent(_) => Bearing::All,
    }
}

fn of_event(event: &EventTest) -> Bearing {
    let Some(concept) = &event.concept else { return Bearing::All };
    let mut others = Vec::new();
    for qualifier in &event.qualifiers {
        match qualifier {
            // Any medicine may be given for it.
            Qualifier::RequiringTreatment => return Bearing::All,
            Qualifier::ConfirmedBy(means) => others.push(means.clone()),
            Qualifier::Uncontrolled => {
                let shown = CONTROL.iter().flat_map(|(_, limits)| limits.iter());
                others.extend(shown.map(|(measured, ..)| ConceptId::new(measured)));
            }
            Qualifier::Severity(_)
            | Qualifier::Active
            | Qualifier::Refractory
            | Qualifier::InWords(_)
            | Qualifier::Unless(_) => {}
        }
    }
    // Taking part in any study may be of such a medicine; an allergy may be the name of any entry.
    // Any procedure may be an operation by its name, any entry the stage of a cancer.
    if research::is_of_agents(event)
        || event.role == EventRole::Allergy
        || matches!(concept.as_str(), surgery::ANY | surgery::MAJOR | spread::METASTATIC)
    {
        return Bearing::All;
    }
    // Whether there is anything of the kind at all decides it.
    if event.rules_out && !event.silence_is_absence && matches!(event.role, EventRole::Drug | EventRole::Procedure) {
        return Bearing::All;
    }
    if concept.written_words().is_some() {
        return Bearing::Words(concept.clone(), others);
    }
    others.extend(shown::bears(concept));
    others.push(concept.clone());
    Bearing::Of(others)
}
