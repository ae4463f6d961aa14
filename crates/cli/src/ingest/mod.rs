//! Records from files into the store and the index.
//!
//! ```text
//! paths -> source (files, archives, lines) -> batch -> parse and hash in parallel -> store, one transaction -> index
//! ```
//!
//! What is stored is whole after any interruption: a batch with its progress is one transaction, and the store knows what
//! the index still lacks.

pub mod source;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde_json::Value;
use source::{Item, Source};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use trialway_registry::parse_study;
use trialway_search::{Entry, Search, SearchError};
use trialway_store::{Change, Form, NewVersion, Store, VocabularyRow, content_hash, raw_hash};
use trialway_study::NctId;
use trialway_terminology::Terminology;

/// Records of one transaction.
const BATCH: usize = 500;

/// Studies of one commit of the index.
const INDEX_BATCH: u32 = 20_000;

/// A record that was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// File, and place in it.
    pub place: String,
    /// Why, and how to mend it.
    pub reason: String,
}

/// What an ingest did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Studies that were not there.
    pub n_added: usize,
    /// Studies with a new version.
    pub n_changed: usize,
    /// Records that were there already.
    pub n_unchanged: usize,
    /// Records passed over because an earlier run, cut off, had kept them.
    pub n_resumed: u64,
    /// Records that were not kept, in order.
    pub refused: Vec<Refused>,
    /// Files in directories that are no study records by their names.
    pub n_ignored_files: usize,
}

impl Report {
    /// How many records were looked at.
    pub fn n_records(&self) -> usize {
        self.n_added + self.n_changed + self.n_unchanged + self.refused.len()
    }

    /// Counts what the store changed.
    pub fn count(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Added => self.n_added += 1,
                Change::Changed => self.n_changed += 1,
                Change::Unchanged => self.n_unchanged += 1,
            }
        }
    }
}

/// Keeps every study of the paths, then brings the index up to date.
pub async fn ingest(paths: &[String], data_dir: &Path, is_quiet: bool) -> anyhow::Result<Report> {
    let store = Store::open(data_dir).await?;
    let mut report = Report::default();
    let (sources, n_ignored) = source::sources(paths)?;
    report.n_ignored_files = n_ignored;
    let bar = bar(is_quiet, sources.len());
    let mut keeper = Keeper { store: &store, learned: Learned::default(), known: Known::of(&store).await?, report };
    for source in sources {
        bar.set_message(source.name());
        keeper.one(&source, &bar).await?;
        bar.inc(1);
    }
    let report = keeper.report;
    bar.finish_and_clear();
    trialway_layers::link_anew(&store, Terminology::builtin()).await?;
    bring_up_to_date(&store, data_dir, is_quiet).await?;
    store.close().await;
    Ok(report)
}

fn bar(is_quiet: bool, n_files: usize) -> ProgressBar {
    if is_quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(n_files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files  {prefix} records  {wide_msg}") {
        bar.set_style(style);
    }
    bar
}

/// What this run has taught the store already, so that each thing is written once.
#[derive(Default)]
pub struct Learned {
    seen: HashSet<u64>,
}

impl Learned {
    /// Keeps what is new. What a batch teaches is kept before its records are: an interruption between the two loses nothing.
    pub async fn keep(&mut self, store: &Store, rows: Vec<VocabularyRow>, received_at: &str) -> anyhow::Result<()> {
        let mut fresh = rows;
        fresh.retain(|row| {
            let mut hasher = DefaultHasher::new();
            row.hash(&mut hasher);
            self.seen.insert(hasher.finish())
        });
        store.learn(&fresh, &trialway_layers::about_learned(received_at)).await?;
        Ok(())
    }
}

/// The current records by their bytes: the same again is known without reading it.
#[derive(Default)]
struct Known {
    by_hash: HashMap<[u8; 16], NctId>,
    by_study: HashMap<NctId, [u8; 16]>,
}

impl Known {
    async fn of(store: &Store) -> anyhow::Result<Self> {
        let mut known = Self::default();
        for (hash, nct_id) in store.raw_hashes().await? {
            known.note(hash, nct_id);
        }
        Ok(known)
    }

    fn note(&mut self, hash: [u8; 16], nct_id: NctId) {
        if let Some(before) = self.by_study.insert(nct_id, hash) {
            self.by_hash.remove(&before);
        }
        self.by_hash.insert(hash, nct_id);
    }
}

/// Takes records in, batch by batch.
struct Keeper<'a> {
    store: &'a Store,
    learned: Learned,
    known: Known,
    report: Report,
}

impl Keeper<'_> {
    async fn one(&mut self, source: &Source, bar: &ProgressBar) -> anyhow::Result<()> {
        let key = source.key();
        let done = match &key {
            Some(key) => self.store.progress(key).await?,
            None => 0,
        };
        self.report.n_resumed += done;
        let mut batch: Vec<Item> = Vec::with_capacity(BATCH);
        let mut n_seen = 0_u64;
        for item in source.items() {
            n_seen += 1;
            if n_seen <= done {
                continue;
            }
            batch.push(item);
            if batch.len() == BATCH {
                let progress = key.as_deref().map(|key| (key, n_seen));
                self.keep(std::mem::take(&mut batch), progress).await?;
                bar.set_prefix(self.report.n_records().to_string());
            }
        }
        self.keep(batch, None).await?;
        if let Some(key) = &key {
            self.store.finish(key).await?;
        }
        bar.set_prefix(self.report.n_records().to_string());
        Ok(())
    }

    /// Parses a batch in parallel and keeps it in one transaction. A batch that is there already costs no transaction.
    async fn keep(&mut self, batch: Vec<Item>, progress: Option<(&str, u64)>) -> anyhow::Result<()> {
        let hashes: Vec<Option<[u8; 16]>> =
            batch.par_iter().map(|item| item.bytes.as_deref().ok().map(raw_hash)).collect();
        let is_known = |hash: &Option<[u8; 16]>| hash.is_some_and(|hash| self.known.by_hash.contains_key(&hash));
        if hashes.iter().all(is_known) {
            self.report.n_unchanged += batch.len();
            return Ok(());
        }
        // One that is not known may be another version of a study that comes twice in this batch: all are read, in order.
        let received_at = now();
        let read = read(batch, &received_at);
        self.report.refused.extend(read.refused);
        self.learned.keep(self.store, read.rows, &received_at).await?;
        self.report.count(&self.store.put(&read.versions, progress).await?);
        for version in &read.versions {
            self.known.note(raw_hash(&version.bytes), version.nct_id);
        }
        Ok(())
    }
}

/// This moment, RFC 3339.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Records that were read.
#[derive(Default)]
pub struct ReadRecords {
    /// What is to be kept, in order.
    pub versions: Vec<NewVersion>,
    /// When each of them was last updated at the registry, as far as it says so.
    pub updated: Vec<String>,
    /// What they teach.
    pub rows: Vec<VocabularyRow>,
    /// What is not kept, in order.
    pub refused: Vec<Refused>,
}

/// Reads records in parallel.
pub fn read(items: Vec<Item>, received_at: &str) -> ReadRecords {
    let read: Vec<Result<One, Refused>> = items.into_par_iter().map(|item| version(item, received_at)).collect();
    let mut out = ReadRecords::default();
    for one in read {
        match one {
            Ok(one) => {
                out.versions.push(one.version);
                out.updated.extend(one.updated);
                out.rows.extend(one.rows);
            }
            Err(refused) => out.refused.push(refused),
        }
    }
    out
}

struct One {
    version: NewVersion,
    updated: Option<String>,
    rows: Vec<VocabularyRow>,
}

/// A record to keep, and what it teaches.
fn version(item: Item, received_at: &str) -> Result<One, Refused> {
    let refused = |reason: String| Refused { place: item.place.clone(), reason };
    let bytes = match &item.bytes {
        Ok(bytes) => bytes,
        Err(reason) => return Err(refused(reason.clone())),
    };
    let parsed = parse_study(bytes).map_err(|error| refused(error.to_string()))?;
    let nct_id = parsed
        .value
        .nct_id
        .ok_or_else(|| refused("the record has no NCT number; give the registry's record of the study".to_owned()))?;
    let (form, canonical) = match serde_json::from_slice::<Value>(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
    {
        Ok(value) => (Form::Json, canonical(&value)),
        Err(_) => (Form::Xml, bytes.clone()),
    };
    let version = NewVersion {
        nct_id,
        content_hash: content_hash(&canonical),
        form,
        received_at: received_at.to_owned(),
        bytes: item.bytes.unwrap_or_default(),
    };
    let updated = parsed.value.dates.last_update_posted.as_ref().map(trialway_study::StudyDate::iso);
    Ok(One { version, updated, rows: trialway_layers::learned(&parsed.value) })
}

/// JSON with its keys in order and no space, so that the layout of a file is no change of its study.
pub(crate) fn canonical(value: &Value) -> Vec<u8> {
    fn sorted(value: &Value) -> Value {
        match value {
            Value::Object(map) => {
                let mut entries: Vec<(&String, &Value)> = map.iter().collect();
                entries.sort_by_key(|(key, _)| *key);
                Value::Object(entries.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect())
            }
            Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
            other => other.clone(),
        }
    }
    serde_json::to_vec(&sorted(value)).unwrap_or_default()
}

/// The index of this very store. One that is new, or was made from another store (a backup took its place, or someone asked where
/// none was), lacks everything, and the store is told so.
async fn index_of(store: &Store, data_dir: &Path) -> anyhow::Result<Search> {
    const NOTE: &str = "index.mark";
    let known = store.sync_note(NOTE).await?;
    let (mut search, mut is_new) = Search::open(data_dir, Terminology::builtin())?;
    let is_own = match (&known, Search::mark(data_dir)) {
        (Some(known), Some(mark)) => *known == mark,
        // An index from before there were marks.
        (None, None) => !is_new && search.n_studies() == store.count().await?,
        _ => false,
    };
    if is_own && known.is_some() {
        return Ok(search);
    }
    if !is_own {
        store.reindex_all().await?;
        if !is_new {
            drop(search);
            Search::remove(data_dir)?;
            (search, is_new) = Search::open(data_dir, Terminology::builtin())?;
            anyhow::ensure!(is_new, "another process made the index meanwhile; run the same again");
        }
    }
    let mark = format!("{} {}", jiff::Timestamp::now().as_nanosecond(), std::process::id());
    Search::set_mark(data_dir, &mark)?;
    store.set_sync_notes(&[(NOTE, &mark)]).await?;
    Ok(search)
}

/// Puts into the index what the store says it lacks.
pub async fn bring_up_to_date(store: &Store, data_dir: &Path, is_quiet: bool) -> anyhow::Result<()> {
    let search = index_of(store, data_dir).await?;
    if store.pending(1).await?.is_empty() {
        return Ok(());
    }
    let mut writer = match search.writer() {
        // Whoever writes now sees what is pending, too.
        Err(SearchError::Busy) => return Ok(()),
        other => other?,
    };
    let spinner = if is_quiet { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
    let mut n_indexed = 0;
    loop {
        let pending = store.pending(INDEX_BATCH).await?;
        if pending.is_empty() {
            break;
        }
        for ids in pending.chunks(BATCH) {
            let stored = store.studies(ids).await?;
            let entries: Vec<Entry> = stored
                .par_iter()
                .filter_map(|stored| parse_study(&stored.bytes).ok())
                .map(|parsed| Entry::of(&parsed.value, Terminology::builtin()))
                .collect();
            n_indexed += entries.len();
            for entry in entries {
                writer.put_entry(entry)?;
            }
            spinner.set_message(format!("{n_indexed} studies indexed"));
            spinner.tick();
        }
        writer.commit()?;
        store.indexed(&pending).await.context("the index is written, and the store could not note it")?;
    }
    spinner.finish_and_clear();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn layout_and_order_of_keys_are_no_change() {
        let parse = |text: &str| serde_json::from_str(text).unwrap();
        let a = canonical(&parse("{\"b\": [1, {\"y\": 1.0, \"x\": null}],\n \"a\": \"é\"}"));
        let b = canonical(&parse("{\"a\":\"\\u00e9\",\"b\":[1,{\"x\":null,\"y\":1.0}]}"));
        assert_eq!(a, b);
        assert_ne!(a, canonical(&parse("{\"a\":\"e\",\"b\":[1,{\"x\":null,\"y\":1.0}]}")));
        // The order of a list is content.
        assert_ne!(canonical(&parse("[1,2]")), canonical(&parse("[2,1]")));
    }
}
