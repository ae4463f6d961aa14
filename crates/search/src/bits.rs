//! Sets of studies of one segment, a bit each.

use tantivy::DocId;

/// Studies of a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// None of so many studies.
    pub fn none(n_docs: u32) -> Bits {
        Bits(vec![0; n_docs.div_ceil(64) as usize])
    }

    /// All of so many studies.
    pub fn all(n_docs: u32) -> Bits {
        let mut words = vec![u64::MAX; n_docs.div_ceil(64) as usize];
        if let Some(last) = words.last_mut().filter(|_| !n_docs.is_multiple_of(64)) {
            *last = (1 << (n_docs % 64)) - 1;
        }
        Bits(words)
    }

    #[inline]
    pub fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.0.get_mut((doc >> 6) as usize) {
            *word |= 1 << (doc & 63);
        }
    }

    /// Sixty-four studies a word, the lowest number in the lowest bit.
    pub fn words(&self) -> &[u64] {
        &self.0
    }

    pub fn and(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    pub fn or(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    pub fn take_away(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }

    /// Keeps the studies that this says yes to.
    pub fn retain(&mut self, mut keeps: impl FnMut(DocId) -> bool) {
        for (at, word) in (0..).zip(self.0.iter_mut()) {
            for bit in ones(*word) {
                if !keeps(at * 64 + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    pub fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The studies, in order.
    pub fn docs(&self) -> impl Iterator<Item = DocId> + '_ {
        (0..).zip(&self.0).flat_map(|(at, word)| ones(*word).map(move |bit| at * 64 + bit))
    }
}

/// The places of the bits that are set, lowest first.
#[inline]
pub(crate) fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        word &= word.wrapping_sub(1);
        (bit < 64).then_some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        for n in [1, 63, 64, 65, 200] {
            assert_eq!(Bits::all(n).count(), u64::from(n));
            assert_eq!(Bits::all(n).docs().collect::<Vec<_>>(), (0..n).collect::<Vec<_>>());
            assert!(Bits::none(n).is_empty());
        }
        let of = |docs: &[DocId]| {
            let mut out = Bits::none(200);
            docs.iter().for_each(|doc| out.insert(*doc));
            out
        };
        let mut set = of(&[0, 63, 64, 130, 199]);
        set.and(&of(&[0, 63, 130, 131]));
        assert_eq!(set, of(&[0, 63, 130]));
        set.or(&of(&[5]));
        set.take_away(&of(&[63]));
        set.retain(|doc| doc != 0);
        assert_eq!(set.docs().collect::<Vec<_>>(), [5, 130]);
    }
}
