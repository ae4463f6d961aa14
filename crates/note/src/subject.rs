//! Whom a story in a person's own words is about: "my daughter is 9 and has ...", "I am 45 and have ...".
//!
//! A story that opens with somebody's child or partner is about that person: then what "I" have is of somebody else. Where both
//! may be meant, nobody is taken, and what is said of the relative stays of a relative.

use crate::context::{Manner, Scope};
use trialway_patient::RecordedSex;
use trialway_terminology::Word;

/// The person, other than the teller, whom a story is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The word for the person: `daughter`.
    pub word: &'static str,
    /// What the word says of their sex.
    pub sex: Option<RecordedSex>,
    /// Whether it is a child of the teller, so that the teller can be told from the patient.
    is_child: bool,
}

const FEMALE: Option<RecordedSex> = Some(RecordedSex::Female);
const MALE: Option<RecordedSex> = Some(RecordedSex::Male);

pub(crate) const PEOPLE: [Subject; 23] = [
    Subject { word: "daughter", sex: FEMALE, is_child: true },
    Subject { word: "granddaughter", sex: FEMALE, is_child: true },
    Subject { word: "son", sex: MALE, is_child: true },
    Subject { word: "grandson", sex: MALE, is_child: true },
    Subject { word: "girl", sex: FEMALE, is_child: true },
    Subject { word: "boy", sex: MALE, is_child: true },
    Subject { word: "child", sex: None, is_child: true },
    Subject { word: "kid", sex: None, is_child: true },
    Subject { word: "baby", sex: None, is_child: true },
    Subject { word: "toddler", sex: None, is_child: true },
    Subject { word: "teenager", sex: None, is_child: true },
    Subject { word: "wife", sex: FEMALE, is_child: false },
    Subject { word: "husband", sex: MALE, is_child: false },
    Subject { word: "spouse", sex: None, is_child: false },
    Subject { word: "partner", sex: None, is_child: false },
    Subject { word: "mother", sex: FEMALE, is_child: false },
    Subject { word: "mom", sex: FEMALE, is_child: false },
    Subject { word: "mum", sex: FEMALE, is_child: false },
    Subject { word: "father", sex: MALE, is_child: false },
    Subject { word: "dad", sex: MALE, is_child: false },
    Subject { word: "sister", sex: FEMALE, is_child: false },
    Subject { word: "brother", sex: MALE, is_child: false },
    Subject { word: "friend", sex: None, is_child: false },
];

/// Words of the opening between "my" and the person: "my 9 year old little girl".
const BETWEEN: usize = 6;

/// What "I" is or has.
const OF_ME: [&str; 14] =
    ["am", "have", "had", "was", "take", "use", "got", "suffer", "smoke", "drink", "feel", "'", "’", "need"];

fn norm(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| word.norm.as_str())
}

/// Where the teller speaks of their own state.
fn of_me(words: &[Word]) -> Option<usize> {
    (0..words.len()).find(|at| {
        norm(words, *at) == "i"
            && OF_ME.contains(&norm(words, at + 1))
            // "I am writing for my son", "I am his mother", "I have a son who".
            && !matches!(norm(words, at + 2), "writing" | "looking" | "his" | "her" | "the" | "asking" | "searching")
            && !(at + 2..at + 5).any(|k| PEOPLE.iter().any(|one| one.word == norm(words, k)))
    })
}

/// The person whom a story is about, by its first statement; none where that is the teller, a patient, or unclear.
pub(crate) fn subject(statements: &[Vec<Word>]) -> Option<Subject> {
    let first = statements.iter().find(|words| !words.is_empty())?;
    let mine = (0..first.len()).find(|at| {
        matches!(norm(first, *at), "my" | "our") || norm(first, *at) == "a" && norm(first, at.wrapping_sub(1)) == "have"
    })?;
    let (at, found) = (mine + 1..mine + 1 + BETWEEN).find_map(|at| {
        let one = PEOPLE.iter().find(|one| one.word == norm(first, at))?;
        Some((at, *one))
    })?;
    // "My daughter's cough" is hers; "I am 45, my mother had cancer", "me and my son" are not about one relative.
    let opens = !first.get(..mine).unwrap_or_default().iter().any(|word| matches!(word.norm.as_str(), "," | "and"));
    let alone = !matches!(norm(first, at + 1), "and" | ",") || norm(first, at + 2) != "i";
    let tells = statements.iter().any(|words| of_me(words).is_some());
    // "My mother had breast cancer" tells of a relative, "my wife has" of the one who is looked for.
    let is_past = matches!(norm(first, at + 1), "died" | "passed") || !found.is_child && norm(first, at + 1) == "had";
    (!is_past && opens && alone && (found.is_child || !tells)).then_some(found)
}

impl Subject {
    /// Whether the word at a place names this person: "my daughter", and not "her daughter".
    pub(crate) fn is_named(&self, words: &[Word], at: usize) -> bool {
        norm(words, at) == self.word
            && (at.saturating_sub(BETWEEN + 1)..at).rev().any(|k| {
                matches!(norm(words, k), "my" | "our" | "the" | "this")
                    || norm(words, k) == "a" && norm(words, k.wrapping_sub(1)) == "have"
            })
            && !(at.saturating_sub(3)..at).any(|k| matches!(norm(words, k), "her" | "his" | "their"))
    }

    /// What the teller says of themselves in a statement: of somebody else.
    pub(crate) fn of_teller(&self, words: &[Word]) -> Option<Scope> {
        of_me(words).map(|at| Scope { words: at..words.len(), manner: Manner::Family })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_terminology::words;

    #[test]
    fn whom_a_story_is_about() {
        for (text, wanted) in [
            ("My daughter is 9 and has lupus nephritis", Some("daughter")),
            ("My 4 year old son has nephrotic syndrome", Some("son")),
            ("I am looking for a study for my little girl", Some("girl")),
            ("I have a son who has asthma", Some("son")),
            ("Our baby was born with a heart defect. I have asthma.", Some("baby")),
            ("My wife has breast cancer.", Some("wife")),
            ("My mother had breast cancer. I am 45 and have a lump.", None),
            ("My mum died of ovarian cancer.", None),
            ("My father had kidney failure.", None),
            ("I am 45, my mother had breast cancer.", None),
            ("I have asthma and my son has asthma.", None),
            ("A 54-year-old man. His son has gout.", None),
        ] {
            let statements: Vec<Vec<Word>> = text.split_inclusive(". ").map(words).collect();
            assert_eq!(subject(&statements).map(|one| one.word), wanted, "{text}");
        }
    }
}
