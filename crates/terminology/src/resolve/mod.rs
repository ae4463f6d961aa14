//! What a registry's own lists name: conditions and interventions, each as a whole, to concepts.
//!
//! ```text
//! "Stage IIB Carcinoma of the Breast (invasive)" -> wordings of it, cheapest first -> the first that is a name -> Resolution
//! ```
//!
//! | written | found | confidence |
//! | --- | --- | --- |
//! | `Carcinoma, Renal Cell` | is renal cell carcinoma | certain |
//! | `Pembrolizumab 200 mg` | is pembrolizumab | certain |
//! | `Kidney Neoplasms` | is kidney cancer | likely |
//! | `Recurrent Mantle Cell Lymphoma` | a kind of mantle cell lymphoma | certain |
//! | `Arthritic Knee Pain` | a kind of pain | likely |
//! | `Conjunctival Squamous Malignancy` | a kind of what is very general: counted apart | likely |
//! | `Carboplatin + Pemetrexed` | all of two | certain |
//! | `Smoldering Stiff Skin Syndrome` | only its words | likely |
//!
//! Wordings are made by rules (`wordings`), with the phrases of `data/name_modifiers.tsv`. Nothing here reads criteria or decides
//! anything: what is found says which concept a listed name stands for, and how surely.

mod wordings;

use crate::concept::{ConceptId, Domain};
use crate::load::Terminology;
use crate::wording::{Role, role};
use crate::words::{WordKind, words};
use std::sync::OnceLock;
use wordings::{Form, as_written, is_stop_between, parts, wordings};

/// How surely a name stands for what it was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// It may stand for other things, too.
    Tentative,
    /// By a rule of wording that holds nearly always.
    Likely,
    /// It is a name of it, or differs only in order, spelling, salt or dose.
    Certain,
}

/// What a name is to the concepts found for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It names the concept.
    Is,
    /// It names a kind of the concept, or the concept at a time or in people of a kind.
    KindOf,
    /// It names several things, and these are all of them.
    AllOf,
    /// It names a kind of a concept so general that little is known by it ("a malignancy").
    KindOfBroad,
    /// It names several things, and these are some of them.
    SomeOf,
    /// It is no name of the vocabulary; its last word says what kind of thing it is.
    Words,
}

/// What a listed name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The concepts; one, but for names of several things and for names that stand for several.
    pub concepts: Vec<ConceptId>,
    /// What the name is to them.
    pub relation: Relation,
    /// How surely.
    pub confidence: Confidence,
}

impl Resolution {
    /// Whether it leads to concepts of the vocabulary, and not only some of them, only tentatively or only by words.
    pub fn is_resolved(&self) -> bool {
        self.confidence > Confidence::Tentative
            && matches!(self.relation, Relation::Is | Relation::KindOf | Relation::AllOf)
    }
}

/// Names that registries list and no criterion is read with ("Placebo", "Healthy Volunteers", "Questionnaires").
pub fn listed() -> &'static Terminology {
    static LISTED: OnceLock<Terminology> = OnceLock::new();
    LISTED.get_or_init(|| Terminology::load(&LISTED_FILES).0)
}

pub(crate) const LISTED_FILES: [(&str, &str); 2] = [
    ("listed.tsv", include_str!("../../data/listed.tsv")),
    ("listed_medicines.tsv", include_str!("../../data/listed_medicines.tsv")),
];

/// A concept with so many kinds says little of a name that is one of them.
const MANY_KINDS: usize = 100;

/// Wordings tried of one name.
const MOST_WORDINGS: usize = 96;

/// Letters of a name that is looked at, in bytes; longer ones are sentences.
const LONGEST_NAME_BYTES: usize = 200;

impl Terminology {
    /// What a name in a registry's list stands for; of several meanings those of the wanted kind are preferred.
    ///
    /// **Unknown**: `None` where no rule leads to a concept and no word says what kind of thing is named.
    pub fn resolve(&self, name: &str, wanted: Domain) -> Option<Resolution> {
        let name = name.trim();
        if name.is_empty() || name.len() > LONGEST_NAME_BYTES {
            return None;
        }
        let resolver = Resolver { terminology: self, wanted };
        let found = resolver.one(name);
        if found.as_ref().is_some_and(Resolution::is_resolved) {
            return found;
        }
        let several = resolver.several(name);
        if several.as_ref().is_some_and(Resolution::is_resolved) {
            return several;
        }
        let within = resolver.within(name);
        if within.as_ref().is_some_and(Resolution::is_resolved) {
            return within;
        }
        found.or(several).or(within).or_else(|| resolver.by_words(name))
    }
}

struct Resolver<'a> {
    terminology: &'a Terminology,
    wanted: Domain,
}

impl Resolver<'_> {
    /// The first wording that is a name as a whole.
    fn one(&self, name: &str) -> Option<Resolution> {
        // The name as written comes before its other wordings, and most names are known by it.
        let written = as_written(name);
        if let Some((found, true)) = self.by_form(&written) {
            return Some(found);
        }
        let mut tentative = None;
        for form in wordings(written, self.wanted, MOST_WORDINGS) {
            let Some((found, is_settled)) = self.by_form(&form) else { continue };
            if is_settled {
                return Some(found);
            }
            tentative.get_or_insert(found);
        }
        tentative
    }

    /// What a wording names as a whole, and whether no other one is wanted.
    fn by_form(&self, form: &Form) -> Option<(Resolution, bool)> {
        let (concepts, is_sure) = self.whole(&form.text)?;
        if form.must_fit && !concepts.iter().all(|id| self.fits(id)) {
            return None;
        }
        let confidence = if is_sure { form.confidence } else { Confidence::Tentative };
        let relation = self.narrowed(form.relation, &concepts);
        Some((Resolution { concepts, relation, confidence }, is_sure && relation != Relation::KindOfBroad))
    }

    /// The concepts that a text names as a whole, and whether they are one thing.
    fn whole(&self, text: &str) -> Option<(Vec<ConceptId>, bool)> {
        let mut found = self.terminology.named_whole(text);
        if found.is_empty() {
            found = listed().named_whole(text);
        }
        let fits: Vec<ConceptId> = found.iter().filter(|id| self.fits(id)).cloned().collect();
        if !fits.is_empty() {
            found = fits;
        }
        // Of a concept and its kinds the kinds are meant.
        let special: Vec<ConceptId> = found
            .iter()
            .filter(|id| !found.iter().any(|other| other != *id && self.terminology.is_a(other, id)))
            .cloned()
            .collect();
        match special.len() {
            0 => None,
            n => Some((special, n == 1)),
        }
    }

    /// A kind of what is very general is told apart.
    fn narrowed(&self, relation: Relation, concepts: &[ConceptId]) -> Relation {
        let broad = |id: &ConceptId| self.terminology.n_kinds(id) >= MANY_KINDS || says_little(id.as_str());
        if relation == Relation::KindOf && concepts.iter().any(broad) { Relation::KindOfBroad } else { relation }
    }

    fn fits(&self, id: &ConceptId) -> bool {
        match (self.wanted, id.domain()) {
            (Domain::Condition, Some(Domain::Condition | Domain::State)) => true,
            (wanted, of) => of == Some(wanted),
        }
    }

    /// A name of several things, each resolved by itself.
    fn several(&self, name: &str) -> Option<Resolution> {
        let parts = parts(name);
        if parts.len() < 2 {
            return None;
        }
        let (mut concepts, mut confidence, mut n_found) = (Vec::new(), Confidence::Certain, 0);
        for part in &parts {
            let found = self.one(part).or_else(|| self.within(part)).filter(Resolution::is_resolved);
            let Some(found) = found else { continue };
            n_found += 1;
            confidence = confidence.min(found.confidence);
            for concept in found.concepts {
                if !concepts.contains(&concept) {
                    concepts.push(concept);
                }
            }
        }
        let relation = if n_found == parts.len() { Relation::AllOf } else { Relation::SomeOf };
        (n_found > 0).then_some(Resolution { concepts, relation, confidence })
    }

    /// A name that narrows one at its end ("knee pain"), or at its beginning with a turn of phrase behind it ("pain after
    /// surgery"); of medicines also one with other words behind it ("rituximab biosimilar X").
    fn within(&self, name: &str) -> Option<Resolution> {
        let mut broad = None;
        for form in wordings(as_written(name), self.wanted, MOST_WORDINGS) {
            match self.within_form(&form) {
                Some(found) if found.is_resolved() => return Some(found),
                Some(found) => {
                    broad.get_or_insert(found);
                }
                None => {}
            }
        }
        broad
    }

    fn within_form(&self, form: &Form) -> Option<Resolution> {
        let text = form.text.as_str();
        let all = words(text);
        let mentions = self.terminology.mentions_in(text, &all);
        let listed = listed().mentions_in(text, &all);
        let usable = |mention: &&crate::Mention| {
            !mention.negated
                && !mention.hypothetical
                && (self.fits(&mention.concept) || self.wanted == Domain::Observation)
        };
        let kept: Vec<&crate::Mention> = mentions.iter().chain(&listed).filter(usable).collect();
        let last = all.len();
        let is_plain = |from: usize, to: usize| {
            all.get(from..to).unwrap_or_default().iter().all(|word| {
                !is_stop_between(&word.norm) && (word.kind == WordKind::Letters || is_joint(&word.norm))
                    || word.kind == WordKind::Number
            })
        };
        let at_end = kept.iter().filter(|mention| mention.words.end == last && is_plain(0, mention.words.start));
        let at_start = kept.iter().filter(|mention| {
            mention.words.start == 0
                && match all.get(mention.words.end) {
                    Some(next) if wordings::introduces_more(&next.norm) => true,
                    Some(next) => {
                        self.wanted == Domain::Drug && is_plain(mention.words.end, last) && !opposes(&next.norm)
                            || (mention.words.end + 1 == last && role(&next.norm) == Some(Role::Aspect))
                    }
                    None => false,
                }
        });
        let mut chosen: Vec<&&crate::Mention> = at_end.collect();
        if chosen.is_empty() {
            chosen = at_start.collect();
        }
        // The longest name; of equally long ones the built-in vocabulary's, which come first.
        let longest = chosen.iter().map(|mention| mention.words.len()).max()?;
        let built_in = chosen.iter().any(|mention| mention.words.len() == longest && self.is_built_in(mention));
        let mut found: Vec<ConceptId> = chosen
            .iter()
            .filter(|mention| mention.words.len() == longest && (!built_in || self.is_built_in(mention)))
            .map(|mention| mention.concept.clone())
            .collect();
        found.dedup();
        let confidence = if found.len() == 1 { form.confidence.min(Confidence::Likely) } else { Confidence::Tentative };
        Some(Resolution { relation: self.narrowed(Relation::KindOf, &found), concepts: found, confidence })
    }

    fn is_built_in(&self, mention: &crate::Mention) -> bool {
        self.terminology.concept(&mention.concept).is_some()
    }

    /// A name whose last word says what kind of thing it is.
    fn by_words(&self, name: &str) -> Option<Resolution> {
        wordings(as_written(name), self.wanted, 4).iter().find_map(|form| {
            let all = words(&form.text);
            let Some(Role::Head(domain, general)) = role(&all.last()?.norm) else { return None };
            let letters: Vec<&str> =
                all.iter().filter(|word| word.kind != WordKind::Symbol).map(|word| word.norm.as_str()).collect();
            if general && letters.len() < 2 {
                return None;
            }
            let prefix = domain.as_str();
            Some(Resolution {
                concepts: vec![ConceptId::written(prefix, &letters.join(" "))],
                relation: Relation::Words,
                confidence: Confidence::Likely,
            })
        })
    }
}

/// Concepts so general that a kind of them says nothing.
fn says_little(id: &str) -> bool {
    matches!(
        id,
        "class:medicine"
            | "condition:disease"
            | "condition:malignancy"
            | "condition:carcinoma"
            | "procedure:device"
            | "procedure:operation"
            | "condition:infection"
    )
}

/// Words behind a medicine's name that say it is not given.
fn opposes(norm: &str) -> bool {
    matches!(
        norm,
        "placebo" | "sham" | "control" | "free" | "withdrawal" | "discontinuation" | "resistance" | "antagonist"
    )
}

fn is_joint(norm: &str) -> bool {
    matches!(norm, "-" | "'" | "’" | "‐" | "‑" | "–")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, wanted: Domain) -> (String, Option<Relation>, Option<Confidence>) {
        let found = Terminology::builtin().resolve(name, wanted);
        let ids: Vec<String> = found.iter().flat_map(|found| &found.concepts).map(ToString::to_string).collect();
        (ids.join(" "), found.as_ref().map(|found| found.relation), found.map(|found| found.confidence))
    }

    fn check(wanted: Domain, cases: &[(&str, &str, Relation, Confidence)]) {
        for (name, ids, relation, confidence) in cases {
            assert_eq!(found(name, wanted), ((*ids).to_owned(), Some(*relation), Some(*confidence)), "{name}");
        }
    }

    #[test]
    fn conditions_in_every_order_and_spelling() {
        use {Confidence::*, Relation::*};
        check(
            Domain::Condition,
            &[
                ("Type 2 Diabetes Mellitus", "condition:type_2_diabetes", Is, Certain),
                ("Diabetes Mellitus, Type 2", "condition:type_2_diabetes", Is, Certain),
                ("Leukemia, Myeloid, Acute", "condition:acute_myeloid_leukemia", Is, Certain),
                ("Breast Cancer (Female)", "condition:breast_cancer", Is, Certain),
                ("Kidney Neoplasms", "condition:kidney_cancer", Is, Likely),
                ("Cancer of the Pancreas", "condition:pancreatic_cancer", Is, Likely),
                ("Huntington Disease", "condition:icd_g10", Is, Certain),
            ],
        );
    }

    #[test]
    fn what_narrows_makes_a_kind() {
        use {Confidence::*, Relation::*};
        check(
            Domain::Condition,
            &[
                ("Stage IIIB Breast Cancer AJCC v8", "condition:breast_cancer", KindOf, Certain),
                ("Recurrent Mantle Cell Lymphoma", "condition:mantle_cell_lymphoma", KindOf, Certain),
                ("Arthritic Knee Pain", "condition:pain", KindOf, Likely),
                ("Esophageal Squamous Cell Carcinoma", "condition:esophageal_cancer", KindOf, Likely),
            ],
        );
        for name in ["Stiff Heel Disease", "Cancer of the Wandering Gland"] {
            let (_, relation, _) = found(name, Domain::Condition);
            assert!(matches!(relation, Some(Relation::KindOfBroad | Relation::Words)), "{name}: {relation:?}");
        }
    }

    #[test]
    fn medicines_without_dose_salt_and_form() {
        use {Confidence::*, Relation::*};
        check(
            Domain::Drug,
            &[
                ("Metformin Hydrochloride 500 mg Tablets", "drug:metformin", Is, Certain),
                ("Pembrolizumab 200 mg", "drug:pembrolizumab", Is, Certain),
                ("Carboplatin + Pemetrexed", "drug:carboplatin drug:pemetrexed", AllOf, Certain),
                ("cisplatin plus QX-9999", "drug:cisplatin", SomeOf, Certain),
                ("Matching placebo tablets", "drug:placebo", Is, Certain),
            ],
        );
        assert_eq!(found("QX-9999", Domain::Drug).1, None);
    }

    #[test]
    fn what_is_no_naming_of_a_thing_is_not_resolved() {
        for (name, wanted) in [
            ("Group 3", Domain::Drug),
            ("Usefulness of the wandering clinic", Domain::Procedure),
            ("", Domain::Condition),
            ("non-asthma", Domain::Condition),
            ("Risk of stroke", Domain::Condition),
            ("Prevention of wandering", Domain::Condition),
            ("Lung Transplant Infection", Domain::Condition),
        ] {
            let found = Terminology::builtin().resolve(name, wanted);
            assert!(!found.as_ref().is_some_and(Resolution::is_resolved), "{name}: {found:?}");
        }
    }

    #[test]
    fn the_listed_names_are_in_order() {
        let (listed, errors) = Terminology::load(&LISTED_FILES);
        assert!(errors.is_empty(), "{errors:?}");
        for concept in listed.concepts() {
            assert!(!concept.source.is_empty() && !concept.name.is_empty(), "{}", concept.id);
        }
        for (number, line) in include_str!("../../data/name_modifiers.tsv").lines().enumerate().skip(1) {
            assert_eq!(line.split('\t').filter(|cell| !cell.is_empty()).count(), 3, "line {}", number + 1);
        }
    }
}
