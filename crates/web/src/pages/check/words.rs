//! A question as a sentence in the language of the page.

use super::received::Whom;
use crate::line::Line;
use crate::pages::Page;
use crate::tongue::Tongue;
use crate::words;
use trialway_asking::{Manner, Put};
use trialway_eligibility::expr::{Atom, Expr, Test};
use trialway_language::foreign::marked;
use trialway_language::{named_in, read_in, topic_words};
use trialway_terminology::{ConceptId, Terminology};

/// A question, put to whom it concerns.
pub fn sentence(put: &Put, whom: Whom, page: &Page) -> Line {
    let (manner, what) = what(put, page.tongue);
    let id = format!("check-ask-{}", manner.as_str());
    Line::of(&page.say_with(&id, &[("whom", whom.as_str()), ("what", &what)]))
}

/// How a question is put in a language, and the words behind it; what stays English is marked.
fn what(put: &Put, tongue: Tongue) -> (Manner, String) {
    if tongue == Tongue::English {
        return (put.manner, put.words.clone());
    }
    let (terminology, templates) = (Terminology::builtin(), tongue.templates());
    // Where the words behind stand in no other sentence, the question says the whole.
    let whole = || (Manner::IsSo, marked(&read_in(&put.leaf, "", terminology, templates).pieces));
    match put.manner {
        Manner::AsWritten => (put.manner, words::english(tongue, &put.words)),
        Manner::Number => (put.manner, words::name(tongue, Some(&ConceptId::new(&put.key)), &put.words)),
        Manner::Childbearing | Manner::InAnother => (put.manner, String::new()),
        Manner::Judged | Manner::Agreed => match &put.leaf {
            Expr::Atom(Atom { test: Test::Judgement(topic) | Test::Consent(topic), .. }) => {
                (put.manner, topic_words(topic, templates))
            }
            _ => (put.manner, words::english(tongue, &put.words)),
        },
        Manner::IsSo | Manner::Treated => whole(),
        _ => match named_in(&put.leaf, terminology, templates) {
            Some(what) => (put.manner, what),
            None => whole(),
        },
    }
}

/// The unit that a number is wanted in, for people; empty for pure numbers.
pub fn unit(put: &Put, tongue: Tongue) -> String {
    if put.manner != Manner::Number || matches!(put.unit.as_str(), "" | "1" | "{score}" | "{titer}") {
        return String::new();
    }
    let of_time = match put.unit.as_str() {
        "a" => Some("unit-years"),
        "mo" => Some("unit-months"),
        "wk" => Some("unit-weeks"),
        "d" => Some("unit-days"),
        "h" => Some("unit-hours"),
        "min" => Some("unit-minutes"),
        _ => None,
    };
    let said = of_time.and_then(|id| tongue.templates().say(id, &[]));
    said.unwrap_or_else(|| trialway_language::unit_words(&put.unit))
}
