//! How much of the criteria was read.

use crate::expr::{Expr, Test};
use crate::logic::{Coverage, CriterionLogic};

/// Adds a criterion and its children to the count.
pub(crate) fn add(criterion: &CriterionLogic, coverage: &mut Coverage) {
    let (mut n_read, mut n_waiting, mut n_unread, mut n_unread_bytes) = (0, 0, 0, 0);
    criterion.logic.for_each_leaf(&mut |leaf| match leaf {
        Expr::Atom(atom) if matches!(atom.test, Test::Judgement(_) | Test::Consent(_)) => n_waiting += 1,
        Expr::Atom(_) => n_read += 1,
        Expr::Unread { span } => {
            n_unread += 1;
            n_unread_bytes += span.len();
        }
        _ => {}
    });
    coverage.n_criteria += 1;
    coverage.n_bytes += criterion.own_span.len();
    coverage.n_unread_bytes += n_unread_bytes.min(criterion.own_span.len());
    match (n_read, n_waiting, n_unread) {
        (0, 0, 0) | (1.., 0, 0) => coverage.n_computed += 1,
        (0, 0, _) => coverage.n_unread += 1,
        (_, _, 1..) => coverage.n_partly += 1,
        _ => coverage.n_judgement += 1,
    }
    for child in &criterion.children {
        add(child, coverage);
    }
}
