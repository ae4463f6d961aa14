//! Labels under the policy for notes, on sentences of our own.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::civil::Date;
use trialway_criteria::Kind::{Exclusion, Inclusion};
use trialway_ranking::{Document, Index, Label, Profile, label};
use trialway_terminology::Terminology;

const DAY: Date = Date::constant(2026, 6, 15);

#[test]
fn labels_follow_the_policy() {
    let terminology = Terminology::builtin();
    let story = "A 34-year-old man presents with asthma. He denies diabetes. BP 120/80. The patient will provide informed consent, \
                 and will comply with the protocol.";
    let note = trialway_note::read(story, DAY, terminology);
    for (kind, criterion, wanted) in [
        (Inclusion, "Age 18 years or older", Label::Included),
        (Inclusion, "Age 40 years or older", Label::NotIncluded),
        (Inclusion, "Asthma", Label::Included),
        (Inclusion, "Lupus nephritis", Label::NotEnoughInformation),
        (Inclusion, "Signed informed consent", Label::Included),
        (Inclusion, "Patients undergoing hip replacement", Label::NotIncluded),
        (Inclusion, "Hemoglobin at least 10 g/dL", Label::NotEnoughInformation),
        (Exclusion, "Asthma", Label::Excluded),
        (Exclusion, "Diabetes", Label::NotExcluded),
        (Exclusion, "Lupus nephritis", Label::NotExcluded),
        (Exclusion, "BMI over 40", Label::NotEnoughInformation),
        (Exclusion, "Pregnancy", Label::NotApplicable),
    ] {
        assert_eq!(label(&note, DAY, kind, criterion, terminology), wanted, "{kind:?} {criterion}");
    }
}

#[test]
fn the_condition_of_the_story_goes_before_its_words() {
    let terminology = Terminology::builtin();
    let story = "A 34-year-old man presents with asthma. His brother had gout. He denies diabetes.";
    let note = trialway_note::read(story, DAY, terminology);
    let profile = Profile::of(&note, story, terminology);
    assert_eq!(profile.topics.first().map(|topic| topic.concept.as_str()), Some("condition:asthma"));
    assert!(
        profile.topics.iter().all(|topic| !matches!(topic.concept.as_str(), "condition:gout" | "condition:diabetes"))
    );
    let document = |id: &str, title: &str| Document::of_text(id, title, "A study of a medicine.", terminology);
    let index = Index::new(
        vec![
            document("gout", "Gout in brothers"),
            document("asthma", "A medicine for asthma"),
            document("diabetes", "Diabetes"),
        ],
        terminology,
    );
    let ranked = index.rank(&profile, &note.facts, DAY, &[0, 1, 2], terminology);
    assert_eq!(ranked.first().map(|scored| scored.document), Some(1));
}
