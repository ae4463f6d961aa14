//! Exact conversion between units, with a guard against units that only look alike.

use crate::UnitError;
use crate::spelling::{Known, Unit, table};
use rust_decimal::Decimal;

/// What must be known of a substance to convert between mass, amount and charge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Analyte {
    /// Grams per mole.
    pub molar_mass: Option<Decimal>,
    /// Charges per ion.
    pub valence: Option<u8>,
}

/// The same quantity in another unit.
///
/// **Units**: `value` in `from`; the result in `to`, exact where it has an end, else to 28 decimals. There and back gives
/// the value again, for values of up to 15 digits and results above a millionth.
/// **Errors**: [`UnitError::DifferentDimension`] for units that measure different things, also where UCUM would convert them
/// (moles and counts, clearance with and without body surface); [`UnitError::NeedsAnalyte`] for mass to amount without a molar mass.
pub fn convert(value: Decimal, from: &Unit, to: &Unit, analyte: Option<&Analyte>) -> Result<Decimal, UnitError> {
    if from == to {
        return Ok(value);
    }
    let names = || (from.as_str().to_owned(), to.as_str().to_owned());
    let different = || {
        let (from, to) = names();
        UnitError::DifferentDimension { from, to }
    };
    let overflow = || {
        let (from, to) = names();
        UnitError::Overflow { from, to }
    };
    let needs = || {
        let (from, to) = names();
        UnitError::NeedsAnalyte { from, to }
    };
    let (Some(a), Some(b)) = (table().by_ucum.get(from.as_str()), table().by_ucum.get(to.as_str())) else {
        return Err(different());
    };
    let bridge = match (a.dimension, b.dimension) {
        (x, y) if x == y => Bridge::None,
        ("mass/volume", "molar") => Bridge::Divide(analyte.and_then(|x| x.molar_mass).ok_or_else(needs)?),
        ("molar", "mass/volume") => Bridge::Multiply(analyte.and_then(|x| x.molar_mass).ok_or_else(needs)?),
        ("mass/mass", "mass/molar") => Bridge::Multiply(creatinine_mass()),
        ("mass/molar", "mass/mass") => Bridge::Divide(creatinine_mass()),
        ("molar", "equivalents") => Bridge::Multiply(Decimal::from(analyte.and_then(|x| x.valence).ok_or_else(needs)?)),
        ("equivalents", "molar") => Bridge::Divide(Decimal::from(analyte.and_then(|x| x.valence).ok_or_else(needs)?)),
        _ => return Err(different()),
    };
    let value = scaled(value, a, b).ok_or_else(overflow)?;
    let value = match bridge {
        Bridge::None => Some(value),
        Bridge::Multiply(factor) => value.checked_mul(factor),
        Bridge::Divide(factor) => value.checked_div(factor),
    };
    value.map(settled).ok_or_else(overflow)
}

/// A number that differs from a shorter one only by the rounding of a division is that shorter one.
fn settled(value: Decimal) -> Decimal {
    match value.round_sf(20).map(|short| short.normalize()) {
        Some(short) if short.mantissa().unsigned_abs() < 1_000_000_000_000_000 => short,
        _ => value.normalize(),
    }
}

enum Bridge {
    None,
    Multiply(Decimal),
    Divide(Decimal),
}

/// Grams of creatinine per millimole: ratios to urine creatinine convert by it (PubChem CID 588, 113.12 g/mol).
fn creatinine_mass() -> Decimal {
    Decimal::new(11312, 2)
}

/// `value * a / b`, with the fraction reduced first so that no digit is lost to a detour.
fn scaled(value: Decimal, a: &Known, b: &Known) -> Option<Decimal> {
    let (num, den) = (a.numerator.checked_mul(b.denominator)?, a.denominator.checked_mul(b.numerator)?);
    let shared = gcd(num, den);
    let num = Decimal::try_from_i128_with_scale(num / shared, 0).ok()?;
    let den = Decimal::try_from_i128_with_scale(den / shared, 0).ok()?;
    value.checked_mul(num)?.checked_div(den)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

/// Whether the two measure the same kind of thing without knowing the substance.
pub fn same_dimension(a: &Unit, b: &Unit) -> bool {
    match (table().by_ucum.get(a.as_str()), table().by_ucum.get(b.as_str())) {
        (Some(a), Some(b)) => a.dimension == b.dimension,
        _ => a == b,
    }
}

/// Haemoglobin A1c in NGSP percent from IFCC mmol/mol.
///
/// **Source**: NGSP master equation, `NGSP = 0.09148 * IFCC + 2.152`.
pub fn convert_hba1c(ifcc: Decimal) -> Decimal {
    ifcc * Decimal::new(9148, 5) + Decimal::new(2152, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(ucum: &str) -> Unit {
        Unit::new(ucum).unwrap()
    }

    #[test]
    fn laboratory_conversions() {
        let creatinine = Analyte { molar_mass: Some(Decimal::new(11312, 2)), valence: None };
        let bilirubin = Analyte { molar_mass: Some(Decimal::new(58466, 2)), valence: None };
        let sodium = Analyte { molar_mass: Some(Decimal::new(2299, 2)), valence: Some(1) };
        for (value, from, to, analyte, want) in [
            ("850", "/uL", "10*9/L", None, "0.85"),
            ("2.6", "10*3/uL", "10*9/L", None, "2.6"),
            ("5.6", "g/dL", "g/L", None, "56"),
            ("1", "mg/dL", "umol/L", Some(&creatinine), "88.40"),
            ("1", "mg/dL", "umol/L", Some(&bilirubin), "17.10"),
            ("140", "meq/L", "mmol/L", Some(&sodium), "140"),
            ("0.5", "g/g", "mg/g", None, "500"),
            ("2", "a", "mo", None, "24"),
        ] {
            let got = convert(value.parse().unwrap(), &unit(from), &unit(to), analyte).unwrap();
            assert_eq!(got.round_dp(2), want.parse::<Decimal>().unwrap(), "{value} {from}");
        }
    }

    #[test]
    fn look_alikes_are_refused() {
        for (from, to) in [
            ("mmol/L", "10*9/L"),
            ("mL/min", "mL/min/{1.73_m2}"),
            ("mg/dL", "10*9/L"),
            ("%", "g/L"),
            ("a", "d"),
            ("{titer}", "{score}"),
        ] {
            assert!(convert(Decimal::ONE, &unit(from), &unit(to), None).is_err(), "{from} {to}");
        }
        assert!(matches!(
            convert(Decimal::ONE, &unit("mg/dL"), &unit("umol/L"), None),
            Err(UnitError::NeedsAnalyte { .. })
        ));
    }
}
