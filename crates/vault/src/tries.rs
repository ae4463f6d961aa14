//! How often somebody may try to open.

use crate::terms::Kind;

/// Tries that may fail.
pub const MOST: i64 = 10;

/// Whether one more try is allowed.
pub fn may_try(left: i64, expires_at: i64, now: i64) -> bool {
    left > 0 && now < expires_at
}

/// Tries that are left once one was right; it was counted before it was looked at.
///
/// A share gets back the one, so that over its whole life at most [`MOST`] fail. A vault, which one person opens for years, gets back all.
pub fn left_after_right(kind: Kind, left: i64) -> i64 {
    match kind {
        Kind::Share => left.saturating_add(1).min(MOST),
        Kind::Vault => MOST,
    }
}

/// Whether nothing can open it any more, so that the sealed bytes go.
pub fn is_spent(left: i64) -> bool {
    left <= 0
}
