//! One file per page: the words it shows, already decided, and the handler that gathers them.

pub mod about;
pub mod check;
pub mod cohort;
pub mod compare;
pub mod contact;
pub mod coverage;
pub mod download;
pub mod editorial;
pub mod feed;
pub mod follow;
pub mod history;
pub mod home;
pub mod inbox;
pub mod keep;
pub mod language;
pub mod matching;
pub mod members;
pub mod report;
pub mod screen;
pub mod search;
pub mod suggest;
mod team;
pub mod trial;

use crate::line::Line;
use crate::state::{App, Mode};
use crate::tongue::{self, Speak, Tongue};
use crate::words;
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::civil::Date;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

/// The one stylesheet.
pub const STYLE: &str = include_str!("../../static/style.css");

/// The one script: it offers names while someone types, and pages do without it.
pub const SCRIPT: &str = include_str!("../../static/suggest.js");

/// What every page has around it.
#[derive(Clone, Debug)]
pub struct Page {
    /// Whether the studies are invented.
    pub is_demonstration: bool,
    /// The address of the stylesheet.
    pub style: &'static str,
    /// The address of the script.
    pub script: &'static str,
    /// The language of the page.
    pub tongue: Tongue,
    /// Its path and query, to come back to when another language is chosen.
    pub here: String,
}

impl FromRequestParts<App> for Page {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(app, &parts.headers, &parts.uri))
    }
}

impl Page {
    /// A message in the language of the page.
    pub fn say(&self, id: &str) -> String {
        self.tongue.say(id)
    }

    /// A message with its arguments: `n` is a number and chooses the plural.
    pub fn say_with(&self, id: &str, args: &[(&str, &str)]) -> String {
        self.tongue.say_with(id, args)
    }

    /// A message as HTML, with English words in it that are marked.
    pub fn with_english(&self, id: &str, name: &str, english: &str) -> String {
        Line::of(&self.say_with(id, &[(name, &words::english(self.tongue, english))])).html()
    }

    /// A message as HTML: what stands in its square brackets leads to the addresses, one after the other; `code` is in backticks.
    pub fn linked(&self, id: &str, addresses: &[&str]) -> String {
        let mut addresses = addresses.iter();
        let (mut out, mut is_open, mut is_code) = (String::new(), false, false);
        for c in self.say(id).chars() {
            match c {
                '[' => {
                    if let Some(address) = addresses.next() {
                        is_open = true;
                        out.push_str("<a href=\"");
                        address.chars().for_each(|c| escape(c, &mut out));
                        out.push_str("\">");
                    }
                }
                ']' if is_open => {
                    is_open = false;
                    out.push_str("</a>");
                }
                ']' => {}
                '`' => {
                    is_code = !is_code;
                    out.push_str(if is_code { "<code>" } else { "</code>" });
                }
                c => escape(c, &mut out),
            }
        }
        out
    }

    /// The address of a study's feed in the language of the page.
    pub fn study_feed(&self, nct_id: &str) -> String {
        feed::in_language(&format!("/trials/{nct_id}/feed.atom"), self.tongue)
    }

    /// The languages that are offered.
    pub fn tongues(&self) -> &'static [Tongue] {
        &Tongue::ALL
    }

    /// The frame of a page in English, where no request says otherwise.
    pub fn new(mode: Mode) -> Self {
        static STYLE_ADDRESS: OnceLock<String> = OnceLock::new();
        static SCRIPT_ADDRESS: OnceLock<String> = OnceLock::new();
        let style = STYLE_ADDRESS.get_or_init(|| marked("/static/style.css", STYLE));
        let script = SCRIPT_ADDRESS.get_or_init(|| marked("/static/suggest.js", SCRIPT));
        Self {
            is_demonstration: mode == Mode::Demonstration,
            style,
            script,
            tongue: Tongue::default(),
            here: "/".to_owned(),
        }
    }

    /// The frame of the page that a request asks for.
    pub fn of(app: &App, headers: &HeaderMap, uri: &Uri) -> Self {
        let here = uri.path_and_query().map_or("/", PathAndQuery::as_str);
        Self { tongue: tongue::of(headers), here: here.to_owned(), ..Self::new(app.mode) }
    }
}

/// An address that changes with what it holds.
fn marked(address: &str, text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{address}?v={:016x}", hasher.finish())
}

/// A letter as it stands in HTML.
pub(crate) fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        c => out.push(c),
    }
}

/// A page as an answer.
pub fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            (StatusCode::INTERNAL_SERVER_ERROR, "This page cannot be shown. Please try again.").into_response()
        }
    }
}

/// Today, by the clock of this machine.
fn today() -> Date {
    jiff::tz::TimeZone::system().to_datetime(jiff::Timestamp::now()).date()
}

/// No copy of a page about people may be kept on the way.
fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
