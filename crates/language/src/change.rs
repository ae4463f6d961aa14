//! What would have to be so, in a few words: "eGFR at least 30 mL/min/1.73 m²".

use crate::reading::read;
use trialway_eligibility::expr::{Comparator, Expr, Test};
use trialway_terminology::Terminology;

/// A question or an unread part, as it would have to be answered.
///
/// **Shape**: `leaf` is an atom or an unread part, `text` the eligibility text into which its span points.
pub fn change(leaf: &Expr, holds: bool, text: &str, terminology: &Terminology) -> String {
    if let (Expr::Atom(atom), false) = (leaf, holds) {
        let mut opposite = atom.clone();
        match &mut opposite.test {
            Test::Measurement(test) => {
                if let Some(comparator) = opposite_of(test.comparator) {
                    test.comparator = comparator;
                    return read(&Expr::Atom(opposite), text, terminology).words;
                }
            }
            Test::Age(test) => {
                if let Some(comparator) = opposite_of(test.comparator) {
                    test.comparator = comparator;
                    return read(&Expr::Atom(opposite), text, terminology).words;
                }
            }
            _ => {}
        }
    }
    let words = match leaf {
        Expr::Unread { span } => {
            let written = text.get(span.start..span.end).unwrap_or_default();
            format!("this holds: “{}”", written.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        other => read(other, text, terminology).words,
    };
    if holds { words } else { format!("not: {words}") }
}

fn opposite_of(comparator: Comparator) -> Option<Comparator> {
    Some(match comparator {
        Comparator::AtLeast => Comparator::LessThan,
        Comparator::MoreThan => Comparator::AtMost,
        Comparator::AtMost => Comparator::MoreThan,
        Comparator::LessThan => Comparator::AtLeast,
        Comparator::Equal => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::change;
    use trialway_eligibility::lower;
    use trialway_terminology::Terminology;

    #[test]
    fn what_would_have_to_be_so_is_said() {
        let text = "Inclusion Criteria:\n\n* eGFR ≥ 30 mL/min/1.73 m2\n";
        let logic = lower(&trialway_criteria::parse(text).value, Terminology::builtin());
        let said = |holds| change(&logic.criteria[0].logic, holds, text, Terminology::builtin());
        assert!(said(true).contains("at least 30 mL/min/1.73 m²"), "{}", said(true));
        assert!(said(false).contains("less than 30 mL/min/1.73 m²"), "{}", said(false));
    }
}
