//! What holds for every form of the portal, whoever sends it: other sites, bodies that are too large or never end, JSON that is nested without end,
//! roles that somebody gives to themselves. The list of attacks with the test of each is in `docs/threats.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shared::{Slow, app, ask, corpus, from_here, get, member, multipart, state};
use std::time::{Duration, Instant};
use trialway_accounts::{Role, Secret};
use trialway_store::{EnquiryFilter, Invitation, Store};
use trialway_web::{Limits, Mode, router};

/// Addresses that take a form, as the router writes them; filled in so that the study and nothing else is there.
fn forms() -> Vec<(String, String)> {
    let source = std::fs::read_to_string(shared::root().join("crates/web/src/routes.rs")).unwrap();
    let routes = source.split(".route(\"").skip(1).filter(|rest| {
        let handlers = rest.split(".route(").next().unwrap();
        handlers.split('\n').next().unwrap().contains("post(")
    });
    let out: Vec<(String, String)> = routes
        .map(|rest| {
            let template = rest.split('"').next().unwrap();
            let address = template.replace("{nct_id}", "NCT90000001").replace("{secret}", &"0".repeat(40));
            (template.to_owned(), address.replace("{id}", "x").replace("{link}", "x").replace("{number}", "x"))
        })
        .collect();
    assert!(out.len() > 25, "{out:?}");
    out
}

fn form(address: &str, cookie: &str, body: String) -> Request<Body> {
    let kind = if ["/match", "/screen", "/cohort"].contains(&address) {
        "multipart/form-data; boundary=edge"
    } else {
        "application/x-www-form-urlencoded"
    };
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, kind)
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie);
    from_here(request.body(Body::from(body)).unwrap())
}

/// Everything that the store has of what people do.
async fn kept(store: &Store) -> (usize, usize, usize, i64) {
    (
        store.enquiries(&EnquiryFilter::default()).await.unwrap().len(),
        store.mail_states("").await.unwrap().len(),
        store.reading_reports(100).await.unwrap().len(),
        store.audit_anchor().await.unwrap().number,
    )
}

#[tokio::test]
async fn no_form_of_another_site_is_taken_wherever_it_goes() {
    let (router, store, _) = app(&corpus()[..1], Mode::Registry, Limits::default()).await;
    let cookie = member(&store, "administrator editor coordinator", "A Member").await;
    let before = kept(&store).await;
    for (_, address) in forms() {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://other.example"),
            ("origin", "null"),
            ("origin", "http://localhost:8080.other.example"),
        ] {
            let mut sent = form(&address, &cookie, "send=yes&message=x&todo=close&language=es".to_owned());
            sent.headers_mut().remove("sec-fetch-site");
            sent.headers_mut().insert(name, value.parse().unwrap());
            let (status, headers, _) = ask(&router, sent).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{address} {name}: {value}");
            assert!(!headers.contains_key(header::SET_COOKIE), "{address}");
        }
    }
    assert_eq!(kept(&store).await, before, "nothing was done");
}

/// Those that look at no body, however large.
const BODILESS: [&str; 4] = ["/team/sign-out", "/team/sign-out-everywhere", "/team/codes", "/follow/confirm/{secret}"];

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_wherever_it_goes() {
    let limits = Limits { upload_bytes: 400_000, ..Limits::default() };
    let (router, store, _) = app(&corpus()[..1], Mode::Registry, limits).await;
    for (template, address) in forms() {
        if BODILESS.contains(&template.as_str()) {
            continue;
        }
        let cookie = member(&store, "administrator editor coordinator", "A Member").await;
        let large = "a".repeat(900_000);
        let body = if ["/match", "/screen", "/cohort"].contains(&address.as_str()) {
            format!("--edge\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\n{large}\r\n--edge--\r\n")
        } else {
            format!("name={large}")
        };
        let before = kept(&store).await;
        let (status, _, html) = ask(&router, form(&address, &cookie, body)).await;
        // Pages that take files say it in their own form.
        let is_refused = matches!(status, StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY);
        assert!(is_refused, "{template}: {status}");
        assert!(!html.contains("aaaaaaaaaa"), "{template}: it is not sent back");
        assert_eq!(kept(&store).await, before, "{template}");
    }
}

#[tokio::test]
async fn a_body_that_never_ends_does_wherever_it_goes() {
    let limits = Limits { request: Duration::from_millis(100), ..Limits::default() };
    let (router, store, _) = app(&corpus()[..1], Mode::Registry, limits).await;
    for (template, address) in forms() {
        if BODILESS.contains(&template.as_str()) {
            continue;
        }
        let cookie = member(&store, "administrator editor coordinator", "A Member").await;
        let mut sent = form(&address, &cookie, String::new());
        *sent.body_mut() = Body::new(Slow(Some(b"--edge")));
        let start = Instant::now();
        let (status, _, _) = ask(&router, sent).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{template}");
        assert!(start.elapsed() < Duration::from_secs(5), "{template}");
    }
}

/// JSON that is nested a hundred thousand deep, and forms of very many parts and fields.
#[tokio::test]
async fn what_is_nested_or_split_without_end_is_answered_and_the_server_goes_on() {
    let (router, ..) = app(&corpus()[..1], Mode::Registry, Limits::default()).await;
    let deep = 100_000;
    let bombs = [
        "[".repeat(deep),
        "{\"a\":".repeat(deep),
        format!("{{\"resourceType\":\"Bundle\",\"entry\":{}{}}}", "[".repeat(deep), "]".repeat(deep)),
        format!("{{\"resourceType\":\"Patient\",\"extension\":{}1{}}}", "[{\"a\":".repeat(deep), "}]".repeat(deep)),
        format!("{}1{}", "(".repeat(deep), ")".repeat(deep)),
    ];
    for bomb in &bombs {
        for (address, field) in
            [("/screen", "pasted"), ("/screen", "record"), ("/match", "pasted"), ("/cohort", "records")]
        {
            let start = Instant::now();
            let (status, _, html) = ask(&router, multipart(address, &[("trial", "NCT90000001"), (field, bomb)])).await;
            assert!(status.is_success() || status.is_client_error(), "{address} {field}: {status}");
            assert!(html.len() < 4 << 20 && start.elapsed() < Duration::from_secs(20), "{address} {field}");
        }
        let sent =
            Request::post("/kept").header("sec-fetch-site", "same-origin").body(Body::from(bomb.clone())).unwrap();
        assert!(ask(&router, sent).await.0.is_client_error());
    }
    let many: Vec<(&str, &str)> = vec![("records", "{}"); 20_000];
    let (status, ..) = ask(&router, multipart("/cohort", &many)).await;
    assert!(status.is_success() || status.is_client_error(), "{status}");
    let fields = "a:lab:egfr=1&summary=I1%7Cx&".repeat(8_000);
    for address in ["/trials/NCT90000001/check", "/trials/NCT90000001/contact", "/check"] {
        let (status, _, html) = ask(&router, form(address, "", fields.clone())).await;
        assert!(status.is_success() || status.is_client_error(), "{address}: {status}");
        assert!(html.len() < 4 << 20, "{address}: {}", html.len());
    }
    assert_eq!(get(&router, "/healthz").await.0, StatusCode::OK);
}

async fn post(router: &Router, address: &str, cookie: &str, body: &str) -> (StatusCode, String) {
    let (status, _, html) = ask(router, form(address, cookie, body.to_owned())).await;
    (status, html)
}

/// Nobody gets a role by saying so, and a role that is taken away is gone with the next request, in sessions that run.
#[tokio::test]
async fn nobody_gives_themselves_a_role_and_one_taken_away_is_gone_at_once() {
    let (router, store, _) = app(&corpus()[..1], Mode::Registry, Limits::default()).await;
    let administrator = member(&store, "administrator", "Ada").await;
    let editor = member(&store, "editor", "Ed").await;
    let id = async |name: &str| {
        let all = store.accounts().await.unwrap();
        all.into_iter().find(|one| one.name == name).unwrap()
    };
    let ed = id("Ed").await;
    let every = "coordinator=yes&editor=yes&administrator=yes&studies=NCT90000001";
    for address in [format!("/team/accounts/{}", ed.id), "/team/accounts/invite".to_owned()] {
        assert_eq!(post(&router, &address, &editor, every).await.0, StatusCode::FORBIDDEN, "{address}");
    }
    // With the fields of another form, in one's own.
    for address in ["/team/codes/confirm", "/team/passkey", "/editorial/NCT90000001/review"] {
        post(&router, address, &editor, &format!("roles=administrator&{every}&account={}", ed.id)).await;
    }
    assert_eq!(id("Ed").await.roles, ed.roles);
    // A guest who was invited as an editor says more of themselves.
    let secret = Secret::new([3; 32]);
    let now = jiff::Timestamp::now().as_second();
    let roles = trialway_accounts::Roles::parse("editor");
    store.invite(&Invitation::new(secret.hash(), roles, Vec::new(), "test", now)).await.unwrap();
    let link = format!("/team/invitation/{}", secret.text());
    let names = format!("name=Gus+Guest&sign_in_name=gus&way=code&roles=administrator&{every}");
    let (_, html) = post(&router, &link, "", &names).await;
    let shown = html.split("name=\"secret\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let app_secret = trialway_accounts::secret::web_bytes(shown).unwrap();
    let code = trialway_accounts::totp::code(&app_secret, now / 30);
    post(&router, &format!("{link}/code"), "", &format!("code={code}&roles=administrator&{every}")).await;
    let gus = id("Gus Guest").await;
    assert!(gus.roles.has(Role::Editor) && !gus.roles.has(Role::Administrator) && !gus.roles.has(Role::Coordinator));
    assert_eq!(store.studies_of(&gus.id).await.unwrap(), Vec::<String>::new());
    // Ed's role goes while he is signed in.
    let look = async |cookie: &str| {
        let sent = Request::get("/editorial").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        ask(&router, from_here(sent)).await.0
    };
    assert_eq!(look(&editor).await, StatusCode::OK);
    let (status, _) =
        post(&router, &format!("/team/accounts/{}", ed.id), &administrator, "todo=roles&coordinator=yes").await;
    assert!(status.is_redirection() || status.is_success(), "{status}");
    let left = id("Ed").await.roles;
    assert!(left.has(Role::Coordinator) && !left.has(Role::Editor), "{left}");
    assert_eq!(look(&editor).await, StatusCode::FORBIDDEN);
    // Closed, he is out.
    store.close_account(&ed.id, "test", now).await.unwrap();
    assert_eq!(look(&editor).await, StatusCode::SEE_OTHER);
}

/// Links and numbers of others are one page, whether they are there, were there or never were.
#[tokio::test]
async fn numbers_and_links_of_enquiries_are_not_told_apart_by_trying() {
    let (mut served, _) = state(&corpus()[..1], Mode::Registry, Limits::default()).await;
    served.has_mail = true;
    served.public_address = Some("https://site.example".into());
    let store = served.store.clone();
    let router = router(served);
    let coordinator = member(&store, "coordinator", "Co").await;
    let main = |html: &str| html.split("<main").nth(1).unwrap().to_owned();
    let new = trialway_store::NewEnquiry {
        number: "00000000000000aa".to_owned(),
        secret: "b".repeat(40),
        nct_id: trialway_study::NctId::parse("NCT90000001").unwrap(),
        site: String::new(),
        contact_id: 1,
        record_hash: String::new(),
        engine: String::new(),
        called: "Ana".to_owned(),
        reach_kind: "email".to_owned(),
        reach: "ana@example.org".to_owned(),
        language: "en".to_owned(),
        message: "Hello".to_owned(),
        answers: Vec::new(),
        consent_version: String::new(),
        consent_hash: String::new(),
        sent_at: jiff::Timestamp::now().as_second(),
        terms: trialway_store::EnquiryTerms::default(),
    };
    store.put_enquiry(&new, &[]).await.unwrap();
    let look = async |address: String| {
        let sent = Request::get(address).header(header::COOKIE, &coordinator).body(Body::empty()).unwrap();
        let (status, _, html) = ask(&router, from_here(sent)).await;
        (status, main(&html))
    };
    // The study is not assigned to this coordinator.
    let there = look("/inbox/00000000000000aa".to_owned()).await;
    assert_eq!(there.0, StatusCode::NOT_FOUND);
    assert_eq!(there, look("/inbox/00000000000000ab".to_owned()).await);
    // A number is no link to the sender's page, and no secret is near another.
    let never = look(format!("/enquiries/{}", "c".repeat(40))).await;
    assert_eq!(never.0, StatusCode::NOT_FOUND);
    for guess in ["00000000000000aa".to_owned(), format!("{}c", "b".repeat(39)), "B".repeat(40), "b".repeat(41)] {
        assert_eq!(look(format!("/enquiries/{guess}")).await, never, "{guess}");
    }
    assert_eq!(look(format!("/enquiries/{}", "b".repeat(40))).await.0, StatusCode::OK);
    // Who is not signed in is sent to sign in, whatever the number, and goes on to nothing but a number.
    for (address, want) in [
        ("/inbox/00000000000000aa", "/team/sign-in?enquiry=00000000000000aa"),
        ("/inbox/00000000000000ab", "/team/sign-in?enquiry=00000000000000ab"),
        ("/inbox/%2F%2Fother.example", "/team/sign-in"),
        ("/inbox", "/team/sign-in"),
    ] {
        let (_, headers, _) = ask(&router, from_here(Request::get(address).body(Body::empty()).unwrap())).await;
        assert_eq!(headers[header::LOCATION], want, "{address}");
    }
    for bad in ["//other.example", "https://other.example", "../team/accounts", "00000000000000AA", "<script>"] {
        let sent = Request::get(format!("/team/sign-in?enquiry={}", bad.replace('<', "%3C").replace('>', "%3E")));
        let (status, _, html) = ask(&router, from_here(sent.body(Body::empty()).unwrap())).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!html.contains("name=\"enquiry\"") && !main(&html).contains("other.example"), "{bad}");
    }
}

/// A right code goes on to the enquiry that the mail's link was about, and to nothing else.
#[tokio::test]
async fn signing_in_goes_on_to_the_enquiry_of_the_link_and_nowhere_else() {
    for (enquiry, want) in [
        ("00000000000000aa", "/inbox/00000000000000aa"),
        ("", "/team"),
        ("//other.example", "/team"),
        ("%2F..%2F..%2Fother.example", "/team"),
        ("https://other.example", "/team"),
    ] {
        let (router, store, _) = app(&corpus()[..1], Mode::Registry, Limits::default()).await;
        member(&store, "coordinator", "Co").await;
        let one = store.accounts().await.unwrap().remove(0);
        // The secret that `member` gives.
        let code = trialway_accounts::totp::code(&[7; 20], jiff::Timestamp::now().as_second() / 30);
        let body = format!("name={}&code={code}&enquiry={enquiry}", one.sign_in_name);
        let (status, headers, html) = ask(&router, form("/team/sign-in", "", body)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{html}");
        assert_eq!(headers[header::LOCATION], want, "{enquiry}");
    }
}
