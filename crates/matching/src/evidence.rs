//! A fact that a truth rests on, in parts, so that it can be said in any language.

use jiff::civil::Date;
use trialway_patient::{Calendar, Period, RecordedSex};
use trialway_terminology::ConceptId;

/// What an entry of a record says, as written there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// No more than its name.
    Nothing,
    /// A number with its unit, or a titre.
    Number(String),
    /// Yes or no, with its words.
    Answer(bool, String),
    /// Other words, or a date.
    Words(String),
}

/// An entry of a record, or what was calculated from some.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name in the record.
    pub name: String,
    /// What it was taken for; none where the vocabulary lacks it.
    pub concept: Option<ConceptId>,
    /// What it says.
    pub says: Says,
    /// When it was.
    pub period: Period,
    /// From what it was calculated, and by which formula; none for what is recorded.
    pub calculated: Option<(String, String)>,
    /// How long a pregnancy was that began so, in days; none for all else.
    pub gestation_days: Option<i64>,
}

/// What a truth rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// The age on a day.
    Age {
        /// In completed units.
        number: i64,
        /// Years, months, weeks or days.
        unit: Calendar,
        /// The day.
        on: Date,
        /// Whether it is said of a woman or girl.
        is_female: bool,
    },
    /// The sex recorded.
    Sex(RecordedSex),
    /// An entry of the record.
    Entry(Box<Entry>),
}

/// A fact that a truth rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// `Observation/egfr-1`, or `note`.
    pub source: String,
    /// Bytes of the note.
    pub span: Option<(usize, usize)>,
    /// What it is.
    pub shown: Shown,
    /// Whether it is older than its kind allows.
    pub stale: bool,
}

impl Evidence {
    /// In English: "eGFR 85 mL/min/1.73m2, 2026-01-02".
    pub fn text(&self) -> String {
        match &self.shown {
            Shown::Age { number, unit, on, is_female } => {
                let unit = match unit {
                    Calendar::Years => "years",
                    Calendar::Months => "months",
                    Calendar::Weeks => "weeks",
                    Calendar::Days => "days",
                };
                format!("{}age {number} {unit} on {on}", if *is_female { "female, " } else { "" })
            }
            Shown::Sex(sex) => {
                let word = match sex {
                    RecordedSex::Female => "female",
                    RecordedSex::Male => "male",
                    RecordedSex::Other => "other",
                };
                format!("sex {word}")
            }
            Shown::Entry(entry) => entry.text(),
        }
    }
}

impl Entry {
    fn text(&self) -> String {
        let weeks = self.gestation_days.map(|days| format!("gestational age {} weeks {} days, ", days / 7, days % 7));
        let says = match &self.says {
            Says::Nothing => String::new(),
            Says::Number(written) => format!(" {written}").trim_end().to_owned(),
            Says::Answer(_, written) | Says::Words(written) => format!(": {written}"),
        };
        let when = match (self.period.start, self.period.end) {
            (Some(start), Some(end)) if start == end => format!(", {start}"),
            (Some(start), Some(end)) => format!(", {start} to {end}"),
            (Some(start), None) => format!(", since {start}"),
            (None, Some(end)) => format!(", until {end}"),
            (None, None) => String::new(),
        };
        let calculated = self.calculated.as_ref();
        let calculated = calculated.map(|(from, method)| format!(", calculated from {from} ({method})"));
        let (weeks, calculated) = (weeks.unwrap_or_default(), calculated.unwrap_or_default());
        format!("{weeks}{}{says}{when}{calculated}", self.name)
    }
}
