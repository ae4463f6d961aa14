//! The words of a report, block by block.

use crate::language::{Language, Say};
use crate::said::{left_out, needs, notes, record, resting, verdict_words};
use crate::study::Code;
use trialway_cohort::Versions;
use trialway_criteria::Kind;
use trialway_language::foreign::mark;
use trialway_matching::{Cause, CriterionResult, Effect, Screening};
use trialway_patient::Left;

/// A screening to report.
pub struct Report<'a> {
    /// The language of our words.
    pub language: Language,
    /// Whether the record is of answers to questions that were put in this language.
    pub is_asked_here: bool,
    /// The study's title.
    pub title: &'a str,
    /// `Patient.id`, or the file's name. Never a person's name.
    pub patient: &'a str,
    /// What it was made with.
    pub versions: &'a Versions,
    /// The day on which the report is made, `2026-06-15`.
    pub made_on: &'a str,
    /// The screening.
    pub screening: &'a Screening,
    /// How many entries of the record were used, and what was left out, each with the reason.
    pub used: usize,
    /// What was left out of the record, and why.
    pub left: &'a [Left],
}

/// One block of a report. Words that stay English in another language may be marked ([`trialway_language::foreign`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of the second level.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// The verdict in words, and what it means.
    Verdict(String, String),
    /// Names with values.
    Table(Vec<(String, String)>),
    /// A list.
    List(Vec<String>),
    /// An address as a square that phones read, and in letters.
    Code(Code),
    /// One criterion.
    Criterion {
        /// How deep it is nested, from 0.
        depth: usize,
        /// Its id.
        id: String,
        /// What it does to eligibility.
        effect: Effect,
        /// Its words.
        text: String,
        /// What is said of the result.
        notes: Vec<String>,
        /// What it rests on, with the source in the record.
        evidence: Vec<String>,
        /// What to ask or measure.
        needs: Vec<String>,
    },
}

/// Blocks under a heading, to be written as HTML or PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The language of the words.
    pub language: Language,
    /// The heading of the whole.
    pub heading: String,
    /// What stands below every page of the PDF, before its number.
    pub footer: String,
    /// The words.
    pub blocks: Vec<Block>,
}

/// Entries left out that a report lists.
const LEFT: usize = 40;

impl Report<'_> {
    /// The report as a sheet.
    pub fn sheet(&self) -> Sheet {
        let versions = self.versions;
        Sheet {
            language: self.language,
            heading: self.say("report-heading", &[("study", &versions.trial)]),
            footer: self.say(
                "report-footer",
                &[
                    ("study", &versions.trial),
                    ("patient", self.patient),
                    ("day", &versions.as_of),
                    ("program", &versions.engine),
                ],
            ),
            blocks: self.blocks(),
        }
    }

    fn say(&self, id: &str, args: &[(&str, &str)]) -> String {
        self.language.say(id, args)
    }

    /// What stays English in another language, marked.
    fn english(&self, words: &str) -> String {
        if self.language == Language::English { words.to_owned() } else { mark(words) }
    }

    /// The words of the report.
    fn blocks(&self) -> Vec<Block> {
        let (language, versions) = (self.language, self.versions);
        let plain = |id: &str| language.say(id, &[]);
        let (verdict, mut meaning) = verdict_words(language, self.screening.verdict);
        // Chinese puts no space between sentences.
        let space = if language == Language::Chinese { "" } else { " " };
        let mut add = |sentence: String| {
            meaning.push_str(space);
            meaning.push_str(&sentence);
        };
        if self.screening.verdict_assumed {
            add(plain("report-assumed"));
        }
        if !self.screening.pivotal.is_empty() {
            let ids: Vec<String> = self.screening.pivotal.iter().map(ToString::to_string).collect();
            add(self.say("report-turns-on", &[("ids", &ids.join(", "))]));
        }
        let row = |id: &str, value: &str| (plain(id), value.to_owned());
        let policy = plain(if versions.policy == "strict" { "report-by-strict" } else { "report-by-chart" });
        let title = self.english(self.title);
        let mut out = vec![
            Block::Verdict(verdict, meaning),
            Block::Table(vec![
                row("report-study", &self.say("report-study-named", &[("title", &title), ("study", &versions.trial)])),
                row("report-patient", self.patient),
                row("report-screened-for", &versions.as_of),
                row("report-not-mentioned", &policy),
                row("report-made-on", self.made_on),
                row("report-record", &record(language, &versions.record)),
                row("report-program", &self.english(&versions.engine)),
                row("report-vocabulary", &self.english(&versions.terminology)),
            ]),
        ];
        let asked: Vec<_> = results(self.screening)
            .filter(|result| result.open_reason == Some(Cause::MissingData))
            .flat_map(|result| result.needs.iter().cloned())
            .collect();
        let asks = needs(language, &asked);
        if !asks.is_empty() {
            out.push(Block::Heading(plain("report-asks")));
            out.push(Block::List(asks));
        }
        for (heading, kind) in [("report-must", Kind::Inclusion), ("report-must-not", Kind::Exclusion)] {
            let of: Vec<&CriterionResult> =
                self.screening.criteria.iter().filter(|result| result.kind == kind).collect();
            if of.is_empty() {
                continue;
            }
            out.push(Block::Heading(plain(heading)));
            if kind == Kind::Exclusion {
                out.push(Block::Text(plain("report-met-means")));
            }
            of.into_iter().for_each(|result| self.criterion(result, 0, &mut out));
        }
        if !self.screening.structured.is_empty() {
            out.push(Block::Heading(plain("report-fields")));
            self.screening.structured.iter().for_each(|result| self.criterion(result, 0, &mut out));
        }
        out.push(Block::Heading(plain("report-read")));
        let counts = [("used", self.used.to_string()), ("left", self.left.len().to_string())];
        let counts: Vec<(&str, &str)> = counts.iter().map(|(name, n)| (*name, n.as_str())).collect();
        out.push(Block::Text(self.say("report-used", &counts)));
        if !self.left.is_empty() {
            let left = self.left.iter().take(LEFT);
            let mut lines: Vec<String> = left.map(|left| left_out(language, left)).collect();
            if self.left.len() > LEFT {
                lines.push(self.say("report-more", &[("n", &(self.left.len() - LEFT).to_string())]));
            }
            out.push(Block::List(lines));
        }
        out.push(Block::Text(plain("report-advice")));
        out
    }

    fn criterion(&self, result: &CriterionResult, depth: usize, out: &mut Vec<Block>) {
        let language = self.language;
        let has_children = !result.children.is_empty();
        let resting = result.evidence.iter().map(|one| {
            let id = if one.stale { "report-source-old" } else { "report-source" };
            language.say(id, &[("line", &resting(language, one, self.is_asked_here)), ("source", &one.source)])
        });
        out.push(Block::Criterion {
            depth,
            id: result.id.to_string(),
            effect: result.effect,
            text: trialway_language::point(language, &result.id, &result.text),
            notes: notes(language, result),
            evidence: if has_children { Vec::new() } else { resting.collect() },
            needs: if has_children { Vec::new() } else { needs(language, &result.needs) },
        });
        result.children.iter().for_each(|child| self.criterion(child, depth + 1, out));
    }
}

fn results(screening: &Screening) -> impl Iterator<Item = &CriterionResult> {
    screening.criteria.iter().chain(&screening.structured)
}
