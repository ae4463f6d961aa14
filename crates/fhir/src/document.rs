//! The forms a record comes in: a Bundle, one resource, or NDJSON.

use crate::codes;
use crate::element::Reader;
use crate::reference::{Entry, Index};
use crate::resource::Record;
use crate::{FhirError, Import, home, person, resource};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use trialway_diagnostics::{Diagnostic, Parsed, Said, Severity};
use trialway_patient::meaning::without_cause;
use trialway_patient::{Fact, Left};
use trialway_terminology::{Layered, Terminology, system_name};

/// No record above this is read.
const LIMIT_BYTES: usize = 64 << 20;

/// Reads a patient's record.
///
/// **Shape**: a Bundle with exactly one Patient, a single resource, or NDJSON with one resource a line.
/// **Unknown**: an element that is not understood is a finding (`FHR001`…) and leaves its fact out or without it.
/// **Errors**: [`FhirError`], where nothing can be said of the patient at all.
pub fn import(bytes: &[u8], terminology: &Terminology) -> Result<Parsed<Import>, FhirError> {
    import_with(bytes, &Layered::plain(terminology))
}

/// Reads a patient's record with other vocabularies beside the built-in one; otherwise as [`import`].
pub fn import_with(bytes: &[u8], terminology: &Layered<'_>) -> Result<Parsed<Import>, FhirError> {
    let entries = entries(text(bytes)?)?;
    let mut findings = Vec::new();
    let import = read(&entries, terminology, &mut findings)?;
    Ok(Parsed { value: import, findings })
}

/// What a record's codes and names are looked up by in other vocabularies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Codes, `system:code` with the system's short name.
    pub codes: BTreeSet<String>,
    /// Displays and texts.
    pub names: BTreeSet<String>,
}

/// No name of a vocabulary is longer; what is, is a note.
const LONGEST_NAME_BYTES: usize = 250;

/// The codes and names of a record; nothing of a person but these.
///
/// **Errors**: as [`import`].
pub fn named(bytes: &[u8]) -> Result<Named, FhirError> {
    let mut out = Named::default();
    let entries = entries(text(bytes)?)?;
    let mut open: Vec<&Value> =
        entries.iter().filter(|entry| entry.kind() != "Patient").map(|entry| &entry.resource).collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(map) => {
                let string = |key: &str| map.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
                if let (Some(system), Some(code)) = (string("system"), string("code")) {
                    out.codes.insert(format!("{}:{}", system_name(system), code.trim()));
                }
                let names =
                    [string("display"), string("text").filter(|_| map.contains_key("coding") || map.len() == 1)];
                out.names.extend(
                    names
                        .into_iter()
                        .flatten()
                        .map(without_cause)
                        .filter(|name| name.len() <= LONGEST_NAME_BYTES)
                        .map(str::to_owned),
                );
                open.extend(map.values());
            }
            _ => {}
        }
    }
    Ok(out)
}

fn text(bytes: &[u8]) -> Result<&str, FhirError> {
    if bytes.len() > LIMIT_BYTES {
        return Err(FhirError::TooLarge { n_bytes: bytes.len(), limit: LIMIT_BYTES });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| FhirError::NotUtf8 { at: error.valid_up_to() })?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() { Err(FhirError::Empty) } else { Ok(text) }
}

/// The resources of the document, in order.
fn entries(text: &str) -> Result<Vec<Entry>, FhirError> {
    let documents = match serde_json::from_str::<Value>(text) {
        Ok(value) => vec![value],
        Err(error) => {
            let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
            let parsed: Option<Vec<Value>> = lines.iter().map(|line| serde_json::from_str(line).ok()).collect();
            match parsed.filter(|all| all.len() > 1) {
                Some(all) => all,
                None if reason(&error).starts_with("recursion limit") => {
                    return Err(FhirError::TooDeep { line: error.line(), column: error.column() });
                }
                None => {
                    return Err(FhirError::BrokenJson {
                        line: error.line(),
                        column: error.column(),
                        reason: reason(&error),
                    });
                }
            }
        }
    };
    let mut out = Vec::new();
    for document in documents {
        if document.get("resourceType").and_then(Value::as_str).is_none() {
            return Err(FhirError::NotFhir);
        }
        flatten(document, None, &mut out);
    }
    Ok(out)
}

/// A resource, or those of a Bundle; a Bundle may hold others (the answers of a batch). JSON is never deeper than its parser allows.
fn flatten(document: Value, url: Option<String>, out: &mut Vec<Entry>) {
    match document {
        Value::Object(mut bundle) if bundle.get("resourceType").and_then(Value::as_str) == Some("Bundle") => {
            let Some(Value::Array(entries)) = bundle.remove("entry") else { return };
            for mut entry in entries {
                let url = entry.get("fullUrl").and_then(Value::as_str).map(str::to_owned);
                if let Some(resource) = entry.get_mut("resource").map(Value::take) {
                    flatten(resource, url, out);
                }
            }
        }
        resource => out.push(Entry { url, resource }),
    }
}

fn reason(error: &serde_json::Error) -> String {
    let full = error.to_string();
    full.split(" at line ").next().unwrap_or(&full).to_owned()
}

fn read(entries: &[Entry], terminology: &Layered<'_>, findings: &mut Vec<Diagnostic>) -> Result<Import, FhirError> {
    let patients: Vec<&Entry> = entries.iter().filter(|entry| entry.kind() == "Patient").collect();
    let mut ids: Vec<&str> = patients.iter().map(|patient| patient.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > 1 || (patients.is_empty() && entries.len() != 1) {
        return Err(FhirError::Patients { n_patients: patients.len() });
    }
    let mut import = Import::default();
    let record = Record {
        index: Index::of(entries),
        terminology,
        patient: patients.first().map(|patient| patient.id().to_owned()),
        urls: patients.iter().filter_map(|patient| patient.url.clone()).collect(),
        birth: None,
        sex: None,
    };
    let mut parts = Vec::new();
    if !patients.is_empty() {
        person::read(&patients, &mut import.facts, findings, &mut parts);
        for patient in &patients {
            import.facts.facts.extend(home::read(&patient.resource, patient.id(), record.terminology));
        }
        import.report.used.insert("Patient".to_owned(), patients.len());
    }
    let record = Record { birth: import.facts.birth, sex: import.facts.sex, ..record };
    let (mut birth, mut sex) = (None, None);
    let outdated = outdated(entries);
    for (place, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.kind() != "Patient") {
        let (kind, id) = (entry.kind(), entry.id());
        let reference = format!("{kind}/{id}");
        let mut reader =
            Reader { path: reference.clone(), findings, parts: &mut parts, family: Vec::new(), birth: None, sex: None };
        let read = if outdated.contains(&place) {
            Err("an older version of a resource that is there in a newer one")
        } else {
            resource::read(&entry.resource, kind, id, &record, &mut reader)
        };
        match read {
            Ok(facts) => {
                import.facts.family.append(&mut reader.family);
                birth = birth.or(reader.birth);
                sex = sex.or(reader.sex);
                *import.report.used.entry(kind.to_owned()).or_default() += 1;
                import.facts.facts.extend(facts);
            }
            Err(reason) => import.report.left.push(Left { reference, reason: reason.to_owned() }),
        }
    }
    let n_others = import.report.left.iter().filter(|left| left.reason == resource::OF_ANOTHER).count();
    if n_others > 0 {
        findings.push(
            Diagnostic::new(
                codes::OF_ANOTHER,
                Severity::Warning,
                Said::new("{count} resources have another subject than the record's patient and were left out")
                    .with("count", n_others),
            )
            .with_help("correct their references, if they are of this patient"),
        );
    }
    // What the Patient says counts before what was answered.
    import.facts.birth = import.facts.birth.or(birth);
    import.facts.sex = import.facts.sex.or(sex);
    import.is_answers = !entries.is_empty()
        && entries.iter().all(|entry| matches!(entry.kind(), "QuestionnaireResponse" | "Questionnaire" | "Patient"))
        && patients.len() < entries.len();
    import.facts.facts.sort_by(order);
    import.facts.facts.dedup();
    trialway_derived::add(&mut import.facts, terminology);
    import.facts.family.sort();
    import.facts.family.dedup();
    import.report.left.sort();
    import.report.parts = parts;
    import.report.parts.sort();
    import.report.parts.dedup();
    Ok(import)
}

/// The places of resources that the record holds in a later version, too.
fn outdated(entries: &[Entry]) -> BTreeSet<usize> {
    let updated =
        |entry: &Entry| -> Option<Timestamp> { entry.resource.get("meta")?.get("lastUpdated")?.as_str()?.parse().ok() };
    let mut latest: BTreeMap<(&str, &str), Timestamp> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.id().is_empty()) {
        if let Some(time) = updated(entry) {
            let known = latest.entry((entry.kind(), entry.id())).or_insert(time);
            *known = time.max(*known);
        }
    }
    let is_older = |entry: &Entry| match (updated(entry), latest.get(&(entry.kind(), entry.id()))) {
        (Some(time), Some(newest)) => time < *newest,
        _ => false,
    };
    entries.iter().enumerate().filter(|(_, entry)| is_older(entry)).map(|(place, _)| place).collect()
}

fn order(a: &Fact, b: &Fact) -> std::cmp::Ordering {
    // Resources without ids are told apart by what they say, so that the order of a record does not show.
    let key = |fact: &Fact| (fact.period, format!("{:?}", (&fact.value, &fact.notes)));
    a.provenance.cmp(&b.provenance).then_with(|| a.label.cmp(&b.label)).then_with(|| key(a).cmp(&key(b)))
}
