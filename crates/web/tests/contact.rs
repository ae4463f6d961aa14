//! Writing to a study centre and following by mail: what is sent, what is kept, what is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod shared;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use shared::{ask, corpus, get, plain, state};
use trialway_store::{EnquiryFilter, EnquiryTerms, EnrolledContact, Form, NewVersion, Store, content_hash};
use trialway_study::NctId;
use trialway_web::{App, Limits, Mode, router, send_due};

const TRIAL: &str = "NCT90000001";
const DAY: i64 = 86_400;

async fn mailing() -> (Router, App, Store) {
    let (mut app, _) = state(&corpus(), Mode::Registry, Limits::default()).await;
    app.has_mail = true;
    app.public_address = Some("https://site.example".into());
    app.store
        .enrol_contact(&EnrolledContact {
            id: 0,
            nct_id: NctId::parse(TRIAL).unwrap(),
            site: String::new(),
            name: "Nurse".to_owned(),
            address: "team@clinic.example".to_owned(),
            language: "es".to_owned(),
            enrolled_at: 1,
        })
        .await
        .unwrap();
    let store = app.store.clone();
    (router(app.clone()), app, store)
}

fn form(address: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Request<Body> {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    let mut request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.finish())).unwrap()
}

const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

fn value(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    html.split(&start).nth(1).unwrap().split('"').next().unwrap().replace("&#39;", "'")
}

/// The form filled in; `changes` go before what is usual, and an empty change leaves the field out.
async fn written(router: &Router, changes: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let (_, html) = get(router, &format!("/trials/{TRIAL}/contact")).await;
    let (token, consent, site) = (value(&html, "token"), value(&html, "consent"), value(&html, "site"));
    let usual = [
        ("send", "yes"),
        ("token", token.as_str()),
        ("consent", &consent),
        ("site", &site),
        ("name", "Zaphodine"),
        ("way", "email"),
        ("email", "ana@example.org"),
        ("message", "Krikkitis?"),
        ("agree", "yes"),
    ];
    let mut fields: Vec<(&str, &str)> =
        usual.into_iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name)).collect();
    fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    ask(router, form(&format!("/trials/{TRIAL}/contact"), &fields, &[OURS])).await
}

#[tokio::test]
async fn an_enquiry_is_kept_and_its_mails_say_nothing() {
    let (router, _, store) = mailing().await;
    let (status, headers, _) = written(
        &router,
        &[("summary", "I1|Vogonsign: yes"), ("summary", "E1|Dentrassis: no"), ("with_summary", "yes")],
    )
    .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let own = headers["location"].to_str().unwrap().to_owned();
    assert!(own.starts_with("/enquiries/") && headers["cache-control"] == "no-store");
    let mails = store.claim_mails(i64::MAX, 10).await.unwrap();
    assert_eq!(
        mails.iter().map(|one| one.mail.recipient.as_str()).collect::<Vec<_>>(),
        ["team@clinic.example", "ana@example.org"]
    );
    let stored =
        trialway_registry::parse_study(&store.study(NctId::parse(TRIAL).unwrap()).await.unwrap().unwrap().bytes)
            .unwrap();
    for one in &mails {
        let whole = format!("{}\n{}", one.mail.subject, one.mail.body).to_lowercase();
        for word in [
            "zaphodine",
            "krikkitis",
            "vogonsign",
            "dentrassis",
            "nct9",
            "trial",
            "study",
            "estudio",
            "ensayo",
            "lupus",
            "health",
            "<img",
        ] {
            assert!(!whole.replace("site.example", "").contains(word), "{word}: {whole}");
        }
        assert!(!whole.contains(&stored.value.title().to_lowercase()));
    }
    assert!(mails[0].mail.subject.contains("mensaje"), "the centre's own language");
    let number = store.enquiries(&EnquiryFilter::default()).await.unwrap().remove(0).number;
    assert!(
        mails[0].mail.body.contains(&format!("https://site.example/inbox/{number}\n")),
        "the team is led to the inbox: {}",
        mails[0].mail.body
    );
    assert!(mails[1].mail.body.contains(&format!("https://site.example{own}")));
    // Opening the link shows where it stands and nothing of what was said; the button does.
    let (status, html) = get(&router, &own).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        plain(&html).contains("Nobody has opened it yet") && !html.contains("Krikkitis") && !html.contains("Vogonsign")
    );
    let (_, _, html) = ask(&router, form(&own, &[("todo", "show")], &[OURS])).await;
    assert!(html.contains("Krikkitis?") && html.contains("Vogonsign: yes") && html.contains("Zaphodine"));
    let line = store.enquiries(&EnquiryFilter::default()).await.unwrap().remove(0);
    let kept = store.enquiry(line.id).await.unwrap().unwrap();
    assert_eq!((kept.answers.len(), kept.record_hash.len(), kept.engine.is_empty()), (2, 64, false));
    assert!(!kept.answers[0].written.is_empty(), "the criterion's words of that version stay with it");
    // Taken back: asked once more first, then gone.
    let (_, _, html) = ask(&router, form(&own, &[("todo", "ask")], &[OURS])).await;
    assert!(plain(&html).contains("This cannot be undone"));
    let (_, _, html) = ask(&router, form(&own, &[("todo", "withdraw")], &[OURS])).await;
    assert!(plain(&html).contains("You took it back."));
    assert_eq!(store.enquiry(line.id).await.unwrap().unwrap().message, "");
}

/// In each language of the centre: a link to the enquiry's page in the inbox, no secret, no word of what was written.
#[tokio::test]
async fn the_mail_to_a_centre_leads_to_the_inbox_in_its_language() {
    for (language, words) in
        [("en", "Sign in to read the message"), ("es", "Inicie sesión para leer"), ("zh-Hans", "请登录后阅读")]
    {
        let (router, _, store) = mailing().await;
        let contact = store.enrolled_contacts(None).await.unwrap().remove(0);
        store.remove_contact(contact.id).await.unwrap();
        let contact = EnrolledContact { language: language.to_owned(), ..contact };
        store.enrol_contact(&contact).await.unwrap();
        let fields =
            [("with_summary", "yes"), ("summary", "I1|Vogonsign: yes"), ("way", "phone"), ("phone", "5550142424")];
        let (status, headers, _) = written(&router, &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let secret = headers["location"].to_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let mails = store.claim_mails(i64::MAX, 10).await.unwrap();
        assert_eq!(mails.len(), 1);
        let body = &mails[0].mail.body;
        let links: Vec<&str> = body.split_whitespace().filter(|word| word.contains("://")).collect();
        let number = store.enquiries(&EnquiryFilter::default()).await.unwrap().remove(0).number;
        assert_eq!(links, [format!("https://site.example/inbox/{number}")], "{language}");
        assert!(body.contains(words) && !body.contains(&secret), "{language}: {body}");
        for word in ["Zaphodine", "Krikkitis", "Vogonsign", "5550142424", "NCT", "upus"] {
            assert!(!body.contains(word) && !mails[0].mail.subject.contains(word), "{language}: {word}");
        }
    }
}

/// The text that is agreed to names the days of the configuration; other days are another text, and what was promised stays with the enquiry.
#[tokio::test]
async fn how_long_it_is_kept_is_said_where_one_agrees() {
    for (tag, days) in [
        ("en", ["20 days after the centre", "45 days after I sent it"]),
        ("es", ["20 días", "45 días"]),
        ("zh", ["20 天", "45 天"]),
    ] {
        let (_, mut app, store) = mailing().await;
        let (_, html) = get(&router_of(app.clone()), &format!("/trials/{TRIAL}/contact")).await;
        let of_before = value(&html, "consent");
        app.terms = EnquiryTerms { days: 45, closed_days: 20 };
        let router = router_of(app);
        let request =
            Request::get(format!("/trials/{TRIAL}/contact")).header(header::COOKIE, format!("language={tag}"));
        let (_, _, html) = ask(&router, request.body(Body::empty()).unwrap()).await;
        let page = plain(&html);
        assert!(days.iter().all(|words| page.contains(words)), "{tag}: {page}");
        let (status, _, html) = written(&router, &[("consent", &of_before)]).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && html.contains("id=\"agree-problem\""), "{tag}");
        assert_eq!(written(&router, &[]).await.0, StatusCode::SEE_OTHER);
        let id = store.enquiries(&EnquiryFilter::default()).await.unwrap().remove(0).id;
        let sent = store.enquiry(id).await.unwrap().unwrap().line.sent_at;
        let sweep = async |days: i64| store.sweep_contact(sent + days * DAY, EnquiryTerms::default()).await.unwrap();
        assert_eq!((sweep(44).await, sweep(45).await), (0, 1), "{tag}: longer terms of later do not hold for it");
    }
}

#[tokio::test]
async fn answers_go_along_only_if_ticked_and_are_shown_one_by_one() {
    let (router, _, store) = mailing().await;
    let fields =
        [("summary", "I1|Age: 9 years"), ("summary", "E2|No"), ("summary", "<b>|bad"), ("summary", "no stroke")];
    let (status, _, html) = ask(&router, form(&format!("/trials/{TRIAL}/contact"), &fields, &[OURS])).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("value=\"I1|Age: 9 years\" checked") && html.contains("value=\"E2|No\" checked"));
    assert!(html.contains("name=\"with_summary\" value=\"yes\">"), "the box above them is not ticked");
    assert!(!html.contains("|bad"));
    written(&router, &[("summary", "I1|Age: 9 years")]).await;
    let line = store.enquiries(&EnquiryFilter::default()).await.unwrap().remove(0);
    assert!(store.enquiry(line.id).await.unwrap().unwrap().answers.is_empty());
}

#[tokio::test]
async fn a_fault_is_said_at_its_field_and_nothing_typed_is_lost() {
    let (router, _, store) = mailing().await;
    let long = "x".repeat(2_001);
    for (changes, field) in [
        (vec![("name", "")], "name"),
        (vec![("way", "")], "way"),
        (vec![("email", "\"a b\"@example.org")], "email"),
        (vec![("email", "a@example.org\r\nBcc: b@example.org")], "email"),
        (vec![("email", "ana@localhost")], "email"),
        (vec![("way", "phone"), ("phone", "call me")], "phone"),
        (vec![("message", long.as_str())], "message"),
        (vec![("agree", "")], "agree"),
        (vec![("consent", "another")], "agree"),
        (vec![("site", "Nowhere, at all")], "site"),
    ] {
        let (status, _, html) = written(&router, &changes).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(
            html.contains(&format!("href=\"#{field}\"")) && html.contains(&format!("id=\"{field}-problem\"")),
            "{field}"
        );
        if field != "message" {
            assert!(html.contains("Krikkitis?"), "{field}: what was typed is there");
        }
    }
    let (status, ..) = written(&router, &[("message", &"x".repeat(300 << 10))]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let (status, ..) = written(&router, &[("token", "short")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(store.enquiries(&EnquiryFilter::default()).await.unwrap().is_empty());
    assert!(store.mail_states("").await.unwrap().is_empty());
}

#[tokio::test]
async fn names_and_messages_are_shown_as_text() {
    let (router, _, store) = mailing().await;
    let evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let (_, headers, _) = written(
        &router,
        &[
            ("name", "<b>Ana</b>\r\nBcc: b@example.org"),
            ("message", evil),
            ("with_summary", "yes"),
            ("summary", "I1|<i>9</i>"),
        ],
    )
    .await;
    let own = headers["location"].to_str().unwrap().to_owned();
    let (_, _, html) = ask(&router, form(&own, &[("todo", "show")], &[OURS])).await;
    assert!(
        !html.contains("<script>alert") && !html.contains("<img") && !html.contains("<b>Ana") && !html.contains("<i>9")
    );
    assert!(html.contains("&#60;script&#62;alert(1)"));
    for one in store.claim_mails(i64::MAX, 10).await.unwrap() {
        assert!(!one.mail.subject.contains('\n') && !one.mail.recipient.contains(char::is_whitespace));
    }
    // A registry's own fields are no better.
    let record = String::from_utf8(corpus().remove(0)).unwrap();
    let mut study: serde_json::Value = serde_json::from_str(&record).unwrap();
    study["protocolSection"]["contactsLocationsModule"] = serde_json::json!({
        "centralContacts": [{ "name": "<script>x</script>", "email": "a@b.example\"onclick=x", "phone": "<b>123456" }],
        "locations": [{ "facility": "<img src=x>", "city": "X", "country": "Y", "status": "RECRUITING",
            "contacts": [{ "name": "javascript:alert(1)", "email": "javascript:alert(1)" }] }]
    });
    let (app, ids) = state(&[study.to_string().into_bytes()], Mode::Registry, Limits::default()).await;
    let (_, html) = get(&router_of(app), &format!("/trials/{}/contact", ids[0])).await;
    assert!(
        !html.contains("<script>x")
            && !html.contains("<img")
            && !html.contains("<b>123")
            && !html.contains("href=\"javascript")
    );
}

fn router_of(app: App) -> Router {
    router(app)
}

#[tokio::test]
async fn forms_of_other_sites_and_links_that_never_were_do_nothing() {
    let (router, _, store) = mailing().await;
    let (_, headers, _) = written(&router, &[]).await;
    let own = headers["location"].to_str().unwrap().to_owned();
    for other in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        for (address, fields) in [
            (format!("/trials/{TRIAL}/contact"), vec![("send", "yes")]),
            (own.clone(), vec![("todo", "withdraw")]),
            ("/follow".to_owned(), vec![("trial", TRIAL), ("email", "ana@example.org")]),
        ] {
            let (status, ..) = ask(&router, form(&address, &fields, &[other, ("host", "site.example")])).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{address}");
        }
    }
    assert_eq!(store.enquiries(&EnquiryFilter::default()).await.unwrap()[0].stage, "sent");
    for bad in [
        "0".repeat(40),
        "x".to_owned(),
        "../../etc/passwd".replace('/', "%2F"),
        "%00".to_owned(),
        "' OR 1=1 --".replace(' ', "%20"),
    ] {
        let (status, _) = get(&router, &format!("/enquiries/{bad}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{bad}");
        let (status, _) = get(&router, &format!("/follow/confirm/{bad}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{bad}");
        // No address of another site is led to.
        let (_, headers, _) =
            ask(&router, Request::get(format!("/follow/{bad}/off")).body(Body::empty()).unwrap()).await;
        assert!(
            headers["location"].to_str().unwrap().starts_with('/')
                && !headers["location"].to_str().unwrap().starts_with("//")
        );
    }
    // The study of an enquiry's form is the address's own; a link in `near` or `search` leads nowhere.
    let (_, html) = get(&router, "/follow?search=q%3Dlupus%26next%3Dhttps%3A%2F%2Fevil.example").await;
    assert!(!html.contains("href=\"https://evil.example"));
}

#[tokio::test]
async fn without_mail_or_an_enrolled_contact_the_registrys_own_is_shown_and_nothing_is_sent() {
    let (app, _) = state(&corpus(), Mode::Registry, Limits::default()).await;
    let store = app.store.clone();
    let router = router(app);
    let (status, html) = get(&router, "/trials/NCT90000003/contact").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("href=\"tel:") && html.contains("href=\"mailto:"), "{}", plain(&html));
    assert!(!html.contains("name=\"message\""));
    let (status, ..) =
        ask(&router, form(&format!("/trials/{TRIAL}/contact"), &[("send", "yes"), ("name", "Ana")], &[OURS])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, html) = get(&router, &format!("/follow?trial={TRIAL}")).await;
    assert!(plain(&html).contains("not set up here") && html.contains("feed.atom"));
    // With mail on, a study without an enrolled contact is the same.
    let (mailed, _, other) = mailing().await;
    let (_, html) = get(&mailed, "/trials/NCT90000003/contact").await;
    assert!(!html.contains("name=\"message\""));
    assert!(store.mail_states("").await.unwrap().is_empty() && other.mail_states("").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_follow_is_confirmed_by_a_button_told_once_a_period_and_ended_by_one_click() {
    let (router, app, store) = mailing().await;
    let fields = [("trial", TRIAL), ("email", "Ana@Bücher.example"), ("period", "7")];
    let (status, _, html) = ask(&router, form("/follow", &fields, &[OURS])).await;
    assert_eq!(status, StatusCode::OK);
    assert!(plain(&html).contains("Look into your mailbox"));
    let mail = store.claim_mails(i64::MAX, 10).await.unwrap().remove(0).mail;
    assert_eq!(mail.recipient, "Ana@xn--bcher-kva.example");
    let link = mail.body.split_whitespace().find(|word| word.starts_with("https://")).unwrap();
    let path = link.strip_prefix("https://site.example").unwrap().to_owned();
    // A program that opens the link confirms nothing.
    let (_, html) = get(&router, &path).await;
    assert!(html.contains("<button"));
    let now = jiff::Timestamp::now().as_second();
    assert_eq!(store.followers_due(now + 9 * DAY).await.unwrap(), []);
    let (status, headers, _) = ask(&router, form(&path, &[], &[OURS])).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let own = headers["location"].to_str().unwrap().to_owned();
    let (_, html) = get(&router, &own).await;
    assert!(html.contains(TRIAL) && plain(&html).contains("at most one mail a week"));
    // The corpus is in the index.
    let ids: Vec<NctId> = store.pending(1_000).await.unwrap();
    store.indexed(&ids).await.unwrap();
    assert_eq!(send_due(&app, now).await.unwrap(), 0, "nothing changed, nothing is sent");
    change(&store, "COMPLETED").await;
    assert_eq!(send_due(&app, now).await.unwrap(), 1);
    change(&store, "RECRUITING").await;
    assert_eq!(send_due(&app, now + 7 * DAY - 1).await.unwrap(), 0, "one mail a period");
    let digest = store.claim_mails(i64::MAX, 10).await.unwrap().remove(0).mail;
    let whole = format!("{} {}", digest.subject, digest.body).to_lowercase().replace("site.example", "");
    for word in ["nct", "lupus", "trial", "study", "recruit", "health"] {
        assert!(!whole.contains(word), "{word}: {whole}");
    }
    let link = digest.body.split_whitespace().find(|word| word.starts_with("https://")).unwrap();
    assert_eq!(digest.unsubscribe, format!("{link}/off"));
    let theirs = link.strip_prefix("https://site.example").unwrap();
    let (_, html) = get(&router, theirs).await;
    assert!(plain(&html).contains("ompleted"), "what changed is on the page: {}", plain(&html));
    assert_eq!(send_due(&app, now + 7 * DAY).await.unwrap(), 1);
    // RFC 8058: a mail provider's server sends this, with neither cookies nor an origin.
    let off = digest.unsubscribe.strip_prefix("https://site.example").unwrap();
    let (_, headers, _) = ask(&router, Request::get(off).body(Body::empty()).unwrap()).await;
    assert_eq!(headers["location"], theirs, "opened, it ends nothing");
    let (status, ..) = ask(&router, form(off, &[("List-Unsubscribe", "One-Click")], &[])).await;
    assert_eq!(status, StatusCode::OK);
    change(&store, "COMPLETED").await;
    assert_eq!(send_due(&app, now + 30 * DAY).await.unwrap(), 0);
    assert_eq!(store.followers_due(now + 90 * DAY).await.unwrap(), []);
    assert!(store.claim_mails(i64::MAX, 10).await.unwrap().is_empty(), "mails that had not left are dropped");
    let (_, html) = get(&router, &own).await;
    assert!(plain(&html).contains("You follow nothing here."));
}

/// A new version of the study with another status.
async fn change(store: &Store, status: &str) {
    let id = NctId::parse(TRIAL).unwrap();
    let stored = store.study(id).await.unwrap().unwrap();
    let mut study: serde_json::Value = serde_json::from_slice(&stored.bytes).unwrap();
    study["protocolSection"]["statusModule"]["overallStatus"] = status.into();
    let bytes = study.to_string().into_bytes();
    let version = NewVersion {
        nct_id: id,
        content_hash: content_hash(&bytes),
        form: Form::Json,
        received_at: "2026-07-01T08:00:00Z".to_owned(),
        bytes,
    };
    store.put(&[version], None).await.unwrap();
    store.indexed(&[id]).await.unwrap();
}

#[tokio::test]
async fn nobody_fills_anothers_box() {
    let (router, _, store) = mailing().await;
    let mut refused = 0;
    for n in 0..8 {
        let query = format!("q=lupus+{n}");
        let (status, _, html) =
            ask(&router, form("/follow", &[("search", &query), ("email", "ana@example.org")], &[OURS])).await;
        if status == StatusCode::TOO_MANY_REQUESTS {
            refused += 1;
            assert!(html.contains("value=\"ana@example.org\""), "what was typed is there");
        }
    }
    assert_eq!((refused, store.mail_states("").await.unwrap().len()), (3, 5));
    // The copy of an enquiry counts, too.
    let (status, ..) = written(&router, &[]).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(store.enquiries(&EnquiryFilter::default()).await.unwrap().is_empty());
}

#[tokio::test]
async fn every_page_speaks_three_languages() {
    let (router, _, _) = mailing().await;
    for (language, title, follow) in
        [("es", "Pregunte al equipo del estudio", "Reciba avisos de cambios"), ("zh", "向研究团队提问", "接收变化通知")]
    {
        let of = |address: &str| {
            Request::get(address.to_owned())
                .header(header::COOKIE, format!("language={language}"))
                .body(Body::empty())
                .unwrap()
        };
        let (_, _, html) = ask(&router, of(&format!("/trials/{TRIAL}/contact"))).await;
        assert!(html.contains(title) && !html.contains("contact-"), "{language}");
        let (_, _, html) = ask(&router, of(&format!("/follow?trial={TRIAL}"))).await;
        assert!(html.contains(follow) && !html.contains("follow-"), "{language}");
    }
}
