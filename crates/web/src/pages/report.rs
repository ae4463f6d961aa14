//! "This reading is wrong": a form for one criterion, kept for the study team and for us.

use super::{Page, render};
use crate::error::Problem;
use crate::line::Line;
use crate::pages::trial;
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use trialway_eligibility::CriterionLogic;
use trialway_store::NewReadingReport;
use trialway_terminology::Terminology;

/// Which criterion.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    criterion: String,
}

/// What was sent.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    criterion: String,
    #[serde(default)]
    message: String,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    page: Page,
    nct_id: String,
    title: String,
    criterion: String,
    text: String,
    reading: Line,
    is_sent: bool,
    complaint: Option<String>,
}

/// Shows the form.
pub async fn show(
    State(app): State<App>,
    page: Page,
    Path(nct_id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    shown(&app, page, &nct_id, &which.criterion, false, None).await
}

/// Keeps a report.
pub async fn send(
    State(app): State<App>,
    page: Page,
    Path(nct_id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    kept(&app, page, &nct_id, &sent).await
}

async fn kept(app: &App, page: Page, nct_id: &str, sent: &Sent) -> Result<Response, Problem> {
    if sent.message.trim().is_empty() {
        let complaint = Some(page.say("report-empty"));
        return shown(app, page, nct_id, &sent.criterion, false, complaint).await;
    }
    let stored = trial::stored(app, nct_id).await?;
    let prepared = trial::read(app, &stored).await?;
    // A report of a criterion that is not there would be read by nobody.
    let criterion = find(&prepared.logic.criteria, &sent.criterion).ok_or_else(|| unknown(&page, &sent.criterion))?;
    app.store
        .report_reading(&NewReadingReport {
            nct_id: stored.nct_id,
            content_hash: stored.content_hash.clone(),
            criterion_id: criterion.id.to_string(),
            message: sent.message.trim().to_owned(),
            reported_at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        })
        .await?;
    shown(app, page, nct_id, &sent.criterion, true, None).await
}

fn unknown(page: &Page, criterion: &str) -> Problem {
    let shown: String = criterion.chars().take(20).collect();
    Problem::BadInput(page.say_with("report-no-criterion", &[("id", &shown)]))
}

fn find<'a>(criteria: &'a [CriterionLogic], id: &str) -> Option<&'a CriterionLogic> {
    criteria.iter().find_map(
        |criterion| {
            if criterion.id.as_str() == id { Some(criterion) } else { find(&criterion.children, id) }
        },
    )
}

async fn shown(
    app: &App,
    page: Page,
    nct_id: &str,
    criterion: &str,
    is_sent: bool,
    complaint: Option<String>,
) -> Result<Response, Problem> {
    let stored = trial::stored(app, nct_id).await?;
    let prepared = trial::read(app, &stored).await?;
    let found = find(&prepared.logic.criteria, criterion).ok_or_else(|| unknown(&page, criterion))?;
    let text = prepared.study.value.eligibility.text.as_deref().unwrap_or_default();
    let reading = trialway_language::read_in(&found.logic, text, Terminology::builtin(), page.tongue.templates());
    Ok(render(&ReportPage {
        nct_id: stored.nct_id.to_string(),
        title: prepared.study.value.title().to_owned(),
        criterion: found.id.to_string(),
        text: found.own.text().to_owned(),
        reading: Line::from(reading.pieces.as_slice()),
        is_sent,
        complaint,
        page,
    }))
}
