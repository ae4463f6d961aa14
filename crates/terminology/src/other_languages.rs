//! Names of concepts in languages other than English, for people who search and read in them.
//!
//! ```text
//! data/names_other_languages.tsv -> Table, when first asked for
//! id, language -> name_in        query -> named_in_other_languages
//! ```
//!
//! Translations are the project's own and wait for a translator's review; the table says so row by row. They take no part in
//! the reading of criteria or records.

use crate::concept::ConceptId;
use crate::load::{LoadError, Terminology};
use crate::trie::{Phrases, Trie};
use crate::words::{Word, WordKind, words};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

/// A language that names are given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherLanguage {
    /// Spanish.
    Spanish,
    /// Chinese in simplified characters.
    ChineseSimplified,
}

impl OtherLanguage {
    /// Every language of the table.
    pub const ALL: [OtherLanguage; 2] = [OtherLanguage::Spanish, OtherLanguage::ChineseSimplified];

    /// Its tag, BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            OtherLanguage::Spanish => "es",
            OtherLanguage::ChineseSimplified => "zh-Hans",
        }
    }

    /// The language with this tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }
}

/// A name in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherName {
    /// The name.
    pub name: &'static str,
    /// Where it is from.
    pub source: &'static str,
    /// Whether a translator has reviewed it.
    pub is_reviewed: bool,
}

/// A concept named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedElsewhere {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The concept.
    pub concept: ConceptId,
}

/// Names are at most this many words long.
const LONGEST_NAME: usize = 14;

#[derive(Default)]
struct Table {
    names: BTreeMap<(ConceptId, OtherLanguage), Vec<OtherName>>,
    /// Names with spaces between words.
    spaced: Vec<(Vec<String>, ConceptId)>,
    by_words: Trie,
    /// The same while they are collected.
    phrases: Phrases,
    /// Names without spaces between words, by their first character, longest first.
    unspaced: BTreeMap<char, Vec<(&'static str, ConceptId)>>,
}

const FILE: &str = "names_other_languages.tsv";

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| load(include_str!("../data/names_other_languages.tsv")).0)
}

fn load(text: &'static str) -> (Table, Vec<LoadError>) {
    let (mut table, mut errors) = (Table::default(), Vec::new());
    let mut seen: BTreeMap<(OtherLanguage, String), ConceptId> = BTreeMap::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        let mut fail = |reason: String| errors.push(LoadError { file: FILE.to_owned(), line: index + 1, reason });
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [id, tag, name, source, review] = cells.as_slice() else {
            fail(format!("{} columns instead of 5", cells.len()));
            continue;
        };
        let Some(language) = OtherLanguage::of_tag(tag) else {
            fail(format!("`{tag}` is no language of this table"));
            continue;
        };
        if name.is_empty() || source.is_empty() {
            fail(format!("the name or the source of `{id}` is missing"));
            continue;
        }
        if !matches!(*review, "reviewed" | "unreviewed") {
            fail(format!("the review of `{id}` is `{review}`, neither reviewed nor unreviewed"));
            continue;
        }
        let id = ConceptId::new(id);
        if let Some(other) = seen.insert((language, name.to_lowercase()), id.clone()) {
            fail(format!("`{name}` stands for `{other}` and for `{id}`"));
            continue;
        }
        table.add(id, language, OtherName { name, source, is_reviewed: *review == "reviewed" });
    }
    table.by_words = std::mem::take(&mut table.phrases).closed();
    for names in table.unspaced.values_mut() {
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    (table, errors)
}

fn is_joint(word: &Word) -> bool {
    word.kind == WordKind::Symbol && matches!(word.norm.as_str(), "-" | "'" | "’" | "," | "." | "+")
}

/// Spanish for what stands between the words of names, and for what people put before them.
const SMALL_WORDS: [&str; 17] =
    ["a", "al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "o", "para", "por", "sin", "un", "y"];

impl Table {
    fn add(&mut self, id: ConceptId, language: OtherLanguage, name: OtherName) {
        match language {
            OtherLanguage::Spanish => {
                let norms: Vec<String> =
                    words(name.name).iter().filter(|word| !is_joint(word)).map(|word| word.norm.to_string()).collect();
                self.phrases.add(norms.iter().map(String::as_str), self.spaced.len() as u32);
                self.spaced.push((norms, id.clone()));
            }
            OtherLanguage::ChineseSimplified => {
                if let Some(first) = name.name.chars().next() {
                    self.unspaced.entry(first).or_default().push((name.name, id.clone()));
                }
            }
        }
        self.names.entry((id, language)).or_default().push(name);
    }

    /// The longest name of spaced words that begins with the first of these.
    fn spaced_at(&self, solid: &[&Word]) -> Option<(usize, &ConceptId)> {
        let mut best = None;
        self.by_words.walk(solid.iter().copied().take(LONGEST_NAME), |n, values| {
            let found = values.iter().filter_map(|value| self.spaced.get(value as usize)).find(|(norms, _)| {
                norms.len() == n && norms.iter().zip(solid).all(|(norm, word)| word.norm == norm.as_str())
            });
            if let Some((_, id)) = found {
                best = Some((n, id));
            }
        });
        best
    }

    fn named(&self, text: &str) -> Vec<NamedElsewhere> {
        let mut out: Vec<NamedElsewhere> = Vec::new();
        let all = words(text);
        let solid: Vec<&Word> = all.iter().filter(|word| !is_joint(word)).collect();
        let mut at = 0;
        while let Some(rest) = solid.get(at..).filter(|rest| !rest.is_empty()) {
            let Some((n, id)) = self.spaced_at(rest) else {
                at += 1;
                continue;
            };
            if let (Some(first), Some(last)) = (rest.first(), rest.get(n - 1)) {
                out.push(NamedElsewhere { range: first.range.start..last.range.end, concept: id.clone() });
            }
            at += n;
        }
        let mut passed = 0;
        for (start, first) in text.char_indices() {
            let (Some(names), Some(rest)) = (self.unspaced.get(&first), text.get(start..)) else { continue };
            if start < passed {
                continue;
            }
            if let Some((name, id)) = names.iter().find(|(name, _)| rest.starts_with(name)) {
                passed = start + name.len();
                out.push(NamedElsewhere { range: start..passed, concept: id.clone() });
            }
        }
        out.sort_by_key(|named| (named.range.start, std::cmp::Reverse(named.range.end)));
        out
    }
}

impl Terminology {
    /// The name of a concept in another language, the one to show.
    ///
    /// **Unknown**: `None` where the table has none; show the English name and say that it is English.
    pub fn name_in(&self, id: &ConceptId, language: OtherLanguage) -> Option<&'static str> {
        self.names_in(id, language).first().map(|name| name.name)
    }

    /// The names of a concept in another language with where they are from, the one to show first.
    pub fn names_in(&self, id: &ConceptId, language: OtherLanguage) -> &'static [OtherName] {
        table().names.get(&(id.clone(), language)).map_or(&[], Vec::as_slice)
    }

    /// The concepts named in a text in another language, in text order; longest name first where names overlap.
    pub fn named_in_other_languages(&self, text: &str) -> Vec<NamedElsewhere> {
        table().named(text)
    }

    /// Whether a word only joins others in a language of the table, so that a search need not find it.
    ///
    /// **Shape**: `word` in lower case without accents.
    pub fn joins_in_other_languages(word: &str) -> bool {
        SMALL_WORDS.contains(&word)
    }

    /// What is wrong with the table of names in other languages, row by row; nothing where all is well.
    pub fn check_other_languages(&self) -> Vec<LoadError> {
        let (table, mut errors) = load(include_str!("../data/names_other_languages.tsv"));
        let ids: BTreeSet<&ConceptId> = table.names.keys().map(|(id, _)| id).collect();
        for id in ids.into_iter().filter(|id| self.concept(id).is_none()) {
            errors.push(LoadError {
                file: FILE.to_owned(),
                line: 0,
                reason: format!("`{id}` is named and is not there"),
            });
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_loads_and_many_concepts_have_both_languages() {
        let terminology = Terminology::builtin();
        let errors = terminology.check_other_languages();
        assert!(errors.is_empty(), "{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        let named = |id: &ConceptId| OtherLanguage::ALL.iter().all(|one| terminology.name_in(id, *one).is_some());
        let n = terminology.concepts().filter(|concept| named(&concept.id)).count();
        assert!(n >= 300, "{n} concepts have a name in every language");
        assert_eq!(table().names.len(), 2 * n, "a concept has a name in one language only");
    }

    #[test]
    fn faulty_rows_are_told() {
        let text = "id\tlanguage\tname\tsource\treview\n\
                    condition:gout\tes\tgota\town translation\tunreviewed\n\
                    condition:asthma\tes\tGota\town translation\tunreviewed\n\
                    condition:asthma\tfr\tasthme\town translation\tunreviewed\n\
                    condition:asthma\tes\tasma\t\tunreviewed\n\
                    condition:asthma\tes\tasma\town translation\tmaybe\n\
                    condition:asthma\tes\tasma\n";
        let (_, errors) = load(text);
        assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
    }

    #[test]
    fn names_are_found_with_and_without_spaces() {
        let terminology = Terminology::builtin();
        for (text, want) in [
            ("nefritis lúpica", vec!["condition:lupus_nephritis"]),
            ("Nefritis Lupica en niños", vec!["condition:lupus_nephritis"]),
            ("儿童狼疮性肾炎临床试验", vec!["condition:lupus_nephritis"]),
            ("diabetes tipo 2 y metformina", vec!["condition:type_2_diabetes", "drug:metformin"]),
            ("2型糖尿病和高血压", vec!["condition:type_2_diabetes", "condition:hypertension"]),
            ("lupus nephritis in children", vec!["condition:sle"]),
            ("", vec![]),
        ] {
            let got: Vec<String> =
                terminology.named_in_other_languages(text).iter().map(|named| named.concept.to_string()).collect();
            assert_eq!(got, want, "{text}");
        }
        let id = ConceptId::new("condition:lupus_nephritis");
        assert_eq!(terminology.name_in(&id, OtherLanguage::Spanish), Some("nefritis lúpica"));
        assert_eq!(terminology.name_in(&id, OtherLanguage::ChineseSimplified), Some("狼疮性肾炎"));
        assert_eq!(terminology.name_in(&ConceptId::new("condition:icd_a00"), OtherLanguage::Spanish), None);
    }
}
