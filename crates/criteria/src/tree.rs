//! The criteria tree: sections, criteria and leaves, all of them stretches of the text received.

use compact_str::CompactString;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use trialway_diagnostics::Span;

/// A section's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Must be true of a participant.
    Inclusion,
    /// Must not be true of a participant.
    Exclusion,
}

impl Kind {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Inclusion => "inclusion",
            Kind::Exclusion => "exclusion",
        }
    }

    fn letter(self) -> char {
        match self {
            Kind::Inclusion => 'I',
            Kind::Exclusion => 'E',
        }
    }
}

/// The place of a criterion: `I9.1.2` is the second child of the first child of the ninth inclusion criterion.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CriterionId(CompactString);

impl CriterionId {
    /// The id with this text.
    pub fn new(text: &str) -> Self {
        Self(CompactString::new(text))
    }

    pub(crate) fn top(kind: Kind, ordinal: usize) -> Self {
        let mut id = CompactString::default();
        id.push(kind.letter());
        push_number(&mut id, ordinal);
        Self(id)
    }

    pub(crate) fn child(&self, ordinal: usize) -> Self {
        let mut id = self.0.clone();
        id.push('.');
        push_number(&mut id, ordinal);
        Self(id)
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has a parent.
    pub fn is_nested(&self) -> bool {
        self.0.contains('.')
    }

    fn key(&self) -> (u8, Vec<u32>) {
        let rank = match self.0.as_bytes().first() {
            Some(b'S') => 2,
            Some(b'E') => 1,
            _ => 0,
        };
        (rank, self.0.get(1..).unwrap_or_default().split('.').map(|part| part.parse().unwrap_or(0)).collect())
    }
}

/// Writes a number; most have one digit or two, and no formatter is needed for them.
fn push_number(out: &mut CompactString, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

impl fmt::Display for CriterionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialOrd for CriterionId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CriterionId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key()).then_with(|| self.0.cmp(&other.0))
    }
}

/// A cohort's or arm's heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// An item's own words with wraps joined by one space and markdown escapes removed, and the way back to the text received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnText {
    text: String,
    /// Start in the clean text, start in the source, bytes; within a piece the two are equal byte for byte.
    pieces: Vec<(usize, usize, usize)>,
}

impl OwnText {
    /// Words that stand in the text as they are.
    pub fn plain(text: &str, span: Span) -> Self {
        Self { text: text.to_owned(), pieces: vec![(0, span.start, text.len())] }
    }

    pub(crate) fn push(&mut self, source: &str, start: usize) {
        self.pieces.push((self.text.len(), start, source.len()));
        self.text.push_str(source);
    }

    pub(crate) fn push_space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the words stands in the text received.
    ///
    /// **Shape**: from the source of its first byte to the source of its last; wraps and escapes between are covered.
    pub fn source_span(&self, clean: Range<usize>) -> Span {
        let start = self.source_of(clean.start, false);
        let end = if clean.end > clean.start { self.source_of(clean.end - 1, true) } else { start };
        Span::new(start, end)
    }

    /// The words that stand at a span of the text received, as they are in the clean text.
    ///
    /// **Unknown**: empty where the span is not of this item.
    pub fn clean_text(&self, span: Span) -> &str {
        self.text.get(self.clean_range(span)).unwrap_or_default()
    }

    /// Where in the clean text the words stand that are at a span of the text received.
    ///
    /// **Unknown**: an empty range where the span is not of this item.
    pub fn clean_range(&self, span: Span) -> Range<usize> {
        // Pieces stand in the order of the text received.
        let clean_of = |source: usize| {
            let index = self.pieces.partition_point(|(_, start, _)| *start <= source);
            let (clean, start, len) = self.pieces.get(index.checked_sub(1)?)?;
            (source < start + len).then_some(clean + (source - start))
        };
        match (clean_of(span.start), span.end.checked_sub(1).and_then(clean_of)) {
            (Some(start), Some(last)) if start <= last => start..last + 1,
            _ => 0..0,
        }
    }

    /// The source of one clean byte; with `after`, the byte after it.
    fn source_of(&self, at: usize, after: bool) -> usize {
        let index = self.pieces.partition_point(|(clean, _, _)| *clean <= at);
        match index.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some((clean, source, len)) if at < clean + len => source + (at - clean) + usize::from(after),
            // The byte is a space put in for a wrap: it stands where the next piece begins, or the last one ends.
            Some((_, source, len)) => self.pieces.get(index).map_or(source + len, |(_, next, _)| *next),
            None => self.pieces.first().map_or(0, |(_, source, _)| *source),
        }
    }
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its place.
    pub id: CriterionId,
    /// Its section.
    pub kind: Kind,
    /// The cohort or arm heading it stands under.
    pub group: Option<Group>,
    /// The item with its children.
    pub span: Span,
    /// Its own words, without marker.
    pub own_span: Span,
    /// Its own words, cleaned.
    pub own: OwnText,
    /// Its sub-items, in order.
    pub children: Vec<Criterion>,
}

/// A section of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its side.
    pub kind: Kind,
    /// Its heading, if it has one.
    pub heading: Option<Span>,
    /// Heading and items.
    pub span: Span,
}

/// What a stretch of the text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeafKind {
    /// A section's, cohort's or list's heading.
    Heading,
    /// A bullet or number.
    Marker,
    /// White space and line ends.
    Blank,
    /// Words of a criterion.
    Text(CriterionId),
}

/// One stretch of the text; laid end to end, the leaves are the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: LeafKind,
}

/// The criteria of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Sections, in text order.
    pub sections: Vec<Section>,
    /// Top-level criteria, in text order.
    pub criteria: Vec<Criterion>,
    /// Every byte of the text, in order.
    pub leaves: Vec<Leaf>,
}
