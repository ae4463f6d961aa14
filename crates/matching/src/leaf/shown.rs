//! Diseases and states that a test shows: what is measured is not taken for absent, and a positive test of it is proof.
//!
//! | asked for | test | positive | negative |
//! | --- | --- | --- | --- |
//! | pregnancy | a pregnancy test of this pregnancy's length | it is | it is not |
//! | hepatitis B | surface antigen, DNA | it is | it is not now |
//! | hepatitis C | RNA | it is | it is not now |
//! | HIV infection | antigen and antibody, RNA | it is | it is not |
//! | an infection; chronic hepatitis B | the same | may be: not assumed absent | says nothing |

use super::{measurement, show};
use crate::evaluate::Case;
use crate::need::{Ask, Need};
use crate::outcome::{Cause, Outcome};
use trialway_eligibility::expr::{EventRole, EventTest, Presence, Qualifier, ResultTest, WantedResult};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Calendar, Fact, FactKind, Value, completed};
use trialway_terminology::ConceptId;

/// Signs that a laboratory value shows: they are measured, never assumed.
const MEASURED: [(&str, &str); 1] = [("condition:proteinuria", "lab:upcr")];

/// How a test speaks of a disease.
#[derive(Clone, Copy, PartialEq)]
enum Speaks {
    /// Its result is the answer.
    Answers,
    /// Its positive result leaves open what is asked.
    Hints,
}

const PREGNANCY: &[&str] = &["lab:pregnancy_test", "lab:hcg"];
const HEPATITIS_B: &[&str] = &["lab:hbsag", "lab:hbv_dna"];
const HEPATITIS_C: &[&str] = &["lab:hcv_rna"];
const HIV: &[&str] = &["lab:hiv_test", "lab:hiv_rna"];
const VIRUSES: &[&str] = &["lab:hbsag", "lab:hbv_dna", "lab:hcv_rna", "lab:hiv_test", "lab:hiv_rna"];
const LIVER_VIRUSES: &[&str] = &["lab:hbsag", "lab:hbv_dna", "lab:hcv_rna"];

/// What is asked for, and the tests that speak of it.
const TESTED: [(&str, &[&str], Speaks); 11] = [
    ("state:pregnancy", PREGNANCY, Speaks::Answers),
    ("condition:hepatitis_b", HEPATITIS_B, Speaks::Answers),
    ("condition:hepatitis_c", HEPATITIS_C, Speaks::Answers),
    ("condition:hiv", HIV, Speaks::Answers),
    ("condition:chronic_hepatitis_b", HEPATITIS_B, Speaks::Hints),
    ("condition:chronic_hepatitis_c", HEPATITIS_C, Speaks::Hints),
    ("condition:chronic_hepatitis", LIVER_VIRUSES, Speaks::Hints),
    ("condition:viral_hepatitis", LIVER_VIRUSES, Speaks::Hints),
    ("condition:hepatitis", LIVER_VIRUSES, Speaks::Hints),
    ("condition:viral_infection", VIRUSES, Speaks::Hints),
    ("condition:infection", VIRUSES, Speaks::Hints),
];

/// A pregnancy that a test showed is over after so many days.
const LONGEST_PREGNANCY_DAYS: i64 = 44 * 7;

/// The measurements that bear on a disease or state.
pub(super) fn bears(concept: &ConceptId) -> Vec<ConceptId> {
    let measured = MEASURED.iter().filter(|(sign, _)| *sign == concept.as_str()).map(|(_, laboratory)| *laboratory);
    let tested = TESTED.iter().filter(|(asked, ..)| *asked == concept.as_str()).flat_map(|(_, tests, _)| tests.iter());
    measured.chain(tested.copied()).map(ConceptId::new).collect()
}

/// A sign that is decided by its measurement.
pub(super) fn by_measurement(test: &EventTest, case: &Case<'_>) -> Option<Outcome> {
    let concept = test.concept.as_ref()?;
    let (_, laboratory) = MEASURED.iter().find(|(sign, _)| *sign == concept.as_str())?;
    let test = ResultTest {
        concept: ConceptId::new(laboratory),
        wanted: WantedResult::AboveNormal,
        window: test.window.clone(),
    };
    Some(measurement::result(&test, case))
}

/// What the tests of a disease say of it; none where there is none, or where they say nothing of the time that is asked about.
pub(super) fn by_test(test: &EventTest, case: &Case<'_>) -> Option<Outcome> {
    let concept = test.concept.as_ref().filter(|_| test.role == EventRole::Condition)?;
    let (_, tests, speaks) = TESTED.iter().find(|(asked, ..)| *asked == concept.as_str())?;
    let pregnancy = *tests == PREGNANCY;
    let results: Vec<(&Fact, bool)> = tests
        .iter()
        .flat_map(|id| measurement::all_latest(&ConceptId::new(id), case))
        .filter(|fact| !pregnancy || is_recent(fact, case))
        .filter_map(|fact| Some((fact, found(fact)?)))
        .collect();
    let only_active = test.qualifiers.iter().all(|qualifier| *qualifier == Qualifier::Active);
    let positive: Vec<&Fact> = results.iter().filter(|(_, found)| *found).map(|(fact, _)| *fact).collect();
    if let Some(first) = positive.first() {
        if *speaks == Speaks::Answers && only_active && test.window.is_none() {
            return Some(Outcome::by(true, show::evidence(first, case)));
        }
        // Whether an infection is controlled, say, no test shows.
        if *speaks == Speaks::Hints && !only_active {
            return None;
        }
        let need = Need::about(Ask::IsOrWas, show::question(concept, case));
        return Some(Outcome::open(Cause::MissingData, need).with(show::evidence(first, case)));
    }
    let present = test.presence == Presence::Current && test.window.is_none();
    let (first, _) = results.first().filter(|_| *speaks == Speaks::Answers && present)?;
    Some(Outcome::by(false, show::evidence(first, case)))
}

/// Whether a test can still speak of a pregnancy.
fn is_recent(fact: &Fact, case: &Case<'_>) -> bool {
    fact.period
        .start
        .is_some_and(|start| completed(start.earliest, case.options.as_of, Calendar::Days) <= LONGEST_PREGNANCY_DAYS)
}

/// Whether a result says that it was found; none where it does not say.
fn found(fact: &Fact) -> Option<bool> {
    if fact.kind == FactKind::Derived {
        return None;
    }
    // A number of a hormone is positive only above its own range.
    let hormone = fact.concepts.iter().any(|id| PREGNANCY.contains(&id.as_str()));
    if matches!(fact.value, Some(Value::Quantity { .. })) && hormone && fact.reference.1.is_none() {
        return match fact.interpretation.as_deref() {
            Some("POS" | "DET" | "RR") => Some(true),
            Some("NEG" | "ND" | "NR" | "N") => Some(false),
            _ => None,
        };
    }
    match measurement::positive(fact) {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    }
}
