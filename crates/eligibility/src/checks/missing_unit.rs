//! Limits without their unit.

use super::material::{Material, finding};
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};

rule! {
    /// Reports: a limit of a laboratory value that has units, without one.
    /// Why it matters: laboratories report in different units; the limit means something else in each.
    /// Example: `creatinine < 1.5`: mg/dL, or a multiple of the upper limit of normal?
    /// What to do: write the unit.
    /// Source: units of observations in `crates/terminology/data`.
    RULE = Code("ELG010"), "missing-unit", Warning, "limit without a unit"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for bound in &item.criterion.bounds {
            if bound.unit.is_some() || bound.relative_to.is_some() {
                continue;
            }
            let Some(concept) = bound.concept.as_ref().and_then(|id| material.terminology.concept(id)) else {
                continue;
            };
            let Some(measure) = &concept.laboratory else { continue };
            // Shares, scores and intervals are written without a unit often enough that nobody is misled.
            let plain = matches!(
                measure.unit.as_str(),
                "1" | "{score}" | "{titer}" | "%" | "ms" | "kg/m2" | "a" | "mo" | "wk" | "d"
            );
            let pressure = measure.unit.starts_with("mm[Hg]");
            // What stands behind may be a unit that is in no table, or a plus of a dipstick.
            let behind = item.word_at(bound.span.end);
            let ends = matches!(
                item.norm(behind),
                "" | "." | "," | ";" | ")" | "and" | "or" | "for" | "in" | "within" | "at" | "prior"
            );
            let ratio = item
                .clause(behind.saturating_sub(1))
                .any(|at| matches!(item.norm(at), "ratio" | "normal" | "uln" | "/" | "+"));
            if plain
                || pressure
                || !ends
                || ratio
                || !item.is_beside_its_name(bound)
                || !concept.id.as_str().starts_with("lab:")
            {
                continue;
            }
            let message = Said::new("the limit `{written}` of {name} has no unit");
            let message = message.with("written", bound.span.of(material.text)).with("name", &concept.name);
            out.push(finding(&RULE, Severity::Warning, bound.span, message).with_help("write the unit"));
        }
    }
}
