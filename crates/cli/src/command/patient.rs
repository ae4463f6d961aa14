//! `trialway patient`: what a record says, what of it was used, and what was left out, and why.

use super::Format;
use super::criteria::print_finding;
use crate::record;
use crate::settings::{DataDir, today};
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::Write;
use trialway_diagnostics::{Diagnostic, Parsed};
use trialway_fhir::{Import, ImportReport, Left};
use trialway_patient::{Certainty, Fact, FactKind, Facts, Period, RecordedSex, RecordedStatus, Value};

/// Arguments of `patient`.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  trialway patient bundle.json\n  trialway patient omop-tables/ --format json")]
pub struct Arguments {
    /// A FHIR R4 Bundle with one Patient, a single resource, NDJSON, answers to a questionnaire, or a note in plain text; may be
    /// gzipped; `-` is standard input; or a folder of OMOP CDM tables (CSV) of one person
    file: String,
    /// The day to which "two years ago" of a note is counted [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Reads and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let as_of = arguments.as_of.unwrap_or_else(today);
    let Parsed { value: import, findings } = record::read(&arguments.file, as_of, data_dir)?;
    match arguments.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &to_json(&import, &findings))?;
            writeln!(out)?;
        }
        Format::Text => print(&import, &findings, out)?,
    }
    Ok(())
}

fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Condition => "condition",
        FactKind::Medication => "medicine",
        FactKind::Procedure => "procedure",
        FactKind::Immunization => "vaccine",
        FactKind::Observation => "observation",
        FactKind::Report => "report",
        FactKind::Allergy => "allergy",
        FactKind::Participation => "research",
        FactKind::Consent => "consent",
        FactKind::Derived => "calculated",
    }
}

fn status(status: RecordedStatus) -> Option<&'static str> {
    match status {
        RecordedStatus::Active => Some("active"),
        RecordedStatus::Ended => Some("over"),
        RecordedStatus::Unstated => None,
    }
}

fn sex(sex: Option<RecordedSex>) -> Option<&'static str> {
    sex.map(|sex| match sex {
        RecordedSex::Female => "female",
        RecordedSex::Male => "male",
        RecordedSex::Other => "other",
    })
}

fn value(fact: &Fact) -> Option<String> {
    Some(match fact.value.as_ref()? {
        Value::Quantity { written, unit_written, .. } => format!("{written} {unit_written}").trim_end().to_owned(),
        Value::Titre { written, .. } => written.clone(),
        Value::Detected { written, .. } | Value::Answer { written, .. } => written.clone(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => text.clone(),
        Value::Absent => "no value".to_owned(),
    })
}

fn when(period: &Period) -> Option<String> {
    Some(match (period.start, period.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (Some(start), None) => format!("since {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => return None,
    })
}

fn report(report: &ImportReport) -> Json {
    let list = |all: &[Left]| {
        all.iter().map(|left| json!({"reference": left.reference, "reason": left.reason})).collect::<Vec<_>>()
    };
    json!({"used": report.used, "left": list(&report.left), "parts": list(&report.parts)})
}

/// A record's facts and report.
fn to_json(import: &Import, findings: &[Diagnostic]) -> Json {
    let facts = &import.facts;
    json!({
        "patient": facts.patient,
        "birth": facts.birth.map(|birth| birth.to_string()),
        "sex": sex(facts.sex),
        "deceased": facts.deceased.map(|death| death.to_string()),
        "facts": facts.facts.iter().map(fact).collect::<Vec<_>>(),
        "family": facts.family.iter().map(|relative| json!({
            "source": relative.provenance.reference(),
            "relationship": relative.relationship,
            "label": relative.label,
            "concepts": relative.concepts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "report": report(&import.report),
        "findings": findings.iter().map(|finding| json!({
            "rule": finding.code.0,
            "path": finding.path,
            "message": finding.message,
        })).collect::<Vec<_>>(),
    })
}

fn fact(fact: &Fact) -> Json {
    json!({
        "source": fact.provenance.reference(),
        "path": fact.provenance.path,
        "kind": kind(fact.kind),
        "label": fact.label,
        "concepts": fact.concepts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "codes": fact.codes.iter().map(|coding| format!("{}:{}", coding.system, coding.code)).collect::<Vec<_>>(),
        "value": value(fact),
        "unit": match &fact.value { Some(Value::Quantity { unit, .. }) => unit.clone(), _ => None },
        "range": [fact.reference.0.map(|n| n.to_string()), fact.reference.1.map(|n| n.to_string())],
        "interpretation": fact.interpretation,
        "start": fact.period.start.map(|date| date.to_string()),
        "end": fact.period.end.map(|date| date.to_string()),
        "status": status(fact.status),
        "suspected": fact.certainty == Certainty::Suspected,
        "severity": fact.severity,
        "grades": fact.grades.iter().map(|(scale, ordinals)| json!({"scale": scale.to_string(), "ordinals": ordinals})).collect::<Vec<_>>(),
        "notes": fact.notes,
        "causes": fact.causes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "derivation": fact.derivation.as_ref().map(|derivation| json!({
            "formula": derivation.method.name(),
            "from": derivation.from,
            "inputs": derivation.inputs.iter().map(trialway_patient::Provenance::reference).collect::<Vec<_>>(),
        })),
    })
}

fn print(import: &Import, findings: &[Diagnostic], out: &mut dyn Write) -> anyhow::Result<()> {
    let Facts { patient, birth, sex: recorded, deceased, facts, family } = &import.facts;
    writeln!(
        out,
        "patient {patient}: born {}, sex {}{}",
        birth.map_or_else(|| "not known".to_owned(), |birth| birth.to_string()),
        sex(*recorded).unwrap_or("not known"),
        deceased.map_or_else(String::new, |death| format!(", died {death}")),
    )?;
    let mut last = None;
    let mut sorted: Vec<&Fact> = facts.iter().collect();
    sorted
        .sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| a.label.cmp(&b.label)).then_with(|| a.period.cmp(&b.period)));
    for fact in sorted {
        if last != Some(fact.kind) {
            writeln!(out, "\n{}", kind(fact.kind))?;
            last = Some(fact.kind);
        }
        writeln!(out, "  {}", line(fact))?;
    }
    if !family.is_empty() {
        writeln!(out, "\nrelatives (no criterion is decided by them)")?;
        for relative in family {
            writeln!(out, "  {}: {}", relative.relationship, relative.label)?;
        }
    }
    let report = &import.report;
    let n_used: usize = report.used.values().sum();
    writeln!(out, "\nused {n_used} resources")?;
    for (kind, n) in &report.used {
        writeln!(out, "  {n} {kind}")?;
    }
    // Hundreds of one kind with one reason are one line.
    let mut groups: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for left in &report.left {
        let kind = left.reference.split('/').next().unwrap_or_default();
        groups.entry((kind, &left.reason)).or_default().push(&left.reference);
    }
    writeln!(out, "left out {} resources", report.left.len())?;
    for ((kind, reason), all) in &groups {
        match all.as_slice() {
            [one] => writeln!(out, "  {one}: {reason}")?,
            many => writeln!(out, "  {} {kind}: {reason}", many.len())?,
        }
    }
    let mut parts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for left in &report.parts {
        parts.entry(&left.reason).or_default().push(&left.reference);
    }
    if !parts.is_empty() {
        writeln!(out, "of the used ones, left out")?;
        for (reason, all) in &parts {
            let first = all.first().copied().unwrap_or_default();
            let more = if all.len() > 1 { format!(" and {} more", all.len() - 1) } else { String::new() };
            writeln!(out, "  {first}{more}: {reason}")?;
        }
    }
    for finding in findings {
        print_finding(finding, out)?;
    }
    Ok(())
}

fn line(fact: &Fact) -> String {
    let mut out = fact.label.clone();
    out.extend(value(fact).map(|value| format!(" {value}")));
    out.extend(when(&fact.period).map(|when| format!(", {when}")));
    out.extend(status(fact.status).filter(|_| fact.value.is_none()).map(|status| format!(", {status}")));
    if fact.certainty == Certainty::Suspected {
        out.push_str(", suspected");
    }
    out.extend(fact.severity.as_ref().map(|severity| format!(", {severity}")));
    if let Some(derivation) = &fact.derivation {
        out.push_str(&format!(", by {} from {}", derivation.method.name(), derivation.from));
    }
    let concepts = fact.concepts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let known = if concepts.is_empty() { "known by its words only".to_owned() } else { concepts };
    format!("{out}  [{known}; {}]", fact.provenance.reference())
}
