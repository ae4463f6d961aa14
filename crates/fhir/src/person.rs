//! Patient: birth, sex and death; nothing else of the person.

use crate::codes;
use crate::element::{Reader, extensions, read_coded};
use crate::reference::Entry;
use jiff::civil::Date;
use serde_json::Value;
use trialway_diagnostics::{Diagnostic, Said, Severity};
use trialway_patient::{Facts, Left, PartialDate, RecordedSex};

/// Extensions that state a sex or gender beside `gender`.
const BESIDE: [&str; 7] = [
    "us-core-birthsex",
    "us-core-sex",
    "patient-birthSex",
    "patient-genderIdentity",
    "us-core-genderIdentity",
    "individual-genderIdentity",
    "patient-sexParameterForClinicalUse",
];

/// Reads the Patient; several of one id are copies, and what they state differently is taken from none.
pub(crate) fn read(patients: &[&Entry], facts: &mut Facts, findings: &mut Vec<Diagnostic>, parts: &mut Vec<Left>) {
    patients.first().map(|patient| patient.id()).unwrap_or_default().clone_into(&mut facts.patient);
    let mut reader = Reader { path: "Patient".to_owned(), findings, parts, family: Vec::new(), birth: None, sex: None };
    let births = patients.iter().filter_map(|patient| reader.date(&patient.resource, "birthDate")).collect();
    facts.birth = the_one(births, "birthDate", &mut reader);
    let mut sexes: Vec<RecordedSex> = Vec::new();
    for patient in patients {
        sexes.extend(stated(&patient.resource));
    }
    facts.sex = the_one(sexes, "gender", &mut reader);
    let born = facts.birth.map_or(Date::MIN, |birth| birth.earliest);
    let deaths = patients
        .iter()
        .filter_map(|patient| {
            reader.date(&patient.resource, "deceasedDateTime").or_else(|| {
                let dead = patient.resource.get("deceasedBoolean").and_then(Value::as_bool) == Some(true);
                let broken = patient.resource.get("deceasedDateTime").is_some();
                (dead || broken).then_some(PartialDate { earliest: born, latest: Date::MAX })
            })
        })
        .collect::<Vec<_>>();
    // Whoever is stated to be dead in one copy is: only the day may be in doubt.
    facts.deceased = match deaths.as_slice() {
        [] => None,
        all => {
            let earliest = all.iter().map(|death| death.earliest).min().unwrap_or(born);
            let latest = all.iter().map(|death| death.latest).max().unwrap_or(Date::MAX);
            reader.findings.push(
                Diagnostic::new(codes::DECEASED, Severity::Warning, "the record says that the patient has died")
                    .in_field("Patient.deceased")
                    .with_help("check that it is the right record"),
            );
            Some(PartialDate { earliest, latest })
        }
    };
}

/// What a Patient states of sex and gender; one that is not known says nothing.
fn stated(patient: &Value) -> Vec<RecordedSex> {
    let gender = patient.get("gender").and_then(Value::as_str).and_then(word);
    let beside = BESIDE.iter().flat_map(|name| extensions(patient, name)).filter_map(|extension| {
        let value = |element: &Value| -> Option<RecordedSex> {
            if let Some(code) = element.get("valueCode").and_then(Value::as_str) {
                return word(code);
            }
            let concept = element.get("valueCodeableConcept").or_else(|| element.get("valueCoding"))?;
            let coded = read_coded(Some(concept));
            coded.codings.iter().find_map(|(_, code, _)| word(code))
        };
        value(extension).or_else(|| extension.get("extension")?.as_array()?.iter().find_map(value))
    });
    gender.into_iter().chain(beside).collect()
}

/// A code of a sex or gender; `None` for those that say that it is not known.
fn word(code: &str) -> Option<RecordedSex> {
    match code.trim().to_ascii_lowercase().as_str() {
        "female" | "f" | "248152002" | "446141000124107" | "female-typical" => Some(RecordedSex::Female),
        "male" | "m" | "248153007" | "446151000124109" | "male-typical" => Some(RecordedSex::Male),
        "" | "unknown" | "unk" | "asku" | "u" => None,
        _ => Some(RecordedSex::Other),
    }
}

/// The one value stated; none, with a finding, where two differ.
fn the_one<T: Copy + PartialEq>(all: Vec<T>, element: &str, reader: &mut Reader<'_>) -> Option<T> {
    let first = all.first().copied()?;
    if all.iter().all(|other| *other == first) {
        return Some(first);
    }
    reader.findings.push(
        Diagnostic::new(
            codes::DIFFERING,
            Severity::Warning,
            Said::new("the record states `{element}` in ways that differ; criteria that ask for it stay open")
                .with("element", element),
        )
        .in_field(format!("Patient.{element}"))
        .with_help("ask which one the study means, and correct the record"),
    );
    None
}
