//! Numbers of things by the hash of what they are; only looked up.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// The things themselves stand elsewhere, once.
#[derive(Debug, Default)]
pub(super) struct Index(FxHashMap<u64, u32>);

impl Index {
    /// The number of the thing with this hash and its place, or the place where it belongs.
    pub fn find(&self, hash: u64, same: impl Fn(u32) -> bool) -> Result<(u32, u64), u64> {
        let mut at = hash;
        loop {
            match self.0.get(&at) {
                None => return Err(at),
                Some(known) if same(*known) => return Ok((*known, at)),
                // Two things with one hash: the next place.
                Some(_) => at = at.wrapping_add(1),
            }
        }
    }

    pub fn set(&mut self, at: u64, number: u32) {
        self.0.insert(at, number);
    }

    /// What it takes: hash, number, and a byte of control for each place.
    pub fn n_bytes(&self) -> usize {
        self.0.capacity() * (size_of::<(u64, u32)>() + 1)
    }
}

pub(super) fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A count as it is kept: there are never four thousand million of anything here, as each takes bytes of a text.
pub(super) fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What a list takes of itself.
pub(super) fn list_bytes<T>(list: &Vec<T>) -> usize {
    list.capacity() * size_of::<T>()
}
