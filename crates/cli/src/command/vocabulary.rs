//! `trialway vocabulary`: a user's own vocabularies into the store, what there is, and a check of what is built in.

use super::Format;
use crate::input::bad;
use crate::settings::{DataDir, runtime};
use flate2::read::MultiGzDecoder;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use trialway_layers::{Import, ImportReport, LayersError, Source};
use trialway_store::{Layer, Store};
use trialway_terminology::Terminology;
use trialway_terminology::check::check_builtin;
use trialway_terminology::import::{Permission, VocabularyFormat, guess};

/// Arguments of `vocabulary`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// Put your own vocabulary files into the store, so that their codes and names in a patient's record are understood
    #[command(
        after_help = "Examples:\n  trialway vocabulary import icd10cm_order_2026.txt\n  trialway vocabulary import RXNCONSO.RRF RXNREL.RRF\n  trialway vocabulary import mtrees2026.bin\n  trialway vocabulary import sct2_Description_Snapshot-en_INT_20260101.txt sct2_Relationship_Snapshot_INT_20260101.txt\n\nFiles given together are one release and take the place of an earlier one of their format, all of it or nothing."
    )]
    Import(ImportArguments),
    /// List what is built in, what study records taught, and what was imported
    List {
        /// How to print
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Say how many of the conditions and interventions that study records list the built-in vocabulary knows
    Resolve(super::resolve::Arguments),
    /// Check the built-in files: duplicates, missing sources, unknown is-a, circles
    Check {
        /// How to print
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

#[derive(clap::Args)]
struct ImportArguments {
    /// The files of one release; may be gzipped
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// What they are [default: told by their first line]
    #[arg(long, value_parser = ["icd10cm", "mesh", "rxnorm", "loinc", "snomed-rf2", "omop"])]
    format: Option<String>,
    /// What the release is called [default: the year or date in the first file's name]
    #[arg(long, value_name = "TEXT")]
    release: Option<String>,
    /// You have a licence for the sources in RxNorm that are not free: take them, too
    #[arg(long)]
    licensed: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Does what the verb says.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    match &arguments.verb {
        Verb::Import(arguments) => import(arguments, data_dir, out),
        Verb::List { format } => list(*format, data_dir, out),
        Verb::Resolve(arguments) => super::resolve::run(arguments, out),
        Verb::Check { format } => check(*format, out),
    }
}

/// Bytes by which a file's format is told.
const HEAD_BYTES: usize = 4096;

/// Opens a file, unpacked; also its first bytes.
fn open(file: &str) -> anyhow::Result<(Box<dyn BufRead>, Vec<u8>)> {
    let unreadable = |error: std::io::Error| bad(file, format!("cannot be read ({error}); check the path"));
    let opened = File::open(file).map_err(unreadable)?;
    if opened.metadata().map_err(unreadable)?.is_dir() {
        return Err(bad(file, "is a directory; give the vocabulary's files themselves"));
    }
    let mut plain = BufReader::with_capacity(1 << 16, opened);
    let head = plain.fill_buf().map_err(unreadable)?;
    if head.starts_with(b"PK\x03\x04") {
        return Err(bad(file, "is a zip archive; unpack it and give the files inside"));
    }
    let mut reader: Box<dyn BufRead> = if head.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(plain)))
    } else {
        Box::new(plain)
    };
    let head = reader.fill_buf().map_err(|error| bad(file, format!("cannot be unpacked ({error}); fetch it again")))?;
    let head = head.get(..head.len().min(HEAD_BYTES)).unwrap_or_default().to_vec();
    if head.is_empty() {
        return Err(bad(file, "is empty; give the vocabulary's file"));
    }
    Ok((reader, head))
}

/// The longest number of four to eight digits in a file's name: a year or a date.
fn release(file: &str) -> Option<&str> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split(|c: char| !c.is_ascii_digit()).filter(|digits| (4..=8).contains(&digits.len())).max_by_key(|d| d.len())
}

fn import(arguments: &ImportArguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let asked =
        arguments.format.as_deref().and_then(|word| VocabularyFormat::ALL.into_iter().find(|f| f.as_str() == word));
    let (mut sources, mut format) = (Vec::new(), asked);
    for file in &arguments.files {
        let (reader, head) = open(file)?;
        if asked.is_none() {
            let guessed = guess(&head).ok_or_else(|| {
                bad(file, "its first line is that of no vocabulary; say what it is with --format, or give another file")
            })?;
            match format {
                Some(before) if before != guessed => {
                    let what = format!(
                        "is {}, and the file before it is {}; import them one after the other",
                        guessed.as_str(),
                        before.as_str()
                    );
                    return Err(bad(file, what));
                }
                _ => format = Some(guessed),
            }
        }
        sources.push(Source { name: file.clone(), reader });
    }
    let Some(format) = format else { return Err(bad("FILE", "is missing; give the vocabulary's file")) };
    let named = arguments.files.first().and_then(|file| release(file));
    let what = Import {
        sources,
        format,
        permission: Permission { is_licensed: arguments.licensed },
        version: arguments.release.clone().or(named.map(str::to_owned)).unwrap_or_else(|| "not given".to_owned()),
        received_at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    let version = what.version.clone();
    let report = runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        let report = trialway_layers::import(&store, what, Terminology::builtin()).await;
        store.close().await;
        report.map_err(|error| match error {
            LayersError::File { file, reason } => bad(&file, format!("{reason} (nothing was imported)")),
            other => anyhow::Error::new(other),
        })
    })?;
    if arguments.json {
        serde_json::to_writer_pretty(&mut *out, &imported(format, &version, &report))?;
        writeln!(out)?;
        return Ok(());
    }
    for row in &report.refused {
        writeln!(out, "refused {}: {}", row.place, row.reason)?;
    }
    let n_more = report.n_refused.saturating_sub(report.refused.len() as u64);
    if n_more > 0 {
        writeln!(out, "refused {n_more} more rows")?;
    }
    for (reason, n) in &report.passed {
        writeln!(out, "passed over {n} rows: {reason}")?;
    }
    if report.change.n_without_code > 0 {
        let n = report.change.n_without_code;
        writeln!(out, "passed over {n} names and relations: no row that was taken says what their code is")?;
    }
    let change = &report.change;
    writeln!(
        out,
        "{} ({version}): {} added, {} changed, {} unchanged, {} removed, {} refused; {} lead to built-in concepts",
        format.as_str(),
        change.n_added,
        change.n_changed,
        change.n_unchanged,
        change.n_removed,
        report.n_refused,
        report.n_linked
    )?;
    writeln!(out, "licence: {}", format.licence())?;
    Ok(())
}

fn imported(format: VocabularyFormat, version: &str, report: &ImportReport) -> Value {
    let refused: Vec<Value> =
        report.refused.iter().map(|row| json!({"place": row.place, "reason": row.reason})).collect();
    json!({
        "vocabulary": format.as_str(),
        "version": version,
        "licence": format.licence(),
        "added": report.change.n_added,
        "changed": report.change.n_changed,
        "unchanged": report.change.n_unchanged,
        "removed": report.change.n_removed,
        "linked": report.n_linked,
        "passed_over": report.passed,
        "without_code": report.change.n_without_code,
        "n_refused": report.n_refused,
        "refused": refused,
    })
}

fn list(format: Format, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let terminology = Terminology::builtin();
    let (mut n_concepts, mut n_names, mut n_codes) = (0, 0, 0);
    for concept in terminology.concepts() {
        n_concepts += 1;
        n_names += 1 + concept.synonyms.len();
        n_codes += concept.codes.len();
    }
    // Asking must not make a store.
    let layers: Vec<Layer> = if data_dir.path.join("trialway.db").exists() {
        runtime()?.block_on(async {
            let store = Store::open(&data_dir.path).await?;
            trialway_layers::link_anew(&store, terminology).await?;
            let layers = store.layers().await?;
            store.close().await;
            Ok::<_, anyhow::Error>(layers)
        })?
    } else {
        Vec::new()
    };
    let version = env!("CARGO_PKG_VERSION");
    let licence = "each row names its source; NOTICE has their terms";
    match format {
        Format::Json => {
            let mut all = vec![json!({
                "layer": "built-in", "version": version, "licence": licence,
                "concepts": n_concepts, "names": n_names, "codes": n_codes,
            })];
            all.extend(layers.iter().map(|layer| {
                json!({
                    "layer": layer.about.name, "version": layer.about.version, "licence": layer.about.licence,
                    "source": layer.about.source, "received_at": layer.about.received_at,
                    "codes": layer.n_codes, "names": layer.n_names, "linked": layer.n_linked,
                })
            }));
            serde_json::to_writer_pretty(&mut *out, &all)?;
            writeln!(out)?;
        }
        Format::Text => {
            writeln!(out, "built-in ({version}): {n_concepts} concepts, {n_names} names, {n_codes} codes")?;
            writeln!(out, "  licence: {licence}")?;
            for layer in &layers {
                writeln!(
                    out,
                    "{} ({}): {} codes, {} names; {} lead to built-in concepts",
                    layer.about.name, layer.about.version, layer.n_codes, layer.n_names, layer.n_linked
                )?;
                writeln!(out, "  from {}, {}", layer.about.source, layer.about.received_at)?;
                writeln!(out, "  licence: {}", layer.about.licence)?;
            }
        }
    }
    Ok(())
}

fn check(format: Format, out: &mut dyn Write) -> anyhow::Result<()> {
    let checked = check_builtin();
    match format {
        Format::Json => {
            let shared: Vec<Value> = checked
                .shared_names
                .iter()
                .map(|(name, ids)| json!({"name": name, "concepts": ids.iter().map(ToString::to_string).collect::<Vec<_>>()}))
                .collect();
            serde_json::to_writer_pretty(&mut *out, &json!({"errors": checked.errors, "shared_names": shared}))?;
            writeln!(out)?;
        }
        Format::Text => {
            for error in &checked.errors {
                writeln!(out, "error: {error}")?;
            }
            for (name, ids) in &checked.shared_names {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                writeln!(out, "note: `{name}` stands for {}", ids.join(" and "))?;
            }
            writeln!(out, "{} errors, {} names of several concepts", checked.errors.len(), checked.shared_names.len())?;
        }
    }
    if !checked.errors.is_empty() {
        anyhow::bail!("the built-in vocabulary has {} errors", checked.errors.len());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn a_release_is_the_date_in_the_name() {
        assert_eq!(release("x/2020/icd10cm_order_2026.txt"), Some("2026"));
        assert_eq!(release("sct2_Description_Snapshot-en_INT_20260101.txt"), Some("20260101"));
        assert_eq!(release("RXNCONSO.RRF"), None);
    }
}
