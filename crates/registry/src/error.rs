//! Why bytes are not a study.

use thiserror::Error;

/// What is wrong with a record as a whole; anything less is a finding.
///
/// **Shape**: each message is one sentence that says what was found, where, and how to mend it; the caller adds the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RegistryError {
    /// More bytes than any record has.
    #[error(
        "the record has {n_bytes} bytes and at most {limit_bytes} are read; split the file into one study a line, or one file a study"
    )]
    TooLarge {
        /// Its size.
        n_bytes: usize,
        /// The most that is read.
        limit_bytes: usize,
    },
    /// Nothing but space.
    #[error("the record is empty; give a ClinicalTrials.gov study as JSON or XML")]
    Empty,
    /// Bytes that are not text.
    #[error("byte {byte} is not valid UTF-8; convert the file to UTF-8, or fetch it again")]
    NotUtf8 {
        /// The first bad byte, counted from 0.
        byte: usize,
    },
    /// Neither `{` or `[` nor `<` at the start.
    #[error(
        "the record starts with `{start}`, which is neither JSON (`{{`) nor XML (`<`); give a ClinicalTrials.gov study as JSON or XML"
    )]
    UnknownForm {
        /// The first character that is not space.
        start: char,
    },
    /// Not well-formed JSON.
    #[error("the JSON is broken at line {line}, column {column}: {reason}; fetch the record again, or mend it there")]
    BrokenJson {
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
        /// What the reader stumbled over.
        reason: String,
    },
    /// Not well-formed XML.
    #[error("the XML is broken at line {line}, column {column}: {reason}; fetch the record again, or mend it there")]
    BrokenXml {
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
        /// What the reader stumbled over.
        reason: String,
    },
    /// Brackets or elements within each other without end.
    #[error(
        "the record is nested deeper than {limit} levels at line {line}, column {column}, which no study is; fetch it again from the registry"
    )]
    TooDeep {
        /// The most that is read.
        limit: usize,
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
    },
    /// Well-formed, and something else.
    #[error("the record is not a study: it is {found}; {help}")]
    NotAStudy {
        /// What it is.
        found: String,
        /// What to give instead.
        help: &'static str,
    },
}
