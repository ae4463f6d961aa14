//! `cargo xtask demo-quantiles GENERATED REAL...`: whether generated studies have the lengths, counts and shapes of real ones.

use anyhow::Context;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// At which shares of the records the values are compared.
const SHARES: [usize; 7] = [5, 10, 25, 50, 75, 90, 95];
/// How far a generated quantile may be from the real one.
const TOLERANCE: f64 = 0.10;

/// What is measured of a record.
type Measure = (&'static str, fn(&Value) -> Option<usize>);

const MEASURES: [Measure; 6] = [
    ("bytes of criteria", |record| text(record).map(str::len)),
    ("criteria", |record| text(record).map(|text| count(&trialway_criteria::parse(text).value.criteria))),
    ("bytes of a full record", |record| {
        is_full(record).then(|| serde_json::to_string(record).map_or(0, |text| text.len()))
    }),
    ("outcomes of a full record", |record| {
        is_full(record).then(|| {
            list(record, "/protocolSection/outcomesModule/primaryOutcomes")
                + list(record, "/protocolSection/outcomesModule/secondaryOutcomes")
        })
    }),
    ("sites of a full record", |record| {
        is_full(record).then(|| list(record, "/protocolSection/contactsLocationsModule/locations"))
    }),
    ("keywords of a full record", |record| {
        is_full(record).then(|| list(record, "/protocolSection/conditionsModule/keywords"))
    }),
];

/// What share of texts, or of criteria, is written so.
type Shape = (&'static str, fn(&str) -> bool);

/// Of texts.
const OF_TEXTS: [Shape; 6] = [
    ("texts with bullets `*`", |text| lines(text, |line| line.starts_with("* "))),
    ("texts with bullets `-`", |text| lines(text, |line| line.starts_with("- "))),
    ("texts with numbers", |text| {
        lines(text, |line| {
            let rest = line.trim_start_matches(['*', ' ']).trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() < line.trim_start_matches(['*', ' ']).len()
                && rest.trim_start_matches('\\').starts_with(['.', ')'])
        })
    }),
    ("texts with a heading of inclusion", |text| lines(text, |line| starts(line, "inclusion criteria"))),
    ("texts with a heading of exclusion", |text| lines(text, |line| starts(line, "exclusion criteria"))),
    ("texts with lists in lists", |text| {
        lines(text, |line| line.starts_with("   ") && line.trim_start().starts_with("* "))
    }),
];

/// Of criteria.
const OF_CRITERIA: [Shape; 9] = [
    ("criteria with a bracket", |text| text.contains('(')),
    ("criteria with examples", |text| holds(text, &["e.g", "such as", "including", "for example"])),
    ("criteria with an exception", |text| holds(text, &["except", "unless", "other than", "excluding"])),
    ("criteria with a window", |text| holds(text, &["within ", "prior to", "in the last", "before "])),
    ("criteria with a sign", |text| text.contains(['<', '>', '≤', '≥', '='])),
    ("criteria with a number", |text| text.contains(|c: char| c.is_ascii_digit())),
    ("criteria with `or`", |text| holds(text, &[" or ", "/"])),
    ("criteria with `and`", |text| holds(text, &[" and "])),
    ("criteria of several sentences", |text| text.contains(". ") || text.contains("; ")),
];

fn lines(text: &str, is_so: impl Fn(&str) -> bool) -> bool {
    text.lines().any(|line| is_so(line.strip_prefix("        ").map_or(line, str::trim_start)))
}

fn starts(line: &str, words: &str) -> bool {
    line.trim_start().to_ascii_lowercase().starts_with(words)
}

fn holds(text: &str, words: &[&str]) -> bool {
    let lower = text.to_ascii_lowercase();
    words.iter().any(|word| lower.contains(word))
}

/// Runs the verb: prints the table; false where a length or count differs by more than a tenth.
pub fn run_verb(files: &[String]) -> bool {
    let Some((generated, real)) = files.split_first().filter(|(_, real)| !real.is_empty()) else {
        eprintln!(
            "give the generated file, then the real ones: cargo xtask demo-quantiles demo.ndjson ../shared/trials/*.ndjson.gz"
        );
        return false;
    };
    match compare(generated, real) {
        Ok(within) => within,
        Err(error) => {
            eprintln!("{error:#}");
            false
        }
    }
}

fn compare(generated: &str, real: &[String]) -> anyhow::Result<bool> {
    let invented = measure(std::slice::from_ref(&generated.to_owned()))?;
    let found = measure(real)?;
    let mut within = true;
    println!("{:<28}{}", "", SHARES.map(|share| format!("{share:>16} %")).concat());
    for ((name, _), (ours, theirs)) in MEASURES.iter().zip(invented.iter().zip(&found)) {
        let mut line = format!("{name:<28}");
        for share in SHARES {
            let (a, b) = (at(ours, share), at(theirs, share));
            let differs = (a as f64 - b as f64).abs();
            // Counts move by whole steps.
            within &= differs <= (b as f64 * TOLERANCE).max(1.0);
            line.push_str(&format!("{:>18}", format!("{a} ({b})")));
        }
        println!("{line}");
    }
    println!("\n{:<38}{:>12}{:>10}", "shape", "generated", "real");
    let (ours, theirs) = (shapes(std::slice::from_ref(&generated.to_owned()))?, shapes(real)?);
    for ((name, _), (a, b)) in OF_TEXTS.iter().chain(&OF_CRITERIA).zip(ours.iter().zip(&theirs)) {
        // Rare shapes are held to three in a hundred of all.
        let near = (a - b).abs() <= (b * TOLERANCE).max(0.03);
        within &= near;
        println!("{name:<38}{:>11.1}%{:>9.1}%{}", a * 100.0, b * 100.0, if near { "" } else { "  differs" });
    }
    println!("generated (real); {}", if within { "all within 10 %, or one" } else { "some differ by more than 10 %" });
    Ok(within)
}

/// The share of each shape.
fn shapes(files: &[String]) -> anyhow::Result<Vec<f64>> {
    let (mut of_texts, mut of_criteria) = ([0_usize; OF_TEXTS.len()], [0_usize; OF_CRITERIA.len()]);
    let (mut n_texts, mut n_criteria) = (0_usize, 0_usize);
    each(files, |record| {
        let Some(text) = text(record).filter(|text| !text.trim().is_empty()) else { return };
        n_texts += 1;
        for ((_, is_so), n) in OF_TEXTS.iter().zip(&mut of_texts) {
            *n += usize::from(is_so(text));
        }
        let tree = trialway_criteria::parse(text).value;
        let mut open: Vec<&trialway_criteria::Criterion> = tree.criteria.iter().collect();
        while let Some(criterion) = open.pop() {
            n_criteria += 1;
            for ((_, is_so), n) in OF_CRITERIA.iter().zip(&mut of_criteria) {
                *n += usize::from(is_so(criterion.own.text()));
            }
            open.extend(&criterion.children);
        }
    })?;
    let share = |n: &usize, of: usize| *n as f64 / of.max(1) as f64;
    Ok(of_texts.iter().map(|n| share(n, n_texts)).chain(of_criteria.iter().map(|n| share(n, n_criteria))).collect())
}

fn measure(files: &[String]) -> anyhow::Result<Vec<Vec<usize>>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new(); MEASURES.len()];
    each(files, |record| {
        for ((_, of), values) in MEASURES.iter().zip(all.iter_mut()) {
            values.extend(of(record));
        }
    })?;
    all.iter_mut().for_each(|values| values.sort_unstable());
    Ok(all)
}

/// Calls `take` for each record of the files.
fn each(files: &[String], mut take: impl FnMut(&Value)) -> anyhow::Result<()> {
    for file in files {
        let bytes = std::fs::read(Path::new(file)).with_context(|| format!("cannot read {file}"))?;
        let mut lines = String::new();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut lines)?;
        } else {
            lines = String::from_utf8(bytes)?;
        }
        for line in lines.lines() {
            take(&serde_json::from_str(line)?);
        }
    }
    Ok(())
}

fn at(values: &[usize], share: usize) -> usize {
    values.get(values.len() * share / 100).copied().unwrap_or(0)
}

fn text(record: &Value) -> Option<&str> {
    record.pointer("/protocolSection/eligibilityModule/eligibilityCriteria")?.as_str()
}

/// Whether the record is whole, as the registry gives it.
fn is_full(record: &Value) -> bool {
    record.get("hasResults").is_some() && record.pointer("/protocolSection/statusModule").is_some()
}

fn list(record: &Value, path: &str) -> usize {
    record.pointer(path).and_then(Value::as_array).map_or(0, Vec::len)
}

fn count(criteria: &[trialway_criteria::Criterion]) -> usize {
    criteria.iter().map(|criterion| 1 + count(&criterion.children)).sum()
}
