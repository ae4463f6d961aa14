//! `trialway review`: where pages stand, steps of a review, and what editors say of readings.

use crate::input;
use crate::settings::{DataDir, runtime};
use std::io::Write;
use trialway_editorial::{
    Answer, Checklist, Correction, Finding, ITEMS, ModelBlock, Stage, Standing, apply, draft_hash, kept, may_become,
    model_block, reading, standing_of, state, text_hash,
};
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_language::{Draft, Words};
use trialway_store::{ReadingCorrection, ReviewStep, Store, Stored};
use trialway_study::{NctId, Study};
use trialway_terminology::Terminology;

/// Arguments of `review`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  trialway review list --data-dir store\n  trialway review show NCT06904729\n  trialway review start NCT06904729 --reviewer \"A. Editor\"\n  trialway review publish NCT06904729 --reviewer \"A. Editor\" --checklist yyyyyyyyyyyyyyyyyxxx\n  trialway review reading NCT06904729 I4 corrected --author \"A. Editor\" --reason \"means at screening\""
)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand)]
enum Verb {
    /// List the pages that were ever reviewed, and where they stand
    List,
    /// Show a study's sentences with their sources, what was withheld, its steps, its corrections and the checklist
    Show {
        /// The study's NCT id
        id: String,
    },
    /// Begin the review of a page
    Start(Step),
    /// Publish a page that is in review
    Publish(Step),
    /// Give a page back as a draft
    Return(Step),
    /// Say whether a criterion is read rightly
    Reading {
        /// The study's NCT id
        id: String,
        /// The criterion's id, such as I4 or E2.1
        criterion: String,
        /// What you found; `withdrawn` takes back what was said
        #[arg(value_parser = ["confirmed", "corrected", "cannot-be-computed", "withdrawn"])]
        finding: String,
        /// Who says it
        #[arg(long)]
        author: String,
        /// Why, and what the criterion means where the reading is wrong
        #[arg(long, default_value = "")]
        reason: String,
    },
}

#[derive(clap::Args)]
struct Step {
    /// The study's NCT id
    id: String,
    /// Who does it, as the page shall show it
    #[arg(long)]
    reviewer: String,
    /// To publish: one letter for each of the 20 points that `show` lists: y (yes), n (no), x (does not apply)
    #[arg(long, default_value = "")]
    checklist: String,
    /// A note to keep with the step
    #[arg(long, default_value = "")]
    note: String,
}

/// Does what was asked.
pub fn run(arguments: &Arguments, data_dir: &DataDir, out: &mut dyn Write) -> anyhow::Result<()> {
    if !Store::is_in(&data_dir.path) {
        return Err(input::bad(&data_dir.path.display().to_string(), "holds no studies; ingest some first"));
    }
    runtime()?.block_on(async {
        let store = Store::open(&data_dir.path).await?;
        match &arguments.verb {
            Verb::List => list(&store, out).await,
            Verb::Show { id } => show(&One::of(&store, id).await?, out),
            Verb::Start(step) => take(&store, step, Stage::InReview, out).await,
            Verb::Publish(step) => take(&store, step, Stage::Published, out).await,
            Verb::Return(step) => take(&store, step, Stage::Drafted, out).await,
            Verb::Reading { id, criterion, finding, author, reason } => {
                let finding = Finding::of(&finding.replace('-', "_")).unwrap_or(Finding::Withdrawn);
                say(&One::of(&store, id).await?, &store, (criterion, finding), (author, reason), out).await
            }
        }
    })
}

/// A study with all that a review looks at.
struct One {
    stored: Stored,
    study: Study,
    /// As the engine reads it, without corrections.
    own: StudyLogic,
    corrections: Vec<Correction>,
    draft: Draft,
    model: Option<ModelBlock>,
    hash: String,
    steps: Vec<ReviewStep>,
    standing: Standing,
}

impl One {
    async fn of(store: &Store, given: &str) -> anyhow::Result<One> {
        let unknown = || input::bad(given, "is no study of the store; ingest it, or check its number");
        let id = NctId::parse(given).ok_or_else(unknown)?;
        let stored = store.study(id).await?.ok_or_else(unknown)?;
        let study = trialway_registry::parse_study(&stored.bytes)?.value;
        let own = super::criteria::read_study(&study);
        let corrections = kept(&store.corrections_of(id).await?);
        let mut logic = own.clone();
        apply(&mut logic, &corrections);
        let draft = trialway_language::draft(&study, &logic, Words::english(), Terminology::builtin());
        let model = store.model_draft(id, &stored.content_hash).await?.and_then(|kept| model_block(&study, &kept));
        let hash = draft_hash(&draft, model.as_ref());
        let steps = store.reviews_of(id).await?;
        let standing = standing_of(&steps, &stored.content_hash, &hash);
        Ok(One { stored, study, own, corrections, draft, model, hash, steps, standing })
    }
}

async fn list(store: &Store, out: &mut dyn Write) -> anyhow::Result<()> {
    let reviews = store.reviews().await?;
    if reviews.is_empty() {
        writeln!(out, "no page was reviewed yet; begin with `trialway review start NCT --reviewer NAME`")?;
    }
    for (step, _) in reviews {
        let one = One::of(store, &step.nct_id.to_string()).await?;
        writeln!(out, "{}  {:<10} {}", step.nct_id, one.standing.as_str(), words(&step))?;
    }
    Ok(())
}

fn words(step: &ReviewStep) -> String {
    let day: String = step.reviewed_at.chars().take(10).collect();
    let note = if step.note.is_empty() { String::new() } else { format!(": {}", step.note) };
    format!("{day} {} by {}, version {}{note}", step.stage, step.reviewer, step.version)
}

fn show(one: &One, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}  {}", one.stored.nct_id, one.study.title())?;
    writeln!(out, "{}; version {} of the record\n", one.standing.as_str(), one.stored.version)?;
    let model = one.model.iter().flat_map(|block| &block.sentences);
    for sentence in one.draft.sentences().chain(model) {
        writeln!(out, "{}  [grade {:.0}]", sentence.words, sentence.grade().max(0.0))?;
        for source in &sentence.sources {
            let what = if source.passage.is_empty() { &source.written } else { &source.passage };
            let place = source.criterion.as_ref().map_or_else(|| source.path.to_owned(), ToString::to_string);
            writeln!(out, "    < {place}: {}", what.split_whitespace().collect::<Vec<_>>().join(" "))?;
        }
    }
    for held in &one.draft.withheld {
        let faults: Vec<String> = held.faults.iter().map(ToString::to_string).collect();
        writeln!(out, "withheld: {} ({})", held.sentence.words, faults.join("; "))?;
    }
    let text = one.study.eligibility.text.as_deref().unwrap_or_default();
    let mut hashes = Vec::new();
    writeln!(out, "\nreadings:")?;
    for criterion in &one.own.criteria {
        show_reading(criterion, text, &one.corrections, &mut hashes, out)?;
    }
    for old in one.corrections.iter().filter(|old| !hashes.contains(&old.text_hash)) {
        writeln!(
            out,
            "no longer in force, the words changed: {} by {}: {}",
            old.finding.as_str(),
            old.author,
            old.written
        )?;
    }
    writeln!(out, "\nchecklist:")?;
    for item in ITEMS {
        writeln!(out, "{:>3}. {}", item.number, item.question)?;
    }
    if !one.steps.is_empty() {
        writeln!(out, "\nsteps:")?;
    }
    for step in &one.steps {
        writeln!(out, "  {}", words(step))?;
    }
    Ok(())
}

fn show_reading(
    criterion: &CriterionLogic,
    text: &str,
    corrections: &[Correction],
    hashes: &mut Vec<String>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let read = reading(criterion, text);
    hashes.push(text_hash(criterion.own.text()));
    writeln!(out, "{:<6} {}\n       = {read}", criterion.id.as_str(), criterion.own.text())?;
    use trialway_editorial::State::{Confirmed, Held, ReadOtherwise};
    match state(corrections, criterion.own.text(), &read) {
        Some(Confirmed(one)) => writeln!(out, "       confirmed by {}", one.author)?,
        Some(ReadOtherwise(one)) => {
            writeln!(out, "       confirmed by {} when it was read as: {}", one.author, one.reading)?
        }
        Some(Held(one)) => writeln!(out, "       {} by {}: {}", one.finding.as_str(), one.author, one.reason)?,
        None => {}
    }
    for child in &criterion.children {
        show_reading(child, text, corrections, hashes, out)?;
    }
    Ok(())
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

async fn take(store: &Store, step: &Step, next: Stage, out: &mut dyn Write) -> anyhow::Result<()> {
    let one = One::of(store, &step.id).await?;
    let letters = step.checklist.trim();
    let known = |letter: char| letter == '-' || Answer::of(&letter.to_string()).is_some();
    if let Some(letter) = letters.chars().find(|letter| !known(*letter)) {
        return Err(input::bad(letters, format!("has `{letter}`; the letters of --checklist are y, n and x")));
    }
    let checklist = Checklist::of(letters);
    let unchanged = one
        .steps
        .first()
        .is_some_and(|last| last.content_hash == one.stored.content_hash && last.draft_hash == one.hash);
    may_become(one.standing, next, &step.reviewer, unchanged, &checklist)
        .map_err(|refusal| input::bad(&step.id, refusal.to_string()))?;
    store
        .put_review(&ReviewStep {
            nct_id: one.stored.nct_id,
            stage: next.as_str().to_owned(),
            version: one.stored.version,
            content_hash: one.stored.content_hash.clone(),
            draft_hash: one.hash.clone(),
            reviewer: step.reviewer.clone(),
            reviewed_at: now(),
            checklist: if next == Stage::Published { checklist.letters() } else { String::new() },
            note: step.note.clone(),
        })
        .await?;
    writeln!(out, "{}: {}", one.stored.nct_id, next.as_str())?;
    Ok(())
}

async fn say(
    one: &One,
    store: &Store,
    (id, finding): (&str, Finding),
    (author, reason): (&str, &str),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let criterion = find(&one.own.criteria, id)
        .ok_or_else(|| input::bad(id, format!("is no criterion of {}; `review show` lists them", one.stored.nct_id)))?;
    if author.trim().is_empty() || (reason.trim().is_empty() && finding != Finding::Confirmed) {
        return Err(input::bad(id, "wants --author, and --reason unless the reading is confirmed"));
    }
    let text = one.study.eligibility.text.as_deref().unwrap_or_default();
    store
        .put_correction(&ReadingCorrection {
            nct_id: one.stored.nct_id,
            text_hash: text_hash(criterion.own.text()),
            written: criterion.own.text().to_owned(),
            verdict: finding.as_str().to_owned(),
            reading: reading(criterion, text),
            author: author.to_owned(),
            corrected_at: now(),
            reason: reason.to_owned(),
        })
        .await?;
    writeln!(out, "{} {}: {}", one.stored.nct_id, criterion.id, finding.as_str())?;
    Ok(())
}

fn find<'a>(criteria: &'a [CriterionLogic], id: &str) -> Option<&'a CriterionLogic> {
    criteria.iter().find_map(|one| if one.id.as_str() == id { Some(one) } else { find(&one.children, id) })
}
