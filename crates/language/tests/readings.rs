//! What criteria are taken to say, in plain words. Each row was read by a person and found right, or rightly cautious.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use trialway_eligibility::lower;
use trialway_language::{Reading, read};
use trialway_terminology::Terminology;

fn reading(heading: &str, item: &str) -> Reading {
    let text = format!("{heading}\n\n* {item}\n");
    let logic = lower(&trialway_criteria::parse(&text).value, Terminology::builtin());
    assert_eq!(logic.criteria.len(), 1, "{item}");
    read(&logic.criteria[0].logic, &text, Terminology::builtin())
}

fn inclusion(item: &str) -> Reading {
    reading("Inclusion Criteria:", item)
}

fn exclusion(item: &str) -> Reading {
    reading("Exclusion Criteria:", item)
}

#[test]
fn words_that_may_turn_a_limit_leave_it_unread() {
    for item in [
        "Creatinine more than twice the upper limit of normal for age",
        "Platelets that fell below half of the value before",
        "Haemoglobin outside the limits of the laboratory",
        "Hypertension otherwise than mild",
    ] {
        let got = exclusion(item);
        assert!(!got.unread.is_empty(), "{item}: {got:?}");
        assert!(got.words.starts_with('“') && got.words.ends_with("(not read)"), "{item}: {got:?}");
    }
}

#[test]
fn what_the_study_does_with_whom_it_fits_is_not_taken_for_a_condition() {
    for item in [
        "People cannot take part if they have epilepsy or a psychosis",
        "Patients with diabetes are excluded",
        "Controlled hypertension is allowed",
        "Aspirin is permitted",
        "Pregnant women are not eligible",
    ] {
        let got = inclusion(item);
        assert_eq!(got.unread.len(), 1, "{item}: {got:?}");
        assert!(got.words.starts_with('“'), "{item}: {got:?}");
    }
}

#[test]
fn a_number_is_an_age_only_beside_words_of_age() {
    for (item, has_age) in [
        ("Age 18 to 75 years", true),
        ("Age: ≥ 18 years", true),
        ("At least 18 years old", true),
        ("Adults aged 18 or older", true),
        ("At least 18 years old, trouble sleeping on at least 3 nights per week", true),
        ("Trouble sleeping for at least 3 months", false),
        ("Able to walk 20 metres", false),
        ("Has smoked for more than 10 years", false),
    ] {
        let words = inclusion(item).words;
        assert_eq!(words.contains("age at") || words.contains("age more"), has_age, "{item}: {words}");
        assert!(!words.contains("age at least 3 "), "{item}: {words}");
    }
}

#[test]
fn a_modifier_before_one_name_of_a_list_is_that_names_own() {
    let words = exclusion("Myocardial infarction, stroke or unstable angina within 180 days before screening").words;
    assert_eq!(words.matches("uncontrolled").count(), 1, "{words}");
    assert_eq!(words.matches("in the 180 days before screening").count(), 3, "{words}");
    let words = exclusion("Bacterial, viral or fungal infections that require treatment").words;
    assert_eq!(words.matches("that needs treatment").count(), 3, "{words}");
}

#[test]
fn the_proof_behind_a_list_is_asked_of_each() {
    let words = exclusion("IgA nephropathy or membranous nephropathy confirmed by kidney biopsy").words;
    assert_eq!(words.matches("confirmed by kidney biopsy").count(), 2, "{words}");
}

#[test]
fn lines_that_were_lost_to_tildes_are_items_again() {
    let text =
        "Inclusion Criteria:~1. Age 18 to 79 years~2. Gout~3. BMI 20~30 kg/m2~Exclusion Criteria:~1. HIV infection";
    let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    let ids: Vec<String> = logic.criteria.iter().map(|criterion| criterion.id.to_string()).collect();
    assert_eq!(ids, ["I1", "I2", "I3", "E1"]);
}
