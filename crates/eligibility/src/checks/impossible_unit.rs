//! Units that measure something else than what is limited.

use super::material::{Material, finding};
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_units::{Unit, convert};

rule! {
    /// Reports: a limit whose unit cannot be the unit of what is limited.
    /// Why it matters: no result can be compared with it; the criterion stays open for everybody.
    /// Example: `hemoglobin ≥ 90 mmHg`.
    /// What to do: write the unit in which the laboratory reports it.
    /// Source: UCUM 2.2, dimensions; units of observations in `crates/terminology/data`.
    RULE = Code("ELG011"), "impossible-unit", Warning, "unit of another kind of quantity"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for bound in
            item.criterion.bounds.iter().filter(|bound| {
                bound.canonical.is_none() && bound.relative_to.is_none() && item.is_beside_its_name(bound)
            })
        {
            let (Some(concept), Some(unit)) = (&bound.concept, &bound.unit) else { continue };
            let Some(concept) = material.terminology.concept(concept) else { continue };
            let Some(own) = concept.laboratory.as_ref().and_then(|measure| Unit::new(&measure.unit)) else { continue };
            // A share says of which whole, and a time since when; both may be meant beside any unit.
            let loose = matches!(unit.as_str(), "%" | "1" | "a" | "mo" | "wk" | "d" | "h" | "min")
                || matches!(own.as_str(), "1" | "%" | "{score}" | "{titer}");
            // Clearances are given with and without body surface; "G/L" is a thousand million per litre; a unit may go on behind
            // what was read of it ("kg per square meter").
            let loose = loose
                || unit.as_str().contains("min") && own.as_str().contains("min")
                || unit.as_str() == "g/L" && own.as_str().starts_with("10*")
                || own.as_str().starts_with(unit.as_str())
                || unit.as_str().contains('{')
                || !concept.id.as_str().starts_with("lab:");
            let error = convert(bound.value, unit, &own, None);
            if !loose && matches!(error, Err(trialway_units::UnitError::DifferentDimension { .. })) {
                let message = Said::new("`{unit}` is no unit of {name}, which is given in `{own}`");
                let message = message.with("unit", unit).with("name", &concept.name).with("own", &own);
                out.push(
                    finding(&RULE, Severity::Warning, bound.span, message).with_help(
                        Said::new("check the unit; `{own}` or one of its kind is expected").with("own", &own),
                    ),
                );
            }
        }
    }
}
