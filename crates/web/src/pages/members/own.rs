//! One's own account: where one may go, ways to sign in, sessions.

use super::gate::Member;
use super::invitation::{code_page, paper, paper_page, registered};
use super::{Sent, now, passkey_script, refused, roles_words, site, text, when};
use crate::error::Problem;
use crate::pages::{Page, private, render};
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use trialway_accounts::secret::web_bytes;
use trialway_accounts::{Area, Secret, passkey, totp};
use trialway_store::{AccountChange, Codes, random};

/// Ways to sign in are changed only so soon after signing in, in seconds: a browser left open is not enough.
const FRESH_SECONDS: i64 = 15 * 60;

struct PasskeyView {
    id: String,
    made: String,
    used: String,
}

#[derive(Template)]
#[template(path = "team_own.html")]
struct OwnPage {
    page: Page,
    script: &'static str,
    name: String,
    sign_in_name: String,
    roles: String,
    may_answer: bool,
    may_edit: bool,
    may_manage: bool,
    may_audit: bool,
    passkeys: Vec<PasskeyView>,
    has_code: bool,
    n_paper: String,
    n_sessions: String,
    options: String,
    is_fresh: bool,
}

fn is_fresh(member: &Member) -> bool {
    now() < member.0.began_at.saturating_add(FRESH_SECONDS)
}

fn purpose(account_id: &str) -> String {
    format!("account {account_id}")
}

/// Shows the page.
pub async fn show(State(app): State<App>, page: Page, member: Member, headers: HeaderMap) -> Result<Response, Problem> {
    let account = member.account();
    let passkeys = app.store.passkeys_of(&account.id).await?;
    let codes = app.store.codes_of(&account.sign_in_name).await?;
    let n_paper = codes.map_or(0, |codes| codes.recovery.len()).to_string();
    let n_sessions = app.store.n_sessions(&account.id, now()).await?.to_string();
    let is_fresh = is_fresh(&member);
    let options = match site(&app, &headers).filter(|_| is_fresh) {
        Some(site) => {
            let challenge = Secret::new(random()?);
            app.store.put_challenge(&challenge.hash(), &purpose(&account.id), now()).await?;
            let (id, name) = (account.id.as_bytes(), account.sign_in_name.as_str());
            passkey::creation_options(&site, challenge.bytes(), id, name, &account.name)
        }
        None => String::new(),
    };
    let may = |area| account.roles.may(area);
    Ok(private(render(&OwnPage {
        script: passkey_script(),
        name: account.name.clone(),
        sign_in_name: account.sign_in_name.clone(),
        roles: roles_words(&page, &account.roles),
        may_answer: may(Area::Inbox),
        may_edit: may(Area::Editorial),
        may_manage: may(Area::Accounts),
        may_audit: may(Area::Audit),
        passkeys: passkeys
            .into_iter()
            .map(|one| PasskeyView { id: one.id, made: when(one.made_at), used: when(one.used_at) })
            .collect(),
        has_code: account.has_code,
        n_paper,
        n_sessions,
        options,
        is_fresh,
        page,
    })))
}

fn not_fresh(page: Page) -> Response {
    refused(page, StatusCode::FORBIDDEN, "team-not-fresh", false)
}

/// Adds a passkey.
pub async fn add_passkey(
    State(app): State<App>,
    page: Page,
    member: Member,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    if !is_fresh(&member) {
        return Ok(not_fresh(page));
    }
    let id = &member.account().id;
    let made = registered(&app, &headers, &sent, &purpose(id), id).await?;
    if let Some(made) = made
        && app.store.add_passkey(&made).await?
    {
        return Ok(Redirect::to("/team").into_response());
    }
    Ok(refused(page, StatusCode::UNPROCESSABLE_ENTITY, "team-passkey-not-made", false))
}

/// Takes a passkey away.
pub async fn remove_passkey(
    State(app): State<App>,
    page: Page,
    member: Member,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    if !is_fresh(&member) {
        return Ok(not_fresh(page));
    }
    match app.store.remove_passkey(&member.account().id, text(&sent, "passkey"), now()).await? {
        AccountChange::LastWay => Ok(refused(page, StatusCode::CONFLICT, "team-last-way", false)),
        _ => Ok(Redirect::to("/team").into_response()),
    }
}

/// Shows a new secret for an app for codes.
pub async fn new_codes(page: Page, member: Member) -> Result<Response, Problem> {
    if !is_fresh(&member) {
        return Ok(not_fresh(page));
    }
    let secret: [u8; totp::SECRET_BYTES] = random()?;
    let name = member.account().sign_in_name.clone();
    Ok(private(render(&code_page(page, &secret, &name, "/team/codes/confirm".to_owned(), String::new()))))
}

/// Takes the first code of the app: from now on it is the one, with new codes on paper.
pub async fn confirm_codes(
    State(app): State<App>,
    page: Page,
    member: Member,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    if !is_fresh(&member) {
        return Ok(not_fresh(page));
    }
    let account = member.account();
    let secret = web_bytes(text(&sent, "secret")).filter(|bytes| bytes.len() == totp::SECRET_BYTES);
    let Some(secret) = secret else { return Ok(Redirect::to("/team").into_response()) };
    let Some(step) = totp::accept(&secret, text(&sent, "code"), now(), 0) else {
        let complaint = page.say("team-code-wrong");
        let again = code_page(page, &secret, &account.sign_in_name, "/team/codes/confirm".to_owned(), complaint);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, private(render(&again))).into_response());
    };
    let (shown, salt, recovery) = paper().await?;
    let codes = Codes { account_id: account.id.clone(), secret, step, salt, recovery };
    app.store.set_codes(&codes, now()).await?;
    Ok(paper_page(page, shown))
}
