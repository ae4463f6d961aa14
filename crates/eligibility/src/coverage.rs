//! How much of the criteria was read.

use crate::expr::{Expr, Test};
use crate::logic::{Coverage, CriterionLogic};
use trialway_diagnostics::Span;

/// Adds a criterion and its children to the count.
pub(crate) fn add(criterion: &CriterionLogic, coverage: &mut Coverage) {
    let (mut n_read, mut n_waiting, mut n_unread, mut n_unread_bytes, mut n_nodes) = (0, 0, 0, 0, 0);
    let mut by_name = false;
    criterion.logic.for_each_leaf(&mut |leaf| match leaf {
        Expr::Atom(atom) if matches!(atom.test, Test::Judgement(_) | Test::Consent(_)) => n_waiting += 1,
        // What decides nothing is not computed.
        Expr::Atom(atom) if atom.firmness == crate::expr::Firmness::Tentative => {
            n_read += 1;
            n_unread += 1;
        }
        Expr::Atom(atom) => {
            n_read += 1;
            by_name |= matches!(&atom.test, Test::Event(event)
                if event.concept.as_ref().is_some_and(|id| id.written_words().is_some()));
        }
        Expr::Node(_) => n_nodes += 1,
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
        (0, 0, 0) if n_nodes == 0 => coverage.n_nothing += 1,
        (0, 0, 0) | (1.., 0, 0) => {
            coverage.n_computed += 1;
            coverage.n_by_name += usize::from(by_name);
        }
        (0, 0, _) => coverage.n_unread += 1,
        (_, _, 1..) => coverage.n_partly += 1,
        _ => coverage.n_judgement += 1,
    }
    for child in &criterion.children {
        add(child, coverage);
    }
}

/// The stretches of a study's text that were not read: neighbours with only space or signs between are one.
///
/// **Shape**: in text order, none overlapping; each inside one criterion's own words.
pub fn unread_stretches(study: &crate::logic::StudyLogic, text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    for criterion in &study.criteria {
        stretches(criterion, text, &mut out);
    }
    out
}

fn stretches(criterion: &CriterionLogic, text: &str, out: &mut Vec<Span>) {
    let mut own: Vec<Span> = Vec::new();
    criterion.logic.for_each_leaf(&mut |leaf| {
        if let Expr::Unread { span } = leaf
            && criterion.own_span.start <= span.start
            && span.end <= criterion.own_span.end
            && span.start < span.end
        {
            own.push(*span);
        }
    });
    own.sort_unstable();
    for span in own {
        let joins = out.last().is_some_and(|last: &Span| {
            last.start >= criterion.own_span.start
                && (span.start <= last.end
                    || text.get(last.end..span.start).is_some_and(|gap| {
                        gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '/' | '\'' | '’'))
                    }))
        });
        match out.last_mut() {
            Some(last) if joins => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    for child in &criterion.children {
        stretches(child, text, out);
    }
}
