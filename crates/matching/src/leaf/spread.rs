//! Whether a cancer has spread, and which part of the body a place belongs to.
//!
//! | entry | asked | holds |
//! | --- | --- | --- |
//! | `adenocarcinoma`, stage `IVA (cT2a N2 M1a)` | metastatic cancer | yes |
//! | `brain metastases` | of the central nervous system | yes |
//! | `discectomy`, site `lumbar spine` | of the back | yes |

use super::said::{self, Said};
use crate::evaluate::Case;
use trialway_eligibility::expr::EventTest;
use trialway_eligibility::truth::Truth;
use trialway_patient::{Fact, FactKind};
use trialway_terminology::ConceptId;

/// The general name of cancers that have spread.
pub(super) const METASTATIC: &str = "condition:metastatic_cancer";

/// What spreads.
const MALIGNANCY: &str = "condition:malignancy";

/// Words by which an entry says that a cancer has spread.
const SPREAD: [&str; 10] =
    ["metasta*", "stage iv", "stage iva", "stage ivb", "stage ivc", "stage 4", "m1", "m1a", "m1b", "m1c"];

/// Whether an entry of a cancer says that it has spread, where that is asked for in general.
pub(super) fn is_spread(test: &EventTest, fact: &Fact, case: &Case<'_>) -> bool {
    test.concept.as_ref().is_some_and(|wanted| wanted.as_str() == METASTATIC)
        && (has_spread(fact, &said::clauses(fact), case) || staged(fact))
}

/// Whether an observation of the stage says that there are metastases.
fn staged(fact: &Fact) -> bool {
    let label = fact.label.to_lowercase();
    let asks =
        ["tnm", "stage group", "cancer stage", "tumor stage", "clinical stage"].iter().any(|name| label.contains(name));
    let clauses = said::clauses(fact);
    let alone = |clause: &Vec<String>| matches!(clause.as_slice(), [word] if matches!(word.as_str(), "iv" | "iva" | "ivb" | "ivc"));
    fact.kind == FactKind::Observation
        && asks
        && (said::said(&clauses, SPREAD.get(1..).unwrap_or_default()) == Said::Affirmed || clauses.iter().any(alone))
}

fn has_spread(fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> bool {
    let malignancy = ConceptId::new(MALIGNANCY);
    let joined = clauses.iter().any(|clause| clause.iter().any(|word| tnm_spread(word)));
    fact.kind == FactKind::Condition
        && fact.concepts.iter().any(|id| case.terminology.is_a(id, &malignancy))
        && (said::said(clauses, &SPREAD) == Said::Affirmed || joined)
        && said::said(clauses, &["metasta*"]) != Said::Denied
}

/// `cT2N1M1a` written in one word.
fn tnm_spread(word: &str) -> bool {
    word.contains('t') && word.contains('n') && word.contains("m1") && word.chars().any(|c| c.is_ascii_digit())
}

/// Parts of the body and what lies in them.
const PARTS: [(&str, &[&str]); 10] = [
    ("vertebral", &["vertebra", "vertebrae", "spine", "spinal", "l1", "l2", "l3", "l4", "l5"]),
    (
        "central nervous system",
        &["brain", "cerebral", "cerebellar", "intracranial", "spinal cord", "leptomeningeal", "meningeal"],
    ),
    ("cns", &["brain", "cerebral", "cerebellar", "intracranial", "spinal cord", "leptomeningeal", "meningeal"]),
    ("back", &["lumbar", "spine", "spinal", "lumbosacral", "vertebral", "l1", "l2", "l3", "l4", "l5"]),
    ("spine", &["lumbar", "cervical", "thoracic", "vertebral", "lumbosacral"]),
    ("lumbar spine", &["lumbar", "l1", "l2", "l3", "l4", "l5"]),
    ("neck", &["cervical spine"]),
    ("leg", &["knee", "ankle", "foot", "thigh", "calf", "shin"]),
    ("arm", &["hand", "wrist", "elbow", "forearm", "finger"]),
    ("gastrointestinal", &["stomach", "gastric", "bowel", "intestinal", "colon", "rectal", "esophageal"]),
];

/// Words that narrow a name, where an entry says the same of itself in others; none where it does not.
pub(super) fn narrowed(words: &str, fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> Option<Truth> {
    match words {
        "metastatic" => return has_spread(fact, clauses, case).then_some(Truth::True),
        "untreated" => {
            let treated = said::said(clauses, &["treated", "on treatment", "under treatment", "receiving treatment"]);
            return (treated == Said::Affirmed).then_some(Truth::False);
        }
        "nonmalignant" | "non malignant" | "benign"
            if fact.kind == FactKind::Condition && !fact.concepts.is_empty() =>
        {
            let malignancy = ConceptId::new(MALIGNANCY);
            let malignant = fact.concepts.iter().any(|id| case.terminology.is_a(id, &malignancy));
            let named = fact.concepts.iter().all(|id| case.terminology.concept(id).is_some());
            return named.then_some(Truth::from(!malignant));
        }
        "live" | "live virus" | "live attenuated" | "attenuated" | "live attenuated virus" => {
            let live = said::said(clauses, &["live", "attenuated"]);
            let dead = said::said(clauses, &["inactivated", "recombinant", "mrna", "subunit", "conjugate", "toxoid"]);
            return match (live, dead) {
                (Said::Affirmed, Said::Nothing) => Some(Truth::True),
                (Said::Nothing | Said::Denied, Said::Affirmed) => Some(Truth::False),
                _ => None,
            };
        }
        _ => {}
    }
    if let Some(elsewhere) = elsewhere(words, clauses) {
        return Some(elsewhere);
    }
    let (_, parts) = PARTS.iter().find(|(whole, _)| *whole == words)?;
    (said::said(clauses, parts) == Said::Affirmed).then_some(Truth::True)
}

/// Levels of the spine, and what lies off it.
const LEVELS: [(&str, &[&str]); 4] = [
    ("cervical", &["cervical", "c1", "c2", "c3", "c4", "c5", "c6", "c7"]),
    ("thoracic", &["thoracic", "dorsal", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10", "t11", "t12"]),
    ("lumbar", &["lumbar", "l1", "l2", "l3", "l4", "l5"]),
    ("sacral", &["sacral", "sacrum", "s1"]),
];
const LIMBS: [&str; 16] = [
    "wrist", "hip", "femur", "femoral", "humerus", "rib", "ankle", "knee", "shoulder", "hand", "foot", "radius",
    "tibia", "fibula", "elbow", "clavicle",
];

/// Whether an entry is of another level of the spine, or of a limb where the spine is asked for; true is never said.
fn elsewhere(words: &str, clauses: &[Vec<String>]) -> Option<Truth> {
    let says = |list: &[&str]| said::said(clauses, list) != Said::Nothing;
    let level = LEVELS.iter().find(|(level, _)| words.split(' ').any(|word| word == *level));
    if let Some((_, names)) = level
        && !says(names)
        && LEVELS.iter().any(|(_, others)| others != names && says(others))
    {
        return Some(Truth::False);
    }
    let of_spine =
        level.is_some() || words.split(' ').any(|word| matches!(word, "vertebral" | "spine" | "spinal" | "back"));
    let spine = says(&["vertebra*", "spin*", "back"]) || LEVELS.iter().any(|(_, names)| says(names));
    (of_spine && !spine && says(&LIMBS)).then_some(Truth::False)
}
