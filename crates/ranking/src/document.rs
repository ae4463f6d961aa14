//! A study as it is ranked: the words of its parts, what it is about, and whom it takes.

use crate::text::term;
use compact_str::CompactString;
use std::collections::BTreeMap;
use trialway_criteria::Kind;
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_study::Study;
use trialway_terminology::{ConceptId, Domain, Terminology, words};

/// A part of a record, by how much it says of what the study is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Title and conditions.
    Subject,
    /// Keywords and interventions.
    Key,
    /// Inclusion criteria.
    Inclusion,
    /// Summary, description, or a text without parts.
    Body,
    /// Exclusion criteria: they name what the study is not about.
    Exclusion,
}

/// How many parts there are.
pub(crate) const N_PARTS: usize = 5;

/// A study to be ranked.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What it is called in the result.
    pub id: String,
    /// How often each word stands in each part.
    pub(crate) terms: BTreeMap<CompactString, [u32; N_PARTS]>,
    /// How many counted words each part has.
    pub(crate) n_words: [u32; N_PARTS],
    /// Concepts that it names outside its exclusion criteria, each with the most telling part.
    pub(crate) concepts: BTreeMap<ConceptId, Part>,
    /// Its criteria, where it has any.
    pub logic: Option<StudyLogic>,
}

impl Document {
    /// A study's record.
    pub fn of_study(id: &str, study: &Study, logic: StudyLogic, terminology: &Terminology) -> Self {
        let mut out = Self { id: id.to_owned(), ..Self::default() };
        for title in [&study.brief_title, &study.official_title].into_iter().flatten() {
            out.add(Part::Subject, title, terminology);
        }
        for condition in &study.conditions {
            out.add(Part::Subject, condition, terminology);
        }
        for key in &study.keywords {
            out.add(Part::Key, key, terminology);
        }
        for intervention in &study.interventions {
            out.add(Part::Key, &intervention.name, terminology);
        }
        for text in [&study.brief_summary, &study.detailed_description].into_iter().flatten() {
            out.add(Part::Body, text, terminology);
        }
        for criterion in &logic.criteria {
            out.add_criterion(criterion, terminology);
        }
        out.logic = Some(logic);
        out
    }

    /// A title and a text, where no more is known.
    pub fn of_text(id: &str, title: &str, text: &str, terminology: &Terminology) -> Self {
        let mut out = Self { id: id.to_owned(), ..Self::default() };
        out.add(Part::Subject, title, terminology);
        // What a summary says first is what the study is about.
        let at = text.char_indices().filter(|(_, c)| *c == '.').map(|(at, _)| at + 1).nth(1).unwrap_or(text.len());
        let (first, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        out.add(Part::Key, first, terminology);
        out.add(Part::Body, rest, terminology);
        out
    }

    fn add_criterion(&mut self, criterion: &CriterionLogic, terminology: &Terminology) {
        let part = if criterion.kind == Kind::Inclusion { Part::Inclusion } else { Part::Exclusion };
        self.add(part, criterion.own.text(), terminology);
        for child in &criterion.children {
            self.add_criterion(child, terminology);
        }
    }

    fn add(&mut self, part: Part, text: &str, terminology: &Terminology) {
        let words = words(text);
        for term in words.iter().filter_map(term) {
            if let Some(n) = self.terms.entry(term).or_default().get_mut(part as usize) {
                *n += 1;
            }
            if let Some(n) = self.n_words.get_mut(part as usize) {
                *n += 1;
            }
        }
        if part == Part::Exclusion {
            return;
        }
        for mention in terminology.mentions_in(text, &words) {
            let medical = matches!(
                mention.concept.domain(),
                Some(Domain::Condition | Domain::State | Domain::Procedure | Domain::Drug)
            );
            if mention.negated || !medical {
                continue;
            }
            let known = self.concepts.entry(mention.concept).or_insert(part);
            *known = (*known).min(part);
        }
    }
}
