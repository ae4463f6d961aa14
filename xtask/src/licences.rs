//! Every dependency's licence is one that we may ship.

use crate::tidy::root;
use serde_json::Value;
use std::process::Command;

/// Permissive licences, and one that is so for a library that is not changed.
const ALLOWED: [&str; 17] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "CC0-1.0",
    "BSL-1.0",
    "0BSD",
    "Unlicense",
    "CDLA-Permissive-2.0",
    "bzip2-1.0.6",
    "MPL-2.0",
];

/// Every breach, one line each.
pub fn check() -> Vec<String> {
    let output =
        Command::new("cargo").args(["metadata", "--format-version", "1", "--locked"]).current_dir(root()).output();
    let Ok(metadata) =
        output.map_err(|_| ()).and_then(|output| serde_json::from_slice::<Value>(&output.stdout).map_err(|_| ()))
    else {
        return vec!["`cargo metadata --locked` gives nothing that can be read".to_owned()];
    };
    let mut out = Vec::new();
    for package in metadata.get("packages").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let licence = text("license");
        if !is_allowed(&licence) {
            out.push(format!("{} {}: its licence `{licence}` is not in the list", text("name"), text("version")));
        }
    }
    out
}

/// Whether an SPDX expression can be met: of alternatives one, of joint licences all.
fn is_allowed(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], " ").replace('/', " OR ");
    plain.split(" OR ").any(|choice| {
        choice.split(" AND ").all(|licence| {
            let name = licence.trim().split(" WITH ").next().unwrap_or_default().trim();
            ALLOWED.contains(&name)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{ALLOWED, is_allowed};

    #[test]
    fn the_list_of_cargo_deny_is_the_same() {
        let text = std::fs::read_to_string(crate::tidy::root().join("deny.toml")).unwrap();
        let list = text.split("allow = [").nth(1).unwrap().split(']').next().unwrap();
        let names: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
        assert_eq!(names, ALLOWED);
    }

    #[test]
    fn expressions_are_weighed() {
        for (expression, want) in [
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
            ("GPL-3.0", false),
            ("MIT AND GPL-2.0", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression), want, "{expression}");
        }
    }
}
