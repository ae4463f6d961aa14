//! Results of a search: why each was found, what its status means, where the nearest site is.

use super::{Page, render};
use crate::error::Problem;
use crate::state::App;
use crate::words;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use trialway_search::{Card, Filters, Hit, How, Place, Query, Results, Sort};
use trialway_study::{AgencyClass, Coded, InterventionKind, Phase, Sex, StandardAge, Status, StudyType};

/// Results on one page.
const PAGE: usize = 20;

/// The furthest result that can be reached by paging.
const FURTHEST: usize = 10_000;

/// A group of boxes to tick.
struct FacetView {
    heading: &'static str,
    name: &'static str,
    values: Vec<FacetValue>,
    /// Whether the values are seen at once.
    is_open: bool,
}

/// Another order of the same results.
struct OrderView {
    label: &'static str,
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
    status_meaning: &'static str,
    tone: &'static str,
    sites: String,
    facts: String,
    conditions: String,
    treatments: String,
    nearest: Vec<String>,
    open_near: Option<String>,
    reasons: Vec<String>,
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
    feed: String,
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

/// Shows results.
pub async fn show(State(app): State<App>, page: Page, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let form = Form::parse(query);
    found(&app, page, &form)
}

/// The search that an address asks for, and its words; the place in its results does not count.
pub fn asked(app: &App, query: Option<String>) -> Result<(Query, String), Problem> {
    let form = Form::parse(query);
    let query = wanted(app, &form, &mut Vec::new())?.0;
    let words = query.text.clone();
    Ok((query, words))
}

fn found(app: &App, page: Page, form: &Form) -> Result<Response, Problem> {
    let mut notes = Vec::new();
    let (query, age) = wanted(app, form, &mut notes)?;
    let (text, place_text, sex, from) = (query.text.clone(), form.one("place"), form.one("sex"), query.offset);
    let place = query.near.clone();
    let results = app.search.search(&query)?;
    let (lead, said) = told(&results, &query);
    notes.extend(said);
    let to = from + results.hits.len();
    let view = SearchPage {
        page,
        heading: lead,
        notes,
        facets: facets(&results, &query.filters),
        hits: results.hits.iter().map(|hit| hit_view(hit, place.as_ref())).collect(),
        recruiting_site: query.filters.recruiting_site,
        previous: (from > 0).then(|| form.address(from.saturating_sub(PAGE))),
        next: (to < results.total && to < FURTHEST).then(|| form.address(to)),
        position: if results.hits.is_empty() || results.total <= PAGE {
            String::new()
        } else {
            format!("{} to {} of {}", from + 1, to, words::thousands(results.total))
        },
        is_empty_store: app.search.n_studies() == 0,
        feed: form.feed(),
        within: form.one("within"),
        without: form.one("without"),
        sort: form.one("sort"),
        orders: orders(form, &query),
        place: place_text,
        text,
        age,
        sex,
    };
    Ok(render(&view))
}

/// The search that a form asks for, and the age as it was written; what was left out of it is noted.
fn wanted(app: &App, form: &Form, notes: &mut Vec<String>) -> Result<(Query, String), Problem> {
    let text: String = form.one("q").chars().take(400).collect();
    let place_text = form.one("place");
    let place = if place_text.is_empty() { None } else { app.search.place(&place_text)? };
    if !place_text.is_empty() && place.is_none() {
        notes.push(format!(
            "No study here has a site in a city called “{place_text}”, so distances are left out. Try the nearest larger city, or coordinates such as 48.85,2.35."
        ));
    }
    let age = form.one("age");
    let age_years: Option<u32> = age.parse().ok().filter(|years| *years <= 120);
    if !age.is_empty() && age_years.is_none() {
        notes.push(format!("“{age}” is not an age in whole years, so it was left out."));
    }
    let within_km: Option<f64> = form.one("within").parse().ok().filter(|km: &f64| *km > 0.0 && place.is_some());
    let (without, unknown) = app.search.conditions(&form.one("without").chars().take(200).collect::<String>());
    for part in unknown {
        notes.push(format!(
            "“{part}” is not a condition that is known here, so no study was hidden for it. Another name of it may be."
        ));
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
fn told(results: &Results, query: &Query) -> (String, Vec<String>) {
    let n = words::count(results.total, "study", "studies");
    let lead = match (query.text.is_empty(), results.total) {
        (true, _) => n,
        (false, 0) => format!("No study was found for “{}”", query.text),
        (false, _) => format!("{n} for “{}”", query.text),
    };
    let mut notes = Vec::new();
    if results.only_some_words {
        notes.push("No study has all of these words; these have some of them.".to_owned());
    }
    if let Some(n) = results.n_with_all {
        let all = if n == 1 { "Only one study has".to_owned() } else { format!("Only {n} studies have") };
        notes.push(format!("{all} all of these words; studies that have some of them are listed as well."));
    }
    for (word, meant) in &results.respelled {
        notes.push(format!(
            "Showing results for “{meant}” instead of “{word}”. To search for a word exactly as you wrote it, put it in quotes."
        ));
    }
    for word in &results.left_out {
        notes.push(format!("“{word}” is in no study here, so it was left out."));
    }
    if !query.filters.without.is_empty() {
        notes.push(
            "Studies that ask everyone for a condition which you never had are hidden. Where we could not tell, the study is shown."
                .to_owned(),
        );
    }
    for (asked, names) in &results.also_searched {
        let shown: Vec<&str> = names.iter().take(4).map(String::as_str).collect();
        notes.push(format!("Also searched for other names of “{asked}”: {}.", shown.join(", ")));
    }
    (lead, notes)
}

fn facets(results: &Results, filters: &Filters) -> Vec<FacetView> {
    let view = |heading, name, group: &str, chosen: &[String], label: fn(&str) -> String, most: usize| {
        let mut values: Vec<FacetValue> = results
            .facets
            .get(group)
            .into_iter()
            .flatten()
            .filter(|(value, _)| value != "NOT_GIVEN")
            .take(most)
            .map(|(value, n)| FacetValue {
                label: label(value),
                n: words::thousands(usize::try_from(*n).unwrap_or(usize::MAX)),
                is_chosen: chosen.contains(value),
                value: value.clone(),
            })
            .collect();
        // What was chosen stays to be unchosen, found or not.
        for value in
            chosen.iter().filter(|value| !values.iter().any(|known| known.value == **value)).collect::<Vec<_>>()
        {
            values.push(FacetValue { label: label(value), n: "0".to_owned(), is_chosen: true, value: value.clone() });
        }
        let is_open = name == "status" || values.iter().any(|value| value.is_chosen);
        FacetView { heading, name, values, is_open }
    };
    let plain: fn(&str) -> String = str::to_owned;
    let mut out = vec![
        view("Status", "status", "status", &filters.status, words::label_of::<Status>, 14),
        view("Phase", "phase", "phase", &filters.phase, words::label_of::<Phase>, 8),
        view("Age group", "agegroup", "age", &filters.age_group, words::label_of::<StandardAge>, 3),
        view("Country", "country", "country", &filters.country, plain, 12),
        view("Kind of study", "type", "type", &filters.study_type, words::label_of::<StudyType>, 5),
        view(
            "What is tested",
            "intervention",
            "intervention",
            &filters.intervention,
            words::label_of::<InterventionKind>,
            12,
        ),
        view("Healthy people", "healthy", "healthy", &filters.healthy, healthy, 2),
        view("Who runs it", "sponsor", "sponsor", &filters.sponsor, sponsor, 9),
    ];
    out.retain(|facet| !facet.values.is_empty());
    out
}

fn healthy(word: &str) -> String {
    if word == "YES" { "May take part" } else { "May not take part" }.to_owned()
}

fn sponsor(word: &str) -> String {
    let class = words::sponsor_class(&Coded::<AgencyClass>::from_word(word));
    class.map_or_else(|| words::label_of::<AgencyClass>(word), words::capital)
}

/// The orders in which the same results can be given; none where there is only one.
fn orders(form: &Form, query: &Query) -> Vec<OrderView> {
    let mut out = Vec::new();
    let mut add = |label, sort: Sort| {
        out.push(OrderView { label, address: form.sorted(sort), is_own: query.order() == sort });
    };
    if !query.text.is_empty() {
        add("best fit", Sort::Relevance);
    }
    if query.near.is_some() {
        add("nearest", Sort::Distance);
    }
    add("newest", Sort::Newest);
    if out.len() < 2 { Vec::new() } else { out }
}

fn hit_view(hit: &Hit, place: Option<&Place>) -> HitView {
    let card = &hit.card;
    let status: Option<Coded<Status>> = card.status.as_deref().map(Coded::from_word);
    let (status, status_meaning, tone) = words::status(status.as_ref());
    let phases: Vec<Coded<Phase>> = card.phases.iter().map(|phase| Coded::from_word(phase)).collect();
    let mut facts: Vec<String> = Vec::new();
    facts.extend(words::phase(&phases).map(|(label, _)| label));
    facts.push(format!("Ages: {}", words::ages(card.minimum_age.as_deref(), card.maximum_age.as_deref())));
    if let Some(sex) = card.sex.as_deref().filter(|sex| *sex != "ALL") {
        facts.push(format!("{} only", words::label_of::<Sex>(sex)));
    }
    HitView {
        address: format!("/trials/{}", card.nct_id),
        nct_id: card.nct_id.clone(),
        title: card.title.clone(),
        status,
        status_meaning,
        tone,
        sites: sites(card),
        facts: facts.join(" · "),
        conditions: some(&card.conditions, 4),
        treatments: some(&card.interventions, 4),
        nearest: place.map(|place| nearest(hit, place)).unwrap_or_default(),
        open_near: place.and_then(|place| open_near(hit, place)),
        reasons: hit
            .why
            .iter()
            .filter(|reason| reason.how != How::Words)
            .map(|reason| sentence(&reason.sentence()))
            .collect(),
        why: hit.found_in.join(", "),
    }
}

/// The first few of a list, and how many more there are.
fn some(list: &[String], most: usize) -> String {
    let shown: Vec<&str> = list.iter().take(most).map(String::as_str).collect();
    let rest = list.len().saturating_sub(most);
    if rest == 0 { shown.join(", ") } else { format!("{} and {rest} more", shown.join(", ")) }
}

/// How many sites there are and how many of them take participants, by whose word.
fn sites(card: &Card) -> String {
    let n = card.sites.len();
    if n == 0 {
        return "The record names no site.".to_owned();
    }
    let all = words::count(n, "site", "sites");
    let n_own = card.sites.iter().filter(|site| site.own_status).count();
    let n_recruiting =
        card.sites.iter().filter(|site| site.own_status && site.status.as_deref() == Some("RECRUITING")).count();
    if n_own == 0 {
        return format!("{all}; none says by itself whether it takes participants.");
    }
    match n_recruiting {
        0 => format!("{all}; none says that it is recruiting."),
        1 if n == 1 => "1 site, which says that it is recruiting.".to_owned(),
        k if k == n => format!("{all}; all say that they are recruiting."),
        k => format!("{all}; {k} of them {} recruiting.", if k == 1 { "says that it is" } else { "say that they are" }),
    }
}

/// So near counts as near where no distance was asked for, in kilometres.
const NEAR_KM: f64 = 100.0;

/// Only where a site that is near takes participants.
fn open_near(hit: &Hit, place: &Place) -> Option<String> {
    let open = hit.card.nearest(place, true).filter(|site| site.km <= NEAR_KM)?;
    Some(format!("A site {} from {} is recruiting", words::km(open.km), place.label))
}

fn nearest(hit: &Hit, place: &Place) -> Vec<String> {
    let Some(nearest) = &hit.nearest else { return vec!["The record gives no site on the map.".to_owned()] };
    let at = |index: usize| -> Option<(String, String)> {
        let site = hit.card.sites.get(index)?;
        let parts = [&site.facility, &site.city, &site.country];
        let name = parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        let status = match (&site.status, site.own_status) {
            (Some(status), true) => format!(" ({})", words::label_of::<Status>(status).to_lowercase()),
            _ => String::new(),
        };
        Some((name, status))
    };
    let mut out = Vec::new();
    if let Some((name, status)) = at(nearest.index) {
        out.push(format!("Nearest site: {name}{status}, about {} from {}", words::km(nearest.km), place.label));
    }
    if let Some(open) = &hit.nearest_recruiting
        && let Some((name, _)) = at(open.index)
    {
        out.push(format!("Nearest site that is recruiting: {name}, about {}", words::km(open.km)));
    }
    out
}

/// A reason as a sentence of its own.
fn sentence(reason: &str) -> String {
    format!("{}.", words::capital(reason))
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
