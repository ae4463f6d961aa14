//! Facet values of studies, kept so that counting them reads a few numbers of a study instead of each of its values.
//!
//! ```text
//! segment: study -> in each table, the number of the set of values that it has; a table takes the groups whose values go together
//! search:  studies of each set are counted, and a set's count goes to its values at the end
//! ```

use crate::schema::{FACET, GROUPS};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::columnar::Column;
use tantivy::schema::Facet;
use tantivy::{DocId, Searcher, SegmentReader};

/// The group of whether a site takes participants; it is filtered by and not counted.
const SITES: &str = "sites";

/// The number of [`SITES`].
pub(crate) const SITES_GROUP: u8 = GROUPS.len() as u8;

/// Tables of sets.
pub(crate) const N_TABLES: usize = 4;

/// Which table takes a group. Few sets make short tables: the groups of many values have one each.
fn table_of(group: &str) -> usize {
    match group {
        "country" => 3,
        "intervention" => 2,
        "phase" | "age" | "sponsor" => 1,
        _ => 0,
    }
}

/// Which table takes the group of a number.
pub(crate) fn table_of_group(group: u8) -> usize {
    GROUPS.get(usize::from(group)).map_or(0, |group| table_of(group))
}

/// The values of a segment.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// Group and word of each value, by its number in the segment.
    pub names: Vec<Option<(u8, String)>>,
    pub tables: [Table; N_TABLES],
    /// The number of each study's set, table by table.
    of_doc: Vec<[u32; N_TABLES]>,
}

/// The sets of values that studies have of some groups.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The values of each set.
    pub sets: Vec<Vec<u32>>,
}

/// The values' numbers, study by study.
pub(crate) fn column(segment: &SegmentReader) -> tantivy::Result<Column<u64>> {
    Ok(match segment.fast_fields().str(FACET)? {
        Some(column) => column.ords().clone(),
        None => Column::build_empty_column(segment.max_doc()),
    })
}

impl Values {
    /// The number of the set of a study in each table.
    #[inline]
    pub fn of_doc(&self, doc: DocId) -> [u32; N_TABLES] {
        self.of_doc.get(doc as usize).copied().unwrap_or_default()
    }

    fn of(segment: &SegmentReader) -> tantivy::Result<Values> {
        let reader = segment.facet_reader(FACET)?;
        let mut names = Vec::with_capacity(reader.num_facets());
        let mut facet = Facet::root();
        for ord in 0..reader.num_facets() {
            reader.facet_from_ord(ord as u64, &mut facet)?;
            let path = facet.to_path();
            names.push(path.first().zip(path.get(1)).and_then(|(group, value)| {
                let place = GROUPS.iter().chain([&SITES]).position(|known| known == group)?;
                Some((u8::try_from(place).ok()?, (*value).to_owned()))
            }));
        }
        let table_of_value: Vec<Option<usize>> =
            names.iter().map(|name| name.as_ref().map(|(group, _)| table_of_group(*group))).collect();
        let mut of_doc = Vec::with_capacity(segment.max_doc() as usize);
        let mut tables: [Table; N_TABLES] = Default::default();
        let mut numbers: [HashMap<Vec<u32>, u32>; N_TABLES] = Default::default();
        let column = column(segment)?;
        let mut own: [Vec<u32>; N_TABLES] = Default::default();
        for doc in 0..segment.max_doc() {
            own.iter_mut().for_each(Vec::clear);
            for value in column.values_for_doc(doc) {
                let table = usize::try_from(value).ok().and_then(|value| *table_of_value.get(value)?);
                if let (Some(own), Ok(value)) = (table.and_then(|table| own.get_mut(table)), u32::try_from(value)) {
                    own.push(value);
                }
            }
            let mut sets = [0; N_TABLES];
            for (((table, numbers), own), set) in tables.iter_mut().zip(&mut numbers).zip(&own).zip(&mut sets) {
                let known = numbers.get(own).copied();
                *set = known.unwrap_or_else(|| {
                    let number = u32::try_from(table.sets.len()).unwrap_or(u32::MAX);
                    table.sets.push(own.clone());
                    numbers.insert(own.clone(), number);
                    number
                });
            }
            of_doc.push(sets);
        }
        Ok(Values { names, tables, of_doc })
    }
}

/// What is known of segments, so that it is read once.
#[derive(Debug, Default)]
pub(crate) struct Known(Mutex<BTreeMap<String, Arc<Values>>>);

/// Segments that are remembered at most.
const MOST_SEGMENTS: usize = 200;

impl Known {
    pub fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<Values>> {
        let id = segment.segment_id().uuid_string();
        if let Some(values) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(values.clone());
        }
        let values = Arc::new(Values::of(segment)?);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_SEGMENTS {
            known.clear();
        }
        known.insert(id, values.clone());
        Ok(values)
    }

    /// Forgets the segments that a state of the index has no more.
    fn keep(&self, searcher: &Searcher) {
        let ids: BTreeSet<String> =
            searcher.segment_readers().iter().map(|segment| segment.segment_id().uuid_string()).collect();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|id, _| ids.contains(id));
    }
}

/// The values of one state of the index, over its segments.
#[derive(Debug, Default)]
pub(crate) struct View {
    pub segments: Vec<ViewOfSegment>,
    /// Group and word of every value that is counted, in order.
    pub names: Vec<(u8, String)>,
}

/// The values of a segment among those of all.
#[derive(Debug)]
pub(crate) struct ViewOfSegment {
    pub values: Arc<Values>,
    /// The place in [`View::names`] of each value of the segment; none of those that are not counted.
    pub places: Vec<Option<u32>>,
}

impl View {
    pub fn of(searcher: &Searcher, known: &Known) -> tantivy::Result<View> {
        let all = searcher.segment_readers().iter().map(|segment| known.of(segment));
        let all: Vec<Arc<Values>> = all.collect::<tantivy::Result<_>>()?;
        known.keep(searcher);
        let is_counted = |name: &&(u8, String)| name.0 < SITES_GROUP;
        let names: BTreeSet<&(u8, String)> =
            all.iter().flat_map(|values| values.names.iter().flatten()).filter(is_counted).collect();
        let names: Vec<(u8, String)> = names.into_iter().cloned().collect();
        let place = |name: &Option<(u8, String)>| {
            name.as_ref().and_then(|name| names.binary_search(name).ok()).and_then(|at| u32::try_from(at).ok())
        };
        let segments = all
            .iter()
            .map(|values| ViewOfSegment { places: values.names.iter().map(place).collect(), values: values.clone() })
            .collect();
        Ok(View { segments, names })
    }
}
