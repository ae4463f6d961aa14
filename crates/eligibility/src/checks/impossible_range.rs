//! Ranges whose lower end is above the upper.

use super::interval::{Interval, Subject, conjuncts, for_each_part, limit};
use super::material::{Material, finding, one_line};
use super::rule;
use crate::expr::Expr;
use std::collections::BTreeMap;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity, Span};

rule! {
    /// Reports: a range whose lower end is above its upper.
    /// Why it matters: read strictly, nobody can fulfil the criterion; the two numbers are exchanged, or one has a digit too many.
    /// Example: `Age between 75 and 18 years`.
    /// What to do: put the lower limit first, or correct the number.
    /// Source: none; a range is empty when its lower end is above its upper.
    RULE = Code("ELG013"), "impossible-range", Warning, "range that no value is in"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for_each_part(&item.criterion.logic, &mut |part| {
            if !matches!(part, Expr::And(_)) {
                return;
            }
            let mut atoms = Vec::new();
            conjuncts(part, &mut atoms);
            // The two ends of one range have one span; limits in different places may be alternatives that were read as one.
            let mut ranges: BTreeMap<(Subject, Span), Interval> = BTreeMap::new();
            for atom in atoms {
                let Some((subject, interval)) = limit(atom, material.terminology) else { continue };
                let range = ranges.entry((subject, atom.span)).or_default();
                *range = range.meet(interval);
            }
            for ((subject, span), _) in ranges.into_iter().filter(|(_, interval)| interval.is_empty()) {
                let written = one_line(span.of(material.text));
                let message = Said::new("the limits of `{written}` are turned round, no value is between them");
                let message = message.with("written", written);
                // Letters of visual acuity are given from the better to the worse.
                let severity = if subject == Subject::Age { Severity::Warning } else { Severity::Info };
                out.push(
                    finding(&RULE, severity, span, message).with_help("give the lower limit first, or correct it"),
                );
            }
        });
    }
}
