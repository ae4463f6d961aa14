//! The study team: invitations, sign-in, one's own account, accounts of others, the audit log.
//!
//! ```text
//! /team/invitation/SECRET -> name -> app for codes | passkey -> session
//! /team/sign-in           -> code | code on paper | passkey  -> session -> gate (who may go where) -> pages
//! ```
//!
//! Reading order: [`gate`], [`cookie`], [`sign_in`], [`invitation`], [`own`], [`others`], [`log`].

mod cookie;
pub mod gate;
pub mod invitation;
pub mod log;
pub mod others;
pub mod own;
pub mod sign_in;

use super::{Page, marked, render};
use crate::state::App;
use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use trialway_accounts::audit::moment;
use trialway_accounts::passkey::Site;
use trialway_accounts::{Role, Roles};

/// The script that speaks to passkeys.
pub const PASSKEY_SCRIPT: &str = include_str!("../../../static/passkey.js");

/// A form as sent.
type Sent = BTreeMap<String, String>;

fn text<'a>(sent: &'a Sent, key: &str) -> &'a str {
    sent.get(key).map(|text| text.trim()).unwrap_or_default()
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// The address of the script, which changes with what it holds.
fn passkey_script() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| marked("/static/passkey.js", PASSKEY_SCRIPT))
}

/// The site that passkeys are for; none where browsers make none.
fn site(app: &App, headers: &HeaderMap) -> Option<Site> {
    match &app.public_address {
        Some(address) => Site::of(address),
        None => Site::of(&here(headers)),
    }
}

/// Where this site is found: outside, where that was said, or where the request came to.
fn address(app: &App, headers: &HeaderMap) -> String {
    app.public_address.as_deref().map_or_else(|| here(headers), str::to_owned)
}

fn here(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    format!("http://{host}")
}

/// A moment for people: day and minute, UTC.
pub(super) fn when(seconds: i64) -> String {
    let minute: String = moment(seconds).chars().take(16).collect();
    format!("{} UTC", minute.replace('T', " "))
}

/// Roles in the language of the page.
fn roles_words(page: &Page, roles: &Roles) -> String {
    let words: Vec<String> = roles.iter().map(|role| role_words(page, role)).collect();
    words.join(", ")
}

fn role_words(page: &Page, role: Role) -> String {
    page.say(&format!("team-role-{}", role.as_str()))
}

#[derive(Template)]
#[template(path = "team_problem.html")]
struct ProblemPage {
    page: Page,
    heading: String,
    sentence: String,
    signs_in: bool,
}

/// A page that says why there is nothing to see, by two messages of which the second ends in `-means`.
fn refused(page: Page, status: StatusCode, id: &str, signs_in: bool) -> Response {
    let (heading, sentence) = (page.say(id), page.say(&format!("{id}-means")));
    (status, super::private(render(&ProblemPage { page, heading, sentence, signs_in }))).into_response()
}
