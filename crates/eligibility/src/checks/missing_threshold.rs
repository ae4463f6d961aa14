//! States that are measured, named without their limit.

use super::material::Material;
use super::phrases::Sort;
use super::rule;
use crate::expr::{Expr, Test};
use trialway_diagnostics::{Code, Diagnostic};

rule! {
    /// Reports: a state that is diagnosed by a number (`proteinuria`, `impaired renal function`), in a criterion without any number.
    /// Why it matters: where it begins differs between centres.
    /// Example: `accompanied by proteinuria`.
    /// What to do: name the measurement and its limit.
    /// Source: `crates/eligibility/data/lint.tsv`, rows `threshold`.
    RULE = Code("ELG024"), "missing-threshold", Info, "measured state without a limit"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    material.report_phrases(Sort::Threshold, &RULE, &mut found);
    let unlimited = |finding: &Diagnostic| {
        let at = finding
            .span
            .map_or(0, |span| material.items.partition_point(|item| item.criterion.own_span.start <= span.start));
        let item = at.checked_sub(1).and_then(|at| material.items.get(at));
        item.is_some_and(|item| {
            let mut graded = false;
            item.criterion.logic.for_each_leaf(&mut |leaf| {
                graded |=
                    matches!(leaf, Expr::Atom(atom) if matches!(atom.test, Test::Grade(_) | Test::Measurement(_)));
            });
            let digits = item.text.contains(|c: char| c.is_ascii_digit());
            !graded && !digits && item.criterion.bounds.is_empty() && item.criterion.children.is_empty()
        })
    };
    out.extend(found.into_iter().filter(unlimited));
}
