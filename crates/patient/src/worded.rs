//! What words state where a code or a number would do: an answer at their start, a limit in words, the score of a scale.
//!
//! | written | read as |
//! | --- | --- |
//! | `Yes, in 2009`; `Never; uses another app`; `None known` | an answer |
//! | `Positive (2+)`; `Not detected, < 20 IU/mL` | a result |
//! | `More than 6 months`, `at least two weeks` | a number with its bound |
//! | `ECOG 2`, `4 - severe`, `3 (moderate)`, `18.4/72` | a score, where one is asked for |
//! | `0-1`, `No. 4`, `None since May` | none of these |

use rust_decimal::Decimal;
use trialway_units::{parse_number, parse_number_word};

/// What an answer or a result at the start of words says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Yes or no.
    Answer(bool),
    /// Found or not found.
    Detected(bool),
}

/// Openings that are a whole answer when nothing but a sign or the end follows; longer ones before their beginnings.
const OPENINGS: [(&str, Opening); 35] = [
    ("not detected", Opening::Detected(false)),
    ("none detected", Opening::Detected(false)),
    ("non-reactive", Opening::Detected(false)),
    ("nonreactive", Opening::Detected(false)),
    ("undetectable", Opening::Detected(false)),
    ("negative", Opening::Detected(false)),
    ("absent", Opening::Detected(false)),
    ("not present", Opening::Detected(false)),
    ("positive", Opening::Detected(true)),
    ("detected", Opening::Detected(true)),
    ("reactive", Opening::Detected(true)),
    ("present", Opening::Detected(true)),
    ("yes", Opening::Answer(true)),
    ("true", Opening::Answer(true)),
    ("none known", Opening::Answer(false)),
    ("none reported", Opening::Answer(false)),
    ("none recorded", Opening::Answer(false)),
    ("none so far", Opening::Answer(false)),
    ("none to date", Opening::Answer(false)),
    ("none ever", Opening::Answer(false)),
    ("never used", Opening::Answer(false)),
    ("never had", Opening::Answer(false)),
    ("never taken", Opening::Answer(false)),
    ("never received", Opening::Answer(false)),
    ("never treated", Opening::Answer(false)),
    ("never done", Opening::Answer(false)),
    ("no history", Opening::Answer(false)),
    ("no evidence", Opening::Answer(false)),
    ("no known history", Opening::Answer(false)),
    ("none", Opening::Answer(false)),
    ("never", Opening::Answer(false)),
    ("denied", Opening::Answer(false)),
    ("denies", Opening::Answer(false)),
    ("false", Opening::Answer(false)),
    ("no", Opening::Answer(false)),
];

/// The answer or result that words begin with.
///
/// **Unknown**: none where more words go on without a sign between them ("no change", "none since May"): they may say something else.
pub fn opening(text: &str) -> Option<Opening> {
    let lower = text.trim().to_lowercase();
    OPENINGS.iter().find_map(|(words, opening)| {
        let rest = lower.strip_prefix(words)?;
        ends_there(rest).then_some(*opening)
    })
}

/// Whether a sign or the end of the text follows.
fn ends_there(rest: &str) -> bool {
    let spaced = rest.starts_with(' ');
    let rest = rest.trim_start();
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some(',' | ';' | ':' | '!' | '(' | '–' | '—') => true,
        // "No. 4" counts something; "non-smoker" is one word.
        Some('.') => chars.find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_ascii_digit()),
        Some('-') => spaced,
        _ => false,
    }
}

/// Words that bound the number behind them, with their sign.
const BOUNDS: [(&str, &str); 20] = [
    ("more than ", ">"),
    ("greater than ", ">"),
    ("longer than ", ">"),
    ("over ", ">"),
    ("above ", ">"),
    ("exceeds ", ">"),
    ("at least ", ">="),
    ("not less than ", ">="),
    ("no less than ", ">="),
    ("minimum ", ">="),
    ("less than ", "<"),
    ("fewer than ", "<"),
    ("shorter than ", "<"),
    ("under ", "<"),
    ("below ", "<"),
    ("at most ", "<="),
    ("not more than ", "<="),
    ("no more than ", "<="),
    ("up to ", "<="),
    ("maximum ", "<="),
];

/// The sign that words state before a number, and what follows them; a number in words as digits.
pub(crate) fn bound(text: &str) -> (&'static str, String) {
    let lower = text.to_lowercase();
    let found = BOUNDS.iter().find_map(|(words, sign)| Some((*sign, lower.strip_prefix(words)?.trim_start())));
    let (sign, rest) = found.unwrap_or(("", lower.as_str()));
    let word: String = rest.chars().take_while(|c| c.is_ascii_alphabetic()).collect();
    match parse_number_word(&word) {
        Some(number) if !word.is_empty() => (sign, format!("{number}{}", rest.get(word.len()..).unwrap_or_default())),
        // Units are spelt with capitals: only what stands behind the words in lower case is cut off.
        _ => (sign, text.get(text.len().saturating_sub(rest.len())..).unwrap_or(rest).to_owned()),
    }
}

/// Words that may stand before the number of a score.
const BEFORE_SCORES: [&str; 24] = [
    "ecog",
    "who",
    "zubrod",
    "karnofsky",
    "kps",
    "lansky",
    "iga",
    "nyha",
    "ps",
    "performance",
    "status",
    "grade",
    "score",
    "level",
    "type",
    "class",
    "stage",
    "total",
    "points",
    "index",
    "of",
    "is",
    "scale",
    "child",
];

/// The score that words state: `ECOG 2`, `4 - severe`, `3 (moderate)`, `18.4/72`, `Type IV`.
///
/// **Unknown**: none where there are two numbers, but for the greatest that the scale has.
pub fn score(text: &str) -> Option<Decimal> {
    let text = text.trim().trim_end_matches('.');
    let starts = text.find(|c: char| c.is_ascii_digit());
    let Some(at) = starts else { return roman(text) };
    let before = text.get(..at)?.to_lowercase();
    let known = |word: &str| word.is_empty() || BEFORE_SCORES.contains(&word);
    if !before.split(|c: char| !c.is_alphanumeric()).all(known) || before.contains(['<', '>', '≤', '≥', '-', '~']) {
        return None;
    }
    let rest = text.get(at..)?;
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let digits = digits.trim_end_matches('.');
    let number = parse_number(digits)?.value;
    let after = rest.get(digits.len()..)?;
    let after = after.strip_prefix('/').map_or(after, |total| total.trim_start_matches(|c: char| c.is_ascii_digit()));
    let joined = after.chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '%' | '+'));
    (!joined && !after.contains(|c: char| c.is_ascii_digit())).then_some(number)
}

/// A Roman number at the end, behind a word that numbers ("Type IV"), or alone.
fn roman(text: &str) -> Option<Decimal> {
    const ROMAN: [(&str, i64); 6] = [("I", 1), ("II", 2), ("III", 3), ("IV", 4), ("V", 5), ("VI", 6)];
    let mut words = text.split_whitespace();
    let last = words.next_back()?;
    let rest_known = words.all(|word| BEFORE_SCORES.contains(&word.to_lowercase().as_str()));
    let found = ROMAN.iter().find(|(written, _)| *written == last)?;
    rest_known.then(|| Decimal::from(found.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_open_with_an_answer_or_not() {
        for (text, want) in [
            ("Yes, in 2009", Some(Opening::Answer(true))),
            ("Yes - left node 42 mm", Some(Opening::Answer(true))),
            ("Never; uses another app", Some(Opening::Answer(false))),
            ("None; declines contraception", Some(Opening::Answer(false))),
            ("None", Some(Opening::Answer(false))),
            ("Denied.", Some(Opening::Answer(false))),
            ("Positive (2+)", Some(Opening::Detected(true))),
            ("Not detected, < 20 IU/mL", Some(Opening::Detected(false))),
            ("No. 4", None),
            ("No change", None),
            ("None since May", None),
            ("Positive for the mutation", None),
            ("Present-day", None),
            ("Nocturnal", None),
        ] {
            assert_eq!(opening(text), want, "{text}");
        }
    }

    #[test]
    fn scores_are_read_from_their_words() {
        for (text, want) in [
            ("ECOG 2", Some(20)),
            ("ECOG PS 1", Some(10)),
            ("Grade 2", Some(20)),
            ("4 - severe", Some(40)),
            ("3 (moderate)", Some(30)),
            ("3/4", Some(30)),
            ("18.4/72", Some(184)),
            ("1 - restricted in strenuous activity", Some(10)),
            ("Type IV", Some(40)),
            ("V", Some(50)),
            ("0-1", None),
            ("1, before that 2", None),
            ("improved from 3", None),
            ("> 2", None),
            ("2+", None),
            ("moderate", None),
        ] {
            assert_eq!(score(text).map(|n| n * Decimal::from(10)), want.map(Decimal::from), "{text}");
        }
    }

    #[test]
    fn words_bound_a_number() {
        for (text, want) in [
            ("More than 6 months", (">", "6 months")),
            ("at least two weeks", (">=", "2 weeks")),
            ("less than 2 months", ("<", "2 months")),
            ("6 MONTHS", ("", "6 MONTHS")),
        ] {
            let (sign, rest) = bound(text);
            assert_eq!((sign, rest.as_str()), want, "{text}");
        }
    }
}
