//! Words that nobody can measure.

use super::material::Material;
use super::phrases::Sort;
use super::rule;
use trialway_diagnostics::{Code, Diagnostic};

rule! {
    /// Reports: words that set a limit without saying which.
    /// Why it matters: two investigators may decide differently; a program cannot decide at all.
    /// Example: `organ function is basically normal`.
    /// What to do: name the measurement and its limit, or say that the investigator judges.
    /// Source: `crates/eligibility/data/lint.tsv`, rows `vague`.
    RULE = Code("ELG023"), "vague-term", Info, "not measurable by itself"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    material.report_phrases(Sort::Vague, &RULE, &mut found);
    out.append(&mut found);
}
