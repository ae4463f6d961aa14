//! Body: mass index, surface; smoking; weeks of pregnancy.

use crate::formula;
use crate::input::{Input, Inputs, Result, Wanted, before, derived, exact_day, fact, nearest, spread, values};
use trialway_patient::{Calendar, Fact, FactKind, Value, subtract};
use trialway_terminology::Method;

pub(crate) const WEIGHT: Wanted<'_> = Wanted {
    name: "weight",
    concept: "vital:weight",
    codes: &["29463-7", "3141-9", "8341-0"],
    words: &[],
    not: &["birth", "ideal", "loss", "gain", "percentile", "change", "body mass"],
    unit: "kg",
    molar_mass: None,
};

pub(crate) const HEIGHT: Wanted<'_> = Wanted {
    name: "height",
    concept: "vital:height",
    codes: &["8302-2", "3137-7", "8306-3", "8308-9"],
    words: &[],
    not: &["birth", "percentile", "fundal", "sitting", "uterine"],
    unit: "cm",
    molar_mass: None,
};

/// Days for which a height counts: five years for adults, a quarter of a year while growing.
pub(crate) fn height_days(age_years: f64) -> i32 {
    if age_years >= 18.0 { 5 * 365 } else { 92 }
}

pub(crate) fn derive(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    let heights = inputs.all(&HEIGHT);
    for weight in inputs.all(&WEIGHT) {
        let age = inputs.ages(weight.day).first().copied().unwrap_or(0.0);
        let mut height = before(&heights, weight.day, height_days(age));
        if height.is_empty() {
            height = nearest(&heights, weight.day, height_days(age).min(365));
        }
        if height.is_empty() {
            continue;
        }
        let day = height.iter().map(|height| height.day).max().unwrap_or(weight.day).max(weight.day);
        let arguments = [vec![weight.value], values(&height)];
        let sources: Vec<&Input<'_>> = [&weight].into_iter().chain(height.iter().copied()).collect();
        let kinds: [(&str, &str, Method, &str, &str, u32, fn(f64, f64) -> f64); 2] = [
            ("vital:bmi", "body mass index", Method::BodyMassIndex, "kg/m2", "kg/m2", 1, formula::bmi),
            ("vital:bsa", "body surface area", Method::Mosteller, "m2", "m2", 2, formula::bsa_mosteller),
        ];
        for (concept, label, method, unit, unit_shown, decimals, formula) in kinds {
            let range = spread(&arguments, |x| match x {
                [weight, height] => formula(*weight, *height),
                _ => f64::NAN,
            });
            let Some(range) = range else { continue };
            let result = Result { concept, label, method, range, decimals, unit, unit_shown, day, beside: Vec::new() };
            out.extend(fact(&result, &sources));
        }
    }
    smoking(inputs, out);
    pregnancy(inputs, out);
}

const CIGARETTES: Wanted<'_> = Wanted {
    name: "cigarettes a day",
    concept: "",
    codes: &["64218-1", "63640-7", "8663-7"],
    words: &["cigarettes", "day"],
    not: &["electronic", "pack"],
    unit: "1",
    molar_mass: None,
};

const PACKS: Wanted<'_> = Wanted {
    name: "packs a day",
    concept: "",
    codes: &["8663-7"],
    words: &["packs", "day"],
    not: &["year", "electronic"],
    unit: "1",
    molar_mass: None,
};

const YEARS: Wanted<'_> = Wanted {
    name: "years of smoking",
    concept: "",
    codes: &["88029-8"],
    words: &["years", "smok"],
    not: &["pack", "since", "quit"],
    unit: "a",
    molar_mass: None,
};

/// Pack-years from what is smoked a day and for how many years, both as answered on one day.
fn smoking(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    let mut years = inputs.all(&YEARS);
    years.extend(inputs.all(&Wanted { unit: "1", ..YEARS }));
    let packs = inputs.all(&PACKS).into_iter().filter(|input| input.value <= 10.0).map(|input| (input, 20.0));
    let cigarettes =
        inputs.all(&Wanted { codes: &["64218-1", "63640-7"], ..CIGARETTES }).into_iter().map(|input| (input, 1.0));
    for (amount, each) in packs.chain(cigarettes) {
        let span = nearest(&years, amount.day, 0);
        let range = spread(&[vec![amount.value * each], values(&span)], |x| match x {
            [cigarettes, years] => formula::pack_years(*cigarettes, *years),
            _ => f64::NAN,
        });
        let Some(range) = range else { continue };
        let sources: Vec<&Input<'_>> = [&amount].into_iter().chain(span.iter().copied()).collect();
        let result = Result {
            concept: "score:pack_years",
            label: "pack-years",
            method: Method::PackYears,
            range,
            decimals: 1,
            unit: "{pack}.a",
            unit_shown: "pack-years",
            day: amount.day,
            beside: Vec::new(),
        };
        out.extend(fact(&result, &sources));
    }
}

/// LOINC: start of the last menstrual period; date of delivery, estimated (several ways).
const LAST_PERIOD: [&str; 1] = ["8665-2"];
const DUE: [&str; 4] = ["11778-8", "11779-6", "11780-4", "11781-2"];

/// A pregnancy lasts 280 days from the last period to the date due.
const TERM_DAYS: i64 = 280;

/// The day from which weeks of pregnancy are counted; the weeks themselves depend on the day that is asked.
fn pregnancy(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    for fact in inputs.facts.facts.iter().filter(|fact| fact.kind == FactKind::Observation) {
        let Some(Value::Date(date)) = &fact.value else { continue };
        if date.earliest != date.latest {
            continue;
        }
        let lower = fact.label.to_lowercase();
        let coded = |codes: &[&str]| {
            fact.codes.iter().any(|coding| coding.system == "loinc" && codes.contains(&coding.code.as_str()))
        };
        let is_period = coded(&LAST_PERIOD) || lower.contains("last menstrual period");
        let is_due = coded(&DUE)
            || ["due date", "estimated date of delivery", "expected date of delivery", "expected date of confinement"]
                .iter()
                .any(|words| lower.contains(words));
        let (first, said) = match (is_period, is_due) {
            (true, false) => (Some(date.earliest), format!("last period {date}")),
            (false, true) => (subtract(date.earliest, TERM_DAYS, Calendar::Days), format!("due on {date}")),
            _ => continue,
        };
        let Some(first) = first else { continue };
        let stated = exact_day(&fact.period).unwrap_or(first);
        out.push(derived(
            fact.provenance.clone(),
            "score:gestational_age",
            "gestational age",
            Value::Date(trialway_patient::PartialDate::exact(first)),
            stated.max(first),
            Method::PregnancyDates,
            said,
            vec![fact.provenance.clone()],
        ));
    }
}
