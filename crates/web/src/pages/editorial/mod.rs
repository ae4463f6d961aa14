//! For editors: the list of pages, and one page's sentences beside their sources. The gate is `members::gate`.

mod step;

pub use step::{reading, review};

use super::{Page, render};
use crate::error::Problem;
use crate::line::Line;
use crate::pages::members::gate::Member;
use crate::pages::trial::{self, Shown};
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use crate::words;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use trialway_editorial::{Answer, Correction, Finding, ITEMS, Part, Standing, State as Said, state, text_hash};
use trialway_eligibility::CriterionLogic;
use trialway_language::Sentence;
use trialway_language::draft::check::Fault;
use trialway_store::ReviewStep;

struct RowView {
    nct_id: String,
    standing: String,
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
    sources: Vec<Line>,
    grade: String,
    faults: Vec<String>,
}

struct PartView {
    heading: String,
    sentences: Vec<SentenceView>,
}

struct ItemView {
    number: usize,
    question: String,
    answer: &'static str,
}

struct GroupView {
    heading: String,
    items: Vec<ItemView>,
}

struct CriterionView {
    id: String,
    words: String,
    reading: String,
    said: Line,
}

#[derive(Template)]
#[template(path = "editorial_one.html")]
struct OnePage {
    page: Page,
    reviewer: String,
    nct_id: String,
    heading: Line,
    standing: String,
    record: String,
    steps: Vec<String>,
    parts: Vec<PartView>,
    withheld: PartView,
    groups: Vec<GroupView>,
    criteria: Vec<CriterionView>,
    lapsed: Vec<Line>,
    may_start: bool,
    may_publish: bool,
    may_return: bool,
    done: String,
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

fn standing_words(tongue: Tongue, standing: Standing) -> String {
    let words = tongue.say(match standing {
        Standing::Drafted => "editorial-standing-draft",
        Standing::InReview => "editorial-standing-in-review",
        Standing::Published => "editorial-standing-published",
        Standing::Stale => "editorial-standing-stale",
    });
    tongue.say_with("editorial-row", &[("standing", &words)])
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
    let tongue = page.tongue;
    let mut rows = Vec::new();
    for (step, _) in app.store.reviews().await? {
        let Some(stored) = app.store.study(step.nct_id).await? else { continue };
        let prepared = trial::read(&app, &stored).await?;
        let shown = Shown::of(&app, Tongue::English, &stored, &prepared).await?;
        rows.push(RowView {
            nct_id: step.nct_id.to_string(),
            standing: standing_words(tongue, shown.standing),
            what: step_words(tongue, &step),
        });
    }
    let reports = app.store.reading_reports(50).await?;
    let reports = reports
        .into_iter()
        .map(|one| ReportView {
            nct_id: one.nct_id,
            criterion: one.criterion_id,
            message: one.message,
            at: words::day(tongue, &one.reported_at),
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
    let (tongue, draft) = (page.tongue, &shown.draft);
    let of = |heading: &str, sentences: &[Sentence]| PartView {
        heading: tongue.say(heading),
        sentences: sentences.iter().map(|one| sentence(tongue, one, &[])).collect(),
    };
    let mut parts = vec![
        of("editorial-part-gist", &draft.gist),
        of("editorial-part-about", &draft.about),
        of("editorial-part-part", &draft.part),
        of("editorial-part-fits", &draft.fits),
        of("editorial-part-unfits", &draft.unfits),
        of("editorial-part-matters", &draft.matters),
    ];
    parts.extend(shown.model.as_ref().map(|block| of("editorial-part-model", &block.sentences)));
    parts.retain(|part| !part.sentences.is_empty());
    let text = prepared.study.value.eligibility.text.as_deref().unwrap_or_default();
    // An editor judges the engine's own reading, also where it is held.
    let own = trial::prepare(&stored, Vec::new())?;
    let mut criteria = Vec::new();
    for criterion in &own.logic.criteria {
        criterion_view(tongue, criterion, text, &prepared.corrections, &mut criteria);
    }
    let hashes: Vec<String> = criteria.iter().map(|one| text_hash(&one.words)).collect();
    let lapsed = prepared
        .corrections
        .iter()
        .filter(|one| one.finding != Finding::Withdrawn && !hashes.contains(&one.text_hash))
        .map(|one| {
            let id = format!("editorial-lapsed-{}", finding_word(one.finding));
            said_words(tongue, &id, one)
        })
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
        heading: Line::of(
            &tongue.say_with("editorial-review", &[("title", &words::english(tongue, prepared.study.value.title()))]),
        ),
        standing: standing_words(tongue, now),
        record: tongue.say_with(
            "editorial-record",
            &[("version", &stored.version.to_string()), ("day", &words::day(tongue, &stored.received_at))],
        ),
        steps: shown.steps.iter().map(|step| step_words(tongue, step)).collect(),
        parts,
        withheld: PartView {
            heading: tongue.say("editorial-withheld"),
            sentences: draft.withheld.iter().map(|one| sentence(tongue, &one.sentence, &one.faults)).collect(),
        },
        groups: groups(tongue, &checklist),
        criteria,
        lapsed,
        // A review whose record changed under it is begun anew.
        may_start: now != Standing::InReview || !is_same,
        may_publish: now == Standing::InReview && is_same,
        may_return: now != Standing::Drafted,
        done: match done {
            "review" => tongue.say("editorial-done-review"),
            "reading" => tongue.say("editorial-done-reading"),
            _ => String::new(),
        },
        hashes: (stored.content_hash.clone(), shown.draft_hash.clone()),
    })))
}

fn sentence(tongue: Tongue, one: &Sentence, faults: &[Fault]) -> SentenceView {
    let source = |source: &trialway_language::Source| {
        let place = match &source.criterion {
            Some(id) => tongue.say_with("editorial-point", &[("id", id.as_str())]),
            None => words::english(tongue, source.path),
        };
        let written = if source.passage.is_empty() { &source.written } else { &source.passage };
        let written = words::english(tongue, written);
        Line::of(&tongue.say_with("editorial-source", &[("place", &place), ("written", &written)]))
    };
    let grade = format!("{:.0}", one.grade().max(0.0));
    SentenceView {
        words: one.words.clone(),
        sources: one.sources.iter().map(source).collect(),
        grade: tongue.say_with("editorial-grade", &[("n", &grade)]),
        faults: faults.iter().map(|fault| fault_words(tongue, fault)).collect(),
    }
}

fn fault_words(tongue: Tongue, fault: &Fault) -> String {
    let (id, what) = match fault {
        Fault::NoSource => ("no-source", ""),
        Fault::Number(number) => ("number", number.as_str()),
        Fault::Lost(number) => ("lost", number.as_str()),
        Fault::Direction => ("direction", ""),
        Fault::Denial => ("denial", ""),
        Fault::Word(word) => ("word", *word),
        Fault::Template => ("template", ""),
        Fault::Foreign(word) => ("foreign", word.as_str()),
        Fault::Hard => ("hard", ""),
    };
    tongue.say_with(&format!("editorial-fault-{id}"), &[("what", what)])
}

fn groups(tongue: Tongue, checklist: &trialway_editorial::Checklist) -> Vec<GroupView> {
    let mut out: Vec<(Part, GroupView)> = Vec::new();
    for item in ITEMS {
        let answer = match checklist.answer(item.number) {
            Some(Answer::Yes) => "y",
            Some(Answer::No) => "n",
            Some(Answer::NotApplicable) => "x",
            None => "",
        };
        let question = tongue.say(&format!("editorial-item-{}", item.number));
        let args = [("number", &*item.number.to_string()), ("question", &*question)];
        let question = tongue.say_with("editorial-item", &args);
        let view = ItemView { number: item.number, question, answer };
        match out.last_mut().filter(|(part, _)| *part == item.part) {
            Some((_, group)) => group.items.push(view),
            None => {
                let heading = tongue.say(match item.part {
                    Part::Core => "editorial-group-core",
                    Part::Behaviour => "editorial-group-behaviour",
                    Part::Numbers => "editorial-group-numbers",
                    Part::Risk => "editorial-group-risk",
                });
                out.push((item.part, GroupView { heading, items: vec![view] }));
            }
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

/// The end of the name of a message about a finding.
fn finding_word(finding: Finding) -> &'static str {
    match finding {
        Finding::Confirmed => "confirmed",
        Finding::Corrected => "corrected",
        Finding::CannotBeComputed => "cannot-be-computed",
        Finding::Withdrawn => "withdrawn",
    }
}

/// What an editor said of a reading.
fn said_words(tongue: Tongue, id: &str, one: &Correction) -> Line {
    let (written, reading) = (words::english(tongue, &one.written), words::english(tongue, &one.reading));
    Line::of(
        tongue
            .say_with(
                id,
                &[
                    ("author", &one.author),
                    ("day", &words::day(tongue, &one.at)),
                    ("reason", &one.reason),
                    ("written", &written),
                    ("reading", &reading),
                ],
            )
            .trim_end(),
    )
}

fn criterion_view(
    tongue: Tongue,
    criterion: &CriterionLogic,
    text: &str,
    corrections: &[Correction],
    out: &mut Vec<CriterionView>,
) {
    let reading = trialway_editorial::reading(criterion, text);
    let words = criterion.own.text().to_owned();
    let said = match state(corrections, &words, &reading) {
        Some(Said::Confirmed(one) | Said::Held(one)) => {
            said_words(tongue, &format!("editorial-{}", finding_word(one.finding)), one)
        }
        Some(Said::ReadOtherwise(one)) => said_words(tongue, "editorial-read-otherwise", one),
        None => Line::default(),
    };
    out.push(CriterionView { id: criterion.id.to_string(), words, reading, said });
    for child in &criterion.children {
        criterion_view(tongue, child, text, corrections, out);
    }
}

fn step_words(tongue: Tongue, step: &ReviewStep) -> String {
    let id = match step.stage.as_str() {
        "in_review" => "editorial-step-in-review",
        "published" => "editorial-step-published",
        _ => "editorial-step-draft",
    };
    let day = words::day(tongue, &step.reviewed_at);
    let version = step.version.to_string();
    let mut said = tongue.say_with(id, &[("day", &day), ("reviewer", &step.reviewer), ("version", &version)]);
    if let Some(share) = trialway_editorial::Checklist::of(&step.checklist).share() {
        said = tongue.say_with("editorial-step-share", &[("step", &said), ("share", &share.to_string())]);
    }
    if !step.note.is_empty() {
        said = tongue.say_with("editorial-step-note", &[("step", &said), ("note", &step.note)]);
    }
    said
}
