//! Exceptions that change nothing.

use super::interval::{Interval, Subject, conjuncts, for_each_part, limit};
use super::material::{Material, finding};
use super::rule;
use crate::expr::{Atom, Expr, Sense};
use std::collections::BTreeMap;
use trialway_diagnostics::{Code, Diagnostic, Severity, Span};
use trialway_terminology::Terminology;

rule! {
    /// Reports: an exception that no patient can fall under.
    /// Why it matters: the limit that was meant is another; read as it stands, the exception is without effect.
    /// Example: `bilirubin ≤ 1.5 x ULN (except Gilbert syndrome, bilirubin ≤ 1 x ULN)`: the exception is stricter than the rule.
    /// What to do: correct the limit in the exception, or take the exception out.
    /// Source: docs/semantics.md, exceptions and implications.
    RULE = Code("ELG018"), "unreachable-exception", Warning, "exception without effect"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for_each_part(&item.criterion.logic, &mut |part| {
            let Expr::Except { base, unless, sense } = part else { return };
            let (rule, exception) = (atoms(base), atoms(unless));
            let Some(span) = cover(&exception) else { return };
            // "At least 2 but not older than 5" is no exception.
            let announced = item
                .words
                .iter()
                .any(|word| matches!(word.norm.as_str(), "except" | "unless" | "exception" | "excepting"));
            if let Some(message) = without_effect(&rule, &exception, *sense, material.terminology).filter(|_| announced)
            {
                out.push(
                    finding(&RULE, Severity::Warning, span, message)
                        .with_help("correct the limit in the exception, or take the exception out"),
                );
            }
        });
    }
}

fn atoms(expr: &Expr) -> Vec<&Atom> {
    let mut out = Vec::new();
    conjuncts(expr, &mut out);
    out
}

fn cover(atoms: &[&Atom]) -> Option<Span> {
    atoms.iter().map(|atom| atom.span).reduce(Span::cover)
}

fn without_effect(
    rule: &[&Atom],
    exception: &[&Atom],
    sense: Sense,
    terminology: &Terminology,
) -> Option<&'static str> {
    let limits = |atoms: &[&Atom]| {
        let mut out: BTreeMap<Subject, Interval> = BTreeMap::new();
        for (subject, interval) in atoms.iter().filter_map(|atom| limit(atom, terminology)) {
            let entry = out.entry(subject).or_default();
            *entry = entry.meet(interval);
        }
        out
    };
    let (ruled, excepted) = (limits(rule), limits(exception));
    // A rule of several parts may be excepted in one of them.
    let (subject, asked) = ruled.iter().next().filter(|_| rule.len() == ruled.len() && ruled.len() == 1)?;
    let given = excepted.get(subject)?;
    match sense {
        Sense::Required => {
            given.is_within(*asked).then_some("the exception is no wider than the rule, so that it excepts nobody")
        }
        Sense::Excluding => {
            asked.meet(*given).is_empty().then_some("the exception lies outside the rule, so that it excepts nobody")
        }
    }
}
