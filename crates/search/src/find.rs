//! Searching: words and filters to a page of hits, their counts and their reasons.

use crate::ask::{Asking, Part, Weight};
use crate::bits::Bits;
use crate::collect::{Gather, Gathered};
use crate::facets::View;
use crate::index::{Clause, Search};
use crate::lookup::Lookup;
use crate::plan::Plan;
use crate::query::{Filters, Hit, Query, Results};
use crate::score::Ranked;
use crate::sift::{Needed, Sift, sets};
use crate::{Card, SearchError, Sort};
use std::ops::Bound;
use std::sync::Arc;
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
        self.answer(query, false)
    }

    /// The same search with every study that it finds scored: what [`Search::search`] is held against.
    pub fn search_plainly(&self, query: &Query) -> Result<Results, SearchError> {
        self.answer(query, true)
    }

    fn answer(&self, query: &Query, plainly: bool) -> Result<Results, SearchError> {
        let searcher = self.reader.searcher();
        let lookup = Lookup::new(&searcher);
        let mut results = Results::default();
        let parts = Asking { search: self, lookup: &lookup, results: &mut results }.parts(&query.text)?;
        let gatherer = Gatherer::new(self, &lookup, &parts, query, plainly)?;
        let mut gathered = gatherer.gather(Need::All)?;
        if parts.len() > 1 && gathered.total < ENOUGH {
            let n_with_all = gathered.total;
            for need in Need::widened(&parts) {
                gathered = gatherer.gather(need)?;
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
        let seen = crate::why::seen(&lookup, &parts, &addresses)?;
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

    pub(crate) fn card(&self, searcher: &Searcher, address: DocAddress) -> Result<Card, SearchError> {
        let document: TantivyDocument = searcher.doc(address)?;
        let text = document.get_first(self.fields.card).and_then(|value| value.as_str()).unwrap_or_default();
        Ok(serde_json::from_str(text).unwrap_or_default())
    }

    /// The parts that are needed, the others for the order, and the filters that take no part in counts.
    pub(crate) fn clauses(&self, parts: &[Part], need: Need, filters: &Filters) -> BooleanQuery {
        let subjects = || parts.iter().filter(|part| part.weight == Weight::Subject);
        let of = |occur: Occur, part: &Part| (occur, part.clause.query());
        let light = |part: &Part| -> (Occur, Clause) {
            (Occur::Should, Box::new(BoostQuery::new(part.clause.query(), OTHER_PARTS)))
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
        if let Some((least_days, most_days)) = filters.days() {
            let low = Term::from_field_u64(self.fields.min_days, most_days);
            let high = Term::from_field_u64(self.fields.max_days, least_days);
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
        let parts =
            Asking { search: self, lookup: &Lookup::new(searcher), results: &mut results }.parts(&query.text)?;
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

/// One search, of which more or fewer parts may be needed.
struct Gatherer<'a> {
    search: &'a Search,
    lookup: &'a Lookup<'a>,
    parts: &'a [Part],
    query: &'a Query,
    /// Whether every study is scored.
    plainly: bool,
    view: Arc<View>,
    plans: Vec<Plan>,
    /// The parts beside the subjects, as light as they are where they need not be there.
    light: Vec<Plan>,
    sets: Vec<Vec<Bits>>,
}

impl<'a> Gatherer<'a> {
    fn new(
        search: &'a Search,
        lookup: &'a Lookup<'a>,
        parts: &'a [Part],
        query: &'a Query,
        plainly: bool,
    ) -> Result<Self, SearchError> {
        // Where no words are left to score by, the index library gives all the same score.
        let plainly = plainly || parts.is_empty() && query.order() == Sort::Relevance;
        let mut out = Gatherer {
            search,
            lookup,
            parts,
            query,
            plainly,
            view: search.view(lookup.searcher)?,
            plans: Vec::new(),
            light: Vec::new(),
            sets: Vec::new(),
        };
        if !plainly {
            let of = |part: &Part| part.clause.plan(lookup, 1.0);
            out.plans = parts.iter().map(of).collect::<tantivy::Result<_>>()?;
            out.sets = sets(lookup, &out.plans)?;
            if parts.len() > 1 {
                let others = parts.iter().filter(|part| part.weight != Weight::Subject);
                let light = others.map(|part| part.clause.plan(lookup, OTHER_PARTS));
                out.light = light.collect::<tantivy::Result<_>>()?;
            }
        }
        Ok(out)
    }

    fn gather(&self, need: Need) -> Result<Gathered, SearchError> {
        let Query { filters, near, within_km, offset, limit, .. } = self.query;
        let most = if *limit == 0 { 0 } else { offset.saturating_add(*limit) };
        let chosen = [
            filters.status.as_slice(),
            &filters.phase,
            &filters.study_type,
            &filters.age_group,
            &[],
            &filters.country,
            &filters.intervention,
            &filters.sponsor,
            &filters.healthy,
        ];
        let whole = || self.search.clauses(self.parts, need, filters);
        if self.plainly {
            let gather = Gather {
                known: &self.search.known,
                chosen,
                sort: self.query.order(),
                near: near.as_ref(),
                within_km: *within_km,
                recruiting: filters.recruiting_site,
                most,
            };
            return Ok(self.lookup.searcher.search(&whole(), &gather)?);
        }
        let every: Vec<usize> = (0..self.parts.len()).collect();
        let of = |at: &usize| self.parts.get(*at).is_some_and(|part| part.weight == Weight::Subject);
        let subjects: Vec<usize> = every.iter().copied().filter(of).collect();
        let (required, others) = match need {
            Need::All | Need::Some(_) => (&every, [].as_slice()),
            Need::Subjects | Need::OneSubject => (&subjects, self.light.as_slice()),
        };
        let ranked = Ranked {
            required: required.iter().filter_map(|at| self.plans.get(*at)).collect(),
            every: (need == Need::OneSubject).then_some(ALL_WORDS),
            others: others.iter().collect(),
            in_any_order: !matches!(need, Need::OneSubject | Need::Some(1)),
        };
        let needed = match need {
            Need::All | Need::Subjects => Needed::Every(required.clone()),
            Need::OneSubject => Needed::AtLeast(1, subjects.clone()),
            Need::Some(least) => Needed::AtLeast(least, every.clone()),
        };
        let sift = Sift {
            lookup: self.lookup,
            view: &self.view,
            fields: &self.search.fields,
            filters,
            chosen,
            sort: self.query.order(),
            near: near.as_ref(),
            within_km: *within_km,
            most,
        };
        Ok(sift.sift(&self.sets, &needed, &ranked, whole)?)
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
