//! From a person's own words, a note or a record to the list of studies that may match: read, shown, forgotten.
//!
//! By POST only. What is sent travels in the page's form from step to step; nothing of it is in an address, a log or the store.

mod received;
mod sheet;
mod view;

use self::received::{Sent, received};
use self::view::{FilterView, MatchForm, MatchPage, TRAVELS_BYTES, Travels};
use super::{Page, download, private, render, today};
use crate::error::Problem;
use crate::line::Line;
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use crate::words;
use axum::extract::{Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use trialway_fhir::FhirError;
use trialway_shortlist::story::LONGEST_NOTE_BYTES;
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
        StoryError::Xml => Problem::BadInput(tongue.say("match-xml")),
        StoryError::NotText(at) => Problem::BadInput(tongue.say_with("match-not-text", &[("at", &at.to_string())])),
        StoryError::TooLong => {
            let kb = (LONGEST_NOTE_BYTES / 1000).to_string();
            Problem::BadInput(tongue.say_with("match-too-long", &[("kb", &kb)]))
        }
        StoryError::Record(error) => Problem::BadInput(unusable_record(tongue, &error)),
    }
}

/// An example of what may be written: in English, which is read best.
pub const EXAMPLE: &str =
    "“My daughter is 9 and has lupus nephritis. She takes prednisone and mycophenolate. She has never had seizures.”";

/// Why a record cannot be used, in one sentence.
pub fn unusable_record(tongue: Tongue, error: &FhirError) -> String {
    let (id, args) = why_unusable(error);
    let args: Vec<(&str, String)> = args.into_iter().map(|(name, n)| (name, n.to_string())).collect();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, n)| (*name, n.as_str())).collect();
    tongue.say_with(id, &args)
}

/// The message that says why a record cannot be used, with its numbers.
pub fn why_unusable(error: &FhirError) -> (&'static str, Vec<(&'static str, usize)>) {
    match error {
        FhirError::TooLarge { n_bytes, limit } => {
            ("match-record-too-large", vec![("bytes", *n_bytes), ("limit", *limit)])
        }
        FhirError::NotUtf8 { at } => ("match-record-not-text", vec![("at", *at)]),
        FhirError::BrokenJson { line, column, .. } => {
            ("match-record-broken", vec![("line", *line), ("column", *column)])
        }
        FhirError::TooDeep { line, column } => ("match-record-deep", vec![("line", *line), ("column", *column)]),
        FhirError::NotFhir => ("match-record-not-fhir", Vec::new()),
        FhirError::Patients { n_patients } => ("match-record-patients", vec![("n", *n_patients)]),
        FhirError::Empty => ("match-empty", Vec::new()),
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
        "pdf" | "html" | "csv" => taken_along(app, tongue, &sent.form, &story, &listing, as_of).await,
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
async fn taken_along(
    app: &App,
    tongue: Tongue,
    form: &str,
    story: &Story,
    listing: &Listing,
    as_of: Date,
) -> Result<Response, Problem> {
    let entries = |most: usize| (0..most).map_while(move |at| listing.entry(at));
    let Some(kind) = download::Kind::of(form) else {
        // A table for programs: its columns and words are those of the command.
        let all: Vec<Entry> = entries(listing.places.len()).collect();
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"studies.csv\""),
        ];
        return Ok((headers, export::csv(&all)).into_response());
    };
    let groups: Vec<_> = story.understood.groups.iter().map(|group| view::group(tongue, group)).collect();
    let shown: Vec<_> = entries(REPORTED).map(|one| view::entry(tongue, one)).collect();
    let patient = &story.facts().patient;
    let sheet = sheet::sheet(tongue, patient, &as_of.to_string(), person(tongue, story), &groups, &shown);
    download::file(app, tongue, kind, sheet, "studies").await
}

/// What the findings together suggest, in a sentence; nothing where they suggest nothing.
fn suggested(tongue: Tongue, story: &Story) -> Line {
    let terminology = Terminology::builtin();
    let name = |english: &String| words::name(tongue, terminology.named_by(english).as_ref(), english);
    let names: Vec<String> = story.understood.suggested.iter().map(name).collect();
    if names.is_empty() {
        return Line::default();
    }
    let names = words::list(tongue, names.iter().map(String::as_str));
    Line::of(&tongue.say_with("match-suggested", &[("names", &names)]))
}

/// Age and sex as they were understood.
fn person(tongue: Tongue, story: &Story) -> Vec<(String, String)> {
    let said = |(name, value): &(&'static str, String)| {
        (words::term(tongue, name), words::age(tongue, &words::term(tongue, value)))
    };
    story.understood.person.iter().map(said).collect()
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
        person: person(tongue, story),
        groups: story.understood.groups.iter().map(|group| view::group(tongue, group)).collect(),
        is_nothing: story.understood.groups.is_empty(),
        story: story.understood.text.clone(),
        suggested: suggested(tongue, story),
        policy: view::policy(tongue, story.kind),
        policy_word: story.policy().as_str(),
        left: story
            .import
            .report
            .left
            .iter()
            .take(100)
            .map(|left| Line::of(&trialway_report::left_out(tongue, left)))
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
