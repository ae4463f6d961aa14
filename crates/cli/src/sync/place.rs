//! Where in the registry's list a run stands. It is noted in the transaction that keeps the page before it.

use super::later;
use trialway_store::Store;
use trialway_study::StudyDate;

/// What a run is asked to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What is cut off, else what changed since the last run, else all.
    Usual,
    /// What changed since a day.
    Since(String),
    /// All.
    Full,
}

impl Asked {
    fn word(&self) -> String {
        match self {
            Asked::Usual => "usual".to_owned(),
            Asked::Since(day) => format!("since {day}"),
            Asked::Full => "full".to_owned(),
        }
    }
}

/// The run that ended last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Of which address.
    pub address: String,
    /// When, RFC 3339.
    pub at: String,
    /// The last day of changes that it saw.
    pub day: String,
    /// Whether a run is unfinished.
    pub is_cut_off: bool,
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    address: String,
    asked: String,
    /// The first day of changes; none for a full copy.
    pub since: Option<String>,
    /// The first day of the list that is being gone through: later than `since` where a token had expired.
    pub list_since: Option<String>,
    /// The page to ask for next; none is the first.
    pub token: Option<String>,
    /// Studies that were listed so far.
    pub n_done: u64,
    /// Studies that the registry said there are when the run began.
    pub total: Option<u64>,
    /// The last day of changes seen.
    pub day: Option<String>,
    /// Whether the list has come in the order that was asked for.
    is_in_order: bool,
    /// Whether the list has been gone through.
    pub is_listed: bool,
}

impl Place {
    /// The place of the run that was cut off, where it is what is asked for; else that of a new run. Also whether it goes on.
    pub async fn find_or_begin(store: &Store, address: &str, asked: &Asked) -> anyhow::Result<(Self, bool)> {
        let note = async |name: &str| store.sync_note(name).await;
        let word = asked.word();
        if note("run.address").await?.as_deref() == Some(address) {
            let known = note("run.asked").await?.unwrap_or_default();
            if *asked == Asked::Usual || known == word {
                let number = |text: Option<String>| text.and_then(|text| text.parse().ok());
                let place = Self {
                    address: address.to_owned(),
                    asked: known,
                    since: note("run.since").await?,
                    list_since: note("run.list_since").await?,
                    token: note("run.token").await?,
                    n_done: number(note("run.n_done").await?).unwrap_or(0),
                    total: number(note("run.total").await?),
                    day: note("run.day").await?,
                    is_in_order: note("run.order").await?.as_deref() != Some("no"),
                    is_listed: note("run.listed").await?.is_some(),
                };
                return Ok((place, true));
            }
        }
        let since = match asked {
            Asked::Full => None,
            Asked::Since(day) => Some(day.clone()),
            Asked::Usual => match note("last.address").await? {
                Some(known) if known == address => note("last.day").await?.map(|day| day_before(&day)),
                _ => None,
            },
        };
        let place = Self {
            address: address.to_owned(),
            asked: word,
            list_since: since.clone(),
            since,
            token: None,
            n_done: 0,
            total: None,
            day: None,
            is_in_order: true,
            is_listed: false,
        };
        store.forget_listed().await?;
        place.note(store).await?;
        Ok((place, false))
    }

    /// Whether all studies are copied.
    pub fn is_full(&self) -> bool {
        self.since.is_none()
    }

    /// After a page.
    pub fn advance(&mut self, next: Option<String>, n_listed: usize, updated: &[String], today: &str) {
        for day in updated {
            if self.day.as_ref().is_some_and(|known| day < known) {
                self.is_in_order = false;
            }
            self.day = later(self.day.take(), day, today);
        }
        self.n_done += n_listed as u64;
        self.is_listed = next.is_none();
        self.token = next;
    }

    /// The list is asked for anew, from the last day seen; from its first where it did not come in order.
    pub fn begin_list_anew(&mut self) {
        self.token = None;
        if self.is_in_order && self.day.is_some() {
            self.list_since.clone_from(&self.day);
        } else {
            self.list_since.clone_from(&self.since);
        }
    }

    /// What is noted.
    pub fn notes(&self) -> Vec<(&'static str, String)> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            ("run.address", self.address.clone()),
            ("run.asked", self.asked.clone()),
            ("run.since", text(&self.since)),
            ("run.list_since", text(&self.list_since)),
            ("run.token", text(&self.token)),
            ("run.n_done", self.n_done.to_string()),
            ("run.total", self.total.map(|total| total.to_string()).unwrap_or_default()),
            ("run.day", text(&self.day)),
            ("run.order", if self.is_in_order { String::new() } else { "no".to_owned() }),
            ("run.listed", if self.is_listed { "yes".to_owned() } else { String::new() }),
        ]
    }

    async fn note(&self, store: &Store) -> anyhow::Result<()> {
        let notes = self.notes();
        let notes: Vec<(&str, &str)> = notes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Ok(store.set_sync_notes(&notes).await?)
    }

    /// Notes that the run has ended; the next one begins a day before the last day that this one saw.
    pub async fn end(&self, store: &Store, today: &str) -> anyhow::Result<()> {
        let known = match store.sync_note("last.address").await? {
            Some(known) if known == self.address => store.sync_note("last.day").await?,
            _ => None,
        };
        let day = match (&self.day, known) {
            // What was asked for by a day leaves a gap after the last run, if the day is later.
            (_, known) if self.asked.starts_with("since ") && known.as_deref() < self.since.as_deref() => known,
            (Some(day), Some(known)) => Some(day.clone().max(known)),
            (Some(day), None) => Some(day.clone()),
            (None, Some(known)) => Some(known),
            (None, None) => Some(today.to_owned()),
        };
        let at = crate::ingest::now();
        let mut notes: Vec<(&str, &str)> =
            vec![("last.address", &self.address), ("last.at", &at), ("last.day", day.as_deref().unwrap_or_default())];
        let cleared = self.notes();
        notes.extend(cleared.iter().map(|(name, _)| (*name, "")));
        store.set_sync_notes(&notes).await?;
        store.forget_listed().await?;
        Ok(())
    }

    /// Takes the run away: the next one begins anew.
    pub async fn forget(&self, store: &Store) -> anyhow::Result<()> {
        let cleared = self.notes();
        let notes: Vec<(&str, &str)> = cleared.iter().map(|(name, _)| (*name, "")).collect();
        store.set_sync_notes(&notes).await?;
        store.forget_listed().await?;
        Ok(())
    }
}

/// The run that ended last; none where none did.
pub async fn last_ended(store: &Store) -> anyhow::Result<Option<Ended>> {
    let Some(address) = store.sync_note("last.address").await? else { return Ok(None) };
    Ok(Some(Ended {
        address,
        at: store.sync_note("last.at").await?.unwrap_or_default(),
        day: store.sync_note("last.day").await?.unwrap_or_default(),
        is_cut_off: store.sync_note("run.address").await?.is_some(),
    }))
}

/// A registry's day ends when ours may not have: one day is copied twice.
fn day_before(day: &str) -> String {
    let parsed = StudyDate::parse(day);
    match (parsed.day, day.parse::<jiff::civil::Date>()) {
        (Some(_), Ok(date)) => date.yesterday().map_or_else(|_| day.to_owned(), |date| date.to_string()),
        _ => day.to_owned(),
    }
}
