//! Numbers, units and quantities of medicine: decimals as written, UCUM units behind clinical spellings, exact conversion.
//!
//! ```text
//! "1,000" -> number -> Decimal          "x10^9/L" -> spelling -> Unit (UCUM)
//!                     Decimal + Unit -> convert -> Decimal in another unit, or a refusal that says why
//! ```
//!
//! The spelling table and every factor are data (`data/units.tsv`). Dimensions are finer than UCUM's on purpose: counts are
//! not moles, and a clearance is not a clearance per body surface.

mod convert;
mod error;
mod number;
mod spelling;

pub use convert::{Analyte, convert, convert_hba1c, same_dimension};
pub use error::UnitError;
pub use number::{Number, parse_number, parse_number_word, parse_value};
pub use rust_decimal::Decimal;
pub use spelling::{Unit, parse_unit, scan_unit};

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
}
