//! The record's own fields as criteria: `S.age`, `S.sex`, `S.healthy`.

use crate::expr::{AgeTest, Atom, Comparator, Expr, Firmness, Test, WantedSex};
use crate::logic::StructuredLogic;
use trialway_criteria::CriterionId;
use trialway_diagnostics::Span;
use trialway_study::{AgeLimit, Study};
use trialway_units::Unit;

/// The fields that the record has, in the order age, sex, healthy volunteers.
///
/// **Unknown**: a limit that is written but not understood stays unread; it is never taken for no limit.
pub(crate) fn structured(study: &Study) -> Vec<StructuredLogic> {
    let fields = &study.eligibility;
    let mut out = Vec::new();
    let (low, high) = (fields.minimum_age.as_ref(), fields.maximum_age.as_ref());
    if low.is_some() || high.is_some() {
        let mut args = Vec::new();
        args.extend(low.map(|limit| age(limit, Comparator::AtLeast)));
        args.extend(high.map(|limit| age(limit, Comparator::AtMost)));
        let text = match (low, high) {
            (Some(low), Some(high)) => format!("{} to {}", low.written, high.written),
            (Some(low), None) => format!("{} or older", low.written),
            (None, Some(high)) => format!("up to {}", high.written),
            (None, None) => String::new(),
        };
        out.push(StructuredLogic { id: CriterionId::new("S.age"), text, logic: Expr::all(args) });
    }
    if let Some(sex) = &fields.sex {
        let wanted = match sex.as_str() {
            "FEMALE" => Some(atom(Test::Sex(WantedSex::Female))),
            "MALE" => Some(atom(Test::Sex(WantedSex::Male))),
            "ALL" => Some(Expr::And(Vec::new())),
            _ => Some(Expr::Unread { span: Span::default() }),
        };
        if let Some(logic) = wanted {
            out.push(StructuredLogic { id: CriterionId::new("S.sex"), text: sex.label().to_owned(), logic });
        }
    }
    match fields.healthy_volunteers {
        // A trial that takes healthy volunteers turns nobody away by this field.
        Some(true) => out.push(StructuredLogic {
            id: CriterionId::new("S.healthy"),
            text: "accepts healthy volunteers".to_owned(),
            logic: Expr::And(Vec::new()),
        }),
        Some(false) => out.push(StructuredLogic {
            id: CriterionId::new("S.healthy"),
            text: "does not accept healthy volunteers".to_owned(),
            logic: Expr::And(Vec::new()),
        }),
        None => {}
    }
    out
}

fn atom(test: Test) -> Expr {
    Expr::Atom(Atom { test, span: Span::default(), firmness: Firmness::Certain })
}

fn age(limit: &AgeLimit, comparator: Comparator) -> Expr {
    let read = limit.to_ucum().and_then(|(value, unit)| Some((value, Unit::new(unit)?)));
    match read {
        Some((value, unit)) => atom(Test::Age(AgeTest { comparator, value, unit, onset_of: None })),
        None => Expr::Unread { span: Span::default() },
    }
}
