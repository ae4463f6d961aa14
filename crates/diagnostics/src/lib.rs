//! What every stage reports with: a [`Span`] into the text received, a [`Diagnostic`] about it, and
//! [`Parsed`], a value that always comes with its findings.
//!
//! ```text
//! bytes -> registry -> criteria -> eligibility -> matching
//!              \___________\____________\____________\____ Diagnostic { code, severity, span, message }
//! ```
//!
//! Nothing here knows medicine, registries or patients.

mod diagnostic;
mod explanation;
mod parsed;
mod said;
mod span;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use explanation::Explanation;
pub use parsed::Parsed;
pub use said::{Filling, Said};
pub use span::Span;
