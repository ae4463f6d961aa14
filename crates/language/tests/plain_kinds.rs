//! Kinds of sentences that said more than the record, or less: each with an invented record.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "shared/drafting.rs"]
mod drafting;

use drafting::{criteria, drafted, drafted_in, says, says_not};
use serde_json::{Value, json};
use trialway_language::{Draft, Words};

fn listing(conditions: &[&str]) -> Draft {
    drafted(json!({"conditionsModule": {"conditions": conditions}}))
}

fn titled(title: &str) -> Value {
    json!({"identificationModule": {"briefTitle": title}})
}

fn unfit(items: &str) -> Draft {
    drafted(json!({"eligibilityModule": criteria(&format!("Exclusion Criteria:\n\n{items}\n"))}))
}

#[test]
fn how_many_more_are_listed_is_counted_in_the_list() {
    let made = listing(&["Gout", "Asthma", "Halvic; Abnormal, Movement", "Eczema", "Rest Halvor"]);
    says(&made, "It is about gout, asthma, Eczema and 2 more.");
    let made = listing(&["Gout", "Asthma", "Eczema", "Acne", "Spine Fusion", "Healthy"]);
    says(&made, "It is about gout, asthma, Eczema and 3 more.");
    // A name that stands twice is one of those that are named.
    says(&listing(&["Gout", "GOUT", "Asthma", "Eczema", "Acne"]), "gout, asthma, Eczema and 1 more.");
    says(&listing(&["Gout; Asthma; Eczema"]), "It is about gout, asthma and Eczema.");
}

#[test]
fn what_is_given_together_is_not_told_alone() {
    let with = "Halvorine together with other treatment";
    for title in [
        "Halvorine plus sepridol for psoriasis",
        "Sepridol in Combination With Halvorine",
        "Halvorine + Light in Psoriasis",
    ] {
        let made = drafted(titled(title));
        says(&made, &format!("tests {with}"));
        says(&made, &format!("if treatment with {with} can help"));
    }
    for title in
        ["Halvorine plus placebo in psoriasis", "Halvorine versus sepridol plus light", "Halvorine in PS+ psoriasis"]
    {
        says_not(&drafted(titled(title)), "together with other treatment");
    }
    let arms = |labels: [&str; 2]| {
        let groups: Vec<Value> = labels
            .iter()
            .map(|label| json!({"label": label, "type": "EXPERIMENTAL", "interventionNames": ["Drug: Halvorine"]}))
            .collect();
        json!({"armsInterventionsModule": {"armGroups": groups, "interventions": [{"type": "DRUG", "name": "Halvorine"}]}})
    };
    says(&drafted(arms(["Halvorine plus sepridol", "Halvorine plus sepridol and light"])), with);
    says_not(&drafted(arms(["Halvorine plus sepridol", "Halvorine"])), with);
    says(&drafted_in(titled("Halvorine plus sepridol"), Words::spanish()), "junto con otro tratamiento");
    says(&drafted_in(titled("Halvorine plus sepridol"), Words::chinese()), "联合其他治疗");
    // What it is given after may be what helps.
    says_not(&drafted(titled("Halvorine after Transplantation in psoriasis")), "can help");
}

#[test]
fn a_word_that_names_organ_or_kind_survives() {
    says_not(&unfit("* Allogeneic hematopoietic transplant within 60 days"), "had transplantation");
    says(&unfit("* Prior allogeneic stem cell transplantation"), "from a donor");
    says_not(&unfit("* Drug abuse in the last 2 years"), "alcohol");
    for item in ["* Known or suspected drug abuse in the last 2 years", "* Gout, at the discretion of the investigator"]
    {
        assert!(unfit(item).unfits.is_empty(), "{item}");
    }
    says(&unfit("* Known or suspected pregnancy\n* Gout"), "have gout");
}

#[test]
fn parts_of_a_choice_are_no_lines_of_their_own() {
    let fit =
        |items: &str| drafted(json!({"eligibilityModule": criteria(&format!("Inclusion Criteria:\n\n{items}\n"))}));
    for lead in ["This includes:", "One of the following:", "Any of:", "A blood illness, either of the following:"] {
        let made = fit(&format!("* Age 18 or more\n* {lead}\n* Gout\n* Asthma"));
        assert_eq!(made.fits.len(), 1, "{lead}: {:?}", made.fits);
    }
    let made = fit("* An illness of the joints\n* i. Gout\n* ii. Arthritis\n* Asthma");
    says_not(&made, "have gout");
    says(&made, "have asthma");
    says(&fit("* All of the following criteria:\n* Gout\n* Asthma"), "have gout");
    for lead in ["with exception of:", "except:", "other than:", "unless:", "excluding:"] {
        let made = unfit(&format!("* Gout\n* Another tumor {lead}\n* Treated skin cancer\n* Asthma"));
        says(&made, "have gout");
        assert_eq!(made.unfits.len(), 1, "{lead}: {:?}", made.unfits);
    }
}

#[test]
fn an_aim_that_the_texts_deny_is_not_told() {
    let science = |title: &str| {
        drafted(json!({"identificationModule": {"briefTitle": title},
            "designModule": {"designInfo": {"primaryPurpose": "BASIC_SCIENCE"}}}))
    };
    says(&science("Halvorine in psoriasis"), "how the body or an illness works");
    for title in
        ["Safety of halvorine", "Comparison of two creams", "Clinical outcomes of a cream", "Usability of a cream"]
    {
        says_not(&science(title), "how the body or an illness works");
    }
}

#[test]
fn only_who_may_join_is_spoken_to() {
    let at = |status: &str| json!({"statusModule": {"overallStatus": status, "lastUpdatePostDateStruct": {"date": "2019-06-04"}}});
    for status in ["RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION"] {
        let made = drafted(at(status));
        says(&made, "You and some of the study team will not be told what you are given.");
        says(&made, "Taking part may not help you");
    }
    for (status, line) in [
        ("ACTIVE_NOT_RECRUITING", "It takes in no new people."),
        ("SUSPENDED", "By the record, the study is paused"),
        ("UNKNOWN", "Its state is not known: the record was last changed in June 2019."),
    ] {
        let made = drafted(at(status));
        says(&made, line);
        says(&made, "The people in the study and some of the study team are not told what they are given.");
        says_not(&made, "You ");
        says_not(&made, "help you");
        says_not(&made, "you are in");
        let spanish = drafted_in(at(status), Words::spanish());
        says_not(&spanish, "usted");
        says_not(&drafted_in(at(status), Words::chinese()), "您");
    }
}

#[test]
fn a_study_that_watches_tells_only_what_its_texts_bear_out() {
    let watching = |changes: Value| {
        let mut record = json!({"designModule": {"studyType": "OBSERVATIONAL", "designInfo": {"observationalModel": "COHORT"}},
            "armsInterventionsModule": {"armGroups": [], "interventions": []}});
        for (key, value) in changes.as_object().unwrap() {
            record[key] = value.clone();
        }
        drafted(record)
    };
    says(&watching(titled("Halvorine for psoriasis")), "It does not choose anyone's treatment.");
    let given = watching(json!({"eligibilityModule": {"studyPopulation": "Adults who will receive halvorine"}}));
    says_not(&given, "choose");
    let after = watching(titled("Sleep after Skin Surgery in psoriasis"));
    says(&after, "Its title says “after Skin Surgery”.");
    says_not(&watching(titled("Sleep after a cold in psoriasis")), "Its title says");
}

#[test]
fn a_narrower_illness_of_title_or_criteria_is_told() {
    let made = |title: &str, listed: &str, text: &str| {
        drafted(json!({"identificationModule": {"briefTitle": title}, "conditionsModule": {"conditions": [listed]},
            "descriptionModule": {"briefSummary": "Halvorine is tried."},
            "eligibilityModule": criteria(&format!("Inclusion Criteria:\n\n* {text}\n"))}))
    };
    says(&made("Halvorine in Acute Myeloid Leukemia", "Leukemia", "Leukemia"), "with acute myeloid leukemia.");
    says(&made("Halvorine in gout", "Gout", "Gout"), "with gout.");
    let kinds = "with certain kinds or stages of gout";
    says(&made("Halvorine in refractory gout", "Gout", "Gout"), kinds);
    says(&made("Halvorine in gout", "Gout", "Severe gout"), kinds);
    says_not(&made("Halvorine in gout", "Gout", "No severe gout"), kinds);
}

#[test]
fn an_operation_that_is_asked_for_leaves_nobody_out() {
    let made = drafted(json!({"eligibilityModule": criteria(
        "Inclusion Criteria:\n\n* Scheduled for spinal fusion\n\nExclusion Criteria:\n\n* Previous spinal fusion\n* Gout\n")}));
    says_not(&made, "have had spinal fusion");
    says(&made, "have gout");
}

#[test]
fn a_coin_has_two_sides() {
    let groups = |n: usize| {
        let groups: Vec<Value> =
            (0..n).map(|at| json!({"label": format!("Group {at}"), "type": "EXPERIMENTAL"})).collect();
        drafted(json!({"armsInterventionsModule": {"armGroups": groups}}))
    };
    says(&groups(2), "like the toss of a coin");
    says(&groups(3), "Chance decides which group you are in.");
    says_not(&groups(3), "coin");
}

#[test]
fn a_phase_that_the_title_names_otherwise_is_not_told() {
    let phase = |title: &str| {
        drafted(json!({"identificationModule": {"briefTitle": title}, "designModule": {"phases": ["PHASE2"]}}))
    };
    for title in ["Halvorine for psoriasis", "A Phase IIa trial of halvorine", "Phase 2b halvorine"] {
        says(&phase(title), "It is in phase 2");
    }
    for title in ["A Phase I/II trial of halvorine", "A Phase III trial of halvorine", "Phase 1b and 2 halvorine"] {
        says_not(&phase(title), "It is in phase");
    }
}

#[test]
fn what_one_breath_says_is_told_as_it_is_meant() {
    let made = unfit("* Pregnant, planning pregnancy or breast feeding");
    says(&made, "are pregnant");
    says_not(&made, "expect breastfeeding");
    says_not(&unfit("* Uncontrolled infection, e.g. bacterial infection"), "have bacterial infection");
    let fit =
        |items: &str| drafted(json!({"eligibilityModule": criteria(&format!("Inclusion Criteria:\n\n{items}\n"))}));
    says_not(&fit("* Gout with or without fever for > 3 months"), "have gout");
    says_not(&unfit("* Previous skin surgery that destabilizes the nail"), "destabilizes");
    says_not(&fit("* No gout or no asthma"), "do not have gout or");
    says_not(&fit("Eligible if all of the following criteria are met:\n\n* Gout"), "for the group");
    let services = |title: &str| {
        drafted(json!({"identificationModule": {"briefTitle": title},
            "designModule": {"designInfo": {"primaryPurpose": "HEALTH_SERVICES_RESEARCH"}}}))
    };
    says(&services("Halvorine in two clinics"), "how care is given");
    says_not(&services("Effect of halvorine on psoriasis"), "how care is given");
}
