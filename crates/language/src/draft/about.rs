//! What the study studies, and why it matters as far as its record bears that out.

use super::gist::{CONDITIONS, INTERVENTIONS, PURPOSE, prevented, tested, written};
use super::{Fill, Record, Say, Sentence, field};
use trialway_study::{
    AgencyClass, Coded, DateKind, Outcome, Phase, PrimaryPurpose, Status, Study, StudyDate, StudyType,
};

const PHASES: &str = "protocolSection.designModule.phases";
const OUTCOMES: &str = "protocolSection.outcomesModule.primaryOutcomes";
const ENROLLMENT: &str = "protocolSection.designModule.enrollmentInfo";
const SPONSOR: &str = "protocolSection.sponsorCollaboratorsModule.leadSponsor";
const START: &str = "protocolSection.statusModule.startDateStruct";
const END: &str = "protocolSection.statusModule.completionDateStruct";
const UPDATED: &str = "protocolSection.statusModule.lastUpdatePostDateStruct";
const SUBMITTED: &str = "protocolSection.statusModule.lastUpdateSubmitDate";

/// Aim, phase, main measure, size, sponsor, dates: each where the record has it.
pub(super) fn sentences(record: &Record, say: &Say) -> Vec<Sentence> {
    let study = record.study;
    [
        purpose(record, say),
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

fn purpose(record: &Record, say: &Say) -> Option<Sentence> {
    let Record { study, conditions, texts } = record;
    let coded = study.design.primary_purpose.as_ref()?;
    let mut named = None;
    let template = match coded.known()? {
        PrimaryPurpose::Treatment if !conditions.are_borne_out => "purpose-listed",
        PrimaryPurpose::Treatment => "purpose-treatment",
        PrimaryPurpose::Prevention => {
            let had = || {
                let names = conditions.names.iter().zip(&conditions.named);
                let had: Vec<String> =
                    names.filter(|(_, named)| texts.has_already(named)).map(|(name, _)| name.clone()).collect();
                say.names_or(&had)
            };
            match prevented(record, say) {
                Some(prevented) => {
                    named = Some(prevented);
                    "purpose-prevention"
                }
                None => match had() {
                    Some(had) => {
                        named = Some(had);
                        "purpose-prevention-in"
                    }
                    None => "purpose-prevention-listed",
                },
            }
        }
        PrimaryPurpose::Diagnostic => "purpose-diagnostic",
        PrimaryPurpose::SupportiveCare => "purpose-supportive",
        PrimaryPurpose::Screening => "purpose-screening",
        PrimaryPurpose::EducationalCounselingTraining => "purpose-education",
        PrimaryPurpose::HealthServicesResearch => "purpose-services",
        PrimaryPurpose::BasicScience => "purpose-science",
        PrimaryPurpose::DeviceFeasibility => "purpose-device",
        PrimaryPurpose::Other => return None,
    };
    let condition = match named {
        Some(named) => named,
        None => say.names(&conditions.names)?,
    };
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
    dated(study, study.dates.start.as_ref()?, ["begins", "began"], START, say)
}

fn end(study: &Study, say: &Say) -> Option<Sentence> {
    dated(study, study.dates.completion.as_ref()?, ["ends", "ended"], END, say)
}

/// A sentence of a date, where the record says whether it has come. What is only expected is told with the day of the record's last
/// change, whatever day it is read on: many a record is left alone, and its expected day goes by.
fn dated(
    study: &Study,
    date: &StudyDate,
    [expected, come]: [&'static str; 2],
    path: &'static str,
    say: &Say,
) -> Option<Sentence> {
    let day = month(date, say)?;
    let kind = date.kind.as_ref()?;
    let mut sources = vec![field(path, format!("{} {}", date.written, kind.as_str()))];
    if kind.known()? == DateKind::Actual {
        return say.sentence(come, &[("date", Fill::Plain(&day))], sources);
    }
    let dates = &study.dates;
    let (path, updated) = match (&dates.last_update_posted, &dates.last_update_submitted) {
        (Some(posted), _) => (UPDATED, posted),
        (None, Some(submitted)) => (SUBMITTED, submitted),
        (None, None) => return say.sentence(expected, &[("date", Fill::Plain(&day))], sources),
    };
    let since = month(updated, say)?;
    sources.push(field(path, updated.written.clone()));
    let template = if expected == "begins" { "begins-as-of" } else { "ends-as-of" };
    say.sentence(template, &[("date", Fill::Plain(&day)), ("updated", Fill::Plain(&since))], sources)
}

/// "May 2023", or the year where that is all the record says.
fn month(date: &StudyDate, say: &Say) -> Option<String> {
    let year = date.year?.to_string();
    match date.month {
        Some(month) => {
            let month = say.words.say(&format!("month-{month}"), &[])?;
            say.words.say("month-year", &[("month", &month), ("year", &year)])
        }
        None => Some(year),
    }
}

/// Why it matters: what the study may show, and that it may not help the person.
pub(super) fn matters(record: &Record, say: &Say) -> Vec<Sentence> {
    let study = record.study;
    let may_show = may_show(record, say);
    let interventional = study.study_type.as_ref().is_some_and(|kind| kind.is(StudyType::Interventional));
    let risk = interventional.then(|| {
        let kind = study.study_type.as_ref().map(Coded::as_str).unwrap_or_default();
        say.sentence("matters-you", &[], vec![field("protocolSection.designModule.studyType", kind)])
    });
    may_show.into_iter().chain(risk.flatten()).collect()
}

fn may_show(record: &Record, say: &Say) -> Option<Sentence> {
    let (study, conditions) = (record.study, &record.conditions);
    // What was never done shows nothing; and whom it may help is not known where no text bears the condition out.
    if study.overall_status.as_ref().is_some_and(|status| status.is(Status::Withdrawn)) || !conditions.are_borne_out {
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
    let condition = say.names_or(&conditions.names)?;
    let mut sources = vec![field(CONDITIONS, study.conditions.join("; "))];
    if study.study_type.as_ref()?.is(StudyType::Observational) {
        return say.sentence("matters-observed", &[("condition", Fill::Name(&condition))], sources);
    }
    let what = tested(study, say)?;
    let purpose = study.design.primary_purpose.as_ref()?;
    sources.push(field(INTERVENTIONS, written(study)));
    sources.push(field(PURPOSE, purpose.as_str()));
    if purpose.known()? == PrimaryPurpose::Prevention {
        let prevented = prevented(record, say)?;
        let fills = [("what", Fill::Name(what.as_str())), ("condition", Fill::Name(&prevented))];
        return say.sentence("matters-prevention", &fills, sources);
    }
    if purpose.known()? != PrimaryPurpose::Treatment {
        return None;
    }
    let early = study.phases.iter().filter_map(Coded::known).all(|phase| phase <= Phase::Phase1)
        && study.phases.iter().any(|phase| phase.is(Phase::EarlyPhase1) || phase.is(Phase::Phase1));
    // What a study mainly measures says more of its purpose than its phase does.
    let measured: Vec<Measured> = study.primary_outcomes.iter().map(Measured::of).collect();
    if !measured.is_empty() && !measured.contains(&Measured::Else) {
        let first = study.primary_outcomes.iter().map(|one| one.measure.as_str()).collect::<Vec<_>>().join("; ");
        sources.push(field(OUTCOMES, first));
    }
    let template = match measured.as_slice() {
        [] if early => "matters-safety",
        all if !all.is_empty() && all.iter().all(|one| *one == Measured::Feasibility) => "matters-feasibility",
        all if !all.is_empty() && !all.contains(&Measured::Else) => "matters-safety",
        some if early && some.contains(&Measured::Safety) => "matters-safety",
        _ if early => return None,
        _ => "matters-treatment",
    };
    say.sentence(template, &[("what", Fill::Name(&what)), ("condition", Fill::Name(&condition))], sources)
}

/// What kind of thing a main measure measures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measured {
    Safety,
    Feasibility,
    Else,
}

impl Measured {
    fn of(outcome: &Outcome) -> Self {
        const SAFETY: [&str; 12] = [
            "adverse",
            "safety",
            "toxicit",
            "tolerab",
            "tolerated dose",
            "dose limiting",
            "dose-limiting",
            "recommended dose",
            "recommended phase",
            "side effect",
            "mtd",
            "dlt",
        ];
        const FEASIBILITY: [&str; 8] =
            ["feasib", "usab", "acceptab", "adherence", "engagement", "retention", "recruitment", "accrual"];
        let measure = outcome.measure.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| measure.contains(word));
        match (has(&SAFETY), has(&FEASIBILITY)) {
            (true, _) => Measured::Safety,
            (_, true) => Measured::Feasibility,
            _ => Measured::Else,
        }
    }
}
