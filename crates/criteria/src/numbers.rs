//! All numbers of a text at once: limits, windows and counts from one reading of its signs.

use crate::compare::{Comparison, comparisons_of};
use crate::count::{Count, counts_of};
use crate::scan::Scan;
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
    /// The numbers of a text.
    ///
    /// A text of whose words none [`may_be_number`](crate::may_be_number) has none, and need not be read.
    pub fn read(text: &str) -> Numbers {
        let lower = text.to_ascii_lowercase();
        let scan = Scan::new(text, &lower);
        let windows = windows_of(&scan);
        let comparisons = comparisons_of(&scan, &windows);
        Numbers { comparisons, counts: counts_of(&scan), windows }
    }
}
