//! Lines to the criteria tree.
//!
//! An item begins at a marker, or at a paragraph without one; lines without a marker that continue a sentence belong to the
//! item before them. Nesting follows the kind of marker and the indentation, as an outline on paper does.

use crate::codes;
use crate::line::{Line, Marker, lines};
use crate::section::{Heading, heading};
use crate::tree::{Criterion, CriterionId, Group, Kind, Leaf, LeafKind, OwnText, Section, Tree};
use trialway_diagnostics::{Diagnostic, Parsed, Severity, Span};

/// Deeper items are kept as siblings.
const DEEPEST: usize = 32;

/// An item before it is numbered.
struct Item {
    kind: Kind,
    group: Option<Group>,
    depth: usize,
    /// Stretches of words, in order.
    words: Vec<Span>,
}

/// A level of the outline that is open.
struct Level {
    marker: Option<Marker>,
    indent: usize,
}

/// The criteria of an eligibility text.
///
/// **Shape**: total; one criterion for each item on lines of its own, in text order. A section that is one paragraph is one
/// criterion, or as many as it has `~` parts.
/// **Errors**: none; findings `CRI001` to `CRI004`.
pub fn parse(text: &str) -> Parsed<Tree> {
    let all = lines(text);
    let mut findings = Vec::new();
    let mut builder = Builder {
        text,
        items: Vec::new(),
        sections: Vec::new(),
        marks: Vec::new(),
        levels: Vec::new(),
        kind: Kind::Inclusion,
        group: None,
        fresh: true,
    };
    let headed = all
        .iter()
        .any(|line| line.marker.is_none() && matches!(heading(line.text(text)), Some(Heading::Section { .. })));
    if !headed && all.iter().any(|line| !line.is_blank()) {
        findings.push(Diagnostic::new(
            codes::NO_HEADING,
            Severity::Info,
            "no section heading; every item is read as an inclusion criterion",
        ));
    }
    let mut blank_before = false;
    for (index, line) in all.iter().enumerate() {
        if line.is_blank() {
            blank_before = true;
            continue;
        }
        let following = all.iter().skip(index + 1).find(|line| !line.is_blank());
        builder.line(line, blank_before, following, &mut findings);
        blank_before = false;
    }
    let tree = builder.finish();
    Parsed { value: tree, findings }
}

struct Builder<'a> {
    text: &'a str,
    items: Vec<Item>,
    sections: Vec<Section>,
    /// Headings and markers, for the leaves.
    marks: Vec<(Span, LeafKind)>,
    levels: Vec<Level>,
    kind: Kind,
    group: Option<Group>,
    /// Nothing but headings yet in this section.
    fresh: bool,
}

impl Builder<'_> {
    fn line(&mut self, line: &Line, blank_before: bool, following: Option<&Line>, findings: &mut Vec<Diagnostic>) {
        let words = line.text(self.text);
        let span = Span::new(line.words, line.end);
        let bare = words.trim_matches(['*', '_', '#', ' ', '-']);
        if let Some(found) =
            heading(bare).filter(|found| line.marker.is_none() || matches!(found, Heading::Section { .. }))
        {
            let continues = self.continues(line, blank_before);
            match found {
                Heading::Section { kind, grouped } if blank_before || self.fresh || line.indent == 0 || !continues => {
                    self.open_section(kind, span);
                    self.group = grouped.then(|| Group { text: words.to_owned(), span });
                    self.marks.push((Span::new(line.words.min(line.start), line.end), LeafKind::Heading));
                    return;
                }
                Heading::Group => {
                    self.group = Some(Group { text: words.trim_end_matches([':', '：']).to_owned(), span });
                    self.levels.clear();
                    self.marks.push((span, LeafKind::Heading));
                    return;
                }
                Heading::Introduction if self.fresh => {
                    self.marks.push((span, LeafKind::Heading));
                    return;
                }
                _ => {}
            }
        }
        match line.marker {
            Some(marker) => {
                if span.is_empty() {
                    self.marks.push((Span::new(line.start, line.end.max(line.words)), LeafKind::Marker));
                    return;
                }
                self.marks.push((Span::new(line.start, line.words), LeafKind::Marker));
                let depth = self.depth_of_marked(marker, line.indent, findings, span);
                self.push(depth, span);
            }
            None if self.continues(line, blank_before) => {
                if blank_before {
                    let from =
                        self.items.last().and_then(|item| item.words.last()).map_or(span, |last| last.cover(span));
                    findings.push(
                        Diagnostic::new(
                            codes::HARD_WRAP,
                            Severity::Warning,
                            "a sentence is broken by an empty line; its pieces were joined",
                        )
                        .at(from),
                    );
                }
                if let Some(item) = self.items.last_mut() {
                    item.words.push(span);
                }
            }
            None => {
                let leads =
                    following.is_some_and(|next| next.marker.is_some()) && words.trim_end().ends_with([':', '：']);
                let depth = self.depth_of_paragraph(line.indent, leads);
                self.push(depth, span);
            }
        }
        self.fresh = false;
    }

    fn open_section(&mut self, kind: Kind, heading: Span) {
        if let Some(last) = self.sections.last_mut() {
            last.span.end = last.span.end.max(last.span.start);
        }
        self.sections.push(Section { kind, heading: Some(heading), span: heading });
        self.kind = kind;
        self.group = None;
        self.levels.clear();
        self.fresh = true;
    }

    /// Whether a line without a marker goes on with the item before it.
    fn continues(&self, line: &Line, blank_before: bool) -> bool {
        if self.fresh {
            return false;
        }
        let Some(last) = self.items.last().and_then(|item| item.words.last()) else { return false };
        let before = last.of(self.text);
        let words = line.text(self.text);
        let lower = words.chars().next().is_some_and(|c| c.is_lowercase());
        let closed = before.trim_end().ends_with(['.', ';', ':', '。', '；', '：', '!', '?']);
        if blank_before {
            return !closed && lower;
        }
        // A wrapped line of a marked item is indented at least as far as its marker's words, or goes on in lower case.
        let marked = self.levels.last().is_some_and(|level| level.marker.is_some());
        let indented = self.levels.last().is_some_and(|level| line.indent > level.indent);
        lower || (marked && indented) || (!closed && marked && before.len() > 40)
    }

    fn depth_of_marked(&mut self, marker: Marker, indent: usize, findings: &mut Vec<Diagnostic>, span: Span) -> usize {
        // Close levels to the right of this line.
        let same = self
            .levels
            .iter()
            .rposition(|level| level.marker.is_some_and(|m| m.same_kind(marker)) && indent.abs_diff(level.indent) <= 1);
        let depth = match same {
            Some(at) => at,
            None => {
                let parent = self
                    .levels
                    .iter()
                    .rposition(|level| indent > level.indent || (level.marker.is_none() && indent >= level.indent));
                let by_kind = self.levels.iter().rposition(|level| level.marker.is_some_and(|m| m.same_kind(marker)));
                match (parent, by_kind) {
                    (Some(parent), _) => parent + 1,
                    // Same column, another kind of marker: below the item before it, unless that kind is open further up.
                    (None, Some(at)) => at,
                    (None, None) if self.levels.is_empty() => 0,
                    (None, None) => {
                        let at = self.levels.iter().rposition(|level| level.indent == indent);
                        at.map_or(0, |at| at + 1)
                    }
                }
            }
        };
        if depth >= DEEPEST {
            findings.push(
                Diagnostic::new(
                    codes::TOO_DEEP,
                    Severity::Warning,
                    "items are nested deeper than 32 levels; deeper ones are kept as siblings",
                )
                .at(span),
            );
        }
        let depth = depth.min(DEEPEST - 1);
        self.levels.truncate(depth);
        self.levels.push(Level { marker: Some(marker), indent });
        depth
    }

    fn depth_of_paragraph(&mut self, indent: usize, leads: bool) -> usize {
        let depth = self.levels.iter().position(|level| level.indent >= indent).unwrap_or(self.levels.len());
        let depth = if self.levels.get(depth.wrapping_sub(1)).is_some_and(|level| level.marker.is_none()) {
            depth - 1
        } else {
            depth
        };
        let depth = depth.min(DEEPEST - 1);
        self.levels.truncate(depth);
        if leads {
            self.levels.push(Level { marker: None, indent });
        }
        depth
    }

    fn push(&mut self, depth: usize, span: Span) {
        self.items.push(Item { kind: self.kind, group: self.group.clone(), depth, words: vec![span] });
    }

    fn finish(mut self) -> Tree {
        self.split_tildes();
        self.split_numbered();
        let text = self.text;
        let mut next = 0;
        let mut ordinals = (0, 0);
        let mut criteria = Vec::new();
        while next < self.items.len() {
            let kind = self.items.get(next).map_or(Kind::Inclusion, |item| item.kind);
            let ordinal = match kind {
                Kind::Inclusion => {
                    ordinals.0 += 1;
                    ordinals.0
                }
                Kind::Exclusion => {
                    ordinals.1 += 1;
                    ordinals.1
                }
            };
            criteria.push(build(text, &self.items, &mut next, CriterionId::top(kind, ordinal)));
        }
        // Both are in text order: from the last section back, each adds the criteria that begin before the ones behind it.
        let mut rest = criteria.iter().rev().peekable();
        let (mut inclusion, mut exclusion) = (None, None);
        for section in self.sections.iter_mut().rev() {
            while let Some(criterion) = rest.next_if(|criterion| criterion.span.start >= section.span.start) {
                let end = if criterion.kind == Kind::Inclusion { &mut inclusion } else { &mut exclusion };
                *end = (*end).max(Some(criterion.span.end));
            }
            let end = if section.kind == Kind::Inclusion { inclusion } else { exclusion };
            section.span.end = end.unwrap_or(section.span.end).max(section.span.end);
        }
        let bounds: Vec<usize> =
            self.sections.iter().map(|section| section.span.start).skip(1).chain([text.len()]).collect();
        for (section, bound) in self.sections.iter_mut().zip(bounds) {
            section.span.end = section.span.end.min(bound).max(section.span.start);
        }
        let mut marks = self.marks;
        collect_words(&criteria, &mut marks);
        Tree { sections: self.sections, criteria, leaves: leaves(text, marks) }
    }

    /// A section that is one paragraph of `(1) … (2) …` is as many items.
    fn split_numbered(&mut self) {
        let text = self.text;
        let mut out = Vec::with_capacity(self.items.len());
        let n_inclusion = self.items.iter().filter(|item| item.kind == Kind::Inclusion).count();
        let n_exclusion = self.items.len() - n_inclusion;
        for item in std::mem::take(&mut self.items) {
            let alone = 1 == if item.kind == Kind::Inclusion { n_inclusion } else { n_exclusion };
            let Some(span) = item.words.first().copied().filter(|_| alone && item.words.len() == 1) else {
                out.push(item);
                continue;
            };
            let cuts = numbered(span.of(text), text.get(..span.start).unwrap_or_default());
            if cuts.is_empty() {
                out.push(item);
                continue;
            }
            let ends = cuts.iter().skip(1).map(|(at, _)| *at).chain([span.end - span.start]);
            let lead = cuts.first().map_or(0, |(at, _)| *at);
            let mut push = |from: usize, to: usize| {
                let words = span.of(text).get(from..to).unwrap_or_default();
                let inner = Span::new(
                    span.start + from + (words.len() - words.trim_start().len()),
                    span.start + from + words.trim_end().len(),
                );
                if inner.start < inner.end {
                    let group = item.group.clone();
                    out.push(Item { kind: item.kind, group, depth: item.depth, words: vec![inner] });
                }
            };
            push(0, lead);
            for ((at, n_marker), end) in cuts.iter().zip(ends) {
                self.marks.push((Span::new(span.start + at, span.start + at + n_marker), LeafKind::Marker));
                push(at + n_marker, end);
            }
        }
        self.items = out;
    }

    /// A paragraph cut by `~` is as many items.
    fn split_tildes(&mut self) {
        let text = self.text;
        let mut out = Vec::with_capacity(self.items.len());
        for item in std::mem::take(&mut self.items) {
            let single = item.words.len() == 1;
            let Some(span) = item.words.first().copied().filter(|span| single && span.of(text).contains('~')) else {
                out.push(item);
                continue;
            };
            let words = span.of(text);
            let parts: Vec<&str> = words.split('~').collect();
            let between_numbers = words.match_indices('~').any(|(at, _)| {
                words.get(at + 1..).is_some_and(|rest| {
                    rest.trim_start().starts_with(|c: char| {
                        c.is_ascii_digit() || c.is_ascii_uppercase() && rest.trim_start().len() < 4
                    })
                })
            });
            if parts.len() < 3 || between_numbers {
                out.push(item);
                continue;
            }
            let mut at = span.start;
            for part in parts {
                let lead = part.len() - part.trim_start().len();
                let inner = Span::new(at + lead, at + part.trim_end().len().max(lead));
                if at > span.start {
                    self.marks.push((Span::new(at - 1, at + lead), LeafKind::Marker));
                }
                if !inner.is_empty() {
                    out.push(Item {
                        kind: item.kind,
                        group: item.group.clone(),
                        depth: item.depth,
                        words: vec![inner],
                    });
                }
                at += part.len() + 1;
            }
        }
        self.items = out;
    }
}

/// Where `(1)`, `(2)`, … or `1)`, `2)`, … or `1.`, `2.`, … stand in a paragraph, in their order from one; with their lengths.
/// The first may stand just before the paragraph, as its own marker. Empty where there are fewer than two.
fn numbered(words: &str, before: &str) -> Vec<(usize, usize)> {
    for (open, close) in [("(", ")"), ("", ")"), ("", ".")] {
        let is_marked = before.trim_end().ends_with(&format!("{open}1{close}"));
        let mut cuts = Vec::new();
        let mut from = 0;
        for n in (if is_marked { 2 } else { 1 })..=99 {
            let marker = format!("{open}{n}{close}");
            let found =
                words.get(from..).unwrap_or_default().match_indices(&marker).map(|(at, _)| from + at).find(|at| {
                    let before = words.get(..*at).unwrap_or_default();
                    let behind = words.get(at + marker.len()..).unwrap_or_default();
                    (before.is_empty() || before.ends_with([' ', ';', '.', ',', ':'])) && behind.starts_with(' ')
                });
            let Some(at) = found else { break };
            cuts.push((at, marker.len()));
            from = at + marker.len();
        }
        if cuts.len() + usize::from(is_marked) >= 2 {
            return cuts;
        }
    }
    Vec::new()
}

/// The item at `next` with all that is nested below it.
fn build(text: &str, items: &[Item], next: &mut usize, id: CriterionId) -> Criterion {
    let Some(item) = items.get(*next) else {
        return Criterion {
            id,
            kind: Kind::Inclusion,
            group: None,
            span: Span::default(),
            own_span: Span::default(),
            own: OwnText::default(),
            children: Vec::new(),
        };
    };
    *next += 1;
    let own_span = item.words.iter().copied().reduce(Span::cover).unwrap_or_default();
    let mut own = OwnText::default();
    for span in &item.words {
        own.push_space();
        push_unescaped(&mut own, span.of(text), span.start);
    }
    let mut children = Vec::new();
    let mut span = own_span;
    while items.get(*next).is_some_and(|below| below.depth > item.depth && below.kind == item.kind) {
        let child = build(text, items, next, id.child(children.len() + 1));
        span = span.cover(child.span);
        children.push(child);
    }
    Criterion { id, kind: item.kind, group: item.group.clone(), span, own_span, own, children }
}

/// Leaves markdown's backslashes out.
fn push_unescaped(own: &mut OwnText, words: &str, start: usize) {
    let mut from = 0;
    for (at, _) in words.match_indices('\\') {
        let escapes =
            words.get(at + 1..).and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_ascii_punctuation());
        if escapes && at >= from {
            own.push(words.get(from..at).unwrap_or_default(), start + from);
            from = at + 1;
        }
    }
    own.push(words.get(from..).unwrap_or_default(), start + from);
}

fn collect_words(criteria: &[Criterion], marks: &mut Vec<(Span, LeafKind)>) {
    for criterion in criteria {
        marks.push((criterion.own_span, LeafKind::Text(criterion.id.clone())));
        collect_words(&criterion.children, marks);
    }
}

/// Lays the marks end to end; what lies between them is blank.
fn leaves(text: &str, mut marks: Vec<(Span, LeafKind)>) -> Vec<Leaf> {
    marks.retain(|(span, _)| !span.is_empty());
    marks.sort_by_key(|(span, _)| (span.start, span.end));
    let (mut out, mut at) = (Vec::new(), 0);
    for (span, kind) in marks {
        let start = span.start.max(at);
        if start > at {
            out.push(Leaf { span: Span::new(at, start), kind: LeafKind::Blank });
        }
        if span.end > start {
            out.push(Leaf { span: Span::new(start, span.end), kind });
            at = span.end;
        }
    }
    if at < text.len() {
        out.push(Leaf { span: Span::new(at, text.len()), kind: LeafKind::Blank });
    }
    out
}
