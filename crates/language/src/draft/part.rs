//! What taking part involves, as far as the record's own fields say.

use super::gist::blanks;
use super::listed::is_given;
use super::texts::{Samples, Texts};
use super::{Fill, Record, Say, Sentence, Stage, field};
use trialway_study::{
    Allocation, ArmKind, Coded, InterventionKind, InterventionModel, Masking, Study, StudyType, TimePerspective,
    WhoMasked,
};

const ALLOCATION: &str = "protocolSection.designModule.designInfo.allocation";
const MODEL: &str = "protocolSection.designModule.designInfo.interventionModel";
const MASKING: &str = "protocolSection.designModule.designInfo.maskingInfo";
const ARMS: &str = "protocolSection.armsInterventionsModule.armGroups";
const KIND: &str = "protocolSection.designModule.studyType";
const PERSPECTIVE: &str = "protocolSection.designModule.designInfo.timePerspective";

/// Groups, chance, masking, placebo, and what the record has no place for. Of a study that was withdrawn there is nothing to tell.
pub(super) fn sentences(record: &Record, say: &Say) -> Vec<Sentence> {
    let Record { study, texts, stage, .. } = record;
    if *stage == Stage::Withdrawn {
        return Vec::new();
    }
    let kind = study.study_type.as_ref();
    let mut out = Vec::new();
    if kind.is_some_and(|kind| kind.is(StudyType::Observational)) {
        out.extend(observed(record, say));
    } else {
        // Where one person gets all that is compared, the arms are no groups of people.
        if study.arms.len() == 1 || !is_within_one_person(texts) {
            out.extend(groups(record, say));
            out.extend(chance(record, say));
        }
        out.extend(model(record, say));
        out.extend(masked(record, say));
        let (placebo, sham) = blanks(study);
        out.extend(placebo.and_then(|source| say.done(*stage, "placebo", &[], vec![source])));
        out.extend(sham.and_then(|source| say.done(*stage, "sham", &[], vec![source])));
        out.extend(untreated(record, say));
    }
    if let Some(kind) = kind
        && !kind.is(StudyType::ExpandedAccess)
    {
        // What has no field may be told in the record's own words.
        let id = "lacks-burden";
        out.extend(say.sentence(id, &[], vec![field(KIND, kind.as_str())]));
    }
    out
}

/// That a study watches or looks back, where no text says that it gathers people or samples anew, or says who gets what.
fn observed(record: &Record, say: &Say) -> Option<Sentence> {
    let Record { study, texts, stage, .. } = record;
    let looks = study.design.time_perspective.as_ref();
    let mut sources: Vec<_> = study.study_type.iter().map(|kind| field(KIND, kind.as_str())).collect();
    sources.extend(looks.map(|looks| field(PERSPECTIVE, looks.as_str())));
    let samples = texts.samples();
    if looks.is_some_and(|looks| looks.is(TimePerspective::Retrospective)) {
        let gathers = samples != Samples::None || texts.gathers_anew();
        return (!gathers).then(|| say.done(*stage, "watched-back", &[], sources)).flatten();
    }
    if texts.speaks_of_assigning() || are_rivals(study) || texts.gives() {
        return None;
    }
    let template = match samples {
        Samples::None => "watched",
        Samples::Taken => "watched-samples",
        Samples::OfGenes => "watched-genes",
    };
    say.done(*stage, template, &[], sources)
}

/// Whether groups of a study that watches are given unlike things: somebody may choose who gets which.
pub(super) fn are_rivals(study: &Study) -> bool {
    let given = |arm: &trialway_study::Arm| -> Vec<&str> {
        let names = study.interventions.iter().map(|one| one.name.as_str());
        names.filter(|name| is_given(study, arm, name)).collect()
    };
    let sets: Vec<Vec<&str>> = study.arms.iter().map(given).filter(|names| !names.is_empty()).collect();
    sets.first().is_some_and(|first| sets.iter().any(|other| other != first))
}

fn groups(record: &Record, say: &Say) -> Option<Sentence> {
    let study = record.study;
    let n = study.arms.len();
    let labels = study.arms.iter().map(|arm| arm.label.as_str()).collect::<Vec<_>>().join("; ");
    let source = vec![field(ARMS, format!("{n}: {labels}"))];
    let single = study.design.intervention_model.as_ref().is_some_and(|model| model.is(InterventionModel::SingleGroup));
    match n {
        0 => None,
        1 if single => say.done(record.stage, "one-group", &[], source),
        1 => None,
        n => say.done(record.stage, "groups", &[("n", Fill::Plain(&n.to_string()))], source),
    }
}

/// Whether a person may get what is compared on two sides of the body ("split-mouth", "the other eye"): the arms of such a record
/// are sides, not groups of people.
fn is_within_one_person(texts: &Texts) -> bool {
    texts.any_has(&[
        ("split", "mouth"),
        ("split", "face"),
        ("split", "body"),
        ("split", "scalp"),
        ("contralateral", ""),
        ("opposite", "side"),
        ("other", "side"),
        ("other", "eye"),
        ("fellow", "eye"),
        ("other", "breast"),
        ("each", "breast"),
        ("which", "breast"),
        ("each", "eye"),
        ("intra", "individual"),
        ("intraindividual", ""),
        ("within", "subject"),
        ("within", "patient"),
        ("own", "control"),
    ])
}

fn chance(record: &Record, say: &Say) -> Option<Sentence> {
    let study = record.study;
    let allocation = study.design.allocation.as_ref()?;
    let template = match allocation.known()? {
        Allocation::Randomized if study.arms.len() == 1 => return None,
        // Which of the groups chance puts a person in may hang on the person.
        Allocation::Randomized if record.texts.a_trait_decides() => "random-in-part",
        // A coin has two sides.
        Allocation::Randomized if study.arms.len() == 2 => "random-two",
        Allocation::Randomized => "random",
        Allocation::NonRandomized if study.arms.len() > 1 => "not-random",
        _ => return None,
    };
    say.done(record.stage, template, &[], vec![field(ALLOCATION, allocation.as_str())])
}

fn model(record: &Record, say: &Say) -> Option<Sentence> {
    let model = record.study.design.intervention_model.as_ref()?;
    let template = match model.known()? {
        InterventionModel::Crossover => "crossover",
        InterventionModel::Factorial => "factorial",
        _ => return None,
    };
    say.done(record.stage, template, &[], vec![field(MODEL, model.as_str())])
}

fn masked(record: &Record, say: &Say) -> Option<Sentence> {
    let Record { study, texts, .. } = record;
    let masking = study.design.masking.as_ref()?;
    let who: Vec<WhoMasked> = study.design.who_masked.iter().filter_map(Coded::known).collect();
    let named = study.design.who_masked.iter().map(Coded::as_str).collect::<Vec<_>>().join(", ");
    let told = masking.known()?;
    if is_denied(told, texts) {
        return None;
    }
    let you = who.contains(&WhoMasked::Participant);
    let template = match told {
        // Who may get a placebo and knows it: the record does not agree with itself.
        Masking::None if gives_placebo(study) || texts.titles.contains("placebo controlled") => return None,
        Masking::None => "open-label",
        // Who is healthy and who is not knows it; and who exercises or learns cannot but know that.
        _ if you && (texts.groups_are_kinds_of_people() || is_plain_to_see(study)) => return None,
        _ if who.as_slice() == [WhoMasked::Participant] => "masked-you",
        _ if you => "masked-you-and-team",
        // Who is masked is not said: it may or may not be the participant.
        _ if who.is_empty() => return None,
        _ if texts.groups_are_kinds_of_people() => "masked-team-groups",
        _ => "masked-team",
    };
    say.done(
        record.stage,
        template,
        &[],
        vec![field(MASKING, format!("{} {named}", masking.as_str()).trim().to_owned())],
    )
}

/// Whether a group gets a placebo or a sham.
fn gives_placebo(study: &Study) -> bool {
    let of = |arm: &trialway_study::Arm| {
        arm.kind.as_ref().is_some_and(|kind| kind.is(ArmKind::PlaceboComparator) || kind.is(ArmKind::ShamComparator))
    };
    study.arms.iter().any(of)
}

/// Whether the record's own words speak against its coded masking.
fn is_denied(told: Masking, texts: &Texts) -> bool {
    const OPEN: [&str; 12] = [
        "no masking",
        "masking none",
        "not masked",
        "unmasked",
        "non masked",
        "open label",
        "not blinded",
        "unblinded",
        "non blinded",
        "nonblinded",
        "no blinding",
        "without blinding",
    ];
    let has = |text: &str, phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    // "Blinded", where nothing before it denies it.
    let blinded = |text: &str| {
        ["blinded", "masked", "blind"].iter().any(|word| {
            text.match_indices(word).any(|(at, _)| {
                let before = text.get(..at).unwrap_or_default().trim_end();
                let inside = text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()));
                !inside && !["not", "non", "no", "be"].iter().any(|word| before.ends_with(word))
            })
        })
    };
    let (own, others) = (texts.masking.as_str(), [texts.titles.as_str(), texts.summary.as_str()]);
    if told == Masking::None {
        return texts.speaks_of_blinding();
    }
    if has(own, &OPEN) && !blinded(own) {
        return true;
    }
    others.iter().any(|text| has(text, &OPEN)) && !others.iter().chain([&own]).any(|text| blinded(text))
}

/// Whether a person must notice which group it is in: something is done with it, or nothing is, and no sham stands in for it.
fn is_plain_to_see(study: &Study) -> bool {
    const DONE: [&str; 12] = [
        "exercise",
        "training",
        "education",
        "counsel",
        "coaching",
        "yoga",
        "walking",
        "rehabilitation",
        "physiotherapy",
        "massage",
        "stretching",
        "mobile app",
    ];
    let is_done = |one: &trialway_study::Intervention| {
        let lower = one.name.to_lowercase();
        one.kind.as_ref().is_some_and(|kind| kind.is(InterventionKind::Behavioral))
            || DONE.iter().any(|word| lower.contains(word))
    };
    let unlike = |arm: &trialway_study::Arm| {
        let label = arm.label.to_lowercase();
        arm.kind.as_ref().is_some_and(|kind| kind.is(ArmKind::NoIntervention))
            || ["usual", "standard", "control", "wait", "no "].iter().any(|word| label.contains(word))
    };
    let sham = study.arms.iter().any(|arm| {
        arm.kind.as_ref().is_some_and(|kind| kind.is(ArmKind::ShamComparator) || kind.is(ArmKind::PlaceboComparator))
    });
    !sham
        && !study.interventions.is_empty()
        && study.interventions.iter().all(|one| is_done(one) || one.name.to_lowercase().contains("usual"))
        && study.arms.iter().any(unlike)
}

fn untreated(record: &Record, say: &Say) -> Option<Sentence> {
    let arm =
        record.study.arms.iter().find(|arm| arm.kind.as_ref().is_some_and(|kind| kind.is(ArmKind::NoIntervention)))?;
    say.done(record.stage, "no-treatment-group", &[], vec![field(ARMS, format!("NO_INTERVENTION: {}", arm.label))])
}
