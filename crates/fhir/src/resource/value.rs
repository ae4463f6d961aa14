//! Values of observations and answers.

use crate::codes;
use crate::element::{Reader, read_coded};
use rust_decimal::Decimal;
use serde_json::Value;
use trialway_diagnostics::{Diagnostic, Said, Severity};
use trialway_patient::{Value as Recorded, ValueRange, written};
use trialway_units::{Unit, parse_unit};

/// The value that stands in an element as `value[x]`.
pub(super) fn read(element: &Value, reader: &mut Reader<'_>, path: &str) -> Recorded {
    let reason = read_coded(element.get("dataAbsentReason"));
    if !reason.is_empty() {
        reader.leave(&format!("{path}.value"), &format!("the record says that it has none: {}", reason.label()));
        return Recorded::Absent;
    }
    if let Some(quantity) = element.get("valueQuantity") {
        return quantity_value(quantity, reader, path);
    }
    if let Some(found) = ["valueInteger", "valueDecimal", "valueInteger64"].iter().find_map(|key| element.get(*key)) {
        return decimal(found).map_or(Recorded::Absent, written::number);
    }
    if let Some(yes) = element.get("valueBoolean").and_then(Value::as_bool) {
        return Recorded::Answer { yes, written: if yes { "yes" } else { "no" }.to_owned() };
    }
    if let Some(concept) = ["valueCodeableConcept", "valueCoding", "valueCode"].iter().find_map(|key| element.get(*key))
    {
        return written::coded(&read_coded(Some(concept)));
    }
    if let Some(text) = ["valueString", "valueText", "valueMarkdown"].iter().find_map(|key| element.get(*key)?.as_str())
    {
        return written::text(text);
    }
    for key in ["valueDateTime", "valueDate"] {
        if let Some(date) = reader.date(element, key) {
            return Recorded::Date(date);
        }
    }
    if let Some(period) = element.get("valuePeriod")
        && let Some(date) = reader.date(period, "start")
    {
        return Recorded::Date(date);
    }
    if let Some(time) = element.get("valueTime").and_then(Value::as_str) {
        return Recorded::Text(time.to_owned());
    }
    if let Some(ratio) = element.get("valueRatio") {
        let read = self::ratio(ratio);
        if read.is_none() {
            reader
                .leave(&format!("{path}.valueRatio"), "a ratio that is neither a titre nor a quotient of two numbers");
        }
        return read.unwrap_or(Recorded::Absent);
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
            written: range_text(range),
        };
    }
    for (key, what) in [
        ("valueSampledData", "a curve of samples, which is not read"),
        ("valueAttachment", "a document, which is not read"),
        ("valueReference", "refers to another resource, which is read for itself"),
    ] {
        if element.get(key).is_some() {
            reader.leave(&format!("{path}.{key}"), what);
        }
    }
    Recorded::Absent
}

/// A range as a person would write it.
fn range_text(range: &Value) -> String {
    let end = |key: &str| range.get(key).and_then(|q| q.get("value")).and_then(decimal);
    match (end("low"), end("high")) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!(">={low}"),
        (None, Some(high)) => format!("<={high}"),
        (None, None) => "a range".to_owned(),
    }
}

/// A titre (`1:80`), or the quotient of two exact numbers with the unit of both (`500 mg` of `1 g`).
fn ratio(ratio: &Value) -> Option<Recorded> {
    let (top, bottom) = (ratio.get("numerator")?, ratio.get("denominator")?);
    let sign = |part: &Value| part.get("comparator").and_then(Value::as_str).unwrap_or_default().to_owned();
    let unit = |part: &Value| {
        part.get("code").or_else(|| part.get("unit")).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let (numerator, denominator) = (decimal(top.get("value")?)?, decimal(bottom.get("value")?)?);
    if !sign(top).is_empty() {
        return None;
    }
    if numerator == Decimal::ONE && unit(top).is_empty() && unit(bottom).is_empty() && denominator > Decimal::ONE {
        let sign = sign(bottom);
        return Some(Recorded::Titre {
            number: written::bounded(denominator, &sign)?,
            written: format!("1:{sign}{denominator}"),
        });
    }
    if !sign(bottom).is_empty() {
        return None;
    }
    let quotient = numerator.checked_div(denominator)?;
    let unit_written = match (unit(top).as_str(), unit(bottom).as_str()) {
        (top, "" | "1") => top.to_owned(),
        (top, bottom) => format!("{top}/{bottom}"),
    };
    let unit = if unit_written.is_empty() || unit_written == "1" {
        Some("1".to_owned())
    } else {
        parse_unit(&unit_written).map(|unit| unit.to_string())
    };
    Some(Recorded::Quantity {
        number: ValueRange::exact(quotient),
        unit_written,
        unit,
        written: quotient.round_dp(4).normalize().to_string(),
    })
}

pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}

/// Lengths whose names are common words of a text ("in", "foot"), so that only a value may have them.
fn length(written: &str) -> Option<Unit> {
    match written.trim().trim_end_matches('.').to_lowercase().as_str() {
        "in" | "inch" | "inches" => Unit::new("[in_i]"),
        "ft" | "foot" | "feet" => Unit::new("[ft_i]"),
        _ => None,
    }
}

fn quantity_value(quantity: &Value, reader: &mut Reader<'_>, path: &str) -> Recorded {
    let Some(value) = quantity.get("value").and_then(decimal) else { return Recorded::Absent };
    let string = |key: &str| quantity.get(key).and_then(Value::as_str).unwrap_or_default();
    let (code, shown) = (string("code"), string("unit"));
    let unit_written = if shown.is_empty() { code } else { shown };
    let unit =
        [code, shown].iter().filter(|text| !text.is_empty()).find_map(|text| parse_unit(text).or_else(|| length(text)));
    if unit.is_none() && !unit_written.is_empty() {
        reader.findings.push(
            Diagnostic::new(
                codes::UNKNOWN_UNIT,
                Severity::Warning,
                Said::new("the unit `{unit}` is not known; the value cannot be compared").with("unit", unit_written),
            )
            .in_field(format!("{}{path}.valueQuantity.unit", reader.path))
            .with_help("give a UCUM code"),
        );
    }
    let comparator = string("comparator");
    let Some(number) = written::bounded(value, comparator) else {
        reader.leave(&format!("{path}.valueQuantity"), "a comparator that is not known");
        return Recorded::Absent;
    };
    let written = format!("{comparator}{value}");
    if unit.as_ref().is_some_and(|unit| unit.as_str() == "{titer}") {
        return Recorded::Titre { number, written };
    }
    let unit = if unit_written.is_empty() { Some("1".to_owned()) } else { unit.map(|unit| unit.to_string()) };
    Recorded::Quantity { number, unit_written: unit_written.to_owned(), unit, written }
}
