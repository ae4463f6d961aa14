//! What an allergy is to, thing by thing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use shared::{exclusion, inclusion};

const OWN: &str =
    "allergic to anything; and whether the person is allergic to the study's own medicine or a part of it";
const ALIKE: &str = "allergic to anything; and whether the person is allergic to a medicine that is like the one named";

#[test]
fn each_thing_of_a_list_is_one_by_its_own_words() {
    for (item, words) in [
        ("Known allergic reaction to spearmint", "allergic to spearmint"),
        (
            "Known allergy or hypersensitivity to latex, sorbic acid, or aspirin",
            "allergic to latex; or allergic to sorbic acid; or allergic to aspirin",
        ),
        ("Allergy/intolerance to clonidine and eggs", "allergic to clonidine; or allergic to egg"),
        (
            "History of severe allergic, anaphylactic or other hypersensitivity reactions to chimeric or humanized antibodies",
            "severely allergic to chimeric antibody; or severely allergic to humanized antibody",
        ),
        ("Allergy to octreotide LAR or topical beta-blockers", "allergic to octreotide; or allergic to beta blocker"),
        (
            "Hypersensitivity to a taxane (docetaxel or paclitaxel)",
            "allergic to taxane chemotherapy; or allergic to docetaxel; or allergic to paclitaxel",
        ),
        ("Intolerant of drugs formulated with polysorbate 80", "allergic to drug formulated with polysorbate 80"),
        ("Hypersensitivity to vaccines", "allergic to vaccine"),
    ] {
        let got = exclusion(item);
        assert_eq!(got.words, words, "{item}");
        assert!(got.unread.is_empty(), "{item}: {got:?}");
    }
    assert_eq!(
        inclusion("No known allergies to eggs, milk or soy").words,
        "not: allergic to egg; or allergic to milk; or allergic to soy"
    );
}

#[test]
fn the_studys_own_medicine_and_its_parts_are_asked_for_once() {
    for (item, words) in [
        ("Hypersensitivity to any component of the exampliximab formulation", OWN.to_owned()),
        ("Intolerance to the trial product, its excipients or its carrier", OWN.to_owned()),
        ("Allergy to the vaccine", OWN.to_owned()),
        (
            "Known intolerance to aspirin or to drugs chemically related to it",
            format!("allergic to aspirin; or ({ALIKE})"),
        ),
        (
            "Reactions to compounds of similar chemical or biologic composition to the agents used in the study",
            String::new(),
        ),
    ] {
        let got = exclusion(item);
        if words.is_empty() {
            assert!(got.words.contains("like the one named"), "{item}: {got:?}");
        } else {
            assert_eq!(got.words, words, "{item}");
        }
    }
}

#[test]
fn what_a_list_goes_on_with_is_no_allergen() {
    for (item, words) in [
        ("Allergy to latex, asthma or seizures", "allergic to latex; or has asthma; or has seizure (fit)"),
        (
            "Hypersensitivity to fluorouracil or known dihydropyrimidine dehydrogenase deficiency",
            "allergic to fluorouracil; or has dihydropyrimidine dehydrogenase deficiency",
        ),
        ("Allergic to lidocaine or with a history of stroke", "allergic to lidocaine; or has or ever had stroke"),
    ] {
        assert_eq!(exclusion(item).words, words, "{item}");
    }
}

#[test]
fn what_says_more_than_an_allergy_is_not_taken_for_one() {
    assert!(!exclusion("Known allergy to drugs such as sulfonamides").unread.is_empty());
    // Both are asked of one person: which allergy stands for which is not said.
    assert!(!inclusion("Allergic to exampliximab and placebocillin").words.contains("; or "));
}

#[test]
fn nothing_beside_an_allergy_is_lost() {
    let got = exclusion("Contraindication or allergy to gadolinium, asthma or seizures");
    assert!(got.words.contains("whether something speaks against"), "{got:?}");
    assert!(got.words.contains("has asthma") && got.words.contains("has seizure"), "{got:?}");
    let got = exclusion("Allergy to latex, (only with hives) eggs");
    assert!(got.words.contains("hives") || !got.unread.is_empty(), "{got:?}");
    // A treatment that is not required narrows; only a test that is not is a remark.
    assert!(exclusion("Asthma (medication not required)").words != "has asthma");
}
