//! "Has participated in another clinical trial of an investigational drug": words that speak of taking part in other research.
//!
//! ```text
//! way ("or" way)* "in" (other | article)* kind (("," | "or" | "and" | "/") kind)* study ("or" … study)* (about article* kind* tested)?
//! ```
//!
//! Which kind of research is meant is passed over where the words are those of any trial; words beside these end the phrase, and
//! stay unread. Table: `data/research.tsv`.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use trialway_terminology::{Word, words};

/// What a word can be in such a phrase; several at once.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    way: bool,
    elsewhere: bool,
    bare: bool,
    other: bool,
    article: bool,
    kind: bool,
    study: bool,
    about: bool,
    tested: bool,
}

type Table = BTreeMap<&'static str, Parts>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut out = Table::default();
        for line in include_str!("../data/research.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(part), Some(word)) = (cells.next(), cells.next()) else { continue };
            // "taking part": the second word is always the same.
            let parts = out.entry(word.strip_suffix(" part").unwrap_or(word)).or_default();
            match part {
                "way" => parts.way = true,
                "elsewhere" => parts.elsewhere = true,
                "bare" => parts.bare = true,
                "other" => parts.other = true,
                "article" => parts.article = true,
                "kind" => parts.kind = true,
                "study" => parts.study = true,
                "about" => parts.about = true,
                "tested" => parts.tested = true,
                _ => {}
            }
        }
        out
    })
}

fn parts(word: Option<&Word>) -> Parts {
    word.and_then(|word| table().get(word.norm.as_str()).copied()).unwrap_or_default()
}

fn is(word: Option<&Word>, list: &[&str]) -> bool {
    word.is_some_and(|word| list.contains(&word.norm.as_str()))
}

/// What a way of taking part needs to speak of other research than the study itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Needs {
    /// "participated in a drug trial": a kind of research will do.
    Kind,
    /// "to participate in any trial"
    Any,
    /// "treated in another trial"
    Other,
}

/// How many words a way of taking part has at a place, and what it needs.
fn way(words: &[Word], at: usize) -> Option<(usize, Needs)> {
    let found = parts(words.get(at));
    let takes = is(words.get(at), &["take", "taking", "took", "taken"]);
    match (takes, is(words.get(at + 1), &["part"])) {
        (true, true) if is(words.get(at), &["take"]) => Some((2, Needs::Any)),
        (true, true) => Some((2, Needs::Kind)),
        (true, false) => None,
        _ if found.way => Some((1, Needs::Kind)),
        _ if found.bare => Some((1, Needs::Any)),
        _ if found.elsewhere => Some((1, Needs::Other)),
        _ => None,
    }
}

/// A bit for each word that begins a way of taking part, by the upper part of its key: most words are none of them.
fn openers() -> &'static [u64; 64] {
    static BITS: OnceLock<[u64; 64]> = OnceLock::new();
    BITS.get_or_init(|| {
        let ways =
            table().iter().filter(|(_, parts)| parts.way || parts.bare || parts.elsewhere).map(|(word, _)| *word);
        let words = ways.chain(["take", "taking", "took", "taken"]).flat_map(words);
        let mut bits = [0_u64; 64];
        for (at, bit) in words.map(|word| bit_of(word.key)) {
            if let Some(bits) = bits.get_mut(at) {
                *bits |= bit;
            }
        }
        bits
    })
}

/// Where the bit of a key stands.
fn bit_of(key: u64) -> (usize, u64) {
    ((key >> 58) as usize, 1 << (key >> 52 & 63))
}

/// Whether a way of taking part may begin with this word.
fn may_open(word: &Word) -> bool {
    let (at, bit) = bit_of(word.key);
    openers().get(at).is_some_and(|bits| bits & bit != 0)
}

/// How many of these words speak of taking part in research, and whether they say that it is another one; none where the first
/// ones do not.
pub fn taking_part(words: &[Word]) -> Option<(usize, bool)> {
    words.first().filter(|word| may_open(word))?;
    let (mut at, mut needs) = way(words, 0)?;
    // "enrolled in or has completed another trial"
    loop {
        let mut next = at;
        if is(words.get(next), &["in"]) {
            next += 1;
        }
        if !is(words.get(next), &["or", "and", "/"]) {
            break;
        }
        next += 1;
        while is(words.get(next), &["has", "have", "been", "had", "currently", "recently", "previously", "is", "are"]) {
            next += 1;
        }
        let Some((n, more)) = way(words, next) else { break };
        at = next + n;
        needs = needs.max(more);
    }
    if is(words.get(at), &["in"]) {
        at += 1;
    } else if !is(words.get(at.wrapping_sub(1)), &["completed", "entered"]) {
        return None;
    }
    let (mut other, mut determined) = (false, false);
    while let found @ (Parts { other: true, .. } | Parts { article: true, .. }) = parts(words.get(at)) {
        other |= found.other;
        determined |= found.other || is(words.get(at), &["any"]);
        at += 1;
    }
    let first_kind = at;
    let mut end = None;
    loop {
        let found = parts(words.get(at));
        if found.study {
            // "research study", "clinical trial or study"
            end = Some(at + 1);
            at += 1;
        } else if found.kind
            || found.other && end.is_some()
            || found.article && is(words.get(at.wrapping_sub(1)), &["or", "and"])
        {
            other |= found.other;
            at += 1;
        } else if is(words.get(at), &[",", "or", "and", "/"]) {
            let behind = parts(words.get(at + 1));
            if !(behind.kind || behind.study || behind.other || behind.article) {
                break;
            }
            at += 1;
        } else {
            break;
        }
    }
    let end = end?;
    let known = match needs {
        // "in a study of an investigational agent": what is tested there tells as much as a kind.
        Needs::Kind => determined || end > first_kind + 1 || tested(words, end).is_some(),
        Needs::Any => determined,
        Needs::Other => other,
    };
    if !known {
        return None;
    }
    // "participation in any study procedure": no research of its own.
    const OWN: [&str; 12] = [
        "specific",
        "related",
        "procedure",
        "visit",
        "activity",
        "assessment",
        "drug",
        "medication",
        "treatment",
        "event",
        "intervention",
        "team",
    ];
    if is(words.get(end), &OWN) {
        return None;
    }
    Some((tested(words, end).unwrap_or(end), other))
}

/// "… of an investigational drug or device": where it ends.
fn tested(words: &[Word], from: usize) -> Option<usize> {
    let mut at = from;
    if !parts(words.get(at)).about {
        return None;
    }
    at += 1;
    let mut new = false;
    let mut end = None;
    loop {
        let found = parts(words.get(at));
        new |= is(words.get(at), &["investigational", "experimental", "unapproved", "new"]);
        if found.tested {
            end = Some(at + 1);
        } else if !(found.kind || found.article || found.other || is(words.get(at), &["/", "chemical", "the", "use"])) {
            break;
        }
        at += 1;
    }
    end.filter(|_| new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_terminology::words;

    fn read(text: &str) -> Option<String> {
        let all: Vec<Word> = words(text).into_iter().filter(|word| word.norm != "-").collect();
        let (n, _) = taking_part(&all)?;
        text.get(..all[n - 1].range.end).map(str::to_owned)
    }

    #[test]
    fn every_way_of_taking_part_in_any_kind_of_other_research() {
        for text in [
            "participated in another clinical trial",
            "participation in any investigational drug or device study",
            "taking part in another study",
            "enrolled in or has completed another investigational device or drug trial",
            "participating in other interventional research",
            "participation in a clinical trial of an investigational medicinal product",
            "enrolled in any other therapeutic trial or study",
            "treated in another trial",
            "completed another study",
        ] {
            assert_eq!(read(text).as_deref(), Some(text), "{text}");
        }
    }

    #[test]
    fn the_phrase_ends_where_other_words_begin() {
        for (text, want) in [
            ("participated in another trial within 30 days", "participated in another trial"),
            ("participation in any trial of lixisenatide", "participation in any trial"),
            ("enrolled in another study or allergic to eggs", "enrolled in another study"),
        ] {
            assert_eq!(read(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn the_study_itself_and_other_things_are_no_other_research() {
        for text in [
            "participation in this study",
            "participate in the trial",
            "enrolled in a study",
            "treated in a clinical trial",
            "participation in sports",
            "enrolled in another observational study",
            "taking part",
            "treatment in any hospital",
            "participation in any study-specific procedure",
            "participate in a clinical trial",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
