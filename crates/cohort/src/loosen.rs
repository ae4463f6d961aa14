//! What a looser limit would gain: for patients whom one criterion alone excludes, the limit that would admit them.
//!
//! A candidate is the patient's own number. It counts only if `matching`, asked again with that limit, no longer fails the criterion.

use crate::protocol::Protocol;
use rust_decimal::RoundingStrategy;
use std::cmp::Ordering;
use trialway_criteria::CriterionId;
use trialway_eligibility::expr::{Comparator, Expr, Relative, Test};
use trialway_eligibility::logic::{CriterionLogic, StructuredLogic, StudyLogic};
use trialway_matching::{Effect, Options, compared, screen};
use trialway_patient::Facts;
use trialway_terminology::{ConceptId, Terminology};
use trialway_units::Decimal;

/// A numeric limit of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Whose.
    pub id: CriterionId,
    /// What is limited, in English words.
    pub variable: String,
    /// Its concept; none for an age.
    pub concept: Option<ConceptId>,
    /// How it compares.
    pub comparator: Comparator,
    /// The limit.
    pub value: Decimal,
    /// What stands after the number: a unit, `x ULN`; empty for pure numbers.
    pub unit: String,
    /// Which number of its criterion it is, in document order.
    ordinal: usize,
}

/// A limit that would admit one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loosened {
    /// Which limit, by its place among the protocol's.
    pub limit: usize,
    /// How it would compare.
    pub comparator: Comparator,
    /// What it would be.
    pub value: Decimal,
}

/// A looser limit and how many more it admits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How it would compare.
    pub comparator: Comparator,
    /// The limit.
    pub value: Decimal,
    /// How many patients whom this criterion alone excludes would no longer fail it.
    pub n_more: usize,
}

/// The places of a study's logic, the record's own fields first.
fn parts(logic: &StudyLogic) -> impl Iterator<Item = (&CriterionId, Vec<&Expr>)> {
    let fields = logic.structured.iter().map(|field| (&field.id, vec![&field.logic]));
    fields.chain(logic.criteria.iter().map(|criterion| {
        let mut out = Vec::new();
        gather(criterion, &mut out);
        (&criterion.id, out)
    }))
}

fn gather<'a>(criterion: &'a CriterionLogic, out: &mut Vec<&'a Expr>) {
    out.push(&criterion.logic);
    for child in &criterion.children {
        gather(child, out);
    }
}

/// The number and comparator of a question with a limit.
fn number(test: &Test) -> Option<(Comparator, Decimal)> {
    match test {
        Test::Age(age) if age.onset_of.is_none() => Some((age.comparator, age.value)),
        Test::Measurement(measurement) if measurement.relative != Some(Relative::Baseline) => {
            Some((measurement.comparator, measurement.value))
        }
        _ => None,
    }
}

/// All numeric limits of a study.
pub(crate) fn limits(logic: &StudyLogic, terminology: &Terminology) -> Vec<Limit> {
    let mut out = Vec::new();
    for (id, exprs) in parts(logic) {
        let mut ordinal = 0;
        for expr in exprs {
            expr.for_each_leaf(&mut |leaf| {
                let Expr::Atom(atom) = leaf else { return };
                let Some((comparator, value)) = number(&atom.test) else { return };
                let (variable, unit) = words(&atom.test, terminology);
                let concept = match &atom.test {
                    Test::Measurement(measurement) => Some(measurement.concept.clone()),
                    _ => None,
                };
                out.push(Limit { id: id.clone(), variable, concept, comparator, value, unit, ordinal });
                ordinal += 1;
            });
        }
    }
    out
}

fn words(test: &Test, terminology: &Terminology) -> (String, String) {
    match test {
        Test::Age(age) => {
            let unit = match age.unit.as_str() {
                "a" => "years",
                "mo" => "months",
                "wk" => "weeks",
                "d" => "days",
                other => other,
            };
            ("age".to_owned(), unit.to_owned())
        }
        Test::Measurement(measurement) => {
            let id = &measurement.concept;
            let name = terminology.concept(id).map_or(id.written_words().unwrap_or(id.as_str()), |c| c.name.as_str());
            let unit = match measurement.relative {
                Some(Relative::UpperLimit) => "x ULN",
                Some(Relative::LowerLimit) => "x LLN",
                Some(Relative::Baseline) => "x baseline",
                None => measurement.unit.as_ref().map_or("", |unit| unit.as_str()),
            };
            // Units that only name a pure number say nothing to a reader.
            let unit = if unit.starts_with('{') || unit == "1" { "" } else { unit };
            (name.to_owned(), unit.to_owned())
        }
        _ => (String::new(), String::new()),
    }
}

/// The limits of the criterion at this place that would admit the patient, whom it alone excludes.
pub(crate) fn loosened(protocol: &Protocol<'_>, place: usize, facts: &Facts, options: &Options) -> Vec<Loosened> {
    let Some(item) = protocol.items().get(place) else { return Vec::new() };
    let mut out = Vec::new();
    for (index, limit) in protocol.limits().iter().enumerate().filter(|(_, limit)| limit.id == item.id) {
        let Some(test) = test_at(protocol.logic(), limit) else { continue };
        let Some(value) = compared(test, facts, options, protocol.terminology()) else { continue };
        for (value, comparator) in candidates(value, limit) {
            if admits(protocol, limit, comparator, value, facts, options) {
                out.push(Loosened { limit: index, comparator, value });
                break;
            }
        }
    }
    out
}

/// The patient's number as a limit: as it is, or rounded away from the limit to what a protocol would print; with the limit's own
/// comparison first, then with the number itself counted in, or out.
fn candidates(value: Decimal, limit: &Limit) -> Vec<(Decimal, Comparator)> {
    let mut values = Vec::new();
    let exact = value.normalize();
    if exact.scale() <= 3 {
        values.push(exact);
    } else {
        let away = if value < limit.value {
            RoundingStrategy::ToNegativeInfinity
        } else {
            RoundingStrategy::ToPositiveInfinity
        };
        values.push(value.round_dp_with_strategy(2, away).normalize());
    }
    let turned = match limit.comparator {
        Comparator::AtLeast => Comparator::MoreThan,
        Comparator::MoreThan => Comparator::AtLeast,
        Comparator::AtMost => Comparator::LessThan,
        Comparator::LessThan => Comparator::AtMost,
        // A number that must be equal has no looser form.
        Comparator::Equal => return Vec::new(),
    };
    values.into_iter().flat_map(|value| [(value, limit.comparator), (value, turned)]).collect()
}

fn test_at<'a>(logic: &'a StudyLogic, limit: &Limit) -> Option<&'a Test> {
    let (_, exprs) = parts(logic).find(|(id, _)| **id == limit.id)?;
    let mut found = None;
    let mut ordinal = 0;
    for expr in exprs {
        expr.for_each_leaf(&mut |leaf| {
            if let Expr::Atom(atom) = leaf
                && number(&atom.test).is_some()
            {
                if ordinal == limit.ordinal {
                    found = Some(&atom.test);
                }
                ordinal += 1;
            }
        });
    }
    found
}

/// Whether the criterion no longer fails with this limit in the place of its own.
fn admits(
    protocol: &Protocol<'_>,
    limit: &Limit,
    comparator: Comparator,
    value: Decimal,
    facts: &Facts,
    options: &Options,
) -> bool {
    let logic = protocol.logic();
    let mut ordinal = 0;
    let mut change = |test: &mut Test| {
        if number(test).is_none() {
            return;
        }
        if ordinal == limit.ordinal {
            match test {
                Test::Age(age) => (age.comparator, age.value) = (comparator, value),
                Test::Measurement(one) => (one.comparator, one.value) = (comparator, value),
                _ => {}
            }
        }
        ordinal += 1;
    };
    let mut one = StudyLogic::default();
    if let Some(field) = logic.structured.iter().find(|field| field.id == limit.id) {
        let mut field: StructuredLogic = field.clone();
        each_test(&mut field.logic, &mut change);
        one.structured.push(field);
    } else if let Some(criterion) = logic.criteria.iter().find(|criterion| criterion.id == limit.id) {
        let mut criterion = criterion.clone();
        in_criterion(&mut criterion, &mut change);
        one.criteria.push(criterion);
    }
    let screening = screen(&one, facts, options, protocol.terminology());
    screening.structured.iter().chain(&screening.criteria).all(|result| result.effect != Effect::Fail)
}

fn in_criterion(criterion: &mut CriterionLogic, change: &mut dyn FnMut(&mut Test)) {
    each_test(&mut criterion.logic, change);
    for child in &mut criterion.children {
        in_criterion(child, change);
    }
}

fn each_test(expr: &mut Expr, change: &mut dyn FnMut(&mut Test)) {
    match expr {
        Expr::And(args) | Expr::Or(args) | Expr::AtLeast { args, .. } => {
            args.iter_mut().for_each(|arg| each_test(arg, change));
        }
        Expr::Not(arg) => each_test(arg, change),
        Expr::Implies { condition, then, .. } => {
            each_test(condition, change);
            each_test(then, change);
        }
        Expr::Except { base, unless, .. } => {
            each_test(base, change);
            each_test(unless, change);
        }
        Expr::Atom(atom) => change(&mut atom.test),
        Expr::Node(_) | Expr::Unread { .. } => {}
    }
}

/// The looser limits that patients ask for, the nearest first, each with how many it admits in all; at most so many, the last kept.
pub(crate) fn steps(limit: &Limit, wanted: &[&Loosened], most: usize) -> Vec<Step> {
    let mut wanted = wanted.to_vec();
    let distance = |one: &Loosened| (one.value - limit.value).abs();
    let loose = |one: &Loosened| matches!(one.comparator, Comparator::AtLeast | Comparator::AtMost);
    wanted.sort_by(|a, b| distance(a).cmp(&distance(b)).then_with(|| loose(a).cmp(&loose(b))));
    let mut out: Vec<Step> = Vec::new();
    for (index, one) in wanted.iter().enumerate() {
        let step = Step { comparator: one.comparator, value: one.value, n_more: index + 1 };
        match out.last_mut() {
            Some(last) if last.value.cmp(&one.value) == Ordering::Equal => *last = step,
            _ => out.push(step),
        }
    }
    while out.len() > most {
        // Every second one, so that near and far remain.
        let n = out.len();
        let mut index = 0;
        out.retain(|_| {
            index += 1;
            index % 2 == 0 || index == n
        });
    }
    out
}
