//! Names that the vocabulary lacks, and words that narrow what it has.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use shared::exclusion;

fn check(item: &str, words: &str) {
    assert_eq!(exclusion(item).words, words, "{item}");
}

#[test]
fn a_last_word_that_says_what_kind_of_thing_it_is_makes_a_name() {
    check("Blue rubber bleb syndrome", "has blue rubber bleb syndrome");
    check("History of foreign accent syndrome", "has or ever had foreign accent syndrome");
    check("Prior frenectomy within 6 months", "had frenectomy in the last 6 months");
    check("Use of zorvolizumab", "takes zorvolizumab");
    check("Tattoo removal", "ever had tattoo removal");
    // Without such a word it is asked for as it stands.
    check("Flibber gloomp", "this is so: flibber gloomp");
    assert!(!exclusion("Flibber must gloomp").unread.is_empty());
    // A word for no kind in particular names nothing by itself.
    assert!(!exclusion("Any syndrome").unread.is_empty());
}

#[test]
fn words_beside_a_known_name_narrow_it() {
    check("Recurrent nocturnal asthma", "has recurrent nocturnal asthma");
    check("Asthma exacerbation", "has asthma (exacerbation)");
    check("Psoriasis of the scalp", "has psoriasis (scalp)");
    check("Glaucoma in the study eye", "has glaucoma (in the study eye)");
}

#[test]
fn words_of_a_list_speak_of_the_name_that_ends_it() {
    check("Chronic or recurrent sinusitis", "has chronic sinusitis; or has recurrent sinusitis");
    let got = exclusion("Hepatitis B or C");
    assert!(got.unread.is_empty() && got.words.contains("hepatitis C"), "{got:?}");
}

#[test]
fn an_abbreviation_in_the_middle_of_a_name_is_passed_over() {
    let got = exclusion("Peripheral nervous system (PNS) lymphoma");
    assert!(got.unread.is_empty(), "{got:?}");
}

#[test]
fn a_state_may_be_denied() {
    check("Non-smoker", "not: has smoker");
    check("Right-handed dominance", "this is so: right handed dominance");
}

#[test]
fn what_a_treatment_is_for_narrows_it_or_is_not_read() {
    check("Surgery for obesity", "ever had surgery (operation) (obesity)");
    let got = exclusion("Hospitalization for worsening heart or renal failure in the past 8 weeks");
    assert!(!got.words.contains("kidney") && !got.unread.is_empty(), "{got:?}");
}

#[test]
fn listed_scores_are_a_range() {
    for item in ["ECOG performance status of 0 or 1", "Performance status: ECOG 0-1", "ECOG PS 0, 1"] {
        let got = exclusion(item);
        assert!(got.unread.is_empty() && got.words.ends_with("at most 1"), "{item}: {got:?}");
    }
    assert!(!exclusion("ECOG performance status 0 or 3").unread.is_empty());
}

#[test]
fn a_word_right_behind_a_name_names_another_thing() {
    assert!(!exclusion("Asthma education").unread.is_empty());
    assert!(
        !exclusion("Known opioid tolerance").words.contains("takes opioid"),
        "{:?}",
        exclusion("Known opioid tolerance")
    );
    let got = exclusion("Chemotherapy-naive");
    assert!(got.words.starts_with("not: takes or ever took chemotherapy"), "{got:?}");
}

#[test]
fn turns_that_would_rule_out_the_wrong_people_are_read_or_left() {
    check("Negative for metastatic disease", "not: has metastatic cancer (cancer that has spread)");
    let got = exclusion("Naive to all medicines given with interferon");
    assert!(!got.words.starts_with("takes"), "{got:?}");
    let got = exclusion("Pre-treatment with valproic acid");
    assert!(!got.words.contains("encephalopathy"), "{got:?}");
    let got = exclusion("Free of asthma, epilepsy, gout and psoriasis");
    assert_eq!(got.words.matches("not:").count(), 4, "{got:?}");
    check("History of allergic rhinitis", "has or ever had allergic rhinitis (hay fever)");
    let got = exclusion("Known opioid and NSAID allergies");
    assert!(!got.words.contains("takes"), "{got:?}");
    let got = exclusion("Tobacco, alcohol or drug abuse");
    assert!(!got.words.contains("takes"), "{got:?}");
    let got = exclusion("Waist > 102 cm (men) or > 88 cm (women)");
    assert!(!got.unread.is_empty(), "{got:?}");
    check(
        "Recovered from the toxic effects of chemotherapy",
        "“Recovered from the toxic effects of chemotherapy” (not read)",
    );
}
