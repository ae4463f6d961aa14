//! Why tables could not be read at all.

/// Why tables could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OmopError {
    /// No `person` table.
    #[error("there is no table `person`; give PERSON.csv of the OMOP CDM beside the others")]
    NoPerson,
    /// Above the limit.
    #[error(
        "the table `{table}` has {n_bytes} bytes, more than the {limit} that are read; give the rows of these people only"
    )]
    TooLarge {
        /// Which table.
        table: String,
        /// Size.
        n_bytes: usize,
        /// Limit.
        limit: usize,
    },
    /// Not UTF-8.
    #[error("byte {at} of the table `{table}` is not UTF-8; save it as UTF-8")]
    NotUtf8 {
        /// Which table.
        table: String,
        /// First bad byte.
        at: usize,
    },
    /// A column that a table cannot do without.
    #[error("the table `{table}` has no column `{column}` in its first line; give the columns of the OMOP CDM 5.4")]
    NoColumn {
        /// Which table.
        table: String,
        /// Which column.
        column: String,
    },
}
