//! A page is reviewed, published, goes stale; a reading is found wrong and is not used any more.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::{app, ask, child, corpus, from_here, get, member, multipart};
use trialway_store::{Form, ModelDraft, NewVersion, Store, content_hash};
use trialway_study::NctId;
use trialway_web::{Limits, Mode};

const ID: &str = "NCT90000001";

/// What a member sees.
struct Desk {
    router: Router,
    cookie: String,
}

impl Desk {
    async fn of(router: &Router, store: &Store) -> Self {
        Self { router: router.clone(), cookie: member(store, "editor", "A. Editor").await }
    }

    async fn see(&self, address: &str) -> String {
        let request = Request::get(address).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap();
        let (status, _, html) = ask(&self.router, from_here(request)).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        html
    }

    async fn send(&self, address: &str, body: &str) -> (StatusCode, String) {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let (status, _, html) = ask(&self.router, from_here(request)).await;
        (status, html)
    }
}

/// The hashes that the form of a page holds.
fn hashes(html: &str) -> String {
    let of = |name: &str| {
        html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    format!("record={}&sentences={}", of("record"), of("sentences"))
}

fn items(answer: &str) -> String {
    (1..=20).map(|number| format!("&item{number}={answer}")).collect()
}

async fn another_version(store: &Store) {
    let mut record: serde_json::Value = serde_json::from_slice(&corpus()[0]).unwrap();
    record["protocolSection"]["designModule"]["enrollmentInfo"]["count"] = 99.into();
    put(store, &record).await;
}

async fn put(store: &Store, record: &serde_json::Value) {
    let bytes = record.to_string().into_bytes();
    let version = NewVersion {
        nct_id: NctId::parse(ID).unwrap(),
        content_hash: content_hash(&bytes),
        form: Form::Json,
        received_at: "2026-07-01T08:00:00Z".to_owned(),
        bytes,
    };
    store.put(&[version], None).await.unwrap();
}

#[tokio::test]
async fn a_page_is_drafted_then_reviewed_then_published_then_stale() {
    let (router, store, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let desk = Desk::of(&router, &store).await;
    let (_, page) = get(&router, &format!("/trials/{ID}")).await;
    assert!(page.contains("no person has reviewed them yet"));
    let form = desk.see(&format!("/editorial/{ID}")).await;
    assert!(
        form.contains("Draft: nobody has reviewed it") && form.contains("Reading grade"),
        "sentences beside sources"
    );
    let step = format!("/editorial/{ID}/review");
    // Nobody publishes what was not looked at, or with open points.
    let (status, html) = desk.send(&step, &format!("stage=published&reviewer=A&{}{}", hashes(&form), items("y"))).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && html.contains("start one first"), "{html}");
    let (status, _) = desk.send(&step, &format!("stage=in_review&reviewer=Somebody+Else&{}", hashes(&form))).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let form = desk.see(&format!("/editorial/{ID}?done=review")).await;
    assert!(form.contains("In review") && form.contains("Does the page have one main message?"));
    let (_, html) = desk.send(&step, &format!("stage=published&reviewer=Somebody+Else&{}", hashes(&form))).await;
    assert!(html.contains("20 points of the checklist have no answer"), "{html}");
    let (_, html) =
        desk.send(&step, &format!("stage=published&reviewer=Somebody+Else&{}{}", hashes(&form), items("n"))).await;
    assert!(html.contains("only 0% of the points"), "{html}");
    let (status, _) = desk
        .send(&step, &format!("stage=published&reviewer=Somebody+Else&{}{}&note=Well", hashes(&form), items("y")))
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = get(&router, &format!("/trials/{ID}")).await;
    assert!(page.contains("A. Editor reviewed them on ") && page.contains("against version 1 of the record"), "{page}");
    assert!(page.contains("Reviewed by a person"), "the date has its name");
    assert!(desk.see("/editorial").await.contains("Published"));
    // Another version: what was reviewed is not what is shown.
    another_version(&store).await;
    let (_, page) = get(&router, &format!("/trials/{ID}")).await;
    assert!(
        page.contains("A. Editor reviewed an earlier state on ")
            && page.contains("no person has reviewed them as they stand")
    );
    let form = desk.see(&format!("/editorial/{ID}")).await;
    assert!(form.contains("Stale: the record or the sentences changed"), "{form}");
    let (status, _) = desk.send(&step, &format!("stage=in_review&reviewer=B&{}", hashes(&form))).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    // The record changes while it is in review: what was on the screen is gone.
    let old = desk.see(&format!("/editorial/{ID}")).await;
    put(&store, &serde_json::from_slice(&corpus()[0]).unwrap()).await;
    let (status, html) = desk.send(&step, &format!("stage=published&reviewer=B&{}{}", hashes(&old), items("y"))).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && html.contains("start the review anew"), "{html}");
}

#[tokio::test]
async fn a_reading_found_wrong_is_not_used_and_says_so() {
    let (router, store, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let desk = Desk::of(&router, &store).await;
    let screen = async || {
        let form = multipart("/screen", &[("trial", ID), ("pasted", &child()), ("as_of", "2026-06-15")]);
        ask(&router, form).await.2
    };
    assert!(!screen().await.contains("limit is for adults"));
    let word = format!("/editorial/{ID}/reading");
    let (status, _) = desk.send(&word, "criterion=I6.2&finding=corrected&author=Somebody+Else&reason=").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is wanted");
    for criterion in ["I6.2", "I1"] {
        let body =
            format!("criterion={criterion}&finding=corrected&author=Somebody+Else&reason=The+limit+is+for+adults");
        assert_eq!(desk.send(&word, &body).await.0, StatusCode::SEE_OTHER);
    }
    let (_, page) = get(&router, &format!("/trials/{ID}")).await;
    assert!(page.contains("the automatic reading was wrong and is not used (A. Editor, "), "{page}");
    let (_, fits) = page.split_once("This study may fit people who").unwrap();
    let fits = fits.split("</ul>").next().unwrap();
    assert!(!fits.contains("#I1\""), "what is not used is not said in plain words either: {fits}");
    let held = screen().await;
    assert!(held.contains("an editor: The limit is for adults"), "{held}");
    // It is kept by the criterion's words: another layout and another number leave it in force, other words do not.
    let mut record: serde_json::Value = serde_json::from_slice(&corpus()[0]).unwrap();
    let text = record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"].as_str().unwrap().to_owned();
    let moved = text.replace("1. Children aged 6 to 18 years", "* Any child\n* Children aged 6\n  to 18 years");
    assert_ne!(moved, text);
    record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = moved.into();
    put(&store, &record).await;
    let (_, page) = get(&router, &format!("/trials/{ID}")).await;
    assert_eq!(page.matches("is not used (A. Editor, ").count(), 2, "it survives");
    record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = text.replace("6 to 18", "7 to 18").into();
    put(&store, &record).await;
    let (_, page) = get(&router, &format!("/trials/{ID}")).await;
    assert_eq!(page.matches("is not used (A. Editor, ").count(), 1, "other words are not corrected");
    let form = desk.see(&format!("/editorial/{ID}")).await;
    assert!(
        form.contains("No longer in force: the words of the criterion changed") && form.contains("Children aged 6")
    );
    // Taken back.
    desk.send(&word, "criterion=I6.2&finding=withdrawn&author=Somebody+Else&reason=It+was+right").await;
    let (_, page) = get(&router, &format!("/trials/{ID}")).await;
    assert!(!page.contains("is not used (A. Editor, "));
}

#[tokio::test]
async fn a_models_block_is_labelled_and_checked_again_before_it_is_shown() {
    let (router, store, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    let stored = store.study(NctId::parse(ID).unwrap()).await.unwrap().unwrap();
    let quote = "An invented study record, modelled on a public one.";
    let keep = async |text: &str, hash: &str| {
        let sentences = serde_json::json!([{
            "text": text,
            "field": "protocolSection.descriptionModule.briefSummary",
            "quote": quote,
        }]);
        let draft = ModelDraft {
            nct_id: stored.nct_id,
            content_hash: hash.to_owned(),
            model: "stub-model-1".to_owned(),
            drafted_at: "2026-06-15T08:00:00Z".to_owned(),
            sentences: sentences.to_string(),
        };
        store.put_model_draft(&draft).await.unwrap();
        get(&router, &format!("/trials/{ID}")).await.1
    };
    let good = "This is an invented record, modelled on a public one.";
    let page = keep(good, &stored.content_hash).await;
    assert!(page.contains(good) && page.contains("The language model stub-model-1 wrote these sentences"), "{page}");
    assert!(page.contains("marked as drafted by the language model stub-model-1"));
    assert!(page.contains("Children aged 6 to 18 years"), "the criteria stay as published");
    for (text, hash) in [
        ("This is an invented record of 30 people.", stored.content_hash.as_str()),
        ("This is not an invented record, modelled on a public one.", stored.content_hash.as_str()),
        (good, "of another version"),
    ] {
        let page = keep(text, hash).await;
        assert!(!page.contains("stub-model-1") && !page.contains(text), "{text}");
    }
}
