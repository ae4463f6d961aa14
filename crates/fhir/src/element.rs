//! Reading elements: codings, dates, texts.

use crate::codes;
use serde_json::Value;
use trialway_diagnostics::{Diagnostic, Severity};
use trialway_patient::{PartialDate, Period};

/// A coded element: its codings (system, code, display) and its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coded {
    pub codings: Vec<(String, String, String)>,
    pub text: String,
}

impl Coded {
    pub fn read(value: Option<&Value>) -> Coded {
        let Some(value) = value else { return Coded::default() };
        let string = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let codings = value
            .get("coding")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|c| (string(c, "system"), string(c, "code"), string(c, "display")))
            .collect();
        Coded { codings, text: string(value, "text") }
    }

    /// The first code, for elements with required bindings.
    pub fn code(&self) -> &str {
        self.codings.first().map_or("", |(_, code, _)| code.as_str())
    }

    /// The name as a person would read it.
    pub fn label(&self) -> String {
        if !self.text.is_empty() {
            return self.text.clone();
        }
        self.codings
            .iter()
            .map(|(_, _, display)| display)
            .find(|display| !display.is_empty())
            .cloned()
            .unwrap_or_else(|| self.code().to_owned())
    }

    pub fn is_empty(&self) -> bool {
        self.codings.is_empty() && self.text.is_empty()
    }
}

/// Where findings go while a resource is read.
pub(crate) struct Reader<'a> {
    pub path: String,
    pub findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// A date element; one that is no date is a finding and unknown.
    pub fn date(&mut self, resource: &Value, key: &str) -> Option<PartialDate> {
        let written = resource.get(key)?.as_str()?;
        let date = PartialDate::parse(written);
        if date.is_none() {
            self.findings.push(
                Diagnostic::new(
                    codes::BAD_DATE,
                    Severity::Warning,
                    format!("`{written}` is not a date; the time of this entry is unknown"),
                )
                .in_field(format!("{}.{key}", self.path))
                .with_help("write YYYY, YYYY-MM or YYYY-MM-DD"),
            );
        }
        date
    }

    /// A choice of dateTime and Period under a common stem (`effective`, `performed`, `onset`).
    pub fn when(&mut self, resource: &Value, stem: &str) -> Period {
        if let Some(date) = self.date(resource, &format!("{stem}DateTime")) {
            return Period { start: Some(date), end: Some(date) };
        }
        if let Some(instant) = self.date(resource, &format!("{stem}Instant")) {
            return Period { start: Some(instant), end: Some(instant) };
        }
        match resource.get(format!("{stem}Period")) {
            Some(period) => Period { start: self.date(period, "start"), end: self.date(period, "end") },
            None => Period::default(),
        }
    }
}

/// The texts of `note`.
pub(crate) fn notes(resource: &Value) -> Vec<String> {
    resource
        .get("note")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|note| note.get("text").and_then(Value::as_str))
        .map(str::to_owned)
        .collect()
}
