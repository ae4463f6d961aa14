//! Signing in by a code, a code on paper or a passkey; signing out.

use super::gate::Member;
use super::{Sent, cookie, now, passkey_script, site, text};
use crate::error::Problem;
use crate::pages::{Page, private, render};
use crate::secret::is_number;
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use trialway_accounts::passkey::{self, Passkey};
use trialway_accounts::secret::{hex, web_bytes, web_text};
use trialway_accounts::{Secret, recovery, totp};
use trialway_store::{Deed, random};

const PURPOSE: &str = "sign in";
/// One's own page.
pub(super) const OWN: &str = "/team";

#[derive(Template)]
#[template(path = "team_sign_in.html")]
struct SignInPage {
    page: Page,
    script: &'static str,
    options: String,
    name: String,
    complaint: String,
    /// The number of the enquiry that one goes on to; empty where there is none.
    enquiry: String,
}

/// Where one goes on to.
#[derive(Default, Deserialize)]
pub struct Onward {
    #[serde(default)]
    enquiry: String,
}

impl Onward {
    fn of(sent: &Sent) -> Self {
        Self { enquiry: text(sent, "enquiry").to_owned() }
    }

    /// The number of an enquiry, and nothing else: no link leads elsewhere by way of us.
    fn number(&self) -> &str {
        if is_number(&self.enquiry) { &self.enquiry } else { "" }
    }

    fn address(&self) -> String {
        match self.number() {
            "" => OWN.to_owned(),
            number => format!("/inbox/{number}"),
        }
    }
}

/// Shows the form.
pub async fn show(
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Query(onward): Query<Onward>,
) -> Result<Response, Problem> {
    form(&app, page, &headers, (&onward, ""), String::new()).await
}

async fn form(
    app: &App,
    page: Page,
    headers: &HeaderMap,
    (onward, name): (&Onward, &str),
    complaint: String,
) -> Result<Response, Problem> {
    let options = match site(app, headers) {
        Some(site) => {
            let challenge = Secret::new(random()?);
            app.store.put_challenge(&challenge.hash(), PURPOSE, now()).await?;
            passkey::request_options(&site, challenge.bytes())
        }
        None => String::new(),
    };
    let status = if complaint.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (name, enquiry) = (name.to_owned(), onward.number().to_owned());
    let shown = SignInPage { page, script: passkey_script(), options, name, complaint, enquiry };
    Ok((status, private(render(&shown))).into_response())
}

/// Takes a name and a code.
pub async fn by_code(
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let (name, given) = (text(&sent, "name").to_lowercase(), text(&sent, "code").to_owned());
    let onward = Onward::of(&sent);
    if name.is_empty() || given.is_empty() {
        let complaint = page.say("team-sign-in-empty");
        return form(&app, page, &headers, (&onward, &name), complaint).await;
    }
    // Nothing that was typed is kept: people type a secret into the wrong field.
    let subject = hex(&Sha256::digest(name.as_bytes()));
    if let Err(next) = app.store.try_code(&subject, now()).await? {
        let minutes = ((next - now()).max(1) + 59) / 60;
        let minutes = minutes.to_string();
        let complaint = page.say_with("team-sign-in-wait", &[("n", &minutes)]);
        return form(&app, page, &headers, (&onward, &name), complaint).await;
    }
    match checked(&app, &name, given).await? {
        Some((account_id, way)) => {
            app.store.forgive(&subject).await?;
            begin(&app, &headers, (&account_id, way), &onward.address()).await
        }
        None => {
            let complaint = page.say("team-sign-in-wrong");
            form(&app, page, &headers, (&onward, &name), complaint).await
        }
    }
}

/// The account whose code was given, and which kind of code it was.
async fn checked(app: &App, name: &str, given: String) -> Result<Option<(String, &'static str)>, Problem> {
    let codes = app.store.codes_of(name).await?;
    let is_on_paper = recovery::is_code(&given);
    if is_on_paper {
        // A name that nobody has takes as long as one that somebody has.
        let salt = codes.as_ref().map_or_else(|| vec![0; recovery::SALT_BYTES], |codes| codes.salt.clone());
        let fresh = hashed(given, salt).await?;
        let Some(codes) = codes else { return Ok(None) };
        if let Some(found) = fresh.and_then(|fresh| recovery::find(&fresh, &codes.recovery).cloned())
            && app.store.use_recovery(&codes.account_id, &found, now()).await?
        {
            return Ok(Some((codes.account_id, "paper")));
        }
        return wrong(app, &codes.account_id).await;
    }
    let secret = codes.as_ref().map(|codes| codes.secret.clone()).unwrap_or_default();
    let last = codes.as_ref().map_or(i64::MAX, |codes| codes.step);
    let step = totp::accept(&secret, &given, now(), last);
    let Some(codes) = codes else { return Ok(None) };
    match step.filter(|_| !secret.is_empty()) {
        Some(step) if app.store.use_code(&codes.account_id, step).await? => Ok(Some((codes.account_id, "code"))),
        _ => wrong(app, &codes.account_id).await,
    }
}

async fn wrong(app: &App, account_id: &str) -> Result<Option<(String, &'static str)>, Problem> {
    app.store.audit(Deed { actor: "visitor", action: "wrong code", object: account_id, now: now() }).await?;
    Ok(None)
}

/// Argon2id is slow on purpose: off the threads that answer, and few at once.
pub(super) async fn hashed(code: String, salt: Vec<u8>) -> Result<Option<String>, Problem> {
    static FEW: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(2);
    let _turn = FEW.acquire().await;
    Ok(tokio::task::spawn_blocking(move || recovery::hash(&code, &salt)).await?)
}

/// Takes the answer of a passkey.
pub async fn by_passkey(
    State(app): State<App>,
    page: Page,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let onward = Onward::of(&sent);
    match answered(&app, &headers, &sent).await? {
        Some(account_id) => begin(&app, &headers, (&account_id, "passkey"), &onward.address()).await,
        None => {
            let complaint = page.say("team-passkey-refused");
            form(&app, page, &headers, (&onward, ""), complaint).await
        }
    }
}

async fn answered(app: &App, headers: &HeaderMap, sent: &Sent) -> Result<Option<String>, Problem> {
    let bytes = |key: &str| web_bytes(text(sent, key)).unwrap_or_default();
    let (client, data, signed, id) = (bytes("client"), bytes("data"), bytes("signature"), bytes("id"));
    let Some(site) = site(app, headers) else { return Ok(None) };
    let Some(challenge) = taken(app, &client, PURPOSE).await? else { return Ok(None) };
    let Some(kept) = app.store.passkey(&web_text(&id)).await? else { return Ok(None) };
    let counter = u32::try_from(kept.counter).unwrap_or_default();
    let known = Passkey { id, key: kept.public_key.clone(), counter };
    match passkey::sign_in(&site, challenge.bytes(), &known, &client, &data, &signed) {
        Ok(counter) => {
            let is_first = app.store.used_passkey(&kept.id, i64::from(counter), now()).await?;
            let account = app.store.account(&kept.account_id).await?;
            Ok(account.filter(|one| is_first && one.closed_at.is_none()).map(|one| one.id))
        }
        Err(refusal) => {
            tracing::info!(%refusal, "a passkey was not taken");
            app.store
                .audit(Deed { actor: "visitor", action: "passkey refused", object: &kept.account_id, now: now() })
                .await?;
            Ok(None)
        }
    }
}

/// The challenge that an answer is to, where it was asked for this and not answered yet.
pub(super) async fn taken(app: &App, client: &[u8], purpose: &str) -> Result<Option<Secret>, Problem> {
    let challenge = passkey::challenge_of(client).and_then(|bytes| bytes.try_into().ok()).map(Secret::new);
    let Some(challenge) = challenge else { return Ok(None) };
    let is_open = app.store.take_challenge(&challenge.hash(), purpose, now()).await?;
    Ok(is_open.then_some(challenge))
}

/// Begins a session under a new secret, and goes on to an address of ours: one that was planted in the browser before is worth nothing.
pub(super) async fn begin(
    app: &App,
    headers: &HeaderMap,
    (account_id, way): (&str, &str),
    onward: &str,
) -> Result<Response, Problem> {
    let mut response = Redirect::to(onward).into_response();
    begin_with(app, headers, account_id, way, &mut response).await?;
    Ok(response)
}

pub(super) async fn begin_with(
    app: &App,
    headers: &HeaderMap,
    account_id: &str,
    way: &str,
    response: &mut Response,
) -> Result<(), Problem> {
    let secret = Secret::new(random()?);
    let before = cookie::shown(app, headers);
    app.store.begin_session(&secret.hash(), account_id, before.as_deref(), way, now()).await?;
    cookie::set(app, response, Some(&secret));
    Ok(())
}

/// Ends this session.
pub async fn out(State(app): State<App>, member: Member) -> Result<Response, Problem> {
    end(&app, &member, false).await
}

/// Ends every session of the account.
pub async fn out_everywhere(State(app): State<App>, member: Member) -> Result<Response, Problem> {
    end(&app, &member, true).await
}

async fn end(app: &App, member: &Member, everywhere: bool) -> Result<Response, Problem> {
    app.store.end_sessions(&member.0, everywhere, now()).await?;
    let mut response = Redirect::to("/team/sign-in").into_response();
    cookie::set(app, &mut response, None);
    Ok(response)
}
