//! Tables to facts: what counts, what does not and why; total, and deaf to order.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trialway_omop::{OmopError, Person, import};
use trialway_patient::{Certainty, Fact, FactKind, RecordedSex, RecordedStatus, Value};
use trialway_terminology::{ConceptId, Layered, Terminology};

const FILES: [(&str, &str); 8] = [
    ("person", include_str!("../../../../corpus/omop/person.csv")),
    ("condition_occurrence", include_str!("../../../../corpus/omop/condition_occurrence.csv")),
    ("drug_exposure", include_str!("../../../../corpus/omop/drug_exposure.csv")),
    ("measurement", include_str!("../../../../corpus/omop/measurement.csv")),
    ("observation", include_str!("../../../../corpus/omop/observation.csv")),
    ("procedure_occurrence", include_str!("../../../../corpus/omop/procedure_occurrence.csv")),
    ("visit_occurrence", include_str!("../../../../corpus/omop/visit_occurrence.csv")),
    ("concept", include_str!("../../../../corpus/omop/concept.csv")),
];

fn read(tables: &[(&str, &str)]) -> Vec<Person> {
    let bytes: Vec<(&str, &[u8])> = tables.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    import(&bytes, &Layered::plain(Terminology::builtin())).unwrap().value
}

fn one<'a>(person: &'a Person, reference: &str) -> &'a Fact {
    let mut found = person
        .facts
        .facts
        .iter()
        .filter(|fact| fact.kind != FactKind::Derived && fact.provenance.reference() == reference);
    let fact = found.next().unwrap_or_else(|| panic!("no {reference}: {:#?}", person.report));
    assert!(found.next().is_none(), "two of {reference}");
    fact
}

fn is(fact: &Fact, concept: &str) -> bool {
    let wanted = ConceptId::new(concept);
    fact.concepts.iter().any(|id| Terminology::builtin().is_a(id, &wanted))
}

#[test]
fn the_rows_of_every_table() {
    let people = read(&FILES);
    let [person] = people.as_slice() else { panic!("{}", people.len()) };
    assert_eq!(person.facts.patient, "7");
    assert_eq!(person.facts.birth.unwrap().to_string(), "1976-01-01");
    assert_eq!(person.facts.sex, Some(RecordedSex::Male));
    let diabetes = one(person, "condition_occurrence/1");
    assert!(is(diabetes, "condition:type_2_diabetes"), "{:?}", diabetes.concepts);
    // Coded on one day: neither over nor known to go on.
    assert_eq!((diabetes.status, diabetes.period.end), (RecordedStatus::Unstated, None));
    assert_eq!(one(person, "condition_occurrence/2").certainty, Certainty::Suspected);
    let warfarin = one(person, "drug_exposure/1");
    assert!(is(warfarin, "drug:warfarin"));
    assert_eq!(warfarin.period.end.unwrap().to_string(), "2026-06-30 or after", "a supply is no stop");
    let amoxicillin = one(person, "drug_exposure/2");
    assert_eq!(
        (amoxicillin.status, amoxicillin.period.end.unwrap().to_string().as_str()),
        (RecordedStatus::Ended, "2025-01-20")
    );
    let creatinine = one(person, "measurement/1");
    assert!(is(creatinine, "lab:creatinine") && creatinine.reference.1 == Some("1.3".parse().unwrap()));
    assert!(
        matches!(&one(person, "measurement/2").value, Some(Value::Quantity { number, .. }) if number.low.is_none())
    );
    assert!(matches!(one(person, "measurement/3").value, Some(Value::Detected { detected: false, .. })));
    assert!(is(one(person, "visit_occurrence/1"), "procedure:hospitalization"));
    let derived: Vec<&str> =
        person.facts.facts.iter().filter(|fact| fact.derivation.is_some()).map(|fact| fact.label.as_str()).collect();
    assert_eq!(derived, ["eGFR"]);
}

#[test]
fn what_is_left_out_says_why() {
    let person = read(&FILES).remove(0);
    let left: Vec<(&str, &str)> =
        person.report.left.iter().map(|left| (left.reference.as_str(), left.reason.as_str())).collect();
    assert_eq!(
        left,
        [
            ("condition_occurrence/3", "about a relative"),
            ("condition_occurrence/4", "names nothing that CONCEPT.csv holds"),
            ("visit_occurrence/2", "a visit, which no criterion asks about"),
        ]
    );
    assert_eq!(person.facts.family[0].label, "Family history of breast cancer");
    // Without CONCEPT.csv a row is known by its source value, and the report says so.
    let bare = read(&FILES[..7]).remove(0);
    assert!(bare.report.parts.iter().any(|left| left.reason.contains("201826")), "{:?}", bare.report);
    assert_eq!(one(&bare, "condition_occurrence/1").label, "E11.9");
}

#[test]
fn tables_that_cannot_be_read_are_named() {
    let error =
        |tables: &[(&str, &[u8])]| import(tables, &Layered::plain(Terminology::builtin())).unwrap_err().to_string();
    assert!(error(&[]).contains("no table `person`"));
    assert!(error(&[("person", b"a,b\n1,2\n")]).contains("no column `person_id`"));
    assert!(error(&[("PERSON", b"person_id,\xff")]).contains("byte 10"));
    assert!(matches!(
        import(&[("person", &vec![b' '; (64 << 20) + 1])], &Layered::plain(Terminology::builtin())),
        Err(OmopError::TooLarge { .. })
    ));
}

#[test]
fn people_do_not_share_rows() {
    let people = read(&[
        ("person", "person_id,gender_concept_id,year_of_birth\n12,8532,1990\n7,8507,1976\n"),
        ("death", "person_id,death_date\n12,2026-01-02\n"),
        ("condition_occurrence", "person_id,condition_concept_id,condition_source_value\n12,0,Asthma\n99,0,Gout\n"),
    ]);
    let ids: Vec<&str> = people.iter().map(|person| person.facts.patient.as_str()).collect();
    assert_eq!(ids, ["7", "12"]);
    assert!(people[0].facts.facts.is_empty() && people[0].facts.deceased.is_none());
    assert_eq!(people[1].facts.facts.len(), 1);
    assert_eq!(people[1].facts.deceased.unwrap().to_string(), "2026-01-02");
}

/// The same cases on every machine and every day.
fn runner(n_cases: u32) -> TestRunner {
    let config = Config { cases: n_cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[29; 32]))
}

#[test]
fn the_order_and_doubling_of_rows_changes_no_fact() {
    let want = read(&FILES);
    let table = (0..FILES.len()).prop_flat_map(|which| {
        let rows: Vec<String> = FILES[which].1.lines().skip(1).map(str::to_owned).collect();
        (Just(which), Just(rows.clone()).prop_shuffle(), prop::sample::select(rows))
    });
    runner(120)
        .run(&table, |(which, rows, again)| {
            let header = FILES[which].1.lines().next().unwrap();
            let text = format!("{header}\n{}\n{again}\n", rows.join("\n"));
            let mut files = FILES.to_vec();
            files[which].1 = &text;
            files.reverse();
            let got = read(&files);
            let facts = |people: &[Person]| people.iter().map(|person| person.facts.clone()).collect::<Vec<_>>();
            prop_assert_eq!(facts(&got), facts(&want));
            Ok(())
        })
        .unwrap();
}

#[test]
fn tables_with_bytes_changed_dropped_or_repeated_never_panic() {
    let edits = proptest::collection::vec((0..FILES.len(), any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..8);
    runner(250)
        .run(&edits, |edits| {
            let mut files: Vec<(&str, Vec<u8>)> =
                FILES.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
            for (which, place, byte, kind) in edits {
                let bytes = &mut files[which].1;
                if bytes.is_empty() {
                    continue;
                }
                let at = place.index(bytes.len());
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, b",\"\n\t;"[usize::from(byte) % 5]),
                    _ => {
                        bytes.drain(at..bytes.len().min(at + usize::from(byte)));
                    }
                }
            }
            let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
            let first = import(&borrowed, &Layered::plain(Terminology::builtin()));
            let second = import(&borrowed, &Layered::plain(Terminology::builtin()));
            match (first, second) {
                (Ok(a), Ok(b)) => prop_assert_eq!(a.value, b.value),
                (Err(a), Err(b)) => prop_assert_eq!(a, b),
                _ => prop_assert!(false, "not the same twice"),
            }
            Ok(())
        })
        .unwrap();
}
