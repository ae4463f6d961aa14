//! "A malignancy, with exception of:" and the items behind it, at the same depth: they are let in, not ruled out.
//!
//! Where such a list ends is not said. Items that name nothing but kinds of what stands before the exception are taken for its
//! members and decide nothing; the first other item ends it.

use crate::expr::{Atom, Expr, Test};
use crate::logic::CriterionLogic;
use trialway_terminology::{ConceptId, Terminology};

/// Words in front of the colon behind which exceptions stand.
const LEADING: [&str; 7] =
    ["exception of", "exceptions of", "exceptions", "except", "except for", "other than", "excluding"];

/// Leaves open what stands behind an item that ends in an exception without one.
pub(super) fn open(criteria: &mut [CriterionLogic], terminology: &Terminology) {
    let mut of: Option<(Vec<ConceptId>, trialway_criteria::Kind)> = None;
    for criterion in criteria {
        if let Some((named, kind)) = &of {
            let members = kinds(&criterion.logic);
            let is_kind = |id: &ConceptId| named.iter().any(|of| terminology.is_a(id, of));
            if criterion.kind == *kind && !members.is_empty() && members.iter().all(is_kind) {
                criterion.logic = Expr::Unread { span: criterion.own_span };
                continue;
            }
            of = None;
        }
        if criterion.children.is_empty() && leads(criterion.own.text()) {
            // What leads to a list is not read by itself; what it names is known.
            let mut named = kinds(&criterion.logic);
            named.extend(criterion.entities.iter().filter_map(|entity| entity.concept.clone()));
            of = (!named.is_empty()).then_some((named, criterion.kind));
        }
    }
}

/// Whether an item ends in words behind which exceptions are listed.
fn leads(text: &str) -> bool {
    let Some(text) = text.trim_end().strip_suffix([':', '：']) else { return false };
    let text = text.trim_end();
    LEADING.iter().any(|words| {
        let end = text.len().checked_sub(words.len()).and_then(|from| text.get(from..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(words))
    })
}

/// The diseases, medicines and procedures that an expression names.
fn kinds(expr: &Expr) -> Vec<ConceptId> {
    let mut out = Vec::new();
    expr.for_each_leaf(&mut |leaf| {
        if let Expr::Atom(Atom { test: Test::Event(event), .. }) = leaf {
            out.extend(event.concept.clone());
        }
    });
    out
}
