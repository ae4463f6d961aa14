//! A reading that an editor takes out of use neither passes nor fails anybody, whatever the record says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use jiff::civil::date;
use trialway_editorial::{
    Answer, Checklist, Correction, Finding, ITEMS, Refusal, Stage, Standing, State, apply, may_become, reading,
    standing, state, text_hash,
};
use trialway_eligibility::{StudyLogic, lower_study};
use trialway_matching::{Cause, Effect, Options, Policy, Screening, Verdict, screen};
use trialway_patient::Facts;
use trialway_study::{Eligibility, Study};
use trialway_terminology::Terminology;

const TEXT: &str = "Inclusion Criteria:\n\n* Age 18 years or older\n* Organ function:\n    * Hemoglobin ≥ 60 g/L\n\n\
                    Exclusion Criteria:\n\n* History of seizures\n* Pregnancy\n";

fn logic(text: &str) -> StudyLogic {
    let study = Study {
        eligibility: Eligibility { text: Some(text.to_owned()), ..Eligibility::default() },
        ..Study::default()
    };
    lower_study(&study, &trialway_criteria::parse(text), Terminology::builtin())
}

fn facts(age: u32, more: &str) -> Facts {
    let record = format!(
        r#"{{"resourceType": "Bundle", "type": "collection", "entry": [
            {{"resource": {{"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "{}-01-01"}}}}{more}]}}"#,
        2026 - age
    );
    trialway_fhir::import(record.as_bytes(), Terminology::builtin()).unwrap().value.facts
}

fn screened(logic: &StudyLogic, facts: &Facts) -> Screening {
    let options = Options { as_of: date(2026, 6, 15), policy: Policy::Chart, trial: None };
    screen(logic, facts, &options, Terminology::builtin())
}

fn says(words: &str, finding: Finding) -> Correction {
    Correction {
        text_hash: text_hash(words),
        finding,
        written: words.to_owned(),
        reading: String::new(),
        author: "A. Editor".to_owned(),
        at: "2026-06-01T00:00:00Z".to_owned(),
        reason: "means at consent".to_owned(),
    }
}

#[test]
fn what_is_held_is_open_with_the_reason() {
    for finding in [Finding::Corrected, Finding::CannotBeComputed] {
        for age in [10, 40] {
            let facts = facts(age, "");
            let before = screened(&logic(TEXT), &facts);
            assert_eq!(before.criteria[0].effect, if age == 10 { Effect::Fail } else { Effect::Pass });
            let mut held = logic(TEXT);
            assert_eq!(apply(&mut held, &[says("Age 18 years or older", finding)]), 1);
            let after = screened(&held, &facts);
            let result = &after.criteria[0];
            assert_eq!((result.effect, result.open_reason), (Effect::Open, Some(Cause::Judgement)), "{age}");
            assert!(result.needs[0].to_string().contains("an editor: means at consent"), "{:?}", result.needs);
            assert_eq!(result.text, "Age 18 years or older");
            assert_ne!(after.verdict, Verdict::Ineligible);
            // The others are read as before.
            assert_eq!(
                before.criteria[1..].iter().map(|one| one.effect).collect::<Vec<_>>(),
                after.criteria[1..].iter().map(|one| one.effect).collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn a_held_part_leaves_the_whole_open_and_a_remark_does_not_settle_it() {
    let remark = r#", {"resource": {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "History of seizures"},
        "effectiveDateTime": "2026-06-01", "valueBoolean": true}}"#;
    let facts = facts(40, remark);
    assert_eq!(
        screened(&logic(TEXT), &facts).verdict,
        Verdict::Ineligible,
        "the remark counts while the reading is used"
    );
    let mut held = logic(TEXT);
    let corrections =
        [says("History of seizures", Finding::CannotBeComputed), says("Hemoglobin ≥ 60 g/L", Finding::Corrected)];
    assert_eq!(apply(&mut held, &corrections), 2);
    let after = screened(&held, &facts);
    assert_eq!(after.criteria[2].effect, Effect::Open);
    assert_eq!((after.criteria[1].effect, after.criteria[1].children[0].effect), (Effect::Open, Effect::Open));
    assert_ne!(after.verdict, Verdict::Ineligible);
}

#[test]
fn a_correction_follows_the_words_and_no_other_words() {
    let corrections = [says("Age 18 years or older", Finding::Corrected)];
    for (text, n) in [
        ("Inclusion Criteria:\n\n1\\. Age 18 years\n   or older\n", 1),
        ("Inclusion Criteria:\n\n* Weight over 40 kg\n* Age 18 years or older\n", 1),
        ("Inclusion Criteria:\n\n* Age 16 years or older\n", 0),
        ("Inclusion Criteria:\n\n* Age 18 years or older, in the opinion of the investigator\n", 0),
    ] {
        assert_eq!(apply(&mut logic(text), &corrections), n, "{text}");
    }
    // The last word counts.
    let taken_back = [corrections[0].clone(), says("Age 18 years or older", Finding::Withdrawn)];
    assert_eq!(apply(&mut logic(TEXT), &taken_back), 0);
    let confirmed = [corrections[0].clone(), says("Age 18 years or older", Finding::Confirmed)];
    assert_eq!(apply(&mut logic(TEXT), &confirmed), 0);
}

#[test]
fn a_confirmation_is_of_one_reading() {
    let read = reading(&logic(TEXT).criteria[0], TEXT);
    let confirmed = [Correction { reading: read.clone(), ..says("Age 18 years or older", Finding::Confirmed) }];
    assert!(matches!(state(&confirmed, "Age 18 years or older", &read), Some(State::Confirmed(_))));
    assert!(matches!(state(&confirmed, "Age 18 years or older", "something else"), Some(State::ReadOtherwise(_))));
    assert_eq!(state(&confirmed, "Age 19 years or older", &read), None);
}

#[test]
fn a_page_goes_its_way_and_no_other() {
    let full = Checklist::of(&"y".repeat(ITEMS.len()));
    let mut most = full.clone();
    for number in [1, 2] {
        most.set(number, Answer::No);
    }
    let mut few = most.clone();
    few.set(3, Answer::No);
    use Stage::{Drafted, InReview, Published};
    for (now, next, reviewer, unchanged, checklist, want) in [
        (Standing::Drafted, InReview, "A", false, &Checklist::default(), Ok(())),
        (Standing::Drafted, Published, "A", true, &full, Err(Refusal::Order(Standing::Drafted, Published))),
        (Standing::InReview, Published, "A", true, &full, Ok(())),
        (Standing::InReview, Published, "A", true, &most, Ok(())),
        (Standing::InReview, Published, "A", true, &few, Err(Refusal::TooLow(85))),
        (Standing::InReview, Published, "A", false, &full, Err(Refusal::Changed)),
        (Standing::InReview, Published, " ", true, &full, Err(Refusal::NoReviewer)),
        (Standing::InReview, Published, "A", true, &Checklist::of("yy"), Err(Refusal::Unanswered(18))),
        (Standing::InReview, InReview, "A", true, &full, Err(Refusal::Order(Standing::InReview, InReview))),
        (Standing::InReview, InReview, "A", false, &full, Ok(())),
        (Standing::Published, Published, "A", true, &full, Err(Refusal::Order(Standing::Published, Published))),
        (Standing::Stale, InReview, "A", false, &full, Ok(())),
        (Standing::Published, Drafted, "A", true, &full, Ok(())),
        (Standing::Drafted, Drafted, "A", true, &full, Err(Refusal::Order(Standing::Drafted, Drafted))),
    ] {
        assert_eq!(may_become(now, next, reviewer, unchanged, checklist), want, "{now:?} {next:?}");
    }
    assert_eq!(standing(Published, true, true), Standing::Published);
    assert_eq!(standing(Published, false, true), Standing::Stale);
    assert_eq!(standing(Published, true, false), Standing::Stale, "the sentences changed, not the record");
    assert_eq!(Checklist::of(&full.letters()), full);
}
