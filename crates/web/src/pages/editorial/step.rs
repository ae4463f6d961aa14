//! What an editor sends: a step of a review, a word on a reading.

use crate::error::Problem;
use crate::pages::Page;
use crate::pages::members::gate::Member;
use crate::pages::trial::{self, Shown};
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeMap;
use trialway_editorial::{
    Answer, Checklist, Finding, ITEMS, Refusal, Stage, Standing, may_become, reading as read_as, text_hash,
};
use trialway_eligibility::CriterionLogic;
use trialway_store::{Deed, ReadingCorrection, ReviewStep};

type Sent = BTreeMap<String, String>;

fn text<'a>(sent: &'a Sent, key: &str) -> &'a str {
    sent.get(key).map(|text| text.trim()).unwrap_or_default()
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Keeps a step of a review.
pub async fn review(
    State(app): State<App>,
    page: Page,
    member: Member,
    Path(nct_id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    take_step(&app, page.tongue, &member, &nct_id, &sent).await
}

/// Why a step cannot be taken, in the language of the page.
fn refused(tongue: Tongue, refusal: &Refusal) -> Problem {
    let why = match refusal {
        Refusal::Order(Standing::Published, Stage::Published) => tongue.say("editorial-refused-published"),
        Refusal::Order(_, Stage::Published) => tongue.say("editorial-refused-not-in-review"),
        Refusal::Order(_, Stage::InReview) => tongue.say("editorial-refused-in-review"),
        Refusal::Order(_, Stage::Drafted) => tongue.say("editorial-refused-draft"),
        Refusal::NoReviewer => tongue.say("editorial-refused-nobody"),
        Refusal::Unanswered(n) => tongue.say_with("editorial-refused-unanswered", &[("n", &n.to_string())]),
        Refusal::TooLow(share) => {
            let args = [("share", &*share.to_string()), ("least", &*Checklist::LEAST.to_string())];
            tongue.say_with("editorial-refused-too-low", &args)
        }
        Refusal::Changed => tongue.say("editorial-refused-changed"),
    };
    Problem::BadInput(tongue.say_with("editorial-refused", &[("why", &why)]))
}

async fn take_step(app: &App, tongue: Tongue, member: &Member, nct_id: &str, sent: &Sent) -> Result<Response, Problem> {
    let next = Stage::of(text(sent, "stage")).ok_or_else(|| Problem::BadInput(tongue.say("editorial-choose-step")))?;
    let stored = trial::stored(app, nct_id).await?;
    let prepared = trial::read(app, &stored).await?;
    let shown = Shown::of(app, Tongue::English, &stored, &prepared).await?;
    let mut checklist = Checklist::default();
    for item in ITEMS {
        if let Some(answer) = Answer::of(text(sent, &format!("item{}", item.number))) {
            checklist.set(item.number, answer);
        }
    }
    // What was on the screen is what is judged: both the review's beginning and the form know its hashes.
    let seen = text(sent, "record") == stored.content_hash && text(sent, "sentences") == shown.draft_hash;
    let same = |step: &ReviewStep| step.content_hash == stored.content_hash && step.draft_hash == shown.draft_hash;
    let unchanged = seen && shown.steps.first().is_some_and(same);
    let reviewer = member.account().name.as_str();
    may_become(shown.standing, next, reviewer, unchanged, &checklist).map_err(|refusal| refused(tongue, &refusal))?;
    let action = format!("review {}", next.as_str().replace('_', " "));
    noted(app, member, &action, &stored.nct_id.to_string()).await?;
    app.store
        .put_review(&ReviewStep {
            nct_id: stored.nct_id,
            stage: next.as_str().to_owned(),
            version: stored.version,
            content_hash: stored.content_hash.clone(),
            draft_hash: shown.draft_hash.clone(),
            reviewer: reviewer.to_owned(),
            reviewed_at: now(),
            checklist: if next == Stage::Published { checklist.letters() } else { String::new() },
            note: text(sent, "note").to_owned(),
        })
        .await?;
    Ok(Redirect::to(&format!("/editorial/{}?done=review", stored.nct_id)).into_response())
}

/// The entry of the audit log, before what it stands for is done.
async fn noted(app: &App, member: &Member, action: &str, object: &str) -> Result<(), Problem> {
    let now = jiff::Timestamp::now().as_second();
    Ok(app.store.audit(Deed { actor: &member.account().id, action, object, now }).await?)
}

/// Keeps what an editor says of a reading.
pub async fn reading(
    State(app): State<App>,
    page: Page,
    member: Member,
    Path(nct_id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    keep_word(&app, page.tongue, &member, &nct_id, &sent).await
}

async fn keep_word(app: &App, tongue: Tongue, member: &Member, nct_id: &str, sent: &Sent) -> Result<Response, Problem> {
    let bad = |id: &str| Problem::BadInput(tongue.say(id));
    let finding = Finding::of(text(sent, "finding")).ok_or_else(|| bad("editorial-choose-finding"))?;
    let reason = text(sent, "reason");
    if reason.is_empty() && finding != Finding::Confirmed {
        return Err(bad("editorial-give-reason"));
    }
    let stored = trial::stored(app, nct_id).await?;
    let own = trial::prepare(&stored, Vec::new())?;
    let whole = own.study.value.eligibility.text.as_deref().unwrap_or_default();
    let criterion = find(&own.logic.criteria, text(sent, "criterion")).ok_or_else(|| bad("editorial-no-criterion"))?;
    let object = format!("{}:{}", stored.nct_id, criterion.id);
    noted(app, member, &format!("reading {}", finding.as_str().replace('_', " ")), &object).await?;
    app.store
        .put_correction(&ReadingCorrection {
            nct_id: stored.nct_id,
            text_hash: text_hash(criterion.own.text()),
            written: criterion.own.text().to_owned(),
            verdict: finding.as_str().to_owned(),
            reading: read_as(criterion, whole),
            author: member.account().name.clone(),
            corrected_at: now(),
            reason: reason.to_owned(),
        })
        .await?;
    Ok(Redirect::to(&format!("/editorial/{}?done=reading", stored.nct_id)).into_response())
}

fn find<'a>(criteria: &'a [CriterionLogic], id: &str) -> Option<&'a CriterionLogic> {
    criteria.iter().find_map(|one| if one.id.as_str() == id { Some(one) } else { find(&one.children, id) })
}
