//! Takes mails from the store to an SMTP server, each at least once (ADR 0038).
//!
//! ```text
//! store.claim_mails -> letter (RFC 5322, with the kept Message-ID) -> SMTP -> store: left, waits, dead
//! ```
//!
//! What a try's end means is decided by `trialway_outbox`. Addresses and texts are in no log and in no error.
//!
//! Reading order: [`letter`], [`transport`], [`sender`].

pub mod letter;
pub mod sender;
pub mod transport;

pub use sender::{Sender, take_turn};
pub use transport::{MailError, Smtp, SmtpSettings, Tls, Tried};
