//! `trialway draft`: a study in plain sentences, each with its source; sentences of many studies drawn for a second reader; a
//! block that a model drafts.

use super::Format;
use super::coverage::lot;
use super::criteria::read_study;
use crate::ingest::source::batches;
use crate::settings::{DataDir, Settings, runtime};
use crate::trial::trial;
use crate::{input, model};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::io::Write;
use trialway_editorial::written;
use trialway_language::draft::model::accepted;
use trialway_language::{Draft, Sentence, Words, draft};
use trialway_store::{ModelDraft, Store};
use trialway_study::{NctId, Study};
use trialway_terminology::Terminology;

/// Arguments of `draft`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway draft NCT06904729.json\n  trialway draft NCT06904729 --data-dir store --format json\n  trialway draft --draw 100 --seed 7 studies.ndjson.gz\n  trialway draft NCT06904729 --model --config trialway.toml"
)]
pub struct Arguments {
    /// A study record or the NCT id of a study in the store; with --draw any number of records, as for `ingest`
    paths: Vec<String>,
    /// Draw so many sentences instead, for a second reader: study, id, part, sentence, source
    #[arg(long, value_name = "N")]
    draw: Option<usize>,
    /// Which ones are drawn; the same seed draws the same ones of the same records
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Let the model of the configuration draft a block from public fields; it is kept where it passes every check
    #[arg(long, conflicts_with = "draw")]
    model: bool,
    /// Forget what a model drafted of this study
    #[arg(long, conflicts_with_all = ["draw", "model"])]
    forget: bool,
    /// A configuration file (TOML) with the section `model`
    #[arg(long, value_name = "FILE", env = "TRIALWAY_CONFIG")]
    config: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Drafts and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    if let Some(n) = arguments.draw {
        return drawn(arguments, n, out);
    }
    let [given] = arguments.paths.as_slice() else {
        return Err(input::bad("draft", "wants one study, or --draw N with records to draw from"));
    };
    if arguments.model || arguments.forget {
        return block(arguments, given, data_dir, out);
    }
    let trial = trial(given, data_dir)?;
    let made = draft(&trial.study.value, &trial.logic(), Words::english(), Terminology::builtin());
    match arguments.format {
        Format::Json => {
            let parts: serde_json::Map<String, Value> = parts(&made)
                .into_iter()
                .map(|(name, _, sentences)| (name.to_owned(), sentences.iter().map(as_json).collect()))
                .collect();
            let withheld: Vec<Value> = made
                .withheld
                .iter()
                .map(|one| {
                    let faults: Vec<String> = one.faults.iter().map(ToString::to_string).collect();
                    json!({"sentence": as_json(&one.sentence), "faults": faults})
                })
                .collect();
            let document = json!({"doc": trial.doc, "parts": parts, "withheld": withheld});
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)?;
        }
        Format::Text => {
            for (_, heading, sentences) in parts(&made).iter().filter(|(_, _, sentences)| !sentences.is_empty()) {
                writeln!(out, "{heading}")?;
                for sentence in *sentences {
                    writeln!(out, "  {}", sentence.words)?;
                    for source in &sentence.sources {
                        writeln!(out, "      < {}", place(source))?;
                    }
                }
            }
            for one in &made.withheld {
                let faults: Vec<String> = one.faults.iter().map(ToString::to_string).collect();
                writeln!(out, "withheld: {} ({})", one.sentence.words, faults.join("; "))?;
            }
        }
    }
    Ok(())
}

type Part<'a> = (&'static str, &'static str, &'a [Sentence]);

fn parts(made: &Draft) -> [Part<'_>; 6] {
    [
        ("gist", "In one sentence", &made.gist),
        ("about", "What it studies", &made.about),
        ("part", "What taking part involves", &made.part),
        ("fits", "This study may fit people who …", &made.fits),
        ("unfits", "This study may not fit people who …", &made.unfits),
        ("matters", "Why it matters", &made.matters),
    ]
}

fn place(source: &trialway_language::Source) -> String {
    let what = if source.passage.is_empty() { &source.written } else { &source.passage };
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    match (&source.criterion, source.span) {
        (Some(id), Some(span)) => format!("{id} [{}, {}): {what}", span.start, span.end),
        _ => format!("{}: {what}", source.path),
    }
}

fn as_json(sentence: &Sentence) -> Value {
    let sources: Vec<Value> = sentence
        .sources
        .iter()
        .map(|source| {
            json!({
                "path": source.path,
                "criterion": source.criterion.as_ref().map(ToString::to_string),
                "span": source.span.map(|span| [span.start, span.end]),
                "text": if source.passage.is_empty() { &source.written } else { &source.passage },
            })
        })
        .collect();
    json!({"text": sentence.words, "template": sentence.template, "grade": (sentence.grade() * 10.0).round() / 10.0, "sources": sources})
}

/// Records read at once.
const BATCH: usize = 256;

/// Draws sentences of many records and prints a line for each.
fn drawn(arguments: &Arguments, n: usize, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut all: Vec<(u64, String)> = Vec::new();
    batches(&arguments.paths, BATCH, |records| {
        all.par_extend(records.par_iter().flat_map_iter(|bytes| lines(bytes, arguments.seed)));
        all.sort();
        all.truncate(n);
        Ok(())
    })?;
    writeln!(out, "study\tid\tpart\tsentence\tsource")?;
    for (_, line) in &all {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn lines(bytes: &[u8], seed: u64) -> Vec<(u64, String)> {
    let Ok(parsed) = trialway_registry::parse_study(bytes) else { return Vec::new() };
    let study = parsed.value;
    let made = draft(&study, &read_study(&study), Words::english(), Terminology::builtin());
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = Vec::new();
    for (part, heading, sentences) in parts(&made) {
        let lead = if matches!(part, "fits" | "unfits") { heading.trim_end_matches('…') } else { "" };
        for (at, sentence) in sentences.iter().enumerate() {
            let id = format!("{part}.{}", at + 1);
            let sources: Vec<String> = sentence.sources.iter().map(place).collect();
            let words = flat(&format!("{lead}{}", sentence.words));
            out.push((
                lot(seed, &study.doc, &id),
                format!("{}\t{id}\t{part}\t{words}\t{}", study.doc, flat(&sources.join(" | "))),
            ));
        }
    }
    out
}

/// Lets a model draft a block of a stored study, or forgets it.
fn block(arguments: &Arguments, given: &str, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let id = NctId::parse(given).ok_or_else(|| input::bad(given, "is no NCT id; a model drafts for a stored study"))?;
    if !Store::is_in(&data_dir.path) {
        return Err(input::bad(&data_dir.path.display().to_string(), "holds no studies; ingest some first"));
    }
    let runtime = runtime()?;
    let store = runtime.block_on(Store::open(&data_dir.path))?;
    if arguments.forget {
        runtime.block_on(store.drop_model_draft(id))?;
        writeln!(out, "forgotten: what a model drafted of {id}")?;
        return Ok(());
    }
    let settings = Settings::read(arguments.config.as_deref())?;
    let Some(settings) = settings.model else {
        return Err(input::bad("model", "is not configured; docs/configuration.md says how, and pages do without it"));
    };
    let stored =
        runtime.block_on(store.study(id))?.ok_or_else(|| input::bad(given, "is not in the store; ingest it first"))?;
    let study: Study = trialway_registry::parse_study(&stored.bytes)?.value;
    let proposed = model::ask(&study, &settings)?;
    match accepted(&study, &proposed) {
        Ok(sentences) => {
            let kept = ModelDraft {
                nct_id: id,
                content_hash: stored.content_hash.clone(),
                model: settings.name.clone(),
                drafted_at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                sentences: written(&proposed),
            };
            runtime.block_on(store.put_model_draft(&kept))?;
            writeln!(
                out,
                "kept: {} sentences of {}, shown on the page of {id} with the model's name",
                sentences.len(),
                kept.model
            )?;
            for sentence in &sentences {
                writeln!(out, "  {}", sentence.words)?;
            }
            Ok(())
        }
        Err(refused) => {
            for (words, faults) in &refused {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                writeln!(out, "refused: {words} ({})", faults.join("; "))?;
            }
            anyhow::bail!(
                "the block of {} was not kept: {} of its sentences did not pass",
                settings.name,
                refused.len()
            )
        }
    }
}
