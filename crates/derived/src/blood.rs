//! Blood: calcium corrected for albumin, neutrophils from the differential.

use crate::formula;
use crate::input::{Input, Inputs, Result, Wanted, fact, nearest, spread, values};
use trialway_patient::Fact;
use trialway_terminology::Method;

const CALCIUM: Wanted<'_> = Wanted {
    name: "calcium",
    concept: "lab:calcium",
    codes: &["17861-6", "2000-8"],
    words: &[],
    not: &["ionized", "ionised", "corrected", "adjusted", "urin", "score"],
    unit: "mg/dL",
    molar_mass: Some("40.078"),
};

pub(crate) const ALBUMIN: Wanted<'_> = Wanted {
    name: "albumin",
    concept: "lab:albumin",
    codes: &["1751-7", "61151-7"],
    words: &[],
    not: &["urin", "ratio", "/creat", "microalbumin", "prealbumin"],
    unit: "g/dL",
    molar_mass: None,
};

const WHITE_CELLS: Wanted<'_> = Wanted {
    name: "white cells",
    concept: "lab:wbc",
    codes: &["6690-2", "26464-8"],
    words: &[],
    not: &["urin", "csf", "spinal", "/100", "fluid"],
    unit: "10*9/L",
    molar_mass: None,
};

/// Neutrophils of all kinds, in percent of white cells.
const NEUTROPHILS: Wanted<'_> = Wanted {
    name: "neutrophils",
    concept: "lab:neutrophils",
    codes: &["770-8", "26511-6"],
    words: &[],
    not: &["segment", "band", "fluid", "urin", "sputum"],
    unit: "%",
    molar_mass: None,
};

const SEGMENTED: Wanted<'_> = Wanted {
    name: "segmented neutrophils",
    concept: "",
    codes: &["769-0", "26505-8"],
    words: &["segment", "neutrophil"],
    not: &["fluid", "urin"],
    unit: "%",
    molar_mass: None,
};

const BANDS: Wanted<'_> = Wanted {
    name: "bands",
    concept: "",
    codes: &["764-1", "26508-2", "35332-6"],
    words: &["band", "neutrophil"],
    not: &["fluid", "oligoclonal"],
    unit: "%",
    molar_mass: None,
};

/// Days between values that belong together.
const APART_DAYS: i32 = 3;

pub(crate) fn derive(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    let albumins = inputs.all(&ALBUMIN);
    for calcium in inputs.all(&CALCIUM) {
        let albumin = nearest(&albumins, calcium.day, APART_DAYS);
        let range = spread(&[vec![calcium.value], values(&albumin)], |x| match x {
            [calcium, albumin] => formula::corrected_calcium(*calcium, *albumin),
            _ => f64::NAN,
        });
        let Some(range) = range else { continue };
        let sources: Vec<&Input<'_>> = [&calcium].into_iter().chain(albumin.iter().copied()).collect();
        let result = Result {
            concept: "lab:calcium_corrected",
            label: "albumin-corrected calcium",
            method: Method::CorrectedCalcium,
            range,
            decimals: 2,
            unit: "mg/dL",
            unit_shown: "mg/dL",
            day: sources.iter().map(|source| source.day).max().unwrap_or(calcium.day),
            beside: Vec::new(),
        };
        out.extend(fact(&result, &sources));
    }
    neutrophils(inputs, out);
}

/// The absolute count of neutrophils: segmented ones and bands, of the very count of white cells.
fn neutrophils(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    let (all, segmented, bands) = (inputs.all(&NEUTROPHILS), inputs.all(&SEGMENTED), inputs.all(&BANDS));
    for white in inputs.all(&WHITE_CELLS) {
        let whole = nearest(&all, white.day, 0);
        let (parts, percent): (Vec<&Input<'_>>, Vec<f64>) = if whole.is_empty() {
            let (segments, bands) = (nearest(&segmented, white.day, 0), nearest(&bands, white.day, 0));
            // Without bands the count is known only from below.
            let ([segment], [band]) = (segments.as_slice(), bands.as_slice()) else { continue };
            (vec![*segment, *band], vec![segment.value + band.value])
        } else {
            let percent = values(&whole);
            (whole, percent)
        };
        if percent.iter().any(|percent| !(0.0..=100.0).contains(percent)) {
            continue;
        }
        let range = spread(&[vec![white.value], percent], |x| match x {
            [white, percent] => formula::absolute_count(*white, *percent),
            _ => f64::NAN,
        });
        let Some(range) = range else { continue };
        let sources: Vec<&Input<'_>> = [&white].into_iter().chain(parts).collect();
        let result = Result {
            concept: "lab:neutrophils",
            label: "absolute neutrophil count",
            method: Method::Differential,
            range,
            decimals: 2,
            unit: "10*9/L",
            unit_shown: "10*9/L",
            day: white.day,
            beside: Vec::new(),
        };
        out.extend(fact(&result, &sources));
    }
}
