//! Dates as a registry publishes them: often a month, sometimes a year, now and then a slip.

use crate::{Coded, DateKind};

/// One published date, as far as it is known.
///
/// **Shape**: a day comes only with its month and a month only with its year; each is on the calendar.
///
/// **Unknown**: a part that is missing or not on the calendar is `None`, and so is what follows it: of `2025-13` only the
/// year is known. `written` keeps what was received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyDate {
    /// As received.
    pub written: String,
    /// The year, of the common era.
    pub year: Option<u16>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
    /// Whether it has happened or is planned, where the record says so.
    pub kind: Option<Coded<DateKind>>,
}

/// The dates in the life of a study.
///
/// **Source**: `protocolSection.statusModule`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyDates {
    /// When the sponsor first sent the record.
    pub first_submitted: Option<StudyDate>,
    /// When the registry first showed it.
    pub first_posted: Option<StudyDate>,
    /// When the sponsor last sent a change.
    pub last_update_submitted: Option<StudyDate>,
    /// When the registry last showed a change.
    pub last_update_posted: Option<StudyDate>,
    /// When the sponsor last confirmed the record.
    pub verified: Option<StudyDate>,
    /// When the first participant was, or is to be, enrolled.
    pub start: Option<StudyDate>,
    /// When the last participant was, or is to be, examined for the primary outcome.
    pub primary_completion: Option<StudyDate>,
    /// When the last participant was, or is to be, seen.
    pub completion: Option<StudyDate>,
    /// When results were first shown.
    pub results_first_posted: Option<StudyDate>,
}

impl StudyDate {
    /// Reads `2023`, `2023-05`, `2023-05-17`, a time after the day, or the older `May 2023` and `May 17, 2023`.
    ///
    /// **Unknown**: the parts that can be read are kept; [`StudyDate::is_fully_read`] says whether that was all of it.
    pub fn parse(written: &str) -> Self {
        let mut date = Self { written: written.to_owned(), ..Self::default() };
        let text = written.trim();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            date.read_iso(text)
        } else {
            date.read_english(text)
        }
        date
    }

    /// The same date, actual or estimated.
    #[must_use]
    pub fn with_kind(mut self, kind: Option<Coded<DateKind>>) -> Self {
        self.kind = kind;
        self
    }

    /// Whether everything that was written is on the calendar and was understood.
    pub fn is_fully_read(&self) -> bool {
        let text = self.written.trim();
        let n_written = if text.starts_with(|c: char| c.is_ascii_digit()) {
            text.split('-').count()
        } else {
            text.split_whitespace().count()
        };
        let n_read =
            [self.year.is_some(), self.month.is_some(), self.day.is_some()].iter().filter(|read| **read).count();
        n_read > 0 && n_read == n_written
    }

    /// The known part: `2023`, `2023-05` or `2023-05-17`.
    ///
    /// **Unknown**: an empty string when not even the year is known.
    pub fn iso(&self) -> String {
        match (self.year, self.month, self.day) {
            (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(year), Some(month), None) => format!("{year:04}-{month:02}"),
            (Some(year), None, _) => format!("{year:04}"),
            (None, ..) => String::new(),
        }
    }

    fn read_iso(&mut self, text: &str) {
        let mut parts = text.split('-');
        self.year = parts.next().filter(|part| part.len() == 4).and_then(number).filter(|year| *year > 0);
        let month = parts.next().filter(|part| part.len() == 2).and_then(number);
        self.set_month(month);
        // A time of day may follow: `2020-01-21T13:50`.
        let day = parts.next().map(|part| part.split_once('T').map_or(part, |(day, _)| day));
        if parts.next().is_none() {
            self.set_day(day.filter(|part| part.len() == 2).and_then(number));
        }
    }

    fn read_english(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (month, day, year) = match words.as_slice() {
            [month, year] => (*month, None, *year),
            [month, day, year] => (*month, Some(*day), *year),
            _ => return,
        };
        self.year = Some(year).filter(|year| year.len() == 4).and_then(number).filter(|year| *year > 0);
        let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month));
        self.set_month(month.and_then(|index| u16::try_from(index + 1).ok()));
        self.set_day(day.and_then(|day| day.strip_suffix(',')).and_then(number));
    }

    fn set_month(&mut self, month: Option<u16>) {
        if self.year.is_some() {
            self.month = month.and_then(|month| u8::try_from(month).ok()).filter(|month| (1..=12).contains(month));
        }
    }

    fn set_day(&mut self, day: Option<u16>) {
        if let (Some(year), Some(month)) = (self.year, self.month) {
            let last = days_in_month(year, month);
            self.day = day.and_then(|day| u8::try_from(day).ok()).filter(|day| (1..=last).contains(day));
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn number(digits: &str) -> Option<u16> {
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, known: &str, fully: bool) {
        let date = StudyDate::parse(written);
        assert_eq!((date.iso().as_str(), date.is_fully_read()), (known, fully), "{written}");
        assert_eq!(date.written, written);
    }

    #[test]
    fn every_form_of_a_date_is_read_as_far_as_it_goes() {
        check("2023", "2023", true);
        check("2023-05", "2023-05", true);
        check("2023-05-17", "2023-05-17", true);
        check("2020-01-21T13:50", "2020-01-21", true);
        check("2024-02-29", "2024-02-29", true);
        check("May 2023", "2023-05", true);
        check("december 16, 2015", "2015-12-16", true);
    }

    #[test]
    fn what_is_not_on_the_calendar_is_not_known() {
        check("2025-13", "2025", false);
        check("2025-00-10", "2025", false);
        check("2023-02-29", "2023-02", false);
        check("2023-5", "2023", false);
        check("2023-05-17-01", "2023-05", false);
        check("Mai 2023", "2023", false);
        check("May 32, 2023", "2023-05", false);
        check("May 17 2023", "2023-05", false);
        check("23-05", "", false);
        check("0000-01-01", "", false);
        check("soon", "", false);
        check("", "", false);
        check("２０２３", "", false);
    }
}
