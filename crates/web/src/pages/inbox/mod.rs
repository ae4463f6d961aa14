//! Enquiries for those who answer them: the list, one enquiry, what is done with it, all of them as a file.
//!
//! A coordinator sees the studies that were assigned, an administrator all. Every look and every step is an entry of the audit log.

mod export;
mod one;

pub use export::{csv, json};
pub use one::{act, show as one};

use super::members::gate::Member;
use super::members::when;
use super::{Page, private, render};
use crate::error::Problem;
use crate::state::App;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use std::collections::BTreeMap;
use trialway_accounts::Area;
use trialway_enquiry::Stage;
use trialway_store::{Deed, EnquiryFilter, EnquiryLine};

/// Which of them.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    stage: String,
    #[serde(default)]
    mine: String,
}

struct StageView {
    word: &'static str,
    words: String,
    is_on: bool,
}

struct LineView {
    number: String,
    nct_id: String,
    site: String,
    stage: String,
    is_new: bool,
    sent: String,
    assigned: String,
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxPage {
    page: Page,
    lines: Vec<LineView>,
    stages: Vec<StageView>,
    is_mine: bool,
    may_export: bool,
    sees_all: bool,
}

/// The word of a stage in the language of the page; "new" for what nobody opened.
fn stage_words(page: &Page, stage: Stage) -> String {
    page.say(&format!("inbox-stage-{}", stage.as_str()))
}

/// The enquiries that a member may see, newest first.
async fn visible(app: &App, member: &Member, filter: &EnquiryFilter) -> Result<Vec<EnquiryLine>, Problem> {
    let mut lines = app.store.enquiries(filter).await?;
    if !member.account().roles.sees_all_studies() {
        let studies = app.store.studies_of(&member.account().id).await?;
        lines.retain(|line| studies.contains(&line.nct_id.to_string()));
    }
    Ok(lines)
}

/// The names of members, by their ids.
async fn names(app: &App) -> Result<BTreeMap<String, String>, Problem> {
    Ok(app.store.accounts().await?.into_iter().map(|one| (one.id, one.name)).collect())
}

/// An entry of the audit log about an enquiry.
async fn noted(app: &App, member: &Member, action: &str, number: &str) -> Result<(), Problem> {
    let now = jiff::Timestamp::now().as_second();
    Ok(app.store.audit(Deed { actor: &member.account().id, action, object: number, now }).await?)
}

/// Lists the enquiries.
pub async fn list(
    State(app): State<App>,
    page: Page,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let stage = Stage::of(&asked.stage);
    let is_mine = !asked.mine.is_empty();
    let filter = EnquiryFilter {
        stage: stage.map(|stage| stage.as_str().to_owned()),
        assigned_to: is_mine.then(|| member.account().id.clone()),
        ..EnquiryFilter::default()
    };
    let names = names(&app).await?;
    let lines = visible(&app, &member, &filter).await?;
    let lines = lines
        .into_iter()
        .map(|line| {
            let stage = Stage::of(&line.stage).unwrap_or(Stage::Sent);
            LineView {
                number: line.number,
                nct_id: line.nct_id.to_string(),
                site: line.site,
                stage: stage_words(&page, stage),
                is_new: stage == Stage::Sent,
                sent: when(line.sent_at),
                assigned: names.get(&line.assigned_to).cloned().unwrap_or_default(),
            }
        })
        .collect();
    let stages = Stage::ALL
        .into_iter()
        .map(|one| StageView { word: one.as_str(), words: stage_words(&page, one), is_on: stage == Some(one) })
        .collect();
    let roles = &member.account().roles;
    let (may_export, sees_all) = (roles.may(Area::Export), roles.sees_all_studies());
    Ok(private(render(&InboxPage { page, lines, stages, is_mine, may_export, sees_all })))
}
