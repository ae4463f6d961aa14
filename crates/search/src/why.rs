//! Why each study was found, in the words that stand in it.

use crate::ask::{Evidence, Part};
use crate::index::Search;
use crate::lookup::Lookup;
use crate::plan::seek;
use crate::query::{How, Reason};
use crate::{Card, SearchError};
use std::collections::BTreeMap;
use tantivy::DocAddress;
use tantivy::schema::IndexRecordOption;
use trialway_terminology::ConceptId;

/// What was found of one study: part of the search to its evidence.
type Seen<'a> = BTreeMap<usize, Vec<&'a Evidence>>;

/// The evidence that each of some studies holds; every term is looked up once in a segment.
pub(crate) fn seen<'a>(
    lookup: &Lookup<'_>,
    parts: &'a [Part],
    addresses: &[DocAddress],
) -> Result<BTreeMap<DocAddress, Seen<'a>>, SearchError> {
    let mut sorted = addresses.to_vec();
    sorted.sort_unstable();
    let mut out: BTreeMap<DocAddress, Seen<'a>> = BTreeMap::new();
    for of_segment in sorted.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let Some(first) = of_segment.first() else { continue };
        for (place, part) in parts.iter().enumerate() {
            for evidence in &part.evidence {
                let (field, places) = (evidence.term.field(), lookup.places(&evidence.term)?);
                let postings = lookup.postings(field, &places, first.segment_ord, IndexRecordOption::Basic)?;
                let Some(mut postings) = postings else { continue };
                for address in of_segment {
                    if seek(&mut postings, address.doc_id).is_some() {
                        out.entry(*address).or_default().entry(place).or_default().push(evidence);
                    }
                }
            }
        }
    }
    Ok(out)
}

impl Search {
    /// The parts of the record that hold something asked for, and a reason for each part of the search.
    pub(crate) fn why(&self, parts: &[Part], seen: Option<&Seen<'_>>, card: &Card) -> (Vec<&'static str>, Vec<Reason>) {
        let Some(seen) = seen else { return (Vec::new(), Vec::new()) };
        let place_of =
            |evidence: &Evidence| self.fields.text.iter().position(|text| text.field == evidence.term.field());
        let mut places: Vec<usize> = Vec::new();
        let mut reasons = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            let Some(held) = seen.get(&place) else { continue };
            let by = |how: How| held.iter().filter(move |evidence| evidence.how == how);
            let first_place = |how: How| by(how).filter_map(|evidence| place_of(evidence)).min();
            places.extend(held.iter().filter_map(|evidence| place_of(evidence)));
            let label = |at: usize| self.fields.text.get(at).map_or("record", |text| text.label);
            let own =
                [How::Words, How::Spelled, How::Begins].into_iter().find_map(|how| Some((how, first_place(how)?)));
            // Words in the description say less than the condition by another name.
            let concept = self.concept_reason(part, held, card);
            if let Some(reason) = &concept {
                places.extend(self.fields.text.iter().position(|text| text.label == reason.place));
            }
            let reason = match (own, concept) {
                (Some((how, at)), concept) if at < 4 || concept.is_none() => {
                    let name = by(how).next().map(|evidence| evidence.name.clone()).unwrap_or_default();
                    Some(Reason { asked: part.asked.clone(), how, place: label(at), name })
                }
                (_, Some(reason)) => Some(reason),
                (_, None) => first_place(How::Name).map(|at| {
                    let name = by(How::Name).next().map(|evidence| evidence.name.clone()).unwrap_or_default();
                    Reason { asked: part.asked.clone(), how: How::Name, place: label(at), name }
                }),
            };
            let by_age = by(How::Age).next().map(|_| Reason {
                asked: part.asked.clone(),
                how: How::Age,
                place: "who can join",
                name: String::new(),
            });
            reasons.extend(reason.or(by_age));
        }
        places.sort_unstable();
        places.dedup();
        let found_in = places.iter().filter_map(|at| self.fields.text.get(*at)).map(|text| text.label).collect();
        (found_in, reasons)
    }

    /// What in the record's lists is the concept asked for, or a kind of it, or its class.
    fn concept_reason(&self, part: &Part, held: &[&Evidence], card: &Card) -> Option<Reason> {
        let concepts: Vec<&&Evidence> = held.iter().filter(|evidence| evidence.concept.is_some()).collect();
        let best = concepts.iter().min_by_key(|evidence| evidence.how)?;
        let id = best.concept.as_ref()?;
        let reason = |place, name: String| {
            let how = best.how;
            // A name that is the words asked for is no other name.
            let is_own = how == How::Name && crate::tokens::folded(&name) == crate::tokens::folded(&part.asked);
            let how = if is_own { How::Words } else { how };
            Some(Reason { asked: part.asked.clone(), how, place, name })
        };
        if best.how == How::Class {
            return reason("treatment", best.name.clone());
        }
        let is_it = |named: &ConceptId| named == id || best.how == How::Kind && self.terminology.is_a(named, id);
        let lists = [("condition", card.conditions.as_slice()), ("treatment", card.interventions.as_slice())];
        let title = [card.title.clone()];
        for (place, list) in lists.into_iter().chain([("title", title.as_slice())]) {
            for listed in list {
                let mention = self.terminology.mentions(listed).into_iter().find(|mention| is_it(&mention.concept));
                if let Some(mention) = mention {
                    return reason(place, listed.get(mention.range).unwrap_or(listed).to_owned());
                }
            }
        }
        let place = if best.term.field() == self.fields.touches { "summary" } else { "condition" };
        reason(place, best.name.clone())
    }
}
