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

fn all() -> impl Iterator<Item = &'static Explanation> {
    trialway_registry::codes::EXPLANATIONS
        .iter()
        .chain(trialway_criteria::codes::EXPLANATIONS)
        .chain(trialway_eligibility::codes::EXPLANATIONS)
        .chain(trialway_fhir::codes::EXPLANATIONS)
}

/// Prints one explanation, or the list.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let Some(code) = &arguments.code else {
        for explanation in all() {
            writeln!(out, "{}  {}", explanation.code, explanation.title)?;
        }
        return Ok(());
    };
    let Some(explanation) = all().find(|e| e.code.0.eq_ignore_ascii_case(code)) else {
        return Err(anyhow::Error::new(BadInput(format!(
            "there is no finding with the code `{code}`; `trialway explain` lists them all"
        ))));
    };
    writeln!(out, "{}  {}\n\n{}", explanation.code, explanation.title, explanation.text)?;
    Ok(())
}
