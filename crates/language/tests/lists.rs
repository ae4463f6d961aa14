//! Lists, lead-ins, times and exceptions: what each name of a list is said to be. Sentences are invented.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use shared::{exclusion, inclusion, readings};
use trialway_eligibility::lower;
use trialway_terminology::Terminology;

#[test]
fn a_word_that_narrows_is_not_lost_in_a_wider_name() {
    for (item, words) in [
        ("Use of systemic corticosteroids", "takes systemic glucocorticoid (steroid medicine)"),
        (
            "Intraocular surgery within 3 months",
            "had intraocular surgery (operation inside the eye) in the last 3 months",
        ),
        ("Type 1 or type 2 diabetes", "has type 1 diabetes; or has type 2 diabetes"),
        ("Monoclonal antibodies within 3 months", "took monoclonal antibody in the last 3 months"),
        ("Active tuberculosis", "has active tuberculosis"),
        ("Major depressive disorder", "has major depressive disorder (major depression)"),
        ("CNS metastases", "has cancer spread to the brain (its linings or the spinal cord)"),
        ("Acute uveitis", "has acute uveitis (inflammation inside the eye)"),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
}

#[test]
fn what_is_against_a_disease_is_not_that_disease() {
    let got = exclusion("Anti-cancer antibody within 3 months");
    assert!(!got.words.contains("had malignancy") && !got.words.contains("has malignancy"), "{got:?}");
}

#[test]
fn what_dates_a_window_is_no_condition_of_its_own() {
    for item in ["Warfarin within 5 days prior to surgery", "Steroids within 6 months of cataract surgery"] {
        let got = exclusion(item);
        assert!(!got.words.contains("had surgery") && !got.words.contains("had cataract"), "{item}: {got:?}");
        assert!(!got.unread.is_empty(), "{item}: {got:?}");
    }
}

#[test]
fn the_time_at_the_head_of_a_list_is_that_of_each() {
    let words = exclusion("Current (in the past 6 months) diagnosis of gout, asthma or epilepsy").words;
    assert_eq!(words.matches("in the last 6 months").count(), 3, "{words}");
    let words = exclusion("Pregnant or planning to become pregnant in the next 12 months").words;
    assert_eq!(words.matches("during 12 months afterwards").count(), 1, "{words}");
}

#[test]
fn past_present_and_planned_are_kept_apart() {
    for (item, words) in [
        ("(History of) epilepsy", "has or ever had epilepsy"),
        ("Previous or active uveitis", "has or ever had uveitis (inflammation inside the eye)"),
        ("Participation in another clinical trial", "is taking part in another study"),
        ("Prior participation in another clinical trial", "took part in another study"),
        ("Methotrexate naive", "not: takes or ever took methotrexate"),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
    assert!(!exclusion("Methotrexate (MTX) naive").words.contains("takes"));
    // One name cannot be active and planned at once.
    assert!(!exclusion("Active or planned pregnancy").unread.is_empty());
    assert_eq!(inclusion("Elective knee replacement").words, "elective knee replacement is planned");
}

#[test]
fn how_severe_is_said_of_the_name_beside_it() {
    let words = exclusion("Severe asthma, epilepsy or gout").words;
    assert_eq!(words.matches("severe").count(), 1, "{words}");
    let words = exclusion("Severe cardiac, renal or hepatic disease").words;
    assert_eq!(words.matches("severe").count(), 3, "{words}");
    let words = exclusion("Active bacterial, fungal or viral infection").words;
    assert_eq!(words.matches("active").count(), 3, "{words}");
    assert_eq!(exclusion("Active, uncontrolled infection").words, "has uncontrolled active infection");
}

#[test]
fn the_eye_at_the_end_of_a_list_is_that_of_each() {
    let words = exclusion("Glaucoma, uveitis or cataract surgery in the study eye").words;
    assert_eq!(words.matches("in the study eye").count(), 3, "{words}");
}

#[test]
fn what_belongs_together_in_a_mixed_list_is_left_open() {
    let got = exclusion("NYHA class III heart failure, angina or stroke in the last 6 months and epilepsy");
    assert!(!got.unread.is_empty(), "{got:?}");
    let got = inclusion("A renal biopsy and IgA nephropathy or minimal change disease");
    assert!(got.words.contains("; and (") && got.words.contains("; or "), "{got:?}");
}

#[test]
fn medicines_in_brackets_are_kinds_not_further_conditions() {
    assert_eq!(exclusion("Use of anticoagulants (warfarin, heparin)").words, "takes anticoagulant (blood thinner)");
    let got = exclusion("Use of anticoagulants (warfarin, flibberone, heparin)");
    assert!(!got.words.contains("takes heparin"), "{got:?}");
    assert_eq!(exclusion("Use of adalimumab (Zumirex)").words, "takes adalimumab");
    assert!(!exclusion("Use of prednisone (oral)").unread.is_empty());
}

#[test]
fn an_exception_that_names_something_else_leaves_who_has_it_open() {
    let got = exclusion("Any surgery except hernia repair");
    assert!(got.words.contains("surgery"), "{got:?}");
    assert!(!got.unread.is_empty() || got.words.contains("other than"), "{got:?}");
    // A cure narrows the exception.
    assert!(exclusion("Malignancy except cured basal cell carcinoma").words.contains("(unless: cured)"));
}

#[test]
fn a_lost_sign_leaves_its_limit_unread() {
    for item in ["Diarrhea ? Grade 2", "Polyneuropathy > NCI grade"] {
        assert!(!exclusion(item).unread.is_empty(), "{item}");
    }
}

#[test]
fn what_is_needed_is_not_what_is_had() {
    assert!(!exclusion("Requires dialysis").unread.is_empty());
    assert!(!exclusion("Failure to meet asthma medication criteria").unread.is_empty());
}

#[test]
fn a_denial_among_grounds_of_exclusion_decides_nothing() {
    let text = "Exclusion Criteria:\n\n* No prior chemotherapy\n";
    let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
    let mut firm = Vec::new();
    logic.criteria[0].logic.for_each_leaf(&mut |leaf| {
        if let trialway_eligibility::expr::Expr::Atom(atom) = leaf {
            firm.push(atom.firmness);
        }
    });
    assert_eq!(firm, [trialway_eligibility::expr::Firmness::Tentative]);
}

#[test]
fn titles_ask_nothing() {
    for item in ["Performance status", "Menopausal status:", "Surgery"] {
        assert_eq!(inclusion(item).words, "", "{item}");
    }
    assert_eq!(exclusion("Surgery").words, "ever had surgery (operation)");
}

#[test]
fn items_beside_a_lead_in_that_may_not_all_be_asked_for_stay_open() {
    let text = "Inclusion Criteria:\n\n* One of the following:\n* Asthma\n* Gout\n";
    let got = readings(text);
    assert!(got.iter().skip(1).all(|reading| !reading.unread.is_empty()), "{got:?}");
    let text = "Inclusion Criteria:\n\n* Meets all of the following:\n* Asthma\n* Gout\n";
    let got = readings(text);
    assert_eq!(got[1].words, "has asthma", "{got:?}");
}

#[test]
fn a_lead_in_that_denies_turns_its_items() {
    let text = "Inclusion Criteria:\n\n* No history of:\n  * Asthma\n  * Gout\n";
    assert!(readings(text)[0].words.starts_with("not:") || readings(text)[0].words.starts_with("none"));
}

#[test]
fn a_limit_that_a_later_sentence_gives_some_stands_for_them() {
    let words = inclusion("AST ≤ 2.5 x ULN. If liver metastases are present, AST ≤ 5 x ULN").words;
    assert!(words.contains("; or (") || words.contains("not read"), "{words}");
}

#[test]
fn an_allergy_is_to_what_is_named() {
    let got = exclusion("Allergy or complications with a past vaccination");
    assert!(!got.words.contains("allergic to anything"), "{got:?}");
    let got = exclusion("Hypersensitivity to apomorphine or its excipients");
    assert!(got.words.starts_with("allergic to apomorphine") && !got.words.contains("this is so"), "{got:?}");
    assert_eq!(exclusion("Severe allergic reaction to latex").words, "severely allergic to latex");
}

#[test]
fn who_stands_before_a_list_is_meant_with_each_of_it() {
    let got = inclusion("Men with prostate cancer or benign prostatic hyperplasia");
    assert_eq!(got.words.matches("and male").count(), 2, "{got:?}");
    let got = inclusion("Women with endometriosis or patients with asthma");
    assert!(got.words.matches("and female").count() < 2, "{got:?}");
}

#[test]
fn a_time_before_a_colon_or_a_comma_is_that_of_each() {
    for item in ["Within 6 months: stroke, angina, gout", "Within the past 6 months, stroke, angina or gout"] {
        let got = exclusion(item);
        assert_eq!(got.words.matches("in the last 6 months").count(), 3, "{item}: {got:?}");
    }
}

#[test]
fn a_time_that_other_words_date_is_not_that_of_the_name_before() {
    let got = exclusion("Breastfeeding or within 6 months postpartum");
    assert_eq!(got.words, "only if female: has breastfeeding; or had delivery (birth) in the last 6 months");
    let got = exclusion("Asthma or within 6 months of the harvest festival");
    assert!(!got.words.contains("in the last 6 months") && !got.unread.is_empty(), "{got:?}");
}

#[test]
fn examples_of_a_kind_are_not_asked_for_beside_it() {
    for item in [
        "Heart disease, including angina, heart failure, arrhythmia",
        "Heart disease including angina, heart failure and arrhythmia",
        "Heart disease such as angina and heart failure",
    ] {
        let got = inclusion(item);
        assert!(!got.words.contains("; and"), "{item}: {got:?}");
    }
}

#[test]
fn another_time_of_the_same_disease_has_its_own_window() {
    let got = exclusion("Active tuberculosis or history of it within 3 years");
    assert_eq!(got.words, "has active tuberculosis; or had tuberculosis in the last 3 years", "{got:?}");
}

#[test]
fn an_organ_or_stem_cell_transplant_is_either() {
    for item in ["Prior organ or stem cell transplantation", "Solid organ or bone marrow transplant"] {
        let got = exclusion(item);
        assert!(
            got.words.contains("organ transplant") || got.words.contains("transplant of an organ"),
            "{item}: {got:?}"
        );
        assert!(got.words.contains("stem cell transplant"), "{item}: {got:?}");
    }
}

#[test]
fn a_disease_before_an_operation_says_what_it_is_for() {
    let got = exclusion("Radical lung cancer surgery within 6 months");
    assert!(!got.words.contains("had lung cancer"), "{got:?}");
    assert!(got.words.contains("in the last 6 months"), "{got:?}");
}

#[test]
fn what_the_last_treatment_is_for_may_be_that_of_each() {
    let got = inclusion("No prior surgery or radiotherapy for lung cancer");
    assert_eq!(got.words.matches("lung cancer").count(), 2, "{got:?}");
}

#[test]
fn a_word_before_the_first_of_two_names_leaves_the_second_open() {
    for item in [
        "Recurrent glioblastoma or anaplastic astrocytoma",
        "Systemic corticosteroids or antibiotics",
        "Unresectable melanoma or lymphoma",
    ] {
        assert!(!exclusion(item).unread.is_empty(), "{item}");
    }
    for item in ["Acute pancreatitis or chronic bronchitis", "Asthma or recurrent glioblastoma"] {
        assert!(exclusion(item).unread.is_empty(), "{item}");
    }
    let got = exclusion("Active tuberculosis or malignancy");
    assert_eq!(got.words.matches("has active").count(), 2, "{got:?}");
}

#[test]
fn a_life_expectancy_without_a_unit_is_not_read() {
    assert!(!inclusion("Life expectancy > 12").unread.is_empty());
    assert!(inclusion("Life expectancy > 12 weeks").unread.is_empty());
}

#[test]
fn who_was_in_this_study_before_is_not_dropped() {
    assert!(!exclusion("Patients enrolled in this study previously").unread.is_empty());
}

#[test]
fn what_is_now_and_what_was_lately_are_two() {
    let got = exclusion("Concurrent malignancy or malignancy within 3 years of study enrollment");
    assert_eq!(got.words, "has malignancy (cancer); or had malignancy (cancer) in the 3 years before study enrollment");
}

#[test]
fn what_a_list_shares_behind_a_name_is_put_back() {
    let got = exclusion("Known psychiatric or substance abuse disorder");
    assert!(got.words.contains("mental illness") && got.words.contains("substance"), "{got:?}");
}

#[test]
fn another_way_to_look_is_not_another_thing_to_have() {
    let got = inclusion("No evidence of distant metastases by chest x-ray (or chest CT scan)");
    assert!(!got.words.contains("; or"), "{got:?}");
    assert!(!got.unread.is_empty(), "{got:?}");
}

#[test]
fn a_denial_reaches_a_list_and_not_the_examples_of_what_was_not_read() {
    let got = inclusion("Not treated with a frobnicator or thiazolidinedione");
    assert!(got.words.contains("not: takes thiazolidinedione"), "{got:?}");
    let got =
        inclusion("Solid tumors for which no standard treatment exists, including melanoma, small cell lung cancer");
    assert!(!got.words.contains("not: has small cell"), "{got:?}");
}

#[test]
fn names_of_one_place_are_alternatives() {
    let got = inclusion("Type 1 or type 2 diabetes mellitus treated with insulin");
    assert!(got.words.contains("type 1 diabetes; or") || got.words.contains("type 1 diabetes or"), "{got:?}");
}

#[test]
fn a_result_at_the_head_of_a_list_is_that_of_each() {
    let got = exclusion("Positive for HIV, HBsAg, or hepatitis C");
    assert_eq!(got.words.matches("positive").count(), 3, "{got:?}");
    assert!(got.unread.is_empty(), "{got:?}");
}

#[test]
fn previous_or_current_use_is_use_at_any_time() {
    assert_eq!(exclusion("Previous or current use of tamoxifen").words, "takes or ever took tamoxifen");
}

#[test]
fn contraception_may_stand_for_what_it_is_joined_to_by_or() {
    let got = inclusion("Postmenopausal women or women using effective contraception");
    assert!(got.words.contains("; or") && !got.words.contains("; and whether"), "{got:?}");
}
