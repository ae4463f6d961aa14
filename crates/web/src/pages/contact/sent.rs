//! What became of an enquiry: a private page, by a link that only its sender has.
//!
//! Opening the link shows where the enquiry stands, and nothing of what it says: programs that look into mails open links too. What was
//! said is shown, and taken back, by a button.

use super::super::trial::record::ContactView;
use super::centres::Centres;
use crate::error::Problem;
use crate::pages::{Page, private, render, trial};
use crate::secret;
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use trialway_enquiry::Stage;
use trialway_enquiry::stage::QUIET_DAYS;
use trialway_store::StoredEnquiry;
use trialway_store::enquiries::LINK;

/// What is to be done.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    todo: String,
}

struct StepView {
    words: String,
    day: String,
}

#[derive(Template)]
#[template(path = "enquiry.html")]
struct SentPage {
    page: Page,
    secret: String,
    nct_id: String,
    stage: String,
    steps: Vec<StepView>,
    is_withdrawn: bool,
    is_over: bool,
    is_asked: bool,
    whole: Option<StoredEnquiry>,
    quiet: Option<String>,
    contacts: Vec<ContactView>,
}

/// Shows where an enquiry stands.
pub async fn show(State(app): State<App>, page: Page, Path(secret): Path<String>) -> Result<Response, Problem> {
    answered(&app, page, &secret, "").await
}

/// Shows what was said, or takes it back.
pub async fn act(
    State(app): State<App>,
    page: Page,
    Path(secret): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Problem> {
    answered(&app, page, &secret, &wanted.todo).await
}

async fn answered(app: &App, page: Page, secret: &str, todo: &str) -> Result<Response, Problem> {
    if !secret::is_secret(secret) {
        return Err(Problem::NoSuchPage);
    }
    let id = app.store.private_link(secret, LINK).await?.ok_or(Problem::NoSuchPage)?;
    let now = jiff::Timestamp::now().as_second();
    if todo == "withdraw" {
        app.store.withdraw_enquiry(id, now).await?;
    }
    let enquiry = app.store.enquiry(id).await?.ok_or(Problem::NoSuchPage)?;
    let line = enquiry.line.clone();
    let stage = Stage::of(&line.stage).unwrap_or(Stage::Sent);
    let mut steps = Vec::new();
    for (id, at) in [
        ("contact-step-sent", line.sent_at),
        ("contact-step-opened", line.opened_at),
        ("contact-step-answered", line.answered_at),
        ("contact-step-closed", line.closed_at),
        ("contact-step-withdrawn", line.withdrawn_at),
    ] {
        if at > 0 {
            steps.push(StepView { words: page.say(id), day: day(at) });
        }
    }
    let is_quiet = stage.is_quiet(line.sent_at, now);
    let contacts = if is_quiet { whom_else(app, &page, &line.nct_id.to_string()).await? } else { Vec::new() };
    let view = SentPage {
        secret: secret.to_owned(),
        nct_id: line.nct_id.to_string(),
        stage: page.say(match stage {
            Stage::Sent => "contact-stage-sent",
            Stage::Opened => "contact-stage-opened",
            Stage::Answered => "contact-stage-answered",
            Stage::Closed => "contact-stage-closed",
            Stage::Withdrawn => "contact-stage-withdrawn",
        }),
        steps,
        is_withdrawn: stage == Stage::Withdrawn,
        is_over: stage != Stage::Withdrawn && enquiry.called.is_empty(),
        is_asked: todo == "ask",
        whole: (todo == "show" && !enquiry.called.is_empty()).then_some(enquiry),
        quiet: is_quiet.then(|| page.say_with("contact-quiet", &[("n", &QUIET_DAYS.to_string())])),
        contacts,
        page,
    };
    Ok(private(render(&view)))
}

/// Whom the registry names, for when nobody answers.
async fn whom_else(app: &App, page: &Page, nct_id: &str) -> Result<Vec<ContactView>, Problem> {
    let stored = trial::stored(app, nct_id).await?;
    let study = trialway_registry::parse_study(&stored.bytes)?.value;
    let centres = Centres::of(page, &study, None, &[]);
    let mut out = centres.whole;
    out.extend(centres.others.into_iter().flat_map(|one| one.contacts));
    out.truncate(5);
    Ok(out)
}

/// A day, as ISO 8601 has it; the same in every language.
fn day(at: i64) -> String {
    jiff::Timestamp::from_second(at).map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}
