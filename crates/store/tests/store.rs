//! The store keeps versions by what they say, all of a batch or nothing of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::PathBuf;
use trialway_store::{Change, Form, NewReadingReport, NewVersion, Store, StoreError, content_hash};
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
