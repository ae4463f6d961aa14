//! Codes of an app that change every 30 seconds.
//!
//! **Source**: RFC 6238 with HMAC-SHA-1, six digits, as every app for codes knows them; RFC 4648 for base 32.

use ring::hmac;
use subtle::ConstantTimeEq;

/// Seconds of one code.
pub const STEP_SECONDS: i64 = 30;
/// Codes of so many steps before and after now are taken, for clocks that differ.
const AROUND: i64 = 1;
/// Bytes of a secret.
pub const SECRET_BYTES: usize = 20;

/// The code of a step.
pub fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let at = usize::from(bytes.last().copied().unwrap_or_default() & 0x0f);
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).unwrap_or_default();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// The step of a code that is good now and newer than the last one used.
///
/// **Unknown**: `None` for a wrong code, and for one that was used before.
pub fn accept(secret: &[u8], given: &str, now: i64, last_step: i64) -> Option<i64> {
    let given: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let current = now.div_euclid(STEP_SECONDS);
    let mut found = None;
    for step in current - AROUND..=current + AROUND {
        let is_same: bool = code(secret, step).as_bytes().ct_eq(given.as_bytes()).into();
        if is_same && step > last_step {
            found = Some(step);
        }
    }
    found
}

/// Bytes in base 32, without padding.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut out, mut held, mut n_bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        n_bits += 8;
        while n_bits >= 5 {
            n_bits -= 5;
            let letter = LETTERS.get((held >> n_bits & 31) as usize).copied().unwrap_or(b'A');
            out.push(char::from(letter));
        }
    }
    if n_bits > 0 {
        let letter = LETTERS.get((held << (5 - n_bits) & 31) as usize).copied().unwrap_or(b'A');
        out.push(char::from(letter));
    }
    out
}

/// The address that an app for codes reads from a picture; the account's name must be of letters that addresses hold.
pub fn address(secret: &[u8], sign_in_name: &str) -> String {
    format!("otpauth://totp/Trialway:{sign_in_name}?secret={}&issuer=Trialway", base32(secret))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        for (time, want) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(code(KEY, time / 30), want, "{time}");
        }
        assert_eq!(base32(KEY), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(base32(b"foob"), "MZXW6YQ");
    }

    #[test]
    fn a_code_is_taken_once_and_near_its_time() {
        let now = 1_234_567_890;
        let step = now / 30;
        assert_eq!(accept(KEY, "005 924", now, 0), Some(step));
        assert_eq!(accept(KEY, "005924", now, step), None, "used");
        assert_eq!(accept(KEY, "005924", now + 30, 0), Some(step));
        assert_eq!(accept(KEY, "005924", now - 30, 0), Some(step));
        assert_eq!(accept(KEY, "005924", now + 90, 0), None, "too old");
        assert_eq!(accept(KEY, &code(KEY, step - 1), now, step), None, "older than the last one used");
        for bad in ["", "5924", "005925", "0059240"] {
            assert_eq!(accept(KEY, bad, now, 0), None, "{bad}");
        }
    }
}
