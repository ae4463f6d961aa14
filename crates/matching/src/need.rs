//! What to ask or measure, in parts, so that it can be said in any language; `Display` says it in English.

use std::fmt;
use trialway_eligibility::expr::Topic;
use trialway_patient::Fact;
use trialway_terminology::ConceptId;

/// Something that a question is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A concept of the vocabulary.
    Concept {
        /// Which.
        id: ConceptId,
        /// What is asked about it, in plain English; of one that is known by its words alone, these.
        words: String,
    },
    /// An entry of the record, by its name there.
    Entry {
        /// The name in the record.
        words: String,
        /// What it was taken for; none where the vocabulary lacks it.
        concept: Option<ConceptId>,
    },
    /// Words of the study.
    Written(String),
    /// What somebody judges or agrees to.
    Topic {
        /// Its key in the list of topics.
        key: String,
        /// The question in plain English; of a reading that an editor took out of use, the reason.
        words: String,
    },
}

impl Named {
    /// The English words.
    pub fn words(&self) -> &str {
        match self {
            Named::Concept { words, .. }
            | Named::Entry { words, .. }
            | Named::Written(words)
            | Named::Topic { words, .. } => words,
        }
    }

    /// An entry of a record.
    pub(crate) fn entry(fact: &Fact) -> Self {
        Named::Entry { words: fact.label.clone(), concept: fact.concepts.first().cloned() }
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    /// The thing itself: a value, a grade, a judgement.
    Itself,
    /// Which of several results of one time holds.
    WhichResult,
    /// A fresh measurement.
    MeasureAgain,
    /// The exact date.
    ExactDate,
    /// A number, where the record has words.
    Number,
    /// A value that is possible.
    PossibleValue,
    /// The laboratory's normal range.
    NormalRange,
    /// The value at baseline.
    AtBaseline,
    /// A unit that can be compared.
    ComparableUnit,
    /// An exact value, where the record has a range.
    ExactValue,
    /// When something was.
    When,
    /// Of which kind something is.
    WhichKind,
    /// Whether something reaches the whole body.
    WholeBody,
    /// How severe something is.
    Severity,
    /// Whether something is active.
    Active,
    /// Whether something is controlled.
    Controlled,
    /// Whether something needs treatment.
    NeedsTreatment,
    /// Whether something was confirmed, by the second thing named.
    ConfirmedBy,
    /// Whether something resists treatment.
    Refractory,
    /// Whether the words named second are said of something.
    SaidOfIt,
    /// More about something.
    More,
    /// Whether an entry of the record is what is named second.
    SameAs,
    /// Whether something is or was there.
    IsOrWas,
    /// Whether there is any allergy to a medicine.
    MedicineAllergy,
    /// Whether something is planned.
    Planned,
    /// Whether it is caused by something.
    CausedBy,
    /// Which of several medicines were taken, and how long.
    WhichMedicines,
    /// When another study ended.
    OtherStudyEnd,
    /// Whether another study was joined lately.
    OtherStudy,
    /// How the disease answered to treatment.
    Response,
    /// Which of several statements of that holds.
    WhichResponse,
    /// The date of birth.
    Birth,
    /// The exact date of birth.
    ExactBirth,
    /// The age when it began.
    Onset,
    /// The sex recorded at birth.
    Sex,
    /// Whether she could become pregnant.
    Childbearing,
    /// A sub-criterion that could not be read.
    SubCriterion,
    /// A criterion with a part that was not understood, to be read with the study team.
    NotUnderstood,
    /// A criterion whose reading is uncertain, to be read with the study team.
    Uncertain,
}

impl Ask {
    /// Everything that is asked.
    pub const ALL: [Ask; 39] = [
        Ask::Itself,
        Ask::WhichResult,
        Ask::MeasureAgain,
        Ask::ExactDate,
        Ask::Number,
        Ask::PossibleValue,
        Ask::NormalRange,
        Ask::AtBaseline,
        Ask::ComparableUnit,
        Ask::ExactValue,
        Ask::When,
        Ask::WhichKind,
        Ask::WholeBody,
        Ask::Severity,
        Ask::Active,
        Ask::Controlled,
        Ask::NeedsTreatment,
        Ask::ConfirmedBy,
        Ask::Refractory,
        Ask::SaidOfIt,
        Ask::More,
        Ask::SameAs,
        Ask::IsOrWas,
        Ask::MedicineAllergy,
        Ask::Planned,
        Ask::CausedBy,
        Ask::WhichMedicines,
        Ask::OtherStudyEnd,
        Ask::OtherStudy,
        Ask::Response,
        Ask::WhichResponse,
        Ask::Birth,
        Ask::ExactBirth,
        Ask::Onset,
        Ask::Sex,
        Ask::Childbearing,
        Ask::SubCriterion,
        Ask::NotUnderstood,
        Ask::Uncertain,
    ];

    /// A word for messages, and the English words around what is named: before the first, between, behind.
    fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Ask::Itself => ("itself", "", ""),
            Ask::WhichResult => ("which-result", "which of several results of that time holds: ", ""),
            Ask::MeasureAgain => ("measure-again", "measure again: ", ""),
            Ask::ExactDate => ("exact-date", "the exact date of: ", ""),
            Ask::Number => ("number", "a number for: ", ""),
            Ask::PossibleValue => ("possible-value", "a possible value for: ", ""),
            Ask::NormalRange => ("normal-range", "the laboratory's normal range for: ", ""),
            Ask::AtBaseline => ("at-baseline", "the value at baseline for: ", ""),
            Ask::ComparableUnit => ("comparable-unit", "in a unit that can be compared: ", ""),
            Ask::ExactValue => ("exact-value", "an exact value for: ", ""),
            Ask::When => ("when", "when it was: ", ""),
            Ask::WhichKind => ("which-kind", "which kind it is: ", ""),
            Ask::WholeBody => ("whole-body", "whether it reaches the whole body: ", ""),
            Ask::Severity => ("severity", "how severe it is: ", ""),
            Ask::Active => ("active", "whether it is active: ", ""),
            Ask::Controlled => ("controlled", "whether it is controlled: ", ""),
            Ask::NeedsTreatment => ("needs-treatment", "whether it needs treatment: ", ""),
            Ask::ConfirmedBy => ("confirmed-by", "whether it was confirmed by ", ": "),
            Ask::Refractory => ("refractory", "whether it resists treatment: ", ""),
            Ask::SaidOfIt => ("said-of-it", "whether this is said of it, “", "”: "),
            Ask::More => ("more", "more about it: ", ""),
            Ask::SameAs => ("same-as", "whether ", " is: "),
            Ask::IsOrWas => ("is-or-was", "whether there is or was: ", ""),
            Ask::MedicineAllergy => ("medicine-allergy", "whether there is or was: any allergy to a medicine", ""),
            Ask::Planned => ("planned", "whether this is planned: ", ""),
            Ask::CausedBy => ("caused-by", "whether it is caused by: ", ""),
            Ask::WhichMedicines => ("which-medicines", "which of these medicines were taken, and how long: ", ", "),
            Ask::OtherStudyEnd => ("other-study-end", "when the other study ended", ""),
            Ask::OtherStudy => ("other-study", "whether another study was joined lately", ""),
            Ask::Response => ("response", "how the disease answered to treatment", ""),
            Ask::WhichResponse => {
                ("which-response", "which of several statements of the answer to treatment holds", "")
            }
            Ask::Birth => ("birth", "the date of birth", ""),
            Ask::ExactBirth => ("exact-birth", "the exact date of birth", ""),
            Ask::Onset => ("onset", "the age when it began", ""),
            Ask::Sex => ("sex", "the sex recorded at birth", ""),
            Ask::Childbearing => ("childbearing", "whether she could become pregnant", ""),
            Ask::SubCriterion => ("sub-criterion", "a sub-criterion could not be read", ""),
            Ask::NotUnderstood => {
                ("not-understood", "read this criterion with the study team: a part of it was not understood", "")
            }
            Ask::Uncertain => ("uncertain", "read this criterion with the study team: its reading is uncertain", ""),
        }
    }

    /// A word for it, for messages.
    pub fn as_str(self) -> &'static str {
        self.parts().0
    }
}

/// What to ask or measure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Need {
    /// What is asked.
    pub ask: Ask,
    /// What it is asked about, in the order in which English names it; none where the question says it all.
    pub about: Vec<Named>,
}

impl Need {
    /// A question about one thing.
    pub(crate) fn about(ask: Ask, named: Named) -> Self {
        Self { ask, about: vec![named] }
    }

    /// A question about an entry of the record and something else.
    pub(crate) fn two(ask: Ask, first: Named, second: Named) -> Self {
        Self { ask, about: vec![first, second] }
    }

    /// What somebody judges or agrees to.
    pub(crate) fn topic(topic: &Topic) -> Self {
        Self::about(Ask::Itself, Named::Topic { key: topic.key.clone(), words: topic.question.clone() })
    }
}

/// What to ask or measure in English, each once.
pub fn in_english(needs: &[Need]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(needs.len());
    for need in needs {
        let words = need.to_string();
        if !out.contains(&words) {
            out.push(words);
        }
    }
    out
}

impl From<Ask> for Need {
    fn from(ask: Ask) -> Self {
        Self { ask, about: Vec::new() }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, before, between) = self.ask.parts();
        f.write_str(before)?;
        for (at, named) in self.about.iter().enumerate() {
            if at > 0 {
                f.write_str(between)?;
            }
            f.write_str(named.words())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_as_before() {
        let entry = || Named::Entry { words: "Asthma".to_owned(), concept: None };
        let written = |words: &str| Named::Written(words.to_owned());
        for (need, words) in [
            (Need::from(Ask::Birth), "the date of birth"),
            (Need::about(Ask::When, entry()), "when it was: Asthma"),
            (Need::two(Ask::ConfirmedBy, written("biopsy"), entry()), "whether it was confirmed by biopsy: Asthma"),
            (
                Need::two(Ask::SaidOfIt, written("steroid-dependent"), entry()),
                "whether this is said of it, “steroid-dependent”: Asthma",
            ),
            (Need::two(Ask::SameAs, entry(), written("wheeze")), "whether Asthma is: wheeze"),
            (
                Need { ask: Ask::WhichMedicines, about: vec![written("a"), written("b"), written("c")] },
                "which of these medicines were taken, and how long: a, b, c",
            ),
        ] {
            assert_eq!(need.to_string(), words);
        }
    }

    #[test]
    fn every_question_has_a_word_of_its_own() {
        let mut words: Vec<&str> = Ask::ALL.into_iter().map(Ask::as_str).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Ask::ALL.len());
    }
}
