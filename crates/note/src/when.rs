//! How long something has lasted and how long ago it was.
//!
//! | written | period |
//! | --- | --- |
//! | `for 2 days`, `2-day history of`, `4 days of` | began about then, goes on |
//! | `two weeks ago`, `3 months prior` | was about then |
//!
//! A span of time is known to half of its unit: two weeks ago is between ten and eighteen days ago.

use jiff::civil::Date;
use std::ops::Range;
use trialway_patient::{PartialDate, Period};
use trialway_terminology::{Word, WordKind};
use trialway_units::{parse_number_word, parse_value};

/// A length of time beside a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Length {
    /// Where it stands among the words.
    pub words: Range<usize>,
    /// The days that it can mean, least and most.
    pub days: (i64, i64),
    /// Whether it says how long ago, not how long.
    pub ago: bool,
}

fn days(norm: &str) -> Option<i64> {
    Some(match norm {
        "hour" | "hr" | "minute" => 1,
        "day" => 2,
        "week" | "wk" => 14,
        "month" | "mo" => 61,
        "year" | "yr" => 730,
        _ => return None,
    })
}

/// The lengths of time that a statement names.
pub(crate) fn lengths(words: &[Word]) -> Vec<Length> {
    let norm = |at: usize| words.get(at).map_or("", |word| word.norm.as_str());
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let number = match word.kind {
            WordKind::Number => parse_value(&word.norm),
            _ => parse_number_word(&word.norm),
        };
        let number = match (number.and_then(|value| i64::try_from(value.trunc()).ok()), word.norm.as_str()) {
            (Some(number), _) => number,
            (None, "several" | "few") => 3,
            (None, "a" | "one") => 1,
            _ => continue,
        };
        let mut next = at + 1;
        while matches!(norm(next), "-" | "–" | "‐" | "‑") {
            next += 1;
        }
        // Twice the unit, so that half a unit is a whole number.
        let Some(double) = days(norm(next)).filter(|_| (0..2_000).contains(&number)) else { continue };
        if matches!(norm(next + 1), "old" | "-") && matches!(norm(next + 2), "old" | "" | "man" | "woman") {
            continue;
        }
        let ago = matches!(norm(next + 1), "ago" | "prior" | "before" | "earlier" | "previously" | "after" | "later");
        let later = matches!(norm(next + 1), "after" | "later");
        let least = (double * number - double / 2) / 2;
        let most = (double * number + double / 2) / 2 + 1;
        if !later {
            out.push(Length { words: at..next + 1, days: (least.max(0), most), ago });
        }
    }
    out
}

/// The period of something named at `mention`, from the length of time in its clause.
pub(crate) fn period(words: &[Word], lengths: &[Length], mention: &Range<usize>, as_of: Date) -> Period {
    let clear = |from: usize, to: usize| {
        !words
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .any(|word| matches!(word.norm.as_str(), ";" | "." | "then" | "but"))
    };
    let near = |length: &&Length| {
        let gap = if length.words.end <= mention.start {
            // "4 days of cough", "2 week history of joint pain and fatigue".
            let between = words.get(length.words.end..mention.start).unwrap_or_default();
            let joined = between.iter().any(|word| matches!(word.norm.as_str(), "of" | "history"));
            (joined && clear(length.words.end, mention.start)).then(|| mention.start - length.words.end)
        } else if mention.end <= length.words.start {
            let between = words.get(mention.end..length.words.start).unwrap_or_default();
            let joined = length.ago
                || between.iter().any(|word| matches!(word.norm.as_str(), "for" | "x" | "since" | "over" | "past"));
            (joined && clear(mention.end, length.words.start)).then(|| length.words.start - mention.end)
        } else {
            None
        };
        gap.is_some_and(|gap| gap <= 8)
    };
    let Some(length) = lengths.iter().find(near) else { return Period::default() };
    let day = |n: i64| trialway_patient::subtract(as_of, n, trialway_patient::Calendar::Days);
    let (Some(earliest), Some(latest)) = (day(length.days.1), day(length.days.0)) else { return Period::default() };
    Period { start: Some(PartialDate { earliest, latest }), end: None }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use trialway_terminology::words;

    #[test]
    fn lengths_and_what_they_are_of() {
        for (text, name, wanted) in [
            ("fever and cough for 2 days", "fever", Some((1, 3))),
            ("four days of dry cough", "cough", Some((3, 5))),
            ("stroke two weeks ago", "stroke", Some((10, 18))),
            ("a 9 month history of weight loss", "weight", Some((259, 290))),
            ("a 9-year-old boy with asthma", "asthma", None),
            ("asthma", "asthma", None),
        ] {
            let all = words(text);
            let at = all.iter().position(|word| word.norm == name).unwrap();
            let as_of = Date::new(2026, 6, 15).unwrap();
            let found = period(&all, &lengths(&all), &(at..at + 1), as_of);
            let days = found.start.map(|start| {
                (i64::from((as_of - start.latest).get_days()), i64::from((as_of - start.earliest).get_days()))
            });
            assert_eq!(days, wanted, "{text}");
        }
    }
}
