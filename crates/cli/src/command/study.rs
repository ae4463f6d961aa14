//! `trialway study`: what a study record says.

use super::criteria::print_finding;
use crate::input::{self, Document};
use std::io::Write;

/// Arguments of `study`.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  trialway study NCT06904729.json")]
pub struct Arguments {
    /// A study record (API v2 JSON or legacy XML); may be gzipped; `-` is standard input
    file: String,
}

/// Reads and prints.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let Document::Study(parsed) = input::document(&arguments.file)? else {
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
    for finding in &parsed.findings {
        print_finding(finding, out)?;
    }
    Ok(())
}
