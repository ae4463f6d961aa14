//! What would make each criterion pass that does not, in words, for the answers of `trialway screen`.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_language::change;
use trialway_matching::{CriterionResult, Effect, Options, Screening, would_pass_if};
use trialway_patient::Facts;
use trialway_study::Study;
use trialway_terminology::Terminology;

/// Alternatives of each criterion that fails or is open.
pub struct Settling {
    by_id: BTreeMap<String, Vec<String>>,
}

impl Settling {
    /// Works them out.
    pub fn of(study: &Study, logic: &StudyLogic, screening: &Screening, facts: &Facts, options: &Options) -> Self {
        let text = study.eligibility.text.as_deref().unwrap_or_default();
        let mut by_id = BTreeMap::new();
        for (criterion, result) in logic.criteria.iter().zip(&screening.criteria) {
            add(criterion, result, text, facts, options, &mut by_id);
        }
        Self { by_id }
    }

    /// The alternatives of a criterion; none where it passes or nothing that can change would do.
    pub fn of_criterion(&self, id: &str) -> &[String] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// Puts them beside the criteria of a screening in JSON, as `would_pass_if`.
    pub fn put(&self, screening: &mut Value) {
        for section in ["criteria", "structured"] {
            if let Some(Value::Array(results)) = screening.get_mut(section) {
                results.iter_mut().for_each(|result| self.put_beside(result));
            }
        }
    }

    fn put_beside(&self, result: &mut Value) {
        let id = result.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(Value::Array(children)) = result.get_mut("children") {
            children.iter_mut().for_each(|child| self.put_beside(child));
        }
        if let Value::Object(fields) = result {
            fields.insert("would_pass_if".to_owned(), json!(self.of_criterion(&id)));
        }
    }
}

fn add(
    criterion: &CriterionLogic,
    result: &CriterionResult,
    text: &str,
    facts: &Facts,
    options: &Options,
    out: &mut BTreeMap<String, Vec<String>>,
) {
    let terminology = Terminology::builtin();
    if result.effect != Effect::Pass {
        let alternatives: Vec<String> = would_pass_if(criterion, facts, options, terminology)
            .iter()
            .map(|changes| {
                let words: Vec<String> =
                    changes.iter().map(|one| change(one.leaf, one.holds, text, terminology)).collect();
                words.join("; and ")
            })
            .filter(|words| !words.is_empty())
            .collect();
        out.insert(criterion.id.as_str().to_owned(), alternatives);
    }
    for (child, child_result) in criterion.children.iter().zip(&result.children) {
        add(child, child_result, text, facts, options, out);
    }
}
