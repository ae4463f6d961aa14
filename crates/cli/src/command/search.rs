//! `trialway search`: studies by words, place, age and facets.

use super::Format;
use crate::settings::DataDir;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::time::Instant;
use trialway_search::{Card, Filters, Hit, How, Query, Results, Search, Sort};
use trialway_study::{Coded, Phase, Status, StudyType, WordList};
use trialway_terminology::Terminology;

/// Arguments of `search`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway search \"lupus nephritis\" --age 9 --status RECRUITING\n  trialway search asthma --near Lyon --within 100 --format json"
)]
pub struct Arguments {
    /// Words, or an NCT number; "words in quotes" as they stand, begin* for what begins so
    query: String,
    /// A place: a city, or LAT,LON
    #[arg(long, allow_hyphen_values = true)]
    near: Option<String>,
    /// Only studies with a site within so many kilometres of the place
    #[arg(long, value_name = "KM", requires = "near")]
    within: Option<f64>,
    /// Age in completed years
    #[arg(long)]
    age: Option<u32>,
    /// Sex of the person: female or male
    #[arg(long, value_parser = ["female", "male"], ignore_case = true)]
    sex: Option<String>,
    /// Status, such as RECRUITING; may be given several times
    #[arg(long)]
    status: Vec<String>,
    /// Phase, such as PHASE2; may be given several times
    #[arg(long)]
    phase: Vec<String>,
    /// Kind of study, such as INTERVENTIONAL; may be given several times
    #[arg(long = "type")]
    study_type: Vec<String>,
    /// Country with a site; may be given several times
    #[arg(long)]
    country: Vec<String>,
    /// Only studies of which a site takes participants; with --within, a site that is so near
    #[arg(long)]
    recruiting: bool,
    /// Conditions that the person never had, by commas: studies that ask for one of them are left out
    #[arg(long)]
    without: Option<String>,
    /// Order [default: relevance where there are words]
    #[arg(long, value_parser = ["relevance", "distance", "newest"])]
    sort: Option<String>,
    /// How many studies to give
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Searches and prints.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let (search, _) = Search::open(&data_dir.path, Terminology::builtin())?;
    let start = Instant::now();
    let near = match &arguments.near {
        None => None,
        Some(text) => Some(search.place(text)?.ok_or_else(|| {
            crate::input::bad(text, "is no city in which a stored study has a site; give LAT,LON instead")
        })?),
    };
    let (without, unknown) = search.conditions(arguments.without.as_deref().unwrap_or_default());
    if let Some(part) = unknown.first() {
        return Err(crate::input::bad(part, "is no condition that is known here; write it otherwise, or leave it out"));
    }
    let query = Query {
        text: arguments.query.clone(),
        filters: Filters {
            status: words::<Status>(&arguments.status),
            phase: words::<Phase>(&arguments.phase),
            study_type: words::<StudyType>(&arguments.study_type),
            country: arguments.country.clone(),
            sex: arguments.sex.as_ref().map(|sex| sex.to_ascii_uppercase()),
            age_years: arguments.age,
            recruiting_site: arguments.recruiting,
            without,
            ..Filters::default()
        },
        near,
        within_km: arguments.within,
        sort: arguments.sort.as_deref().and_then(Sort::of_word),
        offset: 0,
        limit: arguments.limit,
    };
    let results = search.search(&query)?;
    let took_ms = start.elapsed().as_secs_f64() * 1000.0;
    match arguments.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &document(&results, took_ms))?;
            writeln!(out)?;
        }
        Format::Text => print(&results, &search, out)?,
    }
    Ok(())
}

/// The registry's words, however they were typed.
fn words<T: WordList>(typed: &[String]) -> Vec<String> {
    typed.iter().map(|word| Coded::<T>::from_word(word).as_str().to_owned()).collect()
}

fn document(results: &Results, took_ms: f64) -> Value {
    let facets: Map<String, Value> = results
        .facets
        .iter()
        .map(|(group, values)| {
            let counts: Map<String, Value> = values.iter().map(|(value, n)| (value.clone(), json!(n))).collect();
            ((*group).to_owned(), Value::Object(counts))
        })
        .collect();
    json!({
        "total": results.total,
        "took_ms": (took_ms * 1000.0).round() / 1000.0,
        "hits": results.hits.iter().map(hit).collect::<Vec<_>>(),
        "facets": facets,
        "respelled": results.respelled.iter().map(|(word, meant)| json!({"word": word, "searched": meant})).collect::<Vec<_>>(),
        "n_with_all_words": results.n_with_all,
    })
}

fn hit(hit: &Hit) -> Value {
    json!({
        "nct_id": hit.card.nct_id,
        "title": hit.card.title,
        "score": hit.score,
        "status": hit.card.status,
        "found_in": hit.found_in,
        "why": hit.why.iter().map(trialway_search::Reason::sentence).collect::<Vec<_>>(),
        "nearest_site": hit.nearest.as_ref().and_then(|nearest| {
            let site = hit.card.sites.get(nearest.index)?;
            Some(json!({
                "facility": site.facility,
                "city": site.city,
                "country": site.country,
                "status": site.status,
                "status_is_own": site.own_status,
                "km": (nearest.km * 10.0).round() / 10.0,
            }))
        }),
    })
}

fn print(results: &Results, search: &Search, out: &mut dyn Write) -> anyhow::Result<()> {
    if search.n_studies() == 0 {
        writeln!(out, "no studies are stored here yet; load some with `trialway ingest PATH`")?;
        return Ok(());
    }
    for (word, meant) in &results.respelled {
        writeln!(out, "showing results for `{meant}` instead of `{word}`")?;
    }
    for Hit { card, nearest, why, .. } in &results.hits {
        writeln!(out, "{}  {}", card.nct_id, card.title)?;
        let mut facts: Vec<String> = Vec::new();
        facts.extend(card.status.as_deref().map(|word| Coded::<Status>::from_word(word).label().to_owned()));
        facts.extend(card.phases.iter().map(|word| Coded::<Phase>::from_word(word).label().to_owned()));
        facts.push(sites(card));
        writeln!(out, "             {}", facts.join("; "))?;
        for reason in why.iter().filter(|reason| reason.how != How::Words) {
            writeln!(out, "             {}", reason.sentence())?;
        }
        if let Some((nearest, site)) = nearest.as_ref().and_then(|near| Some((near, card.sites.get(near.index)?))) {
            let name = [&site.facility, &site.city, &site.country]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join(", ");
            writeln!(out, "             nearest: {name}, {:.0} km", nearest.km)?;
        }
    }
    writeln!(out, "{} found", results.total)?;
    if let Some(n) = results.n_with_all {
        writeln!(out, "{n} of them have all the words; the others have some")?;
    }
    Ok(())
}

fn sites(card: &Card) -> String {
    match card.sites.len() {
        0 => "no site named".to_owned(),
        1 => "1 site".to_owned(),
        n => format!("{n} sites"),
    }
}
