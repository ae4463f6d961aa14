//! The distinct questions of many studies, and their answers for one patient.
//!
//! Most questions are about things of which a record says nothing. What silence means is known beforehand (for either policy), so
//! that only those are asked on which a fact of the record bears, and those about birth, sex and whatever any fact may answer.

use super::index::{Index, hash, list_bytes, size};
use super::known::Known;
use crate::evaluate::{self, Case};
use crate::leaf::{Bearing, bearing};
use crate::screening::{Options, Policy};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use trialway_eligibility::expr::{Atom, Firmness, Test, Window};
use trialway_patient::{Fact, Facts};
use trialway_terminology::{ConceptId, Terminology, wording};

/// No further question.
const NONE: u32 = u32::MAX;

/// A record of at most this many facts is read whole for each question: taking it apart costs more.
const SMALL: usize = 48;

#[derive(Debug, Default)]
pub(super) struct Questions {
    asked: Vec<Asked>,
    index: Index,
    topics: Vec<Topic>,
    topic_index: Index,
    /// Topics on which any fact bears.
    of_all: Vec<u32>,
    /// Topics on which facts bear that name this or a kind of it.
    by_kind: FxHashMap<ConceptId, Vec<u32>>,
    /// Topics on which facts bear that name just this.
    by_general: FxHashMap<ConceptId, Vec<u32>>,
    /// Topics on which facts bear that have this word.
    by_word: FxHashMap<CompactString, Vec<u32>>,
}

#[derive(Debug)]
struct Asked {
    atom: Atom,
    /// The next question of its topic.
    next: u32,
    /// What it comes to when nothing bears on it, under the chart policy and under the strict one.
    silent: (Known, Known),
}

/// Questions on which the same facts bear.
#[derive(Debug)]
struct Topic {
    bearing: Bearing,
    first: u32,
}

impl Questions {
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    pub fn n_bytes(&self) -> usize {
        fn of<K>(map: &FxHashMap<K, Vec<u32>>) -> usize {
            map.capacity() * (size_of::<(K, Vec<u32>)>() + 1) + map.values().map(list_bytes).sum::<usize>()
        }
        list_bytes(&self.asked)
            + list_bytes(&self.topics)
            + self.index.n_bytes()
            + self.topic_index.n_bytes()
            + of(&self.by_kind)
            + of(&self.by_general)
            + of(&self.by_word)
    }

    /// The number of a question.
    pub fn add(&mut self, atom: &Atom, terminology: &Terminology) -> u32 {
        // Where the words stand, and how firm a reading is that takes part, change no truth.
        let firmness = if atom.firmness == Firmness::Tentative { Firmness::Tentative } else { Firmness::Certain };
        let atom = Atom { test: without_places(&atom.test), span: Default::default(), firmness };
        let found =
            self.index.find(hash(&atom), |known| self.asked.get(known as usize).is_some_and(|a| a.atom == atom));
        let at = match found {
            Ok((known, _)) => return known,
            Err(at) => at,
        };
        let new = size(self.asked.len());
        let topic = self.topic(bearing(&atom.test), terminology);
        let next = self.topics.get_mut(topic as usize).map_or(NONE, |topic| std::mem::replace(&mut topic.first, new));
        let nothing = Facts::default();
        let silent = |policy| {
            // Without facts the day says nothing.
            let options = Options { as_of: jiff::civil::Date::ZERO, policy, trial: None };
            Known::of(&evaluate::atom(&atom, &Case::new(&nothing, &options, terminology)))
        };
        let silent = (silent(Policy::Chart), silent(Policy::Strict));
        self.asked.push(Asked { atom, next, silent });
        self.index.set(at, new);
        new
    }

    fn topic(&mut self, bearing: Bearing, terminology: &Terminology) -> u32 {
        let same = |known: u32| self.topics.get(known as usize).is_some_and(|topic| topic.bearing == bearing);
        let at = match self.topic_index.find(hash(&bearing), same) {
            Ok((known, _)) => return known,
            Err(at) => at,
        };
        let new = size(self.topics.len());
        let concepts = match &bearing {
            Bearing::All => {
                self.of_all.push(new);
                &[][..]
            }
            Bearing::Of(concepts) => concepts,
            Bearing::Words(name, concepts) => {
                for word in telling(name) {
                    self.by_word.entry(CompactString::from(wording::plain(word))).or_default().push(new);
                }
                concepts
            }
        };
        for concept in concepts {
            self.by_kind.entry(concept.clone()).or_default().push(new);
            for general in terminology.generals(std::iter::once(concept)) {
                self.by_general.entry(general.clone()).or_default().push(new);
            }
        }
        self.topics.push(Topic { bearing, first: NONE });
        self.topic_index.set(at, new);
        new
    }

    /// One question by itself.
    pub fn answer(&self, number: u32, case: &Case<'_>) -> Known {
        self.asked.get(number as usize).map_or(Known::OPEN, |asked| Known::of(&evaluate::atom(&asked.atom, case)))
    }

    /// The answers of the wanted questions; others are as silence has them.
    pub fn answers(&self, wanted: &[bool], facts: &Facts, options: &Options, terminology: &Terminology) -> Vec<Known> {
        let silent = |(chart, strict): &(Known, Known)| match options.policy {
            Policy::Chart => *chart,
            Policy::Strict => *strict,
        };
        let mut out: Vec<Known> = self.asked.iter().map(|asked| silent(&asked.silent)).collect();
        let whole = Case::new(facts, options, terminology);
        let said = Said::of(facts, terminology);
        // An answer of a questionnaire may be to any question.
        let answered = !whole.answers().is_empty();
        let touched = if answered { (0..size(self.topics.len())).collect() } else { self.touched(&said) };
        for topic in touched {
            let Some(topic) = self.topics.get(topic as usize) else { continue };
            let mut numbers = Vec::new();
            let mut at = topic.first;
            while let Some(asked) = self.asked.get(at as usize) {
                if wanted.get(at as usize) == Some(&true) {
                    numbers.push(at);
                }
                at = asked.next;
            }
            if numbers.is_empty() {
                continue;
            }
            let part = (facts.facts.len() > SMALL && !answered)
                .then(|| said.part(&topic.bearing, facts, terminology))
                .flatten();
            let case = part.as_ref().map(|part| Case::new(part, options, terminology));
            for number in numbers {
                if let Some(out) = out.get_mut(number as usize) {
                    *out = match &case {
                        Some(case) => self.answer(number, case),
                        None => self.answer(number, &whole),
                    };
                }
            }
        }
        out
    }

    /// The topics on which facts bear.
    fn touched(&self, said: &Said<'_>) -> Vec<u32> {
        let mut out = self.of_all.clone();
        out.extend(said.by_kind.keys().filter_map(|id| self.by_kind.get(*id)).flatten());
        out.extend(said.by_exact.keys().filter_map(|id| self.by_general.get(*id)).flatten());
        out.extend(said.by_word.keys().filter_map(|word| self.by_word.get(word)).flatten());
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The words of a name by which facts are found: those that tell it from others, or the first where none does. A fact of that name
/// has all its words, one that is near to it a telling one.
fn telling(name: &ConceptId) -> Vec<&str> {
    let words = name.written_words().unwrap_or_default();
    let telling: Vec<&str> = words.split(' ').filter(|word| wording::is_distinctive(word)).collect();
    if telling.is_empty() { words.split(' ').take(1).collect() } else { telling }
}

/// What a record speaks of, with the places of the facts that do.
struct Said<'a> {
    by_exact: FxHashMap<&'a ConceptId, Vec<usize>>,
    /// The same for all that these are kinds of, themselves included.
    by_kind: FxHashMap<&'a ConceptId, Vec<usize>>,
    by_word: FxHashMap<CompactString, Vec<usize>>,
}

impl<'a> Said<'a> {
    fn of(facts: &'a Facts, terminology: &'a Terminology) -> Self {
        let mut said =
            Said { by_exact: FxHashMap::default(), by_kind: FxHashMap::default(), by_word: FxHashMap::default() };
        let mut generals: FxHashMap<&ConceptId, FxHashSet<&ConceptId>> = FxHashMap::default();
        for (at, fact) in facts.facts.iter().enumerate() {
            for id in names(fact) {
                place(&mut said.by_exact, id, at);
                place(&mut said.by_kind, id, at);
                let above = generals.entry(id).or_insert_with(|| terminology.generals(std::iter::once(id)));
                for general in above.iter() {
                    place(&mut said.by_kind, general, at);
                }
            }
            for text in fact.notes.iter().chain([&fact.label]) {
                for word in evaluate::comparable(text) {
                    place(&mut said.by_word, word, at);
                }
            }
        }
        said
    }

    /// The facts that bear on a topic; none where it is no less than all.
    fn part(&self, bearing: &Bearing, facts: &Facts, terminology: &Terminology) -> Option<Facts> {
        let mut places: Vec<usize> = Vec::new();
        let concepts = match bearing {
            Bearing::All => return None,
            Bearing::Of(concepts) => concepts,
            Bearing::Words(name, concepts) => {
                for word in telling(name) {
                    places.extend(self.by_word.get(wording::plain(word)).into_iter().flatten());
                }
                concepts
            }
        };
        for concept in concepts {
            places.extend(self.by_kind.get(concept).into_iter().flatten());
            let above = terminology.generals(std::iter::once(concept));
            let more_general: Vec<usize> =
                above.iter().filter_map(|id| self.by_exact.get(*id)).flatten().copied().collect();
            if !more_general.is_empty() {
                // Whether an imprecise entry may stand for it depends on whether its siblings are known.
                let parents = terminology.concept(concept).map_or(&[][..], |concept| &concept.is_a);
                places.extend(parents.iter().filter_map(|id| self.by_kind.get(id)).flatten());
                places.extend(more_general);
            }
        }
        places.sort_unstable();
        places.dedup();
        if places.len() * 2 > facts.facts.len() {
            return None;
        }
        Some(Facts {
            facts: places.into_iter().filter_map(|at| facts.facts.get(at)).cloned().collect(),
            patient: facts.patient.clone(),
            family: Vec::new(),
            ..*facts
        })
    }
}

fn place<K: std::hash::Hash + Eq>(map: &mut FxHashMap<K, Vec<usize>>, key: K, at: usize) {
    let places = map.entry(key).or_default();
    if places.last() != Some(&at) {
        places.push(at);
    }
}

/// All that a fact names.
fn names(fact: &Fact) -> impl Iterator<Item = &ConceptId> {
    fact.concepts
        .iter()
        .chain(fact.findings.iter().map(|finding| &finding.concept))
        .chain(&fact.causes)
        .chain(fact.grades.iter().map(|(scale, _)| scale))
}

/// A question without where its words stand and without the words of its anchor: every anchor stands for the day of the screening.
pub(crate) fn without_places(test: &Test) -> Test {
    let mut test = test.clone();
    let window: Option<&mut Window> = match &mut test {
        Test::Event(event) => event.window.as_mut(),
        Test::Measurement(measurement) => measurement.window.as_mut(),
        Test::Result(result) => result.window.as_mut(),
        Test::Grade(grade) => grade.window.as_mut(),
        Test::Therapy(therapy) => therapy.window.as_mut(),
        Test::Participation(participation) => participation.window.as_mut(),
        Test::Age(_)
        | Test::Sex(_)
        | Test::Childbearing
        | Test::Response(_)
        | Test::Cause(_)
        | Test::Judgement(_)
        | Test::Consent(_) => None,
    };
    if let Some(window) = window {
        window.span = Default::default();
        window.anchor = None;
    }
    test
}
