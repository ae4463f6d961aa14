//! One kind of question each: what the facts say of it.

mod answer;
mod answer_words;
mod bearing;
mod course;
mod event;
mod measurement;
mod narrowing;
mod number;
mod person;
mod research;
mod response;
mod said;
mod show;
mod shown;
mod silence;
mod spread;
mod stated;
mod surgery;
mod therapy;
mod time;

use crate::evaluate::Case;
use crate::evidence::Evidence;
use crate::outcome::Outcome;
use trialway_eligibility::expr::Test;
use trialway_patient::Fact;

pub(crate) use bearing::{Bearing, bearing};
pub(crate) use number::compared;
pub(crate) use stated::contraception;

/// A fact as evidence.
pub(crate) fn evidence(fact: &Fact, case: &Case<'_>) -> Evidence {
    show::evidence(fact, case)
}

/// Whether a fact exists yet on the day of the screening.
pub(crate) fn exists(fact: &Fact, case: &Case<'_>) -> bool {
    time::exists(fact, case.options.as_of)
}

/// What the facts say of a question.
pub(crate) fn decide(test: &Test, case: &Case<'_>) -> Outcome {
    match test {
        Test::Age(age) => person::age(age, case),
        Test::Sex(wanted) => person::sex(*wanted, case),
        Test::Childbearing => person::childbearing(case),
        Test::Event(event) => event::decide(event, case),
        Test::Measurement(measurement) => measurement::compare(measurement, case),
        Test::Result(result) => measurement::result(result, case),
        Test::Grade(grade) => measurement::grade(grade, case),
        Test::Therapy(therapy) => therapy::decide(therapy, case),
        Test::Response(response) => response::decide(response, case),
        Test::Cause(cause) => response::cause(cause, case),
        Test::Participation(participation) => research::participation(participation, case),
        Test::Judgement(topic) => stated::judgement(topic, case),
        Test::Consent(topic) => stated::consent(topic, case),
    }
}
