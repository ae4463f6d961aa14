//! Numbers as people write them.
//!
//! | written | value |
//! | --- | --- |
//! | `1.5`, `1·5`, `1,5` | 1.5 |
//! | `50,000`, `50 000` | 50000 |
//! | `.5` | 0.5 |

use rust_decimal::Decimal;
use std::str::FromStr;

/// A number that remembers how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// Its digits as written.
    pub written: String,
}

/// Reads a number as written.
///
/// **Shape**: digits with one decimal sign (`.`, `·`, or a single `,` not followed by exactly three digits) and thousands
/// separators (`,`, thin or no-break space) between groups of three.
/// **Unknown**: `None` for anything else.
pub fn parse_number(written: &str) -> Option<Number> {
    let plain: String = written
        .trim()
        .chars()
        .map(|c| match c {
            '·' | '．' => '.',
            '，' => ',',
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
            other => other,
        })
        .filter(|c| !matches!(c, '\u{a0}' | '\u{2009}' | '\u{202f}'))
        .collect();
    let commas = plain.matches(',').count();
    let digits = if commas == 0 {
        plain
    } else if thousands(&plain) {
        plain.replace(',', "")
    } else if commas == 1 && !plain.contains('.') {
        plain.replace(',', ".")
    } else {
        return None;
    };
    let digits = if digits.starts_with('.') { format!("0{digits}") } else { digits };
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || c == '.') || digits.ends_with('.') {
        return None;
    }
    let value = Decimal::from_str(&digits).ok()?;
    Some(Number { value, written: written.to_owned() })
}

/// Whether every comma stands before a group of exactly three digits.
fn thousands(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && first != "0"
        && groups.all(|group| group.len() == 3 && group.chars().all(|c| c.is_ascii_digit()))
}

/// The value of a number word, `one` to `twelve` and a few tens.
pub fn parse_number_word(word: &str) -> Option<Decimal> {
    let value: u32 = match word.to_lowercase().as_str() {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "fifteen" => 15,
        "eighteen" => 18,
        "twenty" => 20,
        "thirty" => 30,
        "sixty" => 60,
        "ninety" => 90,
        "hundred" => 100,
        _ => return None,
    };
    Some(Decimal::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_forms() {
        for (written, value) in [
            ("1.5", "1.5"),
            ("1·5", "1.5"),
            ("1,5", "1.5"),
            ("7,8", "7.8"),
            ("50,000", "50000"),
            ("1,234,567", "1234567"),
            (".5", "0.5"),
            ("12", "12"),
            ("10.0", "10.0"),
        ] {
            assert_eq!(parse_number(written).map(|n| n.value.to_string()).as_deref(), Some(value), "{written}");
        }
        for written in ["", ".", "1.", "a", "1,2,3", "1..2", "-"] {
            assert_eq!(parse_number(written), None, "{written}");
        }
    }
}
