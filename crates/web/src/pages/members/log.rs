//! For administrators: the audit log, its latest entries and whether the chain is whole; all of it as a file.

use super::gate::Member;
use super::now;
use crate::error::Problem;
use crate::pages::{Page, private, render};
use crate::state::App;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use trialway_store::Deed;

/// Entries that the page shows.
const MOST_SHOWN: u32 = 100;

struct EntryView {
    number: i64,
    at: String,
    who: String,
    action: String,
    object: String,
}

#[derive(Template)]
#[template(path = "team_audit.html")]
struct AuditPage {
    page: Page,
    entries: Vec<EntryView>,
    anchor: String,
    broken: String,
}

/// Shows the latest entries.
pub async fn show(State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let names: BTreeMap<String, String> =
        app.store.accounts().await?.into_iter().map(|one| (one.id, one.name)).collect();
    let verified = app.store.audit_verify(None).await?;
    let entries = app.store.audit_latest(MOST_SHOWN).await?;
    let entries = entries
        .into_iter()
        .map(|kept| kept.entry)
        .map(|one| EntryView {
            number: one.number,
            at: one.at,
            who: names.get(&one.actor).cloned().unwrap_or(one.actor),
            action: one.action,
            object: names.get(&one.object).cloned().unwrap_or(one.object),
        })
        .collect();
    let (anchor, broken) = match verified {
        Ok(anchor) => (anchor.to_string(), String::new()),
        Err(broken) => (String::new(), broken.to_string()),
    };
    Ok(private(render(&AuditPage { page, entries, anchor, broken })))
}

/// Gives out the whole log as lines of JSON; that it was given out is an entry, too.
pub async fn export(State(app): State<App>, member: Member) -> Result<Response, Problem> {
    app.store.audit(Deed { actor: &member.account().id, action: "audit log exported", object: "", now: now() }).await?;
    let mut out = String::new();
    for kept in app.store.audit_all().await? {
        let line = serde_json::json!({
            "number": kept.entry.number, "at": kept.entry.at, "actor": kept.entry.actor, "action": kept.entry.action,
            "object": kept.entry.object, "previous": kept.previous, "hash": kept.hash,
        });
        out.push_str(&format!("{line}\n"));
    }
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.ndjson\""),
    ];
    Ok(private((headers, out).into_response()))
}
