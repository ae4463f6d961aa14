//! Checks of a sentence against what it rests on.
//!
//! They look at words only and know nothing of how the sentence was made, so that a fault of the drafting, or of a model that
//! drafts in its place, is seen: numbers, direction of limits, denial, words that promise.

use super::Sentence;
use crate::words::Words;

/// What is wrong with a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It rests on nothing.
    NoSource,
    /// A number that none of its sources has.
    Number(String),
    /// A number of its passage that it does not say.
    Lost(String),
    /// It names a lower limit where the source only has an upper one, or the other way round.
    Direction,
    /// It denies what the source does not deny.
    Denial,
    /// A word that promises or presses.
    Word(&'static str),
    /// A mark of a template that was not filled.
    Template,
    /// A word that neither its sources nor our templates have; looked for in sentences of a model alone.
    Foreign(String),
    /// Its reading grade is above what a model's sentence may have.
    Hard,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::NoSource => write!(f, "it rests on nothing"),
            Fault::Number(number) => write!(f, "the number {number} is not in its source"),
            Fault::Lost(number) => write!(f, "it does not say the number {number} of its source"),
            Fault::Direction => write!(f, "it turns a limit of its source round"),
            Fault::Denial => write!(f, "it denies what its source does not deny, or the other way round"),
            Fault::Word(word) => write!(f, "it promises or presses: “{word}”"),
            Fault::Template => write!(f, "a mark of a template was not filled"),
            Fault::Foreign(word) => write!(f, "“{word}” stands neither in its source nor in our own plain words"),
            Fault::Hard => write!(f, "it is too hard to read"),
        }
    }
}

/// Words that a plain text must not use of a study. Names and quotations of the record are looked at too: a sentence with a
/// promise in it is not ours to make.
///
/// **Source**: rules for advertisements to participants (FDA, Recruiting Study Subjects, 1998), and our own list in `docs/intended-use.md`.
const PROMISES: [&str; 15] = [
    "breakthrough",
    "miracle",
    "cure",
    "cures",
    "revolutionary",
    "game-changer",
    "game changer",
    "hope",
    "cutting-edge",
    "cutting edge",
    "free treatment",
    "early access",
    "proven",
    "guaranteed",
    "risk-free",
];

const LOWER: [&str; 12] = [
    "at least",
    "or older",
    "older than",
    "above",
    "more than",
    "or more",
    "or greater",
    "≥",
    ">",
    "minimum",
    "or higher",
    "over",
];
const UPPER: [&str; 13] = [
    "at most",
    "or younger",
    "younger than",
    "below",
    "less than",
    "or less",
    "or fewer",
    "≤",
    "<",
    "maximum",
    "or lower",
    "under",
    "up to",
];

/// Every fault of a sentence; empty when it passes.
pub fn faults(sentence: &Sentence, words: &Words) -> Vec<Fault> {
    let mut out = Vec::new();
    if sentence.sources.is_empty() {
        out.push(Fault::NoSource);
    }
    let source: String =
        sentence.sources.iter().map(|source| source.written.to_lowercase()).collect::<Vec<_>>().join("\n");
    let said = numbers(&sentence.words);
    let written = if said.is_empty() { Vec::new() } else { numbers(&source) };
    for number in said.iter().cloned() {
        let is_ours =
            number.strip_prefix('0').is_none() && template_numbers(sentence.template).contains(&number.as_str());
        if !written.contains(&number) && !is_ours {
            out.push(Fault::Number(number));
        }
    }
    let is_limit = sentence.template.starts_with("fit");
    if is_limit {
        let passages = sentence.sources.iter().flat_map(|source| loose_numbers(&source.passage));
        out.extend(passages.filter(|number| !said.contains(number)).map(Fault::Lost));
    }
    if is_limit && !direction_holds(&sentence.words, &source, words) {
        out.push(Fault::Direction);
    }
    if is_limit && sentence.denies && !denies(&source) {
        out.push(Fault::Denial);
    }
    let lower = sentence.words.to_lowercase();
    out.extend(PROMISES.iter().filter(|word| has_word(&lower, word)).map(|word| Fault::Word(word)));
    if sentence.words.contains(['{', '}']) || sentence.words.contains("undefined") {
        out.push(Fault::Template);
    }
    out
}

/// Numbers that a template itself has.
fn template_numbers(template: &str) -> &'static [&'static str] {
    match template {
        "phase-early" | "phase-1" => &["1"],
        "phase-1-2" => &["1", "2"],
        "phase-2" => &["2"],
        "phase-2-3" => &["2", "3"],
        "phase-3" => &["3"],
        "phase-4" => &["4"],
        // "and 4 more": counted from the names, not written in the record.
        _ if ["gist-", "purpose-", "matters-"].iter().any(|part| template.starts_with(part)) => SMALL,
        _ => &[],
    }
}

const SMALL: &[&str] =
    &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"];

/// The numbers of a text, without separators of thousands and without zeros that change nothing.
fn numbers(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut number = String::new();
    let superscript = |c: char| !c.is_ascii() && "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c);
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() || (matches!(c, '.' | ',') && !number.is_empty()) {
            number.push(c);
            continue;
        }
        if superscript(c) {
            // An exponent belongs to its unit.
            continue;
        }
        if !number.is_empty() {
            out.extend(readings(number.trim_end_matches(['.', ','])));
            number.clear();
        }
    }
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        // No number word is longer; few words come so far.
        if word.is_empty() || word.len() > LONGEST_NUMBER_WORD {
            continue;
        }
        if let Some((_, digit)) = NUMBER_WORDS.iter().chain(ROMAN).find(|(known, _)| *known == word)
            && !out.iter().any(|known| known == digit)
        {
            out.push((*digit).to_owned());
        }
    }
    out
}

const LONGEST_NUMBER_WORD: usize = "eighteen".len();

/// The numbers of a passage that the words do not say.
pub(super) fn lost(words: &str, passage: &str) -> Vec<Fault> {
    let said = numbers(words);
    loose_numbers(passage).into_iter().filter(|number| !said.contains(number)).map(Fault::Lost).collect()
}

/// Numbers in digits that stand by themselves: not a part of a name ("CD19", "HAMD-6", "type 2"), of a year or of a power of ten.
fn loose_numbers(passage: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut before: &str = "";
    for word in passage.split(|c: char| c.is_whitespace() || "()[]{};:–".contains(c)) {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let number = core.trim_start_matches(|c: char| !c.is_ascii_digit());
        let is_plain = !core.is_empty() && core.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
        let names =
            ["type", "class", "grade", "stage", "grades", "phase", "line", "version", "covid", "diabetes", "no"];
        let is_year = core.len() == 4 && (core.starts_with("19") || core.starts_with("20"));
        if is_plain && !is_year && !names.contains(&before.to_lowercase().as_str()) && core != "10" {
            out.push(readings(number).last().cloned().unwrap_or_default());
        }
        before = core;
    }
    out.retain(|number| !number.is_empty());
    out
}

const NUMBER_WORDS: &[(&str, &str)] = &[
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("twice", "2"),
    ("eighteen", "18"),
];

/// Classes and grades, in lower case as the source is compared.
const ROMAN: &[(&str, &str)] = &[
    ("i", "1"),
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("v", "5"),
    ("vi", "6"),
    ("iia", "2"),
    ("iib", "2"),
    ("iiia", "3"),
    ("iiib", "3"),
];

/// What a written number may be: `50,000` is 50000, `7,8` is 7.8, `10.0` is 10.
fn readings(written: &str) -> Vec<String> {
    let plain = |text: &str| {
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
        text.to_owned()
    };
    if !written.contains(',') {
        return vec![plain(written)];
    }
    vec![plain(&written.replace(',', "")), plain(&written.replace(',', "."))]
}

/// Whether the limits that the words name are on a side that the source names, or the source names none.
pub(super) fn direction_holds(said: &str, source: &str, words: &Words) -> bool {
    let said = said.to_lowercase();
    let of = |text: &str, cues: &[&str]| {
        cues.iter().any(|cue| if cue.len() > 3 { has_word(text, cue) } else { text.contains(cue) })
    };
    // A source that denies ("must not exceed") may turn the direction; one that names both may have either.
    if denies(source) {
        return true;
    }
    let (lower, upper) = (of(source, &LOWER), of(source, &UPPER));
    if lower == upper {
        return true;
    }
    // The templates name their own cues; where a language has no spaces between words, a cue is anywhere.
    let names = |id: &str| {
        let cues = words.say(id, &[]).unwrap_or_default();
        let is_there = |cue: &str| if cue.is_ascii() { has_word(&said, cue) } else { said.contains(cue) };
        cues.split(';').map(str::trim).filter(|cue| !cue.is_empty()).any(is_there)
    };
    let (names_lower, names_upper) = (names("cues-lower"), names("cues-upper"));
    !(names_lower && !names_upper && upper || names_upper && !names_lower && lower)
}

/// Whether a text denies something.
pub(super) fn denies(text: &str) -> bool {
    let word = |word: &str| {
        matches!(
            word,
            "no" | "not"
                | "never"
                | "without"
                | "none"
                | "neither"
                | "nor"
                | "absence"
                | "absent"
                | "negative"
                | "non"
                | "exclude"
                | "excluded"
                | "excluding"
                | "cannot"
                | "unable"
                | "except"
                | "lack"
                | "ineligible"
                | "unless"
        )
    };
    text.split(|c: char| !c.is_alphanumeric()).any(word)
        || ["free of", "other than", "don't"].iter().any(|cue| has_word(text, cue))
}

/// Whether a text has these words, with no letter or digit beside them.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let Some(first) = word.as_bytes().first() else { return false };
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    // Texts and words are short: looking for the first letter is quicker than preparing a search.
    text.bytes().enumerate().any(|(at, byte)| {
        byte == *first
            && text.get(at..).and_then(|rest| rest.strip_prefix(word)).is_some_and(|behind| {
                is_apart(behind.chars().next())
                    && is_apart(text.get(..at).and_then(|before| before.chars().next_back()))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Source, field};

    fn check(words: &str, source: &str, denies: bool, expected: &[Fault]) {
        let sentence = Sentence {
            template: "fit",
            words: words.to_owned(),
            pieces: Vec::new(),
            sources: vec![Source {
                passage: source.to_owned(),
                ..field("protocolSection.eligibilityModule.eligibilityCriteria", source)
            }],
            denies,
            bare: words.to_owned(),
        };
        assert_eq!(faults(&sentence, Words::english()), expected, "{words} / {source}");
    }

    #[test]
    fn what_the_source_does_not_say_is_a_fault() {
        check("are 18 years old or older", "Age ≥ 18 years", false, &[]);
        check(
            "are 18 years old or older",
            "Age ≥ 16 years",
            false,
            &[Fault::Number("18".into()), Fault::Lost("16".into())],
        );
        check("are in another study", "Another study in the last 30 days", false, &[Fault::Lost("30".into())]);
        check("have type 2 diabetes", "Type 2 diabetes (ADA 2020)", false, &[]);
        check("are 18 years old or younger", "Age ≥ 18 years", false, &[Fault::Direction]);
        check("have platelets of at least 50000 /µL", "platelets at least 50,000/µL", false, &[]);
        check("do not have lupus", "Diagnosis of lupus", true, &[Fault::Denial]);
        check("do not have lupus", "No lupus", true, &[]);
        check("had 2 courses", "two courses", false, &[]);
        check("want a miracle", "want a miracle", false, &[Fault::Word("miracle")]);
        check("have { $name }", "x", false, &[Fault::Template]);
    }
}
