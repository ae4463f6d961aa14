//! `trialway screen`: one patient's record against one study.

use super::criteria::print_finding;
use crate::input;
use crate::json;
use crate::paint::paint;
use crate::record;
use crate::settings::{DataDir, today};
use crate::settling::Settling;
use crate::trial::{Trial, trial};
use anstyle::AnsiColor;
use jiff::civil::Date;
use std::io::Write;
use trialway_cohort::Versions;
use trialway_diagnostics::Parsed;
use trialway_fhir::Import;
use trialway_matching::{CriterionResult, Effect, Options, Policy, Screening, Verdict, in_english, screen};
use trialway_report::{Language, Report, Sheet};
use trialway_study::Study;
use trialway_terminology::Terminology;

/// Arguments of `screen`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway screen --trial NCT06904729.json --patient bundle.json\n  trialway screen --trial study.xml --patient bundle.json --as-of 2026-06-15 --policy strict --format json\n  trialway screen --trial NCT06904729 --patient bundle.json --format pdf --out report.pdf"
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
    /// How to print; `html` and `pdf` are a report for the clinician
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    /// Write here instead of to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    /// For the PDF: a font file (TrueType, OpenType) for characters that the built-in one lacks, such as Chinese; may be repeated
    #[arg(long, value_name = "FILE")]
    font: Vec<String>,
    /// Also print what of the record was used and what was left out, and why
    #[arg(long)]
    explain: bool,
}

/// How to print a screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For people
    Text,
    /// For programs, as the contract says
    Json,
    /// A report in one file, to print or to keep
    Html,
    /// The same as PDF
    Pdf,
}

/// Screens and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    input::print(arguments.out.as_deref(), out, |out| to(arguments, data_dir, out))
}

fn to(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let trial = trial(&arguments.trial, data_dir)?;
    let logic = trial.logic();
    let Trial { study: Parsed { value: study, findings: study_findings }, doc, record, .. } = trial;
    let as_of = arguments.as_of.unwrap_or_else(today);
    let Parsed { value: Import { facts, report: import, is_answers }, findings } =
        record::read(&arguments.patient, as_of, data_dir)?;
    let terminology = Terminology::builtin();
    let policy = policy(arguments.policy.as_deref(), is_answers);
    let options = Options { as_of, policy, trial: Some(doc.clone()) };
    let screening = screen(&logic, &facts, &options, terminology);
    let settling = Settling::of(&study, &logic, &screening, &facts, &options);
    match arguments.format {
        Form::Json => {
            let mut shown = json::screening(&doc, &facts.patient, &as_of.to_string(), policy.as_str(), &screening);
            settling.put(&mut shown);
            serde_json::to_writer_pretty(&mut *out, &shown)?;
            writeln!(out)?;
        }
        Form::Html | Form::Pdf => {
            let versions = Versions {
                trial: doc,
                record,
                engine: format!("trialway {}", env!("CARGO_PKG_VERSION")),
                terminology: Terminology::version().to_owned(),
                as_of: as_of.to_string(),
                policy: policy.as_str().to_owned(),
            };
            let report = Report {
                language: Language::English,
                is_asked_here: false,
                title: study.title(),
                patient: &facts.patient,
                versions: &versions,
                made_on: &today().to_string(),
                screening: &screening,
                used: import.used.values().sum(),
                left: &import.left,
            };
            if arguments.format == Form::Html {
                out.write_all(trialway_report::html(report.sheet())?.as_bytes())?;
            } else {
                write_pdf(&report.sheet(), &arguments.font, out)?;
            }
        }
        Form::Text => {
            print(&doc, &study, &facts.patient, &options, &screening, &settling, out)?;
            for finding in study_findings.iter().chain(&findings) {
                print_finding(finding, out)?;
            }
            if arguments.explain {
                writeln!(out, "\nOf the record:")?;
                for (kind, n) in &import.used {
                    writeln!(out, "  used {n} {kind}")?;
                }
                for left in import.left.iter().chain(&import.parts) {
                    writeln!(out, "  left out {}: {}", left.reference, left.reason)?;
                }
            }
        }
    }
    Ok(())
}

/// Writes a sheet as PDF with further fonts, and says which characters none of them has.
pub(super) fn write_pdf(sheet: &Sheet, fonts: &[String], out: &mut dyn Write) -> anyhow::Result<()> {
    let fonts: Vec<(String, Vec<u8>)> =
        fonts.iter().map(|file| Ok((input::name(file), input::read(file)?))).collect::<anyhow::Result<_>>()?;
    let written = trialway_report::pdf(sheet, &fonts)?;
    if !written.missing.is_empty() {
        let missing: String = written.missing.iter().take(20).collect();
        writeln!(
            std::io::stderr(),
            "trialway: no font has these characters, they are boxes in the PDF: {missing}; give one with --font"
        )?;
    }
    out.write_all(&written.bytes)?;
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
            writeln!(out, "{indent}         - {}{stale}", evidence.text())?;
        }
        for need in in_english(&result.needs).iter().take(4) {
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
