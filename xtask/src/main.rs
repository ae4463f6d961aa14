//! Developer commands: `cargo xtask test` is what CI runs.

mod advisories;
mod arrows;
mod bench;
mod bench_match;
mod bench_registry;
mod corpus_diff;
mod e2e;
mod findability;
mod icd;
mod licences;
mod purity;
mod quantiles;
mod rank_gain;
mod sbom;
mod steps;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "cargo xtask VERB

  test [--install]  everything that CI runs; --install (or CI=true) installs what is missing
  quick             format, clippy and unit tests, without the shared data
  e2e [FOLDER]      browser tests against the release build; with FOLDER, screenshots into it
  kills             the server killed 200 times (TRIALWAY_KILLS) while people write, follow and share and its mail server misbehaves
  bench             a trial page's time: 10,000 studies, wrk, one connection, this machine
  bench-registry [N...] [--also FILE]... [--keep FOLDER] [--binary FILE]  ingest of 10,000, 100,000 and 600,000 invented studies, and those of FILE: time, memory, room
                    (8 GB of disk each for the largest; deleted after, but for the last store, which --keep leaves in FOLDER)
  bench-match [--studies N] [--real FILE]... [--store FOLDER] [--runs N] [--binary FILE]  one note against N invented studies (600,000)
                    and real ones, or against a store that is there: time of each step in one process, memory
  corpus-diff [BASE] readings and verdicts of the corpus that differ from those at BASE (HEAD~1)
  demo-quantiles GENERATED REAL...  whether generated studies have the lengths and counts of real ones
  icd TABULAR.xml   the conditions of ICD-10-CM as a table of the terminology
  rank-gain QRELS RUN BASE  nDCG@10 of two rankings and a paired bootstrap interval of their difference
  findability TSV DATA_DIR BINARY  success@10 and mean reciprocal rank of searches by kind and split, beside plain BM25 of the same index
  licences          every dependency's licence is one that we may ship, and none is on RustSec's list of weaknesses (where cargo-deny is, and the list can be had)
  sbom [FILE]       the program's bill of materials, CycloneDX 1.6 as JSON
  tidy              the rules of the tree: arrows, invariants, links, headings, forbidden words
  help              this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let install = std::env::var("CI").is_ok_and(|v| v == "true") || arguments.iter().any(|a| a == "--install");
    let done = match arguments.first().map(String::as_str) {
        Some("test") => steps::test(install),
        Some("quick") => steps::quick(),
        Some("e2e") => {
            e2e::run_verb(install, arguments.get(1).filter(|word| !word.starts_with("--")).map(String::as_str))
        }
        Some("kills") => steps::kills(steps::MANY_KILLS),
        Some("bench") => bench::pages(install),
        Some("bench-registry") => bench_registry::run_verb(arguments.get(1..).unwrap_or_default()),
        Some("bench-match") => bench_match::run_verb(arguments.get(1..).unwrap_or_default()),
        Some("corpus-diff") => corpus_diff::run_verb(arguments.get(1).map(String::as_str)),
        Some("demo-quantiles") => quantiles::run_verb(arguments.get(1..).unwrap_or_default()),
        Some("icd") => icd::run_verb(arguments.get(1).map(String::as_str)),
        Some("rank-gain") => rank_gain::run_verb(arguments.get(1..).unwrap_or_default()),
        Some("findability") => findability::run_verb(arguments.get(1..).unwrap_or_default()),
        Some("licences") => steps::report(&licences::check()) & advisories::check(),
        Some("sbom") => sbom::run_verb(arguments.get(1).map(String::as_str)),
        Some("tidy") => steps::report(&tidy::check()),
        Some("help" | "--help") | None => {
            print!("{HELP}");
            true
        }
        Some(other) => {
            eprintln!("there is no verb `{other}`\n\n{HELP}");
            false
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
