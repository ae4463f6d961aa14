//! A note to facts, and to what it names and how.

use crate::context::{self, Manner, Scope};
use crate::own_words::{self, Named};
use crate::person::{self, Age};
use crate::statement::{Section, Statement, statements};
use crate::subject;
use crate::{measure, when};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;
use trialway_patient::{
    Certainty, Fact, FactKind, Facts, PartialDate, Period, Provenance, RecordedSex, RecordedStatus, Value, ValueRange,
};
use trialway_terminology::{ConceptId, Domain, Layered, Terminology, Word, WordKind, scale, words};
use trialway_units::{Decimal, parse_value};

/// A note, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// What it says of the patient, for screening.
    ///
    /// **Shape**: provenance `note` with the bytes of the note; `patient` is empty and for the caller to fill.
    pub facts: Facts,
    /// Everything that it names, in text order, in whatever manner.
    pub said: Vec<Said>,
    /// The first age given; unknown when none is.
    pub age: Option<Age>,
    /// Whether it says that the person consents to a study and will comply; unknown when it does not say.
    pub agrees: Option<bool>,
}

/// One naming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Bytes of the note.
    pub span: Range<usize>,
    /// What is named; none where the vocabulary lacks it.
    pub concept: Option<ConceptId>,
    /// What kind of thing it is.
    pub domain: Domain,
    /// As written; a short form in full.
    pub text: String,
    /// How it is said.
    pub manner: Manner,
    /// The section it stands in.
    pub section: Section,
    /// The number of the statement, from 0.
    pub statement: usize,
    /// Whether a value, or a word such as "elevated", stands beside it.
    pub measured: bool,
}

/// Reads a note that was written on `as_of`.
///
/// **Unknown**: what is not said, or not understood, gives no fact.
pub fn read(text: &str, as_of: Date, terminology: &Terminology) -> Note {
    read_with(text, as_of, &Layered::plain(terminology))
}

/// The names that a note may hold and that other vocabularies may know: stretches of a few words within a sentence.
pub fn names(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for statement in statements(text) {
        let slice = text.get(statement.range).unwrap_or_default();
        own_words::possible(slice, &words(slice), &mut out);
    }
    out
}

/// Reads a note with what other vocabularies say of the names in it.
///
/// **Unknown**: such a name leads to what lies above it, so that its denial denies nothing.
pub fn read_with(text: &str, as_of: Date, terminology: &Layered<'_>) -> Note {
    let mut note = Note::default();
    let (mut pronouns, mut several) = (Vec::new(), false);
    let statements = statements(text);
    let read: Vec<Vec<Word>> =
        statements.iter().map(|statement| words(text.get(statement.range.clone()).unwrap_or_default())).collect();
    let subject = subject::subject(&read);
    let scopes: Vec<Vec<Scope>> = read.iter().map(|words| context::scopes(words, subject)).collect();
    note.facts.sex = subject.and_then(|subject| subject.sex);
    for (number, ((statement, words), scopes)) in statements.iter().zip(&read).zip(&scopes).enumerate() {
        let Some(slice) = text.get(statement.range.clone()) else { continue };
        if note.age.is_none() && statement.section != Section::Family {
            // "His sister, who is 7": not the patient's.
            let theirs = |at: usize| context::manner(scopes, &(at..at + 1)) == Manner::Family;
            note.age = person::age(words, statement.range.start, slice, theirs);
        }
        if note.facts.sex.is_none() && statement.section != Section::Family {
            note.facts.sex = person::sex(words, slice, note.age.is_some());
        }
        several |= number == 0 && words.iter().any(|word| matches!(word.norm.as_str(), "group" | "couple"));
        pronouns.extend(words.iter().filter_map(|word| person::pronoun(&word.norm)));
        let mut reader = Reader { text: slice, words, scopes, statement, number, as_of, terminology, note: &mut note };
        reader.read();
    }
    note.facts.birth = note.age.as_ref().and_then(|age| age.birth(as_of));
    if note.facts.sex.is_none()
        && let Some(first) = pronouns.first()
        && pronouns.iter().all(|sex| sex == first)
    {
        note.facts.sex = Some(*first);
    }
    if several {
        // A story about several people gives nobody's sex.
        note.facts.sex = None;
    }
    if note.facts.sex == Some(RecordedSex::Other) {
        note.facts.sex = None;
    }
    note.facts.facts.sort_by(|a, b| a.provenance.cmp(&b.provenance).then_with(|| a.kind.cmp(&b.kind)));
    note.facts.facts.dedup();
    note
}

struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
    scopes: &'a [Scope],
    statement: &'a Statement,
    number: usize,
    as_of: Date,
    terminology: &'a Layered<'a>,
    note: &'a mut Note,
}

/// Conditions that pass: a history of them does not say that they go on.
const PASSING: [&str; 12] = [
    "condition:infection",
    "condition:stroke",
    "condition:myocardial_infarction",
    "condition:seizure",
    "condition:pneumonia",
    "condition:fever",
    "condition:pulmonary_embolism",
    "condition:deep_vein_thrombosis",
    "condition:bleeding",
    "condition:malignancy",
    "state:pregnancy",
    "state:smoker",
];

/// No clause has more words on either side of a name.
const CLAUSE: usize = 40;

/// A list of a template (`dementia: yes`): words for no.
const NO: [&str; 9] = ["no", "none", "negative", "never", "absent", "denied", "denies", "nil", "n"];

impl Reader<'_> {
    fn norm(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.norm.as_str())
    }

    fn written(&self, range: &Range<usize>) -> &str {
        match (self.words.get(range.start), self.words.get(range.end.saturating_sub(1))) {
            (Some(first), Some(last)) => self.text.get(first.range.start..last.range.end).unwrap_or_default(),
            _ => "",
        }
    }

    fn span(&self, range: &Range<usize>) -> Range<usize> {
        let offset = self.statement.range.start;
        match (self.words.get(range.start), self.words.get(range.end.saturating_sub(1))) {
            (Some(first), Some(last)) => first.range.start + offset..last.range.end + offset,
            _ => offset..offset,
        }
    }

    fn read(&mut self) {
        let lengths = when::lengths(self.words);
        let named = own_words::named(self.text, self.words, self.terminology);
        self.agreements();
        self.no_known_allergy();
        self.given_birth();
        for (at, one) in named.iter().enumerate() {
            // "Hemoglobin (Hb) of 9": one naming.
            let again = at.checked_sub(1).and_then(|before| named.get(before)).is_some_and(|before| {
                before.concept.is_some()
                    && before.concept == one.concept
                    && one.words.start == before.words.end + 1
                    && self.norm(before.words.end) == "("
            });
            if again {
                continue;
            }
            let mut manner = context::manner(self.scopes, &one.words);
            if self.statement.section == Section::Family {
                manner = Manner::Family;
            } else if self.statement.section == Section::Plan && manner == Manner::Present {
                manner = Manner::Planned;
            } else if self.statement.section == Section::History
                && manner == Manner::Present
                && one.domain != Domain::Drug
            {
                manner = Manner::Past;
            }
            match self.answer(one) {
                Some(false) => manner = Manner::Absent,
                Some(true) if self.was_so(one) => manner = Manner::Over,
                Some(true) if matches!(manner, Manner::Absent) => manner = Manner::Present,
                _ => {}
            }
            let period = when::period(self.words, &lengths, &one.words, self.as_of);
            let measured = self.observation(one, manner);
            let (span, text) =
                (self.span(&one.words), one.meaning.unwrap_or_else(|| self.written(&one.words)).to_owned());
            self.note.said.push(Said {
                span,
                concept: one.concept.clone(),
                domain: one.domain,
                text,
                manner,
                section: self.statement.section,
                statement: self.number,
                measured,
            });
            self.told_by(one, manner);
            if !measured {
                self.event(one, manner, period);
            }
        }
    }

    /// `suicidal ideation: no`, `dementia: yes`: what a template answers of something; none without such an answer.
    fn answer(&self, one: &Named) -> Option<bool> {
        // "COPD treatments: none" answers for the treatments, not for the disease.
        let end = one.words.end;
        let colon = (end..end + 2).find(|at| self.norm(*at) == ":")?;
        if colon > end && !matches!(self.norm(end), "history" | "status" | "use") {
            return None;
        }
        let said = self.norm(colon + 1);
        if NO.contains(&said) {
            return Some(false);
        }
        matches!(said, "yes" | "y" | "present" | "positive" | "former" | "ex" | "quit").then_some(true)
    }

    /// `smoker: former`: the answer says that it is over.
    fn was_so(&self, one: &Named) -> bool {
        (one.words.end..one.words.end + 4).any(|at| matches!(self.norm(at), "former" | "ex" | "quit"))
    }

    fn fact(&self, kind: FactKind, one: &Named) -> Fact {
        let span = self.span(&one.words);
        Fact {
            provenance: Provenance {
                resource: "note".to_owned(),
                id: String::new(),
                path: String::new(),
                span: Some((span.start, span.end)),
            },
            kind,
            concepts: if one.wider.is_empty() { one.concept.iter().cloned().collect() } else { one.wider.clone() },
            codes: Vec::new(),
            label: one.meaning.unwrap_or_else(|| self.written(&one.words)).to_owned(),
            notes: vec![self.clause(&one.words)],
            findings: Vec::new(),
            period: Period::default(),
            status: RecordedStatus::Unstated,
            certainty: Certainty::Stated,
            severity: None,
            grades: Vec::new(),
            value: None,
            reference: (None, None),
            derivation: None,
            interpretation: None,
            causes: Vec::new(),
        }
    }

    /// The words around a name up to the next comma or joint on either side.
    fn clause(&self, at: &Range<usize>) -> String {
        let cut = |k: &usize| matches!(self.norm(*k), "," | ";" | "." | "(" | ")" | ":" | "and" | "but" | "with");
        let (first, last) = (at.start.saturating_sub(CLAUSE), self.words.len().min(at.end + CLAUSE));
        let start = (first..at.start).rev().find(cut).map_or(first, |k| k + 1);
        let end = (at.end..last).find(cut).unwrap_or(last);
        self.written(&(start..end)).to_owned()
    }

    /// Something present, had, taken or done.
    fn event(&mut self, one: &Named, manner: Manner, period: Period) {
        if matches!(manner, Manner::Family | Manner::Planned) {
            return;
        }
        if self.is_allergy(one) {
            return self.allergy(one, manner);
        }
        if manner == Manner::Absent && !one.wider.is_empty() {
            // Who has not the one may have another of the wider kind.
            return;
        }
        if manner == Manner::Absent {
            let mut fact = self.fact(FactKind::Observation, one);
            fact.status = RecordedStatus::Ended;
            fact.value = Some(Value::Answer { yes: false, written: "denied".to_owned() });
            self.note.facts.facts.push(fact);
            return;
        }
        let mut fact = match one.domain {
            Domain::Condition | Domain::State => self.condition(one, manner),
            Domain::Drug => self.fact(FactKind::Medication, one),
            Domain::Procedure => self.fact(FactKind::Procedure, one),
            Domain::Observation => return self.grade(one),
        };
        fact.period = Period { start: period.start, end: fact.period.end };
        match (one.domain, manner) {
            (_, Manner::Doubted) => fact.certainty = Certainty::Suspected,
            (Domain::Procedure, _) => {
                fact.status = RecordedStatus::Ended;
                fact.period.end = fact.period.start;
            }
            (Domain::Drug, Manner::Past | Manner::Over) => fact.status = RecordedStatus::Ended,
            (Domain::Drug, Manner::Present) => fact.status = self.taking(one),
            (_, Manner::Over) => fact.status = RecordedStatus::Ended,
            (_, Manner::Present) => fact.status = RecordedStatus::Active,
            _ => {}
        }
        self.note.facts.facts.push(fact);
    }

    /// Whether a medicine is taken now: "had carboplatin", "progressed on docetaxel" do not say; "growth hormone until last year" is over.
    fn taking(&self, one: &Named) -> RecordedStatus {
        let cut = |k: &usize| matches!(self.norm(*k), "," | ";" | "." | ":" | "but");
        let last = self.words.len().min(one.words.end + 8);
        if (one.words.end..last).take_while(|k| !cut(k)).any(|k| self.norm(k) == "until") {
            return RecordedStatus::Ended;
        }
        let first = one.words.start.saturating_sub(8);
        let before: Vec<&str> = (first..one.words.start).rev().take_while(|k| !cut(k)).map(|k| self.norm(k)).collect();
        let any = |list: &[&str]| before.iter().any(|word| list.contains(word));
        let given = any(&[
            "had",
            "received",
            "got",
            "tried",
            "failed",
            "after",
            "following",
            "progressed",
            "progression",
            "refractory",
            "treated",
            "relapsed",
            "completed",
            "finished",
            "despite",
            "given",
            "course",
            "cycle",
            "dose",
        ]);
        if self.statement.section == Section::History && !any(&["on"]) {
            // A problem list names medicines of then and of now.
            return RecordedStatus::Unstated;
        }
        let now =
            any(&["is", "are", "am", "take", "takes", "taking", "currently", "now", "still", "continue", "daily"]);
        if given && !now { RecordedStatus::Unstated } else { RecordedStatus::Active }
    }

    fn condition(&self, one: &Named, manner: Manner) -> Fact {
        let mut fact = self.fact(FactKind::Condition, one);
        let passing = |id: &ConceptId| PASSING.iter().any(|root| self.terminology.is_a(id, &ConceptId::new(root)));
        if manner == Manner::Past && one.concept.as_ref().is_none_or(passing) {
            // Whether it goes on is not said: it may have ended on any day up to now.
            fact.period.end = Some(PartialDate { earliest: Date::MIN, latest: self.as_of });
        }
        fact.grades =
            scale::grades(&self.clause(&one.words)).into_iter().map(|grade| (grade.scale, grade.ordinals)).collect();
        fact
    }

    /// "NYHA class III" without the name of a disease.
    fn grade(&mut self, one: &Named) {
        let grades = scale::grades(self.text);
        if one.concept.as_ref().is_none_or(|id| !id.as_str().starts_with("scale:")) || grades.is_empty() {
            return;
        }
        let mut fact = self.fact(FactKind::Observation, one);
        fact.value = Some(Value::Text(self.clause(&one.words)));
        fact.grades = grades.into_iter().map(|grade| (grade.scale, grade.ordinals)).collect();
        self.note.facts.facts.push(fact);
    }

    /// What a name that is no measurement tells of one: "fever up to 39 C", "11 weeks gestation", and signs that are limits of a
    /// measurement by definition.
    fn told_by(&mut self, one: &Named, manner: Manner) {
        if manner != Manner::Present {
            return;
        }
        let concept = one.concept.as_ref().map_or("", ConceptId::as_str);
        let adult = self.note.age.as_ref().is_some_and(|age| age.years() >= 18);
        let number = |at: usize| {
            self.words.get(at).filter(|word| word.kind == WordKind::Number).and_then(|word| parse_value(&word.norm))
        };
        let text = one.meaning.unwrap_or_else(|| self.written(&one.words));
        let told: Option<(&str, ValueRange, &str)> = if concept == "condition:fever" {
            let value = (one.words.end..one.words.end + 4).find_map(number);
            let value = value.map(|value| {
                if value > Decimal::from(60) {
                    ((value - Decimal::from(32)) * Decimal::from(5) / Decimal::from(9)).round_dp(1)
                } else {
                    value
                }
            });
            value
                .filter(|value| (Decimal::from(37)..Decimal::from(44)).contains(value))
                .map(|value| ("vital:temperature", ValueRange::exact(value), "Cel"))
        } else if matches!(concept, "state:pregnancy" | "score:gestational_age") {
            let at = one.words.start.wrapping_sub(2);
            let weeks = matches!(self.norm(one.words.start.wrapping_sub(1)), "week" | "wk");
            number(at)
                .filter(|value| weeks && *value < Decimal::from(45))
                .map(|value| ("score:gestational_age", ValueRange::exact(value), "wk"))
        } else {
            // Limits by definition, for adults.
            let above = |n: i64| ValueRange { low: Some((Decimal::from(n), false)), high: None };
            let below = |n: i64| ValueRange { low: None, high: Some((Decimal::from(n), false)) };
            match text {
                _ if !adult => None,
                "tachycardia" => Some(("vital:heart_rate", above(100), "/min")),
                "bradycardia" => Some(("vital:heart_rate", below(60), "/min")),
                "tachypnea" => Some(("vital:respiratory_rate", above(20), "/min")),
                "obesity" => {
                    Some(("vital:bmi", ValueRange { low: Some((Decimal::from(30), true)), high: None }, "kg/m2"))
                }
                _ => None,
            }
        };
        let Some((id, number, unit)) = told else { return };
        let whole = Named { concept: self.terminology.id(id), wider: Vec::new(), ..one.clone() };
        let mut fact = self.fact(FactKind::Observation, &whole);
        self.clause(&one.words).clone_into(&mut fact.label);
        let written = match (&number.low, &number.high) {
            (Some((low, _)), Some(_)) => low.to_string(),
            (Some((low, _)), None) => format!(">{low}"),
            (None, Some((high, _))) => format!("<{high}"),
            (None, None) => return,
        };
        id.clone_into(&mut fact.provenance.path);
        fact.status = RecordedStatus::Ended;
        fact.value =
            Some(Value::Quantity { number, unit_written: unit.to_owned(), unit: Some(unit.to_owned()), written });
        self.note.facts.facts.push(fact);
    }

    /// A value beside the name of something measured; tells whether there is one.
    fn observation(&mut self, one: &Named, manner: Manner) -> bool {
        if matches!(manner, Manner::Family | Manner::Planned) {
            return false;
        }
        let Some(concept) = one.concept.as_ref().and_then(|id| self.terminology.concept(id)) else { return false };
        if concept.domain != Domain::Observation {
            return false;
        }
        if matches!(concept.id.as_str(), "vital:blood_pressure" | "vital:systolic")
            && let Some((systolic, diastolic, end)) = measure::blood_pressure(self.words, &one.words)
        {
            for (id, value) in [("vital:systolic", systolic), ("vital:diastolic", diastolic)] {
                let whole = Named {
                    words: one.words.start..end,
                    concept: self.terminology.id(id),
                    wider: Vec::new(),
                    ..one.clone()
                };
                let mut fact = self.fact(FactKind::Observation, &whole);
                let written = value.to_string();
                fact.value = Some(Value::Quantity {
                    number: ValueRange::exact(value),
                    unit_written: "mmHg".to_owned(),
                    unit: Some("mm[Hg]".to_owned()),
                    written,
                });
                id.clone_into(&mut fact.provenance.path);
                self.written(&one.words).clone_into(&mut fact.label);
                self.note.facts.facts.push(fact);
            }
            return true;
        }
        let Some(measured) = measure::measured(self.text, self.words, &one.words, concept) else { return false };
        let whole = Named { words: one.words.start..measured.end.max(one.words.end), ..one.clone() };
        let mut fact = self.fact(FactKind::Observation, &whole);
        self.written(&one.words).clone_into(&mut fact.label);
        fact.status = RecordedStatus::Ended;
        fact.interpretation = measured.interpretation;
        let negative = matches!(measured.value, Value::Detected { detected: false, .. });
        fact.value = Some(measured.value);
        if negative && concept.id.as_str().starts_with("lab:pregnancy_test") {
            let pregnancy = Named { concept: self.terminology.id("state:pregnancy"), wider: Vec::new(), ..one.clone() };
            let mut denied = self.fact(FactKind::Observation, &pregnancy);
            denied.value = Some(Value::Answer { yes: false, written: "negative".to_owned() });
            self.note.facts.facts.push(denied);
        }
        self.note.facts.facts.push(fact);
        true
    }

    fn is_allergy(&self, one: &Named) -> bool {
        let before = |at: &usize| matches!(self.norm(*at), "allergic" | "allergy" | "intolerant" | "hypersensitivity");
        let near = (one.words.start.saturating_sub(4)..one.words.start).find(before);
        let listed = self.statement.section == Section::Allergies || near.is_some();
        let behind = matches!(self.norm(one.words.end), "allergy");
        one.domain == Domain::Drug && (listed || behind)
    }

    fn allergy(&mut self, one: &Named, manner: Manner) {
        let mut fact = self.fact(FactKind::Allergy, one);
        fact.status = RecordedStatus::Active;
        if manner == Manner::Absent {
            // No allergy to this one says nothing of others.
            return;
        }
        if manner == Manner::Doubted {
            fact.certainty = Certainty::Suspected;
        }
        self.note.facts.facts.push(fact);
    }

    /// "NKDA", "no known drug allergies", a section of allergies that says "none".
    fn no_known_allergy(&mut self) {
        for at in 0..self.words.len() {
            let said = self.norm(at) == "nkda"
                || self.norm(at) == "no"
                    && (at + 1..at + 5).any(|k| matches!(self.norm(k), "allergy"))
                    && (at + 1..at + 4).any(|k| matches!(self.norm(k), "known" | "drug" | "medication" | "allergy"))
                || self.statement.section == Section::Allergies
                    && matches!(self.norm(at), "none")
                    && self.words.len() <= 2;
            if said {
                let whole = Named::plain(at..at + 1, None, Domain::Drug);
                let mut fact = self.fact(FactKind::Allergy, &whole);
                fact.value = Some(Value::Answer { yes: false, written: "no known allergy".to_owned() });
                self.note.facts.facts.push(fact);
                return;
            }
        }
    }

    /// "Had given birth 3 weeks before": not pregnant.
    fn given_birth(&mut self) {
        let at = (0..self.words.len()).find(|at| {
            self.norm(*at) == "postpartum"
                || self.norm(*at) == "birth" && matches!(self.norm(at.wrapping_sub(1)), "given" | "gave")
        });
        if let Some(at) = at
            && self.note.facts.sex == Some(RecordedSex::Female)
        {
            let concept = self.terminology.id("state:pregnancy");
            let whole = Named::plain(at..at + 1, concept, Domain::State);
            let mut fact = self.fact(FactKind::Observation, &whole);
            fact.value = Some(Value::Answer { yes: false, written: "given birth".to_owned() });
            self.note.facts.facts.push(fact);
        }
    }

    /// "Will provide informed consent", "will comply with the protocol": what the person is said to agree to. It is no fact for
    /// screening: consent counts for the study that it names, and is given there.
    fn agreements(&mut self) {
        let any = |list: &[&str]| self.words.iter().any(|word| list.contains(&word.norm.as_str()));
        if any(&["consent", "comply", "adhere", "protocol"])
            && any(&["will", "agree", "agreed", "willing", "gave", "given", "refuse", "refused"])
        {
            let refuses = any(&["refuse", "refused", "unwilling", "decline", "declined", "not", "unable"]);
            self.note.agrees = Some(!refuses && self.note.agrees != Some(false));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
    use super::*;

    fn note(text: &str) -> Note {
        read(text, Date::new(2026, 6, 15).unwrap(), Terminology::builtin())
    }

    /// Every fact as `kind concept`, with `-` for denied, `?` for suspected, and the value.
    fn facts(text: &str) -> Vec<String> {
        note(text)
            .facts
            .facts
            .iter()
            .map(|fact| {
                let name = fact.concepts.first().map_or_else(|| fact.label.clone(), ToString::to_string);
                let sign = match (&fact.value, fact.certainty) {
                    (Some(Value::Answer { yes: false, .. }), _) => "-",
                    (_, Certainty::Suspected) => "?",
                    _ => "",
                };
                let value = match &fact.value {
                    Some(Value::Quantity { written, unit, .. }) => {
                        format!(" {written} {}", unit.clone().unwrap_or_default()).trim_end().to_owned()
                    }
                    Some(Value::Detected { detected, .. }) => format!(" {detected}"),
                    _ => String::new(),
                };
                format!("{sign}{name}{value}")
            })
            .collect()
    }

    #[test]
    fn what_a_note_says_of_the_patient() {
        for (text, wanted) in [
            ("A 54-year-old man with hypertension.", vec!["condition:hypertension"]),
            ("She denies asthma or diabetes.", vec!["-condition:asthma", "-condition:diabetes"]),
            ("Family history of breast cancer.", vec![]),
            ("His brother had asthma.", vec![]),
            ("Possible pneumonia.", vec!["?condition:pneumonia"]),
            ("Takes metformin.", vec!["drug:metformin"]),
            ("NKDA.", vec!["-NKDA"]),
            ("dementia: no. COPD treatments: none.", vec!["-condition:dementia", "condition:copd"]),
            ("hemoglobin (Hb) of 9.0 g/dL", vec!["lab:hemoglobin 9.0 g/dL"]),
            ("platelets 108 x 109/L", vec!["lab:platelets 108 10*9/L"]),
            ("temperature 103.4", vec!["vital:temperature 39.7 Cel"]),
            ("BP 80/60", vec!["vital:diastolic 60 mm[Hg]", "vital:systolic 80 mm[Hg]"]),
            ("fever for 2 days", vec!["condition:fever"]),
        ] {
            assert_eq!(facts(text), wanted, "{text}");
        }
    }

    #[test]
    fn words_of_patients_and_families() {
        for (text, wanted) in [
            ("My wife is 38, she was told she might have multiple sclerosis.", vec!["?condition:multiple_sclerosis"]),
            ("She is trying to get pregnant.", vec![]),
            ("I don't smoke.", vec!["-state:smoker"]),
            ("My mum died of ovarian cancer.", vec![]),
            ("My son has asthma. I have gout.", vec!["condition:asthma"]),
            ("Doing well. Plan: start ramipril.", vec![]),
            ("He is 9. Ruled out asthma.", vec!["-condition:asthma"]),
            ("I think I have asthma.", vec!["?condition:asthma"]),
        ] {
            assert_eq!(facts(text), wanted, "{text}");
        }
        let status = |text: &str| note(text).facts.facts.iter().map(|fact| fact.status).collect::<Vec<_>>();
        assert_eq!(status("Progressed on docetaxel."), [RecordedStatus::Unstated]);
        assert_eq!(status("She took growth hormone until last year."), [RecordedStatus::Ended]);
        assert_eq!(status("She takes prednisone."), [RecordedStatus::Active]);
        assert_eq!(status("PMH: asthma on prednisone")[1], RecordedStatus::Active);
        assert_eq!(status("PMH: prednisone"), [RecordedStatus::Unstated]);
        assert_eq!(status("Smoker: former"), [RecordedStatus::Ended]);
        for (text, years) in [
            ("My son Ben is 4 and has asthma", 4),
            ("Our daughter Mia (14) has asthma", 14),
            ("I'm 45 and have asthma", 45),
            ("She is nine.", 9),
            ("His sister, who is 7, has gout; he is 10 and healthy.", 10),
        ] {
            assert_eq!(note(text).age.map(|age| age.years()), Some(years), "{text}");
        }
        assert_eq!(note("She is 9 cm tall, he is 3 of 10.").age, None);
        assert_eq!(note("My daughter is 9 and has asthma").facts.sex, Some(RecordedSex::Female));
    }

    #[test]
    fn names_of_other_vocabularies_lead_to_what_lies_above_them() {
        let mut overlay = trialway_terminology::Overlay::default();
        let key = trialway_terminology::layers::name_key("made up renal trouble").unwrap();
        overlay.add_name(&key, ConceptId::new("condition:lupus_nephritis"));
        let layered = Layered::with(Terminology::builtin(), &overlay);
        let day = Date::new(2026, 6, 15).unwrap();
        let read = |text: &str| read_with(text, day, &layered).facts.facts;
        let found = read("She has made up renal trouble and asthma.");
        let ids: Vec<&str> = found.iter().flat_map(|fact| &fact.concepts).map(ConceptId::as_str).collect();
        assert_eq!(ids, ["condition:lupus_nephritis", "condition:asthma"]);
        assert_eq!(found[0].label, "made up renal trouble");
        // Who has not the one may have another.
        assert_eq!(read("No made up renal trouble."), []);
        assert!(names("She has made up renal trouble.").contains("made up renal trouble"));
    }

    #[test]
    fn age_sex_and_time() {
        let read = note("68 yo F with stroke two weeks ago");
        assert_eq!(read.age.as_ref().map(Age::years), Some(68));
        assert_eq!(read.facts.sex, Some(RecordedSex::Female));
        let birth = read.facts.birth.unwrap();
        assert_eq!((birth.earliest.to_string(), birth.latest.to_string()), ("1957-06-16".into(), "1958-06-15".into()));
        let start = read.facts.facts[0].period.start.unwrap();
        assert!(start.earliest <= Date::new(2026, 6, 1).unwrap() && Date::new(2026, 6, 1).unwrap() <= start.latest);
        assert_eq!(note("Three of the women are pregnant.").facts.sex, None);
    }

    #[test]
    fn a_history_of_what_passes_does_not_go_on() {
        let ends = |text: &str| note(text).facts.facts[0].period.end.is_some();
        assert!(ends("History of pneumonia."));
        assert!(!ends("History of diabetes."));
    }

    #[test]
    fn spans_are_the_words() {
        let text = "PMH:\n- severe asthma\n";
        let read = note(text);
        assert_eq!(&text[read.said[0].span.clone()], "asthma");
        assert_eq!(read.facts.facts[0].provenance.reference(), "note");
    }
}
