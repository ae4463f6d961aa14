//! Configuration: flags first, then the environment, then the file, then what is usual.

use crate::retention::Retention;
use anyhow::Context;
use jiff::civil::Date;
use serde::Deserialize;
use std::path::PathBuf;

/// Where the store and the index live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDir {
    /// The directory.
    pub path: PathBuf,
    /// Whether a flag or the environment names it.
    pub is_given: bool,
}

/// The configuration file. Every key may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where to listen.
    pub addr: Option<String>,
    /// Where the store and the index live.
    pub data_dir: Option<PathBuf>,
    /// The file with the key that seals secrets in the store.
    pub key_file: Option<PathBuf>,
    /// Where the site is found from outside.
    pub public_address: Option<String>,
    /// What to log.
    pub log: Option<String>,
    /// Whether to log as lines of JSON.
    pub log_json: Option<bool>,
    /// Whether the server stands behind TLS.
    pub behind_tls: Option<bool>,
    /// Largest upload, in MB.
    pub max_upload_mb: Option<usize>,
    /// Longest time a request may take, in seconds.
    pub request_seconds: Option<u64>,
    /// How a registry is copied.
    #[serde(default)]
    pub sync: SyncSettings,
    /// How long what people gave is kept.
    #[serde(default)]
    pub retention: Retention,
    /// What PDFs are made with.
    #[serde(default)]
    pub pdf: PdfSettings,
    /// The server that mails are sent by; no mail is sent where it is left out.
    pub mail: Option<MailSettings>,
    /// The model that may draft a block of a page; off where it is left out.
    pub model: Option<ModelSettings>,
}

/// The part of the file about PDFs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PdfSettings {
    /// A font file with simplified Chinese characters.
    pub font: Option<PathBuf>,
}

/// The part of the file about a model.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSettings {
    /// The address of an OpenAI-compatible API, such as `http://127.0.0.1:11434/v1`.
    pub address: String,
    /// The model's name, which pages show.
    pub name: String,
    /// Longest time of one request, in seconds.
    pub timeout_seconds: Option<u64>,
}

/// The part of the file about sending mail.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// The SMTP server.
    pub host: String,
    /// Its port.
    pub port: Option<u16>,
    /// `starttls`, `tls` or `none`.
    pub tls: Option<String>,
    /// The name to sign in with.
    pub user: Option<String>,
    /// A file with the password.
    pub password_file: Option<PathBuf>,
    /// From which address mails are.
    pub from: String,
    /// The name of the sender that is shown.
    pub from_name: Option<String>,
    /// A file with a certificate to trust beside the usual ones, as PEM.
    pub ca_file: Option<PathBuf>,
    /// Longest time of one mail, in seconds.
    pub timeout_seconds: Option<u64>,
    /// Between two looks at what changed for followers, in seconds.
    pub digest_seconds: Option<u64>,
    /// Mails that people may make leave in an hour, all together.
    pub most_per_hour: Option<i64>,
    /// The wait after a first failure, in seconds.
    pub first_wait_seconds: Option<i64>,
}

/// The part of the file about copying a registry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SyncSettings {
    /// The API's address.
    pub address: Option<String>,
    /// Studies on a page.
    pub page_size: Option<u32>,
    /// Pause before every request, in milliseconds.
    pub pause_ms: Option<u64>,
    /// Longest time of one request, in seconds.
    pub timeout_seconds: Option<u64>,
    /// How often the same is asked for.
    pub tries: Option<u32>,
    /// First wait after a failure, in milliseconds.
    pub first_wait_ms: Option<u64>,
    /// Longest wait after a failure, in seconds.
    pub longest_wait_seconds: Option<u64>,
    /// A proxy's address.
    pub proxy: Option<String>,
    /// Hours from one run to the next with `--watch`.
    pub watch_hours: Option<u64>,
}

impl Settings {
    /// Reads the file; all is usual where none is named.
    pub fn read(file: Option<&str>) -> anyhow::Result<Self> {
        let Some(file) = file else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(file)
            .map_err(|error| crate::input::bad(file, format!("cannot be opened ({error}); check the path")))?;
        let settings: Self = toml::from_str(&text).map_err(|error| {
            let line =
                error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            crate::input::bad(file, format!("line {line}: {}; docs/configuration.md lists the keys", error.message()))
        })?;
        settings.retention.check().map_err(|wrong| crate::input::bad(file, wrong))?;
        Ok(settings)
    }
}

/// The runtime of the commands that use the store.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("threads cannot be started")
}

/// Today, by the clock of this machine.
pub fn today() -> Date {
    jiff::tz::TimeZone::system().to_datetime(jiff::Timestamp::now()).date()
}
