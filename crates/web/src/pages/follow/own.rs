//! A follower's own page, by a private link: what they follow, what changed, and how to end it.

use super::{Subject, subject};
use crate::error::Problem;
use crate::pages::{Page, history, private, render};
use crate::secret;
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use trialway_store::follows::LINK;
use trialway_store::{FollowKind, Told};

/// Changes that are shown.
const MOST_TOLD: u32 = 60;

/// What is to be ended.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    /// The number of a follow; empty for all.
    #[serde(default)]
    stop: String,
    /// What programs send for one-click unsubscription.
    #[serde(default, rename = "List-Unsubscribe")]
    one_click: String,
}

struct ChangeView {
    nct_id: String,
    title: String,
    day: String,
    is_new: bool,
    changes: Vec<history::ChangeView>,
}

struct FollowView {
    id: i64,
    words: String,
    address: String,
    changes: Vec<ChangeView>,
}

#[derive(Template)]
#[template(path = "follow_own.html")]
struct OwnPage {
    page: Page,
    secret: String,
    follows: Vec<FollowView>,
    is_weekly: bool,
    is_over: bool,
}

/// Shows what is followed and what changed.
pub async fn show(State(app): State<App>, page: Page, Path(secret): Path<String>) -> Result<Response, Problem> {
    shown(&app, page, secret).await
}

/// Ends one follow, or all.
pub async fn stop(
    State(app): State<App>,
    page: Page,
    Path(secret): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Problem> {
    let done = async {
        let Some(follower) = follower(&app, &secret).await? else { return Ok(over(page)) };
        match wanted.stop.parse::<i64>() {
            Ok(id) if app.store.unfollow(follower, id).await? => {
                let own = format!("/follow/{secret}");
                Ok(private((StatusCode::SEE_OTHER, [(header::LOCATION, own)]).into_response()))
            }
            Ok(_) => Ok(over(page)),
            Err(_) => {
                app.store.unfollow_all(follower).await?;
                Ok(over(page))
            }
        }
    };
    done.await
}

/// The address of one-click unsubscription, opened by a person: their own page, where the button is.
pub async fn off_page(Path(secret): Path<String>) -> Response {
    let to = if secret::is_secret(&secret) { format!("/follow/{secret}") } else { "/".to_owned() };
    private((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// Ends everything by one request of a mail program.
///
/// **Source**: RFC 8058, 3.1 and 3.2: a POST with `List-Unsubscribe=One-Click`, without cookies, answered without a redirect.
pub async fn off(
    State(app): State<App>,
    page: Page,
    Path(secret): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Problem> {
    let done = async {
        if wanted.one_click == "One-Click"
            && let Some(follower) = follower(&app, &secret).await?
        {
            app.store.unfollow_all(follower).await?;
        }
        Ok(over(page))
    };
    done.await
}

async fn follower(app: &App, secret: &str) -> Result<Option<i64>, Problem> {
    if !secret::is_secret(secret) {
        return Ok(None);
    }
    Ok(app.store.private_link(secret, LINK).await?)
}

/// The page of somebody who follows nothing; it is the same for a link that never was.
fn over(page: Page) -> Response {
    private(render(&OwnPage { page, secret: String::new(), follows: Vec::new(), is_weekly: false, is_over: true }))
}

async fn shown(app: &App, page: Page, secret: String) -> Result<Response, Problem> {
    let Some(id) = follower(app, &secret).await? else { return Ok(over(page)) };
    let Some(follower) = app.store.follower(id).await? else { return Ok(over(page)) };
    let told = app.store.told(id, MOST_TOLD).await?;
    let mut follows = Vec::new();
    for follow in app.store.follows_of(id).await? {
        let (trial, query) = match follow.kind {
            FollowKind::Study => (follow.what.as_str(), ""),
            FollowKind::Search => ("", follow.what.as_str()),
        };
        let known = subject(app, trial, query).await.unwrap_or_else(|_| Subject {
            kind: follow.kind,
            what: follow.what.clone(),
            words: follow.what.clone(),
        });
        let mut changes = Vec::new();
        for one in told.iter().filter(|one| one.follow_id == follow.id) {
            changes.extend(change(app, &page, one).await?);
        }
        follows.push(FollowView { id: follow.id, address: known.address(), words: known.words, changes });
    }
    let is_weekly = follower.period_days >= 7;
    Ok(private(render(&OwnPage { page, secret, follows, is_weekly, is_over: false })))
}

async fn change(app: &App, page: &Page, told: &Told) -> Result<Option<ChangeView>, Problem> {
    let Some(step) = history::one_step(&app.store, told.nct_id, told.version).await? else { return Ok(None) };
    Ok(Some(ChangeView {
        nct_id: told.nct_id.to_string(),
        is_new: told.version == 1,
        changes: history::said(page.tongue, &step),
        title: step.title,
        day: step.received_at.chars().take(10).collect(),
    }))
}
