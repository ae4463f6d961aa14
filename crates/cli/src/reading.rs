//! A document read: its criteria's logic, and everything found in it.

use crate::input::Document;
use trialway_diagnostics::{Diagnostic, Parsed};
use trialway_eligibility::{StudyLogic, checks};
use trialway_study::Study;
use trialway_terminology::Terminology;

/// What reading a record or a text gives.
pub struct Reading {
    /// The NCT number, or the name given.
    pub doc: String,
    /// The eligibility text.
    pub text: String,
    /// Its logic. The findings of reading are in [`Reading::findings`].
    pub logic: StudyLogic,
    /// What was found: in the record, in the wording, on the way to the logic, by the rules of the linter; in that order.
    pub findings: Vec<Diagnostic>,
}

impl Reading {
    /// Reads a document; `name` is what it is called where it has no number.
    pub fn of(document: Document, name: &str) -> Self {
        match document {
            Document::Study(parsed) => Self::of_study(*parsed, name),
            Document::Text(text) => Self::of_text(text, name),
        }
    }

    /// Reads a study record.
    pub fn of_study(parsed: Parsed<Study>, name: &str) -> Self {
        let Parsed { value: study, mut findings } = parsed;
        let doc = if study.doc.is_empty() { name.to_owned() } else { study.doc.clone() };
        let text = study.eligibility.text.clone().unwrap_or_default();
        let tree = trialway_criteria::parse(&text);
        let mut logic = trialway_eligibility::lower_study(&study, &tree, Terminology::builtin());
        let found = checks::check(Some(&study), &text, &tree.value, &logic, Terminology::builtin());
        findings.append(&mut logic.findings);
        findings.extend(found);
        Self { doc, text, logic, findings }
    }

    /// Reads eligibility text.
    pub fn of_text(text: String, name: &str) -> Self {
        let Parsed { value: tree, mut findings } = trialway_criteria::parse(&text);
        let mut logic = trialway_eligibility::lower(&tree, Terminology::builtin());
        let found = checks::check(None, &text, &tree, &logic, Terminology::builtin());
        findings.append(&mut logic.findings);
        findings.extend(found);
        Self { doc: name.to_owned(), text, logic, findings }
    }
}
