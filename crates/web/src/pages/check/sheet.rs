//! The answers and what they come to on paper, for one's doctor.

use super::view::{answer_words, person_words, verdict};
use super::{Held, words};
use crate::error::Problem;
use crate::pages::screen::{Kind, versions};
use crate::pages::trial::Prepared;
use crate::pages::{Page, today};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use trialway_asking::Answer;
use trialway_report::{Block, Code, Report};
use trialway_store::Stored;

/// The sheet as a file; its name says nothing of the person.
pub fn file(
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
    for (key, said) in &held.answers.said {
        let Some(put) = held.all.get(key) else { continue };
        let points: Vec<&str> = put.bears_on.iter().map(|(_, id)| id.as_str()).collect();
        // On paper the doctor reads of somebody else.
        let question = words::sentence(put, super::received::Whom::Other, page).whole();
        rows.push((format!("{question} ({})", points.join(", ")), answer_words(&said.answer, put, page)));
    }
    let answers = [Block::Heading(page.say("check-sheet-answers")), Block::Table(rows)];
    let at = sheet.blocks.len().min(2);
    sheet.blocks.splice(at..at, answers);
    if let Some(address) = address {
        sheet.blocks.push(Block::Code(Code::of(&address)?));
    }
    let (bytes, form, ending) = match kind {
        Kind::Html => (trialway_report::html(sheet)?.into_bytes(), "text/html; charset=utf-8", "html"),
        Kind::Pdf => (trialway_report::pdf(&sheet, &[])?.bytes, "application/pdf", "pdf"),
    };
    let disposition = format!("attachment; filename=\"check-{}.{ending}\"", stored.nct_id);
    Ok(([(header::CONTENT_TYPE, form.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
