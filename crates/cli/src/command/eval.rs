//! `trialway eval`: what is measured in public, see docs/evaluation.md. No expected answer is read here.

use crate::input;
use crate::settings::DataDir;
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use trialway_criteria::Kind;
use trialway_ranking::{Document, Index, Profile};
use trialway_search::{Query, Search};
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
    /// Rank the pooled documents of each query
    Rank {
        /// Lines `{"id", "title", "text"}`, and `"study"` where known
        #[arg(long)]
        corpus: String,
        /// Lines `{"id", "text"}`
        #[arg(long)]
        queries: String,
        /// Lines `query<TAB>doc`
        #[arg(long)]
        pool: String,
        /// Where the lines `query<TAB>doc<TAB>rank<TAB>score` go
        #[arg(long)]
        out: String,
        /// Rank by plain BM25 of all words instead, to compare
        #[arg(long, value_parser = ["bm25"])]
        baseline: Option<String>,
    },
    /// Search the stored studies for each query, to see what is found
    Find {
        /// Lines `id<TAB>words`
        #[arg(long)]
        queries: String,
        /// Where the lines `query<TAB>study<TAB>rank` go
        #[arg(long)]
        out: String,
        /// Search by plain BM25 of the same index instead: any word, all fields alike, or with the fields' weights
        #[arg(long, value_parser = ["bm25", "bm25-weighted"])]
        baseline: Option<String>,
        /// Studies that are given for a query
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Time each step from a patient's file to the list, several times in one process
    Match {
        /// Notes or records
        #[arg(required = true)]
        patients: Vec<String>,
        /// How often each
        #[arg(long, default_value_t = 5)]
        runs: usize,
    },
}

/// A note is read as written on this day; ages and times in it are relative, so that any day gives the same.
const DAY: Date = Date::constant(2026, 1, 1);

/// Measures.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    match &arguments.what {
        What::Find { queries, out: to, baseline, limit } => {
            find(queries, to, baseline.as_deref(), *limit, data_dir, out)
        }
        What::CriterionPairs { file, out: to } => pairs(file, to, out),
        What::Rank { corpus, queries, pool, out: to, baseline } => {
            rank(&Files { corpus, queries, pool, to }, baseline.is_some(), out)
        }
        What::Match { patients, runs } => super::matches::timed(patients, *runs, data_dir, out),
    }
}

fn find(
    queries: &str,
    to: &str,
    baseline: Option<&str>,
    limit: usize,
    data_dir: &DataDir,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let bytes = input::read(queries)?;
    let text = String::from_utf8(bytes).map_err(|_| input::bad(queries, "is not UTF-8"))?;
    let (search, _) = Search::open(&data_dir.path, Terminology::builtin())?;
    let mut file =
        BufWriter::new(File::create(to).map_err(|error| input::bad(to, format!("cannot be written ({error})")))?);
    let mut n = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (id, words) = line
            .split_once('\t')
            .ok_or_else(|| input::bad(queries, format!("`{line}` has no tab; give lines `id<TAB>words`")))?;
        let ids: Vec<String> = match baseline {
            Some(kind) => search.plain(words, kind == "bm25-weighted", limit)?,
            None => {
                let query = Query { text: words.to_owned(), limit, ..Query::default() };
                search.search(&query)?.hits.into_iter().map(|hit| hit.card.nct_id).collect()
            }
        };
        for (at, study) in ids.iter().enumerate() {
            writeln!(file, "{id}\t{study}\t{}", at + 1)?;
        }
        n += 1;
    }
    file.flush()?;
    writeln!(out, "{n} queries, studies in {to}")?;
    Ok(())
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
            serde_json::from_str(line).map_err(|error| {
                input::bad(file, format!("line {} is not JSON ({error}); give one object a line", number + 1))
            })
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

struct Files<'a> {
    corpus: &'a str,
    queries: &'a str,
    pool: &'a str,
    to: &'a str,
}

fn rank(files: &Files<'_>, baseline: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let terminology = Terminology::builtin();
    let corpus = lines(files.corpus)?;
    let documents: Vec<Document> = corpus
        .par_iter()
        .enumerate()
        .map(|(number, line)| {
            let id = field(line, "id", files.corpus, number)?;
            let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default();
            let Some(study) = line.get("study") else {
                return Ok(Document::of_text(id, text("title"), text("text"), terminology));
            };
            let parsed = trialway_registry::parse_study(study.to_string().as_bytes())
                .map_err(|error| input::bad(files.corpus, format!("line {}: {error}", number + 1)))?;
            let tree = trialway_criteria::parse(parsed.value.eligibility.text.as_deref().unwrap_or_default());
            let logic = trialway_eligibility::lower_study(&parsed.value, &tree, terminology);
            Ok(Document::of_study(id, &parsed.value, logic, terminology))
        })
        .collect::<anyhow::Result<_>>()?;
    let places: BTreeMap<String, usize> =
        documents.iter().enumerate().map(|(index, document)| (document.id.clone(), index)).collect();
    let index = Index::new(documents, terminology);
    let pool = pool(files, &places)?;
    let queries = lines(files.queries)?;
    let ranked: Vec<String> = queries
        .par_iter()
        .enumerate()
        .map(|(number, line)| {
            let id = field(line, "id", files.queries, number)?;
            let text = field(line, "text", files.queries, number)?;
            let pooled = pool.get(id).map(Vec::as_slice).unwrap_or_default();
            let scored = if baseline {
                index.baseline(text, pooled)
            } else {
                let note = trialway_note::read(text, DAY, terminology);
                let profile = Profile::of(&note, text, terminology);
                index.rank(&profile, &note.facts, DAY, pooled, terminology)
            };
            let mut lines = String::new();
            for (rank, scored) in scored.iter().enumerate() {
                let doc = index.documents.get(scored.document).map_or("", |document| document.id.as_str());
                let _ = writeln!(lines, "{id}\t{doc}\t{}\t{:.6}", rank + 1, scored.score);
            }
            Ok(lines)
        })
        .collect::<anyhow::Result<_>>()?;
    let mut written = create(files.to)?;
    for lines in &ranked {
        written.write_all(lines.as_bytes())?;
    }
    written.flush()?;
    writeln!(out, "{} queries ranked in {}", ranked.len(), files.to)?;
    Ok(())
}

/// The documents to rank for each query, as indexes; documents that the corpus lacks are bad input.
fn pool(files: &Files<'_>, places: &BTreeMap<String, usize>) -> anyhow::Result<BTreeMap<String, Vec<usize>>> {
    let text = String::from_utf8(input::read(files.pool)?).map_err(|_| input::bad(files.pool, "is not UTF-8"))?;
    let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |what: &str| input::bad(files.pool, format!("line {}: {what}", number + 1));
        let (query, doc) = line.split_once('\t').ok_or_else(|| wrong("give a query, a tab and a document"))?;
        let place = places.get(doc.trim()).ok_or_else(|| wrong("the corpus has no such document; add it"))?;
        out.entry(query.to_owned()).or_default().push(*place);
    }
    Ok(out)
}
