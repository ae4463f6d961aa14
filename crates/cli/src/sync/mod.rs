//! A copy of a registry, kept fresh.
//!
//! ```text
//! client (patience, one address) -> page (bytes of each study) -> parse and hash in parallel
//!     -> store: records, studies listed and place in the list, one transaction -> index
//! ```
//!
//! Studies are asked for in the order of their last update, so that a list whose token has expired is gone on with from the
//! last day seen. A run that was cut off goes on where its last page was kept. See docs/adr/0021.

pub mod client;
pub mod page;
mod place;

use crate::ingest::{self, Learned, Report, bring_up_to_date};
use anyhow::Context;
use client::{Answer, Client};
use indicatif::{ProgressBar, ProgressStyle};
use page::Page;
use place::Place;
use std::collections::HashSet;
use std::path::Path;
use tokio::task::{JoinHandle, spawn_blocking};
use trialway_store::Store;
use trialway_study::{NctId, StudyDate};
use trialway_terminology::Terminology;

pub use place::{Asked, last_ended};

/// Pages without a study that are gone through in a row.
const MOST_EMPTY: u32 = 50;

/// Lists that are begun anew in a row and come no further.
const MOST_RESTARTS: u32 = 3;

/// Studies that may be missing from a full list and are still asked for one by one; more would be a list that is wrong.
const MOST_MISSING: usize = 1_000;

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// What was kept and what was not.
    pub kept: Report,
    /// The first day of changes that was asked for; none for a full copy.
    pub since: Option<String>,
    /// Whether an earlier run was gone on with.
    pub went_on: bool,
    /// Studies that the registry no longer has.
    pub gone: Vec<NctId>,
    /// What is odd, in sentences.
    pub warnings: Vec<String>,
}

/// Copies what the registry has, or what changed since a day.
pub async fn sync(client: &Client, data_dir: &Path, asked: &Asked, is_quiet: bool) -> anyhow::Result<Done> {
    let store = Store::open(data_dir).await?;
    let address = client.manner().address.clone();
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let (mut place, went_on) = Place::find_or_begin(&store, &address, asked).await?;
    let mut run = Run {
        client,
        store: &store,
        done: Done { since: place.since.clone(), went_on, ..Done::default() },
        learned: Learned::default(),
        bar: bar(is_quiet),
    };
    run.bar.set_position(place.n_done);
    if !place.is_listed {
        run.list(&mut place, &today).await?;
    }
    if place.is_full() {
        run.look_for_missing().await?;
    }
    run.bar.finish_and_clear();
    let done = run.done;
    place.end(&store, &today).await?;
    trialway_layers::link_anew(&store, Terminology::builtin()).await?;
    bring_up_to_date(&store, data_dir, is_quiet).await?;
    store.close().await;
    Ok(done)
}

fn bar(is_quiet: bool) -> ProgressBar {
    if is_quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} studies  {per_sec}  {eta} left  {wide_msg}") {
        bar.set_style(style);
    }
    bar
}

struct Run<'a> {
    client: &'a Client,
    store: &'a Store,
    done: Done,
    learned: Learned,
    bar: ProgressBar,
}

type Asking = JoinHandle<anyhow::Result<Answer<Page>>>;

impl Run<'_> {
    /// Asks for a page while others work.
    fn ask(&self, place: &Place, token: Option<String>) -> Asking {
        let client = self.client.clone();
        let since = place.list_since.clone();
        spawn_blocking(move || {
            let size = client.manner().page_size.to_string();
            let range = since.map(|since| format!("AREA[LastUpdatePostDate]RANGE[{since},MAX]"));
            let mut query = vec![
                ("format", "json"),
                ("pageSize", size.as_str()),
                ("countTotal", "true"),
                ("sort", "LastUpdatePostDate:asc"),
            ];
            query.extend(range.as_deref().map(|range| ("filter.advanced", range)));
            query.extend(token.as_deref().map(|token| ("pageToken", token)));
            client.page(&query)
        })
    }

    /// Goes through the list to its end, page by page.
    async fn list(&mut self, place: &mut Place, today: &str) -> anyhow::Result<()> {
        let mut tokens: HashSet<String> = HashSet::new();
        let (mut n_empty, mut n_restarts) = (0, 0);
        let mut begun_from: Option<String> = None;
        let mut asking = self.ask(place, place.token.clone());
        loop {
            let page = match asking.await.context("the page could not be asked for")?? {
                Answer::Here(page) => page,
                Answer::NotUnderstood(said) if place.token.is_some() && n_restarts < MOST_RESTARTS => {
                    // The token has expired. The list is asked for anew, from the last day that was seen.
                    n_restarts = if n_restarts > 0 && begun_from != place.day { 1 } else { n_restarts + 1 };
                    begun_from.clone_from(&place.day);
                    self.bar.set_message(format!("the place in the list has expired ({said}); going on from its day"));
                    place.begin_list_anew();
                    tokens.clear();
                    asking = self.ask(place, None);
                    continue;
                }
                Answer::NotUnderstood(said) => {
                    anyhow::bail!(
                        "{}: the server does not understand the question ({said})",
                        self.client.manner().address
                    )
                }
                Answer::NotThere => anyhow::bail!(
                    "{}: there is no list of studies at this address; check the address",
                    self.client.manner().address
                ),
            };
            if let Some(next) = &page.next
                && (!tokens.insert(next.clone()) || place.token.as_ref() == Some(next))
            {
                anyhow::bail!(
                    "the server sends round in circles: the page after this one came before; run again later"
                );
            }
            n_empty = if page.studies.is_empty() { n_empty + 1 } else { 0 };
            if n_empty > MOST_EMPTY {
                anyhow::bail!("the server gives empty pages without end; run again later");
            }
            if let (Some(total), None) = (page.total, place.total) {
                place.total = Some(total);
            }
            if let Some(total) = place.total {
                self.bar.set_length(total.max(place.n_done));
            }
            let next = page.next.clone();
            // The next page is on its way while this one is kept.
            let ahead = next.clone().map(|next| self.ask(place, Some(next)));
            self.keep(page, place, today).await?;
            match ahead {
                Some(ahead) => asking = ahead,
                None => break,
            }
        }
        self.is_believable(place).await
    }

    /// Keeps a page and the place after it.
    async fn keep(&mut self, page: Page, place: &mut Place, today: &str) -> anyhow::Result<()> {
        let n_listed = page.studies.len();
        let place_in_list = |index: usize| format!("page after {} studies, study {}", place.n_done, index + 1);
        let items = page.studies.iter().enumerate().filter_map(|(index, range)| {
            let bytes = page.bytes.get(range.clone())?.to_vec();
            Some(ingest::source::Item { place: place_in_list(index), bytes: Ok(bytes) })
        });
        let received_at = ingest::now();
        let read = ingest::read(items.collect(), &received_at);
        if n_listed > 0 && read.versions.is_empty() {
            let why = read.refused.first().map(|one| one.reason.clone()).unwrap_or_default();
            anyhow::bail!(
                "no study of a whole page can be read ({why}); the API may have changed; nothing of the page was kept"
            );
        }
        let mut listed: Vec<NctId> = read.versions.iter().map(|version| version.nct_id).collect();
        if !place.is_full() {
            listed.clear();
        }
        self.learned.keep(self.store, read.rows, &received_at).await?;
        place.advance(page.next, n_listed, &read.updated, today);
        let notes = place.notes();
        let notes: Vec<(&str, &str)> = notes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.done.kept.count(&self.store.put_page(&read.versions, &listed, &notes).await?);
        self.done.kept.refused.extend(read.refused);
        self.bar.set_position(place.n_done);
        Ok(())
    }

    /// Whether the list held about as much as the registry said.
    async fn is_believable(&mut self, place: &mut Place) -> anyhow::Result<()> {
        let n_had = if place.is_full() { self.store.n_listed().await? } else { place.n_done };
        // The registry changes while it is copied.
        let leeway = |total: u64| total / 100 + 10;
        match place.total {
            Some(total) if n_had + (self.done.kept.refused.len() as u64) + leeway(total) < total => {
                place.forget(self.store).await?;
                anyhow::bail!(
                    "the registry said that it has {total} studies and gave {n_had}; these are kept, run again for the rest"
                );
            }
            _ => Ok(()),
        }
    }

    /// Asks one by one for the studies that a full list lacks: those that are not there are gone.
    async fn look_for_missing(&mut self) -> anyhow::Result<()> {
        let missing = self.store.not_listed().await?;
        let n_stored = usize::try_from(self.store.count().await?).unwrap_or(usize::MAX);
        if missing.len() > MOST_MISSING.max(n_stored / 50) {
            self.done.warnings.push(format!(
                "{} of {n_stored} stored studies are not in the registry's list, too many to be believed; none was marked as gone",
                missing.len()
            ));
            return Ok(());
        }
        self.bar.set_message(format!("asking for {} studies that are no longer listed", missing.len()));
        for nct_id in missing {
            let client = self.client.clone();
            let number = nct_id.to_string();
            let answer =
                spawn_blocking(move || client.study(&number)).await.context("a study could not be asked for")??;
            let bytes = match answer {
                Answer::Here(bytes) => bytes,
                Answer::NotThere => {
                    self.store.set_gone(nct_id, &ingest::now()).await?;
                    self.done.gone.push(nct_id);
                    continue;
                }
                Answer::NotUnderstood(said) => {
                    self.done.warnings.push(format!("{nct_id}: the server does not understand its number ({said})"));
                    continue;
                }
            };
            let received_at = ingest::now();
            let item = ingest::source::Item { place: nct_id.to_string(), bytes: Ok(bytes) };
            let read = ingest::read(vec![item], &received_at);
            match read.versions.as_slice() {
                [version] if version.nct_id == nct_id => {
                    self.done.kept.count(&self.store.put_page(&read.versions, &[nct_id], &[]).await?);
                }
                // Another study answers under this number: the registry has joined the two.
                [_] => {
                    self.store.set_gone(nct_id, &received_at).await?;
                    self.done.gone.push(nct_id);
                }
                _ => self.done.kept.refused.extend(read.refused),
            }
        }
        Ok(())
    }
}

/// The later of two days as the registry writes them, where a later one is not after today.
fn later(known: Option<String>, day: &str, today: &str) -> Option<String> {
    let is_day = StudyDate::parse(day).day.is_some();
    match known {
        _ if !is_day || day > today => known,
        Some(known) if known.as_str() >= day => Some(known),
        _ => Some(day.to_owned()),
    }
}
