//! Phrases looked up word by word: all that begin at a word in one walk, whatever their number.

use crate::words::Word;
use rustc_hash::FxHashMap;

/// Sequences of words and what they stand for.
///
/// **Shape**: values are numbers of the owner's own list; equal phrases may have several. Words are compared by their
/// [`Word::key`]; the owner compares the words themselves where a mistake could matter.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    edges: FxHashMap<(u32, u64), u32>,
    ends: Vec<Vec<u32>>,
}

impl Trie {
    /// Adds a phrase of normalised words.
    pub fn add<'a>(&mut self, phrase: impl Iterator<Item = &'a str>, value: u32) {
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
        }
        let mut node = 0_u32;
        for word in phrase {
            let fresh = self.ends.len() as u32;
            node = *self.edges.entry((node, crate::words::key(word))).or_insert(fresh);
            if node == fresh {
                self.ends.push(Vec::new());
            }
        }
        if let Some(end) = self.ends.get_mut(node as usize).filter(|_| node != 0) {
            end.push(value);
        }
    }

    /// Tells of every phrase that begins with the first of these words, shorter before longer: how many words it has and its
    /// values.
    pub fn walk<'a>(&self, words: impl Iterator<Item = &'a Word>, mut found: impl FnMut(usize, &[u32])) {
        let mut node = 0_u32;
        for (n, word) in words.enumerate() {
            let Some(next) = self.edges.get(&(node, word.key)) else { return };
            node = *next;
            if let Some(values) = self.ends.get(node as usize).filter(|values| !values.is_empty()) {
                found(n + 1, values);
            }
        }
    }
}
