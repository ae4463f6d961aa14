//! What the forms share: how a written word, date, age or answer becomes a value, and what is reported when it does not.

use crate::codes;
use std::cell::{Cell, RefCell};
use trialway_diagnostics::{Code, Diagnostic, Parsed, Said, Severity};
use trialway_study::{AgeLimit, Coded, DateKind, GeoPoint, NctId, Study, StudyDate, WordList};

/// Where findings are gathered while a record is read.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: RefCell<Vec<Diagnostic>>,
    n_left_out: Cell<usize>,
}

/// A broken record of 64 MiB could otherwise take gigabytes of findings that nobody reads.
const MOST_FINDINGS: usize = 1_000;

impl Findings {
    pub(crate) fn report(
        &self,
        code: Code,
        severity: Severity,
        path: String,
        message: impl Into<Said>,
        help: impl Into<Said>,
    ) {
        let mut list = self.list.borrow_mut();
        if list.len() < MOST_FINDINGS {
            list.push(Diagnostic::new(code, severity, message).in_field(path).with_help(help));
        } else {
            self.n_left_out.set(self.n_left_out.get() + 1);
        }
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    pub(crate) fn date(
        &self,
        written: &str,
        kind: Option<Coded<DateKind>>,
        path: impl FnOnce() -> String,
    ) -> Option<StudyDate> {
        if written.trim().is_empty() {
            return None;
        }
        let date = StudyDate::parse(written).with_kind(kind);
        if !date.is_fully_read() {
            let message = match date.iso() {
                iso if iso.is_empty() => {
                    Said::new("the date `{written}` is not on the calendar; nothing of it is used")
                }
                iso => {
                    Said::new("the date `{written}` is not on the calendar; only `{known}` is used").with("known", iso)
                }
            };
            let message = message.with("written", shown(written));
            self.report(codes::BAD_DATE, Severity::Warning, path(), message, "write YYYY, YYYY-MM or YYYY-MM-DD");
        }
        Some(date)
    }

    pub(crate) fn age(&self, written: &str, path: impl FnOnce() -> String) -> Option<AgeLimit> {
        let limit = AgeLimit::parse(written)?;
        if limit.age.is_none() {
            let message = Said::new("the age limit `{written}` is not understood, so age stays open")
                .with("written", shown(written));
            let help = "write a number and Years, Months, Weeks, Days, Hours or Minutes, or N/A for no limit";
            self.report(codes::BAD_AGE, Severity::Error, path(), message, help);
        }
        Some(limit)
    }

    pub(crate) fn coded<T: WordList>(&self, written: &str, path: impl FnOnce() -> String) -> Option<Coded<T>> {
        if written.trim().is_empty() {
            return None;
        }
        let coded = Coded::from_word(written);
        if coded.known().is_none() {
            let message = Said::new("`{written}` is not a word of this field's list; it is kept and decides nothing");
            let message = message.with("written", shown(written));
            let words: Vec<&str> = T::ALL.iter().map(|value| value.word()).collect();
            self.report(
                codes::NEW_WORD,
                Severity::Info,
                path(),
                message,
                Said::new("the list has {words}").with("words", words.join(", ")),
            );
        }
        Some(coded)
    }

    pub(crate) fn flag(&self, written: &str, path: impl FnOnce() -> String) -> Option<bool> {
        let answer = written.trim();
        let is = |word: &str| answer.eq_ignore_ascii_case(word);
        if answer.is_empty() {
            None
        } else if is("yes") || is("true") || is("accepts healthy volunteers") {
            Some(true)
        } else if is("no") || is("false") {
            Some(false)
        } else {
            let message = Said::new("`{written}` is neither yes nor no; the field is taken as not given");
            let message = message.with("written", shown(written));
            self.report(
                codes::WRONG_TYPE,
                Severity::Warning,
                path(),
                message,
                "write yes or no (in JSON true or false)",
            );
            None
        }
    }

    pub(crate) fn point(&self, lat: f64, lon: f64, path: impl FnOnce() -> String) -> Option<GeoPoint> {
        let point = GeoPoint::new(lat, lon);
        if point.is_none() {
            let message = Said::new(
                "latitude {lat}, longitude {lon} is not a point on the earth; the site has no place on the map",
            );
            let message = message.with("lat", lat).with("lon", lon);
            let help = "latitude goes from -90 to 90, longitude from -180 to 180";
            self.report(codes::BAD_POINT, Severity::Warning, path(), message, help);
        }
        point
    }

    /// Sets the study's number and name.
    pub(crate) fn identify(&self, study: &mut Study, written: Option<String>, path: &str) {
        let help = "an NCT number is `NCT` and eight digits, as in `NCT01234567`";
        match written {
            None => {
                let message = "the record has no NCT number";
                self.report(codes::NO_NCT_ID, Severity::Warning, path.to_owned(), message, help);
            }
            Some(written) => match NctId::parse(&written) {
                Some(id) => {
                    study.nct_id = Some(id);
                    study.doc = id.to_string();
                }
                None => {
                    let message = Said::new("`{written}` is not an NCT number").with("written", shown(&written));
                    self.report(codes::BAD_NCT_ID, Severity::Error, path.to_owned(), message, help);
                }
            },
        }
    }

    /// The study with its findings; `text_path` is where its criteria belong, `root_path` is the record's.
    pub(crate) fn finish(self, mut study: Study, text_path: &str, root_path: &str) -> Parsed<Study> {
        if study.eligibility.text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            study.eligibility.text = None;
        }
        if study.eligibility.text.is_none() {
            let message = "the record has no eligibility text, so nobody can be held against it";
            let help = "fetch the record again; if the registry has no criteria either, ask the study's contact";
            self.report(codes::NO_TEXT, Severity::Error, text_path.to_owned(), message, help);
        }
        let mut findings = self.list.into_inner();
        if self.n_left_out.get() > 0 {
            let message = Said::new("{count} more findings are not listed").with("count", self.n_left_out.get());
            let finding = Diagnostic::new(codes::TOO_MANY, Severity::Warning, message).in_field(root_path);
            findings.push(finding.with_help("mend what the first findings name, or fetch the record again"));
        }
        Parsed { value: study, findings }
    }
}

/// A written value for a message: one line, not too long.
pub(crate) fn shown(written: &str) -> String {
    const MOST_CHARS: usize = 60;
    let mut line: String = written.chars().take(MOST_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if written.chars().nth(MOST_CHARS).is_some() {
        line.push('…');
    }
    line
}
