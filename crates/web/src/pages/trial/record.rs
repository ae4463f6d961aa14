//! The record's own fields as a page shows them: quick facts, contacts, documents, dates, and the study for programs.

use super::{DocumentView, FactView};
use crate::line::Line;
use crate::state::Mode;
use crate::tongue::{Speak, Tongue};
use crate::words;
use std::collections::BTreeSet;
use trialway_language::Draft;
use trialway_store::Stored;
use trialway_study::{Contact, Official, Sex, Study};

/// Facts of the record's own fields, never of its prose.
pub fn facts(tongue: Tongue, study: &Study) -> Vec<FactView> {
    let mut out = Vec::new();
    let mut add = |id: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            out.push(FactView { name: tongue.say(id), value: Line::of(&value) });
        }
    };
    let eligibility = &study.eligibility;
    let written = |limit: &Option<trialway_study::AgeLimit>| limit.as_ref().map(|limit| limit.written.clone());
    let names = |names: Vec<&str>| {
        let names: Vec<String> = names.into_iter().map(|name| words::english(tongue, name)).collect();
        words::list(tongue, names.iter().map(String::as_str))
    };
    add("fact-conditions", Some(names(study.conditions.iter().map(String::as_str).collect())));
    let mut treatments: Vec<&str> = study.interventions.iter().map(|one| one.name.as_str()).collect();
    let mut seen: Vec<String> = Vec::new();
    treatments.retain(|name| {
        let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let new = !seen.contains(&folded);
        seen.push(folded);
        new
    });
    add("fact-treatments", Some(names(treatments)));
    add(
        "fact-ages",
        Some(words::ages(
            tongue,
            written(&eligibility.minimum_age).as_deref(),
            written(&eligibility.maximum_age).as_deref(),
        )),
    );
    add(
        "fact-sex",
        eligibility.sex.as_ref().map(|sex| match sex.known() {
            Some(Sex::All) => tongue.say("fact-sex-all"),
            _ => tongue.say_with("fact-sex-only", &[("sex", &words::label(tongue, sex))]),
        }),
    );
    add(
        "fact-healthy",
        eligibility.healthy_volunteers.map(|yes| tongue.say(if yes { "fact-healthy-yes" } else { "fact-healthy-no" })),
    );
    add(
        "fact-phase",
        words::phase(tongue, &study.phases).map(|(label, meaning)| words::brackets(tongue, &label, &meaning)),
    );
    add("fact-kind", study.study_type.as_ref().map(|kind| words::study_type(tongue, kind)));
    add(
        "fact-participants",
        study.enrollment.as_ref().map(|enrollment| {
            let n = words::thousands(tongue, usize::try_from(enrollment.count).unwrap_or(usize::MAX));
            match enrollment.is_actual() {
                Some(true) => tongue.say_with("fact-took-part", &[("n", &n)]),
                Some(false) => tongue.say_with("fact-planned", &[("n", &n)]),
                None => n,
            }
        }),
    );
    add(
        "fact-sponsor",
        study.lead_sponsor.as_ref().map(|sponsor| {
            let class = sponsor.class.as_ref().and_then(|class| words::sponsor_class(tongue, class));
            class.map_or_else(|| sponsor.name.clone(), |class| words::brackets(tongue, &sponsor.name, &class))
        }),
    );
    add("fact-sites", sites(tongue, study));
    let with: Vec<&str> = study.collaborators.iter().map(|sponsor| sponsor.name.as_str()).collect();
    add("fact-with", Some(words::list(tongue, with)));
    add("fact-number", study.nct_id.map(|id| id.to_string()));
    out
}

/// How many sites there are, and where: the place of an only one, else the countries.
fn sites(tongue: Tongue, study: &Study) -> Option<String> {
    let countries: BTreeSet<&str> = study.sites.iter().filter_map(|site| site.country.as_deref()).collect();
    let n = words::count(tongue, "count-sites", study.sites.len());
    match study.sites.as_slice() {
        [] => None,
        [only] => {
            let place: Vec<&str> =
                [&only.city, &only.state, &only.country].into_iter().flatten().map(String::as_str).collect();
            Some(if place.is_empty() { n } else { words::brackets(tongue, &n, &words::list(tongue, place)) })
        }
        _ if countries.len() > 4 => {
            Some(tongue.say_with("fact-in-countries", &[("sites", &n), ("n", &countries.len().to_string())]))
        }
        _ if countries.is_empty() => Some(n),
        _ => Some(words::brackets(tongue, &n, &words::list(tongue, countries))),
    }
}

/// Up to a dozen words to search by, each once, without those that are there already.
pub fn search_words(names: &[String], already: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let known = |other: &String| other.trim().eq_ignore_ascii_case(name);
        if !out.iter().any(known) && !already.iter().any(known) && out.len() < 12 {
            out.push(name.to_owned());
        }
    }
    out
}

/// Documents that come with the record, where the registry keeps them.
pub fn documents(tongue: Tongue, study: &Study, mode: Mode) -> Vec<DocumentView> {
    let folder = study.nct_id.as_ref().filter(|_| mode == Mode::Registry).map(|id| {
        let id = id.to_string();
        let last: String = id.chars().skip(id.chars().count().saturating_sub(2)).collect();
        format!("https://cdn.clinicaltrials.gov/large-docs/{last}/{id}")
    });
    let link = |location: &str| {
        let is_name = location.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        if location.starts_with("https://") {
            Some(location.to_owned())
        } else {
            folder.as_ref().filter(|_| is_name).map(|folder| format!("{folder}/{location}"))
        }
    };
    study
        .documents
        .iter()
        .map(|document| DocumentView {
            label: document.label.clone(),
            date: document.date.as_ref().map(|date| words::date(tongue, date)).unwrap_or_default(),
            link: document.location.as_deref().and_then(link),
        })
        .collect()
}

/// The study for programs that read pages.
///
/// **Source**: schema.org `MedicalTrial`. The record's own fields only; `<` is written so that no text can end the element.
pub fn machine(study: &Study, draft: &Draft) -> String {
    let mut out = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "MedicalTrial",
        "name": study.title(),
    });
    let mut set = |key: &str, value: serde_json::Value| {
        if let Some(object) = out.as_object_mut() {
            object.insert(key.to_owned(), value);
        }
    };
    if let Some(id) = &study.nct_id {
        set("identifier", id.to_string().into());
    }
    if let Some(gist) = draft.gist.first() {
        set("description", gist.words.clone().into());
    }
    if !study.conditions.is_empty() {
        set(
            "healthCondition",
            study
                .conditions
                .iter()
                .map(|name| serde_json::json!({"@type": "MedicalCondition", "name": name}))
                .collect(),
        );
    }
    if let Some(sponsor) = &study.lead_sponsor {
        set("sponsor", serde_json::json!({"@type": "Organization", "name": sponsor.name}));
    }
    if let Some(status) = &study.overall_status {
        set("status", words::label(Tongue::English, status).into());
    }
    let places: Vec<serde_json::Value> = study
        .sites
        .iter()
        .take(50)
        .filter_map(|site| {
            let name = site.facility.clone().or_else(|| site.city.clone())?;
            Some(serde_json::json!({"@type": "AdministrativeArea", "name": name}))
        })
        .collect();
    if !places.is_empty() {
        set("studyLocation", places.into());
    }
    out.to_string().replace('<', "\\u003c")
}

/// Someone responsible for the whole study; none without a name.
pub fn official(tongue: Tongue, official: &Official) -> Option<String> {
    let name = official.name.as_deref().map(str::trim).filter(|name| !name.is_empty())?;
    let role = official.role.as_ref().map(|role| words::label(tongue, role).to_lowercase());
    let named = role.map_or_else(|| name.to_owned(), |role| words::brackets(tongue, name, &role));
    let place = official.affiliation.as_deref().map(str::trim).filter(|place| !place.is_empty());
    Some(words::list(tongue, [named.as_str()].into_iter().chain(place)))
}

/// The address of a letter about the study to one's doctor, without a receiver.
pub fn letter(tongue: Tongue, study: &Study, nct_id: &str, address: Option<&str>) -> String {
    let subject = tongue.say_with("letter-subject", &[("id", nct_id)]);
    let where_to = address.map(|address| format!("\n{address}")).unwrap_or_default();
    let body = format!("{}\n\n{}\n{nct_id}{where_to}\n", tongue.say("letter-body"), study.title());
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    format!("mailto:?subject={}&body={}", encoded(&subject), encoded(&body))
}

/// How to reach someone.
pub struct ContactView {
    /// Who; may be empty.
    pub name: String,
    /// The telephone number as people read it; may be empty.
    pub phone: String,
    /// The same as telephones take it.
    pub tel: String,
    /// The electronic address; may be empty.
    pub email: String,
    /// A letter to it that names the study.
    pub mailto: String,
}

impl ContactView {
    /// The contact on one line.
    pub fn line(&self) -> String {
        let ways: Vec<&str> =
            [self.phone.as_str(), self.email.as_str()].into_iter().filter(|way| !way.is_empty()).collect();
        let name = if self.name.is_empty() { String::new() } else { format!("{}: ", self.name) };
        format!("{name}{}", ways.join(", "))
    }
}

/// How to reach someone; none where the record gives no way.
pub fn contact(tongue: Tongue, contact: &Contact, about: &str) -> Option<ContactView> {
    let filled = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let (phone, email) = (filled(&contact.phone), filled(&contact.email));
    if phone.is_empty() && email.is_empty() {
        return None;
    }
    let mut tel: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if tel.chars().filter(char::is_ascii_digit).count() < 5 {
        tel.clear();
    }
    let is_address = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && email.chars().all(|c| c.is_ascii_alphanumeric() || "@._-+'".contains(c));
    let mailto = if is_address { format!("mailto:{email}?subject=Question%20about%20{about}") } else { String::new() };
    let phone = match &contact.phone_ext {
        Some(extension) if !phone.is_empty() => {
            tongue.say_with("contact-extension", &[("phone", &phone), ("extension", extension)])
        }
        _ => phone,
    };
    Some(ContactView { name: filled(&contact.name), phone, tel, email, mailto })
}

pub fn dates(tongue: Tongue, study: &Study, stored: &Stored) -> Vec<FactView> {
    let dates = &study.dates;
    let mut out = Vec::new();
    for (id, date) in [
        ("date-start", &dates.start),
        ("date-results", &dates.primary_completion),
        ("date-end", &dates.completion),
        ("date-sent", &dates.first_submitted),
        ("date-changed", &dates.last_update_posted),
        ("date-confirmed", &dates.verified),
    ] {
        if let Some(date) = date {
            out.push(FactView { name: tongue.say(id), value: Line::of(&words::date(tongue, date)) });
        }
    }
    out.push(FactView { name: tongue.say("date-copied"), value: Line::of(&words::day(tongue, &stored.received_at)) });
    out
}
