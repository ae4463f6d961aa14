//! What criteria are taken to say, in plain words. Each row was read by a person and found right, or rightly cautious.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use shared::{exclusion, inclusion};
use trialway_eligibility::lower;
use trialway_language::read;
use trialway_terminology::Terminology;

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
        "Only controlled hypertension is allowed",
        "Aspirin is permitted until it is stopped",
    ] {
        let got = inclusion(item);
        assert_eq!(got.unread.len(), 1, "{item}: {got:?}");
        assert!(got.words.starts_with('“'), "{item}: {got:?}");
    }
}

#[test]
fn what_is_forbidden_rules_out_and_what_is_allowed_asks_nothing() {
    for (item, included, excluded) in [
        ("Patients with epilepsy are excluded", "not: has epilepsy", "has epilepsy"),
        ("Concurrent chemotherapy is not permitted", "not: takes chemotherapy", "takes chemotherapy"),
        ("No concurrent chemotherapy is allowed", "not: takes chemotherapy", "takes chemotherapy"),
        ("Controlled asthma is allowed", "", ""),
    ] {
        assert_eq!(inclusion(item).words, included, "{item}");
        assert_eq!(exclusion(item).words, excluded, "{item}");
    }
    // What is allowed beside something that is ruled out may be a part of it: then nobody is ruled out for it.
    let got = inclusion("No prior chemotherapy. Prior tamoxifen is allowed.");
    assert!(got.words.contains("or (takes or ever took tamoxifen"), "{got:?}");
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
    let words =
        exclusion("Myocardial infarction, stroke or uncontrolled epilepsy within 180 days before screening").words;
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

#[test]
fn a_heading_with_words_on_its_line_still_begins_a_section() {
    let text =
        "Inclusion Criteria: Lupus. Age 2 to 20 years.\n\nExclusion Criteria: (1) Drug-induced lupus. (2) Pregnancy.";
    let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    let ids: Vec<String> = logic.criteria.iter().map(|criterion| criterion.id.to_string()).collect();
    assert_eq!(ids, ["I1", "E1", "E2"]);
    let text = "Inclusion Criteria: Lupus. Exclusion Criteria: Pregnancy.";
    let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    let ids: Vec<String> = logic.criteria.iter().map(|criterion| criterion.id.to_string()).collect();
    assert_eq!(ids, ["I1", "E1"]);
}

#[test]
fn a_denial_behind_a_name_is_of_what_follows_it() {
    for (item, said) in [
        ("Positive syphilis test that has not been treated", "syphilis test: positive"),
        ("Haemoglobin ≥ 8.5 g/dL without transfusion within 7 days", "hemoglobin at least 8.5 g/dL"),
        ("Neutrophils ≥ 1.0 x 10^9/L without G-CSF for 7 days", "at least 1 × 10⁹/L"),
    ] {
        let got = exclusion(item);
        assert!(got.words.contains(said) && !got.words.contains("not:"), "{item}: {got:?}");
        assert!(!got.unread.is_empty(), "{item}: {got:?}");
    }
}

#[test]
fn a_limit_for_some_leaves_the_limit_of_all_waivable() {
    let got = inclusion("Total bilirubin ≤ 1.5 x ULN (≤ 3 x ULN in participants with Gilbert syndrome)");
    assert!(got.words.starts_with("total bilirubin at most 1.5 times") && got.words.contains("or else"), "{got:?}");
    let waived = got.words.split("or else").nth(1).unwrap();
    assert!(waived.contains("at most 3 times") && waived.contains("Gilbert syndrome"), "{got:?}");
    let got = inclusion("ALT ≤ 3 x ULN (≤ 5 x ULN in the second part)");
    assert!(!got.words.contains("or else") || !got.unread.is_empty(), "{got:?}");
}

#[test]
fn what_is_asked_of_some_only_is_not_asked_of_all() {
    for item in ["Children aged 8 years and older give assent", "ALT ≤ 3 x ULN or ≤ 5 x ULN if the liver is involved"]
    {
        let got = inclusion(item);
        assert!(!got.unread.is_empty() && !got.words.contains("age at"), "{item}: {got:?}");
    }
    for (item, words) in [
        (
            "Lansky score ≥ 50 for participants younger than 16 years",
            "only if age less than 16 years: Lansky performance status (Lansky play score) at least 50",
        ),
        (
            "Reticulocytes < 80 x 10^9/L if haemoglobin is below 9 g/dL",
            "only if hemoglobin less than 9 g/dL: reticulocyte count (young red cells) less than 80 × 10⁹/L",
        ),
        ("If female, not breastfeeding", "only if female: not: only if female: has breastfeeding"),
    ] {
        assert_eq!(inclusion(item).words, words, "{item}");
    }
}

#[test]
fn what_only_a_person_can_say_waits_for_them_and_nothing_else() {
    for (item, consent) in [
        ("Not willing to have kidney biopsies", true),
        ("Unable to lie still for an hour", false),
        ("Willing to wear the glucose sensor", true),
        ("Ability to swallow tablets", false),
    ] {
        let got = exclusion(item);
        assert!(
            got.unread.is_empty() && got.needs_consent == consent && got.needs_judgement != consent,
            "{item}: {got:?}"
        );
        assert!(!got.words.contains("has ") && !got.words.contains("ever had"), "{item}: {got:?}");
    }
    // What stands in the same list is read by itself, or not at all.
    assert!(exclusion("Asthma, or unwilling to attend visits").words.starts_with("has asthma; or"));
    assert!(!exclusion("Unable to attend visits, asthma, or diabetes").unread.is_empty());
    let got = exclusion("Any heart disease that could interfere with the study");
    assert!(got.needs_judgement && got.words.contains("; and has heart disease"), "{got:?}");
}

#[test]
fn somebody_elses_disease_and_what_is_only_feared_are_not_the_patients() {
    for item in [
        "Family history of lupus or diabetes",
        "Vaccinated against hepatitis B",
        "At high risk of stroke",
        "Prevention of migraine",
    ] {
        let got = exclusion(item);
        assert!(!got.unread.is_empty() && !got.words.contains("has "), "{item}: {got:?}");
    }
}

#[test]
fn a_number_beside_what_is_not_measured_is_not_lost() {
    assert!(inclusion("Postmenopausal women 55 to 85 years of age").words.contains("age at least 55 years"));
    assert!(!exclusion("Prednisone > 20 mg/day").unread.is_empty());
    let got = inclusion("Asthma for 15 years or less");
    assert!(!got.words.contains("for at least 15 years"), "{got:?}");
}

#[test]
fn a_window_behind_an_exception_is_that_of_the_rule() {
    let words = exclusion("Any vaccine other than influenza vaccine within 30 days").words;
    assert!(
        words.contains("influenza vaccine") && words.contains("other than") && words.contains("in the last 30 days"),
        "{words}"
    );
}

#[test]
fn a_lead_in_says_how_many_of_its_items_are_asked_for() {
    for (lead, says) in [
        ("At least two of the following:", "at least 2"),
        ("One high risk factor:", "any of"),
        ("At least two moderate risk factors:", "at least 2"),
        ("Disease, defined as at least one of:", "any of"),
        ("All of the following:", "all of"),
    ] {
        let text = format!("Inclusion Criteria:\n\n* {lead}\n    * Gout\n    * Lupus\n    * Asthma\n");
        let logic = lower(&trialway_criteria::parse(&text).value, Terminology::builtin());
        let words = read(&logic.criteria[0].logic, &text, Terminology::builtin()).words;
        assert!(words.contains(says), "{lead}: {words}");
    }
}

#[test]
fn a_criterion_of_one_cohort_shuts_nobody_out_of_another() {
    let text = "Inclusion Criteria:\n\nCohort A:\n\n* Gout\n\nCohort B:\n\n* Lupus\n";
    let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    for criterion in &logic.criteria {
        let words = read(&criterion.logic, text, Terminology::builtin()).words;
        assert!(words.starts_with("only if “Cohort"), "{words}");
    }
}

#[test]
fn whom_a_criterion_is_about_is_not_denied_with_it() {
    for item in [
        "Women without a cycle for at least 2 years",
        "Women who are not breastfeeding",
        "Non-pregnant women",
        "Men without children",
    ] {
        let words = inclusion(item).words;
        assert!(!words.contains("not: female") && !words.contains("not: male"), "{item}: {words}");
    }
    for item in [
        "Men and women aged 18 to 75 years",
        "Female or male, 18 years or older",
        "Children (boys and girls) aged 6 to 12 years",
    ] {
        let words = inclusion(item).words;
        assert!(!words.contains("male") && words.contains("age at least"), "{item}: {words}");
    }
    let words = inclusion("Women must be postmenopausal; men with a partner must use a condom").words;
    assert!(words.contains("only if female:") && words.contains("only if male:"), "{words}");
    assert_eq!(inclusion("Women ≥ 18 years").words, "age at least 18 years; and female");
}

#[test]
fn windows_and_limits_stay_with_what_they_are_of() {
    let words = exclusion("Melanoma at any time, or another cancer within 5 years").words;
    assert_eq!(words.matches("in the last 5 years").count(), 1, "{words}");
    assert!(words.contains("ever had melanoma"), "{words}");
    let got = exclusion("Proteinuria > 3.5 g/day with serum albumin < 3.0 g/dL");
    assert!(!got.words.contains("albumin more than") && !got.unread.is_empty(), "{got:?}");
    let got = inclusion("Participants with an eGFR between 30 and 45 need a kidney biopsy");
    assert_eq!(got.unread.len(), 1, "{got:?}");
    let got = exclusion("Medicines within 14 days, other than corticosteroids (≤ 10 mg prednisone per day)");
    assert!(!got.words.contains("takes prednisone"), "{got:?}");
}

#[test]
fn examples_groups_and_alternatives_keep_their_reach() {
    let words = exclusion(
        "Stroke within 6 months before enrollment, including a history of transient ischemic attack or seizure",
    )
    .words;
    assert_eq!(words.matches("6 months before enrollment").count(), words.matches(" or ").count() + 1, "{words}");
    let words = inclusion("For the T2D study group: Diagnosed with type 2 diabetes").words;
    assert!(words.starts_with("only if “For the T2D study group”"), "{words}");
    let words = exclusion("Systolic blood pressure < 100 mmHg and/or diastolic blood pressure < 50 mmHg").words;
    assert!(words.contains("; or "), "{words}");
    let words = inclusion("AST and/or ALT ≤ 3 x ULN").words;
    assert!(words.contains("; and "), "{words}");
    assert!(!exclusion("Previous treatment of prostate cancer").unread.is_empty());
}

#[test]
fn what_is_asked_among_grounds_of_exclusion_is_no_ground() {
    let got = exclusion("Pregnant or breastfeeding. Patients must have a negative pregnancy test");
    assert!(!got.words.contains("negative)") && got.unread.len() == 1, "{got:?}");
}

#[test]
fn a_bracket_that_only_dates_gives_its_window() {
    let words = exclusion("Participation in another clinical study (current or within the last 30 days)").words;
    assert!(words.contains("30 days"), "{words}");
    let words = exclusion("Bacterial infection (current or within the last two weeks)").words;
    assert!(words.contains("2 weeks"), "{words}");
}

#[test]
fn a_limit_behind_a_disease_neither_replaces_it_nor_narrows_it_for_sure() {
    let got = exclusion("Renal dysfunction (serum creatinine > 1.5 x upper limit of normal)");
    assert!(got.words.contains("; or ") && !got.unread.is_empty(), "{got:?}");
}

#[test]
fn a_list_shares_what_is_said_before_it_and_keeps_apart_what_is_not() {
    let words = exclusion("Uncontrolled angina, hypertension or arrhythmia").words;
    assert_eq!(words.matches("uncontrolled").count(), 3, "{words}");
    let got = inclusion("Serum creatinine ≤ 1.5 mg/dL in males and ≤ 1.4 mg/dL in females");
    assert_eq!(
        got.words,
        "only if male: creatinine at most 1.5 mg/dL; and only if female: creatinine at most 1.4 mg/dL"
    );
    let got = exclusion("Severe hepatic impairment (hepatic failure, cirrhosis, etc.)");
    assert!(got.words.contains("; or "), "{got:?}");
    let got = exclusion("Previously participated in any clinical trial with rituximab");
    assert!(!got.unread.is_empty(), "{got:?}");
}

#[test]
fn no_this_or_that_is_neither() {
    for item in [
        "Not pregnant or breastfeeding",
        "No history of stroke or epilepsy",
        "No stroke, epilepsy or asthma",
        "No diabetes, no asthma",
    ] {
        let words = inclusion(item).words;
        assert!(
            words.contains("not: ") && words.contains("; and not: ") && !words.contains("; or "),
            "{item}: {words}"
        );
    }
    for item in [
        "No history of stroke",
        "Without a history of stroke",
        "No prior stroke",
        "No known history of stroke",
        "Never had a stroke",
    ] {
        let got = inclusion(item);
        assert!(got.words.contains("ever had stroke") || !got.unread.is_empty(), "{item}: {got:?}");
    }
    let words = exclusion("Stroke or epilepsy").words;
    assert!(words.contains("; or ") && !words.contains("not:"), "{words}");
}

#[test]
fn what_is_asked_of_both_sexes_in_one_sentence_is_not_asked_of_nobody() {
    let words = exclusion("Anemia defined by hemoglobin < 11.0 g/dL for males and < 10.0 g/dL for females").words;
    assert!(words.contains("not read"), "{words}");
    let words = inclusion("Women of childbearing potential and men must agree to use contraception").words;
    assert!(!words.contains("if") && words.contains("birth control"), "{words}");
}

#[test]
fn names_of_groups_and_of_their_kinds_are_told_apart() {
    for (item, wanted) in [
        ("Eastern Cooperative Oncology Group (ECOG) performance status 0-2", "ECOG"),
        ("Type 1 or type 2 diabetes", "diabetes"),
        ("Platelets >= 100,000/mcL", "100000"),
        ("Creatinine clearance >= 60 mL/minute", "60"),
        ("ALT <= 2.5 x IULN", "2.5"),
        ("Chronic obstructive pulmonary disease", "COPD"),
        ("Insulin therapy", "insulin"),
    ] {
        let words = inclusion(item).words;
        assert!(words.contains(wanted) && !words.contains("not read"), "{item}: {words}");
    }
    // Who had pneumonitis may have taken the medicine then: when is not said.
    let words = exclusion("History of pneumonitis requiring steroids").words;
    assert!(words.contains("not read"), "{words}");
}
