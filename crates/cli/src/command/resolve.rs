//! `trialway vocabulary resolve`: of the conditions and interventions that records list, how many the vocabulary knows.

use super::Format;
use crate::ingest::source::batches;
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use trialway_registry::parse_study;
use trialway_study::InterventionKind;
use trialway_terminology::resolve::{Confidence, Relation, Resolution};
use trialway_terminology::{Domain, Terminology};

/// Arguments of `vocabulary resolve`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway vocabulary resolve studies.ndjson.gz\n  trialway vocabulary resolve studies.ndjson.gz --unresolved 50\n  trialway vocabulary resolve studies.ndjson.gz --draw 100 --seed 3\n\nResolved: the name is that of a concept, or of a kind of one, or names several things that are all known. Counted apart: kinds of very general concepts (a malignancy), names of which only some parts are known, names that may stand for several things, and names known by their words only."
)]
pub struct Arguments {
    /// Study records, as for `ingest`
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<String>,
    /// List so many of the most frequent names that lead to no concept
    #[arg(long, value_name = "N", default_value_t = 0)]
    unresolved: usize,
    /// Draw so many resolved mentions instead, for a judge: kind, name, concepts, relation, confidence
    #[arg(long, value_name = "N")]
    draw: Option<usize>,
    /// Which ones are drawn
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Records read at once.
const BATCH: usize = 512;

/// A name of a kind, and its other names as one record has them.
type Listed = (&'static str, String);

/// Mentions and distinct names.
#[derive(Clone, Copy, Default)]
struct Count {
    n_mentions: u64,
    n_names: u64,
}

/// What a name came to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Is,
    KindOf,
    AllOf,
    KindOfBroad,
    SomeOf,
    Tentative,
    Words,
    None,
}

impl Fate {
    const ALL: [(Fate, &'static str); 8] = [
        (Fate::Is, "is"),
        (Fate::KindOf, "kind_of"),
        (Fate::AllOf, "all_of"),
        (Fate::KindOfBroad, "kind_of_broad"),
        (Fate::SomeOf, "some_of"),
        (Fate::Tentative, "tentative"),
        (Fate::Words, "words"),
        (Fate::None, "none"),
    ];

    fn of(found: Option<&Resolution>) -> Self {
        match found {
            None => Fate::None,
            Some(found) => match (found.relation, found.confidence) {
                (Relation::Words, _) => Fate::Words,
                (_, Confidence::Tentative) => Fate::Tentative,
                (Relation::Is, _) => Fate::Is,
                (Relation::KindOf, _) => Fate::KindOf,
                (Relation::AllOf, _) => Fate::AllOf,
                (Relation::KindOfBroad, _) => Fate::KindOfBroad,
                (Relation::SomeOf, _) => Fate::SomeOf,
            },
        }
    }

    fn is_resolved(self) -> bool {
        self <= Fate::AllOf
    }
}

/// Reads all and prints.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut listed: BTreeMap<Listed, u64> = BTreeMap::new();
    let mut n_studies = 0_u64;
    batches(&arguments.paths, BATCH, |batch| {
        let read: Vec<Vec<Listed>> = batch.par_iter().filter_map(|bytes| names(bytes)).collect();
        for names in read {
            n_studies += 1;
            for name in names {
                *listed.entry(name).or_default() += 1;
            }
        }
        Ok(())
    })?;
    let terminology = Terminology::builtin();
    let resolved: Vec<(Listed, u64, Option<Resolution>)> = listed
        .into_par_iter()
        .map(|((kind, name), n)| {
            let found = terminology.resolve(&name, domain(kind));
            ((kind, name), n, found)
        })
        .collect();
    if let Some(n) = arguments.draw {
        return draw(&resolved, n, arguments.seed, out);
    }
    let mut counts: BTreeMap<(&str, Fate), Count> = BTreeMap::new();
    let mut sure = Count::default();
    let mut missing: Vec<(u64, &str, &str)> = Vec::new();
    for ((kind, name), n, found) in &resolved {
        let fate = Fate::of(found.as_ref());
        for kind in [*kind, ALL] {
            let count = counts.entry((kind, fate)).or_default();
            count.n_mentions += n;
            count.n_names += 1;
        }
        if fate.is_resolved() {
            if found.as_ref().is_some_and(|found| found.confidence == Confidence::Certain) {
                sure.n_mentions += n;
                sure.n_names += 1;
            }
        } else {
            missing.push((*n, kind, name));
        }
    }
    missing.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.cmp(b)));
    missing.truncate(arguments.unresolved);
    print(arguments.format, n_studies, &counts, sure, &missing, out)
}

/// What a kind is called that is all of them.
const ALL: &str = "all";

fn print(
    format: Format,
    n_studies: u64,
    counts: &BTreeMap<(&str, Fate), Count>,
    sure: Count,
    missing: &[(u64, &str, &str)],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut kinds: Vec<&str> = counts.keys().map(|(kind, _)| *kind).collect();
    kinds.dedup();
    // Conditions first, all of them last.
    kinds.sort_by_key(|kind| (*kind == ALL, *kind != CONDITION, *kind));
    let total = |kind: &str, resolved: bool| {
        let of_kind = counts.iter().filter(|((k, fate), _)| *k == kind && (!resolved || fate.is_resolved()));
        of_kind.fold(Count::default(), |sum, (_, count)| Count {
            n_mentions: sum.n_mentions + count.n_mentions,
            n_names: sum.n_names + count.n_names,
        })
    };
    let get = |kind: &'static str, fate| counts.get(&(kind, fate)).copied().unwrap_or_default();
    if format == Format::Json {
        let rows: Vec<_> = kinds
            .iter()
            .map(|kind| {
                let mut row = json!({
                    "kind": kind,
                    "mentions": total(kind, false).n_mentions, "names": total(kind, false).n_names,
                    "mentions_resolved": total(kind, true).n_mentions, "names_resolved": total(kind, true).n_names,
                });
                for (fate, word) in Fate::ALL {
                    let count = counts.get(&(*kind, fate)).copied().unwrap_or_default();
                    if let Some(row) = row.as_object_mut() {
                        row.insert(word.to_owned(), json!(count.n_mentions));
                    }
                }
                row
            })
            .collect();
        let missing: Vec<_> =
            missing.iter().map(|(n, kind, name)| json!({"mentions": n, "kind": kind, "name": name})).collect();
        let document = json!({"studies": n_studies, "kinds": rows, "certain": sure.n_mentions, "unresolved": missing});
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(
        out,
        "{:22} {:>17} {:>17} {:>7} {:>7} {:>6} {:>6} {:>7} {:>9} {:>6} {:>6}",
        "kind",
        "mentions resolved",
        "names resolved",
        "is",
        "kind of",
        "all of",
        "broad",
        "some of",
        "tentative",
        "words",
        "none"
    )?;
    for kind in &kinds {
        let (all, known) = (total(kind, false), total(kind, true));
        write!(
            out,
            "{:22} {:>17} {:>17}",
            kind,
            share(known.n_mentions, all.n_mentions),
            share(known.n_names, all.n_names)
        )?;
        for ((fate, _), width) in Fate::ALL.into_iter().zip([7, 7, 6, 6, 7, 9, 6, 6]) {
            let count = counts.get(&(*kind, fate)).copied().unwrap_or_default();
            write!(out, " {:>width$}", count.n_mentions)?;
        }
        writeln!(out)?;
    }
    let known = total(ALL, true);
    writeln!(
        out,
        "{n_studies} studies; of the resolved mentions {} certainly; by words only {} (counted as not resolved)",
        share(sure.n_mentions, known.n_mentions),
        get(ALL, Fate::Words).n_mentions
    )?;
    for (n, kind, name) in missing {
        writeln!(out, "{n:6}  {kind:22}  {name}")?;
    }
    Ok(())
}

fn share(n: u64, of: u64) -> String {
    if of == 0 {
        return "none".to_owned();
    }
    format!("{n} ({:.1}%)", 100.0 * n as f64 / of as f64)
}

/// What the kind of listed conditions is called.
const CONDITION: &str = "condition";

fn kind_name(kind: Option<InterventionKind>) -> &'static str {
    match kind {
        None => "intervention, untyped",
        Some(InterventionKind::Drug) => "drug",
        Some(InterventionKind::Biological) => "biological",
        Some(InterventionKind::Procedure) => "procedure",
        Some(InterventionKind::Radiation) => "radiation",
        Some(InterventionKind::Device) => "device",
        Some(InterventionKind::Behavioral) => "behavioral",
        Some(InterventionKind::DietarySupplement) => "dietary supplement",
        Some(InterventionKind::Genetic) => "genetic",
        Some(InterventionKind::CombinationProduct) => "combination product",
        Some(InterventionKind::DiagnosticTest) => "diagnostic test",
        Some(InterventionKind::Other) => "other",
    }
}

fn domain(kind: &str) -> Domain {
    match kind {
        CONDITION => Domain::Condition,
        "drug" | "biological" | "dietary supplement" | "combination product" | "genetic" | "intervention, untyped" => {
            Domain::Drug
        }
        _ => Domain::Procedure,
    }
}

/// What a record lists.
fn names(bytes: &[u8]) -> Option<Vec<Listed>> {
    let study = parse_study(bytes).ok()?.value;
    let conditions = study.conditions.iter().map(|name| (CONDITION, name.trim().to_owned()));
    let interventions = study.interventions.iter().map(|one| {
        let kind = one.kind.as_ref().and_then(|kind| kind.known());
        (kind_name(kind), one.name.trim().to_owned())
    });
    Some(conditions.chain(interventions).filter(|(_, name)| !name.is_empty()).collect())
}

/// Mentions with the smallest numbers that the seed gives them.
fn draw(
    resolved: &[(Listed, u64, Option<Resolution>)],
    n: usize,
    seed: u64,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut lots: Vec<(u64, &Listed, &Resolution)> = Vec::new();
    for (listed, n_mentions, found) in resolved {
        let Some(found) = found.as_ref().filter(|found| found.is_resolved()) else { continue };
        for mention in 0..*n_mentions {
            let lot = super::lint::number(seed, &format!("{}\t{}\t{mention}", listed.0, listed.1));
            lots.push((lot, listed, found));
        }
    }
    lots.sort_by_key(|(lot, listed, _)| (*lot, *listed));
    writeln!(out, "kind\tname\tconcepts\trelation\tconfidence")?;
    for (_, (kind, name), found) in lots.into_iter().take(n) {
        let concepts: Vec<String> = found.concepts.iter().map(ToString::to_string).collect();
        let (relation, confidence) = (format!("{:?}", found.relation), format!("{:?}", found.confidence));
        writeln!(out, "{kind}\t{name}\t{}\t{relation}\t{confidence}", concepts.join(" "))?;
    }
    Ok(())
}
