//! Criteria that are written twice.

use super::material::{Item, Material, finding};
use super::rule;
use std::collections::BTreeMap;
use std::ops::Range;
use trialway_criteria::{Kind, LeafKind};
use trialway_diagnostics::{Code, Diagnostic, Said, Severity, Span};
use trialway_terminology::WordKind;

rule! {
    /// Reports: a criterion with the words of an earlier one of its section, or of a whole sentence of it.
    /// Why it matters: when one of the two is changed later, they contradict each other; an exception in one of them has no effect.
    /// Example: the sixth exclusion criterion repeats the first sentence of the fifth.
    /// What to do: delete one of the two.
    /// Source: observed in registry records.
    RULE = Code("ELG015"), "duplicate-criterion", Error, "criterion written twice"
}

/// Fewer words than this may well stand in two places.
const FEWEST_WORDS: usize = 4;

/// A sentence inside an item must be longer than an item to count as the same criterion.
const FEWEST_WORDS_OF_SENTENCE: usize = 6;

/// More repeated items than this are told as one.
const MOST_TOLD: usize = 3;

/// Where something may be written once: a section, a cohort's part of it, or one parent's list.
type Place = (Kind, Option<Span>, Option<usize>);

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut parts = None;
    let mut wholes: BTreeMap<(Place, u64), usize> = BTreeMap::new();
    let mut sentences: BTreeMap<(Place, u64), (usize, Range<usize>)> = BTreeMap::new();
    for (at, item) in material.items.iter().enumerate() {
        let all = 0..item.words.len();
        let Some((key, n_words)) = key(item, &all) else { continue };
        let place = (item.criterion.kind, item.criterion.group.as_ref().map(|group| group.span), item.parent);
        if n_words >= FEWEST_WORDS && item.criterion.children.is_empty() {
            let earlier = wholes.get(&(place, key)).copied().map(|index| (index, true));
            let earlier = earlier.or_else(|| sentences.get(&(place, key)).map(|(index, _)| (*index, false)));
            if let Some((other, whole)) = earlier.filter(|(other, _)| *other != at)
                && let Some(first) = material.items.get(other)
            {
                let has_parts = *parts.get_or_insert_with(|| self::has_parts(material));
                found.push(report(material, item, first, whole, has_parts));
                continue;
            }
        }
        let sentences_here = item.sentences();
        for part in sentences_here.into_iter().filter(|part| *part != all) {
            if let Some((key, n)) = self::key(item, &part)
                && n >= FEWEST_WORDS_OF_SENTENCE
            {
                if let Some(first) = wholes.get(&(place, key)).and_then(|index| material.items.get(*index)) {
                    let message = Said::new("a sentence of {id} repeats {other}")
                        .with("id", &item.criterion.id)
                        .with("other", &first.criterion.id);
                    found.push(
                        finding(&RULE, Severity::Warning, item.span(&part), message)
                            .with_help(Said::new("delete it or {other}").with("other", &first.criterion.id))
                            .related_to(first.criterion.own_span, "first stated here"),
                    );
                }
                sentences.entry((place, key)).or_insert((at, part));
            }
        }
        if n_words >= FEWEST_WORDS {
            wholes.entry((place, key)).or_insert(at);
        }
    }
    // One item is written twice by mistake; several are a list written twice, often for another kind of participant, under a
    // heading that was not recognised.
    if found.len() > 1 {
        for finding in &mut found {
            finding.severity = Severity::Warning;
        }
    }
    // Where there are parts for several kinds of participants, each may say the same of its own.
    let sections = material.n_sections(Kind::Inclusion).max(material.n_sections(Kind::Exclusion));
    if !found.is_empty() && (sections > 1 || found.len() > 1 && *parts.get_or_insert_with(|| has_parts(material))) {
        found.retain(|finding| finding.severity == Severity::Error);
    }
    if found.len() > MOST_TOLD {
        let n_more = found.len() - 1;
        found.truncate(1);
        found = found
            .into_iter()
            .map(|finding| {
                let message = with_more(&finding.said, n_more);
                finding
                    .saying(message)
                    .with_help("delete one of the lists, or give each a heading that says whom it is for")
            })
            .collect();
    }
    out.append(&mut found);
}

/// What one finding says, when it stands for so many more.
fn with_more(said: &Said, n_more: usize) -> Said {
    let message = match said.pattern() {
        "a sentence of {id} repeats {other}" => {
            Said::new("a sentence of {id} repeats {other}, and {more} more repeat others, too")
        }
        "{id} repeats a sentence of {other}" => {
            Said::new("{id} repeats a sentence of {other}, and {more} more repeat others, too")
        }
        _ => Said::new("{id} repeats {other}, and {more} more repeat others, too"),
    };
    said.gaps().iter().fold(message, |message, (name, words)| message.with(name, words.as_str())).with("more", n_more)
}

fn report(material: &Material<'_>, item: &Item<'_>, first: &Item<'_>, whole: bool, has_parts: bool) -> Diagnostic {
    // Sections of several parts may say the same of each of them.
    let plain = material.n_sections(item.criterion.kind) <= 1
        && item.parent.is_none()
        && item.criterion.group.is_none()
        && item.words.len() >= FEWEST_WORDS_OF_SENTENCE
        && !has_parts;
    let severity = if whole && plain { Severity::Error } else { Severity::Warning };
    let (id, other) = (&item.criterion.id, &first.criterion.id);
    let message =
        if whole { Said::new("{id} repeats {other}") } else { Said::new("{id} repeats a sentence of {other}") };
    let message = message.with("id", id).with("other", other);
    finding(&RULE, severity, item.criterion.own_span, message)
        .with_help(Said::new("delete {id} or what it repeats").with("id", id))
        .related_to(first.criterion.own_span, "first stated here")
}

/// Whether so many items stand twice that a whole list does.
pub(crate) fn lists_twice(material: &Material<'_>) -> bool {
    let mut seen = BTreeMap::new();
    let keys = material.items.iter().filter_map(|item| {
        let (key, n_words) = key(item, &(0..item.words.len()))?;
        (n_words >= FEWEST_WORDS).then_some((item.criterion.kind, key))
    });
    for key in keys {
        *seen.entry(key).or_insert(0_usize) += 1;
    }
    seen.values().filter(|n| **n > 1).count() > 1
}

/// Whether the study has parts that may ask for the same: a heading inside a section, or words of cohorts, arms and phases.
fn has_parts(material: &Material<'_>) -> bool {
    const PARTS: [&str; 10] =
        ["cohort", "arm", "part", "phase", "group", "substudy", "stage", "control", "donor", "registration"];
    let n_headings = material.tree.leaves.iter().filter(|leaf| leaf.kind == LeafKind::Heading).count();
    let part = |item: &Item<'_>| item.words.iter().any(|word| PARTS.contains(&word.norm.as_str()));
    n_headings > material.tree.sections.len().max(1) || material.items.iter().any(part)
}

/// A number for the words of a stretch, signs of comparison included, and how many words it has.
pub(crate) fn key(item: &Item<'_>, range: &Range<usize>) -> Option<(u64, usize)> {
    let mut key = 0_u64;
    let mut n_words = 0;
    for word in item.words.get(range.clone())? {
        let counts = word.kind != WordKind::Symbol || matches!(word.norm.as_str(), "≥" | "≤" | "<" | ">" | "=" | "%");
        if counts {
            // Order matters: the same words in another order are another sentence.
            key = (key.rotate_left(5) ^ word.key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            n_words += usize::from(word.kind != WordKind::Symbol);
        }
    }
    (n_words > 0).then_some((key, n_words))
}
