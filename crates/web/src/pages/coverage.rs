//! How much of the criteria was read: of all studies, and of one with what was not read marked.

use super::{Page, render};
use crate::error::Problem;
use crate::pages::trial;
use crate::state::App;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use trialway_diagnostics::Span;
use trialway_eligibility::{CriterionLogic, unread_stretches};
use trialway_store::SummaryLine;

/// A share in words.
struct Share {
    name: String,
    n: i64,
    percent: String,
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage {
    page: Page,
    n_studies: i64,
    shares: Vec<Share>,
    percent_unread: String,
    phrases: Vec<SummaryLine>,
    best: Vec<SummaryLine>,
    worst: Vec<SummaryLine>,
}

/// A stretch of a criterion's words.
struct Stretch {
    words: String,
    is_unread: bool,
}

struct Line {
    id: String,
    stretches: Vec<Stretch>,
}

#[derive(Template)]
#[template(path = "study_coverage.html")]
struct StudyPage {
    page: Page,
    nct_id: String,
    title: String,
    shares: Vec<Share>,
    percent_unread: String,
    lines: Vec<Line>,
}

/// Shows what was read of all studies.
pub async fn all(State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let summary = app.store.coverage_summary().await?;
    Ok(render(&CoveragePage {
        shares: shares(&page, &summary.counts),
        n_studies: summary.n_studies,
        page,
        percent_unread: unread(&summary.counts),
        phrases: summary.phrases,
        best: summary.best,
        worst: summary.worst,
    }))
}

/// Shows what was read of one study.
pub async fn one(State(app): State<App>, page: Page, Path(nct_id): Path<String>) -> Result<Response, Problem> {
    let stored = trial::stored(&app, &nct_id).await?;
    let prepared = trial::read(&app, &stored).await?;
    let text = prepared.study.value.eligibility.text.as_deref().unwrap_or_default();
    let spans = unread_stretches(&prepared.logic, text);
    let counts = crate::coverage::counts(&prepared.logic);
    let mut lines = Vec::new();
    for criterion in &prepared.logic.criteria {
        add(criterion, text, &spans, &mut lines);
    }
    Ok(render(&StudyPage {
        shares: shares(&page, &counts),
        nct_id: stored.nct_id.to_string(),
        title: prepared.study.value.title().to_owned(),
        page,
        percent_unread: unread(&counts),
        lines,
    }))
}

fn add(criterion: &CriterionLogic, text: &str, spans: &[Span], out: &mut Vec<Line>) {
    let mut stretches = Vec::new();
    let mut at = criterion.own_span.start;
    let mut push = |from: usize, to: usize, is_unread: bool| {
        if let Some(words) = text.get(from..to).filter(|words| !words.is_empty()) {
            stretches.push(Stretch { words: words.to_owned(), is_unread });
        }
    };
    for span in spans.iter().filter(|span| criterion.own_span.start <= span.start && span.end <= criterion.own_span.end)
    {
        push(at, span.start, false);
        push(span.start.max(at), span.end, true);
        at = at.max(span.end);
    }
    push(at, criterion.own_span.end, false);
    out.push(Line { id: criterion.id.to_string(), stretches });
    for child in &criterion.children {
        add(child, text, spans, out);
    }
}

fn shares(page: &Page, counts: &[i64; 7]) -> Vec<Share> {
    let [of_all, computed, partly, judgement, unread, ..] = *counts;
    [
        ("coverage-computed", computed),
        ("coverage-judgement", judgement),
        ("coverage-partly", partly),
        ("coverage-unread", unread),
    ]
    .map(|(name, n)| Share { name: page.say(name), n, percent: percent(n, of_all) })
    .into()
}

fn unread(counts: &[i64; 7]) -> String {
    let [.., of_all, unread] = *counts;
    percent(unread, of_all)
}

fn percent(n: i64, of_all: i64) -> String {
    if of_all == 0 { "–".to_owned() } else { format!("{:.1}\u{a0}%", 100.0 * n as f64 / of_all as f64) }
}
