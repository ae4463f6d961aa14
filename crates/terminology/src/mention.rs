//! Where concepts are named in a text, and whether the naming is denied or only suspected.
//!
//! Names are matched word by word, longest first, after normalisation; hyphens and apostrophes are passed over. Denial and
//! suspicion follow NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009) with the cues of `data/cues.tsv`.

use crate::ConceptId;
use crate::load::{Name, Terminology};
use crate::trie::{Phrases, Trie};
use crate::words::{Word, WordKind, first_word, words};
use std::ops::Range;
use std::sync::OnceLock;

/// One naming of a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Index range into the words of the text.
    pub words: Range<usize>,
    /// The concept named.
    pub concept: ConceptId,
    /// Whether the text denies it ("no evidence of", "negative for", "not confirmed").
    pub negated: bool,
    /// Whether the text only suspects it, or speaks of a relative ("possible", "family history of").
    pub hypothetical: bool,
}

/// Names are at most this many words long.
const LONGEST_NAME: usize = 14;

impl Terminology {
    /// The concepts named in a text, in text order; longest name first where names overlap.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.mentions_in(text, &words(text))
    }

    /// The same over words already made.
    pub fn mentions_in(&self, text: &str, words: &[Word]) -> Vec<Mention> {
        let mut solid: Vec<(usize, &Word)> = Vec::with_capacity(words.len());
        solid.extend(words.iter().enumerate().filter(|(_, word)| !is_joint(word)));
        let mut out: Vec<Mention> = Vec::new();
        let mut concepts: Vec<u32> = Vec::new();
        let mut at = 0;
        while let Some(here) = solid.get(at..).filter(|here| !here.is_empty()) {
            // Most words begin no name.
            if !here.first().is_some_and(|(_, first)| self.tables.by_words.begins(first)) {
                at += 1;
                continue;
            }
            let n = self.longest(text, here, &mut concepts);
            // "non-melanoma", "anti-cancer": what is named is not it.
            let before = at.checked_sub(1).and_then(|at| solid.get(at));
            let denied = before.is_some_and(|(_, word)| word.norm == "non");
            let against = before.is_some_and(|(_, word)| word.norm == "anti");
            let of = |domain: crate::Domain| {
                let mut named = concepts.iter().filter_map(|place| self.id_at(*place));
                named.all(|id| id.domain() == Some(domain))
            };
            if n == 0 || denied && !of(crate::Domain::State) || against && of(crate::Domain::Condition) {
                at += 1;
                continue;
            }
            let (Some((first, from)), Some((last, to))) = (here.first(), here.get(n - 1)) else { break };
            let written = text.get(from.range.start..to.range.end).unwrap_or_default();
            if !crate::context::allows(written, words, *first) {
                at += 1;
                continue;
            }
            out.extend(concepts.iter().filter_map(|place| self.id_at(*place)).map(|concept| Mention {
                range: from.range.start..to.range.end,
                words: *first..*last + 1,
                concept: concept.clone(),
                negated: false,
                hypothetical: false,
            }));
            at += n;
        }
        assert_context(words, &mut out);
        out
    }

    /// Whether a name may begin with the first word of a text; for most words that begin none, no.
    pub fn may_begin_name(&self, text: &str) -> bool {
        first_word(text).is_some_and(|first| self.tables.by_words.begins(&first))
    }

    /// The concept that a text names as a whole; the first by id, where several have that name.
    pub fn named_by(&self, text: &str) -> Option<ConceptId> {
        let words = words(text);
        let solid: Vec<(usize, &Word)> = words.iter().enumerate().filter(|(_, word)| !is_joint(word)).collect();
        let mut concepts = Vec::new();
        let n = self.longest(text, &solid, &mut concepts);
        let last = solid.get(n.checked_sub(1)?)?;
        let whole = solid.first()?.1.range.start == 0 && last.1.range.end == text.len();
        concepts.first().filter(|_| whole).and_then(|place| self.id_at(*place)).cloned()
    }

    /// How many words the longest name has that begins here, and the numbers of the concepts that have it, in the order of their
    /// ids; none with no words.
    fn longest(&self, text: &str, here: &[(usize, &Word)], concepts: &mut Vec<u32>) -> usize {
        let mut best = 0;
        concepts.clear();
        self.tables.by_words.walk(here.iter().take(LONGEST_NAME).map(|(_, word)| *word), |n, names| {
            let here = here.get(..n).unwrap_or_default();
            let names = names.iter().map(|index| self.name(index));
            for name in names.filter(|name| says(here, name) && spelled(text, here, name)) {
                if best < n {
                    best = n;
                    concepts.clear();
                }
                if !concepts.contains(&name.concept) {
                    concepts.push(name.concept);
                }
            }
        });
        concepts.sort_unstable();
        best
    }
}

/// Whether these words are those of a name, and not others with the same keys.
fn says(here: &[(usize, &Word)], name: &Name<'_>) -> bool {
    let mut rest = name.words;
    here.iter().all(|(_, word)| match rest.strip_prefix(word.norm.as_str()) {
        Some(behind) => {
            rest = behind.strip_prefix(' ').unwrap_or(behind);
            behind.is_empty() || rest.len() < behind.len()
        }
        None => false,
    })
}

/// Whether an abbreviation that counts only in one spelling is spelled so here.
fn spelled(text: &str, here: &[(usize, &Word)], name: &Name<'_>) -> bool {
    let Some(exact) = name.exact else { return true };
    match (here.first(), here.last()) {
        (Some((_, first)), Some((_, last))) => text.get(first.range.start..last.range.end) == Some(exact),
        _ => false,
    }
}

fn is_joint(word: &Word) -> bool {
    word.kind == WordKind::Symbol && matches!(word.norm.as_str(), "-" | "'" | "’" | "+" | "‐" | "‑")
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Before,
    After,
}

struct Cue {
    n_words: usize,
    direction: Direction,
    negates: bool,
}

fn cues() -> &'static (Trie, Vec<Cue>) {
    static CUES: OnceLock<(Trie, Vec<Cue>)> = OnceLock::new();
    CUES.get_or_init(|| {
        let (mut phrases, mut cues) = (Phrases::default(), Vec::new());
        for line in include_str!("../data/cues.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(cue), Some(direction), Some(kind)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let norms = words(cue);
            phrases.add(norms.iter().map(|word| word.norm.as_str()), cues.len() as u32);
            cues.push(Cue {
                n_words: norms.len(),
                direction: if direction == "pre" { Direction::Before } else { Direction::After },
                negates: kind == "negated",
            });
        }
        (phrases.closed(), cues)
    })
}

/// How far a cue reaches, in words.
const REACH: usize = 8;

/// Marks mentions that a cue denies or doubts. A cue reaches to the end of its clause: a full stop, semicolon, "but", "except".
fn assert_context(words: &[Word], mentions: &mut [Mention]) {
    if mentions.is_empty() {
        return;
    }
    let (trie, cues) = cues();
    let mut at = 0;
    while at < words.len() {
        let mut found = None;
        trie.walk(words.iter().skip(at), |_, values| found = values.iter().next_back());
        let Some(cue) = found.and_then(|index| cues.get(index as usize)) else {
            at += 1;
            continue;
        };
        let n = cue.n_words;
        let reached: Range<usize> = match cue.direction {
            Direction::Before => {
                let end = (at + n..words.len().min(at + n + REACH))
                    .find(|k| words.get(*k).is_some_and(ends_clause))
                    .unwrap_or_else(|| words.len().min(at + n + REACH));
                at + n..end
            }
            Direction::After => {
                let start = (at.saturating_sub(REACH)..at)
                    .rev()
                    .find(|k| words.get(*k).is_some_and(ends_clause))
                    .map_or(at.saturating_sub(REACH), |k| k + 1);
                start..at
            }
        };
        let n_before = mentions.partition_point(|mention| mention.words.start < reached.start);
        for mention in mentions
            .iter_mut()
            .skip(n_before)
            .take_while(|mention| mention.words.start < reached.end)
            .filter(|mention| mention.words.end <= reached.end)
        {
            if cue.negates {
                mention.negated = true;
            } else {
                mention.hypothetical = true;
            }
        }
        at += n;
    }
}

fn ends_clause(word: &Word) -> bool {
    matches!(word.norm.as_str(), "." | ";" | ":" | "but" | "except" | "however" | "although" | "(" | ")")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(String, bool, bool)> {
        Terminology::builtin()
            .mentions(text)
            .into_iter()
            .map(|m| (m.concept.to_string(), m.negated, m.hypothetical))
            .collect()
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(
            named("steroid-resistant nephrotic syndrome"),
            [("condition:steroid_resistant_nephrotic_syndrome".to_owned(), false, false)]
        );
        assert_eq!(named("CAR-T therapy").first().map(|m| m.0.as_str()), Some("class:car_t"));
    }

    #[test]
    fn a_text_that_is_one_name() {
        let named_by = |text: &str| Terminology::builtin().named_by(text).map(|id| id.to_string());
        assert_eq!(named_by("lupus nephritis").as_deref(), Some("condition:lupus_nephritis"));
        for text in ["", "lupus nephritis and", "no lupus nephritis", "-lupus nephritis", "words of no name"] {
            assert_eq!(named_by(text), None, "{text}");
        }
    }

    #[test]
    fn denial_and_doubt_are_marked() {
        for (text, negated, hypothetical) in [
            ("no lupus nephritis", true, false),
            ("lupus nephritis not confirmed", true, false),
            ("lupus nephritis", false, false),
            ("possible lupus nephritis", false, true),
            ("family history of lupus nephritis", false, true),
            ("No fever. Lupus nephritis.", false, false),
        ] {
            let found = named(text).into_iter().find(|m| m.0 == "condition:lupus_nephritis").unwrap();
            assert_eq!((found.1, found.2), (negated, hypothetical), "{text}");
        }
    }

    #[test]
    fn abbreviations_in_capitals_are_not_common_words() {
        assert!(named("MS").iter().any(|m| m.0 == "condition:multiple_sclerosis"));
        assert!(named("150 ms").is_empty());
    }
}
