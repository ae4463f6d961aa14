//! Comparison signs that became another sign on the way.

use super::material::{Item, Material, finding};
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_terminology::WordKind;

rule! {
    /// Reports: an age or a laboratory limit with `=` or `?` where `≥` or `≤` must have stood.
    /// Why it matters: nobody asks for one exact age or value; whether it is the lowest or the highest allowed is lost.
    /// Example: `Age = 18 years`, `GFR ? 60 mL/min`.
    /// What to do: write `>=` or `<=`, which every program keeps.
    /// Source: observed in registry records that lost signs outside Latin-1.
    RULE = Code("ELG005"), "lost-comparison-sign", Error, "comparison sign lost"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for at in 1..item.words.len() {
            match item.norm(at) {
                "?" => out.extend(question(item, at)),
                "=" => out.extend(equal(item, at)),
                _ => {}
            }
        }
    }
}

fn is_number(item: &Item<'_>, at: usize) -> bool {
    item.kind(at) == Some(WordKind::Number)
}

/// A question mark that stands by itself before a number.
fn question(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    let apart = !item.touches(at - 1) && item.kind(at - 1) == Some(WordKind::Letters);
    // "for 7 ? 10 days" lost a dash, not a comparison.
    if !apart || !is_number(item, at + 1) {
        return None;
    }
    let written = item.written(&(at - 1..at + 2));
    Some(
        finding(
            &RULE,
            Severity::Error,
            item.span(&(at..at + 2)),
            Said::new("a comparison sign was lost: `{written}` has a question mark in its place")
                .with("written", written),
        )
        .with_help("write `>=` or `<=`"),
    )
}

/// An equal sign before an age.
fn equal(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    if !is_number(item, at + 1) || matches!(item.norm(at - 1), "<" | ">" | "≥" | "≤" | "or" | "/" | "to" | "=") {
        return None;
    }
    let unit = item.norm(at + 2);
    let aged = |k: usize| k.checked_sub(1).is_some_and(|k| matches!(item.norm(k), "age" | "aged"));
    let years = matches!(unit, "year" | "yr" | "y");
    let behind =
        years && matches!(item.norm(at + 3), "old") || years && item.norm(at + 3) == "of" && item.norm(at + 4) == "age";
    // "HbA1c =7.0% and =10.0%"
    let twin = (at + 2..at + 5)
        .find(|k| matches!(item.norm(*k), "and" | "to" | "but") && item.norm(k + 1) == "=" && is_number(item, k + 2));
    if let Some(twin) = twin.filter(|_| !aged(at) && !behind) {
        let range = at..twin + 3;
        let message = Said::new("`{written}` asks for two values at once; `≥` and `≤` were lost")
            .with("written", item.written(&range));
        return Some(finding(&RULE, Severity::Error, item.span(&range), message).with_help("write `>=` and `<=`"));
    }
    if !aged(at) && !behind {
        return None;
    }
    let end = if years { at + 3 } else { at + 2 };
    let written = item.written(&(at - 1..end));
    Some(
        finding(
            &RULE,
            Severity::Error,
            item.span(&(at..end)),
            Said::new("`{written}` asks for one exact age; `≥` or `≤` was lost").with("written", written),
        )
        .with_help("write `>=` or `<=`"),
    )
}
