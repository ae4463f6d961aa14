//! Keeping a data directory: backup and restore, reindex, a full disk, a directory that may not be written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice
)]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("upkeep-{name}"));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn run(store: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trialway"));
    command.args(arguments).args(["--data-dir", store.to_str().unwrap()]).output().unwrap()
}

fn well(store: &Path, arguments: &[&str]) -> String {
    let output = run(store, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The one sentence of a command that fails, and its status.
fn ill(output: &Output) -> (Option<i32>, String) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(said.trim_end().lines().count(), 1, "one sentence: {said}");
    (output.status.code(), said)
}

fn status(store: &Path) -> Value {
    serde_json::from_str(&well(store, &["status", "--format", "json"])).unwrap()
}

fn records(file: &Path, n: usize, title: &str) -> String {
    let lines: String = (0..n)
        .map(|number| {
            // Words that do not repeat themselves, so that they take room.
            let mut seed = number as u64 + 1;
            let words: String = (0..150)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    format!("{:x} ", seed >> 30)
                })
                .collect();
            json!({"protocolSection": {
                "identificationModule": {"nctId": format!("NCT{:08}", 92_000_000 + number), "briefTitle": format!("{title} {number}")},
                "statusModule": {"overallStatus": "RECRUITING", "statusVerifiedDate": "2019-01", "completionDateStruct": {"date": "2020-01"}},
                "descriptionModule": {"briefSummary": words},
                "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Gout\n"},
            }})
            .to_string()
                + "\n"
        })
        .collect();
    std::fs::write(file, lines).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn a_backup_is_the_store_at_one_moment_and_comes_back() {
    let place = folder("backup");
    let (store, other) = (place.join("store"), place.join("other"));
    let file = records(&place.join("some.ndjson"), 50, "first");
    well(&store, &["ingest", "--quiet", &file]);
    let backup = place.join("backup.db");
    let backup = backup.to_str().unwrap();
    well(&store, &["backup", backup]);
    // What comes after is not in it.
    records(&place.join("some.ndjson"), 60, "second");
    well(&store, &["ingest", "--quiet", &file]);
    assert_eq!((&status(&store)["studies"], &status(&store)["versions"]), (&60.into(), &110.into()));
    assert!(well(&other, &["restore", backup, "--quiet"]).contains("50 studies indexed"));
    assert_eq!((&status(&other)["studies"], &status(&other)["indexed"]), (&50.into(), &50.into()));
    assert!(well(&other, &["study", "NCT92000007"]).contains("first 7"));
    // No backup is written over, no store is replaced by accident.
    assert!(ill(&run(&store, &["backup", backup])).1.contains("exists already"));
    assert!(ill(&run(&store, &["restore", backup])).1.contains("--replace"));
    assert_eq!(status(&store)["studies"], 60);
    well(&store, &["restore", backup, "--replace", "--quiet"]);
    let now = status(&store);
    assert_eq!((&now["studies"], &now["versions"], &now["indexed"]), (&50.into(), &50.into(), &50.into()));
    // What is no backup is not taken for one, and the store stays.
    for (name, bytes) in [
        ("text.db", b"hello, no database at all".to_vec()),
        ("cut.db", {
            let whole = std::fs::read(backup).unwrap();
            whole[..whole.len() / 2].to_vec()
        }),
    ] {
        let bad = place.join(name);
        std::fs::write(&bad, bytes).unwrap();
        let (code, said) = ill(&run(&store, &["restore", bad.to_str().unwrap(), "--replace"]));
        assert!(code == Some(1) && said.contains("is no backup"), "{said}");
        assert_eq!(status(&store)["studies"], 50);
    }
}

fn file_of(place: &Path) -> PathBuf {
    place.join("again.ndjson")
}

#[test]
fn the_index_is_made_anew_from_the_store_alone() {
    let place = folder("reindex");
    let store = place.join("store");
    let file = records(&place.join("some.ndjson"), 40, "title");
    well(&store, &["ingest", "--quiet", &file]);
    std::fs::remove_file(&file).unwrap();
    let index =
        std::fs::read_dir(&store).unwrap().flatten().map(|entry| entry.path()).find(|path| path.is_dir()).unwrap();
    for entry in std::fs::read_dir(&index).unwrap().flatten() {
        std::fs::write(entry.path(), b"damaged").unwrap();
    }
    assert!(!run(&store, &["search", "gout"]).status.success());
    well(&store, &["reindex", "--quiet"]);
    assert_eq!(status(&store)["indexed"], 40);
    assert!(well(&store, &["search", "title"]).contains("40 found"));
    // Whoever asks where no index is makes an empty one; it is not taken for the store's.
    std::fs::remove_dir_all(&index).unwrap();
    run(&store, &["search", "gout"]);
    well(&store, &["ingest", "--quiet", &records(&file_of(&place), 1, "title")]);
    assert_eq!(status(&store)["indexed"], 40);
    assert_eq!(ill(&run(&place.join("nowhere"), &["reindex"])).0, Some(2));
    assert_eq!(ill(&run(&place.join("nowhere"), &["status"])).0, Some(2));
    assert!(!place.join("nowhere").exists(), "asking makes nothing");
}

#[test]
fn versions_are_kept_as_differences_and_read_back() {
    let place = folder("versions");
    let store = place.join("store");
    for title in ["first", "second", "third"] {
        let file = records(&place.join("some.ndjson"), 20, title);
        well(&store, &["ingest", "--quiet", &file]);
    }
    let now = status(&store);
    assert_eq!((&now["versions"], &now["differences"]), (&60.into(), &40.into()));
    // Three versions take little more than one.
    let (received, kept) = (now["received_bytes"].as_f64().unwrap(), now["body_bytes"].as_f64().unwrap());
    assert!(kept < received * 0.3, "{kept} of {received}");
    let text = well(&store, &["study", "NCT92000003", "--history"]);
    let order: Vec<&str> = text.lines().filter(|line| line.starts_with("version")).map(|line| &line[..9]).collect();
    assert_eq!(order, ["version 3", "version 2", "version 1"]);
    assert!(text.contains("Title changed from “first 3” to “second 3”"), "{text}");
    let now = well(&store, &["study", "NCT92000003"]);
    assert!(
        now.contains("third 3") && now.contains("has not confirmed this record") && now.contains("was to end"),
        "{now}"
    );
    assert_eq!(ill(&run(&store, &["study", "NCT92999999"])).0, Some(2));
    assert_eq!(ill(&run(&store, &["study", "NCT92999999", "--history"])).0, Some(2));
}

/// Runs with a limit on the size of files, which the system reports as it does a quota that is used up.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_is_said_and_what_was_kept_is_whole() {
    let place = folder("full");
    let store = place.join("store");
    let file = records(&place.join("some.ndjson"), 6_000, "title");
    let limited = |blocks: u32, arguments: &str| -> Output {
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec {} {arguments} --data-dir {}",
            env!("CARGO_BIN_EXE_trialway"),
            store.display()
        );
        Command::new("sh").args(["-c", &script]).output().unwrap()
    };
    let (code, said) = ill(&limited(8_000, &format!("ingest --quiet {file}")));
    assert!(code == Some(1) && said.contains("is full"), "{said}");
    let now = status(&store);
    let n = now["studies"].as_u64().unwrap();
    assert!((1..6_000).contains(&n), "{now}");
    // A backup that does not fit leaves nothing behind.
    let backup = place.join("backup.db");
    let (code, said) = ill(&limited(100, &format!("backup {}", backup.display())));
    assert!(code == Some(1) && said.contains("backup.db"), "{said}");
    let left: Vec<_> = std::fs::read_dir(&place).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("backup")), "{left:?}");
    // With room again, the same goes on.
    well(&store, &["ingest", "--quiet", &file]);
    let now = status(&store);
    assert_eq!((&now["studies"], &now["indexed"], &now["versions"]), (&6_000.into(), &6_000.into(), &6_000.into()));
}

/// Needs a directory that this user may not write: by its permissions, or, for root, by a mount that only the child sees.
#[cfg(unix)]
#[test]
fn a_directory_that_may_not_be_written_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let place = folder("read-only");
    let store = place.join("store");
    let file = records(&place.join("some.ndjson"), 10, "title");
    well(&store, &["ingest", "--quiet", &file]);
    let probe = place.join("probe");
    std::fs::create_dir_all(&probe).unwrap();
    std::fs::set_permissions(&probe, std::fs::Permissions::from_mode(0o555)).unwrap();
    let by_mount = std::fs::write(probe.join("x"), "x").is_ok();
    let at = store.display();
    let mounted = format!("mount --bind {at} {at} && mount -o remount,bind,ro {at} {at}");
    if by_mount
        && !Command::new("unshare").args(["-m", "sh", "-c", &mounted]).output().is_ok_and(|done| done.status.success())
    {
        println!("this user may write everywhere and mount nothing");
        return;
    }
    if !by_mount {
        std::fs::set_permissions(&store, std::fs::Permissions::from_mode(0o555)).unwrap();
        for entry in std::fs::read_dir(&store).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(0o444)).unwrap();
        }
    }
    let read_only = |arguments: &str| -> Output {
        let command = format!("exec {} {arguments} --data-dir {at}", env!("CARGO_BIN_EXE_trialway"));
        if by_mount {
            Command::new("unshare").args(["-m", "sh", "-c", &format!("{mounted} && {command}")]).output().unwrap()
        } else {
            Command::new("sh").args(["-c", &command]).output().unwrap()
        }
    };
    let more = records(&place.join("more.ndjson"), 12, "other title");
    for arguments in [format!("ingest --quiet {more}"), "reindex --quiet".to_owned()] {
        let (code, said) = ill(&read_only(&arguments));
        assert!(code == Some(1) && said.contains("cannot be written"), "{arguments}: {said}");
    }
    std::fs::set_permissions(&store, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_sealed_backup_comes_back_with_its_key_alone() {
    let place = folder("sealed");
    let (store, other) = (place.join("store"), place.join("other"));
    let path = |name: &str| place.join(name).display().to_string();
    well(&store, &["ingest", &records(&place.join("r.ndjson"), 5, "A planted title"), "--quiet"]);
    well(&store, &["backup-key", &path("a.key")]);
    well(&store, &["backup-key", &path("b.key")]);
    std::fs::write(place.join("words"), "correct horse battery staple\n").unwrap();
    std::fs::write(place.join("other-words"), "another horse altogether\n").unwrap();
    well(&store, &["backup", &path("key.sealed"), "--encrypt-to", &path("a.key")]);
    well(&store, &["backup", &path("words.sealed"), "--passphrase-file", &path("words")]);
    #[cfg(unix)]
    for name in ["a.key", "key.sealed"] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(place.join(name)).unwrap().permissions().mode() & 0o077, 0, "{name}");
    }
    let left: Vec<_> = std::fs::read_dir(&store).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("backup")), "nothing plain is left: {left:?}");
    let sealed = std::fs::read(place.join("key.sealed")).unwrap();
    for planted in [&b"SQLite format"[..], b"study_version"] {
        assert!(!sealed.windows(planted.len()).any(|window| window == planted));
    }
    let refused = |arguments: &[&str], want: &str| {
        let (status, said) = ill(&run(&other, arguments));
        assert!(status == Some(2) && said.contains(want), "{arguments:?}: {said}");
        assert!(!other.join("trialway.db").exists() && !other.join("backup-in-work.db").exists());
    };
    refused(&["restore", &path("key.sealed")], "is encrypted; give --key or --passphrase-file");
    refused(&["restore", &path("key.sealed"), "--key", &path("b.key")], "is not opened by this key or passphrase");
    refused(
        &["restore", &path("key.sealed"), "--passphrase-file", &path("words")],
        "was encrypted with a key; give that",
    );
    refused(
        &["restore", &path("words.sealed"), "--passphrase-file", &path("other-words")],
        "is not opened by this key",
    );
    refused(&["restore", &path("key.sealed"), "--key", &path("words")], "holds no key");
    std::fs::write(place.join("cut.sealed"), &sealed[..sealed.len() - 5]).unwrap();
    refused(&["restore", &path("cut.sealed"), "--key", &path("a.key")], "");
    let (status, said) = ill(&run(&store, &["backup", &path("key.sealed"), "--encrypt-to", &path("a.key")]));
    assert!(status == Some(2) && said.contains("exists already"), "{said}");
    for arguments in [
        ["restore", &path("key.sealed"), "--key", &path("a.key"), "--replace", "--quiet"],
        ["restore", &path("words.sealed"), "--passphrase-file", &path("words"), "--replace", "--quiet"],
    ] {
        assert_eq!(well(&other, &arguments), "5 studies indexed\n");
        assert_eq!(status_of(&other), 5);
    }
}

fn status_of(store: &Path) -> u64 {
    status(store)["studies"].as_u64().unwrap()
}

#[test]
fn a_broken_log_is_found_by_the_command() {
    let store = folder("audit");
    let invite = ["accounts", "invite", "--role", "administrator", "--address", "https://trials.example.org"];
    for _ in 0..3 {
        let said = well(&store, &invite);
        assert!(said.starts_with("https://trials.example.org/team/invitation/"), "{said}");
    }
    let anchor = well(&store, &["audit", "anchor"]).trim().to_owned();
    assert!(anchor.starts_with("3:"));
    well(&store, &invite);
    assert!(well(&store, &["audit", "verify", "--anchor", &anchor]).starts_with("whole: 4 entries"));
    assert_eq!(well(&store, &["audit", "export"]).lines().count(), 4);
    let (status, said) = ill(&run(&store, &["audit", "verify", "--anchor", "9:xyz"]));
    assert!(status == Some(2) && said.contains("is no anchor"), "{said}");
    let far = anchor.replacen("3:", "9:", 1);
    let (status, said) = ill(&run(&store, &["audit", "verify", "--anchor", &far]));
    assert!(status == Some(1) && said.contains("the log ends before entry 9"), "{said}");
    let other = format!("3:{}", "0".repeat(64));
    let (_, said) = ill(&run(&store, &["audit", "verify", "--anchor", &other]));
    assert!(said.contains("entry 3 is not the one that the anchor names"), "{said}");
    // A word changed in the file itself, as long as it was.
    let file = store.join("trialway.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let places: Vec<usize> = (0..bytes.len() - 12).filter(|at| bytes[*at..].starts_with(b"command line")).collect();
    for at in places {
        bytes[at..at + 12].copy_from_slice(b"another line");
    }
    std::fs::write(&file, bytes).unwrap();
    let (status, said) = ill(&run(&store, &["audit", "verify"]));
    assert!(status == Some(1) && said.contains("was changed after it was written"), "{said}");
    assert!(well(&store, &["retention", "show"]).contains("names of closed accounts, kept 365 days"));
    assert!(well(&store, &["retention", "run"]).contains("invitations, kept 3 days, 1 day once used: 0 deleted"));
    let (status, said) = ill(&run(&store, &["accounts", "close", "nobody"]));
    assert!(status == Some(2) && said.contains("has no account"), "{said}");
}

/// Starts the server, and ends it once it is there; what it says of why it does not start.
fn started(store: &Path, arguments: &[&str]) -> Result<(), String> {
    use std::io::{BufRead, BufReader, Read};
    let mut child = Command::new(env!("CARGO_BIN_EXE_trialway"))
        .args(["serve", "--addr", "127.0.0.1:0", "--log", "off", "--data-dir"])
        .arg(store)
        .args(arguments)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let (mut line, mut said) = (String::new(), String::new());
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let _ = child.kill();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    if line.contains("http://") { Ok(()) } else { Err(said) }
}

#[test]
fn a_key_that_is_missing_wrong_or_none_is_one_sentence_with_a_way_out() {
    let place = folder("key");
    let (store, key) = (place.join("store"), place.join("store.key"));
    started(&store, &[]).unwrap();
    let first = std::fs::read_to_string(&key).unwrap();
    assert!(first.starts_with("trialway-key-1 "), "made beside the data directory");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o077, 0);
    }
    started(&store, &[]).unwrap();
    assert_eq!(std::fs::read_to_string(&key).unwrap(), first, "the same from then on");
    let refused = |want: &str| {
        let (code, said) = ill(&run(&store, &["serve", "--addr", "127.0.0.1:0", "--log", "off"]));
        assert!(code == Some(2) && said.contains("store.key") && said.contains(want), "{said}");
        assert!(said.contains("bring the right one back") && said.contains("trialway accounts forget-codes"), "{said}");
    };
    std::fs::remove_file(&key).unwrap();
    refused("is not there, and secrets of the store are sealed with the key in it");
    assert!(!key.exists(), "no other one is made in its place");
    std::fs::write(&key, "no key at all").unwrap();
    refused("holds no key");
    std::fs::remove_file(&key).unwrap();
    well(&place, &["backup-key", key.to_str().unwrap()]);
    refused("holds another key than the one that sealed");
    // A backup holds no key: beside another store it is asked for.
    std::fs::write(&key, &first).unwrap();
    let (backup, other) = (place.join("a.db"), place.join("other"));
    well(&store, &["backup", backup.to_str().unwrap()]);
    well(&other, &["restore", backup.to_str().unwrap(), "--quiet"]);
    assert!(started(&other, &[]).unwrap_err().contains("other.key: is not there"));
    started(&other, &["--key-file", key.to_str().unwrap()]).unwrap();
    let configuration = place.join("trialway.toml");
    std::fs::write(&configuration, format!("key_file = \"{}\"\n", key.display())).unwrap();
    started(&other, &["--config", configuration.to_str().unwrap()]).unwrap();
    // Lost for good: the way out that the sentence names.
    assert!(well(&other, &["accounts", "forget-codes"]).starts_with("0 apps for codes are forgotten"));
    started(&other, &[]).unwrap();
    assert!(place.join("other.key").exists());
    // Where no file can be made, the sentence says how to name another place.
    let nowhere = place.join("no-folder").join("a.key");
    let said = started(&place.join("third"), &["--key-file", nowhere.to_str().unwrap()]).unwrap_err();
    assert!(said.lines().count() == 1 && said.contains("name a place with key_file"), "{said}");
    // Everything that needs no secret goes on without the key.
    std::fs::remove_file(&key).unwrap();
    for arguments in
        [&["accounts", "list"][..], &["status"], &["enquiries", "list"], &["retention", "run"], &["audit", "verify"]]
    {
        well(&store, arguments);
    }
}

#[test]
fn days_of_retention_come_from_the_configuration_and_are_checked() {
    let place = folder("days");
    let store = place.join("store");
    well(&store, &["accounts", "list"]);
    let configuration = place.join("trialway.toml");
    let name = configuration.to_str().unwrap();
    std::fs::write(&configuration, "[retention]\nenquiry_days = 60\nclosed_enquiry_days = 14\n").unwrap();
    let said = well(&store, &["retention", "show", "--config", name]);
    assert!(said.contains("what enquiries say, kept 14 days once closed, at the longest 60 days"), "{said}");
    let said = well(&store, &["retention", "run", "--config", name]);
    assert!(said.contains("at the longest 60 days: 0 deleted"), "{said}");
    for (text, want) in [
        ("enquiry_days = 3", "retention.enquiry_days is 3; give 7 to 3650 days"),
        ("enquiry_days = 30\nclosed_enquiry_days = 31", "closed_enquiry_days is 31, but enquiries are kept 30 days"),
        ("enquiry_days = -1", "line 2"),
        ("enquiries_days = 30", "line 2"),
    ] {
        std::fs::write(&configuration, format!("[retention]\n{text}\n")).unwrap();
        for arguments in
            [&["retention", "run", "--config", name][..], &["serve", "--addr", "127.0.0.1:0", "--config", name]]
        {
            let (code, said) = ill(&run(&store, arguments));
            assert!(code == Some(2) && said.contains("trialway.toml") && said.contains(want), "{said}");
        }
    }
}
