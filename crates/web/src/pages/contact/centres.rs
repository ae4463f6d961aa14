//! The centres of a study that a person may turn to: those that take people first, the nearest first.

use crate::pages::Page;
use crate::pages::trial::record::{ContactView, contact};
use trialway_search::Place;
use trialway_store::EnrolledContact;
use trialway_study::{Site, Status, Study};

/// A centre.
pub struct CentreView {
    /// Its name and place; what an enrolled contact is enrolled for, and what a form carries.
    pub key: String,
    /// How far it is, in words; may be empty.
    pub distance: String,
    /// Whether it takes people now, by its own status or the study's.
    pub is_open: bool,
    /// Whom the registry names there.
    pub contacts: Vec<ContactView>,
}

/// The nearest centre that takes people.
pub struct NearestView {
    /// Its name and place.
    pub key: String,
    /// How far it is, in words.
    pub distance: String,
}

/// The centres of a study.
pub struct Centres {
    /// Those that can be written to from here.
    pub written: Vec<CentreView>,
    /// The others; only open ones, unless none is open.
    pub others: Vec<CentreView>,
    /// The nearest open one; none without a place.
    pub nearest: Option<NearestView>,
    /// Whom the registry names for the whole study.
    pub whole: Vec<ContactView>,
    /// Whether no centre takes people now, as far as the record says.
    pub is_closed: bool,
}

/// A site's name and place on one line: its key for enrolled contacts.
pub fn key(site: &Site) -> String {
    let parts = [&site.facility, &site.city, &site.state, &site.country];
    parts.into_iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

impl Centres {
    /// Gathers the centres of a study.
    pub fn of(page: &Page, study: &Study, near: Option<&Place>, enrolled: &[EnrolledContact]) -> Centres {
        let about = study.nct_id.map(|id| id.to_string()).unwrap_or_default();
        let mut all: Vec<(f64, bool, CentreView)> = Vec::new();
        for site in &study.sites {
            let key = key(site);
            if key.is_empty() || all.iter().any(|(_, _, known)| known.key == key) {
                continue;
            }
            let km = near.and_then(|place| site.point.map(|point| place.km_to(point.lat(), point.lon())));
            let status = site.effective_status(study).0;
            let is_open = status.is_some_and(|status| status.is(Status::Recruiting));
            let can_write = enrolled.iter().any(|one| one.site.is_empty() || one.site == key);
            let view = CentreView {
                distance: km.map(|km| distance(page, km)).unwrap_or_default(),
                is_open,
                contacts: site.contacts.iter().filter_map(|one| contact(page.tongue, one, &about)).collect(),
                key,
            };
            all.push((km.unwrap_or(f64::INFINITY), can_write, view));
        }
        let is_closed = !all.iter().any(|(_, _, one)| one.is_open) && study.is_recruiting() == Some(false);
        let any_open = all.iter().any(|(_, _, one)| one.is_open);
        all.retain(|(_, _, one)| one.is_open || !any_open);
        // Stable: without a place the order of the record stays.
        all.sort_by(|(a, ..), (b, ..)| a.total_cmp(b));
        let nearest = all
            .iter()
            .find(|(km, _, one)| km.is_finite() && one.is_open)
            .map(|(_, _, one)| NearestView { key: one.key.clone(), distance: one.distance.clone() });
        let (written, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, can_write, _)| *can_write);
        let views = |some: Vec<(f64, bool, CentreView)>| some.into_iter().map(|(_, _, one)| one).collect::<Vec<_>>();
        let mut written = views(written);
        if written.is_empty() && enrolled.iter().any(|one| one.site.is_empty()) {
            // The record names no site, but the study's own team can be written to.
            written.push(CentreView {
                key: String::new(),
                distance: String::new(),
                is_open: false,
                contacts: Vec::new(),
            });
        }
        Centres {
            written,
            others: views(others),
            nearest,
            whole: study.central_contacts.iter().filter_map(|one| contact(page.tongue, one, &about)).collect(),
            is_closed,
        }
    }

    /// The centre that is proposed: the nearest open one that can be written to.
    pub fn first_choice(&self) -> String {
        match self.written.as_slice() {
            [only] => only.key.clone(),
            [first, ..] if !first.distance.is_empty() => first.key.clone(),
            _ => String::new(),
        }
    }

    /// The enrolled contact that an enquiry to a centre goes to: the centre's own, else the whole study's.
    ///
    /// **Unknown**: `None` where the centre is not one of those that can be written to.
    pub fn contact<'a>(&self, key: &str, enrolled: &'a [EnrolledContact]) -> Option<&'a EnrolledContact> {
        self.written.iter().find(|one| one.key == key)?;
        let own = enrolled.iter().find(|one| !one.site.is_empty() && one.site == key);
        own.or_else(|| enrolled.iter().find(|one| one.site.is_empty()))
    }
}

fn distance(page: &Page, km: f64) -> String {
    if km < 1.0 { page.say("contact-under-km") } else { page.say_with("contact-km", &[("km", &format!("{km:.0}"))]) }
}
