//! The order of a list: degree of fit, then verdict, then score.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trialway_matching::{Options, Policy, Screening, Verdict};
use trialway_ranking::list::order;
use trialway_ranking::{Degree, Document, Index, Place, Profile, list};
use trialway_study::Study;
use trialway_terminology::Terminology;

const DAY: Date = Date::constant(2026, 6, 15);
const DEGREES: [Degree; 3] = [Degree::Words, Degree::Related, Degree::Condition];
const VERDICTS: [Verdict; 3] = [Verdict::Ineligible, Verdict::NeedsInformation, Verdict::PotentiallyEligible];

fn is_kept(places: &[Place]) -> bool {
    places.iter().enumerate().all(|(at, above)| {
        places[at + 1..].iter().all(|below| {
            above.degree > below.degree
                || above.degree == below.degree
                    && !(above.verdict == Verdict::Ineligible && below.verdict != Verdict::Ineligible)
        })
    })
}

#[test]
fn an_ineligible_study_never_stands_above_an_undecided_one_of_the_same_fit() {
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let place = (0..3_usize, 0..3_usize, 0.0..100.0_f64).prop_map(|(degree, verdict, score)| Place {
        document: 0,
        degree: DEGREES[degree],
        score,
        verdict: VERDICTS[verdict],
        counts: (0, 0, 0),
        why: Vec::new(),
        screening: Screening {
            verdict: VERDICTS[verdict],
            verdict_assumed: false,
            criteria: Vec::new(),
            structured: Vec::new(),
            pivotal: Vec::new(),
        },
    });
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[24; 32]))
        .run(&proptest::collection::vec(place, 0..30), |mut places| {
            places.sort_by(order);
            prop_assert!(is_kept(&places));
            Ok(())
        })
        .unwrap();
}

fn study(title: &str, text: &str) -> Study {
    let mut study =
        Study { brief_title: Some(title.to_owned()), conditions: vec![title.to_owned()], ..Study::default() };
    study.eligibility.text = Some(text.to_owned());
    study
}

#[test]
fn every_place_says_why() {
    let terminology = Terminology::builtin();
    let story = "A 34-year-old man presents with asthma. He has hypertension.";
    let note = trialway_note::read(story, DAY, terminology);
    let studies = [
        study("Asthma", "Inclusion Criteria:\n\n* Age 60 years or older"),
        study("Asthma", "Inclusion Criteria:\n\n* Age 18 years or older\n* Hemoglobin at least 10 g/dL"),
        study("Gout", "Inclusion Criteria:\n\n* Gout"),
        study("Hypertension", "Inclusion Criteria:\n\n* Hypertension"),
    ];
    let documents = studies
        .iter()
        .enumerate()
        .map(|(number, study)| {
            let tree = trialway_criteria::parse(study.eligibility.text.as_deref().unwrap());
            let logic = trialway_eligibility::lower_study(study, &tree, terminology);
            Document::of_study(&number.to_string(), study, logic, terminology)
        })
        .collect();
    let index = Index::new(documents, terminology);
    let profile = Profile::of(&note, story, terminology);
    let options = Options { as_of: DAY, policy: Policy::Strict, trial: None };
    let places = list(&index, &profile, &note.facts, &options, terminology);
    let order: Vec<usize> = places.iter().map(|place| place.document).collect();
    assert_eq!(order, [1, 0, 3, 2]);
    assert!(is_kept(&places) && places.iter().all(|place| !place.why.is_empty()));
    assert!(places[1].why.iter().any(|why| why.to_string().contains("speaks against it")), "{:?}", places[1].why);
}
