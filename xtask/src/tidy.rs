//! The rules of the tree, as a test.

use crate::arrows::ARROWS;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest file, in lines.
const LONGEST: usize = 800;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Every breach of a rule, one line each.
pub fn check() -> Vec<String> {
    let mut out = Vec::new();
    let mut files = Vec::new();
    for folder in ["crates", "xtask"] {
        collect(&root().join(folder), &mut files);
    }
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let name = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
        if !text.starts_with("//!") {
            out.push(format!("{name}: the module has no `//!` line"));
        }
        if text.lines().count() > LONGEST {
            out.push(format!("{name}: longer than {LONGEST} lines"));
        }
        if !name.ends_with("tidy.rs") {
            for word in ["todo!(", "unimplemented!(", "dbg!(", "FIXME", "#[ignore"] {
                if text.contains(word) {
                    out.push(format!("{name}: `{word}` is not for committed code"));
                }
            }
        }
    }
    arrows(&mut out);
    lints(&mut out);
    links(&mut out);
    cited_tests(&mut out);
    machine_paths(&mut out);
    out.extend(crate::purity::check());
    out
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out.sort();
}

/// Every crate takes the workspace's lints.
fn lints(out: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(root().join("crates")) else { return };
    for entry in entries.flatten() {
        let manifest = fs::read_to_string(entry.path().join("Cargo.toml")).unwrap_or_default();
        if !manifest.contains("[lints]\nworkspace = true") {
            out.push(format!("crates/{}: does not take the workspace's lints", entry.file_name().to_string_lossy()));
        }
    }
}

/// Files of text that are committed.
fn texts() -> Vec<(String, String)> {
    let listed = std::process::Command::new("git").args(["ls-files"]).current_dir(root()).output();
    let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    listed
        .lines()
        .filter(|name| !name.ends_with(".png") && !name.ends_with(".lock"))
        .filter_map(|name| Some((name.to_owned(), fs::read_to_string(root().join(name)).ok()?)))
        .collect()
}

/// Links of documents lead somewhere.
fn links(out: &mut Vec<String>) {
    for (name, text) in texts().into_iter().filter(|(name, _)| name.ends_with(".md")) {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            let folder = root().join(&name);
            if !folder.parent().is_some_and(|folder| folder.join(path).exists()) {
                out.push(format!("{name}: the link `{target}` leads nowhere"));
            }
        }
    }
}

/// Tests that the invariants cite exist where they are said to be.
fn cited_tests(out: &mut Vec<String>) {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap_or_default();
    let mut n_cited = 0;
    for row in text.lines().filter(|line| line.starts_with("| ") && line.contains(".rs`: `")) {
        for part in row.split("; ").filter(|part| part.contains(".rs`: `")) {
            let mut quoted =
                part.split('`').skip(1).step_by(2).filter(|word| word.contains(".rs") || word.contains('_'));
            let (Some(file), Some(test)) = (quoted.find(|word| word.ends_with(".rs")), quoted.next()) else { continue };
            n_cited += 1;
            let source = fs::read_to_string(root().join(file)).unwrap_or_default();
            if !source.contains(&format!("fn {test}(")) {
                out.push(format!("docs/architecture.md: there is no test `{test}` in {file}"));
            }
        }
    }
    if n_cited < 10 {
        out.push(format!("docs/architecture.md: only {n_cited} invariants cite a test"));
    }
}

/// Nothing names a path of somebody's machine.
fn machine_paths(out: &mut Vec<String>) {
    for (name, text) in texts().into_iter().filter(|(name, _)| !name.ends_with("tidy.rs")) {
        for (at, line) in text.lines().enumerate() {
            if ["/work/", "/home/", "/root/", "/tmp/", "/Users/"].iter().any(|path| line.contains(path)) {
                out.push(format!("{name}, line {}: names a path of a machine", at + 1));
            }
        }
    }
}

fn arrows(out: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(root().join("crates")) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(text) = fs::read_to_string(entry.path().join("Cargo.toml")) else { continue };
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            out.push(format!("crates/{name}: not in the table of arrows"));
            continue;
        };
        let dependencies =
            text.split("[dependencies]").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
        for line in dependencies.lines() {
            if let Some(target) =
                line.trim().strip_prefix("trialway-").and_then(|rest| rest.split(['.', ' ', '=']).next())
                && !allowed.contains(&target)
            {
                out.push(format!("crates/{name}: may not depend on `{target}`"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tree_is_tidy() {
        let found = super::check();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
