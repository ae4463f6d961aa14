//! The registry's word lists: statuses, phases, kinds and roles.
//!
//! **Source**: ClinicalTrials.gov API v2 (OpenAPI description, schema enumerations); older spellings from the legacy XML and
//! from the first JSON API.

use crate::coded::word_list;

word_list! {
    /// Whether a study or one of its sites takes participants.
    Status {
        ActiveNotRecruiting = "ACTIVE_NOT_RECRUITING", "Active, not recruiting";
        Completed = "COMPLETED", "Completed";
        EnrollingByInvitation = "ENROLLING_BY_INVITATION", "Enrolling by invitation";
        NotYetRecruiting = "NOT_YET_RECRUITING", "Not yet recruiting";
        Recruiting = "RECRUITING", "Recruiting";
        Suspended = "SUSPENDED", "Suspended";
        Terminated = "TERMINATED", "Terminated";
        Withdrawn = "WITHDRAWN", "Withdrawn";
        Available = "AVAILABLE", "Available";
        NoLongerAvailable = "NO_LONGER_AVAILABLE", "No longer available";
        TemporarilyNotAvailable = "TEMPORARILY_NOT_AVAILABLE", "Temporarily not available";
        ApprovedForMarketing = "APPROVED_FOR_MARKETING", "Approved for marketing";
        Withheld = "WITHHELD", "Withheld";
        /// The sponsor has not verified the record for two years.
        Unknown = "UNKNOWN", "Unknown status";
    }
}

word_list! {
    /// The phase of an interventional study; a study of phase 1/2 has two.
    Phase {
        NotApplicable = "NA", "Not applicable";
        EarlyPhase1 = "EARLY_PHASE1", "Early phase 1", older "Phase 0";
        Phase1 = "PHASE1", "Phase 1";
        Phase2 = "PHASE2", "Phase 2";
        Phase3 = "PHASE3", "Phase 3";
        Phase4 = "PHASE4", "Phase 4";
    }
}

word_list! {
    /// What kind of study it is.
    StudyType {
        ExpandedAccess = "EXPANDED_ACCESS", "Expanded access";
        Interventional = "INTERVENTIONAL", "Interventional";
        Observational = "OBSERVATIONAL", "Observational", older "Observational [Patient Registry]";
    }
}

word_list! {
    /// Which sexes may take part.
    Sex {
        Female = "FEMALE", "Female";
        Male = "MALE", "Male";
        All = "ALL", "All", older "Both";
    }
}

word_list! {
    /// The registry's three age groups.
    StandardAge {
        /// Birth to 17 years.
        Child = "CHILD", "Child";
        /// 18 to 64 years.
        Adult = "ADULT", "Adult";
        /// 65 years and older.
        OlderAdult = "OLDER_ADULT", "Older adult";
    }
}

word_list! {
    /// How participants of an observational study are chosen.
    SamplingMethod {
        ProbabilitySample = "PROBABILITY_SAMPLE", "Probability sample";
        NonProbabilitySample = "NON_PROBABILITY_SAMPLE", "Non-probability sample";
    }
}

word_list! {
    /// Whether a date or a number has happened or is planned.
    DateKind {
        Actual = "ACTUAL", "Actual";
        Estimated = "ESTIMATED", "Estimated", older "Anticipated", older "Estimate";
    }
}

word_list! {
    /// What an intervention is.
    InterventionKind {
        Behavioral = "BEHAVIORAL", "Behavioral";
        Biological = "BIOLOGICAL", "Biological";
        CombinationProduct = "COMBINATION_PRODUCT", "Combination product";
        Device = "DEVICE", "Device";
        DiagnosticTest = "DIAGNOSTIC_TEST", "Diagnostic test";
        DietarySupplement = "DIETARY_SUPPLEMENT", "Dietary supplement";
        Drug = "DRUG", "Drug";
        Genetic = "GENETIC", "Genetic";
        Procedure = "PROCEDURE", "Procedure";
        Radiation = "RADIATION", "Radiation";
        Other = "OTHER", "Other";
    }
}

word_list! {
    /// What the participants of an arm are given.
    ArmKind {
        Experimental = "EXPERIMENTAL", "Experimental";
        ActiveComparator = "ACTIVE_COMPARATOR", "Active comparator";
        PlaceboComparator = "PLACEBO_COMPARATOR", "Placebo comparator";
        ShamComparator = "SHAM_COMPARATOR", "Sham comparator";
        NoIntervention = "NO_INTERVENTION", "No intervention";
        Other = "OTHER", "Other";
    }
}

word_list! {
    /// What kind of body pays for or runs the study.
    AgencyClass {
        Nih = "NIH", "NIH";
        Fed = "FED", "U.S. federal agency", older "U.S. Fed";
        OtherGov = "OTHER_GOV", "Other government";
        Individual = "INDIV", "Individual";
        Industry = "INDUSTRY", "Industry";
        Network = "NETWORK", "Network";
        Ambiguous = "AMBIG", "Ambiguous";
        Other = "OTHER", "Other";
        Unknown = "UNKNOWN", "Unknown";
    }
}

word_list! {
    /// What a named person does for the study.
    ContactRole {
        StudyChair = "STUDY_CHAIR", "Study chair";
        StudyDirector = "STUDY_DIRECTOR", "Study director";
        PrincipalInvestigator = "PRINCIPAL_INVESTIGATOR", "Principal investigator";
        SubInvestigator = "SUB_INVESTIGATOR", "Sub-investigator";
        Contact = "CONTACT", "Contact";
    }
}

word_list! {
    /// How participants come into an arm.
    Allocation {
        Randomized = "RANDOMIZED", "Randomized";
        NonRandomized = "NON_RANDOMIZED", "Non-randomized";
        NotApplicable = "NA", "Not applicable";
    }
}

word_list! {
    /// How the arms of an interventional study relate.
    InterventionModel {
        SingleGroup = "SINGLE_GROUP", "Single group", older "Single Group Assignment";
        Parallel = "PARALLEL", "Parallel", older "Parallel Assignment";
        Crossover = "CROSSOVER", "Crossover", older "Crossover Assignment";
        Factorial = "FACTORIAL", "Factorial", older "Factorial Assignment";
        Sequential = "SEQUENTIAL", "Sequential", older "Sequential Assignment";
    }
}

word_list! {
    /// What an interventional study is for.
    PrimaryPurpose {
        Treatment = "TREATMENT", "Treatment";
        Prevention = "PREVENTION", "Prevention";
        Diagnostic = "DIAGNOSTIC", "Diagnostic";
        EducationalCounselingTraining = "ECT", "Educational, counseling or training", older "Educational/Counseling/Training";
        SupportiveCare = "SUPPORTIVE_CARE", "Supportive care";
        Screening = "SCREENING", "Screening";
        HealthServicesResearch = "HEALTH_SERVICES_RESEARCH", "Health services research";
        BasicScience = "BASIC_SCIENCE", "Basic science";
        DeviceFeasibility = "DEVICE_FEASIBILITY", "Device feasibility";
        Other = "OTHER", "Other";
    }
}

word_list! {
    /// How many parties do not know who is given what.
    Masking {
        None = "NONE", "None (open label)", older "Open Label", older "No masking";
        Single = "SINGLE", "Single", older "Single Blind";
        Double = "DOUBLE", "Double", older "Double Blind", older "Double-Blind";
        Triple = "TRIPLE", "Triple";
        Quadruple = "QUADRUPLE", "Quadruple";
    }
}

word_list! {
    /// Who does not know who is given what.
    WhoMasked {
        Participant = "PARTICIPANT", "Participant", older "Subject";
        CareProvider = "CARE_PROVIDER", "Care provider", older "Caregiver";
        Investigator = "INVESTIGATOR", "Investigator";
        OutcomesAssessor = "OUTCOMES_ASSESSOR", "Outcomes assessor";
    }
}

word_list! {
    /// How an observational study groups its participants.
    ObservationalModel {
        Cohort = "COHORT", "Cohort";
        CaseControl = "CASE_CONTROL", "Case-control";
        CaseOnly = "CASE_ONLY", "Case-only";
        CaseCrossover = "CASE_CROSSOVER", "Case-crossover";
        EcologicOrCommunity = "ECOLOGIC_OR_COMMUNITY", "Ecologic or community";
        FamilyBased = "FAMILY_BASED", "Family-based";
        DefinedPopulation = "DEFINED_POPULATION", "Defined population";
        NaturalHistory = "NATURAL_HISTORY", "Natural history";
        Other = "OTHER", "Other";
    }
}

word_list! {
    /// Whether an observational study looks forward or back.
    TimePerspective {
        Retrospective = "RETROSPECTIVE", "Retrospective";
        Prospective = "PROSPECTIVE", "Prospective";
        CrossSectional = "CROSS_SECTIONAL", "Cross-sectional";
        Other = "OTHER", "Other";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Coded, WordList};
    use std::fmt::Debug;

    fn check<T: WordList + Debug>(written: &str, expected: Option<T>) {
        let read: Coded<T> = Coded::from_word(written);
        assert_eq!(read.known(), expected, "{written}");
        if expected.is_none() {
            assert_eq!(read.as_str(), written);
        }
    }

    #[test]
    fn spellings_of_every_form_of_the_record_are_read() {
        check("ACTIVE_NOT_RECRUITING", Some(Status::ActiveNotRecruiting));
        check("Active, not recruiting", Some(Status::ActiveNotRecruiting));
        check("Unknown status", Some(Status::Unknown));
        check("N/A", Some(Phase::NotApplicable));
        check("Phase 0", Some(Phase::EarlyPhase1));
        check("N_A", Some(Allocation::NotApplicable));
        check("Both", Some(Sex::All));
        check("U.S. Fed", Some(AgencyClass::Fed));
        check("NONE_OPEN_LABEL", Some(Masking::None));
        check("Anticipated", Some(DateKind::Estimated));
        check("Non-Probability Sample", Some(SamplingMethod::NonProbabilitySample));
        check("Parallel Assignment", Some(InterventionModel::Parallel));
    }

    #[test]
    fn an_unknown_word_is_kept_and_never_guessed() {
        check::<Status>("PAUSED BY SPONSOR", None);
        check::<Status>("", None);
        check::<Phase>("PHASE1/PHASE2", None);
        check::<Sex>("fem", None);
        check::<Sex>("FÉMALE", None);
    }

    fn no_two_share_a_spelling<T: WordList + Debug>() {
        for value in T::ALL {
            check(value.word(), Some(*value));
            check(value.label(), Some(*value));
            for spelling in value.older_spellings() {
                check(spelling, Some(*value));
            }
        }
    }

    #[test]
    fn every_spelling_leads_to_its_own_word() {
        no_two_share_a_spelling::<Status>();
        no_two_share_a_spelling::<Phase>();
        no_two_share_a_spelling::<StudyType>();
        no_two_share_a_spelling::<Sex>();
        no_two_share_a_spelling::<StandardAge>();
        no_two_share_a_spelling::<SamplingMethod>();
        no_two_share_a_spelling::<DateKind>();
        no_two_share_a_spelling::<InterventionKind>();
        no_two_share_a_spelling::<ArmKind>();
        no_two_share_a_spelling::<AgencyClass>();
        no_two_share_a_spelling::<ContactRole>();
        no_two_share_a_spelling::<Allocation>();
        no_two_share_a_spelling::<InterventionModel>();
        no_two_share_a_spelling::<PrimaryPurpose>();
        no_two_share_a_spelling::<Masking>();
        no_two_share_a_spelling::<WhoMasked>();
        no_two_share_a_spelling::<ObservationalModel>();
        no_two_share_a_spelling::<TimePerspective>();
    }
}
