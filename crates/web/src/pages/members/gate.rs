//! Who may go where: each address of the team's pages with the part of the site that it belongs to, asked in one place.

use super::{cookie, now, refused};
use crate::error::Problem;
use crate::pages::Page;
use crate::secret::is_number;
use crate::state::App;
use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::net::{IpAddr, SocketAddr};
use trialway_accounts::Area;
use trialway_store::{Account, Session};

/// Every address that wants a member, as the router writes it. One that is missing here is closed to all.
const AREAS: &[(&str, Area)] = &[
    ("/team", Area::Own),
    ("/team/sign-out", Area::Own),
    ("/team/sign-out-everywhere", Area::Own),
    ("/team/passkey", Area::Own),
    ("/team/passkey/remove", Area::Own),
    ("/team/codes", Area::Own),
    ("/team/codes/confirm", Area::Own),
    ("/team/accounts", Area::Accounts),
    ("/team/accounts/invite", Area::Accounts),
    ("/team/accounts/{id}", Area::Accounts),
    ("/team/audit", Area::Audit),
    ("/team/audit.json", Area::Audit),
    ("/inbox", Area::Inbox),
    ("/inbox/{number}", Area::Inbox),
    ("/inbox.csv", Area::Export),
    ("/inbox.json", Area::Export),
    ("/editorial", Area::Editorial),
    ("/editorial/{nct_id}", Area::Editorial),
    ("/editorial/{nct_id}/review", Area::Editorial),
    ("/editorial/{nct_id}/reading", Area::Editorial),
];

/// The member who asks, for handlers behind [`members`].
#[derive(Clone, Debug)]
pub struct Member(pub Session);

impl Member {
    /// The account.
    pub fn account(&self) -> &Account {
        &self.0.account
    }
}

impl FromRequestParts<App> for Member {
    type Rejection = Problem;

    /// **Errors**: no such page, where the address is not behind [`members`].
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::NoSuchPage)
    }
}

/// Lets members through to what their roles open. Others are asked to sign in, or told that this is not theirs.
pub async fn members(State(app): State<App>, page: Page, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let Some((_, area)) = AREAS.iter().find(|(path, _)| *path == route) else {
        return Problem::NoSuchPage.into_response();
    };
    let session = match cookie::shown(&app, request.headers()) {
        Some(hash) => app.store.session(&hash, now()).await,
        None => Ok(None),
    };
    match session {
        Err(error) => Problem::from(error).into_response(),
        Ok(None) if request.method() == Method::GET => Redirect::to(&sign_in(request.uri().path())).into_response(),
        Ok(None) => refused(page, StatusCode::UNAUTHORIZED, "team-signed-out", true),
        Ok(Some(session)) if session.account.roles.may(*area) => {
            request.extensions_mut().insert(Member(session));
            next.run(request).await
        }
        Ok(Some(_)) => refused(page, StatusCode::FORBIDDEN, "team-not-yours", false),
    }
}

/// Where one signs in, and then goes on to the enquiry that was asked for: a link in a mail leads there, and browsers do not show a `Strict`
/// cookie to where a link of another site leads.
fn sign_in(path: &str) -> String {
    match path.strip_prefix("/inbox/").filter(|number| is_number(number)) {
        Some(number) => format!("/team/sign-in?enquiry={number}"),
        None => "/team/sign-in".to_owned(),
    }
}

/// Lets requests through that nobody on the way can read: behind TLS, or from this machine.
pub async fn safely(State(app): State<App>, page: Page, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if app.limits.behind_tls || is_here(peer, request.headers()) {
        next.run(request).await
    } else {
        refused(page, StatusCode::FORBIDDEN, "team-not-safe", false)
    }
}

/// Whether a request comes from this machine, straight, under one of its own names.
///
/// **Shape**: a proxy on this machine would make everybody look local, so whatever was passed on is refused; a name of another
/// host that leads here (DNS rebinding) is, too.
fn is_here(peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let passed_on = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    peer.is_some_and(|peer| peer.to_canonical().is_loopback())
        && matches!(name, "localhost" | "127.0.0.1" | "[::1]")
        && !passed_on.iter().any(|name| headers.contains_key(*name))
}

#[cfg(test)]
mod tests {
    use super::is_here;
    use axum::http::{HeaderMap, HeaderValue};

    #[test]
    fn only_this_machine_is_here() {
        for (peer, headers, want) in [
            (Some("127.0.0.1"), &[("host", "127.0.0.1:8080")][..], true),
            (Some("::1"), &[("host", "[::1]:8080")], true),
            (Some("::ffff:127.0.0.1"), &[("host", "localhost")], true),
            (Some("127.0.0.1"), &[("host", "trials.example.org")], false),
            (Some("127.0.0.1"), &[("host", "127.0.0.1:8080"), ("x-forwarded-for", "203.0.113.9")], false),
            (Some("127.0.0.1"), &[("host", "127.0.0.1"), ("via", "1.1 proxy")], false),
            (Some("203.0.113.9"), &[("host", "localhost")], false),
            (Some("127.0.0.1"), &[], false),
            (None, &[("host", "localhost")], false),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(*name, HeaderValue::from_static(value));
            }
            assert_eq!(is_here(peer.map(|peer| peer.parse().unwrap()), &map), want, "{peer:?} {headers:?}");
        }
    }
}
