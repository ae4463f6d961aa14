//! Abbreviations that stand for several things: which meaning the words around allow.
//!
//! | written | meaning |
//! | --- | --- |
//! | `relapsing MS` | multiple sclerosis |
//! | `MS degree in nursing` | not multiple sclerosis |
//! | `DVT or PE` | pulmonary embolism |
//! | `normal PE` | not known |
//!
//! A word `against` stands within two words of the abbreviation; of the words `for`, one must be in the same text.

use crate::words::Word;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

#[derive(Default)]
struct Rule {
    against: Vec<&'static str>,
    wanted: Vec<&'static str>,
}

/// How near a word is that speaks against a meaning.
const NEAR: usize = 2;

fn rules() -> &'static FxHashMap<&'static str, Rule> {
    static RULES: OnceLock<FxHashMap<&'static str, Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let mut rules: FxHashMap<&str, Rule> = FxHashMap::default();
        for line in include_str!("../data/abbreviation_context.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(abbreviation), Some(part), Some(word)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            let rule = rules.entry(abbreviation).or_default();
            if part == "for" { rule.wanted.push(word) } else { rule.against.push(word) }
        }
        rules
    })
}

/// Whether the words around allow an abbreviation its usual meaning; `at` is its index among the words.
pub(crate) fn allows(written: &str, words: &[Word], at: usize) -> bool {
    // Nearly all names are told by their length.
    if written.len() != 2 {
        return true;
    }
    let Some(rule) = rules().get(written) else { return true };
    let is_any = |word: &Word, list: &[&str]| list.contains(&word.norm.as_str());
    let near = words.get(at.saturating_sub(NEAR)..words.len().min(at + 1 + NEAR)).unwrap_or_default();
    let wanted = rule.wanted.is_empty() || words.iter().any(|word| is_any(word, &rule.wanted));
    wanted && !near.iter().any(|word| is_any(word, &rule.against))
}

#[cfg(test)]
mod tests {
    use crate::Terminology;

    #[test]
    fn the_words_around_choose_the_meaning() {
        let named =
            |text: &str, id: &str| Terminology::builtin().mentions(text).iter().any(|m| m.concept.as_str() == id);
        for (text, id, want) in [
            ("Relapsing MS on a stable dose", "condition:multiple_sclerosis", true),
            ("Nurses with an MS degree", "condition:multiple_sclerosis", false),
            ("Active RA despite methotrexate", "condition:rheumatoid_arthritis", true),
            ("Mean RA pressure below 8 mmHg", "condition:rheumatoid_arthritis", false),
            ("Biopsy-proven LN class III", "condition:lupus_nephritis", true),
            ("Palpable LN in the neck", "condition:lupus_nephritis", false),
            ("DVT or PE within 6 months", "condition:pulmonary_embolism", true),
            ("Normal PE at screening", "condition:pulmonary_embolism", false),
        ] {
            assert_eq!(named(text, id), want, "{text}");
        }
    }

    #[test]
    fn every_row_is_whole() {
        for (number, line) in include_str!("../data/abbreviation_context.tsv").lines().enumerate().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(
                cells.len() == 4 && matches!(cells[1], "for" | "against") && !cells[3].is_empty(),
                "line {}",
                number + 1
            );
        }
    }
}
