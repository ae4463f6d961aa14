//! Words that narrow a name, where a record says the same in other words: how a medicine is given, how long a disease has
//! lasted, which part of the body is meant.
//!
//! | asked for | record | holds |
//! | --- | --- | --- |
//! | `topical` | `betamethasone 0.05 % cream` | yes |
//! | `topical` | `prednisone, by mouth` | no |
//! | `chronic` | goes on for more than six months | yes |
//! | `heart` | `dysfunction of the kidney` | no |

use super::time;
use crate::evaluate::Case;
use trialway_eligibility::expr::EventTest;
use trialway_eligibility::truth::Truth;
use trialway_patient::{Calendar, Fact, FactKind, subtract};
use trialway_terminology::wording::{self, Role};

/// How a medicine is given, and the words that say so.
const ROUTES: [(&str, &[&str]); 6] = [
    (
        "topical",
        &["topical", "topically", "cream", "ointment", "lotion", "gel", "foam", "shampoo", "paste", "cutaneous"],
    ),
    (
        "systemic",
        &[
            "systemic",
            "oral",
            "orally",
            "mouth",
            "tablet",
            "capsule",
            "intravenous",
            "intravenously",
            "iv",
            "intramuscular",
            "subcutaneous",
            "parenteral",
            "infusion",
        ],
    ),
    ("inhaled", &["inhaled", "inhaler", "inhalation", "nebulizer", "nebulized"]),
    ("nasal", &["nasal", "intranasal"]),
    ("ophthalmic", &["ophthalmic", "eye"]),
    ("intraarticular", &["intraarticular", "articular"]),
];

/// Narrower routes and the words that say so.
const WAYS: [(&str, &[&str]); 4] = [
    ("oral", &["oral", "orally", "mouth", "tablet", "capsule"]),
    ("parenteral", &["parenteral", "intravenous", "intravenously", "iv", "intramuscular", "subcutaneous", "infusion"]),
    ("intravenous", &["intravenous", "intravenously", "iv", "infusion"]),
    ("injectable", &["injection", "intravenous", "intramuscular", "subcutaneous"]),
];

/// Medicines that are given to the whole body unless another way is named.
const USUALLY_SYSTEMIC: [&str; 14] = [
    "prednisone",
    "prednisolone",
    "methylprednisolone",
    "dexamethasone",
    "cortisone",
    "deflazacort",
    "methotrexate",
    "azathioprine",
    "cyclosporine",
    "ciclosporin",
    "mycophenolate",
    "cyclophosphamide",
    "leflunomide",
    "sirolimus",
];

/// A disease that goes on for this many months is chronic.
const CHRONIC_MONTHS: i64 = 6;

/// Whether a fact whose words do not say the narrowing words themselves is narrowed so.
pub(super) fn holds(words: &str, fact: &Fact, text: &str, case: &Case<'_>) -> Truth {
    if matches!(words, "chronic" | "longstanding" | "long standing") && fact.kind == FactKind::Condition {
        return chronic(fact, case);
    }
    let said = wording::comparable(text);
    let says = |list: &[&str]| list.iter().any(|word| said.iter().any(|known| known == word));
    if fact.kind == FactKind::Medication {
        if let Some((_, ways)) = WAYS.iter().find(|(way, _)| *way == words) {
            let other = ROUTES.iter().any(|(route, list)| *route != "systemic" && says(list));
            return if says(ways) {
                Truth::True
            } else if other {
                Truth::False
            } else {
                Truth::Unknown
            };
        }
        if let Some((_, wanted)) = ROUTES.iter().find(|(route, _)| *route == words) {
            let other = ROUTES.iter().any(|(route, list)| *route != words && says(list));
            let usual = words == "systemic" && says(&USUALLY_SYSTEMIC);
            return match (says(wanted), other) {
                (true, _) => Truth::True,
                (false, true) => Truth::False,
                (false, false) if usual => Truth::True,
                (false, false) if is_topical(fact, case) => Truth::from(words == "topical"),
                (false, false) => Truth::Unknown,
            };
        }
        return Truth::Unknown;
    }
    site(words, &said)
}

/// Whether a medicine is one that is put on the skin.
fn is_topical(fact: &Fact, case: &Case<'_>) -> bool {
    let topical = trialway_terminology::ConceptId::new("class:topical_corticosteroid");
    fact.concepts.iter().any(|id| case.terminology.is_a(id, &topical))
}

/// Whether a steroid is given to one place only, where the text asks for steroids and does not say how they are given.
pub(super) fn only_local(test: &EventTest, fact: &Fact, case: &Case<'_>) -> bool {
    // Steroids are among the medicines that restrain the immune system, where they reach the whole body.
    let asked = test
        .concept
        .as_ref()
        .is_some_and(|id| matches!(id.as_str(), "class:glucocorticoid" | "class:immunosuppressant"));
    let glucocorticoid = trialway_terminology::ConceptId::new("class:glucocorticoid");
    let steroid = fact.concepts.iter().any(|id| case.terminology.is_a(id, &glucocorticoid));
    if !asked || !steroid || !test.qualifiers.is_empty() || fact.kind != FactKind::Medication {
        return false;
    }
    let said = wording::comparable(&format!("{} {}", fact.label, fact.notes.join(" ")));
    let says = |list: &[&str]| list.iter().any(|word| said.iter().any(|known| known == word));
    let of = |route: &str| ROUTES.iter().find(|(name, _)| *name == route).is_some_and(|(_, list)| says(list));
    if is_topical(fact, case) && !of("systemic") {
        return true;
    }
    !of("systemic") && ["topical", "inhaled", "nasal", "ophthalmic", "intraarticular"].iter().any(|route| of(route))
}

/// Whether a disease has gone on long enough.
fn chronic(fact: &Fact, case: &Case<'_>) -> Truth {
    let limit = subtract(case.options.as_of, CHRONIC_MONTHS, Calendar::Months);
    match (limit, fact.period.start) {
        (Some(limit), Some(start))
            if start.latest <= limit && time::ongoing(fact, case.options.as_of) == Truth::True =>
        {
            Truth::True
        }
        _ => Truth::Unknown,
    }
}

/// A part of the body: an entry that names another one and not this one is of that.
fn site(words: &str, said: &[compact_str::CompactString]) -> Truth {
    let is_site = |word: &str| wording::role(word) == Some(Role::Site);
    // A region and what lies in it are no other places.
    const REGIONS: [&str; 12] =
        ["back", "spine", "trunk", "limb", "leg", "arm", "head", "neck", "abdomen", "chest", "pelvis", "body"];
    let all_sites = words.split(' ').all(|word| is_site(wording::plain(word)));
    let region = |word: &str| REGIONS.contains(&word);
    let other = said.iter().any(|word| is_site(word) && !region(word)) && !words.split(' ').any(region);
    if all_sites && other { Truth::False } else { Truth::Unknown }
}
