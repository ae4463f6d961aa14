//! `trialway serve`: the portal.

use super::accounts;
use crate::demo;
use crate::ingest::bring_up_to_date;
use crate::keyfile;
use crate::post;
use crate::settings::{DataDir, Settings, runtime};
use anyhow::Context;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use trialway_search::Search;
use trialway_store::Store;
use trialway_store::links::MAILS_OF_ALL;
use trialway_terminology::Terminology;
use trialway_web::drafts::Drafts;
use trialway_web::fonts::Fonts;
use trialway_web::{App, Limits, Mode};

/// What has had its time is deleted so often.
const SWEEP_EVERY: Duration = Duration::from_secs(60 * 60);

/// Arguments of `serve`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway serve --demo\n  trialway serve --addr 0.0.0.0:8080 --data-dir store\n  trialway serve --config trialway.toml"
)]
pub struct Arguments {
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "HOST:PORT", env = "TRIALWAY_ADDR")]
    addr: Option<String>,
    /// Show the project's own invented studies, from a store in memory
    #[arg(long)]
    demo: bool,
    /// A configuration file (TOML); flags and the environment go before it
    #[arg(long, value_name = "FILE", env = "TRIALWAY_CONFIG")]
    config: Option<String>,
    /// What to log, such as `info` or `trialway_web=debug` [default: info]
    #[arg(long, env = "TRIALWAY_LOG")]
    log: Option<String>,
    /// Log as lines of JSON
    #[arg(long, env = "TRIALWAY_LOG_JSON")]
    log_json: bool,
    /// The server stands behind TLS: tell browsers to come by TLS only
    #[arg(long, env = "TRIALWAY_BEHIND_TLS")]
    behind_tls: bool,
    /// Largest upload, in MB [default: 20]
    #[arg(long, value_name = "MB", env = "TRIALWAY_MAX_UPLOAD_MB")]
    max_upload_mb: Option<usize>,
    /// Where this site is found from outside, for links on paper and canonical addresses, such as `https://trials.example.org`
    #[arg(long, value_name = "ADDRESS", env = "TRIALWAY_PUBLIC_ADDRESS")]
    public_address: Option<String>,
    /// The file with the key that seals secrets in the store; made where it is missing [default: the data directory's name with `.key`]
    #[arg(long, value_name = "FILE", env = "TRIALWAY_KEY_FILE")]
    key_file: Option<PathBuf>,
    /// Longest time a request may take, in seconds [default: 30]
    #[arg(long, value_name = "SECONDS", env = "TRIALWAY_REQUEST_SECONDS")]
    request_seconds: Option<u64>,
}

/// Serves until it is told to stop.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let settings = Settings::read(arguments.config.as_deref())?;
    let log = arguments.log.clone().or(settings.log).unwrap_or_else(|| "info".to_owned());
    start_log(&log, arguments.log_json || settings.log_json.unwrap_or(false))?;
    let addr = arguments.addr.clone().or(settings.addr).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let limits = Limits {
        upload_bytes: arguments.max_upload_mb.or(settings.max_upload_mb).unwrap_or(20) << 20,
        request: Duration::from_secs(arguments.request_seconds.or(settings.request_seconds).unwrap_or(30)),
        behind_tls: arguments.behind_tls || settings.behind_tls.unwrap_or(false),
        ..Limits::default()
    };
    let public_address =
        arguments.public_address.clone().or(settings.public_address).map(|address| public(&address)).transpose()?;
    let fonts = fonts(settings.pdf.font.as_deref())?;
    let smtp = match (&settings.mail, arguments.demo) {
        (Some(mail), false) => Some(post::smtp(mail, public_address.as_deref())?),
        _ => None,
    };
    let data_dir = if data_dir.is_given {
        data_dir.path.clone()
    } else {
        settings.data_dir.unwrap_or_else(|| data_dir.path.clone())
    };
    let key_file = arguments.key_file.clone().or(settings.key_file);
    let metrics = PrometheusBuilder::new().install_recorder().context("counts cannot be kept")?;
    runtime()?.block_on(async {
        let (store, search, mode) = if arguments.demo {
            let (store, search) = demo::load().await?;
            (store, search, Mode::Demonstration)
        } else {
            let most_mails = settings.mail.as_ref().and_then(|mail| mail.most_per_hour);
            let store = Store::open(&data_dir).await?.with_most_mails(most_mails.unwrap_or(MAILS_OF_ALL));
            let store = keyfile::keyed(store, &key_file.unwrap_or_else(|| keyfile::usual(&data_dir))).await?;
            bring_up_to_date(&store, &data_dir, true).await?;
            let (search, _) = Search::open(&data_dir, Terminology::builtin())?;
            (store, search, Mode::Registry)
        };
        let retention = settings.retention;
        let listener = TcpListener::bind(&addr).await.map_err(|error| {
            crate::input::bad(&addr, format!("cannot be listened on ({error}); choose another with --addr"))
        })?;
        let n_studies = search.n_studies();
        writeln!(out, "Trialway is at http://{}/", listener.local_addr()?)?;
        match (mode, n_studies) {
            (Mode::Demonstration, n) => writeln!(out, "{n} invented studies for demonstration; nobody can join one")?,
            (Mode::Registry, 0) => {
                writeln!(
                    out,
                    "no studies are stored yet; load some with `trialway ingest PATH`, or try `serve --demo`"
                )?;
            }
            (Mode::Registry, n) => writeln!(out, "{n} studies from {}", data_dir.display())?,
        }
        out.flush()?;
        if arguments.demo {
            let all = trialway_accounts::Role::ALL.into_iter().collect();
            let port = listener.local_addr()?.port();
            let now = jiff::Timestamp::now().as_second();
            let link = accounts::invite(&store, all, Vec::new(), &format!("http://localhost:{port}"), now).await?;
            writeln!(out, "To see the pages of a study team, make an account by this link: {link}")?;
            out.flush()?;
        }
        let search = Arc::new(search);
        let learning = search.clone();
        // Whoever asks first should not wait for it.
        tokio::task::spawn_blocking(move || {
            if let Err(error) = learning.warm() {
                tracing::warn!(%error, "spellings and places are learned when they are first asked for");
            }
        });
        let has_mail = smtp.is_some();
        let app = App {
            store: store.clone(),
            search,
            mode,
            public_address,
            has_mail,
            fonts,
            drafts: Drafts::default(),
            limits,
            terms: retention.terms(),
            metrics: Some(metrics),
        };
        let mut beside = Vec::new();
        if let (Some(smtp), Some(mail)) = (smtp, &settings.mail) {
            beside.extend(post::start(&app, mail, smtp, &data_dir));
        }
        let counted = store.clone();
        let counting = tokio::spawn(async move {
            if let Err(error) = trialway_web::coverage::read_all(&counted).await {
                tracing::warn!("what is read of the criteria could not be counted: {error}");
            }
        });
        let swept = store.clone();
        let sweeping = tokio::spawn(async move {
            loop {
                if let Err(error) = retention.sweep(&swept, jiff::Timestamp::now().as_second()).await {
                    tracing::warn!("what has had its time could not be deleted: {error}");
                }
                tokio::time::sleep(SWEEP_EVERY).await;
            }
        });
        trialway_web::serve(listener, app, stopped()).await?;
        sweeping.abort();
        counting.abort();
        for task in beside {
            task.abort();
        }
        store.close().await;
        Ok(())
    })
}

/// The font that PDFs in Chinese are made with.
fn fonts(given: Option<&Path>) -> anyhow::Result<Fonts> {
    let Some(path) = given else { return Ok(Fonts::default()) };
    Fonts::from_file(path).map_err(|error| crate::input::bad(&path.display().to_string(), error))
}

/// An address of this site, without a slash at its end.
fn public(given: &str) -> anyhow::Result<Arc<str>> {
    let address = given.trim().trim_end_matches('/');
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || address.contains(['?', '#', ' ', '"', '<', '>']) {
        return Err(crate::input::bad(given, "is no address of a site; give one such as https://trials.example.org"));
    }
    Ok(Arc::from(address))
}

fn start_log(filter: &str, as_json: bool) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter).map_err(|error| {
        crate::input::bad(filter, format!("is no filter for the log ({error}); try `info` or `trialway_web=debug`"))
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if as_json {
        log.json().init()
    } else {
        log.with_target(false).init()
    }
    Ok(())
}

/// Completes when the process is asked to end.
async fn stopped() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
    tracing::info!("stopping: running requests are let to end");
}
