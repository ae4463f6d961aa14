//! What a study does: its design, arms, interventions and outcomes.

use crate::{
    Allocation, ArmKind, Coded, DateKind, InterventionKind, InterventionModel, Masking, ObservationalModel,
    PrimaryPurpose, TimePerspective, WhoMasked,
};

/// How the study is built.
///
/// **Source**: `protocolSection.designModule.designInfo`; `clinical_study/study_design_info`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Design {
    /// How participants come into an arm.
    pub allocation: Option<Coded<Allocation>>,
    /// How the arms relate.
    pub intervention_model: Option<Coded<InterventionModel>>,
    /// The model in the sponsor's words.
    pub intervention_model_description: Option<String>,
    /// What the study is for.
    pub primary_purpose: Option<Coded<PrimaryPurpose>>,
    /// How many parties are masked.
    pub masking: Option<Coded<Masking>>,
    /// Who is masked.
    pub who_masked: Vec<Coded<WhoMasked>>,
    /// The masking in the sponsor's words.
    pub masking_description: Option<String>,
    /// How an observational study groups its participants.
    pub observational_model: Option<Coded<ObservationalModel>>,
    /// Whether an observational study looks forward or back.
    pub time_perspective: Option<Coded<TimePerspective>>,
}

/// How many take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrollment {
    /// The number of participants.
    pub count: u64,
    /// Whether they are enrolled or planned.
    pub kind: Option<Coded<DateKind>>,
}

/// A group of participants that is treated alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arm {
    /// Its name.
    pub label: String,
    /// What its participants are given.
    pub kind: Option<Coded<ArmKind>>,
    /// What happens in it.
    pub description: Option<String>,
    /// Its interventions, as the record names them (`Drug: Examplamab`).
    pub interventions: Vec<String>,
}

/// Something that is given, done or observed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intervention {
    /// What it is.
    pub kind: Option<Coded<InterventionKind>>,
    /// Its name.
    pub name: String,
    /// What is done with it.
    pub description: Option<String>,
    /// Its other names.
    pub other_names: Vec<String>,
    /// The labels of the arms that get it.
    pub arm_labels: Vec<String>,
}

/// Something that is measured to learn whether the study worked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What is measured.
    pub measure: String,
    /// How.
    pub description: Option<String>,
    /// When, or for how long.
    pub time_frame: Option<String>,
}

impl Enrollment {
    /// Whether the number is of people enrolled (`true`) or planned (`false`).
    ///
    /// **Unknown**: `None` when the record does not say.
    pub fn is_actual(&self) -> Option<bool> {
        Some(self.kind.as_ref()?.known()? == DateKind::Actual)
    }
}
