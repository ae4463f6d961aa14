//! Spellings: which word was meant by one that nobody knows, and which words begin with some letters.

use crate::tokens::{slips, sound};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use trialway_terminology::Terminology;

/// The least length of a word for which another spelling is tried.
const SHORTEST: usize = 4;

/// The length from which two slips are forgiven.
const LONG: usize = 8;

/// The same sound is nearer than one slip.
const SAME_SOUND: f64 = 0.6;

/// Words that are compared by sound have at least this many letters.
const SHORTEST_SOUND: usize = 5;

/// Names have at most this many words to be taken apart into spellings.
const MOST_WORDS: usize = 12;

/// A word that may be meant.
#[derive(Clone, Debug)]
struct Known {
    word: String,
    /// In how many records it stands.
    n_records: u64,
    is_medical: bool,
    /// Which letters it has, one bit each.
    letters: u32,
}

/// The words of an index and of the vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Speller {
    /// In alphabetical order.
    words: Vec<Known>,
    /// How each sounds, to the places of the words.
    by_sound: BTreeMap<String, Vec<usize>>,
}

/// The words of the vocabulary's names, lower case without accents.
pub(crate) fn vocabulary(terminology: &'static Terminology) -> &'static BTreeSet<String> {
    static WORDS: OnceLock<BTreeSet<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut out = BTreeSet::new();
        for concept in terminology.concepts() {
            for name in [&concept.name, &concept.lay_name].into_iter().chain(&concept.synonyms) {
                let words = crate::tokens::asked(name);
                if words.len() <= MOST_WORDS {
                    out.extend(words.into_iter().map(|word| word.folded).filter(|word| is_word(word)));
                }
            }
        }
        out
    })
}

fn is_word(word: &str) -> bool {
    word.chars().count() >= 3 && word.chars().all(|c| c.is_ascii_lowercase())
}

fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |bits, byte| bits | 1 << (byte - b'a'))
}

impl Speller {
    /// Of the words of an index, each with the number of its records, and of the vocabulary.
    pub fn new(indexed: BTreeMap<String, u64>, medical: &BTreeSet<String>) -> Speller {
        let mut all: BTreeMap<String, (u64, bool)> =
            indexed.into_iter().filter(|(word, _)| is_word(word)).map(|(word, n)| (word, (n, false))).collect();
        for word in medical {
            all.entry(word.clone()).or_default().1 = true;
        }
        let words: Vec<Known> = all
            .into_iter()
            .map(|(word, (n_records, is_medical))| Known { letters: letters(&word), word, n_records, is_medical })
            .collect();
        let mut by_sound: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, known) in words.iter().enumerate() {
            // A word of one record may be a slip itself.
            if known.word.len() >= SHORTEST_SOUND && (known.is_medical || known.n_records > 2) {
                by_sound.entry(sound(&known.word)).or_default().push(place);
            }
        }
        Speller { words, by_sound }
    }

    /// The word that was most likely meant; none where nothing is near.
    ///
    /// **Shape**: lower case without accents, both. Fewer slips first, then the same first letter, words of medicine and words
    /// that more records have.
    pub fn meant(&self, word: &str) -> Option<&str> {
        let length = word.chars().count();
        if length < SHORTEST || !word.chars().all(|c| c.is_ascii_lowercase()) {
            return None;
        }
        let most = if length >= LONG { 2 } else { 1 };
        let own = letters(word);
        let near = self.words.iter().filter(|known| {
            known.word.len() >= SHORTEST
                && known.word.len().abs_diff(length) <= most
                && (known.letters ^ own).count_ones() as usize <= 2 * most
        });
        let by_slips = near.filter_map(|known| Some((slips(word, &known.word, most)? as f64, known)));
        let alike = self.sounding(word).filter(|known| known.word.len().abs_diff(length) <= 3);
        // Whoever writes by ear makes more slips in one word than whoever mistypes it.
        let by_sound = alike.map(|known| (SAME_SOUND, known));
        let usable = by_slips.chain(by_sound).filter(|(_, known)| known.is_medical || known.n_records > 1);
        let cost = |n_slips: f64, known: &Known| {
            let other_start = if known.word.bytes().next() == word.bytes().next() { 0.0 } else { 0.6 };
            let often = (1.0 + known.n_records as f64).ln().min(10.0) / 12.0;
            n_slips + other_start - often - if known.is_medical { 0.25 } else { 0.0 }
        };
        usable
            .map(|(n_slips, known)| (cost(n_slips, known), known))
            .min_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, known)| known.word.as_str())
    }

    fn sounding(&self, word: &str) -> impl Iterator<Item = &Known> {
        let key = if word.len() >= SHORTEST_SOUND { sound(word) } else { String::new() };
        let places = self.by_sound.get(&key).into_iter().flatten();
        places.filter_map(|place| self.words.get(*place))
    }

    /// The English word that is the same word of Greek or Latin as a Spanish one.
    pub fn cognate(&self, word: &str) -> Option<&str> {
        let rank = |known: &&Known| (known.is_medical, known.n_records, std::cmp::Reverse(known.word.len()));
        self.sounding(word).max_by_key(rank).map(|known| known.word.as_str())
    }

    /// The two words that were written as one.
    pub fn apart<'a>(&self, word: &'a str) -> Option<(&'a str, &'a str)> {
        let sure = |part: &str| {
            let place = self.words.binary_search_by(|known| known.word.as_str().cmp(part));
            let known = place.ok().and_then(|place| self.words.get(place));
            part.len() >= SHORTEST && known.is_some_and(|known| known.is_medical || known.n_records > 2)
        };
        let numbered = word.char_indices().zip(word.chars().skip(1)).find_map(|((at, c), next)| {
            (c.is_ascii_alphabetic() != next.is_ascii_alphabetic()).then(|| word.split_at(at + c.len_utf8()))
        });
        numbered.or_else(|| {
            let places = word.char_indices().map(|(at, _)| at).skip(1);
            places.map(|at| word.split_at(at)).find(|(a, b)| sure(a) && sure(b))
        })
    }

    /// The words that begin with these letters, those of most records first.
    pub fn beginning(&self, letters: &str, most: usize) -> Vec<&str> {
        let first = self.words.partition_point(|known| known.word.as_str() < letters);
        let mut found: Vec<&Known> =
            self.words.iter().skip(first).take_while(|known| known.word.starts_with(letters)).collect();
        found.sort_by(|a, b| b.n_records.cmp(&a.n_records).then_with(|| a.word.cmp(&b.word)));
        found.into_iter().take(most).map(|known| known.word.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speller() -> Speller {
        let indexed = [("lupus", 40), ("nephritis", 30), ("children", 90), ("tablet", 3), ("fatigeu", 1)];
        Speller::new(
            indexed.into_iter().map(|(word, n)| (word.to_owned(), n)).collect(),
            vocabulary(Terminology::builtin()),
        )
    }

    #[test]
    fn the_word_that_was_meant_is_found_by_slips_and_by_sound() {
        let speller = speller();
        for (written, want) in [
            ("nephritus", Some("nephritis")),
            ("lupsu", Some("lupus")),
            ("diabtes", Some("diabetes")),
            ("nuemonia", Some("pneumonia")),
            ("excema", Some("eczema")),
            ("fatigeus", Some("fatigue")),
            ("nefritis", Some("nephritis")),
            ("qqqqqq", None),
            ("abc", None),
            ("12345", None),
        ] {
            assert_eq!(speller.meant(written), want, "{written}");
        }
    }

    #[test]
    fn spanish_words_lead_to_their_english_relatives() {
        let speller = speller();
        for (written, want) in [("leucemia", "leukemia"), ("linfoma", "lymphoma"), ("cirrosis", "cirrhosis")] {
            assert_eq!(speller.cognate(written), Some(want), "{written}");
        }
        assert_eq!(speller.cognate("mesa"), None);
    }

    #[test]
    fn words_written_as_one_come_apart_and_beginnings_are_completed() {
        let speller = speller();
        assert_eq!(speller.apart("lupusnephritis"), Some(("lupus", "nephritis")));
        assert_eq!(speller.apart("covid19"), Some(("covid", "19")));
        assert_eq!(speller.apart("lupus"), None);
        assert_eq!(speller.beginning("nephr", 2)[0], "nephritis");
        assert!(speller.beginning("zzz", 5).is_empty());
    }
}
