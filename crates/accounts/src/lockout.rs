//! How long somebody waits who gave wrong codes. Counts are stored, so a new start of the server forgives nothing.

/// Wrong codes that cost no wait.
pub const FREE: i64 = 5;
/// Longest wait, in seconds.
pub const LONGEST_WAIT: i64 = 60 * 60;
/// Wrong codes are forgotten after so many quiet seconds.
pub const FORGOTTEN_AFTER: i64 = 24 * 60 * 60;

/// When the next code may be tried, in seconds since 1970, after so many wrong ones of which the last was then.
///
/// A minute after the fifth, then twice as long each time, up to an hour: fewer than 40 codes a day of a million.
pub fn next_try(n_wrong: i64, last: i64) -> i64 {
    if n_wrong < FREE {
        return last;
    }
    let doubled = 60_i64 << (n_wrong - FREE).min(10);
    last.saturating_add(doubled.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn waits_grow_to_an_hour() {
        for (n, want) in [(0, 0), (4, 0), (5, 60), (6, 120), (10, 1_920), (11, 3_600), (1_000_000, 3_600)] {
            assert_eq!(next_try(n, 0), want, "{n}");
        }
        // Whoever never stops for a day.
        let (mut now, mut n) = (0, 0);
        while now < FORGOTTEN_AFTER {
            n += 1;
            now = next_try(n, now).max(now + 1);
        }
        assert!(n < 40, "{n}");
    }
}
