//! The compiled form says what `screen` says, study by study and criterion by criterion (ADR 0008, ADR 0019).

use crate::generate::{AS_OF, expr, records, study};
use crate::record::record;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::path::Path;
use trialway_criteria::Kind;
use trialway_eligibility::logic::StudyLogic;
use trialway_matching::{Cause, Compiled, Effect, Options, Policy, screen};
use trialway_patient::Facts;
use trialway_terminology::Terminology;

/// Every difference between the two, in words.
fn differences(id: &str, logic: &StudyLogic, compiled: &Compiled<'_>, facts: &Facts, policy: Policy) -> Vec<String> {
    let options = Options { as_of: AS_OF, policy, trial: Some(id.to_owned()) };
    let want = screen(logic, facts, &options, Terminology::builtin());
    let results = || want.criteria.iter().chain(&want.structured);
    let got = compiled.effects(id, facts, AS_OF, policy).unwrap();
    let mut out: Vec<String> = results()
        .zip(&got)
        .filter(|(want, got)| (want.effect, want.open_reason) != **got)
        .map(|(want, got)| format!("{id} {}: {:?} {:?}, compiled {got:?}", want.id, want.effect, want.open_reason))
        .collect();
    let tally = compiled.screen_some(&[id], facts, AS_OF, policy)[0];
    let n = |effect: Effect| u32::try_from(results().filter(|result| result.effect == effect).count()).unwrap();
    let wanted = (want.verdict, n(Effect::Pass), n(Effect::Fail), n(Effect::Open));
    if wanted != (tally.verdict, tally.n_pass, tally.n_fail, tally.n_open) || got.len() != results().count() {
        out.push(format!("{id}: {wanted:?}, compiled {tally:?}"));
    }
    out
}

const POLICIES: [Policy; 2] = [Policy::Chart, Policy::Strict];

#[test]
fn generated_logic_means_the_same_compiled() {
    let config = Config { cases: 3_000, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let kinds = prop_oneof![Just(Kind::Inclusion), Just(Kind::Exclusion)];
    let mut seen = std::collections::BTreeSet::<(Effect, Option<Cause>)>::new();
    let seen_in = std::cell::RefCell::new(&mut seen);
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[19; 32]))
        .run(&(expr(), kinds, records(3)), |(logic, kind, (before, after))| {
            let study = study(logic, kind);
            let mut compiled = Compiled::new(Terminology::builtin());
            compiled.add("X1", &study);
            for policy in POLICIES {
                for facts in [&before, &after] {
                    let found = differences("X1", &study, &compiled, facts, policy);
                    prop_assert!(found.is_empty(), "{}", found.join("\n"));
                    seen_in.borrow_mut().extend(compiled.effects("X1", facts, AS_OF, policy).unwrap());
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(seen.len() >= 4, "every effect, and open for several reasons: {seen:?}");
}

fn demo(n: u64) -> Vec<(String, StudyLogic)> {
    (0..n)
        .map(|index| {
            let bytes = serde_json::to_vec(&trialway_demo::study(7, index)).unwrap();
            let study = trialway_registry::parse_study(&bytes).unwrap().value;
            let tree = trialway_criteria::parse(study.eligibility.text.as_deref().unwrap_or_default());
            (study.doc.clone(), trialway_eligibility::lower_study(&study, &tree, Terminology::builtin()))
        })
        .collect()
}

fn facts(bytes: &[u8]) -> Facts {
    trialway_fhir::import(bytes, Terminology::builtin()).unwrap().value.facts
}

fn patients(studies: &[(String, StudyLogic)]) -> Vec<Facts> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/patients");
    let mut out: Vec<Facts> = ["lupus-nephritis-child", "nephrotic-syndrome-boy"]
        .map(|name| facts(&std::fs::read(folder.join(format!("{name}.json"))).unwrap()))
        .into();
    // Large enough to be taken apart, and in two of the studies.
    out.push(facts(&record(160, &[&studies[0].0, &studies[1].0])));
    out.push(Facts::default());
    out
}

#[test]
fn invented_studies_mean_the_same_compiled() {
    let studies = demo(400);
    let mut compiled = Compiled::new(Terminology::builtin());
    for (id, logic) in &studies {
        compiled.add(id, logic);
    }
    for facts in patients(&studies) {
        for policy in POLICIES {
            let found: Vec<String> =
                studies.iter().flat_map(|(id, logic)| differences(id, logic, &compiled, &facts, policy)).collect();
            assert!(found.is_empty(), "{} differ, first:\n{}", found.len(), found[..found.len().min(8)].join("\n"));
            let all = compiled.screen_all(&facts, AS_OF, policy);
            let ids: Vec<&str> = studies.iter().map(|(id, _)| id.as_str()).collect();
            assert_eq!(all, compiled.screen_some(&ids, &facts, AS_OF, policy));
        }
    }
    assert!(compiled.n_questions() * 2 < compiled.n_expressions(), "questions are shared");
}

#[test]
fn studies_are_replaced_and_taken_out() {
    let studies = demo(6);
    let facts = Facts::default();
    let ids = |compiled: &Compiled<'_>| -> Vec<String> {
        compiled.screen_all(&facts, AS_OF, Policy::Chart).iter().map(|tally| tally.id.to_owned()).collect()
    };
    let mut compiled = Compiled::new(Terminology::builtin());
    assert!(compiled.is_empty());
    for (id, logic) in &studies {
        compiled.add(id, logic);
    }
    let all: Vec<String> = studies.iter().map(|(id, _)| id.clone()).collect();
    assert_eq!(ids(&compiled), all);
    // The first is now what the second says.
    compiled.add(&studies[0].0, &studies[1].1);
    assert_eq!(compiled.len(), 6);
    assert_eq!(ids(&compiled), [&all[1..], &all[..1]].concat());
    assert_eq!(differences(&studies[0].0, &studies[1].1, &compiled, &facts, Policy::Strict), Vec::<String>::new());
    assert!(compiled.remove(&studies[2].0));
    assert!(!compiled.remove(&studies[2].0) && !compiled.remove("NCT00000000"));
    assert_eq!(compiled.len(), 5);
    assert!(compiled.effects(&studies[2].0, &facts, AS_OF, Policy::Chart).is_none());
    compiled.add(&studies[2].0, &studies[2].1);
    assert_eq!(differences(&studies[2].0, &studies[2].1, &compiled, &facts, Policy::Chart), Vec::<String>::new());
}
