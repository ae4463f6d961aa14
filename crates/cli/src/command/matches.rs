//! `trialway match`: the stored studies that fit a patient, in order, each place with its reasons.

use crate::settings::{DataDir, runtime, today};
use crate::{input, record};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io::Write;
use std::time::Instant;
use trialway_report::{Language, verdict_words};
use trialway_search::{Found, Search};
use trialway_shortlist::{ADVICE, Entry, Story, Wanted, candidates, export, list, listing};
use trialway_store::Store;
use trialway_study::{Coded, Phase, Status};
use trialway_terminology::Terminology;

/// Arguments of `match`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway match --patient note.txt\n  trialway match --patient bundle.json --status RECRUITING --near Lyon --within 200 --format csv\n  trialway match --patient note.txt --possible --format pdf --out studies.pdf"
)]
pub struct Arguments {
    /// A FHIR R4 record, answers to a questionnaire, or a note in plain text; may be gzipped; `-` is standard input
    #[arg(long)]
    patient: String,
    /// How many studies to list
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// The day to screen for [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// Status, such as RECRUITING; may be given several times
    #[arg(long)]
    status: Vec<String>,
    /// Phase, such as PHASE2; may be given several times
    #[arg(long)]
    phase: Vec<String>,
    /// A place: a city, or LAT,LON
    #[arg(long, allow_hyphen_values = true)]
    near: Option<String>,
    /// Only studies with a site within so many kilometres of the place
    #[arg(long, value_name = "KM", requires = "near")]
    within: Option<f64>,
    /// Leave out studies that what is known speaks against
    #[arg(long)]
    possible: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
    /// Write here instead of to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    /// For the PDF: a font file (TrueType, OpenType) for characters that the built-in one lacks, such as Chinese; may be repeated
    #[arg(long, value_name = "FILE")]
    font: Vec<String>,
}

/// How to print a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// For people
    Text,
    /// For programs, as the contract says
    Json,
    /// A page to keep or print
    Html,
    /// The same as PDF
    Pdf,
    /// A table
    Csv,
}

/// Lists and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    input::print(arguments.out.as_deref(), out, |out| to(arguments, data_dir, out))
}

fn to(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let terminology = Terminology::builtin();
    let as_of = arguments.as_of.unwrap_or_else(today);
    let story = record::story(&arguments.patient, as_of, data_dir)?;
    // Asking must not make an index.
    let (wanted, found) = match Search::open_if_there(&data_dir.path, terminology)? {
        Some(search) => {
            let wanted = wanted(arguments, &search)?;
            let found = candidates(&search, &story, as_of, &wanted, terminology)?;
            (wanted, found)
        }
        None => (Wanted::default(), Vec::new()),
    };
    let records = records(&found, data_dir)?;
    let listing = list(&story, found, &records, as_of, &wanted, terminology);
    let entries: Vec<Entry> = (0..arguments.limit).map_while(|at| listing.entry(at)).collect();
    let patient = &story.facts().patient;
    match arguments.format {
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &document(patient, &entries))?;
            writeln!(out)?;
        }
        ListFormat::Text => text(&story, &entries, out)?,
        ListFormat::Csv => out.write_all(export::csv(&entries).as_bytes())?,
        ListFormat::Html | ListFormat::Pdf => {
            let sheet = export::sheet(patient, as_of, &story.understood, &entries);
            if arguments.format == ListFormat::Pdf {
                super::screen::write_pdf(&sheet, &arguments.font, out)?;
            } else {
                out.write_all(trialway_report::html(sheet)?.as_bytes())?;
            }
        }
    }
    Ok(())
}

fn wanted(arguments: &Arguments, search: &Search) -> anyhow::Result<Wanted> {
    let near =
        match &arguments.near {
            None => None,
            Some(text) => Some(search.place(text)?.ok_or_else(|| {
                input::bad(text, "is no city in which a stored study has a site; give LAT,LON instead")
            })?),
        };
    Ok(Wanted {
        status: arguments.status.iter().map(|word| Coded::<Status>::from_word(word).as_str().to_owned()).collect(),
        phase: arguments.phase.iter().map(|word| Coded::<Phase>::from_word(word).as_str().to_owned()).collect(),
        near,
        within_km: arguments.within,
        possible_only: arguments.possible,
    })
}

/// The candidates' records.
fn records(found: &[Found], data_dir: &DataDir) -> anyhow::Result<Vec<Option<listing::Record>>> {
    // Asking must not make a store.
    if found.is_empty() || !data_dir.path.join("trialway.db").exists() {
        return Ok(Vec::new());
    }
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        let records = listing::records(&store, found).await?;
        store.close().await;
        Ok(records)
    })
}

fn said<T: ToString>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

fn document(patient: &str, entries: &[Entry]) -> Value {
    let one = |entry: &Entry| {
        let (pass, fail, open) = entry.counts;
        let nearest = entry.nearest.as_ref().map(|(site, km)| json!({"site": site, "km": (km * 10.0).round() / 10.0}));
        let gates: Vec<Value> = entry
            .gates
            .iter()
            .map(|gate| json!({"name": gate.name(), "effect": gate.effect.as_str(), "text": gate.words()}))
            .collect();
        json!({
            "nct_id": entry.nct_id,
            "title": entry.title,
            "rank": entry.rank,
            "score": (entry.score * 1000.0).round() / 1000.0,
            "verdict": entry.verdict.as_str(),
            "pass": pass,
            "fail": fail,
            "open": open,
            "why": said(&entry.why),
            "fit": entry.fit(),
            "gates": gates,
            "against": entry.against,
            "missing": said(&entry.missing),
            "above_next": entry.above_next.map(|above| above.to_string()),
            "nearest_site": nearest,
        })
    };
    json!({"patient": patient, "trials": entries.iter().map(one).collect::<Vec<_>>()})
}

/// What was understood of a story, then the list: for people.
fn text(story: &Story, entries: &[Entry], out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "Understood:")?;
    for (name, words) in &story.understood.person {
        writeln!(out, "  {name}: {words}")?;
    }
    for group in &story.understood.groups {
        let names: Vec<&str> = group.items.iter().map(|item| item.name.as_str()).collect();
        writeln!(out, "  {}: {}", group.heading, names.join("; "))?;
    }
    writeln!(out)?;
    if entries.is_empty() {
        writeln!(out, "no stored study fits; load some with `trialway ingest PATH`, or ask for less")?;
        return Ok(());
    }
    for entry in entries {
        let (pass, fail, open) = entry.counts;
        let (verdict, _) = verdict_words(Language::English, entry.verdict);
        writeln!(out, "{:>3}. {}  {}", entry.rank, entry.nct_id, entry.title)?;
        writeln!(out, "     {verdict}: {pass} met, {fail} not met, {open} open")?;
        let gates: Vec<String> = entry.gates.iter().map(|gate| format!("{}: {}", gate.name(), gate.words())).collect();
        writeln!(out, "     {}", gates.join(" | "))?;
        for why in &entry.why {
            writeln!(out, "     - {why}")?;
        }
        for need in entry.missing.iter().take(SHOWN) {
            writeln!(out, "     ? {need}")?;
        }
        if entry.missing.len() > SHOWN {
            writeln!(out, "     ? and {} more", entry.missing.len() - SHOWN)?;
        }
        if let Some(above) = &entry.above_next {
            writeln!(out, "     > {above}")?;
        }
    }
    writeln!(out, "\n{ADVICE}")?;
    Ok(())
}

/// What is missing of a study is shown up to this many lines.
const SHOWN: usize = 3;

/// Times each step from a file to the list, with the store and the index open.
pub(super) fn timed(patients: &[String], runs: usize, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let terminology = Terminology::builtin();
    let started = Instant::now();
    let search = Search::open_if_there(&data_dir.path, terminology)?
        .ok_or_else(|| input::bad(&data_dir.path.display().to_string(), "holds no studies; `trialway ingest` some"))?;
    let runtime = runtime()?;
    let store = runtime.block_on(Store::open(&data_dir.path))?;
    let opened = started.elapsed();
    let wanted = Wanted::default();
    let as_of = today();
    let mut all: Vec<f64> = Vec::new();
    let ms = |from: Instant| from.elapsed().as_secs_f64() * 1000.0;
    writeln!(out, "{} studies, {} threads", search.n_studies(), rayon::current_num_threads())?;
    writeln!(out, "opened in {:.0} ms", opened.as_secs_f64() * 1000.0)?;
    for (number, patient) in patients.iter().enumerate() {
        let bytes = input::read(patient)?;
        for run in 0..runs {
            let start = Instant::now();
            let story = runtime.block_on(Story::read(&bytes, as_of, Some(&store), terminology));
            let story = story.map_err(|error| input::bad(patient, error))?;
            let read = ms(start);
            let found = candidates(&search, &story, as_of, &wanted, terminology)?;
            let searched = ms(start);
            let records = runtime.block_on(listing::records(&store, &found))?;
            let fetched = ms(start);
            let listing = list(&story, found, &records, as_of, &wanted, terminology);
            let shown: Vec<Entry> = (0..20).map_while(|at| listing.entry(at)).collect();
            let done = ms(start);
            writeln!(
                out,
                "note {} run {}: {done:.0} ms (note {read:.0}, index {:.0}, store {:.0}, reading and ranking {:.0}); {} studies, {} shown",
                number + 1,
                run + 1,
                searched - read,
                fetched - searched,
                done - fetched,
                listing.n_looked_at,
                shown.len()
            )?;
            all.push(done);
        }
    }
    runtime.block_on(store.close());
    all.sort_by(f64::total_cmp);
    let at = |share: f64| all.get(((all.len() - 1) as f64 * share) as usize).copied().unwrap_or(f64::NAN);
    writeln!(out, "p50 {:.0} ms, p95 {:.0} ms, max {:.0} ms over {} runs", at(0.5), at(0.95), at(1.0), all.len())?;
    Ok(())
}
