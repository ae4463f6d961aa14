//! Sites that came, went, or say otherwise now whether they take participants.

use crate::fields::contact;
use crate::{Change, Part};
use std::collections::BTreeMap;
use trialway_study::{Site, Study};

pub(crate) fn changes(older: &Study, newer: &Study) -> Vec<Change> {
    let (before, after) = (by_place(older), by_place(newer));
    let mut out = Vec::new();
    for (place, site) in &before {
        if !after.contains_key(place) {
            out.push(Change::new(Part::Site(name(site)), Some(status(site)), None));
        }
    }
    for (place, site) in &after {
        let part = || Part::Site(name(site));
        match before.get(place) {
            None => out.push(Change::new(part(), None, Some(status(site)))),
            Some(known) if status(known) != status(site) => {
                out.push(Change::new(part(), Some(status(known)), Some(status(site))));
            }
            Some(known) if known.contacts != site.contacts => {
                let ways = |site: &Site| {
                    let all: Vec<String> = site.contacts.iter().map(contact).collect();
                    if all.is_empty() { "no contact given".to_owned() } else { all.join("; ") }
                };
                out.push(Change::new(part(), Some(ways(known)), Some(ways(site))));
            }
            Some(_) => {}
        }
    }
    out
}

/// Sites by what they are called and where they are, the second and third of the same apart.
fn by_place(study: &Study) -> BTreeMap<(String, usize), &Site> {
    let mut out = BTreeMap::new();
    let mut n_of: BTreeMap<String, usize> = BTreeMap::new();
    for site in &study.sites {
        let parts =
            [&site.facility, &site.city, &site.state, &site.country].map(|part| part.as_deref().unwrap_or_default());
        let key = parts.join("|").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let n = n_of.entry(key.clone()).or_default();
        out.insert((key, *n), site);
        *n += 1;
    }
    out
}

fn name(site: &Site) -> String {
    let parts: Vec<&str> =
        [&site.facility, &site.city, &site.country].into_iter().flatten().map(String::as_str).collect();
    if parts.is_empty() { "without a name".to_owned() } else { parts.join(", ") }
}

fn status(site: &Site) -> String {
    site.status.as_ref().map_or_else(|| "no status of its own".to_owned(), |status| status.label().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_study::Status;

    fn site(facility: &str, status: Option<Status>) -> Site {
        Site {
            facility: Some(facility.to_owned()),
            city: Some("Lyon".to_owned()),
            status: status.map(Into::into),
            ..Site::default()
        }
    }

    #[test]
    fn sites_come_go_and_turn() {
        let older = Study {
            sites: vec![
                site("A", Some(Status::Recruiting)),
                site("B", None),
                site("Clinic", None),
                site("Clinic", None),
            ],
            ..Study::default()
        };
        let newer = Study {
            // The order of sites is no change, nor is a space more.
            sites: vec![site("Clinic", None), site("C", Some(Status::Recruiting)), site(" A", Some(Status::Completed))],
            ..Study::default()
        };
        let mut found: Vec<String> = changes(&older, &newer).iter().map(Change::sentence).collect();
        found.sort();
        assert_eq!(
            found,
            [
                "Site:  A, Lyon changed from “Recruiting” to “Completed”",
                "Site: B, Lyon removed: no status of its own",
                "Site: C, Lyon added: Recruiting",
                "Site: Clinic, Lyon removed: no status of its own",
            ]
        );
    }
}
