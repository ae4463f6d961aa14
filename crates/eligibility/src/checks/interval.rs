//! Limits of one measure as an interval.

use crate::expr::{Atom, Comparator, Expr, Relative, Test};
use trialway_terminology::{ConceptId, Terminology};
use trialway_units::{Decimal, Unit, convert};

/// What may be: from a lowest to a highest value, each with whether it is allowed itself; none where there is no end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Interval {
    pub low: Option<(Decimal, bool)>,
    pub high: Option<(Decimal, bool)>,
}

impl Interval {
    pub fn of(comparator: Comparator, value: Decimal) -> Self {
        let (low, high) = match comparator {
            Comparator::AtLeast => (Some((value, true)), None),
            Comparator::MoreThan => (Some((value, false)), None),
            Comparator::AtMost => (None, Some((value, true))),
            Comparator::LessThan => (None, Some((value, false))),
            Comparator::Equal => (Some((value, true)), Some((value, true))),
        };
        Self { low, high }
    }

    /// What is in both.
    pub fn meet(self, other: Self) -> Self {
        let low = match (self.low, other.low) {
            (Some(a), Some(b)) => Some(if a.0 > b.0 || a.0 == b.0 && !a.1 { a } else { b }),
            (a, b) => a.or(b),
        };
        let high = match (self.high, other.high) {
            (Some(a), Some(b)) => Some(if a.0 < b.0 || a.0 == b.0 && !a.1 { a } else { b }),
            (a, b) => a.or(b),
        };
        Self { low, high }
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        match (self.low, self.high) {
            (Some(low), Some(high)) => low.0 > high.0 || low.0 == high.0 && !(low.1 && high.1),
            _ => false,
        }
    }

    /// Whether all that is in it is in the other too.
    pub fn is_within(self, other: Self) -> bool {
        self.meet(other) == self
    }
}

/// What a limit is about: limits of one subject can be held against each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Age,
    Measure(ConceptId, Option<Relative>),
}

/// The limit that an atom sets now; none where it asks something else, of another time, or in a unit that does not fit.
///
/// **Units**: ages in days; measures in the concept's own unit, or as multiples.
pub(crate) fn limit(atom: &Atom, terminology: &Terminology) -> Option<(Subject, Interval)> {
    match &atom.test {
        Test::Age(test) if test.onset_of.is_none() => {
            let days = match test.unit.as_str() {
                "a" => Decimal::new(36_525, 2),
                "mo" => Decimal::new(304_375, 4),
                "wk" => Decimal::from(7),
                "d" => Decimal::ONE,
                _ => return None,
            };
            Some((Subject::Age, Interval::of(test.comparator, test.value.checked_mul(days)?)))
        }
        Test::Measurement(test) if test.window.is_none() => {
            let value = if test.relative.is_some() {
                test.value
            } else {
                let own = Unit::new(&terminology.concept(&test.concept)?.laboratory.as_ref()?.unit)?;
                match &test.unit {
                    Some(unit) => convert(test.value, unit, &own, None).ok()?,
                    None => test.value,
                }
            };
            Some((Subject::Measure(test.concept.clone(), test.relative), Interval::of(test.comparator, value)))
        }
        _ => None,
    }
}

/// The atoms that must all hold where the expression holds.
pub(crate) fn conjuncts<'a>(expr: &'a Expr, out: &mut Vec<&'a Atom>) {
    match expr {
        Expr::Atom(atom) => out.push(atom),
        Expr::And(args) => {
            for arg in args {
                conjuncts(arg, out);
            }
        }
        _ => {}
    }
}

/// Calls `visit` for the expression and every part of it.
pub(crate) fn for_each_part<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    visit(expr);
    match expr {
        Expr::And(args) | Expr::Or(args) | Expr::AtLeast { args, .. } => {
            for arg in args {
                for_each_part(arg, visit);
            }
        }
        Expr::Not(arg) => for_each_part(arg, visit),
        Expr::Implies { condition, then, .. } => {
            for_each_part(condition, visit);
            for_each_part(then, visit);
        }
        Expr::Except { base, unless, .. } => {
            for_each_part(base, visit);
            for_each_part(unless, visit);
        }
        Expr::Node(_) | Expr::Atom(_) | Expr::Unread { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meeting_intervals_are_empty_when_their_ends_cross() {
        let at_least = Interval::of(Comparator::AtLeast, Decimal::from(18));
        assert!(at_least.meet(Interval::of(Comparator::LessThan, Decimal::from(18))).is_empty());
        assert!(!at_least.meet(Interval::of(Comparator::AtMost, Decimal::from(18))).is_empty());
        assert!(Interval::of(Comparator::MoreThan, Decimal::from(18)).is_within(at_least));
        assert!(!at_least.is_within(Interval::of(Comparator::MoreThan, Decimal::from(18))));
    }
}
