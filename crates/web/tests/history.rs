//! A study's history as a page and as feeds; feeds of saved searches; warnings about stale records.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use shared::{app, ask, get};
use trialway_store::{Form, NewVersion, Store, content_hash};
use trialway_web::{Limits, Mode};

fn record(number: u32, status: &str, criteria: &str, verified: &str) -> Vec<u8> {
    json!({"protocolSection": {
        "identificationModule": {"nctId": format!("NCT{number:08}"), "briefTitle": format!("A <study> of gout & {number}")},
        "statusModule": {"overallStatus": status, "statusVerifiedDate": verified, "completionDateStruct": {"date": "2099-01"}},
        "conditionsModule": {"conditions": ["Gout"]},
        "eligibilityModule": {"eligibilityCriteria": criteria},
    }})
    .to_string()
    .into_bytes()
}

async fn put(store: &Store, number: u32, bytes: Vec<u8>, at: &str) {
    let version = NewVersion {
        nct_id: trialway_study::NctId::parse(&format!("NCT{number:08}")).unwrap(),
        content_hash: content_hash(&bytes),
        form: Form::Json,
        received_at: at.to_owned(),
        bytes,
    };
    store.put(&[version], None).await.unwrap();
}

const BEFORE: &str = "Inclusion Criteria:\n\n* Age 18 to 65 years\n* Gout\n\nExclusion Criteria:\n\n* Pregnancy";
const AFTER: &str =
    "Inclusion Criteria:\n\n* Age 18 to 75 years\n* Gout\n\nExclusion Criteria:\n\n* Pregnancy\n* <b>Dialysis</b>";

#[tokio::test]
async fn a_page_tells_what_changed_and_feeds_tell_the_same() {
    let first = record(91_000_001, "RECRUITING", BEFORE, "2026-01");
    let other = record(91_000_002, "COMPLETED", BEFORE, "2026-01");
    let (router, store, _) = app(&[first, other], Mode::Registry, Limits::default()).await;
    put(&store, 91_000_001, record(91_000_001, "SUSPENDED", AFTER, "2026-01"), "2026-07-01T08:00:00Z").await;
    let (status, html) = get(&router, "/trials/NCT91000001/history").await;
    assert_eq!(status, StatusCode::OK);
    for says in [
        "Version 2, copied 1 July 2026",
        "<del>Recruiting</del>",
        "<ins>Suspended</ins>",
        "<del>65</del>",
        "<ins>75</ins>",
    ] {
        assert!(html.contains(says), "{says}: {html}");
    }
    assert!(html.contains("&lt;b&gt;") || html.contains("&#60;b&#62;"), "words of a record are no markup");
    assert!(!html.contains("<b>Dialysis"));
    let (status, page) = get(&router, "/trials/NCT91000001").await;
    assert!(status == StatusCode::OK && page.contains("2 versions") && page.contains("/trials/NCT91000001/history"));
    assert_eq!(get(&router, "/trials/NCT91999999/history").await.0, StatusCode::NOT_FOUND);

    let request =
        |address: &str| Request::get(address).header(header::HOST, "trials.example:8443").body(Body::empty()).unwrap();
    let (status, headers, atom) = ask(&router, request("/trials/NCT91000001/feed.atom")).await;
    assert_eq!(
        (status, &headers[header::CONTENT_TYPE]),
        (StatusCode::OK, &"application/atom+xml; charset=utf-8".parse().unwrap())
    );
    assert!(
        atom.contains("http://trials.example:8443/trials/NCT91000001/history")
            && atom.contains("<updated>2026-07-01T08:00:00Z")
    );
    assert!(atom.contains("A &lt;study&gt; of gout &amp; 91000001") && !atom.contains("<study>"), "{atom}");
    assert_eq!(atom.matches("<entry>").count(), atom.matches("</entry>").count());
    let (_, _, text) = ask(&router, request("/trials/NCT91000001/feed.json")).await;
    let feed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"].as_array().unwrap().len(), 2);
    let content = feed["items"][0]["content_text"].as_str().unwrap();
    assert!(content.starts_with("Status changed from “Recruiting” to “Suspended”"), "{content}");
    assert!(content.contains("Exclusion criterion added: <b>Dialysis</b>"), "{content}");
}

#[tokio::test]
async fn a_saved_search_is_a_feed_of_what_it_finds() {
    let records: Vec<Vec<u8>> = (0..70)
        .map(|n| record(91_000_100 + n, if n % 2 == 0 { "RECRUITING" } else { "COMPLETED" }, BEFORE, "2026-01"))
        .collect();
    let (router, store, _) = app(&records, Mode::Registry, Limits::default()).await;
    put(&store, 91_000_104, record(91_000_104, "RECRUITING", AFTER, "2026-01"), "2026-07-02T08:00:00Z").await;
    put(&store, 91_000_105, record(91_000_105, "COMPLETED", AFTER, "2026-01"), "2026-07-03T08:00:00Z").await;
    let (_, html) = get(&router, "/search?q=gout&status=RECRUITING&from=20").await;
    assert!(
        html.contains("/search/feed.atom?q=gout&amp;status=RECRUITING")
            || html.contains("/search/feed.atom?q=gout&#38;status=RECRUITING")
    );
    let (status, text) = get(&router, "/search/feed.json?q=gout&status=RECRUITING").await;
    assert_eq!(status, StatusCode::OK);
    let feed: Value = serde_json::from_str(&text).unwrap();
    let ids: Vec<&str> = feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    // The newest change first; thirty-five studies and one change of them.
    assert_eq!((ids[0], ids.len()), ("urn:x-trialway:NCT91000104:2", 36));
    assert!(!ids.iter().any(|id| id.contains("NCT91000105")), "a study that the search does not find");
    let (_, text) = get(&router, "/search/feed.json").await;
    let feed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(feed["items"].as_array().unwrap().len(), 50, "a feed has an end");
    let (status, text) = get(&router, "/search/feed.atom?q=zzzzzz").await;
    assert!(status == StatusCode::OK && !text.contains("<entry>"));
}

#[tokio::test]
async fn stale_and_vanished_records_are_said() {
    let stale = record(91_000_001, "RECRUITING", BEFORE, "2019-01");
    let fresh = record(91_000_002, "RECRUITING", BEFORE, "2098-01");
    let (router, store, _) = app(&[stale, fresh], Mode::Registry, Limits::default()).await;
    assert!(get(&router, "/trials/NCT91000001").await.1.contains("has not confirmed this record for two years"));
    let (_, html) = get(&router, "/trials/NCT91000002").await;
    assert!(!html.contains("has not confirmed") && !html.contains("count on it"));
    let id = trialway_study::NctId::parse("NCT91000002").unwrap();
    store.set_gone(id, "2026-07-01T08:00:00Z").await.unwrap();
    for address in ["/trials/NCT91000002", "/trials/NCT91000002/history"] {
        let (_, html) = get(&router, address).await;
        assert!(html.contains("no longer has this study") && html.contains("1 July 2026"), "{address}");
    }
}

#[tokio::test]
async fn criteria_that_did_not_change_are_not_read_again() {
    let (router, store, _) =
        app(&[record(91_000_001, "RECRUITING", BEFORE, "2026-01")], Mode::Registry, Limits::default()).await;
    trialway_web::coverage::read_all(&store).await.unwrap();
    let reader = trialway_web::coverage::reader();
    let id = trialway_study::NctId::parse("NCT91000001").unwrap();
    // What was read is marked, so that reading again would show.
    let mut known = store.coverage_of(&reader, id).await.unwrap().unwrap();
    known.phrases = vec!["marked".to_owned()];
    store.put_coverage(&reader, &[known.clone()]).await.unwrap();
    put(&store, 91_000_001, record(91_000_001, "COMPLETED", BEFORE, "2026-02"), "2026-07-01T08:00:00Z").await;
    assert_eq!(store.to_cover(&reader, 10).await.unwrap(), [id]);
    trialway_web::coverage::read_all(&store).await.unwrap();
    let now = store.coverage_of(&reader, id).await.unwrap().unwrap();
    assert_eq!((now.phrases, now.counts), (vec!["marked".to_owned()], known.counts));
    assert_ne!(now.content_hash, known.content_hash);
    put(&store, 91_000_001, record(91_000_001, "COMPLETED", AFTER, "2026-02"), "2026-07-02T08:00:00Z").await;
    trialway_web::coverage::read_all(&store).await.unwrap();
    let now = store.coverage_of(&reader, id).await.unwrap().unwrap();
    assert!(!now.phrases.contains(&"marked".to_owned()) && now.counts[0] == known.counts[0] + 1);
    assert!(store.to_cover(&reader, 10).await.unwrap().is_empty());
    assert_eq!(get(&router, "/coverage").await.0, StatusCode::OK);
}
