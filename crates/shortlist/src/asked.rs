//! A short questionnaire as a story: what somebody ticks and writes becomes sentences that the note reader understands, so that the
//! page can show what was understood and let it be changed.

use trialway_patient::RecordedSex;

/// What is asked of everyone, since many studies ask it: a word for forms, how it is said when it is so, and when it is not.
///
/// **Source**: the commonest questions of stored studies, by `trialway ask`.
pub const FACTS: [(&str, &str, &str); 10] = [
    ("pregnant", "Is pregnant.", "Is not pregnant."),
    ("breastfeeding", "Is breastfeeding.", "Is not breastfeeding."),
    ("diabetes", "Has diabetes.", "No diabetes."),
    ("hypertension", "Has high blood pressure.", "No high blood pressure."),
    ("heart-failure", "Has heart failure.", "No heart failure."),
    ("kidney", "Has chronic kidney disease.", "No chronic kidney disease."),
    ("liver", "Has liver disease.", "No liver disease."),
    ("cancer", "Has cancer.", "No cancer."),
    ("hiv", "Has HIV infection.", "No HIV infection."),
    ("hepatitis-b", "Has hepatitis B.", "No hepatitis B."),
];

/// For whom somebody answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Oneself.
    #[default]
    Own,
    /// One's child.
    Child,
    /// Somebody else.
    Other,
}

/// What was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// For whom.
    pub whose: Whose,
    /// Age in completed years or, where the second is true, months.
    pub age: Option<(u32, bool)>,
    /// Sex.
    pub sex: Option<RecordedSex>,
    /// Names of illnesses, as written.
    pub conditions: String,
    /// Names of medicines, as written.
    pub medicines: String,
    /// Words of [`FACTS`], and whether each is so; what is not known is not among them.
    pub facts: Vec<(String, bool)>,
}

impl Asked {
    /// The answers as a story in English.
    pub fn story(&self) -> String {
        let adult = |months: bool, n: u32| !months && n >= 18;
        let grown = self.age.is_some_and(|(n, months)| adult(months, n));
        let who = match (self.whose, self.sex) {
            (Whose::Own, _) => "I am",
            (Whose::Child, Some(RecordedSex::Female)) => "My daughter is",
            (Whose::Child, Some(RecordedSex::Male)) => "My son is",
            (Whose::Child, _) => "My child is",
            (Whose::Other, _) => "The patient is",
        };
        let noun = match (self.sex, grown) {
            (Some(RecordedSex::Female), true) => Some("woman"),
            (Some(RecordedSex::Female), false) => Some("girl"),
            (Some(RecordedSex::Male), true) => Some("man"),
            (Some(RecordedSex::Male), false) => Some("boy"),
            _ => None,
        };
        let mut out: Vec<String> = Vec::new();
        match (self.age, noun) {
            (Some((n, false)), Some(noun)) => out.push(format!("{who} a {n}-year-old {noun}.")),
            (Some((n, true)), Some(noun)) => out.push(format!("{who} a {n}-month-old {noun}.")),
            (Some((n, months)), None) => {
                out.push(format!("{who} {n} {} old.", if months { "months" } else { "years" }));
            }
            // Of an age that is not said nothing is made up.
            (None, Some("girl" | "woman")) => out.push("Female.".to_owned()),
            (None, Some(_)) => out.push("Male.".to_owned()),
            (None, None) => {}
        }
        for (written, verb) in [(&self.conditions, "Has"), (&self.medicines, "Takes")] {
            for line in written.lines().map(|line| line.trim().trim_end_matches('.')).filter(|line| !line.is_empty()) {
                out.push(format!("{verb} {line}."));
            }
        }
        for (word, so) in &self.facts {
            let fact = FACTS.iter().find(|(known, ..)| known == word);
            out.extend(fact.map(|(_, yes, no)| if *so { *yes } else { *no }.to_owned()));
        }
        out.join(" ")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::Date;
    use trialway_patient::Value;
    use trialway_terminology::Terminology;

    fn read(asked: &Asked) -> trialway_note::Note {
        trialway_note::read(&asked.story(), Date::new(2026, 6, 15).unwrap(), Terminology::builtin())
    }

    #[test]
    fn every_fact_is_understood_as_it_was_answered() {
        for (word, yes, no) in FACTS {
            for so in [true, false] {
                let note = read(&Asked { facts: vec![(word.to_owned(), so)], ..Asked::default() });
                assert!(!note.facts.facts.is_empty(), "`{}` is not understood", if so { yes } else { no });
                for fact in &note.facts.facts {
                    let denied = matches!(fact.value, Some(Value::Answer { yes: false, .. } | Value::Absent));
                    assert_eq!(denied, !so, "{word}, {so}: {fact:?}");
                }
            }
        }
    }

    #[test]
    fn a_person_and_their_illnesses_are_understood() {
        for (whose, sex, age, want) in [
            (Whose::Child, Some(RecordedSex::Female), Some((9, false)), "My daughter is a 9-year-old girl."),
            (Whose::Own, Some(RecordedSex::Male), Some((44, false)), "I am a 44-year-old man."),
            (Whose::Child, None, Some((8, true)), "My child is 8 months old."),
            (Whose::Other, Some(RecordedSex::Female), None, "Female."),
        ] {
            let asked = Asked {
                whose,
                age,
                sex,
                conditions: "lupus nephritis\nasthma.".to_owned(),
                medicines: "prednisone".to_owned(),
                facts: Vec::new(),
            };
            let story = asked.story();
            assert!(story.starts_with(want), "{story}");
            let note = read(&asked);
            assert_eq!(note.facts.sex, sex, "{story}");
            assert_eq!(note.age.as_ref().map(|age| age.number), age.map(|(n, _)| i64::from(n)), "{story}");
            let labels: Vec<String> = note.facts.facts.iter().map(|fact| fact.label.to_lowercase()).collect();
            for name in ["lupus nephritis", "asthma", "prednisone"] {
                assert!(labels.iter().any(|label| label.contains(name)), "{name}: {labels:?}");
            }
        }
    }
}
