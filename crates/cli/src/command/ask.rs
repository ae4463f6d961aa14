//! `trialway ask`: the questions whose answers settle most, for one study or all that are stored.

use super::criteria::read_study;
use super::screen::policy;
use crate::input;
use crate::record;
use crate::settings::{DataDir, runtime, today};
use crate::trial::trial;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io::Write;
use trialway_asking::{ordered, statement};
use trialway_eligibility::{Expr, StudyLogic, Test};
use trialway_matching::{Options, Question, questions};
use trialway_store::Store;
use trialway_terminology::{Domain, Terminology};

/// Arguments of `ask`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway ask --patient bundle.json --trial NCT06904729.json\n  trialway ask --patient bundle.json --format questionnaire > questionnaire.json"
)]
pub struct Arguments {
    /// A FHIR R4 Bundle with one Patient, a single resource, NDJSON, answers, or a note in plain text; may be gzipped; `-` is
    /// standard input; or a folder of OMOP CDM tables (CSV) of one person
    #[arg(long)]
    patient: String,
    /// A study record, or the NCT id of a study in the store [default: all stored studies]
    #[arg(long)]
    trial: Option<String>,
    /// The day to screen for [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// What to take for granted of what the record does not mention [default: chart, for answers and notes strict]
    #[arg(long, value_parser = ["chart", "strict"])]
    policy: Option<String>,
    /// At most this many questions
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: AskFormat,
}

/// How to print questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum AskFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// A FHIR R4 Questionnaire after SDC; screen its QuestionnaireResponse, or a Bundle that holds it
    Questionnaire,
}

/// A study with its text and logic.
struct Asked {
    id: String,
    text: String,
    logic: StudyLogic,
}

/// Finds the questions and prints them.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    let terminology = Terminology::builtin();
    let as_of = arguments.as_of.unwrap_or_else(today);
    let parsed = record::read(&arguments.patient, as_of, data_dir)?.value;
    let facts = parsed.facts;
    let studies = match &arguments.trial {
        Some(given) => {
            let trial = trial(given, data_dir)?;
            let text = trial.study.value.eligibility.text.clone().unwrap_or_default();
            vec![Asked { logic: trial.logic(), id: trial.doc, text }]
        }
        None => stored(data_dir)?,
    };
    let policy = policy(arguments.policy.as_deref(), parsed.is_answers);
    let options = Options { as_of, policy, trial: None };
    let all: Vec<(&str, &StudyLogic)> = studies.iter().map(|study| (study.id.as_str(), &study.logic)).collect();
    let mut found = ordered(questions(&all, &facts, &options, terminology));
    found.truncate(arguments.limit);
    let worded: Vec<(Question, String)> = found
        .into_iter()
        .map(|question| {
            let words = words(&question, &studies, terminology);
            (question, words)
        })
        .collect();
    match arguments.format {
        AskFormat::Text => print(&worded, studies.len(), out),
        AskFormat::Json => {
            serde_json::to_writer_pretty(
                &mut *out,
                &json!({"questions": worded.iter().map(as_json).collect::<Vec<_>>()}),
            )?;
            Ok(writeln!(out)?)
        }
        AskFormat::Questionnaire => {
            let items: Vec<Value> = worded.iter().map(|(question, words)| item(question, words, terminology)).collect();
            let questionnaire = json!({
                "resourceType": "Questionnaire",
                "meta": {"profile": ["http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"]},
                "status": "active",
                "subjectType": ["Patient"],
                "title": "What is not known yet",
                "item": items,
            });
            serde_json::to_writer_pretty(&mut *out, &questionnaire)?;
            Ok(writeln!(out)?)
        }
    }
}

/// All stored studies, read.
fn stored(data_dir: &DataDir) -> anyhow::Result<Vec<Asked>> {
    const PAGE: u32 = 500;
    if !data_dir.path.join("trialway.db").exists() {
        let what = "holds no studies; ingest some, or give one with --trial";
        return Err(input::bad(&data_dir.path.display().to_string(), what));
    }
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        let corrections = trialway_editorial::by_study(&store.corrections().await?);
        let (mut out, mut after) = (Vec::new(), None);
        loop {
            let ids = store.ids_after(after, PAGE).await?;
            let Some(last) = ids.last().copied() else { break };
            for id in ids {
                let Some(stored) = store.study(id).await? else { continue };
                // A record that was accepted once and is refused now has nothing to ask.
                let Ok(parsed) = trialway_registry::parse_study(&stored.bytes) else { continue };
                let text = parsed.value.eligibility.text.clone().unwrap_or_default();
                let mut logic = read_study(&parsed.value);
                trialway_editorial::apply(&mut logic, corrections.get(&id).map_or(&[], Vec::as_slice));
                out.push(Asked { id: id.to_string(), text, logic });
            }
            after = Some(last);
        }
        store.close().await;
        Ok(out)
    })
}

/// A question in words.
fn words(question: &Question, studies: &[Asked], terminology: &Terminology) -> String {
    let of = question.bears_on.first().map_or("", |(study, _)| study.as_str());
    let text = studies.iter().find(|study| study.id == of).map_or("", |study| study.text.as_str());
    statement(question, text, terminology)
}

fn print(questions: &[(Question, String)], n_studies: usize, out: &mut dyn Write) -> anyhow::Result<()> {
    let Some(((first, words), rest)) = questions.split_first() else {
        writeln!(out, "Nothing to ask: {n_studies} studies, none of which waits for an answer.")?;
        return Ok(());
    };
    writeln!(out, "Next question: {words}")?;
    writeln!(out, "  {}", bearing(first))?;
    if !rest.is_empty() {
        writeln!(out, "\nThen:")?;
    }
    for (question, words) in rest {
        writeln!(out, "  - {words}\n      {}", bearing(question))?;
    }
    Ok(())
}

/// What a question is about, in few words.
fn bearing(question: &Question) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<String> =
        question.bears_on.iter().take(SHOWN).map(|(study, criterion)| format!("{study} {criterion}")).collect();
    let more = question.bears_on.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("asked by {}{more}; expected to settle {:.1}", shown.join(", "), f64::from(question.gain) / 2.0)
}

fn as_json((question, words): &(Question, String)) -> Value {
    json!({
        "key": question.key,
        "question": words,
        "expected_settled": f64::from(question.gain) / 2.0,
        "unread": question.is_unread,
        "bears_on": question.bears_on.iter()
            .map(|(study, criterion)| json!({"trial": study, "criterion": criterion.as_str()}))
            .collect::<Vec<_>>(),
    })
}

/// An item of a questionnaire: a quantity for a number that is measured, else yes or no.
fn item(question: &Question, words: &str, terminology: &Terminology) -> Value {
    let mut item = json!({"linkId": question.key, "text": words, "type": "boolean", "required": false});
    let Expr::Atom(atom) = &question.leaf else { return item };
    let Test::Measurement(test) = &atom.test else { return item };
    if test.concept.as_str() != question.key || test.concept.domain() != Some(Domain::Observation) {
        return item;
    }
    let unit =
        terminology.concept(&test.concept).and_then(|concept| concept.laboratory.as_ref()).map(|l| l.unit.clone());
    if let Some(fields) = item.as_object_mut() {
        fields.insert("type".to_owned(), json!("quantity"));
        if let Some(unit) = unit.filter(|unit| !unit.is_empty()) {
            let coding = json!({"system": "http://unitsofmeasure.org", "code": unit});
            let extension =
                json!([{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding": coding}]);
            fields.insert("extension".to_owned(), extension);
        }
    }
    item
}
