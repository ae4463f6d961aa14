//! The record's own fields as criteria: `S.age`, `S.sex`, `S.healthy`.

use crate::expr::{AgeTest, Atom, Comparator, Expr, Firmness, Test, WantedSex};
use crate::logic::StructuredLogic;
use trialway_criteria::CriterionId;
use trialway_diagnostics::{Said, Span};
use trialway_study::{AgeLimit, Sex, Study, WordList};
use trialway_units::Unit;

const HEALTHY: &str = "accepts healthy volunteers";
const NONE_HEALTHY: &str = "does not accept healthy volunteers";

/// What [`structured`] says of a field, in parts, so that it can be said in any language: the words are ours, not the study's.
///
/// **Shape**: gaps `youngest` and `oldest` hold ages as the registry writes them.
/// **Unknown**: `None` for a criterion of the text, and for a sex that the registry did not have when this was written.
pub fn field_said(id: &CriterionId, text: &str) -> Option<Said> {
    match id.as_str() {
        "S.age" => Some(if let Some(oldest) = text.strip_prefix("up to ") {
            Said::new("up to {oldest}").with("oldest", oldest)
        } else if let Some(youngest) = text.strip_suffix(" or older") {
            Said::new("{youngest} or older").with("youngest", youngest)
        } else {
            let (youngest, oldest) = text.split_once(" to ")?;
            Said::new("{youngest} to {oldest}").with("youngest", youngest).with("oldest", oldest)
        }),
        "S.sex" => {
            let label = Sex::ALL.iter().map(|sex| sex.label()).find(|label| *label == text)?;
            Some(Said::new("{sex}").ours("sex", label))
        }
        "S.healthy" => [HEALTHY, NONE_HEALTHY].into_iter().find(|words| *words == text).map(Said::new),
        _ => None,
    }
}

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
            text: HEALTHY.to_owned(),
            logic: Expr::And(Vec::new()),
        }),
        Some(false) => out.push(StructuredLogic {
            id: CriterionId::new("S.healthy"),
            text: NONE_HEALTHY.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_study::Coded;

    #[test]
    fn what_is_said_of_a_field_comes_back_in_parts() {
        let mut n = 0;
        for (low, high) in [(Some("6 Months"), Some("1 Year")), (Some("18 Years"), None), (None, Some("75 Years"))] {
            for (sex, healthy) in [("ALL", true), ("FEMALE", false), ("MALE", false)] {
                let mut study = Study::default();
                study.eligibility.minimum_age = low.and_then(AgeLimit::parse);
                study.eligibility.maximum_age = high.and_then(AgeLimit::parse);
                study.eligibility.sex = Some(Coded::from_word(sex));
                study.eligibility.healthy_volunteers = Some(healthy);
                for field in structured(&study) {
                    let said = field_said(&field.id, &field.text);
                    assert_eq!(said.map(|said| said.to_string()), Some(field.text));
                    n += 1;
                }
            }
        }
        assert_eq!(n, 27);
        assert_eq!(field_said(&CriterionId::new("I1"), "up to 6 Years"), None);
    }
}
