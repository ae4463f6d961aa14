//! Files of many studies: one study a line, a list, or a page of the registry's API.

use crate::form::{check_size, decode, first_char};
use crate::{RegistryError, json, parse_study, parse_study_json};
use serde_json::Value;
use trialway_diagnostics::Parsed;
use trialway_study::Study;

/// One record of a file, read or refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The line of the file on which the record stands, from 1; `None` where records are items of one JSON document.
    pub line: Option<usize>,
    /// Which record of the file it is, from 0.
    pub index: usize,
    /// The study, or why there is none. A place within the record is counted from the record's own line.
    pub study: Result<Parsed<Study>, RegistryError>,
}

/// Reads every study of a file.
///
/// **Shape**: one entry per record in the order of the file: per line that is not blank (NDJSON), per item of a list, per item
/// of `studies` in a page, or one for a file that is one record. A record that cannot be read is an entry with its error and
/// does not keep the others from being read.
///
/// **Errors**: a document that cannot be read as a whole is one entry with its error. [`RegistryError::TooLarge`] counts one
/// line of NDJSON, and the whole of any other document.
///
/// **Example**
/// ```
/// use trialway_registry::parse_studies;
///
/// let file = b"{\"protocolSection\": {}}\n\n{\"resourceType\": \"Patient\"}\n";
/// let records = parse_studies(file);
/// assert_eq!(records.iter().map(|record| record.line).collect::<Vec<_>>(), [Some(1), Some(3)]);
/// assert!(records[0].study.is_ok() && records[1].study.is_err());
/// ```
pub fn parse_studies(bytes: &[u8]) -> Vec<Record> {
    if is_one_record_a_line(bytes) {
        let bytes = without_mark(bytes);
        return lines(bytes)
            .enumerate()
            .map(|(index, (line, record))| Record { line: Some(line), index, study: parse_study(record) })
            .collect();
    }
    match parse_document(bytes) {
        Ok(studies) => {
            studies.into_iter().enumerate().map(|(index, study)| Record { line: None, index, study }).collect()
        }
        Err(error) => vec![Record { line: None, index: 0, study: Err(error) }],
    }
}

type OneStudy = Result<Parsed<Study>, RegistryError>;

fn parse_document(bytes: &[u8]) -> Result<Vec<OneStudy>, RegistryError> {
    let text = decode(bytes)?;
    if !matches!(first_char(text)?, '{' | '[') {
        return Ok(vec![parse_study(bytes)]);
    }
    let document = json::parse_value(text)?;
    let items = match &document {
        Value::Array(items) => Some(items),
        Value::Object(page) if !page.contains_key("protocolSection") => page.get("studies").and_then(Value::as_array),
        _ => None,
    };
    Ok(match items {
        Some(items) => items.iter().map(parse_study_json).collect(),
        None => vec![parse_study_json(&document)],
    })
}

/// The bytes without a UTF-8 byte order mark.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The lines that are not blank, with their numbers.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    lines.map(|(index, line)| (index + 1, line)).filter(|(_, line)| !line.trim_ascii().is_empty())
}

/// Whether this is NDJSON: the first line is an object by itself, or the second opens another.
///
/// A single object that is written over several lines passes neither test: after its first `{` comes a key.
pub(crate) fn is_one_record_a_line(bytes: &[u8]) -> bool {
    let mut lines = lines(without_mark(bytes));
    let (Some((_, first)), Some((_, second))) = (lines.next(), lines.next()) else {
        return false;
    };
    let (first, second) = (first.trim_ascii(), second.trim_ascii());
    first.starts_with(b"{")
        && (second.starts_with(b"{")
            || first.ends_with(b"}")
                && check_size(first.len()).is_ok()
                && serde_json::from_slice::<Value>(first).is_ok())
}
