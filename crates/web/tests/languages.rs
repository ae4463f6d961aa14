//! The language of pages: chosen by a form, kept by a cookie, asked for by a browser; never another address.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use shared::{app, corpus};
use tower::ServiceExt;
use trialway_web::{Limits, Mode};

async fn ask(app: &Router, address: &str, headers: &[(&str, &str)]) -> (StatusCode, header::HeaderMap, String) {
    let mut request = Request::get(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

async fn choose(app: &Router, body: &str, headers: &[(&str, &str)]) -> (StatusCode, header::HeaderMap) {
    let mut request = Request::post("/language").header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    (response.status(), response.headers().clone())
}

#[tokio::test]
async fn a_language_is_chosen_kept_and_spoken() {
    let (app, ..) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let (status, headers) = choose(&app, "language=es&back=%2Fsearch%3Fq%3Dlupus", &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers[header::LOCATION], "/search?q=lupus");
    let cookie = headers[header::SET_COOKIE].to_str().unwrap();
    assert_eq!(cookie, "language=es; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    let (_, headers, page) = ask(&app, "/search?q=lupus", &[("cookie", "language=es")]).await;
    assert!(page.contains("<html lang=\"es\" dir=\"ltr\">"));
    assert!(page.contains("name=\"back\" value=\"/search?q=lupus\""));
    assert!(page.contains("value=\"es\" lang=\"es\" aria-current=\"true\">Español</button>"));
    let vary: Vec<&str> = headers.get_all(header::VARY).iter().map(|value| value.to_str().unwrap()).collect();
    assert!(vary.iter().any(|value| value.contains("cookie") && value.contains("accept-language")), "{vary:?}");
    // What is wrong is said in the language, too.
    let (status, _, page) = ask(&app, "/trials/NCT00000000", &[("accept-language", "zh-CN,zh;q=0.9")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("<html lang=\"zh-Hans\"") && page.contains("NCT00000000"), "{page}");
}

#[tokio::test]
async fn a_choice_leads_to_no_other_host_and_sets_no_other_cookie() {
    let (app, ..) = app(&[], Mode::Registry, Limits { behind_tls: true, ..Limits::default() }).await;
    let (_, headers) = choose(&app, "language=zh-Hans&back=%2F%2Fother.example%2F", &[]).await;
    assert_eq!(headers[header::LOCATION], "/");
    assert!(headers[header::SET_COOKIE].to_str().unwrap().ends_with("; Secure"));
    let (status, headers) = choose(&app, "language=%22x%0d%0aset-cookie:a&back=/about", &[]).await;
    assert_eq!((status, &headers[header::LOCATION]), (StatusCode::SEE_OTHER, &"/about".parse().unwrap()));
    assert!(!headers.contains_key(header::SET_COOKIE));
    let (status, headers) = choose(&app, "language=es&back=/", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(!headers.contains_key(header::SET_COOKIE));
}
