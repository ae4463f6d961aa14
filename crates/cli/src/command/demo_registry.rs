//! `trialway demo-registry`: invented studies in a registry's shape.

use crate::input::BadInput;
use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Arguments of `demo-registry`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway demo-registry --studies 1000 --seed 1 > demo.ndjson\n  trialway demo-registry --studies 600000 --seed 1 --out demo.ndjson.gz"
)]
pub struct Arguments {
    /// How many studies
    #[arg(long)]
    studies: u64,
    /// The same seed gives the same studies
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write here instead of to standard output; compressed if it ends in .gz
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Studies made at once.
const BATCH: u64 = 2048;

/// Writes the studies, one API v2 record a line.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    if arguments.studies > trialway_demo::MOST {
        let most = trialway_demo::MOST;
        return Err(
            BadInput(format!("--studies {}: there are ids for {most} studies at most", arguments.studies)).into()
        );
    }
    let Some(path) = &arguments.out else { return write(arguments, out) };
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    if path.extension().is_some_and(|ending| ending == "gz") {
        let mut packed = GzEncoder::new(&mut file, Compression::fast());
        write(arguments, &mut packed)?;
        packed.finish()?;
    } else {
        write(arguments, &mut file)?;
    }
    file.flush()?;
    Ok(())
}

fn write(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut from = 0;
    while from < arguments.studies {
        let to = (from + BATCH).min(arguments.studies);
        let lines: Vec<Vec<u8>> = (from..to)
            .into_par_iter()
            .map(|index| serde_json::to_vec(&trialway_demo::study(arguments.seed, index)))
            .collect::<Result<_, _>>()?;
        for line in lines {
            out.write_all(&line)?;
            out.write_all(b"\n")?;
        }
        from = to;
    }
    out.flush()?;
    Ok(())
}
