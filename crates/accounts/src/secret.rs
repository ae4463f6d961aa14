//! Secrets that are given out once, and what is kept of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::fmt;

/// 256 random bits: an invitation, a session, a challenge.
///
/// **Shape**: its text goes to one person; only its hash is kept. It does not print itself in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A secret of random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As it is given out: 43 characters that an address or a cookie can hold.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The secret of such a text; none for any other.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?))
    }

    /// What is kept: SHA-256 in hexadecimal. Enough for 256 random bits, which nobody can try through.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes as an address can hold them.
pub fn web_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of such a text.
pub fn web_bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn a_secret_comes_back_from_its_text_and_not_from_another() {
        let secret = Secret::new([7; 32]);
        assert_eq!(Secret::parse(&secret.text()), Some(secret.clone()));
        for bad in ["", "abc", &"A".repeat(42), &"A".repeat(44), &"!".repeat(43)] {
            assert_eq!(Secret::parse(bad), None, "{bad}");
        }
        assert!(!format!("{secret:?}").contains(&secret.text()));
        assert_ne!(secret.hash(), Secret::new([8; 32]).hash());
    }
}
