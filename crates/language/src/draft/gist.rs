//! What the study is, in one sentence.

use super::about::is_denied;
use super::named::letters;
use super::part::are_rivals;
use super::tested::{Tested, tested};
use super::texts::norm;
use super::{Fill, Record, Say, Sentence, Source, Stage, field};
use trialway_study::{ArmKind, Coded, Intervention, InterventionKind, PrimaryPurpose, Sex, Study, StudyType};

pub(super) const CONDITIONS: &str = "protocolSection.conditionsModule.conditions";
pub(super) const INTERVENTIONS: &str = "protocolSection.armsInterventionsModule.interventions";
pub(super) const AGES: &str = "protocolSection.eligibilityModule.minimumAge";
const OLDEST: &str = "protocolSection.eligibilityModule.maximumAge";
const SEX: &str = "protocolSection.eligibilityModule.sex";
const HEALTHY: &str = "protocolSection.eligibilityModule.healthyVolunteers";
const BRIEF: &str = "protocolSection.identificationModule.briefTitle";
const OFFICIAL: &str = "protocolSection.identificationModule.officialTitle";
const ARMS: &str = "protocolSection.armsInterventionsModule.armGroups";
pub(super) const STATUS: &str = "protocolSection.statusModule.overallStatus";
const KIND: &str = "protocolSection.designModule.studyType";
pub(super) const PURPOSE: &str = "protocolSection.designModule.designInfo.primaryPurpose";

/// The gist; empty where the record names no condition.
pub(super) fn sentences(record: &Record, say: &Say) -> Vec<Sentence> {
    let told = one(record, say);
    // What was done before tells whom it is about; a list of conditions need not say it.
    let event =
        told.as_ref().filter(|_| record.stage != Stage::Withdrawn).and_then(|told| event_of_title(record, told, say));
    told.into_iter().chain(event).collect()
}

/// The words of a title that say after or during what operation people take part, where the gist does not name it.
fn event_of_title(record: &Record, told: &Sentence, say: &Say) -> Option<Sentence> {
    let study = record.study;
    let brief = study.brief_title.as_deref().map(|title| (BRIEF, title));
    let official = study.official_title.as_deref().map(|title| (OFFICIAL, title));
    let (path, title, words) =
        brief.into_iter().chain(official).find_map(|(path, title)| Some((path, title, named_event(title)?)))?;
    let gist = told.words.to_lowercase();
    let event = norm(&words);
    if letters(&event).filter(|word| is_operation(word)).all(|word| gist.contains(word)) {
        return None;
    }
    say.sentence("gist-title", &[("words", Fill::Name(&say.english(&words)))], vec![field(path, title)])
}

/// "after Microdiscectomy": a title's words from a point in time up to the operation that it names.
fn named_event(title: &str) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    for (at, word) in words.iter().enumerate() {
        if !matches!(bare(word).as_str(), "after" | "following" | "undergoing" | "underwent") {
            continue;
        }
        if words.get(at + 1).is_some_and(|next| bare(next) == bare(word)) {
            continue;
        }
        let mut behind: Vec<&str> = Vec::new();
        for word in words.iter().skip(at + 1).take(7) {
            let small = bare(word);
            let stops =
                ["in", "for", "with", "using", "through", "on", "from", "by", "versus", "vs", "during", "among", "who"];
            if stops.contains(&small.as_str()) {
                break;
            }
            behind.push(word);
            if word.ends_with([',', ':', ';', '.', ')']) {
                break;
            }
        }
        let last = behind.iter().rposition(|word| is_operation(&bare(word)));
        if let Some(last) = last {
            let said: Vec<&str> = [*word].into_iter().chain(behind.into_iter().take(last + 1)).collect();
            return Some(said.join(" ").trim_end_matches([',', ':', ';', '.', '"', '”', ')']).to_owned());
        }
    }
    None
}

fn is_operation(word: &str) -> bool {
    const HEADS: [&str; 14] = [
        "surg",
        "transplant",
        "operati",
        "fusion",
        "resect",
        "implant",
        "replacement",
        "radiother",
        "chemother",
        "irradiat",
        "arthrodes",
        "transfus",
        "reconstruct",
        "procedure",
    ];
    HEADS.iter().any(|head| word.starts_with(head))
        || ["ectomy", "otomy", "plasty", "ostomy", "ectomies"].iter().any(|end| word.ends_with(end))
}

fn one(record: &Record, say: &Say) -> Option<Sentence> {
    let (study, conditions) = (record.study, &record.conditions);
    let condition = say.conditions(conditions)?;
    let listed = field(CONDITIONS, study.conditions.join("; "));
    if record.stage == Stage::Withdrawn {
        let status = study.overall_status.as_ref().map(Coded::as_str).unwrap_or_default();
        let sources = vec![listed, field(STATUS, status)];
        return say.sentence("gist-withdrawn", &[("condition", Fill::Name(&condition))], sources);
    }
    let (who, mut sources) = who(study, say)?;
    sources.insert(0, listed);
    sources.extend(conditions.source.clone());
    let healthy = record.texts.lets_healthy_in(&conditions.named);
    if healthy {
        sources.push(field(HEALTHY, "true"));
    }
    let who = match healthy {
        true if record.texts.are_all_healthy(&conditions.named) => {
            say.words.say("who-healthy-only", &[("who", &who)])?
        }
        true => say.words.say("who-healthy", &[("who", &who)])?,
        false => who,
    };
    let kind = study.study_type.as_ref().and_then(|kind| kind.known());
    if let Some(kind) = &study.study_type {
        sources.push(field(KIND, kind.as_str()));
    }
    // Several conditions may all be meant, or any of them, or be names of one; healthy people may be let in though no text says
    // so; and a condition that no text bears out may be nobody's: "with" would say too much.
    let flagged = study.eligibility.healthy_volunteers == Some(true);
    let many = flagged || study.conditions.len() > 1 || conditions.sole().is_none();
    if kind == Some(StudyType::Observational) {
        return observed(record, say, &who, &condition, many, sources);
    }
    let Some(Tested { what, is_compared, labels, .. }) = tested(study, say) else {
        let all = say.words.say("who-people", &[]).is_some_and(|people| people == who);
        let template = if all { "gist-no-treatment-all" } else { "gist-no-treatment" };
        let fills = [("who", Fill::Plain(who.as_str())), ("condition", Fill::Name(&condition))];
        return say.sentence(template, &fills, sources);
    };
    sources.push(field(INTERVENTIONS, written(study)));
    sources.extend(labels.map(|labels| field(ARMS, labels)));
    let purpose = study.design.primary_purpose.as_ref();
    if let Some(purpose) = purpose {
        sources.push(field(PURPOSE, purpose.as_str()));
    }
    let purpose = purpose.and_then(|purpose| purpose.known());
    if purpose == Some(PrimaryPurpose::Prevention)
        && !is_compared
        && let Some(prevented) = prevented(record, say)
    {
        let fills =
            [("what", Fill::Name(what.as_str())), ("who", Fill::Plain(&who)), ("condition", Fill::Name(&prevented))];
        return say.sentence("gist-prevention", &fills, sources);
    }
    let template = match (kind, purpose) {
        // A way that is not open any more, or not now, is no way to get it.
        (Some(StudyType::ExpandedAccess), _) if record.stage != Stage::Open => return None,
        (Some(StudyType::ExpandedAccess), _) if many => "gist-access-many",
        (Some(StudyType::ExpandedAccess), _) => "gist-access",
        // What is done may be done to those who give care.
        (_, Some(services @ PrimaryPurpose::HealthServicesResearch)) if !is_denied(services, record) => "gist-services",
        _ if is_compared && conditions.are_healthy => "gist-compare-healthy",
        _ if is_compared => "gist-compare",
        // Being healthy is not what a study is about.
        _ if conditions.are_healthy => "gist-healthy",
        (_, Some(PrimaryPurpose::Treatment)) if many => "gist-treatment-many",
        (_, Some(PrimaryPurpose::Treatment)) => "gist-treatment",
        (_, Some(PrimaryPurpose::Prevention)) => "gist-treatment-many",
        // The purpose is the study's; whether what is tested serves it is told by its kind or by the texts.
        (_, Some(PrimaryPurpose::Diagnostic | PrimaryPurpose::Screening)) if finds(record) => "gist-diagnostic",
        _ => "gist-other",
    };
    let fills =
        [("what", Fill::Name(what.as_str())), ("who", Fill::Plain(&who)), ("condition", Fill::Name(&condition))];
    say.sentence(template, &fills, sources)
}

/// A study that watches. What the record lists as interventions may be given by somebody, so that the study chooses nobody's
/// treatment is said only where it lists none, and no text says that something is given or assigned.
fn observed(
    record: &Record,
    say: &Say,
    who: &str,
    condition: &str,
    many: bool,
    mut sources: Vec<Source>,
) -> Option<Sentence> {
    let study = record.study;
    let fills = [("who", Fill::Plain(who)), ("condition", Fill::Name(condition))];
    let is_named = |name: &str| {
        let lower = name.to_lowercase();
        !is_usual(name) && !["observation", "none", "n/a", "not applicable"].iter().any(|word| lower.contains(word))
    };
    let listed: Vec<String> =
        study.interventions.iter().map(|one| one.name.trim().to_owned()).filter(|name| is_named(name)).collect();
    if study.interventions.is_empty()
        && !record.texts.speaks_of_assigning()
        && !record.texts.gives()
        && !are_rivals(study)
    {
        return say.sentence(if many { "gist-observed-many" } else { "gist-observed" }, &fills, sources);
    }
    let template = if many { "gist-watched-many" } else { "gist-watched" };
    let Some(what) = say.names(&listed) else { return say.sentence(template, &fills, sources) };
    sources.push(field(INTERVENTIONS, written(study)));
    let [who, condition] = fills;
    let fills = [who, condition, ("what", Fill::Name(what.as_str()))];
    say.sentence(if many { "gist-watched-listed-many" } else { "gist-watched-listed" }, &fills, sources)
}

/// Whether what is tested is a way to find disease: by its kind, or by what title and main measures speak of.
pub(super) fn finds(record: &Record) -> bool {
    const FINDS: [&str; 12] = [
        "detect",
        "diagnos",
        "sensitivity",
        "specificity",
        "accuracy",
        "screening",
        "predict",
        "biomarker",
        "imaging of",
        "staging",
        "localiz",
        "surveillance",
    ];
    let measures = record.study.primary_outcomes.iter().map(|outcome| outcome.measure.to_lowercase());
    record.study.interventions.iter().any(only_looks)
        || measures.chain([record.texts.titles.clone()]).any(|text| FINDS.iter().any(|word| text.contains(word)))
}

/// The conditions that the record's texts speak of preventing, and that those who take part do not have.
pub(super) fn prevented(record: &Record, say: &Say) -> Option<String> {
    let Record { conditions, texts, .. } = record;
    if conditions.are_no_illness {
        return None;
    }
    let names = conditions.names.iter().zip(&conditions.named);
    let names = names.filter(|(_, named)| !texts.has_already(named) && texts.is_prevented(named));
    say.names(&names.map(|(name, _)| name.clone()).collect::<Vec<_>>())
}

/// Whether an intervention is a look at somebody, not something done for them: by its kind, or by its last words.
pub(super) fn only_looks(one: &Intervention) -> bool {
    const LOOKS: [&str; 32] = [
        "study",
        "studies",
        "test",
        "tests",
        "testing",
        "sample",
        "samples",
        "sampling",
        "assessment",
        "assessments",
        "questionnaire",
        "questionnaires",
        "survey",
        "interview",
        "interviews",
        "draw",
        "draws",
        "collection",
        "biospecimen",
        "biopsy",
        "imaging",
        "scan",
        "scans",
        "mri",
        "ct",
        "pet",
        "ultrasound",
        "analysis",
        "analyses",
        "evaluation",
        "measurement",
        "examination",
    ];
    let lower = one.name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // "Blood samples for hematology": what they are for is said behind.
    let head: Vec<&str> =
        words.by_ref().take_while(|word| !matches!(*word, "for" | "of" | "with" | "by" | "to")).collect();
    one.kind.as_ref().is_some_and(|kind| kind.is(InterventionKind::DiagnosticTest))
        || head.last().is_some_and(|word| LOOKS.contains(word))
}

/// The interventions as the record writes them.
pub(super) fn written(study: &Study) -> String {
    study.interventions.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// Whether an intervention's name says that it does nothing.
pub(super) fn is_blank(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["placebo", "sham", "vehicle"].iter().any(|word| lower.contains(word))
        || matches!(lower.trim(), "saline" | "normal saline" | "saline solution" | "isotonic saline")
}

/// Whether an intervention's name says that it is the care that people get anyway.
pub(super) fn is_usual(name: &str) -> bool {
    const USUAL: [&str; 9] = [
        "no treatment",
        "standard of care",
        "usual care",
        "treatment as usual",
        "care as usual",
        "standard care",
        "routine care",
        "standard treatment",
        "no intervention",
    ];
    let lower = name.to_lowercase();
    // "Halvorine plus standard of care" is more than that.
    USUAL.iter().any(|words| lower.starts_with(words)) || matches!(lower.trim(), "control" | "control group" | "none")
}

/// Whether the record has a group, or an intervention, that is a placebo (`true`) or a sham.
pub(super) fn blanks(study: &Study) -> (Option<Source>, Option<Source>) {
    let arm = |kind: ArmKind| {
        let arm = study.arms.iter().find(|arm| arm.kind.as_ref().is_some_and(|is| is.is(kind)))?;
        Some(field(ARMS, format!("{}: {}", kind_word(kind), arm.label)))
    };
    let named = |word: &str, kinds: &[InterventionKind]| {
        let one = study.interventions.iter().find(|one| {
            one.name.to_lowercase().contains(word)
                && one.kind.as_ref().and_then(|kind| kind.known()).is_none_or(|kind| kinds.contains(&kind))
        })?;
        Some(field(INTERVENTIONS, one.name.clone()))
    };
    let drugs = [
        InterventionKind::Drug,
        InterventionKind::Biological,
        InterventionKind::DietarySupplement,
        InterventionKind::CombinationProduct,
        InterventionKind::Other,
    ];
    let acts = [
        InterventionKind::Device,
        InterventionKind::Procedure,
        InterventionKind::Radiation,
        InterventionKind::Behavioral,
        InterventionKind::Other,
    ];
    (
        named("placebo", &drugs).or_else(|| arm(ArmKind::PlaceboComparator)),
        named("sham", &acts).or_else(|| arm(ArmKind::ShamComparator)),
    )
}

fn kind_word(kind: ArmKind) -> &'static str {
    use trialway_study::WordList;
    kind.word()
}

/// Whom the study is for, by the record's own limits of age and sex.
fn who(study: &Study, say: &Say) -> Option<(String, Vec<Source>)> {
    let eligibility = &study.eligibility;
    let mut sources = Vec::new();
    // The youngest who may join are grown up when 17 is too young; teenagers are up to 19.
    let adults = eligibility.minimum_age.as_ref().and_then(|limit| limit.is_reached_at(17)) == Some(false);
    let children = eligibility.maximum_age.as_ref().and_then(|limit| limit.is_passed_at(20)) == Some(true);
    if let Some(limit) = &eligibility.minimum_age {
        sources.push(field(AGES, limit.written.clone()));
    }
    if let Some(limit) = &eligibility.maximum_age {
        sources.push(field(OLDEST, limit.written.clone()));
    }
    let sex = eligibility.sex.as_ref().and_then(|sex| sex.known());
    if let Some(sex) = &eligibility.sex {
        sources.push(field(SEX, sex.as_str()));
    }
    let aged = eligibility.minimum_age.is_some() || eligibility.maximum_age.is_some();
    let id = match (sex, adults, children) {
        (Some(Sex::Female), ..) if !aged => "who-female",
        (Some(Sex::Male), ..) if !aged => "who-male",
        (Some(Sex::Female), true, _) => "who-women",
        (Some(Sex::Female), ..) => "who-females",
        (Some(Sex::Male), true, _) => "who-men",
        (Some(Sex::Male), ..) => "who-males",
        (_, true, _) => "who-adults",
        (_, _, true) => "who-children",
        _ => "who-people",
    };
    Some((say.words.say(id, &[])?, sources))
}
