//! Partial dates as intervals of days.

use jiff::Span;
use jiff::civil::Date;
use std::fmt;

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

/// Units of calendar lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// Days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months; the day is moved back to the last of a shorter month.
    Months,
    /// Calendar years.
    Years,
}

impl PartialDate {
    /// Some day up to the last day of `latest`, which is all that is known.
    pub fn up_to(latest: PartialDate) -> Self {
        Self { earliest: Date::MIN, latest: latest.latest }
    }

    /// Some day from the first day of `earliest` on.
    pub fn from(earliest: PartialDate) -> Self {
        Self { earliest: earliest.earliest, latest: Date::MAX }
    }

    /// Some day, of which nothing is known.
    pub fn some_time() -> Self {
        Self { earliest: Date::MIN, latest: Date::MAX }
    }

    /// The one day.
    pub fn exact(day: Date) -> Self {
        Self { earliest: day, latest: day }
    }

    /// Reads `2023`, `2023-05`, `2023-05-17` or a FHIR dateTime, of which the civil date is kept.
    ///
    /// **Unknown**: `None` for anything else, such as `2025-13`.
    pub fn parse(written: &str) -> Option<Self> {
        let day = written.split(['T', ' ']).next()?.trim();
        let mut parts = day.split('-');
        let year: i16 = parts.next().filter(|part| part.len() == 4)?.parse().ok()?;
        let Some(month) = parts.next() else {
            return Some(Self { earliest: Date::new(year, 1, 1).ok()?, latest: Date::new(year, 12, 31).ok()? });
        };
        let month: i8 = Some(month).filter(|part| part.len() == 2)?.parse().ok()?;
        let first = Date::new(year, month, 1).ok()?;
        let Some(day) = parts.next() else {
            return Some(Self { earliest: first, latest: first.last_of_month() });
        };
        let day: i8 = Some(day).filter(|part| part.len() == 2)?.parse().ok()?;
        if parts.next().is_some() {
            return None;
        }
        Some(Self::exact(Date::new(year, month, day).ok()?))
    }

    /// Whether every day that it can stand for is after `day`.
    pub fn definitely_after(&self, day: Date) -> bool {
        self.earliest > day
    }

    /// Whether every day that it can stand for is before `day`.
    pub fn definitely_before(&self, day: Date) -> bool {
        self.latest < day
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (self.earliest, self.latest);
        if a == b {
            write!(f, "{a}")
        } else if a == a.first_of_month() && b == a.last_of_month() {
            write!(f, "{:04}-{:02}", a.year(), a.month())
        } else if a == a.first_of_year() && b == a.last_of_year() {
            write!(f, "{:04}", a.year())
        } else if a == Date::MIN && b == Date::MAX {
            f.write_str("some time")
        } else if a == Date::MIN {
            write!(f, "{b} or before")
        } else if b == Date::MAX {
            write!(f, "{a} or after")
        } else {
            write!(f, "between {a} and {b}")
        }
    }
}

/// The day a calendar length before `day`.
///
/// **Units**: months and years are calendar ones, clamped to the last day of a shorter month.
/// **Unknown**: `None` beyond the range of dates.
pub fn subtract(day: Date, number: i64, unit: Calendar) -> Option<Date> {
    let span = match unit {
        Calendar::Days => Span::new().try_days(number),
        Calendar::Weeks => Span::new().try_weeks(number),
        Calendar::Months => Span::new().try_months(number),
        Calendar::Years => Span::new().try_years(number),
    };
    day.checked_sub(span.ok()?).ok()
}

/// Completed units between two days; negative when `to` is before `from`.
pub fn completed(from: Date, to: Date, unit: Calendar) -> i64 {
    let days = || i64::from((to - from).get_days());
    let months = || {
        let whole =
            (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month());
        // A month is complete on the same day, or on the last day of a shorter month.
        let reached = to.day() >= from.day() || (to.day() == to.days_in_month() && from.day() > to.day());
        whole - i64::from(!reached)
    };
    match unit {
        Calendar::Days => days(),
        Calendar::Weeks => days().div_euclid(7),
        Calendar::Months => months(),
        Calendar::Years => months().div_euclid(12),
    }
}

/// When something was, or is.
///
/// **Unknown**: `start` and `end` are `None` where the record does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day.
    pub end: Option<PartialDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        PartialDate::parse(text).unwrap().earliest
    }

    #[test]
    fn partial_dates_are_intervals() {
        for (written, earliest, latest) in [
            ("2023", "2023-01-01", "2023-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023-05-17", "2023-05-17", "2023-05-17"),
            ("2023-05-17T08:00:00Z", "2023-05-17", "2023-05-17"),
        ] {
            assert_eq!(
                PartialDate::parse(written),
                Some(PartialDate { earliest: day(earliest), latest: day(latest) }),
                "{written}"
            );
        }
        for written in ["2025-13", "", "05-2023", "2023-02-30", "2023-5", "today"] {
            assert_eq!(PartialDate::parse(written), None, "{written}");
        }
    }

    #[test]
    fn intervals_are_shown_as_far_as_they_are_known() {
        let range = |a: &str, b: &str| PartialDate { earliest: day(a), latest: day(b) }.to_string();
        assert_eq!(PartialDate::parse("2024").unwrap().to_string(), "2024");
        assert_eq!(PartialDate::parse("2024-02").unwrap().to_string(), "2024-02");
        assert_eq!(range("2024-02-03", "2025-01-01"), "between 2024-02-03 and 2025-01-01");
        assert_eq!(PartialDate { earliest: Date::MIN, latest: day("2024-02-03") }.to_string(), "2024-02-03 or before");
        assert_eq!(PartialDate { earliest: day("2024-02-03"), latest: Date::MAX }.to_string(), "2024-02-03 or after");
    }

    #[test]
    fn ages_are_completed_years() {
        assert_eq!(completed(day("2020-06-15"), day("2026-06-15"), Calendar::Years), 6);
        assert_eq!(completed(day("2020-06-16"), day("2026-06-15"), Calendar::Years), 5);
        assert_eq!(completed(day("2020-02-29"), day("2026-02-28"), Calendar::Years), 6);
        assert_eq!(completed(day("2026-01-31"), day("2026-02-28"), Calendar::Months), 1);
        assert_eq!(subtract(day("2026-08-31"), 6, Calendar::Months), Some(day("2026-02-28")));
    }
}
