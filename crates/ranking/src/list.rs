//! The list that a person gets: by degree of fit to the condition, then by verdict, then by score, each place with its reasons.
//!
//! Within one degree of fit a study that the record rules out never stands above one that is undecided.

use crate::document::Part;
use crate::profile::{Profile, Topic};
use crate::rank::Index;
use rayon::prelude::*;
use trialway_eligibility::StudyLogic;
use trialway_matching::{Effect, Options, Screening, Verdict, screen};
use trialway_patient::Facts;
use trialway_terminology::{ConceptId, Terminology};

/// How well a study fits what the story is about; greater fits better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Degree {
    /// It shares words with the story only.
    Words,
    /// It names something that the story is about, or something more general or special.
    Related,
    /// Its title or conditions name what the story is about most, or one of its kinds.
    Condition,
}

/// One place in the list.
#[derive(Clone, Debug)]
pub struct Place {
    /// Index into the documents.
    pub document: usize,
    /// How well it fits the condition.
    pub degree: Degree,
    /// Higher is better; no unit.
    pub score: f64,
    /// What screening says of it.
    pub verdict: Verdict,
    /// How many criteria pass, fail and are open.
    pub counts: (usize, usize, usize),
    /// Why it stands where it stands.
    pub why: Vec<Why>,
    /// The whole of what screening says.
    pub screening: Screening,
}

/// One reason for a place; `Display` says it in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The study names a topic of the story, or something that is kin to it.
    Topic {
        /// What the story is about, with its English name.
        asked: (ConceptId, String),
        /// What the study names, with its English name.
        found: (ConceptId, String),
        /// Whether the story names it; else its findings suggest it.
        is_named: bool,
        /// Where the study names it.
        part: Part,
    },
    /// It shares words with the story only.
    Words,
    /// A criterion speaks against it.
    Against {
        /// Which.
        id: String,
        /// The beginning of its words.
        text: String,
    },
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Why::Topic { asked: (_, asked), found: (_, found), is_named, part } => {
                let place = match part {
                    Part::Subject => "its title or conditions",
                    Part::Key => "its keywords or interventions",
                    Part::Inclusion => "its inclusion criteria",
                    Part::Body | Part::Exclusion => "its description",
                };
                let said = if *is_named { "named in the story" } else { "suggested by the findings of the story" };
                if asked == found {
                    write!(f, "{asked}, {said}, is in {place}")
                } else {
                    write!(f, "{asked}, {said}, is related to {found} in {place}")
                }
            }
            Why::Words => f.write_str("it shares words with the story only"),
            Why::Against { id, text } => write!(f, "{id} speaks against it: {text}"),
        }
    }
}

/// Topics of at least this share of the most telling one are what a story is about most.
const MOST: f64 = 0.8;

/// Ranks and screens the documents of an index.
pub fn list(
    index: &Index,
    profile: &Profile,
    facts: &Facts,
    options: &Options,
    terminology: &Terminology,
) -> Vec<Place> {
    let pool: Vec<usize> = (0..index.documents.len()).collect();
    let mut out: Vec<Place> = index
        .scores(profile, &pool, terminology)
        .into_par_iter()
        .filter_map(|scored| {
            let document = index.documents.get(scored.document)?;
            let named = named(profile, &document.concepts, terminology);
            let degree = degree(profile, &named);
            let empty = StudyLogic::default();
            let options = Options { trial: Some(document.id.clone()), ..options.clone() };
            let screening = screen(document.logic.as_ref().unwrap_or(&empty), facts, &options, terminology);
            let why = why(&named, degree, &screening, terminology);
            let counts = counts(&screening);
            Some(Place {
                document: scored.document,
                degree,
                score: scored.score,
                verdict: screening.verdict,
                counts,
                why,
                screening,
            })
        })
        .collect();
    let id = |place: &Place| index.documents.get(place.document).map(|document| document.id.as_str());
    out.sort_by(|a, b| order(a, b).then_with(|| id(a).cmp(&id(b))));
    out
}

/// Better places first.
pub fn order(a: &Place, b: &Place) -> std::cmp::Ordering {
    b.degree
        .cmp(&a.degree)
        .then_with(|| standing(a.verdict).cmp(&standing(b.verdict)))
        .then_with(|| b.score.total_cmp(&a.score))
}

fn standing(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::PotentiallyEligible => 0,
        Verdict::NeedsInformation => 1,
        Verdict::Ineligible => 2,
    }
}

struct Named<'a> {
    topic: &'a Topic,
    concept: ConceptId,
    part: Part,
}

/// The topics that a study names, by themselves or by kin, each with its most telling part.
fn named<'a>(
    profile: &'a Profile,
    concepts: &std::collections::BTreeMap<ConceptId, Part>,
    terminology: &Terminology,
) -> Vec<Named<'a>> {
    let one = |topic: &'a Topic| {
        concepts
            .iter()
            .filter(|(concept, _)| {
                terminology.is_a(concept, &topic.concept)
                    || terminology.is_a(&topic.concept, concept) && !is_root(concept, terminology)
            })
            .min_by_key(|(concept, part)| (!terminology.is_a(concept, &topic.concept), **part, *concept))
            .map(|(concept, part)| Named { topic, concept: concept.clone(), part: *part })
    };
    profile.topics.iter().filter_map(one).collect()
}

/// "Medicine", "disease": what everything is a kind of is kin to nothing.
fn is_root(concept: &ConceptId, terminology: &Terminology) -> bool {
    terminology.concept(concept).is_none_or(|concept| concept.is_a.is_empty())
}

fn degree(profile: &Profile, named: &[Named<'_>]) -> Degree {
    let most = profile.topics.first().map_or(0.0, |topic| topic.weight) * MOST;
    let kind = |one: &Named<'_>| one.concept == one.topic.concept || one.part == Part::Subject;
    if named.iter().any(|one| one.topic.weight >= most && one.part <= Part::Key && kind(one)) {
        Degree::Condition
    } else if named.is_empty() {
        Degree::Words
    } else {
        Degree::Related
    }
}

fn counts(screening: &Screening) -> (usize, usize, usize) {
    let n = |effect: Effect| {
        screening.criteria.iter().chain(&screening.structured).filter(|result| result.effect == effect).count()
    };
    (n(Effect::Pass), n(Effect::Fail), n(Effect::Open))
}

fn why(named: &[Named<'_>], degree: Degree, screening: &Screening, terminology: &Terminology) -> Vec<Why> {
    let name = |id: &ConceptId| {
        let name = terminology.concept(id).map_or_else(|| id.to_string(), |concept| concept.name.clone());
        (id.clone(), name)
    };
    let mut out: Vec<Why> = Vec::new();
    for one in named.iter().take(3) {
        let (asked, found) = (name(&one.topic.concept), name(&one.concept));
        out.push(Why::Topic { asked, found, is_named: one.topic.is_named, part: one.part });
    }
    if degree == Degree::Words {
        out.push(Why::Words);
    }
    let failing = screening.criteria.iter().chain(&screening.structured).filter(|result| result.effect == Effect::Fail);
    for result in failing.take(2) {
        out.push(Why::Against { id: result.id.to_string(), text: result.text.chars().take(90).collect() });
    }
    out
}
