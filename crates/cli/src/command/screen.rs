//! `trialway screen`: one patient's record against one study.

use super::Format;
use super::criteria::{print_finding, read_study};
use crate::input::{self, Document};
use crate::json;
use crate::paint::paint;
use crate::record;
use crate::settings::{DataDir, runtime};
use crate::settling::Settling;
use anstyle::AnsiColor;
use jiff::civil::Date;
use std::io::Write;
use trialway_diagnostics::Parsed;
use trialway_fhir::Import;
use trialway_matching::{CriterionResult, Effect, Options, Policy, Screening, Verdict, screen};
use trialway_patient::Facts;
use trialway_store::Store;
use trialway_study::{NctId, Study};
use trialway_terminology::Terminology;

/// Arguments of `screen`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway screen --trial NCT06904729.json --patient bundle.json\n  trialway screen --trial study.xml --patient bundle.json --as-of 2026-06-15 --policy strict --format json"
)]
pub struct Arguments {
    /// A study record, or the NCT id of a study in the store
    #[arg(long)]
    trial: String,
    /// A FHIR R4 Bundle with one Patient, a single resource, NDJSON, answers to a questionnaire, or a note in plain text; may be
    /// gzipped; `-` is standard input; or a folder of OMOP CDM tables (CSV) of one person
    #[arg(long)]
    patient: String,
    /// The day to screen for [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// What to take for granted of what the record does not mention [default: chart, for answers and notes strict]
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
    let Parsed { value: study, findings: study_findings } = study_of(&arguments.trial, data_dir)?;
    let as_of = match arguments.as_of {
        Some(day) => day,
        None => jiff::tz::TimeZone::system().to_datetime(jiff::Timestamp::now()).date(),
    };
    let Parsed { value: Import { facts, report, is_answers }, findings } =
        record::read(&arguments.patient, as_of, data_dir)?;
    let terminology = Terminology::builtin();
    let policy = policy(arguments.policy.as_deref(), is_answers);
    let doc = if study.doc.is_empty() { input::name(&arguments.trial) } else { study.doc.clone() };
    let options = Options { as_of, policy, trial: Some(doc.clone()) };
    let logic = read_study(&study);
    let screening = screen(&logic, &facts, &options, terminology);
    let settling = Settling::of(&study, &logic, &screening, &facts, &options);
    match arguments.format {
        Format::Json => {
            let mut shown = json::screening(&doc, &facts.patient, &as_of.to_string(), policy.as_str(), &screening);
            settling.put(&mut shown);
            serde_json::to_writer_pretty(&mut *out, &shown)?;
            writeln!(out)?;
        }
        Format::Text => {
            print(&doc, &study, &facts.patient, &options, &screening, &settling, out)?;
            for finding in study_findings.iter().chain(&findings) {
                print_finding(finding, out)?;
            }
            if arguments.explain {
                writeln!(out, "\nOf the record:")?;
                for (kind, n) in &report.used {
                    writeln!(out, "  used {n} {kind}")?;
                }
                for left in report.left.iter().chain(&report.parts) {
                    writeln!(out, "  left out {}: {}", left.reference, left.reason)?;
                }
            }
        }
    }
    Ok(())
}

/// The policy that was asked for; by default strict for answers and notes: nobody was asked what they do not mention.
pub(super) fn policy(given: Option<&str>, is_answers: bool) -> Policy {
    match given {
        Some("strict") => Policy::Strict,
        None if is_answers => Policy::Strict,
        _ => Policy::Chart,
    }
}

/// The study that `--trial` names: in the store, or in a file.
pub(super) fn study_of(given: &str, data_dir: &DataDir) -> anyhow::Result<Parsed<Study>> {
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
    settling: &Settling,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(out, "{}", format!("{doc}  {}", study.title()).trim_end())?;
    writeln!(out, "patient {patient}, as of {}, policy {}\n", options.as_of, options.policy.as_str())?;
    for result in screening.criteria.iter().chain(&screening.structured) {
        print_result(result, 0, settling, out)?;
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

fn print_result(
    result: &CriterionResult,
    depth: usize,
    settling: &Settling,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
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
        for change in settling.of_criterion(result.id.as_str()) {
            writeln!(out, "{indent}         > would pass if {change}")?;
        }
    }
    if let Some(day) = result.not_before {
        writeln!(
            out,
            "{indent}         > not yet: by the lapse of time alone it passes from {}",
            day.strftime("%-d %B %Y")
        )?;
    }
    for child in &result.children {
        print_result(child, depth + 1, settling, out)?;
    }
    Ok(())
}
