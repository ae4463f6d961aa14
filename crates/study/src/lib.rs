//! A clinical study as Trialway holds it: what a registry publishes about it, whatever form it was received in.
//!
//! ```text
//! API v2 JSON ----\
//!                  registry --> Study { eligibility, sites, dates, arms, ... } --> eligibility, matching, search, store
//! legacy XML -----/
//! ```
//!
//! This crate holds facts and knows no wire format: it reads nothing and writes nothing. Words of the registry are kept as
//! open sets ([`Coded`]), so that a word which is new tomorrow is carried, not lost.
//!
//! Reading order: [`study`] (the record), [`eligibility`] (who may take part), [`age`] (published age limits), [`site`]
//! (where, and whether it recruits), [`design`] (arms, interventions, outcomes), [`date`] (partial dates), [`freshness`] (records left alone), [`words`] (the
//! registry's word lists), [`coded`] (open sets), [`nct_id`].

pub mod age;
pub mod coded;
pub mod date;
pub mod design;
pub mod eligibility;
pub mod freshness;
pub mod nct_id;
pub mod site;
pub mod study;
pub mod words;

pub use age::{AgeLimit, AgeUnit, PublishedAge};
pub use coded::{Coded, WordList};
pub use date::{StudyDate, StudyDates};
pub use design::{Arm, Design, Enrollment, Intervention, Outcome};
pub use eligibility::Eligibility;
pub use freshness::Stale;
pub use nct_id::NctId;
pub use site::{Contact, GeoPoint, Official, Site, SiteStatusSource};
pub use study::{BrowseLeaf, Document, MeshTerm, MeshTerms, Oversight, Sponsor, Study};
pub use words::{
    AgencyClass, Allocation, ArmKind, ContactRole, DateKind, InterventionKind, InterventionModel, Masking,
    ObservationalModel, Phase, PrimaryPurpose, SamplingMethod, Sex, StandardAge, Status, StudyType, TimePerspective,
    WhoMasked,
};
