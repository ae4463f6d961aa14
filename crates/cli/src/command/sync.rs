//! `trialway sync`: a copy of a registry, kept fresh.

use super::Format;
use crate::input::{BadInput, bad};
use crate::settings::{DataDir, Settings, runtime};
use crate::sync::client::{Client, Manner};
use crate::sync::{self, Asked, Done};
use serde_json::json;
use std::io::Write;
use std::time::Duration;
use trialway_study::StudyDate;

/// Hours from one run to the next.
const WATCH_HOURS: u64 = 24;

/// How long a run that failed is let rest.
const REST: Duration = Duration::from_secs(3_600);

/// Arguments of `sync`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway sync --data-dir store\n  trialway sync --since 2026-06-01\n  trialway sync --watch --config trialway.toml\n\nThe first run copies everything; later ones what changed since. A run that was cut off goes on where it stopped.\nOnly a full copy finds studies that the registry has taken away. No other host than the address is asked."
)]
pub struct Arguments {
    /// Only what changed on this day (YYYY-MM-DD) or later
    #[arg(long, value_name = "DATE", conflicts_with = "full")]
    since: Option<String>,
    /// Copy everything again, and look for studies that are gone
    #[arg(long)]
    full: bool,
    /// Go on running: copy what changed every day
    #[arg(long)]
    watch: bool,
    /// The API's address [default: `https://clinicaltrials.gov/api/v2`]
    #[arg(long, value_name = "URL", env = "TRIALWAY_SYNC_ADDRESS")]
    address: Option<String>,
    /// Studies on a page, at most 1000 [default: 1000]
    #[arg(long, value_name = "N", env = "TRIALWAY_SYNC_PAGE_SIZE")]
    page_size: Option<u32>,
    /// Pause before every request, in milliseconds [default: 200]
    #[arg(long, value_name = "MS", env = "TRIALWAY_SYNC_PAUSE_MS")]
    pause_ms: Option<u64>,
    /// A configuration file (TOML); flags and the environment go before it
    #[arg(long, value_name = "FILE", env = "TRIALWAY_CONFIG")]
    config: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// No progress bar
    #[arg(long)]
    quiet: bool,
}

/// Copies and reports; with `--watch`, until it is stopped.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let settings = Settings::read(arguments.config.as_deref())?;
    let data_dir = if data_dir.is_given {
        data_dir.path.clone()
    } else {
        settings.data_dir.clone().unwrap_or_else(|| data_dir.path.clone())
    };
    let client = Client::new(manner(arguments, &settings)?)?;
    let mut asked = match &arguments.since {
        Some(day) if StudyDate::parse(day).day.is_none() || day.len() != 10 => {
            return Err(bad(day, "is no day; write --since YYYY-MM-DD"));
        }
        Some(day) => Asked::Since(day.clone()),
        None if arguments.full => Asked::Full,
        None => Asked::Usual,
    };
    let between = Duration::from_secs(settings.sync.watch_hours.unwrap_or(WATCH_HOURS).max(1) * 3_600);
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        loop {
            let done = sync::sync(&client, &data_dir, &asked, arguments.quiet).await;
            let rest = match (done, arguments.watch) {
                (Ok(done), watch) => {
                    print(&done, arguments.format, out)?;
                    out.flush()?;
                    if !watch {
                        return Ok(());
                    }
                    asked = Asked::Usual;
                    between
                }
                (Err(error), false) => return Err(error),
                (Err(error), true) => {
                    writeln!(std::io::stderr(), "trialway: {error:#}; trying again in an hour")?;
                    REST
                }
            };
            tokio::time::sleep(rest).await;
        }
    });
    // A request that is still under way is not waited for.
    runtime.shutdown_background();
    result
}

fn manner(arguments: &Arguments, settings: &Settings) -> anyhow::Result<Manner> {
    let (usual, file) = (Manner::default(), &settings.sync);
    let page_size = arguments.page_size.or(file.page_size).unwrap_or(usual.page_size);
    if !(1..=1_000).contains(&page_size) {
        return Err(anyhow::Error::new(BadInput(format!(
            "a page of {page_size} studies: the API gives 1 to 1000 on a page"
        ))));
    }
    let ms = |value: Option<u64>, usual| value.map_or(usual, Duration::from_millis);
    let seconds = |value: Option<u64>, usual| value.map_or(usual, Duration::from_secs);
    Ok(Manner {
        address: arguments.address.clone().or_else(|| file.address.clone()).unwrap_or(usual.address),
        page_size,
        pause: ms(arguments.pause_ms.or(file.pause_ms), usual.pause),
        timeout: seconds(file.timeout_seconds, usual.timeout),
        tries: file.tries.unwrap_or(usual.tries).max(1),
        first_wait: ms(file.first_wait_ms, usual.first_wait),
        longest_wait: seconds(file.longest_wait_seconds, usual.longest_wait),
        proxy: file.proxy.clone(),
    })
}

fn print(done: &Done, format: Format, out: &mut dyn Write) -> anyhow::Result<()> {
    let kept = &done.kept;
    let gone: Vec<String> = done.gone.iter().map(ToString::to_string).collect();
    if format == Format::Json {
        let refused: Vec<_> =
            kept.refused.iter().map(|one| json!({"place": one.place, "reason": one.reason})).collect();
        let report = json!({
            "since": done.since,
            "went_on": done.went_on,
            "added": kept.n_added,
            "changed": kept.n_changed,
            "unchanged": kept.n_unchanged,
            "refused": refused,
            "gone": gone,
            "warnings": done.warnings,
        });
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)?;
        return Ok(());
    }
    for refused in &kept.refused {
        writeln!(out, "refused {}: {}", refused.place, refused.reason)?;
    }
    for warning in &done.warnings {
        writeln!(out, "warning: {warning}")?;
    }
    for number in &gone {
        writeln!(out, "{number} is no longer in the registry; its record stays")?;
    }
    if done.went_on {
        writeln!(out, "went on with a run that was cut off")?;
    }
    let of_what = match &done.since {
        Some(day) => format!("changes since {day}"),
        None => "full copy".to_owned(),
    };
    writeln!(
        out,
        "{of_what}: {} added, {} changed, {} unchanged, {} refused, {} gone",
        kept.n_added,
        kept.n_changed,
        kept.n_unchanged,
        kept.refused.len(),
        gone.len()
    )?;
    Ok(())
}
