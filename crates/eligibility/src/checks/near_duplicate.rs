//! Criteria that say the same in nearly the same words.

use super::duplicate::{key, lists_twice};
use super::material::{Item, Material, finding};
use super::rule;
use std::collections::{BTreeMap, BTreeSet};
use trialway_criteria::Kind;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_terminology::{ConceptId, WordKind};
use trialway_units::Decimal;

rule! {
    /// Reports: two criteria of one section that name the same things with the same limits in nearly the same words.
    /// Why it matters: where they differ, one may have been meant to replace the other.
    /// Example: `Known allergy to the study drug or its excipients` and `Allergy to the study drug or to its excipients`.
    /// What to do: keep the better one.
    /// Source: shingles of words after Broder 1997, held against concepts and limits.
    RULE = Code("ELG016"), "near-duplicate-criterion", Warning, "criterion written nearly twice"
}

/// Words of a shingle.
const SHINGLE: usize = 2;

/// Shingles that more items than this have say nothing; so the work stays linear in the text.
const MOST_ITEMS: usize = 6;

/// Of all shingles of two items, so many of ten must be in both.
const SHARED_OF_TEN: usize = 6;

/// Fewer words than this are too few to compare.
const FEWEST_WORDS: usize = 6;

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    // A list for another kind of participant says nearly the same, and means others.
    if lists_twice(material) || material.n_sections(Kind::Inclusion) > 1 || material.n_sections(Kind::Exclusion) > 1 {
        return;
    }
    let mut having: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut n_shingles: Vec<usize> = Vec::with_capacity(material.items.len());
    for (at, item) in material.items.iter().enumerate() {
        let shingles = shingles(item);
        n_shingles.push(shingles.len());
        for shingle in shingles {
            having.entry(shingle).or_default().push(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for items in having.values().filter(|items| items.len() <= MOST_ITEMS) {
        for (n, right) in items.iter().enumerate() {
            for left in items.iter().take(n) {
                *shared.entry((*left, *right)).or_default() += 1;
            }
        }
    }
    let mut told = BTreeSet::new();
    for ((left, right), n) in shared {
        let count = |at: usize| n_shingles.get(at).copied().unwrap_or_default();
        let all = count(left) + count(right) - n;
        let (Some(first), Some(second)) = (material.items.get(left), material.items.get(right)) else { continue };
        if n * 10 < all * SHARED_OF_TEN || !comparable(first, second) || !told.insert(right) {
            continue;
        }
        let (id, other) = (&second.criterion.id, &first.criterion.id);
        out.push(
            finding(
                &RULE,
                Severity::Warning,
                second.criterion.own_span,
                Said::new("{id} says nearly the same as {other}").with("id", id).with("other", other),
            )
            .with_help("keep the better of the two")
            .related_to(first.criterion.own_span, "first stated here"),
        );
    }
}

fn shingles(item: &Item<'_>) -> BTreeSet<u64> {
    let solid: Vec<u64> = item.words.iter().filter(|word| word.kind != WordKind::Symbol).map(|word| word.key).collect();
    if solid.len() < FEWEST_WORDS || !item.criterion.children.is_empty() {
        return BTreeSet::new();
    }
    solid.windows(SHINGLE).map(|pair| pair.iter().fold(0, |key: u64, word| key.rotate_left(7) ^ word)).collect()
}

/// Of one list, with the same things named, the same limits and the same denials; not the same words, which is a duplicate.
fn comparable(left: &Item<'_>, right: &Item<'_>) -> bool {
    let place =
        |item: &Item<'_>| (item.criterion.kind, item.criterion.group.as_ref().map(|group| group.span), item.parent);
    let named = |item: &Item<'_>| -> BTreeSet<(Option<ConceptId>, bool)> {
        item.criterion.entities.iter().map(|entity| (entity.concept.clone(), entity.negated)).collect()
    };
    let limits = |item: &Item<'_>| -> Vec<Decimal> { item.criterion.bounds.iter().map(|bound| bound.value).collect() };
    let numbers = |item: &Item<'_>| -> Vec<String> {
        item.words
            .iter()
            .filter(|w| w.kind == WordKind::Number || matches!(w.norm.as_str(), "<" | ">" | "≥" | "≤" | "="))
            .map(|w| w.norm.to_string())
            .collect()
    };
    let all = |item: &Item<'_>| key(item, &(0..item.words.len()));
    place(left) == place(right)
        && all(left) != all(right)
        && !named(left).is_empty()
        && named(left) == named(right)
        && limits(left) == limits(right)
        && numbers(left) == numbers(right)
        && differing(left, right)
}

/// Whether the words that only one of the two has are small words, so that they mean nothing of their own.
fn differing(left: &Item<'_>, right: &Item<'_>) -> bool {
    const WEIGHTY: [&str; 22] = [
        "not", "no", "without", "or", "left", "right", "upper", "lower", "male", "female", "man", "woman", "before",
        "after", "positive", "negative", "type", "first", "second", "direct", "indirect", "other",
    ];
    let words = |item: &Item<'_>| -> BTreeSet<String> {
        item.words.iter().filter(|w| w.kind == WordKind::Letters).map(|w| w.norm.to_string()).collect()
    };
    let (a, b) = (words(left), words(right));
    let only: Vec<&String> = a.symmetric_difference(&b).collect();
    let swapped = a.difference(&b).count() > 0 && b.difference(&a).count() > 0;
    // One word put for another is another thing ("hepatitis B", "hepatitis C"; "ALT", "AST").
    let weighty = only.iter().any(|word| WEIGHTY.contains(&word.as_str()));
    let few = swapped && only.len() <= 2;
    !weighty && !few
}
