//! Records with the parts of a number, and the numbers that come of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use trialway_patient::meaning::{Coded, fact};
use trialway_patient::{Fact, FactKind, Facts, PartialDate, Period, RecordedSex, RecordedStatus, Value, written};
use trialway_terminology::{Layered, Method, Terminology};

fn on(day: &str) -> Period {
    let date = PartialDate::parse(day).unwrap();
    Period { start: Some(date), end: Some(date) }
}

/// A result such as `("2160-0", "Creatinine", "1.0 mg/dL", "2026-06-01")`.
fn result(code: &str, name: &str, value: &str, day: &str) -> Fact {
    let coded = Coded { codings: vec![("loinc".to_owned(), code.to_owned(), String::new())], text: name.to_owned() };
    let terminology = Layered::plain(Terminology::builtin());
    let mut made = fact(FactKind::Observation, "Observation", &format!("{code}-{day}-{value}"), &coded, &terminology);
    made.concepts = trialway_patient::meaning::measured(&coded, "", &terminology);
    made.period = on(day);
    made.status = RecordedStatus::Ended;
    made.value = Some(match PartialDate::parse(value).filter(|_| value.len() == 10) {
        Some(date) => Value::Date(date),
        None => written::text(value),
    });
    made
}

fn record(birth: &str, sex: RecordedSex, facts: Vec<Fact>) -> Facts {
    let mut facts =
        Facts { patient: "p".to_owned(), birth: PartialDate::parse(birth), sex: Some(sex), facts, ..Facts::default() };
    trialway_derived::add(&mut facts, Terminology::builtin());
    facts
}

/// What was calculated: method, value as written.
fn calculated(facts: &Facts) -> Vec<(Method, String)> {
    let shown = |fact: &Fact| match &fact.value {
        Some(Value::Quantity { written, .. }) => written.clone(),
        Some(Value::Date(date)) => date.to_string(),
        other => format!("{other:?}"),
    };
    let mut out: Vec<(Method, String)> =
        facts.facts.iter().filter_map(|fact| Some((fact.derivation.as_ref()?.method, shown(fact)))).collect();
    out.sort();
    out
}

#[test]
fn numbers_of_a_man_a_woman_and_a_child() {
    let creatinine = |value: &str| result("2160-0", "Creatinine", value, "2026-06-01");
    let weight = result("29463-7", "Body weight", "72 kg", "2026-05-20");
    let height = result("8302-2", "Body height", "175 cm", "2024-05-20");
    let man = record("1976-01-01", RecordedSex::Male, vec![creatinine("1.0 mg/dL"), weight.clone(), height.clone()]);
    assert_eq!(
        calculated(&man),
        [
            (Method::BodyMassIndex, "23.5".to_owned()),
            (Method::Mosteller, "1.87".to_owned()),
            (Method::CkdEpi, "92".to_owned()),
            (Method::CockcroftGault, "90".to_owned()),
        ]
    );
    // The same amount in another unit; without a weight there is no clearance.
    let woman = record("1976-01-01", RecordedSex::Female, vec![creatinine("88.4 umol/L")]);
    assert_eq!(calculated(&woman), [(Method::CkdEpi, "69".to_owned())]);
    let child = record(
        "2016-01-01",
        RecordedSex::Female,
        vec![creatinine("0.5 mg/dL"), result("8302-2", "Body height", "120 cm", "2026-05-20")],
    );
    assert_eq!(calculated(&child), [(Method::Schwartz, "99".to_owned())]);
}

#[test]
fn what_is_known_in_part_gives_a_range_or_nothing() {
    let creatinine = |value: &str, day: &str| result("2160-0", "Creatinine", value, day);
    // Born in 1976: 49 or 50 years old on the first of June 2026.
    let year = record("1976", RecordedSex::Male, vec![creatinine("1.0 mg/dL", "2026-06-01")]);
    assert_eq!(calculated(&year), [(Method::CkdEpi, "92".to_owned())]);
    let two = record(
        "1976-01-01",
        RecordedSex::Male,
        vec![
            result("8634-8", "QT interval", "400 ms", "2026-06-01"),
            result("8867-4", "Heart rate", "60 /min", "2026-06-01"),
            result("8867-4", "Heart rate", "75 /min", "2026-06-01"),
        ],
    );
    assert_eq!(
        calculated(&two),
        [(Method::Fridericia, "400 to 431".to_owned()), (Method::Bazett, "400 to 447".to_owned())]
    );
    for (what, facts) in [
        ("bounded", vec![creatinine("<0.2 mg/dL", "2026-06-01")]),
        ("day unknown", vec![creatinine("1.0 mg/dL", "2026-06")]),
        ("urine", vec![result("2161-8", "Creatinine in urine", "80 mg/dL", "2026-06-01")]),
        ("unit of another kind", vec![creatinine("1.0 mL/min", "2026-06-01")]),
        ("height too old for a child's weight", vec![]),
    ] {
        assert_eq!(calculated(&record("1976-01-01", RecordedSex::Male, facts)), [], "{what}");
    }
    assert_eq!(calculated(&record("1976-01-01", RecordedSex::Other, vec![creatinine("1.0 mg/dL", "2026-06-01")])), []);
    let child = vec![
        result("29463-7", "Body weight", "20 kg", "2026-06-01"),
        result("8302-2", "Body height", "100 cm", "2025-06-01"),
    ];
    assert_eq!(calculated(&record("2019-01-01", RecordedSex::Male, child)), [], "a child grows");
}

#[test]
fn heart_blood_urine_and_performance() {
    let facts = vec![
        result("8634-8", "QT interval", "360 ms", "2026-06-01"),
        result("8637-1", "R-R interval", "729 ms", "2026-06-01"),
        result("17861-6", "Calcium", "8.0 mg/dL", "2026-06-01"),
        result("1751-7", "Albumin", "25 g/L", "2026-06-03"),
        result("6690-2", "Leukocytes", "5 10*9/L", "2026-06-01"),
        result("770-8", "Neutrophils/100 leukocytes", "40 %", "2026-06-01"),
        result("2888-6", "Protein in urine", "100 mg/dL", "2026-06-01"),
        result("2161-8", "Creatinine in urine", "50 mg/dL", "2026-06-01"),
        result("89247-1", "ECOG Performance Status", "1", "2026-06-01"),
    ];
    assert_eq!(
        calculated(&record("1976-01-01", RecordedSex::Male, facts)),
        [
            (Method::Fridericia, "400".to_owned()),
            (Method::Bazett, "422".to_owned()),
            (Method::CorrectedCalcium, "9.2".to_owned()),
            (Method::UrineRatio, "2000".to_owned()),
            (Method::Differential, "2".to_owned()),
            (Method::PerformanceScale, "70 to 80".to_owned()),
        ]
    );
    let segmented = vec![
        result("6690-2", "Leukocytes", "5 10*9/L", "2026-06-01"),
        result("769-0", "Segmented neutrophils/100 leukocytes", "40 %", "2026-06-01"),
        result("764-1", "Band form neutrophils/100 leukocytes", "4 %", "2026-06-01"),
    ];
    assert_eq!(
        calculated(&record("1976-01-01", RecordedSex::Male, segmented)),
        [(Method::Differential, "2.2".to_owned())]
    );
}

#[test]
fn liver_scores_need_a_liver_disease_and_say_what_is_not_stated() {
    let laboratory = || {
        vec![
            result("1975-2", "Bilirubin.total", "4.2 mg/dL", "2026-06-01"),
            result("6301-6", "INR", "1.2", "2026-06-02"),
            result("2160-0", "Creatinine", "1.9 mg/dL", "2026-06-01"),
            result("2951-2", "Sodium", "125 mmol/L", "2026-06-01"),
            result("1751-7", "Albumin", "3.0 g/dL", "2026-06-01"),
        ]
    };
    let scores = |facts: Vec<Fact>| -> Vec<(Method, String)> {
        calculated(&record("1976-01-01", RecordedSex::Male, facts))
            .into_iter()
            .filter(|(method, _)| matches!(method, Method::ChildPugh | Method::Meld | Method::MeldNa))
            .collect()
    };
    assert_eq!(scores(laboratory()), [(Method::Meld, "20".to_owned()), (Method::MeldNa, "28".to_owned())]);
    let terminology = Layered::plain(Terminology::builtin());
    let mut cirrhosis = laboratory();
    cirrhosis.push(fact(FactKind::Condition, "Condition", "c", &Coded::of_text("Cirrhosis of liver"), &terminology));
    assert_eq!(scores(cirrhosis.clone())[0], (Method::ChildPugh, "8 to 12".to_owned()));
    cirrhosis.push(result("x", "Ascites", "absent", "2026-06-01"));
    cirrhosis.push(result("y", "Hepatic encephalopathy", "none", "2026-06-01"));
    let facts = record("1976-01-01", RecordedSex::Male, cirrhosis);
    let score = facts.facts.iter().find(|fact| fact.derivation.as_ref().is_some_and(|d| d.method == Method::ChildPugh));
    let score = score.unwrap();
    assert!(matches!(&score.value, Some(Value::Quantity { written, .. }) if written == "8"));
    assert_eq!(score.grades[0].1, [2]);
    let derivation = score.derivation.as_ref().unwrap();
    assert!(derivation.from.contains("ascites: none") || derivation.from.contains("ascites: "), "{}", derivation.from);
    assert_eq!(derivation.inputs.len(), 3);
}

#[test]
fn adding_twice_is_adding_once_and_the_order_does_not_matter() {
    let facts = vec![
        result("2160-0", "Creatinine", "1.0 mg/dL", "2026-06-01"),
        result("2160-0", "Creatinine", "1.1 mg/dL", "2026-06-01"),
        result("29463-7", "Body weight", "72 kg", "2026-05-20"),
        result("29463-7", "Body weight", "74 kg", "2026-05-20"),
    ];
    let once = record("1976-01-01", RecordedSex::Male, facts.clone());
    let mut twice = once.clone();
    trialway_derived::add(&mut twice, Terminology::builtin());
    assert_eq!(twice, once);
    let mut turned = facts;
    turned.reverse();
    assert_eq!(calculated(&record("1976-01-01", RecordedSex::Male, turned)), calculated(&once));
}
