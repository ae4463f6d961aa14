//! Operations that a study asks for: who has had one of the kind cannot be told to be left out.

use super::check::denies;
use super::named::{Named, Words};
use super::texts::norm;
use trialway_criteria::Kind;
use trialway_eligibility::expr::{Atom, EventRole, Expr, Test};
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_terminology::{ConceptId, Terminology};

/// What a study's requirements name as done, or to be done, and their words.
pub(super) struct Asked {
    ids: Vec<ConceptId>,
    required: Vec<String>,
}

impl Asked {
    pub fn of(logic: &StudyLogic) -> Self {
        let mut out = Asked { ids: Vec::new(), required: Vec::new() };
        for one in &logic.criteria {
            out.collect(one);
        }
        out
    }

    fn collect(&mut self, one: &CriterionLogic) {
        if one.kind == Kind::Inclusion && !denies(&norm(one.own.text())) {
            self.ids.extend(acts(&one.logic));
            self.required.push(norm(one.own.text()));
        }
        for child in &one.children {
            self.collect(child);
        }
    }

    /// Whether a ground of exclusion names an operation of a kind that is asked for.
    pub fn speak_against(&self, one: &CriterionLogic, terminology: &Terminology) -> bool {
        acts(&one.logic).iter().any(|id| {
            let is_kin = |other: &ConceptId| other == id || terminology.is_a(other, id) || terminology.is_a(id, other);
            let name = terminology.concept(id).map(|concept| concept.name.as_str()).or(id.written_words());
            self.ids.iter().any(is_kin)
                || name.is_some_and(|name| {
                    Named::new(name, terminology).is_in(&Words::of(self.required.iter().map(String::as_str)))
                })
        })
    }
}

/// The operations that an expression names.
fn acts(logic: &Expr) -> Vec<ConceptId> {
    let mut out = Vec::new();
    logic.for_each_leaf(&mut |leaf| {
        if let Expr::Atom(Atom { test: Test::Event(event), .. }) = leaf
            && event.role == EventRole::Procedure
        {
            out.extend(event.concept.clone());
        }
    });
    out
}
