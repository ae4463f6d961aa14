//! Where concepts are named in a text.

use crate::ConceptId;
use std::ops::Range;

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
