//! Codes on paper for who lost the phone: each good once, kept as Argon2id hashes.

use crate::secret::hex;
use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq;

/// Codes of one account.
pub const N_CODES: usize = 8;
/// Random bytes of one code: 60 bits of them are used.
pub const CODE_BYTES: usize = 12;
/// Bytes of an account's salt.
pub const SALT_BYTES: usize = 16;

/// Letters that are not mistaken for each other.
const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz-";

/// A code of random bytes: twelve letters in three groups.
pub fn code(random: [u8; CODE_BYTES]) -> String {
    let mut out = String::new();
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push('-');
        }
        // 31 letters: a slight lean that leaves more than 59 bits.
        let letter = LETTERS.get(usize::from(*byte) % 31).copied().unwrap_or(b'2');
        out.push(char::from(letter));
    }
    out
}

/// Whether something given looks like a code on paper rather than one of an app.
pub fn is_code(given: &str) -> bool {
    plain(given).len() == CODE_BYTES
}

fn plain(given: &str) -> String {
    given.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// What is kept of a code, in hexadecimal.
///
/// **Errors**: `None` where the salt is too short.
///
/// **Source**: OWASP's parameters for Argon2id: 19 MiB, two passes, one lane.
pub fn hash(given: &str, salt: &[u8]) -> Option<String> {
    let params = Params::new(19 * 1024, 2, 1, Some(32)).ok()?;
    let mut out = [0_u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(plain(given).as_bytes(), salt, &mut out)
        .ok()?;
    Some(hex(&out))
}

/// Which of the kept hashes a fresh one is; all are looked at.
pub fn find<'a>(fresh: &str, kept: &'a [String]) -> Option<&'a String> {
    let mut found = None;
    for one in kept {
        if one.as_bytes().ct_eq(fresh.as_bytes()).into() {
            found = Some(one);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn a_code_is_known_by_its_hash_however_it_is_typed() {
        let one = code([0, 31, 62, 255, 4, 5, 6, 7, 8, 9, 10, 11]);
        assert_eq!(one.len(), 14);
        assert!(is_code(&one) && !is_code("123456"));
        let salt = [1; SALT_BYTES];
        let kept = vec![hash("other-other-other", &salt).unwrap(), hash(&one, &salt).unwrap()];
        let typed = one.to_uppercase().replace('-', " ");
        assert_eq!(find(&hash(&typed, &salt).unwrap(), &kept), kept.get(1));
        assert_eq!(find(&hash(&one, &[2; SALT_BYTES]).unwrap(), &kept), None, "another account's salt");
        assert!(!kept.iter().any(|hash| hash.contains(&one)));
    }
}
