//! Kidney: estimated filtration rate, creatinine clearance.

use crate::body::{HEIGHT, WEIGHT, height_days};
use crate::formula;
use crate::input::{Input, Inputs, Result, Wanted, before, fact, nearest, person, spread, values};
use trialway_patient::Fact;
use trialway_terminology::Method;

/// Creatinine of serum or plasma, mg/dL.
pub(crate) const CREATININE: Wanted<'_> = Wanted {
    name: "creatinine",
    concept: "lab:creatinine",
    codes: &["2160-0", "14682-9", "38483-4"],
    words: &[],
    not: &["urin", "clearance", "ratio"],
    unit: "mg/dL",
    molar_mass: Some("113.12"),
};

/// Days for which a weight counts.
const WEIGHT_DAYS: i32 = 90;

pub(crate) fn derive(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    let (weights, heights) = (inputs.all(&WEIGHT), inputs.all(&HEIGHT));
    let sex = inputs.is_female();
    for creatinine in inputs.all(&CREATININE) {
        let ages = inputs.ages(creatinine.day);
        let is_adult = !ages.is_empty() && ages.iter().all(|age| *age >= 18.0);
        let is_child = !ages.is_empty() && ages.iter().all(|age| (1.0..18.0).contains(age));
        if is_adult && let Some(is_female) = sex {
            let range = spread(&[vec![creatinine.value], ages.clone()], |x| match x {
                [creatinine, age] => formula::ckd_epi_2021(*creatinine, *age, is_female),
                _ => f64::NAN,
            });
            out.extend(range.and_then(|range| filtration(Method::CkdEpi, range, &creatinine, &[], person(&ages, sex))));
            let weight = nearest(&weights, creatinine.day, WEIGHT_DAYS);
            let range = spread(&[vec![creatinine.value], ages.clone(), values(&weight)], |x| match x {
                [creatinine, age, weight] => formula::cockcroft_gault(*creatinine, *age, *weight, is_female),
                _ => f64::NAN,
            });
            let sources: Vec<&Input<'_>> = [&creatinine].into_iter().chain(weight.iter().copied()).collect();
            let day = sources.iter().map(|source| source.day).max().unwrap_or(creatinine.day);
            out.extend(range.and_then(|range| {
                let result = Result {
                    concept: "lab:creatinine_clearance",
                    label: "creatinine clearance",
                    method: Method::CockcroftGault,
                    range,
                    decimals: 0,
                    unit: "mL/min",
                    unit_shown: "mL/min",
                    day,
                    beside: person(&ages, sex),
                };
                fact(&result, &sources)
            }));
        }
        if is_child {
            let days = height_days(ages.first().copied().unwrap_or(0.0));
            let mut height = before(&heights, creatinine.day, days);
            if height.is_empty() {
                height = nearest(&heights, creatinine.day, days);
            }
            let range = spread(&[vec![creatinine.value], values(&height)], |x| match x {
                [creatinine, height] => formula::schwartz_bedside(*creatinine, *height),
                _ => f64::NAN,
            });
            out.extend(range.and_then(|range| filtration(Method::Schwartz, range, &creatinine, &height, Vec::new())));
        }
    }
}

fn filtration(
    method: Method,
    range: (f64, f64),
    creatinine: &Input<'_>,
    height: &[&Input<'_>],
    beside: Vec<String>,
) -> Option<Fact> {
    let sources: Vec<&Input<'_>> = [creatinine].into_iter().chain(height.iter().copied()).collect();
    let day = sources.iter().map(|source| source.day).max().unwrap_or(creatinine.day);
    let concept = if method == Method::Schwartz { "lab:egfr_schwartz" } else { "lab:egfr" };
    let result = Result {
        concept,
        label: "eGFR",
        method,
        range,
        decimals: 0,
        unit: "mL/min/{1.73_m2}",
        unit_shown: "mL/min/1.73 m2",
        day,
        beside,
    };
    fact(&result, &sources)
}
