//! Words of a criterion and the clause about a comparison.

/// How far a comparison looks around in its clause, in bytes: the cost of a text of nothing but comparisons stays in proportion
/// to its length.
const REACH: usize = 300;

/// A place at most so far before another, where a character begins.
pub(crate) fn reach_before(text: &str, at: usize) -> usize {
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    from
}

/// A place at most so far behind another, where a character begins.
pub(crate) fn reach_behind(text: &str, at: usize) -> usize {
    let mut to = text.len().min(at.saturating_add(REACH));
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    to
}

/// Words of a text, with their places.
pub(super) fn words_of(text: &str, from: usize, to: usize) -> Vec<std::ops::Range<usize>> {
    words_in(text, from, to).collect()
}

/// The same one after the other.
pub(super) fn words_in(text: &str, from: usize, to: usize) -> impl Iterator<Item = std::ops::Range<usize>> + Clone {
    let part = text.get(from..to).unwrap_or_default();
    let mut open = None;
    part.char_indices().chain([(part.len(), ' ')]).filter_map(move |(at, c)| {
        let inner = c.is_alphanumeric() || (matches!(c, '-' | '/' | '\'' | '’' | '%') && open.is_some());
        match (open, inner) {
            (None, true) => {
                open = Some(at);
                None
            }
            (Some(start), false) => {
                open = None;
                Some(from + start..from + at)
            }
            _ => None,
        }
    })
}

/// Where the clause about a comparison begins and ends; of a long one what is near.
pub(super) fn clause(text: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    // Every sign that ends a clause is one byte long.
    let ends = |byte: &u8| matches!(byte, b',' | b';' | b':' | b'(' | b')' | b'[' | b']' | b'~' | b'\n');
    let bytes = text.as_bytes();
    let from = reach_before(text, range.start);
    let before = bytes.get(from..range.start).and_then(|before| before.iter().rposition(ends));
    let to = reach_behind(text, range.end);
    let after = bytes.get(range.end..to).and_then(|after| after.iter().position(ends));
    before.map_or(from, |at| from + at + 1)..after.map_or(to, |at| range.end + at)
}
