//! From a person's own words to the list: what is shown, in what order, and what comes along.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::Router;
use axum::http::{StatusCode, header};
use shared::{app, ask, bytes, child, corpus, get, multipart};
use trialway_web::{Limits, Mode};

const STORY: &str = "My daughter is 9 and has lupus nephritis, she takes prednisone. She has never had seizures.";
const DAY: (&str, &str) = ("as_of", "2026-06-15");

async fn portal() -> Router {
    app(&corpus(), Mode::Demonstration, Limits::default()).await.0
}

async fn listed(router: &Router, fields: &[(&str, &str)]) -> String {
    let mut all = vec![DAY];
    all.extend_from_slice(fields);
    let (status, headers, html) = ask(router, multipart("/match", &all)).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert!(!html.contains("<script") && !html.contains("eligible"), "no script, and no word like a decision");
    html
}

/// The numbers of the studies of a page, in order.
fn numbers(html: &str) -> Vec<String> {
    html.split("<li class=\"place\">")
        .skip(1)
        .map(|part| part.split("/trials/").nth(1).unwrap().chars().take(11).collect())
        .collect()
}

#[tokio::test]
async fn own_words_lead_to_a_list_that_is_explained() {
    let router = portal().await;
    let html = listed(&router, &[("pasted", STORY)]).await;
    let (understood, list) = html.split_once("id=\"found\"").unwrap();
    for said in
        ["9 years", "female", "lupus nephritis", "takes prednisone", "Does not have or take", "<mark>prednisone</mark>"]
    {
        assert!(understood.contains(said), "`{said}` in {understood}");
    }
    assert!(numbers(list).contains(&"NCT90000001".to_owned()), "{:?}", numbers(list));
    let first = list.split("<li class=\"place\">").nth(1).unwrap();
    for said in [
        "It is about the condition.",
        "named in the story",
        "<dt>Age</dt>",
        "<dt>Sex</dt>",
        "Joining",
        " open</span>",
        "Not known yet",
        "Why it stands above the next",
    ] {
        assert!(first.contains(said), "`{said}` in {first}");
    }
    assert!(first.contains("formaction=\"/screen\"") && first.contains("href=\"/trials/NCT9"), "{first}");
    // The words stand in the form alone, and no address has any.
    for part in html.split("href=\"").chain(html.split("action=\"")).skip(1) {
        let address = part.split('"').next().unwrap();
        assert!(!address.contains("lupus") && !address.contains("pasted"), "{address}");
    }
}

#[tokio::test]
async fn within_a_fit_what_is_ruled_out_stands_last_and_can_be_left_out() {
    let router = portal().await;
    let story = "A 9-year-old girl with lupus nephritis and a history of kidney transplantation, HIV positive.";
    let all = listed(&router, &[("pasted", story), ("joining", "any")]).await;
    let mut last = 0;
    for part in all.split("<li class=\"place\">").skip(1).filter(|part| part.contains("It is about the condition.")) {
        let standing = ["May match", "We cannot tell yet", "Does not appear to match"]
            .iter()
            .position(|words| part.contains(words))
            .unwrap();
        assert!(standing >= last, "{part}");
        last = standing;
    }
    let possible = listed(&router, &[("pasted", story), ("joining", "any"), ("possible", "yes")]).await;
    assert!(!possible.contains("class=\"badge fail\">Does not appear to match"));
    let narrowed = listed(&router, &[("pasted", story), ("place", "Nowhere at all"), ("within", "10")]).await;
    assert!(narrowed.contains("Nowhere at all") && narrowed.contains("distances are left out"));
}

#[tokio::test]
async fn pages_and_phases_and_places() {
    let router = portal().await;
    let story = "I have lupus, nephrotic syndrome, asthma, diabetes, epilepsy, leukemia, psoriasis and a stroke.";
    let first = listed(&router, &[("pasted", story), ("joining", "any")]).await;
    let second = listed(&router, &[("pasted", story), ("joining", "any"), ("from", "10")]).await;
    let (a, b) = (numbers(&first), numbers(&second));
    assert!(a.len() <= 10 && a.iter().all(|id| !b.contains(id)), "{a:?} {b:?}");
    let last = listed(&router, &[("pasted", story), ("joining", "any"), ("from", "99999")]).await;
    assert!(!last.contains("value=\"10\">Next"));
    let lupus = listed(&router, &[("pasted", STORY), ("phase", "PHASE4"), ("joining", "any")]).await;
    assert!(!numbers(&lupus).contains(&"NCT90000001".to_owned()), "it is of phase 1");
    let near = listed(&router, &[("pasted", STORY), ("place", "48.85,2.35"), ("joining", "any")]).await;
    assert!(near.contains("Nearest site") && near.contains("km away"));
}

#[tokio::test]
async fn the_list_is_taken_along_without_the_story() {
    let router = portal().await;
    for (form, kind, begins) in [
        ("pdf", "application/pdf", "%PDF-"),
        ("html", "text/html; charset=utf-8", "<!doctype"),
        ("csv", "text/csv; charset=utf-8", "rank,nct_id"),
    ] {
        let (status, headers, file) =
            bytes(&router, multipart("/match", &[("pasted", STORY), DAY, ("as", form)])).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CONTENT_TYPE], kind);
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(headers[header::CONTENT_DISPOSITION], format!("attachment; filename=\"studies.{form}\""));
        assert!(file.starts_with(begins.as_bytes()), "{form}");
        let text = String::from_utf8_lossy(&file);
        assert!(!text.contains("My daughter"), "{form}");
        assert!(form == "pdf" || text.contains("NCT90000001"), "{form}");
    }
}

#[tokio::test]
async fn a_place_leads_to_the_check_of_every_point() {
    let router = portal().await;
    let form = multipart("/screen", &[("policy", "strict"), ("pasted", STORY), DAY, ("trial", "NCT90000001")]);
    let (status, headers, html) = ask(&router, form).await;
    assert_eq!(status, StatusCode::OK, "{html}");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert!(html.contains("id=\"verdict\"") && html.contains("Nothing was taken for granted"), "{html}");
}

#[tokio::test]
async fn records_and_answers_are_taken_too() {
    let router = portal().await;
    for how in ["record", "pasted"] {
        let html = listed(&router, &[(how, &child())]).await;
        assert!(numbers(&html).contains(&"NCT90000001".to_owned()), "{how}");
        assert!(html.contains("taken as absent") && html.contains("name=\"pasted\""), "{how}");
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_said_beside_the_form() {
    let router = portal().await;
    for (fields, says) in [
        (vec![("pasted", " \n")], "Write something"),
        (vec![("pasted", "<a/>")], "is XML"),
        (vec![("pasted", "{\"a\":1}")], "not FHIR"),
        (vec![("pasted", STORY), ("as_of", "yesterday")], "not a date"),
    ] {
        let (status, _, html) = ask(&router, multipart("/match", &fields)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(html.contains(says) && html.contains("action=\"/match\""), "{says}: {html}");
    }
    // What stands in an address is not read.
    let (status, html) = get(&router, "/match?pasted=lupus").await;
    assert!(status == StatusCode::OK && !html.contains("lupus</textarea>"));
    let (_, html) = get(&router, "/robots.txt").await;
    assert!(html.contains("Disallow: /match"));
}
