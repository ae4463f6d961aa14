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
    /// A bit for each first word, by the upper part of its key: most words of a text begin no phrase and are told so here.
    first: Vec<u64>,
}

/// How many words of 64 bits the table of first words has.
const N_FIRST: usize = 1024;

/// Where a key's bit stands in the table of first words.
fn bit_of(key: u64) -> (usize, u64) {
    let at = (key >> 48) as usize;
    (at / 64 % N_FIRST, 1 << (at % 64))
}

impl Trie {
    /// Adds a phrase of normalised words.
    pub fn add<'a>(&mut self, phrase: impl Iterator<Item = &'a str>, value: u32) {
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
            self.first = vec![0; N_FIRST];
        }
        let mut node = 0_u32;
        for word in phrase {
            let (fresh, key) = (self.ends.len() as u32, crate::words::key(word));
            let (at, bit) = bit_of(key);
            if let Some(bits) = self.first.get_mut(at).filter(|_| node == 0) {
                *bits |= bit;
            }
            node = *self.edges.entry((node, key)).or_insert(fresh);
            if node == fresh {
                self.ends.push(Vec::new());
            }
        }
        if let Some(end) = self.ends.get_mut(node as usize).filter(|_| node != 0) {
            end.push(value);
        }
    }

    /// Whether a phrase may begin with this word; of words that begin none most are told so.
    #[inline]
    pub(crate) fn begins(&self, word: &Word) -> bool {
        let (at, bit) = bit_of(word.key);
        self.first.get(at).is_some_and(|bits| bits & bit != 0)
    }

    /// Tells of every phrase that begins with the first of these words, shorter before longer: how many words it has and its
    /// values.
    #[inline]
    pub fn walk<'a>(&self, words: impl IntoIterator<Item = &'a Word>, found: impl FnMut(usize, &[u32])) {
        let mut words = words.into_iter();
        if let Some(first) = words.next().filter(|first| self.begins(first)) {
            self.walk_from(first, words, found);
        }
    }

    fn walk_from<'a>(
        &self,
        first: &'a Word,
        rest: impl Iterator<Item = &'a Word>,
        mut found: impl FnMut(usize, &[u32]),
    ) {
        let mut node = 0_u32;
        for (n, word) in std::iter::once(first).chain(rest).enumerate() {
            let Some(next) = self.edges.get(&(node, word.key)) else { return };
            node = *next;
            if let Some(values) = self.ends.get(node as usize).filter(|values| !values.is_empty()) {
                found(n + 1, values);
            }
        }
    }
}
