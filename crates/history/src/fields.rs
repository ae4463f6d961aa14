//! Fields of a record that have a name for people.

use crate::{Change, Part};
use trialway_study::{AgeLimit, Coded, Contact, Intervention, Sponsor, Study, StudyDate, WordList};

/// Notes a change where there is one.
pub(crate) fn push(out: &mut Vec<Change>, part: Part, before: Option<String>, after: Option<String>) {
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let (before, after) = (filled(before), filled(after));
    if before != after {
        out.push(Change::new(part, before, after));
    }
}

/// A field by its name for people, and how it is written.
type Field = (&'static str, fn(&Study) -> Option<String>);

const FIELDS: [Field; 27] = [
    ("Why it stopped", |study| study.why_stopped.clone()),
    ("Lowest age", |study| age(study.eligibility.minimum_age.as_ref())),
    ("Highest age", |study| age(study.eligibility.maximum_age.as_ref())),
    ("Sex", |study| study.eligibility.sex.as_ref().map(|sex| sex.label().to_owned())),
    ("Healthy volunteers", |study| {
        study
            .eligibility
            .healthy_volunteers
            .map(|yes| if yes { "can take part" } else { "cannot take part" }.to_owned())
    }),
    ("Title", |study| study.brief_title.clone()),
    ("Official title", |study| study.official_title.clone()),
    ("Conditions", |study| list(&study.conditions)),
    ("Keywords", |study| list(&study.keywords)),
    ("Phase", |study| coded(&study.phases)),
    ("Kind of study", |study| study.study_type.as_ref().map(|kind| kind.label().to_owned())),
    ("Treatments", |study| list(&study.interventions.iter().map(intervention).collect::<Vec<_>>())),
    ("Groups of participants", |study| list(&study.arms.iter().map(|arm| arm.label.clone()).collect::<Vec<_>>())),
    ("Number of participants", |study| study.enrollment.as_ref().map(|enrolled| enrolled.count.to_string())),
    ("Sponsor", |study| study.lead_sponsor.as_ref().map(|sponsor| sponsor.name.clone())),
    ("Partners", |study| list(&study.collaborators.iter().map(name).collect::<Vec<_>>())),
    ("Start", |study| date(study.dates.start.as_ref())),
    ("Main results complete", |study| date(study.dates.primary_completion.as_ref())),
    ("End", |study| date(study.dates.completion.as_ref())),
    ("Confirmed by the sponsor", |study| date(study.dates.verified.as_ref())),
    ("Results posted", |study| date(study.dates.results_first_posted.as_ref())),
    ("Summary", |study| study.brief_summary.clone()),
    ("Description", |study| study.detailed_description.clone()),
    ("Main outcomes", |study| {
        let outcome = |outcome: &trialway_study::Outcome| match &outcome.time_frame {
            Some(time) => format!("{} ({time})", outcome.measure),
            None => outcome.measure.clone(),
        };
        list(&study.primary_outcomes.iter().map(outcome).collect::<Vec<_>>())
    }),
    ("Whom to ask", |study| list(&study.central_contacts.iter().map(contact).collect::<Vec<_>>())),
    ("Study population", |study| study.eligibility.study_population.clone()),
    ("Gender", |study| study.eligibility.gender_description.clone()),
];

pub(crate) fn changes(older: &Study, newer: &Study) -> Vec<Change> {
    let mut out = Vec::new();
    for (name, written) in FIELDS {
        push(&mut out, Part::Field(name), written(older), written(newer));
    }
    out
}

fn age(limit: Option<&AgeLimit>) -> Option<String> {
    limit.map(|limit| limit.written.clone())
}

fn date(date: Option<&StudyDate>) -> Option<String> {
    let date = date?;
    let kind = date.kind.as_ref().map(|kind| format!(" ({})", kind.label().to_lowercase()));
    Some(format!("{}{}", date.written, kind.unwrap_or_default()))
}

fn list(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.join("; "))
}

fn coded<T: WordList>(words: &[Coded<T>]) -> Option<String> {
    list(&words.iter().map(|word| word.label().to_owned()).collect::<Vec<_>>())
}

fn name(sponsor: &Sponsor) -> String {
    sponsor.name.clone()
}

fn intervention(one: &Intervention) -> String {
    match &one.kind {
        Some(kind) => format!("{} ({})", one.name, kind.label().to_lowercase()),
        None => one.name.clone(),
    }
}

pub(crate) fn contact(contact: &Contact) -> String {
    let parts = [&contact.name, &contact.phone, &contact.phone_ext, &contact.email];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
