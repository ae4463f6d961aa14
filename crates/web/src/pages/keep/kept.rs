//! What the scripts ask of the server: keep, open, look after, take back. JSON by POST; what does not exist, has ended, is another's
//! or was asked with a wrong key gets one and the same answer.

use crate::middleware::Plain;
use crate::state::App;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use trialway_store::{Keeping, Rewriting, StoreError};
use trialway_vault::terms::checked_sealed;
use trialway_vault::{Id, Key, New, Refused};

#[derive(Deserialize)]
struct Create {
    kind: String,
    opens: String,
    owns: String,
    sealed: String,
    days: u32,
}

#[derive(Deserialize)]
struct Open {
    id: String,
    key: String,
}

#[derive(Deserialize)]
struct Owned {
    id: String,
    owner: String,
}

#[derive(Deserialize)]
struct Rewrite {
    id: String,
    owner: String,
    sealed: String,
    revision: i64,
}

/// Seconds of the epoch, by the clock of this machine.
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn said(value: Value) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(value)).into_response()
}

fn problem(status: StatusCode, word: &str) -> Response {
    (status, Extension(Plain), [(header::CACHE_CONTROL, "no-store")], Json(json!({"problem": word}))).into_response()
}

/// The one answer for what cannot be had, whatever the reason.
fn closed() -> Response {
    problem(StatusCode::NOT_FOUND, "closed")
}

fn failed(error: &StoreError) -> Response {
    tracing::error!(problem = %error, "something sealed could not be kept or read");
    problem(StatusCode::INTERNAL_SERVER_ERROR, "unreachable")
}

fn refused(refused: Refused) -> Response {
    match refused {
        Refused::TooLarge => problem(StatusCode::PAYLOAD_TOO_LARGE, "large"),
        Refused::Malformed | Refused::OneKey => problem(StatusCode::UNPROCESSABLE_ENTITY, "malformed"),
    }
}

/// Reads a request; none where it is not what is asked for.
fn read<T: DeserializeOwned>(body: &Bytes) -> Option<T> {
    serde_json::from_slice(body).ok()
}

/// Keeps sealed notes under a new random id.
pub async fn create(State(app): State<App>, body: Bytes) -> Response {
    let Some(asked) = read::<Create>(&body) else { return refused(Refused::Malformed) };
    let new = match New::checked(&asked.kind, &asked.opens, &asked.owns, &asked.sealed, asked.days) {
        Ok(new) => new,
        Err(why) => return refused(why),
    };
    let mut random = [0; 16];
    if getrandom::fill(&mut random).is_err() {
        tracing::error!("the system gives no random bytes");
        return problem(StatusCode::INTERNAL_SERVER_ERROR, "unreachable");
    }
    let id = Id::of(random);
    match app.store.keep(&id, &new, now()).await {
        Ok(Keeping::Kept(expires_at)) => said(json!({"id": id.letters(), "expires_at": expires_at})),
        Ok(Keeping::Full) => problem(StatusCode::SERVICE_UNAVAILABLE, "full"),
        Err(error) => failed(&error),
    }
}

/// Hands out sealed notes to whoever has the key.
pub async fn open(State(app): State<App>, body: Bytes) -> Response {
    let Some(asked) = read::<Open>(&body) else { return refused(Refused::Malformed) };
    let (Some(id), Some(key)) = (Id::parse(&asked.id), Key::parse(&asked.key)) else { return closed() };
    match app.store.open_kept(&id, &key, now()).await {
        Ok(Some(opened)) => said(json!({
            "kind": opened.kind.as_str(),
            "sealed": trialway_vault::token::to_letters(&opened.sealed),
            "revision": opened.revision,
            "expires_at": opened.expires_at,
        })),
        Ok(None) => closed(),
        Err(error) => failed(&error),
    }
}

/// Tells the owner how something stands: until when, tries left, when it was opened.
pub async fn standing(State(app): State<App>, body: Bytes) -> Response {
    let Some(asked) = read::<Owned>(&body) else { return refused(Refused::Malformed) };
    let (Some(id), Some(owner)) = (Id::parse(&asked.id), Key::parse(&asked.owner)) else { return closed() };
    match app.store.kept_standing(&id, &owner, now()).await {
        Ok(Some(standing)) => said(json!({
            "kind": standing.kind.as_str(),
            "revision": standing.revision,
            "expires_at": standing.expires_at,
            "tries_left": standing.tries_left,
            "n_views": standing.n_views,
            "views": standing.views,
        })),
        Ok(None) => closed(),
        Err(error) => failed(&error),
    }
}

/// Takes something back for its owner.
pub async fn revoke(State(app): State<App>, body: Bytes) -> Response {
    let Some(asked) = read::<Owned>(&body) else { return refused(Refused::Malformed) };
    let (Some(id), Some(owner)) = (Id::parse(&asked.id), Key::parse(&asked.owner)) else { return closed() };
    match app.store.revoke_kept(&id, &owner, now()).await {
        Ok(true) => said(json!({"revoked": true})),
        Ok(false) => closed(),
        Err(error) => failed(&error),
    }
}

/// Writes a vault again for its owner.
pub async fn rewrite(State(app): State<App>, body: Bytes) -> Response {
    let Some(asked) = read::<Rewrite>(&body) else { return refused(Refused::Malformed) };
    let sealed = match checked_sealed(&asked.sealed) {
        Ok(sealed) => sealed,
        Err(why) => return refused(why),
    };
    let (Some(id), Some(owner)) = (Id::parse(&asked.id), Key::parse(&asked.owner)) else { return closed() };
    match app.store.rewrite_kept(&id, &owner, &sealed, asked.revision, now()).await {
        Ok(Rewriting::Written(revision, expires_at)) => said(json!({"revision": revision, "expires_at": expires_at})),
        Ok(Rewriting::Elsewhere(_)) => problem(StatusCode::CONFLICT, "elsewhere"),
        Ok(Rewriting::Closed) => closed(),
        Err(error) => failed(&error),
    }
}
