//! Known weaknesses of dependencies, by RustSec's list.
//!
//! `cargo deny` fetches the list by git. Where it cannot be had that is said, and nothing fails: a host that does not answer is no weakness.

use crate::steps::cargo_has;
use crate::tidy::root;
use serde_json::Value;
use std::process::Command;

/// What `cargo deny` found.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// No dependency is on the list.
    Nothing,
    /// What is, one line each.
    Weak(Vec<String>),
    /// The list could not be had, and why.
    NotLookedUp(String),
}

/// Says what is found; false where a dependency is on the list.
pub fn check() -> bool {
    println!("\n== advisories");
    if !cargo_has("deny") {
        println!("not looked up for want of cargo-deny; `cargo install cargo-deny --locked` brings it");
        return true;
    }
    let output =
        Command::new("cargo").args(["deny", "--format", "json", "check", "advisories"]).current_dir(root()).output();
    let Ok(output) = output else {
        println!("cargo deny cannot be started");
        return false;
    };
    match judge(output.status.success(), &String::from_utf8_lossy(&output.stderr)) {
        Found::Nothing => {
            println!("no dependency is on RustSec's list");
            true
        }
        Found::Weak(lines) => {
            for line in lines {
                println!("{line}");
            }
            false
        }
        Found::NotLookedUp(why) => {
            println!("NOT looked up: {why}");
            println!(
                "nothing is known against the dependencies, and nothing for them; run `cargo deny check advisories` where the list can be fetched"
            );
            true
        }
    }
}

/// Reads the lines of JSON that `cargo deny` writes.
fn judge(succeeded: bool, said: &str) -> Found {
    let lines: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let of = |kind: &'static str| {
        lines
            .iter()
            .filter(move |line| line.get("type").and_then(Value::as_str) == Some(kind))
            .filter_map(|line| line.get("fields"))
    };
    let text = |fields: &Value, path: &str| fields.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    let weak: Vec<String> = of("diagnostic")
        .filter(|fields| text(fields, "/severity") == "error")
        .map(|fields| {
            let (id, package) = (text(fields, "/advisory/id"), text(fields, "/advisory/package"));
            match id.is_empty() {
                true => text(fields, "/message"),
                false => format!("{package}: {id} {}", text(fields, "/advisory/title")),
            }
        })
        .collect();
    if !weak.is_empty() {
        return Found::Weak(weak);
    }
    let fault = of("log").find(|fields| text(fields, "/level") == "ERROR").map(|fields| text(fields, "/message"));
    match fault {
        Some(message) if !succeeded && message.contains("advisory database") => {
            Found::NotLookedUp(message.lines().last().unwrap_or_default().to_owned())
        }
        _ if succeeded => Found::Nothing,
        other => Found::Weak(vec![other.unwrap_or_else(|| "cargo deny failed and does not say why".to_owned())]),
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, judge};

    // What cargo-deny 0.20.2 writes, shortened.
    const NO_HOST: &str = r#"{"fields":{"level":"ERROR","message":"failed to fetch advisory database https://github.com/RustSec/advisory-db with cli: failed to clone: [\"clone\"]\nCloning into 'x'...\nfatal: unable to access 'https://github.com/RustSec/advisory-db/': Could not resolve host: github.com\n","timestamp":"2026-11-30T09:37:56Z"},"type":"log"}"#;
    const WEAK: &str = r#"{"fields":{"advisory":{"id":"RUSTSEC-2099-0001","package":"ring","title":"A made-up weakness"},"code":"vulnerability","message":"A made-up weakness","severity":"error"},"type":"diagnostic"}
{"fields":{"advisories":{"errors":1,"helps":0,"notes":0,"warnings":0}},"type":"summary"}"#;
    const WELL: &str = r#"{"fields":{"advisories":{"errors":0,"helps":0,"notes":0,"warnings":0}},"type":"summary"}"#;
    const BAD_FILE: &str = r#"{"fields":{"level":"ERROR","message":"failed to validate configuration file deny.toml","timestamp":"2026-11-30T09:37:56Z"},"type":"log"}"#;

    #[test]
    fn a_list_that_cannot_be_had_is_no_weakness_and_a_weakness_is_one() {
        let Found::NotLookedUp(why) = judge(false, NO_HOST) else { panic!() };
        assert!(why.contains("Could not resolve host"), "{why}");
        assert_eq!(judge(true, WELL), Found::Nothing);
        assert_eq!(judge(false, WEAK), Found::Weak(vec!["ring: RUSTSEC-2099-0001 A made-up weakness".to_owned()]));
        // Both at once: what was found counts.
        assert!(matches!(judge(false, &format!("{NO_HOST}\n{WEAK}")), Found::Weak(_)));
        assert!(matches!(judge(false, BAD_FILE), Found::Weak(_)), "our own file is wrong");
        assert!(matches!(judge(false, "thread panicked"), Found::Weak(_)));
    }
}
