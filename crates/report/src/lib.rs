//! A screening as a report, and a study as a sheet, to print and to take along: self-contained HTML and PDF.
//!
//! ```text
//! Screening + Versions -> content -\
//!                                    blocks of words -> html (one file, nothing fetched)
//! a study's sentences  -> sheet ---/                  -> pdf  (fonts embedded, only the letters that are used)
//! ```
//!
//! Both say the same words; neither decides anything.

mod content;
mod error;
mod html;
mod pdf;
mod sheet;

pub use content::{Block, Report, notes};
pub use error::ReportError;
pub use html::{STYLE, html, sheet_html};
pub use pdf::{Written, pdf, sheet_pdf};
pub use sheet::{Code, Sheet};
