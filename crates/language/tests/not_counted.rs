//! Kinds that do not count, and what must be known of them; opposites, means and lists of limits.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use shared::{exclusion, inclusion};

fn reads(item: &str, words: &str) {
    let got = exclusion(item);
    assert_eq!((got.words.as_str(), got.unread.len()), (words, 0), "{item}");
}

fn asks(item: &str, words: &str) {
    let got = inclusion(item);
    assert_eq!((got.words.as_str(), got.unread.len()), (words, 0), "{item}");
}

#[test]
fn a_kind_that_does_not_count_keeps_what_is_said_of_it() {
    reads(
        "History of malignancy within 5 years, except adequately treated basal cell carcinoma of the skin",
        "had malignancy (cancer), other than basal cell carcinoma (a skin cancer that seldom spreads) in the last 5 years; or had \
         basal cell carcinoma (a skin cancer that seldom spreads) (unless: adequately treated) in the last 5 years",
    );
    reads(
        "Malignancy within 3 years, except treated squamous or basal cell carcinoma of the skin with no evidence of recurrence in the \
         past 12 weeks",
        "had malignancy (cancer), other than non-melanoma skin cancer (skin cancer other than melanoma) in the last 3 years; or had \
         non-melanoma skin cancer (skin cancer other than melanoma) (unless: treated, no evidence of recurrence in the past 12 weeks) \
         in the last 3 years",
    );
    reads(
        "A malignancy, unless curatively treated with no recurrence for at least 5 years",
        "has malignancy (cancer) (unless: curatively treated with no recurrence for at least 5 years)",
    );
    // Examples in a bracket are no kinds of their own: other cancers of the breast count.
    let got =
        exclusion("Any malignancy, except for: non-melanoma skin cancer or carcinoma in situ (e.g. breast cancer)");
    assert!(!got.words.contains("breast"), "{}", got.words);
}

#[test]
fn a_sentence_of_exceptions_adds_no_ground() {
    for item in [
        "A malignancy that is progressing. Exceptions include basal cell carcinoma and carcinoma in situ of the cervix.",
        "A malignancy that is progressing (Note: patients with basal cell carcinoma or cervical carcinoma in situ are not excluded)",
    ] {
        let got = exclusion(item);
        assert!(got.words.contains("other than basal cell carcinoma"), "{item}: {}", got.words);
        assert!(!got.words.contains("or has cervical"), "{item}: {}", got.words);
    }
    // Whatever a relative clause goes on with, nobody without the disease is concerned.
    let got = exclusion("A malignancy that is progressing or requires active treatment");
    assert!(got.words.contains("; and “requires active treatment” (not read)"), "{}", got.words);
}

#[test]
fn the_opposite_of_what_is_wanted_rules_out() {
    for item in [
        "Unable or unwilling to comply with the protocol",
        "Refusal to sign the informed consent",
        "Failure to understand the informed consent form",
    ] {
        assert!(exclusion(item).words.starts_with("not: whether"), "{item}: {}", exclusion(item).words);
    }
    assert!(inclusion("Able and willing to comply with the protocol").words.starts_with("whether"));
}

#[test]
fn means_and_remarks_ask_for_nothing() {
    reads(
        "Current, untreated, major depression as assessed by the MINI",
        "has untreated major depressive disorder (major depression)",
    );
    reads("Previous treatment with dupilumab (ABX668/QR231893)", "takes or ever took dupilumab");
    reads("Severe reaction to latex (some packaging components may contain latex)", "severely allergic to latex");
    asks("HER2 negative by FISH or IHC", "HER2 status (HER2 (a tumor marker)): negative");
    asks("18 to 75 years old (at the time consent is obtained)", "age at least 18 years; and age at most 75 years");
    asks("Aged at least 40 years or older", "age at least 40 years");
}

#[test]
fn lists_of_limits_and_of_names() {
    asks(
        "Bilirubin < 1.5 x ULN, AST or ALT < 3 x ULN",
        "total bilirubin less than 1.5 times the laboratory's upper limit of normal; and (AST (a liver enzyme) less than 3 times the \
         laboratory's upper limit of normal; or ALT (a liver enzyme) less than 3 times the laboratory's upper limit of normal)",
    );
    reads("Age below 18 and above 85", "age less than 18 years; or age more than 85 years");
    reads(
        "Hepatitis A, B or C infection",
        "has hepatitis A, a liver infection; or has hepatitis B, a liver infection; or has hepatitis C, a liver infection",
    );
    reads(
        "HIV with a CD4 count < 350 cells/uL and/or a detectable HIV viral load",
        "has HIV infection; and (CD4 count (immune cells (CD4)) less than 350 /µL; or HIV RNA (the amount of HIV): positive)",
    );
    reads("Malignancy and have residual disease", "has malignancy (cancer); and has residual disease (illness)");
}

#[test]
fn a_denial_reaches_over_all_that_it_stands_before() {
    asks(
        "Radiotherapy or radiosurgery must have been completed at least 2 weeks before enrollment",
        "not: had radiotherapy (radiation treatment) in the 2 weeks before enrollment; and not: had radiosurgery in the 2 weeks \
         before enrollment",
    );
    asks(
        "Women must not be pregnant and breast-feeding",
        "only if female: not: only if female: has pregnancy; and not: only if female: has breastfeeding",
    );
    // What narrows the leukemia narrows what is denied: leukemia elsewhere is not asked about.
    assert!(inclusion("No leukemia in the spinal fluid").words.starts_with("not: has leukemia"));
}

#[test]
fn what_is_said_of_some_or_of_a_time_fails_nobody() {
    for item in [
        "If currently on medication: stable dose of fluoxetine for 60 days",
        "Post allogeneic stem cell transplantation must be at least 100 days",
    ] {
        let got = inclusion(item);
        assert!(!got.unread.is_empty() && !got.words.starts_with("ever had"), "{item}: {}", got.words);
    }
    // A grade of another scale is not one of side effects.
    assert!(!exclusion("Spondylolisthesis: Grade > 1").words.contains("side effect"));
    // "Symptomatic" is more than recorded as active.
    assert!(exclusion("Symptomatic heart failure").words.starts_with("has symptomatic heart failure"));
    let got = exclusion("Angioplasty, vascular stenting, bypass or surgery within 12 months");
    assert!(got.unread.iter().any(|words| words.contains("surgery")), "{}", got.words);
}
