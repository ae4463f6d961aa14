//! Values that formulas take: of one thing, in one unit, by day.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use trialway_patient::{
    Calendar, Certainty, Derivation, Fact, FactKind, Facts, PartialDate, Period, Provenance, RecordedSex,
    RecordedStatus, Value, ValueRange, completed,
};
use trialway_terminology::{ConceptId, Method, Terminology};
use trialway_units::{Analyte, Unit, convert};

/// A record, asked for inputs.
pub(crate) struct Inputs<'a> {
    pub facts: &'a Facts,
    pub terminology: &'a Terminology,
}

/// One exact, dated value.
#[derive(Clone, Debug)]
pub(crate) struct Input<'a> {
    pub fact: &'a Fact,
    /// In the unit asked for.
    pub value: f64,
    pub day: Date,
    /// As evidence says it: `creatinine 1.1 mg/dL`.
    pub said: String,
}

/// What is looked for: by concept, or by codes and words where the vocabulary has no concept for it.
pub(crate) struct Wanted<'a> {
    /// Name in evidence.
    pub name: &'a str,
    /// Concept; empty for none.
    pub concept: &'a str,
    /// LOINC codes that mean it as well.
    pub codes: &'a [&'a str],
    /// Words, all of which a name has that means it as well.
    pub words: &'a [&'a str],
    /// Words, none of which the name may have.
    pub not: &'a [&'a str],
    /// UCUM unit.
    pub unit: &'a str,
    /// Grams per mole.
    pub molar_mass: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    /// What a concept measures.
    pub const fn concept(name: &'a str, concept: &'a str, unit: &'a str, molar_mass: Option<&'a str>) -> Self {
        Wanted { name, concept, codes: &[], words: &[], not: &[], unit, molar_mass }
    }
}

impl<'a> Inputs<'a> {
    /// All exact values of something with an exact day, by day.
    pub fn all(&self, wanted: &Wanted<'_>) -> Vec<Input<'a>> {
        let mut out: Vec<Input<'a>> = self
            .facts
            .facts
            .iter()
            .filter(|fact| self.is(fact, wanted))
            .filter_map(|fact| input(fact, wanted))
            .collect();
        out.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| a.fact.provenance.cmp(&b.fact.provenance)));
        out
    }

    fn is(&self, fact: &Fact, wanted: &Wanted<'_>) -> bool {
        if fact.kind != FactKind::Observation || fact.certainty != Certainty::Stated {
            return false;
        }
        let named =
            fact.codes.iter().any(|coding| coding.system == "loinc" && wanted.codes.contains(&coding.code.as_str()));
        let lower = fact.label.to_lowercase();
        let worded = !wanted.words.is_empty() && wanted.words.iter().all(|word| lower.contains(word));
        let meant = !wanted.concept.is_empty() && {
            let concept = ConceptId::new(wanted.concept);
            fact.concepts.iter().any(|id| self.terminology.is_a(id, &concept))
        };
        let ruled_out = wanted.not.iter().any(|word| lower.contains(word));
        named || ((worded || meant) && !ruled_out)
    }

    /// Completed years on a day: one, or two where a partial birth date leaves a birthday open.
    pub fn ages(&self, day: Date) -> Vec<f64> {
        let Some(birth) = self.facts.birth else { return Vec::new() };
        let at = |birth: Date| completed(birth, day, Calendar::Years);
        let (youngest, oldest) = (at(birth.latest), at(birth.earliest));
        if youngest < 0 {
            return Vec::new();
        }
        if youngest == oldest { vec![youngest as f64] } else { vec![youngest as f64, oldest as f64] }
    }

    /// Whether the patient is recorded as female; none where the record does not say one of two.
    pub fn is_female(&self) -> Option<bool> {
        match self.facts.sex? {
            RecordedSex::Female => Some(true),
            RecordedSex::Male => Some(false),
            RecordedSex::Other => None,
        }
    }
}

fn input<'a>(fact: &'a Fact, wanted: &Wanted<'_>) -> Option<Input<'a>> {
    let Some(Value::Quantity { number, unit, written, unit_written }) = &fact.value else { return None };
    let exact = match (number.low, number.high) {
        (Some((low, true)), Some((high, true))) if low == high => low,
        _ => return None,
    };
    let day = exact_day(&fact.period)?;
    let value = if wanted.unit == "1" {
        matches!(unit.as_deref(), Some("1" | "{score}" | "{INR}")).then_some(exact)?
    } else {
        let analyte = Analyte { molar_mass: wanted.molar_mass.and_then(|mass| mass.parse().ok()), valence: Some(1) };
        convert(exact, &Unit::new(unit.as_deref()?)?, &Unit::new(wanted.unit)?, Some(&analyte)).ok()?
    };
    let said = format!("{} {written} {unit_written}", wanted.name).trim_end().to_owned();
    Some(Input { fact, value: value.to_f64()?, day, said })
}

/// The one day of a result; none where it is known only in part.
pub(crate) fn exact_day(period: &Period) -> Option<Date> {
    let date = period.end.or(period.start)?;
    (date.earliest == date.latest).then_some(date.latest)
}

/// The inputs nearest in time to a day, at most so many days from it; several where they share their day.
pub(crate) fn nearest<'i, 'a>(all: &'i [Input<'a>], day: Date, within_days: i32) -> Vec<&'i Input<'a>> {
    let distance = |input: &Input<'_>| (input.day - day).get_days().abs();
    let Some(least) = all.iter().map(distance).min().filter(|days| *days <= within_days) else { return Vec::new() };
    // Of two days equally near the earlier one was known first.
    let Some(chosen) = all.iter().filter(|input| distance(input) == least).map(|input| input.day).min() else {
        return Vec::new();
    };
    all.iter().filter(|input| input.day == chosen).collect()
}

/// The latest inputs on or before a day, at most so many days before it.
pub(crate) fn before<'i, 'a>(all: &'i [Input<'a>], day: Date, within_days: i32) -> Vec<&'i Input<'a>> {
    let Some(chosen) = all.iter().map(|input| input.day).filter(|other| *other <= day).max() else { return Vec::new() };
    if (day - chosen).get_days() > within_days {
        return Vec::new();
    }
    all.iter().filter(|input| input.day == chosen).collect()
}

/// Least and greatest result of a formula over all choices of its arguments; none where one has no choice, or no number comes out.
pub(crate) fn spread(choices: &[Vec<f64>], formula: impl Fn(&[f64]) -> f64) -> Option<(f64, f64)> {
    let mut rows: Vec<Vec<f64>> = vec![Vec::new()];
    for choice in choices {
        rows = rows
            .iter()
            .flat_map(|row| choice.iter().map(move |value| row.iter().copied().chain([*value]).collect()))
            .collect();
    }
    let results: Vec<f64> = rows.iter().map(|row| formula(row)).collect();
    if results.is_empty() || results.iter().any(|result| !result.is_finite()) {
        return None;
    }
    let low = results.iter().copied().fold(f64::INFINITY, f64::min);
    let high = results.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some((low, high))
}

/// The values of several inputs.
pub(crate) fn values(inputs: &[&Input<'_>]) -> Vec<f64> {
    inputs.iter().map(|input| input.value).collect()
}

/// What a result is, before it becomes a fact.
pub(crate) struct Result<'a> {
    pub concept: &'a str,
    pub label: &'a str,
    pub method: Method,
    pub range: (f64, f64),
    /// Decimals that are kept.
    pub decimals: u32,
    /// UCUM.
    pub unit: &'a str,
    /// As shown.
    pub unit_shown: &'a str,
    pub day: Date,
    /// Age, sex and other things said that are no facts.
    pub beside: Vec<String>,
}

/// The fact of a result; none for a number that is no decimal.
pub(crate) fn fact(result: &Result<'_>, inputs: &[&Input<'_>]) -> Option<Fact> {
    let decimal = |value: f64| -> Option<Decimal> {
        format!("{value:.*}", result.decimals as usize).parse::<Decimal>().ok().map(|number| number.normalize())
    };
    let (low, high) = (decimal(result.range.0)?, decimal(result.range.1)?);
    let written = if low == high { low.to_string() } else { format!("{low} to {high}") };
    let mut said: Vec<String> = inputs.iter().map(|input| input.said.clone()).collect();
    said.extend(result.beside.iter().cloned());
    let provenance = inputs.first().map(|input| input.fact.provenance.clone())?;
    let value = Value::Quantity {
        number: ValueRange { low: Some((low, true)), high: Some((high, true)) },
        unit_written: result.unit_shown.to_owned(),
        unit: Some(result.unit.to_owned()),
        written,
    };
    let sources: Vec<Provenance> = inputs.iter().map(|input| input.fact.provenance.clone()).collect();
    Some(derived(provenance, result.concept, result.label, value, result.day, result.method, said.join(", "), sources))
}

/// A derived fact.
#[expect(clippy::too_many_arguments, reason = "the fields of one fact, each of its own kind")]
pub(crate) fn derived(
    provenance: Provenance,
    concept: &str,
    label: &str,
    value: Value,
    day: Date,
    method: Method,
    from: String,
    inputs: Vec<Provenance>,
) -> Fact {
    let day = PartialDate::exact(day);
    Fact {
        provenance,
        kind: FactKind::Derived,
        concepts: vec![ConceptId::new(concept)],
        codes: Vec::new(),
        label: label.to_owned(),
        notes: Vec::new(),
        findings: Vec::new(),
        period: Period { start: Some(day), end: Some(day) },
        status: RecordedStatus::Ended,
        certainty: Certainty::Stated,
        severity: None,
        grades: Vec::new(),
        value: Some(value),
        reference: (None, None),
        interpretation: None,
        causes: Vec::new(),
        derivation: Some(Derivation { method, from, inputs }),
    }
}

/// Age and sex as evidence says them.
pub(crate) fn person(ages: &[f64], is_female: Option<bool>) -> Vec<String> {
    let mut out = Vec::new();
    match ages {
        [one] => out.push(format!("age {one} years")),
        [low, high] => out.push(format!("age {low} or {high} years")),
        _ => {}
    }
    out.extend(is_female.map(|is_female| if is_female { "female" } else { "male" }.to_owned()));
    out
}
