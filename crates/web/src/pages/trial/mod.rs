//! A study's page: plain sentences each with its source, facts from the record's own fields, the criteria as published beside
//! how they were read, sites, dates.

mod glossary;
mod places;
mod plain;
pub mod record;
pub mod sheet;
mod shown;

pub use self::shown::Shown;

use self::glossary::TermView;
use self::places::{CountryView, MapView};
use self::plain::PartView;
use self::record::{ContactView, contact, dates, documents, facts, machine, search_words};
use super::team::{TeamView, team};
use super::{Page, render};
use crate::error::Problem;
use crate::line::Line;
use crate::state::{App, Mode};
use crate::tongue::{Speak, Tongue};
use crate::words;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use trialway_criteria::Kind;
use trialway_diagnostics::{Diagnostic, Parsed};
use trialway_editorial::{Correction, State as Said, kept, state};
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_language::Reading;
use trialway_search::Place;
use trialway_store::Stored;
use trialway_study::{Coded, NctId, Status, Study, WordList};
use trialway_terminology::Terminology;

/// A stored study with its criteria read.
pub struct Prepared {
    /// The study and what was found in its record.
    pub study: Parsed<Study>,
    /// Its criteria; those that an editor holds are open.
    pub logic: StudyLogic,
    /// What editors said of their readings, the first one first.
    pub corrections: Vec<Correction>,
}

/// Reads a stored record and its criteria, as editors want them read.
pub async fn read(app: &App, stored: &Stored) -> Result<Prepared, Problem> {
    let corrections = kept(&app.store.corrections_of(stored.nct_id).await?);
    prepare(stored, corrections)
}

/// Reads a stored record and its criteria, with these corrections.
pub fn prepare(stored: &Stored, corrections: Vec<Correction>) -> Result<Prepared, Problem> {
    let study = trialway_registry::parse_study(&stored.bytes)?;
    let text = study.value.eligibility.text.as_deref().unwrap_or_default();
    let mut logic =
        trialway_eligibility::lower_study(&study.value, &trialway_criteria::parse(text), Terminology::builtin());
    trialway_editorial::apply(&mut logic, &corrections);
    Ok(Prepared { study, logic, corrections })
}

/// A study by the number in an address.
pub async fn stored(app: &App, written: &str) -> Result<Stored, Problem> {
    let unknown = || Problem::NoSuchStudy(written.chars().take(20).collect());
    let id = NctId::parse(written).ok_or_else(unknown)?;
    app.store.study(id).await?.ok_or_else(unknown)
}

/// A line of quick facts.
pub struct FactView {
    /// What it is called.
    pub name: String,
    /// What the record says.
    pub value: Line,
}

/// A criterion with its children.
#[derive(Template)]
#[template(path = "criterion.html")]
struct CriterionView {
    page: Tongue,
    id: String,
    text: String,
    group: Option<String>,
    reading: Line,
    unread: Vec<Line>,
    notes: Vec<String>,
    findings: Vec<Line>,
    report: String,
    children: Vec<CriterionView>,
}

struct SectionView {
    heading: String,
    lead: String,
    criteria: Vec<CriterionView>,
}

struct NamedText {
    name: Line,
    text: String,
}

/// Whether people can join, for the steps that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joining {
    Open,
    Later,
    Invited,
    Closed,
    Unknown,
}

/// Whether people can join, by the record's own status; a status that is missing or new is not taken for "no".
fn joining(study: &Study) -> Joining {
    match study.overall_status.as_ref().and_then(|status| status.known()) {
        Some(Status::Recruiting | Status::Available) => Joining::Open,
        Some(Status::NotYetRecruiting | Status::TemporarilyNotAvailable) => Joining::Later,
        Some(Status::EnrollingByInvitation) => Joining::Invited,
        Some(Status::Unknown | Status::Withheld) | None => Joining::Unknown,
        Some(_) => Joining::Closed,
    }
}

/// Something to download.
pub struct DocumentView {
    /// What it is.
    pub label: String,
    /// Its day; may be empty.
    pub date: String,
    /// Where it is had; none where that is not known.
    pub link: Option<String>,
}

/// What a model drafted, with its name.
struct ModelView {
    name: String,
    part: PartView,
}

#[derive(Template)]
#[template(path = "trial.html")]
struct TrialPage {
    page: Page,
    nct_id: String,
    title: String,
    official_title: Option<String>,
    status: String,
    status_meaning: String,
    tone: &'static str,
    warnings: Vec<String>,
    n_versions: String,
    why_stopped: Option<String>,
    gist: PartView,
    about: PartView,
    part: PartView,
    matters: PartView,
    fits: PartView,
    unfits: PartView,
    reach: String,
    facts: Vec<FactView>,
    summary: Option<String>,
    description: Option<String>,
    sections: Vec<SectionView>,
    coverage: String,
    findings: Vec<Line>,
    team: TeamView,
    eligibility_text: Option<String>,
    arms: Vec<NamedText>,
    interventions: Vec<NamedText>,
    outcomes: Vec<NamedText>,
    countries: Vec<CountryView>,
    map: Option<MapView>,
    near: String,
    near_unknown: bool,
    nearest: Option<String>,
    n_sites: String,
    joining: Joining,
    terms: Vec<TermView>,
    documents: Vec<DocumentView>,
    has_results: bool,
    conditions: Vec<String>,
    keywords: Vec<String>,
    description_for_machines: String,
    machine: String,
    contacts: Vec<ContactView>,
    officials: Vec<String>,
    letter: String,
    canonical: Option<String>,
    how_made: String,
    model: Option<ModelView>,
    dates: Vec<FactView>,
    registry_link: Option<String>,
    sheet: String,
}

/// Where the reader is.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A city or coordinates.
    #[serde(default)]
    near: String,
}

/// Shows a study.
pub async fn show(
    State(app): State<App>,
    page: Page,
    Path(nct_id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let stored = stored(&app, &nct_id).await?;
    let prepared = read(&app, &stored).await?;
    let shown = Shown::of(&app, page.tongue, &stored, &prepared).await?;
    let near: String = asked.near.trim().chars().take(80).collect();
    let place = if near.is_empty() { None } else { app.search.place(&near)? };
    let gone = app.store.gone_at(stored.nct_id).await?;
    let address = sheet::address(&app, &stored.nct_id.to_string(), &headers);
    Ok(render(&view(
        &app,
        page,
        &stored,
        &prepared,
        &shown,
        (near, place.as_ref()),
        (gone.as_deref(), address.as_deref()),
    )))
}

/// Why what the record says may no longer be so.
fn warnings(tongue: Tongue, study: &Study, gone: Option<&str>) -> Vec<String> {
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let day = (u16::try_from(today.year()).unwrap_or(0), part(today.month()), part(today.day()));
    let gone = gone.map(|at| tongue.say_with("trial-gone", &[("day", &words::day(tongue, at))]));
    gone.into_iter().chain(study.stale_on(day).iter().map(|why| words::stale(tongue, why))).collect()
}

fn view(
    app: &App,
    page: Page,
    stored: &Stored,
    prepared: &Prepared,
    shown: &Shown,
    (near, place): (String, Option<&Place>),
    (gone, address): (Option<&str>, Option<&str>),
) -> TrialPage {
    let tongue = page.tongue;
    let study = &prepared.study.value;
    let draft = &shown.draft;
    let (status, status_meaning, tone) = words::status(tongue, study.overall_status.as_ref());
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    let nct_id = stored.nct_id.to_string();
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    TrialPage {
        page,
        title: study.title().to_owned(),
        official_title: filled(&study.official_title).filter(|title| Some(title) != study.brief_title.as_ref()),
        status,
        status_meaning,
        tone,
        warnings: warnings(tongue, study, gone),
        n_versions: words::count(tongue, "count-versions", usize::try_from(stored.version).unwrap_or(0)),
        why_stopped: filled(&study.why_stopped),
        reach: plain::reach(tongue, draft),
        gist: plain::part(tongue, &draft.gist),
        about: plain::part(tongue, &draft.about),
        part: plain::part(tongue, &draft.part),
        matters: plain::part(tongue, &draft.matters),
        fits: plain::ends(tongue, &draft.fits),
        unfits: plain::ends(tongue, &draft.unfits),
        facts: facts(tongue, study),
        summary: filled(&study.brief_summary),
        description: filled(&study.detailed_description),
        sections: sections(tongue, prepared, text, &nct_id),
        coverage: coverage(tongue, &prepared.logic),
        findings: loose_findings(tongue, prepared),
        team: team(tongue, prepared),
        eligibility_text: filled(&study.eligibility.text),
        arms: study
            .arms
            .iter()
            .map(|arm| NamedText {
                name: with_kind(tongue, &arm.label, arm.kind.as_ref()),
                text: arm.description.clone().unwrap_or_default(),
            })
            .collect(),
        interventions: study
            .interventions
            .iter()
            .map(|one| NamedText {
                name: with_kind(tongue, &one.name, one.kind.as_ref()),
                text: one.description.clone().unwrap_or_default(),
            })
            .collect(),
        outcomes: study
            .primary_outcomes
            .iter()
            .map(|outcome| NamedText {
                name: Line::of(&words::english(tongue, &outcome.measure)),
                text: outcome
                    .time_frame
                    .as_ref()
                    .map(|time| tongue.say_with("trial-measured", &[("when", time)]))
                    .unwrap_or_default(),
            })
            .collect(),
        countries: places::countries(tongue, study, place),
        map: places::map(tongue, study),
        near_unknown: !near.is_empty() && place.is_none(),
        nearest: place.and_then(|place| places::nearest_open(tongue, study, place)),
        near,
        joining: joining(study),
        terms: glossary::of(tongue, study, &prepared.logic),
        documents: documents(tongue, study, app.mode),
        has_results: study.has_results == Some(true),
        conditions: search_words(&study.conditions, &[]),
        keywords: search_words(&study.keywords, &study.conditions),
        description_for_machines: draft.gist.first().map(|gist| gist.words.clone()).unwrap_or_default(),
        machine: machine(study, draft),
        n_sites: words::count(tongue, "count-sites", study.sites.len()),
        contacts: study.central_contacts.iter().filter_map(|one| contact(tongue, one, &nct_id)).collect(),
        officials: study.overall_officials.iter().filter_map(|one| record::official(tongue, one)).collect(),
        letter: record::letter(tongue, study, &nct_id, address),
        how_made: shown.how_made(tongue, study),
        model: shown
            .model
            .as_ref()
            .map(|block| ModelView { name: block.model.clone(), part: plain::part(tongue, &block.sentences) }),
        dates: dates_with_review(tongue, study, stored, shown),
        canonical: app.public_address.as_ref().map(|base| format!("{base}/trials/{nct_id}")),
        registry_link: (app.mode == Mode::Registry).then(|| format!("https://clinicaltrials.gov/study/{nct_id}")),
        sheet: format!("/trials/{nct_id}/sheet"),
        nct_id,
    }
}

/// A name with its kind behind it, in brackets.
fn with_kind<T: WordList>(tongue: Tongue, name: &str, kind: Option<&Coded<T>>) -> Line {
    let name = words::english(tongue, name);
    Line::of(&match kind {
        Some(kind) => words::brackets(tongue, &name, &words::label(tongue, kind).to_lowercase()),
        None => name,
    })
}

fn sections(tongue: Tongue, prepared: &Prepared, text: &str, nct_id: &str) -> Vec<SectionView> {
    let of = |kind: Kind| -> Vec<CriterionView> {
        prepared
            .logic
            .criteria
            .iter()
            .filter(|criterion| criterion.kind == kind)
            .map(|criterion| criterion_view(tongue, criterion, prepared, text, nct_id))
            .collect()
    };
    let mut out = vec![
        SectionView {
            heading: tongue.say("trial-must"),
            lead: tongue.say("trial-must-lead"),
            criteria: of(Kind::Inclusion),
        },
        SectionView {
            heading: tongue.say("trial-must-not"),
            lead: tongue.say("trial-must-not-lead"),
            criteria: of(Kind::Exclusion),
        },
    ];
    out.retain(|section| !section.criteria.is_empty());
    out
}

fn criterion_view(
    tongue: Tongue,
    criterion: &CriterionLogic,
    prepared: &Prepared,
    text: &str,
    nct_id: &str,
) -> CriterionView {
    let logic = &prepared.logic;
    let mut reading = trialway_language::read(&criterion.logic, text, Terminology::builtin());
    let mut notes = Vec::new();
    // What was checked was read in English.
    let checked = state(&prepared.corrections, criterion.own.text(), &reading.words);
    if tongue != Tongue::English {
        reading = trialway_language::read_in(&criterion.logic, text, Terminology::builtin(), tongue.templates());
    }
    if let Some(said) = &checked {
        notes.push(editors_word(tongue, said));
    }
    if matches!(checked, Some(Said::Held(_))) {
        // Its reading is not used, and the note says why.
        reading = Reading::default();
    }
    if reading.is_likely {
        notes.push(tongue.say("trial-likely"));
    }
    if reading.needs_judgement {
        notes.push(tongue.say("trial-judgement"));
    }
    if reading.needs_consent {
        notes.push(tongue.say("trial-consent"));
    }
    let own = criterion.own_span;
    let unread = reading.unread.iter().map(|part| words::english(tongue, part));
    let inside = |finding: &&Diagnostic| {
        finding.span.is_some_and(|span| {
            own.start <= span.start
                && span.end <= own.end
                && !criterion.children.iter().any(|child| child.span.start <= span.start && span.end <= child.span.end)
        })
    };
    CriterionView {
        page: tongue,
        id: criterion.id.to_string(),
        text: criterion.own.text().to_owned(),
        group: criterion.group.as_ref().map(|group| group.text.clone()),
        reading: Line::from(reading.pieces.as_slice()),
        unread: unread.map(|part| Line::of(&tongue.say_with("trial-not-read", &[("part", &part)]))).collect(),
        notes,
        findings: logic.findings.iter().filter(inside).map(|one| finding(tongue, one)).collect(),
        report: format!("/trials/{nct_id}/report?criterion={}", criterion.id),
        children: criterion
            .children
            .iter()
            .map(|child| criterion_view(tongue, child, prepared, text, nct_id))
            .collect(),
    }
}

/// What an editor said of a reading, for whoever reads the page.
fn editors_word(tongue: Tongue, said: &Said<'_>) -> String {
    let who = |one: &Correction| format!("{}, {}", one.author, words::day(tongue, &one.at));
    match said {
        Said::Confirmed(one) => tongue.say_with("trial-checked", &[("who", &who(one))]),
        Said::ReadOtherwise(one) => tongue.say_with("trial-checked-before", &[("who", &who(one))]),
        Said::Held(one) if one.finding == trialway_editorial::Finding::CannotBeComputed => {
            tongue.say_with("trial-checked-beyond", &[("who", &who(one)), ("reason", &one.reason)])
        }
        Said::Held(one) => tongue.say_with("trial-checked-wrong", &[("who", &who(one)), ("reason", &one.reason)]),
    }
}

/// The dates of a record, and that of the review.
fn dates_with_review(tongue: Tongue, study: &Study, stored: &Stored, shown: &Shown) -> Vec<FactView> {
    let mut out = dates(tongue, study, stored);
    out.extend(shown.reviewed().map(|step| FactView {
        name: tongue.say(if shown.standing == trialway_editorial::Standing::Published {
            "trial-reviewed"
        } else {
            "trial-reviewed-last"
        }),
        value: Line::of(&tongue.say_with(
            "trial-reviewed-by",
            &[
                ("day", &words::day(tongue, &step.reviewed_at)),
                ("reviewer", &step.reviewer),
                ("version", &step.version.to_string()),
            ],
        )),
    }));
    out
}

fn finding(tongue: Tongue, one: &Diagnostic) -> Line {
    Line::of(&trialway_language::finding(tongue, &one.said))
}

/// Findings that belong to no criterion: of the record's fields and of the text as a whole.
fn loose_findings(tongue: Tongue, prepared: &Prepared) -> Vec<Line> {
    let in_a_criterion = |finding: &Diagnostic| {
        finding.span.is_some_and(|span| {
            prepared.logic.criteria.iter().any(|top| top.span.start <= span.start && span.end <= top.span.end)
        })
    };
    let of_text = prepared.logic.findings.iter().filter(|finding| !in_a_criterion(finding));
    let mut out: Vec<Line> = prepared.study.findings.iter().chain(of_text).map(|one| finding(tongue, one)).collect();
    out.dedup();
    out
}

fn coverage(tongue: Tongue, logic: &StudyLogic) -> String {
    let all = &logic.coverage;
    if all.n_criteria == 0 {
        return String::new();
    }
    let points = words::count(tongue, "count-points", all.n_criteria);
    let mut said = tongue.say_with("trial-can-check", &[("points", &points), ("n", &all.n_computed.to_string())]);
    let rest =
        [("trial-can-judge", all.n_judgement), ("trial-can-partly", all.n_partly), ("trial-can-not", all.n_unread)];
    for (id, n) in rest.into_iter().filter(|(_, n)| *n > 0) {
        let last = tongue.say_with(id, &[("n", &n.to_string())]);
        said = tongue.say_with("trial-can-joint", &[("first", &said), ("last", &last)]);
    }
    tongue.say_with("trial-can-end", &[("all", &said)])
}
