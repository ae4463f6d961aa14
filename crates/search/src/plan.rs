//! A tree with the weights of its terms: which studies of a segment it finds.
//!
//! Finding reads which studies have a term and nothing else; scores are read afterwards, and only of studies that count (`score`).

use crate::bits::Bits;
use crate::lookup::{Lookup, Places};
use crate::node::Node;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, EnableScoring, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED};

/// Studies in a whole block of postings.
pub(crate) const BLOCK: usize = 128;

/// A posting is found by seeking where this many would be read otherwise.
const SEEK: u64 = 24;

/// What is looked for, ready to be looked for.
pub(crate) enum Plan {
    Term { field: Field, places: Places, weight: Bm25Weight, most: f32 },
    Flat { field: Field, places: Places, score: f32 },
    Best { of: Vec<Plan>, tie: f32 },
    All(Vec<Plan>),
    Asked { finding: Box<dyn Weight>, scoring: Box<dyn Weight>, times: f32 },
}

impl Node {
    /// The plan of a node that weighs so many times as much.
    pub fn plan(&self, lookup: &Lookup<'_>, times: f32) -> tantivy::Result<Plan> {
        let each = |of: &[Node]| of.iter().map(|node| node.plan(lookup, times)).collect::<tantivy::Result<Vec<_>>>();
        Ok(match self {
            Node::Term(term) => {
                let places = lookup.places(term)?;
                let weight = lookup.weight(term.field(), &places, times)?;
                Plan::Term { field: term.field(), places, most: most(&weight), weight }
            }
            Node::Flat(term, score) => {
                Plan::Flat { field: term.field(), places: lookup.places(term)?, score: times * score }
            }
            // In the order in which the index library multiplies.
            Node::Times(of, weight) => of.plan(lookup, times * weight)?,
            Node::Best(of, tie) => Plan::Best { of: each(of)?, tie: *tie },
            Node::All(of) => Plan::All(each(of)?),
            Node::Asked(query) => Plan::Asked {
                finding: query.weight(EnableScoring::disabled_from_searcher(lookup.searcher))?,
                scoring: query.weight(EnableScoring::enabled_from_searcher(lookup.searcher))?,
                times,
            },
        })
    }
}

/// No study's score is higher: a word stands in a field no more often than the field has words, of which the length that is kept
/// is a lower limit, and the length that would be kept next an upper one.
fn most(weight: &Bm25Weight) -> f32 {
    let next = |id: u8| FieldNormReader::id_to_fieldnorm(id.saturating_add(1)).saturating_sub(1);
    (0..u8::MAX).map(|id| weight.score(id, next(id))).fold(0.0, f32::max)
}

/// A segment, and where to look things up.
#[derive(Clone, Copy)]
pub(crate) struct Within<'a> {
    pub lookup: &'a Lookup<'a>,
    pub ordinal: u32,
}

impl Within<'_> {
    pub fn n_docs(self) -> u32 {
        self.lookup.searcher.segment_reader(self.ordinal).max_doc()
    }

    /// Puts the studies that have a term into a set.
    pub fn add(self, field: Field, places: &Places, out: &mut Bits) -> tantivy::Result<()> {
        let postings = self.lookup.postings(field, places, self.ordinal, IndexRecordOption::Basic)?;
        let Some(mut postings) = postings else { return Ok(()) };
        loop {
            let docs = postings.docs();
            docs.iter().for_each(|doc| out.insert(*doc));
            if docs.len() < BLOCK {
                return Ok(());
            }
            postings.advance();
        }
    }
}

/// Whether a study has the term; studies are asked for in order.
#[inline]
pub(crate) fn seek(postings: &mut BlockSegmentPostings, doc: DocId) -> Option<usize> {
    let at = postings.seek(doc);
    (at < BLOCK && postings.doc(at) == doc).then_some(at)
}

impl Plan {
    /// How many postings finding reads in a segment.
    pub fn cost(&self, within: Within<'_>) -> u64 {
        match self {
            Plan::Term { places, .. } | Plan::Flat { places, .. } => places
                .get(within.ordinal as usize)
                .and_then(Option::as_ref)
                .map_or(0, |place| u64::from(place.doc_freq)),
            Plan::Best { of, .. } | Plan::All(of) => of.iter().map(|plan| plan.cost(within)).sum(),
            Plan::Asked { .. } => u64::from(within.n_docs()),
        }
    }

    /// The studies of a segment that it finds.
    pub fn found(&self, within: Within<'_>) -> tantivy::Result<Bits> {
        let mut out = Bits::none(within.n_docs());
        self.add(within, &mut out)?;
        Ok(out)
    }

    fn add(&self, within: Within<'_>, out: &mut Bits) -> tantivy::Result<()> {
        match self {
            Plan::Term { field, places, .. } | Plan::Flat { field, places, .. } => within.add(*field, places, out),
            Plan::Best { of, .. } => of.iter().try_for_each(|plan| plan.add(within, out)),
            Plan::All(of) => {
                let mut order: Vec<&Plan> = of.iter().collect();
                order.sort_by_key(|plan| plan.cost(within));
                let Some((first, others)) = order.split_first() else { return Ok(()) };
                let mut all = first.found(within)?;
                for plan in others {
                    if all.is_empty() {
                        return Ok(());
                    }
                    all = plan.among(within, &all)?;
                }
                out.or(&all);
                Ok(())
            }
            Plan::Asked { finding, .. } => {
                let mut docs = finding.scorer(within.lookup.searcher.segment_reader(within.ordinal), 1.0)?;
                let mut doc = docs.doc();
                while doc != TERMINATED {
                    out.insert(doc);
                    doc = docs.advance();
                }
                Ok(())
            }
        }
    }

    /// Those of some studies that it finds.
    fn among(&self, within: Within<'_>, some: &Bits) -> tantivy::Result<Bits> {
        let n = some.count();
        if self.cost(within) < SEEK * n || matches!(self, Plan::Asked { .. }) {
            let mut out = self.found(within)?;
            out.and(some);
            return Ok(out);
        }
        let mut out = Bits::none(within.n_docs());
        match self {
            Plan::Term { field, places, .. } | Plan::Flat { field, places, .. } => {
                let postings = within.lookup.postings(*field, places, within.ordinal, IndexRecordOption::Basic)?;
                if let Some(mut postings) = postings {
                    for doc in some.docs() {
                        if seek(&mut postings, doc).is_some() {
                            out.insert(doc);
                        }
                    }
                }
            }
            Plan::Best { of, .. } => {
                // What one has, the others need not be asked of: first those that most studies have.
                let mut order: Vec<&Plan> = of.iter().collect();
                order.sort_by_key(|plan| std::cmp::Reverse(plan.cost(within)));
                let mut left = some.clone();
                for plan in order {
                    if left.is_empty() {
                        break;
                    }
                    let more = plan.among(within, &left)?;
                    left.take_away(&more);
                    out.or(&more);
                }
            }
            Plan::All(of) if of.is_empty() => {}
            Plan::All(of) => {
                out = some.clone();
                let mut order: Vec<&Plan> = of.iter().collect();
                order.sort_by_key(|plan| plan.cost(within));
                for plan in order {
                    out = plan.among(within, &out)?;
                }
            }
            Plan::Asked { .. } => {}
        }
        Ok(out)
    }

    /// Whether its scores come out the same, bit by bit, as the index library's: sums of three and more depend on the order in which
    /// it adds them, which is another from segment to segment.
    pub fn is_exact(&self) -> bool {
        match self {
            Plan::All(of) => of.len() <= 2 && of.iter().all(Plan::is_exact),
            Plan::Best { of, .. } => of.iter().all(Plan::is_exact),
            Plan::Term { .. } | Plan::Flat { .. } | Plan::Asked { .. } => true,
        }
    }
}
