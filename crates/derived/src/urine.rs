//! Urine: protein and albumin per gram of creatinine, from two values of one specimen.

use crate::formula;
use crate::input::{Input, Inputs, Result, Wanted, fact, nearest, spread, values};
use trialway_patient::Fact;
use trialway_terminology::Method;

const TIMED: [&str; 8] = ["ratio", "24", "/creat", "clearance", "excretion", "presence", "strip", "timed"];

const CREATININE: Wanted<'_> = Wanted {
    name: "urine creatinine",
    concept: "",
    codes: &["2161-8", "14683-7"],
    words: &["urin", "creatinine"],
    not: &TIMED,
    unit: "mg/dL",
    molar_mass: Some("113.12"),
};

const PROTEIN: Wanted<'_> = Wanted {
    name: "urine protein",
    concept: "",
    codes: &["2888-6", "21482-5"],
    words: &["urin", "protein"],
    not: &TIMED,
    unit: "mg/dL",
    molar_mass: None,
};

const ALBUMIN: Wanted<'_> = Wanted {
    name: "urine albumin",
    concept: "",
    codes: &["14957-5", "1754-1"],
    words: &["urin", "albumin"],
    not: &TIMED,
    unit: "mg/dL",
    molar_mass: None,
};

pub(crate) fn derive(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    let creatinines = inputs.all(&CREATININE);
    for (wanted, concept, label) in [
        (PROTEIN, "lab:upcr", "urine protein/creatinine ratio"),
        (ALBUMIN, "lab:uacr", "urine albumin/creatinine ratio"),
    ] {
        for protein in inputs.all(&wanted) {
            let creatinine = nearest(&creatinines, protein.day, 0);
            let range = spread(&[vec![protein.value], values(&creatinine)], |x| match x {
                [protein, creatinine] => formula::urine_ratio(*protein, *creatinine),
                _ => f64::NAN,
            });
            let Some(range) = range else { continue };
            let sources: Vec<&Input<'_>> = [&protein].into_iter().chain(creatinine.iter().copied()).collect();
            let result = Result {
                concept,
                label,
                method: Method::UrineRatio,
                range,
                decimals: 0,
                unit: "mg/g",
                unit_shown: "mg/g",
                day: protein.day,
                beside: Vec::new(),
            };
            out.extend(fact(&result, &sources));
        }
    }
}
