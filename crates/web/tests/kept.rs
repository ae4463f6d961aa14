//! What is kept sealed: opened with link and passcode only, counted across restarts, ended, taken back; and of no use to whoever holds
//! the server's database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod shared;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use shared::ask;
use sqlx::Row as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use trialway_search::Search;
use trialway_store::Store;
use trialway_terminology::Terminology;
use trialway_vault::terms::LARGEST_BYTES;
use trialway_vault::token::{of_letters, to_letters};
use trialway_vault::{Id, Key, New, tries};
use trialway_web::{Limits, router};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn served(folder: &Path) -> (Router, Store) {
    let store = Store::open(folder).await.unwrap();
    let search = Arc::new(Search::in_memory(Terminology::builtin()).unwrap());
    let app = shared::over(store.clone(), search, Limits::default());
    (router(app), store)
}

async fn post(router: &Router, address: &str, body: &Value) -> (StatusCode, Value) {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body.to_string()))
        .unwrap();
    let (status, headers, body) = ask(router, request).await;
    assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "no-store", "{body}");
    (status, serde_json::from_str(&body).unwrap())
}

/// A key that is not any other one.
fn key(n: u8) -> String {
    to_letters(&[n; 32])
}

fn share(sealed: &str) -> Value {
    json!({"kind": "share", "opens": key(1), "owns": key(2), "sealed": sealed, "days": 7})
}

fn sealed() -> String {
    to_letters(&[9; 100])
}

async fn made(router: &Router, body: &Value) -> String {
    let (status, said) = post(router, "/kept", body).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    said["id"].as_str().unwrap().to_owned()
}

async fn opened(router: &Router, id: &str, key: &str) -> (StatusCode, Value) {
    post(router, "/kept/open", &json!({"id": id, "key": key})).await
}

#[tokio::test]
async fn whoever_has_the_key_opens_and_the_owner_sees_it() {
    let (router, _) = served(&folder("kept-open")).await;
    let id = made(&router, &share(&sealed())).await;
    assert_eq!(id.len(), 22, "128 bits");
    let (status, said) = opened(&router, &id, &key(1)).await;
    assert_eq!((status, said["sealed"].as_str().unwrap()), (StatusCode::OK, sealed().as_str()));
    let owned = json!({"id": id, "owner": key(2)});
    let (status, said) = post(&router, "/kept/standing", &owned).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((said["n_views"].as_i64(), said["tries_left"].as_i64()), (Some(1), Some(tries::MOST)));
    // The log has minutes, and nothing of a person.
    assert_eq!(said["views"].as_array().unwrap().len(), 1);
    assert_eq!(said["views"][0].as_i64().unwrap() % 60, 0);
    // The key that opens does not own.
    let (status, _) = post(&router, "/kept/revoke", &json!({"id": id, "owner": key(1)})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = post(&router, "/kept/revoke", &owned).await;
    assert_eq!(status, StatusCode::OK);
    for (address, body) in
        [("/kept/open", json!({"id": id, "key": key(1)})), ("/kept/standing", owned.clone()), ("/kept/revoke", owned)]
    {
        assert_eq!(post(&router, address, &body).await.0, StatusCode::NOT_FOUND, "{address}");
    }
}

/// No such, wrong, ended, spent, malformed: one answer.
#[tokio::test]
async fn nobody_can_tell_why_it_does_not_open() {
    let folder = folder("kept-enumeration");
    let (router, store) = served(&folder).await;
    let id = made(&router, &share(&sealed())).await;
    let wrong = opened(&router, &id, &key(3)).await;
    let none = opened(&router, &Id::of([5; 16]).letters(), &key(1)).await;
    let malformed = opened(&router, "x", "y").await;
    let now = jiff::Timestamp::now().as_second();
    let new = New::checked("share", &key(1), &key(2), &sealed(), 1).unwrap();
    let ended = Id::of([6; 16]);
    store.keep(&ended, &new, now - 2 * 86_400).await.unwrap();
    let ended = opened(&router, &ended.letters(), &key(1)).await;
    assert_eq!(wrong, (StatusCode::NOT_FOUND, json!({"problem": "closed"})));
    for other in [none, malformed, ended] {
        assert_eq!(other, wrong);
    }
    for address in ["/kept/standing", "/kept/revoke"] {
        for id in [id.clone(), Id::of([5; 16]).letters()] {
            assert_eq!(post(&router, address, &json!({"id": id, "owner": key(9)})).await, wrong, "{address}");
        }
    }
    // Of two shares of one person nothing is alike.
    let other =
        made(&router, &json!({"kind": "share", "opens": key(1), "owns": key(2), "sealed": sealed(), "days": 7})).await;
    let alike = id.bytes().zip(other.bytes()).filter(|(a, b)| a == b).count();
    assert!(alike < 8, "{id} {other}");
}

#[tokio::test]
async fn tries_are_limited_and_counted_across_restarts() {
    let folder = folder("kept-tries");
    let (router, store) = served(&folder).await;
    let id = made(&router, &share(&sealed())).await;
    for _ in 0..tries::MOST - 1 {
        assert_eq!(opened(&router, &id, &key(3)).await.0, StatusCode::NOT_FOUND);
    }
    store.close().await;
    let (router, store) = served(&folder).await;
    // A right one gives none back that was wrong.
    assert_eq!(opened(&router, &id, &key(1)).await.0, StatusCode::OK);
    let (_, said) = post(&router, "/kept/standing", &json!({"id": id, "owner": key(2)})).await;
    assert_eq!(said["tries_left"].as_i64(), Some(1));
    assert_eq!(opened(&router, &id, &key(3)).await.0, StatusCode::NOT_FOUND);
    store.close().await;
    let (router, store) = served(&folder).await;
    assert_eq!(opened(&router, &id, &key(1)).await.0, StatusCode::NOT_FOUND, "closed for good");
    assert!(rows(&folder).await.iter().all(|row| row.sealed.is_empty()), "the sealed bytes went");
    let (_, said) = post(&router, "/kept/standing", &json!({"id": id, "owner": key(2)})).await;
    assert_eq!(said["tries_left"].as_i64(), Some(0), "the owner sees what became of it");
    store.close().await;
    let (_, said) = post(&router, "/kept/open", &json!({"id": id, "key": key(1)})).await;
    assert_eq!(said["problem"], "unreachable", "the store is closed");
}

/// What whoever holds the database has of something kept.
struct Row {
    id_hash: Vec<u8>,
    opens_hash: Vec<u8>,
    owns_hash: Vec<u8>,
    sealed: Vec<u8>,
}

async fn rows(folder: &Path) -> Vec<Row> {
    let file = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("trialway.db"));
    let pool = sqlx::SqlitePool::connect_with(file).await.unwrap();
    let all = sqlx::query("SELECT id_hash, opens_hash, owns_hash, sealed FROM kept").fetch_all(&pool).await.unwrap();
    pool.close().await;
    all.iter()
        .map(|row| Row { id_hash: row.get(0), opens_hash: row.get(1), owns_hash: row.get(2), sealed: row.get(3) })
        .collect()
}

/// Guesses at the same time count one by one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_at_once_are_no_more_than_one_after_the_other() {
    let folder = folder("kept-at-once");
    let (router, _) = served(&folder).await;
    let id = made(&router, &share(&sealed())).await;
    let all: Vec<_> = (0..40_u8)
        .map(|n| {
            let (router, id) = (router.clone(), id.clone());
            // The right one is behind more wrong ones than are allowed.
            let key = if n == 39 { key(1) } else { key(100 + n) };
            tokio::spawn(async move { opened(&router, &id, &key).await.0 })
        })
        .collect();
    let mut n_open = 0;
    for one in all {
        n_open += usize::from(one.await.unwrap() == StatusCode::OK);
    }
    let (_, said) = post(&router, "/kept/standing", &json!({"id": id, "owner": key(2)})).await;
    let left = said["tries_left"].as_i64().unwrap();
    assert!(n_open <= 1 && left <= 1 && (n_open == 0) == (left == 0), "{n_open} opened, {left} left");
}

#[tokio::test]
async fn what_has_ended_is_swept() {
    let folder = folder("kept-sweep");
    let (_, store) = served(&folder).await;
    let new = New::checked("share", &key(1), &key(2), &sealed(), 1).unwrap();
    let (id, opens) = (Id::of([1; 16]), Key::parse(&key(1)).unwrap());
    store.keep(&id, &new, 1_000).await.unwrap();
    assert!(store.open_kept(&id, &opens, 1_000 + 86_399).await.unwrap().is_some());
    assert!(store.open_kept(&id, &opens, 1_000 + 86_400).await.unwrap().is_none(), "ended to the second");
    assert_eq!(store.sweep_kept(1_000 + 86_399).await.unwrap(), 0);
    assert_eq!(store.sweep_kept(1_000 + 86_400).await.unwrap(), 1);
    assert!(rows(&folder).await.is_empty());
}

#[tokio::test]
async fn a_vault_is_written_again_by_its_owner_only_and_never_over_another() {
    let (router, _) = served(&folder("kept-vault")).await;
    let vault = json!({"kind": "vault", "opens": key(1), "owns": key(2), "sealed": sealed(), "days": 365});
    let id = made(&router, &vault).await;
    let write = |owner: String, revision: i64, byte: u8| json!({"id": id, "owner": owner, "sealed": to_letters(&[byte; 50]), "revision": revision});
    assert_eq!(post(&router, "/kept/rewrite", &write(key(1), 1, 4)).await.0, StatusCode::NOT_FOUND);
    let (status, said) = post(&router, "/kept/rewrite", &write(key(2), 1, 4)).await;
    assert_eq!((status, said["revision"].as_i64()), (StatusCode::OK, Some(2)));
    let (status, said) = post(&router, "/kept/rewrite", &write(key(2), 1, 5)).await;
    assert_eq!((status, said["problem"].as_str()), (StatusCode::CONFLICT, Some("elsewhere")));
    let (_, said) = opened(&router, &id, &key(1)).await;
    assert_eq!(said["sealed"], to_letters(&[4; 50]));
    // A share stays as it was.
    let shared = made(&router, &share(&sealed())).await;
    let over = json!({"id": shared, "owner": key(2), "sealed": to_letters(&[4; 50]), "revision": 1});
    assert_eq!(post(&router, "/kept/rewrite", &over).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sizes_and_shapes_are_limited_and_other_sites_are_not_heard() {
    let (router, _) = served(&folder("kept-sizes")).await;
    assert!(!made(&router, &share(&to_letters(&vec![1; LARGEST_BYTES]))).await.is_empty());
    let (status, said) = post(&router, "/kept", &share(&to_letters(&vec![1; LARGEST_BYTES + 1]))).await;
    assert_eq!((status, said["problem"].as_str()), (StatusCode::PAYLOAD_TOO_LARGE, Some("large")));
    let huge =
        Request::post("/kept").header("sec-fetch-site", "same-origin").body(Body::from("x".repeat(1 << 20))).unwrap();
    assert_eq!(ask(&router, huge).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    for bad in [
        json!({}),
        json!([]),
        json!({"kind": "share"}),
        json!({"kind": "share", "opens": key(1), "owns": key(1), "sealed": sealed(), "days": 7}),
    ] {
        assert_eq!(post(&router, "/kept", &bad).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    for address in ["/kept", "/kept/open", "/kept/standing", "/kept/revoke", "/kept/rewrite"] {
        let foreign = Request::post(address)
            .header("sec-fetch-site", "cross-site")
            .body(Body::from(share(&sealed()).to_string()))
            .unwrap();
        assert_eq!(ask(&router, foreign).await.0, StatusCode::FORBIDDEN, "{address}");
        assert!(!ask(&router, Request::get(address).body(Body::empty()).unwrap()).await.0.is_success(), "{address}");
    }
    // More in a minute than is allowed: no more is taken, and what is there stays.
    let mut n = 0;
    while post(&router, "/kept", &share(&sealed())).await.0 == StatusCode::OK {
        n += 1;
        assert!(n < 400);
    }
    assert!(n > 100, "{n}");
}

/// What `vault.js` does, done again after RFC 9106, RFC 5869 and NIST SP 800-38D.
struct Keys {
    seals: Vec<u8>,
    opens: String,
}

fn expand(material: &[u8], info: &str, n: usize) -> Vec<u8> {
    let mut out = vec![0; n];
    hkdf::Hkdf::<sha2::Sha256>::new(Some(&[]), material)
        .expand(format!("trialway kept 1 {info}").as_bytes(), &mut out)
        .unwrap();
    out
}

fn keys(secret: &[u8], passcode: &str) -> Keys {
    let salt = expand(secret, "salt", 16);
    let parameters = argon2::Params::new(32_768, 3, 1, Some(32)).unwrap();
    let mut stretched = [0; 32];
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, parameters)
        .hash_password_into(passcode.as_bytes(), &salt, &mut stretched)
        .unwrap();
    let material = [secret, &stretched].concat();
    Keys { seals: expand(&material, "seals", 32), opens: to_letters(&expand(&material, "opens", 32)) }
}

fn unseal(seals: &[u8], sealed: &[u8]) -> Option<String> {
    let cipher = Aes256Gcm::new_from_slice(seals).ok()?;
    let (nonce, rest) = sealed.split_at_checked(12)?;
    let nonce = Nonce::try_from(nonce).ok()?;
    let plain = cipher.decrypt(&nonce, Payload { msg: rest, aad: b"trialway kept 1" }).ok()?;
    String::from_utf8(plain).ok()
}

/// With the server's database in hand, and everything that it ever received, a note cannot be read without link and passcode.
#[tokio::test]
async fn the_database_opens_nothing() {
    let fixture: Value = serde_json::from_str(
        &std::fs::read_to_string(shared::root().join("crates/web/tests/data/sealed-by-a-browser.json")).unwrap(),
    )
    .unwrap();
    let text = |name: &str| fixture[name].as_str().unwrap().to_owned();
    let secret = of_letters(&text("secret")).unwrap();
    let sealed = of_letters(&text("sealed")).unwrap();
    // Link and passcode open it: what a browser sealed is what this test unseals.
    let right = keys(&secret, &text("passcode"));
    assert_eq!(right.opens, text("opens"));
    assert_eq!(unseal(&right.seals, &sealed).unwrap(), text("plain"));
    let folder = folder("kept-database");
    let (router, store) = served(&folder).await;
    let id = made(
        &router,
        &json!({"kind": "share", "opens": text("opens"), "owns": text("owns"), "sealed": text("sealed"), "days": 7}),
    )
    .await;
    let (status, said) = opened(&router, &id, &text("opens")).await;
    assert_eq!((status, said["sealed"].as_str().unwrap().to_owned()), (StatusCode::OK, text("sealed")));
    // Every field of the row as a key, as a secret with the right passcode, and as a passcode.
    let row = rows(&folder).await.pop().unwrap();
    assert_eq!(row.sealed, sealed);
    let id_bytes = of_letters(&id).unwrap();
    let received = of_letters(&text("opens")).unwrap();
    let owner = of_letters(&text("owns")).unwrap();
    let fields: [&[u8]; 6] = [&row.id_hash, &row.opens_hash, &row.owns_hash, &id_bytes, &received, &owner];
    let tried = |seals: &[u8]| unseal(seals, &row.sealed);
    for field in fields {
        assert_eq!(tried(field), None, "a field is no key");
        for info in ["seals", "opens", "owns", "salt"] {
            assert_eq!(tried(&expand(field, info, 32)), None, "{info} of a field");
        }
        assert_eq!(tried(&keys(field, &text("passcode")).seals), None, "the right passcode, no secret");
    }
    assert_eq!(tried(&keys(&secret, "hjkm-2345-wxyy").seals), None, "the right secret, a wrong passcode");
    assert_eq!(tried(&keys(&secret, "").seals), None, "the right secret, no passcode");
    assert_eq!(tried(&keys(&[0; 32], &text("passcode")).seals), None, "the right passcode, a wrong secret");
    // Who has the rest of the row cannot pass a guess off as a key either.
    for letters in [to_letters(&row.opens_hash), to_letters(&row.id_hash), to_letters(&row.owns_hash)] {
        assert_eq!(opened(&router, &id, &letters).await.0, StatusCode::NOT_FOUND);
    }
    store.close().await;
    // Neither the note nor what opens it stands anywhere in the files.
    for entry in std::fs::read_dir(&folder).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        let file = std::fs::read(entry.path()).unwrap();
        for (what, bytes) in [
            ("the note", b"krikkitosis".as_slice()),
            ("the secret", &secret),
            ("the key", &received),
            ("the owner's key", &owner),
            ("the id", &id_bytes),
            ("the passcode", b"hjkm-2345-wxyz"),
        ] {
            assert!(
                !file.windows(bytes.len()).any(|window| window == bytes),
                "{what} is in {}",
                entry.path().display()
            );
            let letters = to_letters(bytes);
            assert!(
                !file.windows(letters.len()).any(|window| window == letters.as_bytes()),
                "{what} is in {}",
                entry.path().display()
            );
        }
    }
}

#[tokio::test]
async fn the_pages_say_that_they_need_script_and_everything_has_its_words() {
    let (router, _) = served(&folder("kept-pages")).await;
    for tag in ["en", "es", "zh"] {
        for (address, name) in [("/mine", "mine.js"), ("/shared", "shared.js")] {
            let request = Request::get(address).header(header::ACCEPT_LANGUAGE, tag).body(Body::empty()).unwrap();
            let (status, headers, body) = ask(&router, request).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
            assert!(
                headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap().contains("script-src 'self';")
            );
            assert!(body.contains("<noscript>") && !shared::plain(&body).contains("keep-needs"), "{body}");
            let words = body.split("id=\"keep-words\">").nth(1).unwrap().split("</script>").next().unwrap();
            let words: Value = serde_json::from_str(words).unwrap();
            for (id, said) in words.as_object().unwrap() {
                assert_ne!(id, said.as_str().unwrap(), "{tag} lacks a message");
            }
            let script =
                body.split("src=\"").find(|part| part.contains(name)).unwrap().split('"').next().unwrap().to_owned();
            let (status, headers, body) = ask(&router, Request::get(&script).body(Body::empty()).unwrap()).await;
            assert_eq!(
                (status, headers.get(header::CONTENT_TYPE).unwrap().to_str().unwrap()),
                (StatusCode::OK, "text/javascript; charset=utf-8")
            );
            assert!(!body.contains("innerHTML"), "text goes in as text");
        }
    }
    let (status, _) = shared::get(&router, "/static/kept/x/../../style.css").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
