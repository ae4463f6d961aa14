//! The best studies for each of several texts, with nothing counted: for who ranks them further.

use crate::ask::Asking;
use crate::find::Need;
use crate::lookup::Lookup;
use crate::query::{Filters, NearestSite, Results};
use crate::{Card, Place, Search, SearchError};
use std::collections::BTreeMap;
use tantivy::DocAddress;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur};

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Best {
    /// Each text, and whether a study must have all of its words or some.
    pub texts: Vec<(String, bool)>,
    /// Filters; they hold for every text.
    pub filters: Filters,
    /// From where distances count.
    pub near: Option<Place>,
    /// Only studies with a site within so many kilometres of `near`.
    pub within_km: Option<f64>,
    /// How many studies each text may bring.
    pub each: usize,
    /// How many studies all of them may bring.
    pub all: usize,
}

/// A study that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What to show.
    pub card: Card,
    /// The nearest site, where a place was given and a site has a point.
    pub nearest: Option<NearestSite>,
}

/// Within a distance, so many times as many studies are looked at as are wanted.
const LOOKED_AT: usize = 10;

impl Search {
    /// The best studies for the texts, text by text, each study once.
    pub fn best(&self, wanted: &Best) -> Result<Vec<Found>, SearchError> {
        let searcher = self.reader.searcher();
        let lookup = Lookup::new(&searcher);
        let is_narrow = wanted.near.is_some() && wanted.within_km.is_some();
        let n = wanted.each.max(1) * if is_narrow { LOOKED_AT } else { 1 };
        // Whether each study that was looked at is near enough.
        let mut seen: BTreeMap<DocAddress, bool> = BTreeMap::new();
        let mut out = Vec::new();
        for (text, has_all) in wanted.texts.iter().filter(|(text, _)| !text.trim().is_empty()) {
            let mut results = Results::default();
            let parts = Asking { search: self, lookup: &lookup, results: &mut results }.parts(text)?;
            let need = if *has_all { Need::All } else { Need::Some(1) };
            let mut all: Vec<(Occur, crate::index::Clause)> =
                vec![(Occur::Must, Box::new(self.clauses(&parts, need, &wanted.filters)))];
            self.choices(&wanted.filters, &mut all);
            let whole = BooleanQuery::new(all);
            let mut brought = 0;
            for (_, address) in searcher.search(&whole, &TopDocs::with_limit(n).order_by_score())? {
                if brought == wanted.each || out.len() == wanted.all {
                    break;
                }
                if let Some(is_near) = seen.get(&address) {
                    brought += usize::from(*is_near);
                    continue;
                }
                let card = self.card(&searcher, address)?;
                let nearest =
                    wanted.near.as_ref().and_then(|place| card.nearest(place, wanted.filters.recruiting_site));
                let is_near =
                    !is_narrow || nearest.as_ref().is_some_and(|site| wanted.within_km.is_some_and(|km| site.km <= km));
                seen.insert(address, is_near);
                if is_near {
                    brought += 1;
                    out.push(Found { card, nearest });
                }
            }
        }
        Ok(out)
    }
}
