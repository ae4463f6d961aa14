//! One enquiry: what was written, the criteria as they were then, and what is done with it.

use super::super::members::gate::Member;
use super::super::members::when;
use super::{noted, stage_words};
use crate::error::Problem;
use crate::pages::contact::mail;
use crate::pages::{Page, private, render};
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeMap;
use trialway_accounts::Area;
use trialway_enquiry::{Stage, Step};
use trialway_store::{EnquiryReply, StoredEnquiry};

/// Longest answer, in characters.
const LONGEST_REPLY: usize = 4_000;

struct AnswerView {
    criterion: String,
    written: String,
    words: String,
}

struct ReplyView {
    author: String,
    at: String,
    message: String,
}

struct MemberView {
    id: String,
    name: String,
    is_on: bool,
}

#[derive(Template)]
#[template(path = "inbox_one.html")]
struct OnePage {
    page: Page,
    number: String,
    nct_id: String,
    site: String,
    title: String,
    stage: String,
    steps: Vec<String>,
    record: String,
    criteria: String,
    called: String,
    reach: String,
    reach_kind: String,
    language: String,
    message: String,
    answers: Vec<AnswerView>,
    replies: Vec<ReplyView>,
    members: Vec<MemberView>,
    may_answer: bool,
    /// Whether the sender gets a mail that there is an answer.
    is_told: bool,
    draft: String,
    complaint: String,
}

/// The enquiry with a number, where this member may see it.
///
/// **Errors**: no such page, also for those of other studies: who may not see one does not learn that it is there.
async fn found(app: &App, member: &Member, number: &str) -> Result<StoredEnquiry, Problem> {
    let id = app.store.enquiry_numbered(number).await?.ok_or(Problem::NoSuchPage)?;
    let enquiry = app.store.enquiry(id).await?.ok_or(Problem::NoSuchPage)?;
    let account = member.account();
    if account.roles.sees_all_studies() {
        return Ok(enquiry);
    }
    let studies = app.store.studies_of(&account.id).await?;
    if studies.contains(&enquiry.line.nct_id.to_string()) { Ok(enquiry) } else { Err(Problem::NoSuchPage) }
}

/// Shows one. That it was opened is kept with the first look, and every look is in the audit log.
pub async fn show(
    State(app): State<App>,
    page: Page,
    member: Member,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let enquiry = found(&app, &member, &number).await?;
    noted(&app, &member, "enquiry read", &enquiry.line.number).await?;
    let now = jiff::Timestamp::now().as_second();
    let enquiry = if app.store.open_enquiry(enquiry.line.id, now).await? {
        found(&app, &member, &number).await?
    } else {
        enquiry
    };
    shown(&app, page, enquiry, String::new(), String::new()).await
}

async fn shown(
    app: &App,
    page: Page,
    enquiry: StoredEnquiry,
    draft: String,
    complaint: String,
) -> Result<Response, Problem> {
    let line = &enquiry.line;
    let stage = Stage::of(&line.stage).unwrap_or(Stage::Sent);
    let steps = [
        (Stage::Sent, line.sent_at),
        (Stage::Opened, line.opened_at),
        (Stage::Answered, line.answered_at),
        (Stage::Closed, line.closed_at),
        (Stage::Withdrawn, line.withdrawn_at),
    ];
    let steps = steps
        .into_iter()
        .filter(|(_, at)| *at > 0)
        .map(|(stage, at)| format!("{}: {}", page.say(&format!("inbox-step-{}", stage.as_str())), when(at)))
        .collect();
    let (record, title, criteria) = in_force(app, &page, &enquiry).await?;
    let members = app.store.accounts().await?;
    let members = members
        .into_iter()
        .filter(|one| one.closed_at.is_none() && one.roles.may(Area::Inbox))
        .map(|one| MemberView { is_on: one.id == line.assigned_to, id: one.id, name: one.name })
        .collect();
    let status = if complaint.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = OnePage {
        number: line.number.clone(),
        nct_id: line.nct_id.to_string(),
        site: line.site.clone(),
        title,
        stage: stage_words(&page, stage),
        steps,
        record,
        criteria,
        language: line.language.clone(),
        may_answer: stage.after(Step::Answer).is_some(),
        is_told: app.sends_mail() && enquiry.reach_kind == "email",
        answers: enquiry
            .answers
            .into_iter()
            .map(|one| AnswerView { criterion: one.criterion, written: one.written, words: one.words })
            .collect(),
        replies: enquiry
            .replies
            .into_iter()
            .map(|one| ReplyView { author: one.author, at: when(one.replied_at), message: one.message })
            .collect(),
        called: enquiry.called,
        reach: enquiry.reach,
        reach_kind: enquiry.reach_kind,
        message: enquiry.message,
        members,
        draft,
        complaint,
        page,
    };
    Ok((status, private(render(&view))).into_response())
}

/// The version of the record that was in force when the enquiry was sent: in words, its title, its criteria as published.
async fn in_force(app: &App, page: &Page, enquiry: &StoredEnquiry) -> Result<(String, String, String), Problem> {
    let versions = app.store.versions(enquiry.line.nct_id).await?;
    let Some(version) = versions.iter().rev().find(|one| one.content_hash == enquiry.record_hash) else {
        return Ok((page.say("inbox-record-unknown"), String::new(), String::new()));
    };
    let is_current = versions.last().is_some_and(|last| last.version == version.version);
    let number = version.version.to_string();
    let id = if is_current { "inbox-record-current" } else { "inbox-record-older" };
    let words = page.say_with(id, &[("version", &number)]);
    let records = app.store.records_since(enquiry.line.nct_id, version.version).await?;
    let Some(stored) = records.into_iter().find(|one| one.version == version.version) else {
        return Ok((words, String::new(), String::new()));
    };
    let study = trialway_registry::parse_study(&stored.bytes)?.value;
    let title = study.title().to_owned();
    Ok((words, title, study.eligibility.text.unwrap_or_default()))
}

/// Assigns, answers or closes.
pub async fn act(
    State(app): State<App>,
    page: Page,
    member: Member,
    Path(number): Path<String>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let text = |key: &str| sent.get(key).map(|text| text.trim().to_owned()).unwrap_or_default();
    let enquiry = found(&app, &member, &number).await?;
    let (id, number) = (enquiry.line.id, enquiry.line.number.clone());
    let now = jiff::Timestamp::now().as_second();
    let done = match text("todo").as_str() {
        "assign" => {
            let to = text("to");
            let known = match app.store.account(&to).await? {
                Some(one) => one.closed_at.is_none() && one.roles.may(Area::Inbox),
                None => to.is_empty(),
            };
            if !known {
                return Err(Problem::NoSuchPage);
            }
            noted(&app, &member, "enquiry assigned", &format!("{number}:{to}")).await?;
            app.store.assign_enquiry(id, &to).await?
        }
        "answer" => {
            let message = text("message");
            let n = message.chars().count();
            let complaint = match (n, text("called").is_empty()) {
                (0, true) => "inbox-answer-empty",
                (n, _) if n > LONGEST_REPLY => "inbox-answer-long",
                _ => "",
            };
            if !complaint.is_empty() {
                let complaint = page.say_with(complaint, &[("n", &LONGEST_REPLY.to_string())]);
                return shown(&app, page, enquiry, message, complaint).await;
            }
            noted(&app, &member, "enquiry answered", &number).await?;
            let reply = EnquiryReply { author: member.account().name.clone(), message, replied_at: now };
            let answer = if app.sends_mail() { mail::of_answer(&enquiry, mail::base(&app))? } else { None };
            let answer = answer.as_ref().map(|(mail, secret)| (mail, secret.as_str()));
            app.store.reply_to_enquiry(id, &reply, answer).await?
        }
        "close" => {
            noted(&app, &member, "enquiry closed", &number).await?;
            app.store.close_enquiry(id, now).await?
        }
        _ => false,
    };
    if done {
        return Ok(Redirect::to(&format!("/inbox/{number}")).into_response());
    }
    let complaint = page.say("inbox-not-done");
    let again = found(&app, &member, &number).await?;
    shown(&app, page, again, text("message"), complaint).await
}
