//! Where a study is run, whether it takes participants there, and whom to ask.

use crate::{Coded, ContactRole, Status, Study};

/// One place where the study is run.
///
/// **Source**: `protocolSection.contactsLocationsModule.locations[]`; `clinical_study/location`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    /// The hospital, clinic or office.
    pub facility: Option<String>,
    /// The site's own status; registries give it only while the study recruits. See [`Site::effective_status`].
    pub status: Option<Coded<Status>>,
    /// The city.
    pub city: Option<String>,
    /// The state, province or county.
    pub state: Option<String>,
    /// The postal code.
    pub zip: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// The place on the map; the registry computes it from city and country, not from the street.
    pub point: Option<GeoPoint>,
    /// Whom to ask at this site, and its investigators.
    pub contacts: Vec<Contact>,
}

/// A point on the earth.
///
/// **Units**: degrees, WGS 84; latitude -90 to 90, longitude -180 to 180.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeoPoint {
    lat: f64,
    lon: f64,
}

/// Someone to ask.
///
/// **Unknown**: a field that the record does not give is `None`; the registry hides contacts of studies that do not recruit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The person or the office.
    pub name: Option<String>,
    /// What they do.
    pub role: Option<Coded<ContactRole>>,
    /// The telephone number as written.
    pub phone: Option<String>,
    /// Its extension.
    pub phone_ext: Option<String>,
    /// The electronic address.
    pub email: Option<String>,
}

/// Someone responsible for the whole study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Official {
    /// The person.
    pub name: Option<String>,
    /// What they do.
    pub role: Option<Coded<ContactRole>>,
    /// Where they work.
    pub affiliation: Option<String>,
}

/// Where the status shown for a site comes from; pages must say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SiteStatusSource {
    /// The site's own.
    Site,
    /// The study's, because the site has none of its own.
    Study,
}

impl Site {
    /// The site's own status, else the study's, with which of them it is.
    ///
    /// **Unknown**: `None` when neither the site nor the study has one.
    pub fn effective_status<'a>(&'a self, study: &'a Study) -> (Option<&'a Coded<Status>>, SiteStatusSource) {
        match &self.status {
            Some(own) => (Some(own), SiteStatusSource::Site),
            None => (study.overall_status.as_ref(), SiteStatusSource::Study),
        }
    }
}

impl GeoPoint {
    /// A point on the earth.
    ///
    /// **Unknown**: `None` when a number is outside its range or not a number.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        on_earth.then_some(Self { lat, lon })
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_without_a_status_has_that_of_its_study() {
        let study = Study { overall_status: Some(Status::Recruiting.into()), ..Study::default() };
        let closed = Site { status: Some(Status::Suspended.into()), ..Site::default() };
        let silent = Site::default();
        assert_eq!(closed.effective_status(&study), (Some(&Status::Suspended.into()), SiteStatusSource::Site));
        assert_eq!(silent.effective_status(&study), (Some(&Status::Recruiting.into()), SiteStatusSource::Study));
        assert_eq!(silent.effective_status(&Study::default()), (None, SiteStatusSource::Study));
    }

    #[test]
    fn a_point_off_the_earth_is_none() {
        assert!(GeoPoint::new(-90.0, 180.0).is_some());
        for (lat, lon) in [(90.1, 0.0), (0.0, -180.5), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(GeoPoint::new(lat, lon), None);
        }
    }
}
