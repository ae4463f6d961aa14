//! Places: coordinates as given, or a city in which some study has a site.

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What to call it.
    pub label: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// Mean radius of the earth, in kilometres (IUGG).
const EARTH_KM: f64 = 6371.009;

impl Place {
    /// Reads `LAT,LON` in degrees.
    ///
    /// **Unknown**: `None` for anything else, and for a point off the earth.
    pub fn parse(text: &str) -> Option<Place> {
        let (lat, lon) = text.split_once(',')?;
        let (lat, lon): (f64, f64) = (lat.trim().parse().ok()?, lon.trim().parse().ok()?);
        let on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        on_earth.then(|| Place { label: format!("{lat}, {lon}"), lat, lon })
    }

    /// Great-circle distance to a point, in kilometres (haversine).
    pub fn km_to(&self, lat: f64, lon: f64) -> f64 {
        let (a, b) = (self.lat.to_radians(), lat.to_radians());
        let half_lat = (b - a) / 2.0;
        let half_lon = (lon - self.lon).to_radians() / 2.0;
        let h = half_lat.sin().powi(2) + a.cos() * b.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
    }
}

/// Steps of a degree that a packed site keeps: about a metre.
const STEPS: f64 = 100_000.0;

/// A site in one number: degrees north above, degrees east below, last whether it takes participants.
pub(crate) fn packed(lat: f64, lon: f64, is_recruiting: bool) -> u64 {
    let steps = |degrees: f64, least: f64| ((degrees - least).max(0.0) * STEPS).round() as u64;
    steps(lat, -90.0) << 27 | steps(lon, -180.0) << 1 | u64::from(is_recruiting)
}

/// The same unpacked.
pub(crate) fn unpacked(site: u64) -> (f64, f64, bool) {
    let degrees = |steps: u64, least: f64| steps as f64 / STEPS + least;
    (degrees(site >> 27, -90.0), degrees((site >> 1) & ((1 << 26) - 1), -180.0), site & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let paris = Place::parse("48.8566, 2.3522").unwrap();
        assert!((paris.km_to(51.5074, -0.1278) - 343.6).abs() < 1.0);
        assert!(paris.km_to(48.8566, 2.3522) < 1e-6);
        let fiji = Place::parse("-17.7,178.0").unwrap();
        // Across the date line, not around the world.
        assert!(fiji.km_to(-17.7, -178.0) < 500.0);
    }

    #[test]
    fn a_site_fits_into_a_number() {
        for (lat, lon, open) in [(48.8566, 2.3522, true), (-90.0, -180.0, false), (90.0, 180.0, true)] {
            let (north, east, is_recruiting) = unpacked(packed(lat, lon, open));
            assert!((north - lat).abs() < 1e-5 && (east - lon).abs() < 1e-5 && is_recruiting == open);
        }
    }

    #[test]
    fn what_is_no_point_on_the_earth_is_none() {
        for text in ["Paris", "91,0", "0,181", "1;2", "", "NaN,1"] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
