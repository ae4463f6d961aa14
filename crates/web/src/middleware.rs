//! What holds for every request: where forms may come from, headers of every answer, one line of log.

use crate::error::Problem;
use crate::pages::Page;
use crate::state::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Instant;

/// Everything from this host, nothing inline, no frames.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// A year.
const HSTS: &str = "max-age=31536000; includeSubDomains";

/// Refuses forms of other sites, adds headers, counts and logs.
///
/// The log has the route's template, never the path or query as sent: those may hold words about a person.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let page = Page::of(&app, request.headers(), request.uri());
    let mut response = if method == Method::POST && !is_same_origin(request.headers()) {
        Problem::OtherOrigin.shown(page)
    } else {
        helped(page, next.run(request).await)
    };
    if is_page(&response) {
        // The same address speaks several languages.
        response.headers_mut().append(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    }
    for (name, value) in HEADERS {
        // A page may have a policy of its own; it names what it has inside.
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    if app.limits.behind_tls {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    let seconds = start.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    let labels = [("method", method.to_string()), ("route", route.clone()), ("status", status.to_string())];
    metrics::counter!("trialway_requests_total", &labels).increment(1);
    metrics::histogram!("trialway_request_seconds", &[("route", route.clone())]).record(seconds);
    tracing::info!(%method, route, status, duration_ms = seconds * 1000.0, "request");
    response
}

/// Refusals of the framework (a method, an address, a size, a time) as pages of ours, with their status.
fn helped(page: Page, response: Response) -> Response {
    if let Some(problem) = response.extensions().get::<Arc<Problem>>() {
        return problem.shown(page);
    }
    let status = response.status();
    let is_ours = response.extensions().get::<Plain>().is_some();
    if is_page(&response) || is_ours || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Problem::NoSuchPage,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::BadInput(page.say("problem-too-large")),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Problem::TooLong,
        _ => Problem::BadInput(page.say("problem-unreadable")),
    };
    let mut response = problem.shown(page);
    *response.status_mut() = status;
    response
}

fn is_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Marks an answer that programs read, so that it stays plain.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

/// Whether a form comes from a page of this server.
///
/// **Source**: Fetch Metadata (`Sec-Fetch-Site`); for browsers without it, `Origin` against `Host`. A client that sends neither
/// is no browser, and has no cookies of ours that could be misused.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_other_sites_are_not_taken() {
        for (headers, want) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], true),
            (&[("origin", "http://other.example"), ("host", "127.0.0.1:8080")], false),
            (&[("origin", "null"), ("host", "127.0.0.1:8080")], false),
            (&[("host", "127.0.0.1:8080")], true),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(*name, HeaderValue::from_static(value));
            }
            assert_eq!(is_same_origin(&map), want, "{headers:?}");
        }
    }
}
