//! `trialway backup`, `trialway restore`, `trialway reindex`: keeping a data directory safe and whole.

use crate::ingest::bring_up_to_date;
use crate::settings::{DataDir, runtime};
use std::io::Write;
use std::path::PathBuf;
use trialway_search::Search;
use trialway_store::Store;

/// Arguments of `backup`.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  trialway backup store-2026-06-15.db --data-dir store\n\nThe store may be read and written meanwhile. The index is not in a backup: it is made anew from the store."
)]
pub struct Backup {
    /// A new file
    file: PathBuf,
}

/// Arguments of `restore`.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  trialway restore store-2026-06-15.db --data-dir store\n\nStop the server before.")]
pub struct Restore {
    /// A backup
    file: PathBuf,
    /// Put it in the place of the store that is there
    #[arg(long)]
    replace: bool,
    /// No progress
    #[arg(long)]
    quiet: bool,
}

/// Arguments of `reindex`.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  trialway reindex --data-dir store")]
pub struct Reindex {
    /// No progress
    #[arg(long)]
    quiet: bool,
}

fn has_store(data_dir: &DataDir) -> anyhow::Result<()> {
    if Store::is_in(&data_dir.path) {
        return Ok(());
    }
    Err(crate::input::bad(&data_dir.path.display().to_string(), "has no store; name the directory with --data-dir"))
}

/// Backs up.
pub fn backup(arguments: &Backup, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    has_store(data_dir)?;
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        store.backup(&arguments.file).await?;
        store.close().await;
        anyhow::Ok(())
    })?;
    let n_bytes = std::fs::metadata(&arguments.file)?.len();
    writeln!(out, "{}: {:.1} MB", arguments.file.display(), n_bytes as f64 / 1e6)?;
    Ok(())
}

/// Restores, and makes the index anew.
pub fn restore(arguments: &Restore, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let checked = Store::check_backup(&arguments.file, &data_dir.path, arguments.replace).await?;
        // Without an index, whichever store is there is indexed anew by whoever opens it next.
        Search::remove(&data_dir.path)?;
        checked.put_in_place().await?;
        index_anew(data_dir, arguments.quiet, out).await
    })
}

/// Makes the index anew from the store alone.
pub fn reindex(arguments: &Reindex, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    has_store(data_dir)?;
    runtime()?.block_on(index_anew(data_dir, arguments.quiet, out))
}

async fn index_anew(data_dir: &DataDir, is_quiet: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = Store::open(&data_dir.path).await?;
    // What the index lacks is noted before it goes: whoever comes after an interruption makes the rest.
    store.reindex_all().await?;
    Search::remove(&data_dir.path)?;
    bring_up_to_date(&store, &data_dir.path, is_quiet).await?;
    writeln!(out, "{} studies indexed", store.count().await?)?;
    store.close().await;
    Ok(())
}
