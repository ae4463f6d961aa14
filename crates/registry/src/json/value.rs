//! JSON text to a value, with errors that say where, and what a value is when it is not a study.

use crate::{MAX_DEPTH, RegistryError};
use serde_json::Value;

/// Reads one JSON document.
pub(crate) fn parse_value(text: &str) -> Result<Value, RegistryError> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let reason = error.to_string();
        if reason.starts_with("recursion limit exceeded") {
            return RegistryError::TooDeep { limit: MAX_DEPTH, line, column };
        }
        // The place is said in our own sentence.
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason).to_owned();
        RegistryError::BrokenJson { line, column, reason }
    })
}

/// Says what a value is that is not a study.
pub(crate) fn describe(value: &Value) -> RegistryError {
    const GIVE_A_STUDY: &str = "give a ClinicalTrials.gov API v2 study, an object with `protocolSection`";
    let not = |found: String, help| RegistryError::NotAStudy { found, help };
    let object = match value {
        Value::Object(object) => object,
        Value::Array(items) => {
            let help = "give one study, or ingest the file as one of many studies";
            return not(format!("a list of {} items", items.len()), help);
        }
        Value::String(_) => return not("a single text".to_owned(), GIVE_A_STUDY),
        Value::Number(_) => return not("a single number".to_owned(), GIVE_A_STUDY),
        Value::Bool(_) => return not("a single true or false".to_owned(), GIVE_A_STUDY),
        Value::Null => return not("null".to_owned(), GIVE_A_STUDY),
    };
    if let Some(kind) = object.get("resourceType") {
        let kind = kind.as_str().unwrap_or("unnamed");
        let help = "give a ClinicalTrials.gov study here, and a FHIR record as the patient";
        return not(format!("a FHIR resource of type `{}`", crate::field::shown(kind)), help);
    }
    if let Some(Value::Array(studies)) = object.get("studies") {
        let help = "give one study, or ingest the file as one of many studies";
        return not(format!("a page of {} studies", studies.len()), help);
    }
    if object.get("protocolSection").is_some() {
        return not("an object whose `protocolSection` is not an object".to_owned(), GIVE_A_STUDY);
    }
    if ["FullStudiesResponse", "FullStudy", "Study", "ProtocolSection"].iter().any(|key| object.contains_key(*key)) {
        return not("a record of the registry's first JSON API".to_owned(), "fetch the study again from API v2");
    }
    let keys: Vec<String> = object.keys().take(3).map(|key| format!("`{}`", crate::field::shown(key))).collect();
    let found = match keys.is_empty() {
        true => "an empty object".to_owned(),
        false => format!("an object with {} and no `protocolSection`", keys.join(", ")),
    };
    not(found, GIVE_A_STUDY)
}
