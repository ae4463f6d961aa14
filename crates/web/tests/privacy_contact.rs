//! What a person writes to a study team, and who follows what, is in no log. A binary of its own: the log is the process's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod shared;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::{Kept, ask, corpus, get, state};
use trialway_store::EnrolledContact;
use trialway_study::NctId;
use trialway_web::{Limits, Mode, router, send_due};

const TRIAL: &str = "NCT90000001";

fn form(address: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body.finish()))
        .unwrap()
}

#[tokio::test]
async fn nothing_of_an_enquiry_or_a_follower_is_logged() {
    let kept = Kept::default();
    let writer = kept.clone();
    let log =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(log);
    let (mut app, _) = state(&corpus(), Mode::Registry, Limits::default()).await;
    app.has_mail = true;
    app.public_address = Some("https://site.example".into());
    let enrolled = EnrolledContact {
        id: 0,
        nct_id: NctId::parse(TRIAL).unwrap(),
        site: String::new(),
        name: String::new(),
        address: "magrathea@clinic.example".to_owned(),
        language: "en".to_owned(),
        enrolled_at: 1,
    };
    app.store.enrol_contact(&enrolled).await.unwrap();
    let router = router(app.clone());
    let address = format!("/trials/{TRIAL}/contact");
    let (_, html) = get(&router, &format!("{address}?near=Magratheaville")).await;
    let value = |name: &str| {
        html.split(&format!("name=\"{name}\" value=\""))
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .replace("&#39;", "'")
    };
    let (token, consent, site) = (value("token"), value("consent"), value("site"));
    let fields = [
        ("send", "yes"),
        ("token", token.as_str()),
        ("consent", &consent),
        ("site", &site),
        ("name", "Zaphodine"),
        ("way", "email"),
        ("email", "vogon@example.org"),
        ("message", "My krikkitis"),
        ("summary", "I1|Dentrassis: yes"),
        ("with_summary", "yes"),
        ("agree", "yes"),
    ];
    let (status, ..) = ask(&router, form(&address, &fields[..10])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, headers, _) = ask(&router, form(&address, &fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let own = headers["location"].to_str().unwrap().to_owned();
    for todo in ["show", "ask", "withdraw"] {
        ask(&router, form(&own, &[("todo", todo)])).await;
    }
    ask(&router, form("/follow", &[("search", "q=krikkitis"), ("email", "vogon@example.org")])).await;
    let mail = app.store.claim_mails(i64::MAX, 10).await.unwrap().remove(0).mail;
    let link = mail.body.split_whitespace().find(|word| word.starts_with("https://")).unwrap().to_owned();
    let path = link.strip_prefix("https://site.example").unwrap();
    let (_, headers, _) = ask(&router, form(path, &[])).await;
    let follower = headers["location"].to_str().unwrap().to_owned();
    get(&router, &follower).await;
    send_due(&app, jiff::Timestamp::now().as_second()).await.unwrap();
    ask(&router, form(&follower, &[("stop", "all")])).await;
    let logged = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("/enquiries/{secret}") && logged.contains("/follow/{secret}"), "requests are logged");
    let secrets = [own.as_str(), path, follower.as_str()].map(|path| path.rsplit('/').next().unwrap().to_owned());
    let words = ["Zaphodine", "vogon", "krikkitis", "Dentrassis", "agrathea"].map(str::to_owned);
    for word in words.iter().chain(&secrets) {
        assert!(!logged.contains(word.as_str()), "`{word}` was logged");
    }
}
