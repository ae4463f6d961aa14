//! What taking part involves, as far as the record's own fields say.

use super::gist::blanks;
use super::{Fill, Say, Sentence, field};
use trialway_study::{
    Allocation, ArmKind, Coded, InterventionModel, Masking, Study, StudyType, TimePerspective, WhoMasked,
};

const ALLOCATION: &str = "protocolSection.designModule.designInfo.allocation";
const MODEL: &str = "protocolSection.designModule.designInfo.interventionModel";
const MASKING: &str = "protocolSection.designModule.designInfo.maskingInfo";
const ARMS: &str = "protocolSection.armsInterventionsModule.armGroups";
const KIND: &str = "protocolSection.designModule.studyType";
const PERSPECTIVE: &str = "protocolSection.designModule.designInfo.timePerspective";

/// Groups, chance, masking, placebo, and what the record has no place for.
pub(super) fn sentences(study: &Study, say: &Say) -> Vec<Sentence> {
    let kind = study.study_type.as_ref();
    let mut out = Vec::new();
    if kind.is_some_and(|kind| kind.is(StudyType::Observational)) {
        out.extend(observed(study, say));
    } else {
        // Where one person gets all that is compared, the arms are no groups of people.
        if study.arms.len() == 1 || !is_within_one_person(study) {
            out.extend(groups(study, say));
            out.extend(chance(study, say));
        }
        out.extend(model(study, say));
        out.extend(masked(study, say));
        let (placebo, sham) = blanks(study);
        out.extend(placebo.and_then(|source| say.sentence("placebo", &[], vec![source])));
        out.extend(sham.and_then(|source| say.sentence("sham", &[], vec![source])));
        out.extend(untreated(study, say));
    }
    if let Some(kind) = kind
        && !kind.is(StudyType::ExpandedAccess)
    {
        out.extend(say.sentence("lacks-burden", &[], vec![field(KIND, kind.as_str())]));
    }
    out
}

fn observed(study: &Study, say: &Say) -> Option<Sentence> {
    let looks = study.design.time_perspective.as_ref();
    let mut sources: Vec<_> = study.study_type.iter().map(|kind| field(KIND, kind.as_str())).collect();
    sources.extend(looks.map(|looks| field(PERSPECTIVE, looks.as_str())));
    let back = looks.is_some_and(|looks| looks.is(TimePerspective::Retrospective));
    say.sentence(if back { "watched-back" } else { "watched" }, &[], sources)
}

fn groups(study: &Study, say: &Say) -> Option<Sentence> {
    let n = study.arms.len();
    let labels = study.arms.iter().map(|arm| arm.label.as_str()).collect::<Vec<_>>().join("; ");
    let source = vec![field(ARMS, format!("{n}: {labels}"))];
    let single = study.design.intervention_model.as_ref().is_some_and(|model| model.is(InterventionModel::SingleGroup));
    match n {
        0 => None,
        1 if single => say.sentence("one-group", &[], source),
        1 => None,
        n => say.sentence("groups", &[("n", Fill::Plain(&n.to_string()))], source),
    }
}

/// Whether a person may get what is compared on two sides of the body ("split-mouth", "the other eye"): the arms of such a record
/// are sides, not groups of people.
fn is_within_one_person(study: &Study) -> bool {
    const SIDES: [&str; 21] = [
        "split-mouth",
        "split mouth",
        "split-face",
        "split face",
        "split-body",
        "split body",
        "split-scalp",
        "split scalp",
        "contralateral",
        "opposite side",
        "other side",
        "other eye",
        "fellow eye",
        "other breast",
        "each breast",
        "which breast",
        "each eye",
        "intra-individual",
        "intraindividual",
        "within-subject",
        "within-patient",
    ];
    let texts = [&study.brief_title, &study.official_title, &study.brief_summary, &study.detailed_description];
    let arms = study.arms.iter().filter_map(|arm| arm.description.as_ref());
    texts.into_iter().flatten().chain(arms).any(|text| {
        let lower = text.to_lowercase();
        SIDES.iter().any(|side| lower.contains(side))
    })
}

fn chance(study: &Study, say: &Say) -> Option<Sentence> {
    let allocation = study.design.allocation.as_ref()?;
    let template = match allocation.known()? {
        Allocation::Randomized if study.arms.len() != 1 => "random",
        Allocation::NonRandomized if study.arms.len() > 1 => "not-random",
        _ => return None,
    };
    say.sentence(template, &[], vec![field(ALLOCATION, allocation.as_str())])
}

fn model(study: &Study, say: &Say) -> Option<Sentence> {
    let model = study.design.intervention_model.as_ref()?;
    let template = match model.known()? {
        InterventionModel::Crossover => "crossover",
        InterventionModel::Factorial => "factorial",
        _ => return None,
    };
    say.sentence(template, &[], vec![field(MODEL, model.as_str())])
}

fn masked(study: &Study, say: &Say) -> Option<Sentence> {
    let masking = study.design.masking.as_ref()?;
    let who: Vec<WhoMasked> = study.design.who_masked.iter().filter_map(Coded::known).collect();
    let named = study.design.who_masked.iter().map(Coded::as_str).collect::<Vec<_>>().join(", ");
    let template = match masking.known()? {
        Masking::None => "open-label",
        _ if who.as_slice() == [WhoMasked::Participant] => "masked-you",
        _ if who.contains(&WhoMasked::Participant) => "masked-you-and-team",
        // Who is masked is not said: it may or may not be the participant.
        _ if who.is_empty() => return None,
        _ => "masked-team",
    };
    say.sentence(template, &[], vec![field(MASKING, format!("{} {named}", masking.as_str()).trim().to_owned())])
}

fn untreated(study: &Study, say: &Say) -> Option<Sentence> {
    let arm = study.arms.iter().find(|arm| arm.kind.as_ref().is_some_and(|kind| kind.is(ArmKind::NoIntervention)))?;
    say.sentence("no-treatment-group", &[], vec![field(ARMS, format!("NO_INTERVENTION: {}", arm.label))])
}
