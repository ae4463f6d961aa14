//! The SMTP server of the operator.

use crate::letter::letter;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls as LettreTls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;
use thiserror::Error;
use trialway_outbox::Outcome;
use trialway_store::NewMail;

/// How the way to the server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte (most often port 465).
    Implicit,
    /// STARTTLS, and nothing is sent where the server offers none (most often port 587).
    StartTls,
    /// None; for a server on this machine only.
    None,
}

/// What the configuration says.
#[derive(Clone)]
pub struct SmtpSettings {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way is kept.
    pub tls: Tls,
    /// Name and password; none where the server wants none.
    pub credentials: Option<(String, String)>,
    /// From whom mails are.
    pub from: String,
    /// The sender's name that is shown; may be empty.
    pub from_name: String,
    /// A certificate to trust beside the usual ones, as PEM.
    pub root_certificate: Option<Vec<u8>>,
    /// The name that this machine gives itself.
    pub hello: String,
    /// Longest time of one mail.
    pub timeout: Duration,
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the password.
        f.debug_struct("SmtpSettings").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// Why mail cannot be set up.
#[derive(Debug, Error)]
pub enum MailError {
    /// The sender's address is none.
    #[error("mail.from is no address that mail can come from; give one such as no-reply@trials.example.org")]
    From,
    /// Without TLS the server must be on this machine.
    #[error("mail.tls is \"none\", and mail.host is not this machine; use \"starttls\" or \"tls\"")]
    InTheOpen,
    /// The certificate or the server's name cannot be used.
    #[error("TLS cannot be set up for mail.host ({0}); check mail.host and mail.ca_file")]
    Tls(String),
}

/// How a try ended, and what the log and the store may say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// What it means.
    pub outcome: Outcome,
    /// The code, or what failed; no words of the server, which repeat addresses.
    pub said: String,
}

/// A server to send by.
#[derive(Clone, Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    timeout: Duration,
}

/// Codes about signing in: no fault of the mail. **Source**: RFC 4954, 4 and 6.
const SIGNING_IN: [u16; 5] = [454, 530, 534, 535, 538];

impl Smtp {
    /// Prepares; no connection is made yet.
    ///
    /// **Errors**: what of the configuration cannot be used.
    pub fn new(settings: &SmtpSettings) -> Result<Self, MailError> {
        let address = settings.from.parse().map_err(|_| MailError::From)?;
        let name = Some(settings.from_name.clone()).filter(|name| !name.is_empty() && !name.contains(char::is_control));
        let is_here = ["localhost", "127.0.0.1", "::1"].contains(&settings.host.as_str());
        if settings.tls == Tls::None && !is_here {
            return Err(MailError::InTheOpen);
        }
        let trouble = |error: lettre::transport::smtp::Error| MailError::Tls(error.to_string());
        let mut parameters = TlsParameters::builder(settings.host.clone());
        if let Some(pem) = &settings.root_certificate {
            parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(trouble)?);
        }
        let tls = match settings.tls {
            Tls::Implicit => LettreTls::Wrapper(parameters.build_rustls().map_err(trouble)?),
            Tls::StartTls => LettreTls::Required(parameters.build_rustls().map_err(trouble)?),
            Tls::None => LettreTls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.as_str())
            .port(settings.port)
            .tls(tls)
            .hello_name(ClientId::Domain(settings.hello.clone()))
            .timeout(Some(settings.timeout));
        if let Some((user, password)) = &settings.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), from: Mailbox::new(name, address), timeout: settings.timeout })
    }

    /// Tries a mail once.
    pub async fn send(&self, mail: &NewMail) -> Tried {
        let Some(letter) = letter(mail, &self.from) else {
            return Tried { outcome: Outcome::Never, said: "the mail cannot be written".to_owned() };
        };
        // The limit of the library is for each command; a server that drips would keep us for long.
        let Ok(sent) = tokio::time::timeout(self.timeout, self.transport.send(letter)).await else {
            return Tried { outcome: Outcome::Later, said: "the server took too long".to_owned() };
        };
        match sent {
            Ok(_) => Tried { outcome: Outcome::Taken, said: "250".to_owned() },
            Err(error) => failure(&error),
        }
    }
}

fn failure(error: &lettre::transport::smtp::Error) -> Tried {
    if let Some(code) = error.status() {
        let code = u16::from(code);
        let outcome = if SIGNING_IN.contains(&code) { Outcome::Later } else { Outcome::of_reply(code) };
        return Tried { outcome, said: code.to_string() };
    }
    let said = if error.is_timeout() {
        "the server took too long"
    } else if error.is_tls() {
        "TLS failed"
    } else if error.is_client() {
        "the server does not offer what is asked for"
    } else {
        "the connection failed"
    };
    Tried { outcome: Outcome::Later, said: said.to_owned() }
}
