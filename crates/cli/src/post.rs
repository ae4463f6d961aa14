//! Mail as the operator set it up: the configuration read, and what runs beside the portal.

use crate::settings::MailSettings;
use std::path::Path;
use std::time::Duration;
use tokio::task::JoinHandle;
use trialway_mail::{Sender, Smtp, SmtpSettings, Tls};
use trialway_outbox::Patience;
use trialway_store::{NewMail, StoredEnquiry};
use trialway_web::App;

/// The variable that holds the password where no file does.
const PASSWORD: &str = "TRIALWAY_SMTP_PASSWORD";

/// Reads what is needed to send; nothing is connected to yet.
pub fn smtp(settings: &MailSettings, public_address: Option<&str>) -> anyhow::Result<Smtp> {
    let bad = |key: &str, what: String| crate::input::bad(&format!("mail.{key}"), what);
    let Some(public_address) = public_address else {
        return Err(crate::input::bad(
            "mail",
            "needs public_address too: links in mails lead there, such as https://trials.example.org",
        ));
    };
    let tls = match settings.tls.as_deref().unwrap_or("starttls") {
        "starttls" => Tls::StartTls,
        "tls" => Tls::Implicit,
        "none" => Tls::None,
        other => return Err(bad("tls", format!("is `{other}`; give starttls, tls or none"))),
    };
    let port = settings.port.unwrap_or(match tls {
        Tls::Implicit => 465,
        Tls::StartTls => 587,
        Tls::None => 25,
    });
    let credentials = match &settings.user {
        Some(user) => Some((user.clone(), password(settings.password_file.as_deref())?)),
        None => None,
    };
    let root_certificate = match &settings.ca_file {
        Some(file) => Some(std::fs::read(file).map_err(|error| {
            bad("ca_file", format!("names {}, which cannot be read ({error}); check the path", file.display()))
        })?),
        None => None,
    };
    let host = public_address.split("://").nth(1).unwrap_or_default();
    Ok(Smtp::new(&SmtpSettings {
        host: settings.host.clone(),
        port,
        tls,
        credentials,
        from: settings.from.clone(),
        from_name: settings.from_name.clone().unwrap_or_default(),
        root_certificate,
        hello: host.split([':', '/']).next().unwrap_or("localhost").to_owned(),
        timeout: Duration::from_secs(settings.timeout_seconds.unwrap_or(60).max(1)),
    })?)
}

fn password(file: Option<&Path>) -> anyhow::Result<String> {
    match file {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| {
                let what = format!("names {}, which cannot be read ({error}); check the path", file.display());
                crate::input::bad("mail.password_file", what)
            })?;
            Ok(text.trim_end_matches(['\r', '\n']).to_owned())
        }
        None => std::env::var(PASSWORD).map_err(|_| {
            crate::input::bad("mail.user", format!("needs a password: name mail.password_file, or set {PASSWORD}"))
        }),
    }
}

/// The mail that tells a sender of an answer, with the secret of its link.
///
/// **Unknown**: `None` where the sender gave no address.
pub fn answer(enquiry: &StoredEnquiry, public_address: &str) -> anyhow::Result<Option<(NewMail, String)>> {
    Ok(trialway_web::of_answer(enquiry, public_address.trim().trim_end_matches('/'))?)
}

/// Starts sending and telling followers; both end when they are aborted.
pub fn start(app: &App, settings: &MailSettings, smtp: Smtp, data_dir: &Path) -> Vec<JoinHandle<()>> {
    let mut patience = Patience::default();
    patience.first_wait = settings.first_wait_seconds.unwrap_or(patience.first_wait).max(1);
    let sender = Sender { store: app.store.clone(), smtp, patience, lock: Some(data_dir.join("outbox.lock")) };
    let every = Duration::from_secs(settings.digest_seconds.unwrap_or(900).max(1));
    let app = app.clone();
    let telling = async move {
        loop {
            tokio::time::sleep(every).await;
            let told = async {
                app.search.reload()?;
                trialway_web::send_due(&app, jiff::Timestamp::now().as_second()).await
            };
            match told.await {
                Ok(0) => {}
                Ok(n) => tracing::info!(n, "followers are told of changes"),
                Err(error) => tracing::error!(%error, "followers cannot be told of changes"),
            }
        }
    };
    vec![tokio::spawn(sender.run()), tokio::spawn(telling)]
}
