//! A cursor over a JSON record that knows its path and never fails.

use crate::codes;
use crate::field::Findings;
use serde_json::{Map, Value};
use std::fmt::Write as _;
use trialway_diagnostics::{Said, Severity};
use trialway_study::{AgeLimit, Coded, StudyDate, WordList};

/// An object of the record, present or not.
///
/// **Unknown**: every reader gives `None` or an empty list for a field that is absent or null, without a finding, and for one
/// that cannot be read, with one.
#[derive(Clone, Copy)]
pub(crate) struct Object<'v, 'p> {
    map: Option<&'v Map<String, Value>>,
    place: Place<'p>,
    findings: &'p Findings,
}

/// Where in the record something is; written out only when there is something to report.
#[derive(Clone, Copy)]
struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'v, 'p> Object<'v, 'p> {
    pub(crate) fn root(map: &'v Map<String, Value>, findings: &'p Findings) -> Self {
        Self { map: Some(map), place: Place { parent: None, step: Step::Root }, findings }
    }

    /// The object in a field.
    pub(crate) fn object<'s>(&'s self, key: &'s str) -> Object<'v, 's> {
        let map = match self.value(key) {
            None => None,
            Some(Value::Object(map)) => Some(map),
            Some(other) => {
                self.wrong_type(key, "an object", other);
                None
            }
        };
        Object { map, place: Place { parent: Some(&self.place), step: Step::Key(key) }, findings: self.findings }
    }

    /// What `read` makes of each object of a list, in order.
    pub(crate) fn objects<T>(&self, key: &str, read: impl Fn(&Object<'v, '_>) -> T) -> Vec<T> {
        let list = Place { parent: Some(&self.place), step: Step::Key(key) };
        let mut read_items = Vec::new();
        for (index, item) in self.items(key).iter().enumerate() {
            let place = Place { parent: Some(&list), step: Step::Index(index) };
            match item {
                Value::Object(map) => read_items.push(read(&Object { map: Some(map), place, findings: self.findings })),
                other => wrong_type(self.findings, place.path(), "an object", other),
            }
        }
        read_items
    }

    /// The number of items of a list.
    pub(crate) fn count(&self, key: &str) -> usize {
        self.items(key).len()
    }

    /// The text in a field, exactly as received; an empty one is none.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            number @ Value::Number(digits) => {
                self.wrong_type(key, "a text", number);
                Some(digits.to_string())
            }
            other => {
                self.wrong_type(key, "a text", other);
                None
            }
        }
    }

    /// The texts of a list, in order.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (index, item) in self.items(key).iter().enumerate() {
            match item {
                Value::String(text) => texts.push(text.clone()),
                other => wrong_type(self.findings, format!("{}[{index}]", self.path(key)), "a text", other),
            }
        }
        texts
    }

    /// The word in a field.
    pub(crate) fn coded<T: WordList>(&self, key: &str) -> Option<Coded<T>> {
        self.findings.coded(&self.text(key)?, || self.path(key))
    }

    /// The words of a list, in order.
    pub(crate) fn coded_list<T: WordList>(&self, key: &str) -> Vec<Coded<T>> {
        let texts = self.texts(key);
        texts.iter().filter_map(|text| self.findings.coded(text, || self.path(key))).collect()
    }

    /// The date in a field.
    pub(crate) fn date(&self, key: &str) -> Option<StudyDate> {
        self.findings.date(&self.text(key)?, None, || self.path(key))
    }

    /// The date of a `…DateStruct`.
    pub(crate) fn date_struct(&self, key: &str) -> Option<StudyDate> {
        let date = self.object(key);
        let kind = date.coded("type");
        self.findings.date(&date.text("date")?, kind, || date.path("date"))
    }

    /// The age limit in a field.
    pub(crate) fn age(&self, key: &str) -> Option<AgeLimit> {
        let written = match self.value(key)? {
            Value::String(text) => text.clone(),
            // There is a limit, and it is not readable: that must not become no limit.
            other => other.to_string(),
        };
        self.findings.age(&written, || self.path(key))
    }

    /// The answer in a field.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            Value::Bool(answer) => Some(*answer),
            Value::String(text) => self.findings.flag(text, || self.path(key)),
            other => {
                self.wrong_type(key, "true or false", other);
                None
            }
        }
    }

    /// The count in a field.
    pub(crate) fn whole_number(&self, key: &str) -> Option<u64> {
        let value = self.value(key)?;
        let number = match value {
            Value::Number(number) => number.as_u64(),
            Value::String(digits) => digits.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, "a whole number", value);
        }
        number
    }

    /// The number in a field, for places on the map.
    pub(crate) fn degrees(&self, key: &str) -> Option<f64> {
        let value = self.value(key)?;
        let number = match value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, "a number", value);
        }
        number
    }

    /// The path of a field.
    pub(crate) fn path(&self, key: &str) -> String {
        Place { parent: Some(&self.place), step: Step::Key(key) }.path()
    }

    /// The path of this object.
    pub(crate) fn own_path(&self) -> String {
        self.place.path()
    }

    pub(crate) fn findings(&self) -> &'p Findings {
        self.findings
    }

    fn value(&self, key: &str) -> Option<&'v Value> {
        self.map?.get(key).filter(|value| !value.is_null())
    }

    fn items(&self, key: &str) -> &'v [Value] {
        match self.value(key) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.wrong_type(key, "a list", other);
                &[]
            }
        }
    }

    fn wrong_type(&self, key: &str, expected: &'static str, found: &Value) {
        wrong_type(self.findings, self.path(key), expected, found);
    }
}

impl Place<'_> {
    fn path(&self) -> String {
        let mut steps = Vec::new();
        let mut place = Some(self);
        while let Some(here) = place {
            steps.push(here.step);
            place = here.parent;
        }
        let mut path = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Root => {}
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => {
                    path.push('.');
                    path.push_str(key);
                }
                Step::Index(index) => {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "[{index}]");
                }
            }
        }
        path
    }
}

fn wrong_type(findings: &Findings, path: String, expected: &'static str, found: &Value) {
    let (kind, use_of_it) = match found {
        Value::Null => ("null", "it is left out"),
        Value::Bool(_) => ("true or false", "it is taken as not given"),
        Value::Number(_) if expected == "a text" => ("a number", "its digits are used"),
        Value::Number(_) => ("another number", "it is taken as not given"),
        Value::String(_) => ("a text", "it is taken as not given"),
        Value::Array(_) => ("a list", "it is taken as not given"),
        Value::Object(_) => ("an object", "it is taken as not given"),
    };
    let message = Said::new("expected {expected}, found {found}; {use}");
    let message = message.ours("expected", expected).ours("found", kind).ours("use", use_of_it);
    let help = "fetch the record again, or correct this field";
    findings.report(codes::WRONG_TYPE, Severity::Warning, path, message, help);
}
