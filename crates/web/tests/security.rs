//! Who gets where: every address by every role, forms of other sites, links that are guessed, what is planted in names.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use shared::{Slow, app, ask, corpus, from_here, member};
use trialway_accounts::{Secret, totp};
use trialway_store::{Invitation, Store};
use trialway_web::{Limits, Mode};

/// What each sees, by hand: visitor, coordinator, editor, administrator. `s`: asked to sign in; `n`: not for the role; `y`: let through.
const WANTED: &[(&str, &str, &str)] = &[
    ("GET", "/team", "syyy"),
    ("POST", "/team/sign-out", "syyy"),
    ("POST", "/team/sign-out-everywhere", "syyy"),
    ("POST", "/team/passkey", "syyy"),
    ("POST", "/team/passkey/remove", "syyy"),
    ("POST", "/team/codes", "syyy"),
    ("POST", "/team/codes/confirm", "syyy"),
    ("GET", "/team/accounts", "snny"),
    ("POST", "/team/accounts/invite", "snny"),
    ("POST", "/team/accounts/{id}", "snny"),
    ("GET", "/team/audit", "snny"),
    ("GET", "/team/audit.json", "snny"),
    ("GET", "/inbox", "syny"),
    ("GET", "/inbox/{number}", "syny"),
    ("POST", "/inbox/{number}", "syny"),
    ("GET", "/inbox.csv", "snny"),
    ("GET", "/inbox.json", "snny"),
    ("GET", "/editorial", "snyn"),
    ("GET", "/editorial/{nct_id}", "snyn"),
    ("POST", "/editorial/{nct_id}/review", "snyn"),
    ("POST", "/editorial/{nct_id}/reading", "snyn"),
];

/// Addresses of guests: who signs in, or has a link.
const GUESTS: &[&str] = &[
    "/team/sign-in",
    "/team/sign-in/passkey",
    "/team/invitation/{link}",
    "/team/invitation/{link}/code",
    "/team/invitation/{link}/passkey",
];

fn request(method: &str, address: &str, cookie: &str, body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(address).header("sec-fetch-site", "same-origin");
    if method == "POST" {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    from_here(request.body(Body::from(body.to_owned())).unwrap())
}

async fn send(router: &Router, address: &str, cookie: &str, body: &str) -> (StatusCode, HeaderMap, String) {
    ask(router, request("POST", address, cookie, body)).await
}

async fn see(router: &Router, address: &str, cookie: &str) -> (StatusCode, HeaderMap, String) {
    ask(router, request("GET", address, cookie, "")).await
}

fn cookie_of(headers: &HeaderMap) -> String {
    let line = headers.get(header::SET_COOKIE).expect("a cookie").to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}

async fn invitation(store: &Store, roles: &str) -> String {
    let secret = Secret::new(trialway_store::random().unwrap());
    let now = jiff::Timestamp::now().as_second();
    let roles = trialway_accounts::Roles::parse(roles);
    store.invite(&Invitation::new(secret.hash(), roles, Vec::new(), "test", now)).await.unwrap();
    format!("/team/invitation/{}", secret.text())
}

/// The secret of the app for codes that a page shows.
fn app_secret(html: &str) -> Vec<u8> {
    let text = html.split("name=\"secret\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    trialway_accounts::secret::web_bytes(text).unwrap()
}

fn code_now(secret: &[u8]) -> String {
    totp::code(secret, jiff::Timestamp::now().as_second() / 30)
}

#[tokio::test]
async fn every_address_of_the_team_opens_to_the_roles_of_the_table_and_to_no_others() {
    for (at, roles) in ["", "coordinator", "editor", "administrator"].into_iter().enumerate() {
        let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, Limits::default()).await;
        for (method, template, wanted) in WANTED {
            // A fresh session each time: some addresses end it.
            let cookie = if roles.is_empty() { String::new() } else { member(&store, roles, "A Member").await };
            let address = template.replace("{nct_id}", "NCT90000001").replace("{id}", "0000000000000000");
            let (status, headers, html) = ask(&router, request(method, &address, &cookie, "")).await;
            let to = headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
            let got = match status {
                StatusCode::UNAUTHORIZED => 's',
                StatusCode::SEE_OTHER if to == "/team/sign-in" && *method == "GET" => 's',
                StatusCode::FORBIDDEN if html.contains("Not for your role") => 'n',
                _ => 'y',
            };
            assert_eq!(got, wanted.chars().nth(at).unwrap(), "{roles} {method} {address}: {status}");
        }
    }
}

#[test]
fn no_address_of_the_team_is_missing_in_the_table() {
    let source = std::fs::read_to_string(shared::root().join("crates/web/src/routes.rs")).unwrap();
    let known = |path: &str| WANTED.iter().any(|(_, one, _)| *one == path) || GUESTS.contains(&path);
    let of_the_team = |path: &str| ["/team", "/editorial", "/inbox"].iter().any(|head| path.starts_with(head));
    let paths: Vec<&str> = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(paths.len() > 30);
    let missing: Vec<&str> = paths.iter().copied().filter(|path| of_the_team(path) && !known(path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test]
async fn forms_of_other_sites_change_nothing_whoever_is_signed_in() {
    let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, Limits::default()).await;
    let cookie = member(&store, "administrator editor coordinator", "A Member").await;
    let before = store.audit_anchor().await.unwrap();
    let posts = WANTED.iter().filter(|(method, ..)| *method == "POST").map(|(_, path, _)| *path);
    for template in posts.chain(GUESTS.iter().copied()) {
        let address = template.replace("{nct_id}", "NCT90000001").replace("{id}", "x").replace("{link}", "x");
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://other.example")] {
            let mut sent = request("POST", &address, &cookie, "editor=yes");
            sent.headers_mut().remove("sec-fetch-site");
            sent.headers_mut().insert(name, value.parse().unwrap());
            assert_eq!(ask(&router, sent).await.0, StatusCode::FORBIDDEN, "{address} {name}");
        }
    }
    assert_eq!(store.audit_anchor().await.unwrap(), before, "nothing was done");
}

#[tokio::test]
async fn an_invitation_is_used_once_and_none_is_found_by_guessing() {
    let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, Limits::default()).await;
    let link = invitation(&store, "editor").await;
    let (status, _, html) = see(&router, &link, "").await;
    assert!(status == StatusCode::OK && html.contains("You are invited"), "{html}");
    let (_, _, html) = send(&router, &link, "", "name=Ed+Itor&sign_in_name=ed.itor&way=code").await;
    let secret = app_secret(&html);
    let (status, headers, html) =
        send(&router, &format!("{link}/code"), "", &format!("code={}", code_now(&secret))).await;
    assert!(status == StatusCode::OK && html.contains("Your codes on paper"), "{html}");
    let cookie = cookie_of(&headers);
    assert!(see(&router, "/team", &cookie).await.2.contains("Ed Itor"));
    // Used, guessed and misspelt links are one page.
    // The choice of language names the address of the page.
    let main = |html: &str| html.split("<main").nth(1).unwrap().to_owned();
    let used = main(&see(&router, &link, "").await.2);
    let guessed = format!("/team/invitation/{}", Secret::new([1; 32]).text());
    for address in [link.as_str(), guessed.as_str(), "/team/invitation/x", "/team/invitation/%00"] {
        let (status, _, html) = see(&router, address, "").await;
        assert!(status == StatusCode::NOT_FOUND && main(&html) == used, "{address}: {html}");
        let (status, _, _) = send(&router, address, "", "name=An+Other&sign_in_name=other&way=code").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let body = format!("code={}", code_now(&secret));
        assert_eq!(send(&router, &format!("{address}/code"), "", &body).await.0, StatusCode::NOT_FOUND);
    }
    assert_eq!(store.accounts().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_session_is_new_at_each_sign_in_and_a_planted_one_is_worth_nothing() {
    let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, Limits::default()).await;
    let link = invitation(&store, "administrator").await;
    let (_, _, html) = send(&router, &link, "", "name=Ada&sign_in_name=ada&way=code").await;
    let secret = app_secret(&html);
    let planted = format!("team={}", Secret::new([5; 32]).text());
    let step = jiff::Timestamp::now().as_second() / 30;
    let body = format!("code={}", totp::code(&secret, step - 1));
    let (_, headers, _) = send(&router, &format!("{link}/code"), &planted, &body).await;
    let first = cookie_of(&headers);
    assert_ne!(first, planted);
    assert_eq!(see(&router, "/team", &planted).await.0, StatusCode::SEE_OTHER);
    // Signing in again ends the session that the browser had.
    let body = format!("name=ada&code={}", totp::code(&secret, step));
    let (status, headers, _) = send(&router, "/team/sign-in", &first, &body).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let second = cookie_of(&headers);
    assert_ne!(first, second);
    assert_eq!(see(&router, "/team", &first).await.0, StatusCode::SEE_OTHER, "the one before has ended");
    assert_eq!(see(&router, "/team", &second).await.0, StatusCode::OK);
    // The same code again, by whoever looked over the shoulder.
    let (status, _, _) = send(&router, "/team/sign-in", "", &body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Signed out is out, with the same cookie.
    send(&router, "/team/sign-out", &second, "").await;
    assert_eq!(see(&router, "/team", &second).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn codes_cannot_be_tried_through_and_names_cannot_be_tried_out() {
    let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, Limits::default()).await;
    let link = invitation(&store, "editor").await;
    let (_, _, html) = send(&router, &link, "", "name=Ada&sign_in_name=ada&way=code").await;
    let secret = app_secret(&html);
    let step = jiff::Timestamp::now().as_second() / 30;
    send(&router, &format!("{link}/code"), "", &format!("code={}", totp::code(&secret, step - 1))).await;
    let wrong = async |name: &str| {
        let (status, _, html) = send(&router, "/team/sign-in", "", &format!("name={name}&code=000000")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let alert = html.split("role=\"alert\" id=\"complaint\">").nth(1).unwrap().split('<').next().unwrap();
        alert.to_owned()
    };
    for at in 0..8 {
        let (known, unknown) = (wrong("ada").await, wrong("nobody").await);
        assert_eq!(known, unknown, "who has an account is not told");
        assert_eq!(known.contains("too many wrong codes"), at >= 5, "{at}: {known}");
    }
    // The right code does not help while one waits.
    let body = format!("name=ada&code={}", totp::code(&secret, step + 1));
    assert!(send(&router, "/team/sign-in", "", &body).await.2.contains("too many wrong codes"));
}

#[tokio::test]
async fn what_is_planted_in_names_stays_text() {
    let mut record: serde_json::Value = serde_json::from_slice(&corpus()[0]).unwrap();
    let planted = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onload=\"x";
    record["protocolSection"]["identificationModule"]["briefTitle"] = planted.into();
    record["protocolSection"]["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = planted.into();
    let text = format!("Inclusion Criteria:\n\n* {planted}\n* Age 18 or older\n");
    record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = text.into();
    let (router, store, _) = app(&[record.to_string().into_bytes()], Mode::Demonstration, Limits::default()).await;
    let cookie = member(&store, "administrator editor", planted).await;
    store
        .report_reading(&trialway_store::NewReadingReport {
            nct_id: trialway_study::NctId::parse("NCT90000001").unwrap(),
            content_hash: "x".to_owned(),
            criterion_id: planted.to_owned(),
            message: planted.to_owned(),
            reported_at: "2026-06-15T08:00:00Z".to_owned(),
        })
        .await
        .unwrap();
    for address in [
        "/",
        "/search?q=script",
        "/trials/NCT90000001",
        "/trials/NCT90000001/sheet",
        "/trials/NCT90000001/history",
        "/trials/NCT90000001/report?criterion=I1",
        "/compare?id=NCT90000001",
        "/editorial",
        "/editorial/NCT90000001",
        "/team",
        "/team/accounts",
        "/team/audit",
    ] {
        let (status, headers, html) = see(&router, address, &cookie).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        for bad in ["<script>alert", "<img src=x", "\" onload="] {
            assert!(!html.contains(bad), "{address}: {bad}");
        }
        let policy = headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        assert!(!policy.contains("unsafe"), "{address}: {policy}");
    }
}

#[tokio::test]
async fn nothing_leads_to_another_site() {
    let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, Limits::default()).await;
    let cookie = member(&store, "administrator editor", "A Member").await;
    for (method, address, body) in [
        ("GET", "/team?next=https://other.example", ""),
        ("GET", "//other.example/team", ""),
        ("POST", "/team/sign-out?next=//other.example", "next=https://other.example"),
        ("POST", "/editorial/NCT90000001/reading", "criterion=I1&finding=confirmed&next=//other.example"),
    ] {
        for cookie in [cookie.as_str(), ""] {
            let (_, headers, _) = ask(&router, request(method, address, cookie, body)).await;
            if let Some(to) = headers.get(header::LOCATION) {
                let to = to.to_str().unwrap();
                assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains("other"), "{address}: {to}");
            }
        }
    }
}

#[tokio::test]
async fn accounts_are_not_spoken_of_where_somebody_could_read_along() {
    let behind_tls = Limits { behind_tls: true, ..Limits::default() };
    for (limits, host, passed_on, want) in [
        (Limits::default(), "localhost:8080", false, StatusCode::OK),
        (Limits::default(), "trials.example.org", false, StatusCode::FORBIDDEN),
        (Limits::default(), "localhost:8080", true, StatusCode::FORBIDDEN),
        (behind_tls, "trials.example.org", true, StatusCode::OK),
    ] {
        let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, limits).await;
        let link = invitation(&store, "editor").await;
        for address in ["/team/sign-in", link.as_str()] {
            let mut asked = request("GET", address, "", "");
            asked.headers_mut().insert(header::HOST, host.parse().unwrap());
            if passed_on {
                asked.headers_mut().insert("x-forwarded-for", "203.0.113.9".parse().unwrap());
            }
            assert_eq!(ask(&router, asked).await.0, want, "{host} {passed_on} {address}");
        }
    }
    // Behind TLS the cookie is bound to this host and to TLS.
    let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, behind_tls).await;
    let link = invitation(&store, "editor").await;
    let (_, _, html) = send(&router, &link, "", "name=Ada&sign_in_name=ada&way=code").await;
    let body = format!("code={}", code_now(&app_secret(&html)));
    let (_, headers, _) = send(&router, &format!("{link}/code"), "", &body).await;
    let line = headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    assert!(
        line.starts_with("__Host-team=") && line.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"),
        "{line}"
    );
}

#[tokio::test]
async fn large_forms_of_the_team_are_refused() {
    let (router, store, _) = app(&corpus()[..1], Mode::Demonstration, Limits::default()).await;
    let cookie = member(&store, "editor", "A Member").await;
    let body = format!("name={}&code=1", "a".repeat(300 << 10));
    assert_eq!(send(&router, "/team/sign-in", "", &body).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(&router, "/team/passkey", &cookie, &body).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_packed_upload_is_not_unpacked() {
    use std::io::Write;
    let (router, _, _) = app(&corpus()[..1], Mode::Demonstration, Limits::default()).await;
    // Fifty megabytes of blanks in fifty kilobytes, and the head of a zip.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 50 << 20]).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 100_000);
    let zip = [b"PK\x03\x04".as_slice(), &[0; 2_000]].concat();
    for bomb in [packed, zip] {
        for (address, field) in [("/cohort", "records"), ("/screen", "record"), ("/match", "record")] {
            let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"trial\"\r\n\r\nNCT90000001\r\n".to_vec();
            let head =
                format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a.json.gz\"\r\n\r\n");
            body.extend(head.as_bytes());
            body.extend(&bomb);
            body.extend(b"\r\n--edge--\r\n");
            let start = std::time::Instant::now();
            let sent = Request::post(address)
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
                .header("sec-fetch-site", "same-origin")
                .body(Body::from(body))
                .unwrap();
            let (status, _, html) = ask(&router, sent).await;
            // Whatever it is taken for, it is as large as it came.
            assert!(status.is_success() || status.is_client_error(), "{address}: {status}");
            assert!(html.len() < 1 << 20, "{address}: {}", html.len());
            assert!(start.elapsed().as_secs() < 10, "{address}");
        }
    }
}

#[tokio::test]
async fn a_slow_body_ends_with_the_request() {
    let limits = Limits { request: std::time::Duration::from_millis(300), ..Limits::default() };
    let (router, _, _) = app(&corpus()[..1], Mode::Demonstration, limits).await;
    // One byte, and then nothing more, for ever.
    let pieces = Slow(Some(b"name=a"));
    let sent = Request::post("/team/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::new(pieces))
        .unwrap();
    let start = std::time::Instant::now();
    let (status, _, _) = ask(&router, from_here(sent)).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(start.elapsed().as_secs() < 5);
}

/// Whoever knows where we would go is waiting there, and nobody comes.
#[tokio::test]
async fn nothing_that_a_visitor_says_is_fetched() {
    let trap = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let address = format!("http://{}/x", trap.local_addr().unwrap());
    let mut record: serde_json::Value = serde_json::from_slice(&corpus()[0]).unwrap();
    record["protocolSection"]["identificationModule"]["briefTitle"] = address.clone().into();
    record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] =
        format!("Inclusion Criteria:\n\n* See {address}\n").into();
    let (router, store, _) = app(&[record.to_string().into_bytes()], Mode::Demonstration, Limits::default()).await;
    let cookie = member(&store, "administrator editor", &address).await;
    let patient = format!(
        "{{\"resourceType\":\"Bundle\",\"entry\":[{{\"fullUrl\":\"{address}\",\"resource\":{{\"resourceType\":\"Patient\",\"id\":\"a\",\"link\":[{{\"other\":{{\"reference\":\"{address}\"}}}}]}}}}]}}"
    );
    for path in ["/trials/NCT90000001", "/editorial/NCT90000001", "/team", "/trials/NCT90000001/sheet"] {
        see(&router, path, &cookie).await;
    }
    see(&router, &format!("/search?q={address}&place={address}"), "").await;
    ask(&router, shared::multipart("/screen", &[("trial", "NCT90000001"), ("pasted", &patient)])).await;
    ask(&router, shared::multipart("/match", &[("pasted", &address)])).await;
    assert_eq!(trap.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off_and_others_are_served() {
    use std::io::{Read, Write};
    let store = Store::in_memory().await.unwrap();
    let search = trialway_search::Search::in_memory(trialway_terminology::Terminology::builtin()).unwrap();
    let limits = Limits { request: std::time::Duration::from_millis(400), ..Limits::default() };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = shared::over(store, std::sync::Arc::new(search), limits);
    tokio::spawn(trialway_web::serve(listener, served, std::future::pending()));
    let ended = tokio::task::spawn_blocking(move || {
        let mut slow = std::net::TcpStream::connect(address).unwrap();
        slow.write_all(b"GET /about HTTP/1.1\r\nHost: localhost\r\n").unwrap();
        let start = std::time::Instant::now();
        let mut quick = std::net::TcpStream::connect(address).unwrap();
        quick.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut said = String::new();
        quick.read_to_string(&mut said).unwrap();
        assert!(said.starts_with("HTTP/1.1 200"), "{said}");
        // A line now and then does not help.
        while start.elapsed().as_secs() < 10 {
            std::thread::sleep(std::time::Duration::from_millis(100));
            if slow.write_all(b"X-Slow: yes\r\n").is_err() {
                break;
            }
        }
        start.elapsed()
    });
    let ended = ended.await.unwrap();
    assert!(ended.as_secs() < 5, "{ended:?}");
}
