//! As much of CBOR as an authenticator sends: whole numbers, bytes, text, lists and maps of known length.
//!
//! **Source**: RFC 8949; CTAP2's canonical form, which has no open lengths.

/// Deepest nesting that is read.
const DEEPEST: u8 = 6;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Pairs, in the order sent.
    Map(Vec<(Value, Value)>),
    /// True, false, nothing, a fraction: not looked at.
    Other,
}

impl Value {
    /// What stands under a number.
    pub fn at(&self, key: i64) -> Option<&Value> {
        self.get(&Value::Integer(key))
    }

    /// What stands under a name.
    pub fn named(&self, name: &str) -> Option<&Value> {
        self.get(&Value::Text(name.to_owned()))
    }

    fn get(&self, key: &Value) -> Option<&Value> {
        let Value::Map(pairs) = self else { return None };
        pairs.iter().find(|(one, _)| one == key).map(|(_, value)| value)
    }

    /// Its bytes.
    pub fn bytes(&self) -> Option<&[u8]> {
        if let Value::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// Its number.
    pub fn integer(&self) -> Option<i64> {
        if let Value::Integer(number) = self { Some(*number) } else { None }
    }
}

/// The first value, and how many bytes it takes.
///
/// **Unknown**: `None` for what is not CBOR, or not of this form.
pub fn read(bytes: &[u8]) -> Option<(Value, usize)> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(0)?;
    Some((value, reader.at))
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(n)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn number(&mut self, low: u8) -> Option<u64> {
        let n = match low {
            0..=23 => return Some(u64::from(low)),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => return None,
        };
        Some(self.take(n)?.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    fn value(&mut self, depth: u8) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let first = *self.take(1)?.first()?;
        let number = self.number(first & 31)?;
        // What is left bounds every length, so that none makes room for more than was sent.
        let left = self.bytes.len() - self.at;
        let length = usize::try_from(number).ok();
        let within = || length.filter(|n| *n <= left);
        Some(match first >> 5 {
            0 => Value::Integer(i64::try_from(number).ok()?),
            1 => Value::Integer(-1 - i64::try_from(number).ok()?),
            2 => Value::Bytes(self.take(within()?)?.to_vec()),
            3 => Value::Text(String::from_utf8(self.take(within()?)?.to_vec()).ok()?),
            4 => Value::List((0..within()?).map(|_| self.value(depth + 1)).collect::<Option<_>>()?),
            5 => Value::Map(
                (0..within()?)
                    .map(|_| Some((self.value(depth + 1)?, self.value(depth + 1)?)))
                    .collect::<Option<_>>()?,
            ),
            7 => Value::Other,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn values_are_read_and_nonsense_is_not() {
        let map = read(&[0xa2, 0x01, 0x02, 0x63, b'f', b'm', b't', 0x42, 1, 2, 0xff]).unwrap();
        assert_eq!(map.1, 10);
        assert_eq!(map.0.at(1), Some(&Value::Integer(2)));
        assert_eq!(map.0.named("fmt").and_then(Value::bytes), Some(&[1, 2][..]));
        assert_eq!(read(&[0x39, 0x01, 0x00]).unwrap().0, Value::Integer(-257));
        for bad in
            [&[][..], &[0x42, 1], &[0x5f], &[0x9b, 255, 255, 255, 255, 255, 255, 255, 255], &[0xc1, 0], &[0x81; 40]]
        {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
