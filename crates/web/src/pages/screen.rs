//! A record held against one study or all: read, shown, forgotten.

mod file;

pub use file::versions;

use super::{Page, private, render, today};
use crate::error::Problem;
use crate::line::Line;
use crate::pages::download::Kind;
use crate::pages::matching::unusable;
use crate::pages::trial::{self, Prepared};
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use crate::words;
use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::response::Response;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Deserialize;
use trialway_criteria::CriterionId;
use trialway_diagnostics::Parsed;
use trialway_fhir::Import;
use trialway_matching::{Cause, CriterionResult, Effect, Evidence, Need, Options, Policy, Screening, Verdict, screen};
use trialway_shortlist::story;
use trialway_store::Stored;
use trialway_terminology::Terminology;

/// Most studies of one kind of verdict that a page lists.
const SHOWN: usize = 50;

/// Which study the form begins with.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    trial: String,
}

#[derive(Template)]
#[template(path = "screen.html")]
struct ScreenForm {
    page: Page,
    trial: String,
    today: String,
    complaint: Option<String>,
    upload_mb: usize,
}

struct EvidenceView {
    text: Line,
    is_old: bool,
}

/// A criterion's result with its children.
#[derive(Template)]
#[template(path = "result.html")]
struct ResultView {
    page: Tongue,
    id: String,
    text: Line,
    effect: &'static str,
    word: String,
    notes: Vec<String>,
    evidence: Vec<EvidenceView>,
    needs: Vec<Line>,
    children: Vec<ResultView>,
}

#[derive(Template)]
#[template(path = "screening.html")]
struct ScreeningPage {
    page: Page,
    nct_id: String,
    title: String,
    verdict: String,
    tone: &'static str,
    meaning: String,
    rests_on_assumption: bool,
    as_of: String,
    policy: String,
    turns_on: String,
    asks: Vec<Line>,
    inclusion: Vec<ResultView>,
    exclusion: Vec<ResultView>,
    structured: Vec<ResultView>,
    used: String,
    left: Vec<Line>,
    findings: Vec<Line>,
    again: Option<Again>,
}

/// What was sent, so that the same can be had as a file.
struct Again {
    trial: String,
    as_of: String,
    policy: &'static str,
    record: String,
}

/// Records up to this size travel in the page; for others the file is asked for in the form.
const TRAVELS_BYTES: usize = 2 << 20;

struct OneOfMany {
    address: String,
    nct_id: String,
    title: String,
    status: String,
    tone: &'static str,
    counts: String,
    decisive: Vec<Line>,
}

struct GroupView {
    heading: String,
    lead: String,
    n: String,
    studies: Vec<OneOfMany>,
    n_hidden: usize,
}

#[derive(Template)]
#[template(path = "screenings.html")]
struct ScreeningsPage {
    page: Page,
    groups: Vec<GroupView>,
    n_held: String,
    limit_note: Option<String>,
    as_of: String,
    policy: String,
    used: String,
    left: Vec<Line>,
    findings: Vec<Line>,
}

/// What the form sent.
#[derive(Default)]
struct Sent {
    trial: String,
    record: Vec<u8>,
    pasted: String,
    as_of: String,
    policy: String,
    is_recruiting_only: bool,
    /// `html` or `pdf`: a report as a file; else a page.
    form: String,
}

/// Shows the form.
pub async fn show(State(app): State<App>, page: Page, Query(which): Query<Which>) -> Response {
    private(form(&app, page, which.trial, None))
}

fn form(app: &App, page: Page, trial: String, complaint: Option<String>) -> Response {
    render(&ScreenForm {
        page,
        trial: trial.chars().take(20).collect(),
        today: today().to_string(),
        complaint,
        upload_mb: app.limits.upload_bytes >> 20,
    })
}

/// Holds the record against the study, or against all.
pub async fn send(State(app): State<App>, page: Page, multipart: Multipart) -> Result<Response, Problem> {
    match answer(&app, page.clone(), multipart).await {
        Ok(response) => Ok(private(response)),
        Err((Problem::BadInput(complaint), trial)) => {
            let mut response = form(&app, page, trial, Some(complaint));
            *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(private(response))
        }
        Err((problem, _)) => Err(problem),
    }
}

async fn answer(app: &App, page: Page, multipart: Multipart) -> Result<Response, (Problem, String)> {
    let sent = received(page.tongue, multipart).await.map_err(|problem| (problem, String::new()))?;
    let trial = sent.trial.clone();
    held(app, page, sent).await.map_err(|problem| (problem, trial))
}

async fn received(tongue: Tongue, mut multipart: Multipart) -> Result<Sent, Problem> {
    let broken = |_| Problem::BadInput(tongue.say("match-not-whole"));
    let mut sent = Sent::default();
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(broken)?;
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "trial" => sent.trial = text(),
            "record" => sent.record = bytes.to_vec(),
            "pasted" => sent.pasted = text(),
            "as_of" => sent.as_of = text(),
            "policy" => sent.policy = text(),
            "as" => sent.form = text(),
            "recruiting" => sent.is_recruiting_only = text() == "yes",
            _ => {}
        }
    }
    Ok(sent)
}

async fn held(app: &App, page: Page, sent: Sent) -> Result<Response, Problem> {
    let tongue = page.tongue;
    let as_of: Date = match sent.as_of.as_str() {
        "" => today(),
        written => written.parse().map_err(|_| Problem::BadInput(tongue.say("match-bad-day")))?,
    };
    let policy = if sent.policy == "strict" { Policy::Strict } else { Policy::Chart };
    let record = if sent.record.iter().all(u8::is_ascii_whitespace) { sent.pasted.into_bytes() } else { sent.record };
    if record.is_empty() {
        return Err(Problem::BadInput(tongue.say("screen-nothing-sent")));
    }
    let terminology = Terminology::builtin();
    let unusable = |error| unusable(tongue, error);
    let is_note = story::is_note(&record).map_err(unusable)?;
    let import = if is_note {
        let text = story::text(&record).map_err(unusable)?;
        story::note(text, as_of, Some(&app.store), terminology).await.map(|(_, import)| Parsed::clean(import))
    } else {
        story::record(&record, Some(&app.store), terminology).await
    };
    let import = import.map_err(unusable)?;
    // What a note does not mention nobody was asked.
    let policy = if is_note { Policy::Strict } else { policy };
    let options = Options { as_of, policy, trial: None };
    let said = Said {
        used: used(tongue, &import.value),
        left: left(tongue, &import.value),
        findings: import.findings.iter().map(|one| Line::of(&trialway_language::finding(tongue, &one.said))).collect(),
    };
    if sent.trial.is_empty() {
        return against_all(app, page, import.value, options, said, sent.is_recruiting_only).await;
    }
    let stored = match trial::stored(app, &sent.trial).await {
        Err(Problem::NoSuchStudy(id)) => {
            return Err(Problem::BadInput(tongue.say_with("screen-no-study", &[("id", &id)])));
        }
        other => other?,
    };
    let prepared = trial::read(app, &stored).await?;
    let options = Options { trial: Some(stored.nct_id.to_string()), ..options };
    let screening = screen(&prepared.logic, &import.value.facts, &options, terminology);
    if let Some(kind) = Kind::of(&sent.form) {
        let study = (&stored, &prepared);
        return file::report(app, kind, tongue, study, &import.value, &options, &screening).await;
    }
    let again = String::from_utf8(record).ok().filter(|record| record.len() <= TRAVELS_BYTES);
    let again = again.map(|record| Again {
        trial: stored.nct_id.to_string(),
        as_of: as_of.to_string(),
        policy: policy.as_str(),
        record,
    });
    Ok(render(&one(page, &stored, &prepared, &options, &screening, said, again)))
}

/// What is said of the record itself.
struct Said {
    used: String,
    left: Vec<Line>,
    findings: Vec<Line>,
}

fn used(tongue: Tongue, import: &Import) -> String {
    let n: usize = import.report.used.values().sum();
    words::count(tongue, "screen-used", n)
}

fn left(tongue: Tongue, import: &Import) -> Vec<Line> {
    let shown = import.report.left.iter().take(200);
    shown.map(|left| Line::of(&trialway_report::left_out(tongue, left))).collect()
}

fn verdict_words(tongue: Tongue, verdict: Verdict) -> (String, &'static str, String) {
    let (id, tone) = match verdict {
        Verdict::PotentiallyEligible => ("screen-may", "open"),
        Verdict::NeedsInformation => ("screen-cannot-tell", "unsure"),
        Verdict::Ineligible => ("screen-no", "closed"),
    };
    (tongue.say(id), tone, tongue.say(&format!("{id}-means")))
}

fn policy_words(tongue: Tongue, policy: Policy) -> String {
    tongue.say(match policy {
        Policy::Chart => "screen-by-chart",
        Policy::Strict => "screen-by-strict",
    })
}

fn one(
    page: Page,
    stored: &Stored,
    prepared: &Prepared,
    options: &Options,
    screening: &Screening,
    said: Said,
    again: Option<Again>,
) -> ScreeningPage {
    let tongue = page.tongue;
    let (verdict, tone, meaning) = verdict_words(tongue, screening.verdict);
    let of = |kind: trialway_criteria::Kind| -> Vec<ResultView> {
        screening
            .criteria
            .iter()
            .filter(|result| result.kind == kind)
            .map(|result| result_view(tongue, result))
            .collect()
    };
    let missing = screening.criteria.iter().filter(|result| result.open_reason == Some(Cause::MissingData));
    let asked: Vec<Need> = missing.flat_map(|result| result.needs.iter().cloned()).collect();
    ScreeningPage {
        page,
        nct_id: stored.nct_id.to_string(),
        title: prepared.study.value.title().to_owned(),
        verdict,
        tone,
        meaning,
        rests_on_assumption: screening.verdict_assumed,
        as_of: words::iso_date(tongue, &options.as_of.to_string()),
        policy: policy_words(tongue, options.policy),
        turns_on: screening.pivotal.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        asks: needs(tongue, &asked),
        inclusion: of(trialway_criteria::Kind::Inclusion),
        exclusion: of(trialway_criteria::Kind::Exclusion),
        structured: screening.structured.iter().map(|result| result_view(tongue, result)).collect(),
        used: said.used,
        left: said.left,
        findings: said.findings,
        again,
    }
}

/// What to ask or measure, in the language of the page.
pub fn needs(tongue: Tongue, needs: &[Need]) -> Vec<Line> {
    trialway_report::needs(tongue, needs).iter().map(|need| Line::of(need)).collect()
}

/// The words of a criterion: those of a field of the record in the language of the page, the study's own marked.
pub fn point(tongue: Tongue, id: &CriterionId, text: &str) -> Line {
    Line::of(&trialway_language::point(tongue, id, text))
}

/// What a result rests on, in the language of the page.
pub fn evidence(tongue: Tongue, evidence: &Evidence) -> Line {
    Line::of(&trialway_report::evidence(tongue, evidence))
}

fn result_view(tongue: Tongue, result: &CriterionResult) -> ResultView {
    let (effect, word) = match result.effect {
        Effect::Pass => ("pass", "screen-met"),
        Effect::Fail => ("fail", "screen-not-met"),
        Effect::Open => ("open", "screen-open"),
    };
    let has_children = !result.children.is_empty();
    ResultView {
        page: tongue,
        id: result.id.to_string(),
        text: point(tongue, &result.id, &result.text),
        effect,
        word: tongue.say(word),
        notes: trialway_report::notes(tongue, result),
        evidence: if has_children {
            Vec::new()
        } else {
            let shown = result.evidence.iter().take(8);
            shown.map(|one| EvidenceView { text: evidence(tongue, one), is_old: one.stale }).collect()
        },
        needs: if has_children { Vec::new() } else { needs(tongue, &result.needs) },
        children: result.children.iter().map(|child| result_view(tongue, child)).collect(),
    }
}

async fn against_all(
    app: &App,
    page: Page,
    import: Import,
    options: Options,
    said: Said,
    is_recruiting_only: bool,
) -> Result<Response, Problem> {
    let tongue = page.tongue;
    let limit = app.limits.screened_studies;
    let (day, policy) = (words::iso_date(tongue, &options.as_of.to_string()), policy_words(tongue, options.policy));
    let mut records = Vec::new();
    let mut after = None;
    let n_stored = app.store.count().await?;
    while records.len() < limit {
        let ids = app.store.ids_after(after, 200).await?;
        let Some(last) = ids.last().copied() else { break };
        after = Some(last);
        for id in ids {
            records.extend(app.store.study(id).await?);
        }
    }
    records.truncate(limit);
    let n_read = records.len();
    let corrections = trialway_editorial::by_study(&app.store.corrections().await?);
    let held = tokio::task::spawn_blocking(move || {
        records
            .par_iter()
            .filter_map(|stored| {
                let said = corrections.get(&stored.nct_id).cloned().unwrap_or_default();
                let prepared = trial::prepare(stored, said).ok()?;
                if is_recruiting_only && prepared.study.value.is_recruiting() == Some(false) {
                    return None;
                }
                let options = Options { trial: Some(stored.nct_id.to_string()), ..options.clone() };
                let screening = screen(&prepared.logic, &import.facts, &options, Terminology::builtin());
                Some((one_of_many(tongue, stored, &prepared, &screening), screening.verdict, order(&screening)))
            })
            .collect::<Vec<_>>()
    })
    .await?;
    let n_held = held.len();
    let mut groups = Vec::new();
    for verdict in [Verdict::PotentiallyEligible, Verdict::NeedsInformation, Verdict::Ineligible] {
        let (heading, _, lead) = verdict_words(tongue, verdict);
        groups.push((verdict, heading, lead, Vec::new()));
    }
    let mut held = held;
    held.sort_by(|a, b| a.2.cmp(&b.2).then_with(|| a.0.nct_id.cmp(&b.0.nct_id)));
    for (view, verdict, _) in held {
        if let Some((.., studies)) = groups.iter_mut().find(|(known, ..)| *known == verdict) {
            studies.push(view);
        }
    }
    let groups = groups
        .into_iter()
        .filter(|(.., studies)| !studies.is_empty())
        .map(|(_, heading, lead, mut studies)| {
            let n = words::count(tongue, "count-studies", studies.len());
            let n_hidden = studies.len().saturating_sub(SHOWN);
            studies.truncate(SHOWN);
            GroupView { heading, lead, n, studies, n_hidden }
        })
        .collect();
    let all_read = u64::try_from(n_read).unwrap_or(u64::MAX) >= n_stored;
    Ok(render(&ScreeningsPage {
        page,
        groups,
        n_held: words::count(tongue, "count-studies", n_held),
        limit_note: (!all_read).then(|| {
            let read = words::thousands(tongue, n_read);
            tongue.say_with("screen-limit", &[("read", &read), ("all", &n_stored.to_string())])
        }),
        as_of: day,
        policy,
        used: said.used,
        left: said.left,
        findings: said.findings,
    }))
}

/// Where a study stands among those with its verdict: fewest failures, then fewest gaps, then most that is met.
fn order(screening: &Screening) -> (usize, usize, std::cmp::Reverse<usize>) {
    let n = |effect| screening.criteria.iter().filter(|result| result.effect == effect).count();
    (n(Effect::Fail), n(Effect::Open), std::cmp::Reverse(n(Effect::Pass)))
}

fn one_of_many(tongue: Tongue, stored: &Stored, prepared: &Prepared, screening: &Screening) -> OneOfMany {
    let study = &prepared.study.value;
    let (status, _, tone) = words::status(tongue, study.overall_status.as_ref());
    let results = || screening.criteria.iter().chain(&screening.structured);
    let n = |effect| results().filter(|result| result.effect == effect).count();
    // What the verdict turns on, in the study's own words.
    let decisive = screening
        .pivotal
        .iter()
        .filter_map(|id| results().find(|result| result.id == *id))
        .take(4)
        .map(|result| {
            let mut shown: String = result.text.chars().take(160).collect();
            if shown.len() < result.text.len() {
                shown.push('…');
            }
            Line::of(&format!("{}: {}", result.id, point(tongue, &result.id, &shown).marked()))
        })
        .collect();
    OneOfMany {
        address: format!("/trials/{}", stored.nct_id),
        nct_id: stored.nct_id.to_string(),
        title: study.title().to_owned(),
        status,
        tone,
        counts: tongue.say_with(
            "match-counts",
            &[
                ("pass", &n(Effect::Pass).to_string()),
                ("fail", &n(Effect::Fail).to_string()),
                ("open", &n(Effect::Open).to_string()),
            ],
        ),
        decisive,
    }
}
