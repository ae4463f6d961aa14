//! What the index holds of a study.

use crate::needs::Asked;
use crate::place::packed;
use crate::schema::{Fields, TextField, schema};
use crate::{Card, needs};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::TantivyDocument;
use tantivy::schema::Facet;
use trialway_study::{AgeLimit, Study, StudyDate};
use trialway_terminology::{ConceptId, Domain, Terminology};

/// What the index holds of a study, ready to be written; making it is the work, and may be done on several cores.
pub struct Entry {
    pub(crate) nct_id: String,
    pub(crate) document: TantivyDocument,
}

/// Letters of a summary whose concepts are looked for, in bytes.
const SUMMARY_BYTES: usize = 3_000;

impl Entry {
    /// The entry of a study.
    ///
    /// **Shape**: the eligibility text is read, so that studies which ask for a condition can be told from those which do not.
    pub fn of(study: &Study, terminology: &Terminology) -> Entry {
        let fields = schema().1;
        Entry { nct_id: study.doc.clone(), document: document(&fields, study, terminology) }
    }
}

fn document(fields: &Fields, study: &Study, terminology: &Terminology) -> TantivyDocument {
    let mut out = TantivyDocument::default();
    let card = Card::of(study);
    out.add_text(fields.nct_id, &study.doc);
    let join = |list: &[String]| list.join(" . ");
    let interventions: Vec<String> =
        study.interventions.iter().flat_map(|one| [&one.name].into_iter().chain(&one.other_names)).cloned().collect();
    let titles: Vec<String> =
        [&study.brief_title, &study.official_title, &study.acronym].into_iter().flatten().cloned().collect();
    let headings = || [&study.condition_meshes, &study.intervention_meshes].into_iter().flat_map(|mesh| &mesh.terms);
    let mut keywords = study.keywords.clone();
    keywords.extend(headings().map(|mesh| mesh.term.clone()));
    let asked = needs::of(study, terminology);
    let (places, countries) = places(study);
    for TextField { field, label, .. } in &fields.text {
        let words = match *label {
            "condition" => join(&study.conditions),
            "title" => join(&titles),
            "treatment" => join(&interventions),
            "keyword" => join(&keywords),
            "summary" => study.brief_summary.clone().unwrap_or_default(),
            "sponsor" => {
                let all = study.lead_sponsor.iter().chain(&study.collaborators);
                all.map(|sponsor| sponsor.name.as_str()).collect::<Vec<_>>().join(" . ")
            }
            "place" => join(&places),
            "description" => study.detailed_description.clone().unwrap_or_default(),
            "who can join" => asked.who_can.clone(),
            _ => asked.who_cannot.clone(),
        };
        if words.is_empty() {
            continue;
        }
        if matches!(*label, "condition" | "title" | "treatment" | "keyword") {
            out.add_text(fields.spelling, &words);
        }
        out.add_text(*field, words);
    }
    concepts(fields, study, terminology, &asked, [&titles, &interventions, &keywords], &mut out);
    for id in &asked.needed {
        out.add_text(fields.needs, id.as_str());
    }
    facets(fields, study, &card, &countries, &mut out);
    out.add_u64(fields.min_days, days(study.eligibility.minimum_age.as_ref()).unwrap_or(0));
    out.add_u64(fields.max_days, days(study.eligibility.maximum_age.as_ref()).unwrap_or(u64::MAX));
    let dates = [&study.dates.first_posted, &study.dates.first_submitted, &study.dates.last_update_posted];
    out.add_u64(fields.posted, dates.into_iter().flatten().next().map_or(0, number));
    for site in &card.sites {
        if let (Some(lat), Some(lon)) = (site.lat, site.lon) {
            out.add_u64(fields.site, packed(lat, lon, site.is_recruiting()));
            let of = |part: &Option<String>| part.clone().unwrap_or_default();
            out.add_text(fields.city, format!("{}|{}|{}", of(&site.city), of(&site.state), of(&site.country)));
        }
    }
    out.add_text(fields.card, serde_json::to_string(&card).unwrap_or_default());
    out
}

/// A date as a number that sorts: `YYYYMMDD`, what is not known as nought.
fn number(date: &StudyDate) -> u64 {
    u64::from(date.year.unwrap_or(0)) * 10_000
        + u64::from(date.month.unwrap_or(0)) * 100
        + u64::from(date.day.unwrap_or(0))
}

/// Each place once, and the countries in order.
fn places(study: &Study) -> (Vec<String>, BTreeSet<&str>) {
    let (mut places, mut countries) = (Vec::new(), BTreeSet::new());
    for site in &study.sites {
        let parts = [&site.city, &site.state, &site.country];
        let place = parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        if !places.contains(&place) {
            places.push(place);
        }
        countries.extend(site.country.as_deref());
    }
    (places, countries)
}

/// The concepts that a study names, and how often each.
fn concepts(
    fields: &Fields,
    study: &Study,
    terminology: &Terminology,
    asked: &Asked,
    [titles, interventions, keywords]: [&[String]; 3],
    out: &mut TantivyDocument,
) {
    let mut about: BTreeMap<ConceptId, usize> = BTreeMap::new();
    let mut touches: BTreeMap<ConceptId, usize> = BTreeMap::new();
    let name = |text: &str, into: &mut BTreeMap<ConceptId, usize>| {
        for mention in terminology.mentions(text) {
            *into.entry(mention.concept).or_default() += 1;
        }
    };
    for (list, wanted) in [(study.conditions.as_slice(), Domain::Condition), (interventions, Domain::Drug)] {
        for listed in list {
            match terminology.resolve(listed, wanted).filter(|found| found.is_resolved()) {
                Some(found) => {
                    for concept in found.concepts {
                        *about.entry(concept).or_default() += 1;
                    }
                }
                None => name(listed, &mut about),
            }
        }
    }
    // Long and short title mostly say the same.
    titles.iter().take(1).for_each(|title| name(title, &mut about));
    titles.iter().skip(1).for_each(|title| name(title, &mut touches));
    keywords.iter().for_each(|keyword| name(keyword, &mut touches));
    let summary = study.brief_summary.as_deref().unwrap_or_default();
    let end = summary.char_indices().map(|(at, _)| at).find(|at| *at >= SUMMARY_BYTES).unwrap_or(summary.len());
    name(summary.get(..end).unwrap_or_default(), &mut touches);
    // A record that lists no condition is about those that its criteria name.
    let of_criteria = if study.conditions.is_empty() && titles.is_empty() { &mut about } else { &mut touches };
    for id in &asked.named {
        of_criteria.entry(id.clone()).or_insert(1);
    }
    let mut kinds: BTreeSet<&ConceptId> = terminology.generals(about.keys()).into_iter().collect();
    let meshes = [&study.condition_meshes, &study.intervention_meshes];
    let above: Vec<ConceptId> = meshes
        .into_iter()
        .flat_map(|mesh| &mesh.ancestors)
        .filter_map(|term| terminology.named_by(&term.term))
        .collect();
    kinds.extend(&above);
    kinds.retain(|id| !about.contains_key(*id));
    touches.retain(|id, _| !about.contains_key(id));
    /// A concept named again and again weighs little more.
    const MOST: usize = 3;
    for (field, named) in [(fields.about, &about), (fields.touches, &touches)] {
        for (id, n) in named {
            (0..(*n).min(MOST)).for_each(|_| out.add_text(field, id.as_str()));
        }
    }
    kinds.into_iter().for_each(|id| out.add_text(fields.kinds, id.as_str()));
}

fn facets(fields: &Fields, study: &Study, card: &Card, countries: &BTreeSet<&str>, out: &mut TantivyDocument) {
    let mut given: BTreeSet<(&str, &str)> = BTreeSet::new();
    given.insert(("status", card.status.as_deref().unwrap_or("NOT_GIVEN")));
    given.extend(card.phases.iter().map(|phase| ("phase", phase.as_str())));
    given.insert(("type", card.study_type.as_deref().unwrap_or("NOT_GIVEN")));
    given.extend(study.eligibility.standard_ages.iter().map(|age| ("age", age.as_str())));
    given.insert(("sex", card.sex.as_deref().unwrap_or("NOT_GIVEN")));
    given.extend(countries.iter().map(|country| ("country", *country)));
    let kinds = study.interventions.iter().filter_map(|one| one.kind.as_ref());
    given.extend(kinds.map(|kind| ("intervention", kind.as_str())));
    let class = study.lead_sponsor.as_ref().and_then(|sponsor| sponsor.class.as_ref());
    given.insert(("sponsor", class.map_or("NOT_GIVEN", |class| class.as_str())));
    given.insert((
        "healthy",
        match study.eligibility.healthy_volunteers {
            Some(true) => "YES",
            Some(false) => "NO",
            None => "NOT_GIVEN",
        },
    ));
    if card.n_recruiting_sites() > 0 {
        given.insert(("sites", "RECRUITING"));
    }
    for (group, value) in given {
        out.add_facet(fields.facet, Facet::from_path([group, value]));
    }
}

/// A published limit in whole days; none where there is none, or none that was understood (then nobody is filtered out).
fn days(limit: Option<&AgeLimit>) -> Option<u64> {
    limit?.approximate_days()?.trunc().to_string().parse().ok()
}
