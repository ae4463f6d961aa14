//! Performance status: ECOG from Karnofsky or Lansky, Karnofsky from ECOG.

use crate::formula;
use crate::input::{Inputs, Result, Wanted, fact};
use trialway_patient::Fact;
use trialway_terminology::Method;

pub(crate) fn derive(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    for (name, concept) in [("Karnofsky", "score:karnofsky"), ("Lansky", "score:lansky")] {
        for score in inputs.all(&Wanted::concept(name, concept, "1", None)) {
            let Some(status) = whole(score.value).and_then(formula::ecog_from_karnofsky) else { continue };
            let range = (f64::from(status), f64::from(status));
            out.extend(fact(&result("score:ecog", "ECOG", range, score.day), &[&score]));
        }
    }
    for status in inputs.all(&Wanted::concept("ECOG", "score:ecog", "1", None)) {
        let Some((low, high)) = whole(status.value).and_then(formula::karnofsky_from_ecog) else { continue };
        out.extend(fact(&result("score:karnofsky", "Karnofsky", (low.into(), high.into()), status.day), &[&status]));
    }
}

fn whole(value: f64) -> Option<u32> {
    (value.fract() == 0.0 && (0.0..=100.0).contains(&value)).then_some(value as u32)
}

fn result<'a>(concept: &'a str, label: &'a str, range: (f64, f64), day: jiff::civil::Date) -> Result<'a> {
    Result {
        concept,
        label,
        method: Method::PerformanceScale,
        range,
        decimals: 0,
        unit: "1",
        unit_shown: "",
        day,
        beside: Vec::new(),
    }
}
