//! One pass over what a query finds: which studies are shown, how many there are, and how many of them have each value.
//!
//! A value's count says how many studies would be there with it chosen: the other groups' choices are kept, its own group's are
//! not, so that a second value of a group can be added.

use crate::place::unpacked;
use crate::schema::{FACET, GROUPS};
use crate::{Facets, Place, Sort};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::schema::Facet;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// The values of a segment, by number: group and word.
#[derive(Debug, Default)]
pub(crate) struct Values(Vec<Option<(u8, String)>>);

/// What is known of segments, so that it is read once.
#[derive(Debug, Default)]
pub(crate) struct Known(Mutex<BTreeMap<String, Arc<Values>>>);

/// Segments that are remembered at most.
const MOST_SEGMENTS: usize = 200;

impl Known {
    fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<Values>> {
        let id = segment.segment_id().uuid_string();
        if let Some(values) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(values.clone());
        }
        let reader = segment.facet_reader(FACET)?;
        let mut values = Vec::with_capacity(reader.num_facets());
        let mut facet = Facet::root();
        for ord in 0..reader.num_facets() {
            reader.facet_from_ord(ord as u64, &mut facet)?;
            let path = facet.to_path();
            let value = path.first().zip(path.get(1)).and_then(|(group, value)| {
                let place = GROUPS.iter().position(|known| known == group)?;
                Some((u8::try_from(place).ok()?, (*value).to_owned()))
            });
            values.push(value);
        }
        let values = Arc::new(Values(values));
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_SEGMENTS {
            known.clear();
        }
        known.insert(id, values.clone());
        Ok(values)
    }
}

/// A study that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// What it is sorted by, highest first.
    key: f64,
    pub score: f32,
    pub address: DocAddress,
}

/// What the pass gives.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub total: usize,
    /// The best, in order.
    pub best: Vec<Found>,
    pub facets: Facets,
}

/// What to gather.
pub(crate) struct Gather<'a> {
    pub known: &'a Known,
    /// The values chosen in each group of [`GROUPS`]; an empty list chooses nothing.
    pub chosen: [&'a [String]; GROUPS.len()],
    pub sort: Sort,
    /// From where distances count.
    pub near: Option<&'a Place>,
    pub within_km: Option<f64>,
    /// Whether only sites that take participants count.
    pub recruiting: bool,
    /// How many of the best are kept.
    pub most: usize,
    /// Whether values are counted.
    pub with_facets: bool,
}

/// The pass over one segment.
pub(crate) struct Segment {
    ordinal: SegmentOrdinal,
    values: Arc<Values>,
    facets: Column<u64>,
    /// The bit of the group in which a value was chosen, by the value's number.
    chosen: Vec<u16>,
    /// The bits of the groups in which something was chosen.
    wanted: u16,
    counts: Vec<u32>,
    sites: Option<Column<u64>>,
    posted: Option<Column<u64>>,
    near: Option<Place>,
    within_km: Option<f64>,
    recruiting: bool,
    sort: Sort,
    most: usize,
    with_facets: bool,
    total: usize,
    best: Vec<Found>,
    /// Of the study at hand.
    own: Vec<usize>,
}

fn in_order(a: &Found, b: &Found) -> std::cmp::Ordering {
    b.key.total_cmp(&a.key).then_with(|| a.address.cmp(&b.address))
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = Segment;

    fn for_segment(&self, ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Segment> {
        let values = self.known.of(segment)?;
        let bit = |group: u8| 1_u16 << group;
        let is_chosen = |group: u8, value: &String| {
            self.chosen.get(usize::from(group)).is_some_and(|chosen| chosen.contains(value))
        };
        let chosen = values
            .0
            .iter()
            .map(|value| {
                value.as_ref().filter(|(group, value)| is_chosen(*group, value)).map_or(0, |(group, _)| bit(*group))
            })
            .collect();
        let wanted =
            (0..).zip(&self.chosen).filter(|(_, chosen)| !chosen.is_empty()).map(|(group, _)| bit(group)).sum();
        let fast = segment.fast_fields();
        let facets = match fast.str(FACET)? {
            Some(column) => column.ords().clone(),
            None => Column::build_empty_column(segment.max_doc()),
        };
        Ok(Segment {
            ordinal,
            counts: vec![0; values.0.len()],
            values,
            facets,
            chosen,
            wanted,
            sites: if self.near.is_some() { fast.column_opt("site")? } else { None },
            posted: if self.sort == Sort::Newest { fast.column_opt("posted")? } else { None },
            near: self.near.cloned(),
            within_km: self.within_km,
            recruiting: self.recruiting,
            sort: self.sort,
            most: self.most,
            with_facets: self.with_facets,
            total: 0,
            best: Vec::new(),
            own: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.most > 0
    }

    fn merge_fruits(&self, segments: Vec<SegmentGathered>) -> tantivy::Result<Gathered> {
        let mut out = Gathered::default();
        let mut counts: BTreeMap<(u8, String), u64> = BTreeMap::new();
        for segment in segments {
            out.total += segment.total;
            out.best.extend(segment.best);
            for (value, n) in segment.counts {
                *counts.entry(value).or_default() += u64::from(n);
            }
        }
        out.best.sort_by(in_order);
        out.best.truncate(self.most);
        if self.with_facets {
            out.facets = GROUPS.iter().map(|group| (*group, Vec::new())).collect();
        }
        for ((group, value), n) in counts {
            if let Some(group) = GROUPS.get(usize::from(group)) {
                out.facets.entry(group).or_default().push((value, n));
            }
        }
        for values in out.facets.values_mut() {
            values.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        }
        Ok(out)
    }
}

/// What a segment gives.
pub(crate) struct SegmentGathered {
    total: usize,
    best: Vec<Found>,
    counts: Vec<((u8, String), u32)>,
}

impl Segment {
    /// How far the nearest site is that counts; none where no such site is on the map.
    fn km(&self, doc: DocId) -> Option<f64> {
        let (place, sites) = (self.near.as_ref()?, self.sites.as_ref()?);
        let mut least: Option<f64> = None;
        for site in sites.values_for_doc(doc) {
            let (lat, lon, is_recruiting) = unpacked(site);
            if self.recruiting && !is_recruiting {
                continue;
            }
            // A degree of latitude is never less than this; farther sites need no exact distance.
            let at_least = (lat - place.lat).abs() * 110.5;
            if self.within_km.is_some_and(|limit| at_least > limit) || least.is_some_and(|km| at_least > km) {
                continue;
            }
            let km = place.km_to(lat, lon);
            if least.is_none_or(|known| km < known) {
                least = Some(km);
            }
        }
        least
    }
}

impl SegmentCollector for Segment {
    type Fruit = SegmentGathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let by_distance = self.sort == Sort::Distance;
        let km = if self.near.is_some() && (by_distance || self.within_km.is_some()) { self.km(doc) } else { None };
        if let Some(limit) = self.within_km.filter(|_| self.near.is_some())
            && km.is_none_or(|km| km > limit)
        {
            return;
        }
        let mut missing = self.wanted;
        if self.with_facets || self.wanted != 0 {
            self.own.clear();
            for ord in self.facets.values_for_doc(doc) {
                let ord = usize::try_from(ord).unwrap_or(usize::MAX);
                missing &= !self.chosen.get(ord).copied().unwrap_or(0);
                self.own.push(ord);
            }
        }
        if self.with_facets && missing.count_ones() <= 1 {
            for ord in &self.own {
                let group = self.values.0.get(*ord).and_then(Option::as_ref).map(|(group, _)| 1_u16 << group);
                if group.is_some_and(|group| missing == 0 || missing == group)
                    && let Some(n) = self.counts.get_mut(*ord)
                {
                    *n += 1;
                }
            }
        }
        if missing != 0 {
            return;
        }
        self.total += 1;
        if self.most == 0 {
            return;
        }
        let key = match self.sort {
            Sort::Relevance => f64::from(score),
            Sort::Distance => km.map_or(f64::NEG_INFINITY, |km| -km),
            Sort::Newest => self.posted.as_ref().and_then(|posted| posted.first(doc)).map_or(0.0, |date| date as f64),
        };
        self.best.push(Found { key, score, address: DocAddress::new(self.ordinal, doc) });
        if self.best.len() >= 2 * self.most + 256 {
            self.shorten();
        }
    }

    fn harvest(mut self) -> SegmentGathered {
        self.shorten();
        let counts = self.values.0.iter().zip(&self.counts).filter(|(_, n)| **n > 0);
        let counts = counts.filter_map(|(value, n)| Some((value.clone()?, *n))).collect();
        SegmentGathered { total: self.total, best: self.best, counts }
    }
}

impl Segment {
    fn shorten(&mut self) {
        self.best.sort_by(in_order);
        self.best.truncate(self.most);
    }
}
