//! The API v2 study object, module by module.

use super::describe;
use super::object::Object;
use crate::RegistryError;
use crate::field::Findings;
use serde_json::Value;
use trialway_diagnostics::Parsed;
use trialway_study::{
    Arm, BrowseLeaf, Contact, Design, Document, Eligibility, Enrollment, GeoPoint, Intervention, MeshTerm, MeshTerms,
    Official, Outcome, Oversight, Site, Sponsor, Study, StudyDates,
};

/// Reads an API v2 study object.
///
/// **Shape**: fields in the registry's order; a field that this crate does not know is ignored.
///
/// **Unknown**: a field of the wrong type is left out with a finding (`REG001` to `REG007`, `REG010`, `REG013`), and so on field by
/// field.
///
/// **Errors**: [`RegistryError::NotAStudy`] when there is no `protocolSection` object.
///
/// **Source**: `protocolSection`, `derivedSection`, `documentSection`, `hasResults`.
pub fn parse_study_json(value: &Value) -> Result<Parsed<Study>, RegistryError> {
    let record = match value.as_object() {
        Some(record) if record.get("protocolSection").is_some_and(Value::is_object) => record,
        _ => return Err(describe(value)),
    };
    let findings = Findings::default();
    let study = read_study(&Object::root(record, &findings));
    Ok(findings.finish(study, "protocolSection.eligibilityModule.eligibilityCriteria", "protocolSection"))
}

fn read_study(record: &Object) -> Study {
    let protocol = record.object("protocolSection");
    let mut study = Study::default();
    read_identification(&protocol.object("identificationModule"), &mut study);
    read_status(&protocol.object("statusModule"), &mut study);
    let sponsors = protocol.object("sponsorCollaboratorsModule");
    let lead = sponsors.object("leadSponsor");
    study.lead_sponsor = lead.text("name").map(|name| Sponsor { name, class: lead.coded("class") });
    study.collaborators = sponsors.objects("collaborators", read_sponsor);
    study.oversight = read_oversight(&protocol.object("oversightModule"));
    let description = protocol.object("descriptionModule");
    study.brief_summary = description.text("briefSummary");
    study.detailed_description = description.text("detailedDescription");
    let conditions = protocol.object("conditionsModule");
    study.conditions = conditions.texts("conditions");
    study.keywords = conditions.texts("keywords");
    read_design(&protocol.object("designModule"), &mut study);
    let arms = protocol.object("armsInterventionsModule");
    study.arms = arms.objects("armGroups", read_arm);
    study.interventions = arms.objects("interventions", read_intervention);
    study.primary_outcomes = protocol.object("outcomesModule").objects("primaryOutcomes", read_outcome);
    study.eligibility = read_eligibility(&protocol.object("eligibilityModule"));
    let contacts = protocol.object("contactsLocationsModule");
    study.central_contacts = contacts.objects("centralContacts", read_contact);
    study.overall_officials = contacts.objects("overallOfficials", read_official);
    study.sites = contacts.objects("locations", read_site);
    study.n_references = protocol.object("referencesModule").count("references");
    study.documents =
        record.object("documentSection").object("largeDocumentModule").objects("largeDocs", read_document);
    study.has_results = record.flag("hasResults");
    let derived = record.object("derivedSection");
    study.condition_meshes = read_meshes(&derived.object("conditionBrowseModule"));
    study.intervention_meshes = read_meshes(&derived.object("interventionBrowseModule"));
    study
}

fn read_identification(module: &Object, study: &mut Study) {
    module.findings().identify(study, module.text("nctId"), &module.path("nctId"));
    study.nct_aliases = module.texts("nctIdAliases");
    study.org_study_id = module.object("orgStudyIdInfo").text("id");
    study.secondary_ids = module.objects("secondaryIdInfos", |info| info.text("id")).into_iter().flatten().collect();
    study.brief_title = module.text("briefTitle");
    study.official_title = module.text("officialTitle");
    study.acronym = module.text("acronym");
}

fn read_status(module: &Object, study: &mut Study) {
    study.overall_status = module.coded("overallStatus");
    study.last_known_status = module.coded("lastKnownStatus");
    study.why_stopped = module.text("whyStopped");
    study.dates = StudyDates {
        first_submitted: module.date("studyFirstSubmitDate"),
        first_posted: module.date_struct("studyFirstPostDateStruct"),
        last_update_submitted: module.date("lastUpdateSubmitDate"),
        last_update_posted: module.date_struct("lastUpdatePostDateStruct"),
        verified: module.date("statusVerifiedDate"),
        start: module.date_struct("startDateStruct"),
        primary_completion: module.date_struct("primaryCompletionDateStruct"),
        completion: module.date_struct("completionDateStruct"),
        results_first_posted: module.date_struct("resultsFirstPostDateStruct"),
    };
}

fn read_oversight(module: &Object) -> Oversight {
    Oversight {
        has_dmc: module.flag("oversightHasDmc"),
        is_fda_regulated_drug: module.flag("isFdaRegulatedDrug"),
        is_fda_regulated_device: module.flag("isFdaRegulatedDevice"),
        is_unapproved_device: module.flag("isUnapprovedDevice"),
        is_us_export: module.flag("isUsExport"),
    }
}

fn read_design(module: &Object, study: &mut Study) {
    study.study_type = module.coded("studyType");
    study.phases = module.coded_list("phases");
    let info = module.object("designInfo");
    let masking = info.object("maskingInfo");
    study.design = Design {
        allocation: info.coded("allocation"),
        intervention_model: info.coded("interventionModel"),
        intervention_model_description: info.text("interventionModelDescription"),
        primary_purpose: info.coded("primaryPurpose"),
        masking: masking.coded("masking"),
        who_masked: masking.coded_list("whoMasked"),
        masking_description: masking.text("maskingDescription"),
        observational_model: info.coded("observationalModel"),
        time_perspective: info.coded("timePerspective"),
    };
    let enrollment = module.object("enrollmentInfo");
    let kind = enrollment.coded("type");
    study.enrollment = enrollment.whole_number("count").map(|count| Enrollment { count, kind });
}

fn read_sponsor(sponsor: &Object) -> Sponsor {
    Sponsor { name: sponsor.text("name").unwrap_or_default(), class: sponsor.coded("class") }
}

fn read_arm(arm: &Object) -> Arm {
    Arm {
        label: arm.text("label").unwrap_or_default(),
        kind: arm.coded("type"),
        description: arm.text("description"),
        interventions: arm.texts("interventionNames"),
    }
}

fn read_intervention(intervention: &Object) -> Intervention {
    Intervention {
        kind: intervention.coded("type"),
        name: intervention.text("name").unwrap_or_default(),
        description: intervention.text("description"),
        other_names: intervention.texts("otherNames"),
        arm_labels: intervention.texts("armGroupLabels"),
    }
}

fn read_outcome(outcome: &Object) -> Outcome {
    Outcome {
        measure: outcome.text("measure").unwrap_or_default(),
        description: outcome.text("description"),
        time_frame: outcome.text("timeFrame"),
    }
}

fn read_eligibility(module: &Object) -> Eligibility {
    Eligibility {
        text: module.text("eligibilityCriteria"),
        minimum_age: module.age("minimumAge"),
        maximum_age: module.age("maximumAge"),
        sex: module.coded("sex"),
        gender_based: module.flag("genderBased"),
        gender_description: module.text("genderDescription"),
        healthy_volunteers: module.flag("healthyVolunteers"),
        standard_ages: module.coded_list("stdAges"),
        study_population: module.text("studyPopulation"),
        sampling_method: module.coded("samplingMethod"),
    }
}

fn read_site(site: &Object) -> Site {
    Site {
        facility: site.text("facility"),
        status: site.coded("status"),
        city: site.text("city"),
        state: site.text("state"),
        zip: site.text("zip"),
        country: site.text("country"),
        point: read_point(&site.object("geoPoint")),
        contacts: site.objects("contacts", read_contact),
    }
}

fn read_point(point: &Object) -> Option<GeoPoint> {
    let (lat, lon) = (point.degrees("lat"), point.degrees("lon"));
    point.findings().point(lat?, lon?, || point.own_path())
}

fn read_contact(contact: &Object) -> Contact {
    Contact {
        name: contact.text("name"),
        role: contact.coded("role"),
        phone: contact.text("phone"),
        phone_ext: contact.text("phoneExt"),
        email: contact.text("email"),
    }
}

fn read_official(official: &Object) -> Official {
    Official { name: official.text("name"), role: official.coded("role"), affiliation: official.text("affiliation") }
}

fn read_document(document: &Object) -> Document {
    Document {
        label: document.text("label").unwrap_or_default(),
        date: document.date("date"),
        location: document.text("filename"),
    }
}

fn read_meshes(module: &Object) -> MeshTerms {
    let read = |key| {
        module
            .objects(key, |mesh| Some(MeshTerm { id: mesh.text("id"), term: mesh.text("term")? }))
            .into_iter()
            .flatten()
            .collect()
    };
    let leaf = |leaf: &Object| {
        Some(BrowseLeaf {
            id: leaf.text("id"),
            name: leaf.text("name")?,
            as_found: leaf.text("asFound"),
            relevance: leaf.text("relevance"),
        })
    };
    let leaves = module.objects("browseLeaves", leaf).into_iter().flatten().collect();
    MeshTerms { terms: read("meshes"), ancestors: read("ancestors"), leaves }
}
