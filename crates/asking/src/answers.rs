//! Answers as facts.

use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use trialway_fhir::FhirError;
use trialway_language::Language;
use trialway_language::foreign::mark;
use trialway_patient::{Calendar, Facts, PartialDate, RecordedSex, subtract};
use trialway_terminology::Terminology;

/// An age as somebody says it.
///
/// **Units**: completed `unit`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// How many.
    pub number: i64,
    /// Of what.
    pub unit: Calendar,
}

impl Age {
    /// The days on which somebody of this age on `as_of` can have been born.
    ///
    /// **Unknown**: `None` where the calendar does not reach so far.
    pub fn birth(&self, as_of: Date) -> Option<PartialDate> {
        let latest = subtract(as_of, self.number, self.unit)?;
        let earliest = subtract(as_of, self.number.checked_add(1)?, self.unit)?.tomorrow().ok()?;
        (earliest <= latest).then_some(PartialDate { earliest, latest })
    }
}

/// What somebody answered to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// "I don't know".
    NotKnown,
    /// A number, with its unit where one was written.
    Number {
        /// As JSON writes it.
        value: String,
        /// As written; empty where it is the one that was asked for.
        unit: String,
    },
}

impl Answer {
    /// An answer as a form sends it: `yes`, `no`, a number with or without a unit; else not known.
    ///
    /// **Unknown**: empty words, and words that are no number, are not known. `7,8` is 7.8.
    pub fn of_form(written: &str) -> Answer {
        match written.trim() {
            "yes" => Answer::Yes,
            "no" => Answer::No,
            other => {
                let end = other.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(other.len());
                let (number, unit) = other.split_at_checked(end).unwrap_or((other, ""));
                let number = number.replace(',', ".");
                let is_number = number.parse::<f64>().is_ok_and(f64::is_finite)
                    && number.starts_with(|c: char| c.is_ascii_digit())
                    && number.ends_with(|c: char| c.is_ascii_digit())
                    && number.len() <= 15
                    // "1e9" is neither.
                    && !unit.starts_with(['e', 'E']);
                // JSON has no leading zeros.
                let value = number.trim_start_matches('0');
                let value =
                    if value.is_empty() || value.starts_with('.') { format!("0{value}") } else { value.to_owned() };
                if is_number { Answer::Number { value, unit: unit.trim().to_owned() } } else { Answer::NotKnown }
            }
        }
    }

    /// The same as the form writes it again.
    pub fn to_form(&self) -> String {
        match self {
            Answer::Yes => "yes".to_owned(),
            Answer::No => "no".to_owned(),
            Answer::NotKnown => String::new(),
            Answer::Number { value, unit } if unit.is_empty() => value.clone(),
            Answer::Number { value, unit } => format!("{value} {unit}"),
        }
    }
}

/// One answer with what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What was asked, in words: it stands beside what the answer decides.
    pub question: String,
    /// The unit that was asked for, UCUM; empty for none.
    pub unit: String,
    /// The answer.
    pub answer: Answer,
}

/// All that somebody said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Age; none where it was not said.
    pub age: Option<Age>,
    /// Sex; none where it was not said.
    pub sex: Option<RecordedSex>,
    /// Answers by the key of their question.
    pub said: BTreeMap<String, Said>,
}

/// Why answers cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum AnswersError {
    /// The questionnaire that they make is refused.
    #[error("the answers cannot be read: {0}")]
    Record(#[from] FhirError),
}

impl Answers {
    /// The answers as facts on a day, with what of them could not be used, in words of a language; what stays English in it is marked
    /// ([`trialway_language::foreign`]).
    ///
    /// **Unknown**: what is not known gives no fact.
    pub fn facts(
        &self,
        as_of: Date,
        terminology: &Terminology,
        language: Language,
    ) -> Result<(Facts, Vec<String>), AnswersError> {
        let known = self.said.iter().filter(|(_, said)| said.answer != Answer::NotKnown);
        let items: Vec<Value> = known.map(|(key, said)| item(key, said)).collect();
        let mut findings = Vec::new();
        let mut facts = Facts::default();
        if !items.is_empty() {
            let response = json!({
                "resourceType": "QuestionnaireResponse",
                "id": "answers",
                "status": "completed",
                "authored": as_of.to_string(),
                "item": items,
            });
            let parsed = trialway_fhir::import(response.to_string().as_bytes(), terminology)?;
            findings.extend(parsed.findings.iter().map(|one| trialway_language::finding(language, &one.said)));
            let left = parsed.value.report.left.iter();
            findings.extend(left.map(|left| {
                let what = if language == Language::English { left.reference.clone() } else { mark(&left.reference) };
                format!("{what}: {}", trialway_language::left_out(language, &left.reason))
            }));
            facts = parsed.value.facts;
        }
        facts.patient = "answers".to_owned();
        facts.birth = self.age.and_then(|age| age.birth(as_of));
        facts.sex = self.sex;
        Ok((facts, findings))
    }
}

fn item(key: &str, said: &Said) -> Value {
    let answer = match &said.answer {
        Answer::Number { value, unit } => {
            // The number as written: `arbitrary_precision` keeps its digits.
            let number: Value = serde_json::from_str(value).unwrap_or(Value::Null);
            if unit.is_empty() && !said.unit.is_empty() {
                json!({"valueQuantity": {"value": number, "unit": said.unit, "system": "http://unitsofmeasure.org", "code": said.unit}})
            } else {
                json!({"valueQuantity": {"value": number, "unit": unit}})
            }
        }
        other => json!({"valueBoolean": *other == Answer::Yes}),
    };
    json!({"linkId": key, "text": said.question, "answer": [answer]})
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_a_form_sends_is_an_answer_or_not_known() {
        let number = |value: &str, unit: &str| Answer::Number { value: value.to_owned(), unit: unit.to_owned() };
        for (written, want) in [
            ("yes", Answer::Yes),
            (" no ", Answer::No),
            ("", Answer::NotKnown),
            ("unknown", Answer::NotKnown),
            ("85", number("85", "")),
            ("007.50", number("7.50", "")),
            ("0,5 mg/dL", number("0.5", "mg/dL")),
            ("1e9", Answer::NotKnown),
            ("1.", Answer::NotKnown),
            ("-3", Answer::NotKnown),
            ("1,000.5", Answer::NotKnown),
        ] {
            assert_eq!(Answer::of_form(written), want, "{written}");
        }
    }

    #[test]
    fn an_age_is_an_interval_of_days() {
        let as_of: Date = "2026-06-15".parse().unwrap();
        let birth = Age { number: 9, unit: Calendar::Years }.birth(as_of).unwrap();
        assert_eq!((birth.earliest.to_string(), birth.latest.to_string()), ("2016-06-16".into(), "2017-06-15".into()));
        assert_eq!(Age { number: i64::MAX, unit: Calendar::Years }.birth(as_of), None);
    }
}
