//! Words that a translation put for others.

use super::material::{Material, finding};
use super::phrases::Sort;
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Severity};

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
    // In a text that infuses cells of a cell therapy, a transfusion without blood is that infusion.
    let says = |word: &str| material.items.iter().any(|item| item.words.iter().any(|other| other.norm == word));
    if !(says("infusion") && says("car") && says("cell")) {
        return;
    }
    for item in &material.items {
        for at in 1..item.words.len() {
            let anchor = item.norm(at) == "transfusion" && matches!(item.norm(at - 1), "to" | "before" | "after");
            if anchor {
                let from = if item.norm(at - 1) == "to" { at.saturating_sub(2) } else { at - 1 };
                let message = "probably a mistranslation: `transfusion` stands for the infusion of the cells";
                out.push(
                    finding(&RULE, Severity::Warning, item.span(&(from..at + 1)), message)
                        .with_help("write `infusion`"),
                );
            }
        }
    }
}
