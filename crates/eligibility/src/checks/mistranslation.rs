//! Words that a translation put for others.

use super::material::Material;
use super::phrases::Sort;
use super::rule;
use trialway_diagnostics::{Code, Diagnostic};

rule! {
    /// Reports: words that are right by a dictionary and wrong in medicine, as translations put them.
    /// Why it matters: what is meant can only be guessed, and two readers may guess differently.
    /// Example: `critical value` for the ends of a range, `hypertensive drugs` for drugs that raise or lower blood pressure.
    /// What to do: write the usual English term.
    /// Source: `crates/eligibility/data/lint.tsv`, rows `mistranslation`; observed in registry records.
    RULE = Code("ELG007"), "probable-mistranslation", Error, "probably a mistranslation"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    material.report_phrases(Sort::Mistranslation, &RULE, out);
}
