//! Interventions among the conditions of a record.

use super::material::Material;
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_terminology::{Domain, words};

rule! {
    /// Reports: an entry of the record's conditions that is one of its own interventions, or a medicine.
    /// Why it matters: who searches for a disease does not find the study, and who searches for the treatment finds it as a disease.
    /// Example: `"conditions": ["Nephrotic Syndrome", "CAR-T Cell Therapy"]`.
    /// What to do: keep conditions to what participants have; name treatments under interventions or keywords.
    /// Source: ClinicalTrials.gov data element definitions, primary disease or condition.
    RULE = Code("ELG019"), "intervention-as-condition", Warning, "intervention listed as a condition"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let Some(study) = material.study else { return };
    let plain = |name: &str| words(name).iter().map(|word| word.norm.to_string()).collect::<Vec<_>>();
    let own: Vec<Vec<String>> = study.interventions.iter().map(|intervention| plain(&intervention.name)).collect();
    for (at, condition) in study.conditions.iter().enumerate() {
        let path = format!("protocolSection.conditionsModule.conditions[{at}]");
        let name = plain(condition);
        let named = material.terminology.mentions(condition);
        let whole = named.iter().filter(|mention| mention.words == (0..name.len())).collect::<Vec<_>>();
        let medicine = !whole.is_empty() && whole.iter().all(|mention| mention.concept.domain() == Some(Domain::Drug));
        // What is both a treatment and a state ("contraception", "anesthesia") may well be what is studied.
        let treats =
            !whole.iter().any(|mention| matches!(mention.concept.domain(), Some(Domain::Condition | Domain::State)));
        let message = if medicine {
            Said::new("the condition `{condition}` is a treatment").with("condition", condition)
        } else if treats && own.contains(&name) {
            Said::new("the condition `{condition}` is one of the study's interventions").with("condition", condition)
        } else {
            continue;
        };
        out.push(
            Diagnostic::new(RULE.code, Severity::Warning, message)
                .in_field(path)
                .with_help("name it under interventions or keywords"),
        );
    }
}
