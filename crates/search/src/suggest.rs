//! What to offer while someone types: names of what the studies here are about.

use crate::SearchError;
use crate::index::Search;
use crate::lay::table;
use crate::tokens::{asked, folded, is_unspaced};
use std::collections::{BTreeMap, BTreeSet};
use trialway_terminology::{Concept, Domain, OtherLanguage, Terminology};

/// Names of a concept that are offered.
const MOST_NAMES: usize = 8;

/// Longest name that is offered, in characters.
const LONGEST: usize = 60;

/// Something to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What to search for.
    pub text: String,
    /// What it is called otherwise, to know it by; empty where that says no more.
    pub also: String,
    /// How many studies are about it or about a kind of it.
    pub n_studies: u64,
}

/// Names by every word that they have.
#[derive(Debug, Default)]
pub(crate) struct Offers {
    names: Vec<Suggestion>,
    /// A name from one of its words on, to its place and whether that word is its first.
    from: BTreeMap<String, Vec<(u32, bool)>>,
}

impl Offers {
    /// The names of the concepts that studies are about.
    pub fn new(n_studies: &BTreeMap<String, u64>, terminology: &'static Terminology) -> Offers {
        let mut out = Offers::default();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let known: Vec<(&Concept, u64)> = n_studies
            .iter()
            .filter_map(|(id, n)| Some((terminology.concept(&terminology.id(id)?)?, *n)))
            .filter(|(concept, _)| {
                matches!(concept.domain, Domain::Condition | Domain::Drug | Domain::Procedure | Domain::State)
            })
            .collect();
        for (concept, n) in &known {
            let plain = |name: &String| name.trim_start_matches('=').to_owned();
            let (name, lay) = (plain(&concept.name), plain(&concept.lay_name));
            let others = concept.synonyms.iter().map(plain).take(MOST_NAMES);
            let elsewhere =
                OtherLanguage::ALL.into_iter().flat_map(|language| terminology.names_in(&concept.id, language));
            let elsewhere = elsewhere.map(|name| name.name.to_owned());
            let short = |also: &str| if also.chars().count() <= LONGEST { also.to_owned() } else { String::new() };
            out.add(&name, if lay == name { String::new() } else { short(&lay) }, *n, &mut seen);
            for other in [lay.clone()].into_iter().chain(others).chain(elsewhere) {
                out.add(&other, name.clone(), *n, &mut seen);
            }
        }
        for (phrase, _, means) in table() {
            let first = means.split('|').find_map(|term| terminology.named_by(term));
            let n = first.as_ref().and_then(|id| n_studies.get(id.as_str())).copied().unwrap_or(0);
            let name =
                first.and_then(|id| terminology.concept(&id)).map(|concept| concept.name.clone()).unwrap_or_default();
            if n > 0 {
                out.add(phrase, name, n, &mut seen);
            }
        }
        out
    }

    fn add(&mut self, name: &str, also: String, n_studies: u64, seen: &mut BTreeSet<String>) {
        let key = folded(name);
        if key.chars().count() < 2 || name.chars().count() > LONGEST || !seen.insert(key.clone()) {
            return;
        }
        let also = if folded(&also) == key { String::new() } else { also };
        let at = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(Suggestion { text: name.to_owned(), also, n_studies });
        if name.chars().any(is_unspaced) {
            self.from.entry(name.to_lowercase()).or_default().push((at, true));
            return;
        }
        let starts =
            key.char_indices().filter(|(at, _)| *at == 0 || key.get(..*at).is_some_and(|before| before.ends_with(' ')));
        for (start, _) in starts {
            let rest = key.get(start..).unwrap_or_default().to_owned();
            self.from.entry(rest).or_default().push((at, start == 0));
        }
    }

    fn beginning(&self, typed: &str, most: usize) -> Vec<&Suggestion> {
        let is_unspaced = typed.chars().any(is_unspaced);
        let key = if is_unspaced { typed.trim().to_lowercase() } else { folded(typed) };
        if key.is_empty() {
            return Vec::new();
        }
        let mut found: BTreeMap<u32, bool> = BTreeMap::new();
        for (_, places) in self.from.range(key.clone()..).take_while(|(name, _)| name.starts_with(&key)) {
            for (at, is_first) in places {
                *found.entry(*at).or_default() |= is_first;
            }
        }
        let mut out: Vec<(bool, &Suggestion)> =
            found.into_iter().filter_map(|(at, is_first)| Some((is_first, self.names.get(at as usize)?))).collect();
        out.sort_by(|(first, a), (other_first, b)| {
            let order = (!first, std::cmp::Reverse(a.n_studies), a.text.chars().count(), &a.text);
            order.cmp(&(!other_first, std::cmp::Reverse(b.n_studies), b.text.chars().count(), &b.text))
        });
        // One concept once, by the name that was typed.
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        out.retain(|(_, one)| seen.insert(if one.also.is_empty() { &one.text } else { &one.also }));
        out.into_iter().take(most).map(|(_, one)| one).collect()
    }
}

impl Search {
    /// What to offer for the letters typed so far.
    ///
    /// **Shape**: names that begin so first, then names of which another word does, those of most studies first; where none does,
    /// the same for the likeliest spelling of the last word.
    pub fn suggest(&self, typed: &str, most: usize) -> Result<Vec<Suggestion>, SearchError> {
        let offers = self.offers()?;
        let found = offers.beginning(typed, most);
        if !found.is_empty() {
            return Ok(found.into_iter().cloned().collect());
        }
        let Some(last) = asked(typed).pop() else { return Ok(Vec::new()) };
        let speller = self.speller()?;
        let Some(meant) = speller.meant(&last.folded) else { return Ok(Vec::new()) };
        let mended = format!("{}{meant}", typed.get(..last.from).unwrap_or_default());
        Ok(offers.beginning(&mended, most).into_iter().cloned().collect())
    }

    /// Towns to offer for the letters typed so far, those with most sites first.
    pub fn suggest_places(&self, typed: &str, most: usize) -> Result<Vec<String>, SearchError> {
        Ok(self.gazetteer()?.beginning(typed, most).into_iter().map(str::to_owned).collect())
    }
}
