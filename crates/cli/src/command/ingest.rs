//! `trialway ingest`: study records into the store.

use super::Format;
use crate::ingest::{self, Report};
use crate::input::BadInput;
use crate::settings::{DataDir, runtime};
use serde_json::json;
use std::io::Write;

/// Arguments of `ingest`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway ingest studies.ndjson.gz\n  trialway ingest NCT06904729.json old-records.zip folder/ --data-dir store\n\nAn ingest that was cut off goes on where it stopped when it is run again; what is there already is left as it is."
)]
pub struct Arguments {
    /// Study records: API v2 JSON, NDJSON, legacy XML, `.gz`, `.zip`, or directories of them
    #[arg(required = true)]
    paths: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// No progress bar
    #[arg(long)]
    quiet: bool,
}

/// Ingests and reports.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let report = runtime()?.block_on(ingest::ingest(&arguments.paths, &data_dir.path, arguments.quiet))?;
    match arguments.format {
        Format::Json => {
            let refused: Vec<_> =
                report.refused.iter().map(|one| json!({"place": one.place, "reason": one.reason})).collect();
            serde_json::to_writer_pretty(
                &mut *out,
                &json!({
                    "added": report.n_added,
                    "changed": report.n_changed,
                    "unchanged": report.n_unchanged,
                    "resumed": report.n_resumed,
                    "ignored_files": report.n_ignored_files,
                    "refused": refused,
                }),
            )?;
            writeln!(out)?;
        }
        Format::Text => print(&report, out)?,
    }
    if report.n_records() == 0 && report.n_resumed == 0 {
        let what = format!("{}: holds no study records; give JSON, NDJSON or XML files", arguments.paths.join(", "));
        return Err(anyhow::Error::new(BadInput(what)));
    }
    if report.refused.len() == report.n_records() && report.n_resumed == 0 {
        anyhow::bail!("every record was refused");
    }
    Ok(())
}

fn print(report: &Report, out: &mut dyn Write) -> anyhow::Result<()> {
    for refused in &report.refused {
        writeln!(out, "refused {}: {}", refused.place, refused.reason)?;
    }
    if report.n_resumed > 0 {
        writeln!(out, "{} records were kept by an earlier run that was cut off", report.n_resumed)?;
    }
    if report.n_ignored_files > 0 {
        writeln!(out, "{} files were passed over: their names are not those of study records", report.n_ignored_files)?;
    }
    writeln!(
        out,
        "{} added, {} changed, {} unchanged, {} refused",
        report.n_added,
        report.n_changed,
        report.n_unchanged,
        report.refused.len()
    )?;
    Ok(())
}
