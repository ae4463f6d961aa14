//! What an allergy is to: a named thing, or the study's own medicine.

use super::Context;
use super::unit::Unit;
use crate::expr::{Atom, EventRole, EventTest, Expr, Firmness, Presence, Qualifier, Sense, Test};
use std::ops::Range;
use trialway_terminology::{ConceptId, Domain};

/// Whether a word only says that a medicine, or a part of it, is meant.
pub(super) fn speaks_of_study_medicine(word: &str) -> bool {
    const SPEAKS_OF_IT: [&str; 40] = [
        "study",
        "trial",
        "investigational",
        "drug",
        "drugs",
        "medication",
        "medications",
        "medicine",
        "product",
        "products",
        "treatment",
        "treatments",
        "agent",
        "agents",
        "compound",
        "compounds",
        "test",
        "active",
        "inactive",
        "ingredient",
        "ingredients",
        "excipient",
        "excipients",
        "component",
        "components",
        "constituent",
        "constituents",
        "formulation",
        "formulations",
        "substance",
        "substances",
        "similar",
        "chemical",
        "biologic",
        "composition",
        "class",
        "used",
        "related",
        "its",
        "vehicle",
    ];
    SPEAKS_OF_IT.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether an allergy is one to the study's own medicine: all that is not read of it speaks of that.
pub(super) fn is_of_study_medicine(context: &Context<'_>, unit: &Unit) -> bool {
    let is_one = |range: &Range<usize>| context.text.get(range.clone()).is_some_and(speaks_of_study_medicine);
    // "any excipient of the medicinal product"
    let class = |id: &ConceptId| {
        id.written_words().is_some_and(|words| {
            words.split(' ').all(|word| speaks_of_study_medicine(word) || matches!(word, "medicinal" | "any" | "its"))
        })
    };
    unit.subjects.iter().all(|(id, _)| class(id))
        && unit.comparisons.is_empty()
        && unit.examples.is_empty()
        && !(unit.unread.is_empty() && unit.subjects.is_empty())
        && unit.unread.iter().all(is_one)
}

pub(super) fn allergy(context: &Context<'_>, unit: &Unit) -> Expr {
    let subjects = || unit.subjects.iter().map(|(id, _)| id);
    let concept = subjects()
        .find(|id| id.domain() == Some(Domain::Drug))
        .or_else(|| subjects().find(|id| id.written_words().is_some() && id.domain() == Some(Domain::State)))
        .cloned();
    let qualifiers = unit.severity.map(Qualifier::Severity).into_iter().collect();
    let test = EventTest {
        silence_is_absence: true,
        rules_out: (context.sense == Sense::Required) == unit.negated,
        role: EventRole::Allergy,
        concept,
        presence: Presence::Ever,
        suspicion_counts: false,
        qualifiers,
        window: None,
        other_than: Vec::new(),
    };
    Expr::Atom(Atom { test: Test::Event(test), span: context.span(&unit.extent()), firmness: Firmness::Certain })
}

/// "severe reaction to": how severe an allergy must be, where the words for it say so themselves.
pub(super) fn severity_in(context: &Context<'_>, range: &std::ops::Range<usize>) -> Option<crate::expr::Severity> {
    let words = context.text.get(range.clone())?;
    words.get(..7)?.eq_ignore_ascii_case("severe ").then_some(crate::expr::Severity::Severe)
}
