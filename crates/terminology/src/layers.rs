//! Other vocabularies beside the built-in one: what their codes and names are in it.
//!
//! ```text
//! codes, names, relations of a layer -> Linker -> code: built-in concepts that it is, or is a kind of
//! what a record's codes and names are -> Overlay -> Layered = Terminology + Overlay, which reads the record
//! ```
//!
//! A layer makes no concepts: what it knows leads to the nearest built-in ones, and what is special about a code stays
//! unknown, as it would with an imprecise entry. Its names speak only where they are the whole of a record's name; criteria
//! are read with the built-in vocabulary alone.

use crate::concept::{ConceptId, Domain};
use crate::load::{Terminology, system_name};
use crate::words::{WordKind, words};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

/// Letters that a name has at least, to stand for one thing.
const FEWEST_LETTERS: usize = 5;

/// Code systems whose names are made of those of their ingredients.
const OF_INGREDIENTS: [&str; 2] = ["rxnorm", "ndc"];

/// A name as it is looked up.
///
/// **Unknown**: `None` for a name that is too short, or is an abbreviation, and may stand for several things.
pub fn name_key(name: &str) -> Option<String> {
    let n_letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_abbreviation = !name.chars().any(char::is_lowercase) && !name.contains(' ');
    if n_letters < FEWEST_LETTERS || is_abbreviation {
        return None;
    }
    let norms: Vec<String> = words(name)
        .into_iter()
        .filter(|word| !(word.kind == WordKind::Symbol && matches!(word.norm.as_str(), "-" | "'" | "’" | "," | ".")))
        .map(|word| word.norm.to_string())
        .collect();
    Some(norms.join(" "))
}

/// What the codes and names of one record are in the built-in vocabulary, as other vocabularies say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    by_code: BTreeMap<String, Vec<ConceptId>>,
    by_name: BTreeMap<String, Vec<ConceptId>>,
}

impl Overlay {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.by_code.is_empty() && self.by_name.is_empty()
    }

    /// Says what a code (`system:code`) is.
    pub fn add_code(&mut self, code: &str, concept: ConceptId) {
        let known = self.by_code.entry(code.to_owned()).or_default();
        if !known.contains(&concept) {
            known.push(concept);
        }
    }

    /// Says what a name is, by its key ([`name_key`]).
    pub fn add_name(&mut self, key: &str, concept: ConceptId) {
        let known = self.by_name.entry(key.to_owned()).or_default();
        if !known.contains(&concept) {
            known.push(concept);
        }
    }
}

/// The built-in vocabulary, and what others say of the codes and names that it lacks.
#[derive(Clone, Copy, Debug)]
pub struct Layered<'a> {
    terminology: &'a Terminology,
    overlay: Option<&'a Overlay>,
}

impl<'a> Layered<'a> {
    /// The built-in vocabulary alone.
    pub fn plain(terminology: &'a Terminology) -> Self {
        Self { terminology, overlay: None }
    }

    /// Both; concepts that the built-in vocabulary has not are left out.
    pub fn with(terminology: &'a Terminology, overlay: &'a Overlay) -> Self {
        Self { terminology, overlay: Some(overlay) }
    }

    /// The concepts that a code means: the built-in vocabulary's, else the others'.
    pub fn by_code(&self, system: &str, code: &str) -> Vec<ConceptId> {
        let own = self.terminology.by_code(system, code);
        match self.overlay {
            Some(overlay) if own.is_empty() => {
                self.known(overlay.by_code.get(&format!("{}:{}", system_name(system), code.trim())))
            }
            _ => own,
        }
    }

    /// The concepts that a name as a whole means, as the other vocabularies say.
    pub fn by_name(&self, name: &str) -> Vec<ConceptId> {
        let Some(overlay) = self.overlay else { return Vec::new() };
        self.known(name_key(name).and_then(|key| overlay.by_name.get(&key)))
    }

    fn known(&self, ids: Option<&Vec<ConceptId>>) -> Vec<ConceptId> {
        ids.into_iter().flatten().filter(|id| self.terminology.concept(id).is_some()).cloned().collect()
    }
}

impl Deref for Layered<'_> {
    type Target = Terminology;

    fn deref(&self) -> &Terminology {
        self.terminology
    }
}

impl Terminology {
    /// The concepts of which a name, as a whole, is a name; MeSH's "Nephritis, Lupus" is read as "Lupus Nephritis", too.
    pub fn named_whole(&self, name: &str) -> Vec<ConceptId> {
        let whole = |name: &str| -> Vec<ConceptId> {
            let n = name.trim_end().len();
            self.mentions(name)
                .into_iter()
                .filter(|mention| mention.range == (0..n) && !mention.negated && !mention.hypothetical)
                .map(|mention| mention.concept)
                .collect()
        };
        let found = whole(name);
        match name.split_once(", ") {
            Some((last, first)) if found.is_empty() && !first.contains(',') => whole(&format!("{first} {last}")),
            _ => found,
        }
    }

    /// What tells this vocabulary from another: links that were made with it hold as long as it stays the same.
    pub fn fingerprint(&self) -> String {
        // FNV-1a, the same on every machine.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |text: &str| {
            for byte in text.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        let mut n = 0;
        for concept in self.concepts() {
            n += 1;
            add(concept.id.as_str());
            add(&concept.name);
            concept.synonyms.iter().for_each(|name| add(name));
            concept.codes.iter().for_each(|coding| add(&coding.code));
            concept.is_a.iter().for_each(|parent| add(parent.as_str()));
        }
        format!("{n}-{hash:016x}")
    }
}

/// Finds what the codes of a layer are in the built-in vocabulary.
///
/// A code is what the built-in vocabulary says of it, else what its name says, else what all others of its group are, else a
/// kind of what the codes above it are.
pub struct Linker<'a> {
    terminology: &'a Terminology,
    direct: BTreeMap<String, Vec<ConceptId>>,
    above: BTreeMap<String, Vec<String>>,
    groups: BTreeMap<String, Vec<String>>,
}

/// Whether a thing of this kind can be a concept of that.
fn fits(domain: Option<Domain>, concept: &ConceptId) -> bool {
    match (domain, concept.domain()) {
        (None, _) => true,
        (Some(Domain::Condition), Some(Domain::Condition | Domain::State)) => true,
        (Some(domain), of) => Some(domain) == of,
    }
}

impl<'a> Linker<'a> {
    /// A linker to this vocabulary.
    pub fn new(terminology: &'a Terminology) -> Self {
        Self { terminology, direct: BTreeMap::new(), above: BTreeMap::new(), groups: BTreeMap::new() }
    }

    /// A code with the name that stands for it and its others; `domain` is absent where the layer does not tell.
    pub fn code(&mut self, code: &str, domain: Option<Domain>, name: &str, others: &[String]) {
        let (system, number) = code.split_once(':').unwrap_or(("", code));
        let mut found = self.terminology.by_code(system, number);
        // What is measured is told by the axes of a code, not by its name alone.
        if found.is_empty() && domain != Some(Domain::Observation) {
            found = self.by_names(system, domain, name, others);
        }
        if !found.is_empty() {
            self.direct.insert(code.to_owned(), self.most_special(found));
        }
    }

    fn by_names(&self, system: &str, domain: Option<Domain>, name: &str, others: &[String]) -> Vec<ConceptId> {
        let of = |name: &str| -> Vec<ConceptId> {
            if name_key(name).is_none() {
                return Vec::new();
            }
            self.terminology.named_whole(name).into_iter().filter(|id| fits(domain, id)).collect()
        };
        let standing = of(name);
        if !standing.is_empty() {
            return standing;
        }
        let mut sets: BTreeSet<Vec<ConceptId>> =
            others.iter().map(|name| of(name)).filter(|ids| !ids.is_empty()).collect();
        match (sets.pop_first(), sets.is_empty()) {
            (Some(only), true) => return only,
            // Names that lead apart lead nowhere.
            (Some(_), false) => return Vec::new(),
            (None, _) => {}
        }
        if domain != Some(Domain::Drug) || !OF_INGREDIENTS.contains(&system) {
            return Vec::new();
        }
        let mentions = self.terminology.mentions(name).into_iter();
        mentions
            .filter(|mention| !mention.negated && !mention.hypothetical && fits(domain, &mention.concept))
            .map(|mention| mention.concept)
            .collect()
    }

    /// A code is one of a kind of another.
    pub fn is_a(&mut self, code: &str, parent: &str) {
        self.above.entry(code.to_owned()).or_default().push(parent.to_owned());
    }

    /// A code measures the same as all others of its group.
    pub fn alike(&mut self, code: &str, group: &str) {
        self.groups.entry(group.to_owned()).or_default().push(code.to_owned());
    }

    /// The codes with the concepts that they are, or are kinds of; the rest has none.
    pub fn links(mut self) -> BTreeMap<String, Vec<ConceptId>> {
        let mut done = std::mem::take(&mut self.direct);
        for members in std::mem::take(&mut self.groups).into_values() {
            let mut sets: BTreeSet<&Vec<ConceptId>> = members.iter().filter_map(|member| done.get(member)).collect();
            let (Some(only), true) = (sets.pop_first().cloned(), sets.is_empty()) else { continue };
            for member in members {
                done.entry(member).or_insert_with(|| only.clone());
            }
        }
        let above = std::mem::take(&mut self.above);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for start in above.keys() {
            // A code is settled once all above it are; one that is met again on the way is a circle, and is passed over.
            let mut open = vec![(start.as_str(), false)];
            while let Some((code, are_parents_done)) = open.pop() {
                let parents = above.get(code).map(Vec::as_slice).unwrap_or_default();
                if are_parents_done {
                    let found = parents.iter().filter_map(|parent| done.get(parent)).flatten().cloned().collect();
                    let found = self.most_special(found);
                    if !found.is_empty() {
                        done.insert(code.to_owned(), found);
                    }
                } else if !done.contains_key(code) && seen.insert(code) {
                    open.push((code, true));
                    open.extend(parents.iter().map(|parent| (parent.as_str(), false)));
                }
            }
        }
        done
    }

    fn most_special(&self, mut ids: Vec<ConceptId>) -> Vec<ConceptId> {
        ids.sort();
        ids.dedup();
        let all = ids.clone();
        ids.retain(|id| !all.iter().any(|other| other != id && self.terminology.is_a(other, id)));
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(found: &[ConceptId]) -> Vec<&str> {
        found.iter().map(ConceptId::as_str).collect()
    }

    #[test]
    fn keys_are_of_whole_names_and_of_no_abbreviation() {
        assert_eq!(name_key("Lupus  Nephritis"), Some("lupus nephritis".to_owned()));
        assert_eq!(name_key("Nephritides"), name_key("nephritides"));
        for short in ["MS", "SLE", "Cold", "ADPKD", ""] {
            assert_eq!(name_key(short), None, "{short}");
        }
    }

    #[test]
    fn a_code_is_what_its_name_says_or_a_kind_of_what_lies_above() {
        let mut linker = Linker::new(Terminology::builtin());
        let condition = Some(Domain::Condition);
        linker.code("snomed:1", condition, "SLE glomerulonephritis syndrome", &["Lupus nephritis".to_owned()]);
        linker.code("snomed:2", condition, "Something of the fourth class", &[]);
        linker.code("snomed:3", condition, "Metformin", &[]);
        linker.code("snomed:4", condition, "Round about", &[]);
        linker.code(
            "snomed:5",
            condition,
            "Somewhere",
            &["Asthma".to_owned(), "Gout disease".to_owned(), "Psoriasis".to_owned()],
        );
        linker.code("mesh:D1", None, "Nephritis, Lupus", &[]);
        linker.code("rxnorm:1", Some(Domain::Drug), "metformin hydrochloride 500 MG Oral Tablet", &[]);
        linker.is_a("snomed:2", "snomed:1");
        linker.is_a("snomed:4", "snomed:6");
        linker.is_a("snomed:6", "snomed:4");
        let links = linker.links();
        let of = |code: &str| links.get(code).map(|found| ids(found)).unwrap_or_default();
        assert_eq!(of("snomed:1"), ["condition:lupus_nephritis"]);
        assert_eq!(of("snomed:2"), ["condition:lupus_nephritis"]);
        assert_eq!(of("mesh:D1"), ["condition:lupus_nephritis"]);
        assert_eq!(of("rxnorm:1"), ["drug:metformin"]);
        for code in ["snomed:3", "snomed:4", "snomed:5", "snomed:6"] {
            assert!(of(code).is_empty(), "{code}");
        }
    }

    #[test]
    fn codes_of_one_group_measure_what_the_known_one_does() {
        let mut linker = Linker::new(Terminology::builtin());
        for code in ["loinc:2160-0", "loinc:14682-9", "loinc:2161-8"] {
            linker.code(code, Some(Domain::Observation), "creatinine", &[]);
        }
        linker.alike("loinc:2160-0", "serum");
        linker.alike("loinc:99999-9", "serum");
        linker.alike("loinc:88888-8", "urine");
        let links = linker.links();
        assert_eq!(links.get("loinc:99999-9").map(|found| ids(found)), Some(vec!["lab:creatinine"]));
        assert_eq!(links.get("loinc:88888-8"), None);
    }

    #[test]
    fn the_built_in_vocabulary_goes_first() {
        let mut overlay = Overlay::default();
        overlay.add_code("snomed:1", ConceptId::new("condition:gout"));
        overlay.add_code("icd10:M32.14", ConceptId::new("condition:gout"));
        overlay.add_code("snomed:2", ConceptId::new("condition:not_there"));
        overlay.add_name("gouty something", ConceptId::new("condition:gout"));
        let layered = Layered::with(Terminology::builtin(), &overlay);
        assert_eq!(ids(&layered.by_code("http://snomed.info/sct", "1")), ["condition:gout"]);
        assert_eq!(ids(&layered.by_code("icd10", "M32.14")), ["condition:lupus_nephritis"]);
        assert!(layered.by_code("snomed", "2").is_empty());
        assert_eq!(ids(&layered.by_name("Gouty  something")), ["condition:gout"]);
        assert!(Layered::plain(Terminology::builtin()).by_name("Gouty something").is_empty());
        let builtin = Terminology::builtin();
        assert_eq!(builtin.fingerprint(), Terminology::load_builtin().0.fingerprint());
    }
}
