//! A value together with everything found while reading it.

use crate::Diagnostic;

/// What a total parser gives: always a value, always its findings.
///
/// **Shape**: `findings` in the order in which they were met; empty when nothing was odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<T> {
    /// What was read, as far as it could be read.
    pub value: T,
    /// What was odd, dropped from use, or in doubt.
    pub findings: Vec<Diagnostic>,
}

impl<T> Parsed<T> {
    /// A value about which nothing was found.
    pub fn clean(value: T) -> Self {
        Self { value, findings: Vec::new() }
    }

    /// The same findings about a value made from this one.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Parsed<U> {
        Parsed { value: f(self.value), findings: self.findings }
    }
}
