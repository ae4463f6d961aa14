//! The index directory: opening, writing, asking.

use crate::place::folded;
use crate::query::{Facets, Filters, Hit, NearestSite, Query, Results};
use crate::schema::{ANALYZER, DIRECTORY, Fields, document, register, schema};
use crate::{Card, Place, SearchError};
use std::ops::{Bound, Range};
use std::path::Path;
use tantivy::collector::{Count, DocSetCollector, FacetCollector, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as TantivyQuery,
    RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Facet, IndexRecordOption, Value};
use tantivy::{DocAddress, Index, IndexReader, IndexWriter, Searcher, TantivyDocument, Term};
use trialway_study::{NctId, Study};
use trialway_terminology::{ConceptId, Terminology};

/// Memory that a writer fills before it writes a segment.
const WRITER_BYTES: usize = 64 << 20;

/// The file that says from which store an index was made.
const MARK: &str = "made-from";

/// Weight of another name of a concept beside the name that was asked for.
const SYNONYM_WEIGHT: f32 = 0.6;

/// The least length of a word for which another spelling is tried.
const SHORTEST_RESPELLED: usize = 5;

/// The groups of facets.
const GROUPS: [&str; 5] = ["status", "phase", "age", "sex", "country"];

/// An index that can be asked.
pub struct Search {
    index: Index,
    pub(crate) reader: IndexReader,
    fields: Fields,
    terminology: &'static Terminology,
}

/// What changes an index; at most one at a time.
pub struct Writer {
    writer: IndexWriter,
    fields: Fields,
}

pub(crate) type Clause = Box<dyn TantivyQuery>;

impl Search {
    /// Opens the index of a data directory, making it if need be; also whether it was made.
    pub fn open(directory: &Path, terminology: &'static Terminology) -> Result<(Self, bool), SearchError> {
        let path = directory.join(DIRECTORY);
        let open = |reason: String| SearchError::Open { path: path.display().to_string(), reason };
        std::fs::create_dir_all(&path)
            .map_err(|error| SearchError::of_disk(&error).unwrap_or_else(|| open(error.to_string())))?;
        let (schema, fields) = schema();
        let is_new = !path.join("meta.json").exists();
        let index = if is_new { Index::create_in_dir(&path, schema) } else { Index::open_in_dir(&path) }
            .map_err(|error| SearchError::of_chain(&error).unwrap_or_else(|| open(error.to_string())))?;
        Ok((Self::over(index, fields, terminology)?, is_new))
    }

    /// An index in memory.
    pub fn in_memory(terminology: &'static Terminology) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        Self::over(Index::create_in_ram(schema), fields, terminology)
    }

    /// Opens the index of a data directory to ask it; none where there is none.
    pub fn open_if_there(directory: &Path, terminology: &'static Terminology) -> Result<Option<Self>, SearchError> {
        if !directory.join(DIRECTORY).join("meta.json").exists() {
            return Ok(None);
        }
        Self::open(directory, terminology).map(|(search, _)| Some(search))
    }

    /// Takes the index of a data directory away; the next one to open it makes it anew.
    ///
    /// **Shape**: in one step, so that an interruption leaves the whole index or none.
    pub fn remove(directory: &Path) -> Result<(), SearchError> {
        let (path, aside) = (directory.join(DIRECTORY), directory.join(format!("{DIRECTORY}.old")));
        let failed = |error: std::io::Error| {
            SearchError::of_disk(&error)
                .unwrap_or_else(|| SearchError::Open { path: path.display().to_string(), reason: error.to_string() })
        };
        // Of one that was cut off.
        let _ = std::fs::remove_dir_all(&aside);
        match std::fs::rename(&path, &aside) {
            Ok(()) => std::fs::remove_dir_all(&aside).map_err(failed),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// The mark of the store that the index of a data directory was made from; none where it was never marked.
    pub fn mark(directory: &Path) -> Option<String> {
        std::fs::read_to_string(directory.join(DIRECTORY).join(MARK)).ok()
    }

    /// Marks the index with the store that it is made from.
    pub fn set_mark(directory: &Path, mark: &str) -> Result<(), SearchError> {
        let path = directory.join(DIRECTORY).join(MARK);
        std::fs::write(&path, mark).map_err(|error| {
            SearchError::of_disk(&error)
                .unwrap_or_else(|| SearchError::Open { path: path.display().to_string(), reason: error.to_string() })
        })
    }

    fn over(index: Index, fields: Fields, terminology: &'static Terminology) -> Result<Self, SearchError> {
        register(&index);
        let reader = index.reader()?;
        Ok(Self { index, reader, fields, terminology })
    }

    /// A writer for this index.
    ///
    /// **Errors**: [`SearchError::Busy`] while another process has one.
    pub fn writer(&self) -> Result<Writer, SearchError> {
        let writer = self.index.writer(WRITER_BYTES).map_err(|error| match error {
            tantivy::TantivyError::LockFailure(..) => SearchError::Busy,
            other => SearchError::from(other),
        })?;
        Ok(Writer { writer, fields: schema().1 })
    }

    /// Sees what writers have committed since.
    pub fn reload(&self) -> Result<(), SearchError> {
        Ok(self.reader.reload()?)
    }

    /// How many studies the index holds.
    pub fn n_studies(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// The place that a text names: coordinates, or a city (with state or country) where some study has a site.
    ///
    /// **Unknown**: `None` where no site is in a city of that name.
    pub fn place(&self, text: &str) -> Result<Option<Place>, SearchError> {
        if let Some(place) = Place::parse(text) {
            return Ok(Some(place));
        }
        let mut parts = text.split(',').map(folded).filter(|part| !part.is_empty());
        let Some(city) = parts.next() else { return Ok(None) };
        let rest: Vec<String> = parts.collect();
        let words = self.words(text);
        let query = BooleanQuery::new(
            words
                .iter()
                .map(|word| {
                    let term = Term::from_field_text(self.fields.place, word);
                    (Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Clause)
                })
                .collect(),
        );
        let searcher = self.reader.searcher();
        let mut found: Vec<(Place, usize)> = Vec::new();
        for (_, address) in searcher.search(&query, &TopDocs::with_limit(50).order_by_score())? {
            for site in self.card(&searcher, address)?.sites {
                let (Some(lat), Some(lon)) = (site.lat, site.lon) else { continue };
                let of = |name: &Option<String>| name.as_deref().map(folded).unwrap_or_default();
                let named = of(&site.city) == city
                    && rest.iter().all(|part| [of(&site.state), of(&site.country)].contains(part));
                if !named {
                    continue;
                }
                let label = [&site.city, &site.state, &site.country]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .join(", ");
                match found.iter_mut().find(|(place, _)| place.label == label) {
                    Some((_, n)) => *n += 1,
                    None => found.push((Place { label, lat, lon }, 1)),
                }
            }
        }
        found.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.label.cmp(&b.label)));
        Ok(found.into_iter().next().map(|(place, _)| place))
    }

    /// Searches.
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        let searcher = self.reader.searcher();
        let mut results = Results::default();
        let asked = self.asked(&searcher, &query.text, &mut results)?;
        let mut whole = self.filtered(&asked.every, &query.filters);
        let mut words = asked.every;
        let mut total = searcher.search(&whole, &Count)?;
        if total == 0 && asked.some.len() > 1 {
            words = asked.some;
            whole = self.filtered(&[(Occur::Must, any(&words))], &query.filters);
            total = searcher.search(&whole, &Count)?;
            results.only_some_words = total > 0;
        }
        results.total = total;
        results.facets = facets(&searcher, &whole)?;
        let scored: Vec<(f32, DocAddress, Option<NearestSite>)> = match &query.near {
            None => searcher
                .search(&whole, &TopDocs::with_limit(query.limit.max(1)).and_offset(query.offset).order_by_score())?
                .into_iter()
                .map(|(score, address)| (score, address, None))
                .collect(),
            Some(place) => {
                let all = self.by_distance(&searcher, &whole, place, query)?;
                results.total = all.len();
                all.into_iter().skip(query.offset).take(query.limit).collect()
            }
        };
        if query.limit == 0 {
            return Ok(results);
        }
        for (score, address, nearest) in scored {
            let card = self.card(&searcher, address)?;
            let found_in = self.found_in(&searcher, &words, address)?;
            results.hits.push(Hit { card, score, found_in, nearest });
        }
        Ok(results)
    }

    fn by_distance(
        &self,
        searcher: &Searcher,
        whole: &BooleanQuery,
        place: &Place,
        query: &Query,
    ) -> Result<Vec<(f32, DocAddress, Option<NearestSite>)>, SearchError> {
        let n = searcher.search(whole, &Count)?.max(1);
        let ranked = searcher.search(whole, &TopDocs::with_limit(n).order_by_score())?;
        let mut out = Vec::new();
        for (score, address) in ranked {
            let nearest = nearest(&self.card(searcher, address)?, place, query.filters.recruiting_site);
            let near_enough = match (query.within_km, &nearest) {
                (None, _) => true,
                (Some(limit), Some(site)) => site.km <= limit,
                (Some(_), None) => false,
            };
            if near_enough {
                out.push((score, address, nearest));
            }
        }
        if query.text.trim().is_empty() {
            let km = |site: &Option<NearestSite>| site.as_ref().map_or(f64::INFINITY, |site| site.km);
            out.sort_by(|a, b| km(&a.2).total_cmp(&km(&b.2)));
        }
        Ok(out)
    }

    pub(crate) fn card(&self, searcher: &Searcher, address: DocAddress) -> Result<Card, SearchError> {
        let document: TantivyDocument = searcher.doc(address)?;
        let text = document.get_first(self.fields.card).and_then(|value| value.as_str()).unwrap_or_default();
        Ok(serde_json::from_str(text).unwrap_or_default())
    }

    /// The words of a text as the index knows them.
    fn words(&self, text: &str) -> Vec<String> {
        let Some(mut analyzer) = self.index.tokenizers().get(ANALYZER) else { return Vec::new() };
        let mut stream = analyzer.token_stream(text);
        let mut out = Vec::new();
        while let Some(token) = stream.next() {
            out.push(token.text.clone());
        }
        out
    }

    /// What was asked for, once with every part required and once part by part.
    pub(crate) fn asked(&self, searcher: &Searcher, text: &str, results: &mut Results) -> Result<Asked, SearchError> {
        if let Some(id) = NctId::parse(text) {
            let term = Term::from_field_text(self.fields.nct_id, &id.to_string());
            let clause = || Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)) as Clause;
            return Ok(Asked { every: vec![(Occur::Must, clause())], some: vec![(Occur::Must, clause())] });
        }
        let mut parts: Vec<Clause> = Vec::new();
        let mut at = 0;
        let mut named: Vec<(Range<usize>, ConceptId)> =
            self.terminology.mentions(text).into_iter().map(|mention| (mention.range, mention.concept)).collect();
        let elsewhere = self.terminology.named_in_other_languages(text);
        named.extend(elsewhere.into_iter().map(|named| (named.range, named.concept)));
        // The order is stable: what English and another language name alike is taken as English.
        named.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let is_foreign =
            named.iter().any(|(range, _)| !text.get(range.clone()).is_some_and(|own| self.is_english(own)));
        // Between names in another language stand words that no record has.
        let joins = |word: &str| is_foreign && Terminology::joins_in_other_languages(word);
        for (range, concept) in named {
            if range.start < at {
                continue;
            }
            for word in self.words(text.get(at..range.start).unwrap_or_default()) {
                if !joins(&word) {
                    parts.push(self.word(searcher, &word, results)?);
                }
            }
            parts.push(self.named(text.get(range.clone()).unwrap_or_default(), &concept, results));
            at = range.end;
        }
        for word in self.words(text.get(at..).unwrap_or_default()) {
            if !joins(&word) {
                parts.push(self.word(searcher, &word, results)?);
            }
        }
        let all = |parts: &[Clause]| parts.iter().map(|part| (Occur::Must, part.box_clone())).collect();
        Ok(Asked { every: all(&parts), some: all(&parts) })
    }

    /// Whether a name is an English one.
    fn is_english(&self, name: &str) -> bool {
        self.terminology.mentions(name).iter().any(|mention| mention.range == (0..name.len()))
    }

    /// One word in any field; a word that no record has is searched in its likeliest spelling.
    fn word(&self, searcher: &Searcher, word: &str, results: &mut Results) -> Result<Clause, SearchError> {
        let mut n_records = 0;
        for text in &self.fields.text {
            n_records += searcher.doc_freq(&Term::from_field_text(text.field, word))?;
        }
        if n_records == 0 && word.chars().count() >= SHORTEST_RESPELLED {
            let n_slips = if word.chars().count() >= 8 { 2 } else { 1 };
            let near: Vec<Clause> = self
                .fields
                .text
                .iter()
                .filter(|text| text.weight >= 2.0)
                .map(|text| {
                    Box::new(FuzzyTermQuery::new(Term::from_field_text(text.field, word), n_slips, true)) as Clause
                })
                .collect();
            results.respelled.push((word.to_owned(), "a similar spelling".to_owned()));
            return Ok(Box::new(DisjunctionMaxQuery::new(near)));
        }
        Ok(self.in_any_field(|field| {
            Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
        }))
    }

    fn in_any_field(&self, clause: impl Fn(tantivy::schema::Field) -> Clause) -> Clause {
        let each = self
            .fields
            .text
            .iter()
            .map(|text| Box::new(BoostQuery::new(clause(text.field), text.weight)) as Clause)
            .collect();
        Box::new(DisjunctionMaxQuery::with_tie_breaker(each, 0.2))
    }

    /// The words of a name in any field.
    fn phrase(&self, name: &str) -> Option<Clause> {
        let words = self.words(name);
        match words.as_slice() {
            [] => None,
            [word] => Some(self.in_any_field(|field| {
                Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
            })),
            several => Some(self.in_any_field(|field| {
                Box::new(PhraseQuery::new(several.iter().map(|word| Term::from_field_text(field, word)).collect()))
            })),
        }
    }

    /// A concept by the name that was asked for, or by another one.
    fn named(&self, asked: &str, id: &ConceptId, results: &mut Results) -> Clause {
        let words: Vec<(Occur, Clause)> = self
            .words(asked)
            .iter()
            .map(|word| {
                let clause = self.in_any_field(|field| {
                    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
                });
                (Occur::Must, clause)
            })
            .collect();
        let own: Clause = Box::new(BooleanQuery::new(words));
        let Some(concept) = self.terminology.concept(id) else { return own };
        let plain = |name: &str| name.trim_start_matches('=').to_owned();
        let mut names: Vec<String> = [plain(&concept.name)]
            .into_iter()
            .chain(concept.synonyms.iter().map(|name| plain(name)))
            .filter(|name| name.chars().count() >= 3 && folded(name) != folded(asked))
            .collect();
        names.dedup_by(|a, b| folded(a) == folded(b));
        names.truncate(12);
        let mut either = vec![own];
        for name in &names {
            if let Some(clause) = self.phrase(name) {
                either.push(Box::new(BoostQuery::new(clause, SYNONYM_WEIGHT)));
            }
        }
        if !names.is_empty() {
            results.also_searched.push((asked.to_owned(), names));
        }
        Box::new(DisjunctionMaxQuery::new(either))
    }

    /// The words with the filters beside them.
    pub(crate) fn filtered(&self, words: &[(Occur, Clause)], filters: &Filters) -> BooleanQuery {
        let mut all: Vec<(Occur, Clause)> = words.iter().map(|(occur, clause)| (*occur, clause.box_clone())).collect();
        if all.is_empty() {
            all.push((Occur::Must, Box::new(AllQuery)));
        }
        let one_of = |group: &str, values: &[String]| -> Option<(Occur, Clause)> {
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
        };
        all.extend(one_of("status", &filters.status));
        all.extend(one_of("phase", &filters.phase));
        all.extend(one_of("age", &filters.age_group));
        all.extend(one_of("country", &filters.country));
        if let Some(sex) = &filters.sex {
            // Who gives no sex limit shuts nobody out.
            all.extend(one_of("sex", &[sex.clone(), "ALL".to_owned(), "NOT_GIVEN".to_owned()]));
        }
        if filters.recruiting_site {
            all.extend(one_of("sites", &["RECRUITING".to_owned()]));
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
        BooleanQuery::new(all)
    }

    /// In which fields of a study any of the words stand.
    fn found_in(
        &self,
        searcher: &Searcher,
        words: &[(Occur, Clause)],
        address: DocAddress,
    ) -> Result<Vec<&'static str>, SearchError> {
        let mut terms: Vec<Term> = Vec::new();
        for (_, clause) in words {
            clause.query_terms(&mut |term, _| terms.push(term.clone()));
        }
        let mut out = Vec::new();
        let segment = searcher.segment_reader(address.segment_ord);
        for text in &self.fields.text {
            let inverted = segment.inverted_index(text.field)?;
            let mut stands = false;
            for term in terms.iter().filter(|term| term.field() == text.field) {
                if let Some(mut postings) =
                    inverted.read_postings(term, IndexRecordOption::Basic).map_err(tantivy::TantivyError::from)?
                {
                    use tantivy::DocSet;
                    stands |= postings.doc() <= address.doc_id && postings.seek(address.doc_id) == address.doc_id;
                }
            }
            if stands {
                out.push(text.label);
            }
        }
        Ok(out)
    }

    /// Which of some studies a search finds, in order of id.
    pub fn among(&self, query: &Query, ids: &[NctId]) -> Result<Vec<NctId>, SearchError> {
        let searcher = self.reader.searcher();
        let asked = self.asked(&searcher, &query.text, &mut Results::default())?;
        let whole = self.filtered(&asked.every, &query.filters);
        let terms = ids.iter().map(|id| Term::from_field_text(self.fields.nct_id, &id.to_string()));
        let both: Vec<(Occur, Clause)> =
            vec![(Occur::Must, Box::new(whole)), (Occur::Must, Box::new(TermSetQuery::new(terms.collect::<Vec<_>>())))];
        let mut out = Vec::new();
        for address in searcher.search(&BooleanQuery::new(both), &DocSetCollector)? {
            let card = self.card(&searcher, address)?;
            let is_near = match (&query.near, query.within_km) {
                (Some(place), Some(limit)) => {
                    nearest(&card, place, query.filters.recruiting_site).is_some_and(|site| site.km <= limit)
                }
                _ => true,
            };
            out.extend(NctId::parse(&card.nct_id).filter(|_| is_near));
        }
        out.sort_unstable();
        Ok(out)
    }

    /// The ids of all studies that a search finds, in no order of rank.
    pub fn ids(&self, query: &Query) -> Result<Vec<NctId>, SearchError> {
        let searcher = self.reader.searcher();
        let asked = self.asked(&searcher, &query.text, &mut Results::default())?;
        let whole = self.filtered(&asked.every, &query.filters);
        let mut out = Vec::new();
        for address in searcher.search(&whole, &DocSetCollector)? {
            out.extend(NctId::parse(&self.card(&searcher, address)?.nct_id));
        }
        out.sort_unstable();
        Ok(out)
    }
}

pub(crate) struct Asked {
    pub every: Vec<(Occur, Clause)>,
    some: Vec<(Occur, Clause)>,
}

pub(crate) fn any(parts: &[(Occur, Clause)]) -> Clause {
    Box::new(BooleanQuery::new(parts.iter().map(|(_, clause)| (Occur::Should, clause.box_clone())).collect()))
}

fn facets(searcher: &Searcher, whole: &BooleanQuery) -> Result<Facets, SearchError> {
    let mut collector = FacetCollector::for_field("facet");
    for group in GROUPS {
        collector.add_facet(Facet::from_path([group]));
    }
    let counts = searcher.search(whole, &collector)?;
    Ok(GROUPS
        .iter()
        .map(|group| {
            let mut values: Vec<(String, u64)> = counts
                .get(Facet::from_path([*group]))
                .filter_map(|(facet, n)| Some((facet.to_path().last()?.to_string(), n)))
                .collect();
            values.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
            (*group, values)
        })
        .collect())
}

/// The nearest site of a study; with `recruiting`, the nearest that takes participants.
pub(crate) fn nearest(card: &Card, place: &Place, recruiting: bool) -> Option<NearestSite> {
    card.sites
        .iter()
        .enumerate()
        .filter(|(_, site)| !recruiting || site.status.as_deref() == Some("RECRUITING"))
        .filter_map(|(index, site)| Some(NearestSite { index, km: place.km_to(site.lat?, site.lon?) }))
        .min_by(|a, b| a.km.total_cmp(&b.km))
}

impl Writer {
    /// Puts a study in the place of what the index held of it.
    pub fn put(&mut self, study: &Study) -> Result<(), SearchError> {
        self.writer.delete_term(Term::from_field_text(self.fields.nct_id, &study.doc));
        self.writer.add_document(document(&self.fields, study))?;
        Ok(())
    }

    /// Makes what was put visible, all of it at once.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        self.writer.commit()?;
        Ok(())
    }
}
