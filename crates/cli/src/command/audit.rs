//! `trialway audit`: whether the log of who did what is whole, and all of it as a file.

use crate::input;
use crate::settings::{DataDir, runtime};
use std::io::Write;
use trialway_accounts::audit::Anchor;
use trialway_store::Store;

/// Arguments of `audit`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway audit verify --data-dir store\n  trialway audit anchor\n  trialway audit verify --anchor 12:0f3a…\n  trialway audit export > audit.ndjson"
)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Hold every entry against its hash and the one before; exit status 1 at the first that does not fit
    Verify {
        /// What `anchor` printed some time ago: finds a log that was cut off or written anew
        #[arg(long, value_name = "NUMBER:HASH")]
        anchor: Option<String>,
    },
    /// Print number and hash of the last entry, to be kept somewhere else
    Anchor,
    /// Print the entries as lines of JSON
    Export,
}

/// Does what was asked.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    if !Store::is_in(&data_dir.path) {
        let place = data_dir.path.display().to_string();
        return Err(input::bad(&place, "has no store; name the directory with --data-dir"));
    }
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        match &arguments.verb {
            Verb::Verify { anchor } => {
                let anchor = anchor
                    .as_deref()
                    .map(|text| {
                        Anchor::parse(text)
                            .ok_or_else(|| input::bad(text, "is no anchor; give what `trialway audit anchor` printed"))
                    })
                    .transpose()?;
                match store.audit_verify(anchor.as_ref()).await? {
                    Ok(last) => writeln!(out, "whole: {} entries, the last one is {last}", last.number)?,
                    Err(broken) => anyhow::bail!("the audit log is broken: {broken}"),
                }
            }
            Verb::Anchor => writeln!(out, "{}", store.audit_anchor().await?)?,
            Verb::Export => {
                for kept in store.audit_all().await? {
                    let line = serde_json::json!({
                        "number": kept.entry.number, "at": kept.entry.at, "actor": kept.entry.actor,
                        "action": kept.entry.action, "object": kept.entry.object,
                        "previous": kept.previous, "hash": kept.hash,
                    });
                    writeln!(out, "{line}")?;
                }
            }
        }
        store.close().await;
        Ok(())
    })
}
