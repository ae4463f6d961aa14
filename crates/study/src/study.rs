//! The record of one study.

use crate::{
    AgencyClass, Arm, Coded, Contact, Design, Eligibility, Enrollment, Intervention, NctId, Official, Outcome, Phase,
    Site, Status, StudyDate, StudyDates, StudyType,
};

/// One study as its registry publishes it.
///
/// **Shape**: lists are in the order of the record and empty when it has none. `Study::default()` is a record that says
/// nothing; tests build on it.
///
/// **Unknown**: a field that the record does not give, or gives unreadably, is `None`; the registry's findings say which.
///
/// **Source**: ClinicalTrials.gov API v2 `protocolSection` and `derivedSection`; legacy `clinical_study`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Study {
    /// The registry's number.
    pub nct_id: Option<NctId>,
    /// What this record is called in output: the NCT number, else empty until the caller names it after its file.
    pub doc: String,
    /// Numbers under which the study was registered before, or by mistake.
    pub nct_aliases: Vec<String>,
    /// The sponsor's own number.
    pub org_study_id: Option<String>,
    /// Numbers that other bodies gave it.
    pub secondary_ids: Vec<String>,
    /// The short title.
    pub brief_title: Option<String>,
    /// The title of the protocol.
    pub official_title: Option<String>,
    /// The study's acronym.
    pub acronym: Option<String>,
    /// What the study is about, in short.
    pub brief_summary: Option<String>,
    /// What the study is about, at length.
    pub detailed_description: Option<String>,
    /// Whether the study takes participants.
    pub overall_status: Option<Coded<Status>>,
    /// The status before it became unknown; means something only with [`Status::Unknown`].
    pub last_known_status: Option<Coded<Status>>,
    /// Why it stopped.
    pub why_stopped: Option<String>,
    /// When it was posted, started, completed, changed.
    pub dates: StudyDates,
    /// What kind of study it is.
    pub study_type: Option<Coded<StudyType>>,
    /// Its phases; two for a phase 1/2 study.
    pub phases: Vec<Coded<Phase>>,
    /// How it is built.
    pub design: Design,
    /// How many take part.
    pub enrollment: Option<Enrollment>,
    /// Who is responsible.
    pub lead_sponsor: Option<Sponsor>,
    /// Who helps.
    pub collaborators: Vec<Sponsor>,
    /// The diseases or questions studied, in the sponsor's words.
    pub conditions: Vec<String>,
    /// The sponsor's keywords.
    pub keywords: Vec<String>,
    /// The arms.
    pub arms: Vec<Arm>,
    /// The interventions.
    pub interventions: Vec<Intervention>,
    /// What is measured first of all.
    pub primary_outcomes: Vec<Outcome>,
    /// Who may take part.
    pub eligibility: Eligibility,
    /// Where it is run.
    pub sites: Vec<Site>,
    /// Whom to ask about the whole study.
    pub central_contacts: Vec<Contact>,
    /// Who answers for the whole study.
    pub overall_officials: Vec<Official>,
    /// Who watches over it.
    pub oversight: Oversight,
    /// How many publications the record cites.
    pub n_references: usize,
    /// The documents that can be downloaded with the record.
    pub documents: Vec<Document>,
    /// Whether results are posted.
    pub has_results: Option<bool>,
    /// MeSH terms that the registry derived from the conditions.
    pub condition_meshes: MeshTerms,
    /// MeSH terms that the registry derived from the interventions.
    pub intervention_meshes: MeshTerms,
}

/// A body that is responsible for, or helps with, a study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sponsor {
    /// Its name.
    pub name: String,
    /// What kind of body it is.
    pub class: Option<Coded<AgencyClass>>,
}

/// Who watches over a study.
///
/// **Source**: `protocolSection.oversightModule`; `clinical_study/oversight_info`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oversight {
    /// Whether it has a data monitoring committee.
    pub has_dmc: Option<bool>,
    /// Whether it studies a drug that the FDA regulates.
    pub is_fda_regulated_drug: Option<bool>,
    /// Whether it studies a device that the FDA regulates.
    pub is_fda_regulated_device: Option<bool>,
    /// Whether it studies a device that is not approved.
    pub is_unapproved_device: Option<bool>,
    /// Whether its product is made in the U.S. and exported.
    pub is_us_export: Option<bool>,
}

/// A document that comes with a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What it is (`Study Protocol`).
    pub label: String,
    /// Its date.
    pub date: Option<StudyDate>,
    /// Its file name or address.
    pub location: Option<String>,
}

/// MeSH terms that a registry derived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeshTerms {
    /// The terms themselves.
    pub terms: Vec<MeshTerm>,
    /// The broader terms above them, of all terms together.
    pub ancestors: Vec<MeshTerm>,
    /// What else of the registry's browser they lead to.
    pub leaves: Vec<BrowseLeaf>,
}

/// A leaf of the registry's browser that a record leads to.
///
/// **Source**: API v2 `derivedSection.*BrowseModule.browseLeaves`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowseLeaf {
    /// Its number in the browser (`M10283`); not one of MeSH.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// The words of the record that lead to it.
    pub as_found: Option<String>,
    /// How near it is, the registry's word (`HIGH`, `LOW`).
    pub relevance: Option<String>,
}

/// One MeSH heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeshTerm {
    /// Its number (`D003924`); older records give only the name.
    pub id: Option<String>,
    /// Its name.
    pub term: String,
}

impl Study {
    /// The title to show: the short one, else the official one, else what the record is called.
    pub fn title(&self) -> &str {
        self.brief_title.as_deref().or(self.official_title.as_deref()).unwrap_or(&self.doc)
    }

    /// Whether the study as a whole says that anyone who fits may join now; enrolling by invitation is not that.
    ///
    /// **Unknown**: `None` when the status is missing, `UNKNOWN` or a word that is not in the list. A single site may differ.
    pub fn is_recruiting(&self) -> Option<bool> {
        match self.overall_status.as_ref()?.known()? {
            Status::Recruiting => Some(true),
            Status::Unknown => None,
            _ => Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_best_that_there_is() {
        let mut study = Study { doc: "NCT00000001".to_owned(), ..Study::default() };
        assert_eq!(study.title(), "NCT00000001");
        study.official_title = Some("A long title".to_owned());
        assert_eq!(study.title(), "A long title");
        study.brief_title = Some("A title".to_owned());
        assert_eq!(study.title(), "A title");
    }

    #[test]
    fn only_a_known_status_says_whether_the_study_recruits() {
        let with = |status| Study { overall_status: status, ..Study::default() }.is_recruiting();
        assert_eq!(with(Some(Status::Recruiting.into())), Some(true));
        assert_eq!(with(Some(Status::NotYetRecruiting.into())), Some(false));
        assert_eq!(with(Some(Status::EnrollingByInvitation.into())), Some(false));
        assert_eq!(with(Some(Status::Unknown.into())), None);
        assert_eq!(with(Some(Coded::Other("PAUSED".to_owned()))), None);
        assert_eq!(with(None), None);
    }
}
