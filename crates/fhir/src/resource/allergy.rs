//! AllergyIntolerance: what, how severe, or that none is known.

use super::{Facts, Record};
use crate::element::{Reader, items, notes, read_coded};
use serde_json::Value;
use trialway_patient::meaning::{self, fact};
use trialway_patient::{Certainty, FactKind, RecordedStatus, Value as Recorded};
use trialway_terminology::Domain;

/// SNOMED CT: no known allergy; the narrower statements say nothing of other substances.
const NO_KNOWN: [&str; 2] = ["716186003", "409137002"];

/// SNOMED CT: no known food, environmental or latex allergy.
const NO_KNOWN_OTHER: [&str; 3] = ["429625007", "428607008", "1003774007"];

pub(super) fn read<'a>(resource: &'a Value, id: &str, record: &Record<'a>, reader: &mut Reader<'_>) -> Facts {
    let terminology = record.terminology;
    let verification = read_coded(resource.get("verificationStatus"));
    if verification.is_any(&["refuted"]) {
        return Err("refuted");
    }
    if verification.is_any(&["entered-in-error"]) {
        return Err("entered in error");
    }
    let mut coded = read_coded(resource.get("code"));
    let reactions: Vec<&Value> = items(resource, "reaction").collect();
    for reaction in &reactions {
        let substance = read_coded(reaction.get("substance"));
        if coded.is_empty() {
            coded = substance;
        } else {
            coded.codings.extend(substance.codings);
        }
    }
    if coded.is_empty() {
        return Err("names nothing");
    }
    let label = coded.label().to_ascii_lowercase();
    let narrow = ["food", "environment", "latex", "contrast"].iter().any(|word| label.contains(word));
    if coded.is_any(&NO_KNOWN_OTHER) || (label.starts_with("no known") && narrow) {
        return Err("says that there is no allergy of a kind that no criterion asks for");
    }
    let mut fact = fact(FactKind::Allergy, "AllergyIntolerance", id, &coded, terminology);
    fact.period.start =
        reader.when(resource, "onset", record.birth).start.or_else(|| reader.date(resource, "recordedDate"));
    let clinical = read_coded(resource.get("clinicalStatus"));
    fact.status = if clinical.is_any(&["active"]) {
        RecordedStatus::Active
    } else if clinical.is_any(&["inactive", "resolved"]) {
        RecordedStatus::Ended
    } else {
        RecordedStatus::Unstated
    };
    if coded.is_any(&NO_KNOWN) || label.starts_with("no known") || label.starts_with("no allerg") {
        fact.value = Some(Recorded::Answer { yes: false, written: coded.label() });
    }
    let mut severity: Vec<String> =
        reactions.iter().filter_map(|r| r.get("severity").and_then(Value::as_str)).map(str::to_owned).collect();
    severity.extend(resource.get("criticality").and_then(Value::as_str).map(str::to_owned));
    fact.severity = (!severity.is_empty()).then(|| severity.join(", "));
    for reaction in &reactions {
        for manifestation in items(reaction, "manifestation") {
            fact.notes.push(read_coded(Some(manifestation)).label());
        }
        fact.notes.extend(reaction.get("description").and_then(Value::as_str).map(str::to_owned));
    }
    fact.notes.extend(notes(resource));
    if resource.get("type").and_then(Value::as_str) == Some("intolerance") {
        fact.notes.push("intolerance".to_owned());
    }
    if verification.is_any(&["unconfirmed", "presumed"]) {
        fact.certainty = Certainty::Suspected;
    }
    // A substance that is no medicine is an allergy all the same; only its kind is unknown.
    fact.concepts.retain(|concept| terminology.concept(concept).is_some_and(|c| c.domain == Domain::Drug));
    fact.codes = meaning::codings(&coded);
    Ok(vec![fact])
}
