//! One place of the list in words: how it fits, whom it takes, what is known and missing, why it stands where it stands.

use crate::listing::Listing;
use std::fmt;
use trialway_matching::{Ask, Cause, CriterionResult, Effect, Need, Verdict};
use trialway_ranking::{Degree, Place, Why};
use trialway_search::{Card, Found};
use trialway_study::{Coded, Phase, Status};

/// What the list is, and what it is not.
pub const ADVICE: &str = "This is information to talk over with the study team, who decide. Do not stop or change any medicine because of it.";

/// What opens or shuts the door before all criteria.
#[derive(Clone, Debug, PartialEq)]
pub enum Door {
    /// Limits of age as the registry writes them; none where it gives none.
    Age(Option<String>, Option<String>),
    /// The registry's word for the sexes that are taken; none where it gives none.
    Sex(Option<String>),
    /// The record's words on healthy people.
    Healthy(String),
    /// Whether people can join, by the status.
    Joining(Joinable),
    /// The nearest site, and how far it is in kilometres.
    Nearest(String, f64),
}

/// Whether people can join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joinable {
    /// Now.
    Now,
    /// Not yet.
    NotYet,
    /// Who is invited.
    Invited,
    /// Not for the time being.
    NotForNow,
    /// Nobody knows.
    NotKnown,
    /// No more.
    Over,
}

/// Something that opens or shuts the door before all criteria, and what it does to taking part.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// What it is.
    pub door: Door,
    /// What it does.
    pub effect: Effect,
}

impl Gate {
    /// Its English name.
    pub fn name(&self) -> &'static str {
        match self.door {
            Door::Age(..) => "Age",
            Door::Sex(_) => "Sex",
            Door::Healthy(_) => "Healthy people",
            Door::Joining(_) => "Joining",
            Door::Nearest(..) => "Nearest site",
        }
    }

    /// What the study says, and whether it fits, in English.
    pub fn words(&self) -> String {
        let fits = match self.effect {
            Effect::Pass => "fits",
            Effect::Fail => "does not fit",
            Effect::Open => "not known yet",
        };
        match &self.door {
            Door::Age(low, high) => {
                let limits = match (low, high) {
                    (Some(low), Some(high)) => format!("{} to {}", low.to_lowercase(), high.to_lowercase()),
                    (Some(low), None) => format!("{} and older", low.to_lowercase()),
                    (None, Some(high)) => format!("up to {}", high.to_lowercase()),
                    (None, None) => "no limit given".to_owned(),
                };
                format!("{limits}: {fits}")
            }
            Door::Sex(taken) => {
                let sex = match taken.as_deref() {
                    Some("FEMALE") => "female only",
                    Some("MALE") => "male only",
                    Some("ALL") => "all",
                    _ => "no limit given",
                };
                format!("{sex}: {fits}")
            }
            Door::Healthy(text) => format!("{text}: {fits}"),
            Door::Joining(joinable) => match joinable {
                Joinable::Now => "people can join now",
                Joinable::NotYet => "people cannot join yet",
                Joinable::Invited => "only people who are invited can join",
                Joinable::NotForNow => "not for now",
                Joinable::NotKnown => "not known; ask",
                Joinable::Over => "nobody new can join",
            }
            .to_owned(),
            Door::Nearest(site, km) => {
                let km = if *km < 10.0 { format!("{km:.1}") } else { format!("{km:.0}") };
                format!("{site}, about {km} km away")
            }
        }
    }
}

/// Something that is not known yet; `Display` says it in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// What to ask or measure.
    Need(Need),
    /// So many points of the study that could not be read in full.
    Unread(usize),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::Need(need) => need.fmt(f),
            Missing::Unread(1) => {
                f.write_str("one point of the study that could not be read in full: ask the study team")
            }
            Missing::Unread(n) => {
                write!(f, "{n} points of the study that could not be read in full: ask the study team")
            }
        }
    }
}

/// Why a place stands above the next; `Display` says it in English.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Above {
    /// The next only shares words with the story.
    WordsOnly,
    /// This one is about the condition, the next only touches it.
    Condition,
    /// Something that is known speaks against the next.
    Against,
    /// Of the next something is missing.
    Missing,
    /// More of the story is in it: its score, and that of the next.
    Score(f64, f64),
    /// A little more of the story is in it.
    Slightly,
    /// They stand in the order of their numbers.
    Number,
}

impl fmt::Display for Above {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Above::WordsOnly => f.write_str("The next only shares words with the story."),
            Above::Condition => f.write_str("It is about the condition itself; the next only touches it."),
            Above::Against => {
                f.write_str("Something that is known speaks against the next, and nothing against this one.")
            }
            Above::Missing => f.write_str("Nothing is missing here that would decide it; of the next something is."),
            Above::Score(own, next) => write!(
                f,
                "Both fit alike; more of the story's words and conditions are in it than in the next ({own:.1} against {next:.1})."
            ),
            Above::Slightly => f.write_str(
                "Both fit alike; a little more of the story's words and conditions is in it than in the next.",
            ),
            Above::Number => f.write_str(
                "Both fit alike and share as much with the story; they stand in the order of their numbers.",
            ),
        }
    }
}

/// One place of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// From 1.
    pub rank: usize,
    /// The registry's number.
    pub nct_id: String,
    /// The study's title.
    pub title: String,
    /// The registry's word for its status; none where the record gives none.
    pub status: Option<String>,
    /// The registry's words for its phases.
    pub phases: Vec<String>,
    /// What screening says.
    pub verdict: Verdict,
    /// How many criteria pass, fail and are open.
    pub counts: (usize, usize, usize),
    /// No unit; higher is better within one degree and verdict.
    pub score: f64,
    /// How it fits the condition.
    pub degree: Degree,
    /// Why it was found: topics of the story and where the study names them.
    pub why: Vec<Why>,
    /// Age, sex, health, status, distance.
    pub gates: Vec<Gate>,
    /// What to ask or measure; what was not read is said once.
    pub missing: Vec<Missing>,
    /// What speaks against it, in the study's own words.
    pub against: Vec<String>,
    /// Why it stands above the next; none for the last.
    pub above_next: Option<Above>,
    /// The nearest site, and how far it is in kilometres.
    pub nearest: Option<(String, f64)>,
}

/// Words of a criterion are shortened to this many characters.
const SHOWN: usize = 160;

impl Listing {
    /// A place in words; none past the end.
    pub fn entry(&self, at: usize) -> Option<Entry> {
        let (place, found) = self.places.get(at)?;
        let next = self.places.get(at + 1).map(|(next, _)| next);
        let results = || place.screening.criteria.iter().chain(&place.screening.structured);
        let failing = results().filter(|result| result.effect == Effect::Fail);
        let nearest = nearest(found);
        Some(Entry {
            rank: at + 1,
            nct_id: found.card.nct_id.clone(),
            title: found.card.title.clone(),
            status: found.card.status.clone(),
            phases: found.card.phases.clone(),
            verdict: place.verdict,
            counts: place.counts,
            score: place.score,
            degree: place.degree,
            why: place.why.clone(),
            gates: gates(place, &found.card, nearest.clone()),
            missing: missing(results()),
            against: failing.map(|result| format!("{}: {}", result.id, short(&result.text))).collect(),
            above_next: next.map(|next| above(place, next)),
            nearest,
        })
    }
}

fn short(text: &str) -> String {
    let mut out: String = text.chars().take(SHOWN).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

impl Entry {
    /// How it fits the condition, in English.
    pub fn fit(&self) -> &'static str {
        match self.degree {
            Degree::Condition => "It is about the condition.",
            Degree::Related => "It names something that the story is about, or something more general or special.",
            Degree::Words => "It shares words with the story only.",
        }
    }
}

fn missing<'a>(results: impl Iterator<Item = &'a CriterionResult>) -> Vec<Missing> {
    let (mut needs, mut said, mut n_unread) = (Vec::new(), Vec::new(), 0);
    for result in results {
        match result.open_reason {
            Some(Cause::NotUnderstood) => n_unread += 1,
            Some(Cause::MissingData) => {
                for need in &result.needs {
                    let words = need.to_string();
                    // Said once for all of them, below.
                    if matches!(need.ask, Ask::NotUnderstood | Ask::Uncertain) {
                        n_unread += 1;
                    } else if !said.contains(&words) {
                        said.push(words);
                        needs.push(Missing::Need(need.clone()));
                    }
                }
            }
            _ => {}
        }
    }
    if n_unread > 0 {
        needs.push(Missing::Unread(n_unread));
    }
    needs
}

/// Why a place stands above the next.
fn above(place: &Place, next: &Place) -> Above {
    if place.degree != next.degree {
        return if next.degree == Degree::Words { Above::WordsOnly } else { Above::Condition };
    }
    if place.verdict != next.verdict {
        return if next.verdict == Verdict::Ineligible { Above::Against } else { Above::Missing };
    }
    let ahead = place.score - next.score;
    if ahead >= 0.05 {
        Above::Score(place.score, next.score)
    } else if ahead > 0.0 {
        Above::Slightly
    } else {
        Above::Number
    }
}

fn nearest(found: &Found) -> Option<(String, f64)> {
    let nearest = found.nearest.as_ref()?;
    let site = found.card.sites.get(nearest.index)?;
    let name: Vec<&str> =
        [&site.facility, &site.city, &site.country].into_iter().flatten().map(String::as_str).collect();
    Some((name.join(", "), nearest.km))
}

fn gates(place: &Place, card: &Card, nearest: Option<(String, f64)>) -> Vec<Gate> {
    let of = |id: &str| place.screening.structured.iter().find(|result| result.id.as_str() == id);
    let effect = |id: &str| of(id).map_or(Effect::Pass, |result| result.effect);
    let mut out = vec![
        Gate { door: Door::Age(card.minimum_age.clone(), card.maximum_age.clone()), effect: effect("S.age") },
        Gate { door: Door::Sex(card.sex.clone()), effect: effect("S.sex") },
    ];
    if let Some(result) = of("S.healthy").filter(|result| result.effect != Effect::Pass) {
        out.push(Gate { door: Door::Healthy(short(&result.text)), effect: result.effect });
    }
    let status: Option<Coded<Status>> = card.status.as_deref().map(Coded::from_word);
    let (joinable, effect) = match status.as_ref().and_then(|status| status.known()) {
        Some(Status::Recruiting | Status::Available) => (Joinable::Now, Effect::Pass),
        Some(Status::NotYetRecruiting) => (Joinable::NotYet, Effect::Open),
        Some(Status::EnrollingByInvitation) => (Joinable::Invited, Effect::Open),
        Some(Status::TemporarilyNotAvailable) => (Joinable::NotForNow, Effect::Open),
        Some(Status::Unknown | Status::Withheld) | None => (Joinable::NotKnown, Effect::Open),
        Some(_) => (Joinable::Over, Effect::Fail),
    };
    out.push(Gate { door: Door::Joining(joinable), effect });
    out.extend(nearest.map(|(site, km)| Gate { door: Door::Nearest(site, km), effect: Effect::Pass }));
    out
}

/// The label of a registry's status word.
pub(crate) fn status_label(word: Option<&str>) -> String {
    word.map_or_else(|| "status not given".to_owned(), |word| Coded::<Status>::from_word(word).label().to_owned())
}

/// The labels of phases.
pub(crate) fn phase_labels(words: &[String]) -> String {
    let labels: Vec<String> = words.iter().map(|word| Coded::<Phase>::from_word(word).label().to_owned()).collect();
    labels.join(", ")
}
