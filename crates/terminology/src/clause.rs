//! Clauses of a text with what they speak of and whether they deny it, so that an answer in a record can be held against a
//! question in other words.
//!
//! | written | words | denied |
//! | --- | --- | --- |
//! | `night shifts in the work schedule` | night shift work schedul | no |
//! | `have not changed their medication` | chang medication | yes |
//! | `inadequate opportunity to sleep` | adequat opportunity sleep | yes |

use crate::wording::plain;
use crate::words::{Word, WordKind, words};
use compact_str::CompactString;

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it speaks of: stems of its telling words and its numbers, sorted, each once.
    pub words: Vec<CompactString>,
    /// Its numbers, as written.
    pub numbers: Vec<CompactString>,
    /// Whether it denies it; none where that is not clear.
    pub denied: Option<bool>,
    /// How many words deny in it.
    pub n_denials: usize,
    /// Whether it stands in brackets or only gives examples.
    pub aside: bool,
}

/// Words that deny what follows them.
const DENYING: [&str; 33] = [
    "no",
    "not",
    "never",
    "without",
    "none",
    "neither",
    "nor",
    "non",
    "cannot",
    "lack",
    "lacking",
    "absence",
    "absent",
    "free",
    "deny",
    "denie",
    "denied",
    "denial",
    "refuse",
    "refused",
    "refusal",
    "refusing",
    "decline",
    "declined",
    "prevent",
    "prevented",
    "preventing",
    "preclude",
    "precluded",
    "prohibit",
    "prohibited",
    "avoid",
    "incapable",
];

/// Words that are the opposite of another one.
const OPPOSITES: [(&str, &str); 28] = [
    ("unable", "able"),
    ("inability", "able"),
    ("ability", "able"),
    ("unwilling", "willing"),
    ("unwillingness", "willing"),
    ("inadequate", "adequate"),
    ("insufficient", "sufficient"),
    ("unstable", "stable"),
    ("uncontrolled", "controlled"),
    ("untreated", "treated"),
    ("unchanged", "changed"),
    ("irregular", "regular"),
    ("incomplete", "complete"),
    ("unresectable", "resectable"),
    ("unsuitable", "suitable"),
    ("ineligible", "eligible"),
    ("abnormal", "normal"),
    ("inactive", "active"),
    ("incompetent", "competent"),
    ("impossible", "possible"),
    ("illiterate", "literate"),
    ("unemployed", "employed"),
    ("asymptomatic", "symptomatic"),
    ("uninsured", "insured"),
    ("unvaccinated", "vaccinated"),
    ("unhealed", "healed"),
    ("unmedicated", "medicated"),
    ("unhoused", "housed"),
];

/// Words that say the same as another one.
const SAME: [(&str, &str); 12] = [
    ("modification", "change"),
    ("modify", "change"),
    ("modified", "change"),
    ("alteration", "change"),
    ("alter", "change"),
    ("altered", "change"),
    ("medicine", "medication"),
    ("occupation", "work"),
    ("job", "work"),
    ("residing", "living"),
    ("reside", "live"),
    ("doctor", "physician"),
];

/// Words behind which the sense of a clause is not followed here.
const TURNING: [&str; 12] = [
    "except",
    "unless",
    "excluding",
    "exception",
    "only",
    "if",
    "than",
    "but",
    "however",
    "until",
    "although",
    "whether",
];

/// Words that tell nothing by themselves.
const SILENT: [&str; 124] = [
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "from",
    "by",
    "with",
    "as",
    "be",
    "is",
    "are",
    "was",
    "were",
    "been",
    "being",
    "have",
    "has",
    "had",
    "having",
    "do",
    "does",
    "did",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "shall",
    "will",
    "would",
    "who",
    "whom",
    "whose",
    "which",
    "that",
    "this",
    "these",
    "those",
    "it",
    "its",
    "their",
    "they",
    "them",
    "he",
    "she",
    "his",
    "her",
    "and",
    "or",
    "patient",
    "participant",
    "subject",
    "person",
    "people",
    "individual",
    "volunteer",
    "woman",
    "women",
    "man",
    "men",
    "any",
    "all",
    "some",
    "each",
    "every",
    "other",
    "more",
    "most",
    "least",
    "about",
    "into",
    "out",
    "up",
    "over",
    "under",
    "within",
    "during",
    "since",
    "before",
    "after",
    "prior",
    "past",
    "last",
    "next",
    "time",
    "self",
    "reported",
    "report",
    "history",
    "current",
    "currently",
    "present",
    "known",
    "recent",
    "recently",
    "ever",
    "lifetime",
    "evidence",
    "documented",
    "the",
    "s",
    "e",
    "g",
    "i",
    "ie",
    "eg",
    "etc",
    "there",
    "such",
    "per",
    "according",
    "screening",
    "baseline",
    "enrollment",
    "study",
    "trial",
    "defined",
    "least",
];

/// The clauses of a text, in order.
///
/// **Shape**: cut at full stops, semicolons, colons, commas, brackets and `or`; clauses without a telling word are left out.
/// **Unknown**: `denied` is none where a denial may or may not reach a clause, or a word such as `unless` stands in it.
pub fn clauses(text: &str) -> Vec<Clause> {
    let mut out = Vec::new();
    let mut part: Vec<&Word> = Vec::new();
    let mut carried: Option<bool> = Some(false);
    let mut depth = 0_usize;
    let all = words(text);
    for (at, word) in all.iter().enumerate() {
        let next_is_number = || all.get(at + 1).is_some_and(|next| next.kind == WordKind::Number);
        let cut = match word.norm.as_str() {
            "." | ";" | "," | "(" | ")" | "[" | "]" | ":" | "?" | "!" => true,
            "or" => !next_is_number() || part.last().is_none_or(|word| word.kind != WordKind::Number),
            _ => false,
        };
        if !cut {
            part.push(word);
            continue;
        }
        carried = finish(&mut part, carried, depth > 0, &mut out);
        match word.norm.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "." | ";" | "?" | "!" => carried = Some(false),
            _ => {}
        }
    }
    finish(&mut part, carried, depth > 0, &mut out);
    out
}

/// The whole text as one clause, its denials counted together.
pub fn whole(text: &str) -> Option<Clause> {
    let all = words(text);
    clause(&all.iter().collect::<Vec<_>>(), Some(false), false).map(|(clause, _)| clause)
}

/// Ends a clause; gives whether the next one in the sentence is denied by what stood before it.
fn finish(part: &mut Vec<&Word>, carried: Option<bool>, aside: bool, out: &mut Vec<Clause>) -> Option<bool> {
    let found = clause(part, carried, aside);
    part.clear();
    match found {
        Some((clause, carries)) => {
            out.push(clause);
            carries
        }
        None => carried,
    }
}

/// Numbers in words.
const NUMBERS: [(&str, &str); 9] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
];

fn clause(part: &[&Word], carried: Option<bool>, aside: bool) -> Option<(Clause, Option<bool>)> {
    let (mut told, mut numbers) = (Vec::new(), Vec::new());
    let (mut n_words, mut n_opposites, mut turns) = (0, 0, false);
    for word in part.iter().filter(|word| word.kind != WordKind::Symbol) {
        let norm = word.norm.as_str();
        if word.kind == WordKind::Number {
            numbers.push(word.norm.clone());
            told.push(word.norm.clone());
        } else if let Some((_, digit)) = NUMBERS.iter().find(|(word, _)| *word == norm) {
            numbers.push(CompactString::const_new(digit));
            told.push(CompactString::const_new(digit));
        } else if DENYING.contains(&norm) {
            n_words += 1;
        } else if let Some((written, plain)) = OPPOSITES.iter().find(|(written, _)| *written == norm) {
            n_opposites += usize::from(*written != "ability");
            told.push(stem(plain));
        } else if TURNING.contains(&norm) {
            turns = true;
        } else if !SILENT.contains(&norm) {
            let said = plain(norm);
            let same = SAME.iter().find(|(written, _)| *written == norm || *written == said);
            told.push(stem(same.map_or(said, |(_, same)| same)));
        }
    }
    let own = (n_words + n_opposites) % 2 == 1;
    let denied = match carried {
        _ if turns => None,
        Some(false) => Some(own),
        Some(true) if n_words + n_opposites == 0 => Some(true),
        _ => None,
    };
    // "inadequate sleep or night shifts": a word that is an opposite reaches no further than its own clause.
    let carries = match (n_words, carried) {
        (0, carried) if n_opposites == 0 => carried,
        (0, Some(false)) => Some(false),
        (1, Some(false)) => Some(true),
        _ => None,
    };
    told.sort();
    told.dedup();
    if told.is_empty() {
        return None;
    }
    Some((Clause { words: told, numbers, denied, n_denials: n_words + n_opposites, aside }, carries))
}

/// A word without the ending that changes with its place in a sentence.
fn stem(norm: &str) -> CompactString {
    let cut = |ending: &str| norm.strip_suffix(ending).filter(|kept| kept.len() >= 3);
    let kept = ["ing", "ed", "ly", "es", "e"].iter().find_map(|ending| cut(ending)).unwrap_or(norm);
    // "getting", "stopped": the doubled letter goes with the ending.
    let doubled = kept.len() < norm.len()
        && kept.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b && !matches!(a, b's' | b'l' | b'e'));
    CompactString::new(if doubled { kept.get(..kept.len() - 1).unwrap_or(kept) } else { kept })
}

#[cfg(test)]
mod tests {
    use super::{clauses, whole};

    #[test]
    fn clauses_tell_what_they_deny() {
        for (text, want) in [
            ("night shifts in the work schedule", vec![("night schedul shift work", Some(false))]),
            ("have not changed their medication", vec![("chang medication", Some(true))]),
            (
                "inadequate opportunity to sleep or circumstances that prevent modification",
                vec![("adequat opportunity sleep", Some(true)), ("chang circumstanc", Some(true))],
            ),
            ("no ideation or intent", vec![("ideation", Some(true)), ("intent", Some(true))]),
            ("no plan, without intent", vec![("plan", Some(true)), ("intent", None)]),
            ("no plan; intent", vec![("plan", Some(true)), ("intent", Some(false))]),
            ("not diabetic unless treated", vec![("diabetic treat", None)]),
        ] {
            let got: Vec<(String, Option<bool>)> =
                clauses(text).into_iter().map(|clause| (clause.words.join(" "), clause.denied)).collect();
            let got: Vec<(&str, Option<bool>)> = got.iter().map(|(words, denied)| (words.as_str(), *denied)).collect();
            assert_eq!(got, want, "{text}");
        }
        assert!(clauses("Wi-Fi (e.g. at home)").last().is_some_and(|clause| clause.aside));
        assert_eq!(whole("Unable to get out of bed without help").map(|clause| clause.n_denials), Some(2));
    }
}
