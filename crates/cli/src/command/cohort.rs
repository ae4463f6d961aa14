//! `trialway cohort`: many patients' records against one study.

use super::Format;
use crate::input;
use crate::paint::paint;
use crate::patients::{self, Record};
use crate::settings::{DataDir, runtime, today};
use crate::trial::{Trial, trial};
use anstyle::AnsiColor;
use anyhow::Context;
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use trialway_cohort::{Cost, Log, Protocol, Row, Step, Summary, Versions};
use trialway_matching::{Options, Policy};
use trialway_store::Store;
use trialway_terminology::{Layered, Overlay, Terminology};

/// Arguments of `cohort`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway cohort --trial NCT06904729.json --patients bundles/\n  trialway cohort --trial NCT06904729 --patients export.ndjson --as-of 2026-06-15 --csv log.csv --format json"
)]
pub struct Arguments {
    /// A study record, or the NCT id of a study in the store
    #[arg(long)]
    trial: String,
    /// A folder of FHIR R4 bundles, a file with one bundle a line (NDJSON), or a bulk export; `-` is lines from standard input
    #[arg(long, value_name = "DIR|NDJSON")]
    patients: String,
    /// The day to screen for [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// What to take for granted of what a record does not mention
    #[arg(long, value_parser = ["chart", "strict"], default_value = "chart")]
    policy: String,
    /// Write the screening log here, one line a patient
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Records held at once: they are in memory together.
const BATCH: usize = 64;
/// A batch ends when it has this many bytes.
const BATCH_BYTES: usize = 32 << 20;

/// A record that was not used, and why.
struct Refused {
    place: String,
    reason: String,
}

/// Holds every record against the study and prints what they come to.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let trial = trial(&arguments.trial, data_dir)?;
    let logic = trial.logic();
    let Trial { doc, record, .. } = trial;
    let protocol = Protocol::new(&logic, Terminology::builtin());
    let policy = if arguments.policy == "strict" { Policy::Strict } else { Policy::Chart };
    let as_of = arguments.as_of.unwrap_or_else(today);
    let options = Options { as_of, policy, trial: Some(doc.clone()) };
    let versions = Versions {
        trial: doc,
        record,
        engine: format!("trialway {}", env!("CARGO_PKG_VERSION")),
        terminology: Terminology::version().to_owned(),
        as_of: as_of.to_string(),
        policy: policy.as_str().to_owned(),
    };
    let log = Log::new(&protocol, &versions);
    let mut csv = match &arguments.csv {
        Some(path) => {
            let file = std::fs::File::create(path).map_err(|error| {
                input::bad(&path.display().to_string(), format!("cannot be written ({error}); check the path"))
            })?;
            let mut file = BufWriter::new(file);
            file.write_all(log.header().as_bytes())?;
            Some(file)
        }
        None => None,
    };
    let vocabulary = Vocabulary::open(data_dir)?;
    let mut records = patients::records(&arguments.patients)?.peekable();
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    while records.peek().is_some() {
        let mut batch: Vec<(Record, Overlay)> = Vec::new();
        let mut n_bytes = 0;
        while batch.len() < BATCH
            && n_bytes < BATCH_BYTES
            && let Some(record) = records.next()
        {
            n_bytes += record.bytes.as_ref().map_or(0, Vec::len);
            let overlay = vocabulary.overlay(&record)?;
            batch.push((record, overlay));
        }
        let held: Vec<Result<Row, Refused>> =
            batch.par_iter().map(|(record, overlay)| hold(record, overlay, &protocol, &options)).collect();
        for one in held {
            match one {
                Ok(row) => {
                    if let Some(csv) = &mut csv {
                        csv.write_all(log.row(&row).as_bytes())?;
                    }
                    rows.push(slim(row));
                }
                Err(one) => refused.push(one),
            }
        }
    }
    if let Some(mut csv) = csv {
        csv.flush().context("the screening log cannot be written to its end; check the space on the disk")?;
    }
    for one in &refused {
        writeln!(std::io::stderr(), "trialway: {}: {}", one.place, one.reason)?;
    }
    let summary = Summary::of(&protocol, &rows);
    match arguments.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &value(&versions, &protocol, &summary, &rows, &refused))?;
            writeln!(out)?;
        }
        Format::Text => print(&versions, &protocol, &summary, &rows, &refused, out)?,
    }
    if rows.is_empty() {
        anyhow::bail!("{}: none of the {} records could be used", arguments.patients, refused.len());
    }
    Ok(())
}

/// A row without what only the log needs, so that ten thousand take little room.
fn slim(mut row: Row) -> Row {
    for mark in &mut row.marks {
        mark.evidence = Vec::new();
        mark.needs = Vec::new();
    }
    row
}

fn hold(record: &Record, overlay: &Overlay, protocol: &Protocol<'_>, options: &Options) -> Result<Row, Refused> {
    let refused = |reason: String| Refused { place: record.place.clone(), reason };
    let bytes = record.bytes.as_ref().map_err(|reason| refused(reason.clone()))?;
    let terminology = Layered::with(Terminology::builtin(), overlay);
    let mut facts =
        trialway_fhir::import_with(bytes, &terminology).map_err(|error| refused(error.to_string()))?.value.facts;
    if facts.patient.is_empty() {
        facts.patient.clone_from(&record.name);
    }
    Ok(protocol.hold(&facts, options))
}

/// The vocabularies of the store, where there is one.
struct Vocabulary(Option<(tokio::runtime::Runtime, Store)>);

impl Vocabulary {
    fn open(data_dir: &DataDir) -> anyhow::Result<Self> {
        // Asking must not make a store.
        if !data_dir.path.join("trialway.db").exists() {
            return Ok(Self(None));
        }
        let runtime = runtime()?;
        let store = runtime.block_on(Store::open(&data_dir.path))?;
        Ok(Self(Some((runtime, store))))
    }

    /// What the record's codes and names are there. A record that cannot be read is refused later, with its reason.
    fn overlay(&self, record: &Record) -> anyhow::Result<Overlay> {
        let (Some((runtime, store)), Ok(bytes)) = (&self.0, &record.bytes) else { return Ok(Overlay::default()) };
        let Ok(named) = trialway_fhir::named(bytes) else { return Ok(Overlay::default()) };
        let terminology = Terminology::builtin();
        Ok(runtime.block_on(trialway_layers::overlay(store, &named.codes, &named.names, terminology))?)
    }
}

fn value(versions: &Versions, protocol: &Protocol<'_>, summary: &Summary, rows: &[Row], refused: &[Refused]) -> Value {
    let funnel: Vec<Value> = protocol
        .items()
        .iter()
        .zip(&summary.funnel)
        .map(|(item, stage)| {
            json!({
                "id": item.id.as_str(),
                "kind": item.kind.as_str(),
                "text": item.text,
                "remaining": stage.n_remaining,
                "failed": stage.n_failed,
                "open": stage.n_open,
                "failed_of_all": stage.n_failed_of_all,
                "open_of_all": stage.n_open_of_all,
                "failed_by_assumption": stage.n_failed_by_assumption,
            })
        })
        .collect();
    json!({
        "trial": versions.trial,
        "as_of": versions.as_of,
        "policy": versions.policy,
        "patients": summary.n_patients,
        "verdicts": {
            "potentially_eligible": summary.n_potentially_eligible,
            "needs_information": summary.n_needs_information,
            "ineligible": summary.n_ineligible,
        },
        "funnel": funnel,
        "loosen": summary.costs.iter().map(|cost| loosen(cost, protocol)).collect::<Vec<_>>(),
        "results": rows.iter().map(|row| json!({
            "patient": row.patient,
            "verdict": row.verdict.as_str(),
            "verdict_assumed": row.verdict_assumed,
            "pivotal": row.pivotal.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "refused": refused.iter().map(|one| json!({"place": one.place, "error": one.reason})).collect::<Vec<_>>(),
        "versions": {"record": versions.record.to_string(), "engine": versions.engine, "terminology": versions.terminology},
    })
}

fn loosen(cost: &Cost, protocol: &Protocol<'_>) -> Value {
    let item = protocol.items().get(cost.item);
    let limits: Vec<Value> = cost
        .limits
        .iter()
        .filter_map(|(index, steps)| {
            let limit = protocol.limits().get(*index)?;
            let step = |step: &Step| {
                json!({
                    "compare": step.comparator.as_str(),
                    "limit": number(&step.value.to_string()),
                    "more": step.n_more,
                })
            };
            Some(json!({
                "variable": limit.variable,
                "compare": limit.comparator.as_str(),
                "limit": number(&limit.value.to_string()),
                "unit": limit.unit,
                "steps": steps.iter().map(step).collect::<Vec<_>>(),
            }))
        })
        .collect();
    json!({
        "id": item.map(|item| item.id.as_str()),
        "alone": cost.n_alone,
        "then": {
            "potentially_eligible": cost.n_potentially_eligible,
            "needs_information": cost.n_alone - cost.n_potentially_eligible,
        },
        "limits": limits,
    })
}

/// Digits as they are: the number is read from its own text.
fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap_or(Value::Null)
}

/// Patients that the text lists of each kind; the log has all.
const SHOWN: usize = 40;

fn print(
    versions: &Versions,
    protocol: &Protocol<'_>,
    summary: &Summary,
    rows: &[Row],
    refused: &[Refused],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(out, "{}, {}; as of {}, policy {}", versions.trial, versions.record, versions.as_of, versions.policy)?;
    writeln!(out, "{} patients, {} records refused\n", summary.n_patients, refused.len())?;
    for (verdict, word, colour) in [
        ("potentially_eligible", "may match", AnsiColor::Green),
        ("needs_information", "cannot tell yet: information is missing", AnsiColor::Yellow),
        ("ineligible", "do not appear to match", AnsiColor::Red),
    ] {
        let of: Vec<&Row> = rows.iter().filter(|row| row.verdict.as_str() == verdict).collect();
        writeln!(out, "{:>6} {}  ({verdict})", of.len(), paint(word, colour))?;
        if verdict != "ineligible" {
            for row in of.iter().take(SHOWN) {
                let turns: Vec<&str> = row.pivotal.iter().take(8).map(|id| id.as_str()).collect();
                let turns = if turns.is_empty() { String::new() } else { format!("  {}", turns.join(" ")) };
                writeln!(out, "         {}{turns}", row.patient)?;
            }
            if of.len() > SHOWN {
                writeln!(out, "         … {} more", of.len() - SHOWN)?;
            }
        }
    }
    writeln!(out, "\n{:<8} {:>7} {:>7} {:>7}  criterion", "", "left", "failed", "open")?;
    for (item, stage) in protocol.items().iter().zip(&summary.funnel) {
        let text: String = item.text.chars().take(64).collect();
        let dots = if text.len() < item.text.len() { "…" } else { "" };
        writeln!(
            out,
            "{:<8} {:>7} {:>7} {:>7}  {text}{dots}",
            item.id.as_str(),
            stage.n_remaining,
            stage.n_failed,
            stage.n_open
        )?;
    }
    writeln!(out, "Those for whom a criterion is open are counted among those who are left.")?;
    if !summary.costs.is_empty() {
        writeln!(out, "\nLoosen one, and so many more are left:")?;
    }
    for cost in summary.costs.iter().take(12) {
        let id = protocol.items().get(cost.item).map_or("", |item| item.id.as_str());
        writeln!(
            out,
            "{id:<8} {} whom it alone excludes ({} of them may match then)",
            cost.n_alone, cost.n_potentially_eligible
        )?;
        for (index, steps) in &cost.limits {
            let Some(limit) = protocol.limits().get(*index) else { continue };
            let shown: Vec<String> = steps
                .iter()
                .map(|step| format!("{} {}: {} more", step.comparator.as_str(), step.value, step.n_more))
                .collect();
            let unit = if limit.unit.is_empty() { String::new() } else { format!(" {}", limit.unit) };
            writeln!(
                out,
                "         {} {} {}{unit}  ->  {}",
                limit.variable,
                limit.comparator.as_str(),
                limit.value,
                shown.join("; ")
            )?;
        }
    }
    writeln!(out, "\nThis is information for the study team, who decide. People enrol patients, programs do not.")?;
    Ok(())
}
