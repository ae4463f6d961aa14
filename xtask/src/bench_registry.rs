//! How long a whole registry takes to read, store and index, how much memory and how much room.

use crate::steps::run;
use crate::{e2e, tidy};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The sizes that are measured where none are named.
const SIZES: [u64; 3] = [10_000, 100_000, 600_000];

/// One run of a command.
struct Ran {
    seconds: f64,
    user_seconds: f64,
    peak_mb: f64,
}

/// One line of the table.
struct Measured {
    n_studies: u64,
    json_bytes: u64,
    first: Ran,
    again: Ran,
    reindexed: Ran,
    store_bytes: u64,
    index_bytes: u64,
}

/// Makes, ingests, ingests again, makes the index anew; prints one table. Everything it wrote is deleted.
///
/// **Shape**: numbers of invented studies; `--also FILE` (again for more) ingests the studies of a file packed by gzip with them, `--binary FILE`
/// measures that program instead of the release build, and `--keep FOLDER` leaves the last store there, for `bench-match --store` and the
/// bench of the search.
pub fn run_verb(arguments: &[String]) -> bool {
    let (mut sizes, mut also) = (Vec::new(), Vec::new());
    let (mut binary, mut keep) = (None, None);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--binary" {
            binary = words.next().map(PathBuf::from);
        } else if word == "--keep" {
            keep = words.next().map(PathBuf::from);
        } else if word == "--also" {
            also.extend(words.next().cloned());
        } else if let Ok(size) = word.parse() {
            sizes.push(size);
        } else {
            println!(
                "`{word}` is no number of studies; write `cargo xtask bench-registry [N...] [--also FILE]... [--keep FOLDER] [--binary FILE]`"
            );
            return false;
        }
    }
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    let binary = match binary {
        Some(binary) => binary.display().to_string(),
        None => {
            if !run("release build", "cargo", &["build", "--release", "--package", "trialway-cli"]) {
                return false;
            }
            e2e::binary()
        }
    };
    if let Some(kept) = keep.as_ref().filter(|kept| kept.exists()) {
        println!("{} is there already; name a folder that is not, for `--keep`", kept.display());
        return false;
    }
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let folder = tidy::root().join(target).join("bench-registry");
    let mut rows = Vec::new();
    for (at, &size) in sizes.iter().enumerate() {
        let _ = fs::remove_dir_all(&folder);
        let measured = fs::create_dir_all(&folder)
            .map_err(|error| error.to_string())
            .and_then(|()| measure(&binary, &folder, size, &also));
        let is_last = at + 1 == sizes.len();
        if let (Some(kept), Ok(_), true) = (&keep, &measured, is_last)
            && let Err(error) = fs::rename(folder.join("store"), kept)
        {
            println!("the store could not be kept in {}: {error}", kept.display());
            return false;
        }
        let _ = fs::remove_dir_all(&folder);
        match measured {
            Ok(row) => rows.push(row),
            Err(error) => {
                println!("{size} studies could not be measured: {error}");
                return false;
            }
        }
    }
    print(&rows);
    true
}

fn measure(binary: &str, folder: &Path, n_invented: u64, also: &[String]) -> Result<Measured, String> {
    let (studies, store) = (folder.join("studies.ndjson"), folder.join("store"));
    let (studies, store) = (studies.display().to_string(), store.display().to_string());
    let number = n_invented.to_string();
    timed(binary, &["demo-registry", "--studies", &number, "--seed", "1", "--out", &studies], folder)?;
    let mut n_studies = n_invented;
    let mut json_bytes = fs::metadata(&studies).map_err(|error| error.to_string())?.len();
    for file in also {
        let (lines, bytes) = unpacked(file)?;
        n_studies += lines;
        json_bytes += bytes;
    }
    let mut ingest = vec!["ingest", "--quiet", &studies, "--data-dir", &store];
    ingest.extend(also.iter().map(String::as_str));
    let first = timed(binary, &ingest, folder)?;
    let (store_bytes, index_bytes) = sizes(Path::new(&store));
    let again = timed(binary, &ingest, folder)?;
    if sizes(Path::new(&store)) != (store_bytes, index_bytes) {
        println!("{n_invented} invented studies: the second ingest changed the size of the store");
    }
    // Room for the index that is made anew.
    fs::remove_file(&studies).map_err(|error| error.to_string())?;
    let reindexed = timed(binary, &["reindex", "--quiet", "--data-dir", &store], folder)?;
    Ok(Measured { n_studies, json_bytes, first, again, reindexed, store_bytes, index_bytes })
}

/// Lines and bytes of a file packed by gzip, as `gzip -dc` writes them out.
fn unpacked(file: &str) -> Result<(u64, u64), String> {
    let mut gzip = Command::new("gzip")
        .args(["-dc", file])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("gzip is needed ({error}); install the package `gzip`"))?;
    let (mut lines, mut bytes) = (0, 0);
    let mut reader = BufReader::new(gzip.stdout.take().ok_or("gzip writes nothing")?);
    loop {
        let part = reader.fill_buf().map_err(|error| error.to_string())?;
        if part.is_empty() {
            break;
        }
        lines += part.iter().filter(|&&byte| byte == b'\n').count() as u64;
        bytes += part.len() as u64;
        let n = part.len();
        reader.consume(n);
    }
    let status = gzip.wait().map_err(|error| error.to_string())?;
    if status.success() {
        Ok((lines, bytes))
    } else {
        Err(format!("{file} could not be unpacked; name a file packed by gzip for `--also`"))
    }
}

/// Runs to the end, with its user time and peak memory as GNU time tells them.
fn timed(binary: &str, arguments: &[&str], folder: &Path) -> Result<Ran, String> {
    let report = folder.join("time");
    let start = Instant::now();
    let done = Command::new("/usr/bin/time")
        .args(["-f", "%U %M", "-o"])
        .arg(&report)
        .arg(binary)
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("GNU time is needed ({error}); install the package `time`"))?;
    if !done.success() {
        return Err(format!("`{}` failed", arguments.join(" ")));
    }
    let told = fs::read_to_string(&report).map_err(|error| error.to_string())?;
    let mut numbers = told.split_whitespace().map(|word| word.parse::<f64>().unwrap_or(f64::NAN));
    Ok(Ran {
        seconds: start.elapsed().as_secs_f64(),
        user_seconds: numbers.next().unwrap_or(f64::NAN),
        peak_mb: numbers.next().unwrap_or(f64::NAN) / 1024.0,
    })
}

/// Bytes of the store's files and of the index's.
fn sizes(store: &Path) -> (u64, u64) {
    let (mut own, mut index) = (0, 0);
    for entry in fs::read_dir(store).into_iter().flatten().flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_file() {
            own += metadata.len();
        } else {
            let files = fs::read_dir(entry.path()).into_iter().flatten().flatten();
            index += files.filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum::<u64>();
        }
    }
    (own, index)
}

fn print(rows: &[Measured]) {
    println!(
        "| studies | JSON, MB | ingest, s (user) | peak, MB | studies a second | again, s (user) | of the first, user | reindex, s (user) | store, MB | index, MB | of the JSON |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for row in rows {
        let mb = |bytes: u64| bytes as f64 / 1e6;
        println!(
            "| {} | {:.0} | {:.1} ({:.1}) | {:.0} | {:.0} | {:.2} ({:.2}) | {:.3} | {:.1} ({:.1}) | {:.0} | {:.0} | {:.2} |",
            row.n_studies,
            mb(row.json_bytes),
            row.first.seconds,
            row.first.user_seconds,
            row.first.peak_mb,
            row.n_studies as f64 / row.first.seconds,
            row.again.seconds,
            row.again.user_seconds,
            row.again.user_seconds / row.first.user_seconds,
            row.reindexed.seconds,
            row.reindexed.user_seconds,
            mb(row.store_bytes),
            mb(row.index_bytes),
            (row.store_bytes + row.index_bytes) as f64 / row.json_bytes as f64
        );
    }
}
