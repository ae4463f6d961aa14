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
    parse_value(written).map(|value| Number { value, written: written.to_owned() })
}

/// The value of a number as written; the same as that of [`parse_number`].
pub fn parse_value(written: &str) -> Option<Decimal> {
    plain_value(written).or_else(|| any_value(written))
}

/// Digits with at most one point between them, few enough for one machine word: how nearly all numbers are written.
fn plain_value(written: &str) -> Option<Decimal> {
    const LONGEST: usize = 18;
    let (whole, part) = written.split_once('.').unwrap_or((written, "0"));
    let has_point = whole.len() != written.len();
    if whole.is_empty() || part.is_empty() || written.len() > LONGEST {
        return None;
    }
    let mut value = 0_i64;
    for byte in whole.bytes().chain(part.bytes().filter(|_| has_point)) {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        value = value * 10 + i64::from(digit);
    }
    let scale = if has_point { u32::try_from(part.len()).ok()? } else { 0 };
    Some(Decimal::new(value, scale))
}

fn any_value(written: &str) -> Option<Decimal> {
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
    Decimal::from_str(&digits).ok()
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
    if !matches!(
        word.as_bytes(),
        [b'o' | b't' | b'f' | b's' | b'e' | b'n' | b'h' | b'O' | b'T' | b'F' | b'S' | b'E' | b'N' | b'H', _, _, ..]
    ) {
        return None;
    }
    // Every character whose lower case is one of these letters is itself an ASCII letter.
    let mut lower = [0_u8; 8];
    lower.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let value: u32 = match lower.get(..word.len())? {
        b"one" => 1,
        b"two" => 2,
        b"three" => 3,
        b"four" => 4,
        b"five" => 5,
        b"six" => 6,
        b"seven" => 7,
        b"eight" => 8,
        b"nine" => 9,
        b"ten" => 10,
        b"eleven" => 11,
        b"twelve" => 12,
        b"fifteen" => 15,
        b"eighteen" => 18,
        b"twenty" => 20,
        b"thirty" => 30,
        b"sixty" => 60,
        b"ninety" => 90,
        b"hundred" => 100,
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

    #[test]
    fn the_short_way_gives_the_same_digits() {
        for written in ["0", "00", "7", "007", "0.0", "0.50", "10.0", "12345678.123456789", "999999999999999999"] {
            let (short, long) = (plain_value(written), any_value(written));
            assert_eq!(short.map(|n| n.to_string()), long.map(|n| n.to_string()), "{written}");
        }
        for written in ["", ".", "1.", ".5", "1..2", "1,000", "-1", "1 "] {
            assert_eq!(plain_value(written), None, "{written}");
        }
    }

    #[test]
    fn number_words_in_any_case() {
        assert_eq!(parse_number_word("Twelve"), Some(Decimal::from(12)));
        assert_eq!(parse_number_word("EIGHTEEN"), Some(Decimal::from(18)));
        for word in ["", "on", "ones", "eighteenth", "ｏne"] {
            assert_eq!(parse_number_word(word), None, "{word}");
        }
    }
}
