//! Criteria that no sentence of ours holds: what is other than what, of whom, and when.

use super::check::has_word;
use super::faithful::{is_point_in_time, is_told_by_another_event};
use super::texts::norm;
use trialway_eligibility::CriterionLogic;
use trialway_eligibility::expr::{Atom, Comparator, EventRole, Expr, Test};

/// Whether a ground of exclusion begins with "other" ("other painful conditions"), other than what the study is about, and the
/// reading names the kind as a whole.
pub(super) fn begins_with_other(criterion: &CriterionLogic, text: &str) -> bool {
    let mut first: Option<&Atom> = None;
    criterion.logic.for_each_leaf(&mut |leaf| {
        if let Expr::Atom(atom) = leaf
            && first.is_none_or(|so_far| atom.span.start < so_far.span.start)
        {
            first = Some(atom);
        }
    });
    let Some(atom) = first else { return false };
    let names_a_kind = match &atom.test {
        Test::Event(event) => {
            let written = event.concept.as_ref().and_then(|id| id.written_words()).unwrap_or_default();
            event.other_than.is_empty() && !has_word(&written.to_lowercase(), "other")
        }
        Test::Therapy(_) => true,
        _ => false,
    };
    let till = text.get(criterion.own_span.start..atom.span.start).unwrap_or_default().to_lowercase();
    let passage = text.get(atom.span.start..atom.span.end).unwrap_or_default().to_lowercase();
    let is_other = |words: &str| has_word(words, "other") && !has_word(words, "other than");
    names_a_kind && (is_other(&till) || is_other(passage.split(' ').take(2).collect::<Vec<_>>().join(" ").as_str()))
}

/// Whether a requirement holds several limits of age on one side: of groups of people, each with its own.
pub(super) fn has_ages_of_several_groups(logic: &Expr) -> bool {
    let mut sides = Vec::new();
    logic.for_each_leaf(&mut |leaf| {
        if let Expr::Atom(Atom { test: Test::Age(age), .. }) = leaf
            && age.onset_of.is_none()
        {
            sides.push(matches!(age.comparator, Comparator::AtLeast | Comparator::MoreThan));
        }
    });
    sides.iter().filter(|lower| **lower).count() > 1 || sides.iter().filter(|lower| !**lower).count() > 1
}

/// Whether examples stand between what is named and its time ("heart disease, such as a stroke within a year"): the time may be
/// theirs alone. Examples in brackets leave it to the whole.
pub(super) fn has_a_time_of_examples(criterion: &CriterionLogic, text: &str) -> bool {
    let mut found = false;
    criterion.logic.for_each_leaf(&mut |leaf| {
        if let Expr::Atom(Atom { test: Test::Event(event), span, .. }) = leaf
            && event.window.is_some()
        {
            let behind = text.get(span.end..criterion.own_span.end).unwrap_or_default();
            let behind = behind.trim_start_matches([',', ' ']).to_lowercase();
            found |=
                ["such as ", "including ", "for example", "e.g.", "like "].iter().any(|cue| behind.starts_with(cue));
        }
    });
    found
}

/// Whether a reading takes a mere point in time ("in the month before the operation") for something that was had, or leaves one
/// out ("radiotherapy before surgery").
pub(super) fn has_a_point_in_time(criterion: &CriterionLogic, text: &str) -> bool {
    let (mut n, mut is_point, mut is_lost) = (0_usize, false, false);
    let own = criterion.own_span;
    criterion.logic.for_each_leaf(&mut |leaf| {
        n += 1;
        let Expr::Atom(Atom { test, span, .. }) = leaf else { return };
        let (is_done, is_open) = match test {
            Test::Event(event) => (event.role != EventRole::Condition, event.window.is_none()),
            Test::Therapy(therapy) => (true, therapy.window.is_none()),
            _ => return,
        };
        is_point |= is_done && is_point_in_time(text.get(own.start..span.start).unwrap_or_default());
        let behind = text.get(span.end..own.end).unwrap_or_default();
        is_lost |= is_open && is_told_by_another_event(text.get(span.start..span.end).unwrap_or_default(), behind);
    });
    n > 1 && is_point || is_lost
}

/// Whether a time that stands in a second clause is put on what the first one names: "has gout, or is treated within a week".
pub(super) fn has_a_time_of_another_clause(criterion: &CriterionLogic, text: &str) -> bool {
    const CLAUSES: [&str; 6] = [" or is ", " or has ", " or have ", " or are ", " or was ", " or were "];
    let own = text.get(criterion.own_span.start..criterion.own_span.end).unwrap_or_default().to_ascii_lowercase();
    let Some(at) = CLAUSES.iter().filter_map(|cue| own.find(cue)).min() else { return false };
    if own.get(..at).is_some_and(|first| first.contains(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let mut found = false;
    criterion.logic.for_each_leaf(&mut |leaf| {
        let Expr::Atom(Atom { test, span, .. }) = leaf else { return };
        let has_window = match test {
            Test::Event(event) => event.window.is_some(),
            Test::Therapy(therapy) => therapy.window.is_some(),
            _ => false,
        };
        found |= has_window && span.start < criterion.own_span.start + at;
    });
    found
}

/// Whether the words have a length of time ("for > 3 months") that none of the sentences says.
pub(super) fn loses_a_time(own: &str, said: &str) -> bool {
    let own = norm(own);
    let mut words = own.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty()).peekable();
    let numbers: Vec<&str> = said.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).collect();
    while let Some(word) = words.next() {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let is_unit = words.peek().is_some_and(|next| {
            ["day", "week", "month", "year"]
                .iter()
                .any(|unit| next.strip_prefix(unit).is_some_and(|end| end.len() <= 1))
        });
        if is_number && is_unit && !numbers.contains(&word) {
            return true;
        }
    }
    false
}
