//! Values beside the names of what is measured: `Hb of 9.0 g/dL`, `BP 80/60`, `elevated D-dimer`, `ANA positive`.

use std::ops::Range;
use trialway_patient::{Value, ValueRange};
use trialway_terminology::{Concept, Word, WordKind};
use trialway_units::{Decimal, parse_value, scan_unit};

/// A value as a note gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Measured {
    /// The value.
    pub value: Value,
    /// `H`, `L`, `N`, `POS`, `NEG`, where words say so.
    pub interpretation: Option<String>,
    /// Where the value ends among the words.
    pub end: usize,
}

/// Words between a name and its number.
const JOINS: [&str; 27] = [
    "of",
    "is",
    "was",
    "at",
    "=",
    ":",
    "(",
    ")",
    "count",
    "level",
    "concentration",
    "score",
    "rate",
    "to",
    "were",
    "about",
    "approximately",
    "around",
    "~",
    "-",
    "today",
    "now",
    "measured",
    "found",
    ",",
    "showed",
    "in",
];

/// Words that say how a result lies to its normal range.
const GRADED: [(&str, &str); 24] = [
    ("elevated", "H"),
    ("increased", "H"),
    ("high", "H"),
    ("raised", "H"),
    ("elevation", "H"),
    ("decreased", "L"),
    ("low", "L"),
    ("reduced", "L"),
    ("normal", "N"),
    ("unremarkable", "N"),
    ("positive", "POS"),
    ("reactive", "POS"),
    ("detected", "POS"),
    ("detectable", "POS"),
    ("negative", "NEG"),
    ("nonreactive", "NEG"),
    ("undetectable", "NEG"),
    ("pos", "POS"),
    ("neg", "NEG"),
    ("abnormal", "A"),
    ("markedly", ""),
    ("mildly", ""),
    ("persistently", ""),
    ("slightly", ""),
];

/// The number beside a name, or what words say of it.
pub(crate) fn measured(text: &str, words: &[Word], name: &Range<usize>, concept: &Concept) -> Option<Measured> {
    let norm = |at: usize| words.get(at).map_or("", |word| word.norm.as_str());
    let mut at = name.end;
    let mut steps = 0;
    // "hemoglobin (Hb) of 9.0": a short form in brackets is passed over.
    if norm(at) == "(" && norm(at + 2) == ")" && words.get(at + 1).is_some_and(|word| word.kind == WordKind::Letters) {
        at += 3;
    }
    let mut sign = "";
    while steps < 4 {
        match norm(at) {
            "<" | ">" | "≤" | "≥" => sign = if matches!(norm(at), "<" | "≤") { "<" } else { ">" },
            joint if JOINS.contains(&joint) => {}
            _ => break,
        }
        at += 1;
        steps += 1;
    }
    if let Some(word) = words.get(at).filter(|word| word.kind == WordKind::Number)
        && let Some(value) = parse_value(&word.norm)
    {
        return number(text, words, at, value, sign, concept);
    }
    graded(text, words, name)
}

fn number(text: &str, words: &[Word], at: usize, value: Decimal, sign: &str, concept: &Concept) -> Option<Measured> {
    let laboratory = concept.laboratory.as_ref()?;
    let word = words.get(at)?;
    let rest = text.get(word.range.end..)?;
    let scanned = scan_unit(rest);
    let (unit_written, mut unit, mut end_bytes) = match &scanned {
        Some((n, unit)) => (rest.get(..*n)?.trim().to_owned(), Some(unit.to_string()), word.range.end + n),
        None => (String::new(), None, word.range.end),
    };
    let mut value = value;
    // A length of time is no value ("fever for 2 days"), unless time is what is measured.
    let next = words.get(at + 1).map_or("", |word| word.norm.as_str());
    if matches!(next, "day" | "week" | "month" | "year" | "hour" | "wk" | "yr")
        && !matches!(laboratory.unit.as_str(), "mo" | "wk" | "h" | "d")
    {
        return None;
    }
    let temperature = concept.id.as_str() == "vital:temperature";
    if temperature {
        let fahrenheit = value > Decimal::from(60);
        // Fahrenheit is turned into Celsius: no living person has 60 degrees Celsius.
        if fahrenheit {
            value = ((value - Decimal::from(32)) * Decimal::from(5) / Decimal::from(9)).round_dp(1);
        }
        unit = Some("Cel".to_owned());
        end_bytes = word.range.end;
    }
    let pure = matches!(laboratory.unit.as_str(), "1" | "{score}" | "{titer}" | "{INR}");
    let vital = concept.id.as_str().starts_with("vital:")
        && !matches!(concept.id.as_str(), "vital:weight" | "vital:height" | "vital:birth_weight" | "vital:waist");
    if unit.is_none() && (pure || vital) {
        unit = Some(laboratory.unit.clone());
    }
    if let Some((low, high)) = &laboratory.plausible
        && unit.as_deref() == Some(laboratory.unit.as_str())
        && (low.parse::<Decimal>().is_ok_and(|low| value < low)
            || high.parse::<Decimal>().is_ok_and(|high| value > high))
    {
        return None;
    }
    let range = match sign {
        "<" => ValueRange { low: None, high: Some((value, false)) },
        ">" => ValueRange { low: Some((value, false)), high: None },
        _ => ValueRange::exact(value),
    };
    let end = words.iter().position(|word| word.range.start >= end_bytes).unwrap_or(words.len());
    let written = format!("{sign}{value}");
    Some(Measured { value: Value::Quantity { number: range, unit_written, unit, written }, interpretation: None, end })
}

/// "Elevated X", "X was low", "X-positive"; a list shares the word ("normal urea and electrolytes").
fn graded(text: &str, words: &[Word], name: &Range<usize>) -> Option<Measured> {
    let at = |k: usize| words.get(k).and_then(|word| GRADED.iter().find(|(known, _)| *known == word.norm));
    let joint = |k: usize| {
        words.get(k).is_some_and(|word| {
            matches!(word.norm.as_str(), "is" | "was" | "were" | "are" | "-" | ":" | "level" | "test" | "count")
        })
    };
    let mut found = None;
    // Before the name, over at most the other names of a short list.
    let mut k = name.start;
    for _ in 0..4 {
        let Some(before) = k.checked_sub(1) else { break };
        k = before;
        if let Some((_, flag)) = at(k) {
            if flag.is_empty() {
                continue;
            }
            found = Some((*flag, k));
            break;
        }
        if !words.get(k).is_some_and(|word| {
            matches!(word.norm.as_str(), "serum" | "plasma" | "blood" | "a" | "the" | "persistently" | "urine")
        }) {
            break;
        }
    }
    if found.is_none() {
        for k in name.end..name.end + 4 {
            match at(k) {
                Some((_, "")) => {}
                Some((_, flag)) => {
                    found = Some((*flag, k));
                    break;
                }
                None if !joint(k) => break,
                None => {}
            }
        }
    }
    let (flag, at) = found?;
    let written = words.get(at).and_then(|word| text.get(word.range.clone())).unwrap_or_default().to_owned();
    let value = match flag {
        "POS" => Value::Detected { detected: true, written },
        "NEG" => Value::Detected { detected: false, written },
        // Some number that is known only by how it lies to its normal range.
        _ => Value::Quantity {
            number: ValueRange { low: None, high: None },
            unit_written: String::new(),
            unit: None,
            written,
        },
    };
    Some(Measured { value, interpretation: Some(flag.to_owned()), end: name.end })
}

/// `80/60` or `120 / 70` behind a name of blood pressure: systolic and diastolic, in mm[Hg].
pub(crate) fn blood_pressure(words: &[Word], name: &Range<usize>) -> Option<(Decimal, Decimal, usize)> {
    let mut at = name.end;
    while words.get(at).is_some_and(|word| JOINS.contains(&word.norm.as_str())) && at < name.end + 4 {
        at += 1;
    }
    let number =
        |at: usize| words.get(at).filter(|word| word.kind == WordKind::Number).and_then(|word| parse_value(&word.norm));
    let (systolic, diastolic) = (number(at)?, number(at + 2)?);
    let slash = words.get(at + 1).is_some_and(|word| word.norm == "/");
    let possible = systolic > diastolic && systolic < Decimal::from(350) && diastolic > Decimal::from(10);
    (slash && possible).then_some((systolic, diastolic, at + 3))
}
