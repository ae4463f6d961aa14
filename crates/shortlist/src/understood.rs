//! What was taken from a story, with its words, so that a person can see a misreading before the list.

use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;
use trialway_matching::Says;
use trialway_note::{Manner, Note};
use trialway_patient::{Calendar, Certainty, Fact, FactKind, Facts, RecordedSex, RecordedStatus, Value, completed};
use trialway_terminology::{ConceptId, Terminology};

/// What was taken from a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// Age and sex in words; what is not known is said.
    pub person: Vec<(&'static str, String)>,
    /// Facts by kind; groups that have none are left out.
    pub groups: Vec<Group>,
    /// The note in stretches, each with whether something was taken from it; empty for records.
    pub text: Vec<(String, bool)>,
    /// What the findings together suggest, by which the list is also made; no fact.
    pub suggested: Vec<String>,
}

/// Facts of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are.
    pub heading: &'static str,
    /// Whether they count for the patient; what is of a relative or planned does not.
    pub counts: bool,
    /// Each once, in the order of the text.
    pub items: Vec<Item>,
}

/// One thing that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it was taken for, in English, with what is said of it.
    pub name: String,
    /// The same without what is said of it.
    pub bare: String,
    /// What it was taken for; none where the vocabulary lacks it.
    pub concept: Option<ConceptId>,
    /// What is said of it besides its name.
    pub says: Says,
    /// Whether all that is known is that there is an allergy.
    pub is_some_allergy: bool,
    /// The words that it rests on; of a record, none.
    pub words: Option<String>,
    /// Whether the vocabulary lacks it, so that it is known by its words alone.
    pub only_words: bool,
}

/// Groups in the order in which they are shown.
const GROUPS: [(&str, bool); 12] = [
    ("Has", true),
    ("Takes", true),
    ("Takes or took", true),
    ("Measured", true),
    ("Had before", true),
    ("Took before", true),
    ("Was done", true),
    ("Allergic to", true),
    ("Suspected", true),
    ("Does not have or take", true),
    ("Of somebody else, not counted", false),
    ("Planned, not counted", false),
];

#[derive(Default)]
struct Gathered {
    items: [Vec<Item>; GROUPS.len()],
    /// What each group has already.
    known: BTreeSet<(usize, String)>,
}

impl Gathered {
    fn add(&mut self, heading: &str, item: Item) {
        let Some(at) = GROUPS.iter().position(|(known, _)| *known == heading) else { return };
        if self.known.insert((at, item.name.to_lowercase()))
            && let Some(items) = self.items.get_mut(at)
        {
            items.push(item);
        }
    }

    fn groups(self) -> Vec<Group> {
        let all = GROUPS.iter().zip(self.items).filter(|(_, items)| !items.is_empty());
        all.map(|((heading, counts), items)| Group { heading, counts: *counts, items }).collect()
    }
}

/// Of a note.
pub(crate) fn of_note(note: &Note, text: &str, terminology: &Terminology) -> Understood {
    let mut all = Gathered::default();
    let mut marks: Vec<Range<usize>> = note.age.iter().map(|age| age.span.clone()).collect();
    for fact in &note.facts.facts {
        let span = fact.provenance.span.map(|(start, end)| start..end);
        let Some(heading) = heading(fact) else { continue };
        marks.extend(span.clone());
        let words = span.map(|span| quoted(text, &span));
        all.add(heading, Item { words, ..item(fact, terminology) });
    }
    for said in &note.said {
        let heading = match said.manner {
            Manner::Family => "Of somebody else, not counted",
            Manner::Planned => "Planned, not counted",
            _ => continue,
        };
        marks.push(said.span.clone());
        all.add(
            heading,
            Item { words: Some(quoted(text, &said.span)), ..named(said.concept.as_ref(), &said.text, terminology) },
        );
    }
    let age = note.age.as_ref().map(|age| {
        let unit = match age.unit {
            Calendar::Years => "year",
            Calendar::Months => "month",
            Calendar::Weeks => "week",
            Calendar::Days => "day",
        };
        format!("{} {unit}{}", age.number, if age.number == 1 { "" } else { "s" })
    });
    Understood {
        person: person(age, note.facts.sex),
        groups: all.groups(),
        text: stretches(text, marks),
        suggested: trialway_ranking::suggest::suggested(note, text).into_iter().map(str::to_owned).collect(),
    }
}

/// Of a record or of answers.
pub(crate) fn of_record(facts: &Facts, as_of: Date, terminology: &Terminology) -> Understood {
    let mut all = Gathered::default();
    for fact in &facts.facts {
        if let Some(heading) = heading(fact) {
            all.add(heading, item(fact, terminology));
        }
    }
    for relative in &facts.family {
        all.add("Of somebody else, not counted", named(relative.concepts.first(), &relative.label, terminology));
    }
    let age = facts.birth.map(|birth| {
        let (low, high) =
            (completed(birth.latest, as_of, Calendar::Years), completed(birth.earliest, as_of, Calendar::Years));
        if low == high { format!("{low} years") } else { format!("{low} to {high} years") }
    });
    Understood { person: person(age, facts.sex), groups: all.groups(), text: Vec::new(), suggested: Vec::new() }
}

fn person(age: Option<String>, sex: Option<RecordedSex>) -> Vec<(&'static str, String)> {
    let sex = match sex {
        Some(RecordedSex::Female) => "female",
        Some(RecordedSex::Male) => "male",
        Some(RecordedSex::Other) => "other",
        None => "not said; nothing is left out for it",
    };
    vec![("Age", age.unwrap_or_else(|| "not said; nothing is left out for it".to_owned())), ("Sex", sex.to_owned())]
}

/// Under which heading a fact stands; none for what is calculated and for consents.
fn heading(fact: &Fact) -> Option<&'static str> {
    let denied = matches!(fact.value, Some(Value::Answer { yes: false, .. }) | Some(Value::Absent));
    Some(match fact.kind {
        FactKind::Derived | FactKind::Consent => return None,
        FactKind::Allergy if denied => "Does not have or take",
        FactKind::Allergy => "Allergic to",
        _ if denied => "Does not have or take",
        _ if fact.certainty == Certainty::Suspected => "Suspected",
        FactKind::Observation | FactKind::Report => "Measured",
        FactKind::Condition if fact.status == RecordedStatus::Ended || fact.period.end.is_some() => "Had before",
        FactKind::Condition => "Has",
        FactKind::Medication if fact.status == RecordedStatus::Ended => "Took before",
        FactKind::Medication if fact.status == RecordedStatus::Active => "Takes",
        FactKind::Medication => "Takes or took",
        FactKind::Procedure | FactKind::Immunization | FactKind::Participation => "Was done",
    })
}

/// A thing by its name alone.
fn named(concept: Option<&ConceptId>, written: &str, terminology: &Terminology) -> Item {
    let name = name(concept, written, terminology);
    Item {
        bare: name.clone(),
        name,
        concept: concept.cloned(),
        says: Says::Nothing,
        is_some_allergy: false,
        words: None,
        only_words: concept.is_none(),
    }
}

fn item(fact: &Fact, terminology: &Terminology) -> Item {
    let of = named(fact.concepts.first(), &fact.label, terminology);
    let says = match &fact.value {
        Some(Value::Quantity { written, unit_written, .. }) => Says::Number(format!("{written} {unit_written}")),
        Some(Value::Titre { written, .. } | Value::Detected { written, .. }) => Says::Words(written.clone()),
        Some(Value::Answer { yes: true, .. }) => Says::Answer(true, "yes".to_owned()),
        Some(Value::Text(words)) => Says::Words(words.clone()),
        Some(Value::Date(date)) => Says::Words(date.latest.to_string()),
        Some(Value::Answer { yes: false, .. } | Value::Absent) | None => Says::Nothing,
    };
    let is_some_allergy = fact.kind == FactKind::Allergy && fact.concepts.is_empty() && fact.value.is_some();
    let value = match &says {
        Says::Nothing => "",
        Says::Number(words) | Says::Answer(_, words) | Says::Words(words) => words.as_str(),
    };
    let name = if is_some_allergy {
        "a known allergy".to_owned()
    } else {
        format!("{} {value}", of.name).trim_end().to_owned()
    };
    let only_words = fact.concepts.is_empty() && fact.kind != FactKind::Allergy;
    Item { name, says, is_some_allergy, only_words, ..of }
}

/// What something was taken for: the name that people use.
fn name(concept: Option<&ConceptId>, written: &str, terminology: &Terminology) -> String {
    let Some(concept) = concept.and_then(|id| terminology.concept(id)) else { return written.to_owned() };
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    if same(&concept.lay_name, &concept.name) || concept.lay_name.is_empty() {
        concept.name.clone()
    } else {
        format!("{} ({})", concept.name, concept.lay_name)
    }
}

/// How many bytes around a name are quoted, on either side.
const AROUND: usize = 40;

/// The words around a name within its sentence.
fn quoted(text: &str, span: &Range<usize>) -> String {
    // The nearest character's border inwards, and the sentence's, and the word's where the sentence is longer.
    let first =
        (span.start.saturating_sub(AROUND)..span.start).find(|at| text.is_char_boundary(*at)).unwrap_or(span.start);
    let last = (span.end..=(span.end + AROUND).min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(span.end);
    let (before, after) =
        (text.get(first..span.start).unwrap_or_default(), text.get(span.end..last).unwrap_or_default());
    let ends = |c: char| matches!(c, '\n' | '\r' | ';');
    let begins = before.rfind(ends).map(|at| at + 1).max(before.rfind(". ").map(|at| at + 2));
    let stops = [after.find(ends), after.find(". ").map(|at| at + 1)].into_iter().flatten().min();
    let (from, left) = match begins {
        Some(at) => (first + at, ""),
        None if first == 0 => (0, ""),
        None => (before.find(' ').map_or(span.start, |at| first + at + 1), "… "),
    };
    let (to, right) = match stops {
        Some(at) => (span.end + at, ""),
        None if last == text.len() => (last, ""),
        None => (after.rfind(' ').map_or(span.end, |at| span.end + at), " …"),
    };
    format!("{left}{}{right}", text.get(from..to).unwrap_or_default().trim())
}

/// The text in stretches, each with whether it is marked; the text is all of them joined.
fn stretches(text: &str, mut marks: Vec<Range<usize>>) -> Vec<(String, bool)> {
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut at = 0;
    let mut push = |words: Option<&str>, marked: bool| {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            out.push((words.to_owned(), marked));
        }
    };
    for mark in marks {
        if mark.end <= at {
            continue;
        }
        let start = mark.start.max(at);
        push(text.get(at..start), false);
        push(text.get(start..mark.end), true);
        at = mark.end;
    }
    push(text.get(at..), false);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str) -> Understood {
        let as_of = Date::new(2026, 6, 15).unwrap();
        of_note(&trialway_note::read(text, as_of, Terminology::builtin()), text, Terminology::builtin())
    }

    #[test]
    fn a_parents_words_are_shown_as_they_were_taken() {
        let text =
            "My daughter is 9 and has lupus nephritis, she takes prednisone. No seizures. Her brother has asthma.";
        let got = read(text);
        assert_eq!(got.person, [("Age", "9 years".to_owned()), ("Sex", "female".to_owned())]);
        let of = |heading: &str| {
            let group = got.groups.iter().find(|group| group.heading == heading).unwrap();
            (group.counts, group.items.iter().map(|item| item.words.clone().unwrap()).collect::<Vec<_>>().join("|"))
        };
        assert!(of("Has").1.contains("has lupus nephritis") && of("Has").0);
        assert!(of("Takes").1.contains("takes prednisone"));
        assert!(of("Does not have or take").1.contains("No seizures"));
        assert_eq!(of("Of somebody else, not counted"), (false, "Her brother has asthma.".to_owned()));
        let joined: String = got.text.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(joined, text);
        assert!(got.text.iter().any(|(words, marked)| *marked && words == "prednisone"));
    }

    #[test]
    fn what_is_not_said_is_said_to_be_so() {
        let got = read("ä — nothing");
        assert!(got.groups.is_empty() && got.person.iter().all(|(_, words)| words.starts_with("not said")));
    }

    #[test]
    fn quotes_are_cut_at_words_and_characters() {
        let long = format!("{}asthma{}", "ééé ".repeat(40), " ööö".repeat(40));
        let words = quoted(&long, &(long.find("asthma").unwrap()..long.find("asthma").unwrap() + 6));
        assert!(words.starts_with("… é") && words.ends_with(" …") && words.contains("asthma"), "{words}");
    }
}
