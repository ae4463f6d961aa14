//! Where a study runs: sites by country, nearest first where a place is given, and a map drawn by us.

use super::record::{ContactView, contact};
use crate::tongue::{Speak, Tongue};
use crate::words;
use std::collections::BTreeMap;
use trialway_search::Place;
use trialway_study::{Coded, Site, Status, Study};

/// A site.
pub struct SiteView {
    pub name: String,
    pub place: String,
    pub status: String,
    pub tone: &'static str,
    pub distance: String,
    pub contacts: Vec<ContactView>,
}

/// A country's sites.
pub struct CountryView {
    pub name: String,
    pub n: String,
    pub sites: Vec<SiteView>,
}

/// A part of the world with dots on it.
///
/// **Units**: two units a degree from 180° W and 84° N, as in `static/world.svg`.
pub struct MapView {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    pub radius: f64,
    pub dots: Vec<Dot>,
    pub label: String,
}

/// A place on the map.
pub struct Dot {
    pub x: f64,
    pub y: f64,
    /// `open` where a site there takes people.
    pub tone: &'static str,
}

/// Sites by country; the nearest country and site first where a place is given.
pub fn countries(tongue: Tongue, study: &Study, near: Option<&Place>) -> Vec<CountryView> {
    let about = study.nct_id.map(|id| id.to_string()).unwrap_or_default();
    let mut by_country: BTreeMap<String, Vec<(f64, SiteView)>> = BTreeMap::new();
    for site in &study.sites {
        let km = near.and_then(|place| site.point.map(|point| place.km_to(point.lat(), point.lon())));
        let country = site.country.clone().unwrap_or_else(|| tongue.say("trial-country-none"));
        by_country.entry(country).or_default().push((km.unwrap_or(f64::INFINITY), view(tongue, site, km, &about)));
    }
    let mut out: Vec<(f64, CountryView)> = by_country
        .into_iter()
        .map(|(name, mut sites)| {
            sites.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            let nearest = sites.first().map_or(f64::INFINITY, |(km, _)| *km);
            let n = words::count(tongue, "count-sites", sites.len());
            (nearest, CountryView { name, n, sites: sites.into_iter().map(|(_, site)| site).collect() })
        })
        .collect();
    out.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    out.into_iter().map(|(_, country)| country).collect()
}

fn view(tongue: Tongue, site: &Site, km: Option<f64>, about: &str) -> SiteView {
    let (status, tone) = match site.status.as_ref() {
        Some(status) => {
            let (label, _, tone) = words::status(tongue, Some(status));
            (label, tone)
        }
        None => (tongue.say("trial-site-silent"), "unsure"),
    };
    let place = [&site.city, &site.state, &site.zip].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    SiteView {
        name: site.facility.clone().unwrap_or_else(|| tongue.say("trial-site-nameless")),
        place,
        status,
        tone,
        distance: km.map(|km| words::km(tongue, km)).unwrap_or_default(),
        contacts: site.contacts.iter().filter_map(|one| contact(tongue, one, about)).collect(),
    }
}

/// The nearest site that takes people, in words.
///
/// **Unknown**: `None` where no site takes people or none of those has a point.
pub fn nearest_open(tongue: Tongue, study: &Study, near: &Place) -> Option<String> {
    let open = |site: &&Site| site.status.as_ref().is_some_and(|status| status.is(Status::Recruiting));
    let (km, site) = study
        .sites
        .iter()
        .filter(open)
        .filter_map(|site| Some((near.km_to(site.point?.lat(), site.point?.lon()), site)))
        .min_by(|(a, _), (b, _)| a.total_cmp(b))?;
    let name = site.facility.clone().or_else(|| site.city.clone()).unwrap_or_else(|| tongue.say("trial-site-nameless"));
    let km = words::km(tongue, km);
    Some(tongue.say_with("trial-nearest", &[("name", &name), ("km", &km), ("place", &near.label)]))
}

/// A map of the sites that have a point; none where no site has one.
pub fn map(tongue: Tongue, study: &Study) -> Option<MapView> {
    let mut dots: BTreeMap<(i64, i64), Dot> = BTreeMap::new();
    for site in &study.sites {
        let Some(point) = site.point else { continue };
        let (x, y) = (2.0 * (point.lon() + 180.0), 2.0 * (84.0 - point.lat()));
        if !(0.0..=288.0).contains(&y) {
            continue;
        }
        let open = site.status.as_ref().map(Coded::known) == Some(Some(Status::Recruiting));
        // Sites of one city are one dot; it is open if any of them is.
        let key = ((x * 4.0).round() as i64, (y * 4.0).round() as i64);
        let dot = dots.entry(key).or_insert(Dot { x, y, tone: "closed" });
        if open {
            dot.tone = "open";
        }
    }
    if dots.is_empty() {
        return None;
    }
    let dots: Vec<Dot> = dots.into_values().collect();
    let least = |of: fn(&Dot) -> f64| dots.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Dot) -> f64| dots.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (left, right) = (least(|dot| dot.x), most(|dot| dot.x));
    let (top, bottom) = (least(|dot| dot.y), most(|dot| dot.y));
    // At least 45 degrees wide, so that the shape of the land tells where it is; twice as wide as high.
    let width = ((right - left) * 1.25).max((bottom - top) * 2.5).clamp(90.0, 720.0);
    let height = (width / 2.0).min(288.0);
    let within = |middle: f64, size: f64, whole: f64| (middle - size / 2.0).clamp(0.0, (whole - size).max(0.0));
    let places = words::count(tongue, "count-places", dots.len());
    let open = dots.iter().filter(|dot| dot.tone == "open").count();
    let label = if open == 0 {
        tongue.say_with("trial-map", &[("places", &places)])
    } else {
        tongue.say_with("trial-map-open", &[("places", &places), ("n", &open.to_string())])
    };
    Some(MapView {
        left: within((left + right) / 2.0, width, 720.0),
        top: within((top + bottom) / 2.0, height, 288.0),
        width,
        height,
        radius: width / 110.0,
        dots,
        label,
    })
}
