//! `trialway study`: what a study record says.

use super::criteria::print_finding;
use crate::input::{self, Document};
use crate::settings::{DataDir, runtime};
use std::io::Write;
use trialway_history::changes;
use trialway_store::{Store, Stored};
use trialway_study::NctId;

/// Arguments of `study`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway study NCT06904729.json\n  trialway study NCT06904729 --data-dir store\n  trialway study NCT06904729 --history --data-dir store"
)]
pub struct Arguments {
    /// A study record (API v2 JSON or legacy XML; may be gzipped; `-` is standard input), or the number of a stored study
    file: String,
    /// What changed from version to version of the stored study, newest first
    #[arg(long)]
    history: bool,
}

/// Reads and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let is_file = arguments.file == "-" || std::path::Path::new(&arguments.file).exists();
    let nct_id = NctId::parse(&arguments.file).filter(|_| !is_file);
    let document = match nct_id {
        Some(nct_id) => {
            let (records, gone) = of_store(nct_id, data_dir, arguments.history)?;
            let Some(record) = records.last() else {
                return Err(input::bad(&arguments.file, "is not stored here; ingest it, or name another --data-dir"));
            };
            if let Some(at) = gone {
                writeln!(out, "warning: the registry no longer has this study; that was found on {at}")?;
            }
            if arguments.history {
                return print_history(nct_id, &records, out);
            }
            input::document_of(&arguments.file, record.bytes.clone())?
        }
        None if arguments.history => {
            return Err(input::bad(&arguments.file, "--history is of a stored study; give its NCT number"));
        }
        None => input::document(&arguments.file)?,
    };
    let Document::Study(parsed) = document else {
        return Err(input::bad(&arguments.file, "is plain text, not a study record; `trialway criteria` reads it"));
    };
    let study = &parsed.value;
    writeln!(out, "{}  {}", if study.doc.is_empty() { "(no NCT id)" } else { &study.doc }, study.title())?;
    if let Some(status) = &study.overall_status {
        writeln!(out, "status      {}", status.label())?;
    }
    if !study.conditions.is_empty() {
        writeln!(out, "conditions  {}", study.conditions.join("; "))?;
    }
    let ages = [&study.eligibility.minimum_age, &study.eligibility.maximum_age]
        .map(|age| age.as_ref().map_or("no limit", |age| age.written.as_str()));
    writeln!(out, "ages        {} to {}", ages[0], ages[1])?;
    if let Some(sex) = &study.eligibility.sex {
        writeln!(out, "sex         {}", sex.label())?;
    }
    writeln!(out, "sites       {}", study.sites.len())?;
    writeln!(out, "criteria    {} bytes of text", study.eligibility.text.as_ref().map_or(0, String::len))?;
    for stale in study.stale_on(today()) {
        writeln!(out, "warning: {}", stale.sentence())?;
    }
    for finding in &parsed.findings {
        print_finding(finding, out)?;
    }
    Ok(())
}

/// Today, in UTC.
fn today() -> (u16, u8, u8) {
    let date = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    (u16::try_from(date.year()).unwrap_or(0), part(date.month()), part(date.day()))
}

/// The stored record, or all its versions, oldest first; and since when it is gone from its registry.
fn of_store(nct_id: NctId, data_dir: &DataDir, all: bool) -> anyhow::Result<(Vec<Stored>, Option<String>)> {
    if !Store::is_in(&data_dir.path) {
        return Ok((Vec::new(), None));
    }
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        let records = match all {
            true => store.records_since(nct_id, 1).await?,
            false => store.study(nct_id).await?.into_iter().collect(),
        };
        let gone = store.gone_at(nct_id).await?;
        store.close().await;
        Ok((records, gone))
    })
}

fn print_history(nct_id: NctId, records: &[Stored], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut blocks = Vec::new();
    let mut before = None;
    for record in records {
        let study = trialway_registry::parse_study(&record.bytes)?.value;
        let mut block = format!("version {}, received {}\n", record.version, record.received_at);
        match &before {
            None => block.push_str("  the first version that is kept\n"),
            Some(before) => {
                let found = changes(before, &study);
                if found.is_empty() {
                    block.push_str("  something changed that is not compared here\n");
                }
                for change in found {
                    block.push_str(&format!("  {}\n", change.sentence()));
                }
            }
        }
        blocks.push(block);
        before = Some(study);
    }
    let title = before.as_ref().map(|study| study.title().to_owned()).unwrap_or_default();
    writeln!(out, "{nct_id}  {title}")?;
    for block in blocks.iter().rev() {
        write!(out, "{block}")?;
    }
    Ok(())
}
