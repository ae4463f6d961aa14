//! Words as they are counted: normalised, without words that tell no study from another.

use compact_str::CompactString;
use trialway_terminology::{Word, WordKind};

/// Words of grammar.
const GRAMMAR: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because", "been", "before",
    "being", "both", "but", "by", "can", "could", "did", "do", "does", "during", "each", "for", "from", "further",
    "had", "has", "have", "he", "her", "here", "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its",
    "may", "me", "more", "most", "my", "no", "not", "of", "off", "on", "once", "only", "or", "other", "our", "out",
    "over", "own", "same", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "through", "to", "under", "until", "up", "very", "was", "we", "were",
    "what", "when", "which", "while", "who", "will", "with", "would",
];

/// Words of every story and every protocol.
const EVERYWHERE: &[&str] = &[
    "patient",
    "subject",
    "participant",
    "study",
    "trial",
    "clinical",
    "year",
    "old",
    "month",
    "week",
    "day",
    "hour",
    "ago",
    "man",
    "woman",
    "men",
    "women",
    "male",
    "female",
    "boy",
    "girl",
    "child",
    "presents",
    "present",
    "presented",
    "presentation",
    "complain",
    "complaint",
    "complains",
    "complaining",
    "history",
    "medical",
    "past",
    "previous",
    "previously",
    "recent",
    "recently",
    "prior",
    "admitted",
    "admission",
    "emergency",
    "room",
    "er",
    "ed",
    "department",
    "hospital",
    "clinic",
    "office",
    "physician",
    "doctor",
    "exam",
    "examination",
    "physical",
    "reveal",
    "revealed",
    "show",
    "showed",
    "report",
    "reported",
    "state",
    "note",
    "noted",
    "found",
    "finding",
    "evaluation",
    "evaluated",
    "began",
    "started",
    "developed",
    "brought",
    "seen",
    "significant",
    "remarkable",
    "unremarkable",
    "normal",
    "denies",
    "currently",
    "current",
    "diagnosis",
    "diagnosed",
    "definitive",
    "yes",
    "none",
    "follow",
    "following",
    "several",
    "multiple",
    "onset",
    "sudden",
    "age",
    "upper",
    "lower",
    "right",
    "left",
    "bilateral",
    "mild",
    "moderate",
    "test",
];

/// A word that is counted; none for numbers, signs and words that tell nothing.
pub(crate) fn term(word: &Word) -> Option<CompactString> {
    let norm = word.norm.as_str();
    if word.kind != WordKind::Letters || norm.len() < 2 || GRAMMAR.contains(&norm) {
        return None;
    }
    Some(word.norm.clone())
}

/// Whether a word of a story says what is the matter, and not only that something is told.
pub(crate) fn is_telling(norm: &str) -> bool {
    !EVERYWHERE.contains(&norm)
}
