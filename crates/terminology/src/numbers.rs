//! Lists of numbers as little-endian bytes: made by the build, read in place.

use std::borrow::Cow;

/// Numbers of 32 bits.
pub(crate) type Numbers = Cow<'static, [[u8; 4]]>;

/// Keys of 64 bits.
pub(crate) type Keys = Cow<'static, [[u8; 8]]>;

/// The number at a place; 0 where there is none.
#[inline]
pub(crate) fn number(list: &[[u8; 4]], at: usize) -> u32 {
    list.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// The key at a place; 0 where there is none.
#[inline]
pub(crate) fn key_at(list: &[[u8; 8]], at: usize) -> u64 {
    list.get(at).map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// The numbers of a row, where each row has `N`.
#[inline]
pub(crate) fn row<const N: usize>(list: &[[u8; 4]], at: usize) -> [u32; N] {
    let row = list.get(at * N..).and_then(|rest| rest.first_chunk::<N>());
    row.map_or([0; N], |row| row.map(u32::from_le_bytes))
}

/// Numbers as they are stored.
pub(crate) fn stored(list: impl IntoIterator<Item = u32>) -> Numbers {
    Cow::Owned(list.into_iter().map(u32::to_le_bytes).collect())
}

/// Where the numbers of each of several lists begin that stand in one behind the other, with the end of the last, and all of them.
pub(crate) fn stored_lists<'a>(lists: impl Iterator<Item = &'a [u32]>) -> (Numbers, Numbers) {
    let (mut from, mut all) = (vec![0], Vec::new());
    for list in lists {
        all.extend_from_slice(list);
        from.push(all.len() as u32);
    }
    (stored(from), stored(all))
}

/// The list at a place among several that stand in one behind the other.
#[inline]
pub(crate) fn list_at<'a>(from: &[[u8; 4]], all: &'a [[u8; 4]], at: usize) -> &'a [[u8; 4]] {
    all.get(number(from, at) as usize..number(from, at + 1) as usize).unwrap_or_default()
}

/// The next part of a file, behind its length; nothing where it has no more.
pub(crate) fn read_part(file: &mut &'static [u8]) -> &'static [u8] {
    let Some((length, rest)) = file.split_first_chunk::<4>() else { return &[] };
    let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).unwrap_or((&[], &[]));
    *file = rest;
    part
}

/// The next part of a file as numbers.
pub(crate) fn read_numbers(file: &mut &'static [u8]) -> Numbers {
    Cow::Borrowed(read_part(file).as_chunks().0)
}

/// The next part of a file as keys.
pub(crate) fn read_keys(file: &mut &'static [u8]) -> Keys {
    Cow::Borrowed(read_part(file).as_chunks().0)
}
