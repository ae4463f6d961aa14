//! `trialway match`: the stored studies that fit a patient, in order, each place with its reasons.

use crate::settings::{DataDir, runtime, today};
use crate::{input, record};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use trialway_matching::{Options, Policy};
use trialway_patient::{Calendar, Facts, RecordedSex, completed};
use trialway_ranking::{Document, Index, Place, Profile, list};
use trialway_search::{Filters, Query, Search};
use trialway_store::Store;
use trialway_study::{Coded, NctId, Status};
use trialway_terminology::Terminology;

/// Arguments of `match`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway match --patient note.txt\n  trialway match --patient bundle.json --status RECRUITING --near Lyon --within 200 --format csv"
)]
pub struct Arguments {
    /// A FHIR R4 record, or a note in plain text; may be gzipped; `-` is standard input
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
    /// A place: a city, or LAT,LON
    #[arg(long, allow_hyphen_values = true)]
    near: Option<String>,
    /// Only studies with a site within so many kilometres of the place
    #[arg(long, value_name = "KM", requires = "near")]
    within: Option<f64>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
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
    /// A table
    Csv,
}

/// Topics that are searched for, studies that each may bring, and studies that are screened at most.
const N_TOPICS: usize = 6;
const N_EACH: usize = 120;
const N_SCREENED: usize = 400;
/// Words that are searched for where no topic finds anything.
const N_WORDS: usize = 8;

/// Lists and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let terminology = Terminology::builtin();
    let bytes = input::read(&arguments.patient)?;
    let as_of = arguments.as_of.unwrap_or_else(today);
    let (mut facts, profile, policy) = if record::is_note(&bytes, &arguments.patient)? {
        let text = record::text(bytes, &arguments.patient)?;
        let note = trialway_note::read(&text, as_of, terminology);
        let profile = Profile::of(&note, &text, terminology);
        (note.facts, profile, Policy::Strict)
    } else {
        let import = record::file(&arguments.patient, bytes, as_of, data_dir)?.value;
        let profile = Profile::of_facts(&import.facts, terminology);
        (import.facts, profile, super::screen::policy(None, import.is_answers))
    };
    if facts.patient.is_empty() {
        facts.patient = input::name(&arguments.patient);
    }
    let (search, _) = Search::open(&data_dir.path, terminology)?;
    let ids = candidates(&search, &profile, &facts, as_of, arguments)?;
    let (titles, documents) = documents(&ids, data_dir, terminology)?;
    let index = Index::new(documents, terminology);
    let options = Options { as_of, policy, trial: None };
    let mut places = list(&index, &profile, &facts, &options, terminology);
    places.truncate(arguments.limit);
    let rows: Vec<Row> = places
        .iter()
        .filter_map(|place| {
            let id = index.documents.get(place.document)?.id.clone();
            Some(Row { id, title: titles.get(place.document).cloned().unwrap_or_default(), place })
        })
        .collect();
    match arguments.format {
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &document(&facts.patient, &rows))?;
            writeln!(out)?;
        }
        ListFormat::Text => text(&rows, out)?,
        ListFormat::Csv => csv(&rows, out)?,
        ListFormat::Html => html(&facts.patient, as_of, &rows, out)?,
    }
    Ok(())
}

/// The studies to be looked at: what the index finds for each topic, then for the words of the story.
fn candidates(
    search: &Search,
    profile: &Profile,
    facts: &Facts,
    as_of: Date,
    arguments: &Arguments,
) -> anyhow::Result<Vec<NctId>> {
    let terminology = Terminology::builtin();
    let near =
        match &arguments.near {
            None => None,
            Some(text) => Some(search.place(text)?.ok_or_else(|| {
                input::bad(text, "is no city in which a stored study has a site; give LAT,LON instead")
            })?),
        };
    let years = facts.birth.map(|birth| completed(birth.latest, as_of, Calendar::Years));
    let filters = Filters {
        status: arguments.status.iter().map(|word| Coded::<Status>::from_word(word).as_str().to_owned()).collect(),
        sex: match facts.sex {
            Some(RecordedSex::Female) => Some("FEMALE".to_owned()),
            Some(RecordedSex::Male) => Some("MALE".to_owned()),
            _ => None,
        },
        age_years: years.and_then(|years| u32::try_from(years).ok()),
        ..Filters::default()
    };
    let mut texts: Vec<String> = profile
        .topics
        .iter()
        .take(N_TOPICS)
        .filter_map(|topic| Some(terminology.concept(&topic.concept)?.name.clone()))
        .collect();
    texts.push(profile.words(N_WORDS).join(" "));
    let (mut seen, mut out) = (BTreeSet::new(), Vec::new());
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        let query = Query {
            text: text.clone(),
            filters: filters.clone(),
            near: near.clone(),
            within_km: arguments.within,
            limit: N_EACH,
            ..Query::default()
        };
        for hit in search.search(&query)?.hits {
            if let Some(id) = NctId::parse(&hit.card.nct_id)
                && out.len() < N_SCREENED
                && seen.insert(id)
            {
                out.push(id);
            }
        }
    }
    Ok(out)
}

/// The studies' titles, and the studies as they are ranked.
fn documents(
    ids: &[NctId],
    data_dir: &DataDir,
    terminology: &Terminology,
) -> anyhow::Result<(Vec<String>, Vec<Document>)> {
    // Asking must not make a store.
    if ids.is_empty() || !data_dir.path.join("trialway.db").exists() {
        return Ok((Vec::new(), Vec::new()));
    }
    let (records, corrections): (Vec<Vec<u8>>, _) = runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        let mut records = Vec::new();
        for id in ids {
            records.extend(store.study(*id).await?.map(|stored| stored.bytes));
        }
        let corrections = trialway_editorial::by_study(&store.corrections().await?);
        store.close().await;
        anyhow::Ok((records, corrections))
    })?;
    let read = |bytes: &Vec<u8>| {
        let study = trialway_registry::parse_study(bytes).ok()?.value;
        let tree = trialway_criteria::parse(study.eligibility.text.as_deref().unwrap_or_default());
        let mut logic = trialway_eligibility::lower_study(&study, &tree, terminology);
        if let Some(said) = study.nct_id.and_then(|id| corrections.get(&id)) {
            trialway_editorial::apply(&mut logic, said);
        }
        let document = Document::of_study(&study.doc, &study, logic, terminology);
        Some((study.title().to_owned(), document))
    };
    Ok(records.par_iter().filter_map(read).collect::<Vec<_>>().into_iter().unzip())
}

struct Row<'a> {
    id: String,
    title: String,
    place: &'a Place,
}

fn document(patient: &str, rows: &[Row<'_>]) -> Value {
    let one = |(rank, row): (usize, &Row<'_>)| {
        let (pass, fail, open) = row.place.counts;
        json!({
            "nct_id": row.id,
            "title": row.title,
            "rank": rank + 1,
            "score": (row.place.score * 1000.0).round() / 1000.0,
            "verdict": row.place.verdict.as_str(),
            "pass": pass,
            "fail": fail,
            "open": open,
            "why": row.place.why,
        })
    };
    json!({"patient": patient, "trials": rows.iter().enumerate().map(one).collect::<Vec<_>>()})
}

/// For people: what it is, and what it is not.
const ADVICE: &str = "This is information to talk over with the study team, who decide. Do not stop or change any medicine because of it.";

fn text(rows: &[Row<'_>], out: &mut dyn Write) -> anyhow::Result<()> {
    if rows.is_empty() {
        writeln!(out, "no stored study fits; load some with `trialway ingest PATH`, or ask for less")?;
        return Ok(());
    }
    for (rank, row) in rows.iter().enumerate() {
        let (pass, fail, open) = row.place.counts;
        writeln!(out, "{:>3}. {}  {}", rank + 1, row.id, row.title)?;
        writeln!(out, "     {}: {pass} pass, {fail} fail, {open} open", row.place.verdict.as_str().replace('_', " "))?;
        for why in &row.place.why {
            writeln!(out, "     - {why}")?;
        }
    }
    writeln!(out, "\n{ADVICE}")?;
    Ok(())
}

/// A cell of a table; one that a spreadsheet would take for a formula is quoted with an apostrophe.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

fn csv(rows: &[Row<'_>], out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "rank,nct_id,title,verdict,pass,fail,open,why")?;
    for (rank, row) in rows.iter().enumerate() {
        let (pass, fail, open) = row.place.counts;
        let (title, why) = (cell(&row.title), cell(&row.place.why.join("; ")));
        writeln!(out, "{},{},{title},{},{pass},{fail},{open},{why}", rank + 1, row.id, row.place.verdict.as_str())?;
    }
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn html(patient: &str, as_of: Date, rows: &[Row<'_>], out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Studies that may fit</title>")?;
    writeln!(
        out,
        "<style>body{{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}}li{{margin:1rem 0}}</style>"
    )?;
    writeln!(out, "<h1>Studies that may fit</h1>\n<p>Patient {}, as of {as_of}. {ADVICE}</p>\n<ol>", escaped(patient))?;
    for row in rows {
        let (pass, fail, open) = row.place.counts;
        writeln!(
            out,
            "<li><strong>{}</strong> {}<br>{}: {pass} pass, {fail} fail, {open} open<ul>",
            escaped(&row.id),
            escaped(&row.title),
            row.place.verdict.as_str().replace('_', " ")
        )?;
        for why in &row.place.why {
            writeln!(out, "<li>{}</li>", escaped(why))?;
        }
        writeln!(out, "</ul></li>")?;
    }
    writeln!(out, "</ol></html>")?;
    Ok(())
}
