//! Words of a criterion and the clause about a comparison.

/// Words of a text, with their places.
pub(super) fn words_of(text: &str, from: usize, to: usize) -> Vec<std::ops::Range<usize>> {
    let part = text.get(from..to).unwrap_or_default();
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    let mut open = None;
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let inner = c.is_alphanumeric() || (matches!(c, '-' | '/' | '\'' | '’' | '%') && open.is_some());
        match (open, inner) {
            (None, true) => open = Some(at),
            (Some(start), false) => {
                out.push(from + start..from + at);
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// Where the clause about a comparison begins and ends.
pub(super) fn clause(text: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let ends = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '~' | '\n');
    let before = text.get(..range.start).unwrap_or_default();
    let start = before
        .rfind(ends)
        .map_or(0, |at| at + before.get(at..).and_then(|b| b.chars().next()).map_or(1, char::len_utf8));
    let after = text.get(range.end..).unwrap_or_default();
    let end = after.find(ends).map_or(text.len(), |at| range.end + at);
    start..end
}
