//! Drafts, reviews and a model from the command line. The model is a stub that mostly lies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

const ID: &str = "NCT90000001";

fn record() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/registry/NCT90000001.json")
}

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("draft-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let here = Place(folder);
        here.ingest(&std::fs::read_to_string(record()).unwrap());
        here
    }

    fn ingest(&self, record: &str) {
        let file = self.0.join("study.json");
        std::fs::write(&file, record).unwrap();
        let output = self.run(&["ingest", file.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_trialway"))
            .args(arguments)
            .args(["--data-dir", self.0.join("store").to_str().unwrap()])
            .env_remove("TRIALWAY_CONFIG")
            .env("HTTP_PROXY", "http://127.0.0.1:9")
            .output()
            .unwrap()
    }

    fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refuses(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said.trim_end().lines().count(), 1, "one sentence: {said}");
        said
    }

    fn screened(&self) -> Value {
        let child = record().parent().unwrap().join("../patients/lupus-nephritis-child.json");
        let arguments = [
            "screen",
            "--trial",
            ID,
            "--patient",
            child.to_str().unwrap(),
            "--as-of",
            "2026-06-15",
            "--format",
            "json",
        ];
        serde_json::from_str(&self.says(&arguments)).unwrap()
    }
}

/// A server that answers one request with these bytes, after a while; what it was sent.
fn stub(status: &str, body: String, after: Duration) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut got = Vec::new();
        let mut part = [0; 4096];
        loop {
            let n = stream.read(&mut part).unwrap();
            got.extend_from_slice(&part[..n]);
            let text = String::from_utf8_lossy(&got).into_owned();
            let whole = text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
                let length = head
                    .to_lowercase()
                    .split("content-length: ")
                    .nth(1)
                    .and_then(|rest| rest.split("\r\n").next().and_then(|n| n.trim().parse::<usize>().ok()));
                length.is_some_and(|length| body.len() >= length)
            });
            if whole || n == 0 {
                break;
            }
        }
        std::thread::sleep(after);
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(body.as_bytes());
        String::from_utf8_lossy(&got).into_owned()
    });
    (address, heard)
}

const SUMMARY: &str = "protocolSection.descriptionModule.briefSummary";

fn answer(text: &str, field: &str, quote: &str) -> String {
    let content = json!({"sentences": [{"text": text, "field": field, "quote": quote}]}).to_string();
    json!({"choices": [{"message": {"role": "assistant", "content": content}}]}).to_string()
}

fn configured(here: &Place, address: &str) -> String {
    let file = here.0.join("trialway.toml");
    std::fs::write(&file, format!("[model]\naddress = \"{address}\"\nname = \"stub-model\"\ntimeout_seconds = 2\n"))
        .unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn a_model_that_keeps_to_the_record_is_kept_and_a_liar_is_not() {
    let here = Place::new("model");
    let quote = "An invented study record, modelled on a public one.";
    let good = "This is an invented record, modelled on a public one.";
    let none = Duration::ZERO;
    let said = here.refuses(&["draft", ID, "--model"], 2);
    assert!(said.contains("is not configured"), "off unless it is configured: {said}");
    let (address, heard) = stub("200 OK", answer(good, SUMMARY, quote), none);
    let config = configured(&here, &address);
    let said = here.says(&["draft", ID, "--model", "--config", &config]);
    assert!(said.contains("kept: 1 sentences of stub-model") && said.contains(good), "{said}");
    let sent = heard.join().unwrap();
    assert!(sent.starts_with("POST /v1/chat/completions") && sent.contains("An invented study record"), "{sent}");
    for private in ["Hemoglobin", "ECOG", "eligibility", "contact"] {
        assert!(!sent.contains(private), "`{private}` is not sent: {sent}");
    }
    let said = here.says(&["review", "show", ID]);
    assert!(said.contains(good), "the block is reviewed with the rest: {said}");
    for (what, status, body, after, code, says) in [
        (
            "a wrong number",
            "200 OK",
            answer("This is an invented record of 30 people.", SUMMARY, quote),
            none,
            1,
            "did not pass",
        ),
        (
            "a flipped denial",
            "200 OK",
            answer("This is not an invented record, modelled on a public one.", SUMMARY, quote),
            none,
            1,
            "did not pass",
        ),
        (
            "a promise",
            "200 OK",
            answer("This is a breakthrough record, modelled on a public one.", SUMMARY, quote),
            none,
            1,
            "did not pass",
        ),
        (
            "words of its own",
            "200 OK",
            answer("This invented record cures children in Paris.", SUMMARY, quote),
            none,
            1,
            "did not pass",
        ),
        (
            "a quotation that is not there",
            "200 OK",
            answer(good, SUMMARY, "An invented study record of Paris"),
            none,
            1,
            "did not pass",
        ),
        (
            "the criteria",
            "200 OK",
            answer(
                "Children aged 6 to 18 years.",
                "protocolSection.eligibilityModule.eligibilityCriteria",
                "Children aged 6 to 18 years",
            ),
            none,
            1,
            "did not pass",
        ),
        ("garbage", "200 OK", "%%%".to_owned(), none, 1, "holds no sentences"),
        (
            "prose",
            "200 OK",
            json!({"choices": [{"message": {"content": "Sure! Here it is."}}]}).to_string(),
            none,
            1,
            "holds no sentences",
        ),
        (
            "no block",
            "200 OK",
            json!({"choices": [{"message": {"content": "[]"}}]}).to_string(),
            none,
            1,
            "did not pass",
        ),
        ("a failure", "500 Internal Server Error", "{}".to_owned(), none, 1, "status 500"),
        ("another address", "302 Found", "{}".to_owned(), none, 1, "status 302"),
        ("silence", "200 OK", answer(good, SUMMARY, quote), Duration::from_secs(4), 1, "does not answer"),
    ] {
        let (address, heard) = stub(status, body, after);
        let config = configured(&here, &address);
        let said = here.refuses(&["draft", ID, "--model", "--config", &config], code);
        assert!(said.contains(says), "{what}: {said}");
        heard.join().unwrap();
        assert!(here.says(&["review", "show", ID]).contains(good), "{what} does not take the place of what passed");
    }
    here.says(&["draft", ID, "--forget"]);
    assert!(!here.says(&["review", "show", ID]).contains(good));
    let config = configured(&here, "ftp://host");
    assert!(here.refuses(&["draft", ID, "--model", "--config", &config], 2).contains("no address of an API"));
}

#[test]
fn sentences_are_drawn_with_their_sources_the_same_each_time() {
    let here = Place::new("draw");
    let corpus = record().parent().unwrap().to_str().unwrap().to_owned();
    let draw = |seed: &str| here.says(&["draft", "--draw", "25", "--seed", seed, &corpus]);
    let lines = draw("3");
    assert_eq!(lines, draw("3"));
    assert_ne!(lines, draw("4"));
    let rows: Vec<Vec<&str>> = lines.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 26);
    assert_eq!(rows[0], ["study", "id", "part", "sentence", "source"]);
    for row in &rows[1..] {
        assert!(row.len() == 5 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        assert!(
            row[0].starts_with("NCT9") && (row[4].contains("protocolSection.") || row[4].contains(" [")),
            "{row:?}"
        );
    }
}

#[test]
fn a_draft_is_shown_with_what_each_sentence_rests_on() {
    let here = Place::new("show");
    let said = here.says(&["draft", ID]);
    assert!(said.contains("are 6 to 18 years old") && said.contains("      < I1 ["), "{said}");
    let document: Value = serde_json::from_str(&here.says(&["draft", ID, "--format", "json"])).unwrap();
    let gist = &document["parts"]["gist"][0];
    assert!(gist["sources"][0]["path"].as_str().unwrap().starts_with("protocolSection."), "{gist}");
    assert!(document["parts"]["fits"][0]["sources"][0]["span"][0].is_u64());
}

#[test]
fn a_review_is_kept_and_goes_stale_with_another_version() {
    let here = Place::new("review");
    let yes = "y".repeat(20);
    assert!(here.says(&["review", "list"]).contains("no page was reviewed yet"));
    assert!(
        here.refuses(&["review", "publish", ID, "--reviewer", "A", "--checklist", &yes], 2).contains("start one first")
    );
    here.says(&["review", "start", ID, "--reviewer", "A. Editor"]);
    assert!(here.refuses(&["review", "publish", ID, "--reviewer", "A"], 2).contains("20 points"));
    assert!(here.refuses(&["review", "publish", ID, "--reviewer", "A", "--checklist", "yq"], 2).contains("letters"));
    here.says(&["review", "publish", ID, "--reviewer", "A. Editor", "--checklist", &yes, "--note", "well made"]);
    let said = here.says(&["review", "list"]);
    assert!(said.contains("published") && said.contains("A. Editor") && said.contains("well made"), "{said}");
    here.ingest(&std::fs::read_to_string(record()).unwrap());
    assert!(!here.says(&["review", "list"]).contains("stale"), "the same record again changes nothing");
    here.ingest(&std::fs::read_to_string(record()).unwrap().replace("\"count\": 12", "\"count\": 13"));
    assert!(here.says(&["review", "list"]).contains("stale"));
}

#[test]
fn a_reading_found_wrong_is_open_on_the_command_line_too() {
    let here = Place::new("reading");
    let of = |screened: &Value, id: &str| {
        screened["criteria"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
    };
    assert_eq!(of(&here.screened(), "I1")["effect"], "pass");
    assert!(here.refuses(&["review", "reading", ID, "I1", "corrected", "--author", "A"], 2).contains("--reason"));
    assert!(here.refuses(&["review", "reading", ID, "Q9", "confirmed", "--author", "A"], 2).contains("no criterion"));
    here.says(&[
        "review",
        "reading",
        ID,
        "I1",
        "cannot-be-computed",
        "--author",
        "A. Editor",
        "--reason",
        "Age at consent",
    ]);
    let held = of(&here.screened(), "I1");
    assert_eq!((&held["effect"], &held["open_reason"]), (&"open".into(), &"judgement".into()));
    assert!(held["needs"][0].as_str().unwrap().contains("Age at consent"), "{held}");
    // The record comes anew in another layout: still in force. Other words: not.
    let text = std::fs::read_to_string(record()).unwrap();
    here.ingest(&text.replace("1. Children aged 6 to 18 years", "* Any child\\n* Children aged 6 to 18 years"));
    assert_eq!(of(&here.screened(), "I2")["effect"], "open");
    here.ingest(&text.replace("aged 6 to 18 years", "aged 5 to 18 years"));
    assert_eq!(of(&here.screened(), "I1")["effect"], "pass");
    assert!(here.says(&["review", "show", ID]).contains("no longer in force"));
}

/// Whoever answers at the configured address cannot send us to a host inside: the key of the API and the record would go there.
#[test]
fn a_model_that_redirects_is_not_followed() {
    let here = Place::new("redirect");
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let head = format!("{status}\r\nlocation: http://{}/v1/chat/completions", trap.local_addr().unwrap());
        let (address, heard) = stub(&head, "{}".to_owned(), Duration::ZERO);
        let config = configured(&here, &address);
        let said = here.refuses(&["draft", ID, "--model", "--config", &config], 1);
        assert!(said.contains(&format!("status {}", status.split(' ').next().unwrap())), "{said}");
        heard.join().unwrap();
        assert_eq!(trap.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock, "{status}");
    }
}
