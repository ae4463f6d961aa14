//! What the rules are given: the record, the text, and its items with their words.

use super::phrases::{Hit, Sort, hits};
use crate::logic::{CriterionLogic, StudyLogic};
use std::ops::Range;
use trialway_criteria::{Kind, Tree};
use trialway_diagnostics::{Diagnostic, Said, Severity, Span};
use trialway_study::Study;
use trialway_terminology::{Terminology, Word, WordKind, words};

/// Phrases that overlap stand beside each other in the list, no further away than this.
const NEAR: usize = 12;

/// A text under examination.
pub(crate) struct Material<'a> {
    /// The record, where the text comes with one.
    pub study: Option<&'a Study>,
    /// The text received.
    pub text: &'a str,
    /// Its tree.
    pub tree: &'a Tree,
    /// Its logic.
    pub logic: &'a StudyLogic,
    pub terminology: &'a Terminology,
    /// Every criterion, parents before their children, in text order.
    pub items: Vec<Item<'a>>,
}

/// One criterion.
pub(crate) struct Item<'a> {
    pub criterion: &'a CriterionLogic,
    /// Its own words, wraps joined and escapes removed.
    pub text: &'a str,
    /// The words of `text`.
    pub words: Vec<Word>,
    /// The phrases among them.
    pub hits: Vec<Hit>,
    /// The item that it is a part of.
    pub parent: Option<usize>,
}

impl<'a> Material<'a> {
    pub fn new(
        study: Option<&'a Study>,
        text: &'a str,
        tree: &'a Tree,
        logic: &'a StudyLogic,
        terminology: &'a Terminology,
    ) -> Self {
        let mut items = Vec::new();
        collect(&logic.criteria, None, &mut items);
        Self { study, text, tree, logic, terminology, items }
    }

    /// How many headings open a section of this side.
    pub fn n_sections(&self, kind: Kind) -> usize {
        self.tree.sections.iter().filter(|section| section.kind == kind && section.heading.is_some()).count()
    }

    /// Reports every phrase of one sort with its own words.
    pub fn report_phrases(&self, sort: Sort, rule: &super::Rule, out: &mut Vec<Diagnostic>) {
        for item in &self.items {
            let mut end = 0;
            for (index, hit) in item.hits.iter().enumerate().filter(|(_, hit)| hit.entry.sort == sort) {
                // The longest of those that begin together is the last; one inside another says no more.
                let longer = item.hits.iter().skip(index.saturating_sub(NEAR)).take(2 * NEAR).any(|other| {
                    other.entry.sort == sort
                        && other.words.start <= hit.words.start
                        && hit.words.end <= other.words.end
                        && other.words.len() > hit.words.len()
                });
                // "anti-hypertensive drugs", also with a blank for the hyphen
                let opposed =
                    hit.words.start.checked_sub(1).is_some_and(|before| matches!(item.norm(before), "-" | "anti"));
                if longer || opposed || hit.words.start < end {
                    continue;
                }
                end = hit.words.end;
                let (written, span) = (item.written(&hit.words), item.span(&hit.words));
                let why = hit.entry.why;
                let message = if why.is_empty() {
                    Said::new("{title}: `{written}`").ours("title", rule.title).with("written", written)
                } else {
                    let message = Said::new("{title}: `{written}`: {why}").ours("title", rule.title);
                    message.with("written", written).ours("why", why)
                };
                let mut finding = Diagnostic::new(rule.code, hit.entry.severity, message).at(span);
                if !hit.entry.suggestion.is_empty() {
                    finding = finding.with_help(Said::new("write `{meant}`").with("meant", hit.entry.suggestion));
                }
                out.push(finding);
            }
        }
    }
}

fn collect<'a>(criteria: &'a [CriterionLogic], parent: Option<usize>, out: &mut Vec<Item<'a>>) {
    for criterion in criteria {
        let text = criterion.own.text();
        let words = words(text);
        let hits = hits(&words);
        let at = out.len();
        out.push(Item { criterion, text, words, hits, parent });
        collect(&criterion.children, Some(at), out);
    }
}

/// What is further away belongs to something else; so the work stays linear in the text.
const LONGEST_CLAUSE: usize = 60;

/// More words than this do not only lead to something.
const MOST_LEADING: usize = 12;

impl Item<'_> {
    /// Where some of its words stand in the text received.
    pub fn span(&self, range: &Range<usize>) -> Span {
        self.criterion.own.source_span(self.bytes(range))
    }

    /// The bytes of its text under some of its words.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.words.get(range.start).map_or(0, |word| word.range.start);
        let end = range.end.checked_sub(1).and_then(|last| self.words.get(last)).map_or(start, |word| word.range.end);
        start..end.max(start)
    }

    /// Some of its words as written.
    pub fn written(&self, range: &Range<usize>) -> &str {
        self.text.get(self.bytes(range)).unwrap_or_default()
    }

    /// The normalised word at a place; empty beyond the ends.
    pub fn norm(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.norm.as_str())
    }

    /// The word at a place as written; empty beyond the ends.
    pub fn raw(&self, at: usize) -> &str {
        self.words.get(at).and_then(|word| self.text.get(word.range.clone())).unwrap_or_default()
    }

    /// What the word at a place is made of.
    pub fn kind(&self, at: usize) -> Option<WordKind> {
        self.words.get(at).map(|word| word.kind)
    }

    /// Whether two neighbouring words touch.
    pub fn touches(&self, left: usize) -> bool {
        match (self.words.get(left), self.words.get(left + 1)) {
            (Some(a), Some(b)) => a.range.end == b.range.start,
            _ => false,
        }
    }

    /// The words of the clause around a place: to the next full stop, semicolon, colon or bracket.
    pub fn clause(&self, at: usize) -> Range<usize> {
        let ends = |k: usize| matches!(self.norm(k), "." | ";" | ":" | "；" | "(" | ")");
        let (first, last) = (at.saturating_sub(LONGEST_CLAUSE), self.words.len().min(at + LONGEST_CLAUSE));
        let start = (first..at).rev().find(|k| ends(*k)).map_or(first, |k| k + 1);
        let end = (at..last).find(|k| ends(*k)).unwrap_or(last);
        start..end
    }

    /// Its sentences, as ranges of words without their stops.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = 0;
        for at in 0..self.words.len() {
            let stop = match self.norm(at) {
                ";" | "；" | "。" => true,
                "." => !self.touches(at) || at + 1 == self.words.len(),
                _ => false,
            };
            if stop {
                if at > start {
                    out.push(start..at);
                }
                start = at + 1;
            }
        }
        if start < self.words.len() {
            out.push(start..self.words.len());
        }
        out
    }

    /// Whether it is written in capitals throughout.
    pub fn is_shouted(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = self.text.chars().filter(|c| c.is_uppercase()).count();
        capitals * 2 > letters
    }

    /// Whether what stands before a place in the text received only leads to an age or a sex: the item is about participants, not
    /// about their children, donors or diseases.
    pub fn leads_to(&self, span: Span) -> bool {
        const LEADING: &str = "age aged between of the male female men man women woman patient subject adult participant and or \
            healthy from are is must be : - , ( ) year who volunteer individual people person both at least children child boy \
            girl with an any ≥ ≤ < > = /";
        let until = self.word_at(span.start);
        let leads = |at: usize| {
            self.kind(at) == Some(WordKind::Number) || LEADING.split_whitespace().any(|word| word == self.norm(at))
        };
        until <= MOST_LEADING && (0..until).all(leads)
    }

    /// Whether a limit stands beside the name of what it limits, with nothing but a comparison between them.
    pub fn is_beside_its_name(&self, bound: &crate::logic::Bound) -> bool {
        const BETWEEN: &str = "> < ≥ ≤ = of than greater less more or equal to at least level count is must be between over above \
            below value no not : / should";
        let Some(name) = bound.variable_span.filter(|name| name.end <= bound.span.start) else { return false };
        let (first, limit) = (self.word_at(name.end), self.word_at(bound.span.start));
        // "Calcium corrected for albumin ≤ 3": what is corrected is limited.
        let corrects = self.word_at(name.start).checked_sub(1).is_some_and(|before| self.norm(before) == "for");
        !corrects
            && limit - first.min(limit) <= MOST_LEADING
            && (first..limit).all(|at| BETWEEN.split_whitespace().any(|word| word == self.norm(at)))
    }

    /// The index of the first word that begins at a byte of the text received, or behind it.
    pub fn word_at(&self, byte: usize) -> usize {
        self.words.partition_point(|word| self.criterion.own.source_span(word.range.clone()).start < byte)
    }

    /// The first word that says something: behind "patients who have", "subjects with any" and the like.
    pub fn first_word(&self) -> usize {
        const LEADING: [&str; 26] = [
            "patient",
            "subject",
            "participant",
            "individual",
            "person",
            "volunteer",
            "people",
            "who",
            "with",
            "that",
            "have",
            "ha",
            "has",
            "had",
            "any",
            "be",
            "is",
            "are",
            "a",
            "an",
            "the",
            "those",
            "all",
            "having",
            "being",
            "-",
        ];
        (0..self.words.len()).find(|at| !LEADING.contains(&self.norm(*at))).unwrap_or(0)
    }
}

/// A finding about a place in the text.
pub(crate) fn finding(rule: &super::Rule, severity: Severity, span: Span, message: impl Into<Said>) -> Diagnostic {
    Diagnostic::new(rule.code, severity, message).at(span)
}

/// Words of the text received on one line.
pub(crate) fn one_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}
