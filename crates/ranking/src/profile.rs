//! What a story asks of a ranking: its words and concepts, each with how much it matters.
//!
//! | said | matters |
//! | --- | --- |
//! | the first problem named, and a problem that the story is said to be about | most |
//! | other problems that are present or suspected | less, the later the less |
//! | symptoms beside a named disease | less than the disease |
//! | past history | half |
//! | what is denied, of a relative, or planned | nothing |
//! | other words of the story | a little; words of every story nothing |

use crate::suggest::{self, Silent};
use crate::text::{is_telling, term};
use compact_str::CompactString;
use std::collections::BTreeMap;
use trialway_note::{Manner, Note, Section};
use trialway_patient::{FactKind, Facts, RecordedStatus};
use trialway_terminology::{ConceptId, Domain, Terminology, words};

/// A concept that a story is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Which.
    pub concept: ConceptId,
    /// How much it matters; the most telling has 1.
    pub weight: f64,
    /// Whether the story names it; else its findings together suggest it.
    pub is_named: bool,
}

/// What a story asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Words with their weight.
    pub(crate) terms: BTreeMap<CompactString, f64>,
    /// Concepts, the most telling first.
    pub topics: Vec<Topic>,
}

/// Weights, few and round.
const FIRST: f64 = 1.0;
const LATER: f64 = 0.5;
const HALF: f64 = 0.5;
const SIGN: f64 = 0.4;
const SUGGESTED: f64 = 0.8;
const OTHER_WORD: f64 = 0.3;

impl Profile {
    /// The profile of a note with this text.
    pub fn of(note: &Note, text: &str, terminology: &Terminology) -> Self {
        let mut topics: BTreeMap<ConceptId, (f64, usize, bool)> = BTreeMap::new();
        let mut order = 0;
        let counted = |manner: Manner| !matches!(manner, Manner::Absent | Manner::Family | Manner::Planned);
        let signs = |id: &ConceptId| is_sign(id, terminology);
        let has_disease = note.said.iter().any(|said| {
            counted(said.manner)
                && said.domain == Domain::Condition
                && said.concept.as_ref().is_some_and(|id| !signs(id))
        });
        let chief = chief(note, text);
        let mut own_words: Vec<(&str, f64)> = Vec::new();
        let mut first_seen = false;
        for (at, said) in note.said.iter().enumerate().filter(|(_, said)| counted(said.manner)) {
            let problem = matches!(said.domain, Domain::Condition | Domain::State);
            let sign = said.concept.as_ref().is_some_and(signs);
            let base = match said.domain {
                _ if problem && chief == Some(at) => FIRST,
                Domain::Condition | Domain::State if sign && has_disease => SIGN,
                Domain::Condition | Domain::State if !first_seen && chief.is_none() => FIRST,
                Domain::Condition | Domain::State => LATER,
                Domain::Procedure | Domain::Drug => SIGN * HALF,
                Domain::Observation => continue,
            };
            first_seen |= problem && !(sign && has_disease);
            let past =
                matches!(said.manner, Manner::Over) || said.manner == Manner::Past && said.section == Section::History;
            let weight = if past { base * HALF } else { base };
            let Some(concept) = &said.concept else {
                own_words.push((&said.text, weight));
                continue;
            };
            order += 1;
            let known = topics.entry(concept.clone()).or_insert((0.0, order, true));
            known.0 = known.0.max(weight);
        }
        for suggested in suggest::suggested(note, text) {
            own_words.push((suggested, SUGGESTED));
            if let Some(id) = terminology.named_by(suggested) {
                order += 1;
                let known = topics.entry(id).or_insert((0.0, order, false));
                known.0 = known.0.max(SUGGESTED);
            }
        }
        let mut terms: BTreeMap<CompactString, f64> = BTreeMap::new();
        let silent = Silent::of(note, |manner| !counted(manner));
        for word in words(text) {
            if silent.holds(&word.range) || !is_telling(&word.norm) {
                continue;
            }
            if let Some(term) = term(&word) {
                terms.entry(term).or_insert(OTHER_WORD);
            }
        }
        let names =
            topics.iter().filter_map(|(id, (weight, ..))| Some((terminology.concept(id)?.name.as_str(), *weight)));
        for (name, weight) in names.chain(own_words) {
            for word in words(name) {
                if let Some(term) = term(&word).filter(|term| is_telling(term)) {
                    let known = terms.entry(term).or_default();
                    *known = known.max(weight);
                }
            }
        }
        let mut all: Vec<(ConceptId, (f64, usize, bool))> = topics.into_iter().collect();
        all.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.1.1.cmp(&b.1.1)));
        let topics =
            all.into_iter().map(|(concept, (weight, _, is_named))| Topic { concept, weight, is_named }).collect();
        Self { terms, topics }
    }
}

impl Profile {
    /// The profile of a record: its conditions that go on, the latest first.
    pub fn of_facts(facts: &Facts, terminology: &Terminology) -> Self {
        let mut conditions: Vec<_> = facts
            .facts
            .iter()
            .filter(|fact| fact.kind == FactKind::Condition && fact.status != RecordedStatus::Ended)
            .collect();
        conditions.sort_by_key(|fact| std::cmp::Reverse(fact.period.start.map(|start| start.latest)));
        let mut out = Self::default();
        for concept in conditions.iter().flat_map(|fact| &fact.concepts) {
            if out.topics.iter().any(|topic| topic.concept == *concept) {
                continue;
            }
            let weight = if is_sign(concept, terminology) { SIGN } else { FIRST };
            for word in terminology.concept(concept).map(|concept| words(&concept.name)).unwrap_or_default() {
                if let Some(term) = term(&word).filter(|term| is_telling(term)) {
                    let known = out.terms.entry(term).or_default();
                    *known = known.max(weight);
                }
            }
            out.topics.push(Topic { concept: concept.clone(), weight, is_named: true });
        }
        out.topics.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        out
    }

    /// Its words, the most telling first; at most so many.
    pub fn words(&self, n_at_most: usize) -> Vec<&str> {
        let mut all: Vec<(&str, f64)> = self.terms.iter().map(|(term, weight)| (term.as_str(), *weight)).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        all.into_iter().take(n_at_most).map(|(term, _)| term).collect()
    }
}

/// The first problem behind words of coming to somebody ("presents with", "admitted for", "seen for advice on"): the story is about
/// it, whatever it tells before.
fn chief(note: &Note, text: &str) -> Option<usize> {
    const COMING: [&str; 14] = [
        "present",
        "presented",
        "presenting",
        "complain",
        "complaining",
        "admitted",
        "hospitalized",
        "evaluated",
        "seen",
        "brought",
        "referred",
        "come",
        "diagnosed",
        "found",
    ];
    let came = words(text).into_iter().find(|word| COMING.contains(&word.norm.as_str()))?.range.end;
    // In the same sentence or the next.
    note.said.iter().position(|said| {
        said.span.start >= came
            && said.statement <= 1
            && matches!(said.domain, Domain::Condition)
            && !matches!(said.manner, Manner::Absent | Manner::Family | Manner::Planned | Manner::Past)
    })
}

/// Whether a condition is a sign or symptom, which many diseases have: chapter R of ICD-10, and states of life.
fn is_sign(id: &ConceptId, terminology: &Terminology) -> bool {
    id.domain() == Some(Domain::State)
        || terminology.concept(id).is_some_and(|concept| {
            concept.codes.iter().any(|code| code.system == "icd10" && code.code.starts_with('R'))
        })
}
