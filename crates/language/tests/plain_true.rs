//! Sentences that a coded field alone would make, and that the record's own texts do not bear out. Every record is invented.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "shared/drafting.rs"]
mod drafting;

use drafting::{change, criteria, drafted, drafted_in, says, says_not};
use serde_json::{Value, json};
use trialway_language::Words;

#[test]
fn healthy_people_are_let_in_where_a_text_says_so() {
    let ticked = |text: &str| json!({"eligibilityModule": {"healthyVolunteers": true, "eligibilityCriteria": text}});
    let all_have_it = drafted(ticked("Inclusion Criteria:\n\n* Psoriasis, with surgery planned\n"));
    says_not(&all_have_it, "healthy people");
    // The field says that healthy people may join: so not all have it, either.
    says(&all_have_it, "in adults. It is about psoriasis");
    says(&drafted(ticked("Inclusion Criteria:\n\n* Psoriasis, or healthy volunteers\n")), "(healthy people, too)");
    says(&drafted(ticked("Inclusion Criteria:\n\n* Asymptomatic adults\n")), "(healthy people, too)");
    says_not(&drafted(ticked("Inclusion Criteria:\n\n* Otherwise healthy adults with psoriasis\n")), "healthy people");
    let mut arms = ticked("Inclusion Criteria:\n\n* Psoriasis\n");
    arms["armsInterventionsModule"] = json!({"armGroups": [{"label": "Psoriasis"}, {"label": "Healthy controls"}]});
    says(&drafted(arms), "(healthy people, too)");
}

#[test]
fn what_people_have_already_is_not_prevented() {
    let prevention = |summary: &str, text: &str| {
        json!({
            "identificationModule": {"briefTitle": "Halvorine"},
            "descriptionModule": {"briefSummary": summary},
            "designModule": {"designInfo": {"primaryPurpose": "PREVENTION"}},
            "eligibilityModule": criteria(text)
        })
    };
    let had = drafted(prevention("Halvorine is tried.", "Inclusion Criteria:\n\n* Psoriasis of any kind\n"));
    says(&had, "Its aim is to help prevent problems in people with psoriasis.");
    says_not(&had, "to prevent psoriasis");
    says_not(&had, "help prevent psoriasis");
    let told =
        drafted(prevention("A cream to prevent flares in adults with psoriasis.", "Inclusion Criteria:\n\n* Adults\n"));
    says(&told, "prevent problems in people with psoriasis");
    let may_get = drafted(prevention("Can Halvorine prevent psoriasis?", "Inclusion Criteria:\n\n* No psoriasis\n"));
    says(&may_get, "learn how to prevent psoriasis");
    says(&may_get, "can help prevent psoriasis");
    // No text speaks of either: what is listed is said to be listed.
    let neither = drafted(prevention("A cream is tried.", "Inclusion Criteria:\n\n* Adults\n"));
    says(&neither, "It lists psoriasis as the condition.");
    says_not(&neither, "prevent psoriasis");
    for (words, said) in [(Words::spanish(), "prevenir problemas en personas con"), (Words::chinese(), "帮助预防患有")]
    {
        let had = prevention("Halvorine is tried.", "Inclusion Criteria:\n\n* Psoriasis of any kind\n");
        says(&drafted_in(had, words), said);
    }
}

#[test]
fn masking_that_the_record_denies_is_not_told() {
    let told = "will not be told";
    let masking = |description: &str| json!({"designModule": {"designInfo": {"maskingInfo": {"maskingDescription": description}}}});
    says(&drafted(masking("Nobody is told who gets what.")), told);
    for description in ["No masking", "This is open-label.", "The study is not blinded", "Non-blinded"] {
        says_not(&drafted(masking(description)), told);
    }
    says(&drafted(masking("The pharmacist is unblinded; all others are blinded.")), told);
    says_not(&drafted(json!({"identificationModule": {"officialTitle": "An Open-Label Trial of Halvorine"}})), told);
    says(
        &drafted(json!({"descriptionModule": {"briefSummary": "A double-blind trial in psoriasis, then open-label."}})),
        told,
    );
    // And the other way round.
    let open = |summary: &str| {
        json!({"descriptionModule": {"briefSummary": summary},
            "designModule": {"designInfo": {"maskingInfo": {"masking": "NONE", "whoMasked": []}}},
            "armsInterventionsModule": {"armGroups": [
                {"label": "Cream", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Halvorine"]},
                {"label": "Another cream", "type": "ACTIVE_COMPARATOR"}]}})
    };
    says(&drafted(open("A trial in psoriasis.")), "will know what you are given");
    says_not(&drafted(open("A double-blind trial in psoriasis.")), "will know what you are given");
}

#[test]
fn a_condition_that_no_text_bears_out_is_only_listed() {
    let other = drafted(json!({
        "descriptionModule": {"briefSummary": "Adults with dry skin try a cream."},
        "eligibilityModule": criteria("Inclusion Criteria:\n\n* Dry skin for a year\n")
    }));
    says(&other, "The record lists psoriasis as the condition.");
    says_not(&other, "treating psoriasis");
    says_not(&other, "with psoriasis");
    says(&drafted(json!({})), "learn more about treating psoriasis");
}

#[test]
fn an_expected_day_is_told_with_the_day_of_the_records_last_change() {
    let dates = json!({"statusModule": {"overallStatus": "NOT_YET_RECRUITING",
        "startDateStruct": {"date": "2021-03-01", "type": "ESTIMATED"},
        "completionDateStruct": {"date": "2023-05", "type": "ESTIMATED"},
        "lastUpdatePostDateStruct": {"date": "2021-02-11", "type": "ACTUAL"}}});
    let made = drafted(dates.clone());
    says(&made, "When the record was last changed, in February 2021, the study was expected to begin in March 2021.");
    says(&made, "was expected to end in May 2023.");
    says(&drafted_in(dates.clone(), Words::spanish()), "en febrero de 2021, se esperaba que el estudio empezara");
    says(&drafted_in(dates, Words::chinese()), "登记信息最后更改于");
    let begun = json!({"statusModule": {"startDateStruct": {"date": "2021-03-01", "type": "ACTUAL"}}});
    says(&drafted(begun), "It began in March 2021.");
}

#[test]
fn a_list_of_conditions_begins_with_those_of_the_title() {
    let made = drafted(json!({
        "identificationModule": {"briefTitle": "Sleep with nightmares"},
        "descriptionModule": {"briefSummary": "People with post-traumatic stress, eczema, gout, asthma or nightmares sleep badly."},
        "conditionsModule": {"conditions": ["Stress Disorders, Post-Traumatic", "Ptsd", "Eczema", "Gout", "Asthma", "Nightmare", "Nightmare Disorder"]}
    }));
    // Letters and the name that they stand for are one, and the title's stand first.
    says(
        &made,
        "The record lists Nightmare, nightmare disorder, Post-Traumatic Stress Disorders and 3 more as what it",
    );
    says_not(&made, "treating");
}

#[test]
fn what_no_group_gets_together_is_joined_by_or() {
    let arms = |groups: &[&[&str]]| {
        let names = ["Halvorine", "Sepridol", "Light"];
        let groups: Vec<Value> = groups
            .iter()
            .enumerate()
            .map(|(at, given)| {
                let given: Vec<String> = given.iter().map(|name| format!("Drug: {name}")).collect();
                json!({"label": format!("Group {at}"), "type": "EXPERIMENTAL", "interventionNames": given})
            })
            .collect();
        let listed: Vec<Value> = names.iter().map(|name| json!({"type": "DRUG", "name": name})).collect();
        json!({"armsInterventionsModule": {"armGroups": groups, "interventions": listed}})
    };
    says(&drafted(arms(&[&["Halvorine"], &["Sepridol"], &["Light"]])), "tests Halvorine, Sepridol or Light in");
    let some = drafted(arms(&[&["Halvorine", "Sepridol", "Light"], &[]]));
    says(&some, "tests Halvorine, Sepridol and Light (not everyone may get all of these) in");
    // What the second group is given is not listed.
    says_not(&some, "can help people");
    let plus = arms(&[&["Light", "Halvorine"], &["Light", "Sepridol"]]);
    says(&drafted(plus.clone()), "tests Light plus Halvorine or Sepridol in");
    says(&drafted_in(plus, Words::spanish()), "Light más Halvorine o Sepridol");
    says(&drafted(arms(&[&["Halvorine", "Sepridol", "Light"]])), "Halvorine, Sepridol and Light");
}

#[test]
fn a_study_that_measures_safety_is_about_safety() {
    let measures = |all: &[&str]| {
        let all: Vec<Value> = all.iter().map(|one| json!({"measure": one})).collect();
        json!({"outcomesModule": {"primaryOutcomes": all}, "designModule": {"phases": ["NA"]}})
    };
    says(&drafted(measures(&["Number of adverse events", "Feasibility"])), "how safe treatment with Halvorine is");
    says(&drafted(measures(&["Usability of the tube", "Engagement"])), "how well Halvorine can be used");
    let both = drafted(measures(&["Itch after a week", "Adverse events"]));
    says(&both, "how safe treatment with Halvorine is, and if it can help people with psoriasis");
    let pilot = json!({"identificationModule": {"briefTitle": "A pilot trial of Halvorine for psoriasis"},
        "outcomesModule": {"primaryOutcomes": [{"measure": "Acceptability"}, {"measure": "Itch"}]}});
    says(&drafted(pilot), "how well Halvorine can be used for people with psoriasis");
    let mut early = measures(&["Level of Halvorine in blood"]);
    early["designModule"] = json!({"phases": ["PHASE1"]});
    says_not(&drafted(early.clone()), "how safe treatment with");
    says_not(&drafted(early.clone()), "can help people");
    says_not(&drafted(early), "mainly of how safe");
    let mut levels = measures(&["Cmax of Halvorine", "AUC"]);
    levels["designModule"] = json!({"phases": ["PHASE1"]});
    says(&drafted(levels.clone()), "It mainly measures how the medicine moves through the body.");
    says(&drafted(levels), "to find out how Halvorine moves through the body");
}

#[test]
fn who_exercises_knows_it() {
    let exercise = |second: &str| {
        json!({"armsInterventionsModule": {
            "armGroups": [
                {"label": "Exercise", "type": "EXPERIMENTAL", "interventionNames": ["Behavioral: Daily walks"]},
                {"label": "Usual care", "type": second}],
            "interventions": [{"type": "BEHAVIORAL", "name": "Daily walks"}]}})
    };
    says_not(&drafted(exercise("NO_INTERVENTION")), "will not be told");
    says(&drafted(exercise("SHAM_COMPARATOR")), "will not be told");
    let kinds = json!({
        "designModule": {"designInfo": {"allocation": "NON_RANDOMIZED", "maskingInfo": {"whoMasked": ["INVESTIGATOR"]}}},
        "armsInterventionsModule": {"armGroups": [{"label": "Patients"}, {"label": "Healthy controls"}]}
    });
    let made = drafted(kinds);
    says(&made, "will not be told who is in which group");
    says_not(&made, "who is given what");
}

#[test]
fn chance_has_a_part_where_a_trait_decides() {
    let arm = |description: &str| {
        json!({"armsInterventionsModule": {"armGroups": [
            {"label": "Knife", "type": "EXPERIMENTAL", "description": description}, {"label": "Cream", "type": "OTHER"}]}})
    };
    says(&drafted(arm("From above or below, depending on the location of the plaque.")), "Chance has a part in");
    says(&drafted(arm("Twice a day, according to the protocol.")), "Chance decides which group");
    says(&drafted(arm("A dose depending on age.")), "Chance has a part in");
}

#[test]
fn the_kind_of_another_study_is_kept() {
    let unfit = |item: &str| json!({"eligibilityModule": criteria(&format!("Exclusion Criteria:\n\n* {item}\n"))});
    let made = drafted(unfit("Participation in other studies on drugs or devices within the last 30 days"));
    says(&made, "were in another study of drugs or devices in the last 30 days");
    let made = drafted(unfit("Participation in another clinical trial within the last 30 days"));
    says(&made, "were in another study in the last 30 days");
}

#[test]
fn a_placebo_that_everybody_knows_of_is_not_told() {
    let open = json!({"designModule": {"designInfo": {"maskingInfo": {"masking": "NONE", "whoMasked": []}}}});
    says_not(&drafted(open), "will know what you are given");
}

#[test]
fn healthy_people_alone_are_told_as_such() {
    let healthy = json!({
        "descriptionModule": {"briefSummary": "Wounds made by a laser in healthy volunteers are treated with halvorine."},
        "eligibilityModule": {"healthyVolunteers": true, "eligibilityCriteria": "Inclusion Criteria:\n\n* Non-smoker\n"}});
    let made = drafted(healthy);
    says(&made, "adults who are healthy");
    says_not(&made, "healthy people, too");
}

#[test]
fn what_is_tested_finds_disease_only_where_a_text_says_so() {
    let purpose = |title: &str| {
        json!({"identificationModule": {"briefTitle": title},
            "designModule": {"designInfo": {"primaryPurpose": "DIAGNOSTIC"}}})
    };
    says_not(&drafted(purpose("Halvorine against false spots on scans")), "find or follow disease");
    says(&drafted(purpose("Halvorine to detect psoriasis")), "find or follow disease");
}

#[test]
fn those_who_take_part_in_a_survey_need_not_have_the_illness() {
    let watched = json!({"designModule": {"studyType": "OBSERVATIONAL"}, "eligibilityModule": criteria("Inclusion Criteria:\n\n* Nurses who care for people with psoriasis\n")});
    says(&drafted(watched.clone()), "What is learned may help people with psoriasis later on.");
    says_not(&drafted(watched), "other people");
}

#[test]
fn other_illnesses_than_the_one_studied_are_not_told_without_other() {
    let unfit = |item: &str| json!({"eligibilityModule": criteria(&format!("Exclusion Criteria:\n\n* {item}\n"))});
    says_not(&drafted(unfit("Other skin disease")), "have skin disease");
    says_not(&drafted(unfit("Any other autoimmune disease")), "have autoimmune disease");
    says(&drafted(unfit("Autoimmune disease")), "autoimmune disease");
}

#[test]
fn ages_of_several_groups_are_not_each_asked_of_everyone() {
    let fit = |item: &str| json!({"eligibilityModule": criteria(&format!("Inclusion Criteria:\n\n* {item}\n"))});
    says_not(&drafted(fit("Aged 2 to 60 years (children from 2 to 17 years, adults from 18 to 60 years)")), "2 to 17");
    says(&drafted(fit("Aged 2 to 60 years")), "are 2 to 60 years old");
}

#[test]
fn a_time_behind_examples_may_be_theirs_alone() {
    let unfit = |item: &str| json!({"eligibilityModule": criteria(&format!("Exclusion Criteria:\n\n* {item}\n"))});
    says_not(&drafted(unfit("Heart disease, such as a stroke within 6 months")), "heart disease in the last");
    says(&drafted(unfit("Stroke within 6 months")), "in the last 6 months");
}

#[test]
fn usual_care_is_not_what_is_tested() {
    let listed = |names: &[&str]| {
        let listed: Vec<Value> = names.iter().map(|name| json!({"type": "OTHER", "name": name})).collect();
        json!({"armsInterventionsModule": {"armGroups": [{"label": "All", "type": "OTHER"}], "interventions": listed}})
    };
    says(&drafted(listed(&["Halvorine", "Standard of care for psoriasis"])), "tests Halvorine in");
    says(&drafted(listed(&["Standard of care"])), "tests Standard of care in");
}

#[test]
fn each_person_may_be_its_own_control() {
    let own =
        json!({"designModule": {"designInfo": {"interventionModelDescription": "Each patient is his own control."}}});
    says_not(&drafted(own), "There are 2 groups");
    says(&drafted(json!({})), "There are 2 groups");
}

#[test]
fn what_is_done_with_clinics_is_not_tested_in_patients() {
    let made = drafted(json!({"designModule": {"designInfo": {"primaryPurpose": "HEALTH_SERVICES_RESEARCH"}}}));
    says(&made, "This study looks at how care is given: Halvorine. It is about psoriasis.");
    says_not(&made, "in adults");
}

#[test]
fn a_vaccine_is_given_and_proper_names_keep_their_capitals() {
    let unfit = |item: &str| json!({"eligibilityModule": criteria(&format!("Exclusion Criteria:\n\n* {item}\n"))});
    let made = drafted(unfit("Recent live vaccine"));
    says_not(&made, "take recent");
    says_not(&made, "take live");
    let made = drafted(unfit("Live vaccine within the last 30 days"));
    says(&made, "were given live vaccine in the last 30 days");
    says(&drafted(unfit("Down syndrome")), "have Down syndrome");
}

fn listing(conditions: &[&str]) -> Value {
    json!({"descriptionModule": {"briefSummary": format!("Halvorine is tried in adults with {}.", conditions.join(", "))},
        "conditionsModule": {"conditions": conditions}})
}

#[test]
fn no_condition_of_the_record_is_lost_behind_another() {
    for (listed, said) in [
        (&["Plaque Psoriasis", "Psoriasis"][..], "about Psoriasis and Plaque Psoriasis"),
        (&["NSCLC", "Small Cell Lung Cancer"], "about NSCLC and Small Cell Lung Cancer"),
        (&["Non-Hodgkin Lymphoma", "Hodgkin Lymphoma"], "Non-Hodgkin Lymphoma and Hodgkin Lymphoma"),
        (&["Halvic Wound", "Tumor"], "about Halvic Wound and Tumor"),
        (&["Halvitis A", "Halvitis A With Inhibitors"], "about Halvitis A and Halvitis A With Inhibitors"),
        (&["Halvitis", "Halvitis", "Gout", "Asthma", "Eczema"], "about Halvitis, gout, asthma and 1 more"),
        (&["Halvitis; in Gout", "Eczema; Asthma"], "about Halvitis in Gout, eczema and asthma"),
        (&["Stiffness; Skin", "Gout"], "about gout and “Stiffness; Skin”"),
    ] {
        let made = drafted(listing(listed));
        assert!(made.gist[0].words.to_lowercase().contains(&said.to_lowercase()), "`{said}` in {:?}", made.gist);
    }
}

#[test]
fn listed_conditions_are_no_alternatives() {
    let made = drafted(listing(&["Gout", "Asthma"]));
    says(&made, "more about treatment. The record lists gout and asthma as what it is about.");
    says(&made, "if treatment with Halvorine can help. The record lists gout and asthma as what it is about.");
    says_not(&made, "gout or asthma");
    says(&drafted_in(listing(&["Gout", "Asthma"]), Words::spanish()), "como tema");
    says(&drafted_in(listing(&["Gout", "Asthma"]), Words::chinese()), "登记信息所列的主题为");
    // What is done is no illness, and stays on the list.
    let made = drafted(listing(&["Spine Fusion", "Psoriasis", "Smoking Cessation"]));
    says(&made, "It is about psoriasis, Spine Fusion and Smoking Cessation.");
    says_not(&made, "treating");
    says_not(&made, "people with");
}

#[test]
fn people_are_not_treated_for_being_people() {
    let made = drafted(listing(&["Patients Undergoing a Halvic Operation"]));
    says(&made, "The record lists Patients Undergoing a Halvic Operation as the condition.");
    for words in ["treating", "adults with", "people with"] {
        says_not(&made, words);
    }
    let made = drafted(listing(&["Psoriasis", "Quality of Life", "Healthy Volunteers"]));
    says(&made, "The record lists psoriasis and Quality of Life as what it is about.");
    says_not(&made, "Volunteers");
    let healthy = |measure: &str| {
        json!({"descriptionModule": {"briefSummary": "Drops are tried."},
            "conditionsModule": {"conditions": ["Healthy Adult Volunteers"]},
            "outcomesModule": {"primaryOutcomes": [{"measure": measure}]}})
    };
    let made = drafted(healthy("Plasma concentration of Halvorine"));
    says(&made, "its aim is to learn how the medicine moves through the body");
    says(&made, "This study tests Halvorine in adults.");
    says_not(&made, "Volunteers");
    let mut safe = healthy("Plasma concentration of Halvorine");
    safe["descriptionModule"] = json!({"briefSummary": "How safe drops are in healthy people."});
    says(&drafted(safe.clone()), "its aim is to learn how safe the medicine is, and how it moves through the body");
    says(&drafted(safe), "to find out how safe Halvorine is, and how it moves through the body");
    let asked = watching(json!({"identificationModule": {"briefTitle": "What pharmacists know of psoriasis"}}));
    says_not(&drafted(asked), "with psoriasis");
    let made = drafted(healthy("Adverse events"));
    says(&made, "its aim is to learn how safe the medicine is.");
    says(&made, "to find out how safe Halvorine is.");
    says_not(&made, "treating");
}

fn watching(more: Value) -> Value {
    let mut changes = json!({"designModule": {"studyType": "OBSERVATIONAL", "designInfo": {"timePerspective": "PROSPECTIVE"}},
        "armsInterventionsModule": {"interventions": [], "armGroups": []}});
    change(&mut changes, more);
    changes
}

#[test]
fn what_looks_back_gathers_nothing_anew() {
    let back = |summary: &str| {
        watching(json!({"descriptionModule": {"briefSummary": summary},
            "designModule": {"designInfo": {"timePerspective": "RETROSPECTIVE"}}}))
    };
    says(&drafted(back("Charts of adults with psoriasis are read.")), "looks back");
    for summary in [
        "Adults with psoriasis; skin samples at each visit.",
        "Adults with psoriasis will be enrolled.",
        "A prospective study of psoriasis.",
        "Adults with psoriasis give informed consent.",
    ] {
        says_not(&drafted(back(summary)), "looks back");
    }
}

#[test]
fn samples_of_people_are_told() {
    let of = |summary: &str| drafted(watching(json!({"descriptionModule": {"briefSummary": summary}})));
    says(&of("Adults with psoriasis are asked."), "you are watched or asked questions. The study does not");
    says(&of("Blood samples of adults with psoriasis."), "samples such as blood or tissue may be used. The study");
    says(&of("Blood samples of adults with psoriasis, for DNA."), "Genes may be looked at in them.");
    says(&of("A sample of 40 adults with psoriasis."), "asked questions. The study does not");
}

#[test]
fn who_watches_and_assigns_chooses() {
    let chooses = "does not choose your treatment";
    says(&drafted(watching(json!({}))), chooses);
    for text in ["Each surgeon allocates people.", "People are assigned to a cream.", "They are randomised."] {
        says_not(&drafted(watching(json!({"eligibilityModule": {"studyPopulation": text}}))), chooses);
    }
    let rivals = watching(json!({"armsInterventionsModule": {
        "armGroups": [{"label": "One", "interventionNames": ["Procedure: Scraping"]}, {"label": "Two", "interventionNames": ["Procedure: Peeling"]}],
        "interventions": [{"type": "PROCEDURE", "name": "Scraping"}, {"type": "PROCEDURE", "name": "Peeling"}]}}));
    let made = drafted(rivals);
    says_not(&made, chooses);
    says_not(&made, "does not choose anyone's treatment");
    says(&made, "The record lists Scraping and Peeling as what it looks at.");
    let given = watching(json!({"descriptionModule": {"detailedDescription": "Adults will receive a tracer."},
        "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": "Tracer"}]}}));
    says_not(&drafted(given), chooses);
    says(&drafted(watching(json!({}))), "does not choose anyone's treatment");
}

#[test]
fn exceptions_keep_what_their_words_say() {
    let unfit =
        |item: &str| drafted(json!({"eligibilityModule": criteria(&format!("Exclusion Criteria:\n\n* {item}\n"))}));
    says(&unfit("Bleeding disorder other than haemophilia"), "but not hemophilia");
    says(&unfit("Bleeding disorders other than haemophilia A"), "but not hemophilia A");
    for item in ["Bleeding disorders other than seldom haemophilia", "Secondary malignancy"] {
        says_not(&unfit(item), "but not");
    }
    let twice = unfit("Aged under 18 years and minors younger than 18 years");
    says_not(&twice, "younger than 18 years and are");
}

#[test]
fn who_is_blinded_somewhere_does_not_know() {
    let knows = "will know what you are given";
    let open = |more: Value| {
        let mut changes = json!({"designModule": {"designInfo": {"maskingInfo": {"masking": "NONE", "whoMasked": []}}},
            "armsInterventionsModule": {"armGroups": [{"label": "Cream", "type": "EXPERIMENTAL"}]}});
        change(&mut changes, more);
        drafted(changes)
    };
    says(&open(json!({})), knows);
    says(
        &open(
            json!({"descriptionModule": {"detailedDescription": "This is open-label, unblinded, not masked. Blindness is rare."}}),
        ),
        knows,
    );
    for text in ["Photographs are rated by a blinded assessor.", "Raters will be blinded.", "A single-blind trial."] {
        says_not(&open(json!({"descriptionModule": {"detailedDescription": text}})), knows);
        says_not(
            &open(json!({"outcomesModule": {"primaryOutcomes": [{"measure": "Itch", "description": text}]}})),
            knows,
        );
    }
}

#[test]
fn a_study_that_was_withdrawn_says_so_and_no_more() {
    let status = |status: &str| {
        json!({"statusModule": {"overallStatus": status, "startDateStruct": {"date": "2021-03", "type": "ESTIMATED"}},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Halv Clinic"}}})
    };
    let made = drafted(status("WITHDRAWN"));
    let said: Vec<&str> = made.sentences().map(|sentence| sentence.words.as_str()).collect();
    assert_eq!(said, ["This study was about psoriasis. By the record, it was withdrawn, and nobody took part."]);
    says(&drafted_in(status("WITHDRAWN"), Words::spanish()), "nadie participó");
    let over = drafted(status("COMPLETED"));
    for words in ["Halv Clinic ran the study.", "were not told", "There were 2 groups.", "the study is completed"] {
        says(&over, words);
    }
    for words in ["You ", "you ", "expected to begin", " runs "] {
        says_not(&over, words);
    }
    says(&drafted(status("TERMINATED")), "the study was stopped early");
    says_not(&drafted(status("RECRUITING")), "to begin");
    says(&drafted(status("NOT_YET_RECRUITING")), "to begin in March 2021");
}

fn groups(groups: &[(&str, &str, &[&str])], interventions: &[&str]) -> Value {
    let groups: Vec<Value> = groups
        .iter()
        .map(|(label, kind, given)| {
            let given: Vec<String> = given.iter().map(|name| format!("Drug: {name}")).collect();
            json!({"label": label, "type": kind, "interventionNames": given})
        })
        .collect();
    let listed: Vec<Value> = interventions.iter().map(|name| json!({"type": "DRUG", "name": name})).collect();
    json!({"armsInterventionsModule": {"armGroups": groups, "interventions": listed}})
}

#[test]
fn what_is_tested_is_what_the_others_lack() {
    let (new, old) = ("EXPERIMENTAL", "ACTIVE_COMPARATOR");
    let listed = ["Halvorine", "Light", "Sepridol"];
    let made = drafted(groups(&[("A", new, &["Halvorine", "Light"]), ("B", old, &["Light", "Sepridol"])], &listed));
    says(&made, "if treatment with Halvorine along with Light can help");
    says_not(&made, "Sepridol");
    let made = drafted(groups(&[("A", new, &["Halvorine"]), ("B", new, &["Halvorine", "Light"])], &listed[..2]));
    says(&made, "tests Halvorine (with or without Light) in");
    let both = ["Halvorine for 6 months", "Halvorine for 12 months"];
    let made = drafted(groups(&[("A", new, &both[..1]), ("B", old, &both[1..])], &both));
    says(&made, "This study compares Halvorine for 6 months and Halvorine for 12 months in");
    says_not(&made, "can help");
    let made = drafted(groups(&[("Open cut", old, &["Cut"]), ("Small cut", old, &["Cut"])], &["Cut"]));
    says(&made, "compares “Open cut” and “Small cut” in");
    let made = drafted(groups(&[("A", old, &["Cut"]), ("B", old, &["Cut"])], &["Cut"]));
    says_not(&made, "Cut");
    let made =
        drafted(groups(&[("A", new, &["Cut or light"]), ("B", new, &["Halvorine"])], &["Cut or light", "Halvorine"]));
    says(&made, "“Cut or light” and Halvorine (not everyone may get all of these)");
    // Letters that no text spells out say nothing.
    says_not(&drafted(groups(&[("A", new, &["AHQX"])], &["AHQX"])), "AHQX");
    let mut spelled = groups(&[("A", new, &["AHQX"])], &["AHQX"]);
    spelled["descriptionModule"] =
        json!({"briefSummary": "Adults with psoriasis get arterial halvic quick xenon (AHQX)."});
    says(&drafted(spelled), "tests arterial halvic quick xenon (AHQX) in");
}

#[test]
fn exercise_helps_and_does_not_treat() {
    let yoga = json!({"armsInterventionsModule": {"armGroups": [{"label": "Yoga", "type": "EXPERIMENTAL"}],
        "interventions": [{"type": "BEHAVIORAL", "name": "Daily yoga"}]}});
    let made = drafted(yoga);
    says(&made, "learn more about helping people with psoriasis");
    says(&made, "to find out if Daily yoga can help people with psoriasis");
    says_not(&made, "treating");
    let purpose = |purpose: &str, measure: &str| {
        drafted(json!({"designModule": {"designInfo": {"primaryPurpose": purpose}},
            "outcomesModule": {"primaryOutcomes": [{"measure": measure}]}}))
    };
    says(&purpose("SUPPORTIVE_CARE", "Meals at home"), "to support people during or after an illness");
    says(&purpose("SUPPORTIVE_CARE", "Pain after a week"), "help people feel or cope better");
    says(&purpose("DEVICE_FEASIBILITY", "Images"), "if a device can be used as planned");
}

#[test]
fn cells_are_had_and_come_from_somebody() {
    let unfit =
        |item: &str| drafted(json!({"eligibilityModule": criteria(&format!("Exclusion Criteria:\n\n* {item}\n"))}));
    let made = unfit("Allogeneic cell therapy within 6 weeks");
    says(&made, "were given cell therapy (treatment with cells) from a donor in the last 6 weeks");
    says_not(&made, "took");
    says_not(&unfit("Radiotherapy prior to surgery"), "have had radiotherapy");
    says_not(&unfit("Chemotherapy within 4 weeks before the operation"), "and have had");
    says_not(&unfit("Current smoker"), "have smoker");
    says_not(&unfit("Symptoms of dysuria"), "symptoms dysuria");
    says(&unfit("Systemic immunosuppressants"), "take systemic immunosuppressants");
}

#[test]
fn what_leaves_open_which_it_is_is_not_told() {
    let unfit =
        |item: &str| drafted(json!({"eligibilityModule": criteria(&format!("Exclusion Criteria:\n\n* {item}\n"))}));
    says(&unfit("Stroke within 6 months before screening"), "had stroke in the 6 months before screening");
    says_not(&unfit("Stroke within 6 months before the infusion"), "before infusion");
    // What narrows an example does not narrow the whole.
    says_not(&unfit("Heart disease, such as refractory hypertension"), "treatment-resistant heart disease");
    let fit =
        |item: &str| drafted(json!({"eligibilityModule": criteria(&format!("Inclusion Criteria:\n\n* {item}\n"))}));
    says_not(&fit("Refractory or relapsed disease"), "come back");
}
