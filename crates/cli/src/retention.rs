//! How long what people gave is kept: one table, one sweep of it.

use serde::Deserialize;
use trialway_store::{Store, StoreError};

const CLOSED_DAYS: i64 = trialway_store::enquiries::CLOSED / DAY;
const LONGEST_DAYS: i64 = trialway_store::enquiries::LONGEST / DAY;
/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// The part of the configuration about keeping, in days.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Names of closed accounts.
    pub closed_account_days: u32,
    /// Reports of readers that a reading is wrong.
    pub reading_report_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { closed_account_days: 365, reading_report_days: 365 }
    }
}

/// A kind of what is kept, and how long.
pub struct Line {
    /// What it is.
    pub what: &'static str,
    /// How long it is kept, in words.
    pub kept: String,
    /// How many went in a sweep; none where nothing was swept.
    pub n_gone: Option<u64>,
}

impl Retention {
    /// The table: every kind of personal data in the store.
    pub fn table(&self) -> Vec<Line> {
        let days = |n: u32| format!("{n} days");
        [
            ("sessions of members", "12 hours, 1 hour without use".to_owned()),
            ("challenges to passkeys", "5 minutes".to_owned()),
            ("invitations", "3 days, 1 day once used".to_owned()),
            ("wrong codes", "1 day".to_owned()),
            ("names of closed accounts", days(self.closed_account_days)),
            ("reports of readers", days(self.reading_report_days)),
            ("what enquiries say", format!("{CLOSED_DAYS} days once closed, at the longest {LONGEST_DAYS} days")),
            ("addresses of followers", "until they end it; 48 hours where they never confirmed".to_owned()),
            ("mails, once done", "30 days, without recipient and text".to_owned()),
            ("shared notes, sealed", "1 to 90 days, as their owner chose".to_owned()),
            ("vaults of notes, sealed", "365 days after they were last written".to_owned()),
        ]
        .into_iter()
        .map(|(what, kept)| Line { what, kept, n_gone: None })
        .collect()
    }

    /// Deletes what has had its time, by the clock given in seconds since 1970.
    pub async fn sweep(&self, store: &Store, now: i64) -> Result<Vec<Line>, StoreError> {
        let (closed, reports) = (i64::from(self.closed_account_days), i64::from(self.reading_report_days));
        let team = store.sweep_team(now, closed, reports).await?;
        store.sweep_contact(now).await?;
        store.sweep_kept(now).await?;
        let mut table = self.table();
        for (line, n) in table.iter_mut().zip(team) {
            line.n_gone = Some(n);
        }
        Ok(table)
    }
}
