//! "Stable for at least 4 weeks" held against "unchanged for the past 5 weeks": how long a record says that something has been as it
//! is (ADR 0017).
//!
//! It settles only what is about the same: the record's question has the same initials as an abbreviation of the criterion, or the
//! two share two telling words.

use crate::plainly::clauses;
use rust_decimal::Decimal;
use trialway_criteria::window::{Calendar, Length, WindowKind, windows};

/// Words for what has not changed.
const STEADY: [&str; 6] = ["stable", "unchanged", "unaltered", "constant", "steady", "same"];

/// Whether a remark says that it lasted long enough; none where the criterion asks for no such time or the remark is of
/// something else.
pub(crate) fn lasts(text: &str, label: &str, remark: &str) -> Option<bool> {
    if !is_steady(text) || !is_steady(remark) || !same_matter(text, label, remark) {
        return None;
    }
    let wanted = only(text, |kind, length| match kind {
        WindowKind::Stable => length,
        WindowKind::Duration { min: Some(min), max: None, .. } => Some(*min),
        _ => None,
    })?;
    let said = only(remark, |kind, length| match kind {
        WindowKind::Stable | WindowKind::WithinPast => length,
        WindowKind::Duration { min: Some(min), max: None, .. } => Some(*min),
        _ => None,
    })?;
    let lasted = days(said)? >= days(wanted)?;
    // "regularly scheduled or stable for at least 4 weeks": too short a time leaves the other.
    let alternative = text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("or"));
    (lasted || !alternative).then_some(lasted)
}

fn is_steady(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| STEADY.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The one length of time that a text has; none where it has several.
fn only(text: &str, length: impl Fn(&WindowKind, Option<Length>) -> Option<Length>) -> Option<Length> {
    let all = windows(text);
    let [window] = all.as_slice() else { return None };
    length(&window.kind, window.length)
}

fn days(length: Length) -> Option<Decimal> {
    let of_one = match length.unit {
        Calendar::Days => Decimal::ONE,
        Calendar::Weeks => Decimal::from(7),
        Calendar::Months => Decimal::new(3044, 2),
        Calendar::Years => Decimal::new(36525, 2),
        Calendar::Hours | Calendar::HalfLives => return None,
    };
    length.number.checked_mul(of_one)
}

fn same_matter(text: &str, label: &str, remark: &str) -> bool {
    let initials: String = label
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    let abbreviated =
        initials.chars().count() >= 3 && text.split(|c: char| !c.is_alphanumeric()).any(|word| word == initials);
    let telling = |text: &str| -> Vec<_> {
        let all = clauses(text).into_iter().flat_map(|clause| clause.words);
        all.filter(|word| !STEADY.contains(&word.as_str()) && !word.starts_with(|c: char| c.is_ascii_digit()))
            .filter(|word| !matches!(word.as_str(), "week" | "month" | "day" | "year" | "dose" | "stabl" | "chang"))
            .collect()
    };
    let (wanted, said) = (telling(text), telling(&format!("{label}; {remark}")));
    abbreviated || wanted.iter().filter(|word| said.contains(word)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::lasts;

    #[test]
    fn how_long_something_has_been_as_it_is() {
        let text = "TAU must be regularly scheduled or stable for at least 4 weeks prior to baseline";
        for (label, remark, want) in [
            ("Treatment as usual", "Follow-up visits, unchanged for the past 5 weeks", Some(true)),
            ("Treatment as usual", "Follow-up visits, unchanged for the past 2 weeks", None),
            ("Treatment as usual", "Follow-up visits; started 12 days ago", None),
            ("Housing", "Unchanged for the past 5 weeks", None),
        ] {
            assert_eq!(lasts(text, label, remark), want, "{label}: {remark}");
        }
        let text = "Diet plan stable for at least 4 weeks";
        assert_eq!(lasts(text, "Diet plan", "Unchanged for the past 2 weeks"), Some(false));
    }
}
