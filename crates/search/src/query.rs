//! What may be asked of the index, and what it answers.

use crate::{Card, Place};
use std::collections::BTreeMap;

/// Filters: any value within a group, every group that has values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    /// Statuses, the registry's words.
    pub status: Vec<String>,
    /// Phases, the registry's words.
    pub phase: Vec<String>,
    /// Age groups: `CHILD`, `ADULT`, `OLDER_ADULT`.
    pub age_group: Vec<String>,
    /// `FEMALE` or `MALE`: a person of that sex may take part (studies for all are found too).
    pub sex: Option<String>,
    /// Countries with a site.
    pub country: Vec<String>,
    /// Only studies of which at least one site takes participants now.
    pub recruiting_site: bool,
    /// Age in completed years; studies whose limits shut it out are left out, those without readable limits stay.
    pub age_years: Option<u32>,
}

/// A search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Words; empty finds everything.
    pub text: String,
    /// Filters.
    pub filters: Filters,
    /// From where distances count.
    pub near: Option<Place>,
    /// Only studies with a site within so many kilometres of `near`.
    pub within_km: Option<f64>,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give.
    pub limit: usize,
}

/// The site of a study that is nearest to a place.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestSite {
    /// Index into the card's sites.
    pub index: usize,
    /// How far, in kilometres.
    pub km: f64,
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
    /// The nearest site, where a place was given and a site has a point.
    pub nearest: Option<NearestSite>,
}

/// How many of the studies found have each value: group (`status`, `phase`, `age`, `sex`, `country`) to value to count.
pub type Facets = BTreeMap<&'static str, Vec<(String, u64)>>;

/// What a search answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// How many studies were found.
    pub total: usize,
    /// The page of hits asked for: by score, or by distance where a place was given and no words.
    pub hits: Vec<Hit>,
    /// Counts over all studies found; within a distance, over those found before it was applied.
    pub facets: Facets,
    /// Other names that were searched too: the words asked for, and the names.
    pub also_searched: Vec<(String, Vec<String>)>,
    /// Whether no study has all the words, so that those with some of them are given.
    pub only_some_words: bool,
    /// Words that no record has, each with the spelling that was searched instead.
    pub respelled: Vec<(String, String)>,
}
