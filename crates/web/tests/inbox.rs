//! Enquiries are read and answered by those whose studies they are about, and by nobody else; each look is in the log.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::{app, ask, corpus, from_here, member};
use trialway_store::{EnquiryAnswer, EnquiryTerms, NewEnquiry, Store};
use trialway_study::NctId;
use trialway_web::{Limits, Mode};

const MESSAGE: &str = "=HYPERLINK(\"x\") My daughter <b>Mila</b> had three relapses";

async fn enquiry(store: &Store, number: &str, nct_id: &str, record_hash: &str) {
    let new = NewEnquiry {
        number: number.to_owned(),
        secret: format!("secret of {number}"),
        nct_id: NctId::parse(nct_id).unwrap(),
        site: "Boston".to_owned(),
        contact_id: 1,
        record_hash: record_hash.to_owned(),
        engine: "0.1.0".to_owned(),
        called: "Ana".to_owned(),
        reach_kind: "phone".to_owned(),
        reach: format!("+1 555 010 {number}"),
        language: "en".to_owned(),
        message: MESSAGE.to_owned(),
        answers: vec![EnquiryAnswer {
            criterion: "I1".to_owned(),
            written: "Children aged 6 to 18 years".to_owned(),
            words: "9 years".to_owned(),
        }],
        consent_version: "1".to_owned(),
        consent_hash: "c".to_owned(),
        sent_at: jiff::Timestamp::now().as_second(),
        terms: EnquiryTerms::default(),
    };
    store.put_enquiry(&new, &[]).await.unwrap();
}

fn request(method: &str, address: &str, cookie: &str, body: &str) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(address)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie);
    from_here(request.body(Body::from(body.to_owned())).unwrap())
}

async fn see(router: &Router, address: &str, cookie: &str) -> (StatusCode, String) {
    let (status, _, html) = ask(router, request("GET", address, cookie, "")).await;
    (status, html)
}

async fn send(router: &Router, address: &str, cookie: &str, body: &str) -> (StatusCode, String) {
    let (status, _, html) = ask(router, request("POST", address, cookie, body)).await;
    (status, html)
}

#[tokio::test]
async fn a_coordinator_answers_for_the_studies_that_were_assigned_and_sees_no_others() {
    let (router, store, _) = app(&corpus()[..2], Mode::Demonstration, Limits::default()).await;
    let hash = store.study(NctId::parse("NCT90000001").unwrap()).await.unwrap().unwrap().content_hash;
    enquiry(&store, "aaaa000000000001", "NCT90000001", &hash).await;
    enquiry(&store, "aaaa000000000002", "NCT90000002", "of an older copy").await;
    let coordinator = member(&store, "coordinator", "Co Ordinator").await;
    let administrator = member(&store, "administrator", "Ada Admin").await;
    let id = store.accounts().await.unwrap().into_iter().find(|one| one.name == "Co Ordinator").unwrap().id;
    let (_, html) = see(&router, "/inbox", &coordinator).await;
    assert!(!html.contains("aaaa0000"), "nothing is assigned yet");
    store.set_studies(&id, &["NCT90000001".to_owned()], "test", 1_800_000_000).await.unwrap();
    let (_, html) = see(&router, "/inbox", &coordinator).await;
    assert!(html.contains("/inbox/aaaa000000000001") && !html.contains("aaaa000000000002"), "{html}");
    assert!(!html.contains("Mila"), "the list tells nothing of what was written");
    // That one is there is not told, and nothing is done to it.
    for body in ["", "todo=close", "todo=answer&message=x"] {
        let (status, _) = if body.is_empty() {
            see(&router, "/inbox/aaaa000000000002", &coordinator).await
        } else {
            send(&router, "/inbox/aaaa000000000002", &coordinator, body).await
        };
        assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
    }
    assert_eq!(see(&router, "/inbox/nothing", &coordinator).await.0, StatusCode::NOT_FOUND);
    let one = "/inbox/aaaa000000000001";
    let (status, html) = see(&router, one, &coordinator).await;
    assert_eq!(status, StatusCode::OK);
    for words in
        ["Opened.", "Ana", "&#60;b&#62;Mila", "9 years", "Version 1 of the record, which is still the current one"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("<b>Mila"));
    let (status, html) = send(&router, one, &coordinator, "todo=answer&message=").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && html.contains("Write an answer, or tick that you called."));
    let (status, html) = send(&router, one, &coordinator, &format!("todo=answer&message={}", "a".repeat(4_001))).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && html.contains(&"a".repeat(4_001)), "what was typed stays");
    assert_eq!(send(&router, one, &coordinator, &format!("todo=assign&to={id}")).await.0, StatusCode::SEE_OTHER);
    assert_eq!(send(&router, one, &coordinator, "todo=assign&to=nobody").await.0, StatusCode::NOT_FOUND);
    let (status, _) = send(&router, one, &coordinator, "todo=answer&message=Please+come+on+Monday").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, html) = see(&router, one, &coordinator).await;
    assert!(html.contains("Answered.") && html.contains("Please come on Monday") && html.contains("Co Ordinator, "));
    let (_, html) = see(&router, "/inbox?mine=yes", &coordinator).await;
    assert!(html.contains("aaaa000000000001"));
    // All of it for administrators.
    let (_, csv) = see(&router, "/inbox.csv", &administrator).await;
    assert_eq!(csv.matches("\r\n\"aaaa00000000000").count(), 2);
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")"), "no cell is a formula: {csv}");
    let (_, json) = see(&router, "/inbox.json", &administrator).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[1]["replies"][0]["message"], "Please come on Monday");
    let (_, html) = see(&router, "/inbox/aaaa000000000002", &administrator).await;
    assert!(html.contains("The version of the record is no longer held here."));
    assert_eq!(send(&router, one, &coordinator, "todo=close").await.0, StatusCode::SEE_OTHER);
    let (status, html) = send(&router, one, &coordinator, "todo=answer&message=Too+late").await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && html.contains("Too late") == html.contains("textarea"));
    // Taken back: nothing of it is left to see.
    let id = store.enquiry_numbered("aaaa000000000002").await.unwrap().unwrap();
    store.withdraw_enquiry(id, 1_800_000_000).await.unwrap();
    let (_, html) = see(&router, "/inbox/aaaa000000000002", &administrator).await;
    assert!(html.contains("Taken back.") && !html.contains("Mila") && !html.contains("555"), "{html}");
    // The log has every look and step, and no word of what was written.
    let log = store.audit_all().await.unwrap();
    for action in ["enquiry read", "enquiry assigned", "enquiry answered", "enquiry closed", "enquiries exported"] {
        assert!(log.iter().any(|kept| kept.entry.action == action), "{action}");
    }
    let all = format!("{log:?}");
    for planted in ["Mila", "Monday", "Ana", "555 010", "9 years"] {
        assert!(!all.contains(planted), "{planted}");
    }
    assert!(store.audit_verify(None).await.unwrap().is_ok());
}
