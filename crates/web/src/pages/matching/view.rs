//! The words of the list's pages, decided.

use super::super::Page;
use super::received::Sent;
use crate::line::Line;
use crate::tongue::{Speak, Tongue};
use crate::words;
use askama::Template;
use jiff::civil::Date;
use trialway_criteria::CriterionId;
use trialway_matching::{Effect, Says, Verdict};
use trialway_ranking::{Degree, Part, Why};
use trialway_shortlist::{Above, Door, Entry, Gate, Group, Item, Joinable, Joining, Kind, Missing};
use trialway_study::{Coded, Phase, Status};
use trialway_terminology::ConceptId;

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
    pub name: Line,
    pub words: Option<String>,
    pub only_words: bool,
}

/// Facts of one kind that are shown unfolded.
const UNFOLDED: usize = 8;

/// A group as it is shown.
pub fn group(tongue: Tongue, group: &Group) -> GroupView {
    let view = |item: &Item| ItemView {
        name: item_name(tongue, item),
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

/// What was taken, by the vocabulary's name in the language of the page, with what is said of it.
fn item_name(tongue: Tongue, item: &Item) -> Line {
    if tongue == Tongue::English {
        return Line::of(&item.name);
    }
    if item.is_some_allergy {
        return Line::of(&tongue.say("match-some-allergy"));
    }
    let name = words::name(tongue, item.concept.as_ref(), &item.bare);
    let value = match &item.says {
        Says::Nothing => return Line::of(&name),
        Says::Number(written) => written.trim().to_owned(),
        Says::Answer(yes, _) => tongue.say(if *yes { "check-yes" } else { "check-no" }),
        Says::Words(written) => words::english(tongue, written),
    };
    Line::of(&tongue.say_with("match-said", &[("name", &name), ("value", &value)]))
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
    pub words: Line,
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
    pub status: String,
    pub phase: String,
    pub fit: String,
    pub why: Vec<Line>,
    pub gates: Vec<GateView>,
    pub counts: String,
    pub against: Vec<Line>,
    pub missing: Vec<Line>,
    pub above_next: Option<String>,
}

/// What a gate is called, and what it says: "18 years and older: fits".
fn gate_words(tongue: Tongue, gate: &Gate) -> (String, String) {
    let fits = tongue.say(match gate.effect {
        Effect::Pass => "match-fits-pass",
        Effect::Fail => "match-fits-fail",
        Effect::Open => "match-fits-open",
    });
    let limited = |limit: &str| tongue.say_with("match-gate", &[("limit", limit), ("fits", &fits)]);
    let (name, said) = match &gate.door {
        Door::Age(low, high) => ("match-gate-age", limited(&words::ages(tongue, low.as_deref(), high.as_deref()))),
        Door::Sex(taken) => {
            let id = match taken.as_deref() {
                Some("FEMALE") => "match-sex-female",
                Some("MALE") => "match-sex-male",
                Some("ALL") => "match-sex-all",
                _ => "ages-none",
            };
            ("match-gate-sex", limited(&tongue.say(id)))
        }
        Door::Healthy(text) => {
            ("match-gate-healthy", limited(&trialway_language::point(tongue, &CriterionId::new("S.healthy"), text)))
        }
        Door::Joining(joinable) => {
            let id = match joinable {
                Joinable::Now => "match-join-now",
                Joinable::NotYet => "match-join-not-yet",
                Joinable::Invited => "match-join-invited",
                Joinable::NotForNow => "match-join-not-for-now",
                Joinable::NotKnown => "match-join-not-known",
                Joinable::Over => "match-join-over",
            };
            ("match-gate-joining", tongue.say(id))
        }
        Door::Nearest(site, km) => {
            ("match-gate-nearest", tongue.say_with("match-nearest", &[("site", site), ("km", &words::km(tongue, *km))]))
        }
    };
    (tongue.say(name), said)
}

/// A reason for a place, in the language of the page.
fn why_words(tongue: Tongue, why: &Why) -> String {
    match why {
        Why::Topic { asked, found, is_named, part } => {
            let said = tongue.say(if *is_named { "match-why-named" } else { "match-why-suggested" });
            let place = tongue.say(match part {
                Part::Subject => "match-why-subject",
                Part::Key => "match-why-key",
                Part::Inclusion => "match-why-inclusion",
                Part::Body | Part::Exclusion => "match-why-body",
            });
            let name = |(id, english): &(ConceptId, String)| words::name(tongue, Some(id), english);
            let id = if asked.1 == found.1 { "match-why-same" } else { "match-why-kin" };
            let (asked, found) = (name(asked), name(found));
            tongue.say_with(id, &[("asked", &asked), ("said", &said), ("found", &found), ("place", &place)])
        }
        Why::Words => tongue.say("match-why-words"),
        Why::Against { id, text } => against(tongue, &format!("{id}: {text}")).marked(),
    }
}

/// What speaks against a study: the id of a point, and its words.
fn against(tongue: Tongue, line: &str) -> Line {
    match line.split_once(": ") {
        Some((id, text)) => {
            Line::of(&format!("{id}: {}", trialway_language::point(tongue, &CriterionId::new(id), text)))
        }
        None => Line::of(&words::english(tongue, line)),
    }
}

/// Why a place stands above the next, in the language of the page.
fn above_words(tongue: Tongue, above: Above) -> String {
    let id = match above {
        Above::WordsOnly => "match-above-words-only",
        Above::Condition => "match-above-condition",
        Above::Against => "match-above-against",
        Above::Missing => "match-above-missing",
        Above::Score(own, next) => {
            let args = [("own", &*format!("{own:.1}")), ("next", &*format!("{next:.1}"))];
            return tongue.say_with("match-above-score", &args);
        }
        Above::Slightly => "match-above-slightly",
        Above::Number => "match-above-number",
    };
    tongue.say(id)
}

/// A place as it is shown.
pub fn entry(tongue: Tongue, entry: Entry) -> EntryView {
    let (verdict, _) = trialway_report::verdict_words(tongue, entry.verdict);
    let tone = match entry.verdict {
        Verdict::PotentiallyEligible => "open",
        Verdict::NeedsInformation => "unsure",
        Verdict::Ineligible => "fail",
    };
    let phases: Vec<Coded<Phase>> = entry.phases.iter().map(|phase| Coded::from_word(phase)).collect();
    let status: Option<Coded<Status>> = entry.status.as_deref().map(Coded::from_word);
    let (pass, fail, open) = entry.counts;
    let gate = |gate: &Gate| {
        let (name, words) = gate_words(tongue, gate);
        let tone = match gate.effect {
            Effect::Pass => "",
            Effect::Fail => "fail",
            Effect::Open => "unsure",
        };
        GateView { name, words: Line::of(&words), tone }
    };
    let missing = |one: &Missing| match one {
        Missing::Need(need) => Line::of(&trialway_report::need(tongue, need)),
        Missing::Unread(n) => Line::of(&tongue.say_with("match-unread", &[("n", &n.to_string())])),
    };
    EntryView {
        rank: entry.rank,
        address: format!("/trials/{}", entry.nct_id),
        verdict,
        tone,
        status: words::status(tongue, status.as_ref()).0,
        phase: words::phase(tongue, &phases).map(|(label, _)| label).unwrap_or_default(),
        fit: tongue.say(match entry.degree {
            Degree::Condition => "match-fit-condition",
            Degree::Related => "match-fit-related",
            Degree::Words => "match-fit-words",
        }),
        // What speaks against it has a place of its own.
        why: entry
            .why
            .iter()
            .filter(|why| !matches!(why, Why::Against { .. }))
            .map(|why| Line::of(&why_words(tongue, why)))
            .collect(),
        gates: entry.gates.iter().map(gate).collect(),
        counts: tongue.say_with(
            "match-counts",
            &[("pass", &pass.to_string()), ("fail", &fail.to_string()), ("open", &open.to_string())],
        ),
        missing: entry.missing.iter().map(missing).collect(),
        above_next: entry.above_next.map(|above| above_words(tongue, above)),
        nct_id: entry.nct_id,
        title: entry.title,
        against: entry.against.iter().map(|line| against(tongue, line)).collect(),
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
    pub suggested: Line,
    pub policy: String,
    pub policy_word: &'static str,
    pub left: Vec<Line>,
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
