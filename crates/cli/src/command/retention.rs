//! `trialway retention`: how long what people gave is kept, and deleting what has had its time.

use crate::settings::{DataDir, Settings, runtime};
use std::io::Write;
use trialway_store::Store;

/// Arguments of `retention`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway retention show --config trialway.toml\n  trialway retention run --data-dir store\n\n`serve` does what `run` does, once an hour."
)]
pub struct Arguments {
    /// A configuration file (TOML) whose part `retention` has the days
    #[arg(long, global = true, value_name = "FILE", env = "TRIALWAY_CONFIG")]
    config: Option<String>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Print the table of kinds and times
    Show,
    /// Delete what has had its time
    Run,
}

/// Does what was asked.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let retention = Settings::read(arguments.config.as_deref())?.retention;
    let lines = match arguments.verb {
        Verb::Show => retention.table(),
        Verb::Run => {
            if !Store::is_in(&data_dir.path) {
                let place = data_dir.path.display().to_string();
                return Err(crate::input::bad(&place, "has no store; name the directory with --data-dir"));
            }
            runtime()?.block_on(async {
                let store = Store::open(&data_dir.path).await?;
                let lines = retention.sweep(&store, jiff::Timestamp::now().as_second()).await?;
                store.close().await;
                anyhow::Ok(lines)
            })?
        }
    };
    for line in lines {
        let gone = line.n_gone.map(|n| format!(": {n} deleted")).unwrap_or_default();
        writeln!(out, "{}, kept {}{gone}", line.what, line.kept)?;
    }
    Ok(())
}
