//! Laws over real charts and records, where the shared data are present: the folder is named by `TRIALWAY_SHARED`, or is `shared`
//! beside the workspace. What is expected of them is not read here.

use jiff::civil::date;
use std::collections::BTreeSet;
use std::path::PathBuf;
use trialway_eligibility::logic::StudyLogic;
use trialway_matching::{CriterionResult, Effect, Options, Policy, Screening, screen};
use trialway_patient::{Fact, FactKind, Facts, Value};
use trialway_terminology::Terminology;

/// Studies whose charts are named by a short name.
const NAMED: [(&str, &str); 2] = [("ln", "NCT06904729"), ("srns", "NCT06842589")];

struct Chart {
    name: String,
    study: StudyLogic,
    facts: Facts,
    options: Options,
}

fn charts() -> Vec<Chart> {
    let shared = std::env::var_os("TRIALWAY_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(shared.join("cases")) else {
        println!("the shared data are not here: this test has nothing to look at");
        return Vec::new();
    };
    let mut out = Vec::new();
    for folder in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let short = name.split('-').next().unwrap();
        let trial = NAMED.iter().find(|(known, _)| *known == short).map_or(short, |(_, trial)| trial).to_owned();
        let bytes = std::fs::read(shared.join("registry").join(format!("{trial}.json"))).unwrap();
        let parsed = trialway_registry::parse_study(&bytes).unwrap().value;
        let tree = trialway_criteria::parse(parsed.eligibility.text.as_deref().unwrap_or_default());
        let study = trialway_eligibility::lower_study(&parsed, &tree, Terminology::builtin());
        let patient = std::fs::read(folder.join("patient.json")).unwrap();
        let facts = trialway_fhir::import(&patient, Terminology::builtin()).unwrap().value.facts;
        for policy in [Policy::Chart, Policy::Strict] {
            let options = Options { as_of: date(2026, 6, 1), policy, trial: Some(trial.clone()) };
            out.push(Chart { name: name.clone(), study: study.clone(), facts: facts.clone(), options });
        }
    }
    out
}

fn held(chart: &Chart, facts: &Facts) -> Screening {
    screen(&chart.study, facts, &chart.options, Terminology::builtin())
}

fn all<'a>(results: &'a [CriterionResult], out: &mut Vec<&'a CriterionResult>) {
    for result in results {
        out.push(result);
        all(&result.children, out);
    }
}

#[test]
fn every_fail_has_evidence_or_is_assumed_and_every_open_a_need() {
    for chart in charts() {
        let screening = held(&chart, &chart.facts);
        let mut results = Vec::new();
        all(&screening.criteria, &mut results);
        all(&screening.structured, &mut results);
        for result in results {
            let who = format!("{} {}", chart.name, result.id);
            match result.effect {
                Effect::Fail => assert!(!result.evidence.is_empty() || result.assumed, "{who}"),
                Effect::Open => assert!(result.needs.iter().any(|need| !need.to_string().trim().is_empty()), "{who}"),
                Effect::Pass => assert!(result.open_reason.is_none() && result.not_before.is_none(), "{who}"),
            }
        }
    }
}

/// The facts without those that are cited.
fn without(facts: &Facts, cited: &BTreeSet<String>) -> Facts {
    let mut out = facts.clone();
    out.facts.retain(|fact| !cited.contains(&fact.provenance.reference()));
    if cited.iter().any(|source| source.starts_with("Patient")) {
        out.birth = None;
        out.sex = None;
    }
    out
}

#[test]
fn without_the_evidence_that_is_cited_a_fail_is_none() {
    // Taking the latest value away brings the one before it forward: that is cited then, and taken away in turn.
    const ROUNDS: usize = 40;
    let mut n_fails = 0;
    for chart in charts() {
        let screening = held(&chart, &chart.facts);
        for (at, result) in screening.criteria.iter().enumerate() {
            if result.effect != Effect::Fail || result.assumed {
                continue;
            }
            n_fails += 1;
            let (mut facts, mut now) = (chart.facts.clone(), result.clone());
            for _ in 0..ROUNDS {
                if now.effect != Effect::Fail || now.assumed {
                    break;
                }
                let cited: BTreeSet<String> = now.evidence.iter().map(|evidence| evidence.source.clone()).collect();
                let less = without(&facts, &cited);
                assert!(less != facts, "{} {}: cites {cited:?}, which is not there", chart.name, result.id);
                facts = less;
                now = held(&chart, &facts).criteria[at].clone();
            }
            assert!(now.effect != Effect::Fail || now.assumed, "{} {}: {now:?}", chart.name, result.id);
        }
    }
    println!("{n_fails} failing criteria looked at");
}

#[test]
fn an_unrelated_resource_never_changes_a_verdict() {
    for chart in charts() {
        let before = held(&chart, &chart.facts);
        let Some(some) = chart.facts.facts.first() else { continue };
        let mut facts = chart.facts.clone();
        for (id, label, value) in [
            ("shoe", "Shoe size", Value::Text("42, wide".to_owned())),
            ("hobby", "Plays the violin", Value::Answer { yes: true, written: "yes".to_owned() }),
            ("pet", "Keeps a cat", Value::Answer { yes: false, written: "no".to_owned() }),
        ] {
            let mut fact: Fact = some.clone();
            fact.provenance.resource = "Observation".to_owned();
            fact.provenance.id = id.to_owned();
            fact.provenance.path = String::new();
            fact.kind = FactKind::Observation;
            fact.label = label.to_owned();
            fact.value = Some(value);
            fact.notes = Vec::new();
            fact.concepts = Vec::new();
            fact.codes = Vec::new();
            fact.findings = Vec::new();
            fact.grades = Vec::new();
            fact.causes = Vec::new();
            fact.severity = None;
            facts.facts.push(fact);
        }
        let after = held(&chart, &facts);
        assert_eq!(before.verdict, after.verdict, "{}", chart.name);
        assert_eq!(before.criteria, after.criteria, "{}", chart.name);
    }
}
