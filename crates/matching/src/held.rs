//! A criterion whose reading is not used: an editor found it wrong, or beyond what a program can decide.
//!
//! Such a criterion is open for judgement, with the editor's reason, whatever the record says; neither the reading nor a remark
//! in its words may make it pass or fail. An answer of a person who was asked whether the criterion holds as written still counts.

use trialway_eligibility::expr::{Atom, Expr, Firmness, Test, Topic};
use trialway_eligibility::logic::CriterionLogic;

const TOPIC: &str = "held_by_editor";

/// Takes a criterion's reading out of use; it is open with this reason.
pub fn hold(criterion: &mut CriterionLogic, reason: &str) {
    criterion.logic = Expr::Atom(Atom {
        test: Test::Judgement(Topic { key: TOPIC.to_owned(), question: reason.to_owned() }),
        span: criterion.own_span,
        firmness: Firmness::Certain,
    });
}

/// Whether the reading of a criterion is out of use.
pub fn is_held(logic: &Expr) -> bool {
    matches!(logic, Expr::Atom(atom) if is_held_test(&atom.test))
}

pub(crate) fn is_held_test(test: &Test) -> bool {
    matches!(test, Test::Judgement(topic) if topic.key == TOPIC)
}
