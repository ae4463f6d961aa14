//! Words put plainly before they are cut into clauses: ways of denying and of being willing that a count of denying words gets wrong.
//!
//! | written | put plainly |
//! | --- | --- |
//! | `unable or unwilling to comply` | not able willing to comply |
//! | `neither resolved nor reduced` | no resolved; no reduced |
//! | `no fracture and no risk of fracture` | no fracture; no risk of fracture |
//! | `failure to understand` | not understand |
//! | `free extravasation` | extravasation; but `free of disease` stays |
//! | `willingness`, `agrees` | willing |

use std::collections::BTreeMap;
use std::sync::OnceLock;
use trialway_terminology::clause::{self, Clause};

/// Phrases and what they say; the longer before those that begin them.
const PLAIN: [(&str, &str); 64] = [
    ("unable or unwilling", "not able willing"),
    ("unwilling or unable", "not able willing"),
    ("unable and unwilling", "not able willing"),
    ("unable / unwilling", "not able willing"),
    ("inability or unwillingness", "not able willing"),
    ("unwillingness or inability", "not able willing"),
    ("not willing or able", "not able willing"),
    ("not able or willing", "not able willing"),
    ("not willing and able", "not able willing"),
    ("able and willing", "able willing"),
    ("willing and able", "able willing"),
    ("willing or able", "able willing"),
    ("ability and willingness", "able willing"),
    ("willingness and ability", "able willing"),
    ("willing and capable", "able willing"),
    ("unwillingness", "unwilling"),
    ("willingness", "willing"),
    ("inability", "unable"),
    ("ability", "able"),
    ("capable of", "able"),
    ("capability", "able"),
    ("agrees", "willing"),
    ("agree", "willing"),
    ("agreed", "willing"),
    ("agreement", "willing"),
    ("negative for", "no"),
    ("positive for", ""),
    ("negative", "no"),
    ("stated", ""),
    ("neither", "no"),
    ("nor", "; no"),
    ("and no", "; no"),
    ("and not", "; not"),
    ("and without", "; without"),
    ("and never", "; never"),
    ("or no", "; no"),
    ("or not able willing", "; not able willing"),
    ("or not", "; not"),
    ("or without", "; without"),
    ("or unwilling", "; unwilling"),
    ("or unable", "; unable"),
    ("but no", "; no"),
    ("but not", "; not"),
    (", no", "; no"),
    (", not", "; not"),
    (", without", "; without"),
    (", never", "; never"),
    ("failure to have", "not"),
    ("failure to", "not"),
    ("failed to", "not"),
    ("fails to", "not"),
    ("fail to", "not"),
    ("free of", "without"),
    ("free from", "without"),
    ("free", ""),
    ("take part", "participate"),
    ("taking part", "participating"),
    ("give", "provide"),
    ("gives", "provides"),
    ("giving", "providing"),
    ("details", "information"),
    ("app", "application"),
    ("apps", "applications"),
    ("cbt", "cognitive behavioral therapy cbt"),
];

/// The clauses of a text.
pub(crate) fn clauses(text: &str) -> Vec<Clause> {
    clause::clauses(&plainly(text))
}

/// The whole text as one clause.
///
/// **Unknown**: where several words deny, their number tells nothing, so that callers look at `n_denials`.
pub(crate) fn whole(text: &str) -> Option<Clause> {
    clause::whole(&plainly(text))
}

/// A text with each of these phrases said plainly.
pub(crate) fn plainly(text: &str) -> String {
    // A hyphen keeps "symptom-free" together; what is free of something comes before it.
    let lower = text.to_lowercase().replace("-free", " absent").replace('/', " / ");
    let mut words: Vec<String> = Vec::new();
    for part in lower.split_whitespace() {
        let end = part.len() - part.chars().rev().take_while(|c| is_sign(*c)).map(char::len_utf8).sum::<usize>();
        let word = part.get(..end).unwrap_or(part);
        let start = word.len() - word.trim_start_matches(is_sign).len();
        for piece in [part.get(..start), part.get(start..end), part.get(end..)].into_iter().flatten() {
            if !piece.is_empty() {
                words.push(piece.to_owned());
            }
        }
    }
    // "More than two (2) discs": the number in brackets says nothing new.
    let is_number = |word: &String| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let mut said: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        said.push(word);
        if let [.., open, number, close] = said.as_slice()
            && open == "("
            && is_number(number)
            && close == ")"
        {
            said.truncate(said.len() - 3);
        }
    }
    // Twice: "inability or unwillingness" becomes a denial that "or" stands before.
    let once = replaced(&said);
    let again: Vec<String> = once.split_whitespace().map(str::to_owned).collect();
    replaced(&again)
}

fn is_sign(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '.' | '(' | ')' | '[' | ']' | '?' | '!')
}

/// A phrase word by word, and what it says.
type Phrase = (Vec<&'static str>, &'static str);

/// The phrases by their first word, the longest first: most words begin none.
fn phrases() -> &'static BTreeMap<&'static str, Vec<Phrase>> {
    static PHRASES: OnceLock<BTreeMap<&'static str, Vec<Phrase>>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut out: BTreeMap<&'static str, Vec<Phrase>> = BTreeMap::new();
        for (phrase, plain) in PLAIN {
            let words: Vec<&str> = phrase.split(' ').collect();
            if let Some(first) = words.first() {
                out.entry(first).or_default().push((words, plain));
            }
        }
        for list in out.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        out
    })
}

fn replaced(words: &[String]) -> String {
    let mut out: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let found = phrases().get(word.as_str()).and_then(|list| {
            list.iter().find(|(phrase, _)| {
                words.get(at..at + phrase.len()).is_some_and(|here| here.iter().zip(phrase).all(|(a, b)| a == b))
            })
        });
        match found {
            Some((phrase, plain)) => {
                out.push(plain);
                at += phrase.len();
            }
            None => {
                out.push(word);
                at += 1;
            }
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{clauses, plainly};

    #[test]
    fn words_are_put_plainly() {
        for (text, want) in [
            ("Unable or unwilling to comply", "not able willing to comply"),
            ("neither resolved nor reduced", "no resolved ; no reduced"),
            (
                "Failure to understand, or inability or unwillingness to attend",
                "not understand , ; not able willing to attend",
            ),
            ("shows free extravasation", "shows  extravasation"),
            ("free of disease", "without disease"),
            ("a symptom-free year", "a symptom absent year"),
        ] {
            assert_eq!(
                plainly(text).split_whitespace().collect::<Vec<_>>().join(" "),
                want.split_whitespace().collect::<Vec<_>>().join(" "),
                "{text}"
            );
        }
    }

    #[test]
    fn each_clause_keeps_its_own_denial() {
        let denied = |text: &str| clauses(text).iter().map(|clause| clause.denied).collect::<Vec<_>>();
        assert_eq!(denied("No fracture and no increased risk of fracture"), [Some(true), Some(true)]);
        assert_eq!(denied("Marker: no detectable cells, no mass"), [Some(false), Some(true), Some(true)]);
        assert_eq!(denied("Neither plan nor intent"), [Some(true), Some(true)]);
    }
}
