//! Ids and keys: random, written in the letters of RFC 4648 section 5 without padding, kept only as hashes.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The letters of base64url.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes in letters.
pub fn to_letters(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let byte = |at: usize| u32::from(part.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for shift in [18_u32, 12, 6, 0].into_iter().take(part.len() + 1) {
            let letter = usize::try_from(bits >> shift & 63).ok().and_then(|number| LETTERS.get(number));
            out.extend(letter.map(|letter| char::from(*letter)));
        }
    }
    out
}

/// Letters as bytes.
///
/// **Unknown**: `None` for other letters, padding, and what no bytes are written as.
pub fn of_letters(letters: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(letters.len() / 4 * 3 + 2);
    for part in letters.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for at in 0..4 {
            let value = match part.get(at) {
                Some(letter) => LETTERS.iter().position(|known| known == letter)?,
                None => 0,
            };
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        let bytes = bits.to_be_bytes();
        let n = match part.len() {
            4 => 3,
            3 => 2,
            2 => 1,
            _ => return None,
        };
        // Left-over bits are zero, so that bytes are written in one way only.
        if bytes.iter().skip(1 + n).any(|rest| *rest != 0) {
            return None;
        }
        out.extend(bytes.iter().skip(1).take(n));
    }
    Some(out)
}

/// What stands in the store for an id or a key.
pub type Hash = [u8; 32];

fn hash(of: &str, bytes: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(b"trialway kept 1 ");
    hasher.update(of.as_bytes());
    hasher.update([0]);
    hasher.update(bytes);
    hasher.finalize().into()
}

/// Whether two hashes are the same, in a time that does not tell where they differ.
pub fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// The name of something kept: 128 random bits, so that none can be guessed and no two of one person have anything in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id([u8; 16]);

impl Id {
    /// An id of random bytes.
    pub fn of(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// An id as it stands in a link.
    pub fn parse(letters: &str) -> Option<Self> {
        (letters.len() == 22).then(|| of_letters(letters))??.try_into().ok().map(Self)
    }

    /// As it stands in a link.
    pub fn letters(&self) -> String {
        to_letters(&self.0)
    }

    /// What stands in the store for it.
    pub fn hash(&self) -> Hash {
        hash("id", &self.0)
    }
}

/// A key of 256 bits that authenticates: of who opens, or of who may revoke.
///
/// It has no `Debug`: it is never written anywhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// A key as it is sent.
    pub fn parse(letters: &str) -> Option<Self> {
        (letters.len() == 43).then(|| of_letters(letters))??.try_into().ok().map(Self)
    }

    /// What stands in the store for it.
    pub fn hash(&self) -> Hash {
        hash("key", &self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn letters_are_those_of_the_standard() {
        for (bytes, want) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{3ff}>", "z78-")]
        {
            assert_eq!(to_letters(bytes.as_bytes()), want);
            assert_eq!(of_letters(want).unwrap(), bytes.as_bytes());
        }
        for bad in ["Z", "Zh", "Zm9", "Zg==", "Z+8", "Zm8 ", "é"] {
            assert_eq!(of_letters(bad), None, "{bad}");
        }
    }

    #[test]
    fn ids_and_keys_have_their_length_and_nothing_else() {
        let id = Id::of([7; 16]);
        assert_eq!(Id::parse(&id.letters()).unwrap(), id);
        assert_ne!(id.hash(), Id::of([8; 16]).hash());
        assert!(Id::parse("short").is_none() && Id::parse(&"A".repeat(43)).is_none());
        let key = Key::parse(&"A".repeat(43)).unwrap();
        assert!(Key::parse(&"A".repeat(42)).is_none() && Key::parse(&format!("{}B", "A".repeat(42))).is_none());
        // An id and a key of the same bytes have no hash in common.
        assert_ne!(hash("id", &[0; 32]), key.hash());
        assert!(is_same(&key.hash(), &key.hash()) && !is_same(&key.hash(), &id.hash()) && !is_same(&[], &[0]));
    }
}
