//! Phrases looked up word by word: all that begin at a word in one walk, whatever their number.
//!
//! ```text
//! phrases -> Phrases::add -> Trie, nodes in order of their depth, the children of a node side by side by their keys
//! ```

use crate::numbers::{Keys, Numbers, key_at, list_at, number, read_keys, read_numbers, stored, stored_lists};
use crate::words::{Word, key};
use std::borrow::Cow;

/// Sequences of words and what they stand for, while they are collected.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    all: Vec<(Vec<u64>, u32)>,
}

impl Phrases {
    /// Adds a phrase of normalised words; one without words is left out.
    pub fn add<'a>(&mut self, phrase: impl Iterator<Item = &'a str>, value: u32) {
        let keys: Vec<u64> = phrase.map(key).collect();
        if !keys.is_empty() {
            self.all.push((keys, value));
        }
    }

    /// The phrases as they are looked up.
    pub fn closed(mut self) -> Trie {
        self.all.sort_by(|(a, _), (b, _)| a.cmp(b));
        // Each node is a stretch of the sorted phrases that begin with the same words.
        let mut open = vec![(0, self.all.len(), 0)];
        let (mut keys, mut children, mut values): (Vec<u64>, Vec<u32>, Vec<Vec<u32>>) =
            (vec![0], Vec::new(), Vec::new());
        let mut node = 0;
        while let Some((start, end, depth)) = open.get(node).copied() {
            let stretch = self.all.get(start..end).unwrap_or_default();
            let n_ended = stretch.iter().take_while(|(keys, _)| keys.len() == depth).count();
            let (ended, longer) = stretch.split_at_checked(n_ended).unwrap_or_default();
            values.push(ended.iter().map(|(_, value)| *value).collect());
            children.push(keys.len() as u32);
            let mut at = start + n_ended;
            for same in longer.chunk_by(|(a, _), (b, _)| a.get(depth) == b.get(depth)) {
                keys.extend(same.first().and_then(|(keys, _)| keys.get(depth)));
                open.push((at, at + same.len(), depth + 1));
                at += same.len();
            }
            node += 1;
        }
        children.push(keys.len() as u32);
        let n_first = children.get(1).map_or(0, |end| end - 1);
        let mut slots = vec![0; if n_first == 0 { 0 } else { (n_first as usize * 2).next_power_of_two() }];
        let mut first = vec![0_u64; if n_first == 0 { 0 } else { N_FIRST }];
        for node in 1..=n_first {
            let key = keys.get(node as usize).copied().unwrap_or_default();
            let mut at = slot_of(key, slots.len());
            while slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & (slots.len() - 1);
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = node;
            }
            let (at, bit) = bit_of(key);
            if let Some(bits) = first.get_mut(at) {
                *bits |= bit;
            }
        }
        let (values_from, values) = stored_lists(values.iter().map(Vec::as_slice));
        Trie {
            keys: Cow::Owned(keys.into_iter().map(u64::to_le_bytes).collect()),
            children: stored(children),
            values_from,
            values,
            slots: stored(slots),
            first: Cow::Owned(first.into_iter().map(u64::to_le_bytes).collect()),
        }
    }
}

/// Sequences of words and what they stand for.
///
/// **Shape**: values are numbers of the owner's own list; equal phrases may have several. Words are compared by their
/// [`Word::key`]; the owner compares the words themselves where a mistake could matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trie {
    /// The key of the word that leads to each node; the first node is where all phrases begin.
    pub(crate) keys: Keys,
    /// The first child of each node; the children of one end where those of the next begin.
    pub(crate) children: Numbers,
    /// Where the values of each node begin.
    pub(crate) values_from: Numbers,
    pub(crate) values: Numbers,
    /// The nodes of first words, by the upper part of their keys; 0 for none.
    pub(crate) slots: Numbers,
    /// A bit for each first word, by the upper part of its key: most words of a text begin no phrase and are told so here.
    pub(crate) first: Keys,
}

/// How many words of 64 bits the table of first words has.
const N_FIRST: usize = 1024;

/// Where a key's bit stands in the table of first words.
#[inline]
fn bit_of(key: u64) -> (usize, u64) {
    let at = (key >> 48) as usize;
    (at / 64 % N_FIRST, 1 << (at % 64))
}

/// Where a key is looked for first among so many slots, a power of two.
#[inline]
fn slot_of(key: u64, n_slots: usize) -> usize {
    (key >> 40) as usize & n_slots.saturating_sub(1)
}

impl Trie {
    /// Whether a phrase may begin with this word; of words that begin none most are told so.
    #[inline]
    pub(crate) fn begins(&self, word: &Word) -> bool {
        let (at, bit) = bit_of(word.key);
        key_at(&self.first, at) & bit != 0
    }

    /// Tells of every phrase that begins with the first of these words, shorter before longer: how many words it has and its
    /// values.
    #[inline]
    pub fn walk<'a>(&self, words: impl IntoIterator<Item = &'a Word>, found: impl FnMut(usize, Values<'_>)) {
        let mut words = words.into_iter();
        if let Some(first) = words.next().filter(|first| self.begins(first))
            && let Some(node) = self.node_of_first(first.key)
        {
            self.walk_from(node, words, found);
        }
    }

    fn node_of_first(&self, key: u64) -> Option<usize> {
        let slots: &[[u8; 4]] = &self.slots;
        let mut at = slot_of(key, slots.len());
        loop {
            let node = number(slots, at) as usize;
            if node == 0 {
                return None;
            }
            if key_at(&self.keys, node) == key {
                return Some(node);
            }
            at = (at + 1) & (slots.len() - 1);
        }
    }

    fn walk_from<'a>(
        &self,
        mut node: usize,
        rest: impl Iterator<Item = &'a Word>,
        mut found: impl FnMut(usize, Values<'_>),
    ) {
        let (keys, children): (&[[u8; 8]], &[[u8; 4]]) = (&self.keys, &self.children);
        let mut tell = |n: usize, node: usize| {
            let values = list_at(&self.values_from, &self.values, node);
            if !values.is_empty() {
                found(n, Values(values));
            }
        };
        tell(1, node);
        let mut n = 1;
        for word in rest {
            let (from, to) = (number(children, node) as usize, number(children, node + 1) as usize);
            let Some(side_by_side) = keys.get(from..to) else { return };
            let Ok(at) = side_by_side.binary_search_by_key(&word.key, |key| u64::from_le_bytes(*key)) else { return };
            node = from + at;
            n += 1;
            tell(n, node);
        }
    }

    /// Reads it from the parts of a file.
    pub(crate) fn read(file: &mut &'static [u8]) -> Trie {
        Trie {
            keys: read_keys(file),
            children: read_numbers(file),
            values_from: read_numbers(file),
            values: read_numbers(file),
            slots: read_numbers(file),
            first: read_keys(file),
        }
    }
}

/// The values of a phrase, in the order in which they were added.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a>(&'a [[u8; 4]]);

impl Values<'_> {
    /// Each of them.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = u32> {
        self.0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn phrases_are_found_shorter_before_longer() {
        let mut phrases = Phrases::default();
        for (value, phrase) in ["heart", "heart failure", "heart failure", "", "acute heart failure"].iter().enumerate()
        {
            phrases.add(phrase.split_whitespace(), value as u32);
        }
        let trie = phrases.closed();
        let found = |text: &str| {
            let mut out = Vec::new();
            trie.walk(&words(text), |n, values| out.push((n, values.iter().collect::<Vec<_>>())));
            out
        };
        assert_eq!(found("heart failure now"), [(1, vec![0]), (2, vec![1, 2])]);
        assert_eq!(found("acute heart failure"), [(3, vec![4])]);
        assert_eq!(found("acute heart"), []);
        assert_eq!(found("failure"), []);
        assert_eq!(found(""), []);
        let mut none = 0;
        Phrases::default().closed().walk(&words("heart"), |_, _| none += 1);
        assert_eq!(none, 0);
    }
}
