//! Abbreviations that the record never spells out.

use super::abbreviations::abbreviations;
use super::material::{Material, finding};
use super::rule;
use std::collections::BTreeSet;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_terminology::{WordKind, words};

rule! {
    /// Reports: the first use of an abbreviation in capitals that neither the criteria nor the record's titles and conditions spell
    /// out, and that is not known to everybody.
    /// Why it matters: one abbreviation often stands for several things.
    /// Example: `Diagnosed with SRNS` in a text that never says steroid-resistant nephrotic syndrome.
    /// What to do: write it out where it is used first.
    /// Source: `crates/eligibility/data/abbreviations.tsv` lists those that need no spelling out.
    RULE = Code("ELG025"), "undefined-abbreviation", Info, "abbreviation never spelt out"
}

/// More are the habit of a text, not slips.
const MOST: usize = 5;

/// So many are looked up, whatever the length of the text.
const MOST_LOOKED: usize = 60;

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut initials = None;
    let (mut n, mut n_looked) = (0, 0);
    for item in material.items.iter().filter(|item| !item.is_shouted()) {
        for at in 0..item.words.len() {
            let written = item.raw(at);
            if item.kind(at) != Some(WordKind::Letters) || !is_abbreviation(written) || !seen.insert(written) {
                continue;
            }
            // "(SRNS)" follows its words, "SRNS (" comes before them; "IL-6" and "HER2" are names.
            let bracketed = at > 0 && matches!(item.norm(at - 1), "(" | "[" | "（" | "\"" | "“")
                || matches!(item.norm(at + 1), "(" | "[" | "（" | "=" | ":");
            let joined = at > 0 && item.norm(at - 1) == "-" || item.norm(at + 1) == "-" || item.norm(at + 1) == "/";
            if bracketed || joined || abbreviations().contains_key(written) {
                continue;
            }
            n_looked += 1;
            if n == MOST || n_looked > MOST_LOOKED {
                return;
            }
            let initials = initials.get_or_insert_with(|| self::initials(material));
            if initials.contains(&written.to_ascii_lowercase()) {
                continue;
            }
            n += 1;
            let message = Said::new("`{written}` is never spelt out").with("written", written);
            out.push(finding(&RULE, Severity::Info, item.span(&(at..at + 1)), message).with_help(
                Said::new("write it out where it is used first, with `({written})` behind it").with("written", written),
            ));
        }
    }
}

/// Three to six capitals that are no roman number.
fn is_abbreviation(word: &str) -> bool {
    (3..=6).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_uppercase())
        && !word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'A' | b'B' | b'C'))
}

/// The first letters of all words of the criteria and of the record's titles, conditions and keywords, fields apart.
fn initials(material: &Material<'_>) -> String {
    let mut out = String::new();
    let mut take = |text: &str| {
        for word in words(text).iter().filter(|word| word.kind == WordKind::Letters) {
            out.extend(word.norm.chars().next());
        }
        out.push(' ');
    };
    for item in &material.items {
        take(item.text);
    }
    if let Some(study) = material.study {
        for field in [&study.brief_title, &study.official_title].into_iter().flatten() {
            take(field);
        }
        for field in study.conditions.iter().chain(&study.keywords) {
            take(field);
        }
    }
    out
}
