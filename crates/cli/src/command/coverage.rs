//! `trialway coverage`: how much of the criteria of many studies is read, and what is not.

use super::Format;
use super::criteria::read_study;
use crate::ingest::source::sources;
use crate::settings::{DataDir, runtime};
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use trialway_eligibility::{Coverage, unread_stretches};
use trialway_registry::parse_study;
use trialway_store::Store;

/// Arguments of `coverage`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway coverage studies.ndjson.gz\n  trialway coverage --data-dir store --top 50\n  trialway coverage NCT06904729.json --each"
)]
pub struct Arguments {
    /// Study records, as for `ingest`; none for all studies of the store
    paths: Vec<String>,
    /// How many of the most frequent unread phrases to list
    #[arg(long, default_value_t = 30)]
    top: usize,
    /// Also a line for each study
    #[arg(long)]
    each: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// What was found in one study.
struct One {
    doc: String,
    coverage: Coverage,
    unread: Vec<String>,
}

/// Studies read at once.
const BATCH: usize = 512;

/// Reads all and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut total = Coverage::default();
    let mut n_studies = 0_usize;
    let mut n_without = 0_usize;
    let mut phrases: BTreeMap<String, usize> = BTreeMap::new();
    let mut each = Vec::new();
    let mut take = |records: &[Vec<u8>], out: &mut dyn Write| -> anyhow::Result<()> {
        let read: Vec<One> = records.par_iter().filter_map(|bytes| one(bytes)).collect();
        for one in read {
            n_studies += 1;
            n_without += usize::from(one.coverage.n_criteria == 0);
            add(&mut total, &one.coverage);
            for phrase in one.unread {
                *phrases.entry(phrase).or_default() += 1;
            }
            if arguments.each {
                match arguments.format {
                    Format::Text => writeln!(out, "{}  {}", one.doc, line(&one.coverage))?,
                    Format::Json => {
                        each.push(json!({"doc": one.doc, "coverage": crate::json::coverage(&one.coverage)}))
                    }
                }
            }
        }
        Ok(())
    };
    if arguments.paths.is_empty() {
        let runtime = runtime()?;
        let store = runtime.block_on(Store::open(&data_dir.path))?;
        let mut after = None;
        loop {
            let records = runtime.block_on(async {
                let ids = store.ids_after(after, BATCH as u32).await?;
                after = ids.last().copied().or(after);
                let mut records = Vec::with_capacity(ids.len());
                for id in ids {
                    records.extend(store.study(id).await?.map(|stored| stored.bytes));
                }
                anyhow::Ok(records)
            })?;
            if records.is_empty() {
                break;
            }
            take(&records, out)?;
        }
    } else {
        let (files, _) = sources(&arguments.paths)?;
        let mut batch = Vec::with_capacity(BATCH);
        for source in files {
            for item in source.items() {
                batch.extend(item.bytes);
                if batch.len() == BATCH {
                    take(&batch, out)?;
                    batch.clear();
                }
            }
        }
        take(&batch, out)?;
    }
    let mut frequent: Vec<(String, usize)> = phrases.into_iter().collect();
    frequent.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    frequent.truncate(arguments.top);
    match arguments.format {
        Format::Json => {
            let phrases: Vec<_> = frequent.iter().map(|(phrase, n)| json!({"phrase": phrase, "n": n})).collect();
            let document = json!({
                "studies": n_studies,
                "without_criteria": n_without,
                "coverage": crate::json::coverage(&total),
                "unread": phrases,
                "each": each,
            });
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)?;
        }
        Format::Text => {
            writeln!(out, "{n_studies} studies, {n_without} without criteria")?;
            writeln!(out, "{}", line(&total))?;
            if !frequent.is_empty() {
                writeln!(out, "\nnot read most often:")?;
            }
            for (phrase, n) in frequent {
                writeln!(out, "{n:>7}  {phrase}")?;
            }
        }
    }
    Ok(())
}

fn one(bytes: &[u8]) -> Option<One> {
    let study = parse_study(bytes).ok()?.value;
    let logic = read_study(&study);
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    let unread = unread_stretches(&logic, text)
        .into_iter()
        .filter_map(|span| text.get(span.start..span.end))
        .map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
        .filter(|words| words.chars().any(char::is_alphabetic))
        .collect();
    Some(One { doc: study.doc, coverage: logic.coverage, unread })
}

fn add(total: &mut Coverage, one: &Coverage) {
    total.n_criteria += one.n_criteria;
    total.n_computed += one.n_computed;
    total.n_partly += one.n_partly;
    total.n_judgement += one.n_judgement;
    total.n_unread += one.n_unread;
    total.n_bytes += one.n_bytes;
    total.n_unread_bytes += one.n_unread_bytes;
}

fn line(coverage: &Coverage) -> String {
    let share = |n: usize, of: usize| if of == 0 { 0.0 } else { 100.0 * n as f64 / of as f64 };
    let of = coverage.n_criteria;
    format!(
        "{of} criteria: {} computed ({:.1}%), {} judgement or consent ({:.1}%), {} partly ({:.1}%), {} not read ({:.1}%); {:.1}% of the text not read",
        coverage.n_computed,
        share(coverage.n_computed, of),
        coverage.n_judgement,
        share(coverage.n_judgement, of),
        coverage.n_partly,
        share(coverage.n_partly, of),
        coverage.n_unread,
        share(coverage.n_unread, of),
        share(coverage.n_unread_bytes, coverage.n_bytes)
    )
}
