//! The words of the worklist's page.

use super::state::{self, Refused, Worklist};
use crate::line::Line;
use crate::pages::Page;
use crate::pages::screen::{needs, point};
use crate::tongue::{Speak, Tongue};
use crate::words;
use askama::Template;
use trialway_cohort::{Cost, Protocol, Row, Summary};
use trialway_matching::{Cause, Effect, Evidence, Need, Verdict};

#[derive(Template)]
#[template(path = "worklist.html")]
pub struct WorklistPage {
    page: Page,
    nct_id: String,
    title: String,
    said: String,
    day: String,
    policy: String,
    record: String,
    engine: String,
    terminology: String,
    n_patients: String,
    counts: Vec<(String, &'static str, String)>,
    n_done: usize,
    groups: Vec<GroupView>,
    stages: Vec<StageView>,
    costs: Vec<CostView>,
    refused: Vec<Line>,
    options: Vec<OptionView>,
    state: String,
}

/// A point to decide; an option holds no elements, so that the whole is English or not.
struct OptionView {
    id: String,
    text: String,
    is_english: bool,
}

struct GroupView {
    heading: String,
    lead: String,
    tone: &'static str,
    patients: Vec<PatientView>,
}

struct PatientView {
    index: usize,
    id: String,
    is_done: bool,
    rests_on_assumption: bool,
    counts: String,
    failing: Vec<PointView>,
    open: Vec<PointView>,
    put: Vec<PointView>,
    asks: Vec<Line>,
}

struct PointView {
    id: String,
    text: Line,
    notes: Vec<Line>,
}

struct StageView {
    id: String,
    text: Line,
    remaining: String,
    failed: String,
    open: String,
}

struct CostView {
    id: String,
    text: Line,
    sentence: String,
    limits: Vec<Line>,
}

/// The page of a worklist.
pub fn worklist(page: Page, title: &str, protocol: &Protocol<'_>, list: &Worklist, said: String) -> WorklistPage {
    let tongue = page.tongue;
    let summary = Summary::of(protocol, &list.rows);
    let versions = &list.versions;
    let group = |verdict: Verdict| {
        let (heading, lead, tone) = verdict_words(tongue, verdict);
        let rows = list.rows.iter().enumerate().filter(|(_, row)| row.verdict == verdict);
        let mut patients: Vec<(usize, PatientView)> = rows
            .map(|(index, row)| {
                let is_done = list.done.get(index) == Some(&true);
                (
                    row.marks.iter().filter(|mark| mark.effect != Effect::Pass).count(),
                    patient(tongue, index, row, is_done, protocol),
                )
            })
            .collect();
        // Those with the fewest points to settle come first, and those that are dealt with last.
        patients.sort_by_key(|(n_points, patient)| (patient.is_done, *n_points, patient.index));
        GroupView { heading, lead, tone, patients: patients.into_iter().map(|(_, patient)| patient).collect() }
    };
    let verdicts = [Verdict::PotentiallyEligible, Verdict::NeedsInformation, Verdict::Ineligible];
    let n = [summary.n_potentially_eligible, summary.n_needs_information, summary.n_ineligible];
    WorklistPage {
        page,
        nct_id: versions.trial.clone(),
        title: title.to_owned(),
        said,
        day: words::iso_date(tongue, &versions.as_of),
        policy: tongue.say(if versions.policy == "strict" { "cohort-by-strict" } else { "cohort-by-chart" }),
        record: trialway_report::record(tongue, &versions.record),
        engine: versions.engine.clone(),
        terminology: versions.terminology.clone(),
        n_patients: words::count(tongue, "count-patients", summary.n_patients),
        counts: verdicts
            .into_iter()
            .zip(n)
            .map(|(verdict, n)| {
                let (heading, _, tone) = verdict_words(tongue, verdict);
                (heading, tone, words::thousands(tongue, n))
            })
            .collect(),
        n_done: list.done.iter().filter(|done| **done).count(),
        groups: verdicts.into_iter().map(group).filter(|group| !group.patients.is_empty()).collect(),
        stages: protocol
            .items()
            .iter()
            .zip(&summary.funnel)
            .map(|(item, stage)| StageView {
                id: item.id.to_string(),
                text: point(tongue, &item.id, &short(&item.text)),
                remaining: words::thousands(tongue, stage.n_remaining),
                failed: words::thousands(tongue, stage.n_failed),
                open: words::thousands(tongue, stage.n_open),
            })
            .collect(),
        costs: summary.costs.iter().filter_map(|cost| cost_view(tongue, cost, protocol)).collect(),
        refused: list.refused.iter().map(|one| refused(tongue, one)).collect(),
        options: protocol
            .items()
            .iter()
            .map(|item| {
                let text: String = item.text.chars().take(60).collect();
                let is_english = trialway_eligibility::field_said(&item.id, &text).is_none();
                OptionView {
                    id: item.id.to_string(),
                    text: format!("{}: {}", item.id, point(tongue, &item.id, &text).plain()),
                    is_english,
                }
            })
            .collect(),
        state: state::write(list),
    }
}

fn verdict_words(tongue: Tongue, verdict: Verdict) -> (String, String, &'static str) {
    let (id, tone) = match verdict {
        Verdict::PotentiallyEligible => ("cohort-may", "open"),
        Verdict::NeedsInformation => ("cohort-cannot-tell", "unsure"),
        Verdict::Ineligible => ("cohort-unfit", "closed"),
    };
    (tongue.say(id), tongue.say(&format!("{id}-means")), tone)
}

/// Characters of a criterion that a line shows.
const SHOWN: usize = 220;

fn short(text: &str) -> String {
    let mut out: String = text.chars().take(SHOWN).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

fn effect_word(tongue: Tongue, effect: Effect) -> String {
    tongue.say(match effect {
        Effect::Pass => "cohort-effect-pass",
        Effect::Fail => "cohort-effect-fail",
        Effect::Open => "cohort-effect-open",
    })
}

fn patient(tongue: Tongue, index: usize, row: &Row, is_done: bool, protocol: &Protocol<'_>) -> PatientView {
    let (mut failing, mut open, mut put) = (Vec::new(), Vec::new(), Vec::new());
    let mut asked: Vec<Need> = Vec::new();
    for (item, mark) in protocol.items().iter().zip(&row.marks) {
        let mut view =
            PointView { id: item.id.to_string(), text: point(tongue, &item.id, &short(&item.text)), notes: Vec::new() };
        if let Some(one) = &mark.overridden {
            let (now, was) = (effect_word(tongue, mark.effect), effect_word(tongue, one.was));
            let said = tongue.say_with("cohort-set-to", &[("now", &now), ("was", &was), ("reason", &one.reason)]);
            view.notes.push(Line::of(&said));
            put.push(view);
            continue;
        }
        match mark.effect {
            Effect::Pass => {}
            Effect::Fail => {
                view.notes.extend(mark.evidence.iter().take(4).map(|one| resting(tongue, one)));
                if mark.evidence.is_empty() {
                    view.notes.push(Line::of(&tongue.say("cohort-not-mentioned")));
                }
                failing.push(view);
            }
            Effect::Open => {
                let why = tongue.say(match mark.reason {
                    Some(Cause::NotUnderstood) => "cohort-why-unread",
                    Some(Cause::Judgement) => "cohort-why-judgement",
                    Some(Cause::Consent) => "cohort-why-consent",
                    Some(Cause::MissingData) | None => "cohort-why-missing",
                });
                view.notes.push(Line::of(&why));
                asked.extend(mark.needs.iter().filter(|_| mark.reason == Some(Cause::MissingData)).cloned());
                open.push(view);
            }
        }
    }
    PatientView {
        index,
        id: row.patient.clone(),
        is_done,
        rests_on_assumption: row.verdict_assumed,
        counts: tongue
            .say_with("cohort-counts", &[("fail", &failing.len().to_string()), ("open", &open.len().to_string())]),
        failing,
        open,
        put,
        asks: needs(tongue, &asked),
    }
}

/// What a failure rests on, with its place in the record.
fn resting(tongue: Tongue, evidence: &Evidence) -> Line {
    let (what, source) = (trialway_report::evidence(tongue, evidence), words::english(tongue, &evidence.source));
    Line::of(&words::brackets(tongue, &what, &source))
}

/// A record that was not used, and why.
fn refused(tongue: Tongue, one: &Refused) -> Line {
    let numbers: Vec<(&str, String)> = one.numbers.iter().map(|(name, n)| (name.as_str(), n.to_string())).collect();
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, n)| (*name, n.as_str())).collect();
    let why = tongue.say_with(&one.why, &numbers);
    let file = match one.line {
        Some(line) => tongue.say_with("cohort-line", &[("file", &one.file), ("line", &line.to_string())]),
        None => one.file.clone(),
    };
    Line::of(&tongue.say_with("cohort-refused-one", &[("file", &file), ("why", &why)]))
}

fn cost_view(tongue: Tongue, cost: &Cost, protocol: &Protocol<'_>) -> Option<CostView> {
    let item = protocol.items().get(cost.item)?;
    let limits = cost.limits.iter().filter_map(|(index, steps)| {
        let limit = protocol.limits().get(*index)?;
        let unit = words::term(tongue, &limit.unit);
        let unit = if unit.is_empty() { unit } else { format!(" {unit}") };
        let of = |comparator: &str, value: String| format!("{comparator} {value}{unit}");
        let mut said = String::new();
        for step in steps {
            let wide = of(step.comparator.as_str(), step.value.to_string());
            let more = step.n_more.to_string();
            let last = tongue.say_with("cohort-step", &[("limit", &wide), ("count", &more)]);
            said = if said.is_empty() {
                last
            } else {
                tongue.say_with("cohort-steps", &[("first", &said), ("last", &last)])
            };
        }
        let now = of(limit.comparator.as_str(), limit.value.to_string());
        let name = match &limit.concept {
            Some(concept) => words::name(tongue, Some(concept), &limit.variable),
            None => tongue.say("cohort-age"),
        };
        Some(Line::of(&tongue.say_with("cohort-loosen", &[("name", &name), ("now", &now), ("steps", &said)])))
    });
    let may = cost.n_potentially_eligible;
    let missing = cost.n_alone - may;
    Some(CostView {
        id: item.id.to_string(),
        text: point(tongue, &item.id, &short(&item.text)),
        sentence: tongue.say_with(
            "cohort-alone",
            &[
                ("patients", &words::count(tongue, "count-patients", cost.n_alone)),
                ("may", &may.to_string()),
                ("missing", &missing.to_string()),
            ],
        ),
        limits: limits.collect(),
    })
}
