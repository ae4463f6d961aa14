//! Data files to a [`Terminology`].

use crate::concept::{Coding, Concept, ConceptId, Domain, Laboratory};
use crate::trie::Trie;
use crate::words::{WordKind, words};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;
use std::sync::OnceLock;

/// Why a data file could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// Which file.
    pub file: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for LoadError {}

/// A name as normalised words, and what it means.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub words: Vec<CompactString>,
    /// Set for abbreviations that count only in exactly this spelling.
    pub exact: Option<String>,
    pub concept: ConceptId,
}

/// An ordinal of a scale: its number and how it is written.
pub(crate) type Ordinal = (u8, Vec<String>);

/// All concepts, with their names, codes and is-a.
#[derive(Debug, Default)]
pub struct Terminology {
    /// By id, once all are loaded.
    concepts: Vec<Concept>,
    /// Where each id stands among the concepts.
    places: FxHashMap<ConceptId, u32>,
    /// For each concept its own place, and then those of all that it is a kind of.
    ancestors: Vec<Vec<u32>>,
    by_code: FxHashMap<(String, String), Vec<ConceptId>>,
    icd_ranges: Vec<(String, String, ConceptId)>,
    pub(crate) names: Vec<Name>,
    pub(crate) by_words: Trie,
    pub(crate) scales: Vec<(ConceptId, Vec<Ordinal>)>,
}

const FILES: [(&str, &str); 12] = [
    ("conditions_common.tsv", include_str!("../data/conditions_common.tsv")),
    ("conditions.tsv", include_str!("../data/conditions.tsv")),
    ("drugs_common.tsv", include_str!("../data/drugs_common.tsv")),
    ("drugs.tsv", include_str!("../data/drugs.tsv")),
    ("procedures_common.tsv", include_str!("../data/procedures_common.tsv")),
    ("procedures.tsv", include_str!("../data/procedures.tsv")),
    ("states.tsv", include_str!("../data/states.tsv")),
    ("observations.tsv", include_str!("../data/observations.tsv")),
    ("observations_common.tsv", include_str!("../data/observations_common.tsv")),
    ("drugbank.tsv", include_str!("../data/drugbank.tsv")),
    ("icd10cm.tsv", include_str!("../data/icd10cm.tsv")),
    ("scales.tsv", include_str!("../data/scales.tsv")),
];

impl Terminology {
    /// The vocabulary that is built in, loaded once.
    ///
    /// **Unknown**: a faulty row would be left out; the tests load every row strictly.
    pub fn builtin() -> &'static Terminology {
        static BUILTIN: OnceLock<Terminology> = OnceLock::new();
        BUILTIN.get_or_init(|| Terminology::load(&FILES).0)
    }

    /// Which built-in vocabulary it is: how many concepts, and a mark that changes with any byte of the data files.
    ///
    /// **Source**: the mark is FNV-1a (Fowler, Noll, Vo), 64 bits.
    pub fn version() -> &'static str {
        static VERSION: OnceLock<String> = OnceLock::new();
        VERSION.get_or_init(|| {
            let bytes = FILES.iter().flat_map(|(_, text)| text.bytes());
            let mark = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| {
                (mark ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            format!("{} concepts, {mark:016x}", Terminology::builtin().concepts.len())
        })
    }

    /// The built-in data files loaded anew, with every fault: what the checker looks at.
    pub fn load_builtin() -> (Terminology, Vec<LoadError>) {
        Terminology::load(&FILES)
    }

    /// Loads data files; faulty rows are left out and reported.
    pub fn load(files: &[(&str, &str)]) -> (Terminology, Vec<LoadError>) {
        let (mut terminology, mut errors) = (Terminology::default(), Vec::new());
        for (file, text) in files {
            let mut header: Vec<&str> = Vec::new();
            for (index, line) in text.lines().enumerate() {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let cells: Vec<&str> = line.split('\t').collect();
                if header.is_empty() {
                    header = cells;
                    continue;
                }
                let mut fail =
                    |reason: String| errors.push(LoadError { file: (*file).to_owned(), line: index + 1, reason });
                if cells.len() != header.len() {
                    fail(format!("{} columns instead of {}", cells.len(), header.len()));
                    continue;
                }
                let row: FxHashMap<&str, &str> =
                    header.iter().copied().zip(cells.iter().map(|cell| cell.trim())).collect();
                match terminology.add(&row) {
                    Ok(()) => {}
                    Err(reason) => fail(reason),
                }
            }
        }
        terminology.close(&mut errors);
        (terminology, errors)
    }

    fn add(&mut self, row: &FxHashMap<&str, &str>) -> Result<(), String> {
        let cell = |name: &str| row.get(name).copied().unwrap_or_default();
        let id = ConceptId::new(cell("id"));
        let prefix = id.as_str().split(':').next().unwrap_or_default().to_owned();
        let Some(domain) = id.domain() else { return Err(format!("the id `{id}` has no known prefix")) };
        if cell("source").is_empty() {
            return Err(format!("`{id}` has no source"));
        }
        if self.places.contains_key(&id) {
            return Err(format!("the id `{id}` stands twice"));
        }
        let list = |text: &str, by: char| -> Vec<String> {
            text.split(by).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
        };
        let synonyms = list(cell("synonyms"), '|');
        let mut codes = Vec::new();
        for code in list(cell("codes"), ' ') {
            let (system, code) = code.split_once(':').ok_or_else(|| format!("the code `{code}` has no system"))?;
            self.add_code(system, code, &id);
            codes.push(Coding { system: system.to_owned(), code: code.to_owned() });
        }
        let laboratory = (domain == Domain::Observation).then(|| Laboratory {
            unit: if cell("unit").is_empty() { "1".to_owned() } else { cell("unit").to_owned() },
            molar_mass: Some(cell("molar_mass").to_owned()).filter(|t| !t.is_empty()),
            plausible: Some((cell("plausible_low").to_owned(), cell("plausible_high").to_owned()))
                .filter(|(low, high)| !low.is_empty() && !high.is_empty()),
            stale_after_days: cell("stale_after_days").parse().ok(),
            question: cell("question").to_owned(),
        });
        if prefix == "scale" {
            let ordinals = list(cell("ordinals"), ' ')
                .iter()
                .filter_map(|entry| {
                    let (number, written) = entry.split_once('=')?;
                    Some((number.parse().ok()?, written.split('|').map(str::to_lowercase).collect()))
                })
                .collect();
            self.scales.push((id.clone(), ordinals));
        }
        let name = cell("name").to_owned();
        let lay_name = if cell("lay_name").is_empty() { name.clone() } else { cell("lay_name").to_owned() };
        for form in std::iter::once(name.as_str()).chain(synonyms.iter().map(String::as_str)) {
            self.add_name(form, &id);
        }
        let is_a = list(cell("is_a"), ' ').iter().map(|parent| ConceptId::new(parent)).collect();
        let concept = Concept {
            id: id.clone(),
            domain,
            name,
            lay_name,
            synonyms,
            codes,
            is_a,
            source: cell("source").to_owned(),
            laboratory,
        };
        self.places.insert(id, self.concepts.len() as u32);
        self.concepts.push(concept);
        Ok(())
    }

    fn add_code(&mut self, system: &str, code: &str, id: &ConceptId) {
        match (system, code.split_once('-')) {
            ("icd10", Some((from, to))) => self.icd_ranges.push((from.to_owned(), to.to_owned(), id.clone())),
            _ => self.by_code.entry((system.to_owned(), code.to_owned())).or_default().push(id.clone()),
        }
    }

    fn add_name(&mut self, form: &str, id: &ConceptId) {
        let (exact, form) = match form.strip_prefix('=') {
            Some(exact) => (Some(exact.to_owned()), exact),
            None => (None, form),
        };
        let norms: Vec<CompactString> = words(form)
            .into_iter()
            .filter(|w| !(w.kind == WordKind::Symbol && matches!(w.norm.as_str(), "-" | "'" | "’" | "," | "." | "+")))
            .map(|w| w.norm)
            .collect();
        let index = self.names.len() as u32;
        self.by_words.add(norms.iter().map(CompactString::as_str), index);
        self.names.push(Name { words: norms, exact, concept: id.clone() });
    }

    fn close(&mut self, errors: &mut Vec<LoadError>) {
        self.concepts.sort_by(|a, b| a.id.cmp(&b.id));
        for (place, concept) in self.concepts.iter().enumerate() {
            if let Some(known) = self.places.get_mut(&concept.id) {
                *known = place as u32;
            }
        }
        for (place, concept) in self.concepts.iter().enumerate() {
            let (mut seen, mut open) = (vec![place as u32], concept.is_a.clone());
            while let Some(id) = open.pop() {
                match self.places.get(&id) {
                    Some(parent) if !seen.contains(parent) => {
                        seen.push(*parent);
                        open.extend(
                            self.concepts.get(*parent as usize).into_iter().flat_map(|c| c.is_a.iter().cloned()),
                        );
                    }
                    Some(_) => {}
                    None => errors.push(LoadError {
                        file: "is_a".to_owned(),
                        line: 0,
                        reason: format!("`{}` is a `{id}`, which is not there", concept.id),
                    }),
                }
            }
            self.ancestors.push(seen);
        }
    }

    fn place(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
    }

    /// The concept with this id.
    pub fn concept(&self, id: &ConceptId) -> Option<&Concept> {
        self.concepts.get(self.place(id.as_str())? as usize)
    }

    /// The id with this text, if there is such a concept.
    pub fn id(&self, text: &str) -> Option<ConceptId> {
        self.places.get_key_value(text).map(|(id, _)| id.clone())
    }

    /// All concepts, by id.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.concepts.iter()
    }

    /// Whether the first is the second or one of its kind.
    pub fn is_a(&self, child: &ConceptId, ancestor: &ConceptId) -> bool {
        self.is_of_kind(child, ancestor.as_str())
    }

    /// The same with the ancestor's text.
    pub(crate) fn is_of_kind(&self, child: &ConceptId, ancestor: &str) -> bool {
        if child.as_str() == ancestor {
            return true;
        }
        let all = self.place(child.as_str()).and_then(|place| self.ancestors.get(place as usize));
        all.is_some_and(|all| all.len() > 1 && self.place(ancestor).is_some_and(|place| all.contains(&place)))
    }

    /// The concepts of which one of these is a kind; none of them is in it for being a kind of itself.
    pub fn generals<'a>(&'a self, ids: impl Iterator<Item = &'a ConceptId>) -> FxHashSet<&'a ConceptId> {
        let places = ids.filter_map(|id| self.place(id.as_str()));
        let above = places.filter_map(|place| self.ancestors.get(place as usize)).flat_map(|all| all.iter().skip(1));
        above.filter_map(|place| self.concepts.get(*place as usize)).map(|concept| &concept.id).collect()
    }

    /// The concepts that a code means, most specific first.
    ///
    /// **Shape**: `system` is a short name or the URL that FHIR uses; ICD-10 codes are also looked up by their stems and ranges.
    pub fn by_code(&self, system: &str, code: &str) -> Vec<ConceptId> {
        let system = system_name(system);
        let code = code.trim();
        let exact = |code: &str| self.by_code.get(&(system.to_owned(), code.to_owned()));
        if system != "icd10" {
            return exact(code).cloned().unwrap_or_default();
        }
        let mut stem = code.to_uppercase();
        while stem.len() >= 3 {
            if let Some(found) = exact(&stem) {
                return found.clone();
            }
            stem.pop();
            if stem.ends_with('.') {
                stem.pop();
            }
        }
        let category: String = code.to_uppercase().chars().take(3).collect();
        self.icd_ranges
            .iter()
            .filter(|(from, to, _)| from.as_str() <= category.as_str() && category.as_str() <= to.as_str())
            .map(|(_, _, id)| id.clone())
            .collect()
    }
}

/// The short name of a code system: FHIR's URL or name without version.
pub fn system_name(system: &str) -> &str {
    let lower = system.trim_end_matches('/');
    match lower.rsplit('/').next().unwrap_or(lower) {
        "loinc.org" | "loinc" => "loinc",
        "sct" => "snomed",
        "icd-10" | "icd-10-cm" | "icd10" | "icd10cm" | "ICD10" => "icd10",
        "icd-9-cm" | "icd9" => "icd9",
        "rxnorm" => "rxnorm",
        "cvx" => "cvx",
        "atc" => "atc",
        "ndc" => "ndc",
        "mesh" => "mesh",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_loads() {
        let (terminology, errors) = Terminology::load(&FILES);
        assert!(errors.is_empty(), "{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        for concept in terminology.concepts() {
            assert!(!concept.source.is_empty());
            if let Some(laboratory) = &concept.laboratory {
                assert!(!laboratory.question.is_empty(), "{} has no question", concept.id);
            }
            for parent in &concept.is_a {
                assert!(!terminology.is_a(parent, &concept.id), "{} and {parent} are each other's kind", concept.id);
            }
        }
    }

    #[test]
    fn loinc_codes_have_their_check_digit() {
        let (terminology, _) = Terminology::load(&FILES);
        for concept in terminology.concepts() {
            for coding in concept.codes.iter().filter(|coding| coding.system == "loinc") {
                let (digits, check) = coding.code.split_once('-').unwrap();
                let sum: u32 = digits
                    .chars()
                    .rev()
                    .enumerate()
                    .map(|(i, c)| {
                        let d = c.to_digit(10).unwrap();
                        if i % 2 == 0 {
                            let t = d * 2;
                            t / 10 + t % 10
                        } else {
                            d
                        }
                    })
                    .sum();
                assert_eq!((10 - sum % 10) % 10, check.parse::<u32>().unwrap(), "{} of {}", coding.code, concept.id);
            }
        }
    }

    #[test]
    fn icd_stems_and_ranges_lead_to_the_closest_concept() {
        let terminology = Terminology::builtin();
        let of = |code: &str| {
            terminology
                .by_code("http://hl7.org/fhir/sid/icd-10-cm", code)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert!(
            of("C34.11")
                .iter()
                .any(|id| terminology.is_a(&ConceptId::new(id), &ConceptId::new("condition:malignancy"))),
            "{:?}",
            of("C34.11")
        );
        assert!(of("ZZZ").is_empty());
    }
}
