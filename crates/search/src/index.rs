//! The index directory: opening, marking, writing; and what is learned from an index once.

use crate::facets::{Known, View};
use crate::gazetteer::Gazetteer;
use crate::schema::{DIRECTORY, FORMER, Fields, register, schema};
use crate::spell::{Speller, vocabulary};
use crate::suggest::Offers;
use crate::{Entry, Place, SearchError};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::schema::Field;
use tantivy::{Index, IndexReader, IndexWriter, Searcher, Term};
use trialway_study::Study;
use trialway_terminology::Terminology;

/// Memory that a writer fills before it writes a segment.
const WRITER_BYTES: usize = 64 << 20;

/// The file that says from which store and with which vocabulary an index was made.
const MARK: &str = "made-from";

/// An index that can be asked.
pub struct Search {
    pub(crate) index: Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    pub(crate) terminology: &'static Terminology,
    pub(crate) known: Known,
    learned: Mutex<Arc<Learned>>,
}

/// What is learned from one state of an index, when it is first needed.
#[derive(Default)]
struct Learned {
    generation: Option<u64>,
    speller: OnceLock<Arc<Speller>>,
    gazetteer: OnceLock<Arc<Gazetteer>>,
    offers: OnceLock<Arc<Offers>>,
    view: OnceLock<Arc<View>>,
}

/// What changes an index; at most one at a time.
pub struct Writer {
    writer: IndexWriter,
    fields: Fields,
    terminology: &'static Terminology,
}

pub(crate) type Clause = Box<dyn tantivy::query::Query>;

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
    /// **Shape**: in one step, so that an interruption leaves the whole index or none. Indexes of former versions go with it.
    pub fn remove(directory: &Path) -> Result<(), SearchError> {
        let (path, aside) = (directory.join(DIRECTORY), directory.join(format!("{DIRECTORY}.old")));
        let failed = |error: std::io::Error| {
            SearchError::of_disk(&error)
                .unwrap_or_else(|| SearchError::Open { path: path.display().to_string(), reason: error.to_string() })
        };
        // Of one that was cut off.
        let _ = std::fs::remove_dir_all(&aside);
        for former in FORMER {
            let _ = std::fs::remove_dir_all(directory.join(former));
        }
        match std::fs::rename(&path, &aside) {
            Ok(()) => std::fs::remove_dir_all(&aside).map_err(failed),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// The mark of the store that the index of a data directory was made from; none where it was never marked, or was made with
    /// another vocabulary: the concepts in it are then others.
    pub fn mark(directory: &Path) -> Option<String> {
        let text = std::fs::read_to_string(directory.join(DIRECTORY).join(MARK)).ok()?;
        let (mark, vocabulary) = text.split_once('\n')?;
        (vocabulary == Terminology::version()).then(|| mark.to_owned())
    }

    /// Marks the index with the store that it is made from.
    pub fn set_mark(directory: &Path, mark: &str) -> Result<(), SearchError> {
        for former in FORMER {
            let _ = std::fs::remove_dir_all(directory.join(former));
        }
        let path = directory.join(DIRECTORY).join(MARK);
        std::fs::write(&path, format!("{mark}\n{}", Terminology::version())).map_err(|error| {
            SearchError::of_disk(&error)
                .unwrap_or_else(|| SearchError::Open { path: path.display().to_string(), reason: error.to_string() })
        })
    }

    fn over(index: Index, fields: Fields, terminology: &'static Terminology) -> Result<Self, SearchError> {
        register(&index);
        let reader = index.reader()?;
        Ok(Self { index, reader, fields, terminology, known: Known::default(), learned: Mutex::default() })
    }

    /// A writer for this index.
    ///
    /// **Errors**: [`SearchError::Busy`] while another process has one.
    pub fn writer(&self) -> Result<Writer, SearchError> {
        let writer = self.index.writer(WRITER_BYTES).map_err(|error| match error {
            tantivy::TantivyError::LockFailure(..) => SearchError::Busy,
            other => SearchError::from(other),
        })?;
        Ok(Writer { writer, fields: schema().1, terminology: self.terminology })
    }

    /// Sees what writers have committed since.
    pub fn reload(&self) -> Result<(), SearchError> {
        Ok(self.reader.reload()?)
    }

    /// How many studies the index holds.
    pub fn n_studies(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// The place that a text names: coordinates, or a town (with state or country) where some study has a site.
    ///
    /// **Unknown**: `None` where no site is in a town of that name, or of one that is a letter away from it.
    pub fn place(&self, text: &str) -> Result<Option<Place>, SearchError> {
        match Place::parse(text) {
            Some(place) => Ok(Some(place)),
            None => Ok(self.gazetteer()?.find(text)),
        }
    }

    /// What is learned of the index as it is now.
    fn learned(&self, searcher: &Searcher) -> Arc<Learned> {
        let generation = Some(searcher.generation().generation_id());
        let mut learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        if learned.generation != generation {
            *learned = Arc::new(Learned { generation, ..Learned::default() });
        }
        learned.clone()
    }

    pub(crate) fn speller(&self) -> Result<Arc<Speller>, SearchError> {
        let searcher = self.reader.searcher();
        let learned = self.learned(&searcher);
        if let Some(speller) = learned.speller.get() {
            return Ok(speller.clone());
        }
        let words = terms(&searcher, self.fields.spelling)?;
        Ok(learned.speller.get_or_init(|| Arc::new(Speller::new(words, vocabulary(self.terminology)))).clone())
    }

    pub(crate) fn gazetteer(&self) -> Result<Arc<Gazetteer>, SearchError> {
        let searcher = self.reader.searcher();
        let learned = self.learned(&searcher);
        if let Some(gazetteer) = learned.gazetteer.get() {
            return Ok(gazetteer.clone());
        }
        let made = Arc::new(Gazetteer::of(&searcher)?);
        Ok(learned.gazetteer.get_or_init(|| made).clone())
    }

    pub(crate) fn offers(&self) -> Result<Arc<Offers>, SearchError> {
        let searcher = self.reader.searcher();
        let learned = self.learned(&searcher);
        if let Some(offers) = learned.offers.get() {
            return Ok(offers.clone());
        }
        let mut n_studies = terms(&searcher, self.fields.about)?;
        for (id, n) in terms(&searcher, self.fields.kinds)? {
            *n_studies.entry(id).or_default() += n;
        }
        Ok(learned.offers.get_or_init(|| Arc::new(Offers::new(&n_studies, self.terminology))).clone())
    }

    /// The facet values of a state of the index.
    pub(crate) fn view(&self, searcher: &Searcher) -> Result<Arc<View>, SearchError> {
        let learned = self.learned(searcher);
        if let Some(view) = learned.view.get() {
            return Ok(view.clone());
        }
        let made = Arc::new(View::of(searcher, &self.known)?);
        Ok(learned.view.get_or_init(|| made).clone())
    }

    /// Learns what the first question would wait for: spellings, places, names to offer, facet values.
    pub fn warm(&self) -> Result<(), SearchError> {
        self.speller()?;
        self.gazetteer()?;
        self.offers()?;
        self.view(&self.reader.searcher())?;
        Ok(())
    }
}

/// The terms of a field, each with the number of its studies.
fn terms(searcher: &Searcher, field: Field) -> Result<BTreeMap<String, u64>, SearchError> {
    let mut out: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
        while let Some((term, info)) = stream.next() {
            let Ok(text) = std::str::from_utf8(term) else { continue };
            match out.get_mut(text) {
                Some(n) => *n += u64::from(info.doc_freq),
                None => {
                    out.insert(text.to_owned(), u64::from(info.doc_freq));
                }
            }
        }
    }
    Ok(out)
}

impl Writer {
    /// Puts a study in the place of what the index held of it.
    pub fn put(&mut self, study: &Study) -> Result<(), SearchError> {
        self.put_entry(Entry::of(study, self.terminology))
    }

    /// The same of a study whose entry is made already.
    pub fn put_entry(&mut self, entry: Entry) -> Result<(), SearchError> {
        self.writer.delete_term(Term::from_field_text(self.fields.nct_id, &entry.nct_id));
        self.writer.add_document(entry.document)?;
        Ok(())
    }

    /// Makes what was put visible, all of it at once.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        self.writer.commit()?;
        Ok(())
    }
}
