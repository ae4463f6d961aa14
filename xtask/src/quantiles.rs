//! `cargo xtask demo-quantiles GENERATED REAL...`: whether generated studies have the lengths and counts of real ones.

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
    println!("generated (real); {}", if within { "all within 10 %, or one" } else { "some differ by more than 10 %" });
    Ok(within)
}

fn measure(files: &[String]) -> anyhow::Result<Vec<Vec<usize>>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new(); MEASURES.len()];
    for file in files {
        let bytes = std::fs::read(Path::new(file)).with_context(|| format!("cannot read {file}"))?;
        let mut lines = String::new();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut lines)?;
        } else {
            lines = String::from_utf8(bytes)?;
        }
        for line in lines.lines() {
            let record: Value = serde_json::from_str(line)?;
            for ((_, of), values) in MEASURES.iter().zip(all.iter_mut()) {
                values.extend(of(&record));
            }
        }
    }
    all.iter_mut().for_each(|values| values.sort_unstable());
    Ok(all)
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
