//! Changes as Atom and as JSON Feed: of one study, or of all that a search finds. A saved search is its address.
//!
//! Readers of feeds keep no cookie: `lang` in the address names the language; without it, that of the request (ADR 0034).

use super::history::{self, MOST_VERSIONS, Step};
use super::{search, trial};
use crate::error::Problem;
use crate::state::App;
use crate::tongue::{self, Speak, Tongue};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::fmt::Write;
use trialway_search::Query;
use trialway_store::Recent;
use trialway_study::NctId;

/// Changes in a feed.
const MOST_ENTRIES: usize = 50;

/// Changes of all studies that are looked at once.
const LOOK: u32 = 500;

/// Changes of all studies that are looked at before a search's feed ends.
const FURTHEST: usize = 20_000;

/// The form of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FeedForm {
    Atom,
    Json,
}

struct Feed {
    tongue: Tongue,
    title: String,
    /// The feed's own address.
    own: String,
    /// The page for people.
    page: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    address: String,
    title: String,
    at: String,
    sentences: Vec<String>,
}

/// The changes of one study, as Atom.
pub async fn study_atom(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    of_study(&app, &id, &Asked::of(query, &headers), &headers, FeedForm::Atom).await
}

/// The changes of one study, as JSON Feed.
pub async fn study_json(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    of_study(&app, &id, &Asked::of(query, &headers), &headers, FeedForm::Json).await
}

/// The changes of what a search finds, as Atom.
pub async fn search_atom(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    of_search(&app, &Asked::of(query, &headers), &headers, FeedForm::Atom).await
}

/// The changes of what a search finds, as JSON Feed.
pub async fn search_json(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    of_search(&app, &Asked::of(query, &headers), &headers, FeedForm::Json).await
}

/// What an address asks for besides the study.
struct Asked {
    tongue: Tongue,
    /// The search, without the language.
    search: String,
    /// The language as the address names it.
    lang: Option<Tongue>,
}

impl Asked {
    fn of(query: Option<String>, headers: &HeaderMap) -> Self {
        let query = query.unwrap_or_default();
        let pairs = || form_urlencoded::parse(query.as_bytes());
        let lang = pairs().find(|(name, _)| name == LANG).and_then(|(_, tag)| Tongue::from_tag(&tag));
        // An address without the language is taken as it is.
        let search = if pairs().any(|(name, _)| name == LANG) {
            let rest = pairs().filter(|(name, _)| name != LANG);
            form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).finish()
        } else {
            query.clone()
        };
        Self { tongue: lang.unwrap_or_else(|| tongue::of(headers)), search, lang }
    }

    /// What follows the feed's own path.
    fn own(&self) -> String {
        addressed(&self.search, self.lang)
    }

    /// What follows the path of the page for people, which asks for no language.
    fn of_page(&self) -> String {
        addressed(&self.search, None)
    }
}

/// The name of the language in an address.
const LANG: &str = "lang";

fn addressed(search: &str, lang: Option<Tongue>) -> String {
    let lang = lang.map(|tongue| format!("{LANG}={}", tongue.tag()));
    let parts: Vec<&str> =
        [Some(search), lang.as_deref()].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

/// The address of a feed in the language of a page, from what follows its path there; English is what a reader gets that says nothing.
pub fn in_language(address: &str, tongue: Tongue) -> String {
    let (path, search) = address.split_once('?').unwrap_or((address, ""));
    format!("{path}{}", addressed(search, Some(tongue).filter(|tongue| *tongue != Tongue::English)))
}

/// Where this server is, as the client knows it: readers of feeds need whole addresses.
fn base(app: &App, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b));
    let scheme = if app.limits.behind_tls { "https" } else { "http" };
    if is_host { format!("{scheme}://{host}") } else { String::new() }
}

async fn of_study(
    app: &App,
    written: &str,
    asked: &Asked,
    headers: &HeaderMap,
    form: FeedForm,
) -> Result<Response, Problem> {
    let nct_id = trial::stored(app, written).await?.nct_id;
    let (tongue, base) = (asked.tongue, base(app, headers));
    let mut steps = history::steps(&app.store, nct_id, MOST_VERSIONS).await?;
    steps.truncate(MOST_ENTRIES);
    let title = steps.first().map(|step| step.title.clone()).unwrap_or_default();
    Ok(answer(
        &Feed {
            tongue,
            title: tongue.say_with("feed-study", &[("id", &nct_id.to_string()), ("title", &title)]),
            own: format!("{base}/trials/{nct_id}/feed.{}{}", form.ending(), addressed("", asked.lang)),
            page: format!("{base}/trials/{nct_id}/history"),
            entries: steps.into_iter().map(|step| entry(tongue, nct_id, step, &base)).collect(),
        },
        form,
    ))
}

async fn of_search(app: &App, asked: &Asked, headers: &HeaderMap, form: FeedForm) -> Result<Response, Problem> {
    let (wanted, words) = search::asked(app, Some(asked.search.clone()))?;
    let (tongue, base) = (asked.tongue, base(app, headers));
    let mut entries = Vec::new();
    for recent in recent(app, &wanted).await? {
        if let Some(step) = history::one_step(&app.store, recent.nct_id, recent.version).await? {
            entries.push(entry(tongue, recent.nct_id, step, &base));
        }
    }
    Ok(answer(
        &Feed {
            tongue,
            title: if words.is_empty() {
                tongue.say("feed-all")
            } else {
                tongue.say_with("feed-search", &[("words", &words)])
            },
            own: format!("{base}/search/feed.{}{}", form.ending(), asked.own()),
            page: format!("{base}/search{}", asked.of_page()),
            entries,
        },
        form,
    ))
}

/// The newest changes of studies that a search finds now.
async fn recent(app: &App, wanted: &Query) -> Result<Vec<Recent>, Problem> {
    let mut out: Vec<Recent> = Vec::new();
    let mut before: Option<Recent> = None;
    let mut n_seen = 0;
    while out.len() < MOST_ENTRIES && n_seen < FURTHEST {
        let some = app.store.recent(before.as_ref(), LOOK).await?;
        let Some(last) = some.last() else { break };
        before = Some(last.clone());
        n_seen += some.len();
        let ids: Vec<NctId> = some.iter().map(|recent| recent.nct_id).collect();
        let found = app.search.among(wanted, &ids)?;
        out.extend(some.into_iter().filter(|recent| found.binary_search(&recent.nct_id).is_ok()));
    }
    out.truncate(MOST_ENTRIES);
    Ok(out)
}

fn entry(tongue: Tongue, nct_id: NctId, step: Step, base: &str) -> Entry {
    let mut sentences: Vec<String> = step.changes.iter().map(|change| history::sentence(tongue, change)).collect();
    if sentences.is_empty() {
        sentences.push(tongue.say(if step.version == 1 { "history-first" } else { "history-other" }));
    }
    let id = if step.version == 1 { "feed-new" } else { "feed-changed" };
    Entry {
        id: format!("urn:x-trialway:{nct_id}:{}", step.version),
        address: format!("{base}/trials/{nct_id}/history"),
        title: tongue.say_with(id, &[("id", &nct_id.to_string()), ("title", &step.title)]),
        at: step.received_at,
        sentences,
    }
}

impl FeedForm {
    fn ending(self) -> &'static str {
        match self {
            FeedForm::Atom => "atom",
            FeedForm::Json => "json",
        }
    }
}

fn answer(feed: &Feed, form: FeedForm) -> Response {
    let (kind, body) = match form {
        FeedForm::Atom => ("application/atom+xml; charset=utf-8", atom(feed)),
        FeedForm::Json => ("application/feed+json; charset=utf-8", json(feed)),
    };
    // Without a language in the address, it is that of the request.
    ([(header::CONTENT_TYPE, kind), (header::VARY, "cookie, accept-language")], body).into_response()
}

/// Text between tags or in an attribute; what XML has no place for is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            other if other.is_control() || matches!(other, '\u{fffe}' | '\u{ffff}') => {}
            other => out.push(other),
        }
    }
    out
}

/// **Source**: RFC 4287.
fn atom(feed: &Feed) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        feed.tongue.tag()
    );
    let updated = feed.entries.iter().map(|entry| entry.at.as_str()).max().unwrap_or("1970-01-01T00:00:00Z");
    let _ = writeln!(out, "<title>{}</title>", escaped(&feed.title));
    let _ = writeln!(out, "<id>{}</id>", escaped(&feed.own));
    let _ = writeln!(out, "<link rel=\"self\" href=\"{}\"/>", escaped(&feed.own));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&feed.page));
    let _ = writeln!(out, "<updated>{updated}</updated>\n<author><name>Trialway</name></author>");
    for entry in &feed.entries {
        let _ = writeln!(out, "<entry>\n<title>{}</title>", escaped(&entry.title));
        let _ = writeln!(out, "<id>{}</id>\n<updated>{}</updated>", escaped(&entry.id), escaped(&entry.at));
        let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&entry.address));
        let items: String = entry.sentences.iter().map(|one| format!("<li>{}</li>", escaped(one))).collect();
        let _ = writeln!(out, "<content type=\"html\">{}</content>\n</entry>", escaped(&format!("<ul>{items}</ul>")));
    }
    out.push_str("</feed>\n");
    out
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'static str,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_text: String,
    date_published: &'a str,
}

/// **Source**: JSON Feed 1.1.
fn json(feed: &Feed) -> String {
    let items = feed.entries.iter().map(|entry| JsonItem {
        id: &entry.id,
        url: &entry.address,
        title: &entry.title,
        content_text: entry.sentences.join("\n"),
        date_published: &entry.at,
    });
    let whole = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: &feed.own,
        language: feed.tongue.tag(),
        items: items.collect(),
    };
    serde_json::to_string(&whole).unwrap_or_default()
}
