//! A registry that speaks API v2 as it was recorded, and misbehaves on order.

#![allow(dead_code, reason = "each test binary uses its part")]

use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What goes wrong with one answer.
#[derive(Clone, Debug)]
pub enum Trick {
    /// Another status, with what `Retry-After` says.
    Status(u16, Option<&'static str>),
    /// The connection is closed without an answer.
    Drop,
    /// The answer ends before the length that it names.
    CutBody,
    /// The answer is whole by its length and ends in the middle of a study.
    CutJson,
    /// The answer comes too late.
    Hang(Duration),
    /// The place in the list is no longer known.
    Expire,
    /// Another body, whatever was asked for.
    Body(Vec<u8>),
    /// The client is sent elsewhere.
    Redirect(String),
    /// All is well.
    Nothing,
}

/// How the list lies, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// It does not.
    None,
    /// It says that there are many more studies than it gives.
    MoreThanThere,
    /// Its pages go round in circles.
    Circle,
    /// Its pages are empty and have no end.
    Empty,
    /// Its order is not the one asked for.
    Unsorted,
}

#[derive(Default)]
struct State {
    studies: BTreeMap<String, (String, Value)>,
    hidden: Vec<String>,
    tricks: VecDeque<Trick>,
    generation: u32,
    asked: Vec<String>,
    lie: Option<Lie>,
    delay: Duration,
}

/// The registry.
pub struct Registry {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Registry {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || answer(stream, &state));
            }
        });
        Self { port, state }
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/api/v2", self.port)
    }

    /// Puts a study there, or another version of it.
    pub fn put(&self, number: usize, title: &str, updated: &str) {
        let record = study(number, title, updated);
        self.state.lock().unwrap().studies.insert(id(number), (updated.to_owned(), record));
    }

    pub fn take_away(&self, number: usize) {
        self.state.lock().unwrap().studies.remove(&id(number));
    }

    /// Leaves a study out of the list, and gives it when it is asked for by its number.
    pub fn hide(&self, number: usize) {
        self.state.lock().unwrap().hidden.push(id(number));
    }

    /// What goes wrong with the next answers, in order.
    pub fn tricks(&self, tricks: &[Trick]) {
        self.state.lock().unwrap().tricks.extend(tricks.iter().cloned());
    }

    pub fn lies(&self, lie: Lie) {
        self.state.lock().unwrap().lie = Some(lie);
    }

    pub fn is_slow(&self, delay: Duration) {
        self.state.lock().unwrap().delay = delay;
    }

    /// What was asked since the last time, decoded.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }
}

pub fn id(number: usize) -> String {
    format!("NCT{:08}", 91_000_000 + number)
}

pub fn study(number: usize, title: &str, updated: &str) -> Value {
    json!({"protocolSection": {
        "identificationModule": {"nctId": id(number), "briefTitle": title},
        "statusModule": {"overallStatus": "RECRUITING", "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"}},
        "conditionsModule": {"conditions": ["Gout"]},
        "eligibilityModule": {"eligibilityCriteria": "Inclusion Criteria:\n\n* Age 18 years or older\n* Gout\n", "sex": "ALL"},
    }})
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    if reader.read_line(&mut line).is_err() || line.is_empty() {
        return;
    }
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|n| n > 2) {
        header.clear();
    }
    let target = decoded(line.split(' ').nth(1).unwrap_or_default());
    let mut state = state.lock().unwrap();
    state.asked.push(target.clone());
    let trick = state.tricks.pop_front().unwrap_or(Trick::Nothing);
    if matches!(trick, Trick::Expire) {
        state.generation += 1;
    }
    let (status, body) = told(&state, &target);
    let delay = state.delay;
    drop(state);
    std::thread::sleep(delay);
    let mut send = |status: u16, extra: &str, length: usize, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n{extra}\r\n"
        );
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        let _ = stream.flush();
    };
    match trick {
        Trick::Status(status, wait) => {
            let wait = wait.map(|wait| format!("Retry-After: {wait}\r\n")).unwrap_or_default();
            send(status, &wait, 4, b"wait");
        }
        Trick::Drop => {}
        Trick::CutBody => send(status, "", body.len(), &body[..body.len() / 2]),
        Trick::CutJson => send(status, "", body.len() / 2, &body[..body.len() / 2]),
        Trick::Hang(time) => {
            std::thread::sleep(time);
            send(status, "", body.len(), &body);
        }
        Trick::Body(other) => send(200, "", other.len(), &other),
        Trick::Redirect(to) => send(302, &format!("Location: {to}\r\n"), 0, b""),
        Trick::Expire | Trick::Nothing => send(status, "", body.len(), &body),
    }
}

fn told(state: &State, target: &str) -> (u16, Vec<u8>) {
    let Some(path) = target.strip_prefix("/api/v2/studies") else { return (404, b"not found".to_vec()) };
    if let Some(id) = path.strip_prefix('/') {
        let id = id.split('?').next().unwrap_or_default();
        return match state.studies.get(id) {
            Some((_, record)) => (200, record.to_string().into_bytes()),
            None => (404, b"NCT number not found".to_vec()),
        };
    }
    let of = |name: &str| {
        let query = path.strip_prefix('?').unwrap_or_default();
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
    };
    let since = of("filter.advanced")
        .and_then(|text| Some(text.strip_prefix("AREA[LastUpdatePostDate]RANGE[")?.strip_suffix(",MAX]")?.to_owned()));
    let size: usize = of("pageSize").and_then(|text| text.parse().ok()).unwrap_or(10);
    let mut list: Vec<(&String, &String, &Value)> = state
        .studies
        .iter()
        .filter(|(id, (day, _))| !state.hidden.contains(id) && since.as_ref().is_none_or(|since| day >= since))
        .map(|(id, (day, record))| (day, id, record))
        .collect();
    list.sort_by_key(|(day, id, _)| (day.to_string(), id.to_string()));
    if state.lie == Some(Lie::Unsorted) {
        list.reverse();
    }
    let from = match of("pageToken") {
        None => 0,
        Some(token) => match token.strip_prefix(&format!("page{}-", state.generation)).and_then(|n| n.parse().ok()) {
            Some(from) => from,
            None => return (400, b"Incorrect format of `pageToken`".to_vec()),
        },
    };
    let studies: Vec<&Value> = list.iter().skip(from).take(size).map(|(_, _, record)| *record).collect();
    let mut page = json!({"studies": studies});
    if from == 0 && of("countTotal").as_deref() == Some("true") {
        page["totalCount"] = json!(list.len());
    }
    let next = from + size;
    if next < list.len() {
        page["nextPageToken"] = json!(format!("page{}-{next}", state.generation));
    }
    match state.lie {
        Some(Lie::MoreThanThere) if from == 0 => page["totalCount"] = json!(list.len() * 2),
        Some(Lie::Circle) if next >= list.len() => {
            page["nextPageToken"] = json!(format!("page{}-{size}", state.generation))
        }
        Some(Lie::Empty) if from > 0 => {
            page["studies"] = json!([]);
            page["nextPageToken"] = json!(format!("page{}-{next}", state.generation));
        }
        _ => {}
    }
    (200, page.to_string().into_bytes())
}

fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
            out.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            out.push(if byte == b'+' { b' ' } else { byte });
        }
    }
    String::from_utf8(out).unwrap()
}
