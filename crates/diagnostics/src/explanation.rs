//! What a code means, in words for whoever meets it.

use crate::Code;

/// The long form of one kind of finding, printed by `trialway explain CODE`.
///
/// **Shape**: `title` is one line without a final stop; `text` is plain text in short paragraphs: what is reported, why it
/// matters, an example, and what to do. Every crate that reports findings publishes its explanations as one table, ordered
/// by code, with one entry for each code that it can report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The kind of finding.
    pub code: Code,
    /// The kind of finding, named in one line.
    pub title: &'static str,
    /// What it reports, why it matters, an example, what to do.
    pub text: &'static str,
}
