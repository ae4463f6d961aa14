//! What a person gives is in no log, no page but the answer, and no store. A binary of its own: the log is the process's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod shared;

use axum::http::StatusCode;
use shared::{Kept, app, ask, child, corpus, get, multipart};
use trialway_web::{Limits, Mode};

#[tokio::test]
async fn nothing_of_a_record_leaves_the_request() {
    let kept = Kept::default();
    let writer = kept.clone();
    let log =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(log);
    let (router, store, _) = app(&corpus(), Mode::Demonstration, Limits::default()).await;
    // Words that stand nowhere but in the record and in what was searched.
    let record = child().replace("demo-child", "zaphodine").replace("Prednisone", "Vogonicillin");
    for fields in [vec![("pasted", record.as_str())], vec![("trial", "NCT90000001"), ("record", record.as_str())]] {
        let (status, _, _) = ask(&router, multipart("/screen", &fields)).await;
        assert_eq!(status, StatusCode::OK);
    }
    let broken = format!("{{\"resourceType\": \"Patient\", \"id\": \"zaphodine\", \"birthDate\": {record}");
    let (_, _, html) = ask(&router, multipart("/screen", &[("pasted", &broken)])).await;
    assert!(!html.contains("zaphodine") && !html.contains("Vogonicillin"));
    get(&router, "/search?q=zaphodine+krikkitis").await;
    get(&router, "/trials/NCT90000001/report?criterion=zaphodine").await;
    let logged = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("/screen"), "requests are logged: {logged}");
    for word in ["zaphodine", "Vogonicillin", "krikkitis", "2014-03"] {
        assert!(!logged.contains(word), "`{word}` was logged");
    }
    assert!(store.reading_reports(10).await.unwrap().is_empty());
}
