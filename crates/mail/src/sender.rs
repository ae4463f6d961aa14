//! The loop that takes due mails to the server. One process of a data directory sends; the others wait for its place.

use crate::transport::Smtp;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::task::JoinSet;
use trialway_outbox::{Next, Patience, next, seed};
use trialway_store::{ClaimedMail, Store, StoreError};

/// Mails in hand at a time.
const AT_ONCE: u32 = 8;
/// Between two looks at the store.
const LOOK: Duration = Duration::from_millis(500);
/// Between two tries to become the one that sends.
const TURN: Duration = Duration::from_secs(1);

/// What the loop needs.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Where mails are.
    pub store: Store,
    /// Where they go.
    pub smtp: Smtp,
    /// How often they are tried.
    pub patience: Patience,
    /// The file whose lock lets one process send; none for a store in memory.
    pub lock: Option<PathBuf>,
}

/// Becomes the one process that sends: holds the lock as long as the file is held. The system lets go of it when the process ends,
/// however it ends.
///
/// **Errors**: the file cannot be opened. **Unknown**: `None` while another process holds it.
pub fn take_turn(path: &Path) -> std::io::Result<Option<File>> {
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0)
}

impl Sender {
    /// Sends until it is dropped.
    pub async fn run(self) {
        let _turn = match &self.lock {
            Some(path) => Some(self.turn(path).await),
            None => None,
        };
        loop {
            match self.store.free_mails().await {
                Ok(0) => break,
                Ok(n) => {
                    tracing::info!(n, "mails that were in hand when a process ended wait again");
                    break;
                }
                Err(error) => tracing::error!(%error, "mails cannot be looked at"),
            }
            tokio::time::sleep(TURN).await;
        }
        loop {
            match self.once().await {
                Ok(0) => tokio::time::sleep(LOOK).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "mails cannot be looked at");
                    tokio::time::sleep(TURN).await;
                }
            }
        }
    }

    async fn turn(&self, path: &Path) -> File {
        loop {
            match take_turn(path) {
                Ok(Some(file)) => return file,
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "the lock for sending mail cannot be taken"),
            }
            tokio::time::sleep(TURN).await;
        }
    }

    /// Tries the mails that are due; how many were.
    ///
    /// **Errors**: those of the store.
    pub async fn once(&self) -> Result<usize, StoreError> {
        let due = self.store.claim_mails(now(), AT_ONCE).await?;
        let n = due.len();
        let mut tries = JoinSet::new();
        for claimed in due {
            let sender = self.clone();
            tries.spawn(async move { sender.try_one(&claimed).await });
        }
        while let Some(ended) = tries.join_next().await {
            if let Ok(done) = ended {
                done?;
            }
        }
        Ok(n)
    }

    async fn try_one(&self, claimed: &ClaimedMail) -> Result<(), StoreError> {
        let tried = self.smtp.send(&claimed.mail).await;
        let (now, n_tries) = (now(), claimed.n_tries.saturating_add(1));
        let seed = seed(&claimed.mail.message_id);
        let purpose = claimed.mail.purpose.as_str();
        match next(tried.outcome, n_tries, claimed.mail.made_at, now, seed, &self.patience) {
            Next::Done => {
                tracing::info!(purpose, n_tries, "a mail left");
                self.store.mail_left(claimed.id, now).await
            }
            Next::At(at) => {
                tracing::warn!(purpose, n_tries, said = tried.said, wait_seconds = at - now, "a mail waits");
                self.store.mail_waits(claimed.id, &tried.said, at).await
            }
            Next::GiveUp => {
                tracing::error!(purpose, n_tries, said = tried.said, "a mail was given up; see `trialway mails`");
                self.store.mail_is_dead(claimed.id, &tried.said, now).await
            }
        }
    }
}
