//! Who may take part, as the record says it: the text and the fields beside it.

use crate::{AgeLimit, Coded, SamplingMethod, Sex, StandardAge};

/// The eligibility part of a record.
///
/// **Unknown**: a field that the record does not give is `None` or empty.
///
/// **Source**: `protocolSection.eligibilityModule`; `clinical_study/eligibility`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Eligibility {
    /// The criteria as received, after decoding; every span of a reading points into this text.
    pub text: Option<String>,
    /// The lowest age; `None` is no limit.
    pub minimum_age: Option<AgeLimit>,
    /// The highest age; `None` is no limit.
    pub maximum_age: Option<AgeLimit>,
    /// Which sexes may take part.
    pub sex: Option<Coded<Sex>>,
    /// Whether `sex` means gender identity.
    pub gender_based: Option<bool>,
    /// What the sponsor says about gender.
    pub gender_description: Option<String>,
    /// Whether people without the disease may take part.
    pub healthy_volunteers: Option<bool>,
    /// The registry's age groups, which it derives from the limits.
    pub standard_ages: Vec<Coded<StandardAge>>,
    /// The population of an observational study.
    pub study_population: Option<String>,
    /// How its participants are chosen.
    pub sampling_method: Option<Coded<SamplingMethod>>,
}
