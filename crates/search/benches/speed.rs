//! How fast an index answers: `cargo bench --package trialway-search -- DATA_DIR [QUERIES]`.
//!
//! Without a file of queries, a thousand mixed ones are made from what the index offers: names, two names, names cut short, slips, phrases,
//! names with filters and counts. A file has lines `kind<TAB>words`, with the kinds `words`, `phrase` and `filter`; it is the file that
//! `xtask/scripts/search_peers.py` asks other systems with.
//!
//! With `--same` each query is asked the plain way too, which scores every study, and the answers are compared instead of timed.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;
use trialway_search::{Filters, Place, Query, Search};
use trialway_terminology::Terminology;

/// Mixed queries.
const N_QUERIES: usize = 1_000;

/// Clients that ask at once.
const N_CLIENTS: usize = 8;

fn query(kind: &str, words: &str) -> Query {
    let text = if kind == "phrase" { format!("\"{words}\"") } else { words.to_owned() };
    let filters = match kind {
        "filter" => Filters { status: vec!["RECRUITING".to_owned()], age_years: Some(40), ..Filters::default() },
        _ => Filters::default(),
    };
    Query { text, filters, limit: 20, ..Query::default() }
}

/// Names of the index in an order that any run repeats.
fn mixed(search: &Search) -> Vec<(String, Query)> {
    let mut names: Vec<String> = Vec::new();
    for a in 'a'..='z' {
        for b in ["a", "e", "h", "i", "o", "r", "u"] {
            names.extend(search.suggest(&format!("{a}{b}"), 12).expect("an index").into_iter().map(|one| one.text));
        }
    }
    names.sort();
    names.dedup();
    assert!(names.len() > 50, "the index is too small to ask a thousand things of it");
    let name = |at: usize| names[at * 7919 % names.len()].as_str();
    let made = (0..N_QUERIES).map(|at| {
        let (kind, text) = match at % 10 {
            0..=3 => ("name", name(at).to_owned()),
            4 => ("two names", format!("{} {}", name(at), name(at + 1))),
            5 => {
                let short: String = name(at).chars().take(5).collect();
                ("beginning", format!("{}*", short.split(' ').next().unwrap_or("a")))
            }
            6 => {
                // Two letters change places.
                let mut letters: Vec<char> = name(at).chars().collect();
                if letters.len() > 5 {
                    letters.swap(3, 4);
                }
                ("slip", letters.into_iter().collect())
            }
            7 => ("phrase", name(at).to_owned()),
            _ => ("filter", name(at).to_owned()),
        };
        (kind.to_owned(), query(kind, &text))
    });
    made.collect()
}

fn quantile(sorted: &[f64], part: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

fn line(name: &str, mut all: Vec<f64>) {
    all.sort_by(f64::total_cmp);
    println!(
        "| {name} | {} | {:.2} | {:.2} | {:.2} |",
        all.len(),
        quantile(&all, 0.5),
        quantile(&all, 0.99),
        all[all.len() - 1]
    );
}

/// How many answers differ from those of the plain way, over each query as it is and with places, choices and pages.
fn differing(search: &Search, queries: &[(String, Query)]) -> usize {
    let place = Some(Place { label: "Paris".to_owned(), lat: 48.86, lon: 2.35 });
    let mut n_differing = 0;
    for (at, (_, query)) in queries.iter().enumerate() {
        let mut other = query.clone();
        match at % 5 {
            0 => other.near.clone_from(&place),
            1 => (other.near, other.within_km) = (place.clone(), Some(300.0)),
            2 => other.filters.country = vec!["France".to_owned(), "Japan".to_owned()],
            3 => (other.filters.sex, other.filters.recruiting_site) = (Some("FEMALE".to_owned()), true),
            _ => (other.offset, other.limit) = (20, 100),
        }
        for query in [query, &other] {
            let (got, want) = (search.search(query), search.search_plainly(query));
            if got.expect("an answer") != want.expect("an answer") {
                println!("another answer: {query:?}");
                n_differing += 1;
            }
        }
    }
    n_differing
}

fn main() {
    let is_same_asked = std::env::args().any(|word| word == "--same");
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let Some(folder) = arguments.first() else {
        println!("give a data directory with an index: cargo bench --package trialway-search -- DATA_DIR [QUERIES]");
        return;
    };
    let (search, _) = Search::open(Path::new(folder), Terminology::builtin()).expect("an index");
    let start = Instant::now();
    search.warm().expect("an index");
    println!(
        "{} studies; learning spellings, towns and names: {:.0} ms",
        search.n_studies(),
        start.elapsed().as_secs_f64() * 1e3
    );
    let queries: Vec<(String, Query)> = match arguments.get(1) {
        Some(file) => std::fs::read_to_string(file)
            .expect("a file of queries")
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(kind, words)| (kind.to_owned(), query(kind, words)))
            .collect(),
        None => mixed(&search),
    };
    if is_same_asked {
        println!("{} queries asked both ways: {} differ", 2 * queries.len(), differing(&search, &queries));
        return;
    }
    // Once to warm, once to measure.
    let mut by_kind: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut all = Vec::new();
    for is_measured in [false, true] {
        for (kind, query) in &queries {
            let start = Instant::now();
            let found = search.search(query).expect("an answer");
            let took_ms = start.elapsed().as_secs_f64() * 1e3;
            std::hint::black_box(found);
            if is_measured {
                by_kind.entry(kind.clone()).or_default().push(took_ms);
                all.push(took_ms);
            }
        }
    }
    println!("| one client | queries | median, ms | 99%, ms | longest, ms |\n| --- | --- | --- | --- | --- |");
    for (kind, times) in by_kind {
        line(&kind, times);
    }
    line("all", all);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for client in 0..N_CLIENTS {
            let (search, queries) = (&search, &queries);
            scope.spawn(move || {
                for at in 0..queries.len() {
                    let (_, query) = &queries[(at + client * 101) % queries.len()];
                    std::hint::black_box(search.search(query).expect("an answer"));
                }
            });
        }
    });
    let n = N_CLIENTS * queries.len();
    println!("{N_CLIENTS} clients: {n} queries, {:.0} a second", n as f64 / start.elapsed().as_secs_f64());
}
