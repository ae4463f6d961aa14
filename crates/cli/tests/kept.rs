//! A server that is killed while notes are shared, and nothing else is done: what it acknowledged is there.
//!
//! `TRIALWAY_KILLS` says how often (12); `cargo xtask kills` does it 200 times.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use trialway_vault::token::to_letters;

fn serve(folder: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_trialway"))
        .args(["serve", "--addr", "127.0.0.1:0", "--log", "warn", "--data-dir"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    // What it says later needs somebody who listens.
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    let host = line.split("http://").nth(1).unwrap().trim().trim_end_matches('/').to_owned();
    (child, host)
}

/// Status and body of a POST; none where the connection broke.
fn post(host: &str, path: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(host).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let n = body.len();
    write!(stream, "POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {n}\r\nconnection: close\r\n\r\n{body}").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let status = answer.split(' ').nth(1)?.parse().ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    // A body that is cut off acknowledges nothing.
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
    (length == Some(body.len())).then(|| (status, body.to_owned()))
}

fn key(n: usize, what: u8) -> String {
    let mut bytes = [what; 32];
    bytes[..8].copy_from_slice(&n.to_be_bytes());
    to_letters(&bytes)
}

/// Random enough for moments, the same on every machine.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn what_was_acknowledged_is_there_after_kills() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kept-kills");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let n_kills: usize = std::env::var("TRIALWAY_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let mut acknowledged: Vec<(usize, String)> = Vec::new();
    let (mut n, mut n_cut_off, mut n_done) = (0, 0, 0);
    let fewest = n_kills / 4;
    // How long it may live at most: on a slow machine nothing is answered within the first milliseconds.
    let mut span_ms = 60;
    while n_done < n_kills || (acknowledged.len() < fewest || n_cut_off < fewest) && n_done < 4 * n_kills {
        n_done += 1;
        let before = (acknowledged.len(), n_cut_off);
        let (mut child, host) = serve(&folder);
        let until = Instant::now() + Duration::from_millis(3 + next(&mut state) % span_ms);
        let (said, heard) = mpsc::channel();
        let threads: Vec<_> = (0..2)
            .map(|thread| {
                let (host, said) = (host.clone(), said.clone());
                let first = n + thread * 100;
                std::thread::spawn(move || {
                    for n in first..first + 3 {
                        let sealed = to_letters(&[u8::try_from(n % 251).unwrap(); 2000]);
                        let body = format!(
                            r#"{{"kind":"share","opens":"{}","owns":"{}","sealed":"{sealed}","days":7}}"#,
                            key(n, 1),
                            key(n, 2)
                        );
                        said.send((n, post(&host, "/kept", &body))).unwrap();
                    }
                })
            })
            .collect();
        n += 1_000;
        std::thread::sleep(until.saturating_duration_since(Instant::now()));
        child.kill().unwrap();
        child.wait().unwrap();
        for thread in threads {
            thread.join().unwrap();
        }
        drop(said);
        for (n, answer) in heard {
            match answer {
                Some((200, body)) => {
                    let id = body.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
                    acknowledged.push((n, id));
                }
                Some((503, _)) => {}
                Some((status, body)) => panic!("{status} {body}"),
                None => n_cut_off += 1,
            }
        }
        if acknowledged.len() == before.0 {
            span_ms = (span_ms * 2).min(4_000);
        } else if n_cut_off == before.1 {
            span_ms = (span_ms / 2).max(20);
        }
    }
    let (mut child, host) = serve(&folder);
    for (n, id) in &acknowledged {
        let (status, body) = post(&host, "/kept/open", &format!(r#"{{"id":"{id}","key":"{}"}}"#, key(*n, 1))).unwrap();
        assert_eq!(status, 200, "number {n} was acknowledged: {body}");
        assert!(body.contains(&to_letters(&[u8::try_from(n % 251).unwrap(); 2000])), "number {n} is another");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    println!("{n_done} kills: {} shares acknowledged, all there; {n_cut_off} cut off", acknowledged.len());
    assert!(
        acknowledged.len() >= fewest && n_cut_off >= fewest,
        "{} acknowledged, {n_cut_off} cut off",
        acknowledged.len()
    );
}
