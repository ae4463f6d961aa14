//! Windows and periods, three-valued.

use jiff::civil::Date;
use trialway_eligibility::expr::{CalendarUnit, Length, Window, WindowKind};
use trialway_eligibility::truth::Truth;
use trialway_patient::{Calendar, Fact, RecordedStatus, subtract};

/// The day a length before `day`.
pub(super) fn before(day: Date, length: &Length) -> Option<Date> {
    let number = i64::try_from(length.number.trunc()).ok()?;
    let fraction = length.number.fract();
    match length.unit {
        CalendarUnit::Hours => subtract(day, (number + 23) / 24, Calendar::Days),
        CalendarUnit::Days => subtract(day, number, Calendar::Days),
        CalendarUnit::Weeks => subtract(day, number, Calendar::Weeks),
        CalendarUnit::Months => subtract(day, number, Calendar::Months),
        // Half a year is six months.
        CalendarUnit::Years if !fraction.is_zero() => subtract(
            day,
            i64::try_from((length.number * trialway_units::Decimal::from(12)).trunc()).ok()?,
            Calendar::Months,
        ),
        CalendarUnit::Years => subtract(day, number, Calendar::Years),
    }
}

/// Whether a fact exists yet on `as_of`.
///
/// An answer that is known by its question answers only that.
pub(super) fn exists(fact: &Fact, as_of: Date) -> bool {
    !fact.provenance.path.starts_with("item[q:")
        && !fact.period.start.is_some_and(|start| start.definitely_after(as_of))
}

/// Whether something goes on at `as_of`.
pub(super) fn ongoing(fact: &Fact, as_of: Date) -> Truth {
    match (fact.status, fact.period.end) {
        (_, Some(end)) if end.definitely_before(as_of) => Truth::False,
        (RecordedStatus::Ended, _) => Truth::False,
        // "Until 2026", asked in the middle of 2026.
        (_, Some(end)) if end.earliest < as_of => Truth::Unknown,
        (RecordedStatus::Active | RecordedStatus::Unstated, _) => Truth::True,
    }
}

/// The first day on which a fact that is over lies no more in a window of the past, or lies long enough in one that lasts; none where
/// time alone does not change it.
pub(super) fn turns_on(fact: &Fact, window: &Window, as_of: Date) -> Option<Date> {
    let reached = |since: Date, beyond: bool| {
        // Calendar months differ in length: the day is looked for, from the last one on which it cannot be yet.
        let mut day = as_of;
        for _ in 0..MOST_DAYS {
            day = day.tomorrow().ok()?;
            let limit = before(day, &window.length)?;
            if (beyond && limit > since) || (!beyond && limit >= since) {
                return Some(day);
            }
        }
        None
    };
    match window.kind {
        WindowKind::Lasting => match fact.period.start {
            Some(start) if ongoing(fact, as_of) == Truth::True && within(fact, window, as_of) != Truth::True => {
                reached(start.latest, false)
            }
            _ => None,
        },
        WindowKind::WithinPast | WindowKind::LongerAgo => {
            let is_over = fact.period.end.is_some_and(|end| end.latest <= as_of)
                || fact.period.end.is_none() && ongoing(fact, as_of) == Truth::False;
            let last = fact.period.end.or(fact.period.start)?.latest;
            let lies = within(fact, &Window { kind: WindowKind::WithinPast, ..window.clone() }, as_of) != Truth::False;
            if is_over && lies && last <= as_of { reached(last, true) } else { None }
        }
        WindowKind::Future => None,
    }
}

/// Days ahead that are looked at: what changes later than in fifteen years is not foretold.
const MOST_DAYS: u32 = 15 * 366;

/// Whether a fact lies in a window that ends at `as_of`: by its last day, or as going on.
pub(super) fn within(fact: &Fact, window: &Window, as_of: Date) -> Truth {
    if matches!(window.kind, WindowKind::Future) {
        return Truth::Unknown;
    }
    let Some(limit) = before(as_of, &window.length) else { return Truth::Unknown };
    if window.kind == WindowKind::Lasting {
        return match fact.period.start {
            Some(start) if start.latest <= limit => Truth::True,
            Some(start) if start.earliest > limit => Truth::False,
            _ => Truth::Unknown,
        };
    }
    let open_ended = fact.period.end.is_none() && ongoing(fact, as_of) == Truth::True;
    let last = fact.period.end.or(fact.period.start);
    let recent = match last {
        _ if open_ended => Truth::True,
        Some(date) if date.earliest >= limit => Truth::True,
        Some(date) if date.latest < limit => Truth::False,
        _ => Truth::Unknown,
    };
    match window.kind {
        WindowKind::LongerAgo => recent.not(),
        _ => recent,
    }
}
