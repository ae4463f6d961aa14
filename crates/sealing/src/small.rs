//! Small secrets, sealed one by one with a key that is kept elsewhere.
//!
//! ```text
//! nonce (12) | cipher text | proof (16)
//! ```
//!
//! **Source**: ChaCha20-Poly1305 (RFC 8439) under random nonces; the key of a purpose by HKDF-SHA-256 (RFC 5869) from a file's key. What a
//! secret is about is bound to it: sealed for one, it does not open for another.

use crate::SealError;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};
use std::fmt;
use std::sync::Arc;

/// Random bytes that [`SmallKey::seal`] wants, new for each secret.
pub const RANDOM_BYTES: usize = NONCE_LEN;

/// A key for small secrets of one purpose. Cheap to clone; it does not print itself.
#[derive(Clone)]
pub struct SmallKey(Arc<LessSafeKey>);

impl fmt::Debug for SmallKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SmallKey(…)")
    }
}

impl SmallKey {
    /// The key of a purpose.
    ///
    /// **Errors**: [`SealError::BadKey`] where none can be made.
    pub fn of(file_key: &[u8; 32], purpose: &str) -> Result<Self, SealError> {
        let purpose = [purpose.as_bytes()];
        let extracted = Salt::new(HKDF_SHA256, b"trialway").extract(file_key);
        let expanded = extracted
            .expand(&purpose, &CHACHA20_POLY1305)
            .map_err(|_| SealError::BadKey("cannot be made into a key"))?;
        Ok(Self(Arc::new(LessSafeKey::new(UnboundKey::from(expanded)))))
    }

    /// Seals a secret about something.
    ///
    /// **Errors**: [`SealError::BadKey`] where it cannot be done.
    pub fn seal(&self, secret: &[u8], about: &str, random: [u8; RANDOM_BYTES]) -> Result<Vec<u8>, SealError> {
        let mut sealed = secret.to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(random), Aad::from(about.as_bytes()), &mut sealed)
            .map_err(|_| SealError::BadKey("cannot encrypt this"))?;
        let mut out = random.to_vec();
        out.append(&mut sealed);
        Ok(out)
    }

    /// Opens what was sealed about the same.
    ///
    /// **Errors**: [`SealError::WrongKey`] for another key, another matter, and what was changed.
    pub fn open(&self, sealed: &[u8], about: &str) -> Result<Vec<u8>, SealError> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or(SealError::WrongKey)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::WrongKey)?;
        let mut rest = rest.to_vec();
        let plain = self.0.open_in_place(nonce, Aad::from(about.as_bytes()), &mut rest);
        plain.map(|plain| plain.to_vec()).map_err(|_| SealError::WrongKey)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_for_its_purpose_and_about_the_same_alone() {
        let key = SmallKey::of(&[1; 32], "codes").unwrap();
        let sealed = key.seal(b"twenty bytes of them", "ada", [9; RANDOM_BYTES]).unwrap();
        assert_eq!(key.open(&sealed, "ada").unwrap(), b"twenty bytes of them");
        assert!(!sealed.windows(6).any(|window| window == b"twenty"));
        assert!(key.open(&sealed, "eve").is_err(), "bound to whom it is about");
        assert!(SmallKey::of(&[2; 32], "codes").unwrap().open(&sealed, "ada").is_err());
        assert!(SmallKey::of(&[1; 32], "others").unwrap().open(&sealed, "ada").is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open(&changed, "ada").is_err(), "{at}");
            assert!(key.open(&sealed[..at], "ada").is_err(), "{at}");
        }
        assert_eq!(format!("{key:?}"), "SmallKey(…)");
    }
}
