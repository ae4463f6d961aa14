//! Searching: words and filters to a page of hits, their counts and their reasons.

use crate::ask::{Asking, Part, Weight};
use crate::collect::{Gather, Gathered};
use crate::index::{Clause, Search};
use crate::query::{Filters, Hit, Query, Results};
use crate::{Card, SearchError, Sort};
use std::ops::Bound;
use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{Facet, IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};
use trialway_study::NctId;
use trialway_terminology::ConceptId;

/// Where fewer studies have all the words, those with most of them are given as well.
const ENOUGH: usize = 10;

/// What having all the words is worth beside having some of them well.
const ALL_WORDS: f32 = 4.0;

/// What words beside the subject are worth where they need not be there.
const OTHER_PARTS: f32 = 0.5;

/// Which parts of a search a study must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Every part.
    All,
    /// Every disease and treatment that is named.
    Subjects,
    /// One of these.
    OneSubject,
    /// So many parts, whichever.
    Some(usize),
}

impl Need {
    /// What is asked instead where too few studies have every part, step by step.
    fn widened(parts: &[Part]) -> Vec<Need> {
        let n = parts.len();
        let n_subjects = parts.iter().filter(|part| part.weight == Weight::Subject).count();
        let mut out = Vec::new();
        if n_subjects > 0 && n_subjects < n {
            out.push(Need::Subjects);
        }
        if n_subjects > 1 {
            out.push(Need::OneSubject);
        }
        if n_subjects == 0 {
            out.extend([n - 1, n.div_ceil(2)].into_iter().filter(|least| (2..n).contains(least)).map(Need::Some));
        }
        out.push(Need::Some(1));
        out
    }
}

impl Search {
    /// Searches.
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        let searcher = self.reader.searcher();
        let mut results = Results::default();
        let parts = Asking { search: self, searcher: &searcher, results: &mut results }.parts(&query.text)?;
        let mut gathered = self.gather(&searcher, self.clauses(&parts, Need::All, &query.filters), query)?;
        if parts.len() > 1 && gathered.total < ENOUGH {
            let n_with_all = gathered.total;
            for need in Need::widened(&parts) {
                gathered = self.gather(&searcher, self.clauses(&parts, need, &query.filters), query)?;
                if gathered.total >= ENOUGH {
                    break;
                }
            }
            results.only_some_words = n_with_all == 0 && gathered.total > 0;
            results.n_with_all = (n_with_all > 0 && gathered.total > n_with_all).then_some(n_with_all);
        }
        results.total = gathered.total;
        results.facets = gathered.facets;
        let page: Vec<_> = gathered.best.into_iter().skip(query.offset).take(query.limit).collect();
        let addresses: Vec<DocAddress> = page.iter().map(|found| found.address).collect();
        let seen = crate::why::seen(&searcher, &parts, &addresses)?;
        for found in page {
            let card = self.card(&searcher, found.address)?;
            let (found_in, why) = self.why(&parts, seen.get(&found.address), &card);
            let of = |recruiting| query.near.as_ref().and_then(|place| card.nearest(place, recruiting));
            let nearest = of(query.filters.recruiting_site);
            let nearest_recruiting =
                of(true).filter(|open| nearest.as_ref().is_none_or(|near| near.index != open.index));
            results.hits.push(Hit { score: found.score, found_in, why, nearest, nearest_recruiting, card });
        }
        Ok(results)
    }

    fn gather(&self, searcher: &Searcher, whole: BooleanQuery, query: &Query) -> Result<Gathered, SearchError> {
        let filters = &query.filters;
        let gather = Gather {
            known: &self.known,
            chosen: [
                &filters.status,
                &filters.phase,
                &filters.study_type,
                &filters.age_group,
                &[],
                &filters.country,
                &filters.intervention,
                &filters.sponsor,
                &filters.healthy,
            ],
            sort: query.order(),
            near: query.near.as_ref(),
            within_km: query.within_km,
            recruiting: filters.recruiting_site,
            most: if query.limit == 0 { 0 } else { query.offset.saturating_add(query.limit) },
            with_facets: true,
        };
        Ok(searcher.search(&whole, &gather)?)
    }

    pub(crate) fn card(&self, searcher: &Searcher, address: DocAddress) -> Result<Card, SearchError> {
        let document: TantivyDocument = searcher.doc(address)?;
        let text = document.get_first(self.fields.card).and_then(|value| value.as_str()).unwrap_or_default();
        Ok(serde_json::from_str(text).unwrap_or_default())
    }

    /// The parts that are needed, the others for the order, and the filters that take no part in counts.
    pub(crate) fn clauses(&self, parts: &[Part], need: Need, filters: &Filters) -> BooleanQuery {
        let subjects = || parts.iter().filter(|part| part.weight == Weight::Subject);
        let of = |occur: Occur, part: &Part| (occur, part.clause.box_clone());
        let light = |part: &Part| -> (Occur, Clause) {
            (Occur::Should, Box::new(BoostQuery::new(part.clause.box_clone(), OTHER_PARTS)))
        };
        let others = || parts.iter().filter(|part| part.weight != Weight::Subject);
        let mut all: Vec<(Occur, Clause)> = match need {
            _ if parts.is_empty() => vec![(Occur::Must, Box::new(AllQuery))],
            Need::All => parts.iter().map(|part| of(Occur::Must, part)).collect(),
            Need::Subjects => subjects().map(|part| of(Occur::Must, part)).chain(others().map(light)).collect(),
            Need::OneSubject => {
                let any = BooleanQuery::new(subjects().map(|part| of(Occur::Should, part)).collect());
                let every = BooleanQuery::new(subjects().map(|part| of(Occur::Must, part)).collect());
                let every = ConstScoreQuery::new(Box::new(every), ALL_WORDS);
                let first: Vec<(Occur, Clause)> = vec![(Occur::Must, Box::new(any)), (Occur::Should, Box::new(every))];
                first.into_iter().chain(others().map(light)).collect()
            }
            Need::Some(least) => {
                let each = parts.iter().map(|part| of(Occur::Should, part)).collect();
                vec![(Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(each, least)))]
            }
        };
        self.limits(filters, &mut all);
        BooleanQuery::new(all)
    }

    fn one_of(&self, group: &str, values: &[String]) -> Option<(Occur, Clause)> {
        let each: Vec<(Occur, Clause)> = values
            .iter()
            .map(|value| {
                let term = Term::from_facet(self.fields.facet, &Facet::from_path([group, value.as_str()]));
                (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Clause)
            })
            .collect();
        // A filter takes part in no score.
        let clause = BoostQuery::new(Box::new(BooleanQuery::new(each)), 0.0);
        (!values.is_empty()).then(|| (Occur::Must, Box::new(clause) as Clause))
    }

    /// The filters that are no choice among a group's values.
    fn limits(&self, filters: &Filters, all: &mut Vec<(Occur, Clause)>) {
        if let Some(sex) = &filters.sex {
            // Who gives no sex limit shuts nobody out.
            all.extend(self.one_of("sex", &[sex.clone(), "ALL".to_owned(), "NOT_GIVEN".to_owned()]));
        }
        if filters.recruiting_site {
            all.extend(self.one_of("sites", &["RECRUITING".to_owned()]));
        }
        if let Some(years) = filters.age_years {
            // All days of that year of life: limits in years are approximate in days, so one day is left on either side.
            let first = u64::from(years) * 36_525 / 100;
            let last = (u64::from(years) + 1) * 36_525 / 100 + 1;
            let low = Term::from_field_u64(self.fields.min_days, last.saturating_sub(2));
            let high = Term::from_field_u64(self.fields.max_days, first.saturating_sub(1));
            let lowest = RangeQuery::new(Bound::Unbounded, Bound::Included(low));
            let highest = RangeQuery::new(Bound::Included(high), Bound::Unbounded);
            all.push((Occur::Must, Box::new(BoostQuery::new(Box::new(lowest), 0.0))));
            all.push((Occur::Must, Box::new(BoostQuery::new(Box::new(highest), 0.0))));
        }
        for id in &filters.without {
            let term = Term::from_field_text(self.fields.needs, id.as_str());
            all.push((Occur::MustNot, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
        }
    }

    /// Every part and every filter.
    fn whole(&self, searcher: &Searcher, query: &Query) -> Result<BooleanQuery, SearchError> {
        let mut results = Results::default();
        let parts = Asking { search: self, searcher, results: &mut results }.parts(&query.text)?;
        let mut all: Vec<(Occur, Clause)> =
            vec![(Occur::Must, Box::new(self.clauses(&parts, Need::All, &query.filters)))];
        self.choices(&query.filters, &mut all);
        Ok(BooleanQuery::new(all))
    }

    /// The filters that choose among a group's values.
    pub(crate) fn choices(&self, filters: &Filters, all: &mut Vec<(Occur, Clause)>) {
        for (group, values) in [
            ("status", &filters.status),
            ("phase", &filters.phase),
            ("type", &filters.study_type),
            ("age", &filters.age_group),
            ("country", &filters.country),
            ("intervention", &filters.intervention),
            ("sponsor", &filters.sponsor),
            ("healthy", &filters.healthy),
        ] {
            all.extend(self.one_of(group, values));
        }
    }

    /// Which of some studies a search finds with all its words, in order of id.
    pub fn among(&self, query: &Query, ids: &[NctId]) -> Result<Vec<NctId>, SearchError> {
        let searcher = self.reader.searcher();
        let whole = self.whole(&searcher, query)?;
        let terms = ids.iter().map(|id| Term::from_field_text(self.fields.nct_id, &id.to_string()));
        let both: Vec<(Occur, Clause)> =
            vec![(Occur::Must, Box::new(whole)), (Occur::Must, Box::new(TermSetQuery::new(terms.collect::<Vec<_>>())))];
        let mut out = Vec::new();
        for address in searcher.search(&BooleanQuery::new(both), &DocSetCollector)? {
            let card = self.card(&searcher, address)?;
            let is_near = match (&query.near, query.within_km) {
                (Some(place), Some(limit)) => {
                    card.nearest(place, query.filters.recruiting_site).is_some_and(|site| site.km <= limit)
                }
                _ => true,
            };
            out.extend(NctId::parse(&card.nct_id).filter(|_| is_near));
        }
        out.sort_unstable();
        Ok(out)
    }

    /// The ids of all studies that a search finds with all its words, in no order of rank.
    pub fn ids(&self, query: &Query) -> Result<Vec<NctId>, SearchError> {
        let searcher = self.reader.searcher();
        let whole = self.whole(&searcher, query)?;
        let mut out = Vec::new();
        for address in searcher.search(&whole, &DocSetCollector)? {
            out.extend(NctId::parse(&self.card(&searcher, address)?.nct_id));
        }
        out.sort_unstable();
        Ok(out)
    }

    /// The conditions that a text lists, and the parts of it that name none.
    pub fn conditions(&self, text: &str) -> (Vec<ConceptId>, Vec<String>) {
        crate::ask::conditions(text, self.terminology)
    }

    /// The same words by plain BM25 over the same text fields, all of one weight, any word enough: what a search is held against.
    pub fn plain(&self, text: &str, weighted: bool, limit: usize) -> Result<Vec<String>, SearchError> {
        let searcher = self.reader.searcher();
        let mut each: Vec<(Occur, Clause)> = Vec::new();
        for stem in crate::tokens::stems_of(text) {
            for field in &self.fields.text {
                let term = Term::from_field_text(field.field, &stem);
                let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                let weight = if weighted { field.weight } else { 1.0 };
                each.push((Occur::Should, Box::new(BoostQuery::new(query, weight))));
            }
        }
        let best = searcher.search(&BooleanQuery::new(each), &TopDocs::with_limit(limit.max(1)).order_by_score())?;
        best.into_iter().map(|(_, address)| Ok(self.card(&searcher, address)?.nct_id)).collect()
    }
}

/// The order of a search by its word in addresses and commands.
impl Sort {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Distance => "distance",
            Sort::Newest => "newest",
        }
    }

    /// The order with this word.
    pub fn of_word(word: &str) -> Option<Sort> {
        [Sort::Relevance, Sort::Distance, Sort::Newest].into_iter().find(|sort| sort.as_str() == word)
    }
}
