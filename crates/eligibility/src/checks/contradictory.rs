//! Criteria that no one can meet together.

use super::duplicate::lists_twice;
use super::interval::{Interval, Subject, conjuncts, limit};
use super::material::{Item, Material, finding};
use super::rule;
use crate::expr::{Atom, Expr, Firmness, Test};
use crate::logic::CriterionLogic;
use std::collections::BTreeMap;
use trialway_criteria::Kind;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_terminology::{ConceptId, WordKind, words};

rule! {
    /// Reports: an exclusion criterion that rules out all whom an inclusion criterion asks for, and inclusion criteria that cannot both hold.
    /// Why it matters: nobody can be found eligible.
    /// Example: inclusion `Age of 18 years or older`, exclusion `Age above 16 years`.
    /// What to do: correct one of the two.
    /// Source: docs/semantics.md; the logic of the two criteria.
    RULE = Code("ELG017"), "contradictory-criteria", Error, "criteria that nobody can meet together"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let whole = |kind: Kind| {
        material.logic.criteria.iter().filter(move |criterion| {
            criterion.kind == kind && criterion.group.is_none() && criterion.children.is_empty()
        })
    };
    // A section that is written twice is that of two kinds of participants.
    if material.n_sections(Kind::Inclusion) > 1 || material.n_sections(Kind::Exclusion) > 1 || lists_twice(material) {
        return;
    }
    // "Of nondiabetic subjects:", "20 obese patients": what follows is asked of some.
    if material.items.iter().any(of_some) {
        return;
    }
    // "One of the following:": what follows need not hold together.
    let leads_to_some = material.items.iter().any(|item| item.text.trim_end().ends_with(':'));
    let mut wanted: BTreeMap<Subject, (Interval, &CriterionLogic)> = BTreeMap::new();
    let mut tests: BTreeMap<&ConceptId, Vec<(&Atom, &CriterionLogic)>> = BTreeMap::new();
    for criterion in whole(Kind::Inclusion) {
        let mut atoms = Vec::new();
        conjuncts(&criterion.logic, &mut atoms);
        for atom in atoms {
            if atom.firmness == Firmness::Tentative {
                continue;
            }
            if let Some((subject, interval)) = limit(atom, material.terminology) {
                let entry = wanted.entry(subject).or_insert((Interval::default(), criterion));
                let both = entry.0.meet(interval);
                if both.is_empty() && !entry.0.is_empty() && entry.1.id != criterion.id && !leads_to_some {
                    let message = Said::new("no value meets both {first} and {second}")
                        .with("first", &entry.1.id)
                        .with("second", &criterion.id);
                    out.push(
                        finding(&RULE, Severity::Warning, atom.span, message)
                            .with_help("correct one of the two limits")
                            .related_to(entry.1.own_span, "the other limit"),
                    );
                }
                entry.0 = both;
            } else if let Some(concept) = plain(&atom.test) {
                tests.entry(concept).or_default().push((atom, criterion));
            }
        }
    }
    for criterion in whole(Kind::Exclusion) {
        if let Expr::Atom(atom) = &criterion.logic {
            let same = plain(&atom.test).and_then(|concept| tests.get(concept)).and_then(|tests| {
                tests
                    .iter()
                    .find(|(other, first)| same_matter(&other.test, &atom.test) && says_the_same(first, criterion))
            });
            if let Some((_, first)) = same {
                let message = Said::new("{second} rules out what {first} asks for")
                    .with("second", &criterion.id)
                    .with("first", &first.id);
                out.push(
                    finding(&RULE, Severity::Warning, atom.span, message)
                        .with_help("correct one of the two")
                        .related_to(first.own_span, "asked for here"),
                );
            }
            if let Some((subject, ruled_out)) = limit(atom, material.terminology)
                && let Some((asked, first)) = wanted.get(&subject)
                && !asked.is_empty()
                && asked.is_within(ruled_out)
            {
                let message = Said::new("{second} rules out every value that {first} allows")
                    .with("second", &criterion.id)
                    .with("first", &first.id);
                // Ages are read most surely; another measure may be of another time or place.
                let severity = if subject == Subject::Age { Severity::Error } else { Severity::Warning };
                out.push(
                    finding(&RULE, severity, atom.span, message)
                        .with_help("correct one of the two limits")
                        .related_to(first.own_span, "the other limit"),
                );
            }
        }
    }
}

/// Whether two tests ask the same, one for it and one against it.
fn same_matter(a: &Test, b: &Test) -> bool {
    let neutral = |test: &Test| {
        let mut test = test.clone();
        if let Test::Event(event) = &mut test {
            event.rules_out = false;
        }
        test
    };
    neutral(a) == neutral(b)
}

/// Whether two criteria have the same words: only then is what one asks for what the other rules out, and not a kind of it.
fn says_the_same(one: &CriterionLogic, other: &CriterionLogic) -> bool {
    let solid = |criterion: &CriterionLogic| {
        let mut all = words(criterion.own.text());
        all.retain(|word| word.kind != WordKind::Symbol);
        all.into_iter().map(|word| word.norm).collect::<Vec<_>>()
    };
    solid(one) == solid(other)
}

/// Whether an item is one kind of participant among several: it counts people, or is a heading that ends with a colon.
fn of_some(item: &Item<'_>) -> bool {
    const PEOPLE: [&str; 7] = ["patient", "subject", "participant", "volunteer", "person", "adult", "individual"];
    let first = item.first_word();
    let is_person = |at: usize| PEOPLE.contains(&item.norm(at));
    let counts = item.kind(first) == Some(WordKind::Number) && (first + 1..first + 5).any(is_person);
    let n = item.words.len();
    let heading = n > 1 && n <= 6 && item.norm(n - 1) == ":" && (first..n).any(is_person);
    let whom = matches!(item.norm(first), "of" | "for")
        && (first + 1..first + 4).any(|at| is_person(at) && item.norm(at + 1) == ":");
    counts || heading || whom
}

/// The concept of a test about one thing, now or ever, without anything that narrows it.
fn plain(test: &Test) -> Option<&ConceptId> {
    match test {
        Test::Event(event) if event.window.is_none() && event.qualifiers.is_empty() && event.other_than.is_empty() => {
            event.concept.as_ref()
        }
        Test::Result(result) if result.window.is_none() => Some(&result.concept),
        _ => None,
    }
}
