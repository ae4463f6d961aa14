//! `trialway explain`: what the code of a finding means.

use crate::input::BadInput;
use std::io::Write;
use trialway_diagnostics::Explanation;

/// Arguments of `explain`.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  trialway explain ELG001\n  trialway explain")]
pub struct Arguments {
    /// The code; without one, all codes are listed
    code: Option<String>,
}

/// Every kind of finding about a study record.
pub fn of_studies() -> Vec<Explanation> {
    let mut out: Vec<Explanation> = trialway_registry::codes::EXPLANATIONS.to_vec();
    out.extend(trialway_criteria::codes::EXPLANATIONS);
    out.extend(trialway_eligibility::checks::explanations());
    out
}

fn all() -> Vec<Explanation> {
    let mut out = of_studies();
    out.extend(trialway_fhir::codes::EXPLANATIONS);
    out.extend(trialway_omop::codes::EXPLANATIONS);
    out
}

/// An explanation with every line at the margin, whose own lines go on where they were broken for the source.
pub fn tidy(text: &str) -> String {
    const HEADINGS: [&str; 5] = ["Reports", "Why it matters:", "Example:", "What to do:", "Source:"];
    let mut out = String::new();
    for line in text.lines().map(str::trim) {
        let begins = line.is_empty() || HEADINGS.iter().any(|heading| line.starts_with(heading));
        if !out.is_empty() {
            out.push(if begins || out.ends_with('\n') { '\n' } else { ' ' });
        }
        out.push_str(line);
    }
    out.trim_end().to_owned()
}

/// Prints one explanation, or the list.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let Some(code) = &arguments.code else {
        for explanation in all() {
            writeln!(out, "{}  {}", explanation.code, explanation.title)?;
        }
        return Ok(());
    };
    let Some(explanation) = all().into_iter().find(|e| e.code.0.eq_ignore_ascii_case(code)) else {
        return Err(anyhow::Error::new(BadInput(format!(
            "there is no finding with the code `{code}`; `trialway explain` lists them all"
        ))));
    };
    writeln!(out, "{}  {}\n\n{}", explanation.code, explanation.title, tidy(explanation.text))?;
    Ok(())
}
