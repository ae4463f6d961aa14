//! Why a record could not be read at all.

/// Why a record could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FhirError {
    /// Above the limit.
    #[error("the record has {n_bytes} bytes, more than the {limit} that are read; split it")]
    TooLarge {
        /// Size.
        n_bytes: usize,
        /// Limit.
        limit: usize,
    },
    /// Not UTF-8.
    #[error("byte {at} is not UTF-8; save the file as UTF-8")]
    NotUtf8 {
        /// First bad byte.
        at: usize,
    },
    /// Not JSON.
    #[error("line {line}, column {column} is not valid JSON ({reason}); the file may be cut off")]
    BrokenJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// Brackets within each other without end.
    #[error("line {line}, column {column} is nested deeper than 128 levels, which no record is; export it again")]
    TooDeep {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON without a resource type.
    #[error("this is JSON but not FHIR: `resourceType` is missing at the top; give a FHIR R4 Bundle or resource")]
    NotFhir,
    /// No patient, or several.
    #[error("the record holds {n_patients} Patient resources; give exactly one patient per file")]
    Patients {
        /// How many.
        n_patients: usize,
    },
    /// Nothing there.
    #[error("the file is empty; give a FHIR R4 Bundle or resource")]
    Empty,
}
