//! "Check if this may match": a study's questions in plain words, for oneself or for one's child, a few at a time (ADR 0035).
//!
//! By POST only. The answers travel in the page's form, where they can be changed; nothing of them is in an address, a log or the store.

mod all;
mod received;
mod sheet;
mod view;
mod words;

pub use all::{send_all, show_all};

use self::received::Sent;
use self::view::{CheckPage, StartPage};
use super::download::Kind;
use super::matching::unusable_record;
use super::trial::{self, Prepared};
use super::{Page, contact, private, render, today};
use crate::error::Problem;
use crate::line::Line;
use crate::state::App;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::collections::BTreeMap;
use trialway_asking::answers::Said;
use trialway_asking::{Answer, Answers, AnswersError, Put, ordered, put};
use trialway_matching::{Options, Policy, Screening, questions, screen};
use trialway_patient::Facts;
use trialway_store::Stored;
use trialway_study::Study;
use trialway_terminology::Terminology;

/// Questions on one page.
const AT_ONCE: usize = 5;

/// Shows the form that begins.
pub async fn show(page: Page, State(app): State<App>, Path(nct_id): Path<String>) -> Result<Response, Problem> {
    let make = async {
        let stored = trial::stored(&app, &nct_id).await?;
        let prepared = trial::read(&app, &stored).await?;
        Ok(private(render(&StartPage::of(page, &stored, &prepared, &Sent::default(), None))))
    };
    make.await
}

/// Reads the answers so far; the next questions, and what they come to.
pub async fn send(
    page: Page,
    State(app): State<App>,
    Path(nct_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let make = async {
        let stored = trial::stored(&app, &nct_id).await?;
        let prepared = trial::read(&app, &stored).await?;
        let sent = received::read(&body);
        if let Err(complaint) = sent.person() {
            let complaint = page.say(complaint);
            let mut response = render(&StartPage::of(page, &stored, &prepared, &sent, Some(complaint)));
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
        let held = held(&stored, &prepared, &sent, &page)?;
        let Some(kind) = Kind::of(&sent.form) else {
            let can_write = contact::can_write(&app, &stored).await?;
            return Ok(render(&CheckPage::of(page, (&stored, &prepared), &sent, &held, can_write, None)));
        };
        let address = trial::sheet::address(&app, &stored.nct_id.to_string(), &headers);
        match sheet::file(&app, kind, &page, &stored, &prepared, &held, address).await {
            // What was answered is not lost.
            Err(Problem::BadInput(complaint)) => {
                let can_write = contact::can_write(&app, &stored).await?;
                let study = (&stored, &prepared);
                let mut response = render(&CheckPage::of(page, study, &sent, &held, can_write, Some(complaint)));
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                Ok(response)
            }
            other => other,
        }
    };
    make.await.map(private)
}

/// The answers held against the study.
struct Held {
    /// Every question that the study has, by its key; those about age and sex are asked by themselves.
    all: BTreeMap<String, Put>,
    answers: Answers,
    options: Options,
    screening: Screening,
    /// Keys of the questions that come next, of those that are not asked yet.
    next: Vec<String>,
    /// Keys whose answer is no number though one is wanted.
    misread: Vec<String>,
    /// What of the answers could not be used, in words.
    findings: Vec<Line>,
    /// Whether people below 18 may take part.
    takes_children: bool,
}

fn held(stored: &Stored, prepared: &Prepared, sent: &Sent, page: &Page) -> Result<Held, Problem> {
    let terminology = Terminology::builtin();
    let study = &prepared.study.value;
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    let id = stored.nct_id.to_string();
    let options = Options { as_of: today(), policy: Policy::Strict, trial: Some(id.clone()) };
    let studies = [(id.as_str(), &prepared.logic)];
    let ask = |facts: &Facts| ordered(questions(&studies, facts, &options, terminology));
    let nothing = ask(&Facts::default());
    let all: BTreeMap<String, Put> = nothing
        .iter()
        .map(|question| put(question, text, terminology))
        .filter(|put| !put.is_person)
        .map(|put| (put.key.clone(), put))
        .collect();
    let (age, sex) = sent.person().unwrap_or_default();
    let mut answers = Answers { age, sex, said: BTreeMap::new() };
    let mut misread = Vec::new();
    // What is no question of this study is left out.
    for (key, written) in &sent.answers {
        let Some(put) = all.get(key).filter(|put| !put.manner.is_for_later()) else { continue };
        let mut answer = Answer::of_form(written);
        let is_number = matches!(answer, Answer::Number { .. });
        if is_number != (put.manner == trialway_asking::Manner::Number) {
            answer = Answer::NotKnown;
            if !written.trim().is_empty() && written != "unknown" {
                misread.push(key.clone());
            }
        }
        let question = words::sentence(put, sent.whom, page).plain();
        answers.said.insert(key.clone(), Said { question, unit: put.unit.clone(), answer });
    }
    let tongue = page.tongue;
    let (facts, findings) = answers
        .facts(options.as_of, terminology, tongue)
        .map_err(|AnswersError::Record(error)| Problem::BadInput(unusable_record(tongue, &error)))?;
    let findings = findings.iter().map(|one| Line::of(one)).collect();
    let screening = screen(&prepared.logic, &facts, &options, terminology);
    let is_new = |key: &String| !answers.said.contains_key(key) || misread.contains(key);
    let effort = |key: &String| all.get(key).map_or(u8::MAX, |put| put.manner.effort());
    let mut next: Vec<String> = ask(&facts)
        .into_iter()
        .map(|question| question.key)
        .filter(|key| is_new(key) && all.get(key).is_some_and(|put| !put.manner.is_for_later()))
        .collect();
    // What was mistyped comes again first; then what one knows by heart, by how much it settles.
    next.sort_by_key(|key| (!misread.contains(key), effort(key)));
    Ok(Held { all, answers, options, screening, next, misread, findings, takes_children: takes_children(study) })
}

/// Nobody of this age is 18 yet.
const ADULT_DAYS: i64 = 6_500;

/// Whether people below 18 may take part, by the record's own fields.
fn takes_children(study: &Study) -> bool {
    match &study.eligibility.minimum_age {
        Some(limit) => limit.approximate_days().is_some_and(|days| days < ADULT_DAYS.into()),
        None => true,
    }
}
