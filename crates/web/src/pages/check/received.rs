//! What the form of the check sends.

use trialway_asking::Age;
use trialway_patient::{Calendar, RecordedSex};

/// For whom somebody answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whom {
    /// Oneself.
    #[default]
    Oneself,
    /// One's child.
    Child,
    /// Somebody else.
    Other,
}

impl Whom {
    /// Everybody, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Oneself, Self::Child, Self::Other];

    /// The word in forms and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Oneself => "self",
            Self::Child => "child",
            Self::Other => "other",
        }
    }

    /// What a form says; nothing is oneself.
    pub fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.as_str() == word).unwrap_or_default()
    }
}

/// Most answers that are read, and the longest of them.
const MOST: usize = 500;
const LONGEST: usize = 60;

/// What was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub whom: Whom,
    /// As written.
    pub age: String,
    /// `months`; else years.
    pub age_unit: String,
    pub sex: String,
    /// `pdf`, `html`: a sheet; else a page.
    pub form: String,
    /// Answers by the key of their question, as written.
    pub answers: Vec<(String, String)>,
}

/// Reads the form; fields that it does not have are left out.
pub fn read(body: &[u8]) -> Sent {
    let mut sent = Sent::default();
    for (name, value) in form_urlencoded::parse(body) {
        let text = || value.trim().chars().take(LONGEST).collect::<String>();
        match name.as_ref() {
            "whom" => sent.whom = Whom::of(&value),
            "age" => sent.age = text(),
            "age_unit" => sent.age_unit = text(),
            "sex" => sent.sex = text(),
            "as" => sent.form = text(),
            name => {
                if let Some(key) = name.strip_prefix("a:").filter(|key| key.len() <= 120)
                    && sent.answers.len() < MOST
                {
                    sent.answers.push((key.to_owned(), text()));
                }
            }
        }
    }
    sent
}

/// Nobody is older.
const OLDEST_YEARS: i64 = 130;

/// The age in a form, in completed years or months.
///
/// **Errors**: the id of the message that says what is wrong.
pub fn age(written: &str, unit: &str) -> Result<Option<Age>, &'static str> {
    if written.is_empty() {
        return Ok(None);
    }
    let (unit, most) = match unit {
        "months" => (Calendar::Months, OLDEST_YEARS * 12),
        _ => (Calendar::Years, OLDEST_YEARS),
    };
    match written.parse::<i64>() {
        Ok(number) if (0..=most).contains(&number) => Ok(Some(Age { number, unit })),
        _ => Err("check-age-wrong"),
    }
}

impl Sent {
    /// Age and sex, as far as they were said.
    ///
    /// **Errors**: the id of the message that says what is wrong.
    pub fn person(&self) -> Result<(Option<Age>, Option<RecordedSex>), &'static str> {
        let sex = match self.sex.as_str() {
            "female" => Some(RecordedSex::Female),
            "male" => Some(RecordedSex::Male),
            _ => None,
        };
        Ok((age(&self.age, &self.age_unit)?, sex))
    }
}
