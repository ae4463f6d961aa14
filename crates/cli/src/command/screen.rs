//! `trialway screen`: one patient's record against one study.

use super::Format;
use super::criteria::{print_finding, read_study};
use crate::input::{self, Document};
use crate::json;
use crate::paint::paint;
use crate::record;
use crate::settings::{DataDir, runtime};
use anstyle::AnsiColor;
use jiff::civil::Date;
use std::io::Write;
use trialway_diagnostics::Parsed;
use trialway_matching::{CriterionResult, Effect, Options, Policy, Screening, Verdict, screen};
use trialway_store::Store;
use trialway_study::{NctId, Study};
use trialway_terminology::{Layered, Overlay, Terminology};

/// Arguments of `screen`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway screen --trial NCT06904729.json --patient bundle.json\n  trialway screen --trial study.xml --patient bundle.json --as-of 2026-06-15 --policy strict --format json"
)]
pub struct Arguments {
    /// A study record, or the NCT id of a study in the store
    #[arg(long)]
    trial: String,
    /// A FHIR R4 Bundle with one Patient, a single resource, NDJSON, or a note in plain text; may be gzipped; `-` is standard
    /// input
    #[arg(long)]
    patient: String,
    /// The day to screen for [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// What to take for granted of what the record does not mention [default: chart, for notes strict]
    #[arg(long, value_parser = ["chart", "strict"])]
    policy: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Also print what of the record was used and what was left out, and why
    #[arg(long)]
    explain: bool,
}

/// Screens and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let Parsed { value: study, findings: study_findings } = trial(&arguments.trial, data_dir)?;
    let bytes = input::read(&arguments.patient)?;
    let is_note = record::is_note(&bytes, &arguments.patient)?;
    let terminology = Terminology::builtin();
    let as_of = match arguments.as_of {
        Some(day) => day,
        None => jiff::tz::TimeZone::system().to_datetime(jiff::Timestamp::now()).date(),
    };
    let parsed = if is_note {
        record::note(&record::text(bytes, &arguments.patient)?, as_of)
    } else {
        let overlay = overlay(&bytes, arguments, data_dir)?;
        trialway_fhir::import_with(&bytes, &Layered::with(terminology, &overlay))
            .map_err(|error| input::bad(&arguments.patient, error))?
    };
    let mut facts = parsed.value.facts;
    if facts.patient.is_empty() {
        facts.patient = input::name(&arguments.patient);
    }
    // What a note does not mention is never taken for absent, unless asked for.
    let policy = match arguments.policy.as_deref() {
        Some("strict") => Policy::Strict,
        None if is_note => Policy::Strict,
        _ => Policy::Chart,
    };
    let doc = if study.doc.is_empty() { input::name(&arguments.trial) } else { study.doc.clone() };
    let options = Options { as_of, policy, trial: Some(doc.clone()) };
    let logic = read_study(&study);
    let screening = screen(&logic, &facts, &options, terminology);
    match arguments.format {
        Format::Json => {
            serde_json::to_writer_pretty(
                &mut *out,
                &json::screening(&doc, &facts.patient, &as_of.to_string(), policy.as_str(), &screening),
            )?;
            writeln!(out)?;
        }
        Format::Text => {
            print(&doc, &study, &facts.patient, &options, &screening, out)?;
            for finding in study_findings.iter().chain(&parsed.findings) {
                print_finding(finding, out)?;
            }
            if arguments.explain {
                writeln!(out, "\nOf the record:")?;
                for (kind, n) in &parsed.value.report.used {
                    writeln!(out, "  used {n} {kind}")?;
                }
                for left in &parsed.value.report.left {
                    writeln!(out, "  left out {}: {}", left.reference, left.reason)?;
                }
            }
        }
    }
    Ok(())
}

/// What the record's codes and names are, as the vocabularies of the store say; nothing where there is no store.
fn overlay(bytes: &[u8], arguments: &Arguments, data_dir: &DataDir) -> anyhow::Result<Overlay> {
    // Asking must not make a store.
    if !data_dir.path.join("trialway.db").exists() {
        return Ok(Overlay::default());
    }
    let named = trialway_fhir::named(bytes).map_err(|error| input::bad(&arguments.patient, error))?;
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        let overlay = trialway_layers::overlay(&store, &named.codes, &named.names, Terminology::builtin()).await?;
        store.close().await;
        Ok(overlay)
    })
}

/// The study that `--trial` names: in the store, or in a file.
fn trial(given: &str, data_dir: &DataDir) -> anyhow::Result<Parsed<Study>> {
    if let Some(id) = NctId::parse(given).filter(|_| !std::path::Path::new(given).exists()) {
        let unknown = || {
            let what = format!(
                "no study with this id is stored in {}; ingest it, or give the path of its record",
                data_dir.path.display()
            );
            input::bad(given, what)
        };
        // Asking must not make a store.
        if !data_dir.path.join("trialway.db").exists() {
            return Err(unknown());
        }
        let stored = runtime()?.block_on(async { Store::open(&data_dir.path).await?.study(id).await })?;
        let bytes = stored.ok_or_else(unknown)?.bytes;
        return trialway_registry::parse_study(&bytes).map_err(|error| input::bad(given, error));
    }
    match input::document(given)? {
        Document::Study(parsed) => Ok(*parsed),
        Document::Text(text) => {
            let mut study = Study::default();
            study.eligibility.text = Some(text);
            Ok(Parsed::clean(study))
        }
    }
}

fn print(
    doc: &str,
    study: &Study,
    patient: &str,
    options: &Options,
    screening: &Screening,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(out, "{}", format!("{doc}  {}", study.title()).trim_end())?;
    writeln!(out, "patient {patient}, as of {}, policy {}\n", options.as_of, options.policy.as_str())?;
    for result in screening.criteria.iter().chain(&screening.structured) {
        print_result(result, 0, out)?;
    }
    let (word, colour) = match screening.verdict {
        Verdict::Ineligible => ("does not appear to match", AnsiColor::Red),
        Verdict::NeedsInformation => ("cannot tell yet: information is missing", AnsiColor::Yellow),
        Verdict::PotentiallyEligible => ("may match", AnsiColor::Green),
    };
    writeln!(out, "\n{}  ({})", paint(word, colour), screening.verdict.as_str())?;
    if screening.verdict_assumed {
        writeln!(out, "This rests on taking what the record does not mention as absent.")?;
    }
    if !screening.pivotal.is_empty() {
        writeln!(
            out,
            "It turns on: {}",
            screening.pivotal.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        )?;
    }
    writeln!(
        out,
        "This is information to talk over with the study team, who decide. Do not stop or change any medicine because of it."
    )?;
    Ok(())
}

/// Words of a criterion are shortened to this many characters.
const SHOWN: usize = 74;

fn print_result(result: &CriterionResult, depth: usize, out: &mut dyn Write) -> anyhow::Result<()> {
    let (word, colour) = match result.effect {
        Effect::Pass => ("pass", AnsiColor::Green),
        Effect::Fail => ("FAIL", AnsiColor::Red),
        Effect::Open => ("open", AnsiColor::Yellow),
    };
    let indent = "  ".repeat(depth);
    let mut text: String = result.text.chars().take(SHOWN).collect();
    if result.text.chars().count() > SHOWN {
        text.push('…');
    }
    let mut notes: Vec<&str> = Vec::new();
    if let Some(reason) = result.open_reason {
        notes.push(reason.as_str());
    }
    if result.not_applicable {
        notes.push("does not apply");
    }
    if result.assumed {
        notes.push("assumed: not in the record");
    }
    if result.moot {
        notes.push("settled without it");
    }
    if result.firmness.as_str() != "certain" {
        notes.push(result.firmness.as_str());
    }
    let notes = if notes.is_empty() { String::new() } else { format!("  [{}]", notes.join("; ")) };
    writeln!(out, "{indent}{:<8} {}  {text}{notes}", result.id.as_str(), paint(word, colour))?;
    if result.children.is_empty() {
        for evidence in result.evidence.iter().take(4) {
            let stale = if evidence.stale { " (old: measure again)" } else { "" };
            writeln!(out, "{indent}         - {}{stale}", evidence.text)?;
        }
        for need in result.needs.iter().take(4) {
            writeln!(out, "{indent}         ? {need}")?;
        }
    }
    for child in &result.children {
        print_result(child, depth + 1, out)?;
    }
    Ok(())
}
