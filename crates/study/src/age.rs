//! Published age limits, and how they compare with an age in completed years.
//!
//! | written | read as | UCUM |
//! | --- | --- | --- |
//! | `18 Years`, `1 Year` | years | `a` |
//! | `6 Months` | months | `mo` |
//! | `2 Weeks` | weeks | `wk` |
//! | `30 Days` | days | `d` |
//! | `36 Hours` | hours | `h` |
//! | `90 Minutes` | minutes | `min` |
//! | `N/A`, or nothing | no limit | |

use rust_decimal::Decimal;

/// The lowest or the highest age at which someone may take part, as the record's own field gives it.
///
/// **Shape**: a field that is absent or says `N/A` has no `AgeLimit` at all: there is no limit.
///
/// **Unknown**: `age` is `None` when something was written that could not be read. That is a limit which is not known, so
/// whoever compares must leave the answer open, never treat it as no limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeLimit {
    /// As received.
    pub written: String,
    /// What it says.
    pub age: Option<PublishedAge>,
}

/// A number with its unit of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublishedAge {
    /// Completed units: someone of `18 Years` has had the eighteenth birthday.
    pub number: Decimal,
    /// The unit.
    pub unit: AgeUnit,
}

/// The units in which the registry publishes ages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgeUnit {
    /// Completed years.
    Years,
    /// Completed months.
    Months,
    /// Completed weeks.
    Weeks,
    /// Completed days.
    Days,
    /// Completed hours.
    Hours,
    /// Completed minutes.
    Minutes,
}

impl AgeLimit {
    /// Reads one age field.
    ///
    /// **Unknown**: `None` when the field says that there is no limit (`N/A`, or nothing).
    ///
    /// **Example**
    /// ```
    /// use trialway_study::AgeLimit;
    ///
    /// let limit = AgeLimit::parse("6 Months").unwrap();
    /// assert_eq!(limit.to_ucum().map(|(number, unit)| (number.to_string(), unit)), Some(("6".to_owned(), "mo")));
    /// assert_eq!(AgeLimit::parse("N/A"), None);
    /// assert_eq!(AgeLimit::parse("grown up").unwrap().age, None);
    /// ```
    pub fn parse(written: &str) -> Option<Self> {
        let text = written.trim();
        if text.is_empty() || ["N/A", "NA", "N_A"].iter().any(|none| text.eq_ignore_ascii_case(none)) {
            return None;
        }
        Some(Self { written: written.to_owned(), age: PublishedAge::parse(text) })
    }

    /// The limit as a number and a UCUM unit.
    ///
    /// **Units**: one of `a`, `mo`, `wk`, `d`, `h`, `min`.
    ///
    /// **Unknown**: `None` when the limit was not understood.
    pub fn to_ucum(&self) -> Option<(Decimal, &'static str)> {
        self.age.map(|age| (age.number, age.unit.ucum()))
    }

    /// As a lower limit: whether someone of this age has reached it.
    ///
    /// **Units**: completed years.
    ///
    /// **Unknown**: `None` when the limit was not understood, or when it lies within the year and years do not decide
    /// (six months, for someone of 0 years).
    pub fn is_reached_at(&self, completed_years: u32) -> Option<bool> {
        let limit = self.age?;
        let (youngest, oldest) = limit.unit.completed_in_year(completed_years);
        if Decimal::from(youngest) >= limit.number {
            Some(true)
        } else if Decimal::from(oldest) < limit.number {
            Some(false)
        } else {
            None
        }
    }

    /// As an upper limit: whether someone of this age is past it. `65 Years` is passed on the sixty-sixth birthday.
    ///
    /// **Units**: completed years.
    ///
    /// **Unknown**: as for [`AgeLimit::is_reached_at`].
    pub fn is_passed_at(&self, completed_years: u32) -> Option<bool> {
        let limit = self.age?;
        let (youngest, oldest) = limit.unit.completed_in_year(completed_years);
        if Decimal::from(youngest) > limit.number {
            Some(true)
        } else if Decimal::from(oldest) <= limit.number {
            Some(false)
        } else {
            None
        }
    }

    /// The limit in days, for sorting and for ranges in a search index; never for a verdict.
    ///
    /// **Units**: days, a year being 365.25 and a month 30.4375 of them.
    ///
    /// **Unknown**: `None` when the limit was not understood or does not fit.
    pub fn approximate_days(&self) -> Option<Decimal> {
        let age = self.age?;
        let minutes_per_day = Decimal::from(24 * 60);
        match age.unit {
            AgeUnit::Years => age.number.checked_mul(Decimal::new(36_525, 2)),
            AgeUnit::Months => age.number.checked_mul(Decimal::new(304_375, 4)),
            AgeUnit::Weeks => age.number.checked_mul(Decimal::from(7)),
            AgeUnit::Days => Some(age.number),
            AgeUnit::Hours => age.number.checked_div(Decimal::from(24)),
            AgeUnit::Minutes => age.number.checked_div(minutes_per_day),
        }
    }
}

impl PublishedAge {
    fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.split_once(char::is_whitespace)?;
        let plain =
            number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && number.starts_with(|c: char| c.is_ascii_digit());
        if !plain {
            return None;
        }
        Some(Self { number: number.parse().ok()?, unit: AgeUnit::parse(unit.trim())? })
    }
}

impl AgeUnit {
    /// The unit's UCUM code.
    pub fn ucum(self) -> &'static str {
        match self {
            AgeUnit::Years => "a",
            AgeUnit::Months => "mo",
            AgeUnit::Weeks => "wk",
            AgeUnit::Days => "d",
            AgeUnit::Hours => "h",
            AgeUnit::Minutes => "min",
        }
    }

    /// The unit's name, as many.
    pub fn label(self) -> &'static str {
        match self {
            AgeUnit::Years => "years",
            AgeUnit::Months => "months",
            AgeUnit::Weeks => "weeks",
            AgeUnit::Days => "days",
            AgeUnit::Hours => "hours",
            AgeUnit::Minutes => "minutes",
        }
    }

    fn parse(written: &str) -> Option<Self> {
        const NAMES: [(&str, &str, AgeUnit); 6] = [
            ("year", "years", AgeUnit::Years),
            ("month", "months", AgeUnit::Months),
            ("week", "weeks", AgeUnit::Weeks),
            ("day", "days", AgeUnit::Days),
            ("hour", "hours", AgeUnit::Hours),
            ("minute", "minutes", AgeUnit::Minutes),
        ];
        let is_name = |name: &str| name.eq_ignore_ascii_case(written);
        NAMES.iter().find(|(one, many, _)| is_name(one) || is_name(many)).map(|(_, _, unit)| *unit)
    }

    /// The fewest and the most completed units that someone of so many completed years can have.
    fn completed_in_year(self, years: u32) -> (u64, u64) {
        let (first, next) = (u64::from(years), u64::from(years) + 1);
        // N years are never shorter than 365 N days nor longer than 366 N.
        let (fewest_days, most_days) = (first * 365, next * 366 - 1);
        match self {
            AgeUnit::Years => (first, first),
            AgeUnit::Months => (first * 12, next * 12 - 1),
            AgeUnit::Weeks => (fewest_days / 7, most_days / 7),
            AgeUnit::Days => (fewest_days, most_days),
            AgeUnit::Hours => (fewest_days * 24, (most_days + 1) * 24 - 1),
            AgeUnit::Minutes => (fewest_days * 24 * 60, (most_days + 1) * 24 * 60 - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(written: &str) -> AgeLimit {
        AgeLimit::parse(written).unwrap()
    }

    #[test]
    fn the_table_at_the_head_of_this_file_holds() {
        for (written, number, ucum) in [
            ("18 Years", 18, "a"),
            ("1 Year", 1, "a"),
            ("6 Months", 6, "mo"),
            ("2 Weeks", 2, "wk"),
            ("30 days", 30, "d"),
            ("36 Hours", 36, "h"),
            (" 90  Minutes ", 90, "min"),
        ] {
            assert_eq!(limit(written).to_ucum(), Some((Decimal::from(number), ucum)), "{written}");
        }
        for none in ["N/A", "", "  ", "n/a"] {
            assert_eq!(AgeLimit::parse(none), None, "{none}");
        }
    }

    #[test]
    fn a_limit_that_cannot_be_read_is_not_the_same_as_no_limit() {
        for written in
            ["18", "Years", "-3 Years", "eighteen Years", "18 Jahre", "18 Years or so", "1e3 Years", "9..9 Years"]
        {
            let read = limit(written);
            assert_eq!((read.age, read.written.as_str()), (None, written));
            assert_eq!((read.is_reached_at(90), read.is_passed_at(90)), (None, None));
        }
    }

    #[test]
    fn years_decide_limits_in_years() {
        assert_eq!(
            [17, 18, 19].map(|years| limit("18 Years").is_reached_at(years)),
            [Some(false), Some(true), Some(true)]
        );
        assert_eq!(
            [64, 65, 66].map(|years| limit("65 Years").is_passed_at(years)),
            [Some(false), Some(false), Some(true)]
        );
    }

    #[test]
    fn smaller_units_leave_the_year_they_fall_in_open() {
        assert_eq!([0, 1].map(|years| limit("6 Months").is_reached_at(years)), [None, Some(true)]);
        assert_eq!([0, 1, 2].map(|years| limit("18 Months").is_passed_at(years)), [Some(false), None, Some(true)]);
        assert_eq!([0, 1].map(|years| limit("12 Months").is_reached_at(years)), [Some(false), Some(true)]);
        assert_eq!([0, 1].map(|years| limit("28 Days").is_passed_at(years)), [None, Some(true)]);
        assert_eq!([0, 3].map(|years| limit("36 Hours").is_passed_at(years)), [None, Some(true)]);
        assert_eq!(limit("2.5 Years").is_reached_at(2), Some(false));
    }

    #[test]
    fn ages_of_any_size_do_not_overflow() {
        let huge = limit("79228162514264337593543950335 Years");
        assert_eq!(huge.is_reached_at(u32::MAX), Some(false));
        assert_eq!(huge.approximate_days(), None);
        assert_eq!(limit("1 Minute").is_passed_at(u32::MAX), Some(true));
    }
}
