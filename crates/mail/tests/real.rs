//! A real server, OpenSMTPD: mails are handed to it, and it hands them on to us. Its own TLS is not asked for: as Debian 12 packs it, it cannot use its key
//! (`missing private key`).
//!
//! It is installed by the system's packages (`opensmtpd`) and needs to be started as root. Where it is absent the test says so.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use trialway_mail::{Smtp, SmtpSettings, Tls};
use trialway_outbox::Outcome;
use trialway_store::NewMail;

struct Stopped(Child, PathBuf);

impl Drop for Stopped {
    fn drop(&mut self) {
        // Its children end with it when it is asked to end, and not when it is killed.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
        let _ = std::fs::remove_dir_all(&self.1);
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Takes what is handed on.
fn sink() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let letters = Arc::new(Mutex::new(Vec::new()));
    let kept = letters.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let kept = kept.clone();
            std::thread::spawn(move || {
                let _ = talk(stream, &kept);
            });
        }
    });
    (port, letters)
}

fn talk(mut stream: TcpStream, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
    stream.write_all(b"220 sink\r\n")?;
    let mut lines = BufReader::new(stream.try_clone()?);
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if line.starts_with("DATA") {
            stream.write_all(b"354 go on\r\n")?;
            let mut letter = String::new();
            loop {
                let mut line = String::new();
                if lines.read_line(&mut line)? == 0 || line == ".\r\n" {
                    break;
                }
                letter.push_str(&line);
            }
            kept.lock().unwrap().push(letter);
        }
        stream.write_all(b"250 ok\r\n")?;
    }
}

fn start(folder: &Path, port: u16, next: u16) -> Option<Stopped> {
    if !Path::new("/usr/sbin/smtpd").exists() {
        return None;
    }
    let file = |name: &str| folder.join(name).display().to_string();
    let configuration = format!(
        "listen on 127.0.0.1 port {port} hostname localhost\n\
         action \"on\" relay host smtp://127.0.0.1:{next}\nmatch from any for any action \"on\"\n"
    );
    std::fs::write(file("smtpd.conf"), configuration).unwrap();
    let log = std::fs::File::create(file("smtpd.log")).unwrap();
    let child = Command::new("/usr/sbin/smtpd")
        .args(["-d", "-f", &file("smtpd.conf")])
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap();
    let server = Stopped(child, folder.to_owned());
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let said = std::fs::read_to_string(folder.join("smtpd.log")).unwrap_or_default();
        assert!(begun.elapsed() < Duration::from_secs(20), "OpenSMTPD does not start: {said}");
        std::thread::sleep(Duration::from_millis(100));
    }
    Some(server)
}

#[tokio::test]
async fn a_real_server_takes_mails_and_hands_them_on_whole() {
    let folder = std::env::temp_dir().join(format!("trialway-smtpd-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (next, letters) = sink();
    let port = free_port();
    let Some(server) = start(&folder, port, next) else {
        std::fs::remove_dir_all(&folder).unwrap();
        println!("OpenSMTPD is not here, so that no real server was asked: `cargo xtask test --install` installs it");
        return;
    };
    for id in ["first", "second"] {
        let settings = SmtpSettings {
            host: "localhost".to_owned(),
            port,
            tls: Tls::None,
            credentials: None,
            from: "no-reply@site.example".to_owned(),
            from_name: "Avisos — 通知".to_owned(),
            root_certificate: None,
            hello: "site.example".to_owned(),
            timeout: Duration::from_secs(20),
        };
        let mail = NewMail {
            message_id: format!("{id}@site.example"),
            purpose: "digest".to_owned(),
            recipient: "ana@example.org".to_owned(),
            subject: "您关注的内容有更新".to_owned(),
            body: format!("您好：\n\n.\n..\n{}\nhttps://site.example/follow/0123\n", "x".repeat(1_200)),
            unsubscribe: "https://site.example/follow/0123/off".to_owned(),
            made_at: 1_780_000_000,
        };
        let tried = Smtp::new(&settings).unwrap().send(&mail).await;
        assert_eq!(tried.outcome, Outcome::Taken, "{id}: {tried:?}");
    }
    let begun = Instant::now();
    while letters.lock().unwrap().len() < 2 {
        assert!(begun.elapsed() < Duration::from_secs(30), "the mails were not handed on");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let letters = letters.lock().unwrap().clone();
    for id in ["first", "second"] {
        let letter =
            letters.iter().find(|letter| letter.contains(&format!("Message-ID: <{id}@site.example>"))).unwrap();
        assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{letter}");
        assert!(letter.contains("=?utf-8?b?"), "{letter}");
        assert!(letter.lines().all(|line| line.len() <= 998), "{id}");
    }
    drop(server);
}
