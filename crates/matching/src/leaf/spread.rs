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
pub(super) const MALIGNANCY: &str = "condition:malignancy";

/// Whether an entry of a cancer says that it has spread, where that is asked for in general.
pub(super) fn is_spread(test: &EventTest, fact: &Fact, case: &Case<'_>) -> bool {
    test.concept.as_ref().is_some_and(|wanted| wanted.as_str() == METASTATIC)
        && has_spread(fact, &said::clauses(fact), case)
}

fn has_spread(fact: &Fact, clauses: &[Vec<String>], case: &Case<'_>) -> bool {
    const SPREAD: [&str; 10] =
        ["metasta*", "stage iv", "stage iva", "stage ivb", "stage ivc", "stage 4", "m1", "m1a", "m1b", "m1c"];
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
const PARTS: [(&str, &[&str]); 9] = [
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
    if words == "metastatic" {
        return has_spread(fact, clauses, case).then_some(Truth::True);
    }
    let (_, parts) = PARTS.iter().find(|(whole, _)| *whole == words)?;
    (said::said(clauses, parts) == Said::Affirmed).then_some(Truth::True)
}
