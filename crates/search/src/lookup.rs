//! Where terms stand, looked up once in a search.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// Where the postings of a term are, segment by segment.
pub(crate) type Places = Rc<Vec<Option<TermInfo>>>;

/// One state of the index, and what was looked up in it.
pub(crate) struct Lookup<'a> {
    pub searcher: &'a Searcher,
    n_docs: u64,
    terms: RefCell<BTreeMap<Term, Places>>,
    /// Words that a study has in a field, on average.
    averages: RefCell<BTreeMap<u32, f32>>,
}

impl<'a> Lookup<'a> {
    pub fn new(searcher: &'a Searcher) -> Lookup<'a> {
        // With those that were taken out, as scores count them.
        let n_docs = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        Lookup { searcher, n_docs, terms: RefCell::default(), averages: RefCell::default() }
    }

    /// Where a term stands.
    pub fn places(&self, term: &Term) -> tantivy::Result<Places> {
        if let Some(known) = self.terms.borrow().get(term) {
            return Ok(known.clone());
        }
        let mut places = Vec::with_capacity(self.searcher.segment_readers().len());
        for segment in self.searcher.segment_readers() {
            places.push(segment.inverted_index(term.field())?.get_term_info(term)?);
        }
        let places = Rc::new(places);
        self.terms.borrow_mut().insert(term.clone(), places.clone());
        Ok(places)
    }

    /// In how many studies a term stands.
    pub fn n_studies(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(n_studies(&self.places(term)?))
    }

    /// The weight of a term in BM25.
    pub fn weight(&self, field: Field, places: &Places, times: f32) -> tantivy::Result<Bm25Weight> {
        let known = self.averages.borrow().get(&field.field_id()).copied();
        let average = match known {
            Some(average) => average,
            None => {
                let mut n_words = 0_u64;
                for segment in self.searcher.segment_readers() {
                    n_words += segment.inverted_index(field)?.total_num_tokens();
                }
                let average = n_words as f32 / self.n_docs as f32;
                self.averages.borrow_mut().insert(field.field_id(), average);
                average
            }
        };
        Ok(Bm25Weight::for_one_term_without_explain(n_studies(places), self.n_docs, average).boost_by(times))
    }

    /// The postings of a term in a segment; none where no study of it has the term.
    pub fn postings(
        &self,
        field: Field,
        places: &Places,
        ordinal: u32,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let Some(Some(place)) = places.get(ordinal as usize) else { return Ok(None) };
        let inverted = self.searcher.segment_reader(ordinal).inverted_index(field)?;
        Ok(Some(inverted.read_block_postings_from_terminfo(place, option)?))
    }
}

fn n_studies(places: &Places) -> u64 {
    places.iter().flatten().map(|place| u64::from(place.doc_freq)).sum()
}
