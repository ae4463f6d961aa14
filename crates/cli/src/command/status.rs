//! `trialway status`: what is stored, how fresh it is, what the index lacks, how much room there is.

use super::Format;
use crate::settings::{DataDir, runtime};
use crate::sync::last_ended;
use serde_json::json;
use std::io::Write;
use std::path::Path;
use trialway_search::Search;
use trialway_store::Store;
use trialway_terminology::Terminology;

/// Arguments of `status`.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  trialway status --data-dir store")]
pub struct Arguments {
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Counts and prints. Nothing is made where there is no store.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let path = &data_dir.path;
    if !Store::is_in(path) {
        let what = "has no store yet; `trialway ingest PATH` or `trialway sync` makes one";
        return Err(crate::input::bad(&path.display().to_string(), what));
    }
    let (held, ended) = runtime()?.block_on(async {
        let store = Store::open(path).await?;
        let found = (store.holdings().await?, last_ended(&store).await?);
        store.close().await;
        anyhow::Ok(found)
    })?;
    let n_indexed = Search::open_if_there(path, Terminology::builtin())?.map_or(0, |search| search.n_studies());
    let (store_bytes, index_bytes) = sizes(path);
    let free_bytes = fs4::available_space(path).ok();
    match arguments.format {
        Format::Json => {
            let last = ended.as_ref().map(|ended| {
                json!({"address": ended.address, "ended_at": ended.at, "changes_until": ended.day, "cut_off": ended.is_cut_off})
            });
            let report = json!({
                "studies": held.n_studies,
                "gone": held.n_gone,
                "versions": held.n_versions,
                "differences": held.n_differences,
                "received_bytes": held.n_received_bytes,
                "body_bytes": held.n_body_bytes,
                "indexed": n_indexed,
                "index_lacks": held.n_pending,
                "ingests_cut_off": held.n_cut_off,
                "reports": held.n_reports,
                "newest": held.newest,
                "last_sync": last,
                "store_bytes": store_bytes,
                "index_bytes": index_bytes,
                "free_bytes": free_bytes,
            });
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)?;
        }
        Format::Text => {
            writeln!(out, "studies     {} ({} no longer in their registry)", held.n_studies, held.n_gone)?;
            writeln!(out, "versions    {} ({} kept as differences)", held.n_versions, held.n_differences)?;
            writeln!(out, "index       {n_indexed} studies; {} wait to be indexed", held.n_pending)?;
            if held.n_cut_off > 0 {
                writeln!(out, "ingest      {} files were cut off; ingest them again to go on", held.n_cut_off)?;
            }
            match &ended {
                None => writeln!(out, "last sync   never")?,
                Some(ended) => {
                    writeln!(out, "last sync   {}, {}, changes until {}", ended.at, ended.address, ended.day)?
                }
            }
            if ended.as_ref().is_some_and(|ended| ended.is_cut_off) {
                writeln!(out, "            a run since then was cut off; `trialway sync` goes on with it")?;
            }
            writeln!(out, "newest      {}", held.newest.as_deref().unwrap_or("nothing was received yet"))?;
            writeln!(out, "reports     {} of wrong readings", held.n_reports)?;
            writeln!(out, "store       {}", mb(store_bytes))?;
            writeln!(out, "index size  {}", mb(index_bytes))?;
            if held.n_received_bytes > 0 {
                let share = (store_bytes + index_bytes) as f64 / held.n_received_bytes as f64;
                writeln!(
                    out,
                    "records     {} as received; store and index are {share:.2} of that",
                    mb(bytes(held.n_received_bytes))
                )?;
            }
            if let Some(free) = free_bytes {
                writeln!(out, "disk        {} free", mb(free))?;
            }
        }
    }
    Ok(())
}

fn bytes(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn mb(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// Bytes of the store's files, and of the index's.
fn sizes(data_dir: &Path) -> (u64, u64) {
    let (mut store, mut index) = (0, 0);
    let Ok(entries) = std::fs::read_dir(data_dir) else { return (0, 0) };
    for entry in entries.flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_file() {
            store += metadata.len();
        } else {
            let inner = std::fs::read_dir(entry.path()).into_iter().flatten().flatten();
            index += inner.filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum::<u64>();
        }
    }
    (store, index)
}
