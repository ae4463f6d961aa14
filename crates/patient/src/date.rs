//! Partial dates as intervals of days.

use jiff::civil::Date;

/// A date as far as it is known: `2023`, `2023-05` or `2023-05-17`.
///
/// **Shape**: `earliest <= latest`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// First day that it can stand for.
    pub earliest: Date,
    /// Last day that it can stand for.
    pub latest: Date,
}

/// When something was, or is.
///
/// **Unknown**: `start` and `end` are `None` where the record does not say; `ongoing` says that it had no end by the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day.
    pub end: Option<PartialDate>,
}
