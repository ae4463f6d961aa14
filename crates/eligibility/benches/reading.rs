//! Reading (tree, logic, limits, entities) on one core: texts a second, the slowest in a hundred, memory, and the cost by length.
//!
//! `cargo bench --package trialway-eligibility [FILE...]`: files have lines `{"text"}`; without one `../shared/eval/bounds`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a program that measures")]

use std::time::{Duration, Instant};
use trialway_terminology::Terminology;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn read(text: &str) -> usize {
    trialway_eligibility::lower(&trialway_criteria::parse(text).value, Terminology::builtin()).criteria.len()
}

fn timed(text: &str) -> Duration {
    let start = Instant::now();
    std::hint::black_box(read(std::hint::black_box(text)));
    start.elapsed()
}

/// A figure of this process's memory as the kernel counts it (`VmHWM`: the most that was resident, `VmRSS`: what is).
fn resident_kib(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// How much more was resident at most while `work` ran than before it; none where the kernel does not say.
fn peak_kib(work: impl FnOnce()) -> Option<u64> {
    // 5 sets `VmHWM` back to what is resident now.
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = resident_kib("VmRSS")?;
    work();
    Some(resident_kib("VmHWM")?.saturating_sub(before))
}

fn mib(kib: Option<u64>) -> String {
    kib.map_or_else(|| "an unknown number of".to_owned(), |kib| format!("{:.1}", kib as f64 / 1024.0))
}

fn main() {
    let vocabulary = peak_kib(|| {
        read("* Hemoglobin ≥ 9 g/dL, no asthma within 6 months");
    });
    let mut files: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if files.is_empty() {
        files.push(format!("{}/../../../shared/eval/bounds/input_dev.ndjson", env!("CARGO_MANIFEST_DIR")));
    }
    for file in files {
        let Ok(data) = std::fs::read_to_string(&file) else {
            println!("{file} is not here");
            continue;
        };
        let texts: Vec<String> = data
            .lines()
            .filter_map(|line| {
                serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str().map(str::to_owned)
            })
            .collect();
        let reading = peak_kib(|| {
            std::hint::black_box(texts.iter().map(|text| read(text)).sum::<usize>());
        });
        let mut times: Vec<Duration> = (0..3).flat_map(|_| texts.iter().map(|text| timed(text))).collect();
        times.sort_unstable();
        let total: Duration = times.iter().sum();
        let at = |share: usize| {
            times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
        };
        println!(
            "{} texts of {} bytes in the mean: {:.0} texts/s on one core; median {:?}, 99 % {:?}, slowest {:?}",
            texts.len(),
            texts.iter().map(String::len).sum::<usize>() / texts.len().max(1),
            times.len() as f64 / total.as_secs_f64(),
            at(50),
            at(99),
            at(100)
        );
        println!(
            "memory, the most that was resident by the kernel's count (VmHWM): {} MiB for loading the vocabulary, {} MiB more for reading these texts",
            mib(vocabulary),
            mib(reading)
        );
    }
    let kinds: [(&str, &str); 26] = [
        ("plain", "* Hemoglobin ≥ 9 g/dL and no history of asthma or stroke within 6 months before screening\n"),
        ("one letter", "a"),
        ("brackets", "("),
        ("or", "or "),
        ("and/or", "and/or "),
        ("digits", "1"),
        ("numbers", "12 34 "),
        ("commas", ","),
        ("bullets", "\n* "),
        ("signs", ">="),
        ("emoji", "🙂"),
        ("except", "except asthma "),
        ("one sentence", "asthma or diabetes, "),
        ("nested lists", "\n   * a\n      * b"),
        ("limits", "> 5 mg "),
        ("ranges", "3-5 "),
        ("named limits", "ALT > 3 and "),
        ("times ULN", "<= 3 x ULN "),
        ("names", "asthma "),
        ("many lists", "x, y and z or "),
        ("classes", "NYHA "),
        ("scores", "ECOG 0-1 "),
        ("stages", "stage II "),
        ("denials", "no asthma or "),
        ("counts", "at least two of: "),
        ("entities", "&lt;"),
    ];
    println!("{:<14}{:>12}{:>12}{:>12}{:>12}", "ms by length", "1 KiB", "4 KiB", "16 KiB", "64 KiB");
    for (name, unit) in kinds {
        let mut line = format!("{name:<14}");
        for kib in [1, 4, 16, 64] {
            let text = unit.repeat(kib * 1024 / unit.len());
            let best = (0..3).map(|_| timed(&text)).min().unwrap_or_default();
            line.push_str(&format!("{:>12.2}", best.as_secs_f64() * 1000.0));
        }
        println!("{line}");
    }
}
