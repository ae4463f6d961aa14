//! The best studies so far, while they are found.

use std::cmp::Ordering;
use tantivy::DocAddress;

/// A study that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// What it is sorted by, highest first.
    pub key: f64,
    pub score: f32,
    pub address: DocAddress,
}

/// The order of hits.
pub(crate) fn in_order(a: &Found, b: &Found) -> Ordering {
    b.key.total_cmp(&a.key).then_with(|| a.address.cmp(&b.address))
}

/// Scores that are less than this part apart may be the same number, added in another order.
const ROUNDED: f64 = 1e-5;

/// The best so far; studies are put in in order of their addresses.
pub(crate) struct Kept {
    most: usize,
    /// Whether keys are what they seem; if not, those that are as good as the last of the best are kept as well.
    is_exact: bool,
    found: Vec<Found>,
    /// The key of the last of the best.
    last: Option<f64>,
    /// How many are looked through next.
    next: usize,
}

impl Kept {
    pub fn new(most: usize, is_exact: bool) -> Kept {
        Kept { most, is_exact, found: Vec::new(), last: None, next: Self::step(most) }
    }

    fn step(n: usize) -> usize {
        n.saturating_add(n / 2).saturating_add(16)
    }

    /// What cannot be higher than this is none of the best.
    pub fn floor(&self) -> Option<f32> {
        self.last.map(|last| if self.is_exact { last } else { last * (1.0 - ROUNDED) } as f32)
    }

    /// Puts a study in, unless it comes too late.
    #[inline]
    pub fn put(&mut self, key: f64, score: f32, address: DocAddress) {
        let is_late = |last: f64| {
            if self.is_exact { key.total_cmp(&last).is_le() } else { key < last * (1.0 - ROUNDED) }
        };
        if self.most == 0 || self.last.is_some_and(is_late) {
            return;
        }
        self.found.push(Found { key, score, address });
        if self.found.len() >= self.next.saturating_mul(2) {
            self.shorten();
        }
    }

    /// Finds out again what the last of the best is, where enough came in since.
    pub fn settle(&mut self) {
        if self.found.len() >= self.next {
            self.shorten();
        }
    }

    fn shorten(&mut self) {
        if self.most > 0 && self.found.len() >= self.most {
            let (_, last, _) = self.found.select_nth_unstable_by(self.most - 1, in_order);
            let last = last.key;
            self.last = Some(last);
            if self.is_exact {
                self.found.truncate(self.most);
            } else {
                self.found.retain(|one| one.key >= last * (1.0 - ROUNDED));
            }
        }
        self.next = Self::step(self.found.len());
    }

    /// What is kept, in order where keys are exact.
    pub fn into_found(mut self) -> Vec<Found> {
        self.shorten();
        self.found.sort_by(in_order);
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(most: usize, is_exact: bool, keys: &[f64]) -> Vec<(u32, f64)> {
        let mut kept = Kept::new(most, is_exact);
        for (at, key) in (0..).zip(keys) {
            kept.put(*key, 0.0, DocAddress::new(0, at));
            kept.settle();
        }
        kept.into_found().iter().map(|one| (one.address.doc_id, one.key)).collect()
    }

    #[test]
    fn the_best_are_kept_and_the_first_of_equals() {
        let many: Vec<f64> = (0..500).map(|at| f64::from(at * 7919 % 100)).collect();
        let mut want: Vec<(u32, f64)> = (0..).zip(many.iter().copied()).collect();
        want.sort_by(|(at, a), (other, b)| b.total_cmp(a).then(at.cmp(other)));
        assert_eq!(keys(7, true, &many), want[..7]);
        assert_eq!(keys(0, true, &many), []);
        assert_eq!(keys(900, true, &many), want);
    }

    #[test]
    fn what_may_be_equal_is_kept_where_keys_are_not_exact() {
        let near: Vec<f64> = (0..300)
            .map(|at| {
                if at % 3 == 0 {
                    5.0 - 1e-6
                } else if at == 1 {
                    5.0
                } else {
                    1.0
                }
            })
            .collect();
        assert_eq!(keys(1, false, &near).len(), 101);
    }
}
