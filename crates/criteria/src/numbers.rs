//! All numbers of a text at once: limits, windows and counts from one reading of its signs.

use crate::compare::{Comparison, comparisons_of};
use crate::count::{Count, counts_of};
use crate::scan::{Scan, may_have_number};
use crate::window::{Window, windows_of};

/// What the numbers of a text say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Limits, in text order.
    pub comparisons: Vec<Comparison>,
    /// Windows and durations, in text order.
    pub windows: Vec<Window>,
    /// Counts of things, in text order.
    pub counts: Vec<Count>,
}

impl Numbers {
    /// The numbers of a text; nothing is read of a text that has none.
    pub fn read(text: &str) -> Numbers {
        if !may_have_number(text) {
            return Numbers::default();
        }
        let lower = text.to_ascii_lowercase();
        let scan = Scan::new(text, &lower);
        let windows = windows_of(&scan);
        let comparisons = comparisons_of(&scan, &windows);
        Numbers { comparisons, counts: counts_of(&scan), windows }
    }
}
