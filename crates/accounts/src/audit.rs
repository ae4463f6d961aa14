//! The audit log: who did what to which thing, each entry bound to the one before by a hash.
//!
//! Whoever can write the database can write the whole chain anew. What shows that, and an end that was cut off, is an anchor: number
//! and hash of the last entry, written down somewhere else.

use crate::secret::hex;
use sha2::{Digest, Sha256};
use std::fmt;

/// What stands before the first entry.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Longest name of a thing, in characters.
const LONGEST_OBJECT: usize = 80;

/// An entry. It holds no words that a person typed and no health facts: an account's id, a verb, the number of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1, without gaps.
    pub number: i64,
    /// When, RFC 3339.
    pub at: String,
    /// An account's id, or `command line`, `server`, `visitor`.
    pub actor: String,
    /// What was done, a few words such as `review published`.
    pub action: String,
    /// To what: a number, an id; may be empty.
    pub object: String,
}

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The entry.
    pub entry: Entry,
    /// The hash of the one before.
    pub previous: String,
    /// Its own hash.
    pub hash: String,
}

/// Number and hash of an entry, to be written down elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The entry's number; 0 for an empty log.
    pub number: i64,
    /// Its hash.
    pub hash: String,
}

impl Anchor {
    /// The anchor of an empty log.
    pub fn start() -> Self {
        Self { number: 0, hash: START.to_owned() }
    }

    /// An anchor as [`fmt::Display`] writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, hash) = text.trim().split_once(':')?;
        let is_hash = hash.len() == START.len() && hash.chars().all(|c| c.is_ascii_hexdigit());
        is_hash.then_some(Self { number: number.parse().ok()?, hash: hash.to_ascii_lowercase() })
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.number, self.hash)
    }
}

/// Where a chain breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// An entry is missing before this number.
    Gap(i64),
    /// This entry does not name the hash of the one before it.
    Link(i64),
    /// This entry's words are not those that were hashed.
    Words(i64),
    /// The log ends before the anchor's entry.
    CutOff(i64),
    /// The anchor's entry has another hash: the chain was written anew.
    WrittenAnew(i64),
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap(n) => write!(out, "an entry is missing before number {n}"),
            Self::Link(n) => write!(out, "entry {n} is not bound to the one before it"),
            Self::Words(n) => write!(out, "entry {n} was changed after it was written"),
            Self::CutOff(n) => write!(out, "the log ends before entry {n}, which the anchor names"),
            Self::WrittenAnew(n) => write!(out, "entry {n} is not the one that the anchor names"),
        }
    }
}

/// The name of a thing, with everything left out that could be words of a person.
pub fn object(given: &str) -> String {
    given.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.:/".contains(*c)).take(LONGEST_OBJECT).collect()
}

/// A moment as the log writes it, RFC 3339 in UTC.
///
/// **Units**: seconds since 1970. **Source**: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
pub fn moment(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The hash of an entry after another.
pub fn link(previous: &str, entry: &Entry) -> String {
    let mut hasher = Sha256::new();
    let number = entry.number.to_string();
    // Each part with its length, so that no two entries are the same bytes.
    for part in [previous, &number, &entry.at, &entry.actor, &entry.action, &entry.object] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Holds the entries, in order, against their hashes and an anchor.
///
/// **Errors**: the first place where the chain breaks.
pub fn verify<'a>(entries: impl IntoIterator<Item = &'a Kept>, anchor: Option<&Anchor>) -> Result<Anchor, Broken> {
    let mut last = Anchor::start();
    let holds = |at: &Anchor| match anchor {
        Some(anchor) if anchor.number == at.number && anchor.hash != at.hash => Err(Broken::WrittenAnew(at.number)),
        _ => Ok(()),
    };
    for kept in entries {
        let number = kept.entry.number;
        if number != last.number + 1 {
            return Err(Broken::Gap(number));
        }
        if kept.previous != last.hash {
            return Err(Broken::Link(number));
        }
        if kept.hash != link(&kept.previous, &kept.entry) {
            return Err(Broken::Words(number));
        }
        last = Anchor { number, hash: kept.hash.clone() };
        holds(&last)?;
    }
    match anchor {
        Some(anchor) if anchor.number > last.number => Err(Broken::CutOff(anchor.number)),
        _ => Ok(last),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn chain(n: i64) -> Vec<Kept> {
        let (mut out, mut previous) = (Vec::new(), START.to_owned());
        for number in 1..=n {
            let entry = Entry {
                number,
                at: "2026-06-15T08:00:00Z".to_owned(),
                actor: "a1".to_owned(),
                action: "signed in".to_owned(),
                object: String::new(),
            };
            let hash = link(&previous, &entry);
            out.push(Kept { entry, previous: previous.clone(), hash: hash.clone() });
            previous = hash;
        }
        out
    }

    #[test]
    fn the_first_broken_link_is_named() {
        let whole = chain(5);
        let anchor = verify(&whole, None).unwrap();
        assert_eq!((anchor.number, Anchor::parse(&anchor.to_string())), (5, Some(anchor.clone())));
        assert_eq!(verify(&whole, Some(&anchor)), Ok(anchor.clone()));
        let broken = |change: &dyn Fn(&mut Vec<Kept>)| {
            let mut entries = whole.clone();
            change(&mut entries);
            verify(&entries, Some(&anchor)).unwrap_err()
        };
        assert_eq!(broken(&|entries| entries[2].entry.actor = "b2".to_owned()), Broken::Words(3));
        assert_eq!(broken(&|entries| entries[2].entry.at.push('x')), Broken::Words(3));
        assert_eq!(broken(&|entries| drop(entries.remove(2))), Broken::Gap(4));
        assert_eq!(broken(&|entries| entries[3].previous = START.to_owned()), Broken::Link(4));
        assert_eq!(broken(&|entries| entries.truncate(4)), Broken::CutOff(5));
        assert_eq!(broken(&|entries| entries.clear()), Broken::CutOff(5));
        // A chain that is whole in itself, and another one.
        let mut other = chain(5);
        other[0].entry.actor = "b2".to_owned();
        let mut previous = START.to_owned();
        for kept in &mut other {
            kept.previous = previous;
            kept.hash = link(&kept.previous, &kept.entry);
            previous = kept.hash.clone();
        }
        assert_eq!(verify(&other, None).map(|anchor| anchor.number), Ok(5));
        assert_eq!(verify(&other, Some(&anchor)), Err(Broken::WrittenAnew(5)));
    }

    #[test]
    fn moments_are_those_of_the_calendar() {
        for (seconds, want) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"),
        ] {
            assert_eq!(moment(seconds), want);
        }
    }

    #[test]
    fn a_thing_is_named_without_words_of_people() {
        assert_eq!(object("NCT90000001 my daughter, é <b>"), "NCT90000001mydaughterb");
        assert_eq!(object(&"a".repeat(200)).len(), 80);
    }
}
