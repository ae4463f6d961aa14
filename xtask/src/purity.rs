//! Invariants of `docs/architecture.md` that the source itself can be asked about.

use crate::tidy::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that read and decide: the same input gives the same output.
const PURE: &[&str] = &[
    "diagnostics",
    "units",
    "terminology",
    "study",
    "patient",
    "derived",
    "criteria",
    "eligibility",
    "matching",
    "note",
    "ranking",
    "cohort",
    "history",
    "enquiry",
    "outbox",
    "accounts",
    "sealing",
    "asking",
    "vault",
];

/// What a pure crate may not name: clocks, files, networks, randomness, and maps whose order is random.
const IMPURE: [&str; 13] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "rand::",
    "HashMap",
    "HashSet",
    "static mut",
    "thread_local!",
];

/// Files whose hash maps are only looked up, so that their order shows nowhere.
const LOOKED_UP: [&str; 7] = [
    "crates/terminology/src/context.rs",
    "crates/terminology/src/wording.rs",
    "crates/units/src/spelling.rs",
    "crates/terminology/src/load.rs",
    "crates/eligibility/src/lexicon.rs",
    "crates/matching/src/compiled/index.rs",
    "crates/matching/src/compiled/questions.rs",
];

/// Every breach, one line each.
pub fn check() -> Vec<String> {
    let mut out = purity();
    out.extend(wording_only());
    out.extend(no_patient_no_parser());
    out.extend(one_polarity());
    out.extend(tables_once());
    out.extend(plain_templates());
    out
}

/// Source files of a crate with their code: no comment lines, nothing below the tests.
fn sources(name: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    collect(&root().join("crates").join(name).join("src"), "rs", &mut files);
    files
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            Some((path, lines.join("\n")))
        })
        .collect()
}

fn collect(folder: &Path, ending: &str, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, ending, out);
        } else if path.extension().is_some_and(|known| known == ending) {
            out.push(path);
        }
    }
    out.sort();
}

fn named(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn naming(name: &str, words: &[&str], why: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (path, code) in sources(name) {
        for word in words.iter().filter(|word| code.contains(**word)) {
            out.push(format!("{}: names `{word}`: {why}", named(&path)));
        }
    }
    out
}

fn purity() -> Vec<String> {
    let mut out: Vec<String> = PURE.iter().flat_map(|name| naming(name, &IMPURE, "the crate must be pure")).collect();
    let hashed = |line: &str| line.contains("`HashMap`") || line.contains("`HashSet`");
    out.retain(|line| !(hashed(line) && LOOKED_UP.iter().any(|file| line.starts_with(file))));
    out
}

fn wording_only() -> Vec<String> {
    let meaning =
        ["trialway_terminology", "trialway_patient", "trialway_eligibility", "trialway_matching", "trialway_study"];
    naming("criteria", &meaning, "`criteria` knows wording only")
}

fn no_patient_no_parser() -> Vec<String> {
    let mut out = naming("eligibility", &["trialway_patient", "trialway_fhir"], "`eligibility` has no patient");
    let parsers = ["trialway_criteria::parse", "criteria::parse(", "trialway_eligibility::lower", "trialway_registry"];
    out.extend(naming("matching", &parsers, "`matching` parses no text"));
    out
}

fn one_polarity() -> Vec<String> {
    let mut out = Vec::new();
    for name in ["matching", "web", "cli", "language"] {
        for (path, code) in sources(name).into_iter().filter(|(path, _)| !path.ends_with("matching/src/verdict.rs")) {
            // Turning a truth into an effect takes a kind and an effect in one expression.
            let turns = code.lines().any(|line| line.contains("Kind::Exclusion") && line.contains("Effect::"));
            if turns {
                out.push(format!("{}: applies polarity; that is `matching::verdict`'s", named(&path)));
            }
        }
    }
    out
}

fn tables_once() -> Vec<String> {
    let mut out = Vec::new();
    for name in ["eligibility", "matching", "language", "web", "cli", "search"] {
        for (path, code) in sources(name).into_iter().filter(|(path, _)| !path.ends_with("eligibility/src/truth.rs")) {
            if code.contains("(Truth::False, _)") || code.contains("(Truth::True, Truth::True)") {
                out.push(format!("{}: spells out a truth table; `truth.rs` has them", named(&path)));
            }
        }
    }
    for name in ["eligibility", "matching", "fhir", "language", "criteria"] {
        // Molar masses and factors stand in the tables of `units` and `terminology`.
        out.extend(naming(name, &["11312", "58466", "113.12", "584.66", "88.4", "17.1"], "a factor of conversion"));
    }
    out
}

fn plain_templates() -> Vec<String> {
    let mut files = Vec::new();
    collect(&root().join("crates/web/templates"), "html", &mut files);
    let mut out = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap_or_default();
        for word in ["Effect::", "Verdict::", "Truth", "Cause::", "concept", "lab:", "Expr", "Policy::"] {
            if text.contains(word) {
                out.push(format!("{}: names `{word}`: pages decide nothing", named(&path)));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(found: &[String]) {
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn the_reading_crates_are_pure() {
        none(&purity());
    }

    #[test]
    fn criteria_knows_wording_only() {
        none(&wording_only());
    }

    #[test]
    fn eligibility_has_no_patient_and_matching_parses_no_text() {
        none(&no_patient_no_parser());
    }

    #[test]
    fn polarity_is_applied_in_one_place() {
        none(&one_polarity());
    }

    #[test]
    fn truth_tables_and_unit_factors_exist_once() {
        none(&tables_once());
    }

    #[test]
    fn templates_name_no_logic() {
        none(&plain_templates());
    }
}
