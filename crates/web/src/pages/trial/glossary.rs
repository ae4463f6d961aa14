//! Hard words of a study's page, explained: terms of trials, and names in the criteria that people call otherwise.

use crate::tongue::{Speak, Tongue};
use crate::words::capital;
use std::collections::BTreeMap;
use trialway_eligibility::{CriterionLogic, StudyLogic};
use trialway_study::{Allocation, ArmKind, Masking, Phase, Study};
use trialway_terminology::Terminology;

/// A word and what it means.
pub struct TermView {
    pub term: String,
    pub meaning: String,
}

/// Most names that are explained on one page.
const MOST: usize = 60;

/// The words of this page, in the order of the alphabet.
pub fn of(tongue: Tongue, study: &Study, logic: &StudyLogic) -> Vec<TermView> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |id: &str| {
        out.insert(tongue.say(&format!("hard-{id}")), tongue.say(&format!("hard-{id}-means")));
    };
    add("inclusion");
    add("exclusion");
    if study.phases.iter().any(|phase| phase.known().is_some_and(|phase| phase != Phase::NotApplicable)) {
        add("phase");
    }
    if study.design.allocation.as_ref().is_some_and(|allocation| allocation.is(Allocation::Randomized)) {
        add("randomized");
    }
    if study.design.masking.as_ref().is_some_and(|masking| masking.known().is_some_and(|how| how != Masking::None)) {
        add("masking");
    }
    if study.arms.iter().any(|arm| arm.kind.as_ref().is_some_and(|kind| kind.is(ArmKind::PlaceboComparator))) {
        add("placebo");
    }
    if !study.arms.is_empty() {
        add("arm");
    }
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    // The vocabulary explains in English alone.
    for criterion in logic.criteria.iter().filter(|_| tongue == Tongue::English) {
        names_of(criterion, &mut names);
    }
    out.extend(names.into_iter().take(MOST));
    out.into_iter().map(|(term, meaning)| TermView { term, meaning }).collect()
}

fn names_of(criterion: &CriterionLogic, out: &mut BTreeMap<String, String>) {
    let terminology = Terminology::builtin();
    for entity in &criterion.entities {
        let Some(concept) = entity.concept.as_ref().and_then(|id| terminology.concept(id)) else { continue };
        let (name, lay) = (concept.name.to_string(), concept.lay_name.to_string());
        let plain = lay.to_lowercase();
        // "Pregnancy test: a pregnancy test" explains nothing.
        let says_the_same = plain.contains(&name.to_lowercase()) && plain.len() < name.len() + 12;
        if lay.is_empty() || says_the_same || name.to_lowercase().contains(plain.trim_end_matches('s')) {
            continue;
        }
        out.insert(capital(&name), lay);
    }
    for child in &criterion.children {
        names_of(child, out);
    }
}
