//! What a result shows of a study, kept beside the index so that a page of results reads no records.

use crate::{NearestSite, Place};
use serde::{Deserialize, Serialize};
use trialway_study::{SiteStatusSource, Study};

/// What a result shows.
///
/// **Shape**: statuses, phases and sexes are the registry's own words; lists in the order of the record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The registry's number.
    pub nct_id: String,
    /// The short title.
    pub title: String,
    /// Status of the study as a whole.
    pub status: Option<String>,
    /// Phases.
    pub phases: Vec<String>,
    /// What kind of study.
    pub study_type: Option<String>,
    /// Diseases in the sponsor's words.
    pub conditions: Vec<String>,
    /// Names of the interventions.
    pub interventions: Vec<String>,
    /// Which sex may take part.
    pub sex: Option<String>,
    /// Lowest age as written.
    pub minimum_age: Option<String>,
    /// Highest age as written.
    pub maximum_age: Option<String>,
    /// Who is responsible.
    pub sponsor: Option<String>,
    /// When the registry's record last changed.
    pub last_update: Option<String>,
    /// Where it is run.
    pub sites: Vec<CardSite>,
}

/// A site as a result needs it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CardSite {
    /// The centre.
    pub facility: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or province.
    pub state: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// The site's own status, else the study's.
    pub status: Option<String>,
    /// Whether the status is the site's own.
    pub own_status: bool,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

impl CardSite {
    /// Whether it takes participants now, by its own word or, where it has none, by the study's.
    pub fn is_recruiting(&self) -> bool {
        self.status.as_deref() == Some("RECRUITING")
    }
}

impl Card {
    /// The card of a study.
    pub fn of(study: &Study) -> Card {
        let words = |list: &[trialway_study::Intervention]| list.iter().map(|one| one.name.clone()).collect();
        Card {
            nct_id: study.doc.clone(),
            title: study.title().to_owned(),
            status: study.overall_status.as_ref().map(|status| status.as_str().to_owned()),
            phases: study.phases.iter().map(|phase| phase.as_str().to_owned()).collect(),
            study_type: study.study_type.as_ref().map(|kind| kind.as_str().to_owned()),
            conditions: study.conditions.clone(),
            interventions: words(&study.interventions),
            sex: study.eligibility.sex.as_ref().map(|sex| sex.as_str().to_owned()),
            minimum_age: study.eligibility.minimum_age.as_ref().map(|limit| limit.written.clone()),
            maximum_age: study.eligibility.maximum_age.as_ref().map(|limit| limit.written.clone()),
            sponsor: study.lead_sponsor.as_ref().map(|sponsor| sponsor.name.clone()),
            last_update: study.dates.last_update_posted.as_ref().map(trialway_study::StudyDate::iso),
            sites: study
                .sites
                .iter()
                .map(|site| {
                    let (status, source) = site.effective_status(study);
                    CardSite {
                        facility: site.facility.clone(),
                        city: site.city.clone(),
                        state: site.state.clone(),
                        country: site.country.clone(),
                        status: status.map(|status| status.as_str().to_owned()),
                        own_status: source == SiteStatusSource::Site,
                        lat: site.point.map(|point| point.lat()),
                        lon: site.point.map(|point| point.lon()),
                    }
                })
                .collect(),
        }
    }

    /// The site of this study that is nearest to a place; with `recruiting`, of those that take
    /// participants.
    ///
    /// **Unknown**: `None` where no such site is on the map.
    pub fn nearest(&self, place: &Place, recruiting: bool) -> Option<NearestSite> {
        let sites = self.sites.iter().enumerate().filter(|(_, site)| !recruiting || site.is_recruiting());
        sites
            .filter_map(|(index, site)| Some(NearestSite { index, km: place.km_to(site.lat?, site.lon?) }))
            .min_by(|a, b| a.km.total_cmp(&b.km))
    }

    /// How many sites take participants now, by their own word or, where they have none, by the study's.
    pub fn n_recruiting_sites(&self) -> usize {
        self.sites.iter().filter(|site| site.is_recruiting()).count()
    }
}
