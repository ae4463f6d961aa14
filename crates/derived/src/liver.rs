//! Liver: Child-Pugh and MELD.

use crate::blood::ALBUMIN;
use crate::formula;
use crate::input::{Input, Inputs, Result, Wanted, fact, nearest, spread, values};
use crate::kidney::CREATININE;
use jiff::civil::Date;
use trialway_patient::{Certainty, Fact, FactKind, RecordedStatus, Value};
use trialway_terminology::{ConceptId, Method};

const BILIRUBIN: Wanted<'_> = Wanted {
    name: "bilirubin",
    concept: "lab:bilirubin_total",
    codes: &["1975-2", "14631-6"],
    words: &[],
    not: &["urin", "direct", "indirect", "conjugated", "neonatal"],
    unit: "mg/dL",
    molar_mass: Some("584.66"),
};

const INR: Wanted<'_> = Wanted {
    name: "INR",
    concept: "lab:inr",
    codes: &["6301-6", "34714-6"],
    words: &[],
    not: &[],
    unit: "1",
    molar_mass: None,
};

const SODIUM: Wanted<'_> = Wanted {
    name: "sodium",
    concept: "lab:sodium",
    codes: &["2951-2", "2947-0"],
    words: &[],
    not: &["urin", "fractional"],
    unit: "mmol/L",
    molar_mass: Some("22.99"),
};

/// Days between values that belong together.
const APART_DAYS: i32 = 7;

pub(crate) fn derive(inputs: &Inputs<'_>, out: &mut Vec<Fact>) {
    let (inrs, albumins, creatinines, sodiums) =
        (inputs.all(&INR), inputs.all(&ALBUMIN), inputs.all(&CREATININE), inputs.all(&SODIUM));
    let on_dialysis = has(inputs, "procedure:renal_replacement_therapy");
    for bilirubin in inputs.all(&BILIRUBIN) {
        let inr = nearest(&inrs, bilirubin.day, APART_DAYS);
        let albumin = nearest(&albumins, bilirubin.day, APART_DAYS);
        let creatinine = nearest(&creatinines, bilirubin.day, APART_DAYS);
        let sodium = nearest(&sodiums, bilirubin.day, APART_DAYS);
        if has(inputs, "condition:liver_disease") {
            out.extend(child_pugh(inputs, &bilirubin, &albumin, &inr));
        }
        // Dialysis counts as a creatinine of 4, and how often it is done is not told.
        let ages = inputs.ages(bilirubin.day);
        if on_dialysis || ages.is_empty() || ages.iter().any(|age| *age < 12.0) {
            continue;
        }
        let laboratory = [values(&creatinine), vec![bilirubin.value], values(&inr)];
        let range = spread(&laboratory, |x| match x {
            [creatinine, bilirubin, inr] => formula::meld(*creatinine, *bilirubin, *inr),
            _ => f64::NAN,
        });
        out.extend(range.and_then(|range| {
            let sources = together(&bilirubin, &[&creatinine, &inr]);
            fact(&score("score:meld", "MELD", Method::Meld, range, &sources), &sources)
        }));
        let range = spread(&[&laboratory[..], &[values(&sodium)]].concat(), |x| match x {
            [creatinine, bilirubin, inr, sodium] => formula::meld_na(*creatinine, *bilirubin, *inr, *sodium),
            _ => f64::NAN,
        });
        out.extend(range.and_then(|range| {
            let sources = together(&bilirubin, &[&creatinine, &inr, &sodium]);
            fact(&score("score:meld", "MELD-Na", Method::MeldNa, range, &sources), &sources)
        }));
    }
}

fn together<'i, 'a>(first: &'i Input<'a>, others: &[&Vec<&'i Input<'a>>]) -> Vec<&'i Input<'a>> {
    [first].into_iter().chain(others.iter().flat_map(|all| all.iter().copied())).collect()
}

fn score<'a>(
    concept: &'a str,
    label: &'a str,
    method: Method,
    range: (f64, f64),
    sources: &[&Input<'_>],
) -> Result<'a> {
    let day = sources.iter().map(|source| source.day).max().unwrap_or(Date::MIN);
    Result { concept, label, method, range, decimals: 0, unit: "{score}", unit_shown: "", day, beside: Vec::new() }
}

/// Whether the record states a condition or procedure of a kind.
fn has(inputs: &Inputs<'_>, concept: &str) -> bool {
    let concept = ConceptId::new(concept);
    inputs.facts.facts.iter().any(|fact| {
        matches!(fact.kind, FactKind::Condition | FactKind::Procedure)
            && fact.concepts.iter().any(|id| inputs.terminology.is_a(id, &concept))
    })
}

/// Child-Pugh: a range where ascites or encephalopathy is not stated, and a class where the range is within one.
fn child_pugh(inputs: &Inputs<'_>, bilirubin: &Input<'_>, albumin: &[&Input<'_>], inr: &[&Input<'_>]) -> Option<Fact> {
    let laboratory = spread(&[vec![bilirubin.value], values(albumin), values(inr)], |x| match x {
        [bilirubin, albumin, inr] => f64::from(formula::child_pugh_laboratory(*bilirubin, *albumin, *inr)),
        _ => f64::NAN,
    })?;
    let (ascites, ascites_said) = sign(inputs, "ascites", bilirubin.day);
    let (brain, brain_said) = sign(inputs, "encephalopathy", bilirubin.day);
    let range = (
        laboratory.0 + f64::from(ascites.0) + f64::from(brain.0),
        laboratory.1 + f64::from(ascites.1) + f64::from(brain.1),
    );
    let sources = together(bilirubin, &[&albumin.to_vec(), &inr.to_vec()]);
    let mut result = score("scale:child_pugh", "Child-Pugh score", Method::ChildPugh, range, &sources);
    result.beside = vec![ascites_said, brain_said];
    let mut fact = fact(&result, &sources)?;
    let class = |points: f64| {
        if points <= 6.0 {
            1
        } else if points <= 9.0 {
            2
        } else {
            3
        }
    };
    if class(range.0) == class(range.1) {
        fact.grades = vec![(ConceptId::new("scale:child_pugh"), vec![class(range.0)])];
    }
    Some(fact)
}

/// Days around the laboratory values in which a statement about a sign counts.
const SIGN_DAYS: i32 = 30;

/// Least and most points of a sign that the record states or denies, by its words; 1 to 3 where it says nothing of it.
fn sign(inputs: &Inputs<'_>, name: &str, day: Date) -> ((u8, u8), String) {
    let near = |fact: &Fact| {
        let date = fact.period.end.or(fact.period.start);
        match fact.kind {
            FactKind::Observation => date.is_some_and(|date| {
                (date.earliest - day).get_days().abs() <= SIGN_DAYS && date.earliest == date.latest
            }),
            FactKind::Condition => {
                fact.status == RecordedStatus::Active
                    && fact.period.start.is_none_or(|start| start.earliest <= day)
                    && fact.certainty == Certainty::Stated
            }
            _ => false,
        }
    };
    let mut found: Option<((u8, u8), String)> = None;
    for fact in inputs.facts.facts.iter().filter(|fact| fact.label.to_lowercase().contains(name) && near(fact)) {
        let text = match &fact.value {
            Some(Value::Answer { yes: false, .. } | Value::Detected { detected: false, .. }) => "none".to_owned(),
            Some(Value::Answer { .. } | Value::Detected { .. }) => String::new(),
            Some(Value::Text(text)) => text.to_lowercase(),
            Some(_) => continue,
            None => format!("{} {}", fact.label.to_lowercase(), fact.severity.as_deref().unwrap_or_default()),
        };
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let points = if says(&["none", "absent", "no "]) {
            (1, 1)
        } else if says(&["mild", "slight", "minimal", "controlled", "grade 1", "grade 2", "grade i ", "grade ii "]) {
            (2, 2)
        } else if says(&[
            "moderate",
            "severe",
            "large",
            "refractory",
            "tense",
            "grade 3",
            "grade 4",
            "grade iii",
            "grade iv",
        ]) {
            (3, 3)
        } else {
            (2, 3)
        };
        found = match found {
            None => Some((points, format!("{name}: {}", if text.is_empty() { "present" } else { text.trim() }))),
            // Statements that differ leave it open.
            Some((known, _)) if known != points => Some(((1, 3), format!("{name}: stated in ways that differ"))),
            same => same,
        };
    }
    found.unwrap_or_else(|| ((1, 3), format!("{name}: not stated")))
}
