//! Random numbers of the system: secrets of private links, ids of mails, numbers that cannot be counted up.

use crate::error::Problem;
use ring::rand::{SecureRandom, SystemRandom};

/// Letters of a secret: 20 random bytes as hexadecimal digits.
const SECRET: usize = 40;

/// Random bytes.
///
/// **Errors**: where the system gives none.
pub fn bytes<const N: usize>() -> Result<[u8; N], Problem> {
    let mut out = [0; N];
    SystemRandom::new().fill(&mut out).map_err(|_| Problem::NoRandom)?;
    Ok(out)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A new secret for a private link.
pub fn secret() -> Result<String, Problem> {
    Ok(hex(&bytes::<20>()?))
}

/// A new number of an enquiry.
pub fn number() -> Result<String, Problem> {
    Ok(hex(&bytes::<8>()?))
}

/// Letters of an enquiry's number: 8 random bytes as hexadecimal digits.
const NUMBER: usize = 16;

/// Whether a text has the form of an enquiry's number.
pub fn is_number(text: &str) -> bool {
    text.len() == NUMBER && is_hexadecimal(text)
}

/// Whether a text has the form of our secrets; others are not looked up.
pub fn is_secret(text: &str) -> bool {
    text.len() == SECRET && is_hexadecimal(text)
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
