//! Laws that hold whatever the logic and whatever the record.

use crate::generate::{AS_OF, expr, records, study};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trialway_criteria::Kind;
use trialway_eligibility::logic::StudyLogic;
use trialway_matching::{Effect, Options, Policy, Screening, Verdict, residual, screen};
use trialway_patient::Facts;
use trialway_terminology::Terminology;

const N_CASES: u32 = 4_000;

/// The same cases on every machine and every day.
fn runner() -> TestRunner {
    let config = Config { cases: N_CASES, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]))
}

fn options(policy: Policy) -> Options {
    Options { as_of: AS_OF, policy, trial: None }
}

fn held(study: &StudyLogic, facts: &Facts, policy: Policy) -> Screening {
    screen(study, facts, &options(policy), Terminology::builtin())
}

fn effect(study: &StudyLogic, facts: &Facts) -> Effect {
    held(study, facts, Policy::Strict).criteria[0].effect
}

#[test]
fn filling_a_gap_or_narrowing_a_value_never_turns_a_decided_effect() {
    let cases = (expr(), records(3));
    let mut n_decided = 0_u32;
    let n_decided_in = std::cell::RefCell::new(&mut n_decided);
    runner()
        .run(&cases, |(logic, (before, after))| {
            let study = study(logic, Kind::Inclusion);
            let first = effect(&study, &before);
            if first != Effect::Open {
                **n_decided_in.borrow_mut() += 1;
                prop_assert_eq!(first, effect(&study, &after));
            }
            Ok(())
        })
        .unwrap();
    // The law would hold of an engine that never decides.
    assert!(n_decided > N_CASES / 4, "{n_decided}");
}

#[test]
fn a_residual_with_the_gaps_filled_is_the_original_with_the_gaps_filled() {
    let cases = (expr(), records(1));
    runner()
        .run(&cases, |(logic, (before, after))| {
            let study = study(logic, Kind::Exclusion);
            let rest = residual(&study, &before, &options(Policy::Chart), Terminology::builtin());
            prop_assert_eq!(effect(&rest, &after), effect(&study, &after));
            prop_assert_eq!(effect(&rest, &before), effect(&study, &before));
            let mut n_leaves = 0;
            rest.criteria[0].logic.for_each_leaf(&mut |_| n_leaves += 1);
            // Nothing is left to ask of what is decided, and something of what is open.
            prop_assert_eq!(n_leaves == 0, effect(&study, &before) != Effect::Open);
            Ok(())
        })
        .unwrap();
}

#[test]
fn polarity_turns_pass_and_fail_and_leaves_open() {
    runner()
        .run(&(expr(), records(1)), |(logic, (facts, _))| {
            let inclusion = effect(&study(logic.clone(), Kind::Inclusion), &facts);
            let exclusion = effect(&study(logic, Kind::Exclusion), &facts);
            let turned = match inclusion {
                Effect::Pass => Effect::Fail,
                Effect::Fail => Effect::Pass,
                Effect::Open => Effect::Open,
            };
            prop_assert_eq!(exclusion, turned);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_strict_reading_that_decides_is_never_turned_by_the_chart_policy() {
    runner()
        .run(&(expr(), records(2)), |(logic, (facts, _))| {
            let study = study(logic, Kind::Inclusion);
            let strict = held(&study, &facts, Policy::Strict);
            let chart = held(&study, &facts, Policy::Chart);
            if strict.criteria[0].effect != Effect::Open {
                prop_assert_eq!(strict.criteria[0].effect, chart.criteria[0].effect);
            }
            prop_assert!(!strict.criteria[0].assumed);
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_result_can_be_explained() {
    runner()
        .run(&(expr(), records(2)), |(logic, (facts, _))| {
            for policy in [Policy::Chart, Policy::Strict] {
                let got = held(&study(logic.clone(), Kind::Inclusion), &facts, policy);
                let one = &got.criteria[0];
                prop_assert_eq!(one.effect == Effect::Open, one.open_reason.is_some());
                prop_assert!(one.effect != Effect::Open || !one.needs.is_empty());
                prop_assert_eq!(one.effect == Effect::Fail, got.verdict == Verdict::Ineligible);
            }
            Ok(())
        })
        .unwrap();
}
