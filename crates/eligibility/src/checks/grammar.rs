//! Slips of number and words written twice.

use super::material::{Item, Material, finding};
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_terminology::WordKind;

rule! {
    /// Reports: `1 months` and small words written twice (`and and`).
    /// Why it matters: where a number and its unit disagree, one of the two may be wrong.
    /// Example: `within 1 months before enrolment`.
    /// What to do: correct the number or the word.
    /// Source: observed in registry records.
    RULE = Code("ELG026"), "grammar", Info, "slip of grammar"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for at in 0..item.words.len() {
            out.extend(number(item, at));
            out.extend(twice(item, at));
        }
    }
}

fn number(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    let plural = matches!(item.raw(at + 1), "months" | "weeks" | "years" | "days" | "hours");
    if item.norm(at) != "1" || !plural {
        return None;
    }
    // "0-1 days", "1/1 days" are no slip.
    let before = at.checked_sub(1);
    if before.is_some_and(|before| matches!(item.norm(before), "-" | "–" | "—" | "~" | "/" | "to" | "or" | "." | "+"))
    {
        return None;
    }
    let from = before.filter(|before| item.norm(*before) == "within").unwrap_or(at);
    let one = item.raw(at + 1).trim_end_matches('s');
    let message = Said::new("`1 {word}` has the plural for one").with("word", item.raw(at + 1));
    Some(
        finding(&RULE, Severity::Info, item.span(&(from..at + 2)), message)
            .with_help(Said::new("write `{meant}`").with("meant", format!("1 {one}"))),
    )
}

fn twice(item: &Item<'_>, at: usize) -> Option<Diagnostic> {
    const SMALL: [&str; 15] =
        ["the", "of", "and", "or", "to", "with", "for", "by", "from", "an", "at", "be", "are", "within", "than"];
    let word = item.norm(at);
    let same = item.kind(at) == Some(WordKind::Letters) && SMALL.contains(&word) && item.norm(at + 1) == word;
    // "AND/OR or", "to TO": one of them may be a name.
    let alike = item.raw(at) == item.raw(at + 1);
    (same && alike).then(|| {
        finding(
            &RULE,
            Severity::Info,
            item.span(&(at..at + 2)),
            Said::new("`{word}` is written twice").with("word", word),
        )
        .with_help(Said::new("write `{word}` once").with("word", word))
    })
}
