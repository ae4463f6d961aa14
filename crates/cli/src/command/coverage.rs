//! `trialway coverage`: how much of the criteria of many studies is read, and what is not.

use super::Format;
use super::criteria::read_study;
use crate::ingest::source::batches;
use crate::settings::{DataDir, runtime};
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use trialway_eligibility::expr::{Expr, Firmness, Test};
use trialway_eligibility::{Coverage, CriterionLogic, unread_stretches};
use trialway_registry::parse_study;
use trialway_store::Store;
use trialway_terminology::Terminology;

/// Arguments of `coverage`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway coverage studies.ndjson.gz\n  trialway coverage --data-dir store --top 50\n  trialway coverage NCT06904729.json --each"
)]
pub struct Arguments {
    /// Study records, as for `ingest`; none for all studies of the store
    paths: Vec<String>,
    /// How many of the most frequent unread phrases to list
    #[arg(long, default_value_t = 30)]
    top: usize,
    /// Draw so many wholly computed criteria instead, for a second reader: id, span, words, reading
    #[arg(long, value_name = "N")]
    draw: Option<usize>,
    /// Which ones are drawn; the same seed draws the same ones of the same records
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Also a line for each study
    #[arg(long)]
    each: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// What was found in one study.
struct One {
    doc: String,
    coverage: Coverage,
    unread: Vec<String>,
    drawn: Vec<Drawn>,
}

/// A wholly computed criterion as a second reader sees it.
struct Drawn {
    /// Its place among all, by which the lowest are drawn.
    lot: u64,
    line: String,
}

/// Studies read at once.
const BATCH: usize = 512;

/// Reads all and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut total = Coverage::default();
    let mut n_studies = 0_usize;
    let mut n_without = 0_usize;
    let mut phrases: BTreeMap<String, usize> = BTreeMap::new();
    let mut each = Vec::new();
    let mut drawn: Vec<Drawn> = Vec::new();
    let wanted = arguments.draw.map(|n| (n, arguments.seed));
    let mut take = |records: &[Vec<u8>], out: &mut dyn Write| -> anyhow::Result<()> {
        let read: Vec<One> = records.par_iter().filter_map(|bytes| one(bytes, wanted)).collect();
        for one in read {
            drawn.extend(one.drawn);
            if let Some((n, _)) = wanted.filter(|(n, _)| drawn.len() > 64 * n) {
                drawn.sort_by(|a, b| a.lot.cmp(&b.lot).then_with(|| a.line.cmp(&b.line)));
                drawn.truncate(n);
            }
            n_studies += 1;
            n_without += usize::from(one.coverage.n_criteria == 0);
            add(&mut total, &one.coverage);
            for phrase in one.unread {
                *phrases.entry(phrase).or_default() += 1;
            }
            if arguments.each {
                match arguments.format {
                    Format::Text => writeln!(out, "{}  {}", one.doc, line(&one.coverage))?,
                    Format::Json => {
                        each.push(json!({"doc": one.doc, "coverage": crate::json::coverage(&one.coverage)}))
                    }
                }
            }
        }
        Ok(())
    };
    if arguments.paths.is_empty() {
        let runtime = runtime()?;
        let store = runtime.block_on(Store::open(&data_dir.path))?;
        let mut after = None;
        loop {
            let records = runtime.block_on(async {
                let ids = store.ids_after(after, BATCH as u32).await?;
                after = ids.last().copied().or(after);
                let mut records = Vec::with_capacity(ids.len());
                for id in ids {
                    records.extend(store.study(id).await?.map(|stored| stored.bytes));
                }
                anyhow::Ok(records)
            })?;
            if records.is_empty() {
                break;
            }
            take(&records, out)?;
        }
    } else {
        batches(&arguments.paths, BATCH, |batch| take(batch, out))?;
    }
    if let Some((n, _)) = wanted {
        drawn.sort_by(|a, b| a.lot.cmp(&b.lot).then_with(|| a.line.cmp(&b.line)));
        writeln!(out, "study\tid\tfrom\tto\twords\treading")?;
        for one in drawn.iter().take(n) {
            writeln!(out, "{}", one.line)?;
        }
        return Ok(());
    }
    let mut frequent: Vec<(String, usize)> = phrases.into_iter().collect();
    frequent.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    frequent.truncate(arguments.top);
    match arguments.format {
        Format::Json => {
            let phrases: Vec<_> = frequent.iter().map(|(phrase, n)| json!({"phrase": phrase, "n": n})).collect();
            let document = json!({
                "studies": n_studies,
                "without_criteria": n_without,
                "coverage": crate::json::coverage(&total),
                "unread": phrases,
                "each": each,
            });
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)?;
        }
        Format::Text => {
            writeln!(out, "{n_studies} studies, {n_without} without criteria")?;
            writeln!(out, "{}", line(&total))?;
            if !frequent.is_empty() {
                writeln!(out, "\nnot read most often:")?;
            }
            for (phrase, n) in frequent {
                writeln!(out, "{n:>7}  {phrase}")?;
            }
        }
    }
    Ok(())
}

fn one(bytes: &[u8], wanted: Option<(usize, u64)>) -> Option<One> {
    let study = parse_study(bytes).ok()?.value;
    let logic = read_study(&study);
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    let unread = unread_stretches(&logic, text)
        .into_iter()
        .filter_map(|span| text.get(span.start..span.end))
        .map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
        .filter(|words| words.chars().any(char::is_alphabetic))
        .collect();
    let mut drawn = Vec::new();
    if let Some((n, seed)) = wanted {
        for criterion in &logic.criteria {
            draw(criterion, &study.doc, text, seed, &mut drawn);
        }
        drawn.sort_by_key(|one: &Drawn| one.lot);
        drawn.truncate(n);
    }
    Some(One { doc: study.doc, coverage: logic.coverage, unread, drawn })
}

/// Adds a criterion and those below it, where they are wholly computed and ask something of their own.
fn draw(criterion: &CriterionLogic, doc: &str, text: &str, seed: u64, out: &mut Vec<Drawn>) {
    let (mut n_atoms, mut whole) = (0, true);
    criterion.logic.for_each_leaf(&mut |leaf| match leaf {
        Expr::Atom(atom) if atom.firmness == Firmness::Tentative => whole = false,
        Expr::Atom(atom) if !matches!(atom.test, Test::Judgement(_) | Test::Consent(_)) => n_atoms += 1,
        Expr::Node(_) => {}
        _ => whole = false,
    });
    if whole && n_atoms > 0 {
        let reading = trialway_language::read(&criterion.logic, text, Terminology::builtin()).words;
        let span = criterion.own_span;
        let words = criterion.own.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let line = format!("{doc}\t{}\t{}\t{}\t{words}\t{reading}", criterion.id, span.start, span.end);
        out.push(Drawn { lot: lot(seed, doc, &criterion.id.to_string()), line });
    }
    for child in &criterion.children {
        draw(child, doc, text, seed, out);
    }
}

/// A number that looks drawn, the same on every machine (FNV-1a, 64 bits).
pub(super) fn lot(seed: u64, doc: &str, id: &str) -> u64 {
    let bytes = seed.to_le_bytes();
    let all = bytes.iter().chain(doc.as_bytes()).chain(b"/").chain(id.as_bytes());
    let mixed =
        all.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    // The last bytes alone would move only the low digits.
    (mixed ^ (mixed >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn add(total: &mut Coverage, one: &Coverage) {
    total.n_criteria += one.n_criteria;
    total.n_computed += one.n_computed;
    total.n_by_name += one.n_by_name;
    total.n_nothing += one.n_nothing;
    total.n_partly += one.n_partly;
    total.n_judgement += one.n_judgement;
    total.n_unread += one.n_unread;
    total.n_bytes += one.n_bytes;
    total.n_unread_bytes += one.n_unread_bytes;
}

fn line(coverage: &Coverage) -> String {
    let share = |n: usize, of: usize| if of == 0 { 0.0 } else { 100.0 * n as f64 / of as f64 };
    let of = coverage.n_criteria;
    format!(
        "{of} criteria: {} computed ({:.1}%; {:.1}% known by name alone), {} ask nothing ({:.1}%), {} judgement or consent ({:.1}%), {} partly ({:.1}%), {} not read ({:.1}%); {:.1}% of the text not read",
        coverage.n_computed,
        share(coverage.n_computed, of),
        share(coverage.n_by_name, of),
        coverage.n_nothing,
        share(coverage.n_nothing, of),
        coverage.n_judgement,
        share(coverage.n_judgement, of),
        coverage.n_partly,
        share(coverage.n_partly, of),
        coverage.n_unread,
        share(coverage.n_unread, of),
        share(coverage.n_unread_bytes, coverage.n_bytes)
    )
}
