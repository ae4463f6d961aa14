//! A screening as a report, and a study as a sheet, to print and to take along: self-contained HTML and PDF.
//!
//! ```text
//! Screening + Versions -> content -\
//!                                    a sheet of blocks -> html (one file, nothing fetched)
//! a study's sentences  -> study ---/                   -> pdf  (fonts embedded, only the letters that are used)
//! ```
//!
//! `shortlist` writes its list as a sheet, too. Both forms say the same words; neither decides anything.
//! `said` puts a verdict, what is asked and what a result rests on into English, Spanish or Chinese.

mod content;
mod error;
mod html;
mod language;
mod pdf;
mod said;
mod study;

pub use content::{Block, Report, Sheet};
pub use error::ReportError;
pub use html::{STYLE, html};
pub use language::{Language, messages};
pub use pdf::{Written, lacking, pdf};
pub use said::{evidence, left_out, need, needs, notes, record, verdict_words};
pub use study::{Code, StudySheet};
