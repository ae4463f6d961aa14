//! Conditions that everyone who takes part must have, as far as the criteria were read.
//!
//! A study is hidden from someone without a condition only where an inclusion criterion for all participants asks for it, whatever
//! else it allows. What was not understood, is one of several ways in, or concerns one group of participants asks for nothing here:
//! the study stays.

use std::collections::BTreeSet;
use trialway_criteria::Kind;
use trialway_eligibility::expr::{EventRole, EventTest, Presence, Test};
use trialway_eligibility::{CriterionLogic, Expr, Firmness, Sense};
use trialway_study::Study;
use trialway_terminology::{ConceptId, Domain, Terminology};

/// Longest eligibility text that is read for this, in bytes; longer ones ask for nothing here.
const LONGEST_BYTES: usize = 40_000;

/// What the eligibility text says of whom the study is for.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The conditions that a study asks of everyone, and what these are kinds of.
    pub needed: BTreeSet<ConceptId>,
    /// Conditions that its inclusion criteria name.
    pub named: BTreeSet<ConceptId>,
    /// The text of the inclusion criteria, and of the others.
    pub who_can: String,
    pub who_cannot: String,
}

/// Reads the eligibility text of a study.
pub(crate) fn of(study: &Study, terminology: &Terminology) -> Asked {
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    let mut out = Asked::default();
    if text.is_empty() || text.len() > LONGEST_BYTES {
        out.who_can = text.to_owned();
        return out;
    }
    let tree = trialway_criteria::parse(text);
    let logic = trialway_eligibility::lower_study(study, &tree, terminology);
    for criterion in &logic.criteria {
        let words = text.get(criterion.span.start..criterion.span.end).unwrap_or_default();
        let side = if criterion.kind == Kind::Inclusion { &mut out.who_can } else { &mut out.who_cannot };
        side.push_str(words);
        side.push_str(" . ");
        if criterion.kind != Kind::Inclusion {
            continue;
        }
        named(criterion, &mut out.named);
        if criterion.group.is_none() {
            out.needed.extend(asked(&criterion.logic, criterion, terminology));
        }
    }
    if logic.criteria.is_empty() {
        out.who_can = text.to_owned();
    }
    out
}

/// The conditions that a criterion and its children name and do not deny.
fn named(criterion: &CriterionLogic, out: &mut BTreeSet<ConceptId>) {
    let conditions = criterion.entities.iter().filter(|entity| entity.domain == Domain::Condition && !entity.negated);
    out.extend(conditions.filter_map(|entity| entity.concept.clone()).filter(|id| id.written_words().is_none()));
    criterion.children.iter().for_each(|child| named(child, out));
}

/// What must be had wherever the expression is true.
fn asked(expr: &Expr, of: &CriterionLogic, terminology: &Terminology) -> BTreeSet<ConceptId> {
    let each = |args: &[Expr]| args.iter().map(|arg| asked(arg, of, terminology)).collect::<Vec<_>>();
    match expr {
        Expr::And(args) => each(args).into_iter().flatten().collect(),
        Expr::AtLeast { n, args } if *n >= args.len() => each(args).into_iter().flatten().collect(),
        Expr::Or(args) => {
            let all = each(args);
            all.into_iter().reduce(|a, b| a.intersection(&b).cloned().collect()).unwrap_or_default()
        }
        // An exception of a requirement waives it; of a ground of exclusion it narrows it.
        Expr::Except { base, sense: Sense::Excluding, .. } => asked(base, of, terminology),
        Expr::Node(id) => {
            let child = of.children.iter().find(|child| child.id == *id && child.group.is_none());
            child.map(|child| asked(&child.logic, child, terminology)).unwrap_or_default()
        }
        Expr::Atom(atom) if atom.firmness > Firmness::Tentative => match &atom.test {
            Test::Event(event) if is_had(event) => with_kinds(event.concept.as_ref(), terminology),
            _ => BTreeSet::new(),
        },
        _ => BTreeSet::new(),
    }
}

fn is_had(event: &EventTest) -> bool {
    event.role == EventRole::Condition
        && event.presence != Presence::Planned
        && !event.suspicion_counts
        && !event.rules_out
}

fn with_kinds(concept: Option<&ConceptId>, terminology: &Terminology) -> BTreeSet<ConceptId> {
    let Some(id) = concept.filter(|id| id.written_words().is_none() && id.as_str().starts_with("condition:")) else {
        return BTreeSet::new();
    };
    terminology.generals([id].into_iter()).into_iter().chain([id]).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_everyone_must_have_is_asked_for() {
        let asked = |text: &str| -> Vec<String> {
            let mut study = Study::default();
            study.eligibility.text = Some(text.to_owned());
            of(&study, Terminology::builtin()).needed.iter().map(ToString::to_string).collect()
        };
        let has = |text: &str, id: &str| asked(text).iter().any(|known| known == id);
        let diabetes = "Inclusion Criteria:\n\n- Type 2 diabetes\n- Adults\n\nExclusion Criteria:\n\n- Asthma\n";
        assert!(
            has(diabetes, "condition:type_2_diabetes") && has(diabetes, "condition:diabetes"),
            "{:?}",
            asked(diabetes)
        );
        assert!(!has(diabetes, "condition:asthma"));
        let either = "Inclusion Criteria:\n\n- Type 1 diabetes or type 2 diabetes\n";
        assert!(!has(either, "condition:type_2_diabetes"), "{:?}", asked(either));
        let denied = "Inclusion Criteria:\n\n- No asthma\n";
        assert!(!has(denied, "condition:asthma"), "{:?}", asked(denied));
        assert!(asked("").is_empty());
        assert!(!has(
            "Inclusion Criteria:\n\n- Gout or unexplained joint swelling of whatever cause\n",
            "condition:gout"
        ));
    }
}
