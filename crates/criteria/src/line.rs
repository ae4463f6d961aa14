//! Lines: indentation, marker, words.

/// What kind of marker a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `1.` `2)` `(3)`
    Number(u32),
    /// `a.` `b)`
    Letter,
    /// `i)` `iv.`
    Roman,
    /// `*` `-` `•` `o` `~`
    Bullet(char),
}

impl Marker {
    /// Whether two markers belong to the same kind of list.
    pub fn same_kind(self, other: Marker) -> bool {
        match (self, other) {
            (Marker::Number(_), Marker::Number(_))
            | (Marker::Letter, Marker::Letter)
            | (Marker::Roman, Marker::Roman) => true,
            // One letter is read as roman or letter by the run that it stands in.
            (Marker::Roman, Marker::Letter) | (Marker::Letter, Marker::Roman) => true,
            (Marker::Bullet(a), Marker::Bullet(b)) => a == b,
            _ => false,
        }
    }
}

/// One line of the text.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// First byte of the line.
    pub start: usize,
    /// First byte of the words (after indentation and marker).
    pub words: usize,
    /// One past the last byte of the words (before trailing blanks and line end).
    pub end: usize,
    /// Columns of indentation; a tab counts as four.
    pub indent: usize,
    /// Its marker, if any.
    pub marker: Option<Marker>,
}

impl Line {
    /// Whether it has neither words nor marker.
    pub fn is_blank(&self) -> bool {
        self.words >= self.end && self.marker.is_none()
    }

    /// Its words.
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.words..self.end).unwrap_or_default()
    }
}

/// The lines of a text; where records have lost their line ends to `~`, those before a marker or a heading end lines too.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let has_tildes = text.matches('~').count() >= FEWEST_TILDES && text.matches('\n').count() <= FEWEST_TILDES;
    let ends_line = |at: usize, rest: &str| match rest.get(at..at + 1) {
        Some("~") => has_tildes && begins_line(rest.get(at + 1..).unwrap_or_default()),
        _ => true,
    };
    let mut out = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let found = line_ends(rest).find(|at| ends_line(*at, rest));
        let (body, next) = match found {
            Some(at) => {
                let end_len = if rest.get(at..).is_some_and(|r| r.starts_with("\r\n")) {
                    2
                } else {
                    rest.get(at..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8)
                };
                (rest.get(..at).unwrap_or_default(), start + at + end_len)
            }
            None => (rest, text.len()),
        };
        let mut from = 0;
        for cut in heading_cuts(body) {
            out.push(line(body.get(from..cut).unwrap_or_default(), start + from));
            from = cut;
        }
        out.push(line(body.get(from..).unwrap_or_default(), start + from));
        start = next;
    }
    out
}

/// Where a line may end: at a line end of any kind, and at `~`.
fn line_ends(text: &str) -> impl Iterator<Item = usize> {
    // Letters, digits and most signs end no line; what begins a character that is not ASCII may.
    let may_end = |(_, byte): &(usize, u8)| !matches!(byte, 0x0E..=b'}');
    text.bytes().enumerate().filter(may_end).map(|(at, _)| at).filter(move |at| {
        text.get(*at..).is_some_and(|rest| rest.starts_with(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '~']))
    })
}

/// Where a line is to be cut so that a section's heading stands on a line of its own: before it, where it follows the end of a
/// sentence, and behind it, where words follow ("Exclusion Criteria: Drug-induced lupus").
fn heading_cuts(body: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for (colon, _) in body.match_indices(':') {
        let words = body.get(..colon).unwrap_or_default().trim_end();
        let Some(at) = words.len().checked_sub("criteria".len()) else { continue };
        if !words.get(at..).is_some_and(|word| word.eq_ignore_ascii_case("criteria")) {
            continue;
        }
        let before = body.get(..at).unwrap_or_default();
        // Back to the end of the sentence before it; a heading has few words.
        let start = before.rfind(['.', ';', '~']).map_or(0, |end| end + 1);
        let head = body.get(start..=colon).unwrap_or_default();
        let is_section = matches!(
            crate::section::heading(head.trim_matches(|c: char| !c.is_alphanumeric() && c != ':')),
            Some(crate::section::Heading::Section { grouped: false, .. })
        );
        let follows = body.get(colon + 1..).is_some_and(|rest| rest.chars().any(char::is_alphanumeric));
        if !is_section || head.split_whitespace().count() > 4 {
            continue;
        }
        if start > 0 && body.get(..start).is_some_and(|before| before.chars().any(char::is_alphanumeric)) {
            out.push(start);
        }
        if follows {
            out.push(colon + 1);
        }
    }
    out
}

/// From so many `~` on, in a text of so few lines, they stand for line ends.
const FEWEST_TILDES: usize = 3;

/// Whether what stands behind a `~` begins a line of its own.
fn begins_line(rest: &str) -> bool {
    let until = rest.split(['~', '\n']).next().unwrap_or_default().trim();
    let numbered =
        matches!(marker(until), (Some(Marker::Number(_) | Marker::Letter | Marker::Roman), n) if n < until.len());
    numbered || matches!(crate::section::heading(until), Some(crate::section::Heading::Section { .. }))
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

fn line(body: &str, start: usize) -> Line {
    let trimmed = body.trim_start_matches(is_space);
    let indent = body.chars().take_while(|c| is_space(*c)).map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let at = body.len() - trimmed.len();
    let end = start + body.trim_end_matches(is_space).len();
    let (marker, n) = marker(trimmed);
    Line { start, words: (start + at + n).min(end.max(start + at)), end: end.max(start + at), indent, marker }
}

/// The marker at the start of a line's words, and the bytes that it covers with the blanks behind it.
///
/// A bullet directly before a number or letter is one marker with it (`* 1\. …`, `* 2.Diagnosed`).
pub(crate) fn marker(text: &str) -> (Option<Marker>, usize) {
    match bullet(text) {
        Some((bullet, n)) => {
            let rest = text.get(n..).unwrap_or_default();
            match enumerator(rest) {
                // The bullet decides the kind of list; the number behind it is print.
                Some((Marker::Number(_), m)) => (Some(bullet), n + m),
                _ => (Some(bullet), n),
            }
        }
        None => match enumerator(text) {
            Some((marker, n)) => (Some(marker), n),
            None => (None, 0),
        },
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_space).len()
}

fn bullet(text: &str) -> Option<(Marker, usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let (first, len) = if first == '\\' {
        let second = chars.next()?;
        (second, 1 + second.len_utf8())
    } else {
        (first, first.len_utf8())
    };
    let rest = text.get(len..)?;
    let spaced = rest.is_empty() || rest.starts_with(is_space);
    let solid =
        matches!(first, '•' | '●' | '▪' | '■' | '◦' | '○' | '‣' | '·' | '►' | '➢' | '✓' | '\u{f0b7}' | '※' | '~');
    let dashed = matches!(first, '*' | '-' | '–' | '—' | '+' | '#') && spaced;
    // "-Age" without a blank is a bullet, "-5" is a number.
    let tight = matches!(first, '-' | '*') && rest.chars().next().is_some_and(char::is_alphabetic);
    let letter_o = first == 'o' && spaced && !rest.is_empty();
    (solid || dashed || tight || letter_o).then(|| (Marker::Bullet(first), len + blanks(rest)))
}

fn enumerator(text: &str) -> Option<(Marker, usize)> {
    let open = text.starts_with(['(', '（', '[']);
    let at = if open { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
    let rest = text.get(at..)?;
    let body: &str = rest.get(..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len()))?;
    if body.is_empty() || body.len() > 4 {
        return None;
    }
    let marker = if body.chars().all(|c| c.is_ascii_digit()) {
        if body.len() > 2 {
            return None;
        }
        Marker::Number(body.parse().ok()?)
    } else if body.len() == 1 {
        if matches!(body, "i" | "v" | "x") { Marker::Roman } else { Marker::Letter }
    } else if body.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) {
        Marker::Roman
    } else {
        return None;
    };
    let after = rest.get(body.len()..)?;
    let escaped = usize::from(after.starts_with('\\'));
    let after = after.get(escaped..)?;
    let close = after.chars().next()?;
    let closes = match close {
        ')' | '）' | ']' => true,
        '.' | '、' | '．' => !open,
        _ => false,
    };
    if !closes || (open && close == '.') {
        return None;
    }
    let tail = after.get(close.len_utf8()..)?;
    // "1.5 mg" is a number, "e.g." and "i.e." are words.
    if close == '.' && tail.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if close == '.' && matches!(marker, Marker::Letter | Marker::Roman) && !tail.starts_with(is_space) {
        return None;
    }
    // Numbering of two levels: "1.1." is one marker.
    Some((marker, at + body.len() + escaped + close.len_utf8() + blanks(tail)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_markers() {
        for (text, marker_kind, words) in [
            ("1. Age", Some(Marker::Number(1)), "Age"),
            ("12) Age", Some(Marker::Number(12)), "Age"),
            ("(3) Age", Some(Marker::Number(3)), "Age"),
            ("a. Age", Some(Marker::Letter), "Age"),
            ("ii) Age", Some(Marker::Roman), "Age"),
            ("* Age", Some(Marker::Bullet('*')), "Age"),
            ("* 1\\. Age", Some(Marker::Bullet('*')), "Age"),
            ("* 2.Diagnosed", Some(Marker::Bullet('*')), "Diagnosed"),
            ("• Age", Some(Marker::Bullet('•')), "Age"),
            ("-Age", Some(Marker::Bullet('-')), "Age"),
            ("1.5 mg", None, "1.5 mg"),
            ("e.g. this", None, "e.g. this"),
            ("Age", None, "Age"),
        ] {
            let (found, n) = marker(text);
            assert_eq!((found, text.get(n..).unwrap()), (marker_kind, words), "{text}");
        }
    }
}
