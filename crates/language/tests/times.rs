//! What criteria about times, ages, other research and steady treatment are taken to say. Each row was read by a person and found
//! right, or rightly cautious.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod shared;

use shared::{exclusion, inclusion};
use trialway_eligibility::lower;
use trialway_terminology::Terminology;

#[test]
fn a_sign_before_a_time_is_at_most_so_long_ago() {
    for (item, words) in [
        (
            "Major surgery < 4 weeks before enrollment",
            "had major surgery (major operation) in the 4 weeks before enrollment",
        ),
        (
            "Major surgery ≤ 28 days before enrollment",
            "had major surgery (major operation) in the 28 days before enrollment",
        ),
        (
            "Major surgery =< 28 days prior to enrollment",
            "had major surgery (major operation) in the 28 days before enrollment",
        ),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
    // Before a sign, an age is not an event.
    assert!(!inclusion("Age < 4 weeks before enrollment").unread.is_empty());
    assert_eq!(
        inclusion("Gestational age < 32 weeks").words,
        "gestational age (weeks of pregnancy) less than 32 weeks"
    );
}

#[test]
fn the_studys_own_vaccine_dates_and_is_not_asked_for() {
    let got = exclusion("Immunoglobulins within 3 months before the first dose of study vaccine");
    assert_eq!(got.words, "took immunoglobulin (antibody infusion) in the 3 months before dose of study vaccine");
}

#[test]
fn years_alone_are_an_age_unless_they_may_be_how_long_something_lasts() {
    for (item, words) in [
        ("18 and over", "age at least 18 years"),
        ("Over 18 years", "age more than 18 years"),
        ("35-75 years", "age at least 35 years; and age at most 75 years"),
        ("Adults aged ≥ 40 years with a diagnosis of epilepsy", "has epilepsy; and age at least 40 years"),
    ] {
        assert_eq!(inclusion(item).words, words, "{item}");
    }
    for item in [
        "At least 5 years",
        "Aged 18 years or older at diagnosis",
        "Patients with onset at age 18 or older",
        "Patients with a diagnosis at age 18 or older",
    ] {
        assert!(!inclusion(item).unread.is_empty(), "{item}");
    }
}

#[test]
fn of_other_research_all_words_are_read_or_left() {
    for (item, words) in [
        ("Participation in another study", "is taking part in another study"),
        ("Enrolled in any other interventional trial within 30 days", "took part in another study in the last 30 days"),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
    for item in [
        "A condition with a high risk for participation in an investigational study",
        "Participation in another study, except observational ones",
        "Participation in another study that involves radiation",
        "Participation in more than 2 other studies",
    ] {
        assert!(!exclusion(item).unread.is_empty(), "{item}: {:?}", exclusion(item));
    }
}

#[test]
fn what_a_timed_treatment_says_beside_its_time_is_not_lost() {
    assert_eq!(
        inclusion("On a stable dose of metformin for at least 3 months").words,
        "took a stable dose of metformin for at least 3 months"
    );
    let got = inclusion("Treatment with a stable dose of furosemide (40 or 80 mg per day) for at least 6 months");
    assert!(got.unread.iter().any(|words| words.contains("stable dose")), "{got:?}");
    assert!(got.unread.iter().any(|words| words.contains("mg")), "{got:?}");
}

#[test]
fn letters_spelled_out_in_brackets_say_nothing_more() {
    let got = inclusion("No history of CNS (central nervous system) metastases");
    assert!(got.unread.is_empty(), "{got:?}");
    assert!(got.words.starts_with("not: has or ever had CNS metast"), "{got:?}");
}

#[test]
fn classes_of_the_anesthetists_are_classes() {
    for item in ["ASA I-III", "ASA class I to III", "American Society of Anesthesiologists (ASA) physical status 1-3"] {
        assert_eq!(
            inclusion(item).words,
            "ASA physical status class (fitness for anesthesia (ASA)): 1 or 2 or 3",
            "{item}"
        );
    }
    // The letters mean a medicine, too.
    assert!(!exclusion("Treatment with ASA within 7 days").unread.is_empty());
}

#[test]
fn what_is_over_recent_or_to_come_is_told_apart() {
    for (item, words) in [
        ("Recent (within 30 days before enrollment) stroke", "had stroke in the 30 days before enrollment"),
        (
            "Major surgery within 4 weeks before enrollment or planned during the study",
            "had major surgery (major operation) in the 4 weeks before enrollment; or major surgery (major operation) is planned",
        ),
        ("Anticipated elective surgery during the study", "elective surgery (planned operation) is planned"),
        ("Chronic use of anticoagulants", "takes chronic anticoagulant (blood thinner)"),
        ("Weight loss of more than 5% in the last 6 months", "weight loss more than 5 % in the last 6 months"),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
}

#[test]
fn what_must_be_over_need_not_have_been() {
    for (item, words) in [
        (
            "Radiotherapy must be completed at least 4 weeks before enrollment",
            "not: had radiotherapy (radiation treatment) in the 4 weeks before enrollment",
        ),
        (
            "Prior chemotherapy completed at least 4 weeks before enrollment",
            "not: took chemotherapy in the 4 weeks before enrollment",
        ),
        (
            "Patients who completed chemotherapy at least 6 months before enrollment",
            "took chemotherapy more than 6 months before enrollment",
        ),
    ] {
        assert_eq!(inclusion(item).words, words, "{item}");
    }
}

#[test]
fn two_limits_joined_by_but_are_of_the_same_thing() {
    assert_eq!(inclusion("Age ≥ 18 but ≤ 75 years").words, "age at least 18 years; and age at most 75 years");
}

#[test]
fn what_a_product_contains_is_the_medicine_and_what_a_class_contains_narrows_it() {
    for (item, words) in [
        ("Taking clarithromycin or ritonavir-containing products", "takes clarithromycin; or takes ritonavir"),
        ("Products containing ritonavir", "takes ritonavir"),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
    let got = exclusion("Vaccines containing tetanus toxoid");
    assert!(got.words.contains("(containing") || !got.unread.is_empty(), "{got:?}");
    assert!(!exclusion("Diet containing gluten").unread.is_empty());
}

#[test]
fn what_asks_nothing_rules_nobody_out() {
    use trialway_eligibility::Expr;
    let text = "Exclusion Criteria:\n\n* Menopausal status not specified\n* Any of the following:\n    * Epilepsy\n    * Menopausal status not specified\n";
    let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    assert_eq!(logic.criteria[0].logic, Expr::Or(Vec::new()));
    let list = &logic.criteria[1];
    assert_eq!(list.logic, Expr::Node(list.children[0].id.clone()), "what asks nothing joins in nothing");
    let text = text.replace("Exclusion", "Inclusion");
    let logic = lower(&trialway_criteria::parse(&text).value, Terminology::builtin());
    assert_eq!(logic.criteria[0].logic, Expr::And(Vec::new()));
}

#[test]
fn limits_in_brackets_are_what_an_adequate_function_is() {
    assert_eq!(
        inclusion("Adequate marrow function (ANC ≥ 1500/mm3; platelets ≥ 100,000/mm3)").words,
        "neutrophil count at least 1500 /µL; and platelet count at least 100000 /µL"
    );
    assert_eq!(
        inclusion("Adequate organ function (WBC ≥ 3 x 10^9/L, hemoglobin ≥ 10 g/dL, and creatinine ≤ 1.6 mg/dL or creatinine clearance ≥ 60 mL/min)").words,
        "white blood cell count at least 3 × 10⁹/L; and hemoglobin at least 10 g/dL; and (creatinine at most 1.6 mg/dL; or creatinine clearance at least 60 mL/min)"
    );
}

#[test]
fn items_that_end_in_or_are_alternatives() {
    use trialway_eligibility::Expr;
    let text = "Inclusion Criteria:\n\n* Women who:\n    * Are postmenopausal for at least 1 year, OR\n    * Have had a hysterectomy, or\n    * Agree to use contraception\n";
    let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    let mut alternatives = false;
    fn walk(expr: &Expr, found: &mut bool) {
        match expr {
            Expr::Or(args) if args.iter().filter(|arg| matches!(arg, Expr::Node(_))).count() == 3 => *found = true,
            Expr::And(args) | Expr::Or(args) => args.iter().for_each(|arg| walk(arg, found)),
            Expr::Implies { condition, then, .. } => {
                walk(condition, found);
                walk(then, found);
            }
            _ => {}
        }
    }
    walk(&logic.criteria[0].logic, &mut alternatives);
    assert!(alternatives, "{:?}", logic.criteria[0].logic);
}

#[test]
fn a_time_may_be_counted_from_something_that_happened() {
    for (item, words) in [
        ("≤ 92 days postpartum", "had delivery (birth) in the last 92 days"),
        ("Within 7 days of stroke onset", "had stroke in the last 7 days"),
        (
            "At least 6 months after kidney transplantation",
            "ever had kidney transplantation; and not: had kidney transplantation in the last 6 months",
        ),
        ("3 to 12 months after stroke", "had stroke in the last 12 months; and not: had stroke in the last 3 months"),
    ] {
        let got = inclusion(item);
        assert_eq!(got.words, words, "{item}: {got:?}");
        assert!(got.unread.is_empty(), "{item}: {got:?}");
    }
    // A medicine's name behind a time, or more words than these, says something else.
    for item in [
        "At least 6 months after the last dose of rituximab in the first study",
        "4 weeks after lung surgery for cancer",
    ] {
        assert!(!inclusion(item).unread.is_empty(), "{item}");
    }
}
