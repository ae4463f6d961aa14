//! Where towns are, by the sites of the registry itself: no other source and no other host is asked.

use crate::Place;
use crate::place::unpacked;
use crate::tokens::{folded, slips};
use std::collections::BTreeMap;
use tantivy::Searcher;

/// The least length of a town's name for which another spelling is tried.
const SHORTEST: usize = 5;

/// States of the United States by the letters on envelopes.
///
/// **Source**: USPS Publication 28.
const STATES: &[(&str, &str)] = &[
    ("al", "alabama"),
    ("ak", "alaska"),
    ("az", "arizona"),
    ("ar", "arkansas"),
    ("ca", "california"),
    ("co", "colorado"),
    ("ct", "connecticut"),
    ("de", "delaware"),
    ("dc", "district of columbia"),
    ("fl", "florida"),
    ("ga", "georgia"),
    ("hi", "hawaii"),
    ("id", "idaho"),
    ("il", "illinois"),
    ("in", "indiana"),
    ("ia", "iowa"),
    ("ks", "kansas"),
    ("ky", "kentucky"),
    ("la", "louisiana"),
    ("me", "maine"),
    ("md", "maryland"),
    ("ma", "massachusetts"),
    ("mi", "michigan"),
    ("mn", "minnesota"),
    ("ms", "mississippi"),
    ("mo", "missouri"),
    ("mt", "montana"),
    ("ne", "nebraska"),
    ("nv", "nevada"),
    ("nh", "new hampshire"),
    ("nj", "new jersey"),
    ("nm", "new mexico"),
    ("ny", "new york"),
    ("nc", "north carolina"),
    ("nd", "north dakota"),
    ("oh", "ohio"),
    ("ok", "oklahoma"),
    ("or", "oregon"),
    ("pa", "pennsylvania"),
    ("ri", "rhode island"),
    ("sc", "south carolina"),
    ("sd", "south dakota"),
    ("tn", "tennessee"),
    ("tx", "texas"),
    ("ut", "utah"),
    ("vt", "vermont"),
    ("va", "virginia"),
    ("wa", "washington"),
    ("wv", "west virginia"),
    ("wi", "wisconsin"),
    ("wy", "wyoming"),
];

/// Other names of countries.
const COUNTRIES: &[(&str, &str)] = &[
    ("usa", "united states"),
    ("us", "united states"),
    ("u s a", "united states"),
    ("america", "united states"),
    ("uk", "united kingdom"),
    ("england", "united kingdom"),
    ("great britain", "united kingdom"),
    ("scotland", "united kingdom"),
    ("turkey", "turkiye"),
    ("korea", "south korea"),
];

#[derive(Debug)]
struct Town {
    label: String,
    /// State and country, folded.
    within: [String; 2],
    lat: f64,
    lon: f64,
    n_sites: u64,
}

/// Towns in which some study has a site.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    by_name: BTreeMap<String, Vec<Town>>,
}

impl Gazetteer {
    /// The towns of an index; each is where its sites are on the mean.
    pub fn of(searcher: &Searcher) -> tantivy::Result<Gazetteer> {
        let mut sums: BTreeMap<String, (f64, f64, u64)> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let fast = segment.fast_fields();
            let Some(cities) = fast.str("city")? else { continue };
            let Some(sites) = fast.column_opt::<u64>("site")? else { continue };
            let mut towns: Vec<(f64, f64, u64)> = vec![(0.0, 0.0, 0); cities.num_terms()];
            for doc in segment.doc_ids_alive() {
                for (ord, site) in cities.ords().values_for_doc(doc).zip(sites.values_for_doc(doc)) {
                    let (lat, lon, _) = unpacked(site);
                    if let Some(sum) = towns.get_mut(usize::try_from(ord).unwrap_or(usize::MAX)) {
                        *sum = (sum.0 + lat, sum.1 + lon, sum.2 + 1);
                    }
                }
            }
            let mut name = String::new();
            for (ord, (lat, lon, n)) in towns.into_iter().enumerate().filter(|(_, (_, _, n))| *n > 0) {
                name.clear();
                if cities.ord_to_str(ord as u64, &mut name)? {
                    let sum = sums.entry(name.clone()).or_default();
                    *sum = (sum.0 + lat, sum.1 + lon, sum.2 + n);
                }
            }
        }
        let mut out = Gazetteer::default();
        for (name, (lat, lon, n_sites)) in sums {
            let mut parts = name.split('|');
            let (city, state, country) =
                (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let label =
                [city, state, country].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let n = n_sites as f64;
            let town = Town { label, within: [folded(state), folded(country)], lat: lat / n, lon: lon / n, n_sites };
            out.by_name.entry(folded(city)).or_default().push(town);
        }
        out.by_name.remove("");
        for towns in out.by_name.values_mut() {
            towns.sort_by(|a, b| b.n_sites.cmp(&a.n_sites).then_with(|| a.label.cmp(&b.label)));
        }
        Ok(out)
    }

    /// The place that a text names: a town, with state or country after it or without; of several the one with most sites.
    ///
    /// **Unknown**: `None` where no site is in a town of that name, or of one that is a letter away from it.
    pub fn find(&self, text: &str) -> Option<Place> {
        let mut parts = text.split(',').map(folded).filter(|part| !part.is_empty());
        let first = parts.next()?;
        let rest: Vec<String> = parts.collect();
        self.named(&first, &rest).or_else(|| self.apart(&first, &rest)).or_else(|| self.almost(&first, &rest))
    }

    fn named(&self, city: &str, within: &[String]) -> Option<Place> {
        let whole = |part: &String| -> String {
            let country = COUNTRIES.iter().find(|(other, _)| other == part).map(|(_, name)| *name);
            country.unwrap_or(part).to_owned()
        };
        let state = |part: &String| STATES.iter().find(|(code, _)| code == part).map(|(_, name)| *name);
        let fits = |town: &&Town| {
            let is_within = |part: &String| {
                town.within.contains(&whole(part))
                    || state(part).is_some_and(|state| town.within.iter().any(|one| one == state))
            };
            within.iter().all(is_within)
        };
        let town = self.by_name.get(city)?.iter().find(fits)?;
        Some(Place { label: town.label.clone(), lat: town.lat, lon: town.lon })
    }

    /// `boston ma`, `paris france`.
    fn apart(&self, text: &str, rest: &[String]) -> Option<Place> {
        let words: Vec<&str> = text.split(' ').collect();
        (1..words.len()).rev().find_map(|n| {
            let (city, within) = words.split_at(n);
            let within: Vec<String> = [within.join(" ")].into_iter().chain(rest.iter().cloned()).collect();
            self.named(&city.join(" "), &within)
        })
    }

    fn almost(&self, city: &str, rest: &[String]) -> Option<Place> {
        if city.chars().count() < SHORTEST {
            return None;
        }
        let near = self.by_name.iter().filter(|(name, _)| slips(city, name, 1).is_some());
        let (name, _) = near.max_by_key(|(_, towns)| towns.first().map_or(0, |town| town.n_sites))?;
        self.named(name, rest)
    }

    /// Towns whose names begin with some letters, those with most sites first.
    pub fn beginning(&self, letters: &str, most: usize) -> Vec<&str> {
        let letters = folded(letters);
        if letters.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<&Town> = self
            .by_name
            .range(letters.clone()..)
            .take_while(|(name, _)| name.starts_with(&letters))
            .flat_map(|(_, t)| t)
            .collect();
        found.sort_by(|a, b| b.n_sites.cmp(&a.n_sites).then_with(|| a.label.cmp(&b.label)));
        found.into_iter().take(most).map(|town| town.label.as_str()).collect()
    }
}
