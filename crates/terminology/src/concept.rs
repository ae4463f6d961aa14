//! Concepts: the one name per idea that criteria and charts meet on.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The name of a concept, such as `lab:alt`, `condition:lupus_nephritis`, `drug:tacrolimus`, `class:calcineurin_inhibitor`,
/// `procedure:kidney_biopsy`, `state:pregnancy`.
///
/// **Shape**: `prefix:snake_case`, ASCII. Never reused for another idea.
#[derive(Clone)]
pub struct ConceptId(Text);

/// Ids of the built-in vocabulary stand in its files, and know their number in it; others are made. Each keeps what it names, as that
/// is asked again and again.
#[derive(Clone)]
enum Text {
    Built(Option<Domain>, u32, &'static str),
    Made(Option<Domain>, Arc<str>),
}

/// Nearly all ids that are equal are copies of one, which is seen without their text.
impl PartialEq for ConceptId {
    fn eq(&self, other: &Self) -> bool {
        let (here, there) = (self.as_str(), other.as_str());
        std::ptr::eq(here, there) || here == there
    }
}

impl Eq for ConceptId {}

impl PartialOrd for ConceptId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ConceptId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for ConceptId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for ConceptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConceptId").field(&self.as_str()).finish()
    }
}

impl ConceptId {
    /// The id with this text.
    pub fn new(text: &str) -> Self {
        Self(Text::Made(Domain::of_id(text), Arc::from(text)))
    }

    /// The same for a text of the built-in files.
    pub(crate) fn built(text: &'static str, number: u32) -> Self {
        Self(Text::Built(Domain::of_id(text), number, text))
    }

    /// The number in the built-in vocabulary; none where it is of another.
    #[inline]
    pub(crate) fn number(&self) -> Option<u32> {
        match self.0 {
            Text::Built(_, number, _) => Some(number),
            Text::Made(..) => None,
        }
    }

    /// The text of the id.
    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Text::Built(_, _, text) => text,
            Text::Made(_, text) => text,
        }
    }

    /// Something that the vocabulary lacks, named by the words of a text alone: `condition:=ehlers danlos syndrome`.
    ///
    /// **Shape**: `prefix` is that of the kind (`condition`, `drug`, `procedure`, `lab`), `words` normalised words with single
    /// spaces. Facts are of it when their own names have these words; it has no codes and no kinds.
    pub fn written(prefix: &str, words: &str) -> Self {
        Self::new(&format!("{prefix}{WRITTEN}{words}"))
    }

    /// The normalised words of something that is named by its words alone.
    pub fn written_words(&self) -> Option<&str> {
        match &self.0 {
            Text::Built(..) => None,
            Text::Made(_, text) => text.split_once(WRITTEN).map(|(_, words)| words),
        }
    }

    /// What kind of thing an id names, by its prefix.
    #[inline]
    pub fn domain(&self) -> Option<Domain> {
        match self.0 {
            Text::Built(domain, ..) | Text::Made(domain, _) => domain,
        }
    }
}

/// Stands between the kind and the words of what is named by its words alone.
const WRITTEN: &str = ":=";

/// An id is compared, ordered and hashed as its text, so that a table of ids can be asked with a text.
impl Borrow<str> for ConceptId {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for ConceptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What kind of thing a concept is; it decides which facts of a record can speak of it and whether its absence may be assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Domain {
    /// A disease, disorder, sign or symptom.
    Condition,
    /// A medicine, a class of medicines, a vaccine or a cell therapy.
    Drug,
    /// Something done to a patient: surgery, transplantation, dialysis, biopsy, a non-drug treatment.
    Procedure,
    /// Something measured: laboratory test, vital sign, score, serology, titre, imaging or ECG.
    Observation,
    /// A state of life that is neither disease nor treatment: pregnancy, breastfeeding, menopause.
    State,
}

impl Domain {
    /// What kind of thing the id with this text names, by its prefix.
    pub(crate) fn of_id(text: &str) -> Option<Domain> {
        let (prefix, domain) = match text.as_bytes() {
            [b'c', b'o', ..] => ("condition", Domain::Condition),
            [b'd', ..] => ("drug", Domain::Drug),
            [b'c', ..] => ("class", Domain::Drug),
            [b'p', ..] => ("procedure", Domain::Procedure),
            [b's', b't', ..] => ("state", Domain::State),
            [b'l', ..] => ("lab", Domain::Observation),
            [b'v', ..] => ("vital", Domain::Observation),
            [b's', b'c', b'o', ..] => ("score", Domain::Observation),
            [b's', b'c', ..] => ("scale", Domain::Observation),
            _ => return None,
        };
        let rest = text.strip_prefix(prefix)?;
        (rest.is_empty() || rest.starts_with(':')).then_some(domain)
    }

    /// The word used in JSON (`type` of an entity) and in the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            Domain::Condition | Domain::State => "condition",
            Domain::Drug => "drug",
            Domain::Procedure => "procedure",
            Domain::Observation => "observation",
        }
    }
}

/// A code in a code system.
///
/// **Shape**: `system` is the short name used in the data files: `loinc`, `icd10`, `rxnorm`, `atc`, `mesh`, `cvx`; for
/// hierarchical ICD-10 codes a data row names the stem (`C50` covers `C50.1`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coding {
    /// Short name of the code system.
    pub system: String,
    /// The code.
    pub code: String,
}

/// What is known of something measured.
///
/// **Units**: `unit` is UCUM; `plausible` in that unit; `stale_after_days` in days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laboratory {
    /// UCUM unit in which values are compared; `1` for pure numbers, `{score}` for scores, `{titer}` for titres.
    pub unit: String,
    /// Grams per mole, for mass-molar conversion; absent where none is defined.
    pub molar_mass: Option<String>,
    /// Lowest and highest value that can be true of a living person.
    pub plausible: Option<(String, String)>,
    /// Age in days beyond which a value is stale.
    pub stale_after_days: Option<u32>,
    /// What to ask or measure, in plain words ("a blood test of the liver enzyme ALT").
    pub question: String,
}

/// One idea of medicine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// Its id.
    pub id: ConceptId,
    /// What kind of thing it is.
    pub domain: Domain,
    /// The name that professionals use.
    pub name: String,
    /// The name that a parent would use; the same as `name` where there is no other.
    pub lay_name: String,
    /// Other names and abbreviations, as data (matched after normalisation).
    pub synonyms: Vec<String>,
    /// Codes that mean it.
    pub codes: Vec<Coding>,
    /// Its direct, more general concepts.
    pub is_a: Vec<ConceptId>,
    /// Where names and codes are from.
    pub source: String,
    /// Set for what is measured.
    pub laboratory: Option<Laboratory>,
}
