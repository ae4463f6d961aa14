//! The words of a report, block by block.

use crate::study::Code;
use trialway_cohort::Versions;
use trialway_criteria::Kind;
use trialway_matching::{Cause, CriterionResult, Effect, Screening, Verdict};

/// A screening to report.
pub struct Report<'a> {
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
    pub left: &'a [(String, String)],
}

/// One block of a report.
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
        /// `met`, `not met`, `open`.
        effect: &'static str,
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
    /// The language of the words, BCP 47.
    pub language: &'static str,
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
            language: "en",
            heading: format!("Screening for {}", versions.trial),
            footer: format!(
                "{}, patient {}, for {}; {}",
                versions.trial, self.patient, versions.as_of, versions.engine
            ),
            blocks: self.blocks(),
        }
    }

    /// The words of the report.
    fn blocks(&self) -> Vec<Block> {
        let versions = self.versions;
        let (verdict, meaning) = verdict_words(self.screening.verdict);
        let mut meaning = meaning.to_owned();
        if self.screening.verdict_assumed {
            meaning.push_str(" This rests on taking what the record does not mention as absent.");
        }
        if !self.screening.pivotal.is_empty() {
            let ids: Vec<String> = self.screening.pivotal.iter().map(ToString::to_string).collect();
            meaning.push_str(&format!(" It turns on: {}.", ids.join(", ")));
        }
        let row = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let policy = match versions.policy.as_str() {
            "strict" => "nothing is taken for granted that the record does not say",
            _ => "illnesses and treatments that the record does not mention are taken as absent, and marked",
        };
        let mut out = vec![
            Block::Verdict(verdict.to_owned(), meaning),
            Block::Table(vec![
                row("Study", &format!("{} ({})", self.title, versions.trial)),
                row("Patient", self.patient),
                row("Screened for", &versions.as_of),
                row("Not mentioned", policy),
                row("Report made on", self.made_on),
                row("Record of the study", &versions.record),
                row("Program", &versions.engine),
                row("Vocabulary", &versions.terminology),
            ]),
        ];
        let mut asks: Vec<String> = Vec::new();
        for result in results(self.screening).filter(|result| result.open_reason == Some(Cause::MissingData)) {
            for need in &result.needs {
                if !asks.contains(need) {
                    asks.push(need.clone());
                }
            }
        }
        if !asks.is_empty() {
            out.push(Block::Heading("What to ask or measure".to_owned()));
            out.push(Block::List(asks));
        }
        for (heading, kind) in [("What must be so", Kind::Inclusion), ("What must not be so", Kind::Exclusion)] {
            let of: Vec<&CriterionResult> =
                self.screening.criteria.iter().filter(|result| result.kind == kind).collect();
            if of.is_empty() {
                continue;
            }
            out.push(Block::Heading(heading.to_owned()));
            if kind == Kind::Exclusion {
                out.push(Block::Text("“Met” means here that it does not stand in the way.".to_owned()));
            }
            of.into_iter().for_each(|result| criterion(result, 0, &mut out));
        }
        if !self.screening.structured.is_empty() {
            out.push(Block::Heading("The study record’s own fields".to_owned()));
            self.screening.structured.iter().for_each(|result| criterion(result, 0, &mut out));
        }
        out.push(Block::Heading("What was read of the patient’s record".to_owned()));
        out.push(Block::Text(format!("{} entries were used, {} were left out.", self.used, self.left.len())));
        if !self.left.is_empty() {
            let mut lines: Vec<String> =
                self.left.iter().take(LEFT).map(|(what, why)| format!("{what}: {why}")).collect();
            if self.left.len() > LEFT {
                lines.push(format!("and {} more", self.left.len() - LEFT));
            }
            out.push(Block::List(lines));
        }
        out.push(Block::Text(
            "This is information to talk over with the study team, who decide. It is no medical advice. Do not stop or change any \
             medicine because of it. A program read the study’s text and the record; both readings can be wrong."
                .to_owned(),
        ));
        out
    }
}

fn results(screening: &Screening) -> impl Iterator<Item = &CriterionResult> {
    screening.criteria.iter().chain(&screening.structured)
}

/// A verdict in words, and what it means.
pub fn verdict_words(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::PotentiallyEligible => {
            ("May match", "Nothing in the record stands in the way. The study team must confirm it.")
        }
        Verdict::NeedsInformation => ("We cannot tell yet", "Something is missing that would decide it."),
        Verdict::Ineligible => (
            "Does not appear to match",
            "At least one point is not met, as far as the record and our reading go. The study team can check it.",
        ),
    }
}

/// What there is to say of a result besides its effect, in words.
pub fn notes(result: &CriterionResult) -> Vec<&'static str> {
    let mut notes = Vec::new();
    match result.open_reason {
        Some(Cause::MissingData) => notes.push("The record does not say."),
        Some(Cause::NotUnderstood) => notes.push("A part of the text was not understood."),
        Some(Cause::Judgement) => notes.push("The study doctor must judge this."),
        Some(Cause::Consent) => notes.push("Someone must agree to this."),
        None => {}
    }
    if result.not_applicable {
        notes.push("Does not apply here.");
    }
    if result.assumed {
        notes.push("Assumed: the record does not mention it.");
    }
    if result.moot {
        notes.push("Settled without it.");
    }
    if result.firmness.as_str() != "certain" {
        notes.push("The words may be read otherwise.");
    }
    notes
}

fn criterion(result: &CriterionResult, depth: usize, out: &mut Vec<Block>) {
    let has_children = !result.children.is_empty();
    let evidence = result.evidence.iter().map(|one| {
        let old = if one.stale { "; old, to be measured again" } else { "" };
        format!("{} [{}{old}]", one.text, one.source)
    });
    out.push(Block::Criterion {
        depth,
        id: result.id.to_string(),
        effect: match result.effect {
            Effect::Pass => "met",
            Effect::Fail => "not met",
            Effect::Open => "open",
        },
        text: result.text.clone(),
        notes: notes(result).into_iter().map(str::to_owned).collect(),
        evidence: if has_children { Vec::new() } else { evidence.collect() },
        needs: if has_children { Vec::new() } else { result.needs.clone() },
    });
    result.children.iter().for_each(|child| criterion(child, depth + 1, out));
}
