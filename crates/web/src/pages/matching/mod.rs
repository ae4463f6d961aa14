//! From a person's own words, a note or a record to the list of studies that may match: read, shown, forgotten.
//!
//! By POST only. What is sent travels in the page's form from step to step; nothing of it is in an address, a log or the store.

mod received;
mod view;

use self::received::{Sent, received};
use self::view::{FilterView, MatchForm, MatchPage, TRAVELS_BYTES, Travels};
use super::{Page, private, render, today};
use crate::error::Problem;
use crate::state::App;
use crate::words;
use axum::extract::{Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use trialway_shortlist::{Entry, Kind, Listing, Story, StoryError, Wanted, candidates, export, list, listing};
use trialway_terminology::Terminology;

/// Studies on one page.
const PAGE: usize = 10;

/// Studies in a report; the table has all.
const REPORTED: usize = 50;

/// Shows the form.
pub async fn show(State(app): State<App>, page: Page) -> Response {
    private(form(&app, page, &Sent::default(), None))
}

fn form(app: &App, page: Page, sent: &Sent, complaint: Option<String>) -> Response {
    render(&MatchForm {
        page,
        complaint,
        upload_mb: app.limits.upload_bytes >> 20,
        pasted: String::from_utf8_lossy(&sent.record).chars().take(TRAVELS_BYTES).collect(),
        filters: FilterView::of(sent, today()),
    })
}

/// Reads what was sent and lists.
pub async fn send(State(app): State<App>, page: Page, multipart: Multipart) -> Result<Response, Problem> {
    let sent = match received(multipart).await {
        Ok(sent) => sent,
        Err(problem) => return refused(&app, page, &Sent::default(), problem),
    };
    match answer(&app, page.clone(), &sent).await {
        Ok(response) => Ok(private(response)),
        Err(problem) => refused(&app, page, &sent, problem),
    }
}

/// What was sent cannot be used: the form again, with the reason and what was sent.
fn refused(app: &App, page: Page, sent: &Sent, problem: Problem) -> Result<Response, Problem> {
    let Problem::BadInput(complaint) = problem else { return Err(problem) };
    let mut response = form(app, page, sent, Some(complaint));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(private(response))
}

/// A story's problem as one of a page.
pub fn unusable(error: StoryError) -> Problem {
    match error {
        StoryError::Store(error) => Problem::Store(error),
        StoryError::Empty => Problem::BadInput("Write something into the field, or choose a file.".to_owned()),
        StoryError::Record(error) => Problem::BadInput(format!("The record cannot be used: {error}.")),
        other => Problem::BadInput(format!("What was sent {other}.")),
    }
}

async fn answer(app: &App, page: Page, sent: &Sent) -> Result<Response, Problem> {
    let terminology = Terminology::builtin();
    let as_of: Date = match sent.as_of.as_str() {
        "" => today(),
        written => written
            .parse()
            .map_err(|_| Problem::BadInput("The day is not a date like 2026-06-15. Please correct it.".to_owned()))?,
    };
    let story = Story::read(&sent.record, as_of, Some(&app.store), terminology).await.map_err(unusable)?;
    let (wanted, notes) = wanted(app, sent)?;
    let found = candidates(&app.search, &story, as_of, &wanted, terminology)?;
    let records = listing::records(&app.store, &found).await?;
    let (story, listing) = tokio::task::spawn_blocking(move || {
        let listing = list(&story, found, &records, as_of, &wanted, terminology);
        (story, listing)
    })
    .await?;
    match sent.form.as_str() {
        "pdf" | "html" | "csv" => taken_along(&sent.form, &story, &listing, as_of),
        _ => Ok(render(&shown(app, page, sent, &story, &listing, as_of, notes))),
    }
}

/// What the form asks for, and what of it was left out.
fn wanted(app: &App, sent: &Sent) -> Result<(Wanted, Vec<String>), Problem> {
    let mut notes = Vec::new();
    let near = if sent.place.is_empty() { None } else { app.search.place(&sent.place)? };
    if !sent.place.is_empty() && near.is_none() {
        notes.push(format!(
            "No study here has a site in a city called “{}”, so distances are left out. Try the nearest larger city, or coordinates such as 48.85,2.35.",
            sent.place
        ));
    }
    let within_km: Option<f64> = sent.within.parse().ok().filter(|km: &f64| *km > 0.0 && near.is_some());
    if within_km.is_none() && !sent.within.is_empty() && notes.is_empty() {
        notes.push("The distance was left out: give a place, and a number of kilometres.".to_owned());
    }
    let wanted = Wanted {
        status: sent.joining().statuses(),
        phase: sent.phases.clone(),
        near,
        within_km,
        possible_only: sent.possible_only,
    };
    Ok((wanted, notes))
}

/// The list as a file; its name says nothing of the patient.
fn taken_along(form: &str, story: &Story, listing: &Listing, as_of: Date) -> Result<Response, Problem> {
    let most = if form == "csv" { listing.places.len() } else { REPORTED };
    let entries: Vec<Entry> = (0..most).map_while(|at| listing.entry(at)).collect();
    let sheet = || export::sheet(&story.facts().patient, as_of, &story.understood, &entries);
    let (kind, bytes) = match form {
        "csv" => ("text/csv; charset=utf-8", export::csv(&entries).into_bytes()),
        "pdf" => ("application/pdf", trialway_report::pdf(&sheet(), &[])?.bytes),
        _ => ("text/html; charset=utf-8", trialway_report::html(sheet())?.into_bytes()),
    };
    let disposition = format!("attachment; filename=\"studies.{form}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

fn shown(
    app: &App,
    page: Page,
    sent: &Sent,
    story: &Story,
    listing: &Listing,
    as_of: Date,
    mut notes: Vec<String>,
) -> MatchPage {
    let n = listing.places.len();
    let travels = match std::str::from_utf8(&sent.record) {
        Ok(text) if text.len() <= TRAVELS_BYTES && story.kind == Kind::Note => Travels::Words(text.to_owned()),
        Ok(text) if text.len() <= TRAVELS_BYTES => Travels::Record(text.to_owned()),
        _ => Travels::No,
    };
    // Without the record nothing but the first page can be asked for.
    let from = if matches!(travels, Travels::No) { 0 } else { sent.from.min(n.saturating_sub(1)) / PAGE * PAGE };
    let to = (from + PAGE).min(n);
    if listing.n_left_out > 0 {
        let left = words::count(listing.n_left_out, "study is", "studies are");
        notes.push(format!("{left} not shown, because what is known speaks against."));
    }
    let n_held = words::count(usize::try_from(app.search.n_studies()).unwrap_or(usize::MAX), "study", "studies");
    MatchPage {
        page,
        advice: trialway_shortlist::ADVICE,
        person: story.understood.person.clone(),
        groups: story.understood.groups.iter().map(view::group).collect(),
        is_nothing: story.understood.groups.is_empty(),
        story: story.understood.text.clone(),
        suggested: story.understood.suggested.clone(),
        policy: view::policy(story.kind),
        policy_word: story.policy().as_str(),
        left: story
            .import
            .report
            .left
            .iter()
            .take(100)
            .map(|left| (left.reference.clone(), left.reason.clone()))
            .collect(),
        is_note: story.kind == Kind::Note,
        travels,
        filters: FilterView::of(sent, as_of),
        notes,
        heading: if n == 0 {
            "No study was found".to_owned()
        } else {
            format!("{} in order", words::count(n, "study", "studies"))
        },
        looked_at: format!(
            "{} of the {n_held} held here were compared with what was understood: those in which its words and illnesses are found.",
            words::thousands(listing.n_looked_at)
        ),
        entries: (from..to).filter_map(|at| listing.entry(at)).map(view::entry).collect(),
        start: from + 1,
        position: if n > PAGE { format!("{} to {to} of {n}", from + 1) } else { String::new() },
        previous: (from > 0).then(|| from - PAGE.min(from)),
        next: (to < n).then_some(to),
        n_reported: REPORTED,
    }
}
