//! The server is killed at random moments while people write, follow and share, and its mail server misbehaves: what was acknowledged is there, and
//! each mail leaves with its own id.
//!
//! `TRIALWAY_KILLS` says how often (12); `cargo xtask kills` does it 200 times.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use trialway_store::Store;
use trialway_vault::token::to_letters;
use trialway_vault::{Id, Key};

const TRIAL: &str = "NCT90000001";

/// Numbers that look random and are the same each time.
fn random(state: &AtomicU64) -> u64 {
    let z = state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A mail server that cuts off, refuses for now, or takes and does not say so, as long as it is told to be bad.
#[derive(Clone)]
struct Sink {
    /// By Message-ID: to whom, and how often it came whole.
    came: Arc<Mutex<BTreeMap<String, (String, usize)>>>,
    is_bad: Arc<AtomicBool>,
    chance: Arc<AtomicU64>,
    n_faults: Arc<AtomicU64>,
}

impl Sink {
    fn start() -> (Sink, u16) {
        let sink = Sink {
            came: Arc::default(),
            is_bad: Arc::new(AtomicBool::new(true)),
            chance: Arc::new(AtomicU64::new(7)),
            n_faults: Arc::default(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let own = sink.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let own = own.clone();
                std::thread::spawn(move || {
                    let _ = own.talk(stream);
                });
            }
        });
        (sink, port)
    }

    fn talk(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let whim = if self.is_bad.load(Ordering::SeqCst) { random(&self.chance) % 10 } else { 9 };
        if whim < 4 {
            self.n_faults.fetch_add(1, Ordering::SeqCst);
        }
        if whim == 0 {
            return Ok(());
        }
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(b"220 sink\r\n")?;
        let mut lines = BufReader::new(stream.try_clone()?);
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if !line.starts_with("DATA") {
                stream.write_all(b"250 ok\r\n")?;
                continue;
            }
            stream.write_all(b"354 go on\r\n")?;
            let (mut id, mut to, mut is_whole) = (String::new(), String::new(), false);
            loop {
                let mut line = String::new();
                if lines.read_line(&mut line)? == 0 || whim == 1 {
                    break;
                }
                if line == ".\r\n" {
                    is_whole = true;
                    break;
                }
                if let Some(rest) = line.strip_prefix("Message-ID: <") {
                    id = rest.trim_end().trim_end_matches('>').to_owned();
                }
                if let Some(rest) = line.strip_prefix("To: ") {
                    to = rest.trim_end().to_owned();
                }
            }
            if !is_whole {
                return Ok(());
            }
            if whim == 2 {
                stream.write_all(b"451 later\r\n")?;
                continue;
            }
            self.came.lock().unwrap().entry(id).or_insert((to, 0)).1 += 1;
            if whim == 3 {
                return Ok(());
            }
            stream.write_all(b"250 taken\r\n")?;
        }
    }
}

struct Server {
    child: Child,
    /// What it says next must have somewhere to go.
    _said: BufReader<ChildStdout>,
    address: String,
}

fn serve(data: &Path, configuration: &Path) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_trialway"))
        .args(["serve", "--addr", "127.0.0.1:0", "--log", "off", "--data-dir"])
        .arg(data)
        .arg("--config")
        .arg(configuration)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).unwrap_or_else(|| panic!("no address in {line:?}"));
    Server { address: address.trim().trim_end_matches('/').to_owned(), child, _said: said }
}

/// An answer's head and body.
///
/// **Unknown**: `None` where the server did not answer whole.
fn ask(address: &str, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.contains("\r\n\r\n").then_some(answer)
}

fn get(address: &str, path: &str) -> Option<String> {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))
}

fn post(address: &str, path: &str, body: &str) -> Option<String> {
    let n = body.len();
    let kind = if body.starts_with('{') { "application/json" } else { "application/x-www-form-urlencoded" };
    ask(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
             Content-Type: {kind}\r\nContent-Length: {n}\r\n\r\n{body}"
        ),
    )
}

fn value(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    html.split(&start).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().replace("&#39;", "'")
}

/// Text as a form carries it.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn command(data: &Path, arguments: &[&str]) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_trialway")).args(arguments).arg("--data-dir").arg(data).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What people do: each writes once, follows once and shares once, and sends the same form again until it is acknowledged.
struct People {
    n: AtomicU64,
    waiting: Mutex<Vec<u64>>,
    acknowledged: Mutex<BTreeSet<u64>>,
    followed: Mutex<BTreeSet<u64>>,
    /// By person, the id under which a share was kept.
    shared: Mutex<BTreeMap<u64, String>>,
}

/// A key of a person's share; another `what` is another key.
fn key(person: u64, what: u8) -> String {
    let mut bytes = [what; 32];
    bytes[..8].copy_from_slice(&person.to_be_bytes());
    to_letters(&bytes)
}

/// What a person shares, as sealed as any other bytes.
fn sealed(person: u64) -> Vec<u8> {
    person.to_be_bytes().repeat(100)
}

fn secret(person: u64) -> String {
    format!("{person:040x}")
}

impl People {
    fn act(&self, address: &str, (consent, site): (&str, &str)) {
        let again = self.waiting.lock().unwrap().pop();
        let person = again.unwrap_or_else(|| self.n.fetch_add(1, Ordering::SeqCst));
        let form = format!(
            "send=yes&token={}&consent={consent}&site={site}&name=P{person}&way=email&email=p{person}%40example.org&message=Hello&agree=yes",
            secret(person)
        );
        let answer = post(address, &format!("/trials/{TRIAL}/contact"), &form);
        match answer {
            Some(answer) if answer.starts_with("HTTP/1.1 303") => {
                self.acknowledged.lock().unwrap().insert(person);
            }
            Some(answer) => panic!("an enquiry was not taken: {}", answer.chars().take(300).collect::<String>()),
            None => {
                self.waiting.lock().unwrap().push(person);
                return;
            }
        }
        let form = format!("trial={TRIAL}&email=f{person}%40example.org&period=7");
        if let Some(answer) = post(address, "/follow", &form) {
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            self.followed.lock().unwrap().insert(person);
        }
        let (opens, owns, sealed) = (key(person, 1), key(person, 2), to_letters(&sealed(person)));
        let form = format!(r#"{{"kind":"share","opens":"{opens}","owns":"{owns}","sealed":"{sealed}","days":7}}"#);
        let Some(answer) = post(address, "/kept", &form) else { return };
        // An answer that is cut off names no id.
        let id = answer.split("\"id\":\"").nth(1).and_then(|rest| rest.split_once('"'));
        match id {
            Some((id, _)) if answer.starts_with("HTTP/1.1 200") => {
                self.shared.lock().unwrap().insert(person, id.to_owned());
            }
            // More than are taken in a minute.
            _ => assert!(answer.starts_with("HTTP/1.1 503") || answer.starts_with("HTTP/1.1 200"), "{answer}"),
        }
    }
}

#[test]
fn what_was_acknowledged_is_there_and_each_mail_leaves_with_its_own_id() {
    let n_kills: u64 = std::env::var("TRIALWAY_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kills");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let data: PathBuf = folder.join("store");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/registry");
    command(&data, &["ingest", corpus.to_str().unwrap()]);
    command(&data, &["contacts", "add", TRIAL, "--email", "team@clinic.example"]);
    let (sink, port) = Sink::start();
    let configuration = folder.join("trialway.toml");
    let text = format!(
        "public_address = \"https://site.example\"\n[mail]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n\
         from = \"no-reply@site.example\"\nfirst_wait_seconds = 1\ntimeout_seconds = 5\nmost_per_hour = 1000000\n"
    );
    std::fs::write(&configuration, text).unwrap();
    let people = People {
        n: AtomicU64::new(1),
        waiting: Mutex::default(),
        acknowledged: Mutex::default(),
        followed: Mutex::default(),
        shared: Mutex::default(),
    };
    let chance = AtomicU64::new(42);
    for _ in 0..n_kills {
        let mut server = serve(&data, &configuration);
        let page = get(&server.address, &format!("/trials/{TRIAL}/contact")).unwrap();
        let (consent, site) = (value(&page, "consent"), encoded(&value(&page, "site")));
        assert_eq!(consent.len(), 64, "the form is there");
        let lives = Duration::from_millis(random(&chance) % 400);
        std::thread::scope(|scope| {
            let begun = Instant::now();
            let (people, address, fields) = (&people, server.address.as_str(), (consent.as_str(), site.as_str()));
            for _ in 0..2 {
                scope.spawn(move || {
                    while begun.elapsed() < lives {
                        people.act(address, fields);
                    }
                });
            }
            std::thread::sleep(lives);
            server.child.kill().unwrap();
        });
        server.child.wait().unwrap();
    }
    sink.is_bad.store(false, Ordering::SeqCst);
    let mut server = serve(&data, &configuration);
    let page = get(&server.address, &format!("/trials/{TRIAL}/contact")).unwrap();
    let (consent, site) = (value(&page, "consent"), encoded(&value(&page, "site")));
    while !people.waiting.lock().unwrap().is_empty() {
        people.act(&server.address, (&consent, &site));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&data).await.unwrap();
        let begun = Instant::now();
        loop {
            let left = store.mail_states("waiting").await.unwrap().len() + store.mail_states("claimed").await.unwrap().len();
            if left == 0 {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(180), "{left} mails have not left");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let acknowledged = people.acknowledged.lock().unwrap().clone();
        for person in &acknowledged {
            let id = store.private_link(&secret(*person), "enquiry").await.unwrap();
            let found = store.enquiry(id.unwrap_or_else(|| panic!("enquiry of {person} is lost"))).await.unwrap().unwrap();
            assert_eq!(found.called, format!("P{person}"));
        }
        let all = store.enquiries(&Default::default()).await.unwrap();
        assert_eq!(all.len(), acknowledged.len(), "a form that was sent again is one enquiry");
        let mails = store.mail_states("").await.unwrap();
        let came = sink.came.lock().unwrap().clone();
        for mail in &mails {
            assert_eq!(mail.state, "sent", "{mail:?}");
            assert!(came.contains_key(&mail.message_id), "{mail:?} did not come");
        }
        let ids: BTreeSet<&String> = mails.iter().map(|mail| &mail.message_id).collect();
        assert_eq!((ids.len(), came.len()), (mails.len(), mails.len()), "each mail has its own id, and no id was made up");
        let followed = people.followed.lock().unwrap().clone();
        for person in &followed {
            let to = format!("f{person}@example.org");
            assert!(came.values().any(|(known, _)| *known == to), "the mail to confirm of {person} is lost");
        }
        let shared = people.shared.lock().unwrap().clone();
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
        for (person, id) in &shared {
            let (id, opens) = (Id::parse(id).unwrap(), Key::parse(&key(*person, 1)).unwrap());
            let opened = store.open_kept(&id, &opens, now).await.unwrap();
            let opened = opened.unwrap_or_else(|| panic!("the share of {person} is lost"));
            assert_eq!(opened.sealed, sealed(*person));
        }
        let n_twice = came.values().filter(|(_, n)| *n > 1).count();
        println!(
            "{n_kills} kills, {} faults of the mail server: {} enquiries, {} follows and {} shares acknowledged, all there; {} mails left, {n_twice} more than once",
            sink.n_faults.load(Ordering::SeqCst), acknowledged.len(), followed.len(), shared.len(), mails.len()
        );
        for n in [acknowledged.len(), followed.len(), shared.len()] {
            assert!(n_kills == 0 || n as u64 > n_kills / 4, "too few got through to show anything");
        }
        store.close().await;
    });
    server.child.kill().unwrap();
    server.child.wait().unwrap();
}
