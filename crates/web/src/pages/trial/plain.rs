//! The drafted sentences as a page shows them: the words, and where each comes from.

use crate::words;
use trialway_language::{Draft, Sentence};
use trialway_study::{
    Allocation, DateKind, InterventionModel, Masking, Phase, PrimaryPurpose, Sex, Status, StudyType, TimePerspective,
    WhoMasked, WordList,
};

/// A sentence with its sources.
pub struct PlainView {
    /// The words.
    pub words: String,
    /// What it rests on.
    pub sources: Vec<SourceView>,
}

/// What a sentence rests on.
pub struct SourceView {
    /// The field of the record, as the registry's API names it.
    pub path: String,
    /// What the field is called for people.
    pub name: &'static str,
    /// What stands there, with the registry's words for people.
    pub written: String,
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
pub fn part(sentences: &[Sentence]) -> PartView {
    PartView { open: sentences.iter().map(view).collect(), folded: Vec::new() }
}

/// How many ends of one point are shown before the fold.
const OPEN_OF_ONE: usize = 2;

/// Ends of "… people who", the first ones open; one long point does not crowd out the others.
pub fn ends(sentences: &[Sentence]) -> PartView {
    let all = sentences.iter().map(view);
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
pub fn reach(draft: &Draft) -> String {
    if draft.n_said == 0 {
        return String::new();
    }
    let all = words::count(draft.n_criteria, "point", "points");
    format!(
        "These lists are drafted by rules from the record and may be wrong. They hold {} of its {all}; the published points below count.",
        draft.n_said
    )
}

fn view(sentence: &Sentence) -> PlainView {
    PlainView {
        words: sentence.words.clone(),
        sources: sentence
            .sources
            .iter()
            .map(|source| SourceView {
                path: source.path.to_owned(),
                name: name(source.path),
                written: if source.criterion.is_some() { String::new() } else { humane(&source.written) },
                criterion: source.criterion.as_ref().map(ToString::to_string),
            })
            .collect(),
    }
}

/// What people call a field of the record.
fn name(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "conditions" => "Conditions",
        "interventions" => "Treatments",
        "armGroups" => "Groups",
        "minimumAge" => "Lowest age",
        "maximumAge" => "Highest age",
        "sex" => "Sex",
        "healthyVolunteers" => "Healthy volunteers",
        "studyType" => "Kind of study",
        "primaryPurpose" => "Main purpose",
        "phases" => "Phase",
        "primaryOutcomes" => "Main outcomes",
        "enrollmentInfo" => "Number of participants",
        "leadSponsor" => "Sponsor",
        "startDateStruct" => "Start date",
        "completionDateStruct" => "End date",
        "allocation" => "Allocation to groups",
        "interventionModel" => "Design of the groups",
        "maskingInfo" => "Masking",
        "timePerspective" => "Time perspective",
        _ => "Eligibility criteria",
    }
}

/// What stands in a field, with the registry's coded words as people read them.
fn humane(written: &str) -> String {
    written.split(' ').map(coded).collect::<Vec<_>>().join(" ")
}

fn coded(word: &str) -> String {
    let (core, tail) = word.split_at(word.trim_end_matches([',', ':', ';']).len());
    let known = of::<Phase>(core)
        .or_else(|| of::<StudyType>(core))
        .or_else(|| of::<PrimaryPurpose>(core))
        .or_else(|| of::<Allocation>(core))
        .or_else(|| of::<InterventionModel>(core))
        .or_else(|| of::<Masking>(core))
        .or_else(|| of::<WhoMasked>(core))
        .or_else(|| of::<TimePerspective>(core))
        .or_else(|| of::<DateKind>(core))
        .or_else(|| of::<Sex>(core))
        .or_else(|| of::<Status>(core));
    match (core, known) {
        ("true", _) => format!("yes{tail}"),
        (_, Some(label)) => format!("{}{tail}", label.to_lowercase()),
        (_, None) if core.contains('_') => format!("{}{tail}", words::humane(core).to_lowercase()),
        _ => word.to_owned(),
    }
}

/// The label of a word of the list, spelt as the registry's API spells it.
fn of<T: WordList>(word: &str) -> Option<&'static str> {
    T::ALL.iter().copied().find(|value| value.word() == word).map(WordList::label)
}

#[cfg(test)]
mod tests {
    use super::humane;

    #[test]
    fn no_coded_word_is_left() {
        assert_eq!(humane("PHASE1, PHASE2"), "phase 1, phase 2");
        assert_eq!(humane("DOUBLE PARTICIPANT, INVESTIGATOR"), "double participant, investigator");
        assert_eq!(humane("2023-01 ACTUAL"), "2023-01 actual");
        assert_eq!(humane("NO_INTERVENTION: Usual care"), "no intervention: Usual care");
    }
}
