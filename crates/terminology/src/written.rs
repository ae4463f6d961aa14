//! The tables as a file: what only the build does, and the test that holds file and rows together.

use crate::compile::Tables;

/// Parts of a file, each behind its length.
fn write(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(&(part.len() as u32).to_le_bytes());
    out.extend_from_slice(part);
}

/// The tables as a file, its parts in the order in which [`Tables::read`] takes them.
pub(crate) fn written(tables: &Tables) -> Vec<u8> {
    let mut out = Vec::new();
    let Tables { rows, slots, kinds_from, kinds, codes, ranges, names, words, by_words } = tables;
    for list in [rows, slots, kinds_from, kinds, codes, ranges, names] {
        write(&mut out, list.as_flattened());
    }
    write(&mut out, words.as_bytes());
    write(&mut out, by_words.keys.as_flattened());
    for list in [&by_words.children, &by_words.values_from, &by_words.values, &by_words.slots] {
        write(&mut out, list.as_flattened());
    }
    write(&mut out, by_words.first.as_flattened());
    out
}
