//! What heaps up without order is left unread as a whole, so that the cost of reading stays in proportion to the text.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use trialway_criteria::parse;
use trialway_eligibility::{Expr, lower};
use trialway_terminology::Terminology;

/// The leaves of the only criterion: how many are read, and how many bytes are not.
fn leaves(item: &str) -> (usize, usize) {
    let text = format!("Inclusion Criteria:\n* {item}\n");
    let logic = lower(&parse(&text).value, Terminology::builtin());
    let (mut read, mut unread) = (0, 0);
    for criterion in &logic.criteria {
        criterion.logic.for_each_leaf(&mut |leaf| match leaf {
            Expr::Unread { span } => unread += span.end - span.start,
            _ => read += 1,
        });
    }
    (read, unread)
}

#[test]
fn a_list_that_people_write_is_read() {
    let names = ["asthma", "stroke", "migraine", "hepatitis B", "cirrhosis"].map(|name| format!("{name}, ")).concat();
    let (read, unread) = leaves(&format!("History of {}or epilepsy", names.repeat(10)));
    assert_eq!((read, unread), (51, 0));
}

#[test]
fn names_without_anything_between_them_are_left_unread() {
    let item = "asthma ".repeat(400);
    let (read, unread) = leaves(item.trim());
    assert_eq!(read, 0);
    assert_eq!(unread, item.trim().len());
}

#[test]
fn a_sentence_of_too_many_things_is_left_unread() {
    let item = "asthma, stroke, ".repeat(400);
    let (read, unread) = leaves(item.trim_end_matches(", "));
    assert_eq!(read, 0);
    assert!(unread >= item.len() - 4, "{unread} of {} bytes are said to be unread", item.len());
}

#[test]
fn numbers_without_end_limit_nothing() {
    let text = format!("Inclusion Criteria:\n* {}\n", "ALT > 3 and ".repeat(2000));
    let logic = lower(&parse(&text).value, Terminology::builtin());
    assert_eq!(logic.criteria[0].bounds.len(), 512);
}
