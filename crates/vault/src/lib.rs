//! Rules of what is kept for people so that only they can read it: shared notes and vaults (ADR 0036).
//!
//! ```text
//! browser: link secret + passcode -> two keys; one encrypts, one authenticates; only the second is ever sent
//! here:    id, key -> hashes; what may be asked for (new), whether a try counts (tries), until when (terms)
//! store:   hashes, sealed bytes, expiry, tries left, times of views
//! ```
//!
//! Pure: the clock and random bytes are arguments. Reading order: [`token`], [`terms`], [`tries`].

pub mod terms;
pub mod token;
pub mod tries;

pub use terms::{Kind, New, Refused};
pub use token::{Hash, Id, Key};
