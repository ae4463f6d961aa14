//! How long what people gave is kept: one table, one sweep of it.

use serde::Deserialize;
use trialway_store::{EnquiryTerms, Store, StoreError};

/// Fewest days of an enquiry: a study team wants some to answer.
const FEWEST_OF_ENQUIRIES: u32 = 7;
/// Days of a closed enquiry, where nobody said.
const CLOSED: u32 = 90;
/// Most days that anything is kept.
const MOST: u32 = 3_650;

/// The part of the configuration about keeping, in days.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Names of closed accounts.
    pub closed_account_days: u32,
    /// Reports of readers that a reading is wrong.
    pub reading_report_days: u32,
    /// What enquiries say, answered or not, after they were sent.
    pub enquiry_days: u32,
    /// The same, after they were closed; where nobody said, 90 days and no longer than the others.
    pub closed_enquiry_days: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { closed_account_days: 365, reading_report_days: 365, enquiry_days: 365, closed_enquiry_days: None }
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
    /// Whether every number of days can be kept to.
    ///
    /// **Errors**: a sentence that says which one cannot, and why.
    pub fn check(&self) -> Result<(), String> {
        for (key, days, fewest) in [
            ("closed_account_days", self.closed_account_days, 1),
            ("reading_report_days", self.reading_report_days, 1),
            ("enquiry_days", self.enquiry_days, FEWEST_OF_ENQUIRIES),
            ("closed_enquiry_days", self.closed(), 1),
        ] {
            if !(fewest..=MOST).contains(&days) {
                return Err(format!("retention.{key} is {days}; give {fewest} to {MOST} days"));
            }
        }
        let (closed, all) = (self.closed(), self.enquiry_days);
        if closed > all {
            return Err(format!(
                "retention.closed_enquiry_days is {closed}, but enquiries are kept {all} days at the longest; give at most that, or raise enquiry_days"
            ));
        }
        Ok(())
    }

    fn closed(&self) -> u32 {
        self.closed_enquiry_days.unwrap_or(CLOSED.min(self.enquiry_days))
    }

    /// How long what enquiries say is kept.
    pub fn terms(&self) -> EnquiryTerms {
        EnquiryTerms { days: self.enquiry_days.into(), closed_days: self.closed().into() }
    }

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
            (
                "what enquiries say",
                format!("{} days once closed, at the longest {} days", self.closed(), self.enquiry_days),
            ),
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
        let n_enquiries = store.sweep_contact(now, self.terms()).await?;
        store.sweep_kept(now).await?;
        let mut table = self.table();
        // The table begins with what was counted, in this order.
        for (line, n) in table.iter_mut().zip(team.into_iter().chain([n_enquiries])) {
            line.n_gone = Some(n);
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use trialway_store::{EnquiryFilter, NewEnquiry};
    use trialway_study::NctId;

    const SENT: i64 = 1_800_000_000;
    const DAY: i64 = 86_400;

    async fn with_enquiry(terms: EnquiryTerms) -> Store {
        let store = Store::in_memory().await.unwrap();
        let new = NewEnquiry {
            number: "0123456789abcdef".to_owned(),
            secret: "s".to_owned(),
            nct_id: NctId::parse("NCT90000001").unwrap(),
            site: String::new(),
            contact_id: 1,
            record_hash: String::new(),
            engine: String::new(),
            called: "Ana".to_owned(),
            reach_kind: "phone".to_owned(),
            reach: "+1 555 0100".to_owned(),
            language: "en".to_owned(),
            message: "Hello".to_owned(),
            answers: Vec::new(),
            consent_version: String::new(),
            consent_hash: String::new(),
            sent_at: SENT,
            terms,
        };
        store.put_enquiry(&new, &[]).await.unwrap();
        store
    }

    async fn is_there(store: &Store) -> bool {
        let line = store.enquiries(&EnquiryFilter::default()).await.unwrap().remove(0);
        !store.enquiry(line.id).await.unwrap().unwrap().message.is_empty()
    }

    /// The clock is moved, not waited for.
    #[tokio::test]
    async fn enquiries_go_when_the_configured_days_are_over_answered_or_not() {
        for days in [7, 30, 365] {
            let retention = Retention { enquiry_days: days, closed_enquiry_days: Some(5), ..Retention::default() };
            for is_closed in [false, true] {
                let store = with_enquiry(retention.terms()).await;
                let last = if is_closed {
                    let id = store.enquiries(&EnquiryFilter::default()).await.unwrap()[0].id;
                    store.close_enquiry(id, SENT + DAY).await.unwrap();
                    SENT + 6 * DAY
                } else {
                    SENT + i64::from(days) * DAY
                };
                let of = |lines: &[Line]| lines.iter().find(|line| line.what == "what enquiries say").unwrap().n_gone;
                assert_eq!(of(&retention.sweep(&store, last - 1).await.unwrap()), Some(0));
                assert!(is_there(&store).await, "{days} days, closed: {is_closed}");
                assert_eq!(of(&retention.sweep(&store, last).await.unwrap()), Some(1));
                assert!(!is_there(&store).await, "{days} days, closed: {is_closed}");
            }
        }
    }

    #[test]
    fn days_that_cannot_be_kept_to_are_said() {
        let usual = Retention::default();
        assert_eq!(usual.check(), Ok(()));
        let short = Retention { enquiry_days: 30, ..usual.clone() };
        assert_eq!((short.check(), short.terms()), (Ok(()), EnquiryTerms { days: 30, closed_days: 30 }));
        for (bad, says) in [
            (Retention { enquiry_days: 0, ..usual.clone() }, "retention.enquiry_days is 0; give 7 to 3650 days"),
            (Retention { enquiry_days: 4_000, ..usual.clone() }, "retention.enquiry_days is 4000"),
            (
                Retention { closed_enquiry_days: Some(0), ..usual.clone() },
                "closed_enquiry_days is 0; give 1 to 3650 days",
            ),
            (Retention { reading_report_days: 0, ..usual.clone() }, "reading_report_days is 0"),
            (Retention { closed_account_days: 0, ..usual.clone() }, "closed_account_days is 0"),
            (
                Retention { enquiry_days: 30, closed_enquiry_days: Some(90), ..usual.clone() },
                "is 90, but enquiries are kept 30 days",
            ),
        ] {
            let said = bad.check().unwrap_err();
            assert!(said.contains(says), "{said}");
        }
    }
}
