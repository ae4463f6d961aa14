//! Hard words of a study's page, explained: terms of trials, and names in the criteria that people call otherwise.

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
pub fn of(study: &Study, logic: &StudyLogic) -> Vec<TermView> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |term: &str, meaning: &str| {
        out.entry(term.to_owned()).or_insert_with(|| meaning.to_owned());
    };
    add("Inclusion criteria", "points that must be so for a person to join");
    add("Exclusion criteria", "points that keep a person from joining");
    if study.phases.iter().any(|phase| phase.known().is_some_and(|phase| phase != Phase::NotApplicable)) {
        add("Phase", "a step of testing a treatment: 1 is the first in people, 4 comes after approval");
    }
    if study.design.allocation.as_ref().is_some_and(|allocation| allocation.is(Allocation::Randomized)) {
        add("Randomized", "chance decides who is in which group");
    }
    if study.design.masking.as_ref().is_some_and(|masking| masking.known().is_some_and(|how| how != Masking::None)) {
        add("Masking", "keeping secret who is given what, so that nobody judges with hope or fear");
    }
    if study.arms.iter().any(|arm| arm.kind.as_ref().is_some_and(|kind| kind.is(ArmKind::PlaceboComparator))) {
        add("Placebo", "something that looks like the treatment but has no drug in it");
    }
    if !study.arms.is_empty() {
        add("Arm", "a group of people in a study who are treated in the same way");
    }
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for criterion in &logic.criteria {
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

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
