//! How something is said: denied, doubted, of a relative, of the past, over, planned.
//!
//! After NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009), with the cues of `data/cues.tsv`. A cue reaches to the end of
//! its clause; a bare denial reaches over a comma only in a list that ends with "or" or "nor".

use crate::subject::Subject;
use std::ops::Range;
use std::sync::OnceLock;
use trialway_terminology::{Phrases, Trie, Word, words};

/// How something is said of the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    /// It is so.
    Present,
    /// It was so or was done; whether it goes on depends on what it is.
    Past,
    /// It was so and is over.
    Over,
    /// It is not so.
    Absent,
    /// It is suspected.
    Doubted,
    /// It is planned, wished or advised.
    Planned,
    /// It is so of somebody else.
    Family,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Is(Manner),
    Nothing,
    End,
}

#[derive(Clone, Copy)]
struct Cue {
    n_words: usize,
    kind: Kind,
    after: bool,
    list: bool,
}

fn cues() -> &'static (Trie, Vec<Cue>) {
    static CUES: OnceLock<(Trie, Vec<Cue>)> = OnceLock::new();
    CUES.get_or_init(|| {
        let (mut phrases, mut cues) = (Phrases::default(), Vec::new());
        for line in include_str!("../data/cues.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(cue), Some(kind)) = (cells.next(), cells.next()) else { continue };
            let mut parts = kind.split(' ');
            let kind = match parts.next() {
                Some("absent") => Kind::Is(Manner::Absent),
                Some("doubted") => Kind::Is(Manner::Doubted),
                Some("planned") => Kind::Is(Manner::Planned),
                Some("past") => Kind::Is(Manner::Past),
                Some("over") => Kind::Is(Manner::Over),
                Some("family") => Kind::Is(Manner::Family),
                Some("nothing") => Kind::Nothing,
                _ => Kind::End,
            };
            let further = parts.next();
            let norms = words(cue);
            phrases.add(norms.iter().map(|word| word.norm.as_str()), cues.len() as u32);
            cues.push(Cue {
                n_words: norms.len(),
                kind,
                after: further == Some("after"),
                list: further == Some("list"),
            });
        }
        (phrases.closed(), cues)
    })
}

/// A stretch of words said in one manner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Index range into the statement's words.
    pub words: Range<usize>,
    /// How they are said.
    pub manner: Manner,
}

/// How far a cue reaches behind it, and before it, in words.
const REACH: (usize, usize) = (24, 5);

/// The scopes of a statement's words.
///
/// **Shape**: `subject` is the relative of the teller whom the story is about, who is no relative then.
pub fn scopes(words: &[Word], subject: Option<Subject>) -> Vec<Scope> {
    let (trie, cues) = cues();
    // First where cues stand, longest first; then how far each reaches.
    let mut found: Vec<(usize, Vec<Cue>)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut here: Vec<Cue> = Vec::new();
        trie.walk(words.iter().skip(at), |_, values| {
            here = values.iter().filter_map(|index| cues.get(index as usize)).copied().collect();
        });
        let n = here.iter().map(|cue| cue.n_words).max().unwrap_or(0);
        if n == 0 {
            at += 1;
        } else {
            found.push((at, here));
            at += n;
        }
    }
    let ends: Vec<usize> =
        found.iter().filter(|(_, here)| here.iter().any(|cue| cue.kind == Kind::End)).map(|(at, _)| *at).collect();
    let mut out = Vec::new();
    for (at, here) in &found {
        for cue in here {
            let Kind::Is(manner) = cue.kind else { continue };
            let reach = if cue.after { back(words, *at, &ends) } else { forth(words, *at, cue, manner, &ends) };
            if !reach.is_empty() {
                out.push(Scope { words: reach, manner });
            }
        }
    }
    out.extend(ruled_out(words));
    out.extend(relatives(words, subject));
    out.extend(subject.and_then(|subject| subject.of_teller(words)));
    out
}

/// "Ruled out A and B", "CT ruled out A": not A, and perhaps not B. Not "A was ruled out", which is a cue.
fn ruled_out(words: &[Word]) -> Vec<Scope> {
    let norm = |at: usize| words.get(at).map_or("", |word| word.norm.as_str());
    let mut out = Vec::new();
    for at in 0..words.len() {
        let before = norm(at.wrapping_sub(1));
        if norm(at) != "ruled"
            || norm(at + 1) != "out"
            || norm(at + 2) == "for"
            || matches!(before, "was" | "were" | "been" | "be" | "is" | "not" | "yet")
        {
            continue;
        }
        let start = at + 2;
        let limit = words.len().min(start + REACH.0);
        let stop = (start..limit).find(|k| words.get(*k).is_some_and(closes)).unwrap_or(limit);
        let joint = (start..stop).find(|k| matches!(norm(*k), "and" | ",")).unwrap_or(stop);
        out.push(Scope { words: start..joint, manner: Manner::Absent });
        out.push(Scope { words: joint..stop, manner: Manner::Doubted });
    }
    out
}

fn forth(words: &[Word], at: usize, cue: &Cue, manner: Manner, ends: &[usize]) -> Range<usize> {
    let start = at + cue.n_words;
    let limit = words.len().min(start + REACH.0);
    let mut stop =
        (start..limit).find(|k| words.get(*k).is_some_and(closes) || *k > start && ends.contains(k)).unwrap_or(limit);
    // "History of A, presents with B": a comma ends the past, but for a list of bare names.
    let bounded = !cue.list && !matches!(manner, Manner::Family | Manner::Past);
    if bounded {
        let listed = (start..stop).any(|k| words.get(k).is_some_and(|word| matches!(word.norm.as_str(), "or" | "nor")));
        if !listed {
            stop = (start..stop).find(|k| words.get(*k).is_some_and(|word| word.norm == ",")).unwrap_or(stop);
        }
    }
    start..stop
}

fn back(words: &[Word], at: usize, ends: &[usize]) -> Range<usize> {
    let first = at.saturating_sub(REACH.1);
    let start = (first..at)
        .rev()
        .find(|k| {
            words.get(*k).is_some_and(|word| closes(word) && word.norm != ":" || word.norm == ",") || ends.contains(k)
        })
        .map_or(first, |k| k + 1);
    start..at
}

fn closes(word: &Word) -> bool {
    matches!(word.norm.as_str(), "." | ";" | ":" | ")" | "(")
}

/// Words for relatives and others.
const RELATIVES: [&str; 43] = [
    "mother",
    "father",
    "brother",
    "sister",
    "sibling",
    "son",
    "daughter",
    "uncle",
    "aunt",
    "cousin",
    "grandmother",
    "grandfather",
    "grandparent",
    "parent",
    "wife",
    "husband",
    "spouse",
    "partner",
    "twin",
    "nephew",
    "niece",
    "relative",
    "roommate",
    "friend",
    "maternal",
    "paternal",
    "neighbor",
    "classmate",
    "mom",
    "mum",
    "mommy",
    "mummy",
    "mama",
    "dad",
    "daddy",
    "papa",
    "grandma",
    "grandpa",
    "granny",
    "grandson",
    "granddaughter",
    "stepfather",
    "stepmother",
];

/// Verbs and joints that make the relative the one of whom something is said.
const OF_THEM: [&str; 20] = [
    "had",
    "has",
    "have",
    "died",
    "was",
    "were",
    "with",
    "underwent",
    "suffer",
    "suffered",
    "is",
    "are",
    "developed",
    "diagnosed",
    "also",
    "both",
    "deceased",
    "passed",
    "who",
    "got",
];

/// "His brother had X": of the brother. "His mother reports X", "brought by his wife after X": of the patient.
fn relatives(words: &[Word], subject: Option<Subject>) -> Vec<Scope> {
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !RELATIVES.contains(&word.norm.as_str()) || subject.is_some_and(|subject| subject.is_named(words, at)) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|k| words.get(k)).map_or("", |word| word.norm.as_str());
        let next = |k: usize| words.get(at + k).map_or("", |word| word.norm.as_str());
        if before == "by" || matches!(next(1), "report" | "reported" | "state" | "noted" | "recall" | "say") {
            continue;
        }
        let subject = OF_THEM.contains(&next(1)) && !(matches!(next(1), "was" | "is") && next(2) == "concerned")
            || matches!(next(1), "(" | "'" | ",") && OF_THEM.contains(&next(2))
            || matches!(next(1), "'" | "’") && next(2) == "s"
            || matches!(before, "in" | "maternal" | "paternal" | "older" | "younger") && next(1) != "report";
        // "X in his older siblings": what stands before is theirs, too.
        let in_them = words.get(at.saturating_sub(3)..at).unwrap_or_default().iter().any(|word| word.norm == "in");
        if subject || in_them {
            let start = if in_them { at.saturating_sub(10) } else { at };
            let end =
                (at..words.len()).find(|k| words.get(*k).is_some_and(|word| word.norm == ".")).unwrap_or(words.len());
            out.push(Scope { words: start..end, manner: Manner::Family });
        }
    }
    out
}

/// How a stretch of words is said: the strongest of the scopes around it.
pub fn manner(scopes: &[Scope], at: &Range<usize>) -> Manner {
    const STRONGEST: [Manner; 6] =
        [Manner::Family, Manner::Absent, Manner::Doubted, Manner::Planned, Manner::Over, Manner::Past];
    let around = |manner: Manner| {
        scopes.iter().any(|scope| scope.manner == manner && scope.words.start <= at.start && at.end <= scope.words.end)
    };
    STRONGEST.into_iter().find(|manner| around(*manner)).unwrap_or(Manner::Present)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(text: &str, name: &str, wanted: Manner) {
        let all = words(text);
        let at = all.iter().position(|word| word.norm == name).unwrap();
        assert_eq!(manner(&scopes(&all, None), &(at..at + 1)), wanted, "{text}: {name}");
    }

    #[test]
    fn how_things_are_said() {
        check("No significant past medical history presents with cough", "cough", Manner::Present);
        check("She denies smoking, diabetes, asthma, or gout", "gout", Manner::Absent);
        check("No infiltrate, leukocytosis", "leukocytosis", Manner::Present);
        check("No fever, cough or rash", "rash", Manner::Absent);
        check("His brother had colitis", "colitis", Manner::Family);
        check("His mother reports wheezing", "wheezing", Manner::Present);
        check("Family history of gout", "gout", Manner::Family);
        check("History of gout, now with fever", "fever", Manner::Present);
        check("History of gout, now with fever", "gout", Manner::Past);
        check("Possible pneumonia", "pneumonia", Manner::Doubted);
        check("Not compliant with diabetes diet", "diabetes", Manner::Present);
        check("Blood cultures were negative", "culture", Manner::Absent);
        check("Asthma: no", "asthma", Manner::Present);
        check("Scheduled for colectomy", "colectomy", Manner::Planned);
        check("Fever resolved", "fever", Manner::Over);
        check("I don't have gout", "gout", Manner::Absent);
        check("I don’t have gout", "gout", Manner::Absent);
        check("I don't know if I have gout", "gout", Manner::Doubted);
        check("She was told she might have gout", "gout", Manner::Doubted);
        check("She is trying to get pregnant", "pregnant", Manner::Planned);
        check("My mum died of gout", "gout", Manner::Family);
        check("His brother's gout", "gout", Manner::Family);
        check("Ruled out lupus", "lupus", Manner::Absent);
        check("Lupus ruled out and gout found", "gout", Manner::Doubted);
        check("Lupus ruled out", "lupus", Manner::Absent);
        check("Lupus hasn't been ruled out", "lupus", Manner::Doubted);
        check("Gout cannot be excluded", "gout", Manner::Doubted);
        check("I used to have gout", "gout", Manner::Over);
        check("Colonoscopy due to family history of polyps in his older siblings", "polyp", Manner::Family);
    }
}
