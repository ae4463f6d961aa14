//! One pass over every study that a query finds, each scored and each of its values read: the plain way to what `sift` gives.
//!
//! It answers where no words are left to score by, and is what `sift` is held against.

use crate::facets::{Known, Values, column};
use crate::kept::{Found, in_order};
use crate::schema::GROUPS;
use crate::sift::km;
use crate::{Facets, Place, Sort};
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

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
    total: usize,
    best: Vec<Found>,
    /// Of the study at hand.
    own: Vec<usize>,
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
            .names
            .iter()
            .map(|value| {
                value.as_ref().filter(|(group, value)| is_chosen(*group, value)).map_or(0, |(group, _)| bit(*group))
            })
            .collect();
        let wanted =
            (0..).zip(&self.chosen).filter(|(_, chosen)| !chosen.is_empty()).map(|(group, _)| bit(group)).sum();
        let fast = segment.fast_fields();
        let facets = column(segment)?;
        Ok(Segment {
            ordinal,
            counts: vec![0; values.names.len()],
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
        out.facets = GROUPS.iter().map(|group| (*group, Vec::new())).collect();
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

impl SegmentCollector for Segment {
    type Fruit = SegmentGathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let by_distance = self.sort == Sort::Distance;
        let place = self.near.as_ref().filter(|_| by_distance || self.within_km.is_some());
        let km = place
            .zip(self.sites.as_ref())
            .and_then(|(place, sites)| km(sites, doc, place, self.within_km, self.recruiting));
        if let Some(limit) = self.within_km.filter(|_| self.near.is_some())
            && km.is_none_or(|km| km > limit)
        {
            return;
        }
        let mut missing = self.wanted;
        self.own.clear();
        for ord in self.facets.values_for_doc(doc) {
            let ord = usize::try_from(ord).unwrap_or(usize::MAX);
            missing &= !self.chosen.get(ord).copied().unwrap_or(0);
            self.own.push(ord);
        }
        if missing.count_ones() <= 1 {
            for ord in &self.own {
                let group = self.values.names.get(*ord).and_then(Option::as_ref).map(|(group, _)| 1_u16 << group);
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
        let counts = self.values.names.iter().zip(&self.counts).filter(|(_, n)| **n > 0);
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
