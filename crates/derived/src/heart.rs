//! Heart: the QT interval corrected for the rate.

use crate::formula;
use crate::input::{Input, Inputs, Result, Wanted, fact, nearest, spread, values};
use trialway_patient::Fact;
use trialway_terminology::Method;

const QT: Wanted<'_> = Wanted {
    name: "QT",
    concept: "lab:qt",
    codes: &["8634-8"],
    words: &[],
    not: &["qtc", "corrected"],
    unit: "ms",
    molar_mass: None,
};

const RR: Wanted<'_> = Wanted {
    name: "RR",
    concept: "",
    codes: &["8637-1"],
    words: &["r-r interval"],
    not: &[],
    unit: "s",
    molar_mass: None,
};

const RATE: Wanted<'_> = Wanted {
    name: "heart rate",
    concept: "vital:heart_rate",
    codes: &["8867-4", "76282-3"],
    words: &[],
    not: &["maximum", "target", "fetal"],
    unit: "/min",
    molar_mass: None,
};

pub(crate) fn derive(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    let (intervals, rates) = (inputs.all(&RR), inputs.all(&RATE));
    for qt in inputs.all(&QT) {
        // The rate of the very tracing, else one of that day.
        let of_tracing = |all: &[Input<'_>]| -> bool {
            all.iter().any(|input| {
                input.fact.provenance.resource == qt.fact.provenance.resource
                    && input.fact.provenance.id == qt.fact.provenance.id
            })
        };
        let same = |all: &[&Input<'_>]| -> Vec<usize> {
            let own: Vec<usize> = all
                .iter()
                .enumerate()
                .filter(|(_, input)| input.fact.provenance.id == qt.fact.provenance.id)
                .map(|(place, _)| place)
                .collect();
            if own.is_empty() { (0..all.len()).collect() } else { own }
        };
        let by_interval = nearest(&intervals, qt.day, 0);
        let by_rate = nearest(&rates, qt.day, 0);
        let use_interval = !by_interval.is_empty() && (of_tracing(&intervals) || !of_tracing(&rates));
        let candidates = if use_interval { by_interval } else { by_rate };
        let chosen: Vec<&Input<'_>> =
            same(&candidates).into_iter().filter_map(|place| candidates.get(place).copied()).collect();
        let rr: Vec<f64> = if use_interval {
            values(&chosen)
        } else {
            values(&chosen).into_iter().filter(|rate| *rate > 0.0).map(|rate| 60.0 / rate).collect()
        };
        let kinds: [(Method, &str, fn(f64, f64) -> f64); 2] =
            [(Method::Fridericia, "QTcF", formula::qtc_fridericia), (Method::Bazett, "QTcB", formula::qtc_bazett)];
        for (method, label, formula) in kinds {
            let range = spread(&[vec![qt.value], rr.clone()], |x| match x {
                [qt, rr] => formula(*qt, *rr),
                _ => f64::NAN,
            });
            let Some(range) = range else { continue };
            let sources: Vec<&Input<'_>> = [&qt].into_iter().chain(chosen.iter().copied()).collect();
            let result = Result {
                concept: "lab:qtc",
                label,
                method,
                range,
                decimals: 0,
                unit: "ms",
                unit_shown: "ms",
                day: qt.day,
                beside: Vec::new(),
            };
            out.extend(fact(&result, &sources));
        }
    }
}
