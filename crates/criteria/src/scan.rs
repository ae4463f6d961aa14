//! Words, numbers and signs of a text for the patterns of this crate.

use std::ops::Range;

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Lower case; full-width signs folded.
    pub norm: String,
    /// Whether it is a number.
    pub number: bool,
}

/// The tokens of a text: words of letters and digits, numbers with their points, single signs.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
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
        let norm: String =
            text.get(start..end).unwrap_or_default().chars().flat_map(|c| fold(c).to_lowercase()).collect();
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
