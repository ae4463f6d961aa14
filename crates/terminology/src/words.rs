//! Text to words: positions kept, spelling normalised.

use std::ops::Range;

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Letters of any script (digits may follow: `cd19`, `b12`).
    Letters,
    /// Digits with inner decimal points or thousands separators.
    Number,
    /// One punctuation mark or symbol.
    Symbol,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes of the text given to [`words`].
    pub range: Range<usize>,
    /// Lower case, without accents, British spelling turned American, plural turned singular.
    pub norm: String,
    /// What it is made of.
    pub kind: WordKind,
}
