//! The answers and what they come to on paper, for one's doctor.

use super::view::{answer_words, person_words, verdict};
use super::{Held, words};
use crate::error::Problem;
use crate::pages::download::{self, Kind};
use crate::pages::screen::versions;
use crate::pages::trial::Prepared;
use crate::pages::{Page, today};
use crate::state::App;
use crate::words as said;
use axum::response::Response;
use trialway_asking::Answer;
use trialway_report::{Block, Code, Report};
use trialway_store::Stored;

/// The sheet as a file; its name says nothing of the person.
pub async fn file(
    app: &App,
    kind: Kind,
    page: &Page,
    stored: &Stored,
    prepared: &Prepared,
    held: &Held,
    address: Option<String>,
) -> Result<Response, Problem> {
    let versions = versions(stored, prepared, &held.options);
    let known = || held.answers.said.iter().filter(|(_, said)| said.answer != Answer::NotKnown);
    let report = Report {
        language: page.tongue,
        is_asked_here: true,
        title: prepared.study.value.title(),
        patient: &page.say("check-sheet-patient"),
        versions: &versions,
        made_on: &today().to_string(),
        screening: &held.screening,
        used: known().count(),
        left: &[],
    };
    let mut sheet = report.sheet();
    sheet.heading = page.say_with("check-sheet-heading", &[("study", &stored.nct_id.to_string())]);
    let (word, means, _) = verdict(held.screening.verdict);
    if let Some(first) = sheet.blocks.first_mut() {
        *first = Block::Verdict(page.say(word), page.say(means));
    }
    let mut rows: Vec<(String, String)> =
        person_words(held, page).into_iter().map(|(_, label, value)| (label, value)).collect();
    for (key, given) in &held.answers.said {
        let Some(put) = held.all.get(key) else { continue };
        let points: Vec<&str> = put.bears_on.iter().map(|(_, id)| id.as_str()).collect();
        // On paper the doctor reads of somebody else.
        let question = words::sentence(put, super::received::Whom::Other, page).marked();
        let points = said::brackets(page.tongue, &question, &said::list(page.tongue, points));
        rows.push((points, answer_words(&given.answer, put, page)));
    }
    let answers = [Block::Heading(page.say("check-sheet-answers")), Block::Table(rows)];
    let at = sheet.blocks.len().min(2);
    sheet.blocks.splice(at..at, answers);
    if let Some(address) = address {
        sheet.blocks.push(Block::Code(Code::of(&address)?));
    }
    download::file(app, page.tongue, kind, sheet, &format!("check-{}", stored.nct_id)).await
}
