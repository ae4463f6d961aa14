//! A study's page: plain sentences each with its source, facts from the record's own fields, the criteria as published beside
//! how they were read, sites, dates.

mod glossary;
mod places;
mod plain;

use self::glossary::TermView;
use self::places::{CountryView, MapView};
use self::plain::PartView;
use super::team::{TeamView, team};
use super::{Page, render};
use crate::error::{Failed, Problem};
use crate::state::{App, Mode};
use crate::words;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use trialway_criteria::Kind;
use trialway_diagnostics::{Diagnostic, Parsed};
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_language::{Draft, Words};
use trialway_search::Place;
use trialway_store::Stored;
use trialway_study::{Contact, NctId, Sex, Stale, Status, Study};
use trialway_terminology::Terminology;

/// A stored study with its criteria read.
pub struct Prepared {
    /// The study and what was found in its record.
    pub study: Parsed<Study>,
    /// Its criteria.
    pub logic: StudyLogic,
}

/// Reads a stored record and its criteria.
pub fn prepare(stored: &Stored) -> Result<Prepared, Problem> {
    let study = trialway_registry::parse_study(&stored.bytes)?;
    let text = study.value.eligibility.text.as_deref().unwrap_or_default();
    let logic =
        trialway_eligibility::lower_study(&study.value, &trialway_criteria::parse(text), Terminology::builtin());
    Ok(Prepared { study, logic })
}

/// A study by the number in an address.
pub async fn stored(app: &App, written: &str) -> Result<Stored, Problem> {
    let unknown = || Problem::NoSuchStudy(written.chars().take(20).collect());
    let id = NctId::parse(written).ok_or_else(unknown)?;
    app.store.study(id).await?.ok_or_else(unknown)
}

/// A line of quick facts.
pub(super) struct FactView {
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// A criterion with its children.
#[derive(Template)]
#[template(path = "criterion.html")]
struct CriterionView {
    id: String,
    text: String,
    group: Option<String>,
    reading: String,
    unread: Vec<String>,
    notes: Vec<String>,
    findings: Vec<String>,
    report: String,
    children: Vec<CriterionView>,
}

struct SectionView {
    heading: &'static str,
    lead: &'static str,
    criteria: Vec<CriterionView>,
}

struct NamedText {
    name: String,
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
struct DocumentView {
    label: String,
    date: String,
    link: Option<String>,
}

#[derive(Template)]
#[template(path = "trial.html")]
struct TrialPage {
    page: Page,
    nct_id: String,
    title: String,
    official_title: Option<String>,
    status: String,
    status_meaning: &'static str,
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
    findings: Vec<String>,
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
    contacts: Vec<String>,
    dates: Vec<FactView>,
    registry_link: Option<String>,
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
    Path(nct_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failed> {
    let failed = |problem| Failed { mode: app.mode, problem };
    let stored = stored(&app, &nct_id).await.map_err(failed)?;
    let prepared = prepare(&stored).map_err(failed)?;
    let near: String = asked.near.trim().chars().take(80).collect();
    let place = if near.is_empty() { None } else { app.search.place(&near).map_err(|error| failed(error.into()))? };
    let gone = app.store.gone_at(stored.nct_id).await.map_err(|error| failed(error.into()))?;
    Ok(render(&view(&app, &stored, &prepared, near, place.as_ref(), gone.as_deref())))
}

/// Why what the record says may no longer be so.
fn warnings(study: &Study, gone: Option<&str>) -> Vec<String> {
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    let day = (u16::try_from(today.year()).unwrap_or(0), part(today.month()), part(today.day()));
    let gone = gone.map(|at| {
        format!(
            "The registry no longer has this study; that was found on {}. This is its last record.",
            super::history::day(at)
        )
    });
    gone.into_iter().chain(study.stale_on(day).iter().map(Stale::sentence)).collect()
}

fn view(
    app: &App,
    stored: &Stored,
    prepared: &Prepared,
    near: String,
    place: Option<&Place>,
    gone: Option<&str>,
) -> TrialPage {
    let study = &prepared.study.value;
    let draft = trialway_language::draft(study, &prepared.logic, Words::english(), Terminology::builtin());
    let (status, status_meaning, tone) = words::status(study.overall_status.as_ref());
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    let nct_id = stored.nct_id.to_string();
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    TrialPage {
        page: Page::new(app.mode),
        title: study.title().to_owned(),
        official_title: filled(&study.official_title).filter(|title| Some(title) != study.brief_title.as_ref()),
        status,
        status_meaning,
        tone,
        warnings: warnings(study, gone),
        n_versions: words::count(usize::try_from(stored.version).unwrap_or(0), "version", "versions"),
        why_stopped: filled(&study.why_stopped),
        reach: plain::reach(&draft),
        gist: plain::part(&draft.gist),
        about: plain::part(&draft.about),
        part: plain::part(&draft.part),
        matters: plain::part(&draft.matters),
        fits: plain::ends(&draft.fits),
        unfits: plain::ends(&draft.unfits),
        facts: facts(study),
        summary: filled(&study.brief_summary),
        description: filled(&study.detailed_description),
        sections: sections(&prepared.logic, text, &nct_id),
        coverage: coverage(&prepared.logic),
        findings: loose_findings(prepared),
        team: team(prepared),
        eligibility_text: filled(&study.eligibility.text),
        arms: study
            .arms
            .iter()
            .map(|arm| {
                let kind = arm.kind.as_ref().map(|kind| format!(" ({})", words::label(kind).to_lowercase()));
                NamedText {
                    name: format!("{}{}", arm.label, kind.unwrap_or_default()),
                    text: arm.description.clone().unwrap_or_default(),
                }
            })
            .collect(),
        interventions: study
            .interventions
            .iter()
            .map(|one| {
                let kind = one.kind.as_ref().map(|kind| format!(" ({})", words::label(kind).to_lowercase()));
                NamedText {
                    name: format!("{}{}", one.name, kind.unwrap_or_default()),
                    text: one.description.clone().unwrap_or_default(),
                }
            })
            .collect(),
        outcomes: study
            .primary_outcomes
            .iter()
            .map(|outcome| NamedText {
                name: outcome.measure.clone(),
                text: outcome.time_frame.as_ref().map(|time| format!("Measured: {time}")).unwrap_or_default(),
            })
            .collect(),
        countries: places::countries(study, place),
        map: places::map(study),
        near_unknown: !near.is_empty() && place.is_none(),
        nearest: place.and_then(|place| places::nearest_open(study, place)),
        near,
        joining: joining(study),
        terms: glossary::of(study, &prepared.logic),
        documents: documents(study, app.mode),
        has_results: study.has_results == Some(true),
        conditions: search_words(&study.conditions, &[]),
        keywords: search_words(&study.keywords, &study.conditions),
        description_for_machines: draft.gist.first().map(|gist| gist.words.clone()).unwrap_or_default(),
        machine: machine(study, &draft),
        n_sites: words::count(study.sites.len(), "site", "sites"),
        contacts: study.central_contacts.iter().filter_map(contact).collect(),
        dates: dates(study, stored),
        registry_link: (app.mode == Mode::Registry).then(|| format!("https://clinicaltrials.gov/study/{nct_id}")),
        nct_id,
    }
}

/// Facts of the record's own fields, never of its prose.
pub(super) fn facts(study: &Study) -> Vec<FactView> {
    let mut out = Vec::new();
    let mut add = |name, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            out.push(FactView { name, value });
        }
    };
    let eligibility = &study.eligibility;
    let written = |limit: &Option<trialway_study::AgeLimit>| limit.as_ref().map(|limit| limit.written.clone());
    add("Conditions", Some(study.conditions.join(", ")));
    let mut treatments: Vec<&str> = study.interventions.iter().map(|one| one.name.as_str()).collect();
    let mut seen: Vec<String> = Vec::new();
    treatments.retain(|name| {
        let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let new = !seen.contains(&folded);
        seen.push(folded);
        new
    });
    add("Treatments", Some(treatments.join(", ")));
    add(
        "Ages",
        Some(words::ages(written(&eligibility.minimum_age).as_deref(), written(&eligibility.maximum_age).as_deref())),
    );
    add(
        "Sex",
        eligibility.sex.as_ref().map(|sex| match sex.known() {
            Some(Sex::All) => "All".to_owned(),
            _ => format!("{} only", words::label(sex)),
        }),
    );
    add(
        "Healthy volunteers",
        eligibility.healthy_volunteers.map(|yes| if yes { "Can take part" } else { "Cannot take part" }.to_owned()),
    );
    add("Phase", words::phase(&study.phases).map(|(label, meaning)| format!("{label} ({meaning})")));
    add("Kind of study", study.study_type.as_ref().map(words::study_type));
    add(
        "Participants",
        study.enrollment.as_ref().map(|enrollment| {
            let n = words::thousands(usize::try_from(enrollment.count).unwrap_or(usize::MAX));
            match enrollment.is_actual() {
                Some(true) => format!("{n} took part"),
                Some(false) => format!("{n} planned"),
                None => n,
            }
        }),
    );
    add(
        "Sponsor",
        study.lead_sponsor.as_ref().map(|sponsor| match sponsor.class.as_ref().and_then(words::sponsor_class) {
            Some(class) => format!("{} ({class})", sponsor.name),
            None => sponsor.name.clone(),
        }),
    );
    add("Sites", (!study.sites.is_empty()).then(|| words::count(study.sites.len(), "site", "sites")));
    let with: Vec<&str> = study.collaborators.iter().map(|sponsor| sponsor.name.as_str()).collect();
    add("With", Some(with.join(", ")));
    out
}

fn sections(logic: &StudyLogic, text: &str, nct_id: &str) -> Vec<SectionView> {
    let of = |kind: Kind| -> Vec<CriterionView> {
        logic
            .criteria
            .iter()
            .filter(|criterion| criterion.kind == kind)
            .map(|criterion| criterion_view(criterion, logic, text, nct_id))
            .collect()
    };
    let mut out = vec![
        SectionView {
            heading: "What must be so",
            lead: "The study calls these inclusion criteria. All of them must be met.",
            criteria: of(Kind::Inclusion),
        },
        SectionView {
            heading: "What must not be so",
            lead: "The study calls these exclusion criteria. Any one of them rules out taking part.",
            criteria: of(Kind::Exclusion),
        },
    ];
    out.retain(|section| !section.criteria.is_empty());
    out
}

fn criterion_view(criterion: &CriterionLogic, logic: &StudyLogic, text: &str, nct_id: &str) -> CriterionView {
    let reading = trialway_language::read(&criterion.logic, text, Terminology::builtin());
    let mut notes = Vec::new();
    if reading.is_likely {
        notes.push("The words may be read otherwise; this is the likelier reading.".to_owned());
    }
    if reading.needs_judgement {
        notes.push("The study doctor must judge this.".to_owned());
    }
    if reading.needs_consent {
        notes.push("Someone must agree to this.".to_owned());
    }
    let own = criterion.own_span;
    let inside = |finding: &&Diagnostic| {
        finding.span.is_some_and(|span| {
            own.start <= span.start
                && span.end <= own.end
                && !criterion.children.iter().any(|child| child.span.start <= span.start && span.end <= child.span.end)
        })
    };
    CriterionView {
        id: criterion.id.to_string(),
        text: criterion.own.text().to_owned(),
        group: criterion.group.as_ref().map(|group| group.text.clone()),
        reading: reading.words,
        unread: reading.unread,
        notes,
        findings: logic.findings.iter().filter(inside).map(|finding| finding.message.clone()).collect(),
        report: format!("/trials/{nct_id}/report?criterion={}", criterion.id),
        children: criterion.children.iter().map(|child| criterion_view(child, logic, text, nct_id)).collect(),
    }
}

/// Findings that belong to no criterion: of the record's fields and of the text as a whole.
fn loose_findings(prepared: &Prepared) -> Vec<String> {
    let in_a_criterion = |finding: &Diagnostic| {
        finding.span.is_some_and(|span| {
            prepared.logic.criteria.iter().any(|top| top.span.start <= span.start && span.end <= top.span.end)
        })
    };
    let of_text = prepared.logic.findings.iter().filter(|finding| !in_a_criterion(finding));
    let mut out: Vec<String> =
        prepared.study.findings.iter().chain(of_text).map(|finding| finding.message.clone()).collect();
    out.dedup();
    out
}

fn coverage(logic: &StudyLogic) -> String {
    let all = &logic.coverage;
    if all.n_criteria == 0 {
        return String::new();
    }
    let mut parts = vec![format!(
        "Of {}, a computer can check {}",
        words::count(all.n_criteria, "point", "points"),
        all.n_computed
    )];
    if all.n_judgement > 0 {
        parts.push(format!("{} wait for a person's judgement or agreement", all.n_judgement));
    }
    if all.n_partly > 0 {
        parts.push(format!("{} could be read in part", all.n_partly));
    }
    if all.n_unread > 0 {
        parts.push(format!("{} could not be read", all.n_unread));
    }
    format!("{}.", parts.join("; "))
}

/// Up to a dozen words to search by, each once, without those that are there already.
fn search_words(names: &[String], already: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let known = |other: &String| other.trim().eq_ignore_ascii_case(name);
        if !out.iter().any(known) && !already.iter().any(known) && out.len() < 12 {
            out.push(name.to_owned());
        }
    }
    out
}

/// Documents that come with the record, where the registry keeps them.
fn documents(study: &Study, mode: Mode) -> Vec<DocumentView> {
    let folder = study.nct_id.as_ref().filter(|_| mode == Mode::Registry).map(|id| {
        let id = id.to_string();
        let last: String = id.chars().skip(id.chars().count().saturating_sub(2)).collect();
        format!("https://cdn.clinicaltrials.gov/large-docs/{last}/{id}")
    });
    let link = |location: &str| {
        let is_name = location.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        if location.starts_with("https://") {
            Some(location.to_owned())
        } else {
            folder.as_ref().filter(|_| is_name).map(|folder| format!("{folder}/{location}"))
        }
    };
    study
        .documents
        .iter()
        .map(|document| DocumentView {
            label: document.label.clone(),
            date: document.date.as_ref().map(words::date).unwrap_or_default(),
            link: document.location.as_deref().and_then(link),
        })
        .collect()
}

/// The study for programs that read pages.
///
/// **Source**: schema.org `MedicalTrial`. The record's own fields only; `<` is written so that no text can end the element.
fn machine(study: &Study, draft: &Draft) -> String {
    let mut out = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "MedicalTrial",
        "name": study.title(),
    });
    let mut set = |key: &str, value: serde_json::Value| {
        if let Some(object) = out.as_object_mut() {
            object.insert(key.to_owned(), value);
        }
    };
    if let Some(id) = &study.nct_id {
        set("identifier", id.to_string().into());
    }
    if let Some(gist) = draft.gist.first() {
        set("description", gist.words.clone().into());
    }
    if !study.conditions.is_empty() {
        set(
            "healthCondition",
            study
                .conditions
                .iter()
                .map(|name| serde_json::json!({"@type": "MedicalCondition", "name": name}))
                .collect(),
        );
    }
    if let Some(sponsor) = &study.lead_sponsor {
        set("sponsor", serde_json::json!({"@type": "Organization", "name": sponsor.name}));
    }
    if let Some(status) = &study.overall_status {
        set("status", words::label(status).into());
    }
    let places: Vec<serde_json::Value> = study
        .sites
        .iter()
        .take(50)
        .filter_map(|site| {
            let name = site.facility.clone().or_else(|| site.city.clone())?;
            Some(serde_json::json!({"@type": "AdministrativeArea", "name": name}))
        })
        .collect();
    if !places.is_empty() {
        set("studyLocation", places.into());
    }
    out.to_string().replace('<', "\\u003c")
}

/// How to reach someone; none where the record gives no way.
fn contact(contact: &Contact) -> Option<String> {
    let phone = contact.phone.as_ref().map(|phone| match &contact.phone_ext {
        Some(extension) => format!("{phone}, extension {extension}"),
        None => phone.clone(),
    });
    let ways: Vec<String> = [phone, contact.email.clone()].into_iter().flatten().collect();
    if ways.is_empty() {
        return None;
    }
    let name = contact.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
    Some(format!("{name}{}", ways.join(", ")))
}

fn dates(study: &Study, stored: &Stored) -> Vec<FactView> {
    let dates = &study.dates;
    let mut out = Vec::new();
    for (name, date) in [
        ("Start of the study", &dates.start),
        ("Main results complete", &dates.primary_completion),
        ("End of the study", &dates.completion),
        ("First sent to the registry", &dates.first_submitted),
        ("Last changed in the registry", &dates.last_update_posted),
        ("Confirmed by the sponsor", &dates.verified),
    ] {
        if let Some(date) = date {
            out.push(FactView { name, value: words::date(date) });
        }
    }
    let received: String = stored.received_at.chars().take(10).collect();
    out.push(FactView { name: "Copied to this site", value: words::iso_date(&received) });
    out
}
