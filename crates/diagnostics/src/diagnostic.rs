//! One finding about a text or a record.

use crate::{Said, Span};
use std::fmt;

/// A stable name of a kind of finding: three letters for the stage and three digits, as in `CRI012`.
///
/// **Shape**: `REG` registry, `CRI` criteria syntax, `TRM` terminology, `ELG` logic, `UNI` units, `FHR` import. A code is
/// never reused; `trialway explain CODE` prints what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Info,
    /// May be wrong, or reads more than one way.
    Warning,
    /// Wrong, or could not be used.
    Error,
}

impl Severity {
    /// The word used in JSON and on screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One finding: what was found, where, and what to do.
///
/// **Shape**: `message` stands alone, starts in lower case and has no final stop; `span` points into the eligibility text,
/// `path` into the record (a JSON path, an XML path or a FHIR element path). `message` and `help` are in English; `said` and
/// `advice` are the same in parts, for other languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One line that can be read alone.
    pub message: String,
    /// The same in parts.
    pub said: Said,
    /// Where in the text, if it is about text.
    pub span: Option<Span>,
    /// Where in the record, if it is about a field.
    pub path: Option<String>,
    /// What to write instead, or how to mend it.
    pub help: Option<String>,
    /// The same in parts.
    pub advice: Option<Said>,
    /// A second place that matters, with what it is ("first stated here").
    pub related: Option<(Span, String)>,
}

impl Diagnostic {
    /// A finding without a place; add one with [`Diagnostic::at`] or [`Diagnostic::in_field`].
    pub fn new(code: Code, severity: Severity, message: impl Into<Said>) -> Self {
        let said = message.into();
        let message = said.to_string();
        Self { code, severity, message, said, span: None, path: None, help: None, advice: None, related: None }
    }

    /// The same finding, saying something else.
    #[must_use]
    pub fn saying(mut self, message: impl Into<Said>) -> Self {
        self.said = message.into();
        self.message = self.said.to_string();
        self
    }

    /// The same finding, pointing at a stretch of the text.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same finding, pointing at a field of the record.
    #[must_use]
    pub fn in_field(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same finding, with what to write instead.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Said>) -> Self {
        let advice = help.into();
        self.help = Some(advice.to_string());
        self.advice = Some(advice);
        self
    }

    /// The same finding, with a second place.
    #[must_use]
    pub fn related_to(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related = Some((span, label.into()));
        self
    }
}
