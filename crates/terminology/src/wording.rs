//! Names that the vocabulary lacks: what part a word plays in the name of something, and whether two wordings meet.
//!
//! | word | part |
//! | --- | --- |
//! | `syndrome`, `-ectomy` | head: says what kind of thing is named (`general` ones need more words beside them) |
//! | `exacerbation` | aspect: a side of the thing beside it, not a thing of its own |
//! | `ambulatory` | head that names a state of life |
//! | `cornea` | site of the body |
//! | `require`, `although` | stop: never part of a name |
//!
//! Any other word may narrow a name. Roles are data (`data/name_words.tsv`).

use crate::concept::Domain;
use crate::words::{Word, WordKind, words};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The part that a word plays in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Says what kind of thing is named; a general one names nothing by itself.
    Head(Domain, bool),
    /// A side of the thing beside it.
    Aspect,
    /// A part of the body.
    Site,
    /// Part of a name only between other words of it.
    Noun,
    /// Never part of a name.
    Stop,
}

struct Roles {
    by_word: FxHashMap<CompactString, Role>,
    /// Endings by their last two letters, longest first.
    endings: FxHashMap<[u8; 2], Vec<(CompactString, Role)>>,
}

/// Words with an ending need at least this many letters before it.
const SHORTEST_STEM: usize = 2;

fn roles() -> &'static Roles {
    static ROLES: OnceLock<Roles> = OnceLock::new();
    ROLES.get_or_init(|| {
        let mut by_word = FxHashMap::default();
        let mut endings: FxHashMap<[u8; 2], Vec<(CompactString, Role)>> = FxHashMap::default();
        for line in include_str!("../data/name_words.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(word), Some(role)) = (cells.next(), cells.next().and_then(parse)) else { continue };
            match word.strip_prefix('-') {
                Some(ending) => {
                    if let Some(tail) = tail(ending) {
                        endings.entry(tail).or_default().push((CompactString::from(ending), role));
                    }
                }
                None => {
                    for word in words(word) {
                        by_word.entry(word.norm).or_insert(role);
                    }
                }
            }
        }
        for list in endings.values_mut() {
            list.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
        }
        Roles { by_word, endings }
    })
}

fn parse(text: &str) -> Option<Role> {
    let (kind, general) = text.strip_suffix(" general").map_or((text, false), |kind| (kind, true));
    Some(match kind {
        "condition" => Role::Head(Domain::Condition, general),
        "procedure" => Role::Head(Domain::Procedure, general),
        "drug" => Role::Head(Domain::Drug, general),
        "state" => Role::Head(Domain::State, false),
        "aspect" => Role::Aspect,
        "site" => Role::Site,
        "noun" => Role::Noun,
        "stop" => Role::Stop,
        _ => return None,
    })
}

/// The last two letters of a word.
fn tail(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().last_chunk().copied()
}

/// The part that a normalised word plays; none where it may only narrow a name.
pub fn role(norm: &str) -> Option<Role> {
    let roles = roles();
    roles.by_word.get(norm).copied().or_else(|| {
        let list = roles.endings.get(&tail(norm)?)?;
        let ending = |(ending, _): &&(CompactString, Role)| {
            norm.len() >= ending.len() + SHORTEST_STEM && norm.ends_with(ending.as_str())
        };
        list.iter().find(ending).map(|(_, role)| *role)
    })
}

/// Whether a word may stand in a name: letters, and nothing that never does.
pub fn is_nominal(word: &Word) -> bool {
    is_nominal_with(word, role(&word.norm))
}

/// The same where the part that the word plays ([`role`]) is known already.
pub fn is_nominal_with(word: &Word, role: Option<Role>) -> bool {
    if word.kind != WordKind::Letters || word.norm.len() < 2 {
        return false;
    }
    match role {
        Some(role) => role != Role::Stop,
        None => !(word.norm.ends_with("ly") && word.norm.len() > 4),
    }
}

/// Whether a word tells one thing from others, so that a record that shares it may speak of the same thing.
pub fn is_distinctive(norm: &str) -> bool {
    const SAY_LITTLE: [&str; 68] = [
        "lab",
        "laboratory",
        "icf",
        "member",
        "condition",
        "problem",
        "issue",
        "process",
        "state",
        "status",
        "system",
        "patient",
        "factor",
        "reason",
        "area",
        "case",
        "change",
        "effect",
        "response",
        "kind",
        "form",
        "type",
        "part",
        "component",
        "combination",
        "situation",
        "circumstance",
        "comorbidity",
        "chronic",
        "acute",
        "recurrent",
        "severe",
        "advanced",
        "primary",
        "secondary",
        "systemic",
        "stage",
        "type",
        "class",
        "grade",
        "major",
        "minor",
        "active",
        "untreated",
        "relevant",
        "underlying",
        "persistent",
        "progressive",
        "oral",
        "topical",
        "long",
        "term",
        "high",
        "low",
        "dose",
        "related",
        "associated",
        "induced",
        "complex",
        "bilateral",
        "left",
        "right",
        "non",
        "post",
        "pre",
        "anti",
        "local",
        "open",
    ];
    norm.chars().count() > 2
        && !norm.starts_with(|c: char| c.is_ascii_digit())
        && !SAY_LITTLE.contains(&norm)
        && !matches!(role(norm), Some(Role::Head(_, true) | Role::Aspect | Role::Noun | Role::Stop))
}

/// Whether a name made of words may be that of many things ("inflammatory joint disease", "topical agent"), so that a record may
/// have one of them without any of these words.
pub fn names_class(name: &str) -> bool {
    name.split(' ').any(|word| matches!(role(word), Some(Role::Head(_, true))))
}

/// Adjectives of the body and the part that they are of: a record may use either.
const OF_PARTS: [(&str, &str); 36] = [
    ("renal", "kidney"),
    ("nephrotic", "kidney"),
    ("hepatic", "liver"),
    ("cardiac", "heart"),
    ("pulmonary", "lung"),
    ("cerebral", "brain"),
    ("intracranial", "brain"),
    ("ocular", "eye"),
    ("ophthalmic", "eye"),
    ("dermal", "skin"),
    ("cutaneous", "skin"),
    ("gastric", "stomach"),
    ("intestinal", "bowel"),
    ("mammary", "breast"),
    ("uterine", "uterus"),
    ("ovarian", "ovary"),
    ("testicular", "testis"),
    ("prostatic", "prostate"),
    ("pancreatic", "pancreas"),
    ("splenic", "spleen"),
    ("vesical", "bladder"),
    ("spinal", "spine"),
    ("muscular", "muscle"),
    ("dental", "tooth"),
    ("nasal", "nose"),
    ("corneal", "cornea"),
    ("retinal", "retina"),
    ("macular", "macula"),
    ("aortic", "aorta"),
    ("arterial", "artery"),
    ("venous", "vein"),
    ("osseous", "bone"),
    ("biliary", "bile"),
    ("esophageal", "esophagus"),
    ("vaginal", "vagina"),
    ("cervical", "cervix"),
];

/// Adjectives of the body, each with the part that it is of.
pub(crate) fn of_parts() -> &'static [(&'static str, &'static str)] {
    &OF_PARTS
}

/// A word, with adjectives of the body as the part that they are of.
pub fn plain(norm: &str) -> &str {
    OF_PARTS.iter().find(|(adjective, _)| *adjective == norm).map_or(norm, |(_, part)| part)
}

/// The words of a text that names are compared by.
pub fn comparable(text: &str) -> Vec<CompactString> {
    words(text)
        .into_iter()
        .filter(|word| word.kind != WordKind::Symbol)
        .map(|word| CompactString::from(plain(&word.norm)))
        .collect()
}

/// Whether all words of a name, single spaces between them, are among the comparable words of a text.
pub fn says(text: &[CompactString], name: &str) -> bool {
    !name.is_empty() && name.split(' ').all(|word| text.iter().any(|known| known == plain(word)))
}

/// Whether a text shares a word with a name that tells it from others.
pub fn touches(text: &[CompactString], name: &str) -> bool {
    name.split(' ').filter(|word| is_distinctive(word)).any(|word| text.iter().any(|known| known == plain(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_play_their_part() {
        for (word, want) in [
            ("syndrome", Some(Role::Head(Domain::Condition, true))),
            ("appendectomy", Some(Role::Head(Domain::Procedure, false))),
            ("nephritis", Some(Role::Head(Domain::Condition, false))),
            ("vedolizumab", Some(Role::Head(Domain::Drug, false))),
            ("exacerbation", Some(Role::Aspect)),
            ("cornea", Some(Role::Site)),
            ("require", Some(Role::Stop)),
            ("diagnosis", Some(Role::Aspect)),
            ("wernicke", None),
        ] {
            assert_eq!(role(word), want, "{word}");
        }
    }

    #[test]
    fn every_row_has_a_known_role_and_a_source() {
        for (number, line) in include_str!("../data/name_words.tsv").lines().enumerate().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() == 3 && parse(cells[1]).is_some() && !cells[2].is_empty(), "line {}", number + 1);
        }
    }

    #[test]
    fn wordings_meet_by_their_words() {
        let record = comparable("Stenosis of renal artery, left");
        assert!(says(&record, "renal artery stenosis"));
        assert!(!says(&record, "carotid artery stenosis"));
        assert!(touches(&record, "kidney transplant rejection") && !touches(&record, "chronic gout"));
    }
}
