//! What may be kept, how large and how long.

use crate::token::{Hash, Key, of_letters};
use thiserror::Error;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Notes as they were when they were shared; whoever has link and passcode reads them.
    Share,
    /// A person's own notes, written again whenever they wish.
    Vault,
}

impl Kind {
    /// The word in requests and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Share => "share",
            Kind::Vault => "vault",
        }
    }

    /// What a word stands for.
    pub fn of(word: &str) -> Option<Self> {
        [Kind::Share, Kind::Vault].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Most bytes of one sealed whole: some hundred notes.
pub const LARGEST_BYTES: usize = 256 * 1024;
/// Least bytes of it: a nonce, a tag, and a byte.
pub const SMALLEST_BYTES: usize = 12 + 16 + 1;
/// Days for which notes may be shared.
pub const SHARE_DAYS: [u32; 4] = [1, 7, 30, 90];
/// Days for which a vault is kept after it was last written.
pub const VAULT_DAYS: u32 = 365;
/// Most bytes that are kept of all people together.
pub const MOST_BYTES: i64 = 2 << 30;
/// Most new ones in a minute, of all people together.
pub const MOST_A_MINUTE: i64 = 240;
/// Most views of which the time is kept.
pub const MOST_VIEWS: i64 = 200;

const DAY_SECONDS: i64 = 86_400;

/// Something to keep, checked.
#[derive(Clone, PartialEq, Eq)]
pub struct New {
    /// What it is.
    pub kind: Kind,
    /// Of the key of whoever opens it.
    pub opens: Hash,
    /// Of the key of whoever may revoke or rewrite it.
    pub owns: Hash,
    /// Nonce, cipher text and tag.
    pub sealed: Vec<u8>,
    /// How long it is kept.
    pub days: u32,
}

/// Why something is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// A field is not what it should be.
    #[error("a field of the request is missing or malformed")]
    Malformed,
    /// Too large.
    #[error("the notes are larger than {} kB; share fewer at once", LARGEST_BYTES / 1024)]
    TooLarge,
    /// The two keys are one, so that every reader could revoke.
    #[error("the key that opens and the key that owns are the same")]
    OneKey,
}

impl New {
    /// Checks what a browser asks to keep; all but `kind` and `days` is in base64url.
    ///
    /// **Errors**: the first thing that is wrong.
    pub fn checked(kind: &str, opens: &str, owns: &str, sealed: &str, days: u32) -> Result<Self, Refused> {
        let kind = Kind::of(kind).ok_or(Refused::Malformed)?;
        let key = |letters: &str| Key::parse(letters).map(|key| key.hash()).ok_or(Refused::Malformed);
        let (opens, owns) = (key(opens)?, key(owns)?);
        if opens == owns {
            return Err(Refused::OneKey);
        }
        let days_are_right = match kind {
            Kind::Share => SHARE_DAYS.contains(&days),
            Kind::Vault => days == VAULT_DAYS,
        };
        if !days_are_right {
            return Err(Refused::Malformed);
        }
        Ok(Self { kind, opens, owns, sealed: checked_sealed(sealed)?, days })
    }
}

/// Checks sealed bytes in base64url.
///
/// **Errors**: too large, too small, or no letters of it.
pub fn checked_sealed(sealed: &str) -> Result<Vec<u8>, Refused> {
    if sealed.len() > LARGEST_BYTES.div_ceil(3) * 4 {
        return Err(Refused::TooLarge);
    }
    let sealed = of_letters(sealed).ok_or(Refused::Malformed)?;
    match sealed.len() {
        n if n > LARGEST_BYTES => Err(Refused::TooLarge),
        n if n < SMALLEST_BYTES => Err(Refused::Malformed),
        _ => Ok(sealed),
    }
}

/// When something that is kept from `now` on for so many days ends, in seconds of the epoch.
pub fn expires_at(now: i64, days: u32) -> i64 {
    now.saturating_add(i64::from(days).saturating_mul(DAY_SECONDS))
}

/// The time of a view as it is kept: the minute, no more.
pub fn minute(now: i64) -> i64 {
    now.div_euclid(60).saturating_mul(60)
}
