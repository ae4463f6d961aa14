//! Addresses and what answers them.

use crate::error::Problem;
use crate::middleware::Plain;
use crate::pages::{
    about, check, cohort, compare, contact, coverage, editorial, feed, follow, history, home, inbox, keep, language,
    matching, members, report, screen, search, suggest, trial,
};
use crate::state::App;
use crate::{middleware, pages};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Everything the server answers.
pub fn router(app: App) -> Router {
    let limits = app.limits;
    // Private links: forms are small.
    let private = Router::new()
        .route("/trials/{nct_id}/contact", get(contact::show).post(contact::send))
        .route("/enquiries/{secret}", get(contact::sent::show).post(contact::sent::act))
        .route("/follow", get(follow::show).post(follow::ask))
        .route("/follow/confirm/{secret}", get(follow::confirm_page).post(follow::confirm))
        .route("/follow/{secret}", get(follow::own::show).post(follow::own::stop))
        .route("/follow/{secret}/off", get(follow::own::off_page).post(follow::own::off))
        .layer(DefaultBodyLimit::max(contact::LARGEST_FORM));
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(search::show))
        .route("/suggest", get(suggest::show))
        .route("/compare", get(compare::show))
        .route("/search/feed.atom", get(feed::search_atom))
        .route("/search/feed.json", get(feed::search_json))
        .route("/trials/{nct_id}", get(trial::show))
        .route("/trials/{nct_id}/sheet", get(trial::sheet::html))
        .route("/trials/{nct_id}/sheet.pdf", get(trial::sheet::pdf))
        .route("/trials/{nct_id}/check", get(check::show).post(check::send))
        .route("/check", get(check::show_all).post(check::send_all))
        .route("/trials/{nct_id}/history", get(history::show))
        .route("/trials/{nct_id}/feed.atom", get(feed::study_atom))
        .route("/trials/{nct_id}/feed.json", get(feed::study_json))
        .route("/trials/{nct_id}/report", get(report::show).post(report::send))
        .route("/screen", get(screen::show).post(screen::send))
        .route("/match", get(matching::show).post(matching::send))
        .route("/cohort", get(cohort::show).post(cohort::send))
        .route("/coverage", get(coverage::all))
        .route("/trials/{nct_id}/coverage", get(coverage::one))
        .merge(kept())
        .merge(team(&app))
        .route("/language", post(language::choose))
        .merge(private)
        .route("/about", get(about::show))
        .route("/static/style.css", get(style))
        .route("/static/suggest.js", get(script))
        .route("/static/passkey.js", get(passkey_script))
        .route("/static/world.svg", get(world))
        .route("/favicon.svg", get(icon))
        .route("/robots.txt", get(robots))
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .fallback(nothing)
        .layer(DefaultBodyLimit::max(limits.upload_bytes))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits.request))
        .layer(axum::middleware::from_fn_with_state(app.clone(), middleware::around))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// Pages of the study team: some for guests with a link, the rest behind the gate.
fn team(app: &App) -> Router<App> {
    let for_members = Router::new()
        .route("/team", get(members::own::show))
        .route("/team/sign-out", post(members::sign_in::out))
        .route("/team/sign-out-everywhere", post(members::sign_in::out_everywhere))
        .route("/team/passkey", post(members::own::add_passkey))
        .route("/team/passkey/remove", post(members::own::remove_passkey))
        .route("/team/codes", post(members::own::new_codes))
        .route("/team/codes/confirm", post(members::own::confirm_codes))
        .route("/team/accounts", get(members::others::show))
        .route("/team/accounts/invite", post(members::others::invite))
        .route("/team/accounts/{id}", post(members::others::change))
        .route("/team/audit", get(members::log::show))
        .route("/team/audit.json", get(members::log::export))
        .route("/inbox", get(inbox::list))
        .route("/inbox/{number}", get(inbox::one).post(inbox::act))
        .route("/inbox.csv", get(inbox::csv))
        .route("/inbox.json", get(inbox::json))
        .route("/editorial", get(editorial::list))
        .route("/editorial/{nct_id}", get(editorial::one))
        .route("/editorial/{nct_id}/review", post(editorial::review))
        .route("/editorial/{nct_id}/reading", post(editorial::reading))
        .route_layer(axum::middleware::from_fn_with_state(app.clone(), members::gate::members));
    Router::new()
        .route("/team/sign-in", get(members::sign_in::show).post(members::sign_in::by_code))
        .route("/team/sign-in/passkey", post(members::sign_in::by_passkey))
        .route("/team/invitation/{link}", get(members::invitation::show).post(members::invitation::names))
        .route("/team/invitation/{link}/code", post(members::invitation::code))
        .route("/team/invitation/{link}/passkey", post(members::invitation::passkey))
        .merge(for_members)
        .route_layer(axum::middleware::from_fn_with_state(app.clone(), members::gate::safely))
        // No form of these pages is large.
        .layer(DefaultBodyLimit::max(256 << 10))
}

/// Notes: pages that browsers fill, their scripts, and what is kept sealed.
fn kept() -> Router<App> {
    Router::new()
        .route("/mine", get(keep::mine))
        .route("/shared", get(keep::shared))
        .route("/static/kept/{version}/{*name}", get(keep::script))
        .route("/kept", post(keep::create))
        .route("/kept/open", post(keep::open))
        .route("/kept/standing", post(keep::standing))
        .route("/kept/revoke", post(keep::revoke))
        .route("/kept/rewrite", post(keep::rewrite))
        .layer(DefaultBodyLimit::max(SEALED_REQUEST_BYTES))
}

/// The largest sealed whole in base64url, with what stands around it.
const SEALED_REQUEST_BYTES: usize = trialway_vault::terms::LARGEST_BYTES / 3 * 4 + 4096;

async fn nothing() -> Problem {
    Problem::NoSuchPage
}

/// A year; the address of the style carries a hash of what it holds.
const FOR_LONG: &str = "public, max-age=31536000, immutable";

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, FOR_LONG)], pages::STYLE)
        .into_response()
}

async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, FOR_LONG)], pages::SCRIPT)
        .into_response()
}

async fn passkey_script() -> Response {
    let head = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, FOR_LONG)];
    (head, members::PASSKEY_SCRIPT).into_response()
}

async fn world() -> Response {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, FOR_LONG)], include_str!("../static/world.svg"))
        .into_response()
}

async fn icon() -> Response {
    (
        [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")],
        include_str!("../static/favicon.svg"),
    )
        .into_response()
}

async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /screen\nDisallow: /match\nDisallow: /check\nDisallow: /cohort\nDisallow: /editorial\nDisallow: /team\n\
     Disallow: /enquiries\nDisallow: /follow\nDisallow: /inbox\n"
}

async fn healthz(State(app): State<App>) -> Response {
    match app.store.check().await {
        Ok(()) => (StatusCode::OK, "ok\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, Extension(Plain), "the store does not answer\n").into_response(),
    }
}

async fn metrics(State(app): State<App>) -> Response {
    match app.metrics {
        Some(handle) => handle.render().into_response(),
        None => (StatusCode::NOT_FOUND, Extension(Plain), "nothing is counted\n").into_response(),
    }
}
