//! Which of the stored studies are looked at: by the index alone, so that it costs the same whatever the size of the store.

use crate::story::Story;
use jiff::civil::Date;
use trialway_patient::{Calendar, RecordedSex, completed};
use trialway_search::{Best, Filters, Found, Place, Search, SearchError};
use trialway_terminology::Terminology;

/// What is wanted besides what the story says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Statuses, the registry's words; empty for any.
    pub status: Vec<String>,
    /// Phases, the registry's words; empty for any.
    pub phase: Vec<String>,
    /// From where distances count.
    pub near: Option<Place>,
    /// Only studies with a site within so many kilometres of `near`.
    pub within_km: Option<f64>,
    /// Whether studies that the story rules out are left out.
    pub possible_only: bool,
}

/// Whether people can join, as the statuses of studies say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joining {
    /// People can join now.
    Now,
    /// They can join now or later, or it is not known.
    #[default]
    Possible,
    /// Whatever the status.
    Any,
}

impl Joining {
    /// The registry's words for it.
    ///
    /// **Unknown**: a study without a status is never among those that nobody can join.
    pub fn statuses(self) -> Vec<String> {
        let words: &[&str] = match self {
            Joining::Now => &["RECRUITING", "AVAILABLE"],
            Joining::Possible => &[
                "RECRUITING",
                "NOT_YET_RECRUITING",
                "ENROLLING_BY_INVITATION",
                "AVAILABLE",
                "TEMPORARILY_NOT_AVAILABLE",
                "UNKNOWN",
                "WITHHELD",
                "NOT_GIVEN",
            ],
            Joining::Any => &[],
        };
        words.iter().map(|word| (*word).to_owned()).collect()
    }
}

/// Topics that are searched for, studies that each may bring, and studies that are screened at most.
const N_TOPICS: usize = 6;
const N_EACH: usize = 120;
const N_SCREENED: usize = 400;
/// Words that are searched for beside the topics.
const N_WORDS: usize = 8;

/// The studies to be looked at: what the index finds for each topic, then for the words of the story.
///
/// **Shape**: studies whose limits of age or sex shut the patient out are left out; those without readable limits stay.
pub fn candidates(
    search: &Search,
    story: &Story,
    as_of: Date,
    wanted: &Wanted,
    terminology: &Terminology,
) -> Result<Vec<Found>, SearchError> {
    let (facts, profile) = (story.facts(), &story.profile);
    // Where the day of birth is known to the year only, both ages are let in: the age is left out of the search.
    let years = facts.birth.and_then(|birth| {
        let (low, high) =
            (completed(birth.latest, as_of, Calendar::Years), completed(birth.earliest, as_of, Calendar::Years));
        (low == high).then_some(low)
    });
    let filters = Filters {
        status: wanted.status.clone(),
        phase: wanted.phase.clone(),
        sex: match facts.sex {
            Some(RecordedSex::Female) => Some("FEMALE".to_owned()),
            Some(RecordedSex::Male) => Some("MALE".to_owned()),
            _ => None,
        },
        age_years: years.and_then(|years| u32::try_from(years).ok()),
        ..Filters::default()
    };
    let mut texts: Vec<(String, bool)> = profile
        .topics
        .iter()
        .take(N_TOPICS)
        .filter_map(|topic| Some((terminology.concept(&topic.concept)?.name.clone(), true)))
        .collect();
    texts.push((profile.words(N_WORDS).join(" "), false));
    search.best(&Best {
        texts,
        filters,
        near: wanted.near.clone(),
        within_km: wanted.within_km,
        each: N_EACH,
        all: N_SCREENED,
    })
}
