//! Everyday words, and words of other languages, for what records call by a professional name.
//!
//! `data/lay_phrases.tsv` has phrases with what they mean, in English terms; the vocabulary's lay names and its names in other
//! languages are read beside it. Several meanings stand side by side: a search tries all of them.

use crate::tokens::{Asked, folded, is_unspaced, spanish_key, stems_of};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use trialway_terminology::{ConceptId, Domain, OtherLanguage, Terminology};

/// The table: phrase, language, meanings, source.
const TABLE: &str = include_str!("../data/lay_phrases.tsv");

/// Phrases are at most this many words long.
const LONGEST: usize = 10;

/// Chinese names that are almost written share at least this part of their pairs with the text.
const ALIKE: f64 = 0.6;

/// Words that say nothing about which phrase it is: `protein in my urine`, `protein in the urine`.
const PASSED_OVER: &[&str] = &[
    "a", "an", "the", "my", "your", "his", "her", "our", "their", "me", "of", "from", "in", "on", "at", "to", "de",
    "del", "la", "el", "los", "las", "en", "por", "con", "y", "un",
];

/// What a phrase may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A concept of the vocabulary.
    Concept(ConceptId),
    /// English words to look for.
    Words(String),
    /// An age group of the registry.
    Age(&'static str),
}

/// In which language a phrase was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tongue {
    English,
    Spanish,
    Chinese,
}

/// A phrase of a query and what it may mean.
#[derive(Clone, Debug)]
pub(crate) struct Meant<'a> {
    pub from: usize,
    pub to: usize,
    pub tongue: Tongue,
    pub senses: &'a [Sense],
}

type Spaced = BTreeMap<String, Vec<(Vec<String>, usize)>>;

/// All phrases.
#[derive(Debug, Default)]
pub(crate) struct Lay {
    senses: Vec<Vec<Sense>>,
    english: Spaced,
    spanish: Spaced,
    /// By first character, longest first.
    chinese: BTreeMap<char, Vec<(String, usize)>>,
}

/// The phrases of the table and of the vocabulary.
pub(crate) fn lay(terminology: &'static Terminology) -> &'static Lay {
    static LAY: OnceLock<Lay> = OnceLock::new();
    LAY.get_or_init(|| Lay::new(terminology))
}

/// What an English term of the table stands for.
fn sense(term: &str, terminology: &Terminology) -> Sense {
    match term {
        "age CHILD" => return Sense::Age("CHILD"),
        "age OLDER_ADULT" => return Sense::Age("OLDER_ADULT"),
        _ => {}
    }
    terminology.named_by(term).map_or_else(|| Sense::Words(term.to_owned()), Sense::Concept)
}

impl Lay {
    fn new(terminology: &'static Terminology) -> Lay {
        let mut out = Lay::default();
        for line in TABLE.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(phrase), Some(tag), Some(means)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let senses: Vec<Sense> = means.split('|').map(|term| sense(term, terminology)).collect();
            let tongue = match OtherLanguage::of_tag(tag) {
                None => Tongue::English,
                Some(OtherLanguage::Spanish) => Tongue::Spanish,
                Some(OtherLanguage::ChineseSimplified) => Tongue::Chinese,
            };
            out.add(phrase, tongue, senses);
        }
        for concept in terminology.concepts() {
            let is_plain =
                matches!(concept.domain, Domain::Condition | Domain::Drug | Domain::Procedure | Domain::State);
            // A lay name of one word is as often the name of something wider.
            if is_plain && concept.lay_name != concept.name && concept.lay_name.contains(' ') {
                out.add(&concept.lay_name, Tongue::English, vec![Sense::Concept(concept.id.clone())]);
            }
            for (language, tongue) in
                [(OtherLanguage::Spanish, Tongue::Spanish), (OtherLanguage::ChineseSimplified, Tongue::Chinese)]
            {
                for name in terminology.names_in(&concept.id, language) {
                    out.add(name.name, tongue, vec![Sense::Concept(concept.id.clone())]);
                }
            }
        }
        for phrases in out.english.values_mut().chain(out.spanish.values_mut()) {
            phrases.sort_by_key(|(keys, at)| (std::cmp::Reverse(keys.len()), *at));
        }
        for names in out.chinese.values_mut() {
            names.sort_by_key(|(name, at)| (std::cmp::Reverse(name.len()), *at));
        }
        out
    }

    fn add(&mut self, phrase: &str, tongue: Tongue, senses: Vec<Sense>) {
        let at = self.senses.len();
        self.senses.push(senses);
        if tongue == Tongue::Chinese {
            let name = simplified(phrase);
            if let Some(first) = name.chars().next() {
                self.chinese.entry(first).or_default().push((name, at));
            }
            return;
        }
        let words = crate::tokens::asked(phrase);
        let keys: Vec<String> = kept(&words).map(|(_, word)| key(word, tongue).to_owned()).collect();
        let Some(first) = keys.first().cloned() else { return };
        let phrases = if tongue == Tongue::Spanish { &mut self.spanish } else { &mut self.english };
        phrases.entry(first).or_default().push((keys, at));
    }

    /// Every phrase of a text, the longest that begins at each word.
    pub fn meant(&self, text: &str, words: &[Asked]) -> Vec<Meant<'_>> {
        let mut out = Vec::new();
        for (tongue, phrases) in [(Tongue::English, &self.english), (Tongue::Spanish, &self.spanish)] {
            let kept: Vec<(usize, &Asked)> = kept(words).collect();
            for start in 0..kept.len() {
                let here = kept.get(start..).unwrap_or_default();
                let Some((_, first)) = here.first() else { continue };
                let of = phrases.get(key(first, tongue)).into_iter().flatten();
                let found = of
                    .filter(|(keys, _)| keys.len() <= here.len().min(LONGEST))
                    .find(|(keys, _)| keys.iter().zip(here).all(|(wanted, (_, word))| wanted == key(word, tongue)));
                if let Some((keys, at)) = found
                    && let (Some((_, last)), Some(senses)) = (here.get(keys.len() - 1), self.senses.get(*at))
                {
                    out.push(Meant { from: first.from, to: last.to, tongue, senses });
                }
            }
        }
        self.chinese(text, &mut out);
        out
    }

    /// Chinese names, the longest at each place; a stretch without any is held against names that are almost it.
    fn chinese<'a>(&'a self, text: &str, out: &mut Vec<Meant<'a>>) {
        if !text.chars().any(is_unspaced) {
            return;
        }
        let plain = simplified(text);
        // One character for one: where they have other lengths in bytes, the places of the text count.
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let chars: Vec<char> = plain.chars().collect();
        let byte = |at: usize| places.get(at).copied().unwrap_or(text.len());
        let mut at = 0;
        let mut bare_from = None;
        while at <= chars.len() {
            let rest: String = chars.get(at..).unwrap_or_default().iter().collect();
            let first = chars.get(at).copied();
            let found = first.and_then(|first| {
                self.chinese
                    .get(&first)
                    .and_then(|names| names.iter().find(|(name, _)| rest.starts_with(name.as_str())))
            });
            let is_bare = found.is_none() && first.is_some_and(is_unspaced);
            if is_bare {
                bare_from.get_or_insert(at);
                at += 1;
                continue;
            }
            if let Some(from) = bare_from.take() {
                let stretch: String = chars.get(from..at).unwrap_or_default().iter().collect();
                if let Some(senses) = self.almost(&stretch) {
                    out.push(Meant { from: byte(from), to: byte(at), tongue: Tongue::Chinese, senses });
                }
            }
            match found {
                Some((name, index)) => {
                    let to = at + name.chars().count();
                    if let Some(senses) = self.senses.get(*index) {
                        out.push(Meant { from: byte(at), to: byte(to), tongue: Tongue::Chinese, senses });
                    }
                    at = to;
                }
                None => at += 1,
            }
        }
    }

    /// The name that shares most pairs of characters with a stretch of text.
    fn almost(&self, stretch: &str) -> Option<&[Sense]> {
        let own = pairs(stretch);
        if own.len() < 2 {
            return None;
        }
        let mut best: Option<(f64, usize)> = None;
        for (name, at) in self.chinese.values().flatten() {
            let other = pairs(name);
            let n_shared = other.iter().filter(|pair| own.contains(pair)).count();
            let part = 2.0 * n_shared as f64 / (own.len() + other.len()).max(1) as f64;
            if part >= ALIKE && best.is_none_or(|(most, _)| part > most) {
                best = Some((part, *at));
            }
        }
        self.senses.get(best?.1).map(Vec::as_slice)
    }
}

/// The phrases of the table with their meanings, to offer while someone types.
pub(crate) fn table() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
}

fn pairs(text: &str) -> Vec<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

/// Words that tell phrases apart.
fn kept(words: &[Asked]) -> impl Iterator<Item = (usize, &Asked)> {
    words.iter().enumerate().filter(|(_, word)| !PASSED_OVER.contains(&word.folded.as_str()) && word.folded != "s")
}

fn key(word: &Asked, tongue: Tongue) -> &str {
    match tongue {
        Tongue::Spanish => spanish_key(&word.folded),
        _ => &word.stem,
    }
}

/// Traditional characters that stand in names of diseases and treatments, each before its simplified form.
const TRADITIONAL: &str = "癥症與与國国學学藥药療疗醫医類类風风濕湿關关節节腎肾臟脏腦脑癲癲癇痫兒儿童童齡龄產产婦妇懷怀經经痠酸壓压糖糖病病肝肝癌癌腫肿\
    瘤瘤膽胆結结腸肠潰溃瘍疡纖纤維维腺腺體体陰阴陽阳乾干濁浊鬱郁慮虑躁躁雙双極极憂忧閉闭過过動动氣气喘喘塞塞細细胞胞\
    淋淋巴巴轉转移移術术疫疫苗苗針针灸灸傷伤燙烫燒烧膚肤銀银紅红斑斑狼狼瘡疮血血壞坏貧贫衰衰竭竭綜综徵征戒戒煙烟飲饮減减\
    嘔呕吐吐瀉泻頭头痛痛視视網网聽听損损語语鬆松質质疏疏骨骨絕绝經经乳乳頸颈宮宫卵卵巢巢異异運运復复礙碍認认憶忆發发燒烧";

/// A text in simplified characters, as far as the names of the table need it; as many characters as before.
fn simplified(text: &str) -> String {
    static MAP: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    let map = MAP.get_or_init(|| {
        let chars: Vec<char> = TRADITIONAL.chars().filter(|c| is_unspaced(*c)).collect();
        chars.as_chunks::<2>().0.iter().map(|[from, to]| (*from, *to)).collect()
    });
    text.chars().map(|c| map.get(&c).copied().unwrap_or(c)).collect()
}

/// Spanish words that no English sentence has.
const SPANISH_WORDS: &[&str] = &[
    "el",
    "los",
    "las",
    "del",
    "para",
    "con",
    "por",
    "una",
    "unos",
    "mi",
    "tengo",
    "tiene",
    "ensayo",
    "ensayos",
    "clinico",
    "clinicos",
    "estudio",
    "estudios",
    "tratamiento",
    "tratamientos",
    "medicina",
    "y",
    "sin",
    "hijo",
    "al",
];

/// Whether a text is Spanish by its letters or its small words.
pub(crate) fn is_spanish(text: &str, words: &[Asked]) -> bool {
    let by_letters = text.chars().any(|c| "ñáíóúÑÁÍÓÚ¿¡".contains(c));
    by_letters
        || words.iter().any(|word| SPANISH_WORDS.contains(&word.folded.as_str()))
        || folded(text).contains(" de ") && stems_of(text).len() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_whole_and_most_meanings_are_concepts() {
        let terminology = Terminology::builtin();
        let (mut n, mut n_concepts) = (0, 0);
        let mut seen = std::collections::BTreeSet::new();
        for (index, line) in TABLE.lines().enumerate().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 4, "row {}", index + 1);
            assert!(cells.iter().all(|cell| !cell.trim().is_empty()), "row {}", index + 1);
            assert!(["en", "es", "zh-Hans"].contains(&cells[1]), "row {}", index + 1);
            assert!(seen.insert((cells[0].to_lowercase(), cells[1])), "row {}: `{}` stands twice", index + 1, cells[0]);
            n += 1;
            let senses: Vec<Sense> = cells[2].split('|').map(|term| sense(term, terminology)).collect();
            n_concepts += usize::from(senses.iter().any(|sense| !matches!(sense, Sense::Words(_))));
        }
        assert!(n > 1500 && n_concepts * 10 > n * 7, "{n_concepts} of {n} rows lead to a concept");
    }

    #[test]
    fn phrases_are_found_in_three_languages() {
        let lay = lay(Terminology::builtin());
        let of = |text: &str| -> Vec<String> {
            let words = crate::tokens::asked(text);
            let mut found = lay.meant(text, &words);
            found.sort_by_key(|meant| (meant.from, std::cmp::Reverse(meant.to)));
            let mut out: Vec<String> = Vec::new();
            for meant in found {
                for sense in meant.senses {
                    out.push(match sense {
                        Sense::Concept(id) => id.to_string(),
                        Sense::Words(words) => words.clone(),
                        Sense::Age(group) => (*group).to_owned(),
                    });
                }
            }
            out
        };
        assert!(of("my leaking kidneys").contains(&"condition:nephrotic_syndrome".to_owned()));
        assert!(of("presiones arteriales altas").contains(&"condition:hypertension".to_owned()));
        assert!(of("儿童狼疮性肾炎的新药").contains(&"condition:lupus_nephritis".to_owned()));
        assert!(of("糖尿病腎病").len() == 1, "{:?}", of("糖尿病腎病"));
        assert!(of("niños con asma").contains(&"CHILD".to_owned()));
        assert!(of("").is_empty());
    }

    #[test]
    fn spanish_is_told_from_english() {
        let told = |text: &str| is_spanish(text, &crate::tokens::asked(text));
        assert!(told("cáncer de mama") && told("dolor de espalda") && told("estudios para la gota"));
        assert!(!told("de novo lupus") && !told("breast cancer in women") && !told("gout"));
    }
}
