//! A copy of a registry: all of it is there in the end, whatever the registry, the network or the system does meanwhile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod registry;

use registry::{Lie, Registry, Trick, id};
use serde_json::Value;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

struct Place {
    store: PathBuf,
    config: PathBuf,
}

fn place(name: &str, registry: &Registry) -> Place {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sync-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let config = folder.join("trialway.toml");
    let text = format!(
        "[sync]\naddress = \"{}\"\npage_size = 100\npause_ms = 0\nfirst_wait_ms = 5\ntries = 4\ntimeout_seconds = 2\nlongest_wait_seconds = 5\n",
        registry.address()
    );
    std::fs::write(&config, text).unwrap();
    Place { store: folder.join("store"), config }
}

impl Place {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trialway"));
        command.args(arguments).args(["--data-dir", self.store.to_str().unwrap()]).env("TRIALWAY_CONFIG", &self.config);
        // What the environment says of proxies must not matter.
        command.env("HTTP_PROXY", "http://127.0.0.1:9").env("http_proxy", "http://127.0.0.1:9").env_remove("NO_PROXY");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// A run that must end well; its report.
    fn sync(&self, more: &[&str]) -> Value {
        let output = self.run(&[&["sync", "--quiet", "--format", "json"], more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// A run that must fail; its sentence.
    fn fails(&self) -> String {
        let output = self.run(&["sync", "--quiet"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert_eq!(said.trim_end().lines().count(), 1, "one sentence: {said}");
        said
    }

    fn status(&self) -> Value {
        let output = self.run(&["status", "--format", "json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn text(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.run(arguments).stdout).unwrap()
    }
}

fn counts(report: &Value) -> (u64, u64, u64) {
    let n = |key: &str| report[key].as_u64().unwrap();
    (n("added"), n("changed"), n("unchanged"))
}

/// A registry with so many studies, last updated over the days of a month.
fn filled(n: usize) -> Registry {
    let registry = Registry::start();
    for number in 0..n {
        registry.put(number, &format!("study {number}"), &format!("2024-05-{:02}", 1 + number * 28 / n.max(1)));
    }
    registry
}

#[test]
fn everything_is_copied_and_then_what_changed() {
    let registry = filled(1_050);
    let here = place("copy", &registry);
    assert_eq!(counts(&here.sync(&[])), (1_050, 0, 0));
    let asked = registry.asked();
    assert_eq!(asked.len(), 11, "{asked:?}");
    assert!(asked.iter().all(|one| one.contains("pageSize=100") && one.contains("sort=LastUpdatePostDate:asc")));
    assert!(asked.iter().skip(1).all(|one| one.contains("pageToken=page0-")));
    let status = here.status();
    assert_eq!(
        (&status["studies"], &status["indexed"], &status["index_lacks"]),
        (&1_050.into(), &1_050.into(), &0.into())
    );
    assert_eq!(
        (&status["last_sync"]["changes_until"], &status["last_sync"]["cut_off"]),
        (&"2024-05-28".into(), &false.into())
    );
    for (number, title) in [(3, "another title"), (2_000, "new"), (2_001, "newer")] {
        registry.put(number, title, "2024-06-02");
    }
    let report = here.sync(&[]);
    assert_eq!(
        (counts(&report).0, counts(&report).1, report["since"].as_str()),
        (2, 1, Some("2024-05-27")),
        "{report}"
    );
    assert!(registry.asked()[0].contains("filter.advanced=AREA[LastUpdatePostDate]RANGE[2024-05-27,MAX]"));
    let report = here.sync(&["--since", "2024-06-02"]);
    assert_eq!(counts(&report), (0, 0, 3));
    let history = here.text(&["study", &id(3), "--history"]);
    assert!(
        history.contains("version 2") && history.contains("Title changed from “study 3” to “another title”"),
        "{history}"
    );
}

#[test]
fn what_passes_is_waited_for() {
    let registry = filled(800);
    let here = place("patience", &registry);
    registry.tricks(&[
        Trick::Status(429, Some("1")),
        Trick::Status(503, None),
        Trick::Nothing,
        Trick::CutBody,
        Trick::CutJson,
        Trick::Drop,
        Trick::Nothing,
        Trick::Hang(Duration::from_secs(3)),
        Trick::Status(500, Some("Mon, 15 Jun 2020 08:00:00 GMT")),
        Trick::Nothing,
        Trick::Expire,
    ]);
    let start = Instant::now();
    let report = here.sync(&[]);
    assert!(start.elapsed() >= Duration::from_secs(3), "the wait that was asked for and the answer that came late");
    assert_eq!((counts(&report).0, counts(&report).1), (800, 0), "{report}");
    assert_eq!(here.status()["indexed"], 800);
    // The list whose place had expired was gone on with from its day, not from its beginning.
    let asked = registry.asked();
    assert_eq!(asked.iter().filter(|one| !one.contains("filter.advanced")).count(), 11, "{asked:?}");
    assert!(asked.iter().any(|one| one.contains("filter.advanced") && !one.contains("pageToken")), "{asked:?}");
}

#[test]
fn a_list_that_came_in_no_order_is_begun_anew() {
    let registry = filled(500);
    registry.lies(Lie::Unsorted);
    let here = place("unsorted", &registry);
    registry.tricks(&[Trick::Nothing, Trick::Nothing, Trick::Expire]);
    let report = here.sync(&[]);
    assert_eq!(counts(&report).0, 500, "{report}");
}

#[test]
fn what_does_not_pass_is_said_and_nothing_is_lost() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let n_elsewhere = std::sync::Arc::new(AtomicUsize::new(0));
    let address = format!("http://{}/api/v2/studies", elsewhere.local_addr().unwrap());
    let counter = std::sync::Arc::clone(&n_elsewhere);
    std::thread::spawn(move || {
        for _ in elsewhere.incoming() {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    let registry = filled(1_500);
    let here = place("errors", &registry);
    let garbage = br#"{"studies": [{"identification": {"nctId": "NCT91000001"}}, {"protocolSection": {}}]}"#;
    let cases: [(Trick, &str); 6] = [
        (Trick::Redirect(address), "another address"),
        (Trick::Body(b"<html>Please sign in</html>".to_vec()), "no page of studies"),
        (Trick::Body(br#"{"data": [], "total": 3}"#.to_vec()), "has no `studies`"),
        (Trick::Body(garbage.to_vec()), "no study of a whole page can be read"),
        (Trick::Status(403, None), "status 403"),
        (Trick::Status(429, Some("86400")), "asks to wait 86400 seconds"),
    ];
    for (trick, says) in cases {
        // One page is well; the next one is not.
        registry.tricks(&[Trick::Nothing, trick]);
        let said = here.fails();
        assert!(said.contains(says), "{said}");
    }
    assert_eq!(n_elsewhere.load(Ordering::SeqCst), 0, "another host was asked");
    registry.tricks(&[Trick::Status(500, None), Trick::Drop, Trick::CutBody, Trick::Status(502, None)]);
    assert!(here.fails().contains("tried 4 times"));
    for (lie, says) in [
        (Lie::MoreThanThere, "said that it has 3000 studies"),
        (Lie::Circle, "round in circles"),
        (Lie::Empty, "empty pages"),
    ] {
        registry.lies(lie);
        // From the beginning, whatever was cut off before.
        let output = here.run(&["sync", "--quiet", "--full"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && said.contains(says), "{lie:?}: {said}");
    }
    registry.lies(Lie::None);
    // What the lies left undone is found out by the first run, if need be, and done by the second.
    here.run(&["sync", "--quiet", "--full"]);
    here.sync(&["--full"]);
    let status = here.status();
    for key in ["studies", "versions", "indexed"] {
        assert_eq!(status[key], 1_500, "{key}: {status}");
    }
    assert_eq!(status["last_sync"]["cut_off"], false);
}

#[test]
fn bad_settings_are_one_sentence_before_anything_is_asked() {
    let registry = filled(1);
    let here = place("settings", &registry);
    for arguments in [
        vec!["sync", "--since", "yesterday"],
        vec!["sync", "--since", "2026-02-30"],
        vec!["sync", "--address", "clinicaltrials.gov"],
        vec!["sync", "--page-size", "1001"],
        vec!["sync", "--page-size", "0"],
    ] {
        let output = here.run(&arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.trim_end().lines().count() == 1, "{arguments:?}: {said}");
    }
    std::fs::write(&here.config, "[sync]\nadress = \"x\"\n").unwrap();
    let output = here.run(&["sync"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("line 2"));
    assert_eq!(registry.asked(), Vec::<String>::new());
}

#[test]
fn studies_that_vanish_are_marked_and_kept() {
    let registry = filled(150);
    let here = place("vanish", &registry);
    here.sync(&[]);
    registry.take_away(7);
    registry.hide(8);
    // The list of changes cannot know.
    assert_eq!(here.sync(&[])["gone"], serde_json::json!([]));
    let report = here.sync(&["--full"]);
    assert_eq!(report["gone"], serde_json::json!([id(7)]), "{report}");
    assert_eq!(here.status()["gone"], 1);
    let text = here.text(&["study", &id(7)]);
    assert!(text.contains("no longer has this study") && text.contains("study 7"), "{text}");
    assert!(!here.text(&["study", &id(8)]).contains("no longer"));
    // It comes back as it was.
    registry.put(7, "study 7", "2024-05-02");
    let report = here.sync(&["--full"]);
    assert_eq!((counts(&report), &here.status()["gone"]), ((0, 0, 150), &0.into()), "{report}");
}

#[test]
fn a_list_that_lacks_most_of_what_is_stored_is_not_believed() {
    let registry = filled(1_300);
    let here = place("disbelief", &registry);
    here.sync(&[]);
    for number in 0..1_200 {
        registry.take_away(number);
    }
    let report = here.sync(&["--full"]);
    assert!(report["warnings"][0].as_str().unwrap().contains("too many to be believed"), "{report}");
    assert_eq!((&here.status()["gone"], &here.status()["studies"]), (&0.into(), &1_300.into()));
}

#[test]
fn recorded_answers_are_understood() {
    let shared = std::env::var_os("TRIALWAY_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(shared.join("ctgov_api/recorded_v2_responses")) else { return };
    let (mut n_pages, mut n_others) = (0, 0);
    for path in entries.flatten().map(|entry| entry.path()) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(value) = serde_json::from_slice::<Value>(&bytes) else { continue };
        let registry = Registry::start();
        let here = place(&format!("recorded-{}", path.file_stem().unwrap().to_str().unwrap()), &registry);
        let Some(studies) = value.get("studies").and_then(Value::as_array) else {
            registry.tricks(&[Trick::Body(bytes)]);
            assert!(here.fails().contains("no page of studies"), "{}", path.display());
            n_others += 1;
            continue;
        };
        // The page as recorded, then a last one of its own.
        registry.tricks(&[Trick::Body(bytes), Trick::Body(br#"{"studies": []}"#.to_vec())]);
        let output = here.run(&["sync", "--quiet", "--format", "json"]);
        let known = value.get("totalCount").and_then(Value::as_u64).unwrap_or(0);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.success(), known < studies.len() as u64 + 11, "{}: {said}", path.display());
        assert_eq!(here.status()["studies"], studies.len(), "{}", path.display());
        n_pages += 1;
    }
    assert!(n_pages >= 5 && n_others >= 1, "{n_pages} {n_others}");
}

#[test]
fn following_goes_on() {
    let registry = filled(20);
    let here = place("watch", &registry);
    let mut child =
        here.command(&["sync", "--quiet", "--watch"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line).unwrap();
    assert!(line.contains("20 added"), "{line}");
    assert!(child.try_wait().unwrap().is_none(), "it ended");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn fifty_kills_lose_nothing() {
    const N: usize = 2_000;
    let registry = filled(N);
    registry.is_slow(Duration::from_millis(15));
    let here = place("kills", &registry);
    // As many others in a file, large enough to be gone on with.
    let file = here.config.with_file_name("others.ndjson");
    let padding = "long ".repeat(120);
    let lines: String = (N..2 * N)
        .map(|number| registry::study(number, &format!("study {number} {padding}"), "2024-05-01").to_string() + "\n")
        .collect();
    std::fs::write(&file, lines).unwrap();
    let ingest = ["ingest", "--quiet", file.to_str().unwrap()];
    let commands: [&[&str]; 4] =
        [&["sync", "--quiet"], &ingest, &["reindex", "--quiet"], &["sync", "--quiet", "--full"]];
    // A fixed sequence of moments that looks like none.
    let mut seed: u64 = 7;
    let (mut n_killed, mut round) = (0, 0);
    while n_killed < 50 && round < 300 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = here.command(commands[round % 4]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        round += 1;
        std::thread::sleep(Duration::from_millis(20 + (seed >> 33) % 600));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            n_killed += 1;
        }
        child.wait().unwrap();
        if here.store.join("trialway.db").is_file() {
            let status = here.status();
            let n = |key: &str| status[key].as_u64().unwrap();
            // No study twice, none but in one version, none that the index has and the store has not.
            assert_eq!(n("studies"), n("versions"), "{status}");
            assert!(n("studies") <= 2 * N as u64 && n("indexed") <= n("studies"), "{status}");
        }
    }
    assert_eq!(n_killed, 50);
    registry.is_slow(Duration::ZERO);
    here.sync(&["--full"]);
    assert!(here.run(&ingest).status.success());
    let status = here.status();
    for key in ["studies", "versions", "indexed"] {
        assert_eq!(status[key], 2 * N, "{key}: {status}");
    }
    assert_eq!(
        (&status["index_lacks"], &status["ingests_cut_off"], &status["gone"]),
        (&0.into(), &0.into(), &0.into())
    );
    // What is there is what was sent.
    for number in [0, N - 1, N, 2 * N - 1] {
        assert!(here.text(&["study", &id(number)]).contains(&format!("study {number}")), "{number}");
    }
    let found = here.text(&["search", "gout", "--limit", "0", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&found).unwrap()["total"], 2 * N);
}
