//! `trialway backup`, `trialway restore`, `trialway reindex`: keeping a data directory safe and whole.

use crate::ingest::bring_up_to_date;
use crate::settings::{DataDir, runtime};
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use trialway_sealing::{Means, SealError};
use trialway_search::Search;
use trialway_store::{Store, random};

/// Arguments of `backup`.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  trialway backup store-2026-06-15.db --data-dir store\n  trialway backup store-2026-06-15.sealed --encrypt-to backup.key --data-dir store\n\nThe store may be read and written meanwhile. The index is not in a backup: it is made anew from the store."
)]
pub struct Backup {
    /// A new file
    file: PathBuf,
    /// Encrypt it with the key in this file, which `trialway backup-key` made
    #[arg(long, value_name = "KEYFILE", conflicts_with = "passphrase_file")]
    encrypt_to: Option<PathBuf>,
    /// Encrypt it with the passphrase on the first line of this file
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Arguments of `backup-key`.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  trialway backup-key backup.key\n\nKeep it away from the backups. Without it they cannot be read by anybody."
)]
pub struct BackupKey {
    /// A new file, which only its owner may read
    file: PathBuf,
}

/// Arguments of `restore`.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  trialway restore store-2026-06-15.db --data-dir store\n  trialway restore store-2026-06-15.sealed --key backup.key --data-dir store\n\nStop the server before."
)]
pub struct Restore {
    /// A backup
    file: PathBuf,
    /// The key that it was encrypted with
    #[arg(long, value_name = "KEYFILE", conflicts_with = "passphrase_file")]
    key: Option<PathBuf>,
    /// The passphrase that it was encrypted with, on the first line of this file
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Put it in the place of the store that is there
    #[arg(long)]
    replace: bool,
    /// No progress
    #[arg(long)]
    quiet: bool,
}

/// Arguments of `reindex`.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  trialway reindex --data-dir store")]
pub struct Reindex {
    /// No progress
    #[arg(long)]
    quiet: bool,
}

fn has_store(data_dir: &DataDir) -> anyhow::Result<()> {
    if Store::is_in(&data_dir.path) {
        return Ok(());
    }
    Err(crate::input::bad(&data_dir.path.display().to_string(), "has no store; name the directory with --data-dir"))
}

/// Backs up.
pub fn backup(arguments: &Backup, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    has_store(data_dir)?;
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        match means(arguments.encrypt_to.as_deref(), arguments.passphrase_file.as_deref())? {
            None => store.backup(&arguments.file).await?,
            Some(means) => {
                let plain = Plain::in_directory(&data_dir.path)?;
                store.backup(&plain.0).await?;
                sealed(&plain.0, &arguments.file, &means)?;
            }
        }
        store.close().await;
        anyhow::Ok(())
    })?;
    let n_bytes = std::fs::metadata(&arguments.file)?.len();
    writeln!(out, "{}: {:.1} MB", arguments.file.display(), n_bytes as f64 / 1e6)?;
    Ok(())
}

/// Makes a key.
pub fn backup_key(arguments: &BackupKey, out: &mut dyn Write) -> anyhow::Result<()> {
    let text = trialway_sealing::key_file(random()?);
    private_file(&arguments.file)?.write_all(text.as_bytes())?;
    let name = arguments.file.display();
    writeln!(out, "{name}: keep it away from the backups, and keep a copy: without it they cannot be read by anybody")?;
    Ok(())
}

/// A new file that only its owner may read.
pub fn private_file(path: &Path) -> anyhow::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| {
        let what = match error.kind() {
            ErrorKind::AlreadyExists => "exists already; it is never written over, name a new file".to_owned(),
            _ => format!("cannot be written ({error}); check the directory"),
        };
        crate::input::bad(&path.display().to_string(), what)
    })
}

/// How a file's text becomes what encrypts.
type Reader = fn(&str) -> Result<Means, SealError>;

/// What a backup is encrypted with; none where nothing was named.
fn means(key: Option<&Path>, passphrase: Option<&Path>) -> anyhow::Result<Option<Means>> {
    let (path, of): (&Path, Reader) = match (key, passphrase) {
        (Some(path), _) => (path, Means::of_key_file),
        (None, Some(path)) => (path, Means::of_passphrase_file),
        (None, None) => return Ok(None),
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| crate::input::bad(&name, format!("cannot be opened ({error}); check the path")))?;
    of(&text).map(Some).map_err(|error| crate::input::bad(&name, error))
}

/// A copy that is not encrypted, beside the store it comes from or goes to, and for no longer than it is needed.
struct Plain(PathBuf);

impl Plain {
    /// One that was left by a run that was cut off is taken away.
    fn in_directory(directory: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(directory)?;
        let path = directory.join("backup-in-work.db");
        let _ = std::fs::remove_file(&path);
        Ok(Self(path))
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Encrypts a file to a new one; nothing half written is left.
fn sealed(plain: &Path, file: &Path, means: &Means) -> anyhow::Result<()> {
    let target = private_file(file)?;
    let write = || -> Result<(), SealError> {
        let mut to = BufWriter::new(&target);
        let random = random().map_err(std::io::Error::other)?;
        trialway_sealing::seal(&mut File::open(plain)?, &mut to, means, random)?;
        to.flush()?;
        Ok(target.sync_all()?)
    };
    write().map_err(|error| {
        let _ = std::fs::remove_file(file);
        crate::input::bad(&file.display().to_string(), format!("cannot be written ({error})"))
    })
}

/// Decrypts a backup beside where it goes to; none where it is not encrypted.
fn opened(file: &Path, directory: &Path, means: Option<&Means>) -> anyhow::Result<Option<Plain>> {
    let name = file.display().to_string();
    let Ok(mut from) = File::open(file) else { return Ok(None) };
    let mut beginning = Vec::new();
    (&mut from).take(64).read_to_end(&mut beginning)?;
    let means = match (trialway_sealing::is_sealed(&beginning), means) {
        (false, None) => return Ok(None),
        (false, Some(_)) => return Err(crate::input::bad(&name, "is not encrypted; leave out the key")),
        (true, None) => return Err(crate::input::bad(&name, "is encrypted; give --key or --passphrase-file")),
        (true, Some(means)) => means,
    };
    from.rewind()?;
    let plain = Plain::in_directory(directory)?;
    let mut to = BufWriter::new(private_file(&plain.0)?);
    trialway_sealing::open(&mut BufReader::new(from), &mut to, means)
        .map_err(|error| crate::input::bad(&name, error))?;
    to.flush()?;
    Ok(Some(plain))
}

/// Restores, and makes the index anew.
pub fn restore(arguments: &Restore, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let means = means(arguments.key.as_deref(), arguments.passphrase_file.as_deref())?;
    let opened = opened(&arguments.file, &data_dir.path, means.as_ref())?;
    let file = opened.as_ref().map_or(&arguments.file, |plain| &plain.0);
    runtime()?.block_on(async {
        let checked = Store::check_backup(file, &data_dir.path, arguments.replace).await?;
        // Without an index, whichever store is there is indexed anew by whoever opens it next.
        Search::remove(&data_dir.path)?;
        checked.put_in_place().await?;
        index_anew(data_dir, arguments.quiet, out).await
    })
}

/// Makes the index anew from the store alone.
pub fn reindex(arguments: &Reindex, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    has_store(data_dir)?;
    runtime()?.block_on(index_anew(data_dir, arguments.quiet, out))
}

async fn index_anew(data_dir: &DataDir, is_quiet: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = Store::open(&data_dir.path).await?;
    // What the index lacks is noted before it goes: whoever comes after an interruption makes the rest.
    store.reindex_all().await?;
    Search::remove(&data_dir.path)?;
    bring_up_to_date(&store, &data_dir.path, is_quiet).await?;
    writeln!(out, "{} studies indexed", store.count().await?)?;
    store.close().await;
    Ok(())
}
