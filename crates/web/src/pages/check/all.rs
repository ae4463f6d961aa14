//! "All trials for me": a short questionnaire, answered once, held against all studies.

use super::received::{self, Whom};
use super::view::{Choice, WhomView};
use crate::error::Problem;
use crate::pages::{Page, matching, private, render};
use crate::state::App;
use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use trialway_patient::Calendar;
use trialway_shortlist::{Asked, FACTS, Whose};

/// Longest names of illnesses and medicines that are read, in characters.
const LONGEST: usize = 2_000;

/// What was sent.
#[derive(Clone, Debug, Default)]
struct SentAll {
    person: received::Sent,
    conditions: String,
    medicines: String,
    place: String,
    facts: Vec<(String, String)>,
}

struct FactView {
    word: &'static str,
    label: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "check_all.html")]
struct AllPage {
    page: Page,
    person: WhomView,
    conditions: String,
    medicines: String,
    place: String,
    facts: Vec<FactView>,
    complaint: Option<String>,
}

fn form(page: Page, sent: &SentAll, age_complaint: Option<String>, complaint: Option<String>) -> Response {
    let facts = FACTS.iter().map(|(word, ..)| {
        let said = sent.facts.iter().find(|(known, _)| known == word).map_or("", |(_, said)| said.as_str());
        let choices = ["yes", "no", ""].into_iter().map(|value| Choice {
            value,
            label: page.say(match value {
                "yes" => "check-yes",
                "no" => "check-no",
                _ => "check-not-known",
            }),
            is_chosen: value == said || value.is_empty() && !matches!(said, "yes" | "no"),
        });
        FactView { word, label: page.say(&format!("check-fact-{word}")), choices: choices.collect() }
    });
    let facts = facts.collect();
    render(&AllPage {
        person: WhomView::of(&page, &sent.person, age_complaint),
        conditions: sent.conditions.clone(),
        medicines: sent.medicines.clone(),
        place: sent.place.clone(),
        facts,
        complaint,
        page,
    })
}

/// Shows the questionnaire.
pub async fn show_all(page: Page) -> Response {
    private(form(page, &SentAll::default(), None, None))
}

/// Reads the answers and lists the studies.
pub async fn send_all(page: Page, State(app): State<App>, body: Bytes) -> Result<Response, Problem> {
    let sent = read(&body);
    let refused = |page: Page, age: Option<String>, other: Option<String>| {
        let mut response = form(page, &sent, age, other);
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        private(response)
    };
    let (age, sex) = match sent.person.person() {
        Ok(person) => person,
        Err(complaint) => {
            let complaint = page.say(complaint);
            return Ok(refused(page, Some(complaint), None));
        }
    };
    if sent.conditions.is_empty() {
        let complaint = page.say("check-all-no-condition");
        return Ok(refused(page, None, Some(complaint)));
    }
    let asked = Asked {
        whose: match sent.person.whom {
            Whom::Oneself => Whose::Own,
            Whom::Child => Whose::Child,
            Whom::Other => Whose::Other,
        },
        age: age.and_then(|age| Some((u32::try_from(age.number).ok()?, age.unit == Calendar::Months))),
        sex,
        conditions: sent.conditions.clone(),
        medicines: sent.medicines.clone(),
        facts: sent
            .facts
            .iter()
            .filter(|(_, said)| matches!(said.as_str(), "yes" | "no"))
            .map(|(word, said)| (word.clone(), said == "yes"))
            .collect(),
    };
    match matching::of_story(&app, page.clone(), &asked.story(), &sent.place).await {
        Ok(response) => Ok(private(response)),
        Err(Problem::BadInput(complaint)) => Ok(refused(page, None, Some(complaint))),
        Err(problem) => Err(problem),
    }
}

fn read(body: &[u8]) -> SentAll {
    let mut sent = SentAll { person: received::read(body), ..SentAll::default() };
    for (name, value) in form_urlencoded::parse(body) {
        let text = |most: usize| value.trim().chars().take(most).collect::<String>();
        match name.as_ref() {
            "conditions" => sent.conditions = text(LONGEST),
            "medicines" => sent.medicines = text(LONGEST),
            "place" => sent.place = text(100),
            name => {
                let known = name.strip_prefix("f:").filter(|word| FACTS.iter().any(|(known, ..)| known == word));
                sent.facts.extend(known.map(|word| (word.to_owned(), text(10))));
            }
        }
    }
    sent
}
