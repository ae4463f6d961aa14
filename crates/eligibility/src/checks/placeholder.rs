//! Words that stand for words to come.

use super::material::{Material, finding};
use super::phrases::Sort;
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};

rule! {
    /// Reports: `TBD`, `[insert …]`, `XX years`, `???` and the like, left in from a template.
    /// Why it matters: a part of the criterion is not there.
    /// Example: `Age between XX and 65 years`, `Inclusion criteria: TBD`.
    /// What to do: write what belongs there, or take the item out.
    /// Source: `crates/eligibility/data/lint.tsv`, rows `placeholder`; observed in registry records.
    RULE = Code("ELG020"), "placeholder", Error, "placeholder left in"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    material.report_phrases(Sort::Placeholder, &RULE, out);
    for item in &material.items {
        for at in 0..item.words.len() {
            let blank = matches!(item.raw(at), "XX" | "xx" | "XXX" | "xxx" | "XXXX")
                && (matches!(item.norm(at + 1), "year" | "month" | "week" | "day" | "mg" | "%" | "hour" | "kg")
                    || at > 0 && matches!(item.norm(at - 1), "≥" | "≤" | "<" | ">"));
            let asked = item.norm(at) == "?"
                && item.norm(at + 1) == "?"
                && item.touches(at)
                && (at == 0 || item.norm(at - 1) != "?");
            if blank || asked {
                let mut end = at + 1;
                while asked && item.norm(end) == "?" {
                    end += 1;
                }
                let written = item.written(&(at..end));
                let message = Said::new("placeholder left in: `{written}`").with("written", written);
                let severity = if blank { Severity::Error } else { Severity::Warning };
                out.push(finding(&RULE, severity, item.span(&(at..end)), message));
            }
        }
    }
}
