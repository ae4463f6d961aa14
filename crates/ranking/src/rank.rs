//! Scores and order.
//!
//! A study's score is that of its words (BM25 over its parts, Robertson and Zaragoza 2009) plus that of its concepts: what the
//! story is about, or something more general or more special, named in a telling part.

use crate::document::{Document, N_PARTS, Part};
use crate::profile::Profile;
use crate::text::term;
use compact_str::CompactString;
use jiff::civil::Date;
use std::collections::BTreeMap;
use trialway_eligibility::StudyLogic;
use trialway_matching::{Effect, Options, Policy, screen};
use trialway_patient::Facts;
use trialway_terminology::{ConceptId, Terminology, words};

/// Documents with the statistics that words are weighed by.
pub struct Index {
    /// The documents.
    pub documents: Vec<Document>,
    n_with: BTreeMap<CompactString, usize>,
    n_with_concept: BTreeMap<ConceptId, usize>,
    average: [f64; N_PARTS],
}

/// A document with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Index into the documents.
    pub document: usize,
    /// Higher is better; no unit.
    pub score: f64,
}

const K1: f64 = 1.2;
const B: f64 = 0.75;
/// How much a word counts in each part: subject, key, inclusion, body, exclusion.
const PARTS: [f64; N_PARTS] = [3.0, 2.0, 1.0, 1.0, 0.0];
/// How much a concept counts in each part.
const CONCEPT_PARTS: [f64; N_PARTS] = [1.0, 0.7, 0.5, 0.4, 0.0];
/// What a more general and a more special concept count.
const GENERAL: f64 = 0.5;
const SPECIAL: f64 = 0.7;
/// What concepts weigh against words.
const CONCEPTS: f64 = 2.0;

impl Index {
    /// Counts what the documents say.
    pub fn new(documents: Vec<Document>, terminology: &Terminology) -> Self {
        let mut n_with: BTreeMap<CompactString, usize> = BTreeMap::new();
        let mut n_with_concept: BTreeMap<ConceptId, usize> = BTreeMap::new();
        let mut total = [0_u64; N_PARTS];
        for document in &documents {
            for term in document.terms.keys() {
                *n_with.entry(term.clone()).or_default() += 1;
            }
            let mut named: Vec<&ConceptId> = document.concepts.keys().collect();
            named.extend(terminology.generals(document.concepts.keys()));
            named.sort();
            named.dedup();
            for concept in named {
                *n_with_concept.entry(concept.clone()).or_default() += 1;
            }
            for (sum, n) in total.iter_mut().zip(document.n_words) {
                *sum += u64::from(n);
            }
        }
        let n = documents.len().max(1) as f64;
        let average = total.map(|sum| (sum as f64 / n).max(1.0));
        Self { documents, n_with, n_with_concept, average }
    }

    fn rarity(&self, n_with: usize) -> f64 {
        let (all, with) = (self.documents.len() as f64, n_with as f64);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    /// Plain BM25 of all words of a text over all parts alike: the baseline.
    pub fn baseline(&self, text: &str, pool: &[usize]) -> Vec<Scored> {
        let mut terms: BTreeMap<CompactString, f64> = BTreeMap::new();
        for term in words(text).iter().filter_map(term) {
            *terms.entry(term).or_default() += 1.0;
        }
        let average: f64 = self.average.iter().sum();
        let score = |document: &Document| {
            let length: u32 = document.n_words.iter().sum();
            let norm = K1 * (1.0 - B + B * f64::from(length) / average);
            terms
                .iter()
                .filter_map(|(term, n)| {
                    let counts = document.terms.get(term)?;
                    let tf = f64::from(counts.iter().sum::<u32>());
                    let rarity = self.rarity(self.n_with.get(term).copied().unwrap_or(0));
                    Some(n * rarity * tf * (K1 + 1.0) / (tf + norm))
                })
                .sum()
        };
        self.sorted(pool, score)
    }

    /// The documents of a pool in the order of their fit to a profile alone.
    pub(crate) fn scores(&self, profile: &Profile, pool: &[usize], terminology: &Terminology) -> Vec<Scored> {
        self.sorted(pool, |document| self.fit(profile, document, terminology))
    }

    fn fit(&self, profile: &Profile, document: &Document, terminology: &Terminology) -> f64 {
        self.words(profile, document) + CONCEPTS * self.concepts(profile, document, terminology)
    }

    /// The documents of a pool in the order of their fit to a profile, and to the patient where they have criteria.
    pub fn rank(
        &self,
        profile: &Profile,
        facts: &Facts,
        as_of: Date,
        pool: &[usize],
        terminology: &Terminology,
    ) -> Vec<Scored> {
        self.sorted(pool, |document| {
            self.fit(profile, document, terminology)
                * document.logic.as_ref().map_or(1.0, |logic| held(logic, facts, as_of, terminology))
        })
    }

    fn sorted(&self, pool: &[usize], score: impl Fn(&Document) -> f64) -> Vec<Scored> {
        let mut out: Vec<Scored> = pool
            .iter()
            .filter_map(|index| Some(Scored { document: *index, score: score(self.documents.get(*index)?) }))
            .collect();
        let id = |scored: &Scored| self.documents.get(scored.document).map(|document| document.id.as_str());
        out.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| id(a).cmp(&id(b))));
        out
    }

    fn words(&self, profile: &Profile, document: &Document) -> f64 {
        profile
            .terms
            .iter()
            .filter_map(|(term, weight)| {
                let counts = document.terms.get(term)?;
                let mut tf = 0.0;
                for part in 0..N_PARTS {
                    let (Some(n), Some(length), Some(average), Some(counts_for)) =
                        (counts.get(part), document.n_words.get(part), self.average.get(part), PARTS.get(part))
                    else {
                        continue;
                    };
                    tf += counts_for * f64::from(*n) / (1.0 - B + B * f64::from(*length) / average);
                }
                let rarity = self.rarity(self.n_with.get(term).copied().unwrap_or(0));
                Some(weight * rarity * tf * (K1 + 1.0) / (tf + K1))
            })
            .sum()
    }

    fn concepts(&self, profile: &Profile, document: &Document, terminology: &Terminology) -> f64 {
        profile
            .topics
            .iter()
            .map(|topic| {
                let rarity = self.rarity(self.n_with_concept.get(&topic.concept).copied().unwrap_or(0));
                let best = document
                    .concepts
                    .iter()
                    .map(|(concept, part)| {
                        let kin = if *concept == topic.concept {
                            1.0
                        } else if terminology.is_a(concept, &topic.concept) {
                            SPECIAL
                        } else if terminology.is_a(&topic.concept, concept) {
                            GENERAL * self.rarity(self.n_with_concept.get(concept).copied().unwrap_or(0))
                                / rarity.max(0.1)
                        } else {
                            0.0
                        };
                        kin.min(1.0) * part_weight(*part)
                    })
                    .fold(0.0, f64::max);
                topic.weight * rarity * best
            })
            .sum()
    }
}

fn part_weight(part: Part) -> f64 {
    CONCEPT_PARTS.get(part as usize).copied().unwrap_or(0.0)
}

/// What a failing criterion leaves of a score: the study is still about the right thing, but not for this patient.
const FAILING: f64 = 0.7;

/// How the criteria bear on a score.
fn held(logic: &StudyLogic, facts: &Facts, as_of: Date, terminology: &Terminology) -> f64 {
    let options = Options { as_of, policy: Policy::Strict, trial: None };
    let screening = screen(logic, facts, &options, terminology);
    let fails = screening.criteria.iter().chain(&screening.structured).any(|result| result.effect == Effect::Fail);
    if fails { FAILING } else { 1.0 }
}
