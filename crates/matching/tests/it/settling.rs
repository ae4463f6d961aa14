//! What would settle a criterion, when time alone does, and what a record answers in its own words; on examples of our own.

use crate::generate::{AS_OF, expr, records, study as made};
use jiff::civil::date;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use trialway_criteria::Kind;
use trialway_eligibility::logic::StudyLogic;
use trialway_eligibility::{Expr, Sense, Test};
use trialway_matching::{
    CriterionResult, Effect, Options, Policy, Screening, answer_key, questions, screen, would_pass_if,
};
use trialway_patient::{Fact, Facts, Value as Recorded};
use trialway_terminology::Terminology;

pub fn options() -> Options {
    Options { as_of: date(2026, 6, 1), policy: Policy::Chart, trial: Some("X1".to_owned()) }
}

pub fn read(text: &str) -> StudyLogic {
    trialway_eligibility::lower(&trialway_criteria::parse(text).value, Terminology::builtin())
}

pub fn record(resources: Vec<Value>) -> Facts {
    let mut all =
        vec![json!({"resource": {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "2008-09-10"}})];
    all.extend(resources.into_iter().map(|resource| json!({"resource": resource})));
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": all});
    trialway_fhir::import(&serde_json::to_vec(&bundle).unwrap(), Terminology::builtin()).unwrap().value.facts
}

fn held(text: &str, facts: &Facts) -> Screening {
    screen(&read(text), facts, &options(), Terminology::builtin())
}

pub fn first(text: &str, facts: &Facts) -> CriterionResult {
    held(text, facts).criteria[0].clone()
}

fn answer(name: &str, yes: bool) -> Value {
    let code = if yes { "373066001" } else { "373067005" };
    json!({"resourceType": "Observation", "id": name.replace(' ', "-"), "status": "final", "code": {"text": name},
        "effectiveDateTime": "2026-05-20",
        "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": code}]}})
}

#[test]
fn an_answer_in_the_criterions_own_words_settles_it() {
    for (criterion, question, yes, want) in [
        (
            "Exclusion Criteria:\n\n* Regular work on night shifts",
            "Works on night shifts regularly",
            true,
            Effect::Fail,
        ),
        (
            "Exclusion Criteria:\n\n* Regular work on night shifts",
            "Works on night shifts regularly",
            false,
            Effect::Pass,
        ),
        (
            "Exclusion Criteria:\n\n* Unable to climb stairs without human help",
            "Climbs stairs without human help",
            true,
            Effect::Pass,
        ),
        (
            "Exclusion Criteria:\n\n* Unable to climb stairs without human help",
            "Climbs stairs without human help",
            false,
            Effect::Fail,
        ),
        (
            "Inclusion Criteria:\n\n* Enrolled in the national gait register",
            "Enrolled in the national gait register and biobank",
            true,
            Effect::Pass,
        ),
        (
            "Exclusion Criteria:\n\n* Circumstances that prevent modification of the diet plan",
            "Diet plan can be changed",
            true,
            Effect::Pass,
        ),
        // Another matter, another number, another mood.
        ("Exclusion Criteria:\n\n* Regular work on night shifts", "Works in the garden regularly", true, Effect::Open),
        ("Inclusion Criteria:\n\n* Stable job for at least 4 weeks", "Stable job for 2 weeks", true, Effect::Open),
        (
            "Exclusion Criteria:\n\n* Regular work on night shifts",
            "Plans regular work on night shifts",
            true,
            Effect::Open,
        ),
    ] {
        let result = first(criterion, &record(vec![answer(question, yes)]));
        assert_eq!(result.effect, want, "{criterion} / {question}: {yes}: {result:?}");
        assert!(want == Effect::Open || !result.evidence.is_empty(), "{result:?}");
    }
}

#[test]
fn a_remark_about_one_medicine_answers_for_medicines_in_general() {
    let remark = |text: &str| {
        json!({"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "Response to medication"},
            "effectiveDateTime": "2026-05-20", "valueString": text})
    };
    let text = "Inclusion Criteria:\n\n* Inadequate response to treatment with topical medications";
    assert_eq!(first(text, &record(vec![remark("Inadequate response to topical tacrolimus")])).effect, Effect::Pass);
    assert_eq!(first(text, &record(vec![remark("Good response to topical tacrolimus")])).effect, Effect::Fail);
    assert_eq!(first(text, &record(vec![remark("Inadequate response to oral steroids")])).effect, Effect::Open);
}

#[test]
fn a_limit_without_a_unit_is_in_the_only_unit_in_use() {
    let bmi = |value: f64| {
        json!({"resourceType": "Observation", "id": "b", "status": "final", "effectiveDateTime": "2026-05-20",
            "code": {"coding": [{"system": "http://loinc.org", "code": "39156-5"}]},
            "valueQuantity": {"value": value, "unit": "kg/m2", "system": "http://unitsofmeasure.org", "code": "kg/m2"}})
    };
    let text = "Inclusion Criteria:\n\n* BMI from 18.5 to less than 25.0";
    assert_eq!(first(text, &record(vec![bmi(22.4)])).effect, Effect::Pass);
    assert_eq!(first(text, &record(vec![bmi(25.0)])).effect, Effect::Fail);
}

#[test]
fn no_record_is_known_to_lack_what_it_would_call_otherwise() {
    let facts = record(Vec::new());
    for text in [
        "Exclusion Criteria:\n\n* Neoplastic disease",
        "Exclusion Criteria:\n\n* Systemic or visceral disease",
        "Inclusion Criteria:\n\n* At least one CT scan measurable lesion",
        "Inclusion Criteria:\n\n* Back Pain Disability Index score of 21 to 80",
        "Exclusion Criteria:\n\n* Lungs not compatible with surgery or radiation",
        "Exclusion Criteria:\n\n* Infection or any condition that would compromise participation",
        "Inclusion Criteria:\n\n* Arm B: must have received fluconazole",
    ] {
        assert_eq!(first(text, &facts).effect, Effect::Open, "{text}");
    }
    // Who never had the treatment has nothing to wait for.
    let text = "Inclusion Criteria:\n\n* At least 7 days post last chemotherapy";
    assert_eq!(first(text, &facts).effect, Effect::Pass);
}

#[test]
fn a_race_is_held_against_the_words_that_name_it() {
    let person = |race: &str| {
        json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient", "id": "p",
            "gender": "female", "birthDate": "1990-01-01", "extension": [
                {"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
                 "extension": [{"url": "text", "valueString": race}]}]}}]})
    };
    let text = "Inclusion Criteria:\n\n* Race other than White, including Black or African American and Asian persons";
    for (race, want) in [
        ("Black or African American", Effect::Pass),
        ("Asian", Effect::Pass),
        ("White", Effect::Fail),
        ("Prefers not to say", Effect::Open),
    ] {
        let facts =
            trialway_fhir::import(person(race).to_string().as_bytes(), trialway_terminology::Terminology::builtin());
        assert_eq!(first(text, &facts.unwrap().value.facts).effect, want, "{race}");
    }
}

#[test]
fn two_answers_that_contradict_each_other_settle_nothing() {
    let text = "Exclusion Criteria:\n\n* Regular work on night shifts";
    let facts =
        record(vec![answer("Works on night shifts regularly", true), answer("Regular night shifts at work", false)]);
    assert_eq!(first(text, &facts).effect, Effect::Open);
}

#[test]
fn nobody_is_denied_by_what_does_not_concern_them() {
    let facts = record(Vec::new());
    for text in ["Inclusion Criteria:\n\n* Not pregnant or nursing", "Inclusion Criteria:\n\n* No pregnancy"] {
        assert_ne!(first(text, &facts).effect, Effect::Fail, "{text}");
    }
}

#[test]
fn a_cream_is_no_treatment_of_the_whole_body() {
    let medicine = |name: &str| {
        json!({"resourceType": "MedicationStatement", "id": "m", "status": "active",
            "medicationCodeableConcept": {"text": name}, "effectivePeriod": {"start": "2026-05-01"}})
    };
    let text = "Exclusion Criteria:\n\n* Systemic corticosteroids within 4 weeks";
    assert_eq!(first(text, &record(vec![medicine("Hydrocortisone 1 % cream")])).effect, Effect::Pass);
    assert_eq!(first(text, &record(vec![medicine("Prednisone 10 MG Oral Tablet")])).effect, Effect::Fail);
    let topical = "Exclusion Criteria:\n\n* Topical agents (corticosteroids, calcineurin inhibitors) within 2 weeks";
    assert_eq!(first(topical, &record(vec![medicine("Hydrocortisone 1 % cream")])).effect, Effect::Fail);
    assert_eq!(first(topical, &record(vec![medicine("Prednisone 10 MG Oral Tablet")])).effect, Effect::Pass);
}

#[test]
fn the_day_on_which_time_alone_lets_it_pass_is_given() {
    let given = |day: &str| {
        record(vec![json!({"resourceType": "MedicationAdministration", "id": "m", "status": "completed",
            "medicationCodeableConcept": {"text": "Rituximab"}, "effectiveDateTime": day})])
    };
    let washout = "Exclusion Criteria:\n\n* Rituximab within 28 days";
    let result = first(washout, &given("2026-05-20"));
    assert_eq!((result.effect, result.not_before), (Effect::Fail, Some(date(2026, 6, 18))));
    // On that day it passes, on the day before it does not.
    let on = |day| {
        let options = Options { as_of: day, ..options() };
        screen(&read(washout), &given("2026-05-20"), &options, Terminology::builtin()).criteria[0].effect
    };
    assert_eq!((on(date(2026, 6, 17)), on(date(2026, 6, 18))), (Effect::Fail, Effect::Pass));
    assert_eq!(first(washout, &given("2026-01-20")).not_before, None);
    let adult = first("Inclusion Criteria:\n\n* Age ≥ 18 years", &record(Vec::new()));
    assert_eq!((adult.effect, adult.not_before), (Effect::Fail, Some(date(2026, 9, 10))));
    // "At least 4 weeks since": the same from the other side; a month that is known only roughly counts from its end.
    let since = first("Inclusion Criteria:\n\n* At least 4 weeks since rituximab", &given("2026-05"));
    assert_eq!((since.effect, since.not_before), (Effect::Open, Some(date(2026, 6, 29))));
}

#[test]
fn what_would_make_it_pass_is_the_least_that_would() {
    let value = json!({"resourceType": "Observation", "id": "e", "status": "final", "code": {"text": "eGFR"},
        "effectiveDateTime": "2026-05-20", "valueQuantity": {"value": 25, "unit": "mL/min/{1.73_m2}",
        "system": "http://unitsofmeasure.org", "code": "mL/min/{1.73_m2}"}});
    let text = "Inclusion Criteria:\n\n* eGFR ≥ 30 mL/min/1.73 m2 and hemoglobin ≥ 90 g/L\n* Women";
    let logic = read(text);
    let facts = record(vec![value]);
    let found = would_pass_if(&logic.criteria[0], &facts, &options(), Terminology::builtin());
    // Both are needed, and nothing else.
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].len(), 2, "{found:?}");
    assert!(found[0].iter().all(|change| change.holds));
    // Nobody changes sex to take part.
    assert!(would_pass_if(&logic.criteria[1], &facts, &options(), Terminology::builtin()).is_empty());
}

/// The answer to a question, as a QuestionnaireResponse gives it.
fn answered(link: &str, yes: bool) -> Fact {
    let mut fact = record(vec![answer("asked", yes)]).facts.remove(0);
    fact.provenance.resource = "QuestionnaireResponse".to_owned();
    fact.provenance.path = format!("item[{link}]");
    fact.value = Some(Recorded::Answer { yes, written: if yes { "yes" } else { "no" }.to_owned() });
    fact
}

#[test]
fn answering_every_question_leaves_nothing_of_it_open() {
    let text = "Inclusion Criteria:\n\n* Willing to keep a diary of the gloomp\n* Signed informed consent\n\nExclusion Criteria:\n\n* Flibbertigibbet index of the gloomp\n* History of stroke within 6 months\n* Planned pregnancy";
    let logic = read(text);
    let strict = Options { policy: Policy::Strict, ..options() };
    let n_open = |facts: &Facts| {
        let all = screen(&logic, facts, &strict, Terminology::builtin()).criteria;
        all.iter().filter(|result| result.effect == Effect::Open).count()
    };
    let mut facts = record(Vec::new());
    let before = n_open(&facts);
    let asked = questions(&[("X1", &logic)], &facts, &strict, Terminology::builtin());
    assert!(before >= 4 && asked.len() >= 4, "{asked:?}");
    let unread: Vec<bool> = asked.iter().map(|question| question.is_unread).collect();
    assert!(unread.is_sorted(), "what has to be read first is asked last");
    facts.facts.extend(asked.iter().map(|question| answered(&question.key, true)));
    assert_eq!(n_open(&facts), 0);
    // Answers are about their questions only.
    let other = read("Exclusion Criteria:\n\n* Any history of stroke");
    let of_another = Options { trial: Some("X2".to_owned()), ..strict.clone() };
    let result = screen(&other, &facts, &of_another, Terminology::builtin()).criteria[0].clone();
    assert_eq!(result.effect, Effect::Open, "{result:?}");
}

#[test]
fn a_number_answers_every_limit_of_it_and_other_questions_have_keys_of_their_own() {
    let logic = read(
        "Inclusion Criteria:\n\n* eGFR ≥ 30 mL/min/1.73 m2\n* eGFR ≤ 90 mL/min/1.73 m2\n* No stroke within 6 months\n* No stroke within 12 months",
    );
    let keys: Vec<String> = logic
        .criteria
        .iter()
        .flat_map(|criterion| {
            let mut keys = Vec::new();
            criterion.logic.for_each_leaf(&mut |leaf| {
                if let Expr::Atom(atom) = leaf {
                    assert!(!matches!(atom.test, Test::Sex(_)));
                    keys.push(answer_key(&atom.test));
                }
            });
            keys
        })
        .collect();
    assert_eq!((keys[0].as_str(), keys[1].as_str()), ("lab:egfr", "lab:egfr"));
    assert!(keys[2].starts_with("q:") && keys[2] != keys[3], "{keys:?}");
}

/// Truth as a number: false 0, unknown 1, true 2.
fn reference(logic: &Expr, leaf: &dyn Fn(&Expr) -> u8) -> u8 {
    let each = |args: &[Expr]| args.iter().map(|arg| reference(arg, leaf)).collect::<Vec<u8>>();
    match logic {
        Expr::And(args) => each(args).into_iter().min().unwrap_or(2),
        Expr::Or(args) => each(args).into_iter().max().unwrap_or(0),
        Expr::Not(arg) => 2 - reference(arg, leaf),
        Expr::AtLeast { n, args } => {
            let mut all = each(args);
            all.sort_unstable_by(|a, b| b.cmp(a));
            if *n == 0 { 2 } else { all.get(n - 1).copied().unwrap_or(0) }
        }
        Expr::Except { base, unless, sense } => match sense {
            Sense::Required => reference(base, leaf).max(reference(unless, leaf)),
            Sense::Excluding => reference(base, leaf).min(2 - reference(unless, leaf)),
        },
        Expr::Implies { condition, then, sense } => match sense {
            Sense::Required => (2 - reference(condition, leaf)).max(reference(then, leaf)),
            Sense::Excluding => reference(condition, leaf).min(reference(then, leaf)),
        },
        Expr::Node(_) | Expr::Atom(_) | Expr::Unread { .. } => leaf(logic),
    }
}

#[test]
fn the_engine_agrees_with_an_evaluator_of_twenty_lines() {
    let config = Config { cases: 3_000, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[17; 32]))
        .run(&(expr(), records(2)), |(logic, (facts, _))| {
            let options = Options { as_of: AS_OF, policy: Policy::Strict, trial: None };
            let held =
                |logic: Expr| match screen(&made(logic, Kind::Inclusion), &facts, &options, Terminology::builtin())
                    .criteria[0]
                    .effect
                {
                    Effect::Pass => 2,
                    Effect::Open => 1,
                    Effect::Fail => 0,
                };
            let want = reference(&logic, &|leaf| held(leaf.clone()));
            proptest::prop_assert_eq!(held(logic), want);
            Ok(())
        })
        .unwrap();
}
