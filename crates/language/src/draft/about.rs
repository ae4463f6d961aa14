//! What the study studies, and why it matters as far as its record bears that out.

use super::gist::{CONDITIONS, INTERVENTIONS, PURPOSE, tested, written};
use super::{Fill, Say, Sentence, field};
use trialway_study::{AgencyClass, Coded, DateKind, Phase, PrimaryPurpose, Status, Study, StudyDate, StudyType};

const PHASES: &str = "protocolSection.designModule.phases";
const OUTCOMES: &str = "protocolSection.outcomesModule.primaryOutcomes";
const ENROLLMENT: &str = "protocolSection.designModule.enrollmentInfo";
const SPONSOR: &str = "protocolSection.sponsorCollaboratorsModule.leadSponsor";
const START: &str = "protocolSection.statusModule.startDateStruct";
const END: &str = "protocolSection.statusModule.completionDateStruct";

/// Aim, phase, main measure, size, sponsor, dates: each where the record has it.
pub(super) fn sentences(study: &Study, say: &Say) -> Vec<Sentence> {
    [
        purpose(study, say),
        phase(study, say),
        measures(study, say),
        size(study, say),
        sponsor(study, say),
        start(study, say),
        end(study, say),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn purpose(study: &Study, say: &Say) -> Option<Sentence> {
    let coded = study.design.primary_purpose.as_ref()?;
    let template = match coded.known()? {
        PrimaryPurpose::Treatment => "purpose-treatment",
        PrimaryPurpose::Prevention => "purpose-prevention",
        PrimaryPurpose::Diagnostic => "purpose-diagnostic",
        PrimaryPurpose::SupportiveCare => "purpose-supportive",
        PrimaryPurpose::Screening => "purpose-screening",
        PrimaryPurpose::EducationalCounselingTraining => "purpose-education",
        PrimaryPurpose::HealthServicesResearch => "purpose-services",
        PrimaryPurpose::BasicScience => "purpose-science",
        PrimaryPurpose::DeviceFeasibility => "purpose-device",
        PrimaryPurpose::Other => return None,
    };
    let condition = say.names(&study.conditions)?;
    let sources = vec![field(PURPOSE, coded.as_str()), field(CONDITIONS, study.conditions.join("; "))];
    say.sentence(template, &[("condition", Fill::Name(&condition))], sources)
}

fn phase(study: &Study, say: &Say) -> Option<Sentence> {
    let known: Vec<Phase> = study.phases.iter().filter_map(Coded::known).collect();
    let template = match known.as_slice() {
        [Phase::EarlyPhase1] => "phase-early",
        [Phase::Phase1] => "phase-1",
        [Phase::Phase1, Phase::Phase2] => "phase-1-2",
        [Phase::Phase2] => "phase-2",
        [Phase::Phase2, Phase::Phase3] => "phase-2-3",
        [Phase::Phase3] => "phase-3",
        [Phase::Phase4] => "phase-4",
        _ => return None,
    };
    let phases = study.phases.iter().map(Coded::as_str).collect::<Vec<_>>().join(", ");
    say.sentence(template, &[], vec![field(PHASES, phases)])
}

fn measures(study: &Study, say: &Say) -> Option<Sentence> {
    let first = study.primary_outcomes.first()?;
    let what = first.measure.trim().trim_end_matches('.');
    if what.is_empty() {
        return None;
    }
    let shown = say.english(what);
    let n = study.primary_outcomes.len();
    let sources = vec![field(
        OUTCOMES,
        format!("{n}: {what}{}", first.time_frame.as_ref().map(|when| format!(" ({when})")).unwrap_or_default()),
    )];
    let when = first.time_frame.as_deref().map(str::trim).filter(|when| !when.is_empty() && when.chars().count() <= 60);
    if n > 1 {
        let n = n.to_string();
        return say.sentence("measures-more", &[("what", Fill::Name(&shown)), ("n", Fill::Plain(&n))], sources);
    }
    match when {
        Some(when) => {
            let when = say.english(when);
            say.sentence("measures-when", &[("what", Fill::Name(&shown)), ("when", Fill::Name(&when))], sources)
        }
        None => say.sentence("measures", &[("what", Fill::Name(&shown))], sources),
    }
}

fn size(study: &Study, say: &Say) -> Option<Sentence> {
    let enrollment = study.enrollment.as_ref()?;
    let template = if enrollment.is_actual()? { "size-actual" } else { "size-planned" };
    if enrollment.count == 0 {
        return None;
    }
    let n = enrollment.count.to_string();
    let kind = enrollment.kind.as_ref().map(Coded::as_str).unwrap_or_default();
    say.sentence(template, &[("n", Fill::Plain(&n))], vec![field(ENROLLMENT, format!("{n} {kind}"))])
}

fn sponsor(study: &Study, say: &Say) -> Option<Sentence> {
    let sponsor = study.lead_sponsor.as_ref()?;
    let name = sponsor.name.trim();
    if name.is_empty() {
        return None;
    }
    let is_company = sponsor.class.as_ref().is_some_and(|class| class.is(AgencyClass::Industry));
    let class = sponsor.class.as_ref().map(Coded::as_str).unwrap_or_default();
    let written = if class.is_empty() { name.to_owned() } else { format!("{name}; class {class}") };
    let template = if is_company { "run-by-industry" } else { "run-by" };
    say.sentence(template, &[("name", Fill::Name(name))], vec![field(SPONSOR, written)])
}

fn start(study: &Study, say: &Say) -> Option<Sentence> {
    dated(study.dates.start.as_ref()?, ["begins", "began"], START, say)
}

fn end(study: &Study, say: &Say) -> Option<Sentence> {
    dated(study.dates.completion.as_ref()?, ["ends", "ended"], END, say)
}

/// A sentence of a date, where the record says whether it is expected or has come.
fn dated(date: &StudyDate, [expected, come]: [&'static str; 2], path: &'static str, say: &Say) -> Option<Sentence> {
    let template = match date.kind.as_ref()?.known()? {
        DateKind::Estimated => expected,
        DateKind::Actual => come,
    };
    let year = date.year?.to_string();
    let words = match date.month {
        Some(month) => {
            let month = say.words.say(&format!("month-{month}"), &[])?;
            say.words.say("month-year", &[("month", &month), ("year", &year)])?
        }
        None => year,
    };
    let kind = date.kind.as_ref().map(Coded::as_str).unwrap_or_default();
    say.sentence(template, &[("date", Fill::Plain(&words))], vec![field(path, format!("{} {kind}", date.written))])
}

/// Why it matters: what the study may show, and that it may not help the person.
pub(super) fn matters(study: &Study, say: &Say) -> Vec<Sentence> {
    let may_show = may_show(study, say);
    let interventional = study.study_type.as_ref().is_some_and(|kind| kind.is(StudyType::Interventional));
    let risk = interventional.then(|| {
        let kind = study.study_type.as_ref().map(Coded::as_str).unwrap_or_default();
        say.sentence("matters-you", &[], vec![field("protocolSection.designModule.studyType", kind)])
    });
    may_show.into_iter().chain(risk.flatten()).collect()
}

fn may_show(study: &Study, say: &Say) -> Option<Sentence> {
    // What was never done shows nothing.
    if study.overall_status.as_ref().is_some_and(|status| status.is(Status::Withdrawn)) {
        return None;
    }
    // Being healthy is not what anything helps against.
    let of_health = |name: &String| {
        let lower = name.to_lowercase();
        lower.contains("healthy") || lower.contains("volunteer")
    };
    if study.conditions.iter().any(of_health) {
        return None;
    }
    let condition = say.names(&study.conditions)?;
    let mut sources = vec![field(CONDITIONS, study.conditions.join("; "))];
    if study.study_type.as_ref()?.is(StudyType::Observational) {
        return say.sentence("matters-observed", &[("condition", Fill::Name(&condition))], sources);
    }
    let what = tested(study, say)?;
    let purpose = study.design.primary_purpose.as_ref()?;
    sources.push(field(INTERVENTIONS, written(study)));
    sources.push(field(PURPOSE, purpose.as_str()));
    let early = study.phases.iter().filter_map(Coded::known).all(|phase| phase <= Phase::Phase1)
        && study.phases.iter().any(|phase| phase.is(Phase::EarlyPhase1) || phase.is(Phase::Phase1));
    let template = match purpose.known()? {
        PrimaryPurpose::Treatment if early => "matters-safety",
        PrimaryPurpose::Treatment => "matters-treatment",
        PrimaryPurpose::Prevention => "matters-prevention",
        _ => return None,
    };
    say.sentence(template, &[("what", Fill::Name(&what)), ("condition", Fill::Name(&condition))], sources)
}
