//! A study's criteria in the order in which a cohort goes through them.

use crate::loosen::{self, Limit};
use crate::row::Row;
use trialway_criteria::{CriterionId, Kind};
use trialway_eligibility::logic::StudyLogic;
use trialway_matching::{Options, screen};
use trialway_patient::Facts;
use trialway_terminology::Terminology;

/// A criterion as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: CriterionId,
    /// Its section.
    pub kind: Kind,
    /// Its own words.
    pub text: String,
}

/// A study made ready to hold patients against.
///
/// **Shape**: the record's own fields first (age and sex are known of nearly everybody), then top-level criteria in document order.
pub struct Protocol<'a> {
    logic: &'a StudyLogic,
    terminology: &'a Terminology,
    items: Vec<Item>,
    limits: Vec<Limit>,
}

impl<'a> Protocol<'a> {
    /// A study's criteria, with the limits that could be loosened.
    pub fn new(logic: &'a StudyLogic, terminology: &'a Terminology) -> Self {
        let fields = logic.structured.iter().map(|field| Item {
            id: field.id.clone(),
            kind: Kind::Inclusion,
            text: field.text.clone(),
        });
        let criteria = logic.criteria.iter().map(|criterion| Item {
            id: criterion.id.clone(),
            kind: criterion.kind,
            text: criterion.own.text().to_owned(),
        });
        Self { logic, terminology, items: fields.chain(criteria).collect(), limits: loosen::limits(logic, terminology) }
    }

    /// The criteria, in the order of the funnel.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The numeric limits of all criteria.
    pub fn limits(&self) -> &[Limit] {
        &self.limits
    }

    /// Whether the text has criteria at all.
    pub fn has_criteria(&self) -> bool {
        !self.logic.criteria.is_empty()
    }

    /// Holds one patient against the study.
    pub fn hold(&self, facts: &Facts, options: &Options) -> Row {
        let screening = screen(self.logic, facts, options, self.terminology);
        let mut row = Row::new(facts.patient.clone(), screening);
        if let Some(only) = row.only_failure() {
            row.loosened = loosen::loosened(self, only, facts, options);
        }
        row
    }

    pub(crate) fn logic(&self) -> &StudyLogic {
        self.logic
    }

    pub(crate) fn terminology(&self) -> &Terminology {
        self.terminology
    }
}
