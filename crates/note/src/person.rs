//! Age and sex, as notes write them: `24-year-old`, `68 yo M`, `aged 6 months`, `58 y/o`, `33F`.

use crate::subject::PEOPLE;
use jiff::civil::Date;
use std::ops::Range;
use trialway_patient::{Calendar, PartialDate, RecordedSex, subtract};
use trialway_terminology::{Word, WordKind};
use trialway_units::parse_value;

/// An age as written.
///
/// **Units**: `number` completed `unit`s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Age {
    /// How many.
    pub number: i64,
    /// Of what.
    pub unit: Calendar,
    /// Bytes of the note.
    pub span: Range<usize>,
}

impl Age {
    /// The days on which somebody of this age on `as_of` can have been born.
    pub fn birth(&self, as_of: Date) -> Option<PartialDate> {
        let latest = subtract(as_of, self.number, self.unit)?;
        let earliest = subtract(as_of, self.number + 1, self.unit)?.tomorrow().ok()?;
        (earliest <= latest).then_some(PartialDate { earliest, latest })
    }

    /// The age in completed years.
    pub fn years(&self) -> i64 {
        match self.unit {
            Calendar::Years => self.number,
            Calendar::Months => self.number / 12,
            Calendar::Weeks => self.number / 53,
            Calendar::Days => self.number / 366,
        }
    }
}

/// No person is older.
const OLDEST_YEARS: i64 = 120;

fn unit(norm: &str) -> Option<Calendar> {
    Some(match norm {
        "year" | "yr" | "y" | "yo" | "yof" | "yom" => Calendar::Years,
        "month" | "mo" | "mos" => Calendar::Months,
        "week" | "wk" => Calendar::Weeks,
        "day" => Calendar::Days,
        _ => return None,
    })
}

/// The sex that a word says; words for several people say nothing of one.
pub(crate) fn sex_word(norm: &str) -> Option<RecordedSex> {
    match norm {
        "man" | "male" | "boy" | "gentleman" | "yom" => Some(RecordedSex::Male),
        "woman" | "female" | "girl" | "lady" | "yof" | "gravida" | "primigravida" => Some(RecordedSex::Female),
        _ => None,
    }
}

/// The first age that a statement gives of the patient.
///
/// **Shape**: `theirs` tells which words are of somebody else.
pub(crate) fn age(words: &[Word], offset: usize, text: &str, theirs: impl Fn(usize) -> bool) -> Option<Age> {
    let norm = |at: usize| words.get(at).map_or("", |word| word.norm.as_str());
    for (at, word) in words.iter().enumerate().filter(|(at, _)| !theirs(*at)) {
        let number = match word.kind {
            WordKind::Number => {
                parse_value(&word.norm).filter(|value| value.is_integer()).and_then(|v| i64::try_from(v).ok())
            }
            _ => trialway_units::parse_number_word(&word.norm).and_then(|value| i64::try_from(value).ok()),
        };
        let Some(number) = number else { continue };
        let mut next = at + 1;
        while matches!(norm(next), "-" | "‐" | "‑" | "–" | "+") {
            next += 1;
        }
        // "33F", "58M": the letter follows at once.
        let glued = words.get(at + 1).filter(|next| next.range.start == word.range.end);
        if let Some(letter) = glued
            && matches!(text.get(letter.range.clone()), Some("F" | "M"))
            && at < 4
            && (1..=OLDEST_YEARS).contains(&number)
        {
            return made(number, Calendar::Years, word.range.start..letter.range.end, offset);
        }
        let Some(unit) = unit(norm(next)) else { continue };
        let mut last = next + 1;
        while matches!(norm(last), "-" | "/" | "‐" | "‑" | "." | "–") {
            last += 1;
        }
        let said = matches!(norm(last), "old" | "o" | "age")
            || matches!(norm(last), "of") && norm(last + 1) == "age"
            || matches!(norm(next), "yo" | "yof" | "yom")
            || matches!(norm(next), "y" | "yr" | "year")
                && (sex_word(norm(last)).is_some() || matches!(norm(last), "f" | "m"))
            || matches!(norm(at.wrapping_sub(1)), "aged" | "age")
            || norm(at.wrapping_sub(1)) == ":" && norm(at.wrapping_sub(2)) == "age";
        if said {
            let end = words.get(last).or_else(|| words.get(next)).map_or(word.range.end, |word| word.range.end);
            return made(number, unit, word.range.start..end, offset);
        }
    }
    // "She is 9 and has", "I'm 45".
    let is_person = |k: usize| PEOPLE.iter().any(|one| one.word == norm(k));
    let is_capital = |k: usize| {
        let written = words.get(k).and_then(|word| text.get(word.range.clone())).unwrap_or_default();
        written.chars().next().is_some_and(char::is_uppercase)
    };
    let own = || words.iter().enumerate().filter(|(at, _)| !theirs(*at));
    let alone = own().find_map(|(at, word)| {
        let is = |k: usize| matches!(norm(k), "is" | "am" | "turned") || norm(k) == "m" || norm(k) == "just";
        let subject = |k: usize| {
            matches!(norm(k), "she" | "he" | "i" | "who" | "patient" | "'" | "’" | "is" | "just" | "now")
                || is_person(k)
                // "My son Ben is 4".
                || k > 0 && is_person(k - 1) && is_capital(k)
        };
        // "Our daughter Mia (14) has".
        let bracketed = norm(at.wrapping_sub(1)) == "("
            && norm(at + 1) == ")"
            && at >= 2
            && (is_person(at - 2) || at >= 3 && is_person(at - 3) && is_capital(at - 2));
        let behind = matches!(norm(at + 1), "" | "." | "," | "and" | "now" | "with" | "but" | "who" | ";");
        let number = match word.kind {
            WordKind::Number => parse_value(&word.norm).filter(|value| value.is_integer()),
            _ => trialway_units::parse_number_word(&word.norm),
        };
        let said = bracketed || at >= 2 && is(at - 1) && subject(at - 2) && behind;
        made(i64::try_from(number.filter(|_| said)?).ok()?, Calendar::Years, word.range.clone(), offset)
    });
    if alone.is_some() {
        return alone;
    }
    // "Age: 58", "aged 58".
    own().find_map(|(at, word)| {
        let by = matches!(norm(at.wrapping_sub(1)), "aged")
            || norm(at.wrapping_sub(1)) == ":" && norm(at.wrapping_sub(2)) == "age";
        let number = parse_value(&word.norm).filter(|_| by && at > 0 && word.kind == WordKind::Number)?;
        made(i64::try_from(number.trunc()).ok()?, Calendar::Years, word.range.clone(), offset)
    })
}

fn made(number: i64, unit: Calendar, span: Range<usize>, offset: usize) -> Option<Age> {
    let age = Age { number, unit, span: span.start + offset..span.end + offset };
    ((0..5_000).contains(&number) && age.years() <= OLDEST_YEARS).then_some(age)
}

/// The sex that a statement gives of the patient, by a word beside the age or by the first word for a person.
pub(crate) fn sex(words: &[Word], text: &str, has_age: bool) -> Option<RecordedSex> {
    let norm = |at: usize| words.get(at).map_or("", |word| word.norm.as_str());
    for (at, word) in words.iter().enumerate() {
        if let Some(sex) = sex_word(&word.norm) {
            return Some(sex);
        }
        let letter = text.get(word.range.clone()).unwrap_or_default();
        let after_age = matches!(norm(at.wrapping_sub(1)), "old" | "o" | "yo" | "y") && at > 0
            || words.get(at.wrapping_sub(1)).is_some_and(|before| {
                at > 0
                    && before.kind == WordKind::Number
                    && (before.range.end == word.range.start || norm(at.wrapping_sub(2)) == "age")
            });
        let sexed = has_age && after_age
            || norm(at.wrapping_sub(1)) == ":" && matches!(norm(at.wrapping_sub(2)), "sex" | "gender");
        match letter {
            "M" | "m" if sexed => return Some(RecordedSex::Male),
            "F" | "f" if sexed => return Some(RecordedSex::Female),
            _ => {}
        }
    }
    None
}

/// The sex that all pronouns of a note agree on.
pub(crate) fn pronoun(norm: &str) -> Option<RecordedSex> {
    match norm {
        "he" | "him" | "his" | "himself" => Some(RecordedSex::Male),
        "she" | "her" | "hers" | "herself" => Some(RecordedSex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use trialway_terminology::words;

    #[test]
    fn ages() {
        for (text, number, unit) in [
            ("A 24-year-old woman", 24, Calendar::Years),
            ("68 yo male", 68, Calendar::Years),
            ("A 6-month-old infant", 6, Calendar::Months),
            ("58 y/o", 58, Calendar::Years),
            ("58 y.o. M", 58, Calendar::Years),
            ("33F with asthma", 33, Calendar::Years),
            ("age: 58", 58, Calendar::Years),
            ("a boy aged 7 years", 7, Calendar::Years),
            ("I am 34 years old", 34, Calendar::Years),
            ("a 56-year old female", 56, Calendar::Years),
        ] {
            let found = age(&words(text), 0, text, |_| false).unwrap();
            assert_eq!((found.number, found.unit), (number, unit), "{text}");
        }
        for text in ["for 6 months", "smoked 20 years", "pain for 3 days", "aged cheese", "5 year history of asthma"] {
            assert_eq!(age(&words(text), 0, text, |_| false), None, "{text}");
        }
    }

    #[test]
    fn sexes() {
        for (text, wanted) in [
            ("A 24-year-old woman", Some(RecordedSex::Female)),
            ("75 yo M w/ cancer", Some(RecordedSex::Male)),
            ("33F with asthma", Some(RecordedSex::Female)),
            ("three of the women", None),
            ("fever of 39 C", None),
        ] {
            assert_eq!(sex(&words(text), text, true), wanted, "{text}");
        }
    }
}
