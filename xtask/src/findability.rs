//! `cargo xtask findability TSV DATA_DIR BINARY`: how often a search finds, among its first ten, a study that should be found.
//!
//! The program is given the queries alone; what should be found is read here.

use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::process::Command;

/// A query with what it should find.
struct Row {
    id: String,
    kind: String,
    query: String,
    relevant: BTreeSet<String>,
    split: String,
}

/// The ways of searching that are compared.
const WAYS: [(&str, &[&str]); 3] = [
    ("search", &[]),
    ("BM25, fields alike", &["--baseline", "bm25"]),
    ("BM25, fields weighted", &["--baseline", "bm25-weighted"]),
];

/// Prints the table; false where something cannot be read or run. `--misses` lists the queries of the split `dev` that find nothing.
pub fn run_verb(arguments: &[String]) -> bool {
    let lists_misses = arguments.iter().any(|word| word == "--misses");
    let files: Vec<&String> = arguments.iter().filter(|word| !word.starts_with("--")).collect();
    let [table, store, binary] = files.as_slice() else {
        eprintln!(
            "give three: TSV DATA_DIR BINARY, such as docs/evaluation/findability.tsv data target/release/trialway"
        );
        return false;
    };
    match measure(table, store, binary, lists_misses) {
        Ok(text) => {
            print!("{text}");
            true
        }
        Err(error) => {
            eprintln!("{error:#}");
            false
        }
    }
}

fn rows(table: &str) -> anyhow::Result<Vec<Row>> {
    let text = std::fs::read_to_string(table).with_context(|| format!("{table} cannot be read"))?;
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    anyhow::ensure!(
        header == ["id", "kind", "lang", "query", "relevant", "split"],
        "{table}: the columns are not id, kind, lang, query, relevant, split"
    );
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, kind, lang, query, relevant, split] = cells.as_slice() else {
            anyhow::bail!("{table}: `{line}` has not six columns");
        };
        let relevant: BTreeSet<String> =
            relevant.split([' ', ',', ';']).filter(|id| !id.is_empty()).map(str::to_owned).collect();
        let kind = if *kind == "foreign" { format!("foreign ({lang})") } else { (*kind).to_owned() };
        Ok(Row { id: (*id).to_owned(), kind, query: (*query).to_owned(), relevant, split: (*split).to_owned() })
    };
    lines.map(row).collect()
}

fn measure(table: &str, store: &str, binary: &str, lists_misses: bool) -> anyhow::Result<String> {
    let rows = rows(table)?;
    let folder = std::env::temp_dir().join(format!("trialway-findability-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (queries, run) = (folder.join("queries.tsv"), folder.join("run.tsv"));
    let lines: Vec<String> = rows.iter().map(|row| format!("{}\t{}", row.id, row.query)).collect();
    std::fs::write(&queries, lines.join("\n"))?;
    let mut ranks: Vec<BTreeMap<String, usize>> = Vec::new();
    for (way, extra) in WAYS {
        let done = Command::new(binary)
            .args(["eval", "find", "--data-dir", store, "--queries"])
            .arg(&queries)
            .arg("--out")
            .arg(&run)
            .args(extra)
            .output()
            .with_context(|| format!("{binary} cannot be run"))?;
        anyhow::ensure!(done.status.success(), "{way}: {}", String::from_utf8_lossy(&done.stderr));
        ranks.push(first_ranks(&rows, &std::fs::read_to_string(&run)?));
    }
    let _ = std::fs::remove_dir_all(&folder);
    let mut out = String::from("| split | kind | queries |");
    for (way, _) in WAYS {
        let _ = write!(out, " {way}: success@10 | MRR |");
    }
    out.push_str("\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    let mut groups: BTreeSet<(String, String)> = BTreeSet::new();
    for row in &rows {
        for split in [row.split.as_str(), "both"] {
            for kind in [row.kind.as_str(), "all"] {
                groups.insert((split.to_owned(), kind.to_owned()));
            }
        }
    }
    for (split, kind) in groups {
        let of: Vec<&Row> = rows
            .iter()
            .filter(|row| (split == "both" || row.split == split) && (kind == "all" || row.kind == kind))
            .collect();
        let _ = write!(out, "| {split} | {kind} | {} |", of.len());
        for ranks in &ranks {
            let n = of.len().max(1) as f64;
            let found = of.iter().filter(|row| ranks.get(&row.id).is_some_and(|rank| *rank <= 10)).count() as f64;
            let reciprocal: f64 = of.iter().filter_map(|row| ranks.get(&row.id)).map(|rank| 1.0 / *rank as f64).sum();
            let _ = write!(out, " {:.3} | {:.3} |", found / n, reciprocal / n);
        }
        out.push('\n');
    }
    if lists_misses {
        let own = ranks.first();
        for row in rows.iter().filter(|row| row.split == "dev") {
            let rank = own.and_then(|ranks| ranks.get(&row.id));
            if rank.is_none_or(|rank| *rank > 10) {
                let _ =
                    writeln!(out, "{} ({}): {} [first at {}]", row.id, row.kind, row.query, rank.copied().unwrap_or(0));
            }
        }
    }
    Ok(out)
}

/// The rank of the first study that should be found, by query; none among the first fifty is none.
fn first_ranks(rows: &[Row], run: &str) -> BTreeMap<String, usize> {
    let relevant: BTreeMap<&str, &BTreeSet<String>> = rows.iter().map(|row| (row.id.as_str(), &row.relevant)).collect();
    let mut out: BTreeMap<String, usize> = BTreeMap::new();
    for line in run.lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(study), Some(rank)) = (cells.next(), cells.next(), cells.next()) else { continue };
        let Ok(rank) = rank.parse::<usize>() else { continue };
        if relevant.get(id).is_some_and(|ids| ids.contains(study)) {
            let best = out.entry(id.to_owned()).or_insert(rank);
            *best = rank.min(*best);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_study_that_should_be_found_counts() {
        let relevant = ["B", "C"].map(str::to_owned).into();
        let rows =
            [Row { id: "q".to_owned(), kind: String::new(), query: String::new(), relevant, split: String::new() }];
        let ranks = first_ranks(&rows, "q\tA\t1\nq\tC\t2\nq\tB\t3\nother\tB\t1\n");
        assert_eq!(ranks.get("q"), Some(&2));
        assert_eq!(ranks.len(), 1);
    }
}
