//! Following a study or a search by mail: asked for here, confirmed from the box, ended by one press (ADR 0038).
//!
//! Reading order: this file (asking and confirming), `own` (the private page of a follower), [`digest`] (what is sent, and when).

pub mod digest;
pub mod own;

use super::contact::mail::{base, compose, from_outside};
use super::contact::mailbox;
use super::feed::in_language;
use super::{Page, private, render, search, trial};
use crate::error::Problem;
use crate::secret;
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use trialway_enquiry::Mailbox;
use trialway_store::follows::CONFIRM_LINK;
use trialway_store::{FollowKind, Kept, NewFollow};

/// Longest query of a search that can be followed, in bytes.
const LONGEST_QUERY: usize = 600;

/// What is to be followed: a study, or a search by its query.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    trial: String,
    #[serde(default)]
    search: String,
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    trial: String,
    #[serde(default)]
    search: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    period: String,
}

#[derive(Template)]
#[template(path = "follow.html")]
struct FollowPage {
    page: Page,
    /// `trial` or `search`, and its value, as the form carries them.
    name: &'static str,
    value: String,
    /// What is followed, in words.
    what: String,
    /// Where it is shown.
    address: String,
    feed: String,
    has_mail: bool,
    email: String,
    is_weekly: bool,
    problem: Option<String>,
    is_asked: bool,
}

#[derive(Template)]
#[template(path = "follow_confirm.html")]
struct ConfirmPage {
    page: Page,
    secret: String,
    is_over: bool,
}

/// Something that can be followed.
struct Subject {
    kind: FollowKind,
    what: String,
    words: String,
}

impl Subject {
    fn address(&self) -> String {
        match self.kind {
            FollowKind::Study => format!("/trials/{}", self.what),
            FollowKind::Search => format!("/search?{}", self.what),
        }
    }

    fn feed(&self) -> String {
        match self.kind {
            FollowKind::Study => format!("/trials/{}/feed.atom", self.what),
            FollowKind::Search => format!("/search/feed.atom?{}", self.what),
        }
    }
}

async fn subject(app: &App, trial_id: &str, query: &str) -> Result<Subject, Problem> {
    if !trial_id.is_empty() {
        let stored = trial::stored(app, trial_id).await?;
        let study = trialway_registry::parse_study(&stored.bytes)?.value;
        return Ok(Subject {
            kind: FollowKind::Study,
            what: stored.nct_id.to_string(),
            words: format!("{} ({})", study.title(), stored.nct_id),
        });
    }
    let what = plain_query(query);
    if what.is_empty() || what.len() > LONGEST_QUERY {
        return Err(Problem::NoSuchPage);
    }
    let (_, words) = search::asked(app, Some(what.clone()))?;
    Ok(Subject { kind: FollowKind::Search, what, words })
}

/// A search's query in one form: only what narrows it, no place in its results, no order.
fn plain_query(query: &str) -> String {
    let pairs = form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        if !value.trim().is_empty() && name != "from" && name != "sort" {
            out.append_pair(&name, value.trim());
        }
    }
    out.finish()
}

fn view(app: &App, page: Page, subject: &Subject, sent: &Sent, problem: Option<String>, is_asked: bool) -> FollowPage {
    FollowPage {
        feed: in_language(&subject.feed(), page.tongue),
        page,
        name: if subject.kind == FollowKind::Study { "trial" } else { "search" },
        value: subject.what.clone(),
        what: subject.words.clone(),
        address: subject.address(),
        has_mail: app.sends_mail(),
        email: sent.email.clone(),
        is_weekly: sent.period != "1",
        problem,
        is_asked,
    }
}

/// Shows the form.
pub async fn show(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let done = async {
        let subject = subject(&app, &asked.trial, &asked.search).await?;
        Ok(private(render(&view(&app, page, &subject, &Sent::default(), None, false))))
    };
    done.await
}

/// Keeps the wish, and asks the box's owner. The answer is the same whether the address follows already or not.
pub async fn ask(State(app): State<App>, page: Page, Form(sent): Form<Sent>) -> Result<Response, Problem> {
    asked(&app, page, &sent).await
}

async fn asked(app: &App, page: Page, sent: &Sent) -> Result<Response, Problem> {
    let subject = subject(app, &sent.trial, &sent.search).await?;
    if !app.sends_mail() {
        return Ok(private(render(&view(app, page, &subject, sent, None, false))));
    }
    let refused = |page: Page, sentence: String, status: StatusCode| {
        let mut response = private(render(&view(app, page, &subject, sent, Some(sentence), false)));
        *response.status_mut() = status;
        response
    };
    let address = match Mailbox::parse(&sent.email) {
        Ok(address) => address,
        Err(fault) => {
            let sentence = mailbox(&page, fault);
            return Ok(refused(page, sentence, StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    let secret = secret::secret()?;
    let link = from_outside(app, &format!("/follow/confirm/{secret}"));
    let mail = compose(base(app), page.tongue, "follow-mail-confirm", "confirm", address.as_str(), &link)?;
    let new = NewFollow {
        address: address.same(),
        kind: subject.kind,
        what: subject.what.clone(),
        language: page.tongue.tag().to_owned(),
        period_days: if sent.period == "1" { 1 } else { 7 },
        secret,
        made_at: mail.made_at,
    };
    match app.store.ask_to_follow(&new, &mail).await? {
        Kept::Now | Kept::Before => Ok(private(render(&view(app, page, &subject, sent, None, true)))),
        Kept::TooMany => {
            let sentence = page.say("follow-too-many");
            Ok(refused(page, sentence, StatusCode::TOO_MANY_REQUESTS))
        }
    }
}

/// Shows the button that confirms; opening the link alone confirms nothing.
pub async fn confirm_page(State(app): State<App>, page: Page, Path(secret): Path<String>) -> Result<Response, Problem> {
    let done = async {
        let is_known = secret::is_secret(&secret) && app.store.private_link(&secret, CONFIRM_LINK).await?.is_some();
        Ok(confirm_view(page, secret, !is_known))
    };
    done.await
}

fn confirm_view(page: Page, secret: String, is_over: bool) -> Response {
    let secret = if is_over { String::new() } else { secret };
    let mut response = private(render(&ConfirmPage { page, secret, is_over }));
    if is_over {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Confirms, and leads to the follower's own page.
pub async fn confirm(State(app): State<App>, page: Page, Path(secret): Path<String>) -> Result<Response, Problem> {
    let done = async {
        let own = secret::secret()?;
        let now = jiff::Timestamp::now().as_second();
        if !secret::is_secret(&secret) || app.store.confirm_follow(&secret, &own, now).await?.is_none() {
            return Ok(confirm_view(page, secret, true));
        }
        Ok(private((StatusCode::SEE_OTHER, [(header::LOCATION, format!("/follow/{own}"))]).into_response()))
    };
    done.await
}

#[cfg(test)]
mod tests {
    use super::plain_query;

    #[test]
    fn a_search_is_followed_in_one_form() {
        assert_eq!(
            plain_query("?q=lupus+n%C3%A9phrite&from=20&sort=newest&empty=&status=A&status=B"),
            "q=lupus+n%C3%A9phrite&status=A&status=B"
        );
        assert_eq!(plain_query("from=20"), "");
    }
}
