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
use crate::tongue::Tongue;
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
        complaint,
        upload_mb: app.limits.upload_bytes >> 20,
        pasted: String::from_utf8_lossy(&sent.record).chars().take(TRAVELS_BYTES).collect(),
        filters: FilterView::of(page.tongue, sent, today()),
        page,
    })
}

/// Reads what was sent and lists.
pub async fn send(State(app): State<App>, page: Page, multipart: Multipart) -> Result<Response, Problem> {
    let sent = match received(page.tongue, multipart).await {
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
pub fn unusable(tongue: Tongue, error: StoryError) -> Problem {
    match error {
        StoryError::Store(error) => Problem::Store(error),
        StoryError::Empty => Problem::BadInput(tongue.say("match-empty")),
        StoryError::Record(error) => {
            Problem::BadInput(tongue.say_with("match-bad-record", &[("why", &error.to_string())]))
        }
        other => Problem::BadInput(tongue.say_with("match-bad", &[("why", &other.to_string())])),
    }
}

/// The list for a story that a questionnaire makes.
pub async fn of_story(app: &App, page: Page, story: &str, place: &str) -> Result<Response, Problem> {
    let sent = Sent { record: story.as_bytes().to_vec(), place: place.to_owned(), ..Sent::default() };
    answer(app, page, &sent).await
}

async fn answer(app: &App, page: Page, sent: &Sent) -> Result<Response, Problem> {
    let (tongue, terminology) = (page.tongue, Terminology::builtin());
    let as_of: Date = match sent.as_of.as_str() {
        "" => today(),
        written => written.parse().map_err(|_| Problem::BadInput(tongue.say("match-bad-day")))?,
    };
    let story = Story::read(&sent.record, as_of, Some(&app.store), terminology).await;
    let story = story.map_err(|error| unusable(tongue, error))?;
    let (wanted, notes) = wanted(app, tongue, sent)?;
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
fn wanted(app: &App, tongue: Tongue, sent: &Sent) -> Result<(Wanted, Vec<String>), Problem> {
    let mut notes = Vec::new();
    let near = if sent.place.is_empty() { None } else { app.search.place(&sent.place)? };
    if !sent.place.is_empty() && near.is_none() {
        notes.push(tongue.say_with("search-no-city", &[("place", &sent.place)]));
    }
    let within_km: Option<f64> = sent.within.parse().ok().filter(|km: &f64| *km > 0.0 && near.is_some());
    if within_km.is_none() && !sent.within.is_empty() && notes.is_empty() {
        notes.push(tongue.say("match-no-distance"));
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
    let tongue = page.tongue;
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
        notes.push(words::count(tongue, "match-left-out", listing.n_left_out));
    }
    let n_held = words::count(tongue, "count-studies", usize::try_from(app.search.n_studies()).unwrap_or(usize::MAX));
    MatchPage {
        page,
        person: story
            .understood
            .person
            .iter()
            .map(|(name, value)| (words::term(tongue, name), words::age(tongue, &words::term(tongue, value))))
            .collect(),
        groups: story.understood.groups.iter().map(|group| view::group(tongue, group)).collect(),
        is_nothing: story.understood.groups.is_empty(),
        story: story.understood.text.clone(),
        suggested: words::list(tongue, story.understood.suggested.iter().map(String::as_str)),
        policy: view::policy(tongue, story.kind),
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
        filters: FilterView::of(tongue, sent, as_of),
        notes,
        heading: if n == 0 {
            tongue.say("match-none")
        } else {
            tongue.say_with("match-in-order", &[("studies", &words::count(tongue, "count-studies", n))])
        },
        looked_at: tongue
            .say_with("match-looked", &[("n", &words::thousands(tongue, listing.n_looked_at)), ("studies", &n_held)]),
        entries: (from..to).filter_map(|at| listing.entry(at)).map(|one| view::entry(tongue, one)).collect(),
        start: from + 1,
        position: if n > PAGE {
            tongue.say_with(
                "search-position",
                &[("from", &(from + 1).to_string()), ("to", &to.to_string()), ("of", &n.to_string())],
            )
        } else {
            String::new()
        },
        previous: (from > 0).then(|| from - PAGE.min(from)),
        next: (to < n).then_some(to),
        n_reported: REPORTED,
    }
}
