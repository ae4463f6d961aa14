//! Limits that no living person is on the other side of.

use super::material::{Material, finding, one_line};
use super::rule;
use crate::logic::Side;
use std::str::FromStr;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};
use trialway_units::{Decimal, Unit};

rule! {
    /// Reports: a limit far outside what can be measured in a living person, in the unit given.
    /// Why it matters: everybody is on one side of it, so the number, the unit or its power of ten is wrong.
    /// Example: `hemoglobin ≥ 9 mg/dL` for 9 g/dL; `platelets ≥ 100 /L` for 100 x 10^9/L.
    /// What to do: correct the number or the unit.
    /// Source: plausible ranges of observations in `crates/terminology/data`.
    RULE = Code("ELG012"), "impossible-value", Error, "value that cannot be true of a living person"
}

/// So many times beyond what is plausible, a limit is surely wrong.
const FAR: i64 = 10;

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    for item in &material.items {
        for bound in
            item.criterion.bounds.iter().filter(|bound| bound.relative_to.is_none() && item.is_beside_its_name(bound))
        {
            let Some(concept) = bound.concept.as_ref().and_then(|id| material.terminology.concept(id)) else {
                continue;
            };
            let Some(measure) = &concept.laboratory else { continue };
            // "Disc height", "3 seconds above normal": other things share the words, and differences the units.
            let beyond = item.word_at(bound.span.end);
            let differs =
                (beyond..beyond + 4).any(|at| matches!(item.norm(at), "above" | "over" | "longer" | "from" | "beyond"));
            if differs || !concept.id.as_str().starts_with("lab:") {
                continue;
            }
            let Some((low, high)) = measure
                .plausible
                .as_ref()
                .and_then(|(low, high)| Some((Decimal::from_str(low).ok()?, Decimal::from_str(high).ok()?)))
            else {
                continue;
            };
            // A number without a unit is the business of another rule.
            let Some((value, unit)) = &bound.canonical else { continue };
            if bound.unit.is_none() || Unit::new(&measure.unit).as_ref() != Some(unit) || *value <= Decimal::ZERO {
                continue;
            }
            let far = Decimal::from(FAR);
            let (above, below) = (*value > high, *value < low);
            let surely = above && high.checked_mul(far).is_some_and(|high| *value > high)
                || below && value.checked_mul(far).is_some_and(|value| value < low);
            // A lowest limit below, or a highest above, what can be: it shuts nobody out, and may be meant so.
            let harmless = above && bound.side == Side::Upper || below && bound.side == Side::Lower;
            let severity = match (above || below, surely, harmless) {
                (false, ..) => continue,
                (true, true, _) => Severity::Error,
                (true, false, false) => Severity::Warning,
                (true, false, true) => continue,
            };
            let own = bound.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            let message = Said::new("`{written}` is outside what {name} can be ({low} to {high} {unit})")
                .with("written", format!("{}{own}", one_line(bound.span.of(material.text))))
                .with("name", &concept.name)
                .with("low", low)
                .with("high", high)
                .with("unit", unit);
            out.push(
                finding(&RULE, severity, bound.span, message)
                    .with_help("correct the number, the unit or its power of ten"),
            );
        }
    }
}
