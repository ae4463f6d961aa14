//! Who may see the pages for editors: somebody at this machine, until there are roles.

use crate::error::Problem;
use crate::state::App;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};

/// Answers requests of this machine; for all others there is no such page.
pub async fn only_here(State(app): State<App>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if !app.limits.behind_tls && is_here(peer, request.headers()) {
        next.run(request).await
    } else {
        Problem::NoSuchPage.into_response()
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
