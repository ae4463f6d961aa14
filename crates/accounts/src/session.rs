//! How long a session and an invitation live.

/// A session nobody uses ends after this, in seconds.
pub const IDLE_SECONDS: i64 = 60 * 60;
/// Every session ends after this, in seconds.
pub const LONGEST_SECONDS: i64 = 12 * 60 * 60;
/// An invitation ends after this, in seconds.
pub const INVITATION_SECONDS: i64 = 3 * 24 * 60 * 60;
/// A challenge to a passkey ends after this, in seconds.
pub const CHALLENGE_SECONDS: i64 = 5 * 60;

/// Whether a session is good: begun, last used and now in seconds since 1970.
pub fn is_alive(began: i64, seen: i64, now: i64) -> bool {
    now < began.saturating_add(LONGEST_SECONDS) && now < seen.saturating_add(IDLE_SECONDS)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn sessions_end_when_they_are_idle_and_at_last() {
        let hour = 3_600;
        for (began, seen, now, want) in [
            (0, 0, 0, true),
            (0, 0, hour - 1, true),
            (0, 0, hour, false),
            (0, 11 * hour + 1, 12 * hour - 1, true),
            (0, 12 * hour - 1, 12 * hour, false),
        ] {
            assert_eq!(is_alive(began, seen, now), want, "{began} {seen} {now}");
        }
    }
}
