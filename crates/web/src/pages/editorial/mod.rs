//! For editors: the list of pages, and one page's sentences beside their sources. The gate is `members::gate`.

mod step;

pub use step::{reading, review};

use super::{Page, render};
use crate::error::Problem;
use crate::pages::members::gate::Member;
use crate::pages::trial::{self, Shown};
use crate::state::App;
use crate::tongue::Tongue;
use crate::words;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use trialway_editorial::{Answer, Correction, Finding, ITEMS, Standing, State as Said, state, text_hash};
use trialway_eligibility::CriterionLogic;
use trialway_language::Sentence;
use trialway_store::ReviewStep;

/// The day of a stored moment; the pages for editors are in English.
fn day(at: &str) -> String {
    words::day(Tongue::English, at)
}

struct RowView {
    nct_id: String,
    standing: &'static str,
    what: String,
}

#[derive(Template)]
#[template(path = "editorial.html")]
struct ListPage {
    page: Page,
    rows: Vec<RowView>,
    reports: Vec<ReportView>,
}

struct ReportView {
    nct_id: String,
    criterion: String,
    message: String,
    at: String,
}

struct SentenceView {
    words: String,
    sources: Vec<String>,
    grade: String,
    faults: Vec<String>,
}

struct PartView {
    heading: &'static str,
    sentences: Vec<SentenceView>,
}

struct ItemView {
    number: usize,
    question: &'static str,
    answer: &'static str,
}

struct GroupView {
    heading: &'static str,
    items: Vec<ItemView>,
}

struct CriterionView {
    id: String,
    words: String,
    reading: String,
    said: String,
}

#[derive(Template)]
#[template(path = "editorial_one.html")]
struct OnePage {
    page: Page,
    reviewer: String,
    nct_id: String,
    title: String,
    standing: &'static str,
    record: String,
    steps: Vec<String>,
    parts: Vec<PartView>,
    withheld: PartView,
    groups: Vec<GroupView>,
    criteria: Vec<CriterionView>,
    lapsed: Vec<String>,
    may_start: bool,
    may_publish: bool,
    may_return: bool,
    done: &'static str,
    hashes: (String, String),
}

/// What was just done.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
    #[serde(default)]
    nct_id: String,
}

fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Drafted => "Draft: nobody has reviewed it",
        Standing::InReview => "In review",
        Standing::Published => "Published",
        Standing::Stale => "Stale: the record or the sentences changed since it was published",
    }
}

/// Lists the pages under review, and what readers reported.
pub async fn list(
    State(app): State<App>,
    page: Page,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    if !asked.nct_id.trim().is_empty() {
        return one_page(&app, page, &member, asked.nct_id.trim(), "").await;
    }
    let mut rows = Vec::new();
    for (step, _) in app.store.reviews().await? {
        let Some(stored) = app.store.study(step.nct_id).await? else { continue };
        let prepared = trial::read(&app, &stored).await?;
        let shown = Shown::of(&app, Tongue::English, &stored, &prepared).await?;
        rows.push(RowView {
            nct_id: step.nct_id.to_string(),
            standing: standing_words(shown.standing),
            what: step_words(&step),
        });
    }
    let reports = app.store.reading_reports(50).await?;
    let reports = reports
        .into_iter()
        .map(|one| ReportView {
            nct_id: one.nct_id,
            criterion: one.criterion_id,
            message: one.message,
            at: day(&one.reported_at),
        })
        .collect();
    Ok(super::private(render(&ListPage { page, rows, reports })))
}

/// Shows one study's sentences beside their sources, with what an editor can do.
pub async fn one(
    State(app): State<App>,
    page: Page,
    member: Member,
    Path(nct_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    one_page(&app, page, &member, &nct_id, &asked.done).await
}

async fn one_page(app: &App, page: Page, member: &Member, nct_id: &str, done: &str) -> Result<Response, Problem> {
    let stored = trial::stored(app, nct_id).await?;
    let prepared = trial::read(app, &stored).await?;
    let shown = Shown::of(app, Tongue::English, &stored, &prepared).await?;
    let draft = &shown.draft;
    let of = |heading, sentences: &[Sentence]| PartView {
        heading,
        sentences: sentences.iter().map(|one| sentence(one, &[])).collect(),
    };
    let mut parts = vec![
        of("In one sentence", &draft.gist),
        of("What it studies", &draft.about),
        of("What taking part involves", &draft.part),
        of("This study may fit people who …", &draft.fits),
        of("This study may not fit people who …", &draft.unfits),
        of("Why it matters", &draft.matters),
    ];
    parts.extend(shown.model.as_ref().map(|block| of("Drafted by a language model", &block.sentences)));
    parts.retain(|part| !part.sentences.is_empty());
    let text = prepared.study.value.eligibility.text.as_deref().unwrap_or_default();
    // An editor judges the engine's own reading, also where it is held.
    let own = trial::prepare(&stored, Vec::new())?;
    let mut criteria = Vec::new();
    for criterion in &own.logic.criteria {
        criterion_view(criterion, text, &prepared.corrections, &mut criteria);
    }
    let hashes: Vec<String> = criteria.iter().map(|one| text_hash(&one.words)).collect();
    let lapsed = prepared
        .corrections
        .iter()
        .filter(|one| one.finding != Finding::Withdrawn && !hashes.contains(&one.text_hash))
        .map(|one| format!("“{}”: {} by {}, {}", one.written, finding_words(one.finding), one.author, day(&one.at)))
        .collect();
    let checklist = trialway_editorial::Checklist::of(shown.steps.first().map_or("", |step| step.checklist.as_str()));
    let now = shown.standing;
    let is_same = shown
        .steps
        .first()
        .is_some_and(|step| step.content_hash == stored.content_hash && step.draft_hash == shown.draft_hash);
    Ok(super::private(render(&OnePage {
        page,
        reviewer: member.account().name.clone(),
        nct_id: stored.nct_id.to_string(),
        title: prepared.study.value.title().to_owned(),
        standing: standing_words(now),
        record: format!("version {} of the record, copied {}", stored.version, day(&stored.received_at)),
        steps: shown.steps.iter().map(step_words).collect(),
        parts,
        withheld: PartView {
            heading: "Withheld by the checks",
            sentences: draft
                .withheld
                .iter()
                .map(|one| sentence(&one.sentence, &one.faults.iter().map(ToString::to_string).collect::<Vec<_>>()))
                .collect(),
        },
        groups: groups(&checklist),
        criteria,
        lapsed,
        // A review whose record changed under it is begun anew.
        may_start: now != Standing::InReview || !is_same,
        may_publish: now == Standing::InReview && is_same,
        may_return: now != Standing::Drafted,
        done: match done {
            "review" => "The step is kept.",
            "reading" => "What you said of the reading is kept.",
            _ => "",
        },
        hashes: (stored.content_hash.clone(), shown.draft_hash.clone()),
    })))
}

fn sentence(one: &Sentence, faults: &[String]) -> SentenceView {
    let sources = one
        .sources
        .iter()
        .map(|source| {
            let place = source.criterion.as_ref().map_or_else(|| source.path.to_owned(), |id| format!("point {id}"));
            format!("{place}: {}", if source.passage.is_empty() { &source.written } else { &source.passage })
        })
        .collect();
    SentenceView {
        words: one.words.clone(),
        sources,
        grade: format!("{:.0}", one.grade().max(0.0)),
        faults: faults.to_vec(),
    }
}

fn groups(checklist: &trialway_editorial::Checklist) -> Vec<GroupView> {
    let mut out: Vec<GroupView> = Vec::new();
    for item in ITEMS {
        let answer = match checklist.answer(item.number) {
            Some(Answer::Yes) => "y",
            Some(Answer::No) => "n",
            Some(Answer::NotApplicable) => "x",
            None => "",
        };
        let view = ItemView { number: item.number, question: item.question, answer };
        match out.last_mut().filter(|group| group.heading == item.part.heading()) {
            Some(group) => group.items.push(view),
            None => out.push(GroupView { heading: item.part.heading(), items: vec![view] }),
        }
    }
    out
}

fn finding_words(finding: Finding) -> &'static str {
    match finding {
        Finding::Confirmed => "confirmed",
        Finding::Corrected => "found wrong",
        Finding::CannotBeComputed => "found beyond computing",
        Finding::Withdrawn => "withdrawn",
    }
}

fn criterion_view(criterion: &CriterionLogic, text: &str, corrections: &[Correction], out: &mut Vec<CriterionView>) {
    let reading = trialway_editorial::reading(criterion, text);
    let words = criterion.own.text().to_owned();
    let said = match state(corrections, &words, &reading) {
        Some(Said::Confirmed(one) | Said::Held(one)) => {
            format!("{} by {}, {}. {}", capital(finding_words(one.finding)), one.author, day(&one.at), one.reason)
        }
        Some(Said::ReadOtherwise(one)) => {
            format!("Confirmed by {}, {}, when it was read as: {}", one.author, day(&one.at), one.reading)
        }
        None => String::new(),
    };
    out.push(CriterionView { id: criterion.id.to_string(), words, reading, said });
    for child in &criterion.children {
        criterion_view(child, text, corrections, out);
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

fn step_words(step: &ReviewStep) -> String {
    let what = match step.stage.as_str() {
        "in_review" => "review begun",
        "published" => "published",
        _ => "given back as a draft",
    };
    let note = if step.note.is_empty() { String::new() } else { format!(": {}", step.note) };
    let share = trialway_editorial::Checklist::of(&step.checklist).share();
    let share = share.map(|share| format!(", {share}% of the checklist met")).unwrap_or_default();
    format!(
        "{}: {what} by {}, version {} of the record{share}{note}",
        day(&step.reviewed_at),
        step.reviewer,
        step.version
    )
}
