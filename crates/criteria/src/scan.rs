//! Words, numbers and signs of a text for the patterns of this crate.

use std::borrow::Cow;
use std::ops::Range;
use trialway_units::parse_number_word;

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Lower case; full-width signs folded.
    pub norm: Cow<'a, str>,
    /// Whether it is a number.
    pub number: bool,
}

/// A text with its tokens, and where the next number is.
pub(crate) struct Scan<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub all: Vec<Token<'a>>,
    /// For each token the first one from there that can be a number; empty where the text has none.
    numeric: Vec<usize>,
}

impl<'a> Scan<'a> {
    /// Reads a text; `lower` is the same text with its ASCII letters in lower case, byte for byte in the same places.
    pub fn new(text: &'a str, lower: &'a str) -> Self {
        let all = tokens(text, lower);
        let mut numeric = vec![usize::MAX; all.len()];
        let mut next = usize::MAX;
        for ((at, token), slot) in all.iter().enumerate().zip(&mut numeric).rev() {
            if token.number || is_numeric(&token.norm) {
                next = at;
            }
            *slot = next;
        }
        Self { text, all, numeric }
    }

    /// The first token from `at` that can be a number.
    pub fn next_number(&self, at: usize) -> Option<usize> {
        self.numeric.get(at).copied().filter(|next| *next != usize::MAX)
    }
}

/// How many tokens a pattern of this crate has at most before its number.
pub(crate) const REACH: usize = 10;

/// Whether a word stands for a number or for a place where one is meant.
fn is_numeric(norm: &str) -> bool {
    matches!(norm, "uln" | "lln" | "first" | "any" | "past" | "last" | "previous" | "preceding")
        || parse_number_word(norm).is_some()
}

/// Whether a word, in whatever case, can be a number or the place of one: where no word of a text can, it has no limit, no
/// window and no count.
#[inline]
pub fn may_be_number(word: &str) -> bool {
    match word.as_bytes() {
        [first, ..] if first.is_ascii_alphabetic() => {
            const PLACES: [&str; 8] = ["uln", "lln", "any", "first", "past", "last", "previous", "preceding"];
            PLACES.iter().any(|known| word.eq_ignore_ascii_case(known)) || parse_number_word(word).is_some()
        }
        [first, ..] if first.is_ascii() => first.is_ascii_digit(),
        // Digits of other scripts, and signs such as `²`, may have others behind them.
        _ => word.starts_with(char::is_alphanumeric),
    }
}

/// The tokens of a text: words of letters and digits, numbers with their points, single signs.
fn tokens<'a>(text: &'a str, lower: &'a str) -> Vec<Token<'a>> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let start = at;
        at += c.len_utf8();
        if c.is_whitespace() || c == '\u{200b}' {
            continue;
        }
        let number = c.is_ascii_digit();
        if number {
            at = number_end(text, at);
        } else if c.is_alphabetic() {
            at = word_end(text, at);
        }
        let written = text.get(start..at).unwrap_or_default();
        let norm =
            if written.is_ascii() { Cow::Borrowed(lower.get(start..at).unwrap_or_default()) } else { folded(written) };
        out.push(Token { range: start..at, norm, number });
    }
    out
}

/// Where digits with their inner points end that go on at `at`.
fn number_end(text: &str, mut at: usize) -> usize {
    let starts_with_digit =
        |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(|d: char| d.is_ascii_digit()));
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let inner = matches!(next, '.' | ',' | '·') && starts_with_digit(at + next.len_utf8());
        if !next.is_ascii_digit() && !inner {
            break;
        }
        at += next.len_utf8();
    }
    at
}

/// Where a word of letters and digits ends that goes on at `at`.
fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let n = rest.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
    if rest.as_bytes().get(n).is_none_or(u8::is_ascii) {
        return at + n;
    }
    at + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
}

/// Lower case with full-width signs folded; borrowed where that is what is written.
fn folded(written: &str) -> Cow<'_, str> {
    let plain = written.chars().flat_map(|c| fold(c).to_lowercase());
    if plain.clone().eq(written.chars()) { Cow::Borrowed(written) } else { Cow::Owned(plain.collect()) }
}

fn fold(c: char) -> char {
    match c {
        '＜' | '˂' | '﹤' | '‹' => '<',
        '＞' | '˃' | '﹥' | '›' => '>',
        '＝' => '=',
        '⩾' | '≧' | '≽' => '≥',
        '⩽' | '≦' | '≼' => '≤',
        '（' => '(',
        '）' => ')',
        '～' | '∼' | '〜' => '~',
        '–' | '—' | '−' | '‐' | '‑' => '-',
        '：' => ':',
        '✕' | '✖' | '╳' => '×',
        other => other,
    }
}
