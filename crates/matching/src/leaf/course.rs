//! What became of a tumor, say, by an entry of a record: treated, not spread, not come back.
//!
//! | asked | an entry of which it is true |
//! | --- | --- |
//! | treated | one that is over, or that says that it was excised |
//! | not spread | one that says so, or that is over and where it names no spread |
//! | not come back in 12 weeks | one that is over since then, or that denies a recurrence |
//!
//! **Unknown**: where the entry says neither; that it is not so only where the entry says so itself.

use super::said::{self, Said};
use super::time;
use crate::evaluate::Case;
use crate::screening::Policy;
use trialway_eligibility::course::{Asked, Course};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, RecordedStatus};

/// Whether all that is asked is true of an entry.
pub(super) fn holds(asked: &Asked, fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    asked.courses.iter().fold(Truth::True, |truth, course| {
        truth.and(match course {
            Course::Treated => treated(asked, fact, clauses, case),
            Course::NotSpread => not_spread(fact, clauses, case),
            Course::NotBack => not_back(asked, fact, clauses, case),
        })
    })
}

/// Whether an entry is over, for as long as is asked.
fn over(asked: &Asked, fact: &Fact, case: &Case<'_>) -> Truth {
    if fact.status != RecordedStatus::Ended && time::ongoing(fact, case.options.as_of) != Truth::False {
        return Truth::Unknown;
    }
    let Some(length) = &asked.over_for else { return Truth::True };
    match (fact.period.end, time::before(case.options.as_of, length)) {
        (Some(end), Some(limit)) if end.latest <= limit => Truth::True,
        (Some(end), Some(limit)) if end.earliest > limit => Truth::False,
        _ => Truth::Unknown,
    }
}

fn treated(asked: &Asked, fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    const DONE: [&str; 9] =
        ["treated", "resected", "excised", "removed", "cured", "ablated", "eradicated", "healed", "in remission"];
    let over = over(asked, fact, case);
    if over == Truth::Unknown && asked.over_for.is_none() && said::said(clauses, &DONE) == Said::Affirmed {
        return Truth::True;
    }
    over
}

fn not_spread(fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    let spread = said::said(clauses, &["metasta*", "spread"]);
    let local =
        said::said(clauses, &["localized", "localised", "nonmetastatic", "in situ", "superficial", "noninvasive"]);
    match (spread, local) {
        (Said::Denied, Said::Nothing | Said::Affirmed) | (Said::Nothing, Said::Affirmed) => Truth::True,
        (Said::Affirmed, Said::Nothing | Said::Denied) => Truth::False,
        // What is over and of which no spread is written down.
        (Said::Nothing, Said::Nothing)
            if fact.status == RecordedStatus::Ended && case.options.policy == Policy::Chart =>
        {
            Truth::True
        }
        _ => Truth::Unknown,
    }
}

fn not_back(asked: &Asked, fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Truth {
    let back = said::said(clauses, &["recur*", "relapse*", "evidence of disease", "residual disease"]);
    match (back, over(asked, fact, case)) {
        (Said::Affirmed | Said::Unclear, _) => Truth::Unknown,
        (Said::Denied, Truth::True) => Truth::True,
        (Said::Denied, over) if asked.over_for.is_none() => over.or(Truth::True),
        // No recurrence is written down.
        (Said::Nothing, Truth::True) if case.options.policy == Policy::Chart => Truth::True,
        (_, Truth::False) => Truth::False,
        _ => Truth::Unknown,
    }
}
