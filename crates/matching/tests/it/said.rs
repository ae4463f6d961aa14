//! What the words of an entry say of it, and what became of it.

use crate::settling::{first, record};
use serde_json::{Value, json};
use trialway_matching::Effect;
use trialway_patient::Facts;

fn condition(name: &str, status: &str, note: &str, abated: Option<&str>) -> Facts {
    let mut entry: Value = json!({"resourceType": "Condition", "id": "c", "code": {"text": name}, "onsetDateTime": "2024-05-06",
        "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": status}]}});
    if !note.is_empty() {
        entry["note"] = json!([{"text": note}]);
    }
    if let Some(day) = abated {
        entry["abatementDateTime"] = json!(day);
    }
    record(vec![entry])
}

fn excluded(criterion: &str, facts: &Facts) -> Effect {
    first(&format!("Exclusion Criteria:\n\n* {criterion}"), facts).effect
}

#[test]
fn words_of_severity_are_whole_words_and_may_be_denied() {
    let severe = |note: &str| excluded("Severe asthma", &condition("Asthma", "active", note, None));
    assert_eq!(severe("Severe, two admissions."), Effect::Fail);
    assert_eq!(severe("Mild."), Effect::Pass);
    // "follow-up" holds "low", "thigh" holds "high".
    assert_eq!(severe("Follow-up in spring; pain in the thigh."), Effect::Open);
    assert_eq!(severe("Not severe."), Effect::Open);
    assert_eq!(severe("Severe in 2010. Now mild."), Effect::Open);
}

#[test]
fn control_is_read_with_its_denial() {
    let uncontrolled = |note: &str| excluded("Uncontrolled asthma", &condition("Asthma", "active", note, None));
    for (note, want) in [
        ("Well controlled on inhalers", Effect::Pass),
        ("Not well controlled", Effect::Fail),
        ("Inadequately controlled", Effect::Fail),
        ("Uncontrolled", Effect::Fail),
        ("Seen in clinic", Effect::Open),
    ] {
        assert_eq!(uncontrolled(note), want, "{note}");
    }
}

#[test]
fn a_treated_tumor_that_does_not_count() {
    const EXCEPT: &str = "Malignancy within 5 years, except completely treated, non-metastatic basal cell carcinoma of the skin with \
                          no evidence of recurrence in the past 12 weeks";
    let carcinoma = |status: &str, note: &str, abated: Option<&str>| {
        excluded(EXCEPT, &condition("Basal cell carcinoma of skin", status, note, abated))
    };
    assert_eq!(carcinoma("resolved", "Excised, no recurrence.", Some("2024-06-03")), Effect::Pass);
    assert_eq!(carcinoma("resolved", "", Some("2024-06-03")), Effect::Pass);
    // Not over for twelve weeks yet, still there, or spread.
    assert_ne!(carcinoma("resolved", "Excised.", Some("2026-05-20")), Effect::Pass);
    assert_ne!(carcinoma("active", "Waits for excision.", None), Effect::Pass);
    assert_ne!(carcinoma("resolved", "Metastatic to lymph nodes.", Some("2024-06-03")), Effect::Pass);
    // Another cancer is none of the kinds that do not count.
    assert_eq!(excluded(EXCEPT, &condition("Breast cancer", "resolved", "", Some("2024-06-03"))), Effect::Fail);
}

#[test]
fn symptoms_are_more_than_an_active_entry() {
    let symptomatic =
        |note: &str| excluded("Symptomatic heart failure", &condition("Heart failure", "active", note, None));
    assert_eq!(symptomatic("Symptomatic on exertion"), Effect::Fail);
    assert_eq!(symptomatic("Asymptomatic"), Effect::Pass);
    assert_eq!(symptomatic("No symptoms"), Effect::Pass);
    assert_eq!(symptomatic(""), Effect::Open);
}

#[test]
fn what_stands_behind_an_exception_rules_nobody_out() {
    let text = "Exclusion Criteria:\n\n* Other primary malignancy with exception of:\n* Curatively treated basal cell carcinoma\n\
                * Active hepatitis\n";
    let facts = condition("Basal cell carcinoma of skin", "resolved", "Excised.", Some("2024-06-03"));
    let study = crate::settling::read(text);
    let got = trialway_matching::screen(
        &study,
        &facts,
        &crate::settling::options(),
        trialway_terminology::Terminology::builtin(),
    );
    let effects: Vec<Effect> = got.criteria.iter().map(|criterion| criterion.effect).collect();
    assert!(!effects.contains(&Effect::Fail), "{effects:?}");
    assert_eq!(effects.last(), Some(&Effect::Pass));
}
