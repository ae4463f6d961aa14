//! The file with the key that seals secrets in the store (ADR 0041): found, made with the first start, never guessed round.

use crate::command::upkeep::private_file;
use crate::input::bad;
use anyhow::Context;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use trialway_store::{Store, StoreError, random};

/// What to do where the key is gone for good.
const WAY_OUT: &str =
    "bring the right one back, or let members set up their apps for codes anew: `trialway accounts forget-codes`";

/// Where the key is kept where nobody said: beside the data directory, so that a copy of the directory is not a copy of the key.
pub fn usual(data_dir: &Path) -> PathBuf {
    let whole = std::fs::canonicalize(data_dir).unwrap_or_else(|_| data_dir.to_owned());
    let mut name = whole.into_os_string();
    name.push(".key");
    PathBuf::from(name)
}

/// The store with the key of the file. Where there is no file and no secret was sealed yet, one is made.
///
/// **Errors**: one sentence, where the key is missing, is none, or is another than the one that sealed.
pub async fn keyed(store: Store, file: &Path) -> anyhow::Result<Store> {
    let name = file.display().to_string();
    let key = match std::fs::read_to_string(file) {
        Ok(text) => {
            let what = format!("holds no key, and the secrets of the store are sealed with one; {WAY_OUT}");
            trialway_sealing::key_of_file(&text).ok_or_else(|| bad(&name, what))?
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if store.wants_key().await? {
                let what = format!("is not there, and secrets of the store are sealed with the key in it; {WAY_OUT}");
                return Err(bad(&name, what));
            }
            made(file)?
        }
        Err(error) => return Err(bad(&name, format!("cannot be read ({error}); check its permissions"))),
    };
    match store.keyed(&key).await {
        Err(StoreError::WrongKey) => {
            Err(bad(&name, format!("holds another key than the one that sealed the secrets of the store; {WAY_OUT}")))
        }
        other => Ok(other?),
    }
}

/// A new key in a new file, on the disk before anything is sealed with it.
fn made(file: &Path) -> anyhow::Result<[u8; 32]> {
    let key = random()?;
    let mut to = private_file(file).context(
        "no key can be made for the secrets of the store; name a place with key_file in the configuration, --key-file or TRIALWAY_KEY_FILE",
    )?;
    to.write_all(trialway_sealing::key_file(key).as_bytes())?;
    to.sync_all()?;
    #[cfg(unix)]
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder).and_then(|folder| folder.sync_all()).context("the key's directory cannot be written")?;
    }
    tracing::info!("a key for the secrets of the store was made; keep a copy of it, away from the backups");
    Ok(key)
}
