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
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use trialway_registry::parse_study;
use trialway_search::{Search, SearchError};
use trialway_store::{Change, Form, NewVersion, Store, VocabularyRow, content_hash};
use trialway_study::Study;
use trialway_terminology::Terminology;

/// Records of one transaction.
const BATCH: usize = 200;

/// Studies of one commit of the index.
const INDEX_BATCH: u32 = 4_000;

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
}

/// Keeps every study of the paths, then brings the index up to date.
pub async fn ingest(paths: &[String], data_dir: &Path, is_quiet: bool) -> anyhow::Result<Report> {
    let store = Store::open(data_dir).await?;
    let mut report = Report::default();
    let (sources, n_ignored) = source::sources(paths)?;
    report.n_ignored_files = n_ignored;
    let bar = bar(is_quiet, sources.len());
    let mut learned = Learned::default();
    for source in sources {
        bar.set_message(source.name());
        one(&source, &store, &mut learned, &mut report, &bar).await?;
        bar.inc(1);
    }
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
struct Learned {
    seen: HashSet<u64>,
}

impl Learned {
    /// Keeps what is new. What a batch teaches is kept before its records are: an interruption between the two loses nothing.
    async fn keep(&mut self, store: &Store, rows: Vec<VocabularyRow>, received_at: &str) -> anyhow::Result<()> {
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

async fn one(
    source: &Source,
    store: &Store,
    learned: &mut Learned,
    report: &mut Report,
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let key = source.key();
    let done = match &key {
        Some(key) => store.progress(key).await?,
        None => 0,
    };
    report.n_resumed += done;
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
            keep(store, std::mem::take(&mut batch), progress, learned, report).await?;
            bar.set_prefix(report.n_records().to_string());
        }
    }
    keep(store, batch, None, learned, report).await?;
    if let Some(key) = &key {
        store.finish(key).await?;
    }
    bar.set_prefix(report.n_records().to_string());
    Ok(())
}

/// Parses a batch in parallel and keeps it in one transaction.
async fn keep(
    store: &Store,
    batch: Vec<Item>,
    progress: Option<(&str, u64)>,
    learned: &mut Learned,
    report: &mut Report,
) -> anyhow::Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let received_at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let read: Vec<Result<(NewVersion, Vec<VocabularyRow>), Refused>> =
        batch.into_par_iter().map(|item| version(item, &received_at)).collect();
    let (mut versions, mut rows) = (Vec::new(), Vec::new());
    for one in read {
        match one {
            Ok((version, taught)) => {
                versions.push(version);
                rows.extend(taught);
            }
            Err(refused) => report.refused.push(refused),
        }
    }
    learned.keep(store, rows, &received_at).await?;
    for change in store.put(&versions, progress).await? {
        match change {
            Change::Added => report.n_added += 1,
            Change::Changed => report.n_changed += 1,
            Change::Unchanged => report.n_unchanged += 1,
        }
    }
    Ok(())
}

/// A record to keep, and what it teaches.
fn version(item: Item, received_at: &str) -> Result<(NewVersion, Vec<VocabularyRow>), Refused> {
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
    Ok((version, trialway_layers::learned(&parsed.value)))
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

/// Puts into the index what the store says it lacks.
pub async fn bring_up_to_date(store: &Store, data_dir: &Path, is_quiet: bool) -> anyhow::Result<()> {
    let (search, is_new) = Search::open(data_dir, Terminology::builtin())?;
    if is_new {
        store.reindex_all().await?;
    }
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
            let mut stored = Vec::with_capacity(ids.len());
            for id in ids {
                stored.extend(store.study(*id).await?);
            }
            let studies: Vec<Study> = stored
                .par_iter()
                .filter_map(|stored| parse_study(&stored.bytes).ok().map(|parsed| parsed.value))
                .collect();
            for study in &studies {
                writer.put(study)?;
            }
            n_indexed += studies.len();
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
