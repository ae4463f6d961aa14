//! What a person writes to a study team, and what becomes of it.
//!
//! ```text
//! form -> Written -> check -> Enquiry, or complaints field by field
//! Stage: sent -> opened -> answered -> closed; withdrawn from anywhere
//! ```
//!
//! Pure: no clock, no network, no random numbers. The store keeps the words of [`Stage`]; `web` shows them.
//!
//! Reading order: [`mailbox`], [`stage`], [`written`].

pub mod mailbox;
pub mod stage;
pub mod written;

pub use mailbox::{Mailbox, MailboxFault};
pub use stage::{Stage, Step};
pub use written::{Answer, Complaint, Enquiry, Reach, Written, check};
