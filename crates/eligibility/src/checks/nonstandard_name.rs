//! Names that are not those of what is meant.

use super::abbreviations::abbreviations;
use super::material::{Item, Material, finding};
use super::phrases::Sort;
use super::rule;
use std::collections::BTreeSet;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity, Span};
use trialway_terminology::WordKind;

rule! {
    /// Reports: a name before its abbreviation in brackets that is not what the abbreviation stands for, and names known to be wrong.
    /// Why it matters: who searches for the name does not find it, and the reader wonders whether something else is meant.
    /// Example: `Eastern Cancer Cooperation Group (ECOG)`.
    /// What to do: write the name that is usual.
    /// Source: `crates/eligibility/data/abbreviations.tsv`; `lint.tsv`, rows `name`.
    RULE = Code("ELG028"), "nonstandard-name", Warning, "name is not the usual one"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let known = out.len();
    for item in &material.items {
        for at in 1..item.words.len() {
            if matches!(item.norm(at), "(" | "[" | "（") && matches!(item.norm(at + 2), ")" | "]" | "）" | "," | ";")
            {
                out.extend(expansion(item, at));
            }
        }
    }
    let mut named = Vec::new();
    material.report_phrases(Sort::Name, &RULE, &mut named);
    let told: BTreeSet<Span> = out.iter().skip(known).filter_map(|finding| finding.span).collect();
    let told = |finding: &Diagnostic| {
        let Some(span) = finding.span else { return false };
        told.range(..Span::new(span.end, span.end)).next_back().is_some_and(|other| other.overlaps(span))
    };
    named.retain(|finding| !told(finding));
    out.append(&mut named);
}

/// Words beside a name that do not make it another.
const BESIDE: [&str; 22] = [
    "of",
    "the",
    "for",
    "a",
    "and",
    "or",
    "in",
    "score",
    "status",
    "value",
    "level",
    "scale",
    "serum",
    "version",
    "to",
    "by",
    "total",
    "test",
    "performance",
    "classification",
    "functional",
    "class",
];

/// The words before the bracket at `open`, held against what the abbreviation in it stands for.
fn expansion(item: &Item<'_>, open: usize) -> Option<Diagnostic> {
    let abbreviation = item.raw(open + 1);
    let expansions = abbreviations().get(abbreviation).filter(|expansions| !expansions.is_empty())?;
    let longest = expansions.iter().map(Vec::len).max()?;
    let is_end =
        |k: usize| item.kind(k) == Some(WordKind::Symbol) && !matches!(item.norm(k), "-" | "‐" | "'" | "’" | "/");
    let from = (0..open).rev().take(longest * 2 + 4).take_while(|k| !is_end(*k)).last()?;
    let before: Vec<usize> = (from..open).filter(|k| item.kind(*k) != Some(WordKind::Symbol)).collect();
    let norms: Vec<&str> = before.iter().map(|k| item.norm(*k)).collect();
    let written = |expansion: &Vec<String>| {
        norms.windows(expansion.len()).any(|window| window.iter().zip(expansion).all(|(a, b)| a == b))
    };
    if expansions.iter().any(written) {
        return None;
    }
    let (first, expansion) =
        expansions.iter().filter_map(|expansion| attempt(&norms, expansion)).min_by_key(|(first, _)| *first)?;
    let start = *before.get(first)?;
    let foreign = norms.get(first..)?.iter().any(|norm| {
        !expansion.iter().any(|word| word == norm) && !BESIDE.contains(norm) && *norm != abbreviation.to_lowercase()
    });
    if !foreign {
        return None;
    }
    let name = item.written(&(start..open));
    let meant = expansion.join(" ");
    let message = Said::new("`{name}` is not what `{abbreviation}` stands for")
        .with("name", name)
        .with("abbreviation", abbreviation);
    Some(
        finding(&RULE, Severity::Warning, item.span(&(start..open + 3)), message)
            .with_help(Said::new("write `{meant}`").with("meant", format!("{meant} ({abbreviation})"))),
    )
}

/// Where the words begin that try to be the expansion: near the bracket, with half of its words like those written.
fn attempt<'a>(norms: &[&str], expansion: &'a [String]) -> Option<(usize, &'a [String])> {
    let tail = norms.len().saturating_sub(expansion.len() + 1);
    let alike = |norm: &str| expansion.iter().any(|word| is_alike(norm, word));
    let first = (tail..norms.len()).find(|at| norms.get(*at).is_some_and(|norm| alike(norm)))?;
    let n_alike = expansion
        .iter()
        .filter(|word| norms.get(first..).is_some_and(|rest| rest.iter().any(|norm| is_alike(norm, word))))
        .count();
    // The name must begin where the expansion does, so that what stands before it is not taken for a part.
    let begins = norms.get(first).is_some_and(|norm| expansion.first().is_some_and(|word| is_alike(norm, word)));
    (begins && n_alike * 2 >= expansion.len() && norms.len() - first >= 2).then_some((first, expansion))
}

/// The same word, or one that begins with the same five letters.
fn is_alike(a: &str, b: &str) -> bool {
    let head = |word: &str| word.chars().take(5).collect::<String>();
    a == b || a.len() > 4 && b.len() > 4 && head(a) == head(b)
}
