//! Browser tests in Chromium against the release build.

use crate::steps::{present, run};
use crate::tidy;
use std::process::Command;

/// The release build.
pub fn binary() -> String {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    tidy::root().join(target).join("release/trialway").display().to_string()
}

/// Whether the tests can run here; with `install`, makes it so by the system's packages.
pub fn ready(install: bool) -> bool {
    let have = || present("node", "--version") && present("npm", "--version") && chromium().is_some();
    if !have() && install {
        let _ = run("install the browser", "apt-get", &["update"]);
        // Only what is missing: another source's node stands in the way of the system's npm.
        let missing = [
            ("nodejs", !present("node", "--version")),
            ("npm", !present("npm", "--version")),
            ("chromium", chromium().is_none()),
        ];
        let mut packages = vec!["install", "-y", "--no-install-recommends"];
        packages.extend(missing.iter().filter(|(_, lacks)| *lacks).map(|(name, _)| *name));
        // A mirror that stumbles once is asked again.
        let _ = run("install the browser", "apt-get", &packages) || run("install the browser", "apt-get", &packages);
    }
    have()
}

fn chromium() -> Option<String> {
    let named = std::env::var("CHROMIUM").ok();
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(str::to_owned);
    named.into_iter().chain(usual).find(|path| std::path::Path::new(path).exists())
}

/// Runs the tests; with `pictures`, screenshots into that folder.
pub fn run_with(pictures: Option<&str>) -> bool {
    let folder = tidy::root().join("e2e");
    let installed = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder)
        .status()
        .is_ok_and(|status| status.success());
    if !installed {
        println!("the browser tests' own packages could not be installed by npm");
        return false;
    }
    let script = folder.join("run.mjs").display().to_string();
    let (binary, corpus) = (binary(), tidy::root().join("corpus").display().to_string());
    let mut arguments = vec![script.as_str(), binary.as_str(), corpus.as_str()];
    if let Some(folder) = pictures {
        arguments.extend(["--screenshots", folder]);
    }
    if let Some(chromium) = chromium() {
        println!("browser: {chromium}");
        return Command::new("node")
            .args(&arguments)
            .env("CHROMIUM", chromium)
            .status()
            .is_ok_and(|status| status.success());
    }
    false
}

/// Builds, then runs the tests.
pub fn run_verb(install: bool, pictures: Option<&str>) -> bool {
    if !ready(install) {
        println!(
            "the browser tests want node 18 or later, npm and chromium; `cargo xtask e2e --install` installs them"
        );
        return false;
    }
    run("release build", "cargo", &["build", "--release", "--package", "trialway-cli"]) && run_with(pictures)
}
