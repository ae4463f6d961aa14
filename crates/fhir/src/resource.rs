//! One resource to facts: which count, and what they say.

mod allergy;
mod answers;
mod condition;
mod event;
mod family;
mod medication;
mod observation;
mod report;
mod research;
mod value;

use crate::element::{Reader, items, read_all, read_coded};
use crate::reference::{self, Index};
use serde_json::Value;
use trialway_patient::meaning;
use trialway_patient::{Fact, PartialDate, RecordedSex};
use trialway_terminology::{ConceptId, Layered};

/// What is known of the whole record while one resource of it is read.
pub(crate) struct Record<'a> {
    pub index: Index<'a>,
    pub terminology: &'a Layered<'a>,
    /// Id of the Patient; none where the record has no Patient.
    pub patient: Option<String>,
    /// Addresses of the Patient.
    pub urls: Vec<String>,
    pub birth: Option<PartialDate>,
    pub sex: Option<RecordedSex>,
}

/// The facts of a resource, or why it does not count.
pub(crate) type Facts = Result<Vec<Fact>, &'static str>;

/// Why a resource about somebody else does not count.
pub(crate) const OF_ANOTHER: &str = "about another person or thing than the patient";

/// Elements that say whose record it is.
const SUBJECTS: [&str; 3] = ["subject", "patient", "individual"];

/// Reads a resource.
pub(crate) fn read<'a>(
    resource: &'a Value,
    kind: &str,
    id: &str,
    record: &Record<'a>,
    reader: &mut Reader<'_>,
) -> Facts {
    let status = resource.get("status").and_then(Value::as_str).unwrap_or_default();
    match status {
        "entered-in-error" => return Err("entered in error"),
        "cancelled" | "not-done" | "not-taken" | "draft" | "preparation" | "intended" => {
            return Err("did not take place, or not yet");
        }
        _ => {}
    }
    if resource.get("modifierExtension").is_some() {
        return Err("it has a modifier extension, which may turn what it says");
    }
    if is_of_another(resource, record) {
        return Err(OF_ANOTHER);
    }
    match kind {
        "Condition" => condition::read(resource, id, record, reader),
        "Observation" => observation::read(resource, id, status, record, reader),
        "DiagnosticReport" => report::read(resource, id, status, record, reader),
        "MedicationStatement" | "MedicationRequest" | "MedicationAdministration" | "MedicationDispense" => {
            medication::read(resource, kind, id, status, record, reader)
        }
        "Procedure" => event::procedure(resource, id, status, record, reader),
        "Immunization" => event::immunization(resource, id, record, reader),
        "Encounter" => event::encounter(resource, id, status, record, reader),
        "Device" | "DeviceUseStatement" => event::device(resource, kind, id, status, record, reader),
        "AllergyIntolerance" => allergy::read(resource, id, record, reader),
        "ResearchSubject" => research::participation(resource, id, status, record, reader),
        "Consent" => research::consent(resource, id, status, record, reader),
        "FamilyMemberHistory" => family::read(resource, id, record, reader),
        "QuestionnaireResponse" => answers::read(resource, id, status, record, reader),
        "ResearchStudy" => Err("read with the ResearchSubject or Consent that names it"),
        "Medication" | "Specimen" | "Questionnaire" => Err("read with the resource that names it"),
        "ServiceRequest"
        | "CarePlan"
        | "Appointment"
        | "Goal"
        | "NutritionOrder"
        | "DeviceRequest"
        | "Task"
        | "ImmunizationRecommendation"
        | "ProcedureRequest"
        | "ReferralRequest"
        | "RequestGroup"
        | "VisionPrescription"
        | "CommunicationRequest"
        | "MedicationOrder" => Err("a plan or an order, not an event"),
        "RelatedPerson" | "Practitioner" | "PractitionerRole" | "Organization" | "Location" | "Person" | "CareTeam"
        | "HealthcareService" | "Endpoint" | "Group" => Err("about someone else, or a place"),
        "Claim"
        | "ClaimResponse"
        | "ExplanationOfBenefit"
        | "Coverage"
        | "Account"
        | "Invoice"
        | "ChargeItem"
        | "PaymentNotice"
        | "PaymentReconciliation"
        | "CoverageEligibilityRequest"
        | "CoverageEligibilityResponse" => Err("about payment; a claim is no proof of what it names"),
        "ImagingStudy" | "Media" | "DocumentReference" | "Binary" | "DocumentManifest" => {
            Err("images or a document, which are not read; a report of them is")
        }
        "Provenance" | "AuditEvent" | "List" | "Composition" | "OperationOutcome" | "MessageHeader" | "Basic"
        | "Flag" | "DetectedIssue" | "Linkage" | "Slot" | "Schedule" => {
            Err("about the record or its use, not a finding")
        }
        "RiskAssessment" | "ClinicalImpression" => Err("an opinion or a forecast, which no criterion is decided by"),
        "" => Err("it has no resource type"),
        _ => Err("this kind of resource is not used"),
    }
}

/// Kinds of things and people whose observations are not the patient's; a disease or a finding of the patient is none of them.
const OTHERS: [&str; 8] = [
    "RelatedPerson",
    "Person",
    "Practitioner",
    "Group",
    "Device",
    "Location",
    "Substance",
    "BiologicallyDerivedProduct",
];

/// Whether it names a subject other than the patient, or a focus that is somebody or something else (a fetus, a donor).
fn is_of_another<'a>(resource: &'a Value, record: &Record<'a>) -> bool {
    let mut focus = items(resource, "focus").filter_map(|focus| {
        let found = record.index.resolve(resource, Some(focus)).map(reference::kind);
        found.or_else(|| reference::target(focus).map(|(kind, _)| kind))
    });
    if focus.any(|kind| OTHERS.contains(&kind)) {
        return true;
    }
    let Some(patient) = &record.patient else { return false };
    SUBJECTS.iter().filter_map(|key| resource.get(*key)).any(|subject| {
        let Some(written) = subject.get("reference").and_then(Value::as_str) else { return false };
        if record.urls.iter().any(|url| url == written) {
            return false;
        }
        match reference::target(subject) {
            Some(("Patient", id)) => !patient.is_empty() && id != patient,
            Some((kind, _)) => OTHERS.contains(&kind),
            None => false,
        }
    })
}

/// What the reasons of an event are, coded or by reference to a condition or observation of the record.
pub(super) fn reasons<'a>(resource: &'a Value, record: &Record<'a>) -> Vec<ConceptId> {
    let coded = items(resource, "reasonCode").map(|reason| read_coded(Some(reason)));
    let referred = items(resource, "reasonReference").filter_map(|reason| {
        let found = record.index.resolve(resource, Some(reason))?;
        let refuted = read_coded(found.get("verificationStatus")).is_any(&["refuted", "entered-in-error"]);
        (reference::kind(found) == "Condition" && !refuted).then(|| read_coded(found.get("code")))
    });
    let mut out = Vec::new();
    for reason in coded.chain(referred) {
        out.extend(meaning::concepts(&reason, record.terminology));
    }
    out
}

/// The site of the body, as a note.
pub(super) fn sites(resource: &Value) -> Vec<String> {
    read_all(resource.get("bodySite"))
        .iter()
        .filter(|site| !site.is_empty())
        .map(|site| format!("site: {}", site.label()))
        .collect()
}

/// A quantity as written, for notes.
pub(super) fn quantity_text(quantity: &Value) -> Option<String> {
    let value = match quantity.get("value")? {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    let unit = quantity.get("unit").or_else(|| quantity.get("code")).and_then(Value::as_str).unwrap_or_default();
    Some(format!("{value} {unit}").trim_end().to_owned())
}
