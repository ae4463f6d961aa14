//! A study in plain words, sentence by sentence, each with what it rests on.
//!
//! ```text
//! Study -------- gist, about, part, matters ---\
//!   texts, listed                                sentences -> check -> Draft { said, withheld }
//! StudyLogic --- fit --------------------------/
//! ```
//!
//! Rules only: the same record gives the same words. A sentence says what a field or a criterion says and no more, a coded field
//! only as far as the record's own texts do not speak against it; one that does not pass [`check`] is withheld, with the faults,
//! for an editor to see.

mod about;
mod another_study;
pub mod check;
mod conditions;
mod faithful;
mod fit;
mod gist;
pub mod grade;
mod leads;
mod listed;
pub mod model;
mod named;
mod narrow;
mod operations;
mod part;
mod tested;
mod texts;
mod together;
mod unsaid;

use crate::foreign::{Piece, mark, pieces, plain};
use crate::words::Words;
use conditions::Conditions;
use texts::Texts;
use trialway_criteria::CriterionId;
use trialway_diagnostics::Span;
use trialway_eligibility::StudyLogic;
use trialway_study::{Status, Study};
use trialway_terminology::Terminology;

/// What a sentence rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The field of the record, as a path of API v2 (`protocolSection.designModule.phases`).
    pub path: &'static str,
    /// The place in the eligibility text; none for other fields.
    pub span: Option<Span>,
    /// The criterion, for sentences about who may fit.
    pub criterion: Option<CriterionId>,
    /// What stands there, as written; of a criterion the whole of its own words.
    pub written: String,
    /// The words at `span`; empty for other fields.
    pub passage: String,
}

/// One sentence, or one end of "This study may fit people who …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Stable name of the template (`phase-1`).
    pub template: &'static str,
    /// The words.
    pub words: String,
    /// The same in stretches, so that words that stay English in another language are known.
    pub pieces: Vec<Piece>,
    /// What it rests on; never empty.
    pub sources: Vec<Source>,
    /// Whether it denies what its words name.
    pub denies: bool,
    /// The words with every name replaced by one short word: what its grade is taken from.
    bare: String,
}

/// A sentence that did not pass, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The sentence.
    pub sentence: Sentence,
    /// What is wrong with it.
    pub faults: Vec<check::Fault>,
}

/// A study in plain words.
///
/// **Shape**: every part may be empty; then the record says nothing that could be said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What the study is, in one sentence.
    pub gist: Vec<Sentence>,
    /// What it studies.
    pub about: Vec<Sentence>,
    /// What taking part involves, as far as the record says.
    pub part: Vec<Sentence>,
    /// Why it matters, as far as the record bears it out.
    pub matters: Vec<Sentence>,
    /// Whom it may fit: each ends "This study may fit people who …".
    pub fits: Vec<Sentence>,
    /// Whom it may not fit: each ends "This study may not fit people who …".
    pub unfits: Vec<Sentence>,
    /// How many criteria of the record are wholly said in `fits` and `unfits`.
    pub n_said: usize,
    /// How many criteria the record has, at the top level.
    pub n_criteria: usize,
    /// What was drafted and did not pass its checks.
    pub withheld: Vec<Withheld>,
}

impl Sentence {
    /// Its reading grade: see [`grade`].
    pub fn grade(&self) -> f64 {
        grade::of(&self.bare)
    }
}

impl Draft {
    /// Every sentence, in the order of a page.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        [&self.gist, &self.about, &self.part, &self.fits, &self.unfits, &self.matters].into_iter().flatten()
    }
}

/// Drafts a study in plain words.
///
/// **Shape**: `logic` is [`trialway_eligibility::lower_study`] of the same study.
pub fn draft(study: &Study, logic: &StudyLogic, words: &Words, terminology: &Terminology) -> Draft {
    let say = Say { words, terminology };
    let text = study.eligibility.text.as_deref().unwrap_or_default();
    let sex = study.eligibility.sex.as_ref().and_then(|sex| sex.known());
    let stage = Stage::of(study);
    // Whom a study may fit that never took anyone is nothing to tell.
    let fit = if stage == Stage::Withdrawn { fit::Fit::default() } else { fit::sentences(logic, text, sex, &say) };
    let texts = Texts::new(study, logic);
    let record = Record { study, stage, conditions: Conditions::of(study, &texts, terminology), texts };
    let mut out = Draft { n_said: fit.n_said, n_criteria: logic.criteria.len(), ..Draft::default() };
    out.gist = kept(gist::sentences(&record, &say), &mut out.withheld, words);
    out.about = kept(about::sentences(&record, &say), &mut out.withheld, words);
    out.part = kept(part::sentences(&record, &say), &mut out.withheld, words);
    out.matters = kept(about::matters(&record, &say), &mut out.withheld, words);
    out.fits = kept(fit.fits, &mut out.withheld, words);
    out.unfits = kept(fit.unfits, &mut out.withheld, words);
    out
}

/// The sentences that pass; the others go where an editor sees them.
fn kept(sentences: Vec<Sentence>, withheld: &mut Vec<Withheld>, words: &Words) -> Vec<Sentence> {
    let mut out = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let faults = check::faults(&sentence, words);
        if faults.is_empty() {
            out.push(sentence);
        } else {
            withheld.push(Withheld { sentence, faults });
        }
    }
    out
}

/// A record with what its texts and its list of conditions come to.
struct Record<'a> {
    study: &'a Study,
    stage: Stage,
    texts: Texts<'a>,
    conditions: Conditions<'a>,
}

/// How far a study has come, by its status.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// People may still join it.
    Open,
    /// Nobody new may join, though it may run; or its state is not known.
    Closed,
    /// It has run as it was meant to.
    Completed,
    /// It was stopped early.
    Terminated,
    /// It was given up before anyone took part.
    Withdrawn,
}

impl Stage {
    fn of(study: &Study) -> Self {
        match study.overall_status.as_ref().and_then(|status| status.known()) {
            Some(Status::Completed) => Stage::Completed,
            Some(Status::Terminated) => Stage::Terminated,
            Some(Status::Withdrawn) => Stage::Withdrawn,
            Some(Status::Recruiting | Status::NotYetRecruiting | Status::EnrollingByInvitation | Status::Available) => {
                Stage::Open
            }
            _ => Stage::Closed,
        }
    }

    fn is_over(self) -> bool {
        matches!(self, Stage::Completed | Stage::Terminated)
    }
}

/// Templates that speak to the reader as one who may join, or of what is to come.
const ADDRESS_READERS: [&str; 13] = [
    "random",
    "random-two",
    "random-in-part",
    "one-group",
    "open-label",
    "masked-you",
    "masked-you-and-team",
    "masked-team",
    "masked-team-groups",
    "watched",
    "watched-samples",
    "watched-genes",
    "matters-you",
];

/// What a template is filled with.
enum Fill<'a> {
    /// The name of a thing, a person or a body: not our wording, so left out of the grade.
    Name(&'a str),
    /// A number, a date or words of ours.
    Plain(&'a str),
}

/// Stand before and behind a name while a template is filled: noncharacters of Unicode, as those of [`crate::foreign`].
const NAME_OPEN: char = '\u{fdd2}';
const NAME_CLOSE: char = '\u{fdd3}';

/// Fills templates.
struct Say<'a> {
    words: &'a Words,
    terminology: &'a Terminology,
}

impl Say<'_> {
    /// A template filled in, and the same with short words for names. It is filled once, its names between marks.
    fn phrase(&self, id: &str, fills: &[(&str, Fill)]) -> Option<(String, String)> {
        let named: Vec<String> = fills
            .iter()
            .map(|(_, fill)| match fill {
                Fill::Name(text) => format!("{NAME_OPEN}{text}{NAME_CLOSE}"),
                Fill::Plain(_) => String::new(),
            })
            .collect();
        let filled: Vec<(&str, &str)> = fills
            .iter()
            .zip(&named)
            .map(|((key, fill), named)| match fill {
                Fill::Name(_) => (*key, named.as_str()),
                Fill::Plain(text) => (*key, *text),
            })
            .collect();
        let said = self.words.say(id, &filled)?;
        let (mut words, mut bare) = (String::with_capacity(said.len()), String::with_capacity(said.len()));
        let mut depth = 0_usize;
        for c in said.chars() {
            match c {
                NAME_OPEN => {
                    if depth == 0 {
                        bare.push_str("it");
                    }
                    depth += 1;
                }
                NAME_CLOSE => depth = depth.saturating_sub(1),
                c => {
                    words.push(c);
                    if depth == 0 {
                        bare.push(c);
                    }
                }
            }
        }
        Some((words, bare))
    }

    fn sentence(&self, template: &'static str, fills: &[(&str, Fill)], sources: Vec<Source>) -> Option<Sentence> {
        self.worded(template, template, fills, sources)
    }

    /// A sentence about what is done in a study: of one that is over in its past form, and of one that nobody can join by
    /// speaking of the people in it.
    fn done(
        &self,
        stage: Stage,
        template: &'static str,
        fills: &[(&str, Fill)],
        sources: Vec<Source>,
    ) -> Option<Sentence> {
        if stage.is_over() {
            return self.worded(template, &format!("{template}-past"), fills, sources);
        }
        let closed = format!("{template}-closed");
        if stage == Stage::Closed && ADDRESS_READERS.contains(&template) {
            return self.worded(template, &closed, fills, sources);
        }
        self.sentence(template, fills, sources)
    }

    fn worded(
        &self,
        template: &'static str,
        id: &str,
        fills: &[(&str, Fill)],
        sources: Vec<Source>,
    ) -> Option<Sentence> {
        let (marked, bare) = self.phrase(id, fills)?;
        Some(Sentence { template, words: plain(&marked), pieces: pieces(&marked), sources, denies: false, bare })
    }

    /// Words that are English in every language.
    fn english(&self, words: &str) -> String {
        if self.words.language().is_some() { mark(words) } else { words.to_owned() }
    }

    /// A name of the record as a sentence holds it: the vocabulary's writing where it is the same name, else as written.
    fn name(&self, written: &str) -> String {
        let written = written.trim();
        let known = self.terminology.named_by(written).and_then(|id| self.terminology.concept(&id));
        let Some(concept) = known else { return self.english(written) };
        let is_same = |name: &str| name.eq_ignore_ascii_case(written);
        let language = self.words.language().filter(|_| is_same(&concept.name) || is_same(&concept.lay_name));
        let other = language.and_then(|language| self.terminology.name_in(&concept.id, language));
        match other {
            Some(other) => other.to_owned(),
            None if is_same(&concept.name) => self.english(&concept.name),
            None => self.english(written),
        }
    }
}

/// A source that is a field of the record.
fn field(path: &'static str, written: impl Into<String>) -> Source {
    Source { path, span: None, criterion: None, written: written.into(), passage: String::new() }
}
