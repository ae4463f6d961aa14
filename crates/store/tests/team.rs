//! Accounts and the audit log: once is once, the last administrator stays, a changed log is found.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use sqlx::sqlite::SqlitePool;
use std::path::{Path, PathBuf};
use trialway_accounts::Roles;
use trialway_accounts::audit::Broken;
use trialway_accounts::session::{INVITATION_SECONDS, LONGEST_SECONDS};
use trialway_store::{Accepted, AccountChange, Codes, Deed, FirstWay, Invitation, KeptPasskey, Store, StoreError};

const NOW: i64 = 1_800_000_000;

fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("team-{name}"));
    let _ = std::fs::remove_dir_all(&path);
    path
}

fn codes(id: &str) -> FirstWay {
    FirstWay::Codes(Codes {
        account_id: id.to_owned(),
        secret: vec![1; 20],
        step: 5,
        salt: vec![2; 16],
        recovery: vec!["r1".to_owned(), "r2".to_owned()],
    })
}

async fn invite(store: &Store, hash: &str, roles: &str, name: &str) {
    let made = Invitation::new(hash.to_owned(), Roles::parse(roles), vec!["NCT00000001".to_owned()], "test", NOW);
    store.invite(&made).await.unwrap();
    store.prepare_invitation(hash, name, "A Name", &[1; 20], NOW).await.unwrap();
}

async fn account(store: &Store, id: &str, roles: &str) {
    invite(store, id, roles, &format!("name-{id}")).await;
    let made = store.accept_invitation(id, id, &codes(id), NOW).await.unwrap();
    assert_eq!(made, Accepted::Account(id.to_owned()));
}

/// Whoever has the database in hand.
async fn database(folder: &Path) -> SqlitePool {
    SqlitePool::connect(&format!("sqlite://{}", folder.join("trialway.db").display())).await.unwrap()
}

#[tokio::test]
async fn an_invitation_makes_one_account_and_no_second() {
    let store = Store::in_memory().await.unwrap();
    invite(&store, "h1", "editor", "ed").await;
    let (first, second) = (codes("a"), codes("b"));
    let (one, two) =
        tokio::join!(store.accept_invitation("h1", "a", &first, NOW), store.accept_invitation("h1", "b", &second, NOW));
    let both = [one.unwrap(), two.unwrap()];
    assert_eq!(both.iter().filter(|one| **one == Accepted::NotOpen).count(), 1, "{both:?}");
    assert_eq!(store.accounts().await.unwrap().len(), 1);
    // A name that is taken uses nothing up; an invitation that ended makes nothing.
    invite(&store, "h2", "editor", "ed").await;
    assert_eq!(store.accept_invitation("h2", "c", &codes("c"), NOW).await.unwrap(), Accepted::NameTaken);
    assert!(store.invitation("h2", NOW).await.unwrap().is_some());
    let late = NOW + INVITATION_SECONDS;
    store.prepare_invitation("h2", "other", "A Name", &[1; 20], NOW).await.unwrap();
    assert_eq!(store.accept_invitation("h2", "c", &codes("c"), late).await.unwrap(), Accepted::NotOpen);
    assert_eq!(store.accept_invitation("unknown", "c", &codes("c"), NOW).await.unwrap(), Accepted::NotOpen);
}

#[tokio::test]
async fn codes_challenges_and_counters_are_used_once() {
    let store = Store::in_memory().await.unwrap();
    account(&store, "a", "editor").await;
    assert!(!store.use_code("a", 5).await.unwrap(), "the step of the invitation");
    assert!(store.use_code("a", 6).await.unwrap() && !store.use_code("a", 6).await.unwrap());
    assert!(store.use_recovery("a", "r1", NOW).await.unwrap() && !store.use_recovery("a", "r1", NOW).await.unwrap());
    store.put_challenge("c1", "sign in", NOW).await.unwrap();
    assert!(!store.take_challenge("c1", "another purpose", NOW).await.unwrap());
    assert!(store.take_challenge("c1", "sign in", NOW).await.unwrap());
    assert!(!store.take_challenge("c1", "sign in", NOW).await.unwrap());
    store.put_challenge("c2", "sign in", NOW).await.unwrap();
    assert!(!store.take_challenge("c2", "sign in", NOW + 300).await.unwrap(), "too late");
    let passkey = KeptPasskey {
        id: "p".to_owned(),
        account_id: "a".to_owned(),
        public_key: vec![1],
        counter: 3,
        made_at: NOW,
        used_at: NOW,
    };
    assert!(store.add_passkey(&passkey).await.unwrap() && !store.add_passkey(&passkey).await.unwrap());
    assert!(store.used_passkey("p", 4, NOW).await.unwrap() && !store.used_passkey("p", 4, NOW).await.unwrap());
    assert_eq!(store.remove_passkey("a", "p", NOW).await.unwrap(), AccountChange::Done);
}

#[tokio::test]
async fn wrong_codes_are_counted_across_restarts_and_all_at_once() {
    let folder = folder("lockout");
    let mut n_tried = 0;
    // A new start after each try, for a day.
    let mut now = NOW;
    while now < NOW + 86_400 {
        let store = Store::open(&folder).await.unwrap();
        match store.try_code("subject", now).await.unwrap() {
            Ok(()) => n_tried += 1,
            Err(next) => {
                assert!(next > now);
                now = next;
            }
        }
        store.close().await;
    }
    assert!(n_tried < 40, "{n_tried}");
    // Many at the same moment are not one.
    let store = Store::open(&folder).await.unwrap();
    let mut tasks = Vec::new();
    for _ in 0..20 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move { store.try_code("another", NOW).await.unwrap().is_ok() }));
    }
    let mut n_open = 0;
    for task in tasks {
        n_open += usize::from(task.await.unwrap());
    }
    assert_eq!(n_open, 5);
    store.forgive("another").await.unwrap();
    assert!(store.try_code("another", NOW).await.unwrap().is_ok());
}

#[tokio::test]
async fn the_last_administrator_stays_and_a_closed_account_is_out() {
    let store = Store::in_memory().await.unwrap();
    account(&store, "a", "administrator").await;
    account(&store, "b", "editor coordinator").await;
    assert_eq!(store.studies_of("b").await.unwrap(), ["NCT00000001"]);
    assert_eq!(store.close_account("a", "b", NOW).await.unwrap(), AccountChange::LastAdministrator);
    let fewer = Roles::parse("editor");
    assert_eq!(store.set_roles("a", &fewer, "b", NOW).await.unwrap(), AccountChange::LastAdministrator);
    assert_eq!(store.close_account("nobody", "a", NOW).await.unwrap(), AccountChange::NoSuch);
    store.begin_session("s", "b", None, "code", NOW).await.unwrap();
    assert!(store.session("s", NOW).await.unwrap().is_some());
    assert_eq!(store.close_account("b", "a", NOW).await.unwrap(), AccountChange::Done);
    assert!(store.session("s", NOW).await.unwrap().is_none());
    assert!(store.codes_of("name-b").await.unwrap().is_none());
    // Its name goes when its time is over, and nothing else does before.
    let gone = store.sweep_team(NOW + LONGEST_SECONDS, 365, 365).await.unwrap();
    assert_eq!(gone[4], 0);
    assert_eq!(store.account("b").await.unwrap().unwrap().name, "A Name");
    let gone = store.sweep_team(NOW + 365 * 86_400, 365, 365).await.unwrap();
    assert_eq!(gone[4], 1);
    assert_eq!(store.account("b").await.unwrap().unwrap().name, "A former member");
}

#[tokio::test]
async fn a_log_that_was_changed_in_the_database_is_found() {
    let folder = folder("audit");
    let store = Store::open(&folder).await.unwrap();
    for number in 0..6 {
        let object = format!("NCT0000000{number}");
        store.audit(Deed { actor: "a", action: "review published", object: &object, now: NOW + number }).await.unwrap();
    }
    let anchor = store.audit_anchor().await.unwrap();
    assert_eq!(store.audit_verify(Some(&anchor)).await.unwrap(), Ok(anchor.clone()));
    store.close().await;
    let pristine = std::fs::read(folder.join("trialway.db")).unwrap();
    for (sql, want) in [
        ("UPDATE audit SET actor = 'b' WHERE number = 3", Broken::Words(3)),
        ("UPDATE audit SET at = '2027-01-15T08:00:00Z' WHERE number = 4", Broken::Words(4)),
        ("DELETE FROM audit WHERE number = 2", Broken::Gap(3)),
        ("UPDATE audit SET hash = previous WHERE number = 5", Broken::Words(5)),
        ("DELETE FROM audit WHERE number > 4", Broken::CutOff(6)),
        ("DELETE FROM audit", Broken::CutOff(6)),
    ] {
        for ending in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.join(format!("trialway.db{ending}")));
        }
        std::fs::write(folder.join("trialway.db"), &pristine).unwrap();
        let database = database(&folder).await;
        sqlx::query(sql).execute(&database).await.unwrap();
        database.close().await;
        let store = Store::open(&folder).await.unwrap();
        assert_eq!(store.audit_verify(Some(&anchor)).await.unwrap(), Err(want), "{sql}");
        store.close().await;
    }
}

#[tokio::test]
async fn entries_written_at_once_are_one_chain() {
    let store = Store::open(&folder("chain")).await.unwrap();
    let mut tasks = Vec::new();
    for _ in 0..25 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            store.audit(Deed { actor: "a", action: "signed in", object: "", now: NOW }).await.unwrap();
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(store.audit_verify(None).await.unwrap().unwrap().number, 25);
}

#[tokio::test]
async fn no_secret_is_kept_as_it_was_given() {
    let folder = folder("secrets");
    let store = Store::open(&folder).await.unwrap().keyed(&[4; 32]).await.unwrap();
    let secret = trialway_accounts::Secret::new([9; 32]);
    invite(&store, &secret.hash(), "editor", "ed").await;
    account(&store, "a", "editor").await;
    store.begin_session(&secret.hash(), "a", None, "code", NOW).await.unwrap();
    store.close().await;
    let bytes = std::fs::read(folder.join("trialway.db")).unwrap();
    for planted in [secret.text().as_bytes(), secret.bytes().as_slice()] {
        assert!(!bytes.windows(planted.len()).any(|window| window == planted));
    }
}

/// Twenty bytes that stand nowhere else.
const APP_SECRET: [u8; 20] = *b"Slartibartfast-42-xy";

/// The secret as bytes, and in every way that programs write it down.
fn written(secret: &[u8]) -> Vec<Vec<u8>> {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
    let hex: String = trialway_accounts::secret::hex(secret);
    let letters = trialway_accounts::totp::base32(secret);
    let fours: Vec<&str> = letters.as_bytes().chunks(4).map(|four| std::str::from_utf8(four).unwrap()).collect();
    let mut out = vec![
        secret.to_vec(),
        secret.iter().rev().copied().collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        fours.join(" ").into_bytes(),
        letters.to_lowercase().into_bytes(),
        letters.into_bytes(),
        secret.iter().flat_map(|byte| u16::from(*byte).to_le_bytes()).collect(),
    ];
    for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
        out.push(engine.encode(secret).into_bytes());
        // Within something longer, base 64 begins at another letter: the first and last ones depend on the neighbours.
        for shift in 1..3 {
            let shifted = engine.encode([vec![0; shift], secret.to_vec()].concat());
            out.push(shifted.as_bytes()[4..shifted.len() - 4].to_vec());
        }
    }
    out
}

/// Where the secret is found among all bytes of a folder.
fn places(folder: &Path, secret: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for wanted in written(secret) {
            if bytes.windows(wanted.len()).any(|window| window == wanted) {
                out.push(format!("{} has {}", path.display(), String::from_utf8_lossy(&wanted)));
            }
        }
    }
    out
}

fn app_codes(id: &str) -> Codes {
    let secret = APP_SECRET.to_vec();
    Codes { account_id: id.to_owned(), secret, step: 5, salt: vec![2; 16], recovery: Vec::new() }
}

/// A guest who was shown a secret, and a member who uses one.
async fn with_secrets(store: &Store) {
    invite(store, "guest", "editor", "guest").await;
    store.prepare_invitation("guest", "guest", "A Guest", &APP_SECRET, NOW).await.unwrap();
    account(store, "a", "administrator").await;
    store.set_codes(&app_codes("a"), NOW).await.unwrap();
}

#[tokio::test]
async fn the_secret_of_an_app_is_in_no_byte_of_the_database_in_any_writing() {
    let folder = folder("sealed");
    let store = Store::open(&folder).await.unwrap().keyed(&[4; 32]).await.unwrap();
    with_secrets(&store).await;
    assert_eq!(places(&folder, &APP_SECRET), Vec::<String>::new(), "with the log of the open store");
    assert_eq!(store.codes_of("name-a").await.unwrap().unwrap().secret, APP_SECRET);
    assert_eq!(store.invitation("guest", NOW).await.unwrap().unwrap().code_secret, APP_SECRET);
    let made = store.accept_invitation("guest", "g", &FirstWay::Codes(app_codes("g")), NOW).await.unwrap();
    assert_eq!(made, Accepted::Account("g".to_owned()));
    assert_eq!(store.codes_of("guest").await.unwrap().unwrap().secret, APP_SECRET);
    let copy = folder.join("backup.db");
    store.backup(&copy).await.unwrap();
    store.close().await;
    assert_eq!(places(&folder, &APP_SECRET), Vec::<String>::new(), "the closed store and a backup");
    // What is looked for would be found.
    std::fs::write(folder.join("planted"), trialway_accounts::totp::base32(&APP_SECRET)).unwrap();
    assert_eq!(places(&folder, &APP_SECRET).len(), 1);
}

/// Whoever can write the database moves one member's sealed secret to another: it does not open there.
#[tokio::test]
async fn a_sealed_secret_is_bound_to_its_member() {
    let folder = folder("moved");
    let store = Store::open(&folder).await.unwrap().keyed(&[4; 32]).await.unwrap();
    account(&store, "a", "administrator").await;
    account(&store, "b", "editor").await;
    store.set_codes(&app_codes("a"), NOW).await.unwrap();
    let database = database(&folder).await;
    sqlx::query("UPDATE account SET code_secret = (SELECT code_secret FROM account WHERE id = 'a') WHERE id = 'b'")
        .execute(&database)
        .await
        .unwrap();
    database.close().await;
    assert!(matches!(store.codes_of("name-b").await, Err(StoreError::WrongKey)));
    assert_eq!(store.codes_of("name-a").await.unwrap().unwrap().secret, APP_SECRET);
}

#[tokio::test]
async fn secrets_of_an_older_store_are_sealed_with_the_first_key_and_no_other_opens_them() {
    let folder = folder("older");
    let store = Store::open(&folder).await.unwrap();
    // As an older program kept them.
    let database = database(&folder).await;
    for sql in [
        "INSERT INTO account (id, sign_in_name, name, roles, made_at, closed_at, code_secret, code_step, recovery_salt) \
         VALUES ('a', 'ada', 'Ada', 'administrator', 1, NULL, $1, 3, x'')",
        "INSERT INTO account (id, sign_in_name, name, roles, made_at, closed_at, code_secret, code_step, recovery_salt) \
         VALUES ('b', 'bea', 'Bea', 'editor', 1, NULL, SUBSTR($1, 1, 0), 0, x'')",
        "INSERT INTO invitation (hash, roles, studies, made_by, made_at, expires_at, sign_in_name, name, code_secret) \
         VALUES ('h', 'editor', '', 'test', 1, 9000000000, 'guest', 'A Guest', $1)",
    ] {
        sqlx::query(sql).bind(APP_SECRET.to_vec()).execute(&database).await.unwrap();
    }
    database.close().await;
    assert!(!places(&folder, &APP_SECRET).is_empty() && !store.wants_key().await.unwrap());
    // Without a key nothing is read or kept.
    assert!(matches!(store.codes_of("ada").await, Err(StoreError::NoKey)));
    assert!(matches!(store.set_codes(&app_codes("b"), NOW).await, Err(StoreError::NoKey)));
    let store = store.keyed(&[4; 32]).await.unwrap();
    assert_eq!(places(&folder, &APP_SECRET), Vec::<String>::new(), "nor in what is left of the log");
    let codes = store.codes_of("ada").await.unwrap().unwrap();
    assert_eq!((codes.secret.as_slice(), codes.step), (APP_SECRET.as_slice(), 3));
    assert!(store.codes_of("bea").await.unwrap().unwrap().secret.is_empty());
    assert_eq!(store.invitation("h", NOW).await.unwrap().unwrap().code_secret, APP_SECRET);
    store.close().await;
    for _ in 0..2 {
        let again = Store::open(&folder).await.unwrap();
        assert!(again.wants_key().await.unwrap());
        assert!(matches!(again.codes_of("ada").await, Err(StoreError::NoKey)));
        assert!(matches!(again.clone().keyed(&[5; 32]).await, Err(StoreError::WrongKey)), "and nothing is changed");
        let again = again.keyed(&[4; 32]).await.unwrap();
        assert_eq!(again.codes_of("ada").await.unwrap().unwrap().secret, APP_SECRET);
        again.close().await;
    }
    // The key is lost: codes are set up anew, under a new one; codes on paper were no part of it.
    let store = Store::open(&folder).await.unwrap();
    assert_eq!(store.forget_codes("test", NOW).await.unwrap(), 1);
    let store = store.keyed(&[5; 32]).await.unwrap();
    assert!(store.codes_of("ada").await.unwrap().unwrap().secret.is_empty());
    store.set_codes(&app_codes("b"), NOW).await.unwrap();
    assert_eq!(store.codes_of("bea").await.unwrap().unwrap().secret, APP_SECRET);
    assert!(store.audit_verify(None).await.unwrap().is_ok());
}
