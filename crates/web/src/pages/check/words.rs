//! A question as a sentence in the language of the page.

use super::received::Whom;
use crate::pages::Page;
use crate::tongue::Tongue;
use trialway_asking::{Manner, Put};
use trialway_terminology::{OtherLanguage, Terminology};

/// A sentence in three parts: the words in the middle may be in English on a page in another language, and are marked so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    pub before: String,
    pub what: String,
    pub after: String,
    /// Whether the middle is in another language than the page.
    pub is_foreign: bool,
}

impl Sentence {
    /// The whole in one line.
    pub fn whole(&self) -> String {
        format!("{}{}{}", self.before, self.what, self.after)
    }
}

/// Stands for the words in the middle while a message is filled in.
const HERE: &str = "\u{1}";

/// A question, put to whom it concerns.
pub fn sentence(put: &Put, whom: Whom, page: &Page) -> Sentence {
    let language = match page.tongue {
        Tongue::English => None,
        Tongue::Spanish => OtherLanguage::of_tag("es"),
        Tongue::Chinese => OtherLanguage::of_tag("zh"),
    };
    let name = language
        .zip(put.concept.as_ref())
        .and_then(|(language, concept)| Terminology::builtin().name_in(concept, language));
    let is_foreign = page.tongue != Tongue::English && name.is_none();
    let what = name.map_or_else(|| put.words.clone(), str::to_owned);
    let id = format!("check-ask-{}", put.manner.as_str());
    let said = page.say_with(&id, &[("whom", whom.as_str()), ("what", HERE)]);
    match said.split_once(HERE) {
        Some((before, after)) => Sentence { before: before.to_owned(), what, after: after.to_owned(), is_foreign },
        None => Sentence { before: said, ..Sentence::default() },
    }
}

/// The unit that a number is wanted in, for people; empty for pure numbers.
pub fn unit(put: &Put) -> String {
    if put.manner != Manner::Number || matches!(put.unit.as_str(), "" | "1" | "{score}" | "{titer}") {
        return String::new();
    }
    trialway_language::unit_words(&put.unit)
}
