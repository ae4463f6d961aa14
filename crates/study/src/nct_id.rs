//! The registry's number of a study.

use std::fmt;
use std::str::FromStr;

/// A ClinicalTrials.gov number: `NCT` and eight digits.
///
/// **Shape**: always upper case; ordered by number.
///
/// **Example**
/// ```
/// use trialway_study::NctId;
///
/// assert_eq!(NctId::parse(" nct00000123 ").map(|id| id.to_string()), Some("NCT00000123".to_owned()));
/// assert_eq!(NctId::parse("NCT123"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NctId(u32);

impl NctId {
    /// Reads a number; space around it and the case of the letters do not matter.
    ///
    /// **Unknown**: `None` for anything but three letters and exactly eight digits.
    pub fn parse(written: &str) -> Option<Self> {
        let (letters, digits) = written.trim().split_at_checked(3)?;
        let well_formed =
            letters.eq_ignore_ascii_case("NCT") && digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
        if well_formed { digits.parse().ok().map(Self) } else { None }
    }

    /// The eight digits as a number.
    pub fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for NctId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NCT{:08}", self.0)
    }
}

/// What was written is not an NCT number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnNctId;

impl fmt::Display for NotAnNctId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an NCT number; write `NCT` and eight digits, as in `NCT01234567`")
    }
}

impl std::error::Error for NotAnNctId {}

impl FromStr for NctId {
    type Err = NotAnNctId;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        Self::parse(written).ok_or(NotAnNctId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_letters_and_eight_digits_are_a_number() {
        for (written, expected) in [
            ("NCT00000001", Some("NCT00000001")),
            ("nct99999999", Some("NCT99999999")),
            ("\tNCT01234567\n", Some("NCT01234567")),
            ("NCT0123456", None),
            ("NCT012345678", None),
            ("NCT+1234567", None),
            ("ICT01234567", None),
            ("NCT٠١٢٣", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(NctId::parse(written).map(|id| id.to_string()).as_deref(), expected, "{written}");
        }
    }
}
