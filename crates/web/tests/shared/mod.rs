//! The server over the project's own studies, and requests to it.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::print_stdout, reason = "it says why there is less to test")]

pub mod tongues;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt;
use trialway_registry::parse_study;
use trialway_search::Search;
use trialway_store::{EnquiryTerms, Form, NewVersion, Store, content_hash};
use trialway_terminology::Terminology;
use trialway_web::drafts::Drafts;
use trialway_web::fonts::Fonts;
use trialway_web::{App, Limits, Mode, router};

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn corpus() -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join("corpus/registry")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Real records, where the shared data are present.
pub fn shared() -> Vec<Vec<u8>> {
    let folder = std::env::var_os("TRIALWAY_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let mut out = Vec::new();
    if let Ok(entries) = std::fs::read_dir(folder.join("registry")) {
        for path in
            entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|x| x == "json"))
        {
            out.push(std::fs::read(path).unwrap());
        }
    }
    if let Ok(file) = std::fs::File::open(folder.join("trials/studies_v2.ndjson.gz")) {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(file), &mut text).unwrap();
        out.extend(text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.as_bytes().to_vec()));
    }
    if out.is_empty() {
        println!("the shared data are not here: only the project's own studies are shown");
    }
    out
}

pub async fn app(records: &[Vec<u8>], mode: Mode, limits: Limits) -> (Router, Store, Vec<String>) {
    let (app, ids) = state(records, mode, limits).await;
    let store = app.store.clone();
    (router(app), store, ids)
}

/// What requests use, over a store in memory.
pub async fn state(records: &[Vec<u8>], mode: Mode, limits: Limits) -> (App, Vec<String>) {
    let store = Store::in_memory().await.unwrap();
    let search = Search::in_memory(Terminology::builtin()).unwrap();
    let mut writer = search.writer().unwrap();
    let (mut versions, mut ids) = (Vec::new(), Vec::new());
    for bytes in records {
        let study = parse_study(bytes).unwrap().value;
        writer.put(&study).unwrap();
        ids.push(study.doc.clone());
        versions.push(NewVersion {
            nct_id: study.nct_id.unwrap(),
            content_hash: content_hash(bytes),
            form: Form::Json,
            received_at: "2026-06-15T08:00:00Z".to_owned(),
            bytes: bytes.clone(),
        });
    }
    writer.commit().unwrap();
    search.reload().unwrap();
    store.put(&versions, None).await.unwrap();
    let search = Arc::new(search);
    (app_over(store, search, mode, limits), ids)
}

/// A server's state over nothing.
pub fn over(store: Store, search: Arc<Search>, limits: Limits) -> App {
    app_over(store, search, Mode::Demonstration, limits)
}

fn app_over(store: Store, search: Arc<Search>, mode: Mode, limits: Limits) -> App {
    App {
        store,
        search,
        mode,
        public_address: None,
        has_mail: false,
        fonts: Fonts::default(),
        drafts: Drafts::default(),
        limits,
        terms: EnquiryTerms::default(),
        metrics: None,
    }
}

pub async fn ask(router: &Router, request: Request<Body>) -> (StatusCode, axum::http::HeaderMap, String) {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 64 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
}

/// An answer that need not be text.
pub async fn bytes(router: &Router, request: Request<Body>) -> (StatusCode, axum::http::HeaderMap, Vec<u8>) {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    (parts.status, parts.headers, to_bytes(body, 64 << 20).await.unwrap().to_vec())
}

pub async fn get(router: &Router, address: &str) -> (StatusCode, String) {
    let (status, _, body) = ask(router, Request::get(address).body(Body::empty()).unwrap()).await;
    (status, body)
}

/// A form with fields, as browsers send it.
pub fn multipart(address: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut body = String::new();
    for (name, value) in fields {
        let file = if name.starts_with("record") { "; filename=\"r.json\"" } else { "" };
        body.push_str(&format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"));
    }
    body.push_str("--edge--\r\n");
    Request::post(address)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap()
}

pub fn child() -> String {
    std::fs::read_to_string(root().join("corpus/patients/lupus-nephritis-child.json")).unwrap()
}

/// What the form of a worklist carries.
pub fn state_of(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"state\" value=\"").unwrap();
    let (value, _) = rest.split_once('"').unwrap();
    value
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

/// The page without its tags, as a reader sees it.
pub fn seen(html: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for character in html.chars() {
        match character {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                out.push(' ');
            }
            other if !in_tag => out.push(other),
            _ => {}
        }
    }
    out
}

/// The same as one line, its signs as they are read.
pub fn plain(html: &str) -> String {
    let words = seen(html);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">")
}

/// A writer that keeps what is logged.
#[derive(Clone, Default)]
pub struct Kept(pub Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A request straight from this machine, which may speak of accounts without TLS.
pub fn from_here(mut request: Request<Body>) -> Request<Body> {
    let peer = std::net::SocketAddr::from(([127, 0, 0, 1], 40_000));
    request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
    request.headers_mut().insert(header::HOST, "localhost:8080".parse().unwrap());
    request
}

/// Makes an account with these roles and signs it in; the cookie of its session.
pub async fn member(store: &Store, roles: &str, name: &str) -> String {
    use trialway_accounts::{Roles, Secret};
    let now = jiff::Timestamp::now().as_second();
    let (invitation, session) =
        (Secret::new(trialway_store::random().unwrap()), Secret::new(trialway_store::random().unwrap()));
    let hash = invitation.hash();
    let made = trialway_store::Invitation::new(hash.clone(), Roles::parse(roles), Vec::new(), "test", now);
    store.invite(&made).await.unwrap();
    let id: String = hash.chars().take(16).collect();
    store.prepare_invitation(&hash, &id, name, &[7; 20], now).await.unwrap();
    let codes = trialway_store::Codes {
        account_id: id.clone(),
        secret: vec![7; 20],
        step: 0,
        salt: vec![7; 16],
        recovery: Vec::new(),
    };
    store.accept_invitation(&hash, &id, &trialway_store::FirstWay::Codes(codes), now).await.unwrap();
    store.begin_session(&session.hash(), &id, None, "code", now).await.unwrap();
    format!("team={}", session.text())
}

/// A body that says a few bytes and never ends.
pub struct Slow(pub Option<&'static [u8]>);

impl axum::body::HttpBody for Slow {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        match self.0.take() {
            Some(first) => std::task::Poll::Ready(Some(Ok(http_body::Frame::data(first.into())))),
            None => std::task::Poll::Pending,
        }
    }
}
