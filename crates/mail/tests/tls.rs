//! TLS from the first byte and by STARTTLS, with a certificate that is vouched for and with one that is not. The key in `tls_files` is for this test alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use trialway_mail::{Smtp, SmtpSettings, Tls};
use trialway_outbox::Outcome;
use trialway_store::NewMail;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls_files").join(name)).unwrap()
}

fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(&file("test-only-certificate.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(&file("test-only-key.pem")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

type Letters = Arc<Mutex<Vec<String>>>;

/// Talks SMTP until the end, or until STARTTLS is asked for; then the stream as it is.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    offer: &str,
    letters: &Letters,
) -> std::io::Result<Option<S>> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let answer = match line.split_whitespace().next().unwrap_or_default() {
            "EHLO" => format!("250-localhost\r\n{offer}250 8BITMIME\r\n"),
            "STARTTLS" => {
                stream.write_all(b"220 go on\r\n").await?;
                stream.flush().await?;
                return Ok(Some(stream.into_inner()));
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                stream.flush().await?;
                let mut letter = String::new();
                loop {
                    let mut line = String::new();
                    if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
                        break;
                    }
                    letter.push_str(&line);
                }
                letters.lock().unwrap().push(letter);
                "250 taken\r\n".to_owned()
            }
            _ => "250 ok\r\n".to_owned(),
        };
        stream.write_all(answer.as_bytes()).await?;
        stream.flush().await?;
    }
}

async fn server(tls: Tls) -> (u16, Letters) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let letters = Letters::default();
    let kept = letters.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (kept, acceptor) = (kept.clone(), acceptor());
            tokio::spawn(async move {
                if tls == Tls::StartTls {
                    stream.write_all(b"220 localhost\r\n").await?;
                    let Some(stream) = talk(stream, "250-STARTTLS\r\n", &kept).await? else { return Ok(()) };
                    talk(acceptor.accept(stream).await?, "", &kept).await?;
                } else {
                    let mut stream = acceptor.accept(stream).await?;
                    stream.write_all(b"220 localhost\r\n").await?;
                    stream.flush().await?;
                    talk(stream, "", &kept).await?;
                }
                std::io::Result::Ok(())
            });
        }
    });
    (port, letters)
}

#[tokio::test]
async fn mails_go_by_tls_to_a_server_that_is_vouched_for_and_to_no_other() {
    let mail = NewMail {
        message_id: "a@site.example".to_owned(),
        purpose: "copy".to_owned(),
        recipient: "ana@example.org".to_owned(),
        subject: "We passed your message on".to_owned(),
        body: "https://site.example/enquiries/0123\n".to_owned(),
        unsubscribe: String::new(),
        made_at: 1_780_000_000,
    };
    for tls in [Tls::Implicit, Tls::StartTls] {
        let (port, letters) = server(tls).await;
        let known = SmtpSettings {
            host: "localhost".to_owned(),
            port,
            tls,
            credentials: None,
            from: "no-reply@site.example".to_owned(),
            from_name: String::new(),
            root_certificate: Some(file("test-only-certificate.pem")),
            hello: "site.example".to_owned(),
            timeout: Duration::from_secs(5),
        };
        let stranger = SmtpSettings { root_certificate: None, ..known.clone() };
        let refused = Smtp::new(&stranger).unwrap().send(&mail).await;
        assert_eq!((refused.outcome, letters.lock().unwrap().len()), (Outcome::Later, 0), "{tls:?}: {refused:?}");
        let tried = Smtp::new(&known).unwrap().send(&mail).await;
        assert_eq!(tried.outcome, Outcome::Taken, "{tls:?}: {tried:?}");
        assert!(letters.lock().unwrap()[0].contains("Message-ID: <a@site.example>"), "{tls:?}");
    }
}
