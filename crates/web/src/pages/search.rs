//! Results of a search: why each was found, what its status means, where the nearest site is.

use super::feed::in_language;
use super::{Page, render};
use crate::error::Problem;
use crate::line::Line;
use crate::state::App;
use crate::tongue::{Speak, Tongue};
use crate::words;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use trialway_search::{Card, Filters, Hit, How, Place, Query, Reason, Results, Sort};
use trialway_study::{AgencyClass, Coded, InterventionKind, Phase, Sex, StandardAge, Status, StudyType};
use trialway_terminology::Terminology;

/// Results on one page.
const PAGE: usize = 20;

/// The furthest result that can be reached by paging.
const FURTHEST: usize = 10_000;

/// A group of boxes to tick.
struct FacetView {
    heading: String,
    name: &'static str,
    values: Vec<FacetValue>,
    /// Whether the values are seen at once.
    is_open: bool,
}

/// Another order of the same results.
struct OrderView {
    label: String,
    address: String,
    is_own: bool,
}

struct FacetValue {
    value: String,
    label: String,
    n: String,
    is_chosen: bool,
}

struct HitView {
    address: String,
    nct_id: String,
    title: String,
    status: String,
    status_meaning: String,
    tone: &'static str,
    sites: String,
    facts: String,
    conditions: Line,
    treatments: Line,
    nearest: Vec<String>,
    open_near: Option<String>,
    reasons: Vec<Line>,
    why: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    page: Page,
    text: String,
    place: String,
    within: String,
    age: String,
    heading: String,
    notes: Vec<String>,
    hits: Vec<HitView>,
    facets: Vec<FacetView>,
    sex: String,
    without: String,
    sort: String,
    orders: Vec<OrderView>,
    recruiting_site: bool,
    previous: Option<String>,
    next: Option<String>,
    position: String,
    is_empty_store: bool,
    feeds: (String, String),
    /// Where what this search finds is followed by mail; none for a search for everything.
    follow: Option<String>,
}

/// What the form sent; the same name may come several times.
struct Form(Vec<(String, String)>);

impl Form {
    fn parse(query: Option<String>) -> Form {
        let query = query.unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Form(pairs.filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    fn one(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// Where changes of what this search finds are told: what follows `/search/feed.atom` and `/search/feed.json`.
    fn feed(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.extend_pairs(self.0.iter().filter(|(name, _)| name != "from"));
        let query = pairs.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// The same search in another order.
    fn sorted(&self, sort: Sort) -> String {
        let mut pairs = form_urlencoded::Serializer::for_suffix(String::from("/search?"), "/search?".len());
        pairs.extend_pairs(self.0.iter().filter(|(name, _)| name != "from" && name != "sort"));
        pairs.append_pair("sort", sort.as_str());
        pairs.finish()
    }

    /// The same search at another place of its results.
    fn address(&self, from: usize) -> String {
        let mut pairs = form_urlencoded::Serializer::for_suffix(String::from("/search?"), "/search?".len());
        pairs.extend_pairs(self.0.iter().filter(|(name, _)| name != "from"));
        pairs.append_pair("from", &from.to_string());
        pairs.finish()
    }
}

/// Where a search is followed by mail.
fn followed(query: &str) -> Option<String> {
    let mut pairs = form_urlencoded::Serializer::for_suffix(String::from("/follow?"), "/follow?".len());
    pairs.append_pair("search", query.strip_prefix('?')?);
    Some(pairs.finish())
}

/// Shows results.
pub async fn show(State(app): State<App>, page: Page, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let form = Form::parse(query);
    found(&app, page, &form)
}

/// The search that an address asks for, and its words; the place in its results does not count.
pub fn asked(app: &App, query: Option<String>) -> Result<(Query, String), Problem> {
    let form = Form::parse(query);
    let query = wanted(app, Tongue::default(), &form, &mut Vec::new())?.0;
    let words = query.text.clone();
    Ok((query, words))
}

fn found(app: &App, page: Page, form: &Form) -> Result<Response, Problem> {
    let tongue = page.tongue;
    let mut notes = Vec::new();
    let (query, age) = wanted(app, tongue, form, &mut notes)?;
    let (text, place_text, sex, from) = (query.text.clone(), form.one("place"), form.one("sex"), query.offset);
    let place = query.near.clone();
    let results = app.search.search(&query)?;
    let (lead, said) = told(tongue, &results, &query);
    notes.extend(said);
    let to = from + results.hits.len();
    let feed = form.feed();
    let view = SearchPage {
        page,
        heading: lead,
        notes,
        facets: facets(tongue, &results, &query.filters),
        hits: results.hits.iter().map(|hit| hit_view(tongue, hit, place.as_ref())).collect(),
        recruiting_site: query.filters.recruiting_site,
        previous: (from > 0).then(|| form.address(from.saturating_sub(PAGE))),
        next: (to < results.total && to < FURTHEST).then(|| form.address(to)),
        position: if results.hits.is_empty() || results.total <= PAGE {
            String::new()
        } else {
            tongue.say_with(
                "search-position",
                &[
                    ("from", &(from + 1).to_string()),
                    ("to", &to.to_string()),
                    ("of", &words::thousands(tongue, results.total)),
                ],
            )
        },
        is_empty_store: app.search.n_studies() == 0,
        follow: followed(&feed),
        feeds: (
            in_language(&format!("/search/feed.atom{feed}"), tongue),
            in_language(&format!("/search/feed.json{feed}"), tongue),
        ),
        within: form.one("within"),
        without: form.one("without"),
        sort: form.one("sort"),
        orders: orders(tongue, form, &query),
        place: place_text,
        text,
        age,
        sex,
    };
    Ok(render(&view))
}

/// The search that a form asks for, and the age as it was written; what was left out of it is noted.
fn wanted(app: &App, tongue: Tongue, form: &Form, notes: &mut Vec<String>) -> Result<(Query, String), Problem> {
    let text: String = form.one("q").chars().take(400).collect();
    let place_text = form.one("place");
    let place = if place_text.is_empty() { None } else { app.search.place(&place_text)? };
    if !place_text.is_empty() && place.is_none() {
        notes.push(tongue.say_with("search-no-city", &[("place", &place_text)]));
    }
    let age = form.one("age");
    let age_years: Option<u32> = age.parse().ok().filter(|years| *years <= 120);
    if !age.is_empty() && age_years.is_none() {
        notes.push(tongue.say_with("search-no-age", &[("age", &age)]));
    }
    let within_km: Option<f64> = form.one("within").parse().ok().filter(|km: &f64| *km > 0.0 && place.is_some());
    let (without, unknown) = app.search.conditions(&form.one("without").chars().take(200).collect::<String>());
    for part in unknown {
        notes.push(tongue.say_with("search-no-condition", &[("part", &part)]));
    }
    let from = form.one("from").parse::<usize>().unwrap_or(0).min(FURTHEST);
    let query = Query {
        text,
        filters: Filters {
            status: form.all("status"),
            phase: form.all("phase"),
            age_group: form.all("agegroup"),
            sex: Some(form.one("sex")).filter(|sex| sex == "FEMALE" || sex == "MALE"),
            country: form.all("country"),
            study_type: form.all("type"),
            intervention: form.all("intervention"),
            sponsor: form.all("sponsor"),
            healthy: form.all("healthy"),
            without,
            recruiting_site: form.one("recruiting") == "yes",
            age_years,
        },
        near: place,
        within_km,
        sort: Sort::of_word(&form.one("sort")),
        offset: from,
        limit: PAGE,
    };
    Ok((query, age))
}

/// The heading, and what was done beside the words asked for.
fn told(tongue: Tongue, results: &Results, query: &Query) -> (String, Vec<String>) {
    let n = words::count(tongue, "count-studies", results.total);
    let lead = match (query.text.is_empty(), results.total) {
        (true, _) => n,
        (false, 0) => tongue.say_with("search-none", &[("text", &query.text)]),
        (false, _) => tongue.say_with("search-found", &[("studies", &n), ("text", &query.text)]),
    };
    let mut notes = Vec::new();
    if results.only_some_words {
        notes.push(tongue.say("search-some-words"));
    }
    if let Some(n) = results.n_with_all {
        notes.push(tongue.say_with("search-few-all", &[("n", &n.to_string())]));
    }
    for (word, meant) in &results.respelled {
        notes.push(tongue.say_with("search-respelled", &[("meant", meant), ("word", word)]));
    }
    for word in &results.left_out {
        notes.push(tongue.say_with("search-left-out", &[("word", word)]));
    }
    if !query.filters.without.is_empty() {
        notes.push(tongue.say("search-hidden"));
    }
    for (asked, names) in &results.also_searched {
        let shown = words::list(tongue, names.iter().take(4).map(String::as_str));
        notes.push(tongue.say_with("search-also", &[("asked", asked), ("names", &shown)]));
    }
    (lead, notes)
}

fn facets(tongue: Tongue, results: &Results, filters: &Filters) -> Vec<FacetView> {
    let view = |id: &str, name, group: &str, chosen: &[String], label: fn(Tongue, &str) -> String, most: usize| {
        let mut values: Vec<FacetValue> = results
            .facets
            .get(group)
            .into_iter()
            .flatten()
            .filter(|(value, _)| value != "NOT_GIVEN")
            .take(most)
            .map(|(value, n)| FacetValue {
                label: label(tongue, value),
                n: words::thousands(tongue, usize::try_from(*n).unwrap_or(usize::MAX)),
                is_chosen: chosen.contains(value),
                value: value.clone(),
            })
            .collect();
        // What was chosen stays to be unchosen, found or not.
        for value in
            chosen.iter().filter(|value| !values.iter().any(|known| known.value == **value)).collect::<Vec<_>>()
        {
            values.push(FacetValue {
                label: label(tongue, value),
                n: "0".to_owned(),
                is_chosen: true,
                value: value.clone(),
            });
        }
        let is_open = name == "status" || values.iter().any(|value| value.is_chosen);
        FacetView { heading: tongue.say(id), name, values, is_open }
    };
    let plain: fn(Tongue, &str) -> String = |_, word| word.to_owned();
    let mut out = vec![
        view("search-status", "status", "status", &filters.status, words::label_of::<Status>, 14),
        view("search-phase", "phase", "phase", &filters.phase, words::label_of::<Phase>, 8),
        view("search-age-group", "agegroup", "age", &filters.age_group, words::label_of::<StandardAge>, 3),
        view("search-country", "country", "country", &filters.country, plain, 12),
        view("search-kind", "type", "type", &filters.study_type, words::label_of::<StudyType>, 5),
        view(
            "search-tested",
            "intervention",
            "intervention",
            &filters.intervention,
            words::label_of::<InterventionKind>,
            12,
        ),
        view("search-healthy", "healthy", "healthy", &filters.healthy, healthy, 2),
        view("search-sponsor", "sponsor", "sponsor", &filters.sponsor, sponsor, 9),
    ];
    out.retain(|facet| !facet.values.is_empty());
    out
}

fn healthy(tongue: Tongue, word: &str) -> String {
    tongue.say(if word == "YES" { "search-healthy-yes" } else { "search-healthy-no" })
}

fn sponsor(tongue: Tongue, word: &str) -> String {
    let class = words::sponsor_class(tongue, &Coded::<AgencyClass>::from_word(word));
    class.map_or_else(|| words::label_of::<AgencyClass>(tongue, word), |class| words::capital(&class))
}

/// The orders in which the same results can be given; none where there is only one.
fn orders(tongue: Tongue, form: &Form, query: &Query) -> Vec<OrderView> {
    let mut out = Vec::new();
    let mut add = |id, sort: Sort| {
        out.push(OrderView { label: tongue.say(id), address: form.sorted(sort), is_own: query.order() == sort });
    };
    if !query.text.is_empty() {
        add("search-best", Sort::Relevance);
    }
    if query.near.is_some() {
        add("search-nearest", Sort::Distance);
    }
    add("search-newest", Sort::Newest);
    if out.len() < 2 { Vec::new() } else { out }
}

fn hit_view(tongue: Tongue, hit: &Hit, place: Option<&Place>) -> HitView {
    let card = &hit.card;
    let status: Option<Coded<Status>> = card.status.as_deref().map(Coded::from_word);
    let (status, status_meaning, tone) = words::status(tongue, status.as_ref());
    let phases: Vec<Coded<Phase>> = card.phases.iter().map(|phase| Coded::from_word(phase)).collect();
    let mut facts: Vec<String> = Vec::new();
    facts.extend(words::phase(tongue, &phases).map(|(label, _)| label));
    let ages = words::ages(tongue, card.minimum_age.as_deref(), card.maximum_age.as_deref());
    facts.push(tongue.say_with("search-ages", &[("ages", &ages)]));
    if let Some(sex) = card.sex.as_deref().filter(|sex| *sex != "ALL") {
        facts.push(tongue.say_with("search-sex-only", &[("sex", &words::label_of::<Sex>(tongue, sex))]));
    }
    HitView {
        address: format!("/trials/{}", card.nct_id),
        nct_id: card.nct_id.clone(),
        title: card.title.clone(),
        status,
        status_meaning,
        tone,
        sites: sites(tongue, card),
        facts: facts.join(" · "),
        conditions: some(tongue, &card.conditions, 4),
        treatments: some(tongue, &card.interventions, 4),
        nearest: place.map(|place| nearest(tongue, hit, place)).unwrap_or_default(),
        open_near: place.and_then(|place| open_near(tongue, hit, place)),
        reasons: hit
            .why
            .iter()
            .filter(|reason| reason.how != How::Words)
            .map(|reason| because(tongue, reason))
            .collect(),
        why: if hit.found_in.is_empty() {
            String::new()
        } else {
            let places: Vec<String> = hit.found_in.iter().map(|place| words::term(tongue, place)).collect();
            let places = words::list(tongue, places.iter().map(String::as_str));
            tongue.say_with("search-found-in", &[("places", &places)])
        },
    }
}

/// The first few of a list, and how many more there are.
fn some(tongue: Tongue, list: &[String], most: usize) -> Line {
    let names: Vec<String> = list.iter().take(most).map(|name| words::english(tongue, name)).collect();
    let shown = words::list(tongue, names.iter().map(String::as_str));
    Line::of(&match list.len().saturating_sub(most) {
        0 => shown,
        rest => tongue.say_with("list-two-more", &[("list", &shown), ("n", &rest.to_string())]),
    })
}

/// How many sites there are and how many of them take participants, by whose word.
fn sites(tongue: Tongue, card: &Card) -> String {
    let n = card.sites.len();
    if n == 0 {
        return tongue.say("search-no-site");
    }
    let all = words::count(tongue, "count-sites", n);
    let n_own = card.sites.iter().filter(|site| site.own_status).count();
    let n_recruiting =
        card.sites.iter().filter(|site| site.own_status && site.status.as_deref() == Some("RECRUITING")).count();
    if n_own == 0 {
        return tongue.say_with("search-sites-silent", &[("sites", &all)]);
    }
    match n_recruiting {
        0 => tongue.say_with("search-sites-none", &[("sites", &all)]),
        1 if n == 1 => tongue.say("search-site-only"),
        k if k == n => tongue.say_with("search-sites-all", &[("sites", &all)]),
        k => tongue.say_with("search-sites-some", &[("sites", &all), ("n", &k.to_string())]),
    }
}

/// So near counts as near where no distance was asked for, in kilometres.
const NEAR_KM: f64 = 100.0;

/// Only where a site that is near takes participants.
fn open_near(tongue: Tongue, hit: &Hit, place: &Place) -> Option<String> {
    let open = hit.card.nearest(place, true).filter(|site| site.km <= NEAR_KM)?;
    Some(tongue.say_with("search-open-near", &[("km", &words::km(tongue, open.km)), ("place", &place.label)]))
}

fn nearest(tongue: Tongue, hit: &Hit, place: &Place) -> Vec<String> {
    let Some(nearest) = &hit.nearest else { return vec![tongue.say("search-no-point")] };
    let at = |index: usize| -> Option<(String, String)> {
        let site = hit.card.sites.get(index)?;
        let parts = [&site.facility, &site.city, &site.country];
        let name = parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        let with_status = match (&site.status, site.own_status) {
            (Some(status), true) => {
                words::brackets(tongue, &name, &words::label_of::<Status>(tongue, status).to_lowercase())
            }
            _ => name.clone(),
        };
        Some((name, with_status))
    };
    let mut out = Vec::new();
    if let Some((_, name)) = at(nearest.index) {
        let km = words::km(tongue, nearest.km);
        out.push(tongue.say_with("search-nearest-site", &[("name", &name), ("km", &km), ("place", &place.label)]));
    }
    if let Some(open) = &hit.nearest_recruiting
        && let Some((name, _)) = at(open.index)
    {
        out.push(tongue.say_with("search-nearest-open", &[("name", &name), ("km", &words::km(tongue, open.km))]));
    }
    out
}

/// A reason as a sentence of its own.
fn because(tongue: Tongue, reason: &Reason) -> Line {
    let id = match reason.how {
        How::Words => "search-why-words",
        How::Begins => "search-why-begins",
        How::Spelled => "search-why-spelled",
        How::Name if reason.name.is_empty() => "search-why-name-some",
        How::Name => "search-why-name",
        How::Kind if reason.name.is_empty() => "search-why-kind-some",
        How::Kind => "search-why-kind",
        How::Class => "search-why-class",
        How::Age => "search-why-age",
    };
    let place = words::term(tongue, reason.place);
    let name = words::name(tongue, Terminology::builtin().named_by(&reason.name).as_ref(), &reason.name);
    Line::of(&tongue.say_with(id, &[("asked", &reason.asked), ("place", &place), ("name", &name)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_as_browsers_send_them() {
        let form = Form::parse(Some("q=lupus+n%C3%A9phrite&status=A&status=B&empty=&odd%zz=1%".to_owned()));
        assert_eq!(form.one("q"), "lupus néphrite");
        assert_eq!(form.all("status"), ["A", "B"]);
        assert_eq!(form.one("odd%zz"), "1%");
        assert_eq!(form.one("empty"), "");
        assert_eq!(
            form.sorted(Sort::Newest),
            "/search?q=lupus+n%C3%A9phrite&status=A&status=B&odd%25zz=1%25&sort=newest"
        );
        assert_eq!(form.address(20), "/search?q=lupus+n%C3%A9phrite&status=A&status=B&odd%25zz=1%25&from=20");
    }
}
