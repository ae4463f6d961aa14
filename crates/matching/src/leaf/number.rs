//! The number that a limit is held against.

use super::measurement::{latest, limit_in};
use crate::evaluate::Case;
use trialway_eligibility::expr::{MeasurementTest, Relative, Test};
use trialway_patient::{Calendar, Value, completed};
use trialway_units::Decimal;

/// The patient's number, as the limit of a question is written: in its unit, or as a multiple of what it is relative to.
///
/// **Unknown**: none where it is not one exact number, or the two cannot be compared.
pub(crate) fn compared(test: &Test, case: &Case<'_>) -> Option<Decimal> {
    match test {
        Test::Age(age) if age.onset_of.is_none() => {
            let unit = match age.unit.as_str() {
                "a" => Calendar::Years,
                "mo" => Calendar::Months,
                "wk" => Calendar::Weeks,
                "d" => Calendar::Days,
                _ => return None,
            };
            let birth = case.facts.birth?;
            let at = |day| completed(day, case.options.as_of, unit);
            (at(birth.earliest) == at(birth.latest)).then(|| at(birth.latest).into())
        }
        Test::Measurement(measurement) => measured(measurement, case),
        _ => None,
    }
}

fn measured(test: &MeasurementTest, case: &Case<'_>) -> Option<Decimal> {
    let methods = test.relative.is_none().then_some(test.methods.as_slice());
    let facts = latest(&test.concept, test.window.as_ref(), methods, case);
    let [fact] = facts.as_slice() else { return None };
    let (number, unit) = match &fact.value {
        Some(Value::Quantity { number, unit, .. }) => (number, unit.as_deref()),
        Some(Value::Titre { number, .. }) => (number, Some("{titer}")),
        _ => return None,
    };
    let value = match (number.low, number.high) {
        (Some((low, true)), Some((high, true))) if low == high => low,
        _ => return None,
    };
    let one = match test.relative {
        Some(Relative::UpperLimit) => fact.reference.1?,
        Some(Relative::LowerLimit) => fact.reference.0?,
        Some(Relative::Baseline) => return None,
        // What one unit of the limit is in the unit of the value.
        None => limit_in(&MeasurementTest { value: Decimal::ONE, ..test.clone() }, unit, case)?,
    };
    value.checked_div(one)
}
