//! Servers that misbehave: whatever they do, a mail leaves in the end with its own id, or is given up and said to be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use trialway_mail::{Sender, Smtp, SmtpSettings, Tls, take_turn};
use trialway_outbox::Patience;
use trialway_store::{EnquiryTerms, NewEnquiry, NewMail, Store};
use trialway_study::NctId;

/// What the server does with its next connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whim {
    Take,
    Refuse,
    Greet(u16),
    Recipient(u16),
    End(u16),
    CutInData,
    TakeAndCut,
    Slow,
}

#[derive(Clone, Default)]
struct Server {
    whims: Arc<Mutex<VecDeque<Whim>>>,
    /// Messages that came whole, accepted or not known to be by the other side.
    letters: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(self) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { return };
                let whim = self.whims.lock().unwrap().pop_front().unwrap_or(Whim::Take);
                let server = self.clone();
                tokio::spawn(async move {
                    let _ = server.talk(stream, whim).await;
                });
            }
        });
        port
    }

    async fn talk(&self, mut stream: TcpStream, whim: Whim) -> std::io::Result<()> {
        match whim {
            Whim::Refuse => return Ok(()),
            Whim::Greet(code) => return stream.write_all(format!("{code} no\r\n").as_bytes()).await,
            Whim::Slow => tokio::time::sleep(Duration::from_secs(5)).await,
            _ => {}
        }
        stream.write_all(b"220 faulty\r\n").await?;
        let mut stream = BufReader::new(stream);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let answer = match line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => "250-faulty\r\n250 8BITMIME\r\n".to_owned(),
                "RCPT" => match whim {
                    Whim::Recipient(code) => format!("{code} not <ana@example.org>\r\n"),
                    _ => "250 ok\r\n".to_owned(),
                },
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    let mut letter = String::new();
                    loop {
                        let mut line = String::new();
                        stream.read_line(&mut line).await?;
                        if whim == Whim::CutInData {
                            return Ok(());
                        }
                        if line == ".\r\n" || line.is_empty() {
                            break;
                        }
                        letter.push_str(&line);
                    }
                    if let Whim::End(code) = whim {
                        format!("{code} no\r\n")
                    } else {
                        self.letters.lock().unwrap().push(letter);
                        if whim == Whim::TakeAndCut {
                            return Ok(());
                        }
                        "250 taken\r\n".to_owned()
                    }
                }
                "QUIT" => return stream.write_all(b"221 bye\r\n").await,
                _ => "250 ok\r\n".to_owned(),
            };
            stream.write_all(answer.as_bytes()).await?;
        }
    }

    fn ids(&self) -> Vec<String> {
        let letters = self.letters.lock().unwrap();
        let id = |letter: &String| {
            letter.lines().find_map(|line| Some(line.strip_prefix("Message-ID: <")?.trim_end_matches('>').to_owned()))
        };
        letters.iter().filter_map(id).collect()
    }
}

fn settings(port: u16, tls: Tls) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        tls,
        credentials: None,
        from: "no-reply@site.example".to_owned(),
        from_name: String::new(),
        root_certificate: None,
        hello: "site.example".to_owned(),
        timeout: Duration::from_secs(1),
    }
}

async fn with_mail(ids: &[&str]) -> Store {
    let store = Store::in_memory().await.unwrap();
    let mails: Vec<NewMail> = ids
        .iter()
        .map(|id| NewMail {
            message_id: format!("{id}@site.example"),
            purpose: "copy".to_owned(),
            recipient: "ana@example.org".to_owned(),
            subject: "We passed your message on".to_owned(),
            body: "https://site.example/enquiries/0123\n".to_owned(),
            unsubscribe: String::new(),
            made_at: std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64,
        })
        .collect();
    let enquiry = NewEnquiry {
        number: "n".to_owned(),
        secret: "s".to_owned(),
        nct_id: NctId::parse("NCT90000001").unwrap(),
        site: String::new(),
        contact_id: 1,
        record_hash: String::new(),
        engine: String::new(),
        called: "Ana".to_owned(),
        reach_kind: "email".to_owned(),
        reach: "ana@example.org".to_owned(),
        language: "en".to_owned(),
        message: "Hello".to_owned(),
        answers: Vec::new(),
        consent_version: String::new(),
        consent_hash: String::new(),
        sent_at: mails[0].made_at,
        terms: EnquiryTerms::default(),
    };
    store.put_enquiry(&enquiry, &mails).await.unwrap();
    store
}

fn sender(store: &Store, port: u16, tls: Tls) -> Sender {
    Sender {
        store: store.clone(),
        smtp: Smtp::new(&settings(port, tls)).unwrap(),
        patience: Patience { first_wait: 1, longest_wait: 1, ..Patience::default() },
        lock: None,
    }
}

/// Tries until the box is empty.
async fn until_done(sender: &Sender) {
    for _ in 0..40 {
        sender.once().await.unwrap();
        if sender.store.mail_states("waiting").await.unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("mails still wait: {:?}", sender.store.mail_states("waiting").await.unwrap());
}

#[tokio::test]
async fn a_mail_leaves_with_its_own_id_whatever_the_server_does_first() {
    for whim in [
        Whim::Refuse,
        Whim::Greet(421),
        Whim::Recipient(450),
        Whim::End(451),
        Whim::End(452),
        Whim::CutInData,
        Whim::TakeAndCut,
        Whim::Slow,
    ] {
        let server = Server::default();
        server.whims.lock().unwrap().extend([whim, Whim::Take]);
        let port = server.clone().start().await;
        let store = with_mail(&["a"]).await;
        until_done(&sender(&store, port, Tls::None)).await;
        let sent = store.mail_states("sent").await.unwrap();
        assert_eq!((sent.len(), sent[0].n_tries), (1, 2), "{whim:?}");
        let want = if whim == Whim::TakeAndCut { 2 } else { 1 };
        assert_eq!(server.ids(), vec!["a@site.example"; want], "{whim:?}");
    }
}

#[tokio::test]
async fn what_is_refused_for_good_is_given_up_and_said_without_the_servers_words() {
    for whim in [Whim::Recipient(550), Whim::End(554)] {
        let server = Server::default();
        server.whims.lock().unwrap().push_back(whim);
        let port = server.clone().start().await;
        let store = with_mail(&["a"]).await;
        until_done(&sender(&store, port, Tls::None)).await;
        let dead = store.mail_states("dead").await.unwrap();
        assert_eq!(dead.len(), 1, "{whim:?}");
        assert!(["550", "554"].contains(&dead[0].problem.as_str()), "{whim:?}: {}", dead[0].problem);
        // The fault is mended, and it is tried again.
        assert_eq!(store.revive_mails(0).await.unwrap(), 1);
        until_done(&sender(&store, port, Tls::None)).await;
        assert_eq!(server.ids(), ["a@site.example"]);
    }
}

#[tokio::test]
async fn signing_in_is_no_fault_of_the_mail_and_nothing_is_said_in_the_open() {
    let server = Server::default();
    server.whims.lock().unwrap().push_back(Whim::Greet(530));
    let port = server.clone().start().await;
    let store = with_mail(&["a"]).await;
    sender(&store, port, Tls::None).once().await.unwrap();
    assert_eq!(store.mail_states("waiting").await.unwrap()[0].problem, "530");
    // A server that offers no STARTTLS gets nothing where it is asked for.
    let store = with_mail(&["b"]).await;
    sender(&store, port, Tls::StartTls).once().await.unwrap();
    let waits = store.mail_states("waiting").await.unwrap();
    assert_eq!((waits.len(), server.ids().len()), (1, 0), "{waits:?}");
    // Nor one that is not on this machine.
    let far = SmtpSettings { host: "mail.example.org".to_owned(), ..settings(port, Tls::None) };
    assert!(Smtp::new(&far).is_err());
    assert!(
        Smtp::new(&SmtpSettings { from: "a\r\nBcc: b@example.org".to_owned(), ..settings(port, Tls::None) }).is_err()
    );
    assert!(!format!("{far:?}").contains("password"));
}

#[tokio::test]
async fn nobody_is_there_and_then_somebody_is() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let store = with_mail(&["a", "b", "c"]).await;
    sender(&store, port, Tls::None).once().await.unwrap();
    assert_eq!(store.mail_states("waiting").await.unwrap().len(), 3);
    let server = Server::default();
    let port = server.clone().start().await;
    tokio::time::sleep(Duration::from_millis(1_600)).await;
    until_done(&sender(&store, port, Tls::None)).await;
    let mut ids = server.ids();
    ids.sort();
    assert_eq!(ids, ["a@site.example", "b@site.example", "c@site.example"]);
}

#[test]
fn one_process_sends() {
    let path: PathBuf = std::env::temp_dir().join(format!("trialway-turn-{}", std::process::id()));
    let held = take_turn(&path).unwrap();
    assert!(held.is_some());
    assert!(take_turn(&path).unwrap().is_none());
    drop(held);
    assert!(take_turn(&path).unwrap().is_some());
    std::fs::remove_file(&path).unwrap();
}
