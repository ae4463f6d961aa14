//! All enquiries as a file, for administrators: CSV and JSON. That they were given out is an entry of the audit log.

use super::super::members::gate::Member;
use super::{names, noted};
use crate::error::Problem;
use crate::pages::private;
use crate::state::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use trialway_accounts::audit::moment;
use trialway_store::EnquiryFilter;

async fn rows(app: &App, member: &Member) -> Result<Vec<Value>, Problem> {
    noted(app, member, "enquiries exported", "").await?;
    let names = names(app).await?;
    let time = |seconds: i64| if seconds > 0 { moment(seconds) } else { String::new() };
    let mut out = Vec::new();
    for line in app.store.enquiries(&EnquiryFilter::default()).await? {
        let Some(one) = app.store.enquiry(line.id).await? else { continue };
        let answers: Vec<Value> = one
            .answers
            .iter()
            .map(|one| json!({ "criterion": one.criterion, "written": one.written, "words": one.words }))
            .collect();
        let replies: Vec<Value> = one
            .replies
            .iter()
            .map(|one| json!({ "author": one.author, "at": time(one.replied_at), "message": one.message }))
            .collect();
        out.push(json!({
            "number": line.number,
            "study": line.nct_id.to_string(),
            "site": line.site,
            "stage": line.stage,
            "assigned_to": names.get(&line.assigned_to).cloned().unwrap_or_default(),
            "sent_at": time(line.sent_at),
            "opened_at": time(line.opened_at),
            "answered_at": time(line.answered_at),
            "closed_at": time(line.closed_at),
            "withdrawn_at": time(line.withdrawn_at),
            "language": line.language,
            "name": one.called,
            "reach_kind": one.reach_kind,
            "reach": one.reach,
            "message": one.message,
            "record_hash": one.record_hash,
            "engine": one.engine,
            "consent_version": one.consent_version,
            "answers": answers,
            "replies": replies,
        }));
    }
    Ok(out)
}

fn file(name: &str, kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    private((headers, text).into_response())
}

/// As JSON.
pub async fn json(State(app): State<App>, member: Member) -> Result<Response, Problem> {
    let rows = rows(&app, &member).await?;
    Ok(file("enquiries.json", "application/json", format!("{:#}\n", Value::Array(rows))))
}

/// As CSV, for spreadsheets.
pub async fn csv(State(app): State<App>, member: Member) -> Result<Response, Problem> {
    let rows = rows(&app, &member).await?;
    let mut out = String::new();
    if let Some(Value::Object(first)) = rows.first() {
        out.push_str(&first.keys().map(|key| cell(key)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    for row in &rows {
        let Value::Object(fields) = row else { continue };
        let cells = fields.values().map(|value| match value {
            Value::String(text) => cell(text),
            Value::Array(list) if list.is_empty() => String::new(),
            other => cell(&other.to_string()),
        });
        out.push_str(&cells.collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    Ok(file("enquiries.csv", "text/csv; charset=utf-8", out))
}

/// A cell. What a spreadsheet would take for a formula is marked as text: people write these words.
fn cell(text: &str) -> String {
    let mark = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_no_formula_and_keeps_its_words() {
        for (text, want) in [
            ("plain", "\"plain\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1 555", "\"'+1 555\""),
            ("@x", "\"'@x\""),
            ("two\nlines, one", "\"two\nlines, one\""),
        ] {
            assert_eq!(cell(text), want);
        }
    }
}
