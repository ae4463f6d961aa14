//! What is left of a study's logic once the known facts are put in.

use crate::evaluate::{Case, evaluate, whole};
use crate::outcome::Outcome;
use crate::screening::{Options, Policy};
use std::collections::BTreeMap;
use trialway_criteria::{CriterionId, OwnText};
use trialway_eligibility::expr::{Expr, Sense};
use trialway_eligibility::logic::{CriterionLogic, StudyLogic};
use trialway_eligibility::truth::Truth;
use trialway_patient::Facts;
use trialway_terminology::Terminology;

/// The study's logic with everything taken out that the facts decide.
///
/// **Shape**: the same criteria with the same ids; a decided part has become [`Expr::And`] of nothing (true) or
/// [`Expr::Or`] of nothing (false), and has fallen out of what it stood in.
/// **Unknown**: stays as it was written. What a record does not mention is a gap here under either policy: an assumption is
/// not a fact. Evaluated over the same facts with the gaps filled, the residual gives what the original gives.
pub fn residual(study: &StudyLogic, facts: &Facts, options: &Options, terminology: &Terminology) -> StudyLogic {
    let options = Options { policy: Policy::Strict, ..options.clone() };
    let case = Case::new(facts, &options, terminology);
    let mut out = study.clone();
    for criterion in &mut out.criteria {
        criterion_left(criterion, &case);
    }
    for field in &mut out.structured {
        field.logic = left(&field.logic, &case, None, &BTreeMap::new());
    }
    out
}

fn criterion_left(criterion: &mut CriterionLogic, case: &Case<'_>) -> Outcome {
    let nodes: BTreeMap<CriterionId, Outcome> =
        criterion.children.iter_mut().map(|child| (child.id.clone(), criterion_left(child, case))).collect();
    let outcome = whole(criterion, case, &nodes);
    let logic = match outcome.truth {
        Truth::Unknown => left(&criterion.logic, case, Some(&criterion.own), &nodes),
        known => constant(known == Truth::True),
    };
    criterion.logic = logic;
    outcome
}

/// A decided expression.
fn constant(truth: bool) -> Expr {
    if truth { Expr::And(Vec::new()) } else { Expr::Or(Vec::new()) }
}

/// The truth of an expression that is decided.
fn decided(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::And(args) if args.is_empty() => Some(true),
        Expr::Or(args) if args.is_empty() => Some(false),
        _ => None,
    }
}

/// An expression without its decided parts.
fn left(expr: &Expr, case: &Case<'_>, own: Option<&OwnText>, nodes: &BTreeMap<CriterionId, Outcome>) -> Expr {
    let each = |args: &[Expr]| args.iter().map(|arg| left(arg, case, own, nodes)).collect::<Vec<_>>();
    // Parts may be settled together by what none of them is settled by alone.
    if matches!(expr, Expr::And(_) | Expr::Or(_)) && !case.statements().is_empty() {
        match evaluate(expr, case, own, nodes).truth {
            Truth::Unknown => {}
            known => return constant(known == Truth::True),
        }
    }
    match expr {
        Expr::And(args) => all(each(args)),
        Expr::Or(args) => any(each(args)),
        Expr::Not(arg) => not(left(arg, case, own, nodes)),
        Expr::AtLeast { n, args } => {
            let args = each(args);
            let n_true = args.iter().filter(|arg| decided(arg) == Some(true)).count();
            let open: Vec<Expr> = args.into_iter().filter(|arg| decided(arg).is_none()).collect();
            match n.saturating_sub(n_true) {
                0 => constant(true),
                n if n > open.len() => constant(false),
                1 => any(open),
                n => Expr::AtLeast { n, args: open },
            }
        }
        Expr::Except { base, unless, sense } => {
            let (base, unless) = (left(base, case, own, nodes), left(unless, case, own, nodes));
            match (sense, decided(&base), decided(&unless)) {
                (Sense::Required, None, None) | (Sense::Excluding, None, None) => {
                    Expr::Except { base: Box::new(base), unless: Box::new(unless), sense: *sense }
                }
                (Sense::Required, ..) => any(vec![base, unless]),
                (Sense::Excluding, ..) => all(vec![base, not(unless)]),
            }
        }
        Expr::Implies { condition, then, sense } => {
            let (condition, then) = (left(condition, case, own, nodes), left(then, case, own, nodes));
            match (sense, decided(&condition), decided(&then)) {
                (_, None, None) => {
                    Expr::Implies { condition: Box::new(condition), then: Box::new(then), sense: *sense }
                }
                (Sense::Required, ..) => any(vec![not(condition), then]),
                (Sense::Excluding, ..) => all(vec![condition, then]),
            }
        }
        Expr::Node(_) | Expr::Unread { .. } | Expr::Atom(_) => match evaluate(expr, case, own, nodes).truth {
            Truth::True => constant(true),
            Truth::False => constant(false),
            Truth::Unknown => expr.clone(),
        },
    }
}

fn all(args: Vec<Expr>) -> Expr {
    if args.iter().any(|arg| decided(arg) == Some(false)) {
        return constant(false);
    }
    Expr::all(args.into_iter().filter(|arg| decided(arg) != Some(true)).collect())
}

fn any(args: Vec<Expr>) -> Expr {
    if args.iter().any(|arg| decided(arg) == Some(true)) {
        return constant(true);
    }
    Expr::any(args.into_iter().filter(|arg| decided(arg) != Some(false)).collect())
}

fn not(arg: Expr) -> Expr {
    match decided(&arg) {
        Some(truth) => constant(!truth),
        None => Expr::not(arg),
    }
}
