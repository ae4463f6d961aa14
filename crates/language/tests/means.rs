//! What is named to show something else, dates, labels of groups, and numbers as they are written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use shared::{exclusion, inclusion};

#[test]
fn a_wash_out_asks_for_the_time_and_not_for_the_treatment() {
    for (item, words) in [
        ("At least 7 days post last chemotherapy", "not: took chemotherapy in the last 7 days"),
        ("≥ 3 weeks after prior radiotherapy", "not: had radiotherapy (radiation treatment) in the last 3 weeks"),
    ] {
        let got = inclusion(item);
        assert_eq!((got.words.as_str(), got.unread.len()), (words, 0), "{item}");
    }
    // Whether it must have been had is not said.
    assert!(inclusion("≥ 30 days post surgery").words.contains("and not: had surgery (operation) in the last 30 days"));
    assert!(!inclusion("≥ 2 days post hydroxyurea").unread.is_empty());
    assert!(!inclusion("At least 4 weeks after major surgery").unread.is_empty());
}

#[test]
fn numbers_as_they_are_written() {
    for (item, words) in [
        ("Platelets < 50 000/mm3", "platelet count less than 50000 /µL"),
        ("Creatinine clearance above 45 ml/mn", "creatinine clearance more than 45 mL/min"),
    ] {
        let got = exclusion(item);
        assert_eq!((got.words.as_str(), got.unread.len()), (words, 0), "{item}");
    }
    assert_eq!(
        inclusion("BMI from 18.5 to less than 25.0 kg/m2").words,
        "body mass index at least 18.5 kg/m2; and body mass index less than 25 kg/m2"
    );
    // A number behind a space that is no group of three digits is another one.
    assert!(!exclusion("Platelets < 50 00/mm3").unread.is_empty());
}

#[test]
fn ages_with_words_around_them() {
    for item in
        ["Age 18 (eighteen) years or older", "Male/female, 18 yr or over", "Age ≥ 18 years, both genders are eligible"]
    {
        let got = inclusion(item);
        assert_eq!((got.words.as_str(), got.unread.len()), ("age at least 18 years", 0), "{item}");
    }
    // The age of majority of no country is above 21.
    let got = inclusion("18 years or older (or the legal age of the country)");
    assert!(got.words.starts_with("age at least 18 years; and (age at least 21 years; or"), "{}", got.words);
}

#[test]
fn labels_say_whom_the_words_concern() {
    for item in ["Arm B: must have received fluconazole", "Cohorts 1 and 2 only: prior treatment with rituximab"] {
        assert!(!inclusion(item).unread.is_empty(), "{item}");
    }
    assert!(inclusion("Part of the day: asthma").unread.len() < 2);
}

#[test]
fn a_limit_behind_what_is_required_counts_by_itself() {
    let got = exclusion("Renal insufficiency requiring dialysis or an eGFR of less than 60 mL/min/1.73 m2");
    assert!(got.words.contains("; or eGFR (a measure of the kidneys) less than 60"), "{}", got.words);
}

#[test]
fn what_belongs_to_another_name_is_not_asked_for() {
    for item in [
        "Disability Index for Back Pain of 21 to 80 %",
        "Decreased disc height",
        "Anxiety below the required level",
        "Pain rating scale above 5",
    ] {
        let got = exclusion(item);
        assert!(got.words.starts_with('“'), "{item}: {}", got.words);
    }
}

#[test]
fn an_age_in_a_bracket_and_times_that_are_no_age() {
    let got = inclusion("Adults (18-75 years) with asthma");
    assert_eq!(
        (got.words.as_str(), got.unread.len()),
        ("has asthma; and age at least 18 years; and age at most 75 years", 0)
    );
    // The last number says how long the diarrhea lasts.
    let got = inclusion("Children aged 6 months to 5 years presenting with diarrhea of less than 7 days duration");
    assert!(!got.words.contains("age less than"), "{}", got.words);
}

#[test]
fn an_operation_to_come_and_a_unit_of_account_are_not_looked_for() {
    let got = exclusion("Opioid use (> 30 mg morphine equivalents per day)");
    assert!(!got.words.contains("now: morphine"), "{}", got.words);
    let got = exclusion("QTcF > 451 ms for males or > 471 ms for females");
    assert_eq!(got.unread.len(), 0, "{}", got.words);
    assert!(got.words.contains("only if male: ") && got.words.contains("only if female: "), "{}", got.words);
}

#[test]
fn alternatives_lose_nothing() {
    // Of each medicine the time is that at the end, and it was not read.
    for item in [
        "Treatment with omalizumab, mepolizumab or dupilumab within 5 half-lives",
        "Diabetes with HbA1c > 9 % or requiring insulin",
    ] {
        assert!(!exclusion(item).unread.is_empty(), "{item}");
    }
    let got = inclusion("Hepatocellular carcinoma, BCLC stage B or C");
    assert!(!got.words.contains("or “"), "{}", got.words);
    let got = exclusion("Thrombocytopenia contraindicating intramuscular injection");
    assert!(!got.unread.is_empty(), "{}", got.words);
}

#[test]
fn names_of_diseases_with_the_word_disease() {
    for (item, name) in [("Parkinson's disease", "parkinson"), ("Crohn's disease", "crohn")] {
        let got = exclusion(item);
        assert_eq!(got.unread.len(), 0, "{item}: {}", got.words);
        assert!(got.words.to_lowercase().contains(name), "{}", got.words);
    }
    let got = inclusion("IgA nephropathy with proteinuria");
    assert!(got.words.contains("and"), "{}", got.words);
    assert_eq!(got.unread.len(), 0, "{}", got.words);
}

#[test]
fn who_failed_a_medicine_may_have_stopped_it() {
    let got = inclusion("Failed at least one TNF inhibitor");
    assert!(!got.words.contains("now"), "{}", got.words);
}

#[test]
fn what_stands_before_with_is_asked_of_every_name_of_the_list() {
    for (item, words) in [
        (
            "Aged 18 to 65 with asthma or COPD",
            "age at least 18 years; and age at most 65 years; and (has asthma; or has chronic obstructive",
        ),
        (
            "Patients older than 60 years with stroke or asthma",
            "age more than 60 years; and (has stroke; or has asthma",
        ),
        ("Hemoglobin > 9 g/dL with asthma or stroke", "hemoglobin more than 9 g/dL; and (has asthma; or has stroke"),
    ] {
        let got = inclusion(item);
        assert!(got.words.starts_with(words), "{item}: {}", got.words);
        let got = exclusion(item);
        assert!(got.words.contains("; and (has "), "{item}: {}", got.words);
    }
    for item in [
        "Men or women aged 40 to 75 years with asthma or stroke",
        "Aged 40 to 75 with asthma or stroke within 6 months",
    ] {
        let got = inclusion(item);
        assert!(got.words.contains("age at most 75 years; and (ha"), "{item}: {}", got.words);
    }
    // Alone they are a list.
    assert_eq!(inclusion("Patients with asthma or stroke").words, "has asthma; or has stroke");
}

#[test]
fn a_bracket_may_say_the_time_again() {
    let got = exclusion("Suicide attempt within the past year (12 months)");
    assert_eq!((got.words.as_str(), got.unread.len()), ("had suicide attempt in the last 1 year", 0));
}
