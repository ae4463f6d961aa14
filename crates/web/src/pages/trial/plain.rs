//! The drafted sentences as a page shows them: the words, and where each comes from.

use crate::line::Line;
use crate::tongue::{Speak, Tongue};
use crate::words;
use trialway_language::{Draft, Sentence};
use trialway_study::{
    Allocation, DateKind, InterventionModel, Masking, Phase, PrimaryPurpose, Sex, Status, StudyType, TimePerspective,
    WhoMasked, WordList,
};

/// A sentence with its sources.
pub struct PlainView {
    /// The words.
    pub words: Line,
    /// What it rests on.
    pub sources: Vec<SourceView>,
}

/// What a sentence rests on.
pub struct SourceView {
    /// The field of the record, as the registry's API names it.
    pub path: String,
    /// What the field is called for people.
    pub name: String,
    /// What stands there, with the registry's words for people.
    pub written: Line,
    /// The criterion below that it is about.
    pub criterion: Option<String>,
}

/// A part of the page that is drafted.
pub struct PartView {
    /// Sentences that are shown.
    pub open: Vec<PlainView>,
    /// Sentences behind a fold.
    pub folded: Vec<PlainView>,
}

impl PartView {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }
}

/// How many ends are shown before the fold.
const OPEN_ENDS: usize = 8;

/// Sentences without a fold.
pub fn part(tongue: Tongue, sentences: &[Sentence]) -> PartView {
    PartView { open: sentences.iter().map(|one| view(tongue, one)).collect(), folded: Vec::new() }
}

/// How many ends of one point are shown before the fold.
const OPEN_OF_ONE: usize = 2;

/// Ends of "… people who", the first ones open; one long point does not crowd out the others.
pub fn ends(tongue: Tongue, sentences: &[Sentence]) -> PartView {
    let all = sentences.iter().map(|one| view(tongue, one));
    // A fold with one or two in it costs more than it saves.
    if sentences.len() <= OPEN_ENDS + 2 {
        return PartView { open: all.collect(), folded: Vec::new() };
    }
    let (mut open, mut folded): (Vec<PlainView>, Vec<PlainView>) = (Vec::new(), Vec::new());
    for end in all {
        let point = |one: &PlainView| one.sources.first().and_then(|source| source.criterion.clone());
        let of_point = open.iter().filter(|one| point(one) == point(&end)).count();
        if open.len() < OPEN_ENDS && of_point < OPEN_OF_ONE {
            open.push(end);
        } else {
            folded.push(end);
        }
    }
    PartView { open, folded }
}

/// How many of the record's points the lists hold.
pub fn reach(tongue: Tongue, draft: &Draft) -> String {
    if draft.n_said == 0 {
        return String::new();
    }
    let points = words::count(tongue, "count-points", draft.n_criteria);
    tongue.say_with("trial-reach", &[("said", &draft.n_said.to_string()), ("points", &points)])
}

fn view(tongue: Tongue, sentence: &Sentence) -> PlainView {
    PlainView {
        words: Line::from(sentence.pieces.as_slice()),
        sources: sentence
            .sources
            .iter()
            .map(|source| SourceView {
                path: source.path.to_owned(),
                name: name(tongue, source.path),
                written: if source.criterion.is_some() {
                    Line::default()
                } else {
                    Line::of(&humane(tongue, &source.written))
                },
                criterion: source.criterion.as_ref().map(ToString::to_string),
            })
            .collect(),
    }
}

/// What people call a field of the record.
fn name(tongue: Tongue, path: &str) -> String {
    let field = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    tongue.words().say(&format!("source-{field}"), &[]).unwrap_or_else(|| tongue.say("source-eligibilitycriteria"))
}

/// What stands in a field, with the registry's coded words as people read them; its other words are English, and marked so.
fn humane(tongue: Tongue, written: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut as_written: Vec<&str> = Vec::new();
    for word in written.split(' ') {
        // "A sponsor; class other": the kind of body, as the draft puts it.
        let is_class = word == "class" && as_written.last().is_some_and(|before| before.ends_with(';'));
        let label = if is_class { Some(tongue.say("source-class")) } else { coded(tongue, word) };
        let Some(label) = label else {
            as_written.push(word);
            continue;
        };
        if !as_written.is_empty() {
            out.push(words::english(tongue, &as_written.join(" ")));
            as_written.clear();
        }
        out.push(label);
    }
    if !as_written.is_empty() {
        out.push(words::english(tongue, &as_written.join(" ")));
    }
    out.join(" ")
}

/// A coded word as people read it.
///
/// **Unknown**: none for words that are not of the registry's lists.
fn coded(tongue: Tongue, word: &str) -> Option<String> {
    let (core, tail) = word.split_at(word.trim_end_matches([',', ':', ';']).len());
    let known = of::<Phase>(tongue, core)
        .or_else(|| of::<StudyType>(tongue, core))
        .or_else(|| of::<PrimaryPurpose>(tongue, core))
        .or_else(|| of::<Allocation>(tongue, core))
        .or_else(|| of::<InterventionModel>(tongue, core))
        .or_else(|| of::<Masking>(tongue, core))
        .or_else(|| of::<WhoMasked>(tongue, core))
        .or_else(|| of::<TimePerspective>(tongue, core))
        .or_else(|| of::<DateKind>(tongue, core))
        .or_else(|| of::<Sex>(tongue, core))
        .or_else(|| of::<Status>(tongue, core));
    match (core, known) {
        ("true", _) => Some(format!("{}{tail}", tongue.say("source-yes"))),
        (_, Some(label)) => Some(format!("{}{tail}", label.to_lowercase())),
        (_, None) if core.contains('_') => Some(format!("{}{tail}", words::humane(core).to_lowercase())),
        _ => None,
    }
}

/// The label of a word of the list, spelt as the registry's API spells it.
fn of<T: WordList>(tongue: Tongue, word: &str) -> Option<String> {
    let value = T::ALL.iter().copied().find(|value| value.word() == word)?;
    Some(words::label_word(tongue, value))
}

#[cfg(test)]
mod tests {
    use super::humane;
    use crate::tongue::Tongue::English;

    #[test]
    fn no_coded_word_is_left() {
        assert_eq!(humane(English, "PHASE1, PHASE2"), "phase 1, phase 2");
        assert_eq!(humane(English, "DOUBLE PARTICIPANT, INVESTIGATOR"), "double participant, investigator");
        assert_eq!(humane(English, "2023-01 ACTUAL"), "2023-01 actual");
        assert_eq!(humane(English, "NO_INTERVENTION: Usual care"), "no intervention: Usual care");
    }
}
