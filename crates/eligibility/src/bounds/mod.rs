//! Every numeric limit in a criterion's own words, as written.

mod age;
mod measure;
mod name;
mod words;

use crate::logic::{Bound, Side};
use crate::piece::{Piece, PieceKind};
use age::is_age;
use measure::Place;
use name::{Variable, variables};
use trialway_criteria::OwnText;
use trialway_criteria::compare::{Comparison, Op, Relative};
use trialway_terminology::{ConceptId, Terminology};
use trialway_units::{Analyte, Decimal, Unit, convert};
pub(crate) use words::{reach_before, reach_behind};

/// So many numbers of one criterion are looked at: what goes on longer is a heap of numbers that limits nothing.
const MOST: usize = 512;

/// The limits of a criterion, in text order; "AST and ALT <= 3" gives one for each.
pub(crate) fn bounds(own: &OwnText, all: &[Piece], terminology: &Terminology) -> Vec<Bound> {
    let mut out = Vec::new();
    // The last comparison's end, unit and what it limits.
    let mut last: Option<(usize, Option<Unit>, Vec<Variable>)> = None;
    let compared = all.iter().enumerate().filter_map(|(at, piece)| match &piece.kind {
        PieceKind::Comparison(comparisons) => Some((at, comparisons)),
        _ => None,
    });
    for (at, comparisons) in compared.take(MOST) {
        for comparison in comparisons.iter() {
            let shared = last.take().filter(|(end, unit, _)| {
                let fits = unit.is_none() || comparison.unit.is_none() || *unit == comparison.unit;
                fits && own.text().get(*end..comparison.range.start).is_some_and(is_joint)
            });
            let shared = shared.map(|(_, _, variables)| variables).unwrap_or_default();
            // Ages are named again or need no name ("at least 18 years old and under 75 years old").
            let aged = shared.first().is_some_and(|variable| is_age(&variable.written(own.text())));
            let variables = match shared.is_empty() || aged {
                false => shared,
                true => Some(variables(own, all, at, comparison, terminology))
                    .filter(|own| !own.is_empty())
                    .unwrap_or(shared),
            };
            last = Some((comparison.range.end, comparison.unit.clone(), variables.clone()));
            let place = Place {
                text: own.text(),
                pieces: all,
                same: comparisons,
                comparison,
                variable: variables.first(),
                terminology,
            };
            if place.is_no_measure() {
                continue;
            }
            if variables.is_empty() {
                out.extend(bound(own, comparison, None, terminology));
            }
            let (whole, part) = ("vital:blood_pressure", ["vital:systolic", "vital:diastolic", "vital:mean_arterial"]);
            let is = |variable: &Variable, ids: &[&str]| {
                variable.concept.as_ref().is_some_and(|id| ids.contains(&id.as_str()))
            };
            // "blood pressure systolic >= 140": one limit, of the part.
            let of_part = variables.iter().any(|variable| is(variable, &part));
            for variable in variables.into_iter().filter(|variable| !(of_part && is(variable, &[whole]))) {
                out.extend(bound(own, comparison, Some(variable), terminology));
            }
        }
    }
    // A range is one piece for each end, at the same place.
    out.sort_by_key(|bound: &Bound| bound.span);
    out
}

/// Whether words between two limits name nothing, so that both are of the same thing ("< 50 or > 400").
fn is_joint(between: &str) -> bool {
    const JOINTS: [&str; 24] = [
        "and", "or", "but", "to", "also", "for", "in", "men", "women", "man", "woman", "males", "females", "male",
        "female", "boys", "girls", "drinks", "week", "day", "occasion", "per", "degrees", "points",
    ];
    let words: Vec<&str> = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.iter().all(|word| JOINTS.contains(&word.to_lowercase().as_str()))
        && !words.is_empty()
        && !between.contains([';', ':', '.', '\n'])
}

fn bound(own: &OwnText, comparison: &Comparison, variable: Option<Variable>, terminology: &Terminology) -> Vec<Bound> {
    let sides: &[(Side, bool)] = match comparison.op {
        Op::Ge => &[(Side::Lower, true)],
        Op::Gt => &[(Side::Lower, false)],
        Op::Le => &[(Side::Upper, true)],
        Op::Lt => &[(Side::Upper, false)],
        Op::Eq => &[(Side::Lower, true), (Side::Upper, true)],
    };
    let concept = variable.as_ref().and_then(|variable| variable.concept.clone());
    let relative_to = comparison.relative_to.map(|relative| match relative {
        Relative::Uln => "ULN",
        Relative::Lln => "LLN",
        Relative::Baseline => "baseline",
    });
    let canonical = if relative_to.is_some() { None } else { canonical(concept.as_ref(), comparison, terminology) };
    sides
        .iter()
        .map(|(side, inclusive)| Bound {
            side: *side,
            inclusive: *inclusive,
            value: comparison.value,
            span: own.source_span(comparison.value_range.clone()),
            variable: variable.as_ref().and_then(|v| own.text().get(v.range.clone())).unwrap_or_default().to_owned(),
            variable_span: variable.as_ref().map(|v| own.source_span(v.range.clone())),
            concept: concept.clone(),
            unit: comparison.unit.clone(),
            relative_to,
            canonical: canonical.clone(),
        })
        .collect()
}

/// The limit in the unit in which the concept's values are compared.
fn canonical(
    concept: Option<&ConceptId>,
    comparison: &Comparison,
    terminology: &Terminology,
) -> Option<(Decimal, Unit)> {
    let laboratory = terminology.concept(concept?)?.laboratory.as_ref()?;
    let to = Unit::new(&laboratory.unit)?;
    let from = comparison.unit.clone().unwrap_or_else(|| to.clone());
    let analyte =
        Analyte { molar_mass: laboratory.molar_mass.as_ref().and_then(|mass| mass.parse().ok()), valence: None };
    convert(comparison.value, &from, &to, Some(&analyte)).ok().map(|value| (value, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the limits of one inclusion criterion, each as sign, value and what it limits.
    fn check(cases: &[(&str, &[&str])]) {
        for (text, want) in cases {
            let tree = trialway_criteria::parse(&format!("Inclusion Criteria:\n* {text}\n")).value;
            let logic = crate::lower(&tree, Terminology::builtin());
            let got: Vec<String> = logic
                .criteria
                .iter()
                .flat_map(|criterion| &criterion.bounds)
                .map(|bound| {
                    let sign = match (bound.side, bound.inclusive) {
                        (Side::Lower, true) => ">=",
                        (Side::Lower, false) => ">",
                        (Side::Upper, true) => "<=",
                        (Side::Upper, false) => "<",
                    };
                    format!("{sign}{} {}", bound.value, bound.variable)
                })
                .collect();
            assert_eq!(got, *want, "{text}");
        }
    }

    #[test]
    fn what_is_limited() {
        check(&[
            ("Hemoglobin at least 9 g/dL", &[">=9 Hemoglobin"]),
            ("Sodium < 130 or > 150 mmol/L", &["<130 Sodium", ">150 Sodium"]),
            ("Hemoglobin < 12 in women, < 13 g/dL in men", &["<12 Hemoglobin", "<13 Hemoglobin"]),
            ("at least 18 years old and under 65 years old", &[">=18 old", "<65 old"]),
            ("Tremor at the clinic of at least 3 on the clinical tremor scale", &[">=3 clinical tremor scale"]),
            ("Plaque index (20 % or above)", &[">=20 Plaque index"]),
            ("a low (< 15%) relapse risk", &["<15 relapse risk"]),
            ("Waist girth (at the first visit) above 90 cm", &[">90 Waist girth"]),
            ("Opening width within the range of 20-30 mm", &[">=20 Opening width", "<=30 Opening width"]),
            ("hepatitis B DNA positive, under 70 y/o", &["<70 y/o"]),
        ]);
    }

    #[test]
    fn ages_of_people() {
        check(&[
            ("Subject under 21 years", &["<21 years"]),
            ("Every participant more than 40 years", &[">40 years"]),
            ("patients < 16", &["<16 patients"]),
            ("Women > 45-year-old", &[">45 45-year-old"]),
            ("no older than 12 years of age", &["<=12 age"]),
        ]);
    }

    #[test]
    fn habits_and_scores_measure_the_patient() {
        check(&[
            ("Alcohol use (> 3 drinks per day)", &[">3 Alcohol use"]),
            ("smoking at least 8 cigarettes a day", &[">=8 smoking"]),
            ("fatigue score above 6/10", &[">6 fatigue score"]),
            ("swallowing test lower than 12 within a month", &["<12 swallowing test"]),
            ("refractive error below 2 diopters", &["<2 refractive error"]),
            ("Chair rise test <= 15 seconds", &["<=15 Chair rise test"]),
            ("GGT < 1.5 times normal upper limit", &["<1.5 GGT"]),
            ("expected life time less than 8 months", &["<8 expected life time"]),
        ]);
    }

    #[test]
    fn what_measures_no_patient() {
        check(&[
            ("operated between 2011 and 2013", &[]),
            ("asleep in the daytime (09:30-16:30)", &[]),
            ("blood pressure above 150/95", &[]),
            ("positive screen (QRST = 4 or higher)", &[]),
            ("staining of 1+ or 2+", &[]),
            ("members of arms 1+2", &[]),
            ("itch on the numeric rating (0-10 scale)", &[]),
            ("HBV DNA positive > 0.5 year", &[]),
            ("postmenopausal with at least 2 years since the last menstrual cycle", &[]),
            ("absence of menstrual cycle at least 4 months", &[]),
            ("at least 10 teeth", &[]),
            ("necrosis and > 3 foci", &[]),
            ("insulin with 2-4 injections per day", &[]),
            ("sampling of over 5-6 follicles", &[]),
            ("bleeding in at least 20% of the surfaces", &[]),
            ("steroid regimen with <= 5 mg/day of prednisolone", &[]),
            ("no change of dose (> 20%)", &[]),
            ("more than 40% radiotherapy", &[]),
            ("thrombocytopenia (< 40,000/uL)", &[]),
            ("LH within normal limits (2-9 IU/L)", &[]),
        ]);
    }

    #[test]
    fn what_looks_like_none_and_is_one() {
        check(&[
            ("Platelets < 40,000/uL with thrombocytopenia", &["<40000 Platelets"]),
            ("carotid stenosis > 60%", &[">60 carotid stenosis"]),
            ("proteinuria > 2 g/d", &[">2 proteinuria"]),
            ("Depression score >= 7", &[">=7 Depression score"]),
            ("Age 21+", &[">=21 Age"]),
            ("gestation of at least 30 weeks", &[">=30 gestation"]),
        ]);
    }
}
