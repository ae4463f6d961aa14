//! A screening as a report to print and to take along: self-contained HTML and PDF.
//!
//! ```text
//! Screening + Versions -> content (blocks of words) -> html (one file, nothing fetched)
//!                                                   -> pdf  (fonts embedded, only the letters that are used)
//! ```
//!
//! Both say the same words; neither decides anything.

mod content;
mod error;
mod html;
mod pdf;

pub use content::{Block, Report, notes};
pub use error::ReportError;
pub use html::html;
pub use pdf::{Written, pdf};
