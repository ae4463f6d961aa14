//! Medicines: stated, ordered, given, dispensed.

use super::{Facts, Record, quantity_text, reasons};
use crate::element::{Reader, items, length, notes, read_coded};
use crate::reference;
use serde_json::Value;
use trialway_patient::meaning::{Coded, add_causes, fact, keep_medicines, read_words, says_none};
use trialway_patient::{Calendar, FactKind, PartialDate, Period, RecordedStatus, subtract};

/// SNOMED CT: no current medicines; no known medicines.
const NONE_TAKEN: [&str; 2] = ["1234391000168107", "787481004"];

pub(super) fn read<'a>(
    resource: &'a Value,
    kind: &str,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    let intent = resource.get("intent").and_then(Value::as_str);
    if kind == "MedicationRequest" && matches!(intent, Some("proposal" | "plan" | "option")) {
        return Err("a plan or an order, not an event");
    }
    if resource.get("doNotPerform").and_then(Value::as_bool) == Some(true) {
        return Err("an instruction not to give it");
    }
    if matches!(resource.get("taken").and_then(Value::as_str), Some("n"))
        || resource.get("notGiven").and_then(Value::as_bool) == Some(true)
    {
        return Err("did not take place, or not yet");
    }
    if kind == "MedicationDispense" && matches!(status, "declined" | "on-hold") {
        return Err("did not take place, or not yet");
    }
    let coded = medicine(resource, record)?;
    if coded.is_any(&NONE_TAKEN) || says_none(&coded.label()) {
        return Err("says that there is none");
    }
    let mut fact = fact(FactKind::Medication, kind, id, &coded, record.terminology);
    keep_medicines(&mut fact);
    let (period, recorded_status) = match kind {
        "MedicationRequest" => request(resource, status, reader),
        "MedicationDispense" => dispense(resource, status, record, reader),
        "MedicationAdministration" => {
            let status = if status == "in-progress" { RecordedStatus::Active } else { RecordedStatus::Ended };
            (reader.when(resource, "effective", record.birth), status)
        }
        _ => statement(resource, status, record, reader),
    };
    (fact.period, fact.status) = (period, recorded_status);
    fact.notes = notes(resource);
    let doses: Vec<&Value> = ["dosage", "dosageInstruction"]
        .iter()
        .filter_map(|key| resource.get(*key))
        .flat_map(|dosage| match dosage {
            Value::Array(all) => all.iter().collect(),
            one => vec![one],
        })
        .collect();
    fact.notes.extend(doses.iter().filter_map(|dose| dose.get("text").and_then(Value::as_str)).map(str::to_owned));
    add_causes(&mut fact, reasons(resource, record));
    read_words(&mut fact, &coded, record.terminology);
    for dose in &doses {
        fact.notes.extend(structured(dose));
    }
    // Whether it is taken is not known: neither that it goes on nor that it is over.
    if kind == "MedicationStatement" && status == "unknown" {
        fact.period.end = Some(PartialDate::some_time());
    }
    Ok(vec![fact])
}

/// The medicine: coded here, or in the Medication that is referred to, with its ingredients.
fn medicine<'a>(resource: &'a Value, record: &Record<'a>) -> Result<Coded, &'static str> {
    let here = read_coded(resource.get("medicationCodeableConcept").or_else(|| resource.get("medicationCode")));
    if !here.is_empty() {
        return Ok(here);
    }
    let Some(element) = resource.get("medicationReference") else { return Err("names no medicine") };
    match record.index.resolve(resource, Some(element)).filter(|found| reference::kind(found) == "Medication") {
        Some(found) => {
            let mut coded = read_coded(found.get("code"));
            for ingredient in items(found, "ingredient") {
                if ingredient.get("isActive").and_then(Value::as_bool) == Some(false) {
                    continue;
                }
                let part = read_coded(ingredient.get("itemCodeableConcept"));
                if coded.is_empty() {
                    coded = part;
                } else {
                    coded.codings.extend(part.codings);
                    if !part.text.is_empty() {
                        coded.codings.push((String::new(), String::new(), part.text));
                    }
                }
            }
            if coded.is_empty() { Err("names no medicine") } else { Ok(coded) }
        }
        None => match element.get("display").and_then(Value::as_str) {
            Some(name) if !name.trim().is_empty() => Ok(Coded { codings: Vec::new(), text: name.trim().to_owned() }),
            _ => Err("names a medicine that the record does not hold"),
        },
    }
}

/// An order: from when it was written, or from the bounds of its dosage, to the end of those.
fn request(resource: &Value, status: &str, reader: &mut Reader<'_>) -> (Period, RecordedStatus) {
    let mut period = Period::default();
    for dose in items(resource, "dosageInstruction") {
        let Some(repeat) = dose.get("timing").and_then(|timing| timing.get("repeat")) else { continue };
        if let Some(bounds) = repeat.get("boundsPeriod") {
            period.start = period.start.or(reader.date(bounds, "start"));
            period.end = period.end.max(reader.date(bounds, "end"));
        }
    }
    period.start =
        period.start.or_else(|| reader.date(resource, "authoredOn")).or_else(|| reader.date(resource, "dateWritten"));
    let status = match status {
        "active" | "on-hold" => RecordedStatus::Active,
        "completed" | "stopped" => RecordedStatus::Ended,
        _ => RecordedStatus::Unstated,
    };
    (period, status)
}

/// A statement; what is stated on a day as going on began by then, and as over ended by then.
fn statement<'a>(
    resource: &'a Value,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> (Period, RecordedStatus) {
    let mut period = reader.when(resource, "effective", record.birth);
    let recorded = match status {
        "active" | "in-progress" | "on-hold" => RecordedStatus::Active,
        "completed" | "stopped" => RecordedStatus::Ended,
        _ => RecordedStatus::Unstated,
    };
    // One day of something that goes on is when it was seen, or began: not its end.
    if recorded == RecordedStatus::Active && resource.get("effectivePeriod").is_none() && period.end.is_some() {
        period.end = None;
    }
    if period == Period::default()
        && let Some(asserted) = reader.date(resource, "dateAsserted")
    {
        match recorded {
            RecordedStatus::Ended => period.end = Some(PartialDate::up_to(asserted)),
            _ => period.start = Some(PartialDate::up_to(asserted)),
        }
    }
    (period, recorded)
}

/// A supply: it lasts its days, and is no proof that the medicine was stopped after them. The order that it was given on says
/// whether that goes on.
fn dispense<'a>(
    resource: &'a Value,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> (Period, RecordedStatus) {
    let handed = reader.date(resource, "whenHandedOver").or_else(|| reader.date(resource, "whenPrepared"));
    let order = items(resource, "authorizingPrescription")
        .find_map(|element| record.index.resolve(resource, Some(element)))
        .filter(|found| reference::kind(found) == "MedicationRequest");
    if let Some(order) = order {
        let ordered = order.get("status").and_then(Value::as_str).unwrap_or_default();
        let (period, recorded) = request(order, ordered, reader);
        if recorded != RecordedStatus::Unstated {
            return (Period { start: handed.or(period.start), end: period.end }, recorded);
        }
    }
    let days = resource.get("daysSupply").and_then(|supply| {
        let (number, unit) = length(supply)?;
        (unit == Calendar::Days).then_some(number)
    });
    let last = handed.and_then(|day| subtract(day.earliest, -days.unwrap_or(0), Calendar::Days));
    let end = last.map(|day| PartialDate::from(PartialDate::exact(day)));
    let recorded = if status == "stopped" { RecordedStatus::Ended } else { RecordedStatus::Unstated };
    (Period { start: handed, end }, recorded)
}

/// Dose, rate and route of a dosage, as notes.
fn structured(dose: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let quantities = items(dose, "doseAndRate")
        .flat_map(|one| [one.get("doseQuantity"), one.get("rateQuantity")])
        .chain([dose.get("dose"), dose.get("doseQuantity")])
        .flatten();
    out.extend(quantities.filter_map(quantity_text).map(|text| format!("dose {text}")));
    if let Some(repeat) = dose.get("timing").and_then(|timing| timing.get("repeat")) {
        let number = |key: &str| repeat.get(key).and_then(Value::as_f64);
        if let (Some(times), Some(period), Some(unit)) =
            (number("frequency"), number("period"), repeat.get("periodUnit").and_then(Value::as_str))
        {
            out.push(format!("{times} times in {period} {unit}"));
        }
    }
    let route = read_coded(dose.get("route"));
    if !route.is_empty() {
        out.push(format!("route: {}", route.label()));
    }
    if dose.get("asNeededBoolean").and_then(Value::as_bool) == Some(true)
        || dose.get("asNeededCodeableConcept").is_some()
    {
        out.push("as needed".to_owned());
    }
    out
}
