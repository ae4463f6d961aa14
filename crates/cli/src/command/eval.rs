//! `trialway eval`: what is measured in public, see docs/evaluation.md. No expected answer is read here.

use crate::input;
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;
use std::fs::File;
use std::io::{BufWriter, Write};
use trialway_criteria::Kind;
use trialway_terminology::Terminology;

/// Arguments of `eval`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Label pairs of a note and a criterion as experts do
    CriterionPairs {
        /// Lines `{"id", "note", "kind", "criterion", "trial_title"}`
        file: String,
        /// Where the lines `{"id", "prediction"}` go
        #[arg(long)]
        out: String,
    },
}

/// A note is read as written on this day; ages and times in it are relative, so that any day gives the same.
const DAY: Date = Date::constant(2026, 1, 1);

/// Measures.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    match &arguments.what {
        What::CriterionPairs { file, out: to } => pairs(file, to, out),
    }
}

/// The lines of a file, as JSON.
fn lines(file: &str) -> anyhow::Result<Vec<Value>> {
    let bytes = input::read(file)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| input::bad(file, format!("byte {} is not UTF-8", error.utf8_error().valid_up_to())))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line)
                .map_err(|error| input::bad(file, format!("line {} is not JSON ({error}); give one object a line", number + 1)))
        })
        .collect()
}

fn field<'a>(line: &'a Value, name: &str, file: &str, number: usize) -> anyhow::Result<&'a str> {
    line.get(name)
        .and_then(Value::as_str)
        .ok_or_else(|| input::bad(file, format!("line {} has no text `{name}`; add it", number + 1)))
}

fn create(file: &str) -> anyhow::Result<BufWriter<File>> {
    File::create(file)
        .map(BufWriter::new)
        .map_err(|error| input::bad(file, format!("cannot be written ({error}); check the path")))
}

fn pairs(file: &str, to: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let terminology = Terminology::builtin();
    let lines = lines(file)?;
    let labels: Vec<String> = lines
        .par_iter()
        .enumerate()
        .map(|(number, line)| {
            let text = |name: &str| field(line, name, file, number);
            let kind = match text("kind")? {
                "inclusion" => Kind::Inclusion,
                "exclusion" => Kind::Exclusion,
                other => {
                    let what = format!("line {}: kind is `{other}`; give inclusion or exclusion", number + 1);
                    return Err(input::bad(file, what));
                }
            };
            let note = trialway_note::read(text("note")?, DAY, terminology);
            let label = trialway_ranking::label(&note, DAY, kind, text("criterion")?, terminology);
            let id = line.get("id").cloned().unwrap_or(Value::Null);
            Ok(serde_json::json!({"id": id, "prediction": label.as_str()}).to_string())
        })
        .collect::<anyhow::Result<_>>()?;
    let mut written = create(to)?;
    for label in &labels {
        writeln!(written, "{label}")?;
    }
    written.flush()?;
    writeln!(out, "{} pairs labelled in {to}", labels.len())?;
    Ok(())
}
