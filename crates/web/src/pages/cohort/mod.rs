//! A folder of records against one study: the worklist of a coordinator. It travels in the form; nothing of it is kept here.

mod state;
mod view;
mod wire;

use super::{private, render, today};
use crate::error::Problem;
use crate::pages::Page;
use crate::pages::screen::versions;
use crate::pages::trial::{self, Prepared};
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Deserialize;
use state::{Refused, Worklist};
use std::collections::BTreeMap;
use trialway_cohort::{Log, Protocol};
use trialway_matching::{Options, Policy};
use trialway_store::Stored;
use trialway_terminology::{Layered, Overlay, Terminology};

/// Which study the form begins with.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    trial: String,
}

#[derive(Template)]
#[template(path = "cohort.html")]
struct Form {
    page: Page,
    trial: String,
    today: String,
    complaint: Option<String>,
    upload_mb: usize,
}

/// What a form sent.
#[derive(Default)]
struct Sent {
    fields: BTreeMap<String, String>,
    records: Vec<(String, Vec<u8>)>,
}

impl Sent {
    fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Most bytes of a field that is no file of a record.
const LONGEST_REASON: usize = 500;

/// Shows the form.
pub async fn show(State(app): State<App>, page: Page, Query(which): Query<Which>) -> Response {
    private(form(&app, page, &which.trial, None))
}

fn form(app: &App, page: Page, trial: &str, complaint: Option<String>) -> Response {
    render(&Form {
        page,
        trial: trial.chars().take(20).collect(),
        today: today().to_string(),
        complaint,
        upload_mb: app.limits.upload_bytes >> 20,
    })
}

/// Holds records against the study, opens a saved worklist, or goes on with one.
pub async fn send(State(app): State<App>, page: Page, multipart: Multipart) -> Result<Response, Problem> {
    let sent = received(page.tongue, multipart).await?;
    let trial = sent.text("trial").to_owned();
    match answer(&app, page.clone(), sent).await {
        Ok(response) => Ok(private(response)),
        Err(Problem::BadInput(complaint)) => {
            let mut response = form(&app, page, &trial, Some(complaint));
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(private(response))
        }
        Err(problem) => Err(problem),
    }
}

async fn received(tongue: Tongue, mut multipart: Multipart) -> Result<Sent, Problem> {
    let broken = |_| Problem::BadInput(tongue.say("cohort-not-whole"));
    let mut sent = Sent::default();
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(broken)?;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if name == "records" {
            // Without its path and ending: the folder may be called after a person.
            let file = file.unwrap_or_default();
            let file = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            sent.records.push((file, bytes.to_vec()));
        } else {
            sent.fields.insert(name, String::from_utf8_lossy(&bytes).trim().to_owned());
        }
    }
    Ok(sent)
}

async fn answer(app: &App, page: Page, sent: Sent) -> Result<Response, Problem> {
    let tongue = page.tongue;
    let saved = if sent.text("saved").is_empty() { sent.text("state") } else { sent.text("saved") };
    if !saved.is_empty() {
        let list = state::read(saved).map_err(|id| Problem::BadInput(tongue.say(id)))?;
        return opened(app, page, &sent, list).await;
    }
    let as_of: Date = match sent.text("as_of") {
        "" => today(),
        written => written.parse().map_err(|_| Problem::BadInput(tongue.say("match-bad-day")))?,
    };
    if sent.records.is_empty() {
        return Err(Problem::BadInput(tongue.say("cohort-nothing-sent")));
    }
    let stored = study(app, tongue, sent.text("trial")).await?;
    let prepared = trial::read(app, &stored).await?;
    let policy = if sent.text("policy") == "strict" { Policy::Strict } else { Policy::Chart };
    let options = Options { as_of, policy, trial: Some(stored.nct_id.to_string()) };
    let terminology = Terminology::builtin();
    let mut records: Vec<(String, Option<usize>, Vec<u8>, Overlay)> = Vec::new();
    for (name, line, bytes) in sent.records.into_iter().flat_map(by_line) {
        let overlay = match trialway_fhir::named(&bytes) {
            Ok(named) => trialway_layers::overlay(&app.store, &named.codes, &named.names, terminology).await?,
            // Why it cannot be read is said below.
            Err(_) => Overlay::default(),
        };
        records.push((name, line, bytes, overlay));
    }
    let versions = versions(&stored, &prepared, &options);
    let (list, prepared) = tokio::task::spawn_blocking(move || {
        let protocol = Protocol::new(&prepared.logic, terminology);
        let held: Vec<_> = records
            .par_iter()
            .map(|(name, line, bytes, overlay)| {
                let mut facts = trialway_fhir::import_with(bytes, &Layered::with(terminology, overlay))
                    .map_err(|error| Refused::new(name.clone(), *line, &error))?
                    .value
                    .facts;
                if facts.patient.is_empty() {
                    facts.patient = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
                }
                Ok(protocol.hold(&facts, &options))
            })
            .collect();
        let mut list = Worklist { versions, ..Worklist::default() };
        for one in held {
            match one {
                Ok(row) => list.rows.push(row),
                Err(refused) => list.refused.push(refused),
            }
        }
        (list, prepared)
    })
    .await?;
    Ok(shown(page, &prepared, list, String::new()))
}

async fn study(app: &App, tongue: Tongue, id: &str) -> Result<Stored, Problem> {
    if id.is_empty() {
        return Err(Problem::BadInput(tongue.say("cohort-no-number")));
    }
    match trial::stored(app, id).await {
        Err(Problem::NoSuchStudy(id)) => Err(Problem::BadInput(tongue.say_with("cohort-no-study", &[("id", &id)]))),
        other => other,
    }
}

/// The records of a file: its lines with their numbers, where each is a bundle by itself; else the file.
fn by_line((name, bytes): (String, Vec<u8>)) -> Vec<(String, Option<usize>, Vec<u8>)> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Head {
        #[serde(default)]
        resource_type: String,
    }
    let is_bundle = |line: &[u8]| serde_json::from_slice::<Head>(line).is_ok_and(|head| head.resource_type == "Bundle");
    let mut lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    let several = lines.next().is_some_and(is_bundle) && lines.next().is_some();
    if !several {
        return vec![(name, None, bytes)];
    }
    let lines =
        bytes.split(|byte| *byte == b'\n').zip(1..).filter(|(line, _)| !line.iter().all(u8::is_ascii_whitespace));
    lines.map(|(line, number)| (name.clone(), Some(number), line.to_vec())).collect()
}

/// Goes on with a worklist: what was decided is put in, and the list is shown or given as a file.
async fn opened(app: &App, page: Page, sent: &Sent, mut list: Worklist) -> Result<Response, Problem> {
    let tongue = page.tongue;
    let stored = study(app, tongue, &list.versions.trial).await?;
    let prepared = trial::read(app, &stored).await?;
    let protocol = Protocol::new(&prepared.logic, Terminology::builtin());
    let as_of: Date = list.versions.as_of.parse().map_err(|_| Problem::BadInput(tongue.say("cohort-no-day")))?;
    let now = versions(&stored, &prepared, &Options { as_of, policy: Policy::Chart, trial: None });
    if now.record != list.versions.record || !state::settle(&mut list, protocol.items().len(), protocol.has_criteria())
    {
        return Err(Problem::BadInput(tongue.say_with(
            "cohort-stale",
            &[("trial", &list.versions.trial), ("was", &list.versions.record.hash), ("now", &now.record.hash)],
        )));
    }
    let (n_put, n_without) = put(&mut list, sent, &protocol);
    match sent.text("do") {
        "log" => {
            let log = Log::new(&protocol, &list.versions);
            let mut text = log.header();
            text.extend(list.rows.iter().map(|row| log.row(row)));
            Ok(file(text, "text/csv; charset=utf-8", "screening-log.csv"))
        }
        "save" => Ok(file(state::write(&list), "application/json", "worklist.json")),
        _ => {
            let told = |id, n: usize| (n > 0).then(|| tongue.say_with(id, &[("n", &n.to_string())]));
            let said = [told("cohort-n-put", n_put), told("cohort-n-without", n_without)];
            let said = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
            Ok(shown(page, &prepared, list, said))
        }
    }
}

fn file(text: String, kind: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

/// Puts in what was decided; how many decisions that were, and how many lack their reason and were left out.
fn put(list: &mut Worklist, sent: &Sent, protocol: &Protocol<'_>) -> (usize, usize) {
    let (mut n_put, mut n_without) = (0, 0);
    let is_from_page = !sent.text("state").is_empty();
    for index in 0..list.rows.len() {
        let field = |name: &str| sent.text(&format!("{name}-{index}"));
        if is_from_page && let Some(done) = list.done.get_mut(index) {
            *done = field("done") == "yes";
        }
        let (criterion, effect) = (field("criterion"), field("effect"));
        if criterion.is_empty() || effect.is_empty() {
            continue;
        }
        let Some(row) = list.rows.get_mut(index) else { continue };
        let place = protocol.items().iter().position(|item| item.id.as_str() == criterion);
        let (Some(place), Some(effect)) = (place, state::effect(effect)) else { continue };
        let reason: String = field("reason").chars().take(LONGEST_REASON).collect();
        if reason.is_empty() {
            n_without += 1;
            continue;
        }
        n_put += usize::from(row.put(place, effect, &reason, protocol.has_criteria()));
    }
    (n_put, n_without)
}

fn shown(page: Page, prepared: &Prepared, list: Worklist, said: String) -> Response {
    let protocol = Protocol::new(&prepared.logic, Terminology::builtin());
    render(&view::worklist(page, prepared.study.value.title(), &protocol, &list, said))
}
