//! A made-up patient's facts go through every way that the portal takes them: check, match, contact, notes, shares, uploads. Then every line of
//! the log, at its finest, and every byte of the data directory are searched for them, with the server running, killed and stopped.
//!
//! What a person sent to a study centre on purpose is kept, and nowhere but in the database, until it is taken back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const TRIAL: &str = "NCT90000001";

/// What must be nowhere. Numbers have more digits than a time of the log, so that none is met by chance.
const SECRET: [&str; 14] = [
    "zaphodina",
    "krikkitosis",
    "vogonicillin",
    "7.43158266",
    "613.27491838",
    "magratheaville",
    "slartibart",
    "1987-03-29",
    "betelgeusia",
    "wowbaggeria",
    "hooloovoo",
    "ravenous bugblatter",
    "5550142424",
    "marvina@sirius.example",
];

/// What is sent to a study centre on purpose.
const TOLD: [&str; 4] = ["trillian", "milliways", "dentrassia", "tricia@earth.example"];

struct Server {
    child: Child,
    host: String,
}

fn serve(data: &Path, configuration: &Path, log: &Path) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_trialway"))
        .args(["serve", "--addr", "127.0.0.1:0", "--log", "trace", "--data-dir"])
        .arg(data)
        .arg("--config")
        .arg(configuration)
        .stdout(Stdio::piped())
        .stderr(File::options().create(true).append(true).open(log).unwrap())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    let host = line.split("http://").nth(1).unwrap_or_else(|| panic!("no address in {line:?}"));
    Server { host: host.trim().trim_end_matches('/').to_owned(), child }
}

impl Server {
    /// Status, head and body.
    fn ask(&self, request: &[u8]) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_owned(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.ask(format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host).as_bytes())
    }

    fn post(&self, path: &str, kind: &str, body: &str) -> (u16, String, String) {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.ask(head.as_bytes())
    }

    fn form(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.post(path, "application/x-www-form-urlencoded", &body.join("&"))
    }

    /// A form with files: a field whose name ends in `.json` is one, under the part before it.
    fn upload(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
        let mut body = String::new();
        for (name, value) in fields {
            let (name, file) = match name.strip_suffix(".json") {
                Some(name) => (name, "; filename=\"slartibart.json\"\r\nContent-Type: application/json"),
                None => (*name, ""),
            };
            body.push_str(&format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str("--edge--\r\n");
        self.post(path, "multipart/form-data; boundary=edge", &body)
    }

    fn signal(mut self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
        self.child.wait().unwrap();
    }
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { files(&entry.path(), out) } else { out.push(entry.path()) }
    }
}

fn has(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Which words stand in which files below a folder.
fn found(folder: &Path, words: &[&str]) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    assert!(paths.iter().any(|path| path.ends_with("trialway.db")), "{paths:?}");
    let mut out = Vec::new();
    for path in paths {
        // The index drops files while it is read.
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        out.extend(words.iter().filter(|word| has(&bytes, word)).map(|word| (name.clone(), (*word).to_owned())));
    }
    out
}

fn value(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    html.split(&start).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().replace("&#39;", "'")
}

/// A child's record with names, numbers and a day of birth that stand nowhere else.
fn record() -> String {
    r#"{"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "slartibart", "birthDate": "1987-03-29", "gender": "female",
            "name": [{"family": "Slartibart", "given": ["Zaphodina"]}], "telecom": [{"system": "phone", "value": "5550142424"}]}},
        {"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/slartibart"},
            "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"text": "Krikkitosis"}}},
        {"resource": {"resourceType": "MedicationStatement", "id": "m", "status": "active",
            "subject": {"reference": "Patient/slartibart"}, "medicationCodeableConcept": {"text": "Vogonicillin"}}},
        {"resource": {"resourceType": "Observation", "id": "o", "status": "final", "effectiveDateTime": "2026-06-01",
            "subject": {"reference": "Patient/slartibart"}, "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3"}]},
            "valueQuantity": {"value": 7.43158266, "unit": "mmol/L", "system": "http://unitsofmeasure.org", "code": "mmol/L"}}}
    ]}"#
        .to_owned()
}

/// Everything that takes facts of a person and keeps none of them.
fn pass_through(server: &Server) {
    let story = "Zaphodina is a 39-year-old woman with lupus nephritis and krikkitosis, takes vogonicillin, potassium 7.43158266 mmol/L. \
                 Reach her at 5550142424.";
    let record = record();
    for form in ["page", "html", "csv", "pdf"] {
        let fields = [("pasted", story), ("place", "Magratheaville"), ("as", form), ("from", "0")];
        let (status, _, html) = server.upload("/match", &fields);
        assert_eq!(status, 200);
        assert!(form != "page" || has(html.as_bytes(), "vogonicillin"), "the answer shows what arrived");
    }
    let (status, _, html) = server.upload("/screen", &[("trial", TRIAL), ("record.json", &record)]);
    assert!(status == 200 && has(html.as_bytes(), "krikkitosis"), "{status}");
    let (status, ..) = server
        .upload("/cohort", &[("trial", TRIAL), ("records.json", &record), ("records.json", "{\"id\": \"Hooloovoo")]);
    assert_eq!(status, 200);
    let (status, ..) = server.upload("/match", &[("record.json", &record)]);
    assert_eq!(status, 200);
    // What cannot be used is refused, and is not kept either.
    for (path, fields) in [
        (
            "/screen",
            vec![("trial", TRIAL), ("pasted", "{\"resourceType\": \"Patient\", \"id\": \"ravenous bugblatter")],
        ),
        ("/match", vec![("pasted", story), ("as_of", "hooloovoo")]),
        ("/cohort", vec![("trial", "hooloovoo"), ("records.json", "wowbaggeria")]),
    ] {
        let (status, ..) = server.upload(path, &fields);
        assert!((400..500).contains(&status) || status == 200, "{path}: {status}");
    }
    let check = format!("/trials/{TRIAL}/check");
    let fields = [("whom", "self"), ("age", "39"), ("a:lab:egfr", "613.27491838"), ("a:lab:hemoglobin", "7.43158266")];
    let (status, _, html) = server.form(&check, &fields);
    assert!(status == 200 && has(html.as_bytes(), "613.27491838"), "{status}");
    server.form(&check, &[("age", "hooloovoo"), ("a:lab:egfr", "613.27491838")]);
    let fields =
        [("conditions", "krikkitosis, lupus nephritis"), ("medicines", "vogonicillin"), ("place", "Magratheaville")];
    server.form("/check", &fields);
    for path in [
        "/search?q=krikkitosis+hooloovoo&place=Magratheaville",
        "/suggest?q=krikkitosis",
        "/trials/hooloovoo",
        "/metrics",
    ] {
        let (_, _, body) = server.get(path);
        assert!(path != "/metrics" || !SECRET.iter().any(|word| has(body.as_bytes(), word)), "{body}");
    }
}

/// A share that a browser sealed; what it said, and what opens it.
fn share(server: &Server) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/tests/data/sealed-by-a-browser.json");
    let fixture: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let text = |name: &str| fixture[name].as_str().unwrap().to_owned();
    let body = format!(
        r#"{{"kind":"share","opens":"{}","owns":"{}","sealed":"{}","days":7}}"#,
        text("opens"),
        text("owns"),
        text("sealed")
    );
    let (status, _, said) = server.post("/kept", "application/json", &body);
    assert_eq!(status, 200, "{said}");
    let id = said.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let open = format!(r#"{{"id":"{id}","key":"{}"}}"#, text("opens"));
    let (status, _, said) = server.post("/kept/open", "application/json", &open);
    assert!(status == 200 && said.contains(&text("sealed")));
    vec!["Ask whether krikkitosis counts".to_owned(), text("secret"), text("passcode"), text("opens"), text("owns"), id]
}

/// Answers of the check are carried to the form; a faulty form is refused, a whole one is kept with what was ticked. The private page's path.
fn write(server: &Server) -> String {
    let contact = format!("/trials/{TRIAL}/contact");
    let (_, _, html) = server.get(&format!("{contact}?near=Magratheaville"));
    let (token, consent, site) = (value(&html, "token"), value(&html, "consent"), value(&html, "site"));
    let carried = [("summary", "I1|Dentrassia? Yes"), ("summary", "E1|Betelgeusia? Yes")];
    let (status, _, html) = server.form(&contact, &carried);
    assert!(status == 200 && html.contains("Betelgeusia? Yes"), "{status}");
    let base = [("send", "yes"), ("token", token.as_str()), ("consent", &consent), ("site", &site), ("way", "email")];
    let mut refused = base.to_vec();
    refused.extend([
        ("name", "Zaphodina"),
        ("email", "marvina@sirius.example"),
        ("message", "I have wowbaggeria"),
        ("summary", "E1|Betelgeusia? Yes"),
    ]);
    assert_eq!(server.form(&contact, &refused).0, 422);
    let mut whole = base.to_vec();
    whole.extend([
        ("name", "Trillian"),
        ("email", "tricia@earth.example"),
        ("message", "Is there room at Milliways?"),
        ("agree", "yes"),
    ]);
    whole.extend([("with_summary", "yes"), ("summary", "I1|Dentrassia? Yes"), ("offered", "E1|Betelgeusia? Yes")]);
    let (status, head, html) = server.form(&contact, &whole);
    assert_eq!(status, 303, "{html}");
    let own =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("location: ").map(str::to_owned)).unwrap();
    let (_, _, html) = server.form(&own, &[("todo", "show")]);
    assert!(html.contains("Milliways") && html.contains("Dentrassia? Yes") && !html.contains("Betelgeusia"));
    own
}

#[test]
fn a_patients_facts_are_in_no_line_of_the_log_and_in_no_byte_of_the_store() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("planted");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let (data, log, configuration) = (folder.join("store"), folder.join("log.txt"), folder.join("trialway.toml"));
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_trialway")).args(arguments).arg("--data-dir").arg(&data).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/registry");
    run(&["ingest", corpus.to_str().unwrap(), "--quiet"]);
    run(&["contacts", "add", TRIAL, "--email", "team@clinic.example"]);
    // A mail server that is down, so that mails stay where they wait.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let text = format!(
        "public_address = \"https://site.example\"\n[mail]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n\
         from = \"no-reply@site.example\"\nfirst_wait_seconds = 1\ndigest_seconds = 1\n"
    );
    std::fs::write(&configuration, text).unwrap();
    assert_eq!(found(&data, &SECRET), [], "the studies do not name them");
    assert_eq!(found(&data, &TOLD), []);

    let server = serve(&data, &configuration, &log);
    pass_through(&server);
    let of_the_note = share(&server);
    let own = write(&server);
    let secret_of_the_link = own.rsplit('/').next().unwrap().to_owned();
    let nowhere: Vec<&str> = SECRET
        .iter()
        .copied()
        .chain(of_the_note.iter().map(String::as_str))
        .chain([secret_of_the_link.as_str()])
        .collect();
    // While it runs, with the database's log beside it, and after it was killed.
    // A mail that has not left holds the link that it brings to the sender.
    let in_the_store = &nowhere[..nowhere.len() - 1];
    assert_eq!(found(&data, in_the_store), []);
    server.signal("-KILL");
    assert_eq!(found(&data, in_the_store), []);
    let kept = found(&data, &TOLD);
    for word in TOLD {
        assert!(kept.iter().any(|(_, one)| one == word), "what was sent on purpose is kept: {word}");
    }
    assert!(kept.iter().all(|(name, _)| name.starts_with("trialway.db")), "in the database alone: {kept:?}");

    // The team reads it; the sender takes it back: nothing of it is left, not even while the server runs.
    let server = serve(&data, &configuration, &log);
    let list = run(&["enquiries", "list"]);
    assert!(list.contains(TRIAL) && !TOLD.iter().any(|word| has(list.as_bytes(), word)), "{list}");
    pass_through(&server);
    server.form(&own, &[("todo", "withdraw")]);
    let (_, _, html) = server.form(&own, &[("todo", "show")]);
    assert!(html.contains("You took it back."));
    let all: Vec<&str> = nowhere.iter().copied().chain(TOLD).collect();
    assert_eq!(found(&data, &all), []);
    server.signal("-TERM");
    assert_eq!(found(&data, &all), []);

    let logged = std::fs::read(&log).unwrap();
    for expected in ["/match", "/cohort", "/trials/{nct_id}/contact", "/kept/open", "/enquiries/{secret}", "TRACE"] {
        assert!(has(&logged, expected), "{expected} is logged");
    }
    for word in all {
        let line = String::from_utf8_lossy(&logged).lines().find(|line| has(line.as_bytes(), word)).map(str::to_owned);
        assert_eq!(line, None, "`{word}` was logged");
    }
}
