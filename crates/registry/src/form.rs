//! Which form a record has, and the guards that hold for every form.

use crate::many::is_one_record_a_line;
use crate::{RegistryError, json, xml};
use trialway_diagnostics::Parsed;
use trialway_study::Study;

/// The largest record that is read.
///
/// **Units**: bytes; 64 MiB. The largest study of the registry has about a tenth of that.
pub const MAX_RECORD_BYTES: usize = 64 * 1024 * 1024;

/// How deeply brackets or elements may be nested; studies reach about 20.
pub const MAX_DEPTH: usize = 128;

/// Reads one study in whichever form it comes: an API v2 JSON object or a legacy `clinical_study` XML document.
///
/// **Shape**: one record in, one study out, findings in the order of the fields.
///
/// **Unknown**: a field that cannot be read is left out of the study, never guessed; a finding gives its path.
///
/// **Errors**: every [`RegistryError`]; for a file of several studies see [`crate::parse_studies`].
///
/// **Example**
/// ```
/// use trialway_registry::parse_study;
///
/// let record = br#"{"protocolSection": {
///     "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A trial"},
///     "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* ALT <= 3 x ULN"}}}"#;
/// let parsed = parse_study(record).unwrap();
/// assert_eq!(parsed.value.doc, "NCT00000001");
/// assert_eq!(parsed.value.eligibility.text.as_deref(), Some("Inclusion Criteria:\n\n* ALT <= 3 x ULN"));
/// assert!(parsed.findings.is_empty());
/// ```
pub fn parse_study(bytes: &[u8]) -> Result<Parsed<Study>, RegistryError> {
    let text = decode(bytes)?;
    match first_char(text)? {
        '{' if is_one_record_a_line(bytes) => Err(RegistryError::NotAStudy {
            found: "a file of several records, one a line".to_owned(),
            help: "give one of them, or ingest the file",
        }),
        '{' | '[' => json::parse_study_json(&json::parse_value(text)?),
        '<' => xml::parse_study_xml(text),
        start => Err(RegistryError::UnknownForm { start }),
    }
}

/// The text of a record, without a byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, RegistryError> {
    check_size(bytes.len())?;
    let text = std::str::from_utf8(bytes).map_err(|error| RegistryError::NotUtf8 { byte: error.valid_up_to() })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

pub(crate) fn check_size(n_bytes: usize) -> Result<(), RegistryError> {
    if n_bytes > MAX_RECORD_BYTES {
        return Err(RegistryError::TooLarge { n_bytes, limit_bytes: MAX_RECORD_BYTES });
    }
    Ok(())
}

pub(crate) fn first_char(text: &str) -> Result<char, RegistryError> {
    text.trim_start().chars().next().ok_or(RegistryError::Empty)
}
