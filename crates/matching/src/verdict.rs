//! From truths to effects and a verdict: the one place where polarity is applied.

use crate::evaluate::{Case, evaluate, whole};
use crate::leaf;
use crate::need::{Ask, Need};
use crate::outcome::{Cause, Outcome};
use crate::screening::{CriterionResult, Effect, Options, Policy, Screening, Verdict};
use std::collections::BTreeMap;
use trialway_criteria::{CriterionId, Kind};
use trialway_eligibility::expr::{Expr, Firmness, Test};
use trialway_eligibility::logic::{CriterionLogic, StudyLogic};
use trialway_eligibility::truth::Truth;
use trialway_patient::Facts;
use trialway_terminology::Terminology;
use trialway_units::Decimal;

/// Screens a patient for a study.
///
/// **Shape**: one result per criterion, in document order and nesting; `structured` as the record has fields.
/// **Unknown**: open, with its first reason in the order missing data, not understood, judgement, consent.
pub fn screen(study: &StudyLogic, facts: &Facts, options: &Options, terminology: &Terminology) -> Screening {
    let strict = Options { policy: Policy::Strict, ..options.clone() };
    let case = Case::new(facts, options, terminology);
    let (criteria, structured, verdict) = run(study, &case);
    let verdict_assumed = options.policy == Policy::Chart && run(study, &case.under(&strict)).2 != verdict;
    let pivotal = pivotal(&criteria, &structured, verdict);
    Screening { verdict, verdict_assumed, criteria, structured, pivotal }
}

fn run(study: &StudyLogic, case: &Case<'_>) -> (Vec<CriterionResult>, Vec<CriterionResult>, Verdict) {
    let criteria: Vec<CriterionResult> =
        study.criteria.iter().map(|criterion| criterion_result(criterion, case).0).collect();
    let structured: Vec<CriterionResult> = study
        .structured
        .iter()
        .map(|field| {
            let outcome = evaluate(&field.logic, case, None, &BTreeMap::new());
            result(field.id.clone(), Kind::Inclusion, field.text.clone(), outcome, Vec::new())
        })
        .collect();
    let results = criteria.iter().chain(&structured).map(|result| (result.effect, result.open_reason));
    let verdict = verdict_of(results, !criteria.is_empty());
    (criteria, structured, verdict)
}

fn criterion_result(criterion: &CriterionLogic, case: &Case<'_>) -> (CriterionResult, Outcome) {
    let mut nodes = BTreeMap::new();
    let mut children = Vec::new();
    for child in &criterion.children {
        let (result, outcome) = criterion_result(child, case);
        nodes.insert(child.id.clone(), outcome);
        children.push(result);
    }
    let outcome = whole(criterion, case, &nodes);
    mark_moot(&mut children, &nodes, &outcome, &criterion.logic);
    let result =
        result(criterion.id.clone(), criterion.kind, criterion.own.text().to_owned(), outcome.clone(), children);
    (result, outcome)
}

/// An open child is moot when the parent is decided without it.
fn mark_moot(children: &mut [CriterionResult], nodes: &BTreeMap<CriterionId, Outcome>, parent: &Outcome, logic: &Expr) {
    let joins =
        matches!(logic, Expr::And(_) | Expr::Or(_) | Expr::AtLeast { .. } | Expr::Implies { .. } | Expr::Except { .. });
    for child in children.iter_mut().filter(|child| child.effect == Effect::Open) {
        child.moot = joins && parent.truth.is_known() && nodes.len() > 1;
    }
}

/// What a truth does to eligibility: a true inclusion passes, a true exclusion fails.
pub(crate) fn effect(kind: Kind, truth: Truth) -> Effect {
    match (kind, truth) {
        (_, Truth::Unknown) => Effect::Open,
        (Kind::Inclusion, Truth::True) | (Kind::Exclusion, Truth::False) => Effect::Pass,
        (Kind::Inclusion, Truth::False) | (Kind::Exclusion, Truth::True) => Effect::Fail,
    }
}

/// The truth with which a criterion passes.
pub(crate) fn passing(kind: Kind) -> Truth {
    if effect(kind, Truth::True) == Effect::Pass { Truth::True } else { Truth::False }
}

fn result(
    id: CriterionId,
    kind: Kind,
    text: String,
    outcome: Outcome,
    children: Vec<CriterionResult>,
) -> CriterionResult {
    let effect = effect(kind, outcome.truth);
    let open = effect == Effect::Open;
    CriterionResult {
        id,
        kind,
        text,
        effect,
        open_reason: if open { Some(outcome.causes.first().copied().unwrap_or(Cause::NotUnderstood)) } else { None },
        assumed: outcome.assumed,
        not_applicable: outcome.not_applicable && effect == Effect::Pass,
        moot: false,
        firmness: outcome.firmness,
        evidence: outcome.evidence,
        needs: if open { outcome.needs } else { stale_needs(outcome.needs) },
        not_before: outcome.turns_on.filter(|_| effect != Effect::Pass),
        children,
    }
}

/// A decided criterion asks for nothing but a fresh measurement, where its evidence is stale.
fn stale_needs(needs: Vec<Need>) -> Vec<Need> {
    needs.into_iter().filter(|need| need.ask == Ask::MeasureAgain).collect()
}

/// The verdict that results come to, where somebody has put others in the place of some.
///
/// **Shape**: effects of top-level criteria and the record's own fields, each with its reason when open.
pub fn verdict_of(results: impl Iterator<Item = (Effect, Option<Cause>)>, has_criteria: bool) -> Verdict {
    let (mut fails, mut waits) = (false, false);
    for (effect, reason) in results {
        fails |= effect == Effect::Fail;
        waits |= reason.is_some_and(is_information);
    }
    settled(fails, waits, has_criteria)
}

/// The number of a patient that a question holds against its limit: in the limit's unit, or as a multiple of what it is relative to.
///
/// **Unknown**: none for questions without a limit, and where there is not one exact number that can be compared.
pub fn compared(test: &Test, facts: &Facts, options: &Options, terminology: &Terminology) -> Option<Decimal> {
    leaf::compared(test, &Case::new(facts, options, terminology))
}

/// The verdict, by whether any criterion fails, whether any waits for information, and whether the text has criteria.
pub(crate) fn settled(fails: bool, waits: bool, has_criteria: bool) -> Verdict {
    match (fails, waits) {
        (true, _) => Verdict::Ineligible,
        (false, true) => Verdict::NeedsInformation,
        // A record without criteria says nothing of who may take part.
        (false, false) if !has_criteria => Verdict::NeedsInformation,
        (false, false) => Verdict::PotentiallyEligible,
    }
}

/// Whether what is open for this reason waits for data or a reading, not for a person.
pub(crate) fn is_information(reason: Cause) -> bool {
    matches!(reason, Cause::MissingData | Cause::NotUnderstood)
}

fn pivotal(criteria: &[CriterionResult], structured: &[CriterionResult], verdict: Verdict) -> Vec<CriterionId> {
    let turns = |result: &&CriterionResult| match verdict {
        Verdict::Ineligible => result.effect == Effect::Fail,
        Verdict::NeedsInformation => result.open_reason.is_some_and(is_information),
        Verdict::PotentiallyEligible => result.assumed || result.firmness < Firmness::Certain,
    };
    criteria.iter().chain(structured).filter(turns).map(|result| result.id.clone()).collect()
}
