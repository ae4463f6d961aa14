//! Records that nobody may have looked at for long.

use crate::{Status, Study, StudyDate};

/// A day: year, month, day of the month.
pub type Day = (u16, u8, u8);

/// Why what a record says may no longer be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// The sponsor last confirmed it so long ago, though the study is said to go on.
    NotConfirmed {
        /// When, as far as it is known: `2023-05`.
        since: String,
    },
    /// It is said to take participants after the day on which it was to be complete.
    PastCompletion {
        /// That day, as far as it is known.
        day: String,
        /// Whether the day is that of the main results, because the record gives no other.
        is_primary: bool,
    },
}

/// Years after which a record that was not confirmed is stale.
///
/// **Source**: ClinicalTrials.gov calls the status of such a study unknown.
const YEARS: u16 = 2;

impl Study {
    /// What makes the record stale on a day.
    ///
    /// **Unknown**: a date that is missing or not read makes nothing stale; of a date that is known to the month or the year, the
    /// last day counts. Studies that have ended are not stale, however old.
    pub fn stale_on(&self, today: Day) -> Vec<Stale> {
        let mut out = Vec::new();
        let status = self.overall_status.as_ref().and_then(crate::Coded::known);
        let goes_on = matches!(
            status,
            Some(
                Status::Recruiting
                    | Status::NotYetRecruiting
                    | Status::EnrollingByInvitation
                    | Status::ActiveNotRecruiting
                    | Status::Suspended
                    | Status::Available
                    | Status::TemporarilyNotAvailable
                    | Status::Unknown
            )
        );
        if let Some(verified) = self.dates.verified.as_ref().filter(|_| goes_on)
            && let Some((year, month, day)) = last_day(verified)
            && (year.saturating_add(YEARS), month, day) < today
        {
            out.push(Stale::NotConfirmed { since: verified.iso() });
        }
        let takes =
            matches!(status, Some(Status::Recruiting | Status::NotYetRecruiting | Status::EnrollingByInvitation));
        let dates = &self.dates;
        let complete = match (&dates.completion, &dates.primary_completion) {
            (Some(date), _) => Some((date, false)),
            (None, Some(date)) => Some((date, true)),
            (None, None) => None,
        };
        if let Some((date, is_primary)) = complete.filter(|_| takes)
            && last_day(date).is_some_and(|day| day < today)
        {
            out.push(Stale::PastCompletion { day: date.iso(), is_primary });
        }
        out
    }
}

impl Stale {
    /// The warning in one sentence.
    pub fn sentence(&self) -> String {
        match self {
            Stale::NotConfirmed { since } => {
                format!(
                    "The sponsor has not confirmed this record for two years (last in {since}): ask before you count on it."
                )
            }
            Stale::PastCompletion { day, is_primary } => {
                let what = if *is_primary { "its main results were to be complete" } else { "it was to end" };
                format!(
                    "The record says that people can join or will be able to, but {what} by {day}: ask before you count on it."
                )
            }
        }
    }
}

/// The last day that a date may be.
fn last_day(date: &StudyDate) -> Option<Day> {
    let year = date.year?;
    let month = date.month.unwrap_or(12);
    // No month is longer; only the order of days matters here.
    Some((year, month, date.day.unwrap_or(31)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StudyDates;

    const TODAY: Day = (2026, 6, 15);

    fn study(status: Status, verified: &str, completion: &str, primary: &str) -> Study {
        let date = |text: &str| (!text.is_empty()).then(|| StudyDate::parse(text));
        Study {
            overall_status: Some(status.into()),
            dates: StudyDates {
                verified: date(verified),
                completion: date(completion),
                primary_completion: date(primary),
                ..StudyDates::default()
            },
            ..Study::default()
        }
    }

    fn check(status: Status, verified: &str, completion: &str, primary: &str, want: (bool, Option<bool>)) {
        let found = study(status, verified, completion, primary).stale_on(TODAY);
        let not_confirmed = found.iter().any(|one| matches!(one, Stale::NotConfirmed { .. }));
        let past = found.iter().find_map(|one| match one {
            Stale::PastCompletion { is_primary, .. } => Some(*is_primary),
            Stale::NotConfirmed { .. } => None,
        });
        assert_eq!((not_confirmed, past), want, "{status:?} {verified} {completion} {primary}");
        assert!(found.iter().all(|one| one.sentence().ends_with("count on it.")));
    }

    #[test]
    fn two_years_are_counted_to_the_last_day_that_may_be_meant() {
        check(Status::Recruiting, "2024-05", "", "", (true, None));
        check(Status::Recruiting, "2024-06", "", "", (false, None));
        check(Status::Recruiting, "2024-06-14", "", "", (true, None));
        check(Status::Recruiting, "2024-06-15", "", "", (false, None));
        check(Status::Recruiting, "2024", "", "", (false, None));
        check(Status::Recruiting, "2023", "", "", (true, None));
    }

    #[test]
    fn only_studies_that_go_on_are_stale() {
        check(Status::Completed, "2010-01", "2011-01", "2011-01", (false, None));
        check(Status::Terminated, "2010-01", "2011-01", "", (false, None));
        check(Status::ActiveNotRecruiting, "2010-01", "2011-01", "", (true, None));
    }

    #[test]
    fn nobody_joins_after_the_end() {
        check(Status::Recruiting, "2026-01", "2026-06-14", "", (false, Some(false)));
        check(Status::Recruiting, "2026-01", "2026-06", "", (false, None));
        check(Status::NotYetRecruiting, "2026-01", "2025", "", (false, Some(false)));
        check(Status::Recruiting, "2026-01", "", "2025-12", (false, Some(true)));
        check(Status::Recruiting, "2026-01", "2027-01", "2025-12", (false, None));
        check(Status::Recruiting, "soon", "", "", (false, None));
    }
}
