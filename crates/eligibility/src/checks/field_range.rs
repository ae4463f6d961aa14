//! Age limits of the record that leave nobody.

use super::material::Material;
use super::rule;
use trialway_diagnostics::{Code, Diagnostic, Said, Severity};

rule! {
    /// Reports: a record whose youngest age is above its oldest.
    /// Why it matters: nobody is of such an age, so nobody can be found eligible.
    /// Example: `"minimumAge": "18 Years", "maximumAge": "6 Years"`.
    /// What to do: correct the two fields.
    /// Source: ClinicalTrials.gov data element definitions, age limits.
    RULE = Code("ELG014"), "impossible-age-fields", Error, "published age limits exclude everybody"
}

fn check(material: &Material<'_>, out: &mut Vec<Diagnostic>) {
    let Some(fields) = material.study.map(|study| &study.eligibility) else { return };
    let (Some(low), Some(high)) = (&fields.minimum_age, &fields.maximum_age) else { return };
    if let (Some(from), Some(to)) = (low.approximate_days(), high.approximate_days())
        && from > to
    {
        let message = Said::new("the youngest age `{low}` is above the oldest `{high}`")
            .with("low", &low.written)
            .with("high", &high.written);
        out.push(
            Diagnostic::new(RULE.code, Severity::Error, message)
                .in_field("protocolSection.eligibilityModule.minimumAge")
                .with_help("correct the two fields"),
        );
    }
}
