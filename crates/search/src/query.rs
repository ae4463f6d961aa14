//! What may be asked of the index, and what it answers.

use crate::{Card, Place};
use std::collections::BTreeMap;
use trialway_terminology::ConceptId;

/// Filters: any value within a group, every group that has values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    /// Statuses, the registry's words.
    pub status: Vec<String>,
    /// Phases, the registry's words.
    pub phase: Vec<String>,
    /// Kinds of study, the registry's words.
    pub study_type: Vec<String>,
    /// Age groups: `CHILD`, `ADULT`, `OLDER_ADULT`.
    pub age_group: Vec<String>,
    /// `FEMALE` or `MALE`: a person of that sex may take part (studies for all are found too).
    pub sex: Option<String>,
    /// Countries with a site.
    pub country: Vec<String>,
    /// Kinds of intervention, the registry's words.
    pub intervention: Vec<String>,
    /// Classes of the lead sponsor, the registry's words.
    pub sponsor: Vec<String>,
    /// `YES` or `NO`: whether healthy people may take part.
    pub healthy: Vec<String>,
    /// Only studies of which at least one site takes participants now; with a distance, a site within it.
    pub recruiting_site: bool,
    /// Age in completed years; studies whose limits shut it out are left out, those without readable limits stay.
    pub age_years: Option<u32>,
    /// Conditions that the person never had: studies that ask everyone for one of them are left out, those of which it is not
    /// known stay.
    pub without: Vec<ConceptId>,
}

impl Filters {
    /// The age as days: no study's lowest age may be more than the second, no study's highest less than the first.
    pub(crate) fn days(&self) -> Option<(u64, u64)> {
        let years = u64::from(self.age_years?);
        // All days of that year of life: limits in years are approximate in days, so one day is left on either side.
        let first = years * 36_525 / 100;
        let last = (years + 1) * 36_525 / 100 + 1;
        Some((first.saturating_sub(1), last.saturating_sub(2)))
    }
}

/// In which order studies are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best fit to the words first.
    #[default]
    Relevance,
    /// The nearest site first; studies without a site on the map last.
    Distance,
    /// Those first posted last come first.
    Newest,
}

/// A search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Words; empty finds everything. `"words in quotes"` are looked for as they stand, `begin*` finds what begins so.
    pub text: String,
    /// Filters.
    pub filters: Filters,
    /// From where distances count.
    pub near: Option<Place>,
    /// Only studies with a site within so many kilometres of `near`.
    pub within_km: Option<f64>,
    /// The order; none takes relevance where there are words, else distance where there is a place, else newness.
    pub sort: Option<Sort>,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give.
    pub limit: usize,
}

impl Query {
    /// The order in which this search gives studies.
    pub fn order(&self) -> Sort {
        match (self.sort, self.text.trim().is_empty(), self.near.is_some()) {
            (Some(Sort::Distance), _, true) => Sort::Distance,
            (Some(Sort::Newest), ..) => Sort::Newest,
            (Some(Sort::Relevance) | Some(Sort::Distance) | None, false, _) => Sort::Relevance,
            (_, true, true) => Sort::Distance,
            (_, true, false) => Sort::Newest,
        }
    }
}

/// The site of a study that is nearest to a place.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestSite {
    /// Index into the card's sites.
    pub index: usize,
    /// How far, in kilometres.
    pub km: f64,
}

/// How a part of a search was found in a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// By the words themselves.
    Words,
    /// By words in another spelling.
    Spelled,
    /// By a word that begins so.
    Begins,
    /// By another name of the same thing, in English or from another language.
    Name,
    /// By something that is a kind of it.
    Kind,
    /// By the class that it belongs to.
    Class,
    /// By the age group that may take part.
    Age,
}

/// Why a study was found: one part of what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What was asked.
    pub asked: String,
    /// How it was found.
    pub how: How,
    /// In which part of the record.
    pub place: &'static str,
    /// What stands there instead of the words asked for; empty where it is those words, or not known.
    pub name: String,
}

impl Reason {
    /// The reason in plain words.
    pub fn sentence(&self) -> String {
        let Reason { asked, how, place, name } = self;
        match how {
            How::Words => format!("“{asked}” stands in the {place}"),
            How::Begins => format!("the {place} has a word that begins with “{asked}”"),
            How::Spelled => format!("“{name}” (you wrote “{asked}”) stands in the {place}"),
            How::Name if name.is_empty() => format!("the {place} has another name of “{asked}”"),
            How::Name => format!("“{name}” in the {place} is another name of “{asked}”"),
            How::Kind if name.is_empty() => format!("the {place} has a kind of “{asked}”"),
            How::Kind => format!("“{name}” in the {place} is a kind of “{asked}”"),
            How::Class => format!("the study is about {name}, to which “{asked}” belongs"),
            How::Age => format!("“{asked}”: people of that age may take part"),
        }
    }
}

/// A study that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What to show.
    pub card: Card,
    /// BM25 score with the fields' weights.
    pub score: f32,
    /// In which parts of the record words were found, most telling first; empty when no words were asked for.
    pub found_in: Vec<&'static str>,
    /// Why it was found, part by part in the order asked; a part that this study lacks is not there.
    pub why: Vec<Reason>,
    /// The nearest site, where a place was given and a site has a point.
    pub nearest: Option<NearestSite>,
    /// The nearest site that takes participants, where it is not the nearest.
    pub nearest_recruiting: Option<NearestSite>,
}

/// How many of the studies found have each value: group (`status`, `phase`, `type`, `age`, `sex`, `country`, `intervention`,
/// `sponsor`, `healthy`) to value to count. A group's own choice is left out of its counts.
pub type Facets = BTreeMap<&'static str, Vec<(String, u64)>>;

/// What a search answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// How many studies were found.
    pub total: usize,
    /// The page of hits asked for.
    pub hits: Vec<Hit>,
    /// Counts over all studies found.
    pub facets: Facets,
    /// Other names that were searched too: the words asked for, and the names.
    pub also_searched: Vec<(String, Vec<String>)>,
    /// Whether no study has all the words, so that those with some of them are given.
    pub only_some_words: bool,
    /// How many studies have all the words, where those with only some of them are given as well.
    pub n_with_all: Option<usize>,
    /// Words that neither a record nor the vocabulary has, each with what was searched instead.
    pub respelled: Vec<(String, String)>,
    /// Words of another language that were understood by none of the vocabularies and left out.
    pub left_out: Vec<String>,
}
