//! A story is in no log, header, address or file of the store. A binary of its own: the log is the process's, with all its threads.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::{Kept, bytes, corpus, multipart};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tracing_subscriber::util::SubscriberInitExt;
use trialway_registry::parse_study;
use trialway_search::Search;
use trialway_store::{Form, NewVersion, Store, content_hash};
use trialway_study::MeshTerm;
use trialway_terminology::Terminology;
use trialway_web::{App, Limits, Mode, router};

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { files(&entry.path(), out) } else { out.push(entry.path()) }
    }
}

#[tokio::test]
async fn nothing_of_a_story_leaves_the_request() {
    let kept = Kept::default();
    let writer = kept.clone();
    // Of the whole process: screening runs on threads of its own.
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish().init();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-of-stories");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let store = Store::open(&folder).await.unwrap();
    let (search, _) = Search::open(&folder, Terminology::builtin()).unwrap();
    let mut writer = search.writer().unwrap();
    let mut versions = Vec::new();
    for bytes in corpus() {
        let mut study = parse_study(&bytes).unwrap().value;
        writer.put(&study).unwrap();
        study.condition_meshes.terms =
            vec![MeshTerm { id: Some("D008181".to_owned()), term: "Lupus Nephritis".to_owned() }];
        // A layer of vocabulary, so that names of the story are looked up in the store.
        store.learn(&trialway_layers::learned(&study), &trialway_layers::about_learned("2026-06-15")).await.unwrap();
        versions.push(NewVersion {
            nct_id: study.nct_id.unwrap(),
            content_hash: content_hash(&bytes),
            form: Form::Json,
            received_at: "2026-06-15T08:00:00Z".to_owned(),
            bytes,
        });
    }
    writer.commit().unwrap();
    search.reload().unwrap();
    store.put(&versions, None).await.unwrap();
    assert!(store.has_layers().await.unwrap());
    let app = App {
        store: store.clone(),
        search: Arc::new(search),
        mode: Mode::Demonstration,
        public_address: None,
        has_mail: false,
        fonts: trialway_web::fonts::Fonts::default(),
        drafts: trialway_web::drafts::Drafts::default(),
        limits: Limits::default(),
        terms: trialway_store::EnquiryTerms::default(),
        metrics: None,
    };
    let router = router(app);
    // Words that stand nowhere but in the story and in what narrows the list.
    let story = "Zaphodina is a 9-year-old girl with lupus nephritis and krikkitosis, takes vogonicillin, potassium 7.431 mmol/L.";
    let secret = ["zaphodin", "krikkit", "vogonicillin", "7.431", "magratheaville"];
    for form in ["page", "pdf", "html", "csv"] {
        let request =
            multipart("/match", &[("pasted", story), ("place", "Magratheaville"), ("as", form), ("from", "0")]);
        let (status, headers, body) = bytes(&router, request).await;
        assert_eq!(status, StatusCode::OK);
        let headers = format!("{headers:?}").to_lowercase();
        assert!(secret.iter().all(|word| !headers.contains(word)), "{headers}");
        let body = String::from_utf8_lossy(&body).to_lowercase();
        assert!(form != "page" || body.contains("vogonicillin"), "the answer itself shows what was sent");
    }
    for (address, fields) in [
        ("/screen", vec![("pasted", story), ("trial", "NCT90000001")]),
        ("/match", vec![("pasted", story), ("as_of", "vogonicillin")]),
        ("/match", vec![("pasted", "{\"resourceType\": \"Patient\", \"id\": \"vogonicillin")]),
    ] {
        bytes(&router, multipart(address, &fields)).await;
    }
    // The check of one study, and of all: as a page, as sheets, and when it is refused.
    let form = |address: &str, fields: &[(&str, &str)]| {
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap()
    };
    for kind in ["page", "html", "pdf"] {
        let fields = [
            ("whom", "child"),
            ("age", "9"),
            ("a:lab:egfr", "7.431 vogonicillin"),
            ("a:lab:hemoglobin", "7.431"),
            ("as", kind),
        ];
        let (status, headers, body) = bytes(&router, form("/trials/NCT90000001/check", &fields)).await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            kind == "pdf" || String::from_utf8_lossy(&body).contains("7.431"),
            "the answer itself shows what was sent"
        );
        let headers = format!("{headers:?}").to_lowercase();
        assert!(secret.iter().all(|word| !headers.contains(word)), "{headers}");
    }
    for (address, fields) in [
        ("/trials/NCT90000001/check", [("age", "vogonicillin"), ("sex", "krikkitosis")]),
        ("/trials/NCT00000000/check", [("age", "9"), ("a:lab:egfr", "7.431")]),
        ("/check", [("conditions", "krikkitosis, lupus nephritis"), ("place", "Magratheaville")]),
        ("/check", [("age", "zaphodina"), ("medicines", "vogonicillin")]),
    ] {
        bytes(&router, form(address, &fields)).await;
    }
    store.close().await;
    let logged = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap().to_lowercase();
    assert!(logged.contains("/match"), "requests are logged: {}", logged.chars().take(2000).collect::<String>());
    assert!(logged.contains("/check"), "the check is logged by its route");
    assert!(
        logged.contains("trace") || logged.contains("debug"),
        "at a fine level: {}",
        logged.chars().take(2000).collect::<String>()
    );
    for word in secret {
        assert!(!logged.contains(word), "`{word}` was logged");
    }
    let mut kept = Vec::new();
    files(&folder, &mut kept);
    assert!(kept.len() > 2);
    for path in kept {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).to_lowercase();
        for word in secret {
            assert!(!text.contains(word), "`{word}` is in {}", path.display());
        }
    }
}
