//! When a mail is tried, tried again, or given up: rules without a network, a clock or a random number.
//!
//! ```text
//! waiting -> claimed -> sent
//!    ^          |-----> waiting again, later   (the server said 4xx, or could not be reached, or was cut off)
//!    |          '-----> dead                   (the server said 5xx, or the last try failed)
//! a process that ended while a mail was claimed: the mail waits again, with the same Message-ID
//! ```
//!
//! A mail leaves at least once. What is cut off after the server took it leaves twice with one Message-ID, by which mail programs
//! know that it is the same (ADR 0038).

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is to be tried at its time.
    Waiting,
    /// A sender has it in hand.
    Claimed,
    /// The server took it.
    Sent,
    /// It was given up; somebody should look.
    Dead,
    /// It is no longer wanted: what it was about was taken back.
    Dropped,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Claimed, Self::Sent, Self::Dead, Self::Dropped];

    /// The word that is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
        }
    }
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took the mail.
    Taken,
    /// It may be taken later.
    Later,
    /// It will never be taken as it is.
    Never,
}

impl Outcome {
    /// What a server's answer to a mail means.
    ///
    /// **Source**: RFC 5321, 4.2.1. What is neither 2yz nor 5yz is tried again.
    pub fn of_reply(code: u16) -> Self {
        match code {
            200..=299 => Self::Taken,
            500..=599 => Self::Never,
            _ => Self::Later,
        }
    }
}

/// How often and how long a mail is tried.
///
/// **Units**: seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// The wait after the first failure.
    pub first_wait: i64,
    /// The longest wait.
    pub longest_wait: i64,
    /// How long after it was made a mail is given up. **Source**: RFC 5321, 4.5.4.1, asks for at least four to five days.
    pub give_up_after: i64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { first_wait: 30, longest_wait: 4 * 3600, give_up_after: 5 * 86_400 }
    }
}

/// What to do with a mail after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is done.
    Done,
    /// Try again then, in seconds since 1970.
    At(i64),
    /// Give it up.
    GiveUp,
}

/// What to do with a mail after its `n_tries`-th try.
///
/// The wait doubles from try to try up to the longest; up to half of it is added by `seed`, so that mails which failed together do not come back
/// together. Same arguments, same answer.
pub fn next(outcome: Outcome, n_tries: u32, made_at: i64, now: i64, seed: u64, patience: &Patience) -> Next {
    match outcome {
        Outcome::Taken => Next::Done,
        Outcome::Never => Next::GiveUp,
        Outcome::Later if now - made_at >= patience.give_up_after => Next::GiveUp,
        Outcome::Later => {
            let doubled = patience
                .first_wait
                .saturating_mul(1i64.checked_shl(n_tries.saturating_sub(1).min(32)).unwrap_or(i64::MAX));
            let wait = doubled.clamp(1, patience.longest_wait.max(1));
            let share = i64::try_from(mixed(seed ^ u64::from(n_tries)) % 1_001).unwrap_or(0);
            Next::At(now + wait + wait * share / 2_000)
        }
    }
}

/// **Source**: the output step of SplitMix64 (Steele, Lea, Flood 2014).
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A seed from a Message-ID, so that a mail's waits are its own.
pub fn seed(message_id: &str) -> u64 {
    message_id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A Message-ID from random bytes, without its angle brackets. It is made once, with the mail, and kept.
///
/// **Source**: `msg-id`, RFC 5322, 3.6.4.
pub fn message_id(random: [u8; 16], domain: &str) -> String {
    let id: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let is_domain = !domain.is_empty() && domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    format!("{id}@{}", if is_domain { domain } else { "localhost" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_with_a_share_of_their_own() {
        let patience = Patience::default();
        let mut before = 0;
        for n_tries in 1..40 {
            let Next::At(at) = next(Outcome::Later, n_tries, 0, 0, 7, &patience) else {
                panic!("given up at {n_tries}")
            };
            let base = (30i64 << (n_tries - 1).min(20)).min(patience.longest_wait);
            assert!((base..=base + base / 2).contains(&at), "try {n_tries}: {at} s");
            assert!(at >= before.min(patience.longest_wait), "try {n_tries}");
            before = base;
        }
        let of = |seed| next(Outcome::Later, 3, 0, 0, seed, &patience);
        assert_eq!(of(1), of(1));
        assert!((0..50).map(of).any(|other| other != of(0)), "mails that failed together come back apart");
    }

    #[test]
    fn what_can_never_be_taken_and_what_is_too_old_is_given_up() {
        let patience = Patience::default();
        assert_eq!(next(Outcome::Never, 1, 0, 0, 0, &patience), Next::GiveUp);
        assert_eq!(next(Outcome::Later, 9, 0, patience.give_up_after, 0, &patience), Next::GiveUp);
        assert_eq!(next(Outcome::Taken, 9, 0, patience.give_up_after, 0, &patience), Next::Done);
        for (code, want) in [
            (250, Outcome::Taken),
            (421, Outcome::Later),
            (550, Outcome::Never),
            (354, Outcome::Later),
            (0, Outcome::Later),
        ] {
            assert_eq!(Outcome::of_reply(code), want, "{code}");
        }
    }

    #[test]
    fn a_message_id_has_no_place_for_anything_else() {
        assert_eq!(message_id([0xab; 16], "trials.example.org"), format!("{}@trials.example.org", "ab".repeat(16)));
        assert!(message_id([0; 16], "a>\r\nBcc: x").ends_with("@localhost"));
    }
}
