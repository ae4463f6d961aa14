//! Up to four studies side by side, by what their records say.

use super::trial::{self, FactView};
use super::{Page, render};
use crate::error::Problem;
use crate::line::Line;
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use crate::words;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use std::collections::BTreeMap;
use trialway_criteria::Kind;
use trialway_study::{NctId, Study};

/// So many studies fit beside each other.
const MOST: usize = 4;

struct ColumnView {
    nct_id: String,
    title: String,
    status: String,
    tone: &'static str,
    without: String,
}

struct RowView {
    name: String,
    cells: Vec<Line>,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    page: Page,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    notes: Vec<String>,
}

/// Shows the studies that the address names: `/compare?id=NCT…&id=NCT…`.
pub async fn show(State(app): State<App>, page: Page, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let tongue = page.tongue;
    let query = query.unwrap_or_default();
    let (mut ids, mut notes): (Vec<NctId>, Vec<String>) = Default::default();
    for (_, value) in form_urlencoded::parse(query.as_bytes()).filter(|(name, value)| name == "id" && !value.is_empty())
    {
        let written: String = value.chars().take(20).collect();
        match NctId::parse(&written) {
            Some(id) if ids.contains(&id) => {}
            Some(id) => ids.push(id),
            None => notes.push(tongue.say_with("compare-no-number", &[("written", &written)])),
        }
    }
    if ids.len() > MOST {
        notes.push(tongue.say_with("compare-too-many", &[("most", &MOST.to_string())]));
        ids.truncate(MOST);
    }
    let mut studies = Vec::new();
    for id in &ids {
        match app.store.study(*id).await? {
            Some(stored) => studies.push((*id, trial::read(&app, &stored).await?)),
            None => notes.push(tongue.say_with("compare-not-held", &[("id", &id.to_string())])),
        }
    }
    let shown: Vec<String> = studies.iter().map(|(id, _)| id.to_string()).collect();
    let columns =
        studies.iter().map(|(id, prepared)| column(tongue, &prepared.study.value, &id.to_string(), &shown)).collect();
    let mut rows = rows(tongue, &studies.iter().map(|(_, prepared)| &prepared.study.value).collect::<Vec<_>>());
    let points = |kind: Kind| -> Vec<Line> {
        let of = |prepared: &trial::Prepared| prepared.logic.criteria.iter().filter(|one| one.kind == kind).count();
        let count = |n: usize| Line::of(&words::count(tongue, "count-points", n));
        studies.iter().map(|(_, prepared)| count(of(prepared))).collect()
    };
    if !studies.is_empty() {
        rows.push(RowView { name: tongue.say("compare-must"), cells: points(Kind::Inclusion) });
        rows.push(RowView { name: tongue.say("compare-rules-out"), cells: points(Kind::Exclusion) });
    }
    Ok(render(&ComparePage { page, columns, rows, notes }))
}

fn column(tongue: Tongue, study: &Study, id: &str, shown: &[String]) -> ColumnView {
    let (status, _, tone) = words::status(tongue, study.overall_status.as_ref());
    let others: Vec<String> = shown.iter().filter(|other| *other != id).map(|other| format!("id={other}")).collect();
    ColumnView {
        nct_id: id.to_owned(),
        title: study.title().to_owned(),
        status,
        tone,
        without: format!("/compare?{}", others.join("&")),
    }
}

/// A row for everything that some record says.
fn rows(tongue: Tongue, studies: &[&Study]) -> Vec<RowView> {
    let mut names: Vec<String> = Vec::new();
    let mut by_name: BTreeMap<String, BTreeMap<usize, Line>> = BTreeMap::new();
    for (at, study) in studies.iter().enumerate() {
        let (_, meaning, _) = words::status(tongue, study.overall_status.as_ref());
        let mut all = vec![FactView { name: tongue.say("compare-join"), value: Line::of(&meaning) }];
        all.extend(trial::record::facts(tongue, study));
        let recruiting = study
            .sites
            .iter()
            .filter(|site| site.effective_status(study).0.is_some_and(|status| status.as_str() == "RECRUITING"));
        all.push(FactView { name: tongue.say("compare-recruiting"), value: Line::of(&recruiting.count().to_string()) });
        let dates = [("compare-start", &study.dates.start), ("compare-end", &study.dates.completion)];
        all.extend(dates.into_iter().filter_map(|(name, date)| {
            Some(FactView { name: tongue.say(name), value: Line::of(&words::date(tongue, date.as_ref()?)) })
        }));
        let measured: Vec<&str> =
            study.primary_outcomes.iter().map(|outcome| outcome.measure.as_str()).take(3).collect();
        if !measured.is_empty() {
            let measured = Line::of(&words::english(tongue, &measured.join("; ")));
            all.push(FactView { name: tongue.say("compare-measures"), value: measured });
        }
        for fact in all {
            if !names.contains(&fact.name) {
                names.push(fact.name.clone());
            }
            by_name.entry(fact.name).or_default().insert(at, fact.value);
        }
    }
    let cell = |cells: &BTreeMap<usize, Line>, at: usize| {
        cells.get(&at).cloned().unwrap_or_else(|| Line::of(&tongue.say("compare-not-given")))
    };
    let row = |name: String| {
        let cells = by_name.get(&name)?;
        Some(RowView { name, cells: (0..studies.len()).map(|at| cell(cells, at)).collect() })
    };
    names.into_iter().filter_map(row).collect()
}
