//! Limits by sex, pairs of pressures, other times for some treatments, and other research.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use shared::{exclusion, inclusion};

#[test]
fn each_sex_has_its_limit() {
    for (item, words) in [
        (
            "QTcF > 451 ms in men or > 471 ms in women",
            "only if male: corrected QT interval (heart tracing interval (QTc)) more than 451 ms; or only if female: corrected QT interval (heart tracing interval (QTc)) more than 471 ms",
        ),
        (
            "Prolonged QTc (> 471 ms in females, > 451 ms in males)",
            "only if female: corrected QT interval (heart tracing interval (QTc)) more than 471 ms; or only if male: corrected QT interval (heart tracing interval (QTc)) more than 451 ms",
        ),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
    assert_eq!(
        inclusion("Hemoglobin ≥ 10.1 g/dL (males) or ≥ 9.1 g/dL (females) within 14 days").words,
        "only if male: hemoglobin at least 10.1 g/dL in the last 14 days; and only if female: hemoglobin at least 9.1 g/dL in the last 14 days"
    );
    // A third limit is of somebody else.
    assert!(!exclusion("QTcF > 451 ms in men, > 471 ms in women or > 481 ms in runners").unread.is_empty());
}

#[test]
fn a_pair_of_pressures_is_two_limits() {
    let (upper, lower) =
        ("systolic blood pressure (upper blood pressure)", "diastolic blood pressure (lower blood pressure)");
    assert_eq!(
        exclusion("Sitting blood pressure > 161/101 mmHg").words,
        format!("{upper} more than 161 mmHg; or {lower} more than 101 mmHg")
    );
    assert_eq!(
        inclusion("Blood pressure < 141/91 mm Hg").words,
        format!("{upper} less than 141 mmHg; and {lower} less than 91 mmHg")
    );
    // What stands before it in one breath is said of both: which belongs to which is not.
    assert!(!exclusion("Uncontrolled hypertension blood pressure > 141/101 mmHg").unread.is_empty());
}

#[test]
fn some_treatments_have_a_time_of_their_own() {
    let got = inclusion("At least 4 weeks since prior chemotherapy (6 weeks for carmustine or mitomycin)");
    assert_eq!(
        got.words,
        "not: took chemotherapy in the last 4 weeks; and not: took carmustine in the last 6 weeks; or took mitomycin in the last 6 weeks"
    );
    let got = inclusion("At least 3 weeks since prior radiotherapy (5 weeks for the whole spine)");
    assert_eq!(
        got.words,
        "not: had radiotherapy (radiation treatment) in the last 3 weeks; and “5 weeks for the whole spine” (not read)"
    );
}

#[test]
fn other_research_rules_out_and_its_absence_is_asked_for() {
    for (item, words) in [
        (
            "Has participated in any investigational drug or device study within 30 days of study entry",
            "took part in another study in the 30 days before study entry",
        ),
        (
            "Currently enrolled in or has completed another device or drug trial less than 30 days ago",
            "took part in another study in the last 30 days",
        ),
        ("Planning to participate in any drug trial", "is taking part in another study"),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
    assert_eq!(
        inclusion("Not participating in any other clinical trial").words,
        "not: is taking part in another study"
    );
    assert_eq!(
        inclusion("No concurrent participation in another clinical trial").words,
        "not: is taking part in another study"
    );
    assert_eq!(
        inclusion("Signed consent to participation in a clinical study of exampliximab").words,
        "whether the informed consent form has been signed"
    );
}

#[test]
fn what_is_said_of_pregnancy_and_of_other_cancers_keeps_its_direction() {
    assert_eq!(
        inclusion("Female subjects have a negative urine or serum pregnancy").words,
        "only if female: pregnancy test: negative; and female"
    );
    // One of several grounds: whom it concerns is not said.
    let got = exclusion("Pregnant women, women of childbearing potential, or women who plan to become pregnant");
    assert!(!got.unread.is_empty(), "{got:?}");
    // Whether the study's own cancer is another one is not known.
    assert!(!exclusion("History of another primary malignancy").unread.is_empty());
    assert_eq!(
        exclusion("Another PD-1 inhibitor besides nivolumab").words,
        "takes PD-1 inhibitor, other than nivolumab"
    );
    assert_eq!(exclusion("HIV infection (HIV testing is not mandatory)").words, "has HIV infection");
    assert_eq!(exclusion("Had a stroke").words, "has or ever had stroke");
    assert!(!exclusion("Solid organ or allogeneic stem cell transplant").words.contains("solid stem"));
}

#[test]
fn what_is_named_as_an_example_binds_nobody() {
    let all = shared::readings(
        "Inclusion Criteria:\n\n* Scheduled for surgery, including but not limited to:\n  * hip replacement\n  * knee replacement\n",
    );
    assert!(all[0].words.contains("; or ") && !all[0].unread.is_empty(), "{:?}", all[0]);
}

#[test]
fn an_example_by_two_names_asks_for_nothing_more() {
    // Were the bracket asked for as well, a stroke alone would pass as no ground.
    for item in [
        "History of cerebrovascular disorder including transient ischemic attack (TIA)",
        "Cerebrovascular disease, such as transient ischemic attack (TIA)",
    ] {
        let got = exclusion(item);
        assert!(!got.words.contains("transient ischemic attack"), "{item}: {}", got.words);
        assert!(got.words.contains("cerebrovascular") && got.unread.is_empty(), "{item}: {got:?}");
    }
}

#[test]
fn feeding_beside_a_planned_pregnancy_counts_now_and_later() {
    for item in ["Pregnant, planning pregnancy or breast feeding", "Planning to become pregnant or breastfeeding"] {
        let got = exclusion(item);
        assert!(got.words.contains("breastfeeding") && got.unread.is_empty(), "{item}: {got:?}");
        assert_eq!(got.words.matches("breastfeeding").count(), 2, "{item}: {}", got.words);
    }
    let got = exclusion("Planning to breastfeed during the study");
    assert_eq!(got.words.matches("breastfeeding").count(), 1, "{}", got.words);
}

#[test]
fn a_result_is_of_the_name_before_it() {
    let got = inclusion("HER2-negative breast cancer");
    assert!(got.words.contains("has breast cancer") && !got.words.contains("not: has breast"), "{got:?}");
    let got = inclusion("HIV-negative adults with tuberculosis");
    assert!(got.words.contains("has tuberculosis") && !got.words.contains("not: has tuber"), "{got:?}");
}

#[test]
fn the_age_of_a_child_is_not_that_of_the_patient() {
    for item in ["Having a child between 2 and 5 years old", "Parents of children aged 6 to 12 years"] {
        let got = inclusion(item);
        assert!(!got.unread.is_empty() && !got.words.contains("at least"), "{item}: {got:?}");
    }
}

#[test]
fn a_list_of_methods_of_contraception_is_no_ground_for_exclusion() {
    let got = shared::readings(
        "Exclusion Criteria:\n\n* Women who do not agree to use contraception\n* Medically acceptable contraceptive methods: \
         condom, oral contraceptive pills taken for more than three months, contraceptive implants\n",
    );
    assert!(!got.iter().any(|one| one.words.contains("oral contraceptive")), "{got:?}");
}

#[test]
fn through_makes_a_range() {
    assert_eq!(inclusion("Ages 18 through 40").words, inclusion("Ages 18 to 40").words);
}

#[test]
fn what_is_behind_a_colon_is_said_of_what_is_measured_before_it() {
    for (item, same) in [
        ("Hemoglobin: ≥ 9 g/dL", "Hemoglobin ≥ 9 g/dL"),
        ("ECOG: 0-1", "ECOG 0-1"),
        ("Life expectancy: At least 6 weeks", "Life expectancy at least 6 weeks"),
        ("Pregnancy test: negative", "Pregnancy test negative"),
        ("Creatinine: ≤ 1.5 x ULN; Platelets: ≥ 100 x 10^9/L", "Creatinine ≤ 1.5 x ULN; Platelets ≥ 100 x 10^9/L"),
    ] {
        let got = inclusion(item);
        assert!(got.unread.is_empty(), "{item}: {got:?}");
        assert_eq!(got.words, inclusion(same).words, "{item}");
    }
}

#[test]
fn an_age_may_go_from_months_to_years() {
    let got = inclusion("Children 6 months to 5 years of age");
    assert!(got.unread.is_empty(), "{got:?}");
    assert!(got.words.contains("6 months") && got.words.contains("5 years"), "{got:?}");
}

#[test]
fn a_number_of_things_is_no_age() {
    let got = inclusion("Children aged 2 to 11 years with at least 20 episodes of otitis");
    assert!(!got.words.contains("20 years"), "{got:?}");
    assert!(!got.unread.is_empty(), "{got:?}");
}

#[test]
fn an_age_beside_pack_years_is_an_age() {
    let got = inclusion("Patients aged 40-80 with a smoking history of at least 10 pack-years");
    assert!(!got.words.contains("40 pack") && !got.words.contains("80 pack"), "{got:?}");
    assert!(got.words.contains("40") && got.words.contains("10"), "{got:?}");
}

#[test]
fn an_age_before_a_measurement_is_an_age() {
    for (item, limit) in [
        ("Patients aged 18-65 with HbA1c of 7-10%", "7"),
        ("Men aged 40 to 80 years with PSA > 4 ng/mL", "4"),
        ("Women 18-45 years old with BMI 25-40 kg/m2", "25"),
    ] {
        let got = inclusion(item);
        assert!(got.unread.is_empty(), "{item}: {got:?}");
        assert!(got.words.contains("age at least") && got.words.contains(limit), "{item}: {got:?}");
    }
    // A limit right before its name is its own.
    let got = inclusion("At least 10 pack-years of smoking");
    assert!(got.words.contains("10"), "{got:?}");
}
