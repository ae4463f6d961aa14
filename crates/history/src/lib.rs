//! What changed from one version of a study's record to the next, so that a person can read it.
//!
//! ```text
//! older, newer: Study -> fields (status, dates, ...) --\
//!                     -> sites                          > Vec<Change>
//!                     -> criteria, one by one         --/
//! ```
//!
//! Pure: the same two records give the same changes. Nothing is read out of a change: what it means for a patient is for
//! whoever screens. Reading order: [`Change`], `fields`, `sites`, [`criteria`], [`wording`].

pub mod criteria;
mod fields;
mod sites;
pub mod wording;

use trialway_criteria::Kind;
use trialway_study::Study;

/// What part of a record changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Whether the study takes participants.
    Status,
    /// A field of the record, by its name for people.
    Field(&'static str),
    /// A site, by its name for people.
    Site(String),
    /// A criterion.
    Criterion(Kind),
    /// Something that is not compared part by part.
    Rest,
}

/// One change.
///
/// **Shape**: `before` is `None` for what is new, `after` for what is gone; both are given for what is otherwise now, and
/// neither where only the fact is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub part: Part,
    /// As it was, in the record's words.
    pub before: Option<String>,
    /// As it is, in the record's words.
    pub after: Option<String>,
}

impl Change {
    fn new(part: Part, before: Option<String>, after: Option<String>) -> Self {
        Self { part, before, after }
    }

    /// What changed, for a heading: `Status`, `Site: City Hospital, Lyon`, `Criterion for taking part`.
    pub fn heading(&self) -> String {
        match &self.part {
            Part::Status => "Status".to_owned(),
            Part::Field(name) => (*name).to_owned(),
            Part::Site(name) => format!("Site: {name}"),
            Part::Criterion(Kind::Inclusion) => "Inclusion criterion".to_owned(),
            Part::Criterion(Kind::Exclusion) => "Exclusion criterion".to_owned(),
            Part::Rest => "Other parts of the record".to_owned(),
        }
    }

    /// What happened to it: `added`, `removed` or `changed`.
    pub fn verb(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, Some(_)) => "added",
            (Some(_), None) => "removed",
            _ => "changed",
        }
    }

    /// The change in one sentence.
    pub fn sentence(&self) -> String {
        let heading = self.heading();
        match (&self.before, &self.after) {
            (None, None) => format!("{heading} changed"),
            (None, Some(after)) => format!("{heading} added: {after}"),
            (Some(before), None) => format!("{heading} removed: {before}"),
            (Some(before), Some(after)) => format!("{heading} changed from “{before}” to “{after}”"),
        }
    }
}

/// What changed, most telling first: status, criteria, sites, other fields.
///
/// **Shape**: empty when the two records say the same. A difference that no part accounts for is [`Part::Rest`], so that a
/// change is never passed off as none.
pub fn changes(older: &Study, newer: &Study) -> Vec<Change> {
    if older == newer {
        return Vec::new();
    }
    let mut out = Vec::new();
    let status = |study: &Study| study.overall_status.as_ref().map(|status| status.label().to_owned());
    fields::push(&mut out, Part::Status, status(older), status(newer));
    out.extend(criteria::changes(&older.eligibility, &newer.eligibility));
    out.extend(sites::changes(older, newer));
    out.extend(fields::changes(older, newer));
    if out.is_empty() {
        out.push(Change::new(Part::Rest, None, None));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use trialway_study::{Eligibility, Status};

    #[test]
    fn what_no_part_accounts_for_is_said() {
        let older = Study::default();
        let newer = Study { n_references: 3, ..Study::default() };
        let found = changes(&older, &newer);
        assert_eq!((found.len(), found[0].sentence().as_str()), (1, "Other parts of the record changed"));
        assert_eq!(changes(&older, &older), []);
    }

    #[test]
    fn the_status_comes_first_and_each_change_is_a_sentence() {
        let text = |text: &str| Eligibility { text: Some(text.to_owned()), ..Eligibility::default() };
        let older = Study {
            overall_status: Some(Status::Recruiting.into()),
            eligibility: text("Inclusion Criteria:\n\n* Adults\n* Gout\n\nExclusion Criteria:\n\n* Pregnancy"),
            ..Study::default()
        };
        let newer = Study {
            overall_status: Some(Status::Completed.into()),
            brief_title: Some("A title".to_owned()),
            eligibility: text("Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* Pregnancy\n* Dialysis"),
            ..Study::default()
        };
        let sentences: Vec<String> = changes(&older, &newer).iter().map(Change::sentence).collect();
        assert_eq!(
            sentences,
            [
                "Status changed from “Recruiting” to “Completed”",
                "Inclusion criterion removed: Gout",
                "Exclusion criterion added: Dialysis",
                "Title added: A title",
            ]
        );
    }
}
