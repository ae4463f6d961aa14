//! The words that carry logic: modifiers, results, exceptions, judgements, and words that restrict nothing.
//!
//! Vocabulary is data (`data/phrases.tsv`, `data/topics.tsv`); this module only loads and finds it.

use crate::expr::Topic;
use std::collections::HashMap;
use std::sync::OnceLock;
use trialway_terminology::{Phrases, Trie, Word, WordKind, words};

/// What a phrase does to the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Restricts nothing.
    Filler,
    /// At any time up to now.
    History,
    /// At any time, and no window of a neighbour reaches it.
    AnyTime,
    /// Now.
    Current,
    /// In the future.
    Planned,
    /// A suspicion counts.
    Suspicion,
    /// Active, symptomatic.
    Active,
    /// How severe; the value says which.
    Severe,
    /// Not controlled.
    Uncontrolled,
    /// Needing treatment.
    Treated,
    /// Refractory.
    Refractory,
    /// Denies what follows.
    Negation,
    /// Begins an exception.
    Except,
    /// Begins examples.
    Example,
    /// Names the means of proof.
    Confirm,
    /// Begins the name of a standard or definition.
    Standard,
    /// Ends it.
    StandardEnd,
    /// "with or without": what follows restricts nothing.
    WithOrWithout,
    /// A test's result; the value says which.
    Result,
    /// An answer to treatment; the value says which.
    Response,
    /// The criterion concerns only those who can become pregnant.
    ImpliedFemale,
    /// The criterion concerns one sex; the value says which.
    ImpliedSex,
    /// Taking part in other research.
    Participation,
    /// Allergy.
    Allergy,
    /// Names a cause.
    Cause,
    /// Raised, abnormal.
    Elevated,
    /// An investigator's statement; the value is the topic.
    Judgement,
    /// A person's agreement; the value is the topic.
    Consent,
    /// "may be considered for inclusion".
    Alternative,
    /// Treatment with.
    Therapy,
    /// A class of treatments that the text itself defines.
    SelfDefined,
    /// Begins a definition that says all of what stands before it.
    Definition,
    /// What follows only dates something else.
    Anchor,
    /// The treatment that a disease needs.
    Requiring,
    /// Turns or measures what stands beside it in a way that is not read: its unit is not read at all.
    Hazard,
    /// Limits whom the sentence concerns ("for participants younger than 16"): it is not read at all.
    Whom,
    /// States a will, an ability or an opinion; the value is the topic.
    Statement,
    /// Only informs: its part asks nothing.
    Note,
    /// Narrows the name beside it, in words that the vocabulary lacks.
    Narrowing,
    /// Says what the study does with whom it fits ("are allowed", "cannot take part"): its sentence is not read at all.
    Permission,
}

impl Class {
    fn parse(text: &str) -> Option<Class> {
        Some(match text {
            "filler" => Class::Filler,
            "history" => Class::History,
            "any_time" => Class::AnyTime,
            "current" => Class::Current,
            "planned" => Class::Planned,
            "suspicion" => Class::Suspicion,
            "active" => Class::Active,
            "severe" => Class::Severe,
            "uncontrolled" => Class::Uncontrolled,
            "treated" => Class::Treated,
            "refractory" => Class::Refractory,
            "negation" => Class::Negation,
            "except" => Class::Except,
            "example" => Class::Example,
            "confirm" => Class::Confirm,
            "standard" => Class::Standard,
            "standard_end" => Class::StandardEnd,
            "with_or_without" => Class::WithOrWithout,
            "result" => Class::Result,
            "response" => Class::Response,
            "implied_female" => Class::ImpliedFemale,
            "implied_sex" => Class::ImpliedSex,
            "participation" => Class::Participation,
            "allergy" => Class::Allergy,
            "cause" => Class::Cause,
            "elevated" => Class::Elevated,
            "judgement" => Class::Judgement,
            "consent" => Class::Consent,
            "alternative" => Class::Alternative,
            "therapy" => Class::Therapy,
            "therapy_class" => Class::SelfDefined,
            "definition" => Class::Definition,
            "anchor" => Class::Anchor,
            "requiring" => Class::Requiring,
            "hazard" => Class::Hazard,
            "whom" => Class::Whom,
            "permission" => Class::Permission,
            "statement" => Class::Statement,
            "note" => Class::Note,
            "narrowing" => Class::Narrowing,
            _ => return None,
        })
    }
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What it does.
    pub class: Class,
    /// Which one of its class; empty where the class has one kind.
    pub value: &'static str,
    /// Words it covers.
    pub n_words: usize,
}

struct Entry {
    class: Class,
    value: &'static str,
}

/// The phrases, looked up word by word.
pub struct Lexicon {
    entries: Vec<Entry>,
    by_words: Trie,
    topics: HashMap<&'static str, (Topic, bool)>,
}

impl Lexicon {
    /// The lexicon that is built in.
    pub fn builtin() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon::load(include_str!("../data/phrases.tsv"), include_str!("../data/topics.tsv")))
    }

    fn load(phrases: &'static str, topics: &'static str) -> Lexicon {
        let (mut entries, mut by_words) = (Vec::new(), Phrases::default());
        for line in phrases.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(phrase), Some(class), Some(value)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let Some(class) = Class::parse(class) else { continue };
            by_words.add(normalised(phrase).iter().map(String::as_str), entries.len() as u32);
            entries.push(Entry { class, value });
        }
        let topics = topics
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (key, kind, question) = (cells.next()?, cells.next()?, cells.next()?);
                Some((key, (Topic { key: key.to_owned(), question: question.to_owned() }, kind == "consent")))
            })
            .collect();
        Lexicon { entries, by_words: by_words.closed(), topics }
    }

    /// Tells of the phrases that start with the first of these words, shorter before longer.
    pub fn phrases_at(&self, words: &[Word], mut found: impl FnMut(Phrase)) {
        self.by_words.walk(words.iter(), |n_words, values| {
            for entry in values.iter().filter_map(|index| self.entries.get(index as usize)) {
                found(Phrase { class: entry.class, value: entry.value, n_words });
            }
        });
    }

    /// The topic with this key; a topic without an entry asks by its key.
    pub fn topic(&self, key: &str) -> Topic {
        self.topics
            .get(key)
            .map_or_else(|| Topic { key: key.to_owned(), question: key.replace('_', " ") }, |(topic, _)| topic.clone())
    }

    /// Whether a topic waits for a person's agreement, rather than an examiner's judgement.
    pub fn is_consent(&self, key: &str) -> bool {
        self.topics.get(key).is_some_and(|(_, consent)| *consent)
    }
}

/// The normalised words of a phrase, without hyphens and apostrophes.
pub fn normalised(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|word| !is_joint(word.kind, &word.norm)).map(|word| word.norm.into()).collect()
}

/// Whether a symbol only joins words and is passed over in matching.
pub fn is_joint(kind: WordKind, norm: &str) -> bool {
    kind == WordKind::Symbol && matches!(norm, "-" | "'" | "’" | "‐" | "‑" | "\"" | "“" | "”" | "#" | "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_data_is_read_and_unique() {
        let mut seen = std::collections::BTreeSet::new();
        for (number, line) in include_str!("../data/phrases.tsv").lines().enumerate().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 4, "line {}", number + 1);
            assert!(Class::parse(cells[1]).is_some(), "line {}: class `{}`", number + 1, cells[1]);
            assert!(!cells[3].is_empty(), "line {} has no source", number + 1);
            assert!(seen.insert((cells[0], cells[1])), "line {} repeats `{}`", number + 1, cells[0]);
        }
    }

    #[test]
    fn every_judgement_and_consent_has_a_question() {
        for line in include_str!("../data/phrases.tsv").lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            if matches!(cells[1], "judgement" | "consent" | "statement") {
                assert!(Lexicon::builtin().topics.contains_key(cells[2]), "topic `{}`", cells[2]);
            }
        }
    }

    #[test]
    fn the_longest_phrase_wins() {
        let mut longest = None;
        Lexicon::builtin().phrases_at(&words("no remission has been achieved"), |phrase| longest = Some(phrase));
        let found = longest.unwrap();
        assert_eq!((found.class, found.value, found.n_words), (Class::Response, "no_remission", 5));
    }
}
