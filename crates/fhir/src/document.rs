//! The forms a record comes in: a Bundle, one resource, or NDJSON.

use crate::element::Reader;
use crate::meaning::without_cause;
use crate::report::Left;
use crate::{FhirError, Import, resource};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use trialway_diagnostics::{Diagnostic, Parsed};
use trialway_patient::{Fact, Facts, PartialDate, RecordedSex};
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
    let resources = resources(text(bytes)?)?;
    let mut findings = Vec::new();
    let import = read(&resources, terminology, &mut findings)?;
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
    let resources = resources(text(bytes)?)?;
    let mut open: Vec<&Value> = resources.iter().filter(|resource| kind(resource) != "Patient").collect();
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
fn resources(text: &str) -> Result<Vec<Value>, FhirError> {
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
        match document.get("resourceType").and_then(Value::as_str) {
            None => return Err(FhirError::NotFhir),
            Some("Bundle") => {
                let Value::Object(mut bundle) = document else { continue };
                if let Some(Value::Array(entries)) = bundle.remove("entry") {
                    out.extend(entries.into_iter().filter_map(|mut entry| entry.get_mut("resource").map(Value::take)));
                }
            }
            Some(_) => out.push(document),
        }
    }
    Ok(out)
}

fn reason(error: &serde_json::Error) -> String {
    let full = error.to_string();
    full.split(" at line ").next().unwrap_or(&full).to_owned()
}

fn read(resources: &[Value], terminology: &Layered<'_>, findings: &mut Vec<Diagnostic>) -> Result<Import, FhirError> {
    let patients: Vec<&Value> = resources.iter().filter(|r| kind(r) == "Patient").collect();
    let mut ids: Vec<&str> = patients.iter().map(|p| p.get("id").and_then(Value::as_str).unwrap_or_default()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > 1 || (patients.is_empty() && resources.len() != 1) {
        return Err(FhirError::Patients { n_patients: patients.len() });
    }
    let mut import = Import::default();
    if let Some(patient) = patients.first() {
        person(patient, &mut import.facts, findings);
        *import.report.used.entry("Patient".to_owned()).or_default() += 1;
    }
    let studies: BTreeMap<String, &Value> = resources
        .iter()
        .filter(|r| kind(r) == "ResearchStudy")
        .filter_map(|r| Some((r.get("id")?.as_str()?.to_owned(), r)))
        .collect();
    for resource in resources.iter().filter(|r| !matches!(kind(r), "Patient")) {
        let id = resource.get("id").and_then(Value::as_str).unwrap_or_default();
        let reference = format!("{}/{id}", kind(resource));
        let mut reader = Reader { path: reference.clone(), findings };
        match resource::read(resource, kind(resource), id, &studies, terminology, &mut reader) {
            Ok(facts) => {
                *import.report.used.entry(kind(resource).to_owned()).or_default() += 1;
                import.facts.facts.extend(facts);
            }
            Err(reason) => import.report.left.push(Left { reference, reason: reason.to_owned() }),
        }
    }
    import.facts.facts.sort_by(order);
    import.facts.facts.dedup();
    import.report.left.sort();
    Ok(import)
}

fn order(a: &Fact, b: &Fact) -> std::cmp::Ordering {
    a.provenance.cmp(&b.provenance).then_with(|| a.label.cmp(&b.label))
}

fn kind(resource: &Value) -> &str {
    resource.get("resourceType").and_then(Value::as_str).unwrap_or_default()
}

/// Birth date, sex and death; nothing else of the person.
fn person(patient: &Value, facts: &mut Facts, findings: &mut Vec<Diagnostic>) {
    patient.get("id").and_then(Value::as_str).unwrap_or_default().clone_into(&mut facts.patient);
    let mut reader = Reader { path: "Patient".to_owned(), findings };
    facts.birth = reader.date(patient, "birthDate");
    facts.sex = match patient.get("gender").and_then(Value::as_str) {
        Some("female") => Some(RecordedSex::Female),
        Some("male") => Some(RecordedSex::Male),
        Some("other") => Some(RecordedSex::Other),
        _ => None,
    };
    facts.deceased = reader.date(patient, "deceasedDateTime").or_else(|| {
        let dead = patient.get("deceasedBoolean").and_then(Value::as_bool) == Some(true);
        let born = facts.birth.map(|birth| birth.earliest);
        dead.then(|| PartialDate { earliest: born.unwrap_or(jiff::civil::Date::MIN), latest: jiff::civil::Date::MAX })
    });
}
