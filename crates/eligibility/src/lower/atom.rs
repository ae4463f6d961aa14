//! Small translations from wording to the types of the logic.

use super::Context;
use crate::expr::{CalendarUnit, Comparator, Length, Relative, Window, WindowKind};
use trialway_criteria::compare;
use trialway_criteria::window as wording;

/// A window of the text; none for durations and for half-lives, which no calendar can count.
pub(super) fn window(context: &Context<'_>, written: &wording::Window) -> Option<Window> {
    let kind = match written.kind {
        wording::WindowKind::WithinPast => WindowKind::WithinPast,
        wording::WindowKind::AtLeastAgo => WindowKind::LongerAgo,
        wording::WindowKind::Future => WindowKind::Future,
        wording::WindowKind::Stable | wording::WindowKind::Duration { .. } => WindowKind::Lasting,
        wording::WindowKind::Lifetime | wording::WindowKind::Since => return None,
    };
    let length = match &written.kind {
        // A greatest duration is no least one.
        wording::WindowKind::Duration { min, min_inclusive, .. } => length(min.as_ref()?, *min_inclusive)?,
        _ => length(written.length.as_ref()?, true)?,
    };
    let anchor = written.anchor_range.as_ref().and_then(|range| context.text.get(range.clone())).map(str::to_owned);
    Some(Window { kind, length, anchor, span: context.span(&written.range) })
}

/// "At least 4 weeks since prior radiotherapy": the time in which there must have been none.
pub(super) fn free_of(context: &Context<'_>, written: &wording::Window) -> Option<Window> {
    let since = written.kind == wording::WindowKind::Since || must_be_over(context, written);
    if !since || context.sense != crate::expr::Sense::Required {
        return None;
    }
    let length = length(written.length.as_ref()?, true)?;
    let anchor = written.anchor_range.as_ref().and_then(|range| context.text.get(range.clone())).map(str::to_owned);
    Some(Window { kind: WindowKind::WithinPast, length, anchor, span: context.span(&written.range) })
}

/// "Radiotherapy must be completed at least 4 weeks before enrollment": it need not have been given.
fn must_be_over(context: &Context<'_>, written: &wording::Window) -> bool {
    if written.kind != wording::WindowKind::AtLeastAgo {
        return false;
    }
    let from = crate::bounds::reach_before(context.text, written.range.start);
    let before = context.text.get(from..written.range.start).unwrap_or_default();
    let sentence = before.rsplit(['.', ';', '\n']).next().unwrap_or_default().to_ascii_lowercase();
    let has = |list: &[&str]| sentence.split(|c: char| !c.is_alphanumeric()).any(|word| list.contains(&word));
    has(&["must", "should", "shall", "prior", "previous"])
        && has(&["completed", "discontinued", "stopped", "finished", "ended"])
}

/// Least and most length of a duration.
pub(super) fn duration(written: &wording::Window) -> Option<(Option<Length>, Option<Length>)> {
    match &written.kind {
        wording::WindowKind::Duration { min, max, min_inclusive } => {
            let least = min.as_ref().and_then(|min| length(min, *min_inclusive));
            // "after 3 to 6 months of treatment" says from when on it may be judged; a longer treatment counts too.
            let most = if least.is_some() { None } else { max.as_ref().and_then(|max| length(max, true)) };
            Some((least, most))
        }
        _ => None,
    }
}

fn length(written: &wording::Length, inclusive: bool) -> Option<Length> {
    let unit = match written.unit {
        wording::Calendar::Hours => CalendarUnit::Hours,
        wording::Calendar::Days => CalendarUnit::Days,
        wording::Calendar::Weeks => CalendarUnit::Weeks,
        wording::Calendar::Months => CalendarUnit::Months,
        wording::Calendar::Years => CalendarUnit::Years,
        wording::Calendar::HalfLives => return None,
    };
    Some(Length { number: written.number, unit, inclusive })
}

/// The comparator of a comparison.
pub(super) fn comparator(op: compare::Op) -> Comparator {
    match op {
        compare::Op::Ge => Comparator::AtLeast,
        compare::Op::Gt => Comparator::MoreThan,
        compare::Op::Le => Comparator::AtMost,
        compare::Op::Lt => Comparator::LessThan,
        compare::Op::Eq => Comparator::Equal,
    }
}

/// What a limit is a multiple of.
pub(super) fn relative(relative: compare::Relative) -> Relative {
    match relative {
        compare::Relative::Uln => Relative::UpperLimit,
        compare::Relative::Lln => Relative::LowerLimit,
        compare::Relative::Baseline => Relative::Baseline,
    }
}
