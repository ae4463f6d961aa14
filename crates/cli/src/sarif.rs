//! Findings as SARIF 2.1.0, which editors and review tools show.
//!
//! **Source**: OASIS, Static Analysis Results Interchange Format 2.1.0.

use crate::command::explain;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use trialway_diagnostics::{Diagnostic, Severity, Span};
use trialway_eligibility::checks::RULES;

/// Results of several documents, collected into one run.
#[derive(Default)]
pub struct Log {
    artifacts: Vec<Value>,
    results: Vec<Value>,
}

/// Where the eligibility text of a document stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The document is the text.
    Alone,
    /// It is a field of a record.
    InRecord,
}

/// The path of the eligibility text in a record.
const FIELD: &str = "/protocolSection/eligibilityModule/eligibilityCriteria";

impl Log {
    /// Adds the findings of one document.
    pub fn add(&mut self, place: &str, text: &str, held: Held, findings: &[&Diagnostic], rules: &Rules) {
        if findings.is_empty() {
            return;
        }
        let document = self.artifacts.len();
        self.artifacts.push(json!({"location": {"uri": uri(place)}}));
        let in_text = match held {
            Held::Alone => document,
            Held::InRecord => {
                // The text decoded: positions in it are not positions in the record's file.
                self.artifacts.push(json!({
                    "location": {"uri": FIELD},
                    "parentIndex": document,
                    "encoding": "UTF-8",
                    "contents": {"text": text},
                }));
                document + 1
            }
        };
        let lines = Lines::new(text);
        for finding in findings {
            self.results.push(result(finding, document, in_text, &lines, rules));
        }
    }

    /// The log with its one run.
    pub fn finish(self, rules: &Rules) -> Value {
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "trialway",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.descriptors,
                }},
                "columnKind": "unicodeCodePoints",
                "artifacts": self.artifacts,
                "results": self.results,
            }],
        })
    }
}

/// The kinds of findings, with where each stands in the list.
pub struct Rules {
    descriptors: Vec<Value>,
    index: BTreeMap<&'static str, usize>,
}

impl Rules {
    /// Every kind of finding about a study record.
    pub fn all() -> Self {
        let (mut descriptors, mut index) = (Vec::new(), BTreeMap::new());
        for explanation in explain::of_studies() {
            let rule = RULES.iter().find(|rule| rule.code == explanation.code);
            index.insert(explanation.code.0, descriptors.len());
            let name = rule.map_or_else(|| explanation.title.replace(' ', "-"), |rule| rule.name.to_owned());
            let text = explain::tidy(explanation.text);
            let reports = text.lines().next().unwrap_or_default().to_owned();
            descriptors.push(json!({
                "id": explanation.code.0,
                "name": name,
                "shortDescription": {"text": explanation.title},
                "fullDescription": {"text": reports},
                "help": {"text": text},
                "defaultConfiguration": {"level": level(rule.map_or(Severity::Warning, |rule| rule.severity))},
            }));
        }
        Self { descriptors, index }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(finding: &Diagnostic, document: usize, in_text: usize, lines: &Lines<'_>, rules: &Rules) -> Value {
    let mut out = Map::new();
    out.insert("ruleId".to_owned(), json!(finding.code.0));
    if let Some(index) = rules.index.get(finding.code.0) {
        out.insert("ruleIndex".to_owned(), json!(index));
    }
    out.insert("level".to_owned(), json!(level(finding.severity)));
    let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    out.insert("message".to_owned(), json!({"text": format!("{}{help}", finding.message)}));
    let mut location = Map::new();
    let physical = match finding.span {
        Some(span) => json!({"artifactLocation": {"index": in_text}, "region": lines.region(span)}),
        None => json!({"artifactLocation": {"index": document}}),
    };
    location.insert("physicalLocation".to_owned(), physical);
    if let Some(path) = &finding.path {
        location.insert("logicalLocations".to_owned(), json!([{"fullyQualifiedName": path, "kind": "property"}]));
    }
    out.insert("locations".to_owned(), json!([location]));
    if let Some((span, label)) = &finding.related {
        let place = json!({"artifactLocation": {"index": in_text}, "region": lines.region(*span)});
        out.insert("relatedLocations".to_owned(), json!([{"physicalLocation": place, "message": {"text": label}}]));
    }
    Value::Object(out)
}

/// A text with the starts of its lines.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of a text.
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self { text, starts }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        (line, self.text.get(start..at).map_or(0, |before| before.chars().count()) + 1)
    }

    fn region(&self, span: Span) -> Value {
        let (start, end) = (self.place(span.start), self.place(span.end));
        json!({
            "startLine": start.0,
            "startColumn": start.1,
            "endLine": end.0,
            "endColumn": end.1,
            "byteOffset": span.start,
            "byteLength": span.len(),
        })
    }
}

/// A path as a relative address.
fn uri(place: &str) -> String {
    let mut out = String::new();
    for byte in place.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_begin_behind_their_end() {
        let lines = Lines::new("≥ 1\nab");
        assert_eq!(lines.place(0), (1, 1));
        assert_eq!(lines.place("≥ ".len()), (1, 3));
        assert_eq!(lines.place("≥ 1\n".len()), (2, 1));
        assert_eq!(lines.place("≥ 1\nab".len()), (2, 3));
    }

    #[test]
    fn addresses_have_no_blanks() {
        assert_eq!(uri("my drafts/α.txt"), "my%20drafts/%CE%B1.txt");
    }
}
