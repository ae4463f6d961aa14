//! What was done: procedures, vaccines, stays, devices put in.

use super::{Facts, Record, reasons, sites};
use crate::element::{Reader, items, notes, read_all, read_coded};
use crate::reference;
use serde_json::Value;
use trialway_patient::meaning::{Coded, add_causes, fact, keep_medicines, read_words, says_none};
use trialway_patient::{FactKind, Period, RecordedStatus};

pub(super) fn procedure<'a>(
    resource: &'a Value,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    if status == "on-hold" {
        return Err("did not take place, or not yet");
    }
    if resource.get("notDone").and_then(Value::as_bool) == Some(true) {
        return Err("did not take place, or not yet");
    }
    let coded = read_coded(resource.get("code"));
    if coded.is_empty() {
        return Err("names nothing");
    }
    if says_none(&coded.label()) {
        return Err("says that there is none");
    }
    let mut fact = fact(FactKind::Procedure, "Procedure", id, &coded, record.terminology);
    fact.period = reader.when(resource, "performed", record.birth);
    fact.status = if status == "in-progress" { RecordedStatus::Active } else { RecordedStatus::Ended };
    fact.notes = notes(resource);
    read_words(&mut fact, &coded, record.terminology);
    add_causes(&mut fact, reasons(resource, record));
    let outcome = read_coded(resource.get("outcome"));
    if !outcome.is_empty() {
        fact.notes.push(format!("outcome: {}", outcome.label()));
    }
    if status == "stopped" {
        fact.notes.push("stopped before its end".to_owned());
    }
    fact.notes.extend(sites(resource));
    Ok(vec![fact])
}

pub(super) fn immunization<'a>(resource: &'a Value, id: &str, record: &Record<'a>, reader: &mut Reader<'_>) -> Facts {
    if resource.get("notGiven").and_then(Value::as_bool) == Some(true) {
        return Err("did not take place, or not yet");
    }
    let coded = read_coded(resource.get("vaccineCode"));
    if coded.is_empty() {
        return Err("names nothing");
    }
    let mut fact = fact(FactKind::Immunization, "Immunization", id, &coded, record.terminology);
    keep_medicines(&mut fact);
    fact.period = reader.when(resource, "occurrence", record.birth);
    if fact.period == Period::default() {
        let given = reader.date(resource, "date");
        fact.period = Period { start: given, end: given };
    }
    fact.status = RecordedStatus::Ended;
    fact.notes = notes(resource);
    for protocol in items(resource, "protocolApplied") {
        let number = protocol.get("doseNumberPositiveInt").and_then(Value::as_u64);
        fact.notes.extend(number.map(|number| format!("dose {number}")));
    }
    if resource.get("isSubpotent").and_then(Value::as_bool) == Some(true) {
        fact.notes.push("subpotent".to_owned());
    }
    Ok(vec![fact])
}

/// Classes of encounters that are stays or emergencies.
const STAYS: [&str; 8] = ["IMP", "ACUTE", "NONAC", "OBSENC", "SS", "inpatient", "EMER", "emergency"];

pub(super) fn encounter<'a>(
    resource: &'a Value,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    if matches!(status, "planned" | "arrived" | "triaged") {
        return Err("did not take place, or not yet");
    }
    let class = read_coded(resource.get("class"));
    if !class.is_any(&STAYS) {
        return Err("a visit, which no criterion asks about");
    }
    let is_stay = !class.is_any(&["EMER", "emergency"]);
    let kinds = read_all(resource.get("type"));
    let name = kinds.iter().map(Coded::label).find(|label| !label.is_empty());
    // A stay is a hospital admission, whatever its type is called.
    let text = match (is_stay, name) {
        (true, Some(name)) => format!("hospital admission ({name})"),
        (true, None) => "hospital admission".to_owned(),
        (false, Some(name)) => name,
        (false, None) => "emergency visit".to_owned(),
    };
    let coded = Coded { codings: Vec::new(), text };
    let mut fact = fact(FactKind::Procedure, "Encounter", id, &coded, record.terminology);
    fact.concepts.retain(|id| id.as_str() == "procedure:hospitalization");
    if let Some(period) = resource.get("period") {
        fact.period = Period { start: reader.date(period, "start"), end: reader.date(period, "end") };
    }
    fact.status = match status {
        "finished" => RecordedStatus::Ended,
        "in-progress" | "onleave" => RecordedStatus::Active,
        _ => RecordedStatus::Unstated,
    };
    add_causes(&mut fact, reasons(resource, record));
    fact.notes.extend(items(resource, "reasonCode").map(|reason| read_coded(Some(reason)).label()));
    Ok(vec![fact])
}

pub(super) fn device<'a>(
    resource: &'a Value,
    kind: &str,
    id: &str,
    status: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    let is_use = kind == "DeviceUseStatement";
    if !is_use && resource.get("patient").is_none() {
        return Err("a device that no patient has");
    }
    let device = if is_use { record.index.resolve(resource, resource.get("device")) } else { Some(resource) };
    let Some(device) = device else { return Err("names a device that the record does not hold") };
    if reference::kind(device) != "Device" {
        return Err("names a device that the record does not hold");
    }
    let mut coded = read_coded(device.get("type"));
    if coded.is_empty() {
        let name = items(device, "deviceName").find_map(|name| name.get("name").and_then(Value::as_str));
        coded.text = name.unwrap_or_default().to_owned();
    }
    if coded.is_empty() {
        return Err("names nothing");
    }
    // A device in or on the body is a state of the patient.
    let mut fact = fact(FactKind::Condition, kind, id, &coded, record.terminology);
    fact.period = if is_use { reader.when(resource, "timing", record.birth) } else { Period::default() };
    fact.status = match status {
        "active" | "on-hold" => RecordedStatus::Active,
        "inactive" | "completed" | "stopped" => RecordedStatus::Ended,
        _ => RecordedStatus::Unstated,
    };
    fact.notes = notes(resource);
    fact.notes.extend(sites(resource));
    Ok(vec![fact])
}
