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
