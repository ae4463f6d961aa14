//! Values as records write them: numbers, titres, results and answers in words and codes. The adapters share it.

use crate::fact::{Value as Recorded, ValueRange};
use crate::meaning::Coded;
use crate::worded::{self, Opening};
use rust_decimal::Decimal;
use trialway_units::{parse_number, scan_unit};

/// A pure number.
pub fn number(number: Decimal) -> Recorded {
    Recorded::Quantity {
        number: ValueRange::exact(number),
        unit_written: String::new(),
        unit: Some("1".to_owned()),
        written: number.to_string(),
    }
}

/// The range that a comparator makes of a number; none for one that is not known.
pub fn bounded(value: Decimal, comparator: &str) -> Option<ValueRange> {
    Some(match comparator {
        "<" => ValueRange { low: None, high: Some((value, false)) },
        "<=" | "≤" => ValueRange { low: None, high: Some((value, true)) },
        ">" => ValueRange { low: Some((value, false)), high: None },
        ">=" | "≥" => ValueRange { low: Some((value, true)), high: None },
        "" => ValueRange::exact(value),
        _ => return None,
    })
}

/// LOINC answer codes of ECOG (LL529-9) and Karnofsky (LL4986-7) performance status, with their scores.
const PERFORMANCE: [(&str, i64); 16] = [
    ("LA9622-7", 0),
    ("LA9623-5", 1),
    ("LA9624-3", 2),
    ("LA9625-0", 3),
    ("LA9626-8", 4),
    ("LA9627-6", 5),
    ("LA29175-9", 100),
    ("LA29176-7", 90),
    ("LA29177-5", 80),
    ("LA29178-3", 70),
    ("LA29179-1", 60),
    ("LA29180-9", 50),
    ("LA29181-7", 40),
    ("LA29182-5", 30),
    ("LA29183-3", 20),
    ("LA29184-1", 10),
];

/// The value that a coded answer states: a score, a result, yes or no, else its words.
pub fn coded(coded: &Coded) -> Recorded {
    let label = coded.label();
    // LOINC answers of the ECOG and Karnofsky scales carry their number only in the code.
    if let Some(score) = coded
        .codings
        .iter()
        .find_map(|(_, code, _)| PERFORMANCE.iter().find(|(answer, _)| answer == code).map(|(_, score)| *score))
    {
        return number(Decimal::from(score));
    }
    for (_, code, _) in &coded.codings {
        match code.as_str() {
            "10828004" | "260373001" | "11214006" | "POS" | "DET" => {
                return Recorded::Detected { detected: true, written: label };
            }
            "260385009" | "260415000" | "131194007" | "NEG" | "ND" => {
                return Recorded::Detected { detected: false, written: label };
            }
            "373066001" | "Y" => return Recorded::Answer { yes: true, written: label },
            "373067005" | "N" => return Recorded::Answer { yes: false, written: label },
            _ => {}
        }
    }
    self::text(&label)
}

/// The value that words state: a result, yes or no, a titre, a number with its unit, else the words.
pub fn text(text: &str) -> Recorded {
    // SNOMED CT's full names end in their kind.
    let trimmed = text.trim();
    let trimmed = [" (qualifier value)", " (finding)"]
        .iter()
        .find_map(|kind| trimmed.strip_suffix(kind))
        .unwrap_or(trimmed)
        .trim_end();
    let lower = trimmed.to_ascii_lowercase();
    match lower.trim_end_matches('.') {
        "" => return Recorded::Absent,
        "positive" | "detected" | "reactive" | "present" | "pos" => {
            return Recorded::Detected { detected: true, written: trimmed.to_owned() };
        }
        "negative" | "not detected" | "non-reactive" | "nonreactive" | "undetectable" | "absent" | "neg"
        | "none detected" => {
            return Recorded::Detected { detected: false, written: trimmed.to_owned() };
        }
        "yes" | "true" => return Recorded::Answer { yes: true, written: trimmed.to_owned() },
        "no" | "false" => return Recorded::Answer { yes: false, written: trimmed.to_owned() },
        _ => {}
    }
    let written = trimmed.to_owned();
    match worded::opening(trimmed) {
        Some(Opening::Answer(yes)) => return Recorded::Answer { yes, written },
        // "Positive, 1:80" is a titre.
        Some(Opening::Detected(detected)) if !trimmed.contains("1:") => {
            return Recorded::Detected { detected, written };
        }
        _ => {}
    }
    let (in_words, spelt) = worded::bound(trimmed);
    let (comparator, rest) = match in_words {
        "" => comparator(&spelt),
        sign => (sign, spelt.as_str()),
    };
    if let Some(denominator) = rest.strip_prefix("1:").or_else(|| rest.strip_prefix("1 : ")) {
        let (inner, digits) = self::comparator(denominator.trim());
        let digits: String = digits.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
        let sign = if comparator.is_empty() { inner } else { comparator };
        if let Some(number) = parse_number(&digits).and_then(|number| bounded(number.value, sign)) {
            return Recorded::Titre { number, written: trimmed.to_owned() };
        }
    }
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let after = rest.get(digits.len()..).unwrap_or_default();
    if let Some(number) =
        parse_number(digits.trim_end_matches(['.', ','])).and_then(|number| bounded(number.value, comparator))
    {
        if after.trim().is_empty() {
            return Recorded::Quantity {
                number,
                unit_written: String::new(),
                unit: Some("1".to_owned()),
                written: trimmed.to_owned(),
            };
        }
        if let Some((n, unit)) = scan_unit(after)
            && after.get(n..).is_some_and(|rest| rest.trim().is_empty())
        {
            return Recorded::Quantity {
                number,
                unit_written: after.trim().to_owned(),
                unit: Some(unit.to_string()),
                written: trimmed.to_owned(),
            };
        }
    }
    Recorded::Text(trimmed.to_owned())
}

/// The sign at the start of a text, and what follows it.
pub fn comparator(text: &str) -> (&'static str, &str) {
    for sign in ["<=", ">=", "≤", "≥", "<", ">"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (sign, rest.trim_start());
        }
    }
    ("", text)
}
