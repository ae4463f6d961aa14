//! What a search finds, narrowed, counted and put in order, segment by segment.
//!
//! ```text
//! parts -> a set of studies each -> those that are needed together -> filters, distance -> counts, total -> scores of the rest -> the best
//! ```
//!
//! A value's count says how many studies would be there with it chosen: the other groups' choices are kept, its own group's are
//! not, so that a second value of a group can be added.

use crate::bits::Bits;
use crate::collect::Gathered;
use crate::facets::{N_TABLES, SITES_GROUP, Values, View, ViewOfSegment};
use crate::kept::{Found, Kept, in_order};
use crate::lookup::Lookup;
use crate::place::unpacked;
use crate::plan::{Plan, Within};
use crate::query::Filters;
use crate::schema::{Fields, GROUPS};
use crate::score::{Ranked, Room};
use crate::{Place, Sort};
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, Term};

/// The bits of the filters that look at facets and are no choice of a value to count.
const SEX: u16 = 1 << (SITES_GROUP + 1);
const SITES: u16 = 1 << SITES_GROUP;

/// What to give.
pub(crate) struct Sift<'a> {
    pub lookup: &'a Lookup<'a>,
    pub view: &'a View,
    pub fields: &'a Fields,
    pub filters: &'a Filters,
    pub chosen: [&'a [String]; GROUPS.len()],
    pub sort: Sort,
    pub near: Option<&'a Place>,
    pub within_km: Option<f64>,
    /// How many of the best are kept.
    pub most: usize,
}

/// Which parts a study must have.
pub(crate) enum Needed {
    /// Each of these.
    Every(Vec<usize>),
    /// So many of these.
    AtLeast(usize, Vec<usize>),
}

impl Needed {
    fn of(&self, sets: &[Bits], n_docs: u32) -> Bits {
        let of = |at: &usize| sets.get(*at);
        match self {
            Needed::Every(parts) => {
                let mut each = parts.iter().filter_map(of);
                let Some(mut out) = each.next().cloned() else { return Bits::all(n_docs) };
                each.for_each(|set| out.and(set));
                out
            }
            Needed::AtLeast(least, parts) => {
                // The set at place `n` holds the studies that have more than `n` of the parts so far.
                let mut with: Vec<Bits> = vec![Bits::none(n_docs); *least];
                for set in parts.iter().filter_map(of) {
                    for n in (0..*least).rev() {
                        let mut more = set.clone();
                        if let Some(fewer) = n.checked_sub(1).and_then(|fewer| with.get(fewer)) {
                            more.and(fewer);
                        }
                        if let Some(own) = with.get_mut(n) {
                            own.or(&more);
                        }
                    }
                }
                with.pop().unwrap_or_else(|| Bits::all(n_docs))
            }
        }
    }
}

/// The studies that each part finds, segment by segment.
pub(crate) fn sets(lookup: &Lookup<'_>, plans: &[Plan]) -> tantivy::Result<Vec<Vec<Bits>>> {
    let n_segments = lookup.searcher.segment_readers().len() as u32;
    let of = |ordinal| plans.iter().map(|plan| plan.found(Within { lookup, ordinal })).collect();
    (0..n_segments).map(of).collect()
}

/// How far the nearest site is that counts; none where no such site is on the map.
pub(crate) fn km(
    sites: &Column<u64>,
    doc: DocId,
    place: &Place,
    within_km: Option<f64>,
    recruiting: bool,
) -> Option<f64> {
    let mut least: Option<f64> = None;
    for site in sites.values_for_doc(doc) {
        let (lat, lon, is_recruiting) = unpacked(site);
        if recruiting && !is_recruiting {
            continue;
        }
        // A degree of latitude is never less than this; farther sites need no exact distance.
        let at_least = (lat - place.lat).abs() * 110.5;
        if within_km.is_some_and(|limit| at_least > limit) || least.is_some_and(|km| at_least > km) {
            continue;
        }
        let km = place.km_to(lat, lon);
        if least.is_none_or(|known| km < known) {
            least = Some(km);
        }
    }
    least
}

/// What the values of a segment's sets mean for the choices.
struct Choices {
    wanted: u16,
    /// The bits of what is chosen in each set of each table.
    chosen: [Vec<u16>; N_TABLES],
}

/// Counts of the sets of a segment.
struct Counts {
    /// Of the studies that have everything chosen.
    all: [Vec<u32>; N_TABLES],
    /// Of those that lack one group's choice: the group, its table, and the counts of the table's sets.
    lacking: Vec<(u8, usize, Vec<u32>)>,
}

impl Sift<'_> {
    /// The studies that have what is needed; `ranked` makes their scores, and `whole` is the same as a query that scores every study.
    pub fn sift(
        &self,
        sets: &[Vec<Bits>],
        needed: &Needed,
        ranked: &Ranked<'_>,
        whole: impl FnOnce() -> BooleanQuery,
    ) -> tantivy::Result<Gathered> {
        let is_scored = self.sort == Sort::Relevance && self.most > 0;
        let is_exact = !is_scored || ranked.is_exact();
        let mut kept = Kept::new(self.most, is_exact);
        let mut room = Room::default();
        let mut total = 0;
        let mut counts = vec![0_u64; self.view.names.len()];
        for ((ordinal, segment), (sets, view)) in
            (0..).zip(self.lookup.searcher.segment_readers()).zip(sets.iter().zip(&self.view.segments))
        {
            let within = Within { lookup: self.lookup, ordinal };
            let mut set = needed.of(sets, segment.max_doc());
            self.limit(within, segment, &mut set)?;
            self.narrow(ordinal, segment, view, &mut set, &mut counts, &mut kept)?;
            total += set.count();
            if is_scored && !set.is_empty() {
                ranked.score(within, &set, &mut room, &mut kept)?;
            }
        }
        let mut best = kept.into_found();
        if !is_exact {
            self.score_again(&whole(), &mut best)?;
            best.sort_by(in_order);
            best.truncate(self.most);
        }
        Ok(Gathered { total: total as usize, best, facets: self.facets(&counts) })
    }

    /// Takes out studies by filters that are no choice among values.
    fn limit(&self, within: Within<'_>, segment: &SegmentReader, set: &mut Bits) -> tantivy::Result<()> {
        if let Some(alive) = segment.alive_bitset() {
            set.retain(|doc| alive.is_alive(doc));
        }
        for id in &self.filters.without {
            let term = Term::from_field_text(self.fields.needs, id.as_str());
            let mut asking = Bits::none(segment.max_doc());
            within.add(self.fields.needs, &self.lookup.places(&term)?, &mut asking)?;
            set.take_away(&asking);
        }
        if let Some((least_days, most_days)) = self.filters.days() {
            let fast = segment.fast_fields();
            let (min, max) = (fast.column_opt::<u64>("min_days")?, fast.column_opt::<u64>("max_days")?);
            let (Some(min), Some(max)) = (min, max) else {
                *set = Bits::none(segment.max_doc());
                return Ok(());
            };
            set.retain(|doc| {
                min.first(doc).is_some_and(|days| days <= most_days)
                    && max.first(doc).is_some_and(|days| days >= least_days)
            });
        }
        Ok(())
    }

    fn choices(&self, values: &Values) -> Choices {
        let filters = self.filters;
        let bit = |(group, value): &(u8, String)| {
            let is_chosen = self.chosen.get(usize::from(*group)).is_some_and(|chosen| chosen.contains(value));
            let own = if is_chosen { 1 << group } else { 0 };
            let is_sex = GROUPS.get(usize::from(*group)) == Some(&"sex");
            // Who gives no sex limit shuts nobody out.
            let sex =
                filters.sex.as_ref().filter(|sex| is_sex && (*sex == value || value == "ALL" || value == "NOT_GIVEN"));
            let sites = filters.recruiting_site && *group == SITES_GROUP && value == "RECRUITING";
            own | sex.map_or(0, |_| SEX) | if sites { SITES } else { 0 }
        };
        let mut wanted: u16 =
            (0..).zip(&self.chosen).filter(|(_, chosen)| !chosen.is_empty()).map(|(group, _)| 1 << group).sum();
        wanted |= filters.sex.as_ref().map_or(0, |_| SEX) | if filters.recruiting_site { SITES } else { 0 };
        if wanted == 0 {
            return Choices { wanted, chosen: Default::default() };
        }
        let bits: Vec<u16> = values.names.iter().map(|name| name.as_ref().map_or(0, bit)).collect();
        let of = |set: &Vec<u32>| {
            set.iter().fold(0, |all, value| all | bits.get(*value as usize).copied().unwrap_or_default())
        };
        Choices { wanted, chosen: values.tables.each_ref().map(|table| table.sets.iter().map(of).collect()) }
    }

    /// Keeps the studies with what is chosen, and counts them; where they are not put in order by score, the best are kept too.
    fn narrow(
        &self,
        ordinal: u32,
        segment: &SegmentReader,
        view: &ViewOfSegment,
        set: &mut Bits,
        counts: &mut [u64],
        best: &mut Kept,
    ) -> tantivy::Result<()> {
        let tables = &view.values.tables;
        let Choices { wanted, chosen } = self.choices(&view.values);
        let mut own = Counts { all: tables.each_ref().map(|table| vec![0; table.sets.len()]), lacking: Vec::new() };
        for group in (0..SITES_GROUP).filter(|group| wanted >> group & 1 == 1) {
            let table = crate::facets::table_of_group(group);
            let n_sets = tables.get(table).map_or(0, |table| table.sets.len());
            own.lacking.push((group, table, vec![0; n_sets]));
        }
        let fast = segment.fast_fields();
        let by_distance = self.sort == Sort::Distance;
        let place = self.near.filter(|_| by_distance || self.within_km.is_some());
        let sites = if place.is_some() { fast.column_opt::<u64>("site")? } else { None };
        let is_ordered = self.sort != Sort::Relevance && self.most > 0;
        let posted = if self.sort == Sort::Newest && is_ordered { fast.column_opt::<u64>("posted")? } else { None };
        let limit = self.within_km.filter(|_| self.near.is_some());
        if wanted == 0 && place.is_none() && !is_ordered {
            for doc in set.docs() {
                own.count(view.values.of_doc(doc));
            }
            own.add_to(view, counts);
            return Ok(());
        }
        set.retain(|doc| {
            let km = place
                .zip(sites.as_ref())
                .and_then(|(place, sites)| km(sites, doc, place, self.within_km, self.filters.recruiting_site));
            if limit.is_some_and(|limit| km.is_none_or(|km| km > limit)) {
                return false;
            }
            let of_tables = view.values.of_doc(doc);
            if wanted != 0 {
                let has = chosen
                    .iter()
                    .zip(of_tables)
                    .map(|(chosen, at)| chosen.get(at as usize).copied().unwrap_or_default());
                let missing = wanted & !has.fold(0, |all, bits| all | bits);
                if missing != 0 {
                    if let Some((_, table, n)) = own.lacking.iter_mut().find(|(group, ..)| missing == 1 << *group)
                        && let Some(n) = of_tables.get(*table).and_then(|at| n.get_mut(*at as usize))
                    {
                        *n += 1;
                    }
                    return false;
                }
            }
            own.count(of_tables);
            if is_ordered {
                let key = match self.sort {
                    Sort::Distance => km.map_or(f64::NEG_INFINITY, |km| -km),
                    _ => posted.as_ref().and_then(|posted| posted.first(doc)).map_or(0.0, |date| date as f64),
                };
                best.put(key, 0.0, DocAddress::new(ordinal, doc));
            }
            true
        });
        own.add_to(view, counts);
        Ok(())
    }

    fn facets(&self, counts: &[u64]) -> crate::Facets {
        let mut out: crate::Facets = GROUPS.iter().map(|group| (*group, Vec::new())).collect();
        for ((group, value), n) in self.view.names.iter().zip(counts).filter(|(_, n)| **n > 0) {
            if let Some(group) = GROUPS.get(usize::from(*group)) {
                out.entry(group).or_default().push((value.clone(), *n));
            }
        }
        for values in out.values_mut() {
            values.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        }
        out
    }

    /// Has the index library score the studies that may be among the best.
    fn score_again(&self, whole: &dyn Query, found: &mut [Found]) -> tantivy::Result<()> {
        found.sort_by_key(|one| one.address);
        let weight = whole.weight(EnableScoring::enabled_from_searcher(self.lookup.searcher))?;
        for of_segment in found.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
            let Some(first) = of_segment.first() else { continue };
            let mut scorer = weight.scorer(self.lookup.searcher.segment_reader(first.address.segment_ord), 1.0)?;
            for one in of_segment {
                if scorer.doc() < one.address.doc_id {
                    scorer.seek(one.address.doc_id);
                }
                one.score = scorer.score();
                one.key = f64::from(one.score);
            }
        }
        Ok(())
    }
}

impl Counts {
    /// Counts a study that has everything chosen.
    #[inline]
    fn count(&mut self, sets: [u32; N_TABLES]) {
        for (n, at) in self.all.iter_mut().zip(sets) {
            if let Some(n) = n.get_mut(at as usize) {
                *n += 1;
            }
        }
    }

    /// Adds what the sets' counts say of values.
    fn add_to(&self, view: &ViewOfSegment, counts: &mut [u64]) {
        let mut add = |value: u32, n: u32| {
            let place = view.places.get(value as usize).copied().flatten();
            if let Some(count) = place.and_then(|place| counts.get_mut(place as usize)) {
                *count += u64::from(n);
            }
        };
        for (table, n) in view.values.tables.iter().zip(&self.all) {
            for (set, n) in table.sets.iter().zip(n).filter(|(_, n)| **n > 0) {
                set.iter().for_each(|value| add(*value, *n));
            }
        }
        for (group, table, n) in &self.lacking {
            let sets = view.values.tables.get(*table).map(|table| table.sets.as_slice()).unwrap_or_default();
            for (set, n) in sets.iter().zip(n).filter(|(_, n)| **n > 0) {
                let of_group = |value: &&u32| {
                    view.values
                        .names
                        .get(**value as usize)
                        .and_then(Option::as_ref)
                        .is_some_and(|name| name.0 == *group)
                };
                set.iter().filter(of_group).for_each(|value| add(*value, *n));
            }
        }
    }
}
