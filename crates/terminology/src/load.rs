//! The vocabulary: tables made by the build, and the rows that they lead to.
//!
//! ```text
//! data/*.tsv -> build.rs -> vocabulary.bin, read in place -- id, code, name -> number of a concept
//!            \-> the rows themselves, in the program ------ number -> Concept, read from its row when it is first asked for
//! ```

use crate::compile::{Row, Tables, compile, header, slot_of};
use crate::concept::{Coding, Concept, ConceptId, Domain, Laboratory};
use crate::files::FILES;
use crate::numbers::{list_at, number, row};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

pub use crate::compile::LoadError;

/// A name as it is looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    /// Its normalised words, single spaces between them.
    pub words: &'a str,
    /// Set for abbreviations that count only in exactly this spelling.
    pub exact: Option<&'a str>,
    /// The number of the concept that has it.
    pub concept: u32,
}

/// An ordinal of a scale: its number and how it is written.
pub(crate) type Ordinal = (u8, Vec<String>);

/// All concepts, with their names, codes and is-a.
#[derive(Default)]
pub struct Terminology {
    files: Vec<Cow<'static, str>>,
    pub(crate) tables: Tables,
    /// By number, which is the order of ids.
    ids: Vec<ConceptId>,
    concepts: Vec<OnceLock<Box<Concept>>>,
    pub(crate) scales: Vec<(ConceptId, Vec<Ordinal>)>,
}

impl fmt::Debug for Terminology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terminology").field("n_concepts", &self.ids.len()).finish_non_exhaustive()
    }
}

/// The tables of the built-in files, as the build wrote them.
const BUILT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary.bin"));

impl Terminology {
    /// The vocabulary that is built in.
    ///
    /// **Unknown**: a faulty row would be left out; the tests load every row strictly.
    pub fn builtin() -> &'static Terminology {
        static BUILTIN: OnceLock<Terminology> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let files = FILES.iter().map(|(_, text)| Cow::Borrowed(*text)).collect();
            let tables = Tables::read(BUILT);
            let id = |[file, start, end]: [u32; 3]| {
                let (_, text) = FILES.get(file as usize)?;
                text.get(start as usize..end as usize).map(first_cell)
            };
            let n = tables.rows.len() / 3;
            let texts = (0..n).filter_map(|at| id(row(&tables.rows, at)));
            let ids = texts.zip(0..).map(|(text, number)| ConceptId::built(text, number)).collect();
            Terminology::new(files, tables, ids)
        })
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
        let (tables, errors) = compile(files);
        let id = |[file, start, end]: [u32; 3]| {
            let (_, text) = files.get(file as usize)?;
            Some(ConceptId::new(first_cell(text.get(start as usize..end as usize)?)))
        };
        let ids = (0..tables.rows.len() / 3).filter_map(|at| id(row(&tables.rows, at))).collect();
        let files = files.iter().map(|(_, text)| Cow::Owned((*text).to_owned())).collect();
        (Terminology::new(files, tables, ids), errors)
    }

    fn new(files: Vec<Cow<'static, str>>, tables: Tables, ids: Vec<ConceptId>) -> Terminology {
        let mut concepts = Vec::new();
        concepts.resize_with(ids.len(), OnceLock::new);
        let mut made = Terminology { files, tables, ids, concepts, scales: Vec::new() };
        let first = made.ids.partition_point(|id| id.as_str() < "scale:");
        let scales = made.ids.iter().enumerate().skip(first).take_while(|(_, id)| id.as_str().starts_with("scale:"));
        made.scales = scales.map(|(place, id)| (id.clone(), ordinals(made.row(place as u32)))).collect();
        made
    }

    /// The row of a concept.
    fn row(&self, place: u32) -> Row<'_> {
        let [file, start, end] = row(&self.tables.rows, place as usize);
        let text = self.files.get(file as usize).map_or("", |text| text.as_ref());
        Row::new(header(text), text.get(start as usize..end as usize).unwrap_or_default())
    }

    /// A part of a data file.
    fn written(&self, [file, start, end]: [u32; 3]) -> &str {
        self.files.get(file as usize).and_then(|text| text.get(start as usize..end as usize)).unwrap_or_default()
    }

    /// The name with this number.
    pub(crate) fn name(&self, index: u32) -> Name<'_> {
        let [concept, start, end, begins, ends] = row(&self.tables.names, index as usize);
        let [file, ..] = row::<3>(&self.tables.rows, concept as usize);
        Name {
            words: self.tables.words.get(begins as usize..ends as usize).unwrap_or_default(),
            exact: (end > start).then(|| self.written([file, start, end])),
            concept,
        }
    }

    /// The number of the concept with this id.
    fn place(&self, id: &str) -> Option<u32> {
        let slots: &[[u8; 4]] = &self.tables.slots;
        let mut at = slot_of(id, slots.len());
        loop {
            let place = number(slots, at).checked_sub(1)?;
            if self.ids.get(place as usize)?.as_str() == id {
                return Some(place);
            }
            at = (at + 1) & (slots.len() - 1);
        }
    }

    /// The same for an id: one of the built-in vocabulary knows its number, unless this is another one.
    fn place_of(&self, id: &ConceptId) -> Option<u32> {
        let known =
            |at: &u32| self.ids.get(*at as usize).is_some_and(|known| std::ptr::eq(known.as_str(), id.as_str()));
        id.number().filter(known).or_else(|| self.place(id.as_str()))
    }

    fn at(&self, place: u32) -> Option<&Concept> {
        let (concept, id) = (self.concepts.get(place as usize)?, self.ids.get(place as usize)?);
        Some(concept.get_or_init(|| Box::new(self.read(id, self.row(place)))))
    }

    /// A concept as its row says.
    fn read(&self, id: &ConceptId, row: Row<'_>) -> Concept {
        let cell = |name: &str| row.cell(name).to_owned();
        let or = |name: &str, other: &str| Some(cell(name)).filter(|text| !text.is_empty()).unwrap_or(other.to_owned());
        let domain = id.domain().unwrap_or(Domain::Condition);
        let laboratory = (domain == Domain::Observation).then(|| Laboratory {
            unit: or("unit", "1"),
            molar_mass: Some(cell("molar_mass")).filter(|text| !text.is_empty()),
            plausible: Some((cell("plausible_low"), cell("plausible_high")))
                .filter(|(low, high)| !low.is_empty() && !high.is_empty()),
            stale_after_days: row.cell("stale_after_days").parse().ok(),
            question: cell("question"),
        });
        Concept {
            id: id.clone(),
            domain,
            name: cell("name"),
            lay_name: or("lay_name", row.cell("name")),
            synonyms: row.list("synonyms", '|').map(str::to_owned).collect(),
            codes: row
                .codes()
                .map(|(system, code)| Coding { system: system.to_owned(), code: code.to_owned() })
                .collect(),
            is_a: row.list("is_a", ' ').map(|id| self.id(id).unwrap_or_else(|| ConceptId::new(id))).collect(),
            source: cell("source"),
            laboratory,
        }
    }

    /// The concept with this id.
    pub fn concept(&self, id: &ConceptId) -> Option<&Concept> {
        self.at(self.place_of(id)?)
    }

    /// Whether there is a concept with this id.
    pub fn has(&self, id: &ConceptId) -> bool {
        self.place_of(id).is_some()
    }

    /// The id with this text, if there is such a concept.
    pub fn id(&self, text: &str) -> Option<ConceptId> {
        self.ids.get(self.place(text)? as usize).cloned()
    }

    /// The id of the concept with this number.
    pub(crate) fn id_at(&self, place: u32) -> Option<&ConceptId> {
        self.ids.get(place as usize)
    }

    /// All concepts, by id.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        (0..self.ids.len()).filter_map(|place| self.at(place as u32))
    }

    /// Whether the first is the second or one of its kind.
    pub fn is_a(&self, child: &ConceptId, ancestor: &ConceptId) -> bool {
        // Most pairs that are asked about are a disease and a medicine, say: neither is looked up.
        if let (Some(of_child), Some(of_ancestor)) = (child.domain(), ancestor.domain())
            && of_child != of_ancestor
            && of_ancestor != Domain::State
        {
            return false;
        }
        if child == ancestor {
            return true;
        }
        let Some(kinds) = self.place_of(child).map(|place| self.kinds(place)) else { return false };
        kinds.len() > 1 && self.place_of(ancestor).is_some_and(|above| kinds.contains(&above.to_le_bytes()))
    }

    /// The same with the ancestor's text.
    pub(crate) fn is_of_kind(&self, child: &ConceptId, ancestor: &str) -> bool {
        if child.as_str() == ancestor {
            return true;
        }
        let Some(kinds) = self.place(child.as_str()).map(|place| self.kinds(place)) else { return false };
        let of = |ancestor: u32| kinds.contains(&ancestor.to_le_bytes());
        kinds.len() > 1 && self.place(ancestor).is_some_and(of)
    }

    /// How many concepts are kinds of this one; for what is asked once in a while, since it looks at all.
    pub(crate) fn n_kinds(&self, id: &ConceptId) -> usize {
        let Some(place) = self.place_of(id).map(u32::to_le_bytes) else { return 0 };
        (0..self.ids.len() as u32)
            .filter(|child| self.kinds(*child).iter().skip(1).any(|above| *above == place))
            .count()
    }

    /// A concept itself, and all that it is a kind of.
    fn kinds(&self, place: u32) -> &[[u8; 4]] {
        list_at(&self.tables.kinds_from, &self.tables.kinds, place as usize)
    }

    /// The concepts of which one of these is a kind; none of them is in it for being a kind of itself.
    pub fn generals<'a>(&'a self, ids: impl Iterator<Item = &'a ConceptId>) -> FxHashSet<&'a ConceptId> {
        let places = ids.filter_map(|id| self.place_of(id));
        let above = places.flat_map(|place| self.kinds(place).iter().skip(1));
        above.filter_map(|place| self.ids.get(u32::from_le_bytes(*place) as usize)).collect()
    }

    /// The concepts that have a code as their own.
    fn exactly(&self, system: &str, code: &str) -> Vec<ConceptId> {
        let codes = self.tables.codes.as_chunks::<4>().0;
        let written = |entry: &[[u8; 4]; 4]| {
            let [file, start, end, _] = entry.map(u32::from_le_bytes);
            self.written([file, start, end]).split_once(':').unwrap_or_default()
        };
        let from = codes.partition_point(|entry| written(entry) < (system, code));
        let same = codes.iter().skip(from).take_while(|entry| written(entry) == (system, code));
        same.filter_map(|[.., place]| self.ids.get(u32::from_le_bytes(*place) as usize)).cloned().collect()
    }

    /// The concepts that a code means, most specific first.
    ///
    /// **Shape**: `system` is a short name or the URL that FHIR uses; ICD-10 codes are also looked up by their stems and ranges.
    pub fn by_code(&self, system: &str, code: &str) -> Vec<ConceptId> {
        let system = system_name(system);
        let code = code.trim();
        if system != "icd10" {
            return self.exactly(system, code);
        }
        let mut stem = code.to_uppercase();
        while stem.len() >= 3 {
            let found = self.exactly(system, &stem);
            if !found.is_empty() {
                return found;
            }
            stem.pop();
            if stem.ends_with('.') {
                stem.pop();
            }
        }
        let category: String = code.to_uppercase().chars().take(3).collect();
        let ranges = (0..self.tables.ranges.len() / 4).map(|at| row::<4>(&self.tables.ranges, at));
        ranges
            .filter(|[file, start, end, _]| {
                let written = self.written([*file, *start, *end]);
                let range = written.split_once(':').and_then(|(_, range)| range.split_once('-'));
                range.is_some_and(|(from, to)| from <= category.as_str() && category.as_str() <= to)
            })
            .filter_map(|[.., place]| self.ids.get(place as usize).cloned())
            .collect()
    }
}

/// The id of a row.
fn first_cell(line: &str) -> &str {
    line.split('\t').next().unwrap_or_default().trim()
}

/// The ordinals of a scale.
fn ordinals(row: Row<'_>) -> Vec<Ordinal> {
    let read = |entry: &str| {
        let (number, written) = entry.split_once('=')?;
        Some((number.parse().ok()?, written.split('|').map(str::to_lowercase).collect()))
    };
    row.list("ordinals", ' ').filter_map(read).collect()
}

/// The short name of a code system: FHIR's URL or name without version.
pub fn system_name(system: &str) -> &str {
    // FHIR URLs may end in a version, an edition or a slash; older records name systems by their OIDs.
    let bare = system.trim().split('|').next().unwrap_or_default().trim_end_matches('/');
    if bare.contains("snomed.info/sct") {
        return "snomed";
    }
    if bare.contains("/icd-9") {
        return "icd9";
    }
    match bare.strip_prefix("urn:oid:").unwrap_or_else(|| bare.rsplit('/').next().unwrap_or(bare)) {
        "loinc.org" | "loinc" | "LOINC" | "2.16.840.1.113883.6.1" => "loinc",
        "sct" | "snomed" | "SNOMED" | "2.16.840.1.113883.6.96" => "snomed",
        "icd-10"
        | "icd-10-cm"
        | "icd10"
        | "icd10cm"
        | "ICD10"
        | "ICD10CM"
        | "ICD-10"
        | "ICD-10-CM"
        | "2.16.840.1.113883.6.90"
        | "2.16.840.1.113883.6.3" => "icd10",
        "icd-9-cm" | "icd9" | "ICD9CM" | "2.16.840.1.113883.6.103" | "2.16.840.1.113883.6.42" => "icd9",
        "rxnorm" | "RxNorm" | "2.16.840.1.113883.6.88" => "rxnorm",
        "cvx" | "CVX" | "2.16.840.1.113883.12.292" => "cvx",
        "atc" | "ATC" | "2.16.840.1.113883.6.73" => "atc",
        "ndc" | "NDC" | "2.16.840.1.113883.6.69" => "ndc",
        "mesh" => "mesh",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_those_of_the_rows() {
        let (tables, _) = compile(&FILES);
        assert!(Terminology::builtin().tables == tables, "the tables that the build made are not those of data/*.tsv");
        assert!(
            BUILT == crate::written::written(&tables),
            "the file that the build wrote is not read as it was written"
        );
    }

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
