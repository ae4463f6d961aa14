//! Writing to a study centre: a form, what is kept of it, and a private page that says what became of it (ADR 0037).
//!
//! Reading order: this file (the form), `centres` (whom it goes to), `sent` (the private page), `mail` (what is said by mail).

mod centres;
pub mod mail;
pub mod sent;

pub use self::centres::key as site_key;

use self::centres::{CentreView, Centres, NearestView};
use super::trial::{self, Prepared};
use super::{Page, private, render};
use crate::error::Problem;
use crate::secret;
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use trialway_eligibility::CriterionLogic;
use trialway_enquiry::written::{LONGEST_MESSAGE, LONGEST_NAME, MOST_ANSWERS, answer};
use trialway_enquiry::{Complaint, Enquiry, MailboxFault, Written, check};
use trialway_store::links::hashed;
use trialway_store::{EnquiryAnswer, EnquiryTerms, EnrolledContact, Kept, NewEnquiry, Stored};

/// The text that a sender agrees to has this version in every language; its hash is kept with each enquiry.
const CONSENT: &str = "2026-11-30.2";

/// What ids of the record's own fields begin with.
pub const OF_FIELDS: &str = "S.";

/// Largest form that is read, in bytes.
pub const LARGEST_FORM: usize = 256 << 10;

/// Where the reader is.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A city or coordinates.
    #[serde(default)]
    near: String,
}

/// An answer of a check, to be ticked.
struct AnswerView {
    /// The criterion's id; empty for what the record's own fields ask.
    id: String,
    /// What the form carries.
    value: String,
    /// The criterion's own words.
    written: String,
    /// What would be sent.
    words: String,
    is_ticked: bool,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactPage {
    page: Page,
    nct_id: String,
    title: String,
    near: String,
    near_unknown: bool,
    /// What the registry says of joining, where nobody can join now.
    is_closed: bool,
    can_write: bool,
    nearest: Option<NearestView>,
    centres: Vec<CentreView>,
    others: Vec<CentreView>,
    whole: Vec<trial::record::ContactView>,
    /// Whether the registry names nobody to call or write to.
    has_nobody: bool,
    /// Whether there is a list of centres to call or write to oneself.
    has_centres: bool,
    /// Whether there is anybody to call or write to oneself.
    has_others: bool,
    token: String,
    consent: String,
    consent_hash: String,
    form: FormView,
    answers: Vec<AnswerView>,
    problems: Vec<ProblemView>,
    longest_name: usize,
    longest_message: usize,
}

/// What was typed, so that nothing of it is lost.
#[derive(Default)]
struct FormView {
    site: String,
    name: String,
    way: String,
    email: String,
    phone: String,
    message: String,
    with_answers: bool,
}

/// A complaint and the field that it is about.
struct ProblemView {
    field: &'static str,
    sentence: String,
}

impl ContactPage {
    fn problem(&self, field: &str) -> Option<&ProblemView> {
        self.problems.iter().find(|problem| problem.field == field)
    }

    fn is_chosen(&self, key: &str) -> bool {
        self.form.site == key
    }
}

/// The fields of a form; a name may come several times.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn one(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }
}

/// Shows the page.
pub async fn show(
    State(app): State<App>,
    page: Page,
    Path(nct_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let fields = Fields(vec![("near".to_owned(), asked.near)]);
    shown(&app, page, &nct_id, &fields, Vec::new()).await
}

/// Takes answers of a check along to the form, or keeps an enquiry.
pub async fn send(
    State(app): State<App>,
    page: Page,
    Path(nct_id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let fields = Fields(fields);
    if fields.has("send") {
        kept(&app, page, &nct_id, &fields).await
    } else {
        shown(&app, page, &nct_id, &fields, Vec::new()).await
    }
}

async fn kept(app: &App, page: Page, nct_id: &str, fields: &Fields) -> Result<Response, Problem> {
    let stored = trial::stored(app, nct_id).await?;
    let prepared = trial::read(app, &stored).await?;
    let enrolled = enrolled(app, &stored).await?;
    let centres = Centres::of(&page, &prepared.study.value, None, &enrolled);
    let written = Written {
        name: fields.one("name"),
        way: fields.one("way"),
        email: fields.one("email"),
        phone: fields.one("phone"),
        message: fields.one("message"),
        answers: fields.all("summary"),
        with_answers: fields.has("with_summary"),
        agreed: fields.has("agree"),
    };
    let checked = check(&written);
    let mut problems: Vec<ProblemView> =
        checked.as_ref().err().into_iter().flatten().map(|complaint| said(&page, *complaint)).collect();
    let contact = centres.contact(&fields.one("site"), &enrolled);
    if contact.is_none() {
        problems.insert(0, ProblemView { field: "site", sentence: page.say("contact-no-site") });
    }
    if fields.one("consent") != hashed(&consent(&page, app.terms))
        && !problems.iter().any(|problem| problem.field == "agree")
    {
        problems.push(ProblemView { field: "agree", sentence: page.say("contact-new-consent") });
    }
    let token = fields.one("token");
    let (Ok(enquiry), Some(contact), true, true) = (checked, contact, problems.is_empty(), secret::is_secret(&token))
    else {
        let mut response = shown(app, page, nct_id, fields, problems).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    };
    let new = new_enquiry(&page, app.terms, (&stored, &prepared), (contact, &fields.one("site")), enquiry, token)?;
    let mails = mail::of_new(app, &page, &new, contact)?;
    match app.store.put_enquiry(&new, &mails).await? {
        Kept::Now | Kept::Before => {
            let to = format!("/enquiries/{}", new.secret);
            Ok(private((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()))
        }
        Kept::TooMany => {
            let problems = vec![ProblemView { field: "way", sentence: page.say("contact-too-many") }];
            let mut response = shown(app, page, nct_id, fields, problems).await?;
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            Ok(response)
        }
    }
}

fn new_enquiry(
    page: &Page,
    terms: EnquiryTerms,
    (stored, prepared): (&Stored, &Prepared),
    (contact, site): (&EnrolledContact, &str),
    enquiry: Enquiry,
    token: String,
) -> Result<NewEnquiry, Problem> {
    Ok(NewEnquiry {
        number: secret::number()?,
        secret: token,
        nct_id: stored.nct_id,
        site: site.to_owned(),
        contact_id: contact.id,
        record_hash: stored.content_hash.clone(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        called: enquiry.name,
        reach_kind: enquiry.reach.kind().to_owned(),
        reach: enquiry.reach.as_str().to_owned(),
        language: page.tongue.tag().to_owned(),
        message: enquiry.message,
        answers: enquiry
            .answers
            .into_iter()
            .map(|one| EnquiryAnswer {
                written: written_words(&prepared.logic.criteria, &one.criterion).unwrap_or_default().to_owned(),
                criterion: one.criterion,
                words: one.words,
            })
            .collect(),
        consent_version: CONSENT.to_owned(),
        consent_hash: hashed(&consent(page, terms)),
        sent_at: jiff::Timestamp::now().as_second(),
        terms,
    })
}

fn written_words<'a>(criteria: &'a [CriterionLogic], id: &str) -> Option<&'a str> {
    criteria
        .iter()
        .find_map(|one| if one.id.as_str() == id { Some(one.own.text()) } else { written_words(&one.children, id) })
}

/// The text that is agreed to, in the language of the page. It names how long things are kept, so that other days are another text.
fn consent(page: &Page, terms: EnquiryTerms) -> String {
    let (days, closed) = (terms.days.to_string(), terms.closed_days.to_string());
    page.say_with("contact-consent", &[("n", &closed), ("days", &days)])
}

/// Whether somebody of the study gets messages from here.
pub async fn can_write(app: &App, stored: &Stored) -> Result<bool, Problem> {
    Ok(!enrolled(app, stored).await?.is_empty())
}

async fn enrolled(app: &App, stored: &Stored) -> Result<Vec<EnrolledContact>, Problem> {
    if !app.sends_mail() {
        return Ok(Vec::new());
    }
    Ok(app.store.enrolled_contacts(Some(stored.nct_id)).await?)
}

fn said(page: &Page, complaint: Complaint) -> ProblemView {
    let most = |id: &str, n: usize| page.say_with(id, &[("n", &n.to_string())]);
    let (field, sentence) = match complaint {
        Complaint::NoName => ("name", page.say("contact-no-name")),
        Complaint::LongName => ("name", most("contact-long-name", LONGEST_NAME)),
        Complaint::NoWay => ("way", page.say("contact-no-way")),
        Complaint::Email(fault) => ("email", mailbox(page, fault)),
        Complaint::Phone => ("phone", page.say("contact-bad-phone")),
        Complaint::NoMessage => ("message", page.say("contact-no-message")),
        Complaint::LongMessage => ("message", most("contact-long-message", LONGEST_MESSAGE)),
        Complaint::ManyAnswers => ("summary", most("contact-many-answers", MOST_ANSWERS)),
        Complaint::NotAgreed => ("agree", page.say("contact-not-agreed")),
    };
    ProblemView { field, sentence }
}

/// What is wrong with an address, in words.
pub fn mailbox(page: &Page, fault: MailboxFault) -> String {
    page.say(match fault {
        MailboxFault::Empty => "contact-email-empty",
        MailboxFault::NoAt => "contact-email-no-at",
        MailboxFault::TooLong => "contact-email-long",
        MailboxFault::OddName => "contact-email-name",
        MailboxFault::OddDomain => "contact-email-domain",
    })
}

async fn shown(
    app: &App,
    page: Page,
    nct_id: &str,
    fields: &Fields,
    problems: Vec<ProblemView>,
) -> Result<Response, Problem> {
    let stored = trial::stored(app, nct_id).await?;
    let prepared = trial::read(app, &stored).await?;
    let study = &prepared.study.value;
    let enrolled = enrolled(app, &stored).await?;
    let near: String = fields.one("near").trim().chars().take(80).collect();
    let place = if near.is_empty() { None } else { app.search.place(&near)? };
    let centres = Centres::of(&page, study, place.as_ref(), &enrolled);
    let offered = if fields.has("offered") { fields.all("offered") } else { fields.all("summary") };
    let ticked = fields.all("summary");
    let answers: Vec<AnswerView> = offered
        .iter()
        .take(MOST_ANSWERS)
        .filter_map(|line| {
            let one = answer(line)?;
            Some(AnswerView {
                is_ticked: ticked.contains(line),
                value: format!("{}|{}", one.criterion, one.words),
                written: written_words(&prepared.logic.criteria, &one.criterion).unwrap_or_default().to_owned(),
                id: if one.criterion.starts_with(OF_FIELDS) { String::new() } else { one.criterion },
                words: one.words,
            })
        })
        .collect();
    let consent = consent(&page, app.terms);
    let sent_token = fields.one("token");
    let chosen = if fields.has("send") { fields.one("site") } else { centres.first_choice() };
    let has_centres = !centres.others.is_empty() || centres.written.iter().any(|one| !one.contacts.is_empty());
    let has_others = has_centres || !centres.whole.is_empty();
    let view = ContactPage {
        nct_id: stored.nct_id.to_string(),
        title: study.title().to_owned(),
        near_unknown: !near.is_empty() && place.is_none(),
        near,
        is_closed: centres.is_closed,
        can_write: !centres.written.is_empty(),
        has_centres,
        has_others,
        has_nobody: centres.whole.is_empty() && centres.others.iter().all(|one| one.contacts.is_empty()),
        nearest: centres.nearest,
        centres: centres.written,
        others: centres.others,
        whole: centres.whole,
        token: if secret::is_secret(&sent_token) { sent_token } else { secret::secret()? },
        consent_hash: hashed(&consent),
        consent,
        form: FormView {
            site: chosen,
            name: fields.one("name"),
            way: fields.one("way"),
            email: fields.one("email"),
            phone: fields.one("phone"),
            message: fields.one("message"),
            with_answers: fields.has("with_summary"),
        },
        answers,
        problems,
        longest_name: LONGEST_NAME,
        longest_message: LONGEST_MESSAGE,
        page,
    };
    Ok(private(render(&view)))
}
