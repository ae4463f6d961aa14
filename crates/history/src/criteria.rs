//! The criteria of two versions, one by one.
//!
//! Criteria are the same when their words are, whatever their layout, numbers and order: order has no meaning. Of what is left,
//! those that are alike are one criterion that changed; the rest came or went.

use crate::wording::{likeness, same};
use crate::{Change, Part};
use trialway_criteria::{Criterion, Kind, parse};
use trialway_study::Eligibility;

/// From this likeness on, two wordings are one criterion that changed.
const ALIKE: f64 = 0.5;

/// More pairs than this are not held against each other: all of them came or went.
const MOST_PAIRS: usize = 250_000;

/// One criterion: its section, its words, and those of what it stands under.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    kind: Kind,
    words: String,
    under: String,
}

/// What changed in the criteria.
///
/// **Shape**: by section, inclusion first; in each what changed or went in the order of the older text, then what came in the
/// order of the newer. Text that changed without any of this changed in its layout, and that is said.
pub fn changes(older: &Eligibility, newer: &Eligibility) -> Vec<Change> {
    let text = |eligibility: &Eligibility| eligibility.text.clone().unwrap_or_default();
    let (before, after) = (text(older), text(newer));
    if before == after {
        return Vec::new();
    }
    let (before, after) = (items(&before), items(&after));
    let mut out = Vec::new();
    for kind in [Kind::Inclusion, Kind::Exclusion] {
        let of = |all: &[Item]| -> Vec<Item> { all.iter().filter(|item| item.kind == kind).cloned().collect() };
        of_section(kind, of(&before), of(&after), &mut out);
    }
    if out.is_empty() {
        out.push(Change::new(Part::Field("Layout of the criteria"), None, None));
    }
    out
}

fn items(text: &str) -> Vec<Item> {
    fn walk(criteria: &[Criterion], under: &str, out: &mut Vec<Item>) {
        for criterion in criteria {
            let words = criterion.own.text().split_whitespace().collect::<Vec<_>>().join(" ");
            let group = criterion.group.as_ref().map(|group| group.text.clone()).unwrap_or_default();
            let under = if under.is_empty() { group } else { under.to_owned() };
            out.push(Item { kind: criterion.kind, words: words.clone(), under });
            walk(&criterion.children, &words, out);
        }
    }
    let mut out = Vec::new();
    walk(&parse(text).value.criteria, "", &mut out);
    out
}

fn of_section(kind: Kind, before: Vec<Item>, after: Vec<Item>, out: &mut Vec<Change>) {
    let words = |items: &[Item]| -> Vec<String> { items.iter().map(|item| item.words.clone()).collect() };
    let (a, b) = (words(&before), words(&after));
    let mut partner: Vec<Option<usize>> = vec![None; a.len()];
    let mut taken = vec![false; b.len()];
    let mut pair = |x: usize, y: usize| {
        if let (Some(slot), Some(taken)) = (partner.get_mut(x), taken.get_mut(y))
            && slot.is_none()
            && !*taken
        {
            *slot = Some(y);
            *taken = true;
        }
    };
    for (x, y) in same(&a, &b) {
        pair(x, y);
    }
    // The same words elsewhere in the section.
    for (x, y) in left(&a, &b, |one, other| one == other) {
        pair(x, y);
    }
    let n_before = partner.iter().filter(|slot| slot.is_none()).count();
    let n_after = taken.iter().filter(|taken| !**taken).count();
    if n_before.saturating_mul(n_after) <= MOST_PAIRS {
        let free: Vec<usize> = places(&partner, Option::is_none);
        let new: Vec<usize> = places(&taken, |taken| !*taken);
        let mut alike: Vec<(f64, usize, usize)> = Vec::new();
        for x in &free {
            for y in &new {
                let (Some(one), Some(other)) = (a.get(*x), b.get(*y)) else { continue };
                let likeness = likeness(one, other);
                if likeness >= ALIKE {
                    alike.push((likeness, *x, *y));
                }
            }
        }
        // The likest pairs first; of equals those that stand first.
        alike.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        for (_, x, y) in alike {
            if let (Some(slot), Some(taken)) = (partner.get_mut(x), taken.get_mut(y))
                && slot.is_none()
                && !*taken
            {
                *slot = Some(y);
                *taken = true;
            }
        }
    }
    for (item, partner) in before.iter().zip(&partner) {
        match partner.and_then(|y| after.get(y)) {
            None => out.push(Change::new(Part::Criterion(kind), Some(item.words.clone()), None)),
            Some(now) if now.words != item.words => {
                out.push(Change::new(Part::Criterion(kind), Some(item.words.clone()), Some(now.words.clone())));
            }
            Some(now) if now.under != item.under && !is_same_parent(item, now, &before, &after, kind) => {
                let place = |item: &Item| match item.under.as_str() {
                    "" => format!("{} (by itself)", item.words),
                    under => format!("{} (under “{under}”)", item.words),
                };
                out.push(Change::new(Part::Criterion(kind), Some(place(item)), Some(place(now))));
            }
            Some(_) => {}
        }
    }
    for (item, taken) in after.iter().zip(&taken) {
        if !taken {
            out.push(Change::new(Part::Criterion(kind), None, Some(item.words.clone())));
        }
    }
}

/// Whether what an item stands under only changed its words, which is said of it already.
fn is_same_parent(item: &Item, now: &Item, before: &[Item], after: &[Item], kind: Kind) -> bool {
    let stands = |items: &[Item], words: &str| items.iter().any(|one| one.kind == kind && one.words == words);
    !item.under.is_empty()
        && !now.under.is_empty()
        && !stands(after, &item.under)
        && !stands(before, &now.under)
        && likeness(&item.under, &now.under) >= ALIKE
}

fn places<T>(list: &[T], wanted: impl Fn(&T) -> bool) -> Vec<usize> {
    list.iter().enumerate().filter(|(_, one)| wanted(one)).map(|(at, _)| at).collect()
}

fn left(a: &[String], b: &[String], is_pair: impl Fn(&str, &str) -> bool) -> Vec<(usize, usize)> {
    if a.len().saturating_mul(b.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (x, one) in a.iter().enumerate() {
        for (y, other) in b.iter().enumerate() {
            if is_pair(one, other) {
                out.push((x, y));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, want: &[&str]) {
        let of = |text: &str| Eligibility { text: Some(text.to_owned()), ..Eligibility::default() };
        let found: Vec<String> = changes(&of(before), &of(after)).iter().map(Change::sentence).collect();
        assert_eq!(found, want, "{before}\n->\n{after}");
    }

    #[test]
    fn criteria_come_go_and_change() {
        check(
            "Inclusion Criteria:\n\n* Age 18 to 65 years\n* Gout for a year\n\nExclusion Criteria:\n\n* Pregnancy",
            "Inclusion Criteria:\n\n* Age 18 to 75 years\n* Written consent\n\nExclusion Criteria:\n\n* Pregnancy\n* Dialysis",
            &[
                "Inclusion criterion changed from “Age 18 to 65 years” to “Age 18 to 75 years”",
                "Inclusion criterion removed: Gout for a year",
                "Inclusion criterion added: Written consent",
                "Exclusion criterion added: Dialysis",
            ],
        );
    }

    #[test]
    fn order_and_layout_are_no_change_of_a_criterion() {
        check(
            "Inclusion Criteria:\n\n* Adults\n* Gout",
            "Inclusion Criteria:\n\n1. Gout\n2. Adults",
            &["Layout of the criteria changed"],
        );
        check("Inclusion Criteria:\n\n* Adults", "Inclusion Criteria:\n\n* Adults", &[]);
    }

    #[test]
    fn a_criterion_that_changes_sides_went_and_came() {
        check(
            "Inclusion Criteria:\n\n* Adults\n* Diabetes\n\nExclusion Criteria:\n\n* Pregnancy",
            "Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* Pregnancy\n* Diabetes",
            &["Inclusion criterion removed: Diabetes", "Exclusion criterion added: Diabetes"],
        );
    }

    #[test]
    fn a_part_that_stands_under_another_is_a_change() {
        check(
            "Exclusion Criteria:\n\n* Any of:\n  * Stroke\n  * Dialysis\n* All of:\n  * Smoking",
            "Exclusion Criteria:\n\n* Any of:\n  * Stroke\n* All of:\n  * Smoking\n  * Dialysis",
            &["Exclusion criterion changed from “Dialysis (under “Any of:”)” to “Dialysis (under “All of:”)”"],
        );
        // A lead that only changed its words does not change what stands under it.
        check(
            "Exclusion Criteria:\n\n* Any of the following conditions:\n  * Stroke",
            "Exclusion Criteria:\n\n* Any of the following known conditions:\n  * Stroke",
            &[
                "Exclusion criterion changed from “Any of the following conditions:” to “Any of the following known conditions:”",
            ],
        );
    }

    #[test]
    fn text_that_comes_or_goes_is_all_its_criteria() {
        check("", "Inclusion Criteria:\n\n* Adults", &["Inclusion criterion added: Adults"]);
        check(
            "Inclusion Criteria:\n\n* Adults\n* Adults",
            "Inclusion Criteria:\n\n* Adults",
            &["Inclusion criterion removed: Adults"],
        );
    }
}
