//! Counts of things: "two or more", "at least two of the following", "any of the following".
//!
//! | written | read |
//! | --- | --- |
//! | `two or more immunosuppressants` | 2 |
//! | `at least two of the following` | 2 of what follows |
//! | `any of the following` | 1 of what follows |
//! | `treatment with two standard doses` | 2 |

use crate::scan::{REACH, Scan, Token};
use std::ops::Range;
use trialway_units::parse_number_word;

/// A count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many at least.
    pub n: usize,
    /// Whether it counts the items that follow.
    pub of_following: bool,
    /// Its words.
    pub range: Range<usize>,
}

/// The counts of a text, in text order.
pub fn counts(text: &str) -> Vec<Count> {
    counts_of(&Scan::new(text, &text.to_ascii_lowercase()))
}

/// The same over tokens already made.
pub(crate) fn counts_of(scan: &Scan<'_>) -> Vec<Count> {
    let all = &scan.all;
    let norm = |at: usize| all.get(at).map_or("", |token| token.norm.as_ref());
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(next) = scan.next_number(at) {
        at = at.max(next.saturating_sub(REACH));
        let (lead, needs) = match (norm(at), norm(at + 1)) {
            ("at", "least") => (2, true),
            ("any" | "one", "of") | ("one", "or") => (0, false),
            ("with", _) => (1, false),
            ("≥", _) => (1, true),
            _ => (0, false),
        };
        let k = at + lead;
        let number = match norm(k) {
            "any" => Some(1),
            word => number(word, all.get(k)),
        };
        let Some(n) = number else {
            at += 1;
            continue;
        };
        // "8 or more" points is a limit; "two or more" and "2 or more drugs" are counts.
        let spelled = all.get(k).is_some_and(|token| !token.number);
        let more = matches!((norm(k + 1), norm(k + 2)), ("or", "more")) && (spelled || is_counted(norm(k + 3)));
        let end = k + 1 + if more { 2 } else { 0 };
        let of_following = norm(end) == "of" && (end..end + 4).any(|j| norm(j) == "following");
        let of_the = norm(end) == "of" && norm(end + 1) == "the" && needs;
        let inhibitors = norm(end).starts_with("inhibitor") || norm(end + 1).starts_with("inhibitor");
        let counted = is_counted(norm(end)) || inhibitors;
        if of_following || of_the || more || counted {
            let last =
                if of_following { (end..end + 4).find(|j| norm(*j) == "following").unwrap_or(end) } else { end - 1 };
            let from = if lead == 1 && norm(at) == "with" { k } else { at };
            if let (Some(first), Some(last)) = (all.get(from), all.get(last)) {
                out.push(Count { n, of_following, range: first.range.start..last.range.end });
            }
            at = end;
        } else {
            at = k + 1;
        }
    }
    out
}

/// Words for things that are counted.
fn is_counted(word: &str) -> bool {
    const COUNTED: [&str; 11] = [
        "immunosuppressants",
        "immunosuppressant",
        "drugs",
        "drug",
        "prior",
        "different",
        "standard",
        "previous",
        "lines",
        "agents",
        "medications",
    ];
    COUNTED.contains(&word)
}

fn number(word: &str, token: Option<&Token<'_>>) -> Option<usize> {
    if token.is_some_and(|t| t.number) {
        return word.parse().ok().filter(|n| (1..=20).contains(n));
    }
    let value = parse_number_word(word)?;
    usize::try_from(i64::try_from(value).ok()?).ok().filter(|n| *n <= 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_forms() {
        for (text, n, following) in [
            ("treatment with two or more immunosuppressants", 2, false),
            ("at least two of the following", 2, true),
            ("any of the following", 1, true),
            ("treatment with two standard doses", 2, false),
            ("with one calcineurin inhibitor", 1, false),
            ("at least one of the two drugs", 1, false),
        ] {
            let got = counts(text);
            assert_eq!(got.first().map(|c| (c.n, c.of_following)), Some((n, following)), "{text}: {got:?}");
        }
        assert!(counts("6 months of age").is_empty());
    }
}
