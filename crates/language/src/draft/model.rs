//! What a language model may draft, and whether it may be shown.
//!
//! A model is offered a few fields of the public record, never the criteria, and must give for each sentence the field and the
//! very words that it rests on. A block is shown whole or not at all: one sentence with a fault refuses it. These checks are
//! stricter than those of our own sentences, whose makers are known: numbers and denials must be the same on both sides, every
//! word must stand in the passage or be one of a few plain ones, and nothing may be claimed of a treatment.

use super::check::{self, Fault};
use super::{Sentence, Source, field, grade};
use crate::foreign::Piece;
use crate::words::Words;
use trialway_study::Study;

/// Template name of a model's sentences.
pub const TEMPLATE: &str = "model";

/// Most sentences of a block.
pub const MOST_SENTENCES: usize = 8;

/// Most characters of a sentence.
const LONGEST: usize = 300;

/// Highest reading grade of a sentence, names left out.
const HIGHEST_GRADE: f64 = 12.0;

/// A sentence as a model gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The sentence.
    pub words: String,
    /// The field that it rests on: the path of an offered one.
    pub path: String,
    /// The words of the field, verbatim but for white space.
    pub passage: String,
}

/// What a model is offered of a study: public fields of its record, each with its path. Never the criteria, never a contact.
pub fn offered(study: &Study) -> Vec<Source> {
    let mut out = Vec::new();
    let mut add = |path: &'static str, text: &str| {
        let text = one_line(text);
        if !text.is_empty() {
            out.push(field(path, text));
        }
    };
    add("protocolSection.identificationModule.briefTitle", study.brief_title.as_deref().unwrap_or_default());
    add("protocolSection.identificationModule.officialTitle", study.official_title.as_deref().unwrap_or_default());
    add("protocolSection.descriptionModule.briefSummary", study.brief_summary.as_deref().unwrap_or_default());
    add("protocolSection.conditionsModule.conditions", &study.conditions.join("; "));
    let names: Vec<&str> = study.interventions.iter().map(|one| one.name.as_str()).collect();
    add("protocolSection.armsInterventionsModule.interventions", &names.join("; "));
    out
}

/// A block of sentences, where every one of them may be shown.
///
/// **Errors**: the sentences that may not, each with its faults; for an empty or too long block one without words.
pub fn accepted(study: &Study, proposed: &[Proposed]) -> Result<Vec<Sentence>, Vec<(String, Vec<Fault>)>> {
    if proposed.is_empty() || proposed.len() > MOST_SENTENCES {
        return Err(vec![(String::new(), vec![Fault::NoSource])]);
    }
    let offered = offered(study);
    let (mut out, mut refused) = (Vec::new(), Vec::new());
    for one in proposed {
        match sentence(study, &offered, one) {
            Ok(sentence) => out.push(sentence),
            Err(faults) => refused.push((one_line(&one.words), faults)),
        }
    }
    if refused.is_empty() { Ok(out) } else { Err(refused) }
}

fn sentence(study: &Study, offered: &[Source], one: &Proposed) -> Result<Sentence, Vec<Fault>> {
    let (words, passage) = (one_line(&one.words), one_line(&one.passage));
    let is_one = words.chars().any(char::is_alphabetic) && words.chars().count() <= LONGEST && words.ends_with('.');
    let source = offered
        .iter()
        .find(|source| source.path == one.path)
        .filter(|source| is_one && passage.split(' ').count() > 1 && source.written.contains(&passage))
        .ok_or_else(|| vec![Fault::NoSource])?;
    let made = Sentence {
        template: TEMPLATE,
        bare: without_names(study, &words),
        pieces: vec![Piece { words: words.clone(), is_english: false }],
        words,
        // The passage alone is what it may rest on.
        sources: vec![Source { written: passage.clone(), passage: passage.clone(), ..source.clone() }],
        denies: false,
    };
    let mut faults = check::faults(&made, Words::english());
    let (lower, source) = (made.words.to_lowercase(), passage.to_lowercase());
    faults.extend(check::lost(&made.words, &passage));
    if check::denies(&lower) != check::denies(&source) {
        faults.push(Fault::Denial);
    }
    if !check::direction_holds(&made.words, &source, Words::english()) {
        faults.push(Fault::Direction);
    }
    if let Some(claim) = CLAIMS.iter().find(|claim| check::has_word(&lower, claim))
        && !HEDGES.iter().any(|hedge| check::has_word(&lower, hedge))
    {
        faults.push(Fault::Word(claim));
    }
    faults.extend(foreign(&lower, &source));
    if grade::of(&made.bare) > HIGHEST_GRADE {
        faults.push(Fault::Hard);
    }
    if faults.is_empty() { Ok(made) } else { Err(faults) }
}

/// Words that are not of the passage; or that too few are.
fn foreign(words: &str, passage: &str) -> Vec<Fault> {
    let stems: Vec<String> = letters(passage).map(stem).collect();
    let (mut n, mut n_shared) = (0_usize, 0_usize);
    let mut out = Vec::new();
    for word in letters(words).filter(|word| !SMALL_WORDS.contains(word)) {
        n += 1;
        let own = stem(word);
        if stems.contains(&own) {
            n_shared += 1;
        } else if !PLAIN_WORDS.contains(&word) && !PLAIN_WORDS.iter().any(|plain| stem(plain) == own) {
            out.push(Fault::Foreign(word.to_owned()));
        }
    }
    if out.is_empty() && n_shared * 4 < n {
        out.push(Fault::NoSource);
    }
    out
}

fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| word.chars().any(char::is_alphabetic))
}

/// A word without its common endings, in lower case.
fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    let cut = ["ments", "ment", "ations", "ation", "ings", "ing", "ies", "ers", "ed", "es", "er", "s", "y", "e"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending).filter(|rest| rest.chars().count() >= 4));
    cut.map_or_else(|| lower.clone(), str::to_owned)
}

fn without_names(study: &Study, words: &str) -> String {
    let mut out = words.to_owned();
    for name in study.conditions.iter().chain(study.interventions.iter().map(|one| &one.name)) {
        if !name.trim().is_empty() {
            out = out.replace(name.as_str(), "it").replace(&name.to_lowercase(), "it");
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words that claim something of a treatment; only a sentence that leaves it open may have them.
const CLAIMS: [&str; 16] = [
    "effective",
    "safe",
    "safer",
    "better",
    "best",
    "superior",
    "works",
    "heals",
    "treats",
    "improves",
    "prevents",
    "stops",
    "successful",
    "will help",
    "helps",
    "promising",
];

const HEDGES: [&str; 3] = ["if", "whether", "how"];

const SMALL_WORDS: [&str; 42] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "by", "and", "or", "is", "are", "was", "were", "be",
    "it", "its", "this", "that", "these", "those", "who", "which", "what", "how", "if", "whether", "as", "from",
    "will", "may", "can", "have", "has", "they", "their", "them", "than", "not",
];

/// Plain words that a model may use of its own: they name what every study has.
const PLAIN_WORDS: [&str; 24] = [
    "study", "people", "person", "test", "look", "learn", "find", "out", "about", "use", "given", "give", "get",
    "take", "part", "doctor", "treat", "illness", "sick", "group", "also", "aim", "compare", "called",
];

#[cfg(test)]
mod tests {
    use super::*;

    const SUMMARY: &str = "protocolSection.descriptionModule.briefSummary";

    fn study() -> Study {
        Study {
            brief_title: Some("Demonstration cells for kidney illness".to_owned()),
            brief_summary: Some(
                "The purpose of this study is to evaluate the safety of demonstration cells in 18 children with nephrotic \
                 syndrome.  Participants are followed for 24 months. It is not designed to replace usual care."
                    .to_owned(),
            ),
            conditions: vec!["Nephrotic Syndrome".to_owned()],
            ..Study::default()
        }
    }

    fn check(words: &str, passage: &str, expected: &[Fault]) {
        let one = Proposed { words: words.to_owned(), path: SUMMARY.to_owned(), passage: passage.to_owned() };
        let found = match accepted(&study(), &[one]) {
            Ok(_) => Vec::new(),
            Err(refused) => refused.into_iter().flat_map(|(_, faults)| faults).collect(),
        };
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn a_model_may_say_what_its_passage_says_and_no_more() {
        let whole = "evaluate the safety of demonstration cells in 18 children with nephrotic syndrome";
        let long = "Participants are followed for 24 months";
        let not = "It is not designed to replace usual care";
        check(
            "The study looks at the safety of demonstration cells in 18 children with nephrotic syndrome.",
            whole,
            &[],
        );
        check("People who take part are followed for 24 months.", long, &[]);
        check(
            "The study looks at the safety of demonstration cells in 81 children with nephrotic syndrome.",
            whole,
            &[Fault::Number("81".into()), Fault::Lost("18".into())],
        );
        check("People who take part are followed.", long, &[Fault::Lost("24".into())]);
        check("It is designed to replace usual care.", not, &[Fault::Denial]);
        check("People who take part are not followed for 24 months.", long, &[Fault::Denial]);
        check(
            "This breakthrough study looks at demonstration cells in 18 children.",
            whole,
            &[Fault::Word("breakthrough"), Fault::Foreign("breakthrough".into())],
        );
        check(
            "Demonstration cells are safe in 18 children with nephrotic syndrome.",
            whole,
            &[Fault::Word("safe"), Fault::Foreign("safe".into())],
        );
        check("Participants are followed for 24 months in Berlin.", long, &[Fault::Foreign("berlin".into())]);
        // Words that the record does not have, a passage that is not there, a field that was not offered, no sentence.
        check("Participants are followed for 24 months.", "Participants are paid for 24 months", &[Fault::NoSource]);
        check("", long, &[Fault::NoSource]);
        check("18", whole, &[Fault::NoSource]);
        let criteria = Proposed {
            words: "Adults can join.".to_owned(),
            path: "protocolSection.eligibilityModule.eligibilityCriteria".to_owned(),
            passage: "Adults can join.".to_owned(),
        };
        assert!(accepted(&study(), &[criteria]).is_err());
        assert!(accepted(&study(), &[]).is_err());
    }

    #[test]
    fn one_bad_sentence_refuses_the_block() {
        let good = Proposed {
            words: "People who take part are followed for 24 months.".to_owned(),
            path: SUMMARY.to_owned(),
            passage: "Participants are followed for 24 months.".to_owned(),
        };
        let bad = Proposed { words: "People who take part are followed for 2 months.".to_owned(), ..good.clone() };
        assert_eq!(accepted(&study(), std::slice::from_ref(&good)).map(|block| block.len()), Ok(1));
        assert!(accepted(&study(), &[good, bad]).is_err());
    }

    #[test]
    fn what_is_offered_is_public_and_has_no_criteria() {
        let study = Study {
            eligibility: trialway_study::Eligibility { text: Some("Age ≥ 18".to_owned()), ..Default::default() },
            ..study()
        };
        assert!(
            offered(&study)
                .iter()
                .all(|source| !source.written.contains("18 years") && !source.path.contains("eligibility"))
        );
        assert_eq!(offered(&study).len(), 3);
    }
}
