//! How long a trial page takes, from a store of 10,000 studies.

use crate::steps::{present, run};
use crate::{e2e, tidy};
use std::fmt::Write;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Distinct studies, each asked for in turn.
const N_STUDIES: usize = 10_000;

/// First number of the studies made for it.
const FIRST: usize = 93_000_000;

/// Measures with wrk, one connection, from the same machine; prints what wrk says.
pub fn pages(install: bool) -> bool {
    if !present("wrk", "-v") && !wrk_is_there() && install {
        let _ = run("install wrk", "apt-get", &["install", "-y", "--no-install-recommends", "wrk"]);
    }
    if !wrk_is_there() {
        println!("this wants wrk; `cargo xtask bench --install` installs it");
        return false;
    }
    if !run("release build", "cargo", &["build", "--release", "--package", "trialway-cli"]) {
        return false;
    }
    let folder = tidy::root()
        .join(std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned()))
        .join("bench-pages");
    let _ = fs::remove_dir_all(&folder);
    match prepare(&folder) {
        Ok(()) => measure(&folder),
        Err(error) => {
            println!("the studies could not be made: {error}");
            false
        }
    }
}

/// wrk answers its version with status 1.
fn wrk_is_there() -> bool {
    Command::new("wrk").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Studies of the corpus under new numbers, and the script that asks for each.
fn prepare(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut paths: Vec<PathBuf> =
        fs::read_dir(tidy::root().join("corpus/registry"))?.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    let mut lines = String::new();
    for (index, path) in paths.iter().cycle().take(N_STUDIES).enumerate() {
        let own = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let record = fs::read_to_string(path)?.replace(own, &format!("NCT{:08}", FIRST + index));
        lines.push_str(&record.replace('\n', " "));
        lines.push('\n');
    }
    fs::write(folder.join("studies.ndjson"), lines)?;
    let mut script = String::from("local at = 0\n");
    let _ = writeln!(
        script,
        "request = function() at = (at + 1) % {N_STUDIES}; return wrk.format(\"GET\", string.format(\"/trials/NCT%08d\", {FIRST} + at)) end"
    );
    fs::write(folder.join("ids.lua"), script)
}

fn measure(folder: &Path) -> bool {
    let binary = e2e::binary();
    let (studies, store) = (folder.join("studies.ndjson"), folder.join("store"));
    let (studies, store) = (studies.display().to_string(), store.display().to_string());
    if !run("ingest", &binary, &["ingest", "--quiet", &studies, "--data-dir", &store]) {
        return false;
    }
    let server = Command::new(&binary)
        .args(["serve", "--addr", "127.0.0.1:0", "--data-dir", &store, "--log", "warn"])
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut server) = server else { return false };
    let first = server.stdout.take().and_then(|out| BufReader::new(out).lines().next()).and_then(Result::ok);
    let address = first.as_deref().and_then(|line| line.split("http://").nth(1)).unwrap_or_default().to_owned();
    let script = folder.join("ids.lua").display().to_string();
    let address = format!("http://{address}");
    // The first run warms the store.
    let done = (0..2)
        .all(|_| run("wrk, from this machine", "wrk", &["-t1", "-c1", "-d20s", "--latency", "-s", &script, &address]));
    let _ = server.kill();
    let _ = server.wait();
    done
}
