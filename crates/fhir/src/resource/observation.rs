//! Observation: every kind of value, its reference range, and its components.

use super::{fact, read_words};
use crate::codes;
use crate::element::{Coded, Reader, notes};
use crate::meaning;
use rust_decimal::Decimal;
use serde_json::Value;
use trialway_diagnostics::{Diagnostic, Severity};
use trialway_patient::{Fact, FactKind, PartialDate, RecordedStatus, Value as Recorded, ValueRange};
use trialway_terminology::Layered;
use trialway_units::{Unit, convert, parse_number, parse_unit, scan_unit};

pub(super) fn read(
    resource: &Value,
    id: &str,
    status: &str,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    if !matches!(status, "final" | "amended" | "corrected" | "") {
        return Err("not a final result");
    }
    let mut out = Vec::new();
    let coded = Coded::read(resource.get("code"));
    let mut main = fact(FactKind::Observation, "Observation", id, &coded, terminology);
    main.period = reader.when(resource, "effective");
    if main.period.start.is_none() {
        let issued = reader.date(resource, "issued");
        main.period.start = issued;
        main.period.end = issued;
    }
    main.status = RecordedStatus::Ended;
    main.notes = notes(resource);
    let components: Vec<&Value> = resource.get("component").and_then(Value::as_array).into_iter().flatten().collect();
    fill(&mut main, resource, &coded, terminology, reader, "");
    for (index, component) in components.iter().enumerate() {
        let coded = Coded::read(component.get("code"));
        let mut part = fact(FactKind::Observation, "Observation", id, &coded, terminology);
        part.provenance.path = format!("component[{index}]");
        part.period = main.period;
        part.status = RecordedStatus::Ended;
        fill(&mut part, component, &coded, terminology, reader, &format!(".component[{index}]"));
        out.push(part);
    }
    if main.value != Some(Recorded::Absent) || components.is_empty() {
        out.insert(0, main);
    }
    Ok(out)
}

fn fill(
    fact: &mut Fact,
    element: &Value,
    coded: &Coded,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
    path: &str,
) {
    let value = value(element, reader, path);
    if let Recorded::Text(words) = &value {
        fact.notes.insert(0, words.clone());
    }
    let interpretation = element
        .get("interpretation")
        .and_then(Value::as_array)
        .and_then(|all| all.first())
        .map(|first| Coded::read(Some(first)));
    fact.interpretation = interpretation.map(|coded| coded.code().to_uppercase()).filter(|code| !code.is_empty());
    read_words(fact, coded, terminology);
    if let Recorded::Text(words) = &value {
        // An answer such as "Class C" or "Type V" gets its scale from the question.
        let asked = format!("{} {words}", coded.label());
        for (scale, ordinals) in meaning::grades([asked.as_str()].into_iter()) {
            if !fact.grades.iter().any(|(id, _)| *id == scale) {
                fact.grades.push((scale, ordinals));
            }
        }
    }
    fact.reference = reference(element, &value);
    fact.value = Some(value);
}

fn value(element: &Value, reader: &mut Reader<'_>, path: &str) -> Recorded {
    if let Some(quantity) = element.get("valueQuantity") {
        return quantity_value(quantity, reader, path);
    }
    if let Some(number) = element.get("valueInteger").and_then(decimal) {
        return Recorded::Quantity {
            number: ValueRange::exact(number),
            unit_written: String::new(),
            unit: Some("1".to_owned()),
            written: number.to_string(),
        };
    }
    if let Some(yes) = element.get("valueBoolean").and_then(Value::as_bool) {
        return Recorded::Answer { yes, written: if yes { "yes" } else { "no" }.to_owned() };
    }
    if let Some(concept) = element.get("valueCodeableConcept") {
        return coded_value(&Coded::read(Some(concept)));
    }
    if let Some(text) = element.get("valueString").and_then(Value::as_str) {
        return text_value(text);
    }
    if let Some(date) = element.get("valueDateTime").and_then(Value::as_str).and_then(PartialDate::parse) {
        return Recorded::Date(date);
    }
    if let Some(ratio) = element.get("valueRatio") {
        let part = |key: &str| ratio.get(key).and_then(|q| q.get("value")).and_then(decimal);
        if let (Some(numerator), Some(denominator)) = (part("numerator"), part("denominator"))
            && numerator == Decimal::ONE
        {
            return Recorded::Titre { number: ValueRange::exact(denominator), written: format!("1:{denominator}") };
        }
    }
    if let Some(range) = element.get("valueRange") {
        let end = |key: &str| range.get(key).and_then(|q| q.get("value")).and_then(decimal).map(|value| (value, true));
        let unit = range
            .get("low")
            .or_else(|| range.get("high"))
            .and_then(|q| q.get("code").or_else(|| q.get("unit")))
            .and_then(Value::as_str)
            .unwrap_or_default();
        let number = ValueRange { low: end("low"), high: end("high") };
        return Recorded::Quantity {
            number,
            unit_written: unit.to_owned(),
            unit: parse_unit(unit).map(|u| u.to_string()),
            written: "a range".to_owned(),
        };
    }
    Recorded::Absent
}

fn decimal(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}

fn quantity_value(quantity: &Value, reader: &mut Reader<'_>, path: &str) -> Recorded {
    let Some(value) = quantity.get("value").and_then(decimal) else { return Recorded::Absent };
    let string = |key: &str| quantity.get(key).and_then(Value::as_str).unwrap_or_default();
    let (code, shown) = (string("code"), string("unit"));
    let unit_written = if shown.is_empty() { code } else { shown };
    let unit = [code, shown].iter().filter(|text| !text.is_empty()).find_map(|text| parse_unit(text));
    if unit.is_none() && !unit_written.is_empty() {
        reader.findings.push(
            Diagnostic::new(
                codes::UNKNOWN_UNIT,
                Severity::Warning,
                format!("the unit `{unit_written}` is not known; the value cannot be compared"),
            )
            .in_field(format!("{}{path}.valueQuantity.unit", reader.path))
            .with_help("give a UCUM code"),
        );
    }
    let comparator = string("comparator");
    let number = bounded(value, comparator);
    let written = format!("{comparator}{value}");
    if unit.as_ref().is_some_and(|unit| unit.as_str() == "{titer}") {
        return Recorded::Titre { number, written };
    }
    let unit = if unit_written.is_empty() { Some("1".to_owned()) } else { unit.map(|unit| unit.to_string()) };
    Recorded::Quantity { number, unit_written: unit_written.to_owned(), unit, written }
}

fn bounded(value: Decimal, comparator: &str) -> ValueRange {
    match comparator {
        "<" => ValueRange { low: None, high: Some((value, false)) },
        "<=" | "≤" => ValueRange { low: None, high: Some((value, true)) },
        ">" => ValueRange { low: Some((value, false)), high: None },
        ">=" | "≥" => ValueRange { low: Some((value, true)), high: None },
        _ => ValueRange::exact(value),
    }
}

fn coded_value(coded: &Coded) -> Recorded {
    let label = coded.label();
    // LOINC answers of the ECOG scale carry their number only in the code.
    const ECOG: [(&str, i64); 6] =
        [("LA9622-7", 0), ("LA9623-5", 1), ("LA9624-3", 2), ("LA9625-0", 3), ("LA9626-8", 4), ("LA9627-6", 5)];
    for (_, code, _) in &coded.codings {
        if let Some((_, number)) = ECOG.iter().find(|(answer, _)| answer == code) {
            let number = Decimal::from(*number);
            return Recorded::Quantity {
                number: ValueRange::exact(number),
                unit_written: String::new(),
                unit: Some("1".to_owned()),
                written: number.to_string(),
            };
        }
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
    text_value(&label)
}

fn text_value(text: &str) -> Recorded {
    let trimmed = text.trim();
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
    let (comparator, rest) = comparator(trimmed);
    if let Some(denominator) = rest.strip_prefix("1:").or_else(|| rest.strip_prefix("1 : ")) {
        let (inner, digits) = self::comparator(denominator.trim());
        let digits: String = digits.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
        if let Some(number) = parse_number(&digits) {
            let sign = if comparator.is_empty() { inner } else { comparator };
            return Recorded::Titre { number: bounded(number.value, sign), written: trimmed.to_owned() };
        }
    }
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let after = rest.get(digits.len()..).unwrap_or_default();
    if let Some(number) = parse_number(digits.trim_end_matches(['.', ','])) {
        let number = bounded(number.value, comparator);
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

fn comparator(text: &str) -> (&'static str, &str) {
    for sign in ["<=", ">=", "≤", "≥", "<", ">"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (sign, rest.trim_start());
        }
    }
    ("", text)
}

/// Low and high of the reference range of this very result, in the unit of its value.
fn reference(element: &Value, value: &Recorded) -> (Option<Decimal>, Option<Decimal>) {
    let Some(range) = element.get("referenceRange").and_then(Value::as_array).and_then(|all| all.first()) else {
        return (None, None);
    };
    let unit = match value {
        Recorded::Quantity { unit: Some(unit), .. } => Unit::new(unit),
        _ => None,
    };
    let end = |key: &str| {
        let quantity = range.get(key)?;
        let number = quantity.get("value").and_then(decimal)?;
        let written =
            quantity.get("code").or_else(|| quantity.get("unit")).and_then(Value::as_str).and_then(parse_unit);
        match (written, &unit) {
            (Some(from), Some(to)) => convert(number, &from, to, None).ok(),
            _ => Some(number),
        }
    };
    let (low, high) = (end("low"), end("high"));
    if low.is_some() || high.is_some() {
        return (low, high);
    }
    let text = range.get("text").and_then(Value::as_str).unwrap_or_default();
    let (sign, rest) = comparator(text.trim());
    let numbers: Vec<Decimal> = rest
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter(|part| !part.is_empty())
        .filter_map(parse_number)
        .map(|n| n.value)
        .take(2)
        .collect();
    match (numbers.as_slice(), sign) {
        ([low, high], "") if low < high => (Some(*low), Some(*high)),
        ([high, ..], "<" | "<=" | "≤") => (None, Some(*high)),
        ([low, ..], ">" | ">=" | "≥") => (Some(*low), None),
        _ => (None, None),
    }
}
