//! `trialway lint`: what is wrong with eligibility criteria, before others have to read them.

use super::criteria::finding_line;
use crate::ingest::source::sources;
use crate::input::{self, Document, bad};
use crate::reading::Reading;
use crate::sarif::{Held, Lines, Log, Rules};
use crate::settings::{DataDir, runtime};
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use trialway_diagnostics::{Diagnostic, Severity};
use trialway_store::Store;

/// Arguments of `lint`.
#[derive(clap::Args)]
#[command(
    after_help = "Exit status: 0 without errors, 1 with errors, 2 for input that cannot be read.\n\nExamples:\n  trialway lint draft.txt\n  trialway lint NCT06904729.json --format sarif > findings.sarif\n  trialway lint --all --least error\n  trialway explain ELG004"
)]
pub struct Arguments {
    /// Study records or eligibility text; files, directories and archives as for `ingest`; `-` is standard input
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    paths: Vec<String>,
    /// All studies of the store
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    /// The least severity to print
    #[arg(long, value_enum, default_value = "info")]
    least: Least,
    /// Only so many studies, drawn by the seed
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Which studies are drawn
    #[arg(long, value_name = "N", default_value_t = 1, requires = "sample")]
    seed: u64,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For people
    Text,
    /// A line of {"doc", "lint"} for each document
    Json,
    /// SARIF 2.1.0, for editors and review tools
    Sarif,
}

/// A severity as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Least {
    /// Everything
    Info,
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
}

impl Least {
    fn severity(self) -> Severity {
        match self {
            Least::Info => Severity::Info,
            Least::Warning => Severity::Warning,
            Least::Error => Severity::Error,
        }
    }
}

/// Documents read at once.
const BATCH: usize = 512;

/// A document to look at: what to call it, and its bytes.
struct Found {
    place: String,
    bytes: Vec<u8>,
}

/// Reads all and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut session = Session {
        form: arguments.format,
        least: arguments.least.severity(),
        rules: Rules::all(),
        log: Log::default(),
        n_documents: 0,
        n_with_errors: 0,
        n_found: [0; 3],
        n_refused: 0,
        refused: None,
    };
    match arguments.sample {
        None => each_batch(arguments, data_dir, &mut |batch| session.take(batch, out))?,
        Some(n) => {
            let mut drawn = Drawn { n, seed: arguments.seed, kept: BTreeMap::new() };
            each_batch(arguments, data_dir, &mut |batch| {
                drawn.offer(batch);
                Ok(())
            })?;
            let mut kept: Vec<Found> = drawn.kept.into_values().collect();
            kept.sort_by(|a, b| a.place.cmp(&b.place));
            session.take(kept, out)?;
        }
    }
    session.finish(out)
}

/// Hands over the documents, some at a time.
fn each_batch(
    arguments: &Arguments,
    data_dir: &DataDir,
    take: &mut dyn FnMut(Vec<Found>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if arguments.all {
        let runtime = runtime()?;
        let store = runtime.block_on(Store::open(&data_dir.path))?;
        let mut after = None;
        loop {
            let batch = runtime.block_on(async {
                let ids = store.ids_after(after, BATCH as u32).await?;
                after = ids.last().copied().or(after);
                let mut batch = Vec::with_capacity(ids.len());
                for id in ids {
                    batch.extend(
                        store.study(id).await?.map(|stored| Found { place: id.to_string(), bytes: stored.bytes }),
                    );
                }
                anyhow::Ok(batch)
            })?;
            if batch.is_empty() {
                return Ok(());
            }
            take(batch)?;
        }
    }
    let mut batch = Vec::new();
    for path in &arguments.paths {
        if path == "-" {
            batch.push(Found { place: path.clone(), bytes: input::read(path)? });
            continue;
        }
        for source in sources(std::slice::from_ref(path))?.0 {
            for item in source.items() {
                match item.bytes {
                    Ok(bytes) => batch.push(Found { place: item.place, bytes }),
                    Err(reason) => return Err(bad(&item.place, reason)),
                }
                if batch.len() == BATCH {
                    take(std::mem::take(&mut batch))?;
                }
            }
        }
    }
    take(batch)
}

/// The documents with the smallest numbers that the seed gives to their names: the same whatever order they come in.
struct Drawn {
    n: usize,
    seed: u64,
    kept: BTreeMap<(u64, String), Found>,
}

impl Drawn {
    fn offer(&mut self, batch: Vec<Found>) {
        let named: Vec<(String, Found)> = batch
            .into_par_iter()
            .filter_map(|found| {
                let study = trialway_registry::parse_study(&found.bytes).ok()?.value;
                // A study without criteria has nothing to look at.
                study.eligibility.text.as_ref()?;
                Some((study.doc, found))
            })
            .collect();
        for (doc, found) in named {
            self.kept.insert((number(self.seed, &doc), doc.clone()), Found { place: doc, ..found });
            while self.kept.len() > self.n {
                self.kept.pop_last();
            }
        }
    }
}

/// FNV-1a over the seed and a name, stirred (Stafford 2011).
pub(super) fn number(seed: u64, name: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in seed.to_le_bytes().into_iter().chain(name.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

struct Session {
    form: Form,
    least: Severity,
    rules: Rules,
    log: Log,
    n_documents: usize,
    n_with_errors: usize,
    /// Infos, warnings, errors.
    n_found: [usize; 3],
    n_refused: usize,
    refused: Option<anyhow::Error>,
}

impl Session {
    fn take(&mut self, batch: Vec<Found>, out: &mut dyn Write) -> anyhow::Result<()> {
        let read: Vec<(String, Held, anyhow::Result<Reading>)> = batch
            .into_par_iter()
            .map(|found| {
                let Found { place, bytes } = found;
                match input::document_of(&place, bytes) {
                    Ok(document) => {
                        let held = if matches!(document, Document::Text(_)) { Held::Alone } else { Held::InRecord };
                        let reading = Reading::of(document, &input::name(&place));
                        (place, held, Ok(reading))
                    }
                    Err(error) => (place, Held::Alone, Err(error)),
                }
            })
            .collect();
        for (place, held, reading) in read {
            match reading {
                Ok(reading) => self.one(&place, held, &reading, out)?,
                Err(error) => {
                    self.n_refused += 1;
                    if let Some(earlier) = self.refused.replace(error) {
                        eprint_line(&earlier);
                    }
                }
            }
        }
        Ok(())
    }

    fn one(&mut self, place: &str, held: Held, reading: &Reading, out: &mut dyn Write) -> anyhow::Result<()> {
        self.n_documents += 1;
        let findings: Vec<&Diagnostic> =
            reading.findings.iter().filter(|finding| finding.severity >= self.least).collect();
        let [infos, warnings, errors] = &mut self.n_found;
        let mut with_errors = false;
        for finding in &reading.findings {
            match finding.severity {
                Severity::Info => *infos += 1,
                Severity::Warning => *warnings += 1,
                Severity::Error => *errors += 1,
            }
            with_errors |= finding.severity == Severity::Error;
        }
        self.n_with_errors += usize::from(with_errors);
        match self.form {
            Form::Text => {
                let lines = Lines::new(&reading.text);
                for finding in findings {
                    let place = finding.span.map(|span| lines.place(span.start));
                    let place = place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
                    writeln!(out, "{}{place}: {}", reading.doc, finding_line(finding))?;
                }
            }
            Form::Json => {
                let lint: Vec<_> = findings.into_iter().map(crate::json::lint).collect();
                serde_json::to_writer(&mut *out, &json!({"doc": reading.doc, "lint": lint}))?;
                writeln!(out)?;
            }
            Form::Sarif => self.log.add(place, &reading.text, held, &findings, &self.rules),
        }
        Ok(())
    }

    fn finish(self, out: &mut dyn Write) -> anyhow::Result<()> {
        if let Some(error) = self.refused {
            if self.n_documents == 0 && self.n_refused == 1 {
                return Err(error);
            }
            eprint_line(&error);
        }
        let [infos, warnings, errors] = self.n_found;
        match self.form {
            Form::Text => writeln!(
                out,
                "{}: {}, {}, {} notes",
                counted(self.n_documents, "document"),
                counted(errors, "error"),
                counted(warnings, "warning"),
                infos
            )?,
            Form::Json => {}
            Form::Sarif => {
                serde_json::to_writer_pretty(&mut *out, &self.log.finish(&self.rules))?;
                writeln!(out)?;
            }
        }
        out.flush()?;
        if errors > 0 {
            let (found, of) = (counted(errors, "error"), counted(self.n_documents, "document"));
            return Err(anyhow::anyhow!(
                "{found} in {} of {of}; `trialway explain CODE` says more",
                self.n_with_errors
            ));
        }
        if self.n_documents == 0 && self.n_refused > 0 {
            return Err(anyhow::anyhow!("all {} documents were refused", self.n_refused));
        }
        Ok(())
    }
}

fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

fn eprint_line(error: &anyhow::Error) {
    let _ = writeln!(std::io::stderr(), "trialway: {error:#}");
}
