//! Why a unit could not be used.

/// Why a unit could not be read or converted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// The unit is in no table.
    #[error("the unit `{written}` is not known; write it in UCUM, such as `mg/dL`")]
    Unreadable {
        /// As written.
        written: String,
    },
    /// The two measure different things.
    #[error("`{from}` cannot be converted to `{to}`: they measure different things")]
    DifferentDimension {
        /// The unit given.
        from: String,
        /// The unit asked for.
        to: String,
    },
    /// Mass and amount convert only for a known substance.
    #[error("converting `{from}` to `{to}` needs the substance's molar mass or valence, which is not known")]
    NeedsAnalyte {
        /// The unit given.
        from: String,
        /// The unit asked for.
        to: String,
    },
    /// The number is too large or too small.
    #[error("the value is out of range for a conversion from `{from}` to `{to}`")]
    Overflow {
        /// The unit given.
        from: String,
        /// The unit asked for.
        to: String,
    },
}
