//! What the study studies, and why it matters as far as its record bears that out.

use super::check::has_word;
use super::gist::{CONDITIONS, INTERVENTIONS, PURPOSE, STATUS, finds, prevented, written};
use super::named::letters;
use super::tested::tested;
use super::texts::norm;
use super::{Fill, Record, Say, Sentence, Source, Stage, field};
use std::collections::BTreeSet;
use trialway_study::{
    AgencyClass, Coded, DateKind, InterventionKind, Outcome, Phase, PrimaryPurpose, Status, Study, StudyDate, StudyType,
};

const PHASES: &str = "protocolSection.designModule.phases";
const OUTCOMES: &str = "protocolSection.outcomesModule.primaryOutcomes";
const ENROLLMENT: &str = "protocolSection.designModule.enrollmentInfo";
const SPONSOR: &str = "protocolSection.sponsorCollaboratorsModule.leadSponsor";
const START: &str = "protocolSection.statusModule.startDateStruct";
const END: &str = "protocolSection.statusModule.completionDateStruct";
const UPDATED: &str = "protocolSection.statusModule.lastUpdatePostDateStruct";
const SUBMITTED: &str = "protocolSection.statusModule.lastUpdateSubmitDate";

/// Aim, phase, main measure, size, sponsor, dates: each where the record has it. Of a study that was withdrawn nothing was done.
pub(super) fn sentences(record: &Record, say: &Say) -> Vec<Sentence> {
    let study = record.study;
    if record.stage == Stage::Withdrawn {
        return Vec::new();
    }
    let end = end(record, say);
    let over = over(record, end.as_ref(), say);
    [
        purpose(record, say),
        phase(record, say),
        measures(study, say),
        size(study, say),
        sponsor(record, say),
        start(record, say),
        end,
        over,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn purpose(record: &Record, say: &Say) -> Option<Sentence> {
    let Record { study, conditions, texts, .. } = record;
    let coded = study.design.primary_purpose.as_ref()?;
    let purpose = coded.known()?;
    if is_denied(purpose, record) {
        return None;
    }
    let mut sources = vec![field(PURPOSE, coded.as_str()), field(CONDITIONS, study.conditions.join("; "))];
    sources.extend(conditions.source.clone());
    let mut named = None;
    let (sole, listed) = (conditions.sole(), conditions.are_borne_out && conditions.names.len() > 1);
    let is_help = || tested(study, say).is_some_and(|tested| tested.is_help);
    let template = match purpose {
        PrimaryPurpose::Treatment | PrimaryPurpose::Diagnostic | PrimaryPurpose::Screening
            if conditions.are_healthy =>
        {
            let measured = Measured::all(study);
            if !measured.is_empty() {
                sources.push(measures_of(study));
                sources.extend(texts.speaks_of_safety().then(|| summary_of(study)));
            }
            let is_safety = measured.contains(&Measured::Safety) || !measured.is_empty() && texts.speaks_of_safety();
            match (gives_medicine(study), is_safety, measured.contains(&Measured::Levels)) {
                (true, true, true) => "purpose-safe-and-levels",
                (true, true, false) => "purpose-safe",
                (true, false, true) => "purpose-levels",
                _ => "purpose-listed",
            }
        }
        PrimaryPurpose::Treatment if sole.is_some() && is_help() => "purpose-help",
        PrimaryPurpose::Treatment if sole.is_some() => "purpose-treatment",
        PrimaryPurpose::Treatment if listed && is_help() => "purpose-help-many",
        PrimaryPurpose::Treatment if listed => "purpose-treatment-many",
        PrimaryPurpose::Treatment => "purpose-listed",
        PrimaryPurpose::Prevention => match prevented(record, say) {
            Some(prevented) => {
                named = Some(prevented);
                "purpose-prevention"
            }
            None if sole.is_some() && conditions.named.iter().all(|named| texts.has_already(named)) => {
                "purpose-prevention-in"
            }
            None => "purpose-prevention-listed",
        },
        PrimaryPurpose::Diagnostic if sole.is_some() => "purpose-diagnostic",
        PrimaryPurpose::Diagnostic => "purpose-diagnostic-many",
        PrimaryPurpose::SupportiveCare if eases(study) => "purpose-supportive",
        PrimaryPurpose::SupportiveCare => "purpose-support",
        PrimaryPurpose::Screening if sole.is_some() => "purpose-screening",
        PrimaryPurpose::Screening => "purpose-screening-many",
        PrimaryPurpose::EducationalCounselingTraining => "purpose-education",
        PrimaryPurpose::HealthServicesResearch => "purpose-services",
        PrimaryPurpose::BasicScience => "purpose-science",
        PrimaryPurpose::DeviceFeasibility => "purpose-device",
        PrimaryPurpose::Other => return None,
    };
    let condition = match named {
        Some(named) => named,
        None => say.conditions(conditions)?,
    };
    say.sentence(template, &[("condition", Fill::Name(&condition))], sources)
}

/// Whether title, summary or main measures speak of another aim than the coded one.
pub(super) fn is_denied(purpose: PrimaryPurpose, record: &Record) -> bool {
    const TRIES: [&str; 7] = ["efficac", "effective", "compar", "versus", "vs", "superior", "inferior"];
    const SAFE: [&str; 7] = ["safe", "tolerab", "dose", "dosing", "adverse", "toxic", "maximum"];
    const USE: [&str; 6] = ["usab", "feasib", "acceptab", "outcome", "pilot", "benefit"];
    const AGAINST: [&str; 7] = ["surviv", "progression", "remission", "tumor", "relaps", "recurren", "respons"];
    let heads: Vec<&str> = match purpose {
        PrimaryPurpose::BasicScience => [&TRIES[..], &SAFE, &USE].concat(),
        PrimaryPurpose::DeviceFeasibility => [&TRIES[..], &SAFE].concat(),
        PrimaryPurpose::HealthServicesResearch => [&TRIES[..], &SAFE, &["effect"]].concat(),
        // What nothing says to find disease is not about finding it.
        PrimaryPurpose::Diagnostic | PrimaryPurpose::Screening if !finds(record) => return true,
        PrimaryPurpose::Diagnostic | PrimaryPurpose::Screening => {
            [&SAFE[..], &["treat", "effect", "efficac", "feasib", "usab"]].concat()
        }
        PrimaryPurpose::EducationalCounselingTraining => SAFE.to_vec(),
        // What supports people may be told by how it is used, but is not what works against the illness.
        PrimaryPurpose::SupportiveCare => [&AGAINST[..], &["safe", "feasib", "usab"]].concat(),
        _ => return false,
    };
    let measures = record.study.primary_outcomes.iter().map(|outcome| norm(&outcome.measure));
    let texts = [record.texts.titles.clone(), record.texts.summary.clone()];
    texts.into_iter().chain(measures).any(|text| {
        letters(&text)
            .any(|word| heads.iter().any(|head| if *head == "vs" { word == "vs" } else { word.starts_with(head) }))
    })
}

/// Whether what is mainly measured is how people feel or cope.
fn eases(study: &Study) -> bool {
    const FELT: [&str; 22] = [
        "symptom",
        "pain",
        "mood",
        "anxiety",
        "depress",
        "distress",
        "quality of life",
        "qol",
        "fatigue",
        "nausea",
        "sleep",
        "cope",
        "coping",
        "well being",
        "wellbeing",
        "comfort",
        "stress",
        "itch",
        "burden",
        "fear",
        "resilience",
        "mucositis",
    ];
    study.primary_outcomes.iter().any(|outcome| {
        let measure = norm(&outcome.measure);
        FELT.iter().any(|word| measure.contains(word))
    })
}

/// Whether what is given is a medicine: of a device or an exercise nothing moves through the body.
fn gives_medicine(study: &Study) -> bool {
    let is_medicine = |kind: InterventionKind| {
        matches!(
            kind,
            InterventionKind::Drug
                | InterventionKind::Biological
                | InterventionKind::CombinationProduct
                | InterventionKind::DietarySupplement
        )
    };
    study.interventions.iter().any(|one| one.kind.as_ref().and_then(Coded::known).is_some_and(is_medicine))
}

fn phase(record: &Record, say: &Say) -> Option<Sentence> {
    let study = record.study;
    let known: Vec<Phase> = study.phases.iter().filter_map(Coded::known).collect();
    let titled = phases_of(&record.texts.titles);
    if !titled.is_empty() && known.iter().map(|phase| number_of(*phase)).collect::<BTreeSet<_>>() != titled {
        return None;
    }
    let mut sources = vec![field(PHASES, study.phases.iter().map(Coded::as_str).collect::<Vec<_>>().join(", "))];
    let template = match known.as_slice() {
        [Phase::EarlyPhase1] => "phase-early",
        [Phase::Phase1] => {
            // What a study mainly measures says more of it than what most of its phase do.
            let measured = Measured::all(study);
            let only_levels = measured.iter().all(|one| *one == Measured::Levels) && gives_medicine(study);
            match measured.as_slice() {
                [] => "phase-1",
                some if some.contains(&Measured::Safety) => "phase-1",
                _ => {
                    sources.push(measures_of(study));
                    if only_levels { "phase-1-levels" } else { "phase-1-plain" }
                }
            }
        }
        [Phase::Phase1, Phase::Phase2] => "phase-1-2",
        [Phase::Phase2] => "phase-2",
        [Phase::Phase2, Phase::Phase3] => "phase-2-3",
        [Phase::Phase3] => "phase-3",
        [Phase::Phase4] => "phase-4",
        _ => return None,
    };
    say.sentence(template, &[], sources)
}

fn number_of(phase: Phase) -> u8 {
    match phase {
        Phase::EarlyPhase1 | Phase::Phase1 => 1,
        Phase::Phase2 => 2,
        Phase::Phase3 => 3,
        Phase::Phase4 => 4,
        _ => 0,
    }
}

/// The phases that titles name: "phase 1b/2a".
fn phases_of(titles: &str) -> BTreeSet<u8> {
    let mut out = BTreeSet::new();
    let mut words = letters(titles).peekable();
    while let Some(word) = words.next() {
        if !matches!(word, "phase" | "phases") {
            continue;
        }
        while let Some(next) = words.peek() {
            let number = match next.trim_end_matches(['a', 'b', 'c']) {
                "0" | "1" | "i" => 1,
                "2" | "ii" => 2,
                "3" | "iii" => 3,
                "4" | "iv" => 4,
                _ if matches!(*next, "and" | "to") => 0,
                _ => break,
            };
            out.extend((number > 0).then_some(number));
            words.next();
        }
    }
    out
}

/// The summary, as a source.
fn summary_of(study: &Study) -> Source {
    field("protocolSection.descriptionModule.briefSummary", study.brief_summary.as_deref().unwrap_or_default())
}

/// All main measures, as a source.
fn measures_of(study: &Study) -> Source {
    field(OUTCOMES, study.primary_outcomes.iter().map(|one| one.measure.as_str()).collect::<Vec<_>>().join("; "))
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

fn sponsor(record: &Record, say: &Say) -> Option<Sentence> {
    let sponsor = record.study.lead_sponsor.as_ref()?;
    let name = sponsor.name.trim();
    if name.is_empty() {
        return None;
    }
    let is_company = sponsor.class.as_ref().is_some_and(|class| class.is(AgencyClass::Industry));
    let class = sponsor.class.as_ref().map(Coded::as_str).unwrap_or_default();
    let written = if class.is_empty() { name.to_owned() } else { format!("{name}; class {class}") };
    let template = if is_company { "run-by-industry" } else { "run-by" };
    say.done(record.stage, template, &[("name", Fill::Name(name))], vec![field(SPONSOR, written)])
}

fn start(record: &Record, say: &Say) -> Option<Sentence> {
    let study = record.study;
    let date = study.dates.start.as_ref()?;
    // Who takes people in, or has ended, has begun, whatever day was once expected.
    let has_begun = study.overall_status.as_ref().and_then(Coded::known).is_some_and(|status| {
        matches!(
            status,
            Status::Recruiting
                | Status::EnrollingByInvitation
                | Status::ActiveNotRecruiting
                | Status::Completed
                | Status::Terminated
                | Status::Suspended
        )
    });
    if has_begun && !date.kind.as_ref().is_some_and(|kind| kind.is(DateKind::Actual)) {
        return None;
    }
    dated(study, date, ["begins", "began"], START, say)
}

fn end(record: &Record, say: &Say) -> Option<Sentence> {
    let date = record.study.dates.completion.as_ref()?;
    if record.stage.is_over() && !date.kind.as_ref().is_some_and(|kind| kind.is(DateKind::Actual)) {
        return None;
    }
    dated(record.study, date, ["ends", "ended"], END, say)
}

/// That a study is over, where no day of its end says so; that it was stopped early, or takes in nobody; or that its state is not
/// known.
fn over(record: &Record, end: Option<&Sentence>, say: &Say) -> Option<Sentence> {
    let coded = record.study.overall_status.as_ref();
    let mut sources = vec![field(STATUS, coded.map(Coded::as_str).unwrap_or_default())];
    let template = match (record.stage, coded.and_then(Coded::known)) {
        (Stage::Terminated, _) => "stopped",
        (Stage::Completed, _) if end.is_none() => "finished",
        (Stage::Closed, Some(Status::ActiveNotRecruiting)) => "closed",
        (Stage::Closed, Some(Status::Suspended)) => "paused",
        (Stage::Closed, Some(Status::Unknown)) => {
            let Some((path, updated)) = changed(record.study) else {
                return say.sentence("state-unknown", &[], sources);
            };
            let since = month(updated, say)?;
            sources.push(field(path, updated.written.clone()));
            return say.sentence("state-unknown-as-of", &[("updated", Fill::Plain(&since))], sources);
        }
        _ => return None,
    };
    say.sentence(template, &[], sources)
}

/// The day of the record's last change.
fn changed(study: &Study) -> Option<(&'static str, &StudyDate)> {
    let dates = &study.dates;
    match (&dates.last_update_posted, &dates.last_update_submitted) {
        (Some(posted), _) => Some((UPDATED, posted)),
        (None, Some(submitted)) => Some((SUBMITTED, submitted)),
        (None, None) => None,
    }
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
    let Some((path, updated)) = changed(study) else {
        return say.sentence(expected, &[("date", Fill::Plain(&day))], sources);
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
    // What was never done shows nothing.
    if record.stage == Stage::Withdrawn {
        return Vec::new();
    }
    let may_show = may_show(record, say);
    let interventional = study.study_type.as_ref().is_some_and(|kind| kind.is(StudyType::Interventional));
    // Nobody can take part any more in what is over.
    let risk = (interventional && !record.stage.is_over()).then(|| {
        let kind = study.study_type.as_ref().map(Coded::as_str).unwrap_or_default();
        say.done(record.stage, "matters-you", &[], vec![field("protocolSection.designModule.studyType", kind)])
    });
    may_show.into_iter().chain(risk.flatten()).collect()
}

fn may_show(record: &Record, say: &Say) -> Option<Sentence> {
    let (study, conditions) = (record.study, &record.conditions);
    // Whom it may help is not known where no text bears the condition out; being healthy is not what anything helps against.
    if !conditions.are_borne_out && !conditions.are_healthy {
        return None;
    }
    let condition = say.conditions(conditions)?;
    let mut sources = vec![field(CONDITIONS, study.conditions.join("; "))];
    sources.extend(conditions.source.clone());
    let sole = conditions.sole().is_some();
    if study.study_type.as_ref()?.is(StudyType::Observational) {
        let template = if sole { "matters-observed" } else { "matters-observed-many" };
        return (!conditions.are_healthy)
            .then(|| say.sentence(template, &[("condition", Fill::Name(&condition))], sources))
            .flatten();
    }
    let tested = tested(study, say).filter(|tested| tested.is_sure && !tested.is_compared)?;
    let what = Fill::Name(tested.what.as_str());
    let purpose = study.design.primary_purpose.as_ref()?;
    sources.push(field(INTERVENTIONS, written(study)));
    sources.push(field(PURPOSE, purpose.as_str()));
    if purpose.known()? == PrimaryPurpose::Prevention {
        let prevented = prevented(record, say)?;
        return say.sentence("matters-prevention", &[("what", what), ("condition", Fill::Name(&prevented))], sources);
    }
    if purpose.known()? != PrimaryPurpose::Treatment {
        return None;
    }
    let aim = Aim::of(record)?;
    if !study.primary_outcomes.is_empty() && aim != Aim::Help {
        sources.push(measures_of(study));
    }
    if conditions.are_healthy || aim == Aim::Levels {
        sources.extend(record.texts.speaks_of_safety().then(|| summary_of(study)));
        let template = match aim {
            Aim::Levels if record.texts.speaks_of_safety() => "matters-safe-and-levels",
            Aim::Levels => "matters-levels",
            Aim::Safe => "matters-safety-plain",
            _ => return None,
        };
        return say.sentence(template, &[("what", what)], sources);
    }
    let template = match (aim, sole) {
        (Aim::Help, true) if tested.is_help => "matters-help",
        (Aim::Help, false) if tested.is_help => "matters-help-many",
        (Aim::Help, true) => "matters-treatment",
        (Aim::Help, false) => "matters-treatment-many",
        (Aim::SafeAndHelp, true) => "matters-safety-help",
        (Aim::SafeAndHelp, false) => "matters-safety-help-many",
        (Aim::Safe, true) => "matters-safety",
        (Aim::Safe, false) => "matters-safety-many",
        (Aim::Use, true) => "matters-feasibility",
        (Aim::Use, false) => "matters-feasibility-many",
        (Aim::Levels, _) => return None,
    };
    say.sentence(template, &[("what", what), ("condition", Fill::Name(&condition))], sources)
}

/// What a trial of a treatment is to show, by its main measures and its phase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    Help,
    Safe,
    SafeAndHelp,
    Use,
    Levels,
}

impl Aim {
    /// **Unknown**: `None` where phase or title say that it is a first try, and no measure says of what.
    fn of(record: &Record) -> Option<Self> {
        let study = record.study;
        let early = study.phases.iter().filter_map(Coded::known).all(|phase| phase <= Phase::Phase1)
            && study.phases.iter().any(|phase| phase.is(Phase::EarlyPhase1) || phase.is(Phase::Phase1));
        let is_try = ["pilot", "feasib"]
            .iter()
            .any(|word| record.texts.titles.contains(word) || record.texts.summary.contains(word));
        let measured = Measured::all(study);
        let has = |kind: Measured| measured.contains(&kind);
        let only = |kinds: &[Measured]| !measured.is_empty() && measured.iter().all(|one| kinds.contains(one));
        Some(match () {
            () if measured.is_empty() && is_try => return None,
            () if measured.is_empty() && early => Aim::Safe,
            () if only(&[Measured::Use])
                || is_try && has(Measured::Use) && measured.first() != Some(&Measured::Safety) =>
            {
                Aim::Use
            }
            () if only(&[Measured::Levels]) && gives_medicine(study) => Aim::Levels,
            () if only(&[Measured::Levels]) => return None,
            () if only(&[Measured::Safety, Measured::Levels, Measured::Use]) => Aim::Safe,
            () if has(Measured::Safety) => Aim::SafeAndHelp,
            // A first try of something that counts neither harm nor use.
            () if early || record.texts.titles.contains("feasibility") => return None,
            () => Aim::Help,
        })
    }
}

/// What kind of thing a main measure measures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measured {
    Safety,
    Use,
    /// How much of a medicine is in the body, and for how long.
    Levels,
    Else,
}

impl Measured {
    /// Of each main measure, in the record's order.
    fn all(study: &Study) -> Vec<Self> {
        study.primary_outcomes.iter().map(Measured::of).collect()
    }

    fn of(outcome: &Outcome) -> Self {
        const SAFETY: [&str; 23] = [
            "adverse",
            "safety",
            "toxicit",
            "tolerab",
            "tolerated dose",
            "tolerable dose",
            "dose limiting",
            "dose escalation",
            "recommended dose",
            "recommended phase",
            "optimal dose",
            "side effect",
            "complication",
            "unexpected event",
            "mtd",
            "dlt",
            "dlts",
            "rd",
            "rp2d",
            "teae",
            "ae",
            "aes",
            "saes",
        ];
        const USE: [&str; 10] = [
            "feasib",
            "usabil",
            "acceptab",
            "adherence",
            "engagement",
            "retention",
            "recruitment",
            "accrual",
            "completion rate",
            "satisfaction",
        ];
        const LEVELS: [&str; 13] = [
            "pharmacokinetic",
            "cmax",
            "c max",
            "tmax",
            "auc",
            "area under the plasma",
            "area under the concentration",
            "plasma concentration",
            "serum concentration",
            "maximum observed concentration",
            "bioavailab",
            "bioequiv",
            "half life",
        ];
        // Areas and peaks of what the body makes itself are effects.
        const EFFECTS: [&str; 8] =
            ["glucose", "insulin", "pharmacodynamic", "receiver", "roc", "pain", "cortisol", "hormone"];
        let measure = norm(&outcome.measure);
        let has = |cues: &[&str]| {
            cues.iter().any(|cue| if cue.len() < 5 { has_word(&measure, cue) } else { measure.contains(cue) })
        };
        match (has(&SAFETY), has(&USE), has(&LEVELS) && !has(&EFFECTS)) {
            (true, ..) => Measured::Safety,
            (_, true, _) => Measured::Use,
            (_, _, true) => Measured::Levels,
            _ => Measured::Else,
        }
    }
}
