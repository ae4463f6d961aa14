//! Scores of the studies of a segment that count, some thousands at a time.
//!
//! Term by term: the postings of one term add to the scores of a window of studies before the next term is read. Studies outside
//! the wanted set are passed by; where few are wanted, postings are sought instead of read. Once there are enough good studies, those
//! that cannot be better are passed by as well: first the heavy terms alone are scored, and a study is looked at further where these
//! and all that the light ones could add reach the last of the best. Every number of a score is added and multiplied in the order in
//! which the index library does it.

use crate::bits::{Bits, ones};
use crate::kept::Kept;
use crate::plan::{BLOCK, Plan, Within, seek};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet};

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
struct Cursor<'p> {
    /// No score is higher.
    most: f32,
    /// The same of the heaviest of the terms, sums and phrases that it is made of.
    heaviest: f32,
    kind: Kind<'p>,
}

enum Kind<'p> {
    Term(Postings, FieldNormReader, &'p Bm25Weight),
    Flat(Postings, f32),
    Best(Vec<Cursor<'p>>, f32),
    All(Vec<Cursor<'p>>),
    Asked(Box<dyn Scorer>),
}

/// The best of some scores, and so much of the others.
fn tied(scores: impl Iterator<Item = f32>, tie: f32) -> f32 {
    let (best, sum) = scores.fold((0.0, 0.0), |(best, sum), score| (score.max(best), sum + score));
    best + (sum - best) * tie
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
        let whole = |most, kind| Some(Cursor { most, heaviest: most, kind });
        Ok(match self {
            Plan::Term { field, places, weight, most } => match open(*field, places, IndexRecordOption::WithFreqs)? {
                Some(postings) => match reader.fieldnorms_readers().get_field(*field)? {
                    Some(norms) => whole(*most, Kind::Term(postings, norms, weight)),
                    None => {
                        let norms = FieldNormReader::constant(n_docs, 1);
                        whole(f32::INFINITY, Kind::Term(postings, norms, weight))
                    }
                },
                None => None,
            },
            Plan::Flat { field, places, score } => open(*field, places, IndexRecordOption::Basic)?
                .and_then(|postings| whole(*score, Kind::Flat(postings, *score))),
            Plan::Best { of, tie } => {
                let mut each = Vec::with_capacity(of.len());
                for plan in of {
                    each.extend(plan.cursor(within)?);
                }
                let most = tied(each.iter().map(|cursor| cursor.most), *tie);
                let heaviest = each.iter().map(|cursor| cursor.heaviest).fold(0.0, f32::max);
                (!each.is_empty()).then_some(Cursor { most, heaviest, kind: Kind::Best(each, *tie) })
            }
            Plan::All(of) => {
                let mut order: Vec<&Plan> = of.iter().collect();
                order.sort_by_key(|plan| plan.cost(within));
                let mut each = Vec::with_capacity(of.len());
                for plan in order {
                    let Some(cursor) = plan.cursor(within)? else { return Ok(None) };
                    each.push(cursor);
                }
                let most = each.iter().map(|cursor| cursor.most).sum();
                if each.is_empty() { None } else { whole(most, Kind::All(each)) }
            }
            Plan::Asked { scoring, times, .. } => whole(f32::INFINITY, Kind::Asked(scoring.scorer(reader, *times)?)),
        })
    }
}

impl Cursor<'_> {
    /// Puts the scores of the window's wanted studies into a lane.
    fn fill(&mut self, window: &Window, lane: &mut Lane, spare: &mut Vec<Lane>) {
        match &mut self.kind {
            Kind::Term(postings, norms, weight) => window.each(postings, |slot, doc, n_times| {
                lane.put(slot, weight.score(norms.fieldnorm_id(doc), n_times));
            }),
            Kind::Flat(postings, score) => window.each(postings, |slot, _, _| lane.put(slot, *score)),
            Kind::Best(of, tie) => {
                for cursor in of {
                    if matches!(cursor.kind, Kind::Best(..)) {
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
            Kind::All(of) => {
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
            Kind::Asked(scorer) => {
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

    /// The most that a study is worth which has nothing that may be worth more than `light`.
    fn most_of_light(&self, light: f32) -> f32 {
        match &self.kind {
            Kind::Best(of, tie) => tied(of.iter().map(|cursor| cursor.most_of_light(light)), *tie),
            _ if self.most <= light => self.most,
            _ => 0.0,
        }
    }

    fn weights(&self, out: &mut Vec<f32>) {
        match &self.kind {
            Kind::Best(of, _) => of.iter().for_each(|cursor| cursor.weights(out)),
            _ => out.push(self.most),
        }
    }

    /// Puts the most that the wanted studies can be worth into a lane, of those that have something that may be worth more than
    /// `light`: what is heavier is scored, and what is light is taken to be there.
    fn fill_most(&mut self, light: f32, window: &Window, lane: &mut Lane, spare: &mut Vec<Lane>) {
        let Kind::Best(of, tie) = &mut self.kind else {
            if self.most > light {
                self.fill(window, lane, spare);
            }
            return;
        };
        let (mut best, mut sum) = (0.0_f32, 0.0);
        let mut nested: Vec<(Lane, f32)> = Vec::new();
        for cursor in of {
            if cursor.heaviest <= light {
                best = best.max(cursor.most);
                sum += cursor.most;
            } else if matches!(cursor.kind, Kind::Best(..)) {
                let mut own = spare.pop().unwrap_or_default();
                cursor.fill_most(light, window, &mut own, spare);
                nested.push((own, cursor.most_of_light(light)));
            } else {
                cursor.fill(window, lane, spare);
            }
        }
        for (own, _) in &nested {
            lane.has.iter_mut().zip(&own.has).for_each(|(has, more)| *has |= more);
        }
        let has = lane.has;
        for slot in slots(&has) {
            for (own, otherwise) in &nested {
                lane.put(slot, own.of(slot).unwrap_or(*otherwise));
            }
            if let (Some(own), Some(all)) = (lane.best.get_mut(slot), lane.sum.get_mut(slot)) {
                *own = own.max(best);
                *all += sum;
            }
        }
        lane.tied(*tie);
        for (mut own, _) in nested {
            own.clear();
            spare.push(own);
        }
    }
}

/// Room for scores, used again from segment to segment.
#[derive(Default)]
pub(crate) struct Room(Vec<Lane>);

/// What a limit may be off by where it was added in another order.
const ROUNDED: f32 = 1.00001;

impl Ranked<'_> {
    /// Whether the scores are the index library's bit by bit.
    pub fn is_exact(&self) -> bool {
        let plans = || self.required.iter().chain(&self.others);
        plans().all(|plan| plan.is_exact()) && (!self.in_any_order || self.required.len() <= 2)
    }

    /// Each part over a segment, with a lane of its own.
    fn opened(&self, within: Within<'_>, spare: &mut Vec<Lane>) -> tantivy::Result<Vec<(Option<Cursor<'_>>, Lane)>> {
        let plans = self.required.iter().chain(&self.others);
        plans.map(|plan| Ok((plan.cursor(within)?, spare.pop().unwrap_or_default()))).collect()
    }

    /// Scores those of some studies that may be among the best, in order.
    pub fn score(&self, within: Within<'_>, wanted: &Bits, room: &mut Room, kept: &mut Kept) -> tantivy::Result<()> {
        let spare = &mut room.0;
        let mut parts = self.opened(within, spare)?;
        // Postings are read forwards: who looks ahead has its own.
        let mut ahead: Vec<(Option<Cursor<'_>>, Lane)> = Vec::new();
        let mut weights = Vec::new();
        parts.iter().filter_map(|(cursor, _)| cursor.as_ref()).for_each(|cursor| cursor.weights(&mut weights));
        weights.sort_by(f32::total_cmp);
        weights.dedup();
        // What has no limit would be looked for twice and pass nothing by.
        if weights.last().is_some_and(|heaviest| heaviest.is_infinite()) {
            weights = vec![f32::INFINITY];
        }
        let mut weights = weights.into_iter().peekable();
        let mut light = 0.0;
        for (base, words) in (0..).step_by(WINDOW).zip(wanted.words().chunks(WORDS)) {
            let mut window = Window::of(base, words);
            if window.n == 0 {
                continue;
            }
            if let Some(floor) = kept.floor() {
                let most = |light| -> f32 {
                    let cursors = parts.iter().filter_map(|(cursor, _)| cursor.as_ref());
                    cursors.map(|cursor| cursor.most_of_light(light)).sum::<f32>() + self.every.unwrap_or_default()
                };
                while let Some(next) = weights.next_if(|next| most(*next) * ROUNDED < floor) {
                    light = next;
                }
                if weights.peek().is_none() {
                    break;
                }
                if light > 0.0 {
                    if ahead.is_empty() {
                        ahead = self.opened(within, spare)?;
                    }
                    self.narrow(light, floor, &mut window, &mut ahead, spare);
                    if window.n == 0 {
                        continue;
                    }
                }
            }
            for (cursor, lane) in &mut parts {
                if let Some(cursor) = cursor {
                    cursor.fill(&window, lane, spare);
                }
            }
            let (required, others) = parts.split_at_mut_checked(self.required.len()).unwrap_or_default();
            for slot in slots(&window.wanted) {
                let (mut score, mut n) = (0.0, 0);
                for one in required.iter().filter_map(|(_, lane)| lane.of(slot)) {
                    score += one;
                    n += 1;
                }
                let mut more = self.every.filter(|_| n == required.len()).unwrap_or_default();
                others.iter().filter_map(|(_, lane)| lane.of(slot)).for_each(|one| more += one);
                let score: f32 = score + more;
                kept.put(f64::from(score), score, DocAddress::new(within.ordinal, base + slot as u32));
            }
            kept.settle();
            parts.iter_mut().for_each(|(_, lane)| lane.clear());
        }
        spare.extend(parts.into_iter().chain(ahead).map(|(_, lane)| lane));
        Ok(())
    }

    /// Takes out of a window what cannot be worth more than `floor`.
    ///
    /// **Source**: the division of terms into those of which a study among the best must have one and the others is that of
    /// Turtle and Flood, Query evaluation: strategies and optimizations (1995).
    fn narrow(
        &self,
        light: f32,
        floor: f32,
        window: &mut Window,
        parts: &mut [(Option<Cursor<'_>>, Lane)],
        spare: &mut Vec<Lane>,
    ) {
        let mut some = [0; WORDS];
        let mut otherwise = Vec::with_capacity(parts.len());
        for (cursor, lane) in parts.iter_mut() {
            if let Some(cursor) = cursor {
                cursor.fill_most(light, window, lane, spare);
            }
            some.iter_mut().zip(&lane.has).for_each(|(all, has)| *all |= has);
            otherwise.push(cursor.as_ref().map_or(0.0, |cursor| cursor.most_of_light(light)));
        }
        let mut left = [0; WORDS];
        for slot in slots(&some) {
            let each = parts.iter().zip(&otherwise).map(|((_, lane), most)| lane.of(slot).unwrap_or(*most));
            let most = each.sum::<f32>() + self.every.unwrap_or_default();
            if most * ROUNDED >= floor
                && let Some(word) = left.get_mut(slot >> 6)
            {
                *word |= 1 << (slot & 63);
            }
        }
        parts.iter_mut().for_each(|(_, lane)| lane.clear());
        *window = Window::of(window.base, &left);
    }
}
