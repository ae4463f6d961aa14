//! What the words around a named thing say of it: of whom, how severe, at which stage, whether only feared or forbidden.
//!
//! | written | context |
//! | --- | --- |
//! | `first-degree relative with breast cancer` | of a relative |
//! | `suspected sepsis`, `at risk of stroke` | hypothetical |
//! | `contraindication to MRI` | contraindicated |
//! | `severe or moderate asthma` | severity `severe or moderate` |
//! | `stage III breast cancer`, `breast cancer, stage III` | stage `stage iii` |
//!
//! For those who read the entities by themselves; the logic has its own qualifiers, and nothing here changes a reading.

use crate::logic::CriterionLogic;
use std::ops::Range;
use trialway_terminology::{Word, WordKind, words};

/// What is said of one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityContext {
    /// It is a relative's.
    pub of_relative: bool,
    /// It is suspected, possible, prevented, or a risk.
    pub is_hypothetical: bool,
    /// It must not be given or done.
    pub is_contraindicated: bool,
    /// Its severity as written, in small letters.
    pub severity: Option<String>,
    /// Its stage, grade or class as written, in small letters.
    pub stage: Option<String>,
}

/// How far a phrase reaches, in words.
const REACH: usize = 8;

/// The contexts of a criterion's entities, in their order.
///
/// **Unknown**: a context without anything in it; phrases reach no further than their clause.
pub fn entity_contexts(criterion: &CriterionLogic) -> Vec<EntityContext> {
    let all = words(criterion.own.text());
    criterion
        .entities
        .iter()
        .map(|entity| {
            let range = criterion.own.clean_range(entity.span);
            if range.is_empty() { EntityContext::default() } else { context(&all, range) }
        })
        .collect()
}

fn context(all: &[Word], range: Range<usize>) -> EntityContext {
    let from = all.partition_point(|word| word.range.end <= range.start);
    let to = all.partition_point(|word| word.range.start < range.end);
    let floor = (from.saturating_sub(REACH)..from)
        .rev()
        .find(|at| all.get(*at).is_some_and(ends_clause))
        .map_or(from.saturating_sub(REACH), |at| at + 1);
    let ceiling = (to..all.len().min(to + REACH))
        .find(|at| all.get(*at).is_some_and(ends_clause))
        .unwrap_or(all.len().min(to + REACH));
    let before: Vec<&str> = all.get(floor..from).unwrap_or_default().iter().map(|word| word.norm.as_str()).collect();
    let after: Vec<&str> = all.get(to..ceiling).unwrap_or_default().iter().map(|word| word.norm.as_str()).collect();
    let has = |list: &[&str]| before.iter().any(|word| list.contains(word));
    let relative = has(&["relative", "mother", "father", "sibling", "parent", "brother", "sister", "grandparent"])
        && has(&["with", "has", "had", "have", "of"]);
    let family = before.windows(2).any(|pair| pair == ["family", "history"] || pair == ["familial", "history"]);
    let feared = has(&[
        "possible",
        "possibly",
        "suspected",
        "suspicion",
        "presumed",
        "prophylaxis",
        "prevention",
        "predisposition",
        "susceptible",
    ]) || has(&["risk"]) && has(&["of", "for"]);
    let forbidden = has(&["contraindication", "contraindicated", "contraindicating"])
        || after.iter().take(4).any(|word| *word == "contraindicated");
    EntityContext {
        of_relative: relative || family,
        is_hypothetical: feared,
        is_contraindicated: forbidden,
        severity: severity(&before),
        stage: stage_before(&before).or_else(|| stage_after(&after)),
    }
}

fn ends_clause(word: &Word) -> bool {
    word.kind == WordKind::Symbol && matches!(word.norm.as_str(), "." | ";" | ":")
        || matches!(word.norm.as_str(), "but" | "except" | "however" | "although")
}

fn is_severity(word: &str) -> bool {
    matches!(
        word,
        "mild" | "moderate" | "severe" | "serious" | "fatal" | "threatening" | "mildly" | "moderately" | "severely"
    )
}

/// "moderate to severe" directly before the thing.
fn severity(before: &[&str]) -> Option<String> {
    let mut start = before.len();
    let mut end = before.len();
    // An adjective may stand between ("severe persistent asthma").
    if let Some(last) = before.last()
        && !is_severity(last)
        && before.len().checked_sub(2).and_then(|at| before.get(at)).is_some_and(|word| is_severity(word))
        && !matches!(*last, "or" | "and" | "," | "to" | "/" | "with" | "of" | "in")
    {
        end -= 1;
        start = end;
    }
    while let Some(word) = start.checked_sub(1).and_then(|at| before.get(at)) {
        let joins = matches!(*word, "to" | "or" | "and" | "/" | "-" | "life");
        if !(is_severity(word) || joins && start < end) {
            break;
        }
        start -= 1;
    }
    let mut found = before.get(start..end)?;
    while let Some((first, rest)) = found.split_first() {
        if is_severity(first) || *first == "life" {
            break;
        }
        found = rest;
    }
    (!found.is_empty()).then(|| found.join(" "))
}

fn is_scale(word: &str) -> bool {
    matches!(word, "stage" | "grade" | "class")
}

/// `iii`, `iiib`, `3`, `4a`.
fn is_value(word: &str) -> bool {
    let stem = word.trim_end_matches(['a', 'b', 'c']);
    !stem.is_empty()
        && stem.len() <= 4
        && (stem.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) || stem.chars().all(|c| c.is_ascii_digit()))
}

/// Whether a word may stand among the values of a scale.
fn is_between(word: &str) -> bool {
    is_value(word)
        || matches!(
            word,
            "or" | "and" | "to" | "-" | "/" | "," | "≥" | "≤" | ">" | "<" | "higher" | "greater" | "above"
        )
}

/// "stage III breast cancer", "grade 3 or higher neuropathy".
fn stage_before(before: &[&str]) -> Option<String> {
    let at = before.iter().rposition(|word| is_scale(word))?;
    let values = before.get(at + 1..)?;
    let n = values.iter().take_while(|word| is_between(word)).count();
    // One word may stand between the stage and the thing ("stage III metastatic melanoma").
    (n > 0 && values.len() <= n + 1 && values.iter().take(n).any(|word| is_value(word)))
        .then(|| trimmed(before.get(at..at + 1 + n).unwrap_or_default()))
}

/// "breast cancer, stage III", "heart failure (NYHA class III)".
fn stage_after(after: &[&str]) -> Option<String> {
    let at = after.iter().take(4).position(|word| is_scale(word))?;
    if after.iter().take(at).any(|word| matches!(*word, "and" | "or" | "with")) {
        return None;
    }
    let values = after.get(at + 1..)?;
    let n = values.iter().take_while(|word| is_between(word)).count();
    (n > 0 && values.iter().take(n).any(|word| is_value(word)))
        .then(|| trimmed(after.get(at..at + 1 + n).unwrap_or_default()))
}

fn trimmed(words: &[&str]) -> String {
    let end =
        words.iter().rposition(|word| !matches!(*word, "or" | "and" | "to" | "," | "/" | "-")).map_or(0, |at| at + 1);
    words.get(..end).unwrap_or_default().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_terminology::Terminology;

    fn of(text: &str, concept: &str) -> EntityContext {
        let text = format!("Exclusion Criteria:\n\n* {text}\n");
        let logic = crate::lower(&trialway_criteria::parse(&text).value, Terminology::builtin());
        let criterion = &logic.criteria[0];
        let at = criterion
            .entities
            .iter()
            .position(|entity| entity.concept.as_ref().is_some_and(|id| id.as_str() == concept))
            .unwrap_or_else(|| panic!("{text}: {:?}", criterion.entities));
        entity_contexts(criterion)[at].clone()
    }

    #[test]
    fn whose_feared_and_forbidden() {
        for (text, concept, want) in [
            ("First-degree relative with breast cancer", "condition:breast_cancer", (true, false, false)),
            ("Family history of asthma", "condition:asthma", (true, false, false)),
            ("History of asthma", "condition:asthma", (false, false, false)),
            ("Suspected sepsis at screening", "condition:sepsis", (false, true, false)),
            ("Patients at risk of stroke", "condition:stroke", (false, true, false)),
            ("Contraindication to MRI", "procedure:mri", (false, false, true)),
            ("Metformin is contraindicated", "drug:metformin", (false, false, true)),
            ("Family history of gout; asthma", "condition:asthma", (false, false, false)),
        ] {
            let found = of(text, concept);
            assert_eq!((found.of_relative, found.is_hypothetical, found.is_contraindicated), want, "{text}");
        }
    }

    #[test]
    fn how_severe_and_at_which_stage() {
        for (text, concept, severity, stage) in [
            ("Severe asthma", "condition:asthma", Some("severe"), None),
            ("Moderate to severe active psoriasis", "condition:psoriasis", Some("moderate to severe"), None),
            ("Severe gout and asthma", "condition:asthma", None, None),
            ("Stage III breast cancer", "condition:breast_cancer", None, Some("stage iii")),
            ("Breast cancer, stage IIIB or IV", "condition:breast_cancer", None, Some("stage iiib or iv")),
            (
                "Grade 3 or higher peripheral neuropathy",
                "condition:peripheral_neuropathy",
                None,
                Some("grade 3 or higher"),
            ),
            ("Asthma and stage III breast cancer", "condition:asthma", None, None),
        ] {
            let found = of(text, concept);
            assert_eq!((found.severity.as_deref(), found.stage.as_deref()), (severity, stage), "{text}");
        }
    }
}
