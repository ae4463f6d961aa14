//! Answers and remarks among the observations: what they affirm, what they deny, and what they leave open; on examples of our own.

use crate::settling::first;
use serde_json::{Value, json};
use trialway_matching::Effect::{self, Fail, Open, Pass};
use trialway_patient::Facts;
use trialway_terminology::Terminology;

fn record(resources: Vec<Value>) -> Facts {
    let patient = json!({"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1980-09-10"});
    let all: Vec<Value> = std::iter::once(patient).chain(resources).map(|one| json!({"resource": one})).collect();
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": all});
    trialway_fhir::import(&serde_json::to_vec(&bundle).unwrap(), Terminology::builtin()).unwrap().value.facts
}

fn said(name: &str, words: &str) -> Value {
    json!({"resourceType": "Observation", "id": name.replace(' ', "-"), "status": "final", "code": {"text": name},
        "effectiveDateTime": "2026-05-25", "valueString": words})
}

fn condition(name: &str) -> Value {
    json!({"resourceType": "Condition", "id": name.replace(' ', "-"), "code": {"text": name}, "onsetDateTime": "2024-01-01",
        "clinicalStatus": {"coding": [{"code": "active"}]}})
}

#[track_caller]
fn check(criterion: &str, resources: Vec<Value>, want: Effect) {
    let result = first(criterion, &record(resources.clone()));
    assert_eq!(result.effect, want, "{criterion}\n{resources:?}\n{:?}", result.evidence);
}

/// Each an exclusion, the name and the value of one observation, and what comes of it.
#[test]
fn an_observation_affirms_denies_or_leaves_open() {
    for (criterion, name, value, want) in [
        ("Known epilepsy", "Epilepsy", "Yes", Fail),
        ("Known epilepsy", "Epilepsy", "No", Pass),
        ("History of epilepsy", "History of epilepsy", "Yes, in 2009", Fail),
        ("Prior treatment with gefitinib", "Prior gefitinib", "Yes", Fail),
        ("Prior treatment with gefitinib", "Previous treatment", "Gefitinib until December 2025", Fail),
        (
            "History of Guillain-Barré syndrome",
            "Neurological history",
            "Guillain-Barré syndrome in 2009, recovered",
            Fail,
        ),
        ("History of rheumatoid arthritis", "Rheumatoid arthritis", "Diagnosed 2019, on methotrexate", Fail),
        ("Currently breastfeeding", "Breastfeeding", "Stopped in January 2026", Pass),
        // A remark under another name is not taken for the thing, and its absence is not assumed either.
        ("Known epilepsy", "Emergency letter", "Brought in with epilepsy", Open),
        ("Known epilepsy", "Emergency letter", "No epilepsy", Pass),
        // What a name narrows, or asks of something else, says nothing of the thing.
        ("Known epilepsy", "Family history of epilepsy", "Yes", Pass),
        ("Known epilepsy", "Risk of epilepsy", "Yes", Pass),
        ("Known lung cancer", "Lung cancer tissue block available", "Yes", Pass),
        ("Known epilepsy", "Epilepsy", "Never; sleeps badly", Pass),
    ] {
        check(&format!("Exclusion Criteria:\n\n* {criterion}"), vec![said(name, value)], want);
    }
}

#[test]
fn a_denial_holds_for_its_time_and_for_what_it_names() {
    let asthma = "Inclusion Criteria:\n\n* Diagnosis of asthma";
    check(asthma, vec![condition("Asthma"), said("Severe asthma", "No")], Pass);
    check(asthma, vec![condition("Asthma"), said("Uncontrolled asthma", "No")], Pass);
    // An answer of earlier days is overruled by a later one to the same question.
    let mut before = said("Epilepsy", "Yes");
    before["effectiveDateTime"] = json!("2019-03-01");
    before["id"] = json!("before");
    check("Exclusion Criteria:\n\n* Current epilepsy", vec![before, said("Epilepsy", "No")], Pass);
}

#[test]
fn birth_control_is_agreed_to_or_not() {
    let criterion = "Inclusion Criteria:\n\n* Must agree to use an effective method of contraception during the study";
    for (value, want) in [
        ("Agrees to an effective method during the study and for 120 days", Pass),
        ("Copper intrauterine device in place; agrees to keep it", Pass),
        ("None; declines contraception", Fail),
        ("None", Fail),
        ("Refuses", Fail),
        ("Not using contraception", Fail),
        ("Does not want any", Fail),
        ("Condoms sometimes", Open),
    ] {
        check(criterion, vec![said("Contraception", value)], want);
    }
    check(criterion, Vec::new(), Open);
}

#[test]
fn willing_and_able_in_other_words() {
    let out = "Exclusion Criteria:\n\n* Unable or unwilling to comply with the requirements of the protocol";
    check(out, vec![said("Able and willing to comply with the protocol", "Yes")], Pass);
    check(out, vec![said("Willing and able to comply with the protocol", "Unwilling")], Fail);
    // Who is willing may still be unable.
    check(out, vec![said("Willing to comply with the protocol", "Yes")], Open);
    let wanted = "Inclusion Criteria:\n\n* Stated willingness to comply with all study procedures";
    check(wanted, vec![said("Willing to comply with study procedures", "Yes")], Pass);
    check(wanted, vec![said("Willing to comply with study procedures", "Declined")], Fail);
}

#[test]
fn each_clause_denies_for_itself() {
    let risk = "Exclusion Criteria:\n\n* Increased risk of wrist slippage";
    check(risk, vec![said("Examination", "No wrist slippage and no increased risk of wrist slippage")], Pass);
    let resolved = "Exclusion Criteria:\n\n* Failure to understand the weekly booklet exercises";
    check(resolved, vec![said("Understands the weekly booklet exercises", "Yes")], Pass);
    let free = "Exclusion Criteria:\n\n* Free dye extravasation into the outer chamber";
    check(free, vec![said("Dye study", "No dye extravasation into the outer chamber")], Pass);
    // A good word is no failure.
    let reserve = "Inclusion Criteria:\n\n* Adequate blanket reserve and no quilt or pillow defects";
    check(
        reserve,
        vec![said("Check by the doctor", "Blanket reserve adequate; quilt and pillow condition normal")],
        Open,
    );
}

#[test]
fn tests_show_pregnancy_and_infections() {
    let pregnant = "Exclusion Criteria:\n\n* Pregnant women";
    check(pregnant, vec![said("Urine pregnancy test", "Positive")], Fail);
    check(pregnant, vec![said("Urine pregnancy test", "Negative")], Pass);
    let mut old = said("Urine pregnancy test", "Positive");
    old["effectiveDateTime"] = json!("2024-01-05");
    check(pregnant, vec![old], Pass);
    check("Exclusion Criteria:\n\n* Active hepatitis B", vec![said("HBsAg", "Positive")], Fail);
    check("Exclusion Criteria:\n\n* Active hepatitis B", vec![said("HBsAg", "Negative")], Pass);
    check("Exclusion Criteria:\n\n* Hepatitis C", vec![said("HCV RNA", "Detected, 4100 IU/mL")], Fail);
    check("Exclusion Criteria:\n\n* HIV infection", vec![said("HIV Ag/Ab combo", "Positive")], Fail);
}

#[test]
fn scores_and_lengths_in_words() {
    let ecog = "Inclusion Criteria:\n\n* ECOG performance status 0-1";
    for (value, want) in
        [("ECOG 1", Pass), ("ECOG 2", Fail), ("1 - restricted in strenuous activity", Pass), ("1, before that 2", Open)]
    {
        check(ecog, vec![said("ECOG performance status", value)], want);
    }
    let phq = "Inclusion Criteria:\n\n* PHQ-9 score ≥ 10";
    check(phq, vec![said("PHQ-9 total score", "14/27")], Pass);
    check(phq, vec![said("PHQ-9 item 9", "0")], Open);
    let months = "Inclusion Criteria:\n\n* Life expectancy of at least 3 months";
    for (value, want) in [
        ("More than 6 months", Pass),
        ("less than 2 months", Fail),
        ("10 weeks", Fail),
        ("12 weeks", Open),
        ("20 weeks", Pass),
        ("1 year", Pass),
    ] {
        check(months, vec![said("Life expectancy", value)], want);
    }
}

#[test]
fn body_mass_from_inches_and_pounds() {
    let measured = |name: &str, value: u32, unit: &str, code: &str| {
        json!({"resourceType": "Observation", "id": name, "status": "final", "code": {"text": name},
            "effectiveDateTime": "2026-05-25", "valueQuantity": {"value": value, "unit": unit, "code": code}})
    };
    // 280 lb and 68 in: 42.6 kg/m2.
    let heavy = vec![measured("Body weight", 280, "lb", "[lb_av]"), measured("Body height", 68, "in", "[in_i]")];
    check("Exclusion Criteria:\n\n* BMI > 40 kg/m2", heavy, Fail);
}

#[test]
fn allergies_under_other_names() {
    let latex = "Exclusion Criteria:\n\n* Allergy to methotrexate";
    check(latex, vec![condition("Methotrexate allergy")], Fail);
    check(latex, vec![condition("Anaphylaxis due to methotrexate")], Fail);
    check(latex, vec![said("Methotrexate allergy", "Anaphylaxis 2012")], Fail);
    // Who takes it has no allergy to it by that.
    check(latex, vec![said("Methotrexate", "Yes")], Pass);
    check("Exclusion Criteria:\n\n* Current use of methotrexate", vec![said("Methotrexate allergy", "Yes")], Pass);
}

#[test]
fn a_stage_says_that_a_cancer_has_spread() {
    let criterion = "Inclusion Criteria:\n\n* Metastatic cancer";
    let mut cancer = condition("Lung cancer");
    cancer["stage"] = json!([{"summary": {"text": "Stage IVA (cT2a N2 M1a)"}}]);
    check(criterion, vec![cancer.clone()], Pass);
    // A report that denies one place of spread refutes no other.
    let report = json!({"resourceType": "DiagnosticReport", "id": "mri", "status": "final", "code": {"text": "Brain MRI"},
        "effectiveDateTime": "2026-05-20", "conclusion": "No brain metastases."});
    check(criterion, vec![cancer, report], Pass);
}

#[test]
fn other_studies_by_their_answers() {
    let criterion = "Exclusion Criteria:\n\n* Participation in another clinical study";
    check(criterion, vec![said("Participation in another clinical study", "Yes")], Fail);
    check(criterion, vec![said("Participation in another clinical study", "No")], Pass);
}

#[test]
fn english_is_spoken() {
    let criterion = "Inclusion Criteria:\n\n* English-speaking (both reading and writing in English required)";
    check(criterion, vec![said("Language", "Speaks, reads and writes English fluently; mother tongue Spanish")], Pass);
    check(criterion, vec![said("Reads and writes English", "Yes")], Pass);
    check(criterion, vec![said("Language", "Spanish; a little English")], Open);
    let mut patient = json!({"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1980-09-10"});
    patient["communication"] = json!([{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "en-US"}]}}]);
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}]});
    let facts =
        trialway_fhir::import(&serde_json::to_vec(&bundle).unwrap(), Terminology::builtin()).unwrap().value.facts;
    assert_eq!(first(criterion, &facts).effect, Pass);
}

#[test]
fn durations_and_parts_of_life_date_a_disease() {
    let criterion = "Inclusion Criteria:\n\n* Atopic dermatitis for at least 3 years";
    check(criterion, vec![said("Duration of atopic dermatitis", "45 years")], Pass);
    check(criterion, vec![said("Duration of atopic dermatitis", "6 weeks")], Fail);
    let mut eczema = condition("Atopic dermatitis");
    eczema.as_object_mut().unwrap().remove("onsetDateTime");
    eczema["onsetString"] = json!("since childhood");
    check(criterion, vec![eczema], Pass);
}

#[test]
fn names_of_answers_that_ask_something_else() {
    for (criterion, name, value, want) in [
        ("Uncontrolled hypertension", "Hypertension controlled", "Yes", Pass),
        ("Hypertension", "Hypertension controlled", "Yes", Fail),
        ("Diabetes", "Asthma or diabetes", "Yes", Open),
        ("Type 1 diabetes", "Diabetes", "Yes", Open),
        ("Hepatitis B", "Hepatitis B vaccination", "Yes", Pass),
        ("Major depressive disorder", "Major depressive disorder screening", "Positive", Open),
        ("Prior organ transplant", "Awaiting organ transplant", "Yes", Pass),
        ("Systemic corticosteroids within 28 days", "Systemic corticosteroids in the last 14 days", "Yes", Fail),
        ("Current use of methotrexate", "Methotrexate", "Stopped in 2021", Pass),
        ("Current use of methotrexate", "Current medication", "Methotrexate 15 mg weekly, folic acid", Fail),
        ("Suicidal ideation", "Suicide history", "No attempt; suicidal ideation only", Open),
    ] {
        check(&format!("Exclusion Criteria:\n\n* {criterion}"), vec![said(name, value)], want);
    }
    let wanted = "Inclusion Criteria:\n\n* Diagnosis of asthma";
    check(wanted, vec![said("Asthma", "Unknown")], Open);
    check(wanted, vec![said("History of asthma", "Yes")], Open);
    check(wanted, vec![said("Asthma", "Absent")], Fail);
    // To deny the medicine for it is not to deny it.
    check(wanted, vec![condition("Asthma"), said("Asthma medication", "None")], Pass);
}
