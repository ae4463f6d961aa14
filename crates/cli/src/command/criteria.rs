//! `trialway criteria`: a study's criteria as tree and logic.

use crate::input::{self, Document};
use crate::json;
use crate::reading::Reading;
use anyhow::Context;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, BufWriter, Cursor, Write};
use trialway_criteria::LeafKind;
use trialway_diagnostics::Diagnostic;
use trialway_eligibility::{Coverage, CriterionLogic, Expr, StudyLogic, Test};
use trialway_study::Study;
use trialway_terminology::Terminology;

/// Arguments of `criteria`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway criteria NCT06904729.json\n  trialway criteria NCT06904729.json --format json\n  trialway criteria --batch texts.ndjson --out logic.ndjson"
)]
pub struct Arguments {
    /// A study record (API v2 JSON or legacy XML) or plain eligibility text; may be gzipped; `-` is standard input
    #[arg(required_unless_present = "batch")]
    file: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    /// Lines of {"doc", "text"} to read
    #[arg(long, requires = "out", conflicts_with = "file")]
    batch: Option<String>,
    /// Where the batch's lines go
    #[arg(long, requires = "batch")]
    out: Option<String>,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For people
    Text,
    /// For programs, as the contract says
    Json,
    /// Every byte of the text in its leaf, as JSON
    Tree,
}

/// Reads and prints.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    if let (Some(batch), Some(target)) = (&arguments.batch, &arguments.out) {
        return run_batch(batch, target);
    }
    let file = arguments.file.as_deref().unwrap_or("-");
    if arguments.format == Form::Tree {
        return print_leaves(file, out);
    }
    let reading = Reading::of(input::document(file)?, &input::name(file));
    match arguments.format {
        Form::Json | Form::Tree => {
            serde_json::to_writer_pretty(&mut *out, &document(&reading))?;
            writeln!(out)?;
        }
        Form::Text => print(&reading, out)?,
    }
    Ok(())
}

/// The leaves of the token tree: laid end to end they are the text.
fn print_leaves(file: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let (doc, text) = match input::document(file)? {
        Document::Study(parsed) => {
            (parsed.value.doc.clone(), parsed.value.eligibility.text.clone().unwrap_or_default())
        }
        Document::Text(text) => (String::new(), text),
    };
    let doc = if doc.is_empty() { input::name(file) } else { doc };
    let leaves: Vec<Value> = trialway_criteria::parse(&text)
        .value
        .leaves
        .iter()
        .map(|leaf| {
            let (kind, criterion) = match &leaf.kind {
                LeafKind::Heading => ("heading", None),
                LeafKind::Marker => ("marker", None),
                LeafKind::Blank => ("blank", None),
                LeafKind::Text(id) => ("text", Some(id.to_string())),
            };
            let written = text.get(leaf.span.start..leaf.span.end);
            json!({"span": [leaf.span.start, leaf.span.end], "kind": kind, "criterion": criterion, "text": written})
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &json!({"doc": doc, "leaves": leaves}))?;
    writeln!(out)?;
    Ok(())
}

/// A study's logic, structured fields included.
pub fn read_study(study: &Study) -> StudyLogic {
    let text = study.eligibility.text.clone().unwrap_or_default();
    trialway_eligibility::lower_study(study, &trialway_criteria::parse(&text), Terminology::builtin())
}

fn document(reading: &Reading) -> Value {
    json!({
        "doc": reading.doc,
        "criteria": reading.logic.criteria.iter().map(json::node).collect::<Vec<_>>(),
        "lint": reading.findings.iter().map(json::lint).collect::<Vec<_>>(),
        "coverage": json::coverage(&reading.logic.coverage),
    })
}

fn run_batch(batch: &str, target: &str) -> anyhow::Result<()> {
    let bytes: Box<dyn BufRead> = if batch == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else if batch.ends_with(".gz") {
        Box::new(Cursor::new(input::read(batch)?))
    } else {
        Box::new(BufReader::new(
            std::fs::File::open(batch)
                .map_err(|error| input::bad(batch, format!("cannot be opened ({error}); check the path")))?,
        ))
    };
    let mut out = BufWriter::new(std::fs::File::create(target).with_context(|| format!("{target} cannot be written"))?);
    for (index, line) in bytes.split(b'\n').enumerate() {
        let line = line.with_context(|| format!("{batch}: line {} cannot be read", index + 1))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match serde_json::from_slice::<Value>(&line) {
            Ok(value) => {
                let doc = value.get("doc").cloned().unwrap_or(Value::Null);
                match (value.get("text").and_then(Value::as_str), &doc) {
                    (Some(text), Value::String(name)) => document(&Reading::of_text(text.to_owned(), name)),
                    _ => {
                        json!({"doc": doc, "error": format!("line {}: `doc` and `text` must both be strings", index + 1)})
                    }
                }
            }
            Err(error) => {
                json!({"doc": null, "error": format!("line {}: not valid JSON at column {}", index + 1, error.column())})
            }
        };
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

fn print(reading: &Reading, out: &mut dyn Write) -> anyhow::Result<()> {
    let Reading { doc, logic, findings, .. } = reading;
    writeln!(out, "{doc}")?;
    for criterion in &logic.criteria {
        print_node(criterion, 0, out)?;
    }
    let Coverage { n_criteria, n_computed, n_partly, n_judgement, n_unread, n_bytes, n_unread_bytes, .. } =
        logic.coverage;
    let share = if n_bytes == 0 { 0.0 } else { 100.0 * n_unread_bytes as f64 / n_bytes as f64 };
    writeln!(
        out,
        "\n{n_criteria} criteria: {n_computed} computed, {n_judgement} wait for a judgement or consent, {n_partly} partly read, {n_unread} not read; {share:.1}% of the text not read"
    )?;
    for finding in findings {
        print_finding(finding, out)?;
    }
    Ok(())
}

/// A finding on one line.
pub fn print_finding(finding: &Diagnostic, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", finding_line(finding))
}

/// The text of a finding's line.
pub fn finding_line(finding: &Diagnostic) -> String {
    let place = finding
        .span
        .map(|span| format!(" [{}, {})", span.start, span.end))
        .or_else(|| finding.path.as_ref().map(|path| format!(" {path}")))
        .unwrap_or_default();
    let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{} {}{place}: {}{help}", finding.severity.as_str(), finding.code, finding.message)
}

fn print_node(criterion: &CriterionLogic, depth: usize, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}{}  {}", "  ".repeat(depth), criterion.id, criterion.own.text())?;
    writeln!(out, "{}    = {}", "  ".repeat(depth), plain(&criterion.logic))?;
    for child in &criterion.children {
        print_node(child, depth + 1, out)?;
    }
    Ok(())
}

/// Logic on one line.
fn plain(expr: &Expr) -> String {
    let list = |args: &[Expr], word: &str| format!("({})", args.iter().map(plain).collect::<Vec<_>>().join(word));
    match expr {
        Expr::And(args) if args.is_empty() => "nothing by itself".to_owned(),
        Expr::And(args) => list(args, " and "),
        Expr::Or(args) => list(args, " or "),
        Expr::Not(arg) => format!("not {}", plain(arg)),
        Expr::AtLeast { n, args } => format!("at least {n} of {}", list(args, ", ")),
        Expr::Implies { condition, then, .. } => format!("if {} then {}", plain(condition), plain(then)),
        Expr::Except { base, unless, .. } => format!("{} except {}", plain(base), plain(unless)),
        Expr::Node(id) => id.to_string(),
        Expr::Unread { span } => format!("unread[{}, {})", span.start, span.end),
        Expr::Atom(atom) => {
            let concept = json::concept(&atom.test).unwrap_or_default();
            let compare = json::compare_text(&atom.test);
            let kind = match &atom.test {
                Test::Event(_) | Test::Measurement(_) if !concept.is_empty() => String::new(),
                other => format!("{} ", other.kind()),
            };
            format!("{kind}{concept}{compare}").trim_end().to_owned()
        }
    }
}
