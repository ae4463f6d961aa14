//! One patient against many compiled studies, and a large record against one study, on one core.
//!
//! `cargo bench --package trialway-matching [-- [N_STUDIES] [--records FILE.ndjson] [--patients FOLDER] [--check]]`: 100,000 invented
//! studies unless told otherwise, or the study records of a file; patients are those of the corpus, an invented one of 1,000
//! resources, and the bundles of the folder. With `--check` each study is screened by itself too, and every difference is printed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a program that measures")]

#[path = "../tests/shared/record.rs"]
mod record;

use std::fmt::Write;
use std::io::BufRead;
use std::path::Path;
use std::time::{Duration, Instant};
use trialway_eligibility::StudyLogic;
use trialway_matching::{Compiled, Effect, Options, Policy, Verdict, screen};
use trialway_patient::Facts;
use trialway_terminology::Terminology;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DAY: jiff::civil::Date = jiff::civil::date(2026, 6, 15);

/// Studies read at once, so that only their compiled form is there in the end.
const BATCH: u64 = 4096;

fn logic(bytes: &[u8]) -> Option<(String, StudyLogic)> {
    let study = trialway_registry::parse_study(bytes).ok()?.value;
    let tree = trialway_criteria::parse(study.eligibility.text.as_deref().unwrap_or_default());
    Some((study.doc.clone(), trialway_eligibility::lower_study(&study, &tree, Terminology::builtin())))
}

/// The logic of many records, read on all cores.
fn read(records: &[Vec<u8>]) -> Vec<(String, StudyLogic)> {
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = records.len().div_ceil(n_cores).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = records
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().filter_map(|bytes| logic(bytes)).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()).unwrap_or_default() * 1024
}

fn facts(bytes: &[u8]) -> Facts {
    trialway_fhir::import(bytes, Terminology::builtin()).unwrap().value.facts
}

/// Median, the time that 99 of 100 keep, and the slowest.
fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).or(times.last()).copied().unwrap_or_default();
    format!("median {:?}, 99 % {:?}, slowest {:?}", at(50), at(99), at(100))
}

fn compiled(records: &mut dyn Iterator<Item = Vec<u8>>) -> Compiled<'static> {
    let (mut reading, mut adding) = (Duration::ZERO, Duration::ZERO);
    let mut out = Compiled::new(Terminology::builtin());
    // The vocabulary is there before memory is looked at.
    let _ = read(&[b"{}".to_vec()]);
    let before = resident_bytes();
    let mut n_bytes_one = 0;
    loop {
        let batch: Vec<Vec<u8>> = records.take(BATCH as usize).collect();
        if batch.is_empty() {
            break;
        }
        let start = Instant::now();
        let logic = read(&batch);
        reading += start.elapsed();
        let start = Instant::now();
        for (id, logic) in &logic {
            out.add(id, logic);
        }
        adding += start.elapsed();
        n_bytes_one = n_bytes_one.max(batch.iter().map(Vec::len).sum::<usize>());
    }
    let kept = out.n_bytes();
    println!(
        "{} studies: {} different questions, {} different expressions; records read in {reading:.1?} on all cores, compiled in {adding:.1?} on one",
        out.len(),
        out.n_questions(),
        out.n_expressions(),
    );
    println!(
        "{} bytes kept, {} a study; the process grew by {} bytes",
        kept,
        kept / out.len().max(1),
        resident_bytes().saturating_sub(before)
    );
    out
}

/// Screens each study by itself, too, and prints every difference.
fn check(records: &mut dyn Iterator<Item = Vec<u8>>, compiled: &Compiled<'_>, patients: &[(String, Vec<u8>)]) {
    let (mut n_pairs, mut n_criteria, mut n_different) = (0_u64, 0_u64, 0_u64);
    let patients: Vec<(&String, Facts)> = patients.iter().map(|(name, bytes)| (name, facts(bytes))).collect();
    loop {
        let batch: Vec<Vec<u8>> = records.take(256).collect();
        if batch.is_empty() {
            break;
        }
        let studies = read(&batch);
        for (name, facts) in &patients {
            let ids: Vec<&str> = studies.iter().map(|(id, _)| id.as_str()).collect();
            let tallies = compiled.screen_some(&ids, facts, DAY, Policy::Chart);
            for ((id, logic), tally) in studies.iter().zip(&tallies) {
                let options = Options { as_of: DAY, policy: Policy::Chart, trial: Some(id.clone()) };
                let want = screen(logic, facts, &options, Terminology::builtin());
                let n =
                    |effect| want.criteria.iter().chain(&want.structured).filter(|r| r.effect == effect).count() as u32;
                let counts = (n(Effect::Pass), n(Effect::Fail), n(Effect::Open));
                n_pairs += 1;
                n_criteria += u64::from(counts.0 + counts.1 + counts.2);
                if tally.id != id
                    || (want.verdict, counts) != (tally.verdict, (tally.n_pass, tally.n_fail, tally.n_open))
                {
                    n_different += 1;
                    println!("{name} {id}: {:?} {counts:?}, compiled {tally:?}", want.verdict);
                }
            }
        }
    }
    println!("{n_pairs} screenings of {n_criteria} criteria held against the compiled form: {n_different} differ");
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let file = arguments.iter().position(|word| word == "--records").and_then(|at| arguments.get(at + 1));
    let n_studies: u64 = arguments.first().and_then(|word| word.parse().ok()).unwrap_or(100_000);
    let records = || -> Box<dyn Iterator<Item = Vec<u8>>> {
        match file {
            Some(file) => {
                let lines = std::io::BufReader::new(std::fs::File::open(file).unwrap()).lines();
                Box::new(lines.map(|line| line.unwrap().into_bytes()))
            }
            None => Box::new((0..n_studies).map(|index| serde_json::to_vec(&trialway_demo::study(1, index)).unwrap())),
        }
    };
    let compiled = compiled(&mut records());
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut patients: Vec<(String, Vec<u8>)> = Vec::new();
    for name in ["lupus-nephritis-child", "nephrotic-syndrome-boy"] {
        patients.push((name.to_owned(), std::fs::read(corpus.join(format!("patients/{name}.json"))).unwrap()));
    }
    let folder = arguments.iter().position(|word| word == "--patients").and_then(|at| arguments.get(at + 1));
    for entry in folder.into_iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()) {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            patients.push((path.file_stem().unwrap().display().to_string(), std::fs::read(path).unwrap()));
        }
    }
    patients.sort();
    patients.push(("1,000 resources".to_owned(), record::record(1000, &[])));
    for (name, bytes) in &patients {
        let facts = facts(bytes);
        let mut times = Vec::new();
        let mut said = String::new();
        for _ in 0..7 {
            let start = Instant::now();
            let tallies = compiled.screen_all(&facts, DAY, Policy::Chart);
            times.push(start.elapsed());
            said.clear();
            for verdict in [Verdict::PotentiallyEligible, Verdict::NeedsInformation, Verdict::Ineligible] {
                let n = tallies.iter().filter(|tally| tally.verdict == verdict).count();
                write!(said, "{n} {}, ", verdict.as_str()).unwrap();
            }
            let sum =
                |of: fn(&trialway_matching::Tally<'_>) -> u32| tallies.iter().map(|t| u64::from(of(t))).sum::<u64>();
            write!(
                said,
                "criteria: {} pass, {} fail, {} open",
                sum(|t| t.n_pass),
                sum(|t| t.n_fail),
                sum(|t| t.n_open)
            )
            .unwrap();
        }
        println!("{name} ({} facts) against all: {}; {said}", facts.facts.len(), quantiles(times));
    }
    if arguments.iter().any(|word| word == "--check") {
        check(&mut records(), &compiled, &patients);
    }
    let study = std::fs::read(corpus.join("registry/NCT90000001.json")).unwrap();
    let (_, logic) = logic(&study).unwrap();
    let options = Options { as_of: DAY, policy: Policy::Chart, trial: Some("NCT90000001".to_owned()) };
    let bytes = record::record(1000, &[]);
    let (mut importing, mut screening) = (Vec::new(), Vec::new());
    for _ in 0..300 {
        let start = Instant::now();
        let facts = facts(&bytes);
        importing.push(start.elapsed());
        let start = Instant::now();
        std::hint::black_box(screen(&logic, &facts, &options, Terminology::builtin()));
        screening.push(start.elapsed());
    }
    println!("a record of 1,000 resources ({} bytes) against one study:", bytes.len());
    println!("  import {}", quantiles(importing));
    println!("  screening {}", quantiles(screening));
}
