//! Rules of a study team's accounts. No clock, no chance, no store: times and random bytes are arguments.
//!
//! ```text
//! invitation (secret, once) -> account (roles) -> sign-in (passkey | code | recovery code) -> session (secret, idle and last end)
//!                                             \-> audit entry, chained to the one before
//! ```
//!
//! Reading order: [`role`], [`secret`], [`session`], [`lockout`], [`totp`], [`recovery`], [`passkey`], `cbor`, [`audit`].

pub mod audit;
mod cbor;
pub mod lockout;
pub mod passkey;
pub mod recovery;
pub mod role;
pub mod secret;
pub mod session;
pub mod totp;

pub use role::{Area, Role, Roles};
pub use secret::Secret;
