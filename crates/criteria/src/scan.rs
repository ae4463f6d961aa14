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
    /// Reads a text.
    pub fn new(text: &'a str) -> Self {
        let all = tokens(text);
        let mut numeric = vec![usize::MAX; all.len()];
        let mut next = usize::MAX;
        for (at, token) in all.iter().enumerate().rev() {
            if token.number
                || matches!(
                    token.norm.as_ref(),
                    "uln" | "lln" | "first" | "any" | "past" | "last" | "previous" | "preceding"
                )
                || parse_number_word(&token.norm).is_some()
            {
                next = at;
            }
            if let Some(slot) = numeric.get_mut(at) {
                *slot = next;
            }
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

/// The tokens of a text: words of letters and digits, numbers with their points, single signs.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || c == '\u{200b}' {
            continue;
        }
        let mut end = start + c.len_utf8();
        let number = c.is_ascii_digit();
        if number {
            while let Some((at, next)) = chars.peek().copied() {
                let inner = matches!(next, '.' | ',' | '·')
                    && text
                        .get(at + next.len_utf8()..)
                        .and_then(|r| r.chars().next())
                        .is_some_and(|d| d.is_ascii_digit());
                if !next.is_ascii_digit() && !inner {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        } else if c.is_alphabetic() {
            while let Some((at, next)) = chars.peek().copied() {
                if !next.is_alphanumeric() {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let written = text.get(start..end).unwrap_or_default();
        let norm = if !written.is_ascii() {
            Cow::Owned(written.chars().flat_map(|c| fold(c).to_lowercase()).collect())
        } else if written.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(written.to_ascii_lowercase())
        } else {
            Cow::Borrowed(written)
        };
        out.push(Token { range: start..end, norm, number });
    }
    out
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
