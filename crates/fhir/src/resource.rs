//! One resource to facts: which count, and what they say.

mod observation;

use crate::element::{Coded, Reader, notes};
use crate::meaning;
use serde_json::Value;
use std::collections::BTreeMap;
use trialway_patient::{Certainty, Fact, FactKind, Finding, Period, Provenance, RecordedStatus, Value as Recorded};
use trialway_terminology::{ConceptId, Domain, Layered, Terminology};

type Studies<'a> = BTreeMap<String, &'a Value>;

/// The facts of a resource, or why it does not count.
pub(crate) fn read(
    resource: &Value,
    kind: &str,
    id: &str,
    studies: &Studies<'_>,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    let status = resource.get("status").and_then(Value::as_str).unwrap_or_default();
    match status {
        "entered-in-error" => return Err("entered in error"),
        "cancelled" | "not-done" | "not-taken" | "draft" | "preparation" | "intended" => {
            return Err("did not take place, or not yet");
        }
        _ => {}
    }
    match kind {
        "Condition" => condition(resource, id, terminology, reader),
        "Observation" => observation::read(resource, id, status, terminology, reader),
        "DiagnosticReport" => report(resource, id, status, terminology, reader),
        "MedicationStatement" | "MedicationRequest" | "MedicationAdministration" | "MedicationDispense" => {
            medication(resource, kind, id, status, terminology, reader)
        }
        "Procedure" => procedure(resource, id, status, terminology, reader),
        "Immunization" => immunization(resource, id, terminology, reader),
        "AllergyIntolerance" => allergy(resource, id, terminology, reader),
        "ResearchSubject" => participation(resource, id, status, studies, reader),
        "Consent" => consent(resource, id, status, reader),
        "ResearchStudy" => Err("read with the ResearchSubject that names it"),
        "FamilyMemberHistory" => Err("about a relative"),
        "ServiceRequest" | "CarePlan" | "Appointment" => Err("a plan or an order, not an event"),
        "RelatedPerson" | "Practitioner" | "Organization" | "Location" => Err("about someone else"),
        _ => Err("this kind of resource is not used"),
    }
}

/// An empty fact of a kind.
pub(super) fn fact(kind: FactKind, resource: &str, id: &str, coded: &Coded, terminology: &Layered<'_>) -> Fact {
    Fact {
        provenance: Provenance { resource: resource.to_owned(), id: id.to_owned(), path: String::new(), span: None },
        kind,
        concepts: meaning::concepts(coded, terminology),
        codes: meaning::codings(coded),
        label: coded.label(),
        notes: Vec::new(),
        findings: Vec::new(),
        period: Period::default(),
        status: RecordedStatus::Unstated,
        certainty: Certainty::Stated,
        severity: None,
        grades: Vec::new(),
        value: None,
        reference: (None, None),
        interpretation: None,
        causes: Vec::new(),
    }
}

/// Reads what a fact's own words name: findings, grades, causes.
pub(super) fn read_words(fact: &mut Fact, coded: &Coded, terminology: &Layered<'_>) {
    let displays: Vec<String> = coded.codings.iter().map(|(_, _, display)| display.clone()).collect();
    let texts: Vec<&str> = [fact.label.as_str()]
        .into_iter()
        .chain(displays.iter().map(String::as_str))
        .chain(fact.notes.iter().map(String::as_str))
        .collect();
    let (grades, causes) =
        (meaning::grades(texts.iter().copied()), meaning::causes(texts.iter().copied(), terminology));
    let findings = meaning::findings(fact.notes.iter().map(String::as_str), terminology);
    fact.findings = findings;
    fact.grades = grades;
    for cause in causes {
        if !fact.causes.contains(&cause) {
            fact.causes.push(cause);
        }
    }
}

fn condition(
    resource: &Value,
    id: &str,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    let verification = Coded::read(resource.get("verificationStatus"));
    match verification.code() {
        "refuted" => return Err("refuted"),
        "entered-in-error" => return Err("entered in error"),
        _ => {}
    }
    let coded = Coded::read(resource.get("code"));
    let family = coded
        .codings
        .iter()
        .any(|(_, code, _)| ["Z80", "Z81", "Z82", "Z83", "Z84"].iter().any(|stem| code.starts_with(stem)));
    if family || coded.label().to_ascii_lowercase().starts_with("family history") {
        return Err("about a relative");
    }
    let mut fact = fact(FactKind::Condition, "Condition", id, &coded, terminology);
    let onset = reader.when(resource, "onset");
    let abatement = reader.when(resource, "abatement");
    fact.period = Period { start: onset.start, end: abatement.start.or(abatement.end) };
    fact.status = match Coded::read(resource.get("clinicalStatus")).code() {
        "active" | "recurrence" | "relapse" => RecordedStatus::Active,
        "inactive" | "remission" | "resolved" => RecordedStatus::Ended,
        _ if fact.period.end.is_some() => RecordedStatus::Ended,
        _ => RecordedStatus::Unstated,
    };
    if matches!(verification.code(), "provisional" | "differential" | "unconfirmed") {
        fact.certainty = Certainty::Suspected;
    }
    let severity = Coded::read(resource.get("severity"));
    fact.severity = (!severity.is_empty()).then(|| severity.label().to_lowercase());
    fact.notes = notes(resource);
    for stage in resource.get("stage").and_then(Value::as_array).into_iter().flatten() {
        fact.notes.push(Coded::read(stage.get("summary")).label());
    }
    read_words(&mut fact, &coded, terminology);
    Ok(vec![fact])
}

fn report(
    resource: &Value,
    id: &str,
    status: &str,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    if !matches!(status, "final" | "amended" | "corrected" | "appended" | "") {
        return Err("not a final report");
    }
    let coded = Coded::read(resource.get("code"));
    let mut fact = fact(FactKind::Report, "DiagnosticReport", id, &coded, terminology);
    fact.period = reader.when(resource, "effective");
    let conclusion = resource.get("conclusion").and_then(Value::as_str).unwrap_or_default();
    if !conclusion.is_empty() {
        fact.notes.push(conclusion.to_owned());
    }
    let mut codes: Vec<Coded> = Vec::new();
    for code in resource.get("conclusionCode").and_then(Value::as_array).into_iter().flatten() {
        codes.push(Coded::read(Some(code)));
    }
    fact.notes.extend(codes.iter().map(Coded::label));
    read_words(&mut fact, &coded, terminology);
    // A coded conclusion is found, whatever words go with it.
    for concept in
        codes.iter().flat_map(|code| &code.codings).flat_map(|(system, code, _)| terminology.by_code(system, code))
    {
        let finding = Finding { concept, negated: false, hypothetical: false };
        if !fact.findings.contains(&finding) {
            fact.findings.push(finding);
        }
    }
    // A class named in a conclusion that names its disease elsewhere ("Class IV, active") belongs to it.
    let whole = [
        fact.notes.join(" "),
        codes
            .iter()
            .flat_map(|c| c.codings.iter().map(|(_, _, display)| display.clone()))
            .collect::<Vec<_>>()
            .join("; "),
    ];
    for (scale, ordinals) in meaning::grades(whole.iter().map(String::as_str)) {
        match fact.grades.iter_mut().find(|(id, _)| *id == scale) {
            Some((_, known)) => {
                known.extend(ordinals);
                known.sort_unstable();
                known.dedup();
            }
            None => fact.grades.push((scale, ordinals)),
        }
    }
    Ok(vec![fact])
}

fn medication(
    resource: &Value,
    kind: &str,
    id: &str,
    status: &str,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    if kind == "MedicationRequest"
        && matches!(resource.get("intent").and_then(Value::as_str), Some("proposal" | "plan" | "option"))
    {
        return Err("a plan or an order, not an event");
    }
    let coded = Coded::read(resource.get("medicationCodeableConcept"));
    if coded.is_empty() {
        return Err("names no medicine");
    }
    let mut fact = fact(FactKind::Medication, kind, id, &coded, terminology);
    fact.period = reader.when(resource, "effective");
    if fact.period == Period::default() {
        fact.period.start = reader.date(resource, "authoredOn").or_else(|| reader.date(resource, "whenHandedOver"));
    }
    fact.status = match status {
        "active" | "in-progress" | "on-hold" => RecordedStatus::Active,
        "completed" | "stopped" => RecordedStatus::Ended,
        _ => RecordedStatus::Unstated,
    };
    if kind == "MedicationAdministration" {
        fact.status = if status == "in-progress" { RecordedStatus::Active } else { RecordedStatus::Ended };
    }
    fact.notes = notes(resource);
    let reasons: Vec<Coded> = resource
        .get("reasonCode")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|reason| Coded::read(Some(reason)))
        .collect();
    for reason in &reasons {
        let named: Vec<ConceptId> = meaning::concepts(reason, terminology);
        fact.causes.extend(named);
    }
    for dosage in ["dosage", "dosageInstruction"]
        .iter()
        .filter_map(|key| resource.get(*key))
        .filter_map(Value::as_array)
        .flatten()
    {
        fact.notes.extend(dosage.get("text").and_then(Value::as_str).map(str::to_owned));
    }
    if let Some(text) = resource.get("dosage").and_then(|d| d.get("text")).and_then(Value::as_str) {
        fact.notes.push(text.to_owned());
    }
    read_words(&mut fact, &coded, terminology);
    Ok(vec![fact])
}

fn procedure(
    resource: &Value,
    id: &str,
    status: &str,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    let coded = Coded::read(resource.get("code"));
    let mut fact = fact(FactKind::Procedure, "Procedure", id, &coded, terminology);
    fact.period = reader.when(resource, "performed");
    fact.status = if status == "in-progress" { RecordedStatus::Active } else { RecordedStatus::Ended };
    fact.notes = notes(resource);
    read_words(&mut fact, &coded, terminology);
    Ok(vec![fact])
}

fn immunization(
    resource: &Value,
    id: &str,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    let coded = Coded::read(resource.get("vaccineCode"));
    let mut fact = fact(FactKind::Immunization, "Immunization", id, &coded, terminology);
    fact.period = reader.when(resource, "occurrence");
    fact.status = RecordedStatus::Ended;
    fact.notes = notes(resource);
    Ok(vec![fact])
}

fn allergy(
    resource: &Value,
    id: &str,
    terminology: &Layered<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    match Coded::read(resource.get("verificationStatus")).code() {
        "refuted" => return Err("refuted"),
        "entered-in-error" => return Err("entered in error"),
        _ => {}
    }
    let coded = Coded::read(resource.get("code"));
    let mut fact = fact(FactKind::Allergy, "AllergyIntolerance", id, &coded, terminology);
    fact.period.start = reader.date(resource, "recordedDate");
    fact.status = if Coded::read(resource.get("clinicalStatus")).code() == "active" {
        RecordedStatus::Active
    } else {
        RecordedStatus::Unstated
    };
    let label = coded.label().to_ascii_lowercase();
    if label.starts_with("no known") || label.starts_with("no allerg") {
        fact.value = Some(Recorded::Answer { yes: false, written: coded.label() });
    }
    let mut severity: Vec<String> = resource
        .get("reaction")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|r| r.get("severity").and_then(Value::as_str))
        .map(str::to_owned)
        .collect();
    severity.extend(resource.get("criticality").and_then(Value::as_str).map(str::to_owned));
    fact.severity = (!severity.is_empty()).then(|| severity.join(", "));
    for reaction in resource.get("reaction").and_then(Value::as_array).into_iter().flatten() {
        for manifestation in reaction.get("manifestation").and_then(Value::as_array).into_iter().flatten() {
            fact.notes.push(Coded::read(Some(manifestation)).label());
        }
    }
    if Coded::read(resource.get("verificationStatus")).code() == "unconfirmed" {
        fact.certainty = Certainty::Suspected;
    }
    // A substance that is no medicine is an allergy all the same; only its kind is unknown.
    fact.concepts.retain(|concept| terminology.concept(concept).is_some_and(|c| c.domain == Domain::Drug));
    Ok(vec![fact])
}

fn participation(
    resource: &Value,
    id: &str,
    status: &str,
    studies: &Studies<'_>,
    reader: &mut Reader<'_>,
) -> Result<Vec<Fact>, &'static str> {
    if matches!(
        status,
        "candidate"
            | "eligible"
            | "potential-candidate"
            | "pending-on-study"
            | "ineligible"
            | "not-registered"
            | "screening"
    ) {
        return Err("did not take part, or not yet");
    }
    let reference = resource.get("study").and_then(|s| s.get("reference")).and_then(Value::as_str).unwrap_or_default();
    let study = studies.get(reference.rsplit(['/', ':']).next().unwrap_or_default());
    let title = study.and_then(|s| s.get("title")).and_then(Value::as_str).unwrap_or("a study").to_owned();
    let mut notes: Vec<String> = Vec::new();
    for identifier in study.and_then(|s| s.get("identifier")).and_then(Value::as_array).into_iter().flatten() {
        notes.extend(identifier.get("value").and_then(Value::as_str).map(str::to_owned));
    }
    let coded = Coded { codings: Vec::new(), text: title };
    let mut fact =
        fact(FactKind::Participation, "ResearchSubject", id, &coded, &Layered::plain(&Terminology::default()));
    fact.notes = notes;
    if let Some(period) = resource.get("period") {
        fact.period = Period { start: reader.date(period, "start"), end: reader.date(period, "end") };
    }
    fact.status = match status {
        "off-study" | "withdrawn" => RecordedStatus::Ended,
        _ if fact.period.end.is_some() => RecordedStatus::Ended,
        _ => RecordedStatus::Active,
    };
    Ok(vec![fact])
}

fn consent(resource: &Value, id: &str, status: &str, reader: &mut Reader<'_>) -> Result<Vec<Fact>, &'static str> {
    if status != "active" {
        return Err("a consent that is not active");
    }
    let scope = Coded::read(resource.get("scope"));
    if scope.code() != "research" {
        return Err("a consent to something other than research");
    }
    if resource.get("provision").and_then(|p| p.get("type")).and_then(Value::as_str) == Some("deny") {
        return Err("a refusal");
    }
    let policy = Coded::read(resource.get("policyRule"));
    let coded = Coded { codings: Vec::new(), text: policy.label() };
    let mut fact = fact(FactKind::Consent, "Consent", id, &coded, &Layered::plain(&Terminology::default()));
    let given = reader.date(resource, "dateTime");
    fact.period = Period { start: given, end: None };
    fact.status = RecordedStatus::Active;
    fact.notes = resource
        .get("policy")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|p| p.get("uri").and_then(Value::as_str))
        .map(str::to_owned)
        .collect();
    Ok(vec![fact])
}
