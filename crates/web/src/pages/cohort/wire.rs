//! What a worklist carries of what results rest on and of what is asked: in parts, so that it is said in the language of whoever opens it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use trialway_matching::{Ask, Entry, Evidence, Named, Need, Says, Shown};
use trialway_patient::{Calendar, PartialDate, Period, RecordedSex};
use trialway_terminology::ConceptId;

/// What a result rests on.
#[derive(Serialize, Deserialize)]
pub struct WireEvidence {
    source: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    old: bool,
    #[serde(flatten)]
    shown: WireShown,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireShown {
    Age {
        n: i64,
        unit: String,
        on: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        female: bool,
    },
    Sex(String),
    Entry(WireEntry),
}

#[derive(Serialize, Deserialize)]
struct WireEntry {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    concept: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    says: Option<WireSays>,
    /// First and last day that the beginning, and that the end, can stand for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    calculated: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gestation_days: Option<i64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireSays {
    Number(String),
    Answer(bool, String),
    Words(String),
}

/// What to ask or measure.
#[derive(Serialize, Deserialize)]
pub struct WireNeed {
    ask: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    about: Vec<WireNamed>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireNamed {
    Concept(String, String),
    Entry(String, Option<String>),
    Written(String),
    Topic(String, String),
}

const UNITS: [(Calendar, &str); 4] =
    [(Calendar::Years, "a"), (Calendar::Months, "mo"), (Calendar::Weeks, "wk"), (Calendar::Days, "d")];
const SEXES: [(RecordedSex, &str); 3] =
    [(RecordedSex::Female, "female"), (RecordedSex::Male, "male"), (RecordedSex::Other, "other")];

fn word_of<T: PartialEq>(all: &[(T, &str)], value: &T) -> String {
    all.iter().find(|(known, _)| known == value).map_or("", |(_, word)| word).to_owned()
}

fn of_word<T: Copy>(all: &[(T, &str)], word: &str) -> Option<T> {
    all.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
}

impl From<&Evidence> for WireEvidence {
    fn from(evidence: &Evidence) -> Self {
        let days = |date: &PartialDate| (date.earliest.to_string(), date.latest.to_string());
        let shown = match &evidence.shown {
            Shown::Age { number, unit, on, is_female } => {
                WireShown::Age { n: *number, unit: word_of(&UNITS, unit), on: on.to_string(), female: *is_female }
            }
            Shown::Sex(sex) => WireShown::Sex(word_of(&SEXES, sex)),
            Shown::Entry(entry) => WireShown::Entry(WireEntry {
                name: entry.name.clone(),
                concept: entry.concept.as_ref().map(ToString::to_string),
                says: match &entry.says {
                    Says::Nothing => None,
                    Says::Number(written) => Some(WireSays::Number(written.clone())),
                    Says::Answer(yes, written) => Some(WireSays::Answer(*yes, written.clone())),
                    Says::Words(written) => Some(WireSays::Words(written.clone())),
                },
                start: entry.period.start.as_ref().map(days),
                end: entry.period.end.as_ref().map(days),
                calculated: entry.calculated.clone(),
                gestation_days: entry.gestation_days,
            }),
        };
        Self { source: evidence.source.clone(), old: evidence.stale, shown }
    }
}

impl WireEvidence {
    /// What it stands for.
    ///
    /// **Unknown**: `None` for words that are not written here, and for days in the wrong order.
    pub fn read(self) -> Option<Evidence> {
        let date = |days: Option<(String, String)>| {
            let Some((earliest, latest)) = days else { return Some(None) };
            let (earliest, latest): (Date, Date) = (earliest.parse().ok()?, latest.parse().ok()?);
            (earliest <= latest).then_some(Some(PartialDate { earliest, latest }))
        };
        let shown = match self.shown {
            WireShown::Age { n, unit, on, female } => {
                Shown::Age { number: n, unit: of_word(&UNITS, &unit)?, on: on.parse().ok()?, is_female: female }
            }
            WireShown::Sex(word) => Shown::Sex(of_word(&SEXES, &word)?),
            WireShown::Entry(entry) => Shown::Entry(Box::new(Entry {
                name: entry.name,
                concept: entry.concept.as_deref().map(ConceptId::new),
                says: match entry.says {
                    None => Says::Nothing,
                    Some(WireSays::Number(written)) => Says::Number(written),
                    Some(WireSays::Answer(yes, written)) => Says::Answer(yes, written),
                    Some(WireSays::Words(written)) => Says::Words(written),
                },
                period: Period { start: date(entry.start)?, end: date(entry.end)? },
                calculated: entry.calculated,
                gestation_days: entry.gestation_days,
            })),
        };
        Some(Evidence { source: self.source, span: None, shown, stale: self.old })
    }
}

impl From<&Need> for WireNeed {
    fn from(need: &Need) -> Self {
        let about = need.about.iter().map(|named| match named {
            Named::Concept { id, words } => WireNamed::Concept(id.to_string(), words.clone()),
            Named::Entry { words, concept } => {
                WireNamed::Entry(words.clone(), concept.as_ref().map(ToString::to_string))
            }
            Named::Written(words) => WireNamed::Written(words.clone()),
            Named::Topic { key, words } => WireNamed::Topic(key.clone(), words.clone()),
        });
        Self { ask: need.ask.as_str().to_owned(), about: about.collect() }
    }
}

impl WireNeed {
    /// What it stands for.
    ///
    /// **Unknown**: `None` for a question that is not asked here.
    pub fn read(self) -> Option<Need> {
        let ask = Ask::ALL.into_iter().find(|ask| ask.as_str() == self.ask)?;
        let about = self.about.into_iter().map(|named| match named {
            WireNamed::Concept(id, words) => Named::Concept { id: ConceptId::new(&id), words },
            WireNamed::Entry(words, concept) => Named::Entry { words, concept: concept.as_deref().map(ConceptId::new) },
            WireNamed::Written(words) => Named::Written(words),
            WireNamed::Topic(key, words) => Named::Topic { key, words },
        });
        Some(Need { ask, about: about.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_comes_back_as_it_was() {
        let day = |day| Date::new(2026, 1, day).unwrap();
        let entry = |says, concept: Option<&str>| {
            Shown::Entry(Box::new(Entry {
                name: "eGFR".to_owned(),
                concept: concept.map(ConceptId::new),
                says,
                period: Period { start: Some(PartialDate { earliest: day(1), latest: day(31) }), end: None },
                calculated: concept.map(|_| ("creatinine".to_owned(), "CKD-EPI 2021".to_owned())),
                gestation_days: Some(80),
            }))
        };
        for shown in [
            Shown::Age { number: 9, unit: Calendar::Years, on: day(2), is_female: true },
            Shown::Age { number: 9, unit: Calendar::Days, on: day(2), is_female: false },
            Shown::Sex(RecordedSex::Other),
            entry(Says::Nothing, None),
            entry(Says::Number("85 mL/min".to_owned()), Some("lab:egfr")),
            entry(Says::Answer(false, "no".to_owned()), None),
            entry(Says::Words("positive".to_owned()), None),
        ] {
            let one = Evidence { source: "Observation/a".to_owned(), span: None, shown, stale: true };
            let text = serde_json::to_string(&WireEvidence::from(&one)).unwrap();
            let back: WireEvidence = serde_json::from_str(&text).unwrap();
            assert_eq!(back.read(), Some(one), "{text}");
        }
        let about = vec![
            Named::Concept { id: ConceptId::new("lab:egfr"), words: "eGFR".to_owned() },
            Named::Entry { words: "Asthma".to_owned(), concept: None },
            Named::Written("wheeze".to_owned()),
            Named::Topic { key: "consent".to_owned(), words: "whether".to_owned() },
        ];
        for ask in Ask::ALL {
            let need = Need { ask, about: about.clone() };
            let text = serde_json::to_string(&WireNeed::from(&need)).unwrap();
            let back: WireNeed = serde_json::from_str(&text).unwrap();
            assert_eq!(back.read(), Some(need), "{text}");
        }
    }

    #[test]
    fn what_was_changed_by_hand_is_refused() {
        for text in [
            r#"{"source":"a","sex":"none"}"#,
            r#"{"source":"a","age":{"n":1,"unit":"x","on":"2026-01-01"}}"#,
            r#"{"source":"a","entry":{"name":"a","start":["2026-01-02","2026-01-01"]}}"#,
        ] {
            let one: WireEvidence = serde_json::from_str(text).unwrap();
            assert_eq!(one.read(), None, "{text}");
        }
        let one: WireNeed = serde_json::from_str(r#"{"ask":"nothing"}"#).unwrap();
        assert_eq!(one.read(), None);
    }
}
