//! Age, sex, and whether someone can become pregnant.

use super::show;
use crate::evaluate::Case;
use crate::evidence::{Evidence, Shown};
use crate::need::Ask;
use crate::outcome::{Cause, Outcome};
use trialway_eligibility::expr::{AgeTest, Comparator, WantedSex};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Calendar, RecordedSex, completed};
use trialway_terminology::ConceptId;
use trialway_units::Decimal;

/// Age in completed units on `as_of`; a partial birth date decides only if all its days agree.
pub(super) fn age(test: &AgeTest, case: &Case<'_>) -> Outcome {
    let Some(birth) = case.facts.birth else { return Outcome::open(Cause::MissingData, Ask::Birth) };
    let unit = match test.unit.as_str() {
        "mo" => Calendar::Months,
        "wk" => Calendar::Weeks,
        "d" => Calendar::Days,
        _ => Calendar::Years,
    };
    let at = match &test.onset_of {
        None => case.options.as_of,
        Some(_) => return Outcome::open(Cause::MissingData, Ask::Onset),
    };
    let number = completed(birth.latest, at, unit);
    let oldest = Decimal::from(completed(birth.earliest, at, unit));
    let youngest = Decimal::from(number);
    let holds = |age: Decimal| compare(age, test.comparator, test.value);
    // "up to 18 years" ends with the day before the 19th birthday: completed years compare as they stand.
    let (a, b) = (holds(oldest), holds(youngest));
    let between = test.comparator == Comparator::Equal && youngest < test.value && test.value < oldest;
    if a != b || between {
        return Outcome::open(Cause::MissingData, Ask::ExactBirth);
    }
    let evidence = shown(Shown::Age { number, unit, on: at, is_female: false }, case);
    let grows = matches!(test.comparator, Comparator::AtLeast | Comparator::MoreThan);
    let turns_on = if a || !grows { None } else { reached(birth.latest, test, at, unit) };
    Outcome::by(a, evidence).until(turns_on)
}

/// The first day on which an age is reached, by somebody born on this day.
fn reached(
    birth: jiff::civil::Date,
    test: &AgeTest,
    after: jiff::civil::Date,
    unit: Calendar,
) -> Option<jiff::civil::Date> {
    const MOST_DAYS: u32 = 30 * 366;
    let mut day = after;
    for _ in 0..MOST_DAYS {
        day = day.tomorrow().ok()?;
        if compare(Decimal::from(completed(birth, day, unit)), test.comparator, test.value) {
            return Some(day);
        }
    }
    None
}

/// What the record says of the person.
fn shown(shown: Shown, case: &Case<'_>) -> Evidence {
    Evidence { source: patient(case), span: None, shown, stale: false }
}

fn patient(case: &Case<'_>) -> String {
    if case.facts.patient.is_empty() { "Patient".to_owned() } else { format!("Patient/{}", case.facts.patient) }
}

/// A number against a limit.
pub(super) fn compare(value: Decimal, comparator: Comparator, limit: Decimal) -> bool {
    match comparator {
        Comparator::AtLeast => value >= limit,
        Comparator::MoreThan => value > limit,
        Comparator::AtMost => value <= limit,
        Comparator::LessThan => value < limit,
        Comparator::Equal => value == limit,
    }
}

/// Recorded sex; other or missing is unknown.
pub(super) fn sex(wanted: WantedSex, case: &Case<'_>) -> Outcome {
    let (recorded, sex) = match case.facts.sex {
        Some(sex @ RecordedSex::Female) => (WantedSex::Female, sex),
        Some(sex @ RecordedSex::Male) => (WantedSex::Male, sex),
        Some(RecordedSex::Other) | None => return Outcome::open(Cause::MissingData, Ask::Sex),
    };
    Outcome::by(recorded == wanted, shown(Shown::Sex(sex), case))
}

/// Youngest and oldest age in years at which pregnancy is reckoned with, and the ages at which it is not.
const CHILDBEARING: (i64, i64) = (12, 50);
const NEVER: (i64, i64) = (8, 60);

/// Able to become pregnant.
pub(super) fn childbearing(case: &Case<'_>) -> Outcome {
    let female = sex(WantedSex::Female, case);
    if female.truth != Truth::True {
        return female;
    }
    for concept in ["state:postmenopausal", "procedure:hysterectomy"] {
        let id = ConceptId::new(concept);
        if let Some(fact) =
            case.facts.facts.iter().find(|fact| fact.concepts.iter().any(|c| case.terminology.is_a(c, &id)))
        {
            return Outcome::by(false, show::evidence(fact, case));
        }
    }
    let Some(birth) = case.facts.birth else { return Outcome::open(Cause::MissingData, Ask::Birth) };
    let at = |birth| completed(birth, case.options.as_of, Calendar::Years);
    let (youngest, oldest) = (at(birth.latest), at(birth.earliest));
    let age = Shown::Age { number: youngest, unit: Calendar::Years, on: case.options.as_of, is_female: true };
    let evidence = shown(age, case);
    if oldest < NEVER.0 || youngest > NEVER.1 {
        Outcome::by(false, evidence)
    } else if youngest >= CHILDBEARING.0 && oldest <= CHILDBEARING.1 {
        Outcome::by(true, evidence)
    } else {
        Outcome::open(Cause::MissingData, Ask::Childbearing).with(evidence)
    }
}
