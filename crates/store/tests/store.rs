//! The store keeps versions by what they say, all of a batch or nothing of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::PathBuf;
use trialway_store::{Change, Form, NewReadingReport, NewVersion, Recent, Store, StoreError, content_hash};
use trialway_study::NctId;

fn id(number: u32) -> NctId {
    NctId::parse(&format!("NCT{number:08}")).unwrap()
}

fn version(number: u32, body: &str) -> NewVersion {
    NewVersion {
        nct_id: id(number),
        content_hash: content_hash(body.as_bytes()),
        form: Form::Json,
        received_at: "2026-06-15T08:00:00Z".to_owned(),
        bytes: body.as_bytes().to_vec(),
    }
}

fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    path
}

#[tokio::test]
async fn a_record_is_kept_as_received_in_each_of_its_versions() {
    let store = Store::open(&folder("versions")).await.unwrap();
    let put = async |body: &str| store.put(&[version(1, body)], None).await.unwrap()[0];
    assert_eq!(put("one").await, Change::Added);
    assert_eq!(put("one").await, Change::Unchanged);
    assert_eq!(put("two").await, Change::Changed);
    // A record that goes back to what it was is a new version again.
    assert_eq!(put("one").await, Change::Changed);
    let current = store.study(id(1)).await.unwrap().unwrap();
    assert_eq!((current.version, current.bytes.as_slice()), (3, &b"one"[..]));
    let versions = store.versions(id(1)).await.unwrap();
    assert_eq!(versions.iter().map(|v| v.version).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(versions[0].content_hash, versions[2].content_hash);
    assert_eq!(store.study(id(2)).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_stored_survives_a_new_process() {
    let folder = folder("again");
    let store = Store::open(&folder).await.unwrap();
    store.put(&[version(1, "one"), version(2, "two")], Some(("file", 2))).await.unwrap();
    store.close().await;
    let store = Store::open(&folder).await.unwrap();
    assert_eq!(store.count().await.unwrap(), 2);
    assert_eq!(store.progress("file").await.unwrap(), 2);
    store.finish("file").await.unwrap();
    assert_eq!(store.progress("file").await.unwrap(), 0);
}

#[tokio::test]
async fn the_index_is_owed_what_changed_until_it_says_otherwise() {
    let store = Store::in_memory().await.unwrap();
    store.put(&[version(3, "c"), version(1, "a")], None).await.unwrap();
    assert_eq!(store.pending(10).await.unwrap(), [id(1), id(3)]);
    store.indexed(&[id(1), id(3)]).await.unwrap();
    assert_eq!(store.pending(10).await.unwrap(), []);
    store.put(&[version(3, "c"), version(1, "changed")], None).await.unwrap();
    assert_eq!(store.pending(10).await.unwrap(), [id(1)]);
    store.reindex_all().await.unwrap();
    assert_eq!(store.pending(10).await.unwrap(), [id(1), id(3)]);
    assert_eq!(store.ids_after(Some(id(1)), 10).await.unwrap(), [id(3)]);
}

#[tokio::test]
async fn writers_wait_for_each_other() {
    let folder = folder("writers");
    let (a, b) = (Store::open(&folder).await.unwrap(), Store::open(&folder).await.unwrap());
    let write = |store: Store, from: u32| async move {
        for number in from..from + 25 {
            store.put(&[version(number, "x")], None).await.unwrap();
        }
    };
    let first = tokio::spawn(write(a.clone(), 100));
    write(b, 200).await;
    first.await.unwrap();
    assert_eq!(a.count().await.unwrap(), 50);
}

#[tokio::test]
async fn a_report_keeps_whose_reading_it_is_about() {
    let store = Store::in_memory().await.unwrap();
    let report = NewReadingReport {
        nct_id: id(1),
        content_hash: content_hash(b"one"),
        criterion_id: "I9.1".to_owned(),
        message: "é".repeat(3_000),
        reported_at: "2026-06-15T08:00:00Z".to_owned(),
    };
    let number = store.report_reading(&report).await.unwrap();
    let kept = store.reading_reports(10).await.unwrap();
    assert_eq!((kept[0].id, kept[0].criterion_id.as_str()), (number, "I9.1"));
    assert_eq!(kept[0].message.chars().count(), 2_000);
}

#[tokio::test]
async fn a_directory_that_is_a_file_is_one_clear_sentence() {
    let path = folder("file-not-folder");
    std::fs::write(&path, b"x").unwrap();
    let error = Store::open(&path).await.unwrap_err();
    assert!(matches!(error, StoreError::Open { .. }) && !error.to_string().contains('\n'));
}

#[tokio::test]
async fn older_versions_are_made_from_the_ones_after_them() {
    let store = Store::open(&folder("differences")).await.unwrap();
    let bodies: Vec<String> =
        (0..40).map(|n| format!("{} version {n} {}", "same words ".repeat(300), "tail ".repeat(n))).collect();
    for body in &bodies {
        store.put(&[version(1, body)], None).await.unwrap();
    }
    let records = store.records_since(id(1), 1).await.unwrap();
    assert_eq!(records.len(), 40);
    for (record, body) in records.iter().zip(&bodies) {
        assert_eq!(record.bytes, body.as_bytes(), "version {}", record.version);
        assert_eq!(record.content_hash, content_hash(body.as_bytes()));
    }
    let last = store.records_since(id(1), 39).await.unwrap();
    assert_eq!(last.iter().map(|record| record.version).collect::<Vec<_>>(), [39, 40]);
    assert_eq!(last[0].bytes, bodies[38].as_bytes());
    let held = store.holdings().await.unwrap();
    assert_eq!((held.n_versions, held.n_differences), (40, 39));
    assert!(held.n_body_bytes * 10 < held.n_received_bytes, "{held:?}");
    assert!(store.records_since(id(2), 1).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_store_of_an_older_form_is_read_and_goes_on() {
    let folder = folder("older");
    std::fs::create_dir_all(&folder).unwrap();
    let options =
        sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("trialway.db")).create_if_missing(true);
    let pool = sqlx::sqlite::SqlitePool::connect_with(options).await.unwrap();
    // The first three migrations, as a version before this one ran them.
    let mut all = sqlx::migrate!("./migrations");
    all.migrations.to_mut().retain(|migration| migration.version < 4);
    all.run(&pool).await.unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, b"old words").unwrap();
    sqlx::query("INSERT INTO study (nct_id, version, content_hash) VALUES ($1, 1, $2)")
        .bind(id(1).to_string())
        .bind(content_hash(b"old words"))
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("INSERT INTO study_version VALUES ($1, 1, $2, 'json', '2026-01-01T00:00:00Z', $3)")
        .bind(id(1).to_string())
        .bind(content_hash(b"old words"))
        .bind(packed.finish().unwrap())
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    let store = Store::open(&folder).await.unwrap();
    assert_eq!(store.study(id(1)).await.unwrap().unwrap().bytes, b"old words");
    assert_eq!(store.put(&[version(1, "old words")], None).await.unwrap(), [Change::Unchanged]);
    let long = "new words that are many ".repeat(100);
    assert_eq!(store.put(&[version(1, &long)], None).await.unwrap(), [Change::Changed]);
    let records = store.records_since(id(1), 1).await.unwrap();
    assert_eq!((records[0].bytes.as_slice(), records[1].bytes.as_slice()), (&b"old words"[..], long.as_bytes()));
}

#[tokio::test]
async fn recent_changes_are_gone_through_without_gap_or_repeat() {
    let store = Store::in_memory().await.unwrap();
    let at = |number: u32, body: &str, minute: u32| NewVersion {
        received_at: format!("2026-06-15T08:{minute:02}:00Z"),
        ..version(number, body)
    };
    let records: Vec<NewVersion> =
        (1..=25).map(|n| at(n, "one", n / 5)).chain((1..=5).map(|n| at(n, "two", 30))).collect();
    store.put(&records, None).await.unwrap();
    let mut seen: Vec<Recent> = Vec::new();
    loop {
        let some = store.recent(seen.last(), 7).await.unwrap();
        if some.is_empty() {
            break;
        }
        seen.extend(some);
    }
    assert_eq!(seen.len(), 30);
    assert!(seen.windows(2).all(|two| two[0].received_at >= two[1].received_at && two[0] != two[1]));
    assert_eq!((seen[0].nct_id, seen[0].version), (id(5), 2));
}

#[tokio::test]
async fn a_page_of_a_registry_and_its_place_are_kept_together() {
    let store = Store::in_memory().await.unwrap();
    store.put(&[version(1, "a"), version(2, "b"), version(3, "c")], None).await.unwrap();
    let notes = [("run.token", "abc"), ("run.day", "2026-06-01")];
    store.put_page(&[version(1, "a"), version(4, "d")], &[id(1), id(4)], &notes).await.unwrap();
    assert_eq!(store.sync_note("run.token").await.unwrap().as_deref(), Some("abc"));
    assert_eq!((store.n_listed().await.unwrap(), store.not_listed().await.unwrap()), (2, vec![id(2), id(3)]));
    store.set_gone(id(2), "2026-06-15T08:00:00Z").await.unwrap();
    assert_eq!(store.not_listed().await.unwrap(), [id(3)]);
    assert_eq!(store.gone_at(id(2)).await.unwrap().as_deref(), Some("2026-06-15T08:00:00Z"));
    // A study that comes back is not gone.
    assert_eq!(store.put(&[version(2, "b")], None).await.unwrap(), [Change::Unchanged]);
    assert_eq!(store.gone_at(id(2)).await.unwrap(), None);
    store.set_sync_notes(&[("run.token", "")]).await.unwrap();
    assert_eq!(store.sync_note("run.token").await.unwrap(), None);
    assert_eq!(store.sync_note("run.day").await.unwrap().as_deref(), Some("2026-06-01"));
}
