//! The words of the list's pages, decided.

use super::super::Page;
use super::received::Sent;
use crate::tongue::Tongue;
use crate::words;
use askama::Template;
use jiff::civil::Date;
use trialway_matching::{Effect, Verdict};
use trialway_shortlist::{Entry, Group, Joining, Kind};
use trialway_study::{Coded, Phase};

/// What is sent travels in the page up to this size.
pub const TRAVELS_BYTES: usize = 2 << 20;

/// A choice of a form.
pub struct Choice {
    pub value: &'static str,
    pub label: String,
    pub is_chosen: bool,
}

/// What narrows the list.
pub struct FilterView {
    pub place: String,
    pub within: String,
    pub joining: Vec<Choice>,
    pub phases: Vec<Choice>,
    pub possible_only: bool,
    pub as_of: String,
    /// Whether anything but the usual is chosen, so that it is shown unfolded.
    pub is_used: bool,
}

impl FilterView {
    /// The choices as they were sent.
    pub fn of(tongue: Tongue, sent: &Sent, as_of: Date) -> Self {
        let joining = sent.joining();
        let choice = |value, id: &str, is_chosen| Choice { value, label: tongue.say(id), is_chosen };
        let phase = |value: &'static str, label| choice(value, label, sent.phases.iter().any(|known| known == value));
        Self {
            place: sent.place.clone(),
            within: sent.within.clone(),
            joining: vec![
                choice("possible", "match-joining-possible", joining == Joining::Possible),
                choice("now", "match-joining-now", joining == Joining::Now),
                choice("any", "match-joining-any", joining == Joining::Any),
            ],
            phases: vec![
                phase("EARLY_PHASE1", "word-early-phase-1"),
                phase("PHASE1", "word-phase-1"),
                phase("PHASE2", "word-phase-2"),
                phase("PHASE3", "word-phase-3"),
                phase("PHASE4", "word-phase-4"),
            ],
            possible_only: sent.possible_only,
            as_of: as_of.to_string(),
            is_used: !sent.place.is_empty()
                || !sent.phases.is_empty()
                || sent.possible_only
                || joining != Joining::Possible,
        }
    }
}

#[derive(Template)]
#[template(path = "match.html")]
pub struct MatchForm {
    pub page: Page,
    pub complaint: Option<String>,
    pub upload_mb: usize,
    pub pasted: String,
    pub filters: FilterView,
}

/// How what was sent comes along to the next step.
pub enum Travels {
    /// In the field, to be changed.
    Words(String),
    /// Out of sight.
    Record(String),
    /// Not: it is too large, or no text.
    No,
}

impl Travels {
    /// Whether it does not.
    fn is_gone(&self) -> bool {
        matches!(self, Travels::No)
    }
}

/// Facts of one kind.
pub struct GroupView {
    pub heading: String,
    pub items: Vec<ItemView>,
    /// Beyond the first few: folded.
    pub more: Vec<ItemView>,
}

pub struct ItemView {
    pub name: String,
    pub words: Option<String>,
    pub only_words: bool,
}

/// Facts of one kind that are shown unfolded.
const UNFOLDED: usize = 8;

/// A group as it is shown.
pub fn group(tongue: Tongue, group: &Group) -> GroupView {
    let view = |item: &trialway_shortlist::Item| ItemView {
        name: item.name.clone(),
        // The same words twice tell nothing.
        words: item.words.clone().filter(|words| !words.eq_ignore_ascii_case(&item.name)),
        only_words: item.only_words,
    };
    GroupView {
        heading: words::term(tongue, group.heading),
        items: group.items.iter().take(UNFOLDED).map(view).collect(),
        more: group.items.iter().skip(UNFOLDED).map(view).collect(),
    }
}

/// What is taken for granted.
pub fn policy(tongue: Tongue, kind: Kind) -> String {
    tongue.say(match kind {
        Kind::Record => "match-policy-record",
        Kind::Answers | Kind::Note => "match-policy-words",
    })
}

pub struct GateView {
    pub name: String,
    pub words: String,
    pub tone: &'static str,
}

/// One place of the list.
pub struct EntryView {
    pub rank: usize,
    pub address: String,
    pub nct_id: String,
    pub title: String,
    pub verdict: String,
    pub tone: &'static str,
    pub phase: String,
    pub fit: String,
    pub why: Vec<String>,
    pub gates: Vec<GateView>,
    pub counts: String,
    pub against: Vec<String>,
    pub missing: Vec<String>,
    pub above_next: Option<String>,
}

/// What a gate says, "18 years and older: fits", in the language of the page.
fn gate_words(tongue: Tongue, name: &str, said: &str) -> String {
    let Some((limit, fits)) = said.rsplit_once(": ").filter(|_| matches!(name, "Age" | "Sex")) else {
        return words::term(tongue, said);
    };
    let limit = match (limit.split_once(" to "), limit.strip_suffix(" and older"), limit.strip_prefix("up to ")) {
        _ if name == "Sex" => words::term(tongue, limit),
        (Some((low, high)), ..) => words::ages(tongue, Some(low), Some(high)),
        (_, Some(low), _) => words::ages(tongue, Some(low), None),
        (.., Some(high)) => words::ages(tongue, None, Some(high)),
        _ => words::term(tongue, limit),
    };
    tongue.say_with("match-gate", &[("limit", &limit), ("fits", &words::term(tongue, fits))])
}

/// A place as it is shown.
pub fn entry(tongue: Tongue, entry: Entry) -> EntryView {
    let (verdict, _) = trialway_report::verdict_words(entry.verdict);
    let tone = match entry.verdict {
        Verdict::PotentiallyEligible => "open",
        Verdict::NeedsInformation => "unsure",
        Verdict::Ineligible => "fail",
    };
    let phases: Vec<Coded<Phase>> = entry.phases.iter().map(|phase| Coded::from_word(phase)).collect();
    let (pass, fail, open) = entry.counts;
    let gate = |gate: trialway_shortlist::Gate| GateView {
        name: words::term(tongue, gate.name),
        words: gate_words(tongue, gate.name, &gate.words),
        tone: match gate.effect {
            Effect::Pass => "",
            Effect::Fail => "fail",
            Effect::Open => "unsure",
        },
    };
    EntryView {
        rank: entry.rank,
        address: format!("/trials/{}", entry.nct_id),
        nct_id: entry.nct_id,
        title: entry.title,
        verdict: words::term(tongue, verdict),
        tone,
        phase: words::phase(tongue, &phases).map(|(label, _)| label).unwrap_or_default(),
        fit: words::term(tongue, entry.fit),
        // What speaks against it has a place of its own.
        why: entry.why.into_iter().filter(|line| !line.contains(" speaks against it: ")).collect(),
        gates: entry.gates.into_iter().map(gate).collect(),
        counts: tongue.say_with(
            "match-counts",
            &[("pass", &pass.to_string()), ("fail", &fail.to_string()), ("open", &open.to_string())],
        ),
        against: entry.against,
        missing: entry.missing.iter().map(|one| words::term(tongue, one)).collect(),
        above_next: entry.above_next.map(|why| words::term(tongue, &why)),
    }
}

#[derive(Template)]
#[template(path = "matches.html")]
pub struct MatchPage {
    pub page: Page,
    pub person: Vec<(String, String)>,
    pub groups: Vec<GroupView>,
    pub is_nothing: bool,
    pub story: Vec<(String, bool)>,
    pub suggested: String,
    pub policy: String,
    pub policy_word: &'static str,
    pub left: Vec<(String, String)>,
    pub is_note: bool,
    pub travels: Travels,
    pub filters: FilterView,
    pub notes: Vec<String>,
    pub heading: String,
    pub looked_at: String,
    pub entries: Vec<EntryView>,
    pub start: usize,
    pub position: String,
    pub previous: Option<usize>,
    pub next: Option<usize>,
    pub n_reported: usize,
}
