//! The cookie of a session: the only one that tells who somebody is, and only members of study teams have it.

use crate::state::App;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use trialway_accounts::Secret;

/// Behind TLS, browsers hold a cookie with this beginning to this very host, to TLS and to the whole site.
fn name(app: &App) -> &'static str {
    if app.limits.behind_tls { "__Host-team" } else { "team" }
}

/// The hash of the secret that a request shows.
pub fn shown(app: &App, headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(one, _)| *one == name(app))?;
    Some(Secret::parse(value)?.hash())
}

/// Gives a browser a secret, or takes it away.
pub fn set(app: &App, response: &mut Response, secret: Option<&Secret>) {
    let secure = if app.limits.behind_tls { "; Secure" } else { "" };
    let ends = if secret.is_some() { "" } else { "; Max-Age=0" };
    let text = secret.map(Secret::text).unwrap_or_default();
    let line = format!("{}={text}; Path=/; HttpOnly; SameSite=Strict{secure}{ends}", name(app));
    if let Ok(value) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
