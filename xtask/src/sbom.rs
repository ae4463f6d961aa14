//! A bill of materials of the program: every crate that is compiled in, with version, licence and hash.
//!
//! **Source**: CycloneDX 1.6, JSON (ECMA-424); package URLs of the type `cargo`.

use crate::tidy::root;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// The crate whose program is shipped.
const PROGRAM: &str = "trialway-cli";

/// Writes it to a file, or to the standard output.
pub fn run_verb(file: Option<&str>) -> bool {
    let Some(bom) = metadata().as_ref().and_then(|metadata| bill(metadata, &checksums())) else {
        eprintln!("`cargo metadata --locked` gives nothing that can be read");
        return false;
    };
    let text = format!("{bom:#}\n");
    match file {
        None => {
            print!("{text}");
            true
        }
        Some(file) => {
            std::fs::write(file, text).map_err(|error| eprintln!("{file}: cannot be written ({error})")).is_ok()
        }
    }
}

fn metadata() -> Option<Value> {
    let output =
        Command::new("cargo").args(["metadata", "--format-version", "1", "--locked"]).current_dir(root()).output();
    serde_json::from_slice(&output.ok()?.stdout).ok()
}

/// SHA-256 of each package, by name and version, as the lock file has it.
fn checksums() -> BTreeMap<(String, String), String> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap_or_default();
    let mut out = BTreeMap::new();
    for package in lock.split("[[package]]") {
        let field = |name: &str| {
            let line = package.lines().find(|line| line.starts_with(&format!("{name} = ")))?;
            line.split('"').nth(1).map(str::to_owned)
        };
        if let (Some(name), Some(version), Some(sum)) = (field("name"), field("version"), field("checksum")) {
            out.insert((name, version), sum);
        }
    }
    out
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Crates that `id` is built with: not those of its tests.
fn needs(node: &Value) -> Vec<&str> {
    let is_used = |dependency: &&Value| list(dependency, "dep_kinds").any(|kind| text(kind, "kind") != "dev");
    list(node, "deps").filter(is_used).map(|dependency| text(dependency, "pkg")).collect()
}

fn purl(package: &Value) -> String {
    format!("pkg:cargo/{}@{}", text(package, "name"), text(package, "version"))
}

fn component(package: &Value, kind: &str, sums: &BTreeMap<(String, String), String>) -> Value {
    let mut out = json!({
        "type": kind,
        "bom-ref": purl(package),
        "name": text(package, "name"),
        "version": text(package, "version"),
        "purl": purl(package),
    });
    let licence = text(package, "license").replace('/', " OR ");
    if !licence.is_empty() {
        out["licenses"] = json!([{ "expression": licence }]);
    }
    let key = (text(package, "name").to_owned(), text(package, "version").to_owned());
    if let Some(sum) = sums.get(&key) {
        out["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
    }
    out
}

fn bill(metadata: &Value, sums: &BTreeMap<(String, String), String>) -> Option<Value> {
    let packages: BTreeMap<&str, &Value> =
        list(metadata, "packages").map(|package| (text(package, "id"), package)).collect();
    let nodes: BTreeMap<&str, &Value> =
        list(metadata.get("resolve")?, "nodes").map(|node| (text(node, "id"), node)).collect();
    let (start, program) = packages.iter().find(|(_, package)| text(package, "name") == PROGRAM)?;
    let (mut seen, mut waiting) = (BTreeSet::from([*start]), vec![*start]);
    let mut links = Vec::new();
    while let Some(id) = waiting.pop() {
        let needed = nodes.get(id).map(|node| needs(node)).unwrap_or_default();
        let purls: BTreeSet<String> = needed.iter().filter_map(|id| packages.get(id)).map(|one| purl(one)).collect();
        links.push((purl(packages.get(id)?), purls));
        waiting.extend(needed.into_iter().filter(|id| seen.insert(id)));
    }
    links.sort();
    let parts: Vec<Value> = seen
        .iter()
        .filter(|id| *id != start)
        .filter_map(|id| packages.get(id))
        .map(|package| component(package, "library", sums))
        .collect();
    let links: Vec<Value> = links.into_iter().map(|(from, to)| json!({ "ref": from, "dependsOn": to })).collect();
    Some(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": component(program, "application", sums) },
        "components": parts,
        "dependencies": links,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the schema demands of a bill: required fields, kinds of values, references that lead somewhere and are unique.
    #[test]
    fn the_bill_is_as_the_schema_wants_it() {
        let bom = bill(&metadata().unwrap(), &checksums()).unwrap();
        assert_eq!((text(&bom, "bomFormat"), text(&bom, "specVersion")), ("CycloneDX", "1.6"));
        assert_eq!(bom.get("version"), Some(&json!(1)));
        let own = bom.pointer("/metadata/component").unwrap();
        assert_eq!((text(own, "type"), text(own, "name")), ("application", PROGRAM));
        let mut references = BTreeSet::from([text(own, "bom-ref")]);
        let mut n_hashed = 0;
        for part in list(&bom, "components") {
            assert_eq!(text(part, "type"), "library");
            assert!(!text(part, "name").is_empty() && !text(part, "version").is_empty(), "{part}");
            assert!(text(part, "purl").starts_with("pkg:cargo/"), "{part}");
            assert!(references.insert(text(part, "bom-ref")), "twice: {part}");
            let licence = part.pointer("/licenses/0/expression").and_then(Value::as_str).unwrap_or_default();
            assert!(!licence.is_empty() && !licence.contains('/'), "{part}");
            for hash in list(part, "hashes") {
                let content = text(hash, "content");
                assert!(text(hash, "alg") == "SHA-256" && content.len() == 64, "{part}");
                assert!(content.chars().all(|c| c.is_ascii_hexdigit()), "{part}");
                n_hashed += 1;
            }
            assert!(text(part, "name").starts_with("trialway-") || part.get("hashes").is_some(), "no hash: {part}");
        }
        assert!(n_hashed > 100, "{n_hashed}");
        for link in list(&bom, "dependencies") {
            assert!(references.contains(text(link, "ref")), "{link}");
            assert!(list(link, "dependsOn").filter_map(Value::as_str).all(|to| references.contains(to)), "{link}");
        }
        assert!(references.contains("pkg:cargo/trialway-matching@0.1.0"));
        assert!(!references.iter().any(|one| one.contains("/proptest@")), "what only tests use is not shipped");
    }
}
