//! What changed in a study from one version of its record to the next.

use super::feed::in_language;
use super::{Page, render, trial};
use crate::error::Problem;
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use crate::words;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use trialway_criteria::Kind;
use trialway_history::wording::{Stretch, words as compared};
use trialway_history::{Change, Part, changes};
use trialway_store::{Store, Stored};
use trialway_study::{NctId, Status, Study, WordList};

/// Versions that a page or a feed shows; those before them are in the store.
pub const MOST_VERSIONS: i64 = 100;

/// More words than this are shown before and after, not word by word.
const MOST_WORDS: usize = 400;

/// A version and what changed in it.
pub struct Step {
    /// Which version, from 1.
    pub version: i64,
    /// When it was received, RFC 3339.
    pub received_at: String,
    /// The study's title then.
    pub title: String,
    /// What changed from the version before; empty for the first that is kept here.
    pub changes: Vec<Change>,
}

/// The last versions of a study, newest first, with what changed in each; empty where it is not stored.
///
/// **Errors**: those of the store; a record that can no longer be read.
pub async fn steps(store: &Store, nct_id: NctId, most: i64) -> Result<Vec<Step>, Problem> {
    let n = store.versions(nct_id).await?.last().map_or(0, |last| last.version);
    let records = store.records_since(nct_id, (n - most).max(1)).await?;
    let mut out = Vec::with_capacity(records.len());
    let mut before: Option<Study> = None;
    for record in &records {
        let study = trialway_registry::parse_study(&record.bytes)?.value;
        // Of the oldest of many, the version before is not at hand.
        if before.is_some() || record.version == 1 {
            out.push(step(record, before.as_ref(), &study));
        }
        before = Some(study);
    }
    out.reverse();
    Ok(out)
}

/// One version of a study with what changed in it; none where there is no such version.
///
/// **Errors**: those of the store; a record that can no longer be read.
pub async fn one_step(store: &Store, nct_id: NctId, version: i64) -> Result<Option<Step>, Problem> {
    let records = store.records_since(nct_id, (version - 1).max(1)).await?;
    let of = |wanted: i64| records.iter().find(|record| record.version == wanted);
    let read = |record: &Stored| trialway_registry::parse_study(&record.bytes).map(|parsed| parsed.value);
    let Some(record) = of(version) else { return Ok(None) };
    let before = of(version - 1).map(read).transpose()?;
    Ok(Some(step(record, before.as_ref(), &read(record)?)))
}

fn step(record: &Stored, before: Option<&Study>, study: &Study) -> Step {
    Step {
        version: record.version,
        received_at: record.received_at.clone(),
        title: study.title().to_owned(),
        changes: before.map(|before| changes(before, study)).unwrap_or_default(),
    }
}

/// A stretch of words that stayed, went or came.
pub struct WordView {
    /// `del`, `ins`, or empty for what stayed.
    pub class: &'static str,
    /// The words.
    pub words: String,
}

/// A change in words.
pub struct ChangeView {
    /// What changed.
    pub heading: String,
    /// Whether it was added, removed or changed.
    pub verb: String,
    /// What it said before.
    pub before: Option<String>,
    /// What it says now.
    pub after: Option<String>,
    /// The language of what it says.
    pub lang: &'static str,
    /// Both at once, word by word; empty where they are shown apart.
    pub words: Vec<WordView>,
}

struct StepView {
    heading: String,
    changes: Vec<ChangeView>,
    is_first: bool,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    page: Page,
    nct_id: String,
    title: String,
    gone: Option<String>,
    n_older: String,
    steps: Vec<StepView>,
    feeds: (String, String),
}

/// Shows a study's history.
pub async fn show(State(app): State<App>, page: Page, Path(nct_id): Path<String>) -> Result<Response, Problem> {
    let stored = trial::stored(&app, &nct_id).await?;
    let steps = steps(&app.store, stored.nct_id, MOST_VERSIONS).await?;
    let (tongue, address) = (page.tongue, format!("/trials/{}", stored.nct_id));
    let n_older = steps.last().map_or(0, |step| step.version - 1);
    Ok(render(&HistoryPage {
        page,
        nct_id: stored.nct_id.to_string(),
        title: steps.first().map(|step| step.title.clone()).unwrap_or_default(),
        gone: app.store.gone_at(stored.nct_id).await?.map(|at| words::day(tongue, &at)),
        n_older: match n_older {
            0 => String::new(),
            n => tongue.say_with("history-older", &[("n", &n.to_string())]),
        },
        steps: steps.iter().map(|step| step_view(tongue, step)).collect(),
        feeds: (
            in_language(&format!("{address}/feed.atom"), tongue),
            in_language(&format!("{address}/feed.json"), tongue),
        ),
    }))
}

fn step_view(tongue: Tongue, step: &Step) -> StepView {
    StepView {
        heading: tongue.say_with(
            "history-version",
            &[("version", &step.version.to_string()), ("day", &words::day(tongue, &step.received_at))],
        ),
        is_first: step.version == 1,
        changes: said(tongue, step),
    }
}

/// What changed in a step, in words.
pub fn said(tongue: Tongue, step: &Step) -> Vec<ChangeView> {
    step.changes.iter().map(|change| change_view(tongue, change)).collect()
}

/// A change in one sentence, in a language.
pub fn sentence(tongue: Tongue, change: &Change) -> String {
    let what = heading(tongue, &change.part);
    let (before, after) = (value(tongue, &change.part, &change.before), value(tongue, &change.part, &change.after));
    let id = match (&change.before, &change.after) {
        (None, None) => "feed-part-changed",
        (None, Some(_)) => "feed-part-added",
        (Some(_), None) => "feed-part-removed",
        (Some(_), Some(_)) => "feed-part-from-to",
    };
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    tongue.say_with(id, &[("what", &what), ("before", &before), ("after", &after)])
}

/// What a part said or says: a status by its label in the language, all else in the record's words.
fn value(tongue: Tongue, part: &Part, written: &Option<String>) -> Option<String> {
    let written = written.as_ref()?;
    let status = Status::ALL.iter().copied().find(|status| *part == Part::Status && status.label() == written);
    Some(status.map_or_else(|| written.clone(), |status| words::label_word(tongue, status)))
}

/// What changed, for a heading.
fn heading(tongue: Tongue, part: &Part) -> String {
    match part {
        Part::Status => tongue.say("history-status"),
        Part::Field(name) => words::term(tongue, name),
        Part::Site(name) => tongue.say_with("history-site", &[("name", name)]),
        Part::Criterion(Kind::Inclusion) => tongue.say("history-criterion"),
        Part::Criterion(Kind::Exclusion) => tongue.say("history-criterion-not"),
        Part::Rest => tongue.say("history-rest"),
    }
}

fn change_view(tongue: Tongue, change: &Change) -> ChangeView {
    let mut view = ChangeView {
        heading: heading(tongue, &change.part),
        verb: tongue.say(&format!("history-{}", change.verb())),
        before: value(tongue, &change.part, &change.before),
        after: value(tongue, &change.part, &change.after),
        words: Vec::new(),
        lang: if change.part == Part::Status { tongue.tag() } else { "en" },
    };
    let is_text = matches!(change.part, Part::Criterion(_) | Part::Field(_));
    if let (true, Some(before), Some(after)) = (is_text, &change.before, &change.after) {
        let n = |text: &str| text.split_whitespace().count();
        if n(before).max(n(after)) <= MOST_WORDS && n(before).min(n(after)) > 2 {
            view.words = compared(before, after)
                .into_iter()
                .map(|stretch| match stretch {
                    Stretch::Same(words) => WordView { class: "", words },
                    Stretch::Gone(words) => WordView { class: "del", words },
                    Stretch::New(words) => WordView { class: "ins", words },
                })
                .collect();
        }
    }
    view
}
