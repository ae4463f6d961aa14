//! The steps of `test` and `quick`, each with a heading and the time it took.

use crate::{advisories, e2e, licences, tidy};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Prints breaches; true when there are none.
pub fn report(found: &[String]) -> bool {
    for line in found {
        println!("{line}");
    }
    found.is_empty()
}

pub(crate) fn run(heading: &str, program: &str, arguments: &[&str]) -> bool {
    println!("\n== {heading}: {program} {}", arguments.join(" "));
    let start = Instant::now();
    let done =
        Command::new(program).args(arguments).current_dir(tidy::root()).status().is_ok_and(|status| status.success());
    println!("== {heading}: {} in {:.0} s", if done { "done" } else { "FAILED" }, start.elapsed().as_secs_f64());
    done
}

pub(crate) fn present(program: &str, argument: &str) -> bool {
    Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success())
}

pub(crate) fn cargo_has(verb: &str) -> bool {
    Command::new("cargo").args([verb, "--version"]).output().is_ok_and(|output| output.status.success())
}

/// Format, clippy and tests.
pub fn quick() -> bool {
    let mut good = true;
    if cargo_has("fmt") {
        good &= run("format", "cargo", &["fmt", "--all", "--check"]);
    }
    if cargo_has("clippy") {
        good &= run("clippy", "cargo", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    }
    good & run("tests", "cargo", &["test", "--workspace", "--no-fail-fast"])
}

/// Kills of `kills`, and fewer of `test`, where nobody says how many.
pub const MANY_KILLS: &str = "200";
const FEW_KILLS: &str = "24";

/// Kills the server, again and again, while people write, follow and share.
pub fn kills(usual: &str) -> bool {
    let n = std::env::var("TRIALWAY_KILLS").unwrap_or_else(|_| usual.to_owned());
    println!("\n== kills: {n}");
    Command::new("cargo")
        .args([
            "test",
            "--release",
            "--package",
            "trialway-cli",
            "--test",
            "kills",
            "--test",
            "kept",
            "--",
            "--nocapture",
        ])
        .env("TRIALWAY_KILLS", n)
        .current_dir(tidy::root())
        .status()
        .is_ok_and(|status| status.success())
}

/// Everything that CI runs.
pub fn test(install: bool) -> bool {
    let mut skipped: Vec<&str> = Vec::new();
    if !present("python3", "--version") && install {
        let _ = run("install python3", "apt-get", &["update"]);
        let _ = run("install python3", "apt-get", &["install", "-y", "--no-install-recommends", "python3"]);
    }
    for (verb, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !cargo_has(verb) && install {
            let _ = run("install", "rustup", &["component", "add", component]);
        }
        if !cargo_has(verb) {
            skipped.push(component);
        }
    }
    if install && !Path::new("/usr/sbin/smtpd").exists() {
        let quiet = "DEBIAN_FRONTEND=noninteractive";
        let _ = run("install a mail server", "env", &[quiet, "apt-get", "update"]);
        let packages = [quiet, "apt-get", "install", "-y", "--no-install-recommends", "opensmtpd"];
        let _ = run("install a mail server", "env", &packages);
    }
    let mut good = quick();
    println!("\n== licences");
    good &= report(&licences::check());
    if cargo_has("deny") {
        good &= run("licences and sources", "cargo", &["deny", "check", "licenses", "bans", "sources"]);
    }
    good &= advisories::check();
    good &= run("documentation", "cargo", &["doc", "--workspace", "--no-deps", "--quiet"]);
    good &= run("release build", "cargo", &["build", "--release", "--package", "trialway-cli"]);
    good &= kills(FEW_KILLS);
    if e2e::ready(install) {
        println!("\n== browser tests");
        let passed = e2e::run_with(None);
        println!("== browser tests: {}", if passed { "done" } else { "FAILED" });
        good &= passed;
    } else {
        skipped.extend(["node 18 or later, npm and chromium"]);
    }
    let shared = std::env::var("TRIALWAY_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let scorer = format!("{shared}/eval/score_cases.py");
    if !tidy::root().join(Path::new(&scorer)).exists() {
        println!("\n== screening cases: the shared data are not here; left out");
    } else if !present("python3", "--version") {
        skipped.push("python3");
    } else {
        let binary = e2e::binary();
        good &= run(
            "screening cases",
            "python3",
            &[&scorer, &binary, &format!("{shared}/cases"), &format!("{shared}/registry")],
        );
    }
    for tool in &skipped {
        println!("skipped for want of {tool}");
    }
    let ci = std::env::var("CI").is_ok_and(|v| v == "true");
    let done = good && (skipped.is_empty() || !ci);
    println!("\n{}", if done { "all good" } else { "NOT good" });
    done
}
