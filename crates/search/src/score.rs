//! Scores of the studies of a segment that count, some thousands at a time.
//!
//! Term by term: the postings of one term add to the scores of a window of studies before the next term is read (term-at-a-time
//! within windows, as "MaxScore" bulk scorers do). Studies outside the wanted set are passed by; where few are wanted, postings are
//! sought instead of read. Every number is added and multiplied in the order in which the index library does it.

use crate::bits::{Bits, ones};
use crate::plan::{BLOCK, Plan, Within, seek};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet};

/// Studies in a window.
const WINDOW: usize = 4096;
const WORDS: usize = WINDOW / 64;

/// Where fewer studies are wanted than one in so many postings, they are sought.
const SOUGHT: usize = 8;

/// What makes the score of a study: the sum of its required parts, then that of the others.
pub(crate) struct Ranked<'p> {
    pub required: Vec<&'p Plan>,
    /// What having every required part is worth, where not all are needed.
    pub every: Option<f32>,
    pub others: Vec<&'p Plan>,
    /// Whether the index library may add the required parts in another order.
    pub in_any_order: bool,
}

/// Some studies in a row, and which of them are wanted.
struct Window {
    base: DocId,
    wanted: [u64; WORDS],
    n: usize,
}

/// Scores in a window.
struct Lane {
    has: [u64; WORDS],
    best: Vec<f32>,
    sum: Vec<f32>,
}

impl Default for Lane {
    fn default() -> Lane {
        Lane { has: [0; WORDS], best: vec![0.0; WINDOW], sum: vec![0.0; WINDOW] }
    }
}

impl Lane {
    #[inline]
    fn put(&mut self, slot: usize, score: f32) {
        if let (Some(word), Some(best), Some(sum)) =
            (self.has.get_mut(slot >> 6), self.best.get_mut(slot), self.sum.get_mut(slot))
        {
            *word |= 1 << (slot & 63);
            *best = score.max(*best);
            *sum += score;
        }
    }

    #[inline]
    fn of(&self, slot: usize) -> Option<f32> {
        let has = self.has.get(slot >> 6).is_some_and(|word| word >> (slot & 63) & 1 == 1);
        if has { self.best.get(slot).copied() } else { None }
    }

    /// The best of each study and a part of its others.
    fn tied(&mut self, tie: f32) {
        let Lane { has, best, sum } = self;
        for slot in slots(has) {
            if let (Some(best), Some(sum)) = (best.get_mut(slot), sum.get(slot)) {
                *best += (*sum - *best) * tie;
            }
        }
    }

    /// Empties it.
    fn clear(&mut self) {
        let Lane { has, best, sum } = self;
        for slot in slots(has) {
            if let (Some(best), Some(sum)) = (best.get_mut(slot), sum.get_mut(slot)) {
                (*best, *sum) = (0.0, 0.0);
            }
        }
        *has = [0; WORDS];
    }
}

fn slots(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| ones(*word).map(move |bit| at * 64 + bit as usize))
}

impl Window {
    fn of(base: DocId, words: &[u64]) -> Window {
        let mut wanted = [0; WORDS];
        wanted.iter_mut().zip(words).for_each(|(own, word)| *own = *word);
        let n = wanted.iter().map(|word| word.count_ones() as usize).sum();
        Window { base, wanted, n }
    }

    /// Tells of each wanted study that has the term.
    #[inline]
    fn each(&self, term: &mut Postings, mut found: impl FnMut(usize, DocId, u32)) {
        let postings = &mut *term.postings;
        if self.n * SOUGHT < term.in_window {
            for slot in slots(&self.wanted) {
                let doc = self.base + slot as u32;
                if let Some(at) = seek(postings, doc) {
                    found(slot, doc, postings.freq(at));
                }
            }
            return;
        }
        let mut from = postings.seek(self.base);
        loop {
            let docs = postings.docs();
            for (at, doc) in docs.iter().enumerate().skip(from) {
                let slot = doc.wrapping_sub(self.base) as usize;
                let Some(word) = self.wanted.get(slot >> 6) else { return };
                if word >> (slot & 63) & 1 == 1 {
                    found(slot, *doc, postings.freq(at));
                }
            }
            if docs.len() < BLOCK {
                return;
            }
            postings.advance();
            from = 0;
        }
    }
}

/// The postings of a term in a segment.
struct Postings {
    postings: Box<BlockSegmentPostings>,
    /// How many are in a window, on average.
    in_window: usize,
}

/// A plan over one segment.
enum Cursor<'p> {
    Term(Postings, FieldNormReader, &'p Bm25Weight),
    Flat(Postings, f32),
    Best(Vec<Cursor<'p>>, f32),
    All(Vec<Cursor<'p>>),
    Asked(Box<dyn Scorer>),
}

impl Plan {
    /// None where no study of the segment can have it.
    fn cursor(&self, within: Within<'_>) -> tantivy::Result<Option<Cursor<'_>>> {
        let n_docs = within.n_docs();
        let open = |field, places, option| -> tantivy::Result<Option<Postings>> {
            let postings = within.lookup.postings(field, places, within.ordinal, option)?;
            Ok(postings.map(|postings| {
                let in_window = postings.doc_freq() as usize * WINDOW / n_docs.max(1) as usize;
                Postings { postings: Box::new(postings), in_window }
            }))
        };
        let reader = within.lookup.searcher.segment_reader(within.ordinal);
        Ok(match self {
            Plan::Term { field, places, weight } => match open(*field, places, IndexRecordOption::WithFreqs)? {
                Some(postings) => {
                    let norms = reader.fieldnorms_readers().get_field(*field)?;
                    let norms = norms.unwrap_or_else(|| FieldNormReader::constant(n_docs, 1));
                    Some(Cursor::Term(postings, norms, weight))
                }
                None => None,
            },
            Plan::Flat { field, places, score } => {
                open(*field, places, IndexRecordOption::Basic)?.map(|postings| Cursor::Flat(postings, *score))
            }
            Plan::Best { of, tie } => {
                let mut each = Vec::with_capacity(of.len());
                for plan in of {
                    each.extend(plan.cursor(within)?);
                }
                (!each.is_empty()).then_some(Cursor::Best(each, *tie))
            }
            Plan::All(of) => {
                let mut order: Vec<&Plan> = of.iter().collect();
                order.sort_by_key(|plan| plan.cost(within));
                let mut each = Vec::with_capacity(of.len());
                for plan in order {
                    let Some(cursor) = plan.cursor(within)? else { return Ok(None) };
                    each.push(cursor);
                }
                (!each.is_empty()).then_some(Cursor::All(each))
            }
            Plan::Asked { scoring, times, .. } => Some(Cursor::Asked(scoring.scorer(reader, *times)?)),
        })
    }
}

impl Cursor<'_> {
    /// Puts the scores of the window's wanted studies into a lane.
    fn fill(&mut self, window: &Window, lane: &mut Lane, spare: &mut Vec<Lane>) {
        match self {
            Cursor::Term(postings, norms, weight) => window.each(postings, |slot, doc, n_times| {
                lane.put(slot, weight.score(norms.fieldnorm_id(doc), n_times));
            }),
            Cursor::Flat(postings, score) => window.each(postings, |slot, _, _| lane.put(slot, *score)),
            Cursor::Best(of, tie) => {
                for cursor in of {
                    if matches!(cursor, Cursor::Best(..)) {
                        let mut own = spare.pop().unwrap_or_default();
                        cursor.fill(window, &mut own, spare);
                        slots(&own.has).for_each(|slot| lane.put(slot, own.of(slot).unwrap_or_default()));
                        own.clear();
                        spare.push(own);
                    } else {
                        cursor.fill(window, lane, spare);
                    }
                }
                lane.tied(*tie);
            }
            Cursor::All(of) => {
                let mut left = Window { base: window.base, wanted: window.wanted, n: window.n };
                let mut lanes = Vec::with_capacity(of.len());
                for cursor in of {
                    if left.n == 0 {
                        break;
                    }
                    let mut own = spare.pop().unwrap_or_default();
                    cursor.fill(&left, &mut own, spare);
                    left = Window::of(window.base, &own.has);
                    lanes.push(own);
                }
                for slot in slots(&left.wanted) {
                    lane.put(slot, lanes.iter().filter_map(|own| own.of(slot)).sum());
                }
                for mut own in lanes {
                    own.clear();
                    spare.push(own);
                }
            }
            Cursor::Asked(scorer) => {
                for slot in slots(&window.wanted) {
                    let doc = window.base + slot as u32;
                    if scorer.doc() < doc {
                        scorer.seek(doc);
                    }
                    if scorer.doc() == doc {
                        lane.put(slot, scorer.score());
                    }
                }
            }
        }
    }
}

/// Each plan over a segment, with a lane of its own.
fn opened<'p>(plans: &[&'p Plan], within: Within<'_>) -> tantivy::Result<Vec<(Option<Cursor<'p>>, Lane)>> {
    plans.iter().map(|plan| Ok((plan.cursor(within)?, Lane::default()))).collect()
}

impl Ranked<'_> {
    /// Whether the scores are the index library's bit by bit.
    pub fn is_exact(&self) -> bool {
        let plans = || self.required.iter().chain(&self.others);
        plans().all(|plan| plan.is_exact()) && (!self.in_any_order || self.required.len() <= 2)
    }

    /// Tells the score of each of some studies, in order.
    pub fn score(&self, within: Within<'_>, wanted: &Bits, mut each: impl FnMut(DocId, f32)) -> tantivy::Result<()> {
        let mut required = opened(&self.required, within)?;
        let mut others = opened(&self.others, within)?;
        let mut spare = Vec::new();
        for (base, words) in (0..).step_by(WINDOW).zip(wanted.words().chunks(WORDS)) {
            let window = Window::of(base, words);
            if window.n == 0 {
                continue;
            }
            for (cursor, lane) in required.iter_mut().chain(&mut others) {
                if let Some(cursor) = cursor {
                    cursor.fill(&window, lane, &mut spare);
                }
            }
            for slot in slots(&window.wanted) {
                let (mut score, mut n) = (0.0, 0);
                for one in required.iter().filter_map(|(_, lane)| lane.of(slot)) {
                    score += one;
                    n += 1;
                }
                let mut more = self.every.filter(|_| n == required.len()).unwrap_or_default();
                others.iter().filter_map(|(_, lane)| lane.of(slot)).for_each(|one| more += one);
                each(base + slot as u32, score + more);
            }
            required.iter_mut().chain(&mut others).for_each(|(_, lane)| lane.clear());
        }
        Ok(())
    }
}
