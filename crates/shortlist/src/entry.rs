//! One place of the list in words: how it fits, whom it takes, what is known and missing, why it stands where it stands.

use crate::listing::Listing;
use trialway_matching::{Cause, CriterionResult, Effect, Verdict};
use trialway_ranking::{Degree, Place};
use trialway_search::{Card, Found};
use trialway_study::{Coded, Phase, Status};

/// What the list is, and what it is not.
pub const ADVICE: &str = "This is information to talk over with the study team, who decide. Do not stop or change any medicine because of it.";

/// Something that opens or shuts the door before all criteria: age, sex, health, status, distance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// `Age`, `Sex`, `Healthy people`, `Joining`, `Nearest site`.
    pub name: &'static str,
    /// What the study says, and whether it fits.
    pub words: String,
    /// What it does to taking part.
    pub effect: Effect,
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
    /// How it fits the condition, in words.
    pub fit: &'static str,
    /// Why it was found: topics of the story and where the study names them.
    pub why: Vec<String>,
    /// Age, sex, health, status, distance.
    pub gates: Vec<Gate>,
    /// What to ask or measure; what was not read is said once.
    pub missing: Vec<String>,
    /// What speaks against it, in the study's own words.
    pub against: Vec<String>,
    /// Why it stands above the next; none for the last.
    pub above_next: Option<String>,
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
            fit: fit(place.degree),
            why: place.why.clone(),
            gates: gates(place, &found.card, nearest.as_ref()),
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

fn fit(degree: Degree) -> &'static str {
    match degree {
        Degree::Condition => "It is about the condition.",
        Degree::Related => "It names something that the story is about, or something more general or special.",
        Degree::Words => "It shares words with the story only.",
    }
}

fn missing<'a>(results: impl Iterator<Item = &'a CriterionResult>) -> Vec<String> {
    let (mut out, mut n_unread) = (Vec::new(), 0);
    for result in results {
        match result.open_reason {
            Some(Cause::NotUnderstood) => n_unread += 1,
            Some(Cause::MissingData) => {
                for need in &result.needs {
                    // Said once for all of them, below.
                    if need.starts_with("read this criterion") {
                        n_unread += 1;
                    } else if !out.contains(need) {
                        out.push(need.clone());
                    }
                }
            }
            _ => {}
        }
    }
    match n_unread {
        0 => {}
        1 => out.push("one point of the study that could not be read in full: ask the study team".to_owned()),
        n => out.push(format!("{n} points of the study that could not be read in full: ask the study team")),
    }
    out
}

/// Why a place stands above the next.
fn above(place: &Place, next: &Place) -> String {
    if place.degree != next.degree {
        return match next.degree {
            Degree::Words => "The next only shares words with the story.",
            _ => "It is about the condition itself; the next only touches it.",
        }
        .to_owned();
    }
    if place.verdict != next.verdict {
        return match (place.verdict, next.verdict) {
            (_, Verdict::Ineligible) => {
                "Something that is known speaks against the next, and nothing against this one."
            }
            _ => "Nothing is missing here that would decide it; of the next something is.",
        }
        .to_owned();
    }
    let ahead = place.score - next.score;
    if ahead >= 0.05 {
        format!(
            "Both fit alike; more of the story's words and conditions are in it than in the next ({:.1} against {:.1}).",
            place.score, next.score
        )
    } else if ahead > 0.0 {
        "Both fit alike; a little more of the story's words and conditions is in it than in the next.".to_owned()
    } else {
        "Both fit alike and share as much with the story; they stand in the order of their numbers.".to_owned()
    }
}

fn nearest(found: &Found) -> Option<(String, f64)> {
    let nearest = found.nearest.as_ref()?;
    let site = found.card.sites.get(nearest.index)?;
    let name: Vec<&str> =
        [&site.facility, &site.city, &site.country].into_iter().flatten().map(String::as_str).collect();
    Some((name.join(", "), nearest.km))
}

fn gates(place: &Place, card: &Card, nearest: Option<&(String, f64)>) -> Vec<Gate> {
    let of = |id: &str| place.screening.structured.iter().find(|result| result.id.as_str() == id);
    let fits = |effect: Effect| match effect {
        Effect::Pass => "fits",
        Effect::Fail => "does not fit",
        Effect::Open => "not known yet",
    };
    let limits = match (card.minimum_age.as_deref(), card.maximum_age.as_deref()) {
        (Some(low), Some(high)) => format!("{} to {}", low.to_lowercase(), high.to_lowercase()),
        (Some(low), None) => format!("{} and older", low.to_lowercase()),
        (None, Some(high)) => format!("up to {}", high.to_lowercase()),
        (None, None) => "no limit given".to_owned(),
    };
    let sex = match card.sex.as_deref() {
        Some("FEMALE") => "female only",
        Some("MALE") => "male only",
        Some("ALL") => "all",
        _ => "no limit given",
    };
    let mut out = Vec::new();
    let effect = of("S.age").map_or(Effect::Pass, |result| result.effect);
    out.push(Gate { name: "Age", words: format!("{limits}: {}", fits(effect)), effect });
    let effect = of("S.sex").map_or(Effect::Pass, |result| result.effect);
    out.push(Gate { name: "Sex", words: format!("{sex}: {}", fits(effect)), effect });
    if let Some(result) = of("S.healthy").filter(|result| result.effect != Effect::Pass) {
        let words = format!("{}: {}", short(&result.text), fits(result.effect));
        out.push(Gate { name: "Healthy people", words, effect: result.effect });
    }
    let status: Option<Coded<Status>> = card.status.as_deref().map(Coded::from_word);
    let (words, effect) = match status.as_ref().and_then(|status| status.known()) {
        Some(Status::Recruiting | Status::Available) => ("people can join now", Effect::Pass),
        Some(Status::NotYetRecruiting) => ("people cannot join yet", Effect::Open),
        Some(Status::EnrollingByInvitation) => ("only people who are invited can join", Effect::Open),
        Some(Status::TemporarilyNotAvailable) => ("not for now", Effect::Open),
        Some(Status::Unknown | Status::Withheld) | None => ("not known; ask", Effect::Open),
        Some(_) => ("nobody new can join", Effect::Fail),
    };
    out.push(Gate { name: "Joining", words: words.to_owned(), effect });
    if let Some((site, km)) = nearest {
        let km = if *km < 10.0 { format!("{km:.1}") } else { format!("{km:.0}") };
        out.push(Gate { name: "Nearest site", words: format!("{site}, about {km} km away"), effect: Effect::Pass });
    }
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
