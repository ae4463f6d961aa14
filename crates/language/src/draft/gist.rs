//! What the study is, in one sentence.

use super::listed::is_given;
use super::{Fill, Record, Say, Sentence, Source, field};
use trialway_study::{ArmKind, Intervention, InterventionKind, PrimaryPurpose, Sex, Study, StudyType};

pub(super) const CONDITIONS: &str = "protocolSection.conditionsModule.conditions";
pub(super) const INTERVENTIONS: &str = "protocolSection.armsInterventionsModule.interventions";
pub(super) const AGES: &str = "protocolSection.eligibilityModule.minimumAge";
const OLDEST: &str = "protocolSection.eligibilityModule.maximumAge";
const SEX: &str = "protocolSection.eligibilityModule.sex";
const HEALTHY: &str = "protocolSection.eligibilityModule.healthyVolunteers";
const KIND: &str = "protocolSection.designModule.studyType";
pub(super) const PURPOSE: &str = "protocolSection.designModule.designInfo.primaryPurpose";

/// The gist; empty where the record names no condition.
pub(super) fn sentences(record: &Record, say: &Say) -> Vec<Sentence> {
    one(record, say).into_iter().collect()
}

fn one(record: &Record, say: &Say) -> Option<Sentence> {
    let (study, conditions) = (record.study, &record.conditions);
    let condition = say.names(&conditions.names)?;
    let (who, mut sources) = who(study, say)?;
    sources.insert(0, field(CONDITIONS, study.conditions.join("; ")));
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
    let what = tested(study, say);
    // Several conditions may all be meant, or any of them, or be names of one; healthy people may be let in though no text says
    // so; and a condition that no text bears out may be nobody's: "with" would say too much.
    let flagged = study.eligibility.healthy_volunteers == Some(true);
    let many = flagged || study.conditions.len() > 1 || !conditions.are_borne_out;
    if kind == Some(StudyType::Observational) {
        let template = if many { "gist-observed-many" } else { "gist-observed" };
        return say.sentence(template, &[("who", Fill::Plain(&who)), ("condition", Fill::Name(&condition))], sources);
    }
    let Some(what) = what else {
        let all = say.words.say("who-people", &[]).is_some_and(|people| people == who);
        let template = if all { "gist-no-treatment-all" } else { "gist-no-treatment" };
        let fills = [("who", Fill::Plain(who.as_str())), ("condition", Fill::Name(&condition))];
        return say.sentence(template, &fills, sources);
    };
    sources.push(field(INTERVENTIONS, written(study)));
    let purpose = study.design.primary_purpose.as_ref();
    if let Some(purpose) = purpose {
        sources.push(field(PURPOSE, purpose.as_str()));
    }
    let purpose = purpose.and_then(|purpose| purpose.known());
    if purpose == Some(PrimaryPurpose::Prevention)
        && let Some(prevented) = prevented(record, say)
    {
        let fills =
            [("what", Fill::Name(what.as_str())), ("who", Fill::Plain(&who)), ("condition", Fill::Name(&prevented))];
        return say.sentence("gist-prevention", &fills, sources);
    }
    let template = match (kind, purpose) {
        (Some(StudyType::ExpandedAccess), _) if many => "gist-access-many",
        (Some(StudyType::ExpandedAccess), _) => "gist-access",
        (_, Some(PrimaryPurpose::Treatment)) if many => "gist-treatment-many",
        (_, Some(PrimaryPurpose::Treatment)) => "gist-treatment",
        (_, Some(PrimaryPurpose::Prevention)) => "gist-treatment-many",
        // The purpose is the study's; whether what is tested serves it is told by its kind or by the texts.
        (_, Some(PrimaryPurpose::Diagnostic | PrimaryPurpose::Screening)) if finds(record) => "gist-diagnostic",
        // What is done may be done to those who give care.
        (_, Some(PrimaryPurpose::HealthServicesResearch)) => "gist-services",
        _ => "gist-other",
    };
    let fills =
        [("what", Fill::Name(what.as_str())), ("who", Fill::Plain(&who)), ("condition", Fill::Name(&condition))];
    say.sentence(template, &fills, sources)
}

/// Whether what is tested is a way to find disease: by its kind, or by what title and main measures speak of.
fn finds(record: &Record) -> bool {
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
    let names = conditions.names.iter().zip(&conditions.named);
    let names = names.filter(|(_, named)| !texts.has_already(named) && texts.is_prevented(named));
    say.names_or(&names.map(|(name, _)| name.clone()).collect::<Vec<_>>())
}

/// What is tested: the record's interventions, without those that stand for nothing, and without those that only groups for
/// comparison are given.
///
/// **Unknown**: `None` where the record lists none but placebos and shams.
pub(super) fn tested(study: &Study, say: &Say) -> Option<String> {
    let of_kind = |kind: ArmKind| move |arm: &&trialway_study::Arm| arm.kind.as_ref().is_some_and(|is| is.is(kind));
    let given = |arm: &trialway_study::Arm, name: &str| is_given(study, arm, name);
    let only_compared = |name: &str| {
        let tried: Vec<_> = study.arms.iter().filter(of_kind(ArmKind::Experimental)).collect();
        !tried.is_empty() && study.arms.iter().any(|arm| given(arm, name)) && !tried.iter().any(|arm| given(arm, name))
    };
    // Care as it is given anyway is what the rest is compared with or added to.
    let all_usual = study.interventions.iter().all(|one| is_usual(&one.name) || is_blank(&one.name));
    let of_weight =
        || study.interventions.iter().filter(|one| !is_blank(&one.name) && (all_usual || !is_usual(&one.name)));
    // A trial of a treatment lists the tests that go with it, too.
    let is_treated = study.design.primary_purpose.as_ref().and_then(|purpose| purpose.known()).is_some_and(|purpose| {
        matches!(purpose, PrimaryPurpose::Treatment | PrimaryPurpose::Prevention | PrimaryPurpose::SupportiveCare)
    });
    // What is left where nothing is that good: first without what is only compared, then without what only looks.
    for (without_compared, without_looks) in [(true, true), (false, true), (true, false), (false, false)] {
        let kept = of_weight().filter(|one| {
            !(without_compared && only_compared(&one.name) || without_looks && is_treated && only_looks(one))
        });
        let names: Vec<String> = kept.map(|one| one.name.clone()).collect();
        if !names.is_empty() {
            return say.interventions(study, &names);
        }
    }
    None
}

/// Whether an intervention is a look at somebody, not something done for them: by its kind, or by its last words.
fn only_looks(one: &Intervention) -> bool {
    const LOOKS: [&str; 30] = [
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
}

/// Whether an intervention's name says that it is the care that people get anyway.
fn is_usual(name: &str) -> bool {
    const USUAL: [&str; 8] = [
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
    USUAL.iter().any(|words| lower.starts_with(words))
}

/// Whether the record has a group, or an intervention, that is a placebo (`true`) or a sham.
pub(super) fn blanks(study: &Study) -> (Option<Source>, Option<Source>) {
    let arm = |kind: ArmKind| {
        let arm = study.arms.iter().find(|arm| arm.kind.as_ref().is_some_and(|is| is.is(kind)))?;
        Some(field("protocolSection.armsInterventionsModule.armGroups", format!("{}: {}", kind_word(kind), arm.label)))
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
